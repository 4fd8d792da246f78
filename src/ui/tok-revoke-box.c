/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-revoke-box.h"

#include "tok-closures.h"
#include "tok-grant.h"
#include "tok-haste-guard.h"
#include "tok-revoke-button.h"

#include <glib/gi18n-lib.h>

/* The button that takes access away where there is room to say why it failed, or why it is off. */
struct _TokRevokeBox {
  GtkWidget parent_instance;

  TokGrant *grant;
  gboolean can_revoke;
  TokHasteGuard *guard;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (TokRevokeBox, tok_revoke_box, GTK_TYPE_WIDGET)

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

static const char *
choose_lack (TokToken *token)
{
  return token != NULL
             ? _ (
                 "Deleting needs a token with the permission Admin, and the one you signed in with "
                 "doesn’t have it. On the operator’s website, create a token with Read and Admin, "
                 "and sign in with that one.")
             : _ (
                 "Revoking needs a token with the permission Admin, and the one you signed in with "
                 "doesn’t have it. On the operator’s website, create a token with Read and Admin, "
                 "and sign in with that one.");
}

/* What the button does; before a token is deleted a question says so. */
static char *
describe_button (GObject *object, TokToken *token, gboolean can_revoke)
{
  if (!can_revoke)
    return g_strdup (choose_lack (token));
  return token == NULL
             ? g_strdup (_ ("At once, and for all your accounts. Open positions stay open."))
             : NULL;
}

static void
on_revoke (TokRevokeBox *self)
{
  g_signal_emit (self, signals[SIGNAL_REVOKE], 0);
}

/* The button is where it said that it was at work. */
static void
on_state_changed (TokRevokeBox *self)
{
  if (self->grant != NULL && tok_grant_get_state (self->grant) == TOK_GRANT_FAILED)
    tok_haste_guard_unsettle (self->guard);
}

static void
set_grant (TokRevokeBox *self, TokGrant *grant)
{
  if (self->grant == grant)
    return;
  if (self->grant != NULL)
    g_signal_handlers_disconnect_by_func (self->grant, on_state_changed, self);
  g_set_object (&self->grant, grant);
  if (grant != NULL)
    g_signal_connect_object (grant, "notify::state", G_CALLBACK (on_state_changed), self,
                             G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GRANT]);
}

static void
set_can_revoke (TokRevokeBox *self, gboolean can_revoke)
{
  if (self->can_revoke == can_revoke)
    return;
  self->can_revoke = can_revoke;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REVOKE]);
}

/* What has opened the page that this is on, a second click or a key that is held, isn't meant for
 * the button. */
static void
tok_revoke_box_map (GtkWidget *widget)
{
  TokRevokeBox *self = TOK_REVOKE_BOX (widget);

  tok_haste_guard_unsettle (self->guard);
  tok_haste_guard_suspect_key (self->guard);
  GTK_WIDGET_CLASS (tok_revoke_box_parent_class)->map (widget);
}

static void
tok_revoke_box_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokRevokeBox *self = TOK_REVOKE_BOX (object);

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
tok_revoke_box_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokRevokeBox *self = TOK_REVOKE_BOX (object);

  switch (prop_id) {
  case PROP_GRANT:
    set_grant (self, g_value_get_object (value));
    break;
  case PROP_CAN_REVOKE:
    set_can_revoke (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_revoke_box_dispose (GObject *object)
{
  TokRevokeBox *self = TOK_REVOKE_BOX (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guard);
  g_clear_object (&self->grant);

  G_OBJECT_CLASS (tok_revoke_box_parent_class)->dispose (object);
}

static void
tok_revoke_box_class_init (TokRevokeBoxClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_revoke_box_get_property;
  object_class->set_property = tok_revoke_box_set_property;
  object_class->dispose = tok_revoke_box_dispose;
  widget_class->map = tok_revoke_box_map;

  /**
   * TokRevokeBox:grant:
   *
   * Whose access it takes away.
   */
  properties[PROP_GRANT] = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT, flags);
  /**
   * TokRevokeBox:can-revoke:
   *
   * Whether we are allowed to; where we are not, it says what that takes.
   */
  properties[PROP_CAN_REVOKE] = g_param_spec_boolean ("can-revoke", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokRevokeBox::revoke:
   * @self: A revoke box.
   *
   * Somebody clicked, and meant it.
   */
  signals[SIGNAL_REVOKE] = g_signal_new ("revoke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TOK_TYPE_REVOKE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-revoke-box.ui");
  gtk_widget_class_bind_template_child (widget_class, TokRevokeBox, box);
  gtk_widget_class_bind_template_callback (widget_class, describe_button);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_revoke_failure);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_something);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_revoke_box_init (TokRevokeBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->guard = tok_haste_guard_new (GTK_WIDGET (self));
}
