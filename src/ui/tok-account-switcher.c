/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-switcher.h"

#include "tok-account-row.h"
#include "tok-accounts.h"
#include "tok-session.h"

/* The accounts, to look at another one, add one, or have one go. */
struct _TokAccountSwitcher {
  GtkPopover parent_instance;

  TokAccounts *accounts;

  GtkListBox *list_box;
  GtkWidget *add_button;
};

G_DEFINE_FINAL_TYPE (TokAccountSwitcher, tok_account_switcher, GTK_TYPE_POPOVER)

enum {
  SIGNAL_REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_row_activated (TokAccountSwitcher *self, TokAccountRow *row)
{
  g_autoptr (TokAccounts) accounts = g_object_ref (self->accounts);
  g_autoptr (TokSession) session = g_object_ref (tok_account_row_get_session (row));

  gtk_popover_popdown (GTK_POPOVER (self));
  tok_accounts_set_current (accounts, session);
}

static void
on_remove (TokAccountSwitcher *self, TokAccountRow *row)
{
  g_autoptr (TokSession) session = g_object_ref (tok_account_row_get_session (row));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0, session);
}

static void
on_add (TokAccountSwitcher *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.add-account", NULL);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  TokAccountSwitcher *self = user_data;
  GtkWidget *row = tok_account_row_new (item, tok_accounts_get_current (self->accounts) == item);

  g_signal_connect_object (row, "remove", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  return row;
}

static void
tok_account_switcher_dispose (GObject *object)
{
  TokAccountSwitcher *self = TOK_ACCOUNT_SWITCHER (object);

  if (self->list_box != NULL)
    gtk_list_box_bind_model (self->list_box, NULL, NULL, NULL, NULL);
  self->list_box = NULL;
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (tok_account_switcher_parent_class)->dispose (object);
}

static void
tok_account_switcher_class_init (TokAccountSwitcherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tok_account_switcher_dispose;

  /**
   * TokAccountSwitcher::remove:
   * @self: A switcher.
   * @session: The session of an account.
   *
   * Somebody wants that account to go.
   */
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_SESSION);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-account-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, TokAccountSwitcher, list_box);
  gtk_widget_class_bind_template_child (widget_class, TokAccountSwitcher, add_button);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
tok_account_switcher_init (TokAccountSwitcher *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_account_switcher_new:
 * @accounts: The accounts.
 *
 * Returns: (transfer floating): A popover with a row for each as they are now; made anew each time
 *   that it is opened.
 */
GtkWidget *
tok_account_switcher_new (TokAccounts *accounts)
{
  TokAccountSwitcher *self;

  g_return_val_if_fail (TOK_IS_ACCOUNTS (accounts), NULL);

  self = g_object_new (TOK_TYPE_ACCOUNT_SWITCHER, NULL);
  self->accounts = g_object_ref (accounts);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (accounts), create_row, self, NULL);
  return GTK_WIDGET (self);
}
