/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-head.h"

#include "tok-app.h"
#include "tok-closures.h"
#include "tok-grant.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

/* Who has access, how much, and when it last used it: what must be seen first. */
struct _TokGrantHead {
  GtkWidget parent_instance;

  TokGrant *grant;
  GDateTime *now;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (TokGrantHead, tok_grant_head, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_GRANT,
  PROP_NOW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static char *
describe_origin (GObject *object, TokApp *app, GDateTime *now)
{
  g_autofree char *last_used = NULL;

  if (app == NULL || now == NULL)
    return NULL;
  last_used
      = tok_text_from_last_used (tok_app_get_last_used (app), tok_app_get_is_use_known (app), now);
  return g_strdup_printf ("%s · %s",
                          tok_app_get_official (app) ? _ ("Official app of the operator")
                                                     : _ ("Third party, not the operator"),
                          last_used);
}

static char *
describe_own (GObject *object, TokApp *app, gboolean is_this_program)
{
  if (app == NULL || !is_this_program)
    return NULL;
  return g_strdup (_ ("You are signed in here by this app. If you revoke its access, you are "
                      "signed out of this program."));
}

static void
set_now (TokGrantHead *self, GDateTime *now)
{
  g_clear_pointer (&self->now, g_date_time_unref);
  self->now = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
}

/* The page is made once and comes back many times. */
static void
tok_grant_head_map (GtkWidget *widget)
{
  set_now (TOK_GRANT_HEAD (widget), g_date_time_new_now_utc ());
  GTK_WIDGET_CLASS (tok_grant_head_parent_class)->map (widget);
}

static void
tok_grant_head_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokGrantHead *self = TOK_GRANT_HEAD (object);

  switch (prop_id) {
  case PROP_GRANT:
    g_value_set_object (value, self->grant);
    break;
  case PROP_NOW:
    g_value_set_boxed (value, self->now);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_head_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokGrantHead *self = TOK_GRANT_HEAD (object);

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
tok_grant_head_dispose (GObject *object)
{
  TokGrantHead *self = TOK_GRANT_HEAD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->now, g_date_time_unref);
  g_clear_object (&self->grant);

  G_OBJECT_CLASS (tok_grant_head_parent_class)->dispose (object);
}

static void
tok_grant_head_class_init (TokGrantHeadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_grant_head_get_property;
  object_class->set_property = tok_grant_head_set_property;
  object_class->dispose = tok_grant_head_dispose;
  widget_class->map = tok_grant_head_map;

  /**
   * TokGrantHead:grant:
   *
   * The token or app.
   */
  properties[PROP_GRANT]
      = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokGrantHead:now:
   *
   * When somebody turned to it.
   */
  properties[PROP_NOW]
      = g_param_spec_boxed ("now", NULL, NULL, G_TYPE_DATE_TIME,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-grant-head.ui");
  gtk_widget_class_bind_template_child (widget_class, TokGrantHead, box);
  gtk_widget_class_bind_template_callback (widget_class, describe_origin);
  gtk_widget_class_bind_template_callback (widget_class, describe_own);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_level_icon);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_level);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_name);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_name_warning);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_grant_head_init (TokGrantHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
