/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-dialogs.h"

#include "tok-app.h"
#include "tok-bulk-dialog.h"
#include "tok-bulk.h"
#include "tok-form-hands.h"
#include "tok-found-token-dialog.h"
#include "tok-grant-store.h"
#include "tok-new-token-dialog.h"
#include "tok-other-client.h"
#include "tok-replace-dialog.h"
#include "tok-secret-clipboard.h"
#include "tok-test.h"
#include "tok-ui-program.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define TOKEN "Grid bot"
#define TOKEN_SCOPES (TOK_SCOPE_READ | TOK_SCOPE_TRADE)
#define CLIPBOARD_SECONDS 30

/* The dialogs of whoever is signed in, before a window. */
typedef struct {
  TokUiStage *stage;
  TokSession *session;
  TokSecretClipboard *clipboard;
  TokGrantDialogs *dialogs;
  GtkWindow *window;
  guint n_created;
  guint n_revoked;
  char *said;
} Fixture;

static TokGrantDialogs *
new_dialogs (Fixture *self)
{
  return tok_grant_dialogs_new (self->stage->accounts, self->stage->settings, self->clipboard);
}

static void
on_said (Fixture *self, const char *sentence)
{
  g_free (self->said);
  self->said = g_strdup (sentence);
}

static void
begin (Fixture *self, TokUiStage *stage)
{
  *self = (Fixture){ .stage = stage };
  /* Tests are faster than hands: every click is meant. */
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
  self->session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  self->clipboard = tok_secret_clipboard_new (
      gdk_display_get_clipboard (gdk_display_get_default ()), CLIPBOARD_SECONDS);
  self->dialogs = new_dialogs (self);
  tok_grant_dialogs_set_session (self->dialogs, self->session);
  g_signal_connect_swapped (self->dialogs, "created", G_CALLBACK (g_atomic_int_inc),
                            &self->n_created);
  g_signal_connect_swapped (self->dialogs, "revoked", G_CALLBACK (g_atomic_int_inc),
                            &self->n_revoked);
  g_signal_connect_swapped (self->dialogs, "said", G_CALLBACK (on_said), self);
  self->window = GTK_WINDOW (tok_ui_test_present (gtk_label_new (NULL)));
}

static TokGrant *
find (Fixture *self, const char *name)
{
  return tok_grant_store_find (tok_session_get_tokens (self->session), name);
}

static gpointer
find_dialog (GType type)
{
  return tok_ui_program_find_window (type);
}

static gboolean
is_any_open (void)
{
  return find_dialog (TOK_TYPE_NEW_TOKEN_DIALOG) != NULL
         || find_dialog (TOK_TYPE_REPLACE_DIALOG) != NULL
         || find_dialog (TOK_TYPE_FOUND_TOKEN_DIALOG) != NULL
         || find_dialog (TOK_TYPE_BULK_DIALOG) != NULL;
}

static void
end (Fixture *self)
{
  tok_test_assert_finalize (self->dialogs);
  tok_test_wait_until (!is_any_open ());
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->clipboard);
  g_free (self->said);
}

typedef enum {
  NEW_TOKEN,
  DUPLICATE,
  REPLACE,
  TEST,
  REVOKE_SEVERAL,
  CHECK_TOKEN,
  N_KINDS,
} Kind;

static const char *const names[N_KINDS]
    = { "new-token", "duplicate", "replace", "test", "revoke-several", "check-token" };

static void
ask_for (Fixture *self, Kind kind)
{
  TokGrant *grant = find (self, TOKEN);
  g_autoptr (GPtrArray) grants = g_ptr_array_new ();

  g_ptr_array_add (grants, grant);
  g_ptr_array_add (grants, find (self, "Monthly report"));
  switch (kind) {
  case NEW_TOKEN:
    tok_grant_dialogs_new_token (self->dialogs, self->window);
    break;
  case DUPLICATE:
    tok_grant_dialogs_duplicate (self->dialogs, grant, self->window);
    break;
  case REPLACE:
    tok_grant_dialogs_replace (self->dialogs, grant, self->window);
    break;
  case TEST:
    tok_grant_dialogs_test (self->dialogs, grant, self->window);
    break;
  case REVOKE_SEVERAL:
    tok_grant_dialogs_revoke_several (self->dialogs, grants, self->window);
    break;
  case CHECK_TOKEN:
    tok_grant_dialogs_check_token (self->dialogs, self->window);
    break;
  case N_KINDS:
  default:
    g_assert_not_reached ();
  }
}

static GType
get_type (Kind kind)
{
  const GType types[N_KINDS]
      = { TOK_TYPE_NEW_TOKEN_DIALOG,   TOK_TYPE_NEW_TOKEN_DIALOG, TOK_TYPE_REPLACE_DIALOG,
          TOK_TYPE_FOUND_TOKEN_DIALOG, TOK_TYPE_BULK_DIALOG,      TOK_TYPE_FOUND_TOKEN_DIALOG };

  return types[kind];
}

static GtkWindow *
open_dialog (Fixture *self, Kind kind)
{
  GtkWindow *dialog;

  ask_for (self, kind);
  dialog = find_dialog (get_type (kind));
  g_assert_nonnull (dialog);
  tok_ui_test_wait_for_frame (dialog);
  return dialog;
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage);
  tok_test_assert_finalize (new_dialogs (&self));
  g_assert_true (tok_grant_dialogs_close (self.dialogs));
  tok_grant_dialogs_set_session (self.dialogs, NULL);
  end (&self);
}

/* Whatever is open stays, and is all there is. */
static void
test_one (TokUiStage *stage, gconstpointer data)
{
  Kind kind = GPOINTER_TO_UINT (data);
  GListModel *windows = gtk_window_get_toplevels ();
  Fixture self;
  GtkWindow *dialog;

  begin (&self, stage);
  dialog = open_dialog (&self, kind);
  g_assert_true (gtk_window_get_transient_for (dialog) == self.window);
  g_assert_true (gtk_window_get_modal (dialog));
  for (guint i = 0; i < N_KINDS; i++) {
    g_test_message ("%s while there is %s", names[i], names[kind]);
    ask_for (&self, i);
    g_assert_cmpuint (g_list_model_get_n_items (windows), ==, 2);
    g_assert_true (find_dialog (get_type (kind)) == dialog);
  }

  g_assert_true (tok_grant_dialogs_close (self.dialogs));
  tok_test_wait_until (find_dialog (get_type (kind)) == NULL);
  g_assert_true (open_dialog (&self, kind) != NULL);
  g_assert_cmpuint (self.n_created, ==, 0);
  g_assert_cmpuint (self.n_revoked, ==, 0);
  end (&self);
}

/* It goes with the session, asking nothing. */
static void
test_session_goes (TokUiStage *stage, gconstpointer data)
{
  Kind kind = GPOINTER_TO_UINT (data);
  Fixture self;

  begin (&self, stage);
  open_dialog (&self, kind);
  tok_grant_dialogs_set_session (self.dialogs, NULL);
  tok_test_wait_until (!is_any_open ());
  g_assert_null (find_dialog (ADW_TYPE_MESSAGE_DIALOG));
  tok_grant_dialogs_set_session (self.dialogs, self.session);
  open_dialog (&self, kind);
  end (&self);
}

static void
answer (const char *label)
{
  GtkWindow *question = find_dialog (ADW_TYPE_MESSAGE_DIALOG);

  tok_ui_test_wait_for_frame (question);
  tok_ui_test_click (question, label);
  tok_test_wait_until (find_dialog (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

/* Nobody is told of what he has not created. */
static void
test_created (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  GtkWindow *dialog;

  begin (&self, stage);
  dialog = open_dialog (&self, NEW_TOKEN);
  tok_form_hands_assert (dialog, "", TOK_SCOPE_NONE, FALSE);
  tok_form_hands_fill (dialog, "Night bot", TOK_SCOPE_READ, FALSE);
  tok_ui_test_click (dialog, "Create");
  tok_test_wait_until (tok_ui_test_find (dialog, GTK_TYPE_BUTTON, "Copy") != NULL);
  g_assert_cmpuint (self.n_created, ==, 0);

  /* A secret that nobody has is not closed over. */
  g_assert_false (tok_grant_dialogs_close (self.dialogs));
  answer ("Go Back");
  g_assert_true (find_dialog (TOK_TYPE_NEW_TOKEN_DIALOG) == dialog);
  tok_ui_test_click (dialog, "Copy");
  g_assert_true (tok_grant_dialogs_close (self.dialogs));
  tok_test_wait_until (!is_any_open ());
  g_assert_cmpuint (self.n_created, ==, 1);
  end (&self);
}

/* What is on its way is asked about before it is left alone. */
static void
test_close_asks (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  GtkWindow *dialog;

  begin (&self, stage);
  dialog = open_dialog (&self, NEW_TOKEN);
  tok_form_hands_fill (dialog, "Night bot", TOK_SCOPE_READ, FALSE);
  /* The answer would take the question away. */
  tok_demo_server_set_latency (stage->server, 600000);
  tok_ui_test_click (dialog, "Create");
  g_assert_false (tok_grant_dialogs_close (self.dialogs));
  g_assert_true (find_dialog (TOK_TYPE_NEW_TOKEN_DIALOG) == dialog);
  answer ("Close");
  tok_test_wait_until (!is_any_open ());
  g_assert_true (tok_grant_dialogs_close (self.dialogs));
  end (&self);
}

/* Another name, and the same boxes; the name after that if that one is taken. */
static void
test_duplicate (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  GtkWindow *dialog;

  begin (&self, stage);
  dialog = open_dialog (&self, DUPLICATE);
  tok_form_hands_assert (dialog, TOKEN " 2", TOKEN_SCOPES, FALSE);
  g_assert_true (
      tok_ui_test_shows (dialog, "Another token like “" TOKEN "”, which stays as it is."));
  tok_ui_test_click (dialog, "Create");
  if (find_dialog (ADW_TYPE_MESSAGE_DIALOG) != NULL)
    answer ("Create");
  tok_test_wait_until (tok_ui_test_find (dialog, GTK_TYPE_BUTTON, "Copy") != NULL);
  tok_ui_test_click (dialog, "Copy");
  g_assert_true (tok_grant_dialogs_close (self.dialogs));
  tok_test_wait_until (!is_any_open ());
  g_assert_cmpuint (self.n_created, ==, 1);
  tok_ui_stage_wait_for_lists (self.session);
  g_assert_nonnull (find (&self, TOKEN " 2"));

  dialog = open_dialog (&self, DUPLICATE);
  tok_form_hands_assert (dialog, TOKEN " 3", TOKEN_SCOPES, FALSE);
  end (&self);
}

/* Also the address that it is bound to. */
static void
test_duplicate_bound (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  g_autoptr (TokGrant) grant = tok_ui_test_new_token ("Bound 7", TOK_SCOPE_READ, "192.0.2.7");

  begin (&self, stage);
  tok_grant_dialogs_duplicate (self.dialogs, grant, self.window);
  tok_ui_test_wait_for_frame (find_dialog (TOK_TYPE_NEW_TOKEN_DIALOG));
  tok_form_hands_assert (find_dialog (TOK_TYPE_NEW_TOKEN_DIALOG), "Bound 8", TOK_SCOPE_READ, TRUE);
  end (&self);
}

static void
test_replace (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  g_autoptr (TokGrant) grant = NULL;

  begin (&self, stage);
  g_object_get (open_dialog (&self, REPLACE), "grant", &grant, NULL);
  g_assert_true (grant == find (&self, TOKEN));
  end (&self);
}

static gboolean
asks (GtkWindow *dialog)
{
  return tok_ui_test_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL) != NULL;
}

static void
test_test_pasted (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage);
  g_assert_true (asks (open_dialog (&self, TEST)));
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, "authorize"), ==, 1);
  end (&self);
}

/* A token with a copy that the keyring has. */
static TokGrant *
keep_copy (Fixture *self, const char *name)
{
  g_autoptr (TokClient) other = tok_other_client_connect (self->stage->address, TOK_UI_STAGE_TOKEN);
  g_autoptr (TokSecret) secret = tok_other_client_create_token (other, name, TOK_SCOPE_READ);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_client_stop (other);
  tok_session_refresh (self->session);
  tok_ui_stage_wait_for_lists (self->session);
  tok_session_keep_copy_async (self->session, name, secret, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  tok_session_keep_copy_finish (self->session, result, &error);
  g_assert_no_error (error);
  g_assert_true (tok_grant_get_has_copy (find (self, name)));
  return find (self, name);
}

/* There is nothing to ask for. */
static void
test_test_kept (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  GtkWindow *dialog;

  begin (&self, stage);
  tok_grant_dialogs_test (self.dialogs, keep_copy (&self, "Viewer"), self.window);
  tok_test_wait_until ((dialog = find_dialog (TOK_TYPE_FOUND_TOKEN_DIALOG)) != NULL);
  g_assert_false (asks (dialog));
  tok_test_wait_until (tok_ui_test_shows (dialog, "“Viewer” Works"));
  end (&self);
}

/* A copy that can't be read may be elsewhere, too. */
static void
test_test_unreadable (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  TokGrant *grant;

  begin (&self, stage);
  grant = keep_copy (&self, "Viewer");
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, TOK_ERROR_VAULT_LOCKED);
  tok_grant_dialogs_test (self.dialogs, grant, self.window);
  tok_test_wait_until (find_dialog (TOK_TYPE_FOUND_TOKEN_DIALOG) != NULL);
  g_assert_true (asks (find_dialog (TOK_TYPE_FOUND_TOKEN_DIALOG)));
  end (&self);
}

/* While the copy is being read: another dialog is in the way, or the session goes. */
static void
test_test_overtaken (TokUiStage *stage, gconstpointer data)
{
  gboolean by_session = GPOINTER_TO_INT (data);
  Fixture self;
  TokGrant *grant;

  begin (&self, stage);
  grant = keep_copy (&self, "Viewer");
  tok_grant_dialogs_test (self.dialogs, grant, self.window);
  g_assert_null (find_dialog (TOK_TYPE_FOUND_TOKEN_DIALOG));
  if (by_session)
    tok_grant_dialogs_set_session (self.dialogs, NULL);
  else
    open_dialog (&self, NEW_TOKEN);
  /* As long as it takes to look the next one up. */
  keep_copy (&self, "Second viewer");
  tok_ui_test_wait_for_frame (self.window);
  g_assert_null (find_dialog (TOK_TYPE_FOUND_TOKEN_DIALOG));
  g_assert_true ((find_dialog (TOK_TYPE_NEW_TOKEN_DIALOG) != NULL) == !by_session);
  end (&self);
}

static void
say_yes (TokBulkDialog *dialog)
{
  GtkWidget *cancel = tok_ui_test_get (dialog, GTK_TYPE_BUTTON, "Cancel");

  g_signal_emit_by_name (gtk_widget_get_next_sibling (cancel), "clicked");
}

/* Closing means to stop then, and what was done is reported. */
static void
test_revoke_several (TokUiStage *stage, gconstpointer data)
{
  gboolean closes = GPOINTER_TO_INT (data);
  Fixture self;
  TokBulkDialog *dialog;
  TokBulk *bulk;

  begin (&self, stage);
  dialog = TOK_BULK_DIALOG (open_dialog (&self, REVOKE_SEVERAL));
  bulk = tok_bulk_dialog_get_bulk (dialog);
  tok_demo_server_set_latency (stage->server, 50);
  say_yes (dialog);
  if (closes)
    g_assert_false (tok_grant_dialogs_close (self.dialogs));
  g_assert_cmpuint (self.n_revoked, ==, 0);
  tok_test_wait_until (tok_bulk_get_state (bulk) == TOK_BULK_DONE);
  g_assert_cmpuint (self.n_revoked, ==, 1);
  g_assert_true (find_dialog (TOK_TYPE_BULK_DIALOG) == GTK_WINDOW (dialog));
  g_assert_true (find (&self, TOKEN) == NULL
                 || tok_grant_get_state (find (&self, TOKEN)) == TOK_GRANT_GONE);
  g_assert_true (tok_grant_dialogs_close (self.dialogs));
  tok_test_wait_until (!is_any_open ());
  g_assert_cmpuint (self.n_revoked, ==, 1);
  end (&self);
}

/* All third-party apps that a fresh list holds: not the official one, and also the one that nobody
 * has seen here yet. */
static void
test_revoke_all (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  TokBulkDialog *dialog;
  TokBulk *bulk;

  begin (&self, stage);
  tok_demo_server_add_apps (stage->server, 1);
  tok_grant_dialogs_revoke_all (self.dialogs, self.window);
  tok_grant_dialogs_revoke_all (self.dialogs, self.window);
  g_assert_null (find_dialog (TOK_TYPE_BULK_DIALOG));
  tok_test_wait_until (find_dialog (TOK_TYPE_BULK_DIALOG) != NULL);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, "oauth_apps"), ==, 2);
  dialog = find_dialog (TOK_TYPE_BULK_DIALOG);
  tok_ui_test_wait_for_frame (dialog);
  bulk = tok_bulk_dialog_get_bulk (dialog);
  g_assert_cmpuint (tok_bulk_get_n_items (bulk), ==, TOK_UI_STAGE_N_APPS);
  for (guint i = 0; i < tok_bulk_get_n_items (bulk); i++)
    g_assert_false (tok_app_get_official (tok_grant_get_app (tok_bulk_get_grant (bulk, i))));
  g_assert_true (tok_ui_test_shows (
      dialog,
      "These are all third-party apps, also those that a search or a filter hides. Official "
      "apps keep their access."));
  say_yes (dialog);
  tok_test_wait_until (tok_bulk_get_state (bulk) == TOK_BULK_DONE);
  g_assert_cmpuint (tok_bulk_count (bulk, TOK_BULK_GONE), ==, TOK_UI_STAGE_N_APPS);
  g_assert_true (tok_grant_dialogs_close (self.dialogs));
  tok_test_wait_until (!is_any_open ());

  /* There are no more of them. */
  tok_grant_dialogs_revoke_all (self.dialogs, self.window);
  tok_test_wait_until (self.said != NULL);
  g_assert_cmpstr (self.said, ==, "No third-party app has access any more");
  g_assert_null (find_dialog (TOK_TYPE_BULK_DIALOG));
  end (&self);
}

/* Where there is no fresh list the question says how old the one is. */
static void
test_revoke_all_unlisted (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  g_autofree char *time = NULL;
  g_autofree char *lead = NULL;

  begin (&self, stage);
  tok_demo_server_fail_next (stage->server, "oauth_apps", "InternalServerError", "No");
  tok_grant_dialogs_revoke_all (self.dialogs, self.window);
  tok_test_wait_until (find_dialog (TOK_TYPE_BULK_DIALOG) != NULL);
  tok_ui_test_wait_for_frame (find_dialog (TOK_TYPE_BULK_DIALOG));
  time = g_date_time_format (tok_grant_store_get_as_of (tok_session_get_apps (self.session)),
                             "%H:%M");
  lead = g_strdup_printf (
      "These are all third-party apps, also those that a search or a filter hides. Official apps "
      "keep their access. The list is from %s, since the service gave no newer one.",
      time);
  g_assert_true (tok_ui_test_shows (find_dialog (TOK_TYPE_BULK_DIALOG), lead));
  end (&self);
}

/* Whoever turns to another account meanwhile isn't asked about this one. */
static void
test_revoke_all_overtaken (TokUiStage *stage, gconstpointer data)
{
  gboolean by_session = GPOINTER_TO_INT (data);
  Fixture self;

  begin (&self, stage);
  tok_grant_dialogs_revoke_all (self.dialogs, self.window);
  if (by_session)
    tok_grant_dialogs_set_session (self.dialogs, NULL);
  else
    open_dialog (&self, NEW_TOKEN);
  tok_ui_stage_wait_for_lists (self.session);
  tok_ui_test_wait_for_frame (self.window);
  g_assert_null (find_dialog (TOK_TYPE_BULK_DIALOG));
  end (&self);
}

static void
add (const char *name, guint data, TokUiStageTest test)
{
  g_autofree char *path = g_strconcat ("/grant-dialogs/", name, NULL);

  tok_ui_stage_add (path, GUINT_TO_POINTER (data), test);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  add ("new-destroy", 0, test_new_destroy);
  for (guint i = 0; i < N_KINDS; i++) {
    g_autofree char *one = g_strconcat ("one/", names[i], NULL);
    g_autofree char *goes = g_strconcat ("session-goes/", names[i], NULL);

    add (one, i, test_one);
    add (goes, i, test_session_goes);
  }
  add ("created", 0, test_created);
  add ("close-asks", 0, test_close_asks);
  add ("duplicate/listed", 0, test_duplicate);
  add ("duplicate/bound", 0, test_duplicate_bound);
  add ("replace", 0, test_replace);
  add ("test/pasted", 0, test_test_pasted);
  add ("test/kept", 0, test_test_kept);
  add ("test/unreadable", 0, test_test_unreadable);
  add ("test/overtaken-by-dialog", FALSE, test_test_overtaken);
  add ("test/overtaken-by-session", TRUE, test_test_overtaken);
  add ("revoke-several/all", FALSE, test_revoke_several);
  add ("revoke-several/closes", TRUE, test_revoke_several);
  add ("revoke-all/all", 0, test_revoke_all);
  add ("revoke-all/unlisted", 0, test_revoke_all_unlisted);
  add ("revoke-all/overtaken-by-dialog", FALSE, test_revoke_all_overtaken);
  add ("revoke-all/overtaken-by-session", TRUE, test_revoke_all_overtaken);

  return g_test_run ();
}
