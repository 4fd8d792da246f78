/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-lists-page.h"

#include "tok-account-button.h"
#include "tok-grant-list.h"
#include "tok-grant-row.h"
#include "tok-grant-sorter.h"
#include "tok-list-buttons.h"
#include "tok-settings.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define TOKEN "Grid bot"
#define SENTENCE "Couldn’t remove it."
#define SAMPLE "Sample data. Nothing here is real."

/* The page alone, and what it asked for last. */
typedef struct {
  TokUiStage *stage;
  TokSession *session;
  TokListsPage *page;
  GtkWidget *window;
  const char *wish;
  gconstpointer about;
} Fixture;

static TokListsPage *
new_page (TokUiStage *stage, TokSession *session)
{
  return g_object_new (TOK_TYPE_LISTS_PAGE, "accounts", stage->accounts, "settings",
                       stage->settings, "session", session, NULL);
}

static void
begin_with (Fixture *self, TokUiStage *stage, TokSession *session)
{
  *self = (Fixture){ .stage = stage, .session = session, .page = new_page (stage, session) };
  self->window = tok_ui_test_present (GTK_WIDGET (self->page));
}

static void
begin (Fixture *self, TokUiStage *stage)
{
  begin_with (self, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
}

static gboolean
shows (Fixture *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_shows (self->page, text);
}

static TokGrantList *
get_list (Fixture *self)
{
  return tok_ui_test_get (self->page, TOK_TYPE_GRANT_LIST, NULL);
}

static GtkWidget *
get_focus (Fixture *self)
{
  return gtk_window_get_focus (GTK_WINDOW (self->window));
}

static gboolean
focus_is_on_row (Fixture *self)
{
  return get_focus (self) != NULL && TOK_IS_GRANT_ROW (get_focus (self));
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  TokSession *session;
  Fixture self;

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_LISTS_PAGE, NULL));
  tok_ui_test_assert_finalize_widget (new_page (stage, NULL));
  session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, TRUE);
  tok_ui_test_assert_finalize_widget (new_page (stage, session));
  begin_with (&self, stage, NULL);
  tok_lists_page_refresh (self.page);
  tok_lists_page_point_out_new (self.page);
  end (&self);
  begin_with (&self, stage, session);
  end (&self);
}

static void
test_properties (TokUiStage *stage, gconstpointer data)
{
  TokSession *session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  g_autoptr (TokListsPage) page = g_object_ref_sink (new_page (stage, session));
  guint *n_notified = tok_test_count_notify (page, "session");
  g_autoptr (TokAccounts) accounts = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (TokSession) got = NULL;

  g_object_get (page, "accounts", &accounts, "settings", &settings, "session", &got, NULL);
  g_assert_true (accounts == stage->accounts);
  g_assert_true (settings == stage->settings);
  g_assert_true (got == session);
  g_object_set (page, "session", session, NULL);
  g_assert_cmpuint (*n_notified, ==, 0);
  g_object_set (page, "session", NULL, NULL);
  g_assert_cmpuint (*n_notified, ==, 1);
}

static void
test_lists (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage);
  g_assert_nonnull (tok_ui_test_find (self.page, GTK_TYPE_MENU_BUTTON, "SAMPLE1"));
  g_assert_cmpuint (tok_ui_test_count (get_list (&self), TOK_TYPE_GRANT_ROW), ==,
                    TOK_UI_STAGE_N_TOKENS);
  g_assert_true (shows (&self, TOKEN));
  g_assert_true (shows (&self, "This program"));

  /* The other view is made when somebody turns to it. */
  g_assert_cmpuint (tok_ui_test_count (self.page, TOK_TYPE_GRANT_ROW), ==, TOK_UI_STAGE_N_TOKENS);
  tok_lists_page_show_view (self.page, "apps");
  g_assert_cmpuint (tok_ui_test_count (get_list (&self), TOK_TYPE_GRANT_ROW), ==,
                    TOK_UI_STAGE_N_APPS);
  g_assert_true (shows (&self, "Copy Harbour"));
  g_assert_true (shows (&self, TOK_UI_STAGE_HOSTILE_NAME));
  g_assert_false (shows (&self, SAMPLE));
  end (&self);
}

static void
test_sample (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin_with (&self, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, TRUE));
  g_assert_true (shows (&self, SAMPLE));
  tok_lists_page_show_view (self.page, "apps");
  g_assert_true (shows (&self, SAMPLE));
  end (&self);
}

static gboolean
is_search_pressed (Fixture *self)
{
  GtkWidget *buttons = tok_ui_test_get (self->page, TOK_TYPE_LIST_BUTTONS, NULL);

  return gtk_toggle_button_get_active (tok_ui_test_get (buttons, GTK_TYPE_TOGGLE_BUTTON, NULL));
}

/* The button with the plus, and the rows that the other buttons are about, belong to the view. */
static void
test_view (TokUiStage *stage, gconstpointer data)
{
  static const char *const views[] = { "tokens", "apps", "tokens" };
  Fixture self;
  GtkWidget *button;

  begin (&self, stage);
  button = tok_ui_test_find_tip (self.page, "New Token");
  for (guint i = 0; i < G_N_ELEMENTS (views); i++) {
    TokGrantList *list;

    if (i > 0)
      tok_lists_page_show_view (self.page, views[i]);
    g_test_message ("turn %u: %s", i, views[i]);
    list = get_list (&self);
    g_assert_true (tok_lists_page_get_rows (self.page) == tok_grant_list_get_rows (list));
    g_assert_true (gtk_widget_get_visible (button) == g_str_equal (views[i], "tokens"));

    tok_grant_rows_search (tok_lists_page_get_rows (self.page));
    tok_ui_test_wait_for_frame (self.window);
    g_assert_nonnull (tok_ui_test_find (list, GTK_TYPE_SEARCH_ENTRY, NULL));
    g_assert_true (is_search_pressed (&self));
    g_assert_true (tok_ui_test_press (tok_lists_page_get_rows (self.page), "Escape"));
    tok_ui_test_wait_for_frame (self.window);
    g_assert_false (is_search_pressed (&self));
  }
  end (&self);
}

/* Return after turning to a view must not take away anybody's access. */
static void
test_view_focus (TokUiStage *stage, gconstpointer data)
{
  static const char *const views[] = { "apps", "apps", "tokens", "apps", "tokens", "tokens" };
  Fixture self;

  begin (&self, stage);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++) {
    g_test_message ("turn %u: %s", i, views[i]);
    tok_lists_page_show_view (self.page, views[i]);
    g_assert_true (focus_is_on_row (&self));
    tok_ui_test_wait_for_frame (self.window);
    g_assert_true (focus_is_on_row (&self));
  }
  end (&self);
}

/* The keys go to the first row once there is one, and stay with whoever has them there. */
static void
test_focus_rows (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  GtkWidget *first;
  GtkWidget *other;

  begin_with (&self, stage, NULL);
  gtk_window_set_focus (GTK_WINDOW (self.window), NULL);
  tok_lists_page_focus_rows (self.page);
  g_assert_null (get_focus (&self));

  self.session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  g_object_set (self.page, "session", self.session, NULL);
  tok_ui_test_wait_for_frame (self.window);
  gtk_widget_child_focus (tok_ui_test_get (self.page, TOK_TYPE_ACCOUNT_BUTTON, NULL),
                          GTK_DIR_TAB_FORWARD);
  g_assert_false (focus_is_on_row (&self));
  tok_lists_page_focus_rows (self.page);
  g_assert_true (focus_is_on_row (&self));

  first = get_focus (&self);
  other = gtk_widget_get_next_sibling (first);
  gtk_widget_grab_focus (other);
  tok_lists_page_focus_rows (self.page);
  g_assert_true (get_focus (&self) == other);
  end (&self);
}

/* The page was there before the list. */
static void
test_first_listed (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) session = NULL;
  Fixture self;

  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  tok_test_wait_until (tok_session_get_is_kept (tok_accounts_get_current (stage->accounts)));
  tok_ui_stage_start_anew (stage);
  tok_accounts_restore (stage->accounts);
  session = g_object_ref (tok_accounts_get_current (stage->accounts));
  begin_with (&self, stage, session);
  g_assert_false (focus_is_on_row (&self));
  tok_session_resume (session);
  tok_ui_stage_wait_for_state (session, TOK_SESSION_READY);
  tok_ui_stage_wait_for_lists (session);
  tok_ui_test_wait_for_frame (self.window);
  g_assert_true (focus_is_on_row (&self));
  end (&self);
}

/* One order for both lists, and for the next start. */
static void
test_order (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (GSettings) settings = tok_settings_new (TRUE, NULL);
  g_autoptr (TokListsPage) page = NULL;
  g_autofree char *kept = NULL;
  TokGrantRows *rows[2];
  TokGrantOrder order;

  g_settings_set_string (settings, TOK_SETTINGS_SORT_ORDER, "level");
  page = g_object_ref_sink (g_object_new (TOK_TYPE_LISTS_PAGE, "settings", settings, NULL));
  rows[0] = tok_lists_page_get_rows (page);
  tok_lists_page_show_view (page, "apps");
  rows[1] = tok_lists_page_get_rows (page);
  g_assert_true (rows[0] != rows[1]);
  g_object_get (rows[0], "order", &order, NULL);
  g_assert_cmpint (order, ==, TOK_GRANT_ORDER_LEVEL);
  g_object_set (rows[0], "order", TOK_GRANT_ORDER_LAST_USED, NULL);
  g_object_get (rows[1], "order", &order, NULL);
  g_assert_cmpint (order, ==, TOK_GRANT_ORDER_LAST_USED);
  kept = g_settings_get_string (settings, TOK_SETTINGS_SORT_ORDER);
  g_assert_cmpstr (kept, ==, "last-used");
}

static void
on_copy (Fixture *self, TokGrant *grant)
{
  self->wish = "copy";
  self->about = grant;
}

static void
on_open (Fixture *self, TokGrant *grant)
{
  self->wish = "open";
  self->about = grant;
}

static void
on_revoke (Fixture *self, TokGrant *grant)
{
  self->wish = "revoke";
  self->about = grant;
}

static void
on_revoke_several (Fixture *self, GPtrArray *grants)
{
  self->wish = "revoke-several";
  self->about = grants;
}

static void
on_failed (Fixture *self, const char *sentence)
{
  g_assert_cmpstr (sentence, ==, SENTENCE);
  self->wish = "failed";
  self->about = NULL;
}

static void
assert_passes_on (Fixture *self, gpointer from, const char *wish, gconstpointer about)
{
  self->wish = NULL;
  g_signal_emit_by_name (from, wish, about);
  g_assert_cmpstr (self->wish, ==, wish);
  g_assert_true (self->about == about);
}

/* What is wanted of a row is for whoever holds the page together. */
static void
test_wishes (TokUiStage *stage, gconstpointer data)
{
  static const char *const views[] = { "tokens", "apps" };
  g_autoptr (GPtrArray) grants = g_ptr_array_new ();
  TokGrant *grant;
  Fixture self;

  begin (&self, stage);
  g_signal_connect_swapped (self.page, "copy", G_CALLBACK (on_copy), &self);
  g_signal_connect_swapped (self.page, "open", G_CALLBACK (on_open), &self);
  g_signal_connect_swapped (self.page, "revoke", G_CALLBACK (on_revoke), &self);
  g_signal_connect_swapped (self.page, "revoke-several", G_CALLBACK (on_revoke_several), &self);
  g_signal_connect_swapped (self.page, "failed", G_CALLBACK (on_failed), &self);
  grant = tok_grant_store_find (tok_session_get_tokens (self.session), TOKEN);
  assert_passes_on (&self, get_list (&self), "copy", grant);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++) {
    tok_lists_page_show_view (self.page, views[i]);
    assert_passes_on (&self, get_list (&self), "open", grant);
    assert_passes_on (&self, get_list (&self), "revoke", grant);
    assert_passes_on (&self, get_list (&self), "revoke-several", grants);
  }
  g_signal_emit_by_name (tok_ui_test_get (self.page, TOK_TYPE_ACCOUNT_BUTTON, NULL), "failed",
                         SENTENCE);
  g_assert_cmpstr (self.wish, ==, "failed");
  end (&self);
}

/* Either list asks for both. */
static void
test_retry (TokUiStage *stage, gconstpointer data)
{
  static const char *const views[] = { "tokens", "apps" };
  Fixture self;

  begin (&self, stage);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++) {
    tok_lists_page_show_view (self.page, views[i]);
    g_signal_emit_by_name (get_list (&self), "retry");
    tok_ui_stage_wait_for_lists (self.session);
    g_assert_cmpuint (tok_ui_stage_count_calls (stage, "api_token"), ==, i + 2);
    g_assert_cmpuint (tok_ui_stage_count_calls (stage, "oauth_apps"), ==, i + 2);
  }
  end (&self);
}

/* As the dialog does; the list that has it is asked for at once. */
static void
create (Fixture *self, const char *name)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TokToken) token = NULL;
  g_autoptr (GError) error = NULL;

  tok_session_create_token_async (self->session, name, TOK_SCOPE_READ, FALSE, NULL,
                                  tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  token = tok_session_create_token_finish (self->session, result, &error);
  g_assert_no_error (error);
}

static void
wait_for_lists (Fixture *self)
{
  tok_ui_stage_wait_for_lists (self->session);
  tok_ui_test_wait_for_frame (self->window);
}

static gboolean
focus_is_on (Fixture *self, const char *name)
{
  return focus_is_on_row (self) && tok_ui_test_shows (get_focus (self), name);
}

/* Before it is listed, or after; and once. */
static void
test_point_out_new (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage);
  tok_lists_page_point_out_new (self.page);
  create (&self, "Night bot");
  wait_for_lists (&self);
  g_assert_true (focus_is_on (&self, "Night bot"));

  create (&self, "Day bot");
  wait_for_lists (&self);
  g_assert_true (focus_is_on (&self, "Night bot"));
  tok_lists_page_point_out_new (self.page);
  g_assert_true (focus_is_on (&self, "Day bot"));
  end (&self);
}

/* What was created in another account is not looked for in this one. */
static void
test_point_out_elsewhere (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage);
  tok_lists_page_point_out_new (self.page);
  g_object_set (self.page, "session", NULL, NULL);
  g_object_set (self.page, "session", self.session, NULL);
  create (&self, "Night bot");
  wait_for_lists (&self);
  g_assert_true (shows (&self, "Night bot"));
  g_assert_false (focus_is_on (&self, "Night bot"));
  end (&self);
}

/* Where the names of the views have no room above they are below. */
static void
test_narrow (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  AdwViewSwitcherBar *bar;

  begin (&self, stage);
  bar = tok_ui_test_find_any (self.page, ADW_TYPE_VIEW_SWITCHER_BAR, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self.window), 1000, 600);
  tok_test_wait_until (!adw_view_switcher_bar_get_reveal (bar));
  gtk_window_set_default_size (GTK_WINDOW (self.window), 360, 600);
  tok_test_wait_until (adw_view_switcher_bar_get_reveal (bar));
  tok_ui_test_wait_for_frame (self.window);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (bar)), >, 0);
  gtk_window_set_default_size (GTK_WINDOW (self.window), 1000, 600);
  tok_test_wait_until (!adw_view_switcher_bar_get_reveal (bar));
  end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/lists-page/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/lists-page/properties", NULL, test_properties);
  tok_ui_stage_add ("/lists-page/lists", NULL, test_lists);
  tok_ui_stage_add ("/lists-page/sample", NULL, test_sample);
  tok_ui_stage_add ("/lists-page/view", NULL, test_view);
  tok_ui_stage_add ("/lists-page/view-focus", NULL, test_view_focus);
  tok_ui_stage_add ("/lists-page/focus-rows", NULL, test_focus_rows);
  tok_ui_stage_add ("/lists-page/first-listed", NULL, test_first_listed);
  tok_ui_stage_add ("/lists-page/order", NULL, test_order);
  tok_ui_stage_add ("/lists-page/wishes", NULL, test_wishes);
  tok_ui_stage_add ("/lists-page/retry", NULL, test_retry);
  tok_ui_stage_add ("/lists-page/point-out-new", NULL, test_point_out_new);
  tok_ui_stage_add ("/lists-page/point-out-elsewhere", NULL, test_point_out_elsewhere);
  tok_ui_stage_add ("/lists-page/narrow", NULL, test_narrow);

  return g_test_run ();
}
