/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-switcher.h"

#include "tok-account-row.h"
#include "tok-test.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#define N_ACCOUNTS 3

typedef struct {
  TokUiStage *stage;
  TokSession *sessions[N_ACCOUNTS];
  GtkWidget *window;
  GtkWidget *button;
  GtkWidget *switcher;
  guint n_added;
  TokSession *removed;
} Fixture;

static void
on_add (GSimpleAction *action, GVariant *parameter, gpointer n_added)
{
  (*(guint *) n_added)++;
}

static void
on_remove (TokAccountSwitcher *switcher, TokSession *session, Fixture *self)
{
  g_assert_null (self->removed);
  self->removed = session;
}

/* GTK 4.8 never lets go of a popover that is still open when it goes. */
static void
close_switcher (Fixture *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->switcher));
  tok_ui_test_wait_for_frame (self->window);
}

static void
open_switcher (Fixture *self)
{
  self->switcher = tok_account_switcher_new (self->stage->accounts);
  g_signal_connect (self->switcher, "remove", G_CALLBACK (on_remove), self);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->switcher);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  tok_ui_test_wait_for_frame (self->switcher);
}

/* Three accounts; the last one is looked at. */
static void
begin (Fixture *self, TokUiStage *stage)
{
  static const GActionEntry entries[] = { { "add-account", on_add, NULL, NULL, NULL } };
  static const char *const login_ids[N_ACCOUNTS] = { "SAMPLE1", "SAMPLE2", "SAMPLE3" };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->stage = stage;
  for (guint i = 0; i < N_ACCOUNTS; i++)
    self->sessions[i] = tok_ui_stage_sign_in_to (stage, login_ids[i]);
  self->button = gtk_menu_button_new ();
  self->window = tok_ui_test_present (self->button);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, 1, &self->n_added);
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (actions));
  open_switcher (self);
}

static void
end (Fixture *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->switcher), (gpointer *) &self->switcher);
  close_switcher (self);
  tok_ui_test_close (self->window);
  g_assert_null (self->switcher);
}

static GtkListBox *
get_list_box (Fixture *self)
{
  return tok_ui_test_find_any (self->switcher, GTK_TYPE_LIST_BOX, NULL);
}

static GtkWidget *
get_row (Fixture *self, int position)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (get_list_box (self), position));
}

static gboolean
is_open (Fixture *self)
{
  return gtk_widget_get_visible (self->switcher);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  tok_ui_test_assert_finalize_widget (tok_account_switcher_new (stage->accounts));
  begin (&fixture, stage);
  end (&fixture);

  begin (&fixture, stage);
  tok_ui_test_assert_finalize_widget (tok_account_switcher_new (stage->accounts));
  end (&fixture);
}

static void
assert_current (Fixture *self, int current)
{
  static const char *const names[N_ACCOUNTS]
      = { "SAMPLE1, Real account in USD, Full control · Read, Trade, Payments, Trading "
          "information, Admin",
          "SAMPLE2, Real account in BTC, Full control · Read, Trade, Payments, Trading "
          "information, Admin",
          "SAMPLE3, Demo account, no real money, Full control · Read, Trade, Payments, Trading "
          "information, Admin" };

  for (int i = 0; i < N_ACCOUNTS; i++) {
    g_autofree char *name = g_strconcat (names[i], i == current ? ", shown now" : NULL, NULL);
    GtkWidget *icon = tok_ui_test_get (get_row (self, i), GTK_TYPE_IMAGE, NULL);

    tok_ui_test_assert_name (get_row (self, i), name);
    g_assert_cmpfloat (gtk_widget_get_opacity (icon), ==, i == current);
  }
  g_assert_null (get_row (self, N_ACCOUNTS));
}

static void
test_rows (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_ui_test_assert_name (fixture.switcher, "Accounts");
  tok_ui_test_assert_name (get_list_box (&fixture), "Accounts");
  assert_current (&fixture, 2);

  close_switcher (&fixture);
  tok_accounts_set_current (stage->accounts, fixture.sessions[0]);
  open_switcher (&fixture);
  assert_current (&fixture, 0);
  end (&fixture);
}

static void
test_switch (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  g_signal_emit_by_name (get_row (&fixture, 1), "activate");
  g_assert_true (tok_accounts_get_current (stage->accounts) == fixture.sessions[1]);
  g_assert_false (is_open (&fixture));

  /* Whoever wants what is shown anyway gets it. */
  close_switcher (&fixture);
  open_switcher (&fixture);
  g_signal_emit_by_name (get_row (&fixture, 1), "activate");
  g_assert_true (tok_accounts_get_current (stage->accounts) == fixture.sessions[1]);
  g_assert_false (is_open (&fixture));
  g_assert_null (fixture.removed);
  g_assert_cmpuint (fixture.n_added, ==, 0);
  end (&fixture);
}

/* Nobody is signed in to what another run has left behind, until somebody looks at it. */
static void
test_switch_to_known (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  g_autoptr (TokSession) first = NULL;

  begin (&fixture, stage);
  end (&fixture);
  tok_ui_stage_start_anew (stage);
  tok_accounts_restore (stage->accounts);
  fixture.button = gtk_menu_button_new ();
  fixture.window = tok_ui_test_present (fixture.button);
  open_switcher (&fixture);
  assert_current (&fixture, 2);
  first = g_list_model_get_item (G_LIST_MODEL (stage->accounts), 0);
  g_assert_cmpint (tok_session_get_state (first), ==, TOK_SESSION_SIGNED_OUT);

  g_signal_emit_by_name (get_row (&fixture, 0), "activate");
  tok_ui_stage_wait_for_state (first, TOK_SESSION_READY);
  g_assert_true (tok_accounts_get_current (stage->accounts) == first);
  tok_ui_stage_wait_for_lists (first);
  end (&fixture);
}

static void
test_remove (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  g_signal_emit_by_name (tok_ui_test_get (get_row (&fixture, 1), GTK_TYPE_BUTTON, NULL), "clicked");
  g_assert_true (fixture.removed == fixture.sessions[1]);
  g_assert_false (is_open (&fixture));
  /* How it goes is up to whoever listens; and nothing else has happened. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->accounts)), ==, N_ACCOUNTS);
  g_assert_true (tok_accounts_get_current (stage->accounts) == fixture.sessions[2]);
  end (&fixture);
}

static void
test_add (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_ui_test_click (fixture.switcher, "Add Account…");
  g_assert_cmpuint (fixture.n_added, ==, 1);
  g_assert_false (is_open (&fixture));
  end (&fixture);
}

/* An account may come or go while the list is there. */
static void
test_follows (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_accounts_remove (stage->accounts, fixture.sessions[1]);
  g_assert_true (tok_account_row_get_session (TOK_ACCOUNT_ROW (get_row (&fixture, 1)))
                 == fixture.sessions[2]);
  g_assert_null (get_row (&fixture, 2));
  while (tok_accounts_get_current (stage->accounts) != NULL)
    tok_accounts_remove (stage->accounts, tok_accounts_get_current (stage->accounts));
  g_assert_null (get_row (&fixture, 0));
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/account-switcher/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/account-switcher/rows", NULL, test_rows);
  tok_ui_stage_add ("/account-switcher/switch", NULL, test_switch);
  tok_ui_stage_add ("/account-switcher/switch-to-known", NULL, test_switch_to_known);
  tok_ui_stage_add ("/account-switcher/remove", NULL, test_remove);
  tok_ui_stage_add ("/account-switcher/add", NULL, test_add);
  tok_ui_stage_add ("/account-switcher/follows", NULL, test_follows);

  return g_test_run ();
}
