/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-revoke-button.h"

#include "tok-closures.h"
#include "tok-grant.h"
#include "tok-text.h"
#include "tok-token.h"

#include <glib/gi18n-lib.h>

/* A button that takes away access, and in whose place it is said how that goes. */
struct _TokRevokeButton {
  GtkWidget parent_instance;

  TokGrant *grant;
  gboolean can_revoke;

  GtkWidget *stack;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (TokRevokeButton, tok_revoke_button, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_GRANT,
  PROP_CAN_REVOKE,
  N_PROPS,
};

enum {
  SIGNAL_REVOKE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
choose_page (GObject *object, TokGrantState state)
{
  switch (state) {
  case TOK_GRANT_WORKING:
    return g_strdup ("working");
  case TOK_GRANT_GONE:
    return g_strdup ("gone");
  case TOK_GRANT_IDLE:
  case TOK_GRANT_FAILED:
  default:
    return g_strdup ("button");
  }
}

static char *
choose_label (GObject *object, TokGrantState state, TokToken *token)
{
  if (state == TOK_GRANT_FAILED)
    return g_strdup (_ ("Retry"));
  return g_strdup (token != NULL ? _ ("Delete") : _ ("Revoke access"));
}

static const char *
get_reason (TokToken *token)
{
  return token != NULL ? _ ("Deleting needs a token with the permission Admin")
                       : _ ("Revoking needs a token with the permission Admin");
}

/* Where it is on, its label says it all, and a tooltip would only lie over what is below. */
static char *
describe_reason (GObject *object, TokToken *token, gboolean can_revoke)
{
  return can_revoke ? NULL : g_strdup (get_reason (token));
}

static char *
describe_button (TokGrant *grant)
{
  g_autofree char *quoted = tok_text_quote_name (tok_grant_get_name (grant));
  TokToken *token = tok_grant_get_token (grant);

  if (tok_grant_get_state (grant) == TOK_GRANT_FAILED)
    /* Translators: %s is the name of a token, or of an app. */
    return g_strdup_printf (
        token != NULL ? _ ("Retry: delete token %s") : _ ("Retry: revoke access for %s"), quoted);
  /* Translators: %s is the name of a token, or of an app. */
  return g_strdup_printf (token != NULL ? _ ("Delete token %s") : _ ("Revoke access for %s"),
                          quoted);
}

static gboolean
is_working (GObject *object, TokGrantState state)
{
  return state == TOK_GRANT_WORKING;
}

/* A button takes its label for its name; the name of this one says whose access it is about. */
static void
update_accessible_label (TokRevokeButton *self)
{
  g_autofree char *label = NULL;

  if (self->grant == NULL)
    return;
  label = describe_button (self->grant);
  /* Newer GTK points to the label in the button, which would outweigh what is set here. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->button),
                                 GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
on_clicked (TokRevokeButton *self)
{
  g_signal_emit (self, signals[SIGNAL_REVOKE], 0);
}

static void
tok_revoke_button_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokRevokeButton *self = TOK_REVOKE_BUTTON (object);

  switch (prop_id) {
  case PROP_GRANT:
    g_value_set_object (value, self->grant);
    break;
  case PROP_CAN_REVOKE:
    g_value_set_boolean (value, self->can_revoke);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_revoke_button_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  TokRevokeButton *self = TOK_REVOKE_BUTTON (object);

  switch (prop_id) {
  case PROP_GRANT:
    tok_revoke_button_set_grant (self, g_value_get_object (value));
    break;
  case PROP_CAN_REVOKE:
    tok_revoke_button_set_can_revoke (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_revoke_button_dispose (GObject *object)
{
  TokRevokeButton *self = TOK_REVOKE_BUTTON (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->grant);

  G_OBJECT_CLASS (tok_revoke_button_parent_class)->dispose (object);
}

static void
tok_revoke_button_class_init (TokRevokeButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_revoke_button_get_property;
  object_class->set_property = tok_revoke_button_set_property;
  object_class->dispose = tok_revoke_button_dispose;

  properties[PROP_GRANT]
      = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_REVOKE]
      = g_param_spec_boolean ("can-revoke", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokRevokeButton::revoke:
   * @self: A revoke button.
   *
   * Somebody clicked.
   */
  signals[SIGNAL_REVOKE] = g_signal_new ("revoke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-revoke-button.ui");
  gtk_widget_class_bind_template_child (widget_class, TokRevokeButton, stack);
  gtk_widget_class_bind_template_child (widget_class, TokRevokeButton, button);
  gtk_widget_class_bind_template_callback (widget_class, choose_page);
  gtk_widget_class_bind_template_callback (widget_class, choose_label);
  gtk_widget_class_bind_template_callback (widget_class, describe_reason);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_outcome);
  gtk_widget_class_bind_template_callback (widget_class, is_working);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_revoke_button_init (TokRevokeButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->button, "notify::label", G_CALLBACK (update_accessible_label),
                           self, G_CONNECT_SWAPPED);
}

/**
 * tok_revoke_button_set_grant:
 * @self: A revoke button.
 * @grant: (nullable): Whose access it takes away.
 *
 * Says what the button is for.
 */
void
tok_revoke_button_set_grant (TokRevokeButton *self, TokGrant *grant)
{
  g_return_if_fail (TOK_IS_REVOKE_BUTTON (self));

  if (self->grant == grant)
    return;
  if (self->grant != NULL)
    g_signal_handlers_disconnect_by_data (self->grant, self);
  g_set_object (&self->grant, grant);
  if (grant != NULL)
    g_signal_connect_object (grant, "notify", G_CALLBACK (update_accessible_label), self,
                             G_CONNECT_SWAPPED);
  update_accessible_label (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GRANT]);
}

/**
 * tok_revoke_button_set_can_revoke:
 * @self: A revoke button.
 * @can_revoke: Whether we are allowed to.
 *
 * Where we are not, the button is off and its tooltip says why.
 */
void
tok_revoke_button_set_can_revoke (TokRevokeButton *self, gboolean can_revoke)
{
  g_return_if_fail (TOK_IS_REVOKE_BUTTON (self));

  if (self->can_revoke == !!can_revoke)
    return;
  self->can_revoke = !!can_revoke;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REVOKE]);
}

/**
 * tok_revoke_button_get_reason:
 * @self: A revoke button.
 *
 * Returns: (transfer none) (nullable): Why it is off, translated; %NULL if it isn't.
 */
const char *
tok_revoke_button_get_reason (TokRevokeButton *self)
{
  g_return_val_if_fail (TOK_IS_REVOKE_BUTTON (self), NULL);

  if (self->can_revoke || self->grant == NULL)
    return NULL;
  return get_reason (tok_grant_get_token (self->grant));
}
