/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-access-view.h"

#include "tok-access.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

/* What a set of scopes lets its holder do, and what it doesn't, in plain sentences. */
struct _TokAccessView {
  GtkWidget parent_instance;

  TokScopes scopes;
  char **unknown_scopes;

  GtkWidget *box;
  GtkListBox *can_box;
  GtkListBox *cannot_box;
  GListModel *can;
  GListModel *cannot;
  GtkStringList *can_list;
  GtkStringList *cannot_list;
  GtkLabel *cannot_title;
};

G_DEFINE_FINAL_TYPE (TokAccessView, tok_access_view, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SCOPES,
  PROP_UNKNOWN_SCOPES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
has_items (GObject *object, guint n_items)
{
  return n_items > 0;
}

/* Nothing is claimed that a way around makes untrue. */
static char *
choose_cannot_title (GObject *object, TokScopes scopes)
{
  if (scopes & TOK_SCOPE_ADMIN)
    return g_strdup (_ ("Not by Itself, but Through a Token That It Can Create"));
  if (scopes & TOK_SCOPE_UNKNOWN)
    return g_strdup (_ ("It Cannot, as Far as This Program Knows"));
  return g_strdup (_ ("It Cannot"));
}

static GtkWidget *
create_row (const char *icon_name, const char *sentence)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image
      = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                      "icon-name", icon_name, "valign", GTK_ALIGN_START, NULL);
  GtkWidget *label = gtk_label_new (sentence);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "ability");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  return row;
}

static GtkWidget *
create_can_row (gpointer item, gpointer user_data)
{
  return create_row ("object-select-symbolic", gtk_string_object_get_string (item));
}

static GtkWidget *
create_cannot_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = create_row ("window-close-symbolic", gtk_string_object_get_string (item));

  gtk_widget_add_css_class (row, "cannot");
  return row;
}

static void
set_sentences (GtkStringList *list, char **sentences)
{
  gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)),
                          (const char *const *) sentences);
}

static void
update (TokAccessView *self)
{
  g_auto (GStrv) can = tok_access_dup_can (self->scopes);
  g_auto (GStrv) cannot = tok_access_dup_cannot (self->scopes);

  set_sentences (self->can_list, can);
  set_sentences (self->cannot_list, cannot);
  for (guint i = 0; self->unknown_scopes != NULL && self->unknown_scopes[i] != NULL; i++) {
    g_autofree char *id = tok_text_make_visible (self->unknown_scopes[i], 80);
    /* Translators: %s is the raw id of a permission. */
    g_autofree char *sentence
        = g_strdup_printf (_ ("Do what the unknown permission “%s” allows, whatever that is"), id);

    gtk_string_list_append (self->can_list, sentence);
  }
}

static void
on_cannot_title_changed (TokAccessView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cannot_box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (self->cannot_title), -1);
}

static void
tok_access_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokAccessView *self = TOK_ACCESS_VIEW (object);

  switch (prop_id) {
  case PROP_SCOPES:
    g_value_set_flags (value, self->scopes);
    break;
  case PROP_UNKNOWN_SCOPES:
    g_value_set_boxed (value, self->unknown_scopes);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_access_view_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  TokAccessView *self = TOK_ACCESS_VIEW (object);

  switch (prop_id) {
  case PROP_SCOPES:
    if (self->scopes == g_value_get_flags (value))
      return;
    self->scopes = g_value_get_flags (value);
    break;
  case PROP_UNKNOWN_SCOPES:
    g_strfreev (self->unknown_scopes);
    self->unknown_scopes = g_value_dup_boxed (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    return;
  }
  update (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
tok_access_view_dispose (GObject *object)
{
  TokAccessView *self = TOK_ACCESS_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_access_view_parent_class)->dispose (object);
}

static void
tok_access_view_finalize (GObject *object)
{
  TokAccessView *self = TOK_ACCESS_VIEW (object);

  g_clear_pointer (&self->unknown_scopes, g_strfreev);

  G_OBJECT_CLASS (tok_access_view_parent_class)->finalize (object);
}

static void
tok_access_view_class_init (TokAccessViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_access_view_get_property;
  object_class->set_property = tok_access_view_set_property;
  object_class->dispose = tok_access_view_dispose;
  object_class->finalize = tok_access_view_finalize;

  /**
   * TokAccessView:scopes:
   *
   * What it explains.
   */
  properties[PROP_SCOPES]
      = g_param_spec_flags ("scopes", NULL, NULL, TOK_TYPE_SCOPES, TOK_SCOPE_NONE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokAccessView:unknown-scopes:
   *
   * The raw ids of those that are not known; foreign text.
   */
  properties[PROP_UNKNOWN_SCOPES]
      = g_param_spec_boxed ("unknown-scopes", NULL, NULL, G_TYPE_STRV,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-access-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TokAccessView, box);
  gtk_widget_class_bind_template_child (widget_class, TokAccessView, can_box);
  gtk_widget_class_bind_template_child (widget_class, TokAccessView, cannot_box);
  gtk_widget_class_bind_template_child (widget_class, TokAccessView, can);
  gtk_widget_class_bind_template_child (widget_class, TokAccessView, cannot);
  gtk_widget_class_bind_template_child (widget_class, TokAccessView, can_list);
  gtk_widget_class_bind_template_child (widget_class, TokAccessView, cannot_list);
  gtk_widget_class_bind_template_child (widget_class, TokAccessView, cannot_title);
  gtk_widget_class_bind_template_callback (widget_class, has_items);
  gtk_widget_class_bind_template_callback (widget_class, choose_cannot_title);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_access_view_init (TokAccessView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->cannot_title, "notify::label",
                           G_CALLBACK (on_cannot_title_changed), self, G_CONNECT_SWAPPED);
  on_cannot_title_changed (self);
  gtk_list_box_bind_model (self->can_box, self->can, create_can_row, NULL, NULL);
  gtk_list_box_bind_model (self->cannot_box, self->cannot, create_cannot_row, NULL, NULL);
  update (self);
}
