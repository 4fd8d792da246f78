/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-row.h"

#include "tok-closures.h"
#include "tok-session.h"

#include <glib/gi18n-lib.h>

/* A row for an account: which it is, whether its money is real, what its token permits. */
struct _TokAccountRow {
  GtkListBoxRow parent_instance;

  TokSession *session;

  GtkWidget *current_icon;
  GtkLabel *name_label;
  GtkLabel *money_label;
  GtkLabel *access_label;
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (TokAccountRow, tok_account_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

enum {
  SIGNAL_REMOVE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
on_remove (TokAccountRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

/* A screen reader says the row in one breath, and which row a button belongs to. */
static void
update_names (TokAccountRow *self, gboolean is_current)
{
  const char *name = gtk_label_get_label (self->name_label);
  g_autofree char *label = g_strjoin (", ", name, gtk_label_get_label (self->money_label),
                                      gtk_label_get_label (self->access_label),
                                      /* Translators: said of the account that is looked at. */
                                      is_current ? _ ("shown now") : NULL, NULL);
  /* Translators: %s is the login id of an account. */
  g_autofree char *remove = g_strdup_printf (_ ("Remove account %s from this program"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  gtk_widget_set_tooltip_text (self->remove_button, remove);
}

static void
tok_account_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SESSION:
    g_value_set_object (value, TOK_ACCOUNT_ROW (object)->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_account_row_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SESSION:
    TOK_ACCOUNT_ROW (object)->session = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_account_row_finalize (GObject *object)
{
  g_clear_object (&TOK_ACCOUNT_ROW (object)->session);

  G_OBJECT_CLASS (tok_account_row_parent_class)->finalize (object);
}

static void
tok_account_row_class_init (TokAccountRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_account_row_get_property;
  object_class->set_property = tok_account_row_set_property;
  object_class->finalize = tok_account_row_finalize;

  /**
   * TokAccountRow:session:
   *
   * Whose row it is.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokAccountRow::remove:
   * @self: A row.
   *
   * Somebody wants the account to go.
   */
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TokAccountRow, current_icon);
  gtk_widget_class_bind_template_child (widget_class, TokAccountRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, TokAccountRow, money_label);
  gtk_widget_class_bind_template_child (widget_class, TokAccountRow, access_label);
  gtk_widget_class_bind_template_child (widget_class, TokAccountRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_account);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_account_access);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_money);
}

static void
tok_account_row_init (TokAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_account_row_new:
 * @session: Whose row it is.
 * @is_current: Whether that account is looked at.
 *
 * Returns: (transfer floating): A row.
 */
GtkWidget *
tok_account_row_new (TokSession *session, gboolean is_current)
{
  TokAccountRow *self;

  g_return_val_if_fail (TOK_IS_SESSION (session), NULL);

  self = g_object_new (TOK_TYPE_ACCOUNT_ROW, "session", session, NULL);
  /* It keeps its place where it can't be seen. */
  gtk_widget_set_opacity (self->current_icon, is_current ? 1 : 0);
  update_names (self, is_current);
  return GTK_WIDGET (self);
}

/**
 * tok_account_row_get_session:
 * @self: A row.
 *
 * Returns: (transfer none): Whose row it is.
 */
TokSession *
tok_account_row_get_session (TokAccountRow *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNT_ROW (self), NULL);

  return self->session;
}
