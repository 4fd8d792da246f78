/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-list.h"

#include "tok-closures.h"
#include "tok-grant-row.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-list-keeper.h"
#include "tok-store-closures.h"
#include "tok-strip.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define PAGE_SIZE 50
#define SLOW_AFTER_MS 700

/* What a store knows, as rows, or as a page that says why there are none. */
struct _TokGrantList {
  GtkWidget parent_instance;

  TokGrantStore *store;
  gboolean can_revoke;
  gboolean is_slow;
  gboolean has_more;
  char *title;
  char *description;
  char *icon_name;
  char *empty_title;
  char *empty_description;
  char *no_scope_title;
  char *no_scope_description;
  guint slow_id;
  guint tick_id;
  GDateTime *now;

  TokListKeeper *keeper;
  GtkWidget *box;
  GtkListBox *list_box;
  GtkSliceListModel *slice;
};

G_DEFINE_FINAL_TYPE (TokGrantList, tok_grant_list, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_STORE,
  PROP_CAN_REVOKE,
  PROP_IS_SLOW,
  PROP_HAS_MORE,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_ICON_NAME,
  PROP_EMPTY_TITLE,
  PROP_EMPTY_DESCRIPTION,
  PROP_NO_SCOPE_TITLE,
  PROP_NO_SCOPE_DESCRIPTION,
  N_PROPS,
};

enum {
  SIGNAL_OPEN,
  SIGNAL_REVOKE,
  SIGNAL_COPY,
  SIGNAL_RETRY,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_is_slow (TokGrantList *self, gboolean is_slow)
{
  if (self->is_slow == is_slow)
    return;
  self->is_slow = is_slow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SLOW]);
}

static void
on_slow (gpointer data)
{
  TokGrantList *self = TOK_GRANT_LIST (data);

  self->slow_id = 0;
  set_is_slow (self, TRUE);
}

/* A spinner only after a moment: most answers are there before anyone could read it. */
static void
on_store_state_changed (TokGrantList *self)
{
  gboolean waits = self->store != NULL
                   && tok_grant_store_get_state (self->store) == TOK_GRANT_STORE_EMPTY
                   && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (!waits) {
    g_clear_handle_id (&self->slow_id, g_source_remove);
    set_is_slow (self, FALSE);
  } else if (self->slow_id == 0 && !self->is_slow) {
    self->slow_id = g_timeout_add_once (SLOW_AFTER_MS, on_slow, self);
  }
}

static void
on_store_items_changed (TokGrantList *self)
{
  gboolean has_more = self->store != NULL
                      && g_list_model_get_n_items (G_LIST_MODEL (self->store))
                             > gtk_slice_list_model_get_size (self->slice);

  if (self->has_more == has_more)
    return;
  self->has_more = has_more;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_MORE]);
}

static void
on_show_more (TokGrantList *self)
{
  gtk_slice_list_model_set_size (self->slice,
                                 gtk_slice_list_model_get_size (self->slice) + PAGE_SIZE);
  on_store_items_changed (self);
}

/* The second click of a double click on a button that failed at once may hit the row instead. */
static void
on_row_activated (TokGrantList *self, TokGrantRow *row)
{
  TokGrant *grant = tok_grant_row_get_grant (row);

  if (tok_grant_get_state (grant) == TOK_GRANT_FAILED
      && !tok_list_keeper_get_is_settled (self->keeper))
    return;
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, grant);
}

static void
on_row_revoke (TokGrantList *self, TokGrantRow *row)
{
  if (tok_list_keeper_get_is_settled (self->keeper))
    g_signal_emit (self, signals[SIGNAL_REVOKE], 0, tok_grant_row_get_grant (row));
}

static void
on_row_copy (TokGrantList *self, TokGrantRow *row)
{
  if (tok_list_keeper_get_is_settled (self->keeper))
    g_signal_emit (self, signals[SIGNAL_COPY], 0, tok_grant_row_get_grant (row));
}

static void
on_retry (TokGrantList *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
on_status_clicked (TokGrantList *self)
{
  if (tok_grant_store_get_state (self->store) == TOK_GRANT_STORE_NO_SCOPE)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in-again", NULL);
  else
    on_retry (self);
}

static void
on_sweep (TokGrantList *self)
{
  if (self->store != NULL)
    tok_grant_store_sweep (self->store);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  TokGrantList *self = TOK_GRANT_LIST (user_data);
  GtkWidget *row = tok_grant_row_new (TOK_GRANT (item));

  tok_grant_row_set_now (TOK_GRANT_ROW (row), self->now);
  tok_grant_row_set_can_revoke (TOK_GRANT_ROW (row), self->can_revoke);
  g_signal_connect_object (row, "revoke", G_CALLBACK (on_row_revoke), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "copy", G_CALLBACK (on_row_copy), self, G_CONNECT_SWAPPED);
  return row;
}

static void
for_each_row (TokGrantList *self, void (*function) (TokGrantRow *row, TokGrantList *self))
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list_box)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (TOK_IS_GRANT_ROW (row))
      function (TOK_GRANT_ROW (row), self);
}

static void
update_row_now (TokGrantRow *row, TokGrantList *self)
{
  tok_grant_row_set_now (row, self->now);
}

static void
update_row_can_revoke (TokGrantRow *row, TokGrantList *self)
{
  tok_grant_row_set_can_revoke (row, self->can_revoke);
}

static gboolean
on_tick (gpointer data)
{
  TokGrantList *self = TOK_GRANT_LIST (data);

  g_clear_pointer (&self->now, g_date_time_unref);
  self->now = g_date_time_new_now_utc ();
  for_each_row (self, update_row_now);
  return G_SOURCE_CONTINUE;
}

/* Rows are made when somebody looks. */
static void
tok_grant_list_map (GtkWidget *widget)
{
  TokGrantList *self = TOK_GRANT_LIST (widget);

  on_tick (self);
  self->tick_id = g_timeout_add_seconds (60, on_tick, self);
  if (self->keeper == NULL) {
    self->keeper
        = tok_list_keeper_new (self->list_box, G_LIST_MODEL (self->slice), create_row, self);
    g_signal_connect_object (self->keeper, "sweep", G_CALLBACK (on_sweep), self, G_CONNECT_SWAPPED);
  }
  GTK_WIDGET_CLASS (tok_grant_list_parent_class)->map (widget);
  on_store_state_changed (self);
}

static void
tok_grant_list_unmap (GtkWidget *widget)
{
  TokGrantList *self = TOK_GRANT_LIST (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (tok_grant_list_parent_class)->unmap (widget);
  on_store_state_changed (self);
}

static gboolean
tok_grant_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (TOK_GRANT_LIST (widget)->box), GTK_DIR_TAB_FORWARD);
}

static void
set_store (TokGrantList *self, TokGrantStore *store)
{
  if (self->store == store)
    return;
  if (self->store != NULL) {
    g_signal_handlers_disconnect_by_func (self->store, on_store_state_changed, self);
    g_signal_handlers_disconnect_by_func (self->store, on_store_items_changed, self);
  }
  g_set_object (&self->store, store);
  gtk_slice_list_model_set_size (self->slice, PAGE_SIZE);
  gtk_slice_list_model_set_model (self->slice, G_LIST_MODEL (store));
  if (store != NULL) {
    g_signal_connect_object (store, "notify::state", G_CALLBACK (on_store_state_changed), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (store, "items-changed", G_CALLBACK (on_store_items_changed), self,
                             G_CONNECT_SWAPPED);
  }
  on_store_state_changed (self);
  on_store_items_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORE]);
}

static void
set_can_revoke (TokGrantList *self, gboolean can_revoke)
{
  if (self->can_revoke == can_revoke)
    return;
  self->can_revoke = can_revoke;
  for_each_row (self, update_row_can_revoke);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REVOKE]);
}

static char **
get_string_field (TokGrantList *self, guint prop_id)
{
  switch (prop_id) {
  case PROP_TITLE:
    return &self->title;
  case PROP_DESCRIPTION:
    return &self->description;
  case PROP_ICON_NAME:
    return &self->icon_name;
  case PROP_EMPTY_TITLE:
    return &self->empty_title;
  case PROP_EMPTY_DESCRIPTION:
    return &self->empty_description;
  case PROP_NO_SCOPE_TITLE:
    return &self->no_scope_title;
  case PROP_NO_SCOPE_DESCRIPTION:
    return &self->no_scope_description;
  default:
    return NULL;
  }
}

static void
tok_grant_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokGrantList *self = TOK_GRANT_LIST (object);

  switch (prop_id) {
  case PROP_STORE:
    g_value_set_object (value, self->store);
    break;
  case PROP_CAN_REVOKE:
    g_value_set_boolean (value, self->can_revoke);
    break;
  case PROP_IS_SLOW:
    g_value_set_boolean (value, self->is_slow);
    break;
  case PROP_HAS_MORE:
    g_value_set_boolean (value, self->has_more);
    break;
  default:
    if (get_string_field (self, prop_id) != NULL)
      g_value_set_string (value, *get_string_field (self, prop_id));
    else
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokGrantList *self = TOK_GRANT_LIST (object);

  switch (prop_id) {
  case PROP_STORE:
    set_store (self, g_value_get_object (value));
    break;
  case PROP_CAN_REVOKE:
    set_can_revoke (self, g_value_get_boolean (value));
    break;
  default:
    if (get_string_field (self, prop_id) != NULL)
      *get_string_field (self, prop_id) = g_value_dup_string (value);
    else
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_list_constructed (GObject *object)
{
  TokGrantList *self = TOK_GRANT_LIST (object);

  G_OBJECT_CLASS (tok_grant_list_parent_class)->constructed (object);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->title, -1);
}

static void
tok_grant_list_dispose (GObject *object)
{
  TokGrantList *self = TOK_GRANT_LIST (object);

  set_store (self, NULL);
  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_grant_list_parent_class)->dispose (object);
}

static void
tok_grant_list_finalize (GObject *object)
{
  TokGrantList *self = TOK_GRANT_LIST (object);

  for (guint i = PROP_TITLE; i < N_PROPS; i++)
    g_clear_pointer (get_string_field (self, i), g_free);
  g_clear_pointer (&self->now, g_date_time_unref);

  G_OBJECT_CLASS (tok_grant_list_parent_class)->finalize (object);
}

static void
tok_grant_list_class_init (TokGrantListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const strings[] = {
    [PROP_TITLE] = "title",
    [PROP_DESCRIPTION] = "description",
    [PROP_ICON_NAME] = "icon-name",
    [PROP_EMPTY_TITLE] = "empty-title",
    [PROP_EMPTY_DESCRIPTION] = "empty-description",
    [PROP_NO_SCOPE_TITLE] = "no-scope-title",
    [PROP_NO_SCOPE_DESCRIPTION] = "no-scope-description",
  };

  object_class->get_property = tok_grant_list_get_property;
  object_class->set_property = tok_grant_list_set_property;
  object_class->constructed = tok_grant_list_constructed;
  object_class->dispose = tok_grant_list_dispose;
  object_class->finalize = tok_grant_list_finalize;
  widget_class->map = tok_grant_list_map;
  widget_class->unmap = tok_grant_list_unmap;
  widget_class->grab_focus = tok_grant_list_grab_focus;

  properties[PROP_STORE]
      = g_param_spec_object ("store", NULL, NULL, TOK_TYPE_GRANT_STORE,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_REVOKE]
      = g_param_spec_boolean ("can-revoke", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_SLOW]
      = g_param_spec_boolean ("is-slow", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_MORE]
      = g_param_spec_boolean ("has-more", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  for (guint i = PROP_TITLE; i < N_PROPS; i++)
    properties[i]
        = g_param_spec_string (strings[i], NULL, NULL, NULL,
                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokGrantList::open:
   * @self: A list.
   * @grant: A row's token or app.
   *
   * Somebody wants to know more about @grant.
   */
  signals[SIGNAL_OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_GRANT);
  /**
   * TokGrantList::revoke:
   * @self: A list.
   * @grant: A row's app.
   *
   * Somebody wants the access of @grant taken away; the click was meant for it.
   */
  signals[SIGNAL_REVOKE] = g_signal_new ("revoke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_GRANT);
  /**
   * TokGrantList::copy:
   * @self: A list.
   * @grant: A row's token.
   *
   * Somebody wants the secret of @grant copied; the click was meant for it.
   */
  signals[SIGNAL_COPY] = g_signal_new ("copy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_GRANT);
  /**
   * TokGrantList::retry:
   * @self: A list.
   *
   * Somebody wants the list asked for again.
   */
  signals[SIGNAL_RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TOK_TYPE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-grant-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TokGrantList, box);
  gtk_widget_class_bind_template_child (widget_class, TokGrantList, list_box);
  gtk_widget_class_bind_template_child (widget_class, TokGrantList, slice);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_store_page);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_store_icon);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_store_title);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_stale_store);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_store);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_store_button);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_not);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_status_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_show_more);
  gtk_widget_class_bind_template_callback (widget_class, tok_grant_list_unsettle);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_grant_list_init (TokGrantList *self)
{
}

/**
 * tok_grant_list_unsettle:
 * @self: A list.
 *
 * Says that something above has moved the rows, so that a click that comes now may have been meant
 * for another one.
 */
void
tok_grant_list_unsettle (TokGrantList *self)
{
  g_return_if_fail (TOK_IS_GRANT_LIST (self));

  if (self->keeper != NULL)
    tok_list_keeper_unsettle (self->keeper);
}

/**
 * tok_grant_list_point_out_new:
 * @self: A list.
 *
 * Brings the row of the token that was created last into sight, and the focus to it.
 *
 * Returns: Whether there is one.
 */
gboolean
tok_grant_list_point_out_new (TokGrantList *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_LIST (self), FALSE);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list_box)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (TOK_IS_GRANT_ROW (row)
        && tok_grant_get_is_new (tok_grant_row_get_grant (TOK_GRANT_ROW (row))))
      return gtk_widget_grab_focus (row);
  return FALSE;
}
