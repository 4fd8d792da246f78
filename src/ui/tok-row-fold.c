/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-row-fold.h"

#include "tok-fold-layout.h"

#include <adwaita.h>

#define DURATION_MS 200

/* Lets rows fade and shrink away together, at once where nothing is to move on the screen. */
struct _TokRowFold {
  GObject parent_instance;

  GPtrArray *rows;
  AdwAnimation *animation;
};

G_DEFINE_FINAL_TYPE (TokRowFold, tok_row_fold, G_TYPE_OBJECT)

enum {
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_value (double open, gpointer data)
{
  TokRowFold *self = TOK_ROW_FOLD (data);

  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = self->rows->pdata[i];

    gtk_widget_set_opacity (row, open);
    tok_fold_layout_set_open (TOK_FOLD_LAYOUT (gtk_widget_get_layout_manager (row)), open);
  }
}

static void
on_done (TokRowFold *self)
{
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

/* Other rows don't pay for what only these need. */
static void
prepare (GtkWidget *row)
{
  gtk_widget_set_layout_manager (row, tok_fold_layout_new ());
  gtk_widget_set_overflow (row, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (row, FALSE);
}

static void
restore (GtkWidget *row)
{
  gtk_widget_set_layout_manager (row, gtk_bin_layout_new ());
  gtk_widget_set_overflow (row, GTK_OVERFLOW_VISIBLE);
  gtk_widget_set_focusable (row, TRUE);
  gtk_widget_set_opacity (row, 1);
}

static void
tok_row_fold_dispose (GObject *object)
{
  TokRowFold *self = TOK_ROW_FOLD (object);

  if (self->animation != NULL) {
    g_signal_handlers_disconnect_by_data (self->animation, self);
    adw_animation_skip (self->animation);
    g_clear_object (&self->animation);
  }
  for (guint i = 0; i < self->rows->len; i++)
    restore (self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  G_OBJECT_CLASS (tok_row_fold_parent_class)->dispose (object);
}

static void
tok_row_fold_finalize (GObject *object)
{
  g_clear_pointer (&TOK_ROW_FOLD (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (tok_row_fold_parent_class)->finalize (object);
}

static void
tok_row_fold_class_init (TokRowFoldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tok_row_fold_dispose;
  object_class->finalize = tok_row_fold_finalize;

  /**
   * TokRowFold::done:
   * @self: A fold.
   *
   * There is nothing more to be seen of the rows.
   */
  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tok_row_fold_init (TokRowFold *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * tok_row_fold_new:
 * @rows: (element-type GtkWidget): Rows of a list box that is on the screen, at least one.
 *
 * Returns: (transfer full): A fold, wide open. When it goes, those of @rows that are still there
 * are as they were.
 */
TokRowFold *
tok_row_fold_new (GPtrArray *rows)
{
  TokRowFold *self;

  g_return_val_if_fail (rows != NULL && rows->len > 0, NULL);

  self = g_object_new (TOK_TYPE_ROW_FOLD, NULL);
  for (guint i = 0; i < rows->len; i++) {
    g_ptr_array_add (self->rows, g_object_ref (rows->pdata[i]));
    prepare (rows->pdata[i]);
  }
  return self;
}

/**
 * tok_row_fold_start:
 * @self: A fold.
 *
 * Begins, once. [signal@RowFold::done] may come before this returns.
 */
void
tok_row_fold_start (TokRowFold *self)
{
  g_autoptr (TokRowFold) alive = NULL;

  g_return_if_fail (TOK_IS_ROW_FOLD (self));
  g_return_if_fail (self->animation == NULL);

  alive = g_object_ref (self);
  self->animation
      = adw_timed_animation_new (gtk_widget_get_parent (self->rows->pdata[0]), 1, 0, DURATION_MS,
                                 adw_callback_animation_target_new (on_value, self, NULL));
  g_object_ref_sink (self->animation);
  g_signal_connect_swapped (self->animation, "done", G_CALLBACK (on_done), self);
  adw_animation_play (self->animation);
}

/**
 * tok_row_fold_contains:
 * @self: A fold.
 * @row: A row.
 *
 * Returns: Whether @row is one of its rows.
 */
gboolean
tok_row_fold_contains (TokRowFold *self, GtkWidget *row)
{
  g_return_val_if_fail (TOK_IS_ROW_FOLD (self), FALSE);

  return g_ptr_array_find (self->rows, row, NULL);
}
