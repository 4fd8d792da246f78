/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-closer.h"

#include "tok-question.h"

/* Asks before a dialog closes that would lose something, and sees to it that the dialog asks one
 * thing at a time. */
struct _TokCloser {
  GObject parent_instance;

  GtkWindow *dialog; /* which has this, and lets go of it in time */
  TokCloserQuestion new_question;
  GtkWindow *question; /* while it is being asked */
  gboolean may_close;
};

G_DEFINE_FINAL_TYPE (TokCloser, tok_closer, G_TYPE_OBJECT)

static void
on_question_answered (TokCloser *self)
{
  g_clear_weak_pointer (&self->question);
}

static void
on_close_answered (TokCloser *self, const char *response, GtkWindow *question)
{
  if (!tok_question_is_yes (response))
    return;
  /* The question outlives the answer by a moment, in which it would look for its parent. */
  gtk_window_set_transient_for (question, NULL);
  self->may_close = TRUE;
  gtk_window_close (self->dialog);
}

static void
hold (TokCloser *self, GtkWidget *question)
{
  g_set_weak_pointer (&self->question, GTK_WINDOW (question));
  /* Whoever hears of the answer next may ask something else. */
  g_signal_connect_object (question, "response", G_CALLBACK (on_question_answered), self,
                           G_CONNECT_SWAPPED);
}

static void
tok_closer_dispose (GObject *object)
{
  tok_closer_drop_question (TOK_CLOSER (object));

  G_OBJECT_CLASS (tok_closer_parent_class)->dispose (object);
}

static void
tok_closer_class_init (TokCloserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tok_closer_dispose;
}

static void
tok_closer_init (TokCloser *self)
{
}

/**
 * tok_closer_new:
 * @dialog: A dialog, which lets go of the closer when it is disposed of.
 * @new_question: (scope forever): Makes the question whether to close @dialog.
 *
 * Returns: (transfer full): A closer that asks nothing yet.
 */
TokCloser *
tok_closer_new (GtkWindow *dialog, TokCloserQuestion new_question)
{
  TokCloser *self;

  g_return_val_if_fail (GTK_IS_WINDOW (dialog), NULL);
  g_return_val_if_fail (new_question != NULL, NULL);

  self = g_object_new (TOK_TYPE_CLOSER, NULL);
  self->dialog = dialog;
  self->new_question = new_question;
  return self;
}

/**
 * tok_closer_is_in_the_way:
 * @self: A closer.
 *
 * For whoever is asked to close the dialog: asks whether to, if something is lost then, or presents
 * the question that is open already. After a yes the dialog is asked to close again.
 *
 * Returns: Whether the dialog has to stay for now.
 */
gboolean
tok_closer_is_in_the_way (TokCloser *self)
{
  GtkWidget *question;

  g_return_val_if_fail (TOK_IS_CLOSER (self), FALSE);

  if (tok_closer_is_asking (self))
    return TRUE;
  question = self->may_close ? NULL : self->new_question (self->dialog);
  if (question == NULL)
    return FALSE;
  hold (self, question);
  g_signal_connect_object (question, "response", G_CALLBACK (on_close_answered), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (self->question);
  return TRUE;
}

/**
 * tok_closer_is_asking:
 * @self: A closer.
 *
 * Presents the question that is open, if any.
 *
 * Returns: Whether there is one.
 */
gboolean
tok_closer_is_asking (TokCloser *self)
{
  g_return_val_if_fail (TOK_IS_CLOSER (self), FALSE);

  if (self->question == NULL)
    return FALSE;
  gtk_window_present (self->question);
  return TRUE;
}

/**
 * tok_closer_ask:
 * @self: A closer that isn't asking.
 * @question: (transfer none): A [func@question_new] about something else.
 * @on_response: (scope forever): For its signal `response`; the dialog comes first.
 *
 * Asks @question, before which the dialog doesn't close.
 */
void
tok_closer_ask (TokCloser *self, GtkWidget *question, GCallback on_response)
{
  g_return_if_fail (TOK_IS_CLOSER (self));
  g_return_if_fail (GTK_IS_WINDOW (question));
  g_return_if_fail (self->question == NULL);

  hold (self, question);
  g_signal_connect_object (question, "response", on_response, self->dialog, G_CONNECT_SWAPPED);
  gtk_window_present (self->question);
}

/**
 * tok_closer_drop_question:
 * @self: A closer.
 *
 * Takes the question back that is open, if any: it has an answer, or nobody to ask for.
 */
void
tok_closer_drop_question (TokCloser *self)
{
  GtkWindow *question;

  g_return_if_fail (TOK_IS_CLOSER (self));

  question = self->question;
  if (question == NULL)
    return;
  g_clear_weak_pointer (&self->question);
  g_signal_handlers_disconnect_by_data (question, self);
  g_signal_handlers_disconnect_by_data (question, self->dialog);
  gtk_window_destroy (question);
}
