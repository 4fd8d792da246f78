/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-scope-picker.h"

#include "tok-access.h"
#include "tok-closures.h"
#include "tok-preset-row.h"
#include "tok-preset.h"
#include "tok-scope-row.h"
#include "tok-scope-set.h"

#include <glib/gi18n-lib.h>

/* What a token is to be allowed: presets and boxes that are two views of one set of scopes, what
 * they amount to, and who answers for it. */
struct _TokScopePicker {
  GtkWidget parent_instance;

  GtkWidget *box;
  TokScopeSet *scope_set;
};

G_DEFINE_FINAL_TYPE (TokScopePicker, tok_scope_picker, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SCOPES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static char *
choose_level_icon (GObject *object, TokScopes scopes)
{
  return g_strdup (tok_access_level_get_icon_name (tok_access_level_from_scopes (scopes)));
}

static char *
describe_level (GObject *object, TokScopes scopes)
{
  return g_strdup (tok_access_level_get_label (tok_access_level_from_scopes (scopes)));
}

/* Said where money may move and where trades may be copied, and nowhere else. */
static char *
describe_liability (GObject *object, TokScopes scopes)
{
  gboolean is_weighty = scopes & (TOK_SCOPE_TRADE | TOK_SCOPE_PAYMENTS | TOK_SCOPE_ADMIN);
  gboolean is_copying
      = (scopes & TOK_SCOPE_TRADE) || tok_preset_serves_copying (tok_preset_from_scopes (scopes));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) sentences = NULL;

  if (is_weighty)
    g_strv_builder_add (builder,
                        _ ("You answer for every transaction that is made with this token, "
                           "whoever makes it."));
  if (is_copying)
    g_strv_builder_add (builder,
                        _ ("With copy trading nobody guarantees that the original and the copied "
                           "trade are sold at the same time."));
  if (is_weighty || is_copying)
    g_strv_builder_add (builder, _ ("The operator’s terms of use say more."));
  sentences = g_strv_builder_end (builder);
  return sentences[0] != NULL ? g_strjoinv (" ", sentences) : NULL;
}

static void
on_scopes_changed (TokScopePicker *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCOPES]);
}

static void
tok_scope_picker_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SCOPES:
    g_value_set_flags (value, tok_scope_picker_get_scopes (TOK_SCOPE_PICKER (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_scope_picker_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SCOPES:
    tok_scope_picker_set_scopes (TOK_SCOPE_PICKER (object), g_value_get_flags (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_scope_picker_dispose (GObject *object)
{
  g_clear_pointer (&TOK_SCOPE_PICKER (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_scope_picker_parent_class)->dispose (object);
}

static void
tok_scope_picker_class_init (TokScopePickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_scope_picker_get_property;
  object_class->set_property = tok_scope_picker_set_property;
  object_class->dispose = tok_scope_picker_dispose;

  /**
   * TokScopePicker:scopes:
   *
   * What is ticked.
   */
  properties[PROP_SCOPES]
      = g_param_spec_flags ("scopes", NULL, NULL, TOK_TYPE_SCOPES, TOK_SCOPE_NONE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TOK_TYPE_PRESET_ROW);
  g_type_ensure (TOK_TYPE_SCOPE_ROW);
  g_type_ensure (TOK_TYPE_SCOPE_SET);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-scope-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, TokScopePicker, box);
  gtk_widget_class_bind_template_child (widget_class, TokScopePicker, scope_set);
  gtk_widget_class_bind_template_callback (widget_class, choose_level_icon);
  gtk_widget_class_bind_template_callback (widget_class, describe_level);
  gtk_widget_class_bind_template_callback (widget_class, describe_liability);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_scope_picker_init (TokScopePicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->scope_set, "notify::scopes", G_CALLBACK (on_scopes_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tok_scope_picker_get_scopes:
 * @self: A picker.
 *
 * Returns: What is ticked.
 */
TokScopes
tok_scope_picker_get_scopes (TokScopePicker *self)
{
  g_return_val_if_fail (TOK_IS_SCOPE_PICKER (self), TOK_SCOPE_NONE);

  return tok_scope_set_get_scopes (self->scope_set);
}

/**
 * tok_scope_picker_set_scopes:
 * @self: A picker.
 * @scopes: What is to be ticked; only the five known scopes count.
 *
 * Ticks these and no others.
 */
void
tok_scope_picker_set_scopes (TokScopePicker *self, TokScopes scopes)
{
  g_return_if_fail (TOK_IS_SCOPE_PICKER (self));

  tok_scope_set_set_scopes (self->scope_set, scopes);
}
