/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-report.h"

#include "tok-bulk-group.h"
#include "tok-bulk-words.h"
#include "tok-bulk.h"
#include "tok-file-asker.h"
#include "tok-private-file.h"
#include "tok-warning-line.h"

#include <glib/gi18n-lib.h>

/* What came of each of several, to be read, copied or saved. */
struct _TokBulkReport {
  GtkBox parent_instance;

  TokBulk *bulk;
  GDateTime *time; /* of the report */
  char *text;
  TokFileAsker *asker;
  GFile *file;               /* what was chosen last */
  GCancellable *cancellable; /* while it is being saved */

  GtkWidget *warning; /* NULL where all are gone */
  GtkWidget *copy_button;
  GtkLabel *saved;
  TokBulkGroup *failed;
  TokBulkGroup *not_tried;
  TokBulkGroup *unconfirmed;
  TokBulkGroup *gone;
};

G_DEFINE_FINAL_TYPE (TokBulkReport, tok_bulk_report, GTK_TYPE_BOX)

static TokBulkGroup *
get_group (TokBulkReport *self, TokBulkOutcome outcome)
{
  switch (outcome) {
  case TOK_BULK_GONE:
    return self->gone;
  case TOK_BULK_FAILED:
    return self->failed;
  case TOK_BULK_UNCONFIRMED:
    return self->unconfirmed;
  case TOK_BULK_NOT_TRIED:
  default:
    return self->not_tried;
  }
}

static void
fill_groups (TokBulkReport *self)
{
  for (TokBulkOutcome outcome = TOK_BULK_NOT_TRIED; outcome <= TOK_BULK_UNCONFIRMED; outcome++) {
    g_autofree char *title = tok_bulk_words_dup_group (self->bulk, outcome);

    tok_bulk_group_clear (get_group (self, outcome));
    tok_bulk_group_set_title (get_group (self, outcome), title);
  }
  for (guint i = 0; i < tok_bulk_get_n_items (self->bulk); i++) {
    TokBulkOutcome outcome = tok_bulk_get_outcome (self->bulk, i, NULL);
    g_autofree char *reason = tok_bulk_words_dup_reason (self->bulk, i);

    tok_bulk_group_add (get_group (self, outcome), tok_bulk_get_grant (self->bulk, i), reason);
  }
}

static void
update_warning (TokBulkReport *self)
{
  g_autofree char *left = tok_bulk_words_dup_left (self->bulk);

  if (self->warning != NULL)
    gtk_box_remove (GTK_BOX (self), self->warning);
  self->warning = left != NULL ? tok_warning_line_new (left) : NULL;
  if (self->warning == NULL)
    return;
  gtk_widget_set_halign (self->warning, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->warning, "failure");
  gtk_box_prepend (GTK_BOX (self), self->warning);
}

static void
on_copy (TokBulkReport *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  gtk_button_set_label (GTK_BUTTON (self->copy_button), _ ("Copied"));
}

static void
say_saved (TokBulkReport *self, const char *text)
{
  gtk_label_set_label (self->saved, text);
  gtk_widget_set_visible (GTK_WIDGET (self->saved), text != NULL);
}

static void
on_save_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokBulkReport *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  tok_private_file_save_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = error == NULL ? tok_private_file_describe_place (self->file)
                       : tok_private_file_describe_failure (error);
  say_saved (self, text);
}

static void
give_up_saving (TokBulkReport *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
on_chosen (TokBulkReport *self, GFile *file)
{
  give_up_saving (self);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->file, file);
  tok_private_file_save_async (file, self->text, self->cancellable, on_save_ready, self);
}

static void
on_save (TokBulkReport *self)
{
  g_autofree char *name = tok_bulk_words_dup_file_name (self->bulk, self->time);

  tok_file_asker_ask (self->asker, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                      _ ("Save Report"), name);
}

static void
tok_bulk_report_dispose (GObject *object)
{
  TokBulkReport *self = TOK_BULK_REPORT (object);

  give_up_saving (self);
  g_clear_object (&self->asker);
  g_clear_object (&self->file);
  g_clear_object (&self->bulk);

  G_OBJECT_CLASS (tok_bulk_report_parent_class)->dispose (object);
}

static void
tok_bulk_report_finalize (GObject *object)
{
  TokBulkReport *self = TOK_BULK_REPORT (object);

  g_clear_pointer (&self->time, g_date_time_unref);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (tok_bulk_report_parent_class)->finalize (object);
}

static void
tok_bulk_report_class_init (TokBulkReportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tok_bulk_report_dispose;
  object_class->finalize = tok_bulk_report_finalize;

  g_type_ensure (TOK_TYPE_BULK_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-bulk-report.ui");
  gtk_widget_class_bind_template_child (widget_class, TokBulkReport, copy_button);
  gtk_widget_class_bind_template_child (widget_class, TokBulkReport, saved);
  gtk_widget_class_bind_template_child (widget_class, TokBulkReport, failed);
  gtk_widget_class_bind_template_child (widget_class, TokBulkReport, not_tried);
  gtk_widget_class_bind_template_child (widget_class, TokBulkReport, unconfirmed);
  gtk_widget_class_bind_template_child (widget_class, TokBulkReport, gone);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
tok_bulk_report_init (TokBulkReport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->asker = tok_file_asker_new ();
  g_signal_connect_swapped (self->asker, "chosen", G_CALLBACK (on_chosen), self);
}

/**
 * tok_bulk_report_show:
 * @self: A report.
 * @bulk: A bulk that is done.
 * @login_id: (nullable): Whose they were.
 *
 * Shows what came of each, in place of what it shows already. The time of the report is now.
 */
void
tok_bulk_report_show (TokBulkReport *self, TokBulk *bulk, const char *login_id)
{
  g_return_if_fail (TOK_IS_BULK_REPORT (self));
  g_return_if_fail (tok_bulk_get_state (bulk) == TOK_BULK_DONE);

  give_up_saving (self);
  say_saved (self, NULL);
  gtk_button_set_label (GTK_BUTTON (self->copy_button), _ ("Copy Report"));
  g_clear_pointer (&self->time, g_date_time_unref);
  g_clear_pointer (&self->text, g_free);
  g_set_object (&self->bulk, bulk);
  self->time = g_date_time_new_now_utc ();
  self->text = tok_bulk_words_dup_report (bulk, login_id, self->time);
  update_warning (self);
  fill_groups (self);
}
