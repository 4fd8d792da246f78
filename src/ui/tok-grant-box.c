/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-box.h"

#include "tok-grant-row.h"
#include "tok-grant-selection.h"
#include "tok-grant.h"
#include "tok-list-head.h"
#include "tok-list-keeper.h"

/* A box of rows, which are made when somebody looks, and kept still under the hand. */
struct _TokGrantBox {
  GtkWidget parent_instance;

  gboolean can_revoke;
  char *title;
  guint tick_id;
  GDateTime *now;
  guint fill_id;
  gboolean has_begun;

  GQueue former_rows;
  guint former_id;

  TokListHead *head;
  TokGrantSelection *selection; /* NULL unless rows are being picked */
  TokListKeeper *keeper;        /* NULL until somebody looks */
  GtkListBox *list_box;
};

G_DEFINE_FINAL_TYPE (TokGrantBox, tok_grant_box, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_CAN_REVOKE,
  PROP_TITLE,
  N_PROPS,
};

enum {
  SIGNAL_OPEN,
  SIGNAL_REVOKE,
  SIGNAL_COPY,
  SIGNAL_SWEEP,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* A screenful is drawn first: the first time is in the frame that shows it. */
static gboolean
on_fill (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  TokGrantBox *self = TOK_GRANT_BOX (widget);

  if (!self->has_begun) {
    self->has_begun = TRUE;
    return G_SOURCE_CONTINUE;
  }
  tok_list_head_fill (self->head, 0);
  if (!tok_list_head_get_is_full (self->head))
    return G_SOURCE_CONTINUE;
  self->fill_id = 0;
  return G_SOURCE_REMOVE;
}

static void
on_is_full_changed (TokGrantBox *self)
{
  if (self->fill_id != 0 || tok_list_head_get_is_full (self->head))
    return;
  self->has_begun = FALSE;
  self->fill_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_fill, NULL, NULL);
}

static gboolean
on_idle (gpointer data)
{
  TokGrantBox *self = TOK_GRANT_BOX (data);

  if (!g_queue_is_empty (&self->former_rows))
    g_object_unref (g_queue_pop_head (&self->former_rows));
  if (!g_queue_is_empty (&self->former_rows))
    return G_SOURCE_CONTINUE;
  self->former_id = 0;
  return G_SOURCE_REMOVE;
}

/* To take rows apart costs half as much as to make them, and can wait until those that come in
 * their place are drawn. */
static void
on_items_will_change (TokGrantBox *self, guint position, guint n_removed)
{
  for (guint i = position; i < position + n_removed; i++)
    g_queue_push_tail (&self->former_rows,
                       g_object_ref (gtk_list_box_get_row_at_index (self->list_box, (int) i)));
  if (self->former_id == 0 && !g_queue_is_empty (&self->former_rows))
    self->former_id = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

/* The second click of a double click on a button that failed at once may hit the row instead. */
static void
on_row_activated (TokGrantBox *self, TokGrantRow *row)
{
  TokGrant *grant = tok_grant_row_get_grant (row);

  if (self->selection != NULL) {
    if (tok_list_keeper_get_is_settled (self->keeper))
      tok_grant_selection_toggle (self->selection, grant);
    return;
  }
  if (tok_grant_get_state (grant) == TOK_GRANT_FAILED
      && !tok_list_keeper_get_is_settled (self->keeper))
    return;
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, grant);
}

static void
on_row_revoke (TokGrantBox *self, TokGrantRow *row)
{
  if (tok_list_keeper_get_is_settled (self->keeper))
    g_signal_emit (self, signals[SIGNAL_REVOKE], 0, tok_grant_row_get_grant (row));
}

static void
on_row_copy (TokGrantBox *self, TokGrantRow *row)
{
  if (tok_list_keeper_get_is_settled (self->keeper))
    g_signal_emit (self, signals[SIGNAL_COPY], 0, tok_grant_row_get_grant (row));
}

static void
on_sweep (TokGrantBox *self)
{
  g_signal_emit (self, signals[SIGNAL_SWEEP], 0);
}

static void
update_row_selected (TokGrantRow *row, TokGrantBox *self)
{
  tok_grant_row_set_selected (
      row, self->selection != NULL,
      self->selection != NULL
          && tok_grant_selection_contains (self->selection, tok_grant_row_get_grant (row)));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  TokGrantBox *self = TOK_GRANT_BOX (user_data);
  GtkWidget *row = tok_grant_row_new (TOK_GRANT (item));

  tok_grant_row_set_now (TOK_GRANT_ROW (row), self->now);
  tok_grant_row_set_can_revoke (TOK_GRANT_ROW (row), self->can_revoke);
  update_row_selected (TOK_GRANT_ROW (row), self);
  g_signal_connect_object (row, "revoke", G_CALLBACK (on_row_revoke), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "copy", G_CALLBACK (on_row_copy), self, G_CONNECT_SWAPPED);
  return row;
}

static void
for_each_row (TokGrantBox *self, void (*function) (TokGrantRow *row, TokGrantBox *self))
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list_box)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (TOK_IS_GRANT_ROW (row))
      function (TOK_GRANT_ROW (row), self);
}

static void
update_row_now (TokGrantRow *row, TokGrantBox *self)
{
  tok_grant_row_set_now (row, self->now);
}

static void
update_row_can_revoke (TokGrantRow *row, TokGrantBox *self)
{
  tok_grant_row_set_can_revoke (row, self->can_revoke);
}

static void
on_selection_changed (TokGrantBox *self)
{
  for_each_row (self, update_row_selected);
}

static gboolean
on_tick (gpointer data)
{
  TokGrantBox *self = TOK_GRANT_BOX (data);

  g_clear_pointer (&self->now, g_date_time_unref);
  self->now = g_date_time_new_now_utc ();
  for_each_row (self, update_row_now);
  return G_SOURCE_CONTINUE;
}

static void
tok_grant_box_map (GtkWidget *widget)
{
  TokGrantBox *self = TOK_GRANT_BOX (widget);

  on_tick (self);
  self->tick_id = g_timeout_add_seconds (60, on_tick, self);
  GTK_WIDGET_CLASS (tok_grant_box_parent_class)->map (widget);
}

static void
tok_grant_box_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&TOK_GRANT_BOX (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (tok_grant_box_parent_class)->unmap (widget);
}

static void
set_can_revoke (TokGrantBox *self, gboolean can_revoke)
{
  if (self->can_revoke == can_revoke)
    return;
  self->can_revoke = can_revoke;
  for_each_row (self, update_row_can_revoke);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REVOKE]);
}

static void
set_title (TokGrantBox *self, const char *title)
{
  if (g_strcmp0 (self->title, title) == 0)
    return;
  g_free (self->title);
  self->title = g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
tok_grant_box_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokGrantBox *self = TOK_GRANT_BOX (object);

  switch (prop_id) {
  case PROP_CAN_REVOKE:
    g_value_set_boolean (value, self->can_revoke);
    break;
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_box_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokGrantBox *self = TOK_GRANT_BOX (object);

  switch (prop_id) {
  case PROP_CAN_REVOKE:
    set_can_revoke (self, g_value_get_boolean (value));
    break;
  case PROP_TITLE:
    set_title (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_box_dispose (GObject *object)
{
  TokGrantBox *self = TOK_GRANT_BOX (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->fill_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fill_id);
  self->fill_id = 0;
  g_clear_object (&self->keeper);
  g_clear_handle_id (&self->former_id, g_source_remove);
  g_queue_clear_full (&self->former_rows, g_object_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->head);
  if (self->list_box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->list_box));
  self->list_box = NULL;

  G_OBJECT_CLASS (tok_grant_box_parent_class)->dispose (object);
}

static void
tok_grant_box_finalize (GObject *object)
{
  TokGrantBox *self = TOK_GRANT_BOX (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->now, g_date_time_unref);

  G_OBJECT_CLASS (tok_grant_box_parent_class)->finalize (object);
}

static void
tok_grant_box_class_init (TokGrantBoxClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_grant_box_get_property;
  object_class->set_property = tok_grant_box_set_property;
  object_class->dispose = tok_grant_box_dispose;
  object_class->finalize = tok_grant_box_finalize;
  widget_class->map = tok_grant_box_map;
  widget_class->unmap = tok_grant_box_unmap;

  /**
   * TokGrantBox:can-revoke:
   *
   * Whether we may take access away.
   */
  properties[PROP_CAN_REVOKE] = g_param_spec_boolean ("can-revoke", NULL, NULL, FALSE, flags);
  /**
   * TokGrantBox:title:
   *
   * What a screen reader calls it.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokGrantBox::open:
   * @self: A box.
   * @grant: A row's token or app.
   *
   * Somebody wants to know more about @grant.
   */
  signals[SIGNAL_OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_GRANT);
  /**
   * TokGrantBox::revoke:
   * @self: A box.
   * @grant: A row's token or app.
   *
   * Somebody wants the access of @grant taken away; the click was meant for it.
   */
  signals[SIGNAL_REVOKE] = g_signal_new ("revoke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_GRANT);
  /**
   * TokGrantBox::copy:
   * @self: A box.
   * @grant: A row's token.
   *
   * Somebody wants the secret of @grant copied; the click was meant for it.
   */
  signals[SIGNAL_COPY] = g_signal_new ("copy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_GRANT);
  /**
   * TokGrantBox::sweep:
   * @self: A box.
   *
   * Nobody is at the rows: those that are gone may leave.
   */
  signals[SIGNAL_SWEEP] = g_signal_new ("sweep", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-grant-box.ui");
  gtk_widget_class_bind_template_child (widget_class, TokGrantBox, list_box);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_grant_box_init (TokGrantBox *self)
{
  self->now = g_date_time_new_now_utc ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_grant_box_show:
 * @self: A box.
 * @head: The beginning of a list of [class@Grant]s.
 *
 * Makes a row for each in @head, fills it, and follows it from then on. To be called once, when
 * somebody looks.
 */
void
tok_grant_box_show (TokGrantBox *self, TokListHead *head)
{
  g_return_if_fail (TOK_IS_GRANT_BOX (self));
  g_return_if_fail (self->keeper == NULL);

  self->head = g_object_ref (head);
  g_signal_connect_object (head, "notify::is-full", G_CALLBACK (on_is_full_changed), self,
                           G_CONNECT_SWAPPED);
  on_is_full_changed (self);
  g_signal_connect_object (head, "items-changed", G_CALLBACK (on_items_will_change), self,
                           G_CONNECT_SWAPPED);
  self->keeper = tok_list_keeper_new (self->list_box, G_LIST_MODEL (head), create_row, self);
  g_signal_connect_object (self->keeper, "sweep", G_CALLBACK (on_sweep), self, G_CONNECT_SWAPPED);
}

/**
 * tok_grant_box_set_selection:
 * @self: A box.
 * @selection: (nullable): What is picked of its rows; %NULL if none are to be picked.
 *
 * With a selection, pressing a row picks it.
 */
void
tok_grant_box_set_selection (TokGrantBox *self, TokGrantSelection *selection)
{
  g_return_if_fail (TOK_IS_GRANT_BOX (self));

  if (self->selection == selection)
    return;
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_set_object (&self->selection, selection);
  if (selection != NULL)
    g_signal_connect_object (selection, "changed", G_CALLBACK (on_selection_changed), self,
                             G_CONNECT_SWAPPED);
  on_selection_changed (self);
  tok_grant_box_unsettle (self);
}

/**
 * tok_grant_box_unsettle:
 * @self: A box.
 *
 * Says that something above has moved the rows, so that a click that comes now may have been meant
 * for another one.
 */
void
tok_grant_box_unsettle (TokGrantBox *self)
{
  g_return_if_fail (TOK_IS_GRANT_BOX (self));

  if (self->keeper != NULL)
    tok_list_keeper_unsettle (self->keeper);
}

/* A row that has just been made has no place yet to scroll to. */
static gboolean
on_frame (GtkWidget *row, GdkFrameClock *clock, gpointer data)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (row, GTK_TYPE_VIEWPORT);
  GtkAdjustment *adjustment;
  double y;

  if (gtk_widget_get_height (row) == 0)
    return G_SOURCE_CONTINUE;
  if (viewport != NULL && gtk_widget_translate_coordinates (row, viewport, 0, 0, NULL, &y)) {
    adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
    y += gtk_adjustment_get_value (adjustment);
    gtk_adjustment_clamp_page (adjustment, y, y + gtk_widget_get_height (row));
  }
  return G_SOURCE_REMOVE;
}

static gboolean
focus_row (GtkWidget *row)
{
  if (gtk_widget_get_height (row) == 0)
    gtk_widget_add_tick_callback (row, on_frame, NULL, NULL);
  return gtk_widget_grab_focus (row);
}

/**
 * tok_grant_box_focus:
 * @self: A box.
 * @grant: (nullable): What a row shows; %NULL for the first row.
 *
 * Gives the focus to a row, and so brings it into sight.
 *
 * Returns: Whether there is such a row.
 */
gboolean
tok_grant_box_focus (TokGrantBox *self, TokGrant *grant)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (TOK_IS_GRANT_BOX (self), FALSE);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    if (grant == NULL || tok_grant_row_get_grant (TOK_GRANT_ROW (row)) == grant)
      return focus_row (GTK_WIDGET (row));
  return FALSE;
}
