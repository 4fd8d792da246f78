/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-create-question.h"

#include "tok-question.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define PAYMENTS                                                                                   \
  "Whoever has this token can move money between your accounts and withdraw all of it through "    \
  "payment agents."
#define ADMIN                                                                                      \
  "Whoever has this token can create tokens with any permission, and through them trade with "     \
  "your money, move it and withdraw all of it.\n\nIt can also delete your other tokens and "       \
  "revoke your connected apps."
#define DEMO "\n\nThis is a demo account: what can be lost in it is not money."

static void
test_new_destroy (void)
{
  tok_ui_test_close (tok_create_question_new (NULL, TOK_SCOPE_ADMIN, FALSE));
  tok_ui_test_close (tok_create_question_new_discard (NULL));
  tok_ui_test_close (tok_create_question_new_unanswered (NULL));
  tok_ui_test_close (tok_create_question_new_uncopied (NULL, FALSE));
}

static void
assert_asks (TokScopes scopes, gboolean is_virtual)
{
  gboolean is_full = (scopes & TOK_SCOPE_ADMIN) != 0;
  const char *yes = is_full ? "Give Full Control" : "Let It Move Money";
  AdwMessageDialog *question
      = ADW_MESSAGE_DIALOG (tok_create_question_new (NULL, scopes, is_virtual));
  g_autofree char *body = g_strconcat (is_full ? ADMIN : PAYMENTS, is_virtual ? DEMO : NULL, NULL);

  gtk_window_present (GTK_WINDOW (question));
  tok_ui_test_wait_for_frame (question);
  g_assert_true (tok_ui_test_shows (question, is_full ? "Give Full Control of the Account?"
                                                      : "Let It Take Out Your Money?"));
  g_assert_true (tok_ui_test_shows (question, body));
  g_assert_nonnull (tok_ui_test_find (question, GTK_TYPE_BUTTON, yes));
  /* Nothing is destroyed, and nothing is done by the way. */
  g_assert_cmpstr (adw_message_dialog_get_default_response (question), ==, "no");
  g_assert_cmpstr (adw_message_dialog_get_close_response (question), ==, "no");
  g_assert_cmpint (adw_message_dialog_get_response_appearance (question, "other"), ==,
                   ADW_RESPONSE_DEFAULT);
  tok_ui_test_close (question);
}

static void
test_due (void)
{
  for (TokScopes scopes = 0; scopes <= TOK_SCOPE_ALL; scopes++) {
    gboolean is_due = (scopes & (TOK_SCOPE_PAYMENTS | TOK_SCOPE_ADMIN)) != 0;

    g_assert_true (tok_create_question_is_due (scopes) == is_due);
    if (is_due) {
      assert_asks (scopes, FALSE);
      assert_asks (scopes, TRUE);
    }
  }
}

static void
on_response (AdwMessageDialog *question, const char *response, char **answer)
{
  g_free (*answer);
  *answer = g_strdup (response);
}

static void
test_answers (void)
{
  g_autofree char *answer = NULL;
  GtkWidget *question = tok_create_question_new (NULL, TOK_SCOPE_PAYMENTS, FALSE);

  g_signal_connect (question, "response", G_CALLBACK (on_response), &answer);
  gtk_window_present (GTK_WINDOW (question));
  tok_ui_test_wait_for_frame (question);
  tok_ui_test_click (question, "Let It Move Money");
  g_assert_true (tok_question_is_other (answer));
  tok_test_wait_until (g_list_model_get_n_items (gtk_window_get_toplevels ()) == 0);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/create-question/new-destroy", test_new_destroy);
  g_test_add_func ("/create-question/due", test_due);
  g_test_add_func ("/create-question/answers", test_answers);

  return g_test_run ();
}
