/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-strips.h"

#include "tok-closures.h"
#include "tok-error.h"
#include "tok-session-closures.h"
#include "tok-session.h"
#include "tok-strip.h"

/* How the session stands, as far as that is not well, with a way on from each. */
struct _TokSessionStrips {
  GtkWidget parent_instance;

  TokSession *session;
  gboolean says_service;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (TokSessionStrips, tok_session_strips, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
on_text_changed (TokSessionStrips *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* As long as it says something nothing moves, whatever it says. */
static void
on_service_text_changed (TokStrip *strip, GParamSpec *pspec, TokSessionStrips *self)
{
  g_autofree char *text = NULL;

  g_object_get (strip, "text", &text, NULL);
  if (self->says_service == (text != NULL))
    return;
  self->says_service = text != NULL;
  on_text_changed (self);
}

static void
on_keyring_clicked (TokSessionStrips *self)
{
  const GError *error = tok_session_get_keyring_error (self->session);

  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_MISSING))
    tok_session_unkeep (self->session);
  else if (error != NULL)
    tok_session_unlock_keyring (self->session);
}

static void
tok_session_strips_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SESSION:
    g_value_set_object (value, TOK_SESSION_STRIPS (object)->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_session_strips_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SESSION:
    if (g_set_object (&TOK_SESSION_STRIPS (object)->session, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_session_strips_dispose (GObject *object)
{
  TokSessionStrips *self = TOK_SESSION_STRIPS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_session_strips_parent_class)->dispose (object);
}

static void
tok_session_strips_class_init (TokSessionStripsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_session_strips_get_property;
  object_class->set_property = tok_session_strips_set_property;
  object_class->dispose = tok_session_strips_dispose;

  /**
   * TokSessionStrips:session:
   *
   * Whose state it is about.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokSessionStrips::changed:
   * @self: The strips.
   *
   * What is below them moves.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TOK_TYPE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-session-strips.ui");
  gtk_widget_class_bind_template_child (widget_class, TokSessionStrips, box);
  gtk_widget_class_bind_template_callback (widget_class, on_keyring_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_service_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_connection_button);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_keyring_button);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_connection);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_keyring);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_sample);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_service);
  gtk_widget_class_bind_template_callback (widget_class, tok_session_strips_go_on);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_session_strips_init (TokSessionStrips *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_session_strips_go_on:
 * @self: The strips of a session.
 *
 * Asks the service how things stand; first does what it takes to be able to.
 */
void
tok_session_strips_go_on (TokSessionStrips *self)
{
  g_return_if_fail (TOK_IS_SESSION_STRIPS (self));

  if (self->session == NULL)
    return;
  switch (tok_session_way_on (tok_session_get_state (self->session),
                              tok_session_get_error (self->session))) {
  case TOK_SESSION_WAY_ON_RECONNECT:
    tok_session_reconnect (self->session);
    break;
  case TOK_SESSION_WAY_ON_SIGN_IN:
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in-again", NULL);
    break;
  case TOK_SESSION_WAY_ON_UNLOCK:
    tok_session_unlock_keyring (self->session);
    break;
  case TOK_SESSION_WAY_ON_RESUME:
    tok_session_resume (self->session);
    break;
  case TOK_SESSION_WAY_ON_NONE:
  default:
    tok_session_refresh (self->session);
  }
}
