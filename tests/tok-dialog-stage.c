/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-dialog-stage.h"

#include "tok-create.h"
#include "tok-form-hands.h"
#include "tok-settings.h"
#include "tok-strip.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#define CLIPBOARD_SECONDS 30

/**
 * tok_dialog_stage_begin:
 * @self: Empty.
 * @stage: A stage nobody is signed in on.
 *
 * Signs in, and opens the dialog.
 */
void
tok_dialog_stage_begin (TokDialogStage *self, TokStage *stage)
{
  /* Tests are faster than hands: every click is meant. */
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
  tok_stage_sign_in_and_list (stage);
  self->stage = stage;
  self->settings = tok_settings_new (TRUE, NULL);
  self->clipboard = tok_secret_clipboard_new (
      gdk_display_get_clipboard (gdk_display_get_default ()), CLIPBOARD_SECONDS);
  g_set_weak_pointer (&self->dialog, tok_new_token_dialog_new (NULL, stage->session, self->settings,
                                                               self->clipboard));
  gtk_window_present (GTK_WINDOW (self->dialog));
  tok_ui_test_wait_for_frame (self->dialog);
}

/**
 * tok_dialog_stage_end:
 * @self: What has begun.
 *
 * Destroys the dialog, if it is still there, and asserts that nobody keeps it.
 */
void
tok_dialog_stage_end (TokDialogStage *self)
{
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  tok_test_wait_until (self->dialog == NULL);
  tok_test_assert_finalize (self->clipboard);
  g_clear_object (&self->settings);
}

/**
 * tok_dialog_stage_create:
 * @self: A dialog with an empty form.
 *
 * Fills it in and clicks the button. The service has the request then.
 */
void
tok_dialog_stage_create (TokDialogStage *self)
{
  tok_form_hands_fill (self->dialog, TOK_CREATE_NAME, TOK_CREATE_SCOPES, TRUE);
  tok_ui_test_click (self->dialog, "Create");
  g_assert_true (tok_dialog_stage_is_working (self));
  tok_script_wait (self->stage->peer, "new_token", 0);
}

/**
 * tok_dialog_stage_create_and_answer:
 * @self: A dialog with an empty form.
 * @rows: What the service says, for tok_script_answer_rows ().
 *
 * Creates a token, to the end.
 */
void
tok_dialog_stage_create_and_answer (TokDialogStage *self, const char *rows)
{
  tok_dialog_stage_create (self);
  tok_script_answer_rows (self->stage->peer, "new_token", 0, rows);
  tok_dialog_stage_wait (self);
}

/**
 * tok_dialog_stage_is_working:
 * @self: A dialog.
 *
 * Returns: Whether it waits for the service.
 */
gboolean
tok_dialog_stage_is_working (TokDialogStage *self)
{
  gboolean is_working;

  g_object_get (self->dialog, "is-working", &is_working, NULL);
  return is_working;
}

/**
 * tok_dialog_stage_wait:
 * @self: A dialog that waits for the service.
 *
 * Waits until it doesn't any more, and that is to be seen.
 */
void
tok_dialog_stage_wait (TokDialogStage *self)
{
  tok_test_wait_until (!tok_dialog_stage_is_working (self));
  tok_ui_test_wait_for_frame (self->dialog);
}

/**
 * tok_dialog_stage_assert_kept:
 * @self: A dialog whose form was filled in.
 *
 * Asserts that all of it is still there, and can be changed.
 */
void
tok_dialog_stage_assert_kept (TokDialogStage *self)
{
  tok_form_hands_assert (self->dialog, TOK_CREATE_NAME, TOK_CREATE_SCOPES, TRUE);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (tok_form_hands_get_name_row (self->dialog))));
  g_assert_false (
      gtk_spinner_get_spinning (tok_ui_test_find_any (self->dialog, GTK_TYPE_SPINNER, NULL)));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->dialog)), ==, "New Token");
}

/**
 * tok_dialog_stage_assert_note:
 * @self: A dialog.
 * @text: (nullable): What must be said above the form; %NULL for nothing.
 * @button: (nullable): What must be offered beside it.
 */
void
tok_dialog_stage_assert_note (TokDialogStage *self, const char *text, const char *button)
{
  GtkWidget *note = tok_ui_test_find_any (self->dialog, TOK_TYPE_STRIP, NULL);
  GtkWidget *shown;

  tok_ui_test_wait_for_frame (self->dialog);
  shown = tok_ui_test_find (note, GTK_TYPE_LABEL, NULL);
  if (text == NULL) {
    g_assert_null (shown);
    return;
  }
  g_assert_nonnull (shown);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown)), ==, text);
  shown = tok_ui_test_find (note, GTK_TYPE_BUTTON, NULL);
  g_assert_cmpstr (shown != NULL ? gtk_button_get_label (GTK_BUTTON (shown)) : NULL, ==, button);
}

/**
 * tok_dialog_stage_assert_can_create:
 * @self: A dialog.
 * @obstacle: (nullable): Why the button must be off; %NULL if it must be on.
 */
void
tok_dialog_stage_assert_can_create (TokDialogStage *self, const char *obstacle)
{
  GtkWidget *button = tok_ui_test_get (self->dialog, GTK_TYPE_BUTTON, "Create");

  g_assert_true (gtk_widget_is_sensitive (button) == (obstacle == NULL));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, obstacle);
}

/**
 * tok_dialog_stage_assert_secret:
 * @self: A dialog.
 *
 * Asserts that it shows the secret, and can only be done with.
 */
void
tok_dialog_stage_assert_secret (TokDialogStage *self)
{
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->dialog)), ==, "Token Created");
  g_assert_true (tok_ui_test_shows (self->dialog, "Token Created"));
  g_assert_true (tok_ui_test_shows (self->dialog, TOK_CREATE_NAME));
  g_assert_true (tok_ui_test_shows (self->dialog, TOK_CREATE_SECRET));
  g_assert_nonnull (tok_ui_test_find (self->dialog, GTK_TYPE_BUTTON, "Done"));
  g_assert_null (tok_ui_test_find (self->dialog, GTK_TYPE_BUTTON, "Cancel"));
  g_assert_null (tok_ui_test_find (self->dialog, GTK_TYPE_BUTTON, "Create"));
  g_assert_null (tok_ui_test_find (self->dialog, ADW_TYPE_ENTRY_ROW, NULL));
  tok_dialog_stage_assert_note (self, NULL, NULL);
}

/**
 * tok_dialog_stage_assert_listed:
 * @self: A dialog.
 * @names: The tokens that must be listed, with commas between them.
 */
void
tok_dialog_stage_assert_listed (TokDialogStage *self, const char *names)
{
  g_auto (GStrv) expected = g_strsplit (names, ",", -1);

  g_assert_cmpuint (tok_grant_store_get_n_listed (self->stage->tokens), ==,
                    g_strv_length (expected));
  for (guint i = 0; expected[i] != NULL; i++)
    g_assert_nonnull (tok_grant_store_find (self->stage->tokens, expected[i]));
}
