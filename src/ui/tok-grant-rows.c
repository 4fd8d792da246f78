/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-rows.h"

#include "tok-closures.h"
#include "tok-grant-box.h"
#include "tok-grant-query.h"
#include "tok-grant-store.h"
#include "tok-grant-tools.h"
#include "tok-grant.h"
#include "tok-list-search.h"
#include "tok-no-match-page.h"
#include "tok-selection-mode.h"
#include "tok-store-closures.h"

#define PAGE_SIZE 50

/* The rows of a store, and what finds and sorts them. */
struct _TokGrantRows {
  GtkWidget parent_instance;

  TokGrantStore *store;
  gboolean was_seen;
  gboolean can_search;
  char *description;

  TokGrantQuery *query;
  GtkWidget *box;
  TokListSearch *search;
  GtkScrolledWindow *scrolled;
  GtkBox *page;
  GtkWidget *description_label;
  TokGrantBox *rows;
  GtkWidget *tools;    /* NULL until there is a choice */
  GtkWidget *no_match; /* NULL until nothing is found */
  GtkWidget *footer;   /* may be NULL */
  TokSelectionMode *selection_mode;
};

G_DEFINE_FINAL_TYPE (TokGrantRows, tok_grant_rows, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_STORE,
  PROP_TITLE,
  PROP_CAN_REVOKE,
  PROP_DESCRIPTION,
  PROP_CAN_SEARCH,
  PROP_SEARCH_MODE,
  PROP_ORDER,
  PROP_SELECTION_MODE,
  PROP_FOOTER,
  N_PROPS,
};

enum {
  SIGNAL_OPEN,
  SIGNAL_REVOKE,
  SIGNAL_COPY,
  SIGNAL_REVOKE_SEVERAL,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
notify (TokGrantRows *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static TokListHead *
get_shown (TokGrantRows *self)
{
  return tok_grant_query_get_shown (self->query);
}

static guint
count_known (TokGrantRows *self)
{
  return self->store != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->store)) : 0;
}

static void
show_top (TokGrantRows *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

/* Where there is one row at most, there is nothing to choose from. */
static void
update_tools (TokGrantRows *self)
{
  gboolean is_narrow = FALSE;
  gboolean has_choice;

  g_object_get (self->query, "is-narrow", &is_narrow, NULL);
  has_choice = self->was_seen && (count_known (self) > 1 || is_narrow);
  if (self->tools == NULL && has_choice) {
    self->tools = tok_grant_tools_new (self->query, tok_grant_store_has_apps (self->store));
    gtk_box_insert_child_after (self->page, self->tools, self->description_label);
  }
  if (self->tools != NULL)
    gtk_widget_set_visible (self->tools, has_choice);
}

/* It is about all rows, and not for who is after some of them. */
static void
update_footer (TokGrantRows *self)
{
  gboolean is_narrow = FALSE;

  if (self->footer == NULL)
    return;
  g_object_get (self->query, "is-narrow", &is_narrow, NULL);
  gtk_widget_set_visible (self->footer,
                          !is_narrow && !tok_selection_mode_get_active (self->selection_mode));
}

static void
update_can_search (TokGrantRows *self)
{
  gboolean can_search = count_known (self) > 1 || tok_list_search_get_active (self->search);

  if (self->can_search == can_search)
    return;
  self->can_search = can_search;
  notify (self, PROP_CAN_SEARCH);
}

static void
on_clear (TokGrantRows *self)
{
  tok_list_search_set_active (self->search, FALSE);
  tok_grant_query_clear (self->query);
  tok_grant_rows_focus (self);
}

static void
ensure_no_match (TokGrantRows *self)
{
  if (self->no_match != NULL)
    return;
  self->no_match = tok_no_match_page_new ();
  g_object_bind_property (self->query, "text", self->no_match, "text", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->query, "level", self->no_match, "level", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->no_match, "clear", G_CALLBACK (on_clear), self, G_CONNECT_SWAPPED);
  gtk_box_insert_child_after (self->page, self->no_match, GTK_WIDGET (self->rows));
}

static void
update_no_match (TokGrantRows *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (get_shown (self))) == 0;
  gboolean no_match = is_empty && self->was_seen && count_known (self) > 0;

  if (no_match)
    ensure_no_match (self);
  if (self->no_match != NULL)
    gtk_widget_set_visible (self->no_match, no_match);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), !no_match);
}

static void
on_store_items_changed (TokGrantRows *self)
{
  update_tools (self);
  update_no_match (self);
  update_can_search (self);
}

/* Levels may be others without a row that comes or goes. */
static void
on_store_listed (TokGrantRows *self)
{
  if (self->tools != NULL)
    tok_grant_tools_recount (TOK_GRANT_TOOLS (self->tools));
}

/* What was asked for is seen from its beginning. */
static void
on_query_changed (TokGrantRows *self)
{
  show_top (self);
  update_tools (self);
  update_no_match (self);
  update_footer (self);
}

static void
on_order_changed (TokGrantRows *self)
{
  show_top (self);
  notify (self, PROP_ORDER);
}

static void
on_search_changed (TokGrantRows *self)
{
  if (!tok_list_search_get_active (self->search) && tok_list_search_has_focus (self->search))
    tok_grant_rows_focus (self);
  tok_grant_rows_unsettle (self);
  update_can_search (self);
  notify (self, PROP_SEARCH_MODE);
}

static void
on_show_more (TokGrantRows *self)
{
  tok_list_head_set_size (get_shown (self), tok_list_head_get_size (get_shown (self)) + PAGE_SIZE);
}

static void
on_open (TokGrantRows *self, TokGrant *grant)
{
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, grant);
}

static void
on_copy (TokGrantRows *self, TokGrant *grant)
{
  g_signal_emit (self, signals[SIGNAL_COPY], 0, grant);
}

static void
on_revoke (TokGrantRows *self, TokGrant *grant)
{
  g_signal_emit (self, signals[SIGNAL_REVOKE], 0, grant);
}

static void
on_can_select_changed (TokGrantRows *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "list.select",
                                 tok_selection_mode_get_can_start (self->selection_mode));
}

static void
on_selecting_changed (TokGrantRows *self)
{
  update_footer (self);
  notify (self, PROP_SELECTION_MODE);
}

static void
on_revoke_several (TokGrantRows *self, GPtrArray *grants)
{
  g_signal_emit (self, signals[SIGNAL_REVOKE_SEVERAL], 0, grants);
}

static void
on_sweep (TokGrantRows *self)
{
  if (self->store != NULL)
    tok_grant_store_sweep (self->store);
}

/* Here, below the toasts, which would take Escape for themselves. */
static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  TokGrantRows *self = TOK_GRANT_ROWS (widget);

  if (tok_selection_mode_get_active (self->selection_mode))
    tok_selection_mode_set_active (self->selection_mode, FALSE);
  else if (tok_list_search_get_active (self->search))
    tok_list_search_set_active (self->search, FALSE);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
on_select_all (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  TokGrantRows *self = TOK_GRANT_ROWS (widget);

  if (!tok_selection_mode_get_active (self->selection_mode))
    return GDK_EVENT_PROPAGATE;
  tok_selection_mode_select_all (self->selection_mode);
  return GDK_EVENT_STOP;
}

/* A question follows, whatever these are. */
static gboolean
on_delete_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  TokGrantRows *self = TOK_GRANT_ROWS (widget);

  if (!tok_selection_mode_get_active (self->selection_mode))
    return GDK_EVENT_PROPAGATE;
  tok_selection_mode_revoke (self->selection_mode);
  return GDK_EVENT_STOP;
}

/* Rows are made when somebody looks. */
static void
tok_grant_rows_map (GtkWidget *widget)
{
  TokGrantRows *self = TOK_GRANT_ROWS (widget);

  if (!self->was_seen) {
    self->was_seen = TRUE;
    tok_grant_query_set_store (self->query, self->store);
    tok_grant_box_show (self->rows, get_shown (self));
    on_store_items_changed (self);
  }
  GTK_WIDGET_CLASS (tok_grant_rows_parent_class)->map (widget);
}

static void
set_store (TokGrantRows *self, TokGrantStore *store)
{
  if (self->store == store)
    return;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  tok_list_search_set_active (self->search, FALSE);
  g_object_set (self->selection_mode, "store", store, NULL);
  g_set_object (&self->store, store);
  if (self->was_seen)
    tok_grant_query_set_store (self->query, store);
  if (store != NULL) {
    /* After the query, which is made of it. */
    g_signal_connect_object (store, "items-changed", G_CALLBACK (on_store_items_changed), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    g_signal_connect_object (store, "notify::as-of", G_CALLBACK (on_store_listed), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  }
  on_store_items_changed (self);
  notify (self, PROP_STORE);
}

static void
set_description (TokGrantRows *self, const char *description)
{
  if (g_strcmp0 (self->description, description) == 0)
    return;
  g_free (self->description);
  self->description = g_strdup (description);
  notify (self, PROP_DESCRIPTION);
}

/* Below all rows and what shows more of them, so that none moves when there is more in it. */
static void
set_footer (TokGrantRows *self, GtkWidget *footer)
{
  if (self->footer == footer)
    return;
  if (self->footer != NULL)
    gtk_box_remove (self->page, self->footer);
  self->footer = footer;
  if (footer != NULL)
    gtk_box_append (self->page, footer);
  update_footer (self);
  notify (self, PROP_FOOTER);
}

static void
tok_grant_rows_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokGrantRows *self = TOK_GRANT_ROWS (object);

  switch (prop_id) {
  case PROP_STORE:
    g_value_set_object (value, self->store);
    break;
  case PROP_TITLE:
  case PROP_CAN_REVOKE:
    g_object_get_property (G_OBJECT (self->rows), pspec->name, value);
    break;
  case PROP_DESCRIPTION:
    g_value_set_string (value, self->description);
    break;
  case PROP_CAN_SEARCH:
    g_value_set_boolean (value, self->can_search);
    break;
  case PROP_SEARCH_MODE:
    g_value_set_boolean (value, tok_list_search_get_active (self->search));
    break;
  case PROP_ORDER:
    g_object_get_property (G_OBJECT (self->query), "order", value);
    break;
  case PROP_SELECTION_MODE:
    g_value_set_boolean (value, tok_selection_mode_get_active (self->selection_mode));
    break;
  case PROP_FOOTER:
    g_value_set_object (value, self->footer);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_rows_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokGrantRows *self = TOK_GRANT_ROWS (object);

  switch (prop_id) {
  case PROP_STORE:
    set_store (self, g_value_get_object (value));
    break;
  case PROP_TITLE:
  case PROP_CAN_REVOKE:
    g_object_set_property (G_OBJECT (self->rows), pspec->name, value);
    break;
  case PROP_DESCRIPTION:
    set_description (self, g_value_get_string (value));
    break;
  case PROP_SEARCH_MODE:
    tok_list_search_set_active (self->search, g_value_get_boolean (value));
    break;
  case PROP_ORDER:
    g_object_set_property (G_OBJECT (self->query), "order", value);
    break;
  case PROP_SELECTION_MODE:
    tok_selection_mode_set_active (self->selection_mode, g_value_get_boolean (value));
    break;
  case PROP_FOOTER:
    set_footer (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_rows_dispose (GObject *object)
{
  TokGrantRows *self = TOK_GRANT_ROWS (object);

  if (self->box != NULL)
    set_store (self, NULL);
  g_clear_object (&self->selection_mode);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_grant_rows_parent_class)->dispose (object);
}

static void
tok_grant_rows_finalize (GObject *object)
{
  TokGrantRows *self = TOK_GRANT_ROWS (object);

  g_clear_pointer (&self->description, g_free);

  G_OBJECT_CLASS (tok_grant_rows_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags flags = readable | G_PARAM_WRITABLE;

  /**
   * TokGrantRows:store:
   *
   * Whose rows these are.
   */
  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, TOK_TYPE_GRANT_STORE, flags);
  /**
   * TokGrantRows:title:
   *
   * What a screen reader calls the list.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  /**
   * TokGrantRows:can-revoke:
   *
   * Whether we may take access away.
   */
  properties[PROP_CAN_REVOKE] = g_param_spec_boolean ("can-revoke", NULL, NULL, FALSE, flags);
  /**
   * TokGrantRows:description:
   *
   * What stands above the rows.
   */
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  /**
   * TokGrantRows:can-search:
   *
   * Whether there is anything to choose from.
   */
  properties[PROP_CAN_SEARCH] = g_param_spec_boolean ("can-search", NULL, NULL, FALSE, readable);
  /**
   * TokGrantRows:search-mode:
   *
   * Whether somebody searches.
   */
  properties[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE, flags);
  /**
   * TokGrantRows:order:
   *
   * What the rows are sorted by.
   */
  properties[PROP_ORDER]
      = g_param_spec_enum ("order", NULL, NULL, TOK_TYPE_GRANT_ORDER, TOK_GRANT_ORDER_NAME, flags);
  /**
   * TokGrantRows:selection-mode:
   *
   * Whether pressing a row picks it, to do something with several at once.
   */
  properties[PROP_SELECTION_MODE]
      = g_param_spec_boolean ("selection-mode", NULL, NULL, FALSE, flags);
  /**
   * TokGrantRows:footer:
   *
   * What stands below the rows while all of them are shown, and none is being picked.
   */
  properties[PROP_FOOTER] = g_param_spec_object ("footer", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (TOK_TYPE_GRANT_BOX);
  g_type_ensure (TOK_TYPE_GRANT_QUERY);
  g_type_ensure (TOK_TYPE_LIST_SEARCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-grant-rows.ui");
  gtk_widget_class_bind_template_child (widget_class, TokGrantRows, query);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRows, box);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRows, search);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRows, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRows, page);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRows, description_label);
  gtk_widget_class_bind_template_child (widget_class, TokGrantRows, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_order_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_query_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_show_more);
  gtk_widget_class_bind_template_callback (widget_class, on_sweep);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_unread);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
}

static void
tok_grant_rows_class_init (TokGrantRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_grant_rows_get_property;
  object_class->set_property = tok_grant_rows_set_property;
  object_class->dispose = tok_grant_rows_dispose;
  object_class->finalize = tok_grant_rows_finalize;
  widget_class->map = tok_grant_rows_map;
  install_properties (object_class);

  /**
   * TokGrantRows::open:
   * @self: Rows.
   * @grant: A row's token or app.
   *
   * Somebody wants to know more about @grant.
   */
  signals[SIGNAL_OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_GRANT);
  /**
   * TokGrantRows::copy:
   * @self: Rows.
   * @grant: A row's token.
   *
   * Somebody wants the secret of @grant copied; the click was meant for it.
   */
  signals[SIGNAL_COPY] = g_signal_new ("copy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_GRANT);
  /**
   * TokGrantRows::revoke:
   * @self: Rows.
   * @grant: A row's token or app.
   *
   * Somebody wants the access of @grant taken away; the click was meant for it.
   */
  signals[SIGNAL_REVOKE] = g_signal_new ("revoke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_GRANT);

  /**
   * TokGrantRows::revoke-several:
   * @self: Rows.
   * @grants: (element-type TokGrant): The tokens or apps that are picked, in the order in which
   *   they are seen; at least one.
   *
   * Somebody wants the access of @grants taken away. Whoever does it ends the selection mode.
   */
  signals[SIGNAL_REVOKE_SEVERAL]
      = g_signal_new ("revoke-several", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);

  bind_template (widget_class);
  gtk_widget_class_install_property_action (widget_class, "list.order", "order");
  gtk_widget_class_install_property_action (widget_class, "list.select", "selection-mode");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, on_select_all, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, on_delete_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, on_delete_key, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_grant_rows_init (TokGrantRows *self)
{
  TokListHead *shown;

  gtk_widget_init_template (GTK_WIDGET (self));
  tok_list_search_capture (self->search, GTK_WIDGET (self));
  shown = get_shown (self);
  self->selection_mode
      = tok_selection_mode_new (GTK_BOX (self->box), self->rows, G_LIST_MODEL (shown));
  g_signal_connect_object (self->selection_mode, "notify::can-start",
                           G_CALLBACK (on_can_select_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection_mode, "notify::active",
                           G_CALLBACK (on_selecting_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection_mode, "revoke", G_CALLBACK (on_revoke_several), self,
                           G_CONNECT_SWAPPED);
  on_can_select_changed (self);
  g_signal_connect_object (shown, "notify::n-items", G_CALLBACK (update_no_match), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tok_grant_rows_unsettle:
 * @self: Rows.
 *
 * Says that something above has moved the rows, so that a click that comes now may have been meant
 * for another one.
 */
void
tok_grant_rows_unsettle (TokGrantRows *self)
{
  g_return_if_fail (TOK_IS_GRANT_ROWS (self));

  tok_grant_box_unsettle (self->rows);
}

static TokGrant *
find_new (TokGrantRows *self)
{
  for (guint i = 0; i < count_known (self); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (G_LIST_MODEL (self->store), i);

    if (tok_grant_get_is_new (grant))
      return grant;
  }
  return NULL;
}

/**
 * tok_grant_rows_point_out_new:
 * @self: Rows.
 *
 * Brings the row of the token that was created last into sight, whatever was looked for, and the
 * focus to it.
 *
 * Returns: Whether there is one.
 */
gboolean
tok_grant_rows_point_out_new (TokGrantRows *self)
{
  TokGrant *grant;

  g_return_val_if_fail (TOK_IS_GRANT_ROWS (self), FALSE);

  grant = find_new (self);
  return grant != NULL && tok_grant_query_reveal (self->query, grant)
         && tok_grant_box_focus (self->rows, grant);
}

/**
 * tok_grant_rows_focus:
 * @self: Rows.
 *
 * Gives the focus to the first row.
 *
 * Returns: Whether there is one.
 */
gboolean
tok_grant_rows_focus (TokGrantRows *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_ROWS (self), FALSE);

  return tok_grant_box_focus (self->rows, NULL);
}

/**
 * tok_grant_rows_search:
 * @self: Rows.
 *
 * Lets somebody search, with the keys going to what is looked for; if there is anything to choose
 * from.
 */
void
tok_grant_rows_search (TokGrantRows *self)
{
  g_return_if_fail (TOK_IS_GRANT_ROWS (self));

  if (!self->can_search)
    return;
  tok_list_search_set_active (self->search, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->search), GTK_DIR_TAB_FORWARD);
}
