/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-revoke-question.h"

#include "tok-question.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define BODY                                                                                       \
  "This program is signed in by it: you will be signed out of all accounts that the browser has "  \
  "brought, and can sign in again at any time."

static void
assert_question (const char *name, const char *heading)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (7, name, TOK_SCOPE_ADMIN);
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *question = tok_revoke_question_new (GTK_WINDOW (parent), grant);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (question);

  gtk_window_present (GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (question));
  tok_ui_test_wait_for_frame (question);
  g_assert_true (tok_ui_test_shows (question, heading));
  g_assert_true (tok_ui_test_shows (question, BODY));
  tok_ui_test_assert_name (question, heading);
  g_assert_cmpstr (adw_message_dialog_get_response_label (
                       dialog, adw_message_dialog_get_default_response (dialog)),
                   ==, "Go Back");
  g_assert_false (tok_question_is_yes (adw_message_dialog_get_close_response (dialog)));
  g_assert_nonnull (tok_ui_test_find (question, GTK_TYPE_BUTTON, "Revoke access"));
  tok_ui_test_close (question);
  tok_ui_test_close (parent);
}

static void
test_new_destroy (void)
{
  assert_question ("Desk", "Revoke access for “Desk”?");
}

static void
test_hostile (void)
{
  assert_question ("<b>&Co</b>\u202eexe", "Revoke access for “<b>&Co</b>[U+202E]exe”?");
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/revoke-question/new-destroy", test_new_destroy);
  g_test_add_func ("/revoke-question/hostile", test_hostile);

  return g_test_run ();
}
