/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-question.h"

#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define HEADING "Eat <b>it</b>?"
#define BODY "It & all.\n\nNothing is left."

static AdwMessageDialog *
ask (void)
{
  GtkWidget *question = tok_question_new (NULL, HEADING, BODY, "Keep It", "Eat It");

  gtk_window_present (GTK_WINDOW (question));
  tok_ui_test_wait_for_frame (question);
  return ADW_MESSAGE_DIALOG (question);
}

static void
test_new_destroy (void)
{
  tok_ui_test_close (ask ());
}

static void
test_words (void)
{
  AdwMessageDialog *question = ask ();

  g_assert_true (tok_ui_test_shows (question, HEADING));
  g_assert_true (tok_ui_test_shows (question, BODY));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (question)), ==, HEADING);
  tok_ui_test_assert_name (question, HEADING);
  g_assert_nonnull (tok_ui_test_find (question, GTK_TYPE_BUTTON, "Keep It"));
  g_assert_nonnull (tok_ui_test_find (question, GTK_TYPE_BUTTON, "Eat It"));
  tok_ui_test_close (question);
}

static void
on_response (AdwMessageDialog *question, const char *response, char **slot)
{
  g_assert_null (*slot);
  *slot = g_strdup (response);
}

/* Whoever does nothing in particular says no. */
static void
test_answers (void)
{
  static const struct {
    const char *button;
    gboolean is_yes;
  } answers[] = { { "Keep It", FALSE }, { "Eat It", TRUE }, { NULL, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    AdwMessageDialog *question = ask ();
    g_autofree char *response = NULL;

    g_assert_false (tok_question_is_yes (adw_message_dialog_get_default_response (question)));
    g_assert_false (tok_question_is_yes (adw_message_dialog_get_close_response (question)));
    g_signal_connect (question, "response", G_CALLBACK (on_response), &response);
    if (answers[i].button != NULL)
      tok_ui_test_click (question, answers[i].button);
    else
      gtk_window_close (GTK_WINDOW (question));
    g_assert_nonnull (response);
    g_assert_true (tok_question_is_yes (response) == answers[i].is_yes);
  }
  g_assert_false (tok_question_is_yes (NULL));
}

/* A question with three answers, of which two can be added later. */
static void
test_other (void)
{
  static const struct {
    const char *button;
    gboolean is_other;
    gboolean is_yes;
  } answers[] = {
    { "Keep It", FALSE, FALSE },
    { "Hide It", TRUE, FALSE },
    { "Eat It", FALSE, TRUE },
    { NULL, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    GtkWidget *question = tok_question_new (NULL, HEADING, BODY, "Keep It", NULL);
    g_autofree char *response = NULL;

    g_assert_false (adw_message_dialog_has_response (ADW_MESSAGE_DIALOG (question), "yes"));
    tok_question_add_other (question, "Hide It");
    tok_question_add_yes (question, "Eat It");
    gtk_window_present (GTK_WINDOW (question));
    tok_ui_test_wait_for_frame (question);
    g_signal_connect (question, "response", G_CALLBACK (on_response), &response);
    if (answers[i].button != NULL)
      tok_ui_test_click (question, answers[i].button);
    else
      gtk_window_close (GTK_WINDOW (question));
    g_assert_nonnull (response);
    g_assert_true (tok_question_is_other (response) == answers[i].is_other);
    g_assert_true (tok_question_is_yes (response) == answers[i].is_yes);
  }
  g_assert_false (tok_question_is_other (NULL));
}

static gboolean
has_focus (gpointer question, const char *label)
{
  GtkWidget *button = tok_ui_test_find (question, GTK_TYPE_BUTTON, label);

  return button != NULL && gtk_window_get_focus (GTK_WINDOW (question)) == button;
}

/* Return, pressed by somebody who has read nothing, does nothing: neither where the answers stand
 * side by side, nor where there is no room for that. The first frames are about that. */
static void
test_focus (void)
{
  static const char *const words[]
      = { "Eat It", "Eat All of It, With the Bones and the Plate, Before Anybody Else Does" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    GtkWidget *question = tok_question_new (NULL, HEADING, BODY, "Keep It", NULL);

    tok_question_add_other (question, "Hide It");
    tok_question_add_yes (question, words[i]);
    gtk_window_present (GTK_WINDOW (question));
    for (guint n = 0; n < 8; n++) {
      tok_ui_test_wait_for_frame (question);
      g_assert_true (n < 4 || has_focus (question, "Keep It"));
    }
    tok_ui_test_close (question);
  }
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/question/new-destroy", test_new_destroy);
  g_test_add_func ("/question/words", test_words);
  g_test_add_func ("/question/answers", test_answers);
  g_test_add_func ("/question/other", test_other);
  g_test_add_func ("/question/focus", test_focus);

  return g_test_run ();
}
