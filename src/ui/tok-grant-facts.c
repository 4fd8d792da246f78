/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-facts.h"

#include "tok-app.h"
#include "tok-closures.h"
#include "tok-text.h"
#include "tok-token.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* All that is known about a token or an app, a row each. */
struct _TokGrantFacts {
  GtkWidget parent_instance;

  TokGrant *grant;

  GtkWidget *list_box;
};

G_DEFINE_FINAL_TYPE (TokGrantFacts, tok_grant_facts, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_GRANT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static char *
describe_last_used (GObject *object, GDateTime *last_used, gboolean is_known)
{
  if (last_used != NULL)
    return tok_text_from_time (last_used);
  return g_strdup (is_known ? _ ("Never used") : _ ("Last use not known"));
}

static char *
describe_only_from (GObject *object, TokToken *token)
{
  g_autofree char *ip = NULL;

  if (token == NULL)
    return NULL;
  if (tok_token_get_valid_for_ip (token) == NULL)
    return g_strdup (_ ("Can be used from any address"));
  ip = tok_text_make_visible (tok_token_get_valid_for_ip (token), 45);
  /* Translators: %s is a network address. */
  return g_strdup_printf (_ ("Can be used only from %s"), ip);
}

static gboolean
has_markup (GObject *object, TokApp *app)
{
  return app != NULL && tok_app_get_markup (app) > 0;
}

static char *
describe_markup (GObject *object, TokApp *app)
{
  g_autofree char *share = NULL;

  if (!has_markup (object, app))
    return NULL;
  share = tok_text_from_percentage (tok_app_get_markup (app));
  /* Translators: %s is a share in percent; "payout" is what a won contract pays. */
  return g_strdup_printf (_ ("Adds %s of the payout to the price of every contract"), share);
}

static char *
describe_app_id (GObject *object, TokApp *app)
{
  return app != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, tok_app_get_app_id (app)) : NULL;
}

static void
tok_grant_facts_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokGrantFacts *self = TOK_GRANT_FACTS (object);

  switch (prop_id) {
  case PROP_GRANT:
    g_value_set_object (value, self->grant);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_facts_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  TokGrantFacts *self = TOK_GRANT_FACTS (object);

  switch (prop_id) {
  case PROP_GRANT:
    if (g_set_object (&self->grant, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_facts_dispose (GObject *object)
{
  TokGrantFacts *self = TOK_GRANT_FACTS (object);

  g_clear_pointer (&self->list_box, gtk_widget_unparent);
  g_clear_object (&self->grant);

  G_OBJECT_CLASS (tok_grant_facts_parent_class)->dispose (object);
}

static void
tok_grant_facts_class_init (TokGrantFactsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_grant_facts_get_property;
  object_class->set_property = tok_grant_facts_set_property;
  object_class->dispose = tok_grant_facts_dispose;

  /**
   * TokGrantFacts:grant:
   *
   * The token or app.
   */
  properties[PROP_GRANT]
      = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-grant-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, TokGrantFacts, list_box);
  gtk_widget_class_bind_template_callback (widget_class, describe_app_id);
  gtk_widget_class_bind_template_callback (widget_class, describe_last_used);
  gtk_widget_class_bind_template_callback (widget_class, describe_markup);
  gtk_widget_class_bind_template_callback (widget_class, has_markup);
  gtk_widget_class_bind_template_callback (widget_class, describe_only_from);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_permissions);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_something);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_grant_facts_init (TokGrantFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
