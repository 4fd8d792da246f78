/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sign-in-dialog.h"

/* A page to sign in at, above the account that is looked at; it closes when that is done. */
struct _TokSignInDialog {
  AdwWindow parent_instance;

  TokSignInPage *page;

  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (TokSignInDialog, tok_sign_in_dialog, ADW_TYPE_WINDOW)

static void
tok_sign_in_dialog_class_init (TokSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TokSignInDialog, box);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tok_sign_in_dialog_init (TokSignInDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_sign_in_dialog_new:
 * @parent: (nullable): The window that it belongs to.
 * @page: (transfer floating): What to show.
 *
 * Returns: (transfer none): A dialog, to be presented.
 */
TokSignInDialog *
tok_sign_in_dialog_new (GtkWindow *parent, TokSignInPage *page)
{
  TokSignInDialog *self;

  g_return_val_if_fail (TOK_IS_SIGN_IN_PAGE (page), NULL);

  self = g_object_new (TOK_TYPE_SIGN_IN_DIALOG, "transient-for", parent, "application",
                       parent != NULL ? gtk_window_get_application (parent) : NULL, NULL);
  self->page = page;
  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  gtk_box_append (self->box, GTK_WIDGET (page));
  g_signal_connect_object (page, "done", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (GTK_WIDGET (page));
  return self;
}

/**
 * tok_sign_in_dialog_get_page:
 * @self: A dialog.
 *
 * Returns: (transfer none): What it shows.
 */
TokSignInPage *
tok_sign_in_dialog_get_page (TokSignInDialog *self)
{
  g_return_val_if_fail (TOK_IS_SIGN_IN_DIALOG (self), NULL);

  return self->page;
}
