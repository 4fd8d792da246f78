/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-button.h"

#include "tok-account-switcher.h"
#include "tok-accounts.h"
#include "tok-closures.h"
#include "tok-remover.h"
#include "tok-session.h"

/* Names the account that is looked at, and opens the list of all. */
struct _TokAccountButton {
  GtkWidget parent_instance;

  TokAccounts *accounts;
  TokSession *session;
  TokRemover *remover;

  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (TokAccountButton, tok_account_button, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_ACCOUNTS,
  PROP_SESSION,
  N_PROPS,
};

enum {
  SIGNAL_FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
on_failed (TokAccountButton *self, const char *sentence)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, sentence);
}

static void
on_remove (TokAccountButton *self, TokSession *session)
{
  tok_remover_remove (self->remover, session, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

/* Made anew each time that it is opened, so that it shows how things stand then. */
static void
create_switcher (GtkMenuButton *button, gpointer user_data)
{
  TokAccountButton *self = user_data;
  GtkWidget *switcher = tok_account_switcher_new (self->accounts);

  g_signal_connect_object (switcher, "remove", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, switcher);
  /* The pointer is still there, and a tip would cover the first row. */
  g_object_bind_property (switcher, "visible", button, "has-tooltip",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}

static void
set_accounts (TokAccountButton *self, TokAccounts *accounts)
{
  if (!g_set_object (&self->accounts, accounts))
    return;
  g_clear_object (&self->remover);
  if (accounts != NULL) {
    self->remover = tok_remover_new (accounts);
    g_signal_connect_object (self->remover, "failed", G_CALLBACK (on_failed), self,
                             G_CONNECT_SWAPPED);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNTS]);
}

static void
tok_account_button_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokAccountButton *self = TOK_ACCOUNT_BUTTON (object);

  switch (prop_id) {
  case PROP_ACCOUNTS:
    g_value_set_object (value, self->accounts);
    break;
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_account_button_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  TokAccountButton *self = TOK_ACCOUNT_BUTTON (object);

  switch (prop_id) {
  case PROP_ACCOUNTS:
    set_accounts (self, g_value_get_object (value));
    break;
  case PROP_SESSION:
    if (g_set_object (&self->session, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_account_button_dispose (GObject *object)
{
  TokAccountButton *self = TOK_ACCOUNT_BUTTON (object);

  g_clear_object (&self->remover);
  g_clear_object (&self->session);
  g_clear_object (&self->accounts);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_account_button_parent_class)->dispose (object);
}

static void
tok_account_button_class_init (TokAccountButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_account_button_get_property;
  object_class->set_property = tok_account_button_set_property;
  object_class->dispose = tok_account_button_dispose;

  /**
   * TokAccountButton:accounts:
   *
   * All accounts, to choose from.
   */
  properties[PROP_ACCOUNTS]
      = g_param_spec_object ("accounts", NULL, NULL, TOK_TYPE_ACCOUNTS,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokAccountButton:session:
   *
   * Whose account is looked at.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokAccountButton::failed:
   * @self: A button.
   * @sentence: Why an account is still there that was to go.
   *
   * What the owner wanted was not done, or nobody knows.
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-account-button.ui");
  gtk_widget_class_bind_template_child (widget_class, TokAccountButton, button);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_account_button);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_something);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_account_button_init (TokAccountButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_switcher, self,
                                         NULL);
}
