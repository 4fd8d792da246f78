/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-error-note.h"

#include "tok-text.h"

#define DETAIL_MAX_CHARS 200

/* What went wrong, beside what it is about: a sentence, a detail for the curious, and a way on. */
struct _TokErrorNote {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *sentence;
  GtkLabel *detail;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (TokErrorNote, tok_error_note, GTK_TYPE_WIDGET)

enum {
  SIGNAL_CLICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_clicked (TokErrorNote *self)
{
  g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static void
tok_error_note_dispose (GObject *object)
{
  g_clear_pointer (&TOK_ERROR_NOTE (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_error_note_parent_class)->dispose (object);
}

static void
tok_error_note_class_init (TokErrorNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tok_error_note_dispose;

  /**
   * TokErrorNote::clicked:
   * @self: A note.
   *
   * Somebody wants to go on.
   */
  signals[SIGNAL_CLICKED] = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-error-note.ui");
  gtk_widget_class_bind_template_child (widget_class, TokErrorNote, box);
  gtk_widget_class_bind_template_child (widget_class, TokErrorNote, sentence);
  gtk_widget_class_bind_template_child (widget_class, TokErrorNote, detail);
  gtk_widget_class_bind_template_child (widget_class, TokErrorNote, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_error_note_init (TokErrorNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_error_note_say:
 * @self: A note.
 * @sentence: (nullable): What happened and the way on; %NULL for nothing, which hides the note.
 * @detail: (nullable): In the words of whoever reported it; foreign text.
 * @button_label: (nullable): What can be done about it.
 *
 * Says it.
 */
void
tok_error_note_say (TokErrorNote *self,
                    const char *sentence,
                    const char *detail,
                    const char *button_label)
{
  g_autofree char *visible = NULL;

  g_return_if_fail (TOK_IS_ERROR_NOTE (self));

  visible = tok_text_make_visible (detail != NULL ? detail : "", DETAIL_MAX_CHARS);
  gtk_label_set_label (self->sentence, sentence != NULL ? sentence : "");
  gtk_label_set_label (self->detail, visible);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *visible != '\0');
  gtk_button_set_label (self->button, button_label != NULL ? button_label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), sentence != NULL);
}
