/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-closer.h"

#include "tok-question.h"
#include "tok-test.h"
#include "tok-ui-test.h"

/* A dialog that asks, what asks for it, and what would be lost. */
static GtkWindow *dialog;
static TokCloser *closer;
static gboolean is_anything_lost;
static guint n_other_answers;

static GtkWidget *
new_question (GtkWindow *window)
{
  g_assert_true (window == dialog);
  return is_anything_lost ? tok_question_new (window, "Close?", "It is lost.", "Go Back", "Close")
                          : NULL;
}

static gboolean
on_close_request (void)
{
  return tok_closer_is_in_the_way (closer);
}

static void
on_other_answered (GtkWindow *window, const char *response)
{
  g_assert_true (window == dialog);
  g_assert_true (tok_question_is_yes (response));
  /* It can be followed by another one. */
  g_assert_false (tok_closer_is_asking (closer));
  n_other_answers++;
}

static GtkWindow *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (window == dialog || !gtk_widget_get_visible (GTK_WIDGET (window)))
      continue;
    g_assert_null (found);
    found = window;
  }
  return found;
}

static void
begin (gboolean loses)
{
  is_anything_lost = loses;
  g_set_weak_pointer (&dialog, GTK_WINDOW (tok_ui_test_present (gtk_label_new (NULL))));
  closer = tok_closer_new (dialog, new_question);
  g_signal_connect (dialog, "close-request", G_CALLBACK (on_close_request), NULL);
}

static void
end (void)
{
  tok_test_assert_finalize (closer);
  tok_test_wait_until (find_question () == NULL);
  if (dialog != NULL)
    tok_ui_test_close (dialog);
  g_assert_null (dialog);
}

static void
answer (const char *label)
{
  tok_ui_test_wait_for_frame (find_question ());
  tok_ui_test_click (find_question (), label);
  tok_test_wait_until (find_question () == NULL);
}

static void
test_new_destroy (void)
{
  begin (TRUE);
  g_assert_false (tok_closer_is_asking (closer));
  end ();
  /* What is being asked goes, too. */
  begin (TRUE);
  gtk_window_close (dialog);
  g_assert_nonnull (find_question ());
  end ();
}

static void
test_nothing_lost (void)
{
  begin (FALSE);
  gtk_window_close (dialog);
  tok_test_wait_until (dialog == NULL);
  end ();
}

static void
test_asks (void)
{
  GtkWindow *question;

  begin (TRUE);
  gtk_window_close (dialog);
  question = find_question ();
  g_assert_nonnull (question);
  /* Whoever closes twice is asked once. */
  gtk_window_close (dialog);
  g_assert_true (find_question () == question);
  answer ("Go Back");
  g_assert_nonnull (dialog);
  gtk_window_close (dialog);
  answer ("Close");
  tok_test_wait_until (dialog == NULL);
  end ();
}

/* Something else is being asked: that has to be answered first. */
static void
test_other (void)
{
  GtkWidget *question;

  begin (FALSE);
  n_other_answers = 0;
  question = tok_question_new (dialog, "Delete?", "It is gone then.", "Go Back", "Delete");
  tok_closer_ask (closer, question, G_CALLBACK (on_other_answered));
  g_assert_true (tok_closer_is_asking (closer));
  gtk_window_close (dialog);
  g_assert_nonnull (dialog);
  g_assert_true (find_question () == GTK_WINDOW (question));
  answer ("Delete");
  g_assert_cmpuint (n_other_answers, ==, 1);
  gtk_window_close (dialog);
  tok_test_wait_until (dialog == NULL);
  end ();
}

static void
test_drop (void)
{
  begin (TRUE);
  gtk_window_close (dialog);
  tok_closer_drop_question (closer);
  g_assert_false (tok_closer_is_asking (closer));
  g_assert_null (find_question ());
  g_assert_nonnull (dialog);
  /* It asks again. */
  gtk_window_close (dialog);
  g_assert_nonnull (find_question ());
  end ();
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/closer/new-destroy", test_new_destroy);
  g_test_add_func ("/closer/nothing-lost", test_nothing_lost);
  g_test_add_func ("/closer/asks", test_asks);
  g_test_add_func ("/closer/other", test_other);
  g_test_add_func ("/closer/drop", test_drop);

  return g_test_run ();
}
