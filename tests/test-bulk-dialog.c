/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-dialog.h"

#include "tok-bulk-row.h"
#include "tok-bulk.h"
#include "tok-grant-store.h"
#include "tok-test.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <string.h>

#define DELETE "api_token"
#define REVOKE "revoke_oauth_app"
#define N_MORE 288
#define N_MANY 300

/* A dialog for some of a session's tokens or apps. */
typedef struct {
  TokUiStage *stage;
  TokSession *session;
  GPtrArray *grants;
  TokBulkDialog *dialog;
  TokBulk *bulk;
  guint n_done;
} Fixture;

static void
on_done (TokBulkDialog *dialog, Fixture *self)
{
  self->n_done++;
}

static void
open_dialog (Fixture *self)
{
  g_set_weak_pointer (&self->dialog, tok_bulk_dialog_new (NULL, self->session, self->grants));
  self->bulk = tok_bulk_dialog_get_bulk (self->dialog);
  g_signal_connect (self->dialog, "done", G_CALLBACK (on_done), self);
  gtk_window_present (GTK_WINDOW (self->dialog));
  tok_ui_test_wait_for_frame (self->dialog);
}

static void
begin_with (Fixture *self, TokUiStage *stage, gboolean is_tokens, const char *keys)
{
  g_auto (GStrv) words = g_strsplit (keys, ",", -1);
  TokGrantStore *store;

  *self = (Fixture){ .stage = stage };
  /* Tests are faster than hands: every click is meant. */
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
  self->session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  tok_test_wait_until (tok_session_get_own_token (self->session) != NULL);
  store = is_tokens ? tok_session_get_tokens (self->session) : tok_session_get_apps (self->session);
  self->grants = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (self->grants, g_object_ref (tok_grant_store_find (store, words[i])));
  open_dialog (self);
}

static void
begin_tokens (Fixture *self, TokUiStage *stage)
{
  begin_with (self, stage, TRUE, "Grid bot,Monthly report,Spare bot");
}

static void
begin_apps (Fixture *self, TokUiStage *stage)
{
  begin_with (self, stage, FALSE, "70101,70115," TOK_UI_STAGE_HOSTILE_APP);
}

static void
end (Fixture *self)
{
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  tok_test_wait_until (self->dialog == NULL);
  for (guint i = 0; i < self->grants->len; i++)
    g_assert_cmpint (tok_grant_get_state (self->grants->pdata[i]), !=, TOK_GRANT_WORKING);
  g_ptr_array_unref (self->grants);
}

static void
assert_shows (Fixture *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->dialog);
  if (!tok_ui_test_shows (self->dialog, text))
    g_error ("nobody says “%s”", text);
}

/* The button has a label of its own, which wraps. */
static void
say_yes (Fixture *self, const char *text)
{
  GtkWidget *cancel = tok_ui_test_get (self->dialog, GTK_TYPE_BUTTON, "Cancel");
  GtkWidget *button = gtk_widget_get_next_sibling (cancel);

  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)))), ==,
                   text);
  g_assert_true (gtk_widget_has_css_class (button, "destructive-action"));
  g_signal_emit_by_name (button, "clicked");
}

static void
assert_focus (Fixture *self, const char *label)
{
  GtkWidget *button = tok_ui_test_get (self->dialog, GTK_TYPE_BUTTON, label);

  g_assert_true (gtk_root_get_focus (GTK_ROOT (self->dialog)) == button);
}

static void
wait_for_state (Fixture *self, TokBulkState state)
{
  g_test_message ("waiting for state %u", state);
  tok_test_wait_until (tok_bulk_get_state (self->bulk) == state);
  tok_ui_test_wait_for_frame (self->dialog);
}

static char *
read_clipboard (Fixture *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->dialog));
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  char *text;

  gdk_clipboard_read_text_async (clipboard, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  text = gdk_clipboard_read_text_finish (clipboard, result, NULL);
  g_assert_nonnull (text);
  return text;
}

/* The report but for its first line, which tells the time. */
static void
assert_report (Fixture *self, const char *expected)
{
  g_autofree char *text = NULL;

  tok_ui_test_click (self->dialog, "Copy Report");
  tok_ui_test_get (self->dialog, GTK_TYPE_BUTTON, "Copied");
  text = read_clipboard (self);
  g_assert_cmpstr (strchr (text, '\n') + 1, ==, expected);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_tokens (&fixture, stage);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture.dialog)), ==, "Delete Tokens");
  assert_shows (&fixture, "Delete 3 Tokens?");
  assert_shows (&fixture,
                "Programs that use them stop working at once, and their open positions stay open. "
                "Deleted tokens can’t be brought back.");
  assert_shows (&fixture, "Can\u00a0trade\u00a02 · View\u00a0only\u00a01");
  assert_shows (&fixture, "Grid bot");
  assert_shows (&fixture, "Monthly report");
  assert_shows (&fixture, "Spare bot");
  g_assert_false (tok_ui_test_shows (fixture.dialog, "This program"));
  g_assert_null (tok_ui_test_find (fixture.dialog, GTK_TYPE_PROGRESS_BAR, NULL));
  g_assert_null (tok_ui_test_find (fixture.dialog, GTK_TYPE_BUTTON, "Stop"));
  g_assert_null (tok_ui_test_find (fixture.dialog, GTK_TYPE_BUTTON, "Close"));
  assert_focus (&fixture, "Cancel");
  end (&fixture);
}

static void
test_cancel (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_tokens (&fixture, stage);
  if (data != NULL)
    g_assert_true (tok_ui_test_press (fixture.dialog, "Escape"));
  else
    tok_ui_test_click (fixture.dialog, "Cancel");
  tok_test_wait_until (fixture.dialog == NULL);
  g_assert_cmpuint (fixture.n_done, ==, 0);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, DELETE), ==, 1);
  end (&fixture);
}

static void
test_delete (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_tokens (&fixture, stage);
  say_yes (&fixture, "Delete 3 Tokens");
  g_assert_cmpint (tok_bulk_get_state (fixture.bulk), ==, TOK_BULK_RUNNING);
  g_assert_true (tok_ui_test_shows (fixture.dialog, "Deleting Tokens"));
  wait_for_state (&fixture, TOK_BULK_DONE);
  g_assert_cmpuint (fixture.n_done, ==, 1);
  assert_shows (&fixture, "All 3 are deleted.");
  assert_shows (&fixture, "Deleted (3)");
  g_assert_false (tok_ui_test_shows (fixture.dialog, "Not Deleted (0)"));
  g_assert_null (tok_ui_test_find (fixture.dialog, GTK_TYPE_PROGRESS_BAR, NULL));
  assert_focus (&fixture, "Close");
  assert_report (&fixture, "Account: SAMPLE1\nAll 3 are deleted.\n\nDeleted (3)\n"
                           "- Grid bot\n- Spare bot\n- Monthly report\n");
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, DELETE), ==, 1 + 3 + 1);
  tok_ui_test_click (fixture.dialog, "Close");
  tok_test_wait_until (fixture.dialog == NULL);
  end (&fixture);
}

/* What would sign out is seen first, and then the others, the worst first. */
static void
test_order (TokUiStage *stage, gconstpointer data)
{
  static const char *const names[]
      = { "Token Manager", "Old payout script", "Grid bot", "Spare bot", "Monthly report" };
  Fixture fixture;
  GtkListBox *list;

  begin_with (&fixture, stage, TRUE,
              "Monthly report,Grid bot,Token Manager,Spare bot,Old payout script");
  list = tok_ui_test_get (fixture.dialog, GTK_TYPE_LIST_BOX, NULL);
  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++) {
    g_autoptr (TokGrant) grant = NULL;

    g_object_get (gtk_list_box_get_row_at_index (list, i), "grant", &grant, NULL);
    g_assert_cmpstr (tok_grant_get_name (grant), ==, names[i]);
  }
  g_assert_null (gtk_list_box_get_row_at_index (list, G_N_ELEMENTS (names)));
  g_assert_true (tok_bulk_get_is_own (fixture.bulk, G_N_ELEMENTS (names) - 1));
  g_assert_cmpstr (tok_grant_get_name (tok_bulk_get_grant (fixture.bulk, 0)), ==,
                   "Old payout script");
  end (&fixture);
}

static void
test_lead (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_apps (&fixture, stage);
  tok_bulk_dialog_set_lead (fixture.dialog, "All of them.");
  assert_shows (&fixture, "All of them.");
  tok_bulk_dialog_set_lead (fixture.dialog, NULL);
  g_assert_false (tok_ui_test_shows (fixture.dialog, "All of them."));
  end (&fixture);
}

/* Who deletes his own token is told before, and finds the report afterwards. */
static void
test_own (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_with (&fixture, stage, TRUE, "Token Manager,Grid bot");
  assert_shows (&fixture, "This program");
  assert_shows (&fixture,
                "This program is signed in with one of them, which goes last: you will be signed "
                "out, and need another token to sign in again.");
  assert_shows (&fixture, "You are signed in with it. It goes last.");
  say_yes (&fixture, "Delete 2 Tokens");
  wait_for_state (&fixture, TOK_BULK_DONE);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_ENDED);
  assert_shows (&fixture, "All 2 are deleted.");
  assert_report (&fixture, "Account: SAMPLE1\nAll 2 are deleted.\n\nDeleted (2)\n- Grid bot\n"
                           "- Token Manager\n");
  end (&fixture);
}

/* One fails, the others go; and a name is a name. */
static void
test_failure (TokUiStage *stage, gconstpointer data)
{
  static const char *const why = "The token you signed in with lacks the permission for this. Sign "
                                 "in with one that has it.";
  Fixture fixture;
  g_autofree char *report = NULL;

  begin_apps (&fixture, stage);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture.dialog)), ==, "Revoke Access");
  assert_shows (&fixture, "Revoke Access of 3 Apps?");
  assert_shows (&fixture, "Can\u00a0move\u00a0money\u00a01 · Can\u00a0trade\u00a02");
  assert_shows (&fixture, TOK_UI_STAGE_HOSTILE_NAME);
  tok_demo_server_fail_next (stage->server, REVOKE, "PermissionDenied", "<b>No</b>");
  say_yes (&fixture, "Revoke Access");
  wait_for_state (&fixture, TOK_BULK_DONE);
  assert_shows (&fixture, "2 of 3 have lost their access.");
  assert_shows (&fixture, "Not Revoked (1)");
  assert_shows (&fixture, why);
  assert_shows (&fixture, "Access Revoked (2)");
  assert_shows (&fixture, TOK_UI_STAGE_HOSTILE_NAME);
  report = g_strconcat ("Account: SAMPLE1\n2 of 3 have lost their access.\n\nNot Revoked (1)\n"
                        "- " TOK_UI_STAGE_HOSTILE_NAME " (app id " TOK_UI_STAGE_HOSTILE_APP "): ",
                        why,
                        "\n\nAccess Revoked (2)\n- Chart Desk (app id 70101)\n"
                        "- Copy Harbour (app id 70115)\n",
                        NULL);
  assert_report (&fixture, report);
  end (&fixture);
}

/* Those that are left are tried again without another question, in the same window. */
static void
test_retry (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_apps (&fixture, stage);
  tok_demo_server_fail_next (stage->server, REVOKE, "PermissionDenied", "No");
  say_yes (&fixture, "Revoke Access");
  wait_for_state (&fixture, TOK_BULK_DONE);
  assert_shows (&fixture, "1 still has access.");
  assert_focus (&fixture, "Close");
  tok_ui_test_click (fixture.dialog, "Try Again with 1");
  fixture.bulk = tok_bulk_dialog_get_bulk (fixture.dialog);
  g_assert_cmpint (tok_bulk_get_state (fixture.bulk), ==, TOK_BULK_RUNNING);
  g_assert_true (tok_ui_test_shows (fixture.dialog, "Revoking Access"));
  assert_focus (&fixture, "Stop");
  wait_for_state (&fixture, TOK_BULK_DONE);
  g_assert_cmpuint (fixture.n_done, ==, 2);
  assert_shows (&fixture, "The app has lost its access.");
  assert_shows (&fixture, "Access Revoked (1)");
  g_assert_false (tok_ui_test_shows (fixture.dialog, "Not Revoked (1)"));
  g_assert_false (tok_ui_test_shows (fixture.dialog, "1 still has access."));
  g_assert_null (tok_ui_test_find (fixture.dialog, GTK_TYPE_BUTTON, "Try Again with 1"));
  /* With those of the question. */
  g_assert_cmpuint (tok_ui_test_count (fixture.dialog, TOK_TYPE_BULK_ROW), ==, 3 + 1);
  assert_report (&fixture,
                 "Account: SAMPLE1\nThe app has lost its access.\n\nAccess Revoked (1)\n"
                 "- " TOK_UI_STAGE_HOSTILE_NAME " (app id " TOK_UI_STAGE_HOSTILE_APP ")\n");
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, REVOKE), ==, 4);
  end (&fixture);
}

/* What would sign out goes last there, too; afterwards nothing can be tried. */
static void
test_retry_own (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_with (&fixture, stage, TRUE, "Token Manager,Grid bot,Spare bot");
  tok_demo_server_set_latency (stage->server, 300);
  say_yes (&fixture, "Delete 3 Tokens");
  tok_test_wait_until (tok_ui_stage_count_calls (stage, DELETE) == 2);
  tok_ui_test_click (fixture.dialog, "Stop");
  wait_for_state (&fixture, TOK_BULK_DONE);
  assert_shows (&fixture, "2 still work.");
  tok_demo_server_set_latency (stage->server, 0);
  tok_ui_test_click (fixture.dialog, "Try Again with 2");
  fixture.bulk = tok_bulk_dialog_get_bulk (fixture.dialog);
  g_assert_false (tok_bulk_get_is_own (fixture.bulk, 0));
  g_assert_true (tok_bulk_get_is_own (fixture.bulk, 1));
  wait_for_state (&fixture, TOK_BULK_DONE);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_ENDED);
  assert_shows (&fixture, "All 2 are deleted.");
  end (&fixture);
}

/* Who isn't signed in any more has nothing to try again. */
static void
test_retry_ended (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  GtkWidget *button;

  begin_apps (&fixture, stage);
  tok_demo_server_fail_next (stage->server, REVOKE, "PermissionDenied", "No");
  say_yes (&fixture, "Revoke Access");
  wait_for_state (&fixture, TOK_BULK_DONE);
  button = tok_ui_test_get (fixture.dialog, GTK_TYPE_BUTTON, "Try Again with 1");
  gtk_widget_grab_focus (button);
  tok_session_sign_out (fixture.session);
  g_assert_false (gtk_widget_get_visible (button));
  assert_focus (&fixture, "Close");
  end (&fixture);
}

/* Nor who has deleted his own token with the rest. */
static void
test_retry_without_own (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_with (&fixture, stage, TRUE, "Token Manager,Grid bot");
  tok_demo_server_fail_next (stage->server, DELETE, "PermissionDenied", "No");
  say_yes (&fixture, "Delete 2 Tokens");
  wait_for_state (&fixture, TOK_BULK_DONE);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_ENDED);
  assert_shows (&fixture, "1 of 2 is deleted.");
  assert_shows (&fixture, "1 still works.");
  g_assert_null (tok_ui_test_find (fixture.dialog, GTK_TYPE_BUTTON, "Try Again with 1"));
  assert_focus (&fixture, "Close");
  end (&fixture);
}

/* By the button or by closing the window: what is on its way is waited for, and reported. */
static void
test_stop (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_apps (&fixture, stage);
  tok_demo_server_set_latency (stage->server, 300);
  say_yes (&fixture, "Revoke Access");
  tok_test_wait_until (tok_ui_stage_count_calls (stage, REVOKE) == 1);
  assert_shows (&fixture, TOK_UI_STAGE_HOSTILE_NAME);
  assert_focus (&fixture, "Stop");
  if (data != NULL)
    gtk_window_close (GTK_WINDOW (fixture.dialog));
  else
    tok_ui_test_click (fixture.dialog, "Stop");
  g_assert_nonnull (fixture.dialog);
  g_assert_cmpint (tok_bulk_get_state (fixture.bulk), ==, TOK_BULK_STOPPING);
  assert_shows (&fixture, "Stopping after this one…");
  g_assert_false (
      gtk_widget_is_sensitive (tok_ui_test_get (fixture.dialog, GTK_TYPE_BUTTON, "Stopping…")));
  wait_for_state (&fixture, TOK_BULK_DONE);
  assert_shows (&fixture, "1 of 3 has lost its access.");
  assert_shows (&fixture, "Not Tried (2)");
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, REVOKE), ==, 1);
  gtk_window_close (GTK_WINDOW (fixture.dialog));
  tok_test_wait_until (fixture.dialog == NULL);
  end (&fixture);
}

static void
test_rate_limit (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_apps (&fixture, stage);
  tok_demo_server_fail_next (stage->server, REVOKE, "RateLimit", "No");
  say_yes (&fixture, "Revoke Access");
  wait_for_state (&fixture, TOK_BULK_RATE_LIMITED);
  assert_shows (&fixture, "The service asks to wait. Trying again in 600 seconds.");
  tok_ui_test_click (fixture.dialog, "Stop");
  wait_for_state (&fixture, TOK_BULK_DONE);
  assert_shows (&fixture, "No app is confirmed to have lost its access.");
  end (&fixture);
}

static void
test_lost (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_tokens (&fixture, stage);
  tok_demo_server_set_latency (stage->server, 600000);
  say_yes (&fixture, "Delete 3 Tokens");
  tok_test_wait_until (tok_ui_stage_count_calls (stage, DELETE) == 2);
  tok_demo_server_stop (stage->server);
  wait_for_state (&fixture, TOK_BULK_DISCONNECTED);
  assert_shows (&fixture, "The connection was lost. Waiting for it to come back…");
  tok_ui_test_click (fixture.dialog, "Stop");
  wait_for_state (&fixture, TOK_BULK_DONE);
  assert_shows (&fixture, "No token is confirmed to be deleted.");
  assert_shows (&fixture, "3 may still work.");
  tok_ui_test_get (fixture.dialog, GTK_TYPE_BUTTON, "Try Again with 3");
  assert_shows (&fixture, "Couldn’t Confirm (1)");
  assert_shows (&fixture, "It may still work. Refresh the list to see how it ended.");
  assert_shows (&fixture, "Not Tried (2)");
  end (&fixture);
}

/* Only the list is waited for: nobody has to. */
static void
test_confirming (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_with (&fixture, stage, FALSE, "70101");
  assert_shows (&fixture, "Revoke Access of 1 App?");
  tok_demo_server_set_latency (stage->server, 300);
  say_yes (&fixture, "Revoke Access");
  wait_for_state (&fixture, TOK_BULK_CONFIRMING);
  assert_shows (&fixture, "Looking at the service’s list, which shows what is true now…");
  assert_shows (&fixture, "1 of 1");
  g_assert_false (tok_ui_test_shows (fixture.dialog, "Chart Desk"));
  tok_ui_test_click (fixture.dialog, "Don’t Wait");
  g_assert_cmpint (tok_bulk_get_state (fixture.bulk), ==, TOK_BULK_DONE);
  assert_shows (&fixture, "Couldn’t Confirm (1)");
  tok_ui_stage_wait_for_lists (fixture.session);
  end (&fixture);
}

/* The window goes in the middle: nothing is left at work. */
static void
test_destroy_at_work (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_apps (&fixture, stage);
  tok_demo_server_set_latency (stage->server, 600000);
  say_yes (&fixture, "Revoke Access");
  tok_test_wait_until (tok_ui_stage_count_calls (stage, REVOKE) == 1);
  end (&fixture);
  g_assert_cmpuint (fixture.n_done, ==, 0);
  tok_demo_server_stop (stage->server);
}

/* A second click that was meant for Delete doesn't stop it. */
static void
test_haste (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  GtkEventController *key;
  gboolean stopped = FALSE;

  begin_apps (&fixture, stage);
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 600000, NULL);
  tok_demo_server_set_latency (stage->server, 600000);
  say_yes (&fixture, "Revoke Access");
  key = tok_ui_test_get_controller (fixture.dialog, GTK_TYPE_EVENT_CONTROLLER_KEY);
  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_space, 0, 0, &stopped);
  g_assert_true (stopped);
  g_assert_cmpint (tok_bulk_get_state (fixture.bulk), ==, TOK_BULK_RUNNING);
  end (&fixture);
  tok_demo_server_stop (stage->server);
}

/* Nor does who asked twice to stop close the report before it can be read. */
static void
test_haste_done (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_apps (&fixture, stage);
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 600000, NULL);
  say_yes (&fixture, "Revoke Access");
  wait_for_state (&fixture, TOK_BULK_DONE);
  gtk_window_close (GTK_WINDOW (fixture.dialog));
  tok_ui_test_wait_for_frame (fixture.dialog);
  g_assert_nonnull (fixture.dialog);
  assert_shows (&fixture, "All 3 have lost their access.");
  end (&fixture);
}

static void
test_many (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  g_autoptr (GString) keys = g_string_new ("70101");
  gint64 start;

  tok_demo_server_add_apps (stage->server, N_MORE + 11);
  for (guint i = 1; i < N_MANY; i++)
    g_string_append_printf (keys, ",%u", 80000 + i);
  start = g_get_monotonic_time ();
  begin_with (&fixture, stage, FALSE, keys->str);
  g_test_message ("asking took %d ms", (int) ((g_get_monotonic_time () - start) / 1000));
  g_assert_cmpuint (tok_ui_test_count (fixture.dialog, TOK_TYPE_BULK_ROW), ==, N_MANY);
  say_yes (&fixture, "Revoke Access");
  start = g_get_monotonic_time ();
  wait_for_state (&fixture, TOK_BULK_DONE);
  g_test_message ("working took %d ms", (int) ((g_get_monotonic_time () - start) / 1000));
  assert_shows (&fixture, "All 300 have lost their access.");
  end (&fixture);
}

static void
add (const char *name, gconstpointer data, TokUiStageTest test)
{
  g_autofree char *path = g_strconcat ("/bulk-dialog/", name, NULL);

  tok_ui_stage_add (path, data, test);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  add ("new-destroy", NULL, test_new_destroy);
  add ("cancel", NULL, test_cancel);
  add ("cancel/escape", "", test_cancel);
  add ("delete", NULL, test_delete);
  add ("own", NULL, test_own);
  add ("order", NULL, test_order);
  add ("lead", NULL, test_lead);
  add ("failure", NULL, test_failure);
  add ("retry", NULL, test_retry);
  add ("retry/own", NULL, test_retry_own);
  add ("retry/ended", NULL, test_retry_ended);
  add ("retry/without-own", NULL, test_retry_without_own);
  add ("stop", NULL, test_stop);
  add ("stop/close", "", test_stop);
  add ("rate-limit", NULL, test_rate_limit);
  add ("lost", NULL, test_lost);
  add ("confirming", NULL, test_confirming);
  add ("destroy-at-work", NULL, test_destroy_at_work);
  add ("haste", NULL, test_haste);
  add ("haste/done", NULL, test_haste_done);
  add ("many", NULL, test_many);

  return g_test_run ();
}
