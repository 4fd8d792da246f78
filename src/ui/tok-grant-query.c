/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-query.h"

#include "tok-access.h"
#include "tok-grant-store.h"
#include "tok-grant.h"

/* What somebody wants to see of a store, and in which order. What is found by its text is counted
 * by level before one level is picked. */
struct _TokGrantQuery {
  GObject parent_instance;

  TokGrantStore *store;
  char *text;
  int level;
  TokGrantOrder order;
  gboolean has_more;

  TokGrantSorter *sorter;
  TokGrantFilter *text_filter;
  TokGrantFilter *level_filter;
  GtkSortListModel *sorted;
  GtkFilterListModel *found;
  GtkFilterListModel *picked;
  TokListHead *shown;
};

G_DEFINE_FINAL_TYPE (TokGrantQuery, tok_grant_query, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STORE,
  PROP_TEXT,
  PROP_LEVEL,
  PROP_ORDER,
  PROP_IS_NARROW,
  PROP_HAS_MORE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
notify (TokGrantQuery *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gboolean
is_narrow (TokGrantQuery *self)
{
  return *self->text != '\0' || self->level != TOK_GRANT_FILTER_ANY;
}

/* The service's answer may change what a row sorts by and is found by; the rows are all in place
 * by now. */
static void
on_store_listed (TokGrantQuery *self)
{
  if (tok_grant_store_get_state (self->store) != TOK_GRANT_STORE_LISTED)
    return;
  gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
  if (is_narrow (self)) {
    gtk_filter_changed (GTK_FILTER (self->text_filter), GTK_FILTER_CHANGE_DIFFERENT);
    gtk_filter_changed (GTK_FILTER (self->level_filter), GTK_FILTER_CHANGE_DIFFERENT);
  }
}

static void
on_picked_changed (TokGrantQuery *self)
{
  gboolean has_more = g_list_model_get_n_items (G_LIST_MODEL (self->picked))
                      > tok_list_head_get_size (self->shown);

  if (self->has_more == has_more)
    return;
  self->has_more = has_more;
  notify (self, PROP_HAS_MORE);
}

static void
set_text (TokGrantQuery *self, const char *text)
{
  gboolean was_narrow = is_narrow (self);

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text != NULL ? text : "");
  tok_list_head_set_size (self->shown, 0);
  tok_grant_filter_set_text (self->text_filter, self->text);
  notify (self, PROP_TEXT);
  if (is_narrow (self) != was_narrow)
    notify (self, PROP_IS_NARROW);
}

static void
set_level (TokGrantQuery *self, int level)
{
  gboolean was_narrow = is_narrow (self);

  if (self->level == level)
    return;
  self->level = level;
  tok_list_head_set_size (self->shown, 0);
  tok_grant_filter_set_level (self->level_filter, level);
  notify (self, PROP_LEVEL);
  if (is_narrow (self) != was_narrow)
    notify (self, PROP_IS_NARROW);
}

static void
set_order (TokGrantQuery *self, TokGrantOrder order)
{
  if (self->order == order)
    return;
  self->order = order;
  tok_grant_sorter_set_order (self->sorter, order);
  notify (self, PROP_ORDER);
}

static void
tok_grant_query_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokGrantQuery *self = TOK_GRANT_QUERY (object);

  switch (prop_id) {
  case PROP_STORE:
    g_value_set_object (value, self->store);
    break;
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_LEVEL:
    g_value_set_int (value, self->level);
    break;
  case PROP_ORDER:
    g_value_set_enum (value, self->order);
    break;
  case PROP_IS_NARROW:
    g_value_set_boolean (value, is_narrow (self));
    break;
  case PROP_HAS_MORE:
    g_value_set_boolean (value, self->has_more);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_query_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  TokGrantQuery *self = TOK_GRANT_QUERY (object);

  switch (prop_id) {
  case PROP_STORE:
    tok_grant_query_set_store (self, g_value_get_object (value));
    break;
  case PROP_TEXT:
    set_text (self, g_value_get_string (value));
    break;
  case PROP_LEVEL:
    set_level (self, g_value_get_int (value));
    break;
  case PROP_ORDER:
    set_order (self, g_value_get_enum (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_query_dispose (GObject *object)
{
  TokGrantQuery *self = TOK_GRANT_QUERY (object);

  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  g_clear_object (&self->shown);
  g_clear_object (&self->picked);
  g_clear_object (&self->found);
  g_clear_object (&self->sorted);
  g_clear_object (&self->level_filter);
  g_clear_object (&self->text_filter);
  g_clear_object (&self->sorter);

  G_OBJECT_CLASS (tok_grant_query_parent_class)->dispose (object);
}

static void
tok_grant_query_finalize (GObject *object)
{
  g_clear_pointer (&TOK_GRANT_QUERY (object)->text, g_free);

  G_OBJECT_CLASS (tok_grant_query_parent_class)->finalize (object);
}

static void
tok_grant_query_class_init (TokGrantQueryClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags flags = readable | G_PARAM_WRITABLE;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_grant_query_get_property;
  object_class->set_property = tok_grant_query_set_property;
  object_class->dispose = tok_grant_query_dispose;
  object_class->finalize = tok_grant_query_finalize;

  /**
   * TokGrantQuery:store:
   *
   * What is asked.
   */
  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, TOK_TYPE_GRANT_STORE, flags);
  /**
   * TokGrantQuery:text:
   *
   * The words that are looked for; "" for none.
   */
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  /**
   * TokGrantQuery:level:
   *
   * The one access level that is looked for, or %TOK_GRANT_FILTER_ANY.
   */
  properties[PROP_LEVEL] = g_param_spec_int ("level", NULL, NULL, TOK_GRANT_FILTER_ANY,
                                             TOK_ACCESS_LEVEL_UNKNOWN, TOK_GRANT_FILTER_ANY, flags);
  /**
   * TokGrantQuery:order:
   *
   * What it is sorted by.
   */
  properties[PROP_ORDER]
      = g_param_spec_enum ("order", NULL, NULL, TOK_TYPE_GRANT_ORDER, TOK_GRANT_ORDER_NAME, flags);
  /**
   * TokGrantQuery:is-narrow:
   *
   * Whether only some of what there is is wanted.
   */
  properties[PROP_IS_NARROW] = g_param_spec_boolean ("is-narrow", NULL, NULL, FALSE, readable);
  /**
   * TokGrantQuery:has-more:
   *
   * Whether there is more than is shown.
   */
  properties[PROP_HAS_MORE] = g_param_spec_boolean ("has-more", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_grant_query_init (TokGrantQuery *self)
{
  self->text = g_strdup ("");
  self->level = TOK_GRANT_FILTER_ANY;
  self->sorter = tok_grant_sorter_new ();
  self->text_filter = tok_grant_filter_new ();
  self->level_filter = tok_grant_filter_new ();
  self->sorted = gtk_sort_list_model_new (NULL, g_object_ref (GTK_SORTER (self->sorter)));
  self->found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)),
                                           g_object_ref (GTK_FILTER (self->text_filter)));
  self->picked = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->found)),
                                            g_object_ref (GTK_FILTER (self->level_filter)));
  self->shown = tok_list_head_new (G_LIST_MODEL (self->picked));
  g_signal_connect_object (self->picked, "items-changed", G_CALLBACK (on_picked_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "notify::size", G_CALLBACK (on_picked_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tok_grant_query_new:
 *
 * Returns: (transfer full): A query that shows all, by name.
 */
TokGrantQuery *
tok_grant_query_new (void)
{
  return g_object_new (TOK_TYPE_GRANT_QUERY, NULL);
}

/**
 * tok_grant_query_set_store:
 * @self: A query.
 * @store: (nullable): What to ask.
 *
 * Asks @store from now on; for all that it has, since words that were meant for another list would
 * hide what is in this one.
 */
void
tok_grant_query_set_store (TokGrantQuery *self, TokGrantStore *store)
{
  g_return_if_fail (TOK_IS_GRANT_QUERY (self));

  if (self->store == store)
    return;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  gtk_sort_list_model_set_model (self->sorted, NULL);
  tok_grant_query_clear (self);
  tok_list_head_set_size (self->shown, 0);
  g_set_object (&self->store, store);
  gtk_sort_list_model_set_model (self->sorted, G_LIST_MODEL (store));
  if (store != NULL)
    g_signal_connect_object (store, "notify::as-of", G_CALLBACK (on_store_listed), self,
                             G_CONNECT_SWAPPED);
  notify (self, PROP_STORE);
}

/**
 * tok_grant_query_clear:
 * @self: A query.
 *
 * Looks for nothing in particular.
 */
void
tok_grant_query_clear (TokGrantQuery *self)
{
  g_return_if_fail (TOK_IS_GRANT_QUERY (self));

  set_text (self, "");
  set_level (self, TOK_GRANT_FILTER_ANY);
}

static gboolean
show_picked (TokGrantQuery *self, TokGrant *grant)
{
  GListModel *picked = G_LIST_MODEL (self->picked);

  for (guint i = 0; i < g_list_model_get_n_items (picked); i++) {
    g_autoptr (TokGrant) item = g_list_model_get_item (picked, i);

    if (item != grant)
      continue;
    tok_list_head_set_size (self->shown, MAX (tok_list_head_get_size (self->shown), i + 1));
    tok_list_head_fill (self->shown, G_MAXUINT);
    return TRUE;
  }
  return FALSE;
}

/**
 * tok_grant_query_reveal:
 * @self: A query.
 * @grant: A token or an app.
 *
 * Sees to it that @grant is shown; if what is looked for leaves it out, nothing is looked for any
 * more.
 *
 * Returns: Whether the store has it.
 */
gboolean
tok_grant_query_reveal (TokGrantQuery *self, TokGrant *grant)
{
  g_return_val_if_fail (TOK_IS_GRANT_QUERY (self), FALSE);

  if (show_picked (self, grant))
    return TRUE;
  tok_grant_query_clear (self);
  return show_picked (self, grant);
}

/**
 * tok_grant_query_get_found:
 * @self: A query.
 *
 * Returns: (transfer none): What has the words that are looked for, of whichever level.
 */
GListModel *
tok_grant_query_get_found (TokGrantQuery *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_QUERY (self), NULL);

  return G_LIST_MODEL (self->found);
}

/**
 * tok_grant_query_get_shown:
 * @self: A query.
 *
 * Returns: (transfer none): What is shown of it.
 */
TokListHead *
tok_grant_query_get_shown (TokGrantQuery *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_QUERY (self), NULL);

  return self->shown;
}
