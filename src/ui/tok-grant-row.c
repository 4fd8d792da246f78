/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-row.h"

#include "tok-app.h"
#include "tok-closures.h"
#include "tok-grant.h"
#include "tok-revoke-button.h"
#include "tok-text.h"
#include "tok-warning-line.h"

#include <glib/gi18n-lib.h>

/* One row of a list: what has access, how much, when it last used it, and how to take it away. */
struct _TokGrantRow {
  GtkListBoxRow parent_instance;

  TokGrant *grant;
  GDateTime *now;
  gboolean selecting;
  gboolean selected;

  GtkWidget *copy_button;
  GtkWidget *grid;
  GtkWidget *lines;
  GtkWidget *check;   /* NULL until rows are first picked */
  GtkWidget *warning; /* NULL while there is nothing to warn of */
  GtkWidget *back;    /* NULL but for an app that has come back once */
  GtkWidget *more;
  TokRevokeButton *revoke_button;
  GtkLabel *access;
  GtkLabel *last_used;
  GtkLabel *failure;
};

G_DEFINE_FINAL_TYPE (TokGrantRow, tok_grant_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  PROP_0,
  PROP_GRANT,
  PROP_NOW,
  N_PROPS,
};

enum {
  SIGNAL_REVOKE,
  SIGNAL_COPY,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
describe_outcome (TokGrantRow *self)
{
  if (tok_grant_get_state (self->grant) == TOK_GRANT_FAILED)
    return g_strdup (gtk_label_get_label (self->failure));
  return tok_closure_describe_outcome (NULL, tok_grant_get_state (self->grant),
                                       tok_grant_get_token (self->grant));
}

static const char *
get_back_text (void)
{
  /* Translators: an app whose access was revoked before. */
  return _ ("Has access again");
}

static void
update_accessible_label (TokGrantRow *self)
{
  g_autofree char *name = tok_text_quote_name (tok_grant_get_name (self->grant));
  g_autofree char *label = NULL;
  g_autofree char *tag = tok_closure_tag_grant (
      NULL, tok_grant_get_token (self->grant), tok_grant_get_app (self->grant),
      tok_grant_get_is_this_program (self->grant), tok_grant_get_is_new (self->grant));
  g_autofree char *warning
      = tok_closure_describe_name_warning (NULL, tok_grant_get_app (self->grant));
  g_autofree char *outcome = describe_outcome (self);
  const char *parts[8]
      = { name, gtk_label_get_label (self->access), gtk_label_get_label (self->last_used) };
  guint n = 3;

  if (tag != NULL)
    parts[n++] = tag;
  if (tok_grant_get_is_back (self->grant))
    parts[n++] = get_back_text ();
  if (warning != NULL)
    parts[n++] = warning;
  if (outcome != NULL)
    parts[n++] = outcome;
  label = g_strjoinv (", ", (char **) parts);
  if (self->selected) {
    /* Translators: %s says all of a row that is selected. */
    g_autofree char *selected = g_strdup_printf (_ ("Selected: %s"), label);

    g_free (label);
    label = g_steal_pointer (&selected);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Few rows have one, and each has to be made quickly. */
static void
update_warning (TokGrantRow *self)
{
  g_autofree char *sentence
      = tok_closure_describe_name_warning (NULL, tok_grant_get_app (self->grant));

  if (self->warning != NULL)
    gtk_box_remove (GTK_BOX (self->lines), self->warning);
  self->warning = sentence != NULL ? tok_warning_line_new (sentence) : NULL;
  if (self->warning != NULL)
    gtk_box_insert_child_after (GTK_BOX (self->lines), self->warning,
                                gtk_widget_get_first_child (self->lines));
}

/* On a line of its own: beside the name it would need too much room in a narrow window. When it is
 * gone again the room stays, so that no row moves. */
static void
update_back (TokGrantRow *self)
{
  gboolean is_back = tok_grant_get_is_back (self->grant);

  if (self->back == NULL && is_back) {
    self->back
        = g_object_new (GTK_TYPE_LABEL, "label", get_back_text (), "halign", GTK_ALIGN_START, NULL);
    gtk_widget_add_css_class (self->back, "tag");
    gtk_box_insert_child_after (GTK_BOX (self->lines), self->back,
                                gtk_widget_get_first_child (self->lines));
  }
  if (self->back != NULL)
    gtk_widget_set_child_visible (self->back, is_back);
}

/* A button that was clicked may outlive the row for as long as its last event, and GTK 4.8 would
 * complain about a binding that does. */
static void
update_copy_button (TokGrantRow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->copy_button, tok_grant_get_has_copy (self->grant));
  if (!tok_grant_get_has_copy (self->grant))
    return;
  name = tok_text_quote_name (tok_grant_get_name (self->grant));
  /* Translators: %s is the name of a token. */
  label = g_strdup_printf (_ ("Copy the secret of %s"), name);
  gtk_widget_set_tooltip_text (self->copy_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
update_state (TokGrantRow *self)
{
  TokGrantState state = tok_grant_get_state (self->grant);
  gboolean at_rest = state == TOK_GRANT_IDLE || state == TOK_GRANT_FAILED;

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), at_rest);
  /* It also says how it goes. */
  gtk_widget_set_visible (GTK_WIDGET (self->revoke_button), !self->selecting || !at_rest);
  if (self->check != NULL)
    gtk_widget_set_sensitive (self->check, at_rest);
  if (state == TOK_GRANT_GONE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "gone");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "gone");
}

static void
on_grant_notify (TokGrantRow *self)
{
  update_state (self);
  update_back (self);
  update_copy_button (self);
  update_accessible_label (self);
}

static void
on_copy (TokGrantRow *self)
{
  g_signal_emit (self, signals[SIGNAL_COPY], 0);
}

/* Also where there is no copy, so that somebody can say so. */
static gboolean
on_copy_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  TokGrantRow *self = TOK_GRANT_ROW (widget);

  if (tok_grant_get_token (self->grant) == NULL
      || tok_grant_get_state (self->grant) == TOK_GRANT_GONE)
    return GDK_EVENT_PROPAGATE;
  on_copy (self);
  return GDK_EVENT_STOP;
}

/* Before the button goes, the focus it may have goes to the row: never to another button. */
static void
on_revoke (TokGrantRow *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_REVOKE], 0);
}

/* Only where a question follows. */
static gboolean
on_delete_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  TokGrantRow *self = TOK_GRANT_ROW (widget);

  if (tok_grant_get_token (self->grant) == NULL || self->selecting
      || !gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (self)))
    return GDK_EVENT_PROPAGATE;
  on_revoke (self);
  return GDK_EVENT_STOP;
}

static void
tok_grant_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokGrantRow *self = TOK_GRANT_ROW (object);

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
tok_grant_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokGrantRow *self = TOK_GRANT_ROW (object);

  switch (prop_id) {
  case PROP_GRANT:
    g_assert (self->grant == NULL);
    self->grant = g_value_dup_object (value);
    break;
  case PROP_NOW:
    tok_grant_row_set_now (self, g_value_get_boxed (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_row_constructed (GObject *object)
{
  TokGrantRow *self = TOK_GRANT_ROW (object);

  G_OBJECT_CLASS (tok_grant_row_parent_class)->constructed (object);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->grant, "notify", G_CALLBACK (on_grant_notify), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->grant, "notify::app", G_CALLBACK (update_warning), self,
                           G_CONNECT_SWAPPED);
  update_warning (self);
  on_grant_notify (self);
}

static void
tok_grant_row_dispose (GObject *object)
{
  TokGrantRow *self = TOK_GRANT_ROW (object);

  g_clear_object (&self->grant);
  g_clear_pointer (&self->now, g_date_time_unref);

  G_OBJECT_CLASS (tok_grant_row_parent_class)->dispose (object);
}

static void
tok_grant_row_class_init (TokGrantRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_grant_row_get_property;
  object_class->set_property = tok_grant_row_set_property;
  object_class->constructed = tok_grant_row_constructed;
  object_class->dispose = tok_grant_row_dispose;

  properties[PROP_GRANT]
      = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOW]
      = g_param_spec_boxed ("now", NULL, NULL, G_TYPE_DATE_TIME,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokGrantRow::revoke:
   * @self: A row.
   *
   * Somebody wants its access taken away.
   */
  signals[SIGNAL_REVOKE] = g_signal_new ("revoke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * TokGrantRow::copy:
   * @self: A row of a token.
   *
   * Somebody wants the token's secret copied.
   */
  signals[SIGNAL_COPY] = g_signal_new ("copy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TOK_TYPE_REVOKE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-grant-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TokGrantRow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRow, grid);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRow, lines);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRow, more);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRow, revoke_button);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRow, access);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRow, last_used);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRow, failure);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_level_icon);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_access);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_last_used);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_name);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_revoke_failure);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_time);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_tag_grant);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_weigh_access);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_weigh_last_used);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, on_copy_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, on_delete_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, on_delete_key, NULL);
}

static void
tok_grant_row_init (TokGrantRow *self)
{
}

/**
 * tok_grant_row_new:
 * @grant: A token or an app.
 *
 * Returns: (transfer floating): A row that shows it.
 */
GtkWidget *
tok_grant_row_new (TokGrant *grant)
{
  return g_object_new (TOK_TYPE_GRANT_ROW, "grant", grant, NULL);
}

/**
 * tok_grant_row_get_grant:
 * @self: A row.
 *
 * Returns: (transfer none): What it shows.
 */
TokGrant *
tok_grant_row_get_grant (TokGrantRow *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_ROW (self), NULL);

  return self->grant;
}

/**
 * tok_grant_row_set_can_revoke:
 * @self: A row.
 * @can_revoke: Whether we are allowed to.
 *
 * Where we are not, the row's button is off and says why; and so does the row itself, for those who
 * get no further, since a button that is off has no focus.
 */
void
tok_grant_row_set_can_revoke (TokGrantRow *self, gboolean can_revoke)
{
  g_return_if_fail (TOK_IS_GRANT_ROW (self));

  tok_revoke_button_set_can_revoke (self->revoke_button, can_revoke);
  if (can_revoke)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  else
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    tok_revoke_button_get_reason (self->revoke_button), -1);
}

/* A picture of what the row is: it is the row that is pressed, and that says so. */
static void
ensure_check (TokGrantRow *self)
{
  if (self->check != NULL)
    return;
  self->check
      = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                      "can-focus", FALSE, "can-target", FALSE, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_grid_attach (GTK_GRID (self->grid), self->check, 0, 0, 1, 1);
}

/**
 * tok_grant_row_set_selected:
 * @self: A row.
 * @selecting: Whether rows are being picked, to do something with all of them.
 * @selected: Whether this one is.
 *
 * While rows are being picked a row has a check mark in place of what concerns it alone.
 */
void
tok_grant_row_set_selected (TokGrantRow *self, gboolean selecting, gboolean selected)
{
  g_return_if_fail (TOK_IS_GRANT_ROW (self));

  if (self->selecting == selecting && self->selected == selected)
    return;
  self->selecting = selecting;
  self->selected = selected;
  if (selecting)
    ensure_check (self);
  gtk_widget_set_visible (self->check, selecting);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), selected);
  gtk_widget_set_visible (self->more, !selecting);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
  on_grant_notify (self);
}

/**
 * tok_grant_row_set_now:
 * @self: A row.
 * @now: The time now.
 *
 * Says how late it is, so that the row can tell how long ago something was.
 */
void
tok_grant_row_set_now (TokGrantRow *self, GDateTime *now)
{
  g_return_if_fail (TOK_IS_GRANT_ROW (self));
  g_return_if_fail (now != NULL);

  if (self->now == now)
    return;
  g_clear_pointer (&self->now, g_date_time_unref);
  self->now = g_date_time_ref (now);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
  update_accessible_label (self);
}
