/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-qr-button.h"

#include "tok-qr-code.h"
#include "tok-token.h"

#include <string.h>

/* What makes a QR code that a phone reads and a narrow window holds; no token is longer. */
#define MAX_LENGTH 128

/* A button that shows the QR code of a token's secret, for as long as somebody looks at it. */
struct _TokQrButton {
  GtkWidget parent_instance;

  TokToken *token;
  gboolean was_shown;

  GtkWidget *button;
  TokQrCode *code;
};

G_DEFINE_FINAL_TYPE (TokQrButton, tok_qr_button, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_WAS_SHOWN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_was_shown (TokQrButton *self, gboolean was_shown)
{
  if (self->was_shown == was_shown)
    return;
  self->was_shown = was_shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAS_SHOWN]);
}

static void
create_code (GtkMenuButton *button, gpointer user_data)
{
  TokQrButton *self = user_data;

  if (self->token != NULL
      && tok_qr_code_show_secret (self->code, tok_token_get_listed_value (self->token)))
    set_was_shown (self, TRUE);
}

static void
let_go (TokQrButton *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  tok_qr_code_forget (self->code);
  g_clear_object (&self->token);
}

static void
tok_qr_button_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_WAS_SHOWN:
    g_value_set_boolean (value, TOK_QR_BUTTON (object)->was_shown);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_qr_button_dispose (GObject *object)
{
  TokQrButton *self = TOK_QR_BUTTON (object);

  if (self->button != NULL)
    let_go (self);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_qr_button_parent_class)->dispose (object);
}

static void
tok_qr_button_class_init (TokQrButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_qr_button_get_property;
  object_class->dispose = tok_qr_button_dispose;

  /**
   * TokQrButton:was-shown:
   *
   * Whether the QR code was to be seen.
   */
  properties[PROP_WAS_SHOWN]
      = g_param_spec_boolean ("was-shown", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TOK_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-qr-button.ui");
  gtk_widget_class_bind_template_child (widget_class, TokQrButton, button);
  gtk_widget_class_bind_template_child (widget_class, TokQrButton, code);
  gtk_widget_class_bind_template_callback (widget_class, tok_qr_code_forget);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_qr_button_init (TokQrButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_code, self, NULL);
}

/**
 * tok_qr_button_set_token:
 * @self: A button.
 * @token: (nullable): A token whose listed value is its secret; %NULL to let go of the last one.
 *
 * Offers the QR code of @token, and takes away that of another one. Where the secret is too long
 * for a code that a phone reads, there is no button.
 */
void
tok_qr_button_set_token (TokQrButton *self, TokToken *token)
{
  g_return_if_fail (TOK_IS_QR_BUTTON (self));
  g_return_if_fail (token == NULL || TOK_IS_TOKEN (token));

  let_go (self);
  g_set_object (&self->token, token);
  set_was_shown (self, FALSE);
  gtk_widget_set_visible (
      self->button, token == NULL || strlen (tok_token_get_listed_value (token)) <= MAX_LENGTH);
}

/**
 * tok_qr_button_get_was_shown:
 * @self: A button.
 *
 * Returns: Whether the QR code was to be seen.
 */
gboolean
tok_qr_button_get_was_shown (TokQrButton *self)
{
  g_return_val_if_fail (TOK_IS_QR_BUTTON (self), FALSE);

  return self->was_shown;
}
