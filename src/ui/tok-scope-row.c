/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-scope-row.h"

#include "tok-access.h"
#include "tok-scope-set.h"

#include <glib/gi18n-lib.h>

/* A permission with a box to tick, which shows and changes a set of scopes. */
struct _TokScopeRow {
  AdwActionRow parent_instance;

  TokScopes scope;
  TokScopeSet *scope_set;

  GtkCheckButton *check;
};

G_DEFINE_FINAL_TYPE (TokScopeRow, tok_scope_row, ADW_TYPE_ACTION_ROW)

enum {
  PROP_0,
  PROP_SCOPE,
  PROP_SCOPE_SET,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* The property of the set that is the scope; named like it, but for the underscore. */
static char *
dup_property_name (TokScopes scope)
{
  return g_strdelimit (g_strdup (tok_scope_get_id (scope)), "_", '-');
}

/* What the scope allows, and whether another one that is ticked does so already. */
static char *
describe (TokScopeRow *self)
{
  const char *description = tok_scope_get_description (self->scope);
  TokScopes cover = tok_access_find_cover (tok_scope_set_get_scopes (self->scope_set), self->scope);

  if (cover == TOK_SCOPE_NONE)
    return g_strdup (description);
  /* Translators: the first is what a permission allows, "See the trading history", the second the
   * name of another permission that is given, too. */
  return g_strdup_printf (_ ("%s; “%s” covers that already"), description,
                          tok_scope_get_label (cover));
}

static void
on_scopes_changed (TokScopeRow *self)
{
  g_autofree char *description = describe (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), description);
  /* Its name it has from the row. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

static void
tok_scope_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokScopeRow *self = TOK_SCOPE_ROW (object);

  switch (prop_id) {
  case PROP_SCOPE:
    g_value_set_flags (value, self->scope);
    break;
  case PROP_SCOPE_SET:
    g_value_set_object (value, self->scope_set);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_scope_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokScopeRow *self = TOK_SCOPE_ROW (object);

  switch (prop_id) {
  case PROP_SCOPE:
    self->scope = g_value_get_flags (value);
    break;
  case PROP_SCOPE_SET:
    self->scope_set = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_scope_row_constructed (GObject *object)
{
  TokScopeRow *self = TOK_SCOPE_ROW (object);
  g_autofree char *name = dup_property_name (self->scope);

  G_OBJECT_CLASS (tok_scope_row_parent_class)->constructed (object);

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), tok_scope_get_label (self->scope));
  g_object_bind_property (self->scope_set, name, self->check, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->scope_set, "notify::scopes", G_CALLBACK (on_scopes_changed), self,
                           G_CONNECT_SWAPPED);
  on_scopes_changed (self);
}

static void
tok_scope_row_finalize (GObject *object)
{
  g_clear_object (&TOK_SCOPE_ROW (object)->scope_set);

  G_OBJECT_CLASS (tok_scope_row_parent_class)->finalize (object);
}

static void
tok_scope_row_class_init (TokScopeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_scope_row_get_property;
  object_class->set_property = tok_scope_row_set_property;
  object_class->constructed = tok_scope_row_constructed;
  object_class->finalize = tok_scope_row_finalize;

  /**
   * TokScopeRow:scope:
   *
   * The one scope that it is about.
   */
  properties[PROP_SCOPE]
      = g_param_spec_flags ("scope", NULL, NULL, TOK_TYPE_SCOPES, TOK_SCOPE_NONE,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokScopeRow:scope-set:
   *
   * What ticking the box changes, and what changes the box.
   */
  properties[PROP_SCOPE_SET]
      = g_param_spec_object ("scope-set", NULL, NULL, TOK_TYPE_SCOPE_SET,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-scope-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TokScopeRow, check);
}

static void
tok_scope_row_init (TokScopeRow *self)
{
}
