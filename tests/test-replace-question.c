/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-question.h"

#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define PRICE                                                                                      \
  "Its old secret stops working at once, wherever it is used. Programs need the new one to go on." \
  "\n\nThe service deletes first. Should it then fail to create the new token, there is neither "  \
  "until you try again."

static void
test_new_destroy (void)
{
  tok_ui_test_close (tok_replace_question_new (NULL, "Grid bot", TOK_SCOPE_READ));
  tok_ui_test_close (tok_replace_question_new_unanswered (NULL, "Grid bot"));
}

static void
assert_asks (GtkWidget *question, const char *heading, const char *body, const char *yes)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (question);

  gtk_window_present (GTK_WINDOW (question));
  tok_ui_test_wait_for_frame (question);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (question)), ==, heading);
  g_assert_true (tok_ui_test_shows (question, body));
  g_assert_cmpstr (adw_message_dialog_get_response_label (dialog, "yes"), ==, yes);
  g_assert_cmpint (adw_message_dialog_get_response_appearance (dialog, "yes"), ==,
                   ADW_RESPONSE_DESTRUCTIVE);
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "no");
  gtk_window_destroy (GTK_WINDOW (question));
}

/* The price is always said, and what the new one's holder can do where that is much. */
static void
test_price (void)
{
  assert_asks (tok_replace_question_new (NULL, "<b>\nx", TOK_SCOPE_READ | TOK_SCOPE_TRADE),
               "Replace “<b>[U+000A]x” Now?", PRICE, "Replace");
  assert_asks (tok_replace_question_new (NULL, "Grid bot", TOK_SCOPE_PAYMENTS),
               "Replace “Grid bot” Now?", PRICE "\n\nWhoever has it can move your money.",
               "Replace");
}

static void
test_unanswered (void)
{
  assert_asks (tok_replace_question_new_unanswered (NULL, "Grid bot"),
               "Close before the Service Has Answered?",
               "“Grid bot” may be replaced all the same, and the new secret would be lost. The "
               "list will show it.",
               "Close");
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/replace-question/new-destroy", test_new_destroy);
  g_test_add_func ("/replace-question/price", test_price);
  g_test_add_func ("/replace-question/unanswered", test_unanswered);

  return g_test_run ();
}
