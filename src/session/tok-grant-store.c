/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-store.h"

#include "tok-app.h"
#include "tok-error-slot.h"
#include "tok-grant-merge.h"
#include "tok-grant.h"
#include "tok-token.h"

struct _TokGrantStore {
  GObject parent_instance;

  GPtrArray *rows;
  TokGrantStoreState state;
  gboolean loading;
  GError *error;
  GDateTime *as_of;
  guint n_listed;
  guint n_unread;
  GHashTable *swept; /* the keys of apps that were gone */
};

G_DEFINE_ENUM_TYPE (TokGrantStoreState,
                    tok_grant_store_state,
                    G_DEFINE_ENUM_VALUE (TOK_GRANT_STORE_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (TOK_GRANT_STORE_LISTED, "listed"),
                    G_DEFINE_ENUM_VALUE (TOK_GRANT_STORE_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (TOK_GRANT_STORE_NO_SCOPE, "no-scope"))

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TokGrantStore,
                               tok_grant_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum {
  PROP_STATE = 1,
  PROP_LOADING,
  PROP_ERROR,
  PROP_AS_OF,
  PROP_N_LISTED,
  PROP_N_UNREAD,
  PROP_N_ITEMS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
notify (TokGrantStore *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_state (TokGrantStore *self, TokGrantStoreState state)
{
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

static void
set_loading (TokGrantStore *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  notify (self, PROP_LOADING);
}

static void
set_error (TokGrantStore *self, const GError *error)
{
  if (tok_error_slot_set (&self->error, error))
    notify (self, PROP_ERROR);
}

static void
set_as_of (TokGrantStore *self, GDateTime *as_of)
{
  if (self->as_of == NULL && as_of == NULL)
    return;
  g_clear_pointer (&self->as_of, g_date_time_unref);
  self->as_of = as_of != NULL ? g_date_time_ref (as_of) : NULL;
  notify (self, PROP_AS_OF);
}

static void
set_n_listed (TokGrantStore *self, guint n_listed)
{
  if (self->n_listed == n_listed)
    return;
  self->n_listed = n_listed;
  notify (self, PROP_N_LISTED);
}

static void
set_n_unread (TokGrantStore *self, guint n_unread)
{
  if (self->n_unread == n_unread)
    return;
  self->n_unread = n_unread;
  notify (self, PROP_N_UNREAD);
}

static void
items_changed (TokGrantStore *self, guint position, guint n_removed, guint n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  if (n_removed != n_added)
    notify (self, PROP_N_ITEMS);
}

static GObject *
subject_of (TokGrant *grant)
{
  TokToken *token = tok_grant_get_token (grant);

  return token != NULL ? G_OBJECT (token) : G_OBJECT (tok_grant_get_app (grant));
}

/* Puts @rows in place of the old ones, and reports no more than the range that differs. */
static void
replace_rows (TokGrantStore *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) former = g_steal_pointer (&self->rows);
  guint shorter = MIN (former->len, rows->len);
  guint head = 0, tail = 0;

  self->rows = g_ptr_array_ref (rows);
  while (head < shorter && former->pdata[head] == rows->pdata[head])
    head++;
  while (tail < shorter - head
         && former->pdata[former->len - 1 - tail] == rows->pdata[rows->len - 1 - tail])
    tail++;
  if (former->len > head + tail || rows->len > head + tail)
    items_changed (self, head, former->len - head - tail, rows->len - head - tail);
}

/* A token of a name that was deleted is another one. */
static void
remember (TokGrantStore *self, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    if (tok_grant_get_app (self->rows->pdata[i]) != NULL)
      g_hash_table_add (self->swept, g_strdup (tok_grant_get_key (self->rows->pdata[i])));
}

static void
set_gone (gpointer key, gpointer same_key, gpointer data)
{
  g_queue_foreach (same_key, (GFunc) (void (*) (void)) tok_grant_set_gone, NULL);
}

/* It was said to be gone: either it still says so, or it was swept out. */
static gboolean
is_back (TokGrantStore *self, TokGrant *listed, TokGrant *fresh)
{
  return tok_grant_get_app (listed) != NULL
         && (tok_grant_get_state (listed) == TOK_GRANT_GONE
             || (listed == fresh
                 && g_hash_table_contains (self->swept, tok_grant_get_key (fresh))));
}

/* The rows come first, and only then what is notified of each: whoever hears of a change finds
 * the list already in order, and may sweep it. Where something can't be read, it may be what seems
 * to be missing. */
static void
merge (TokGrantStore *self, GPtrArray *fresh, guint n_unread)
{
  g_autoptr (GHashTable) by_key = tok_grant_merge_index (self->rows);
  g_autoptr (GPtrArray) former = g_ptr_array_ref (self->rows);
  g_autoptr (GPtrArray) listed = tok_grant_merge_pick (by_key, fresh);
  g_autoptr (GPtrArray) rows = tok_grant_merge_weave (listed, former);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_object_freeze_notify (G_OBJECT (self));
  set_state (self, TOK_GRANT_STORE_LISTED);
  set_loading (self, FALSE);
  set_error (self, NULL);
  set_as_of (self, now);
  set_n_listed (self, fresh->len);
  set_n_unread (self, n_unread);
  replace_rows (self, rows);

  for (guint i = 0; i < listed->len; i++) {
    if (is_back (self, listed->pdata[i], fresh->pdata[i]))
      tok_grant_set_is_back (listed->pdata[i], TRUE);
    if (listed->pdata[i] != fresh->pdata[i])
      tok_grant_update (listed->pdata[i], subject_of (fresh->pdata[i]));
  }
  if (n_unread == 0)
    g_hash_table_foreach (by_key, set_gone, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
empty (TokGrantStore *self, TokGrantStoreState state)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_object_unref);

  g_object_freeze_notify (G_OBJECT (self));
  set_state (self, state);
  set_loading (self, FALSE);
  set_error (self, NULL);
  set_as_of (self, NULL);
  set_n_listed (self, 0);
  set_n_unread (self, 0);
  replace_rows (self, none);
  g_object_thaw_notify (G_OBJECT (self));
}

static GType
get_item_type (GListModel *model)
{
  return TOK_TYPE_GRANT;
}

static guint
get_n_items (GListModel *model)
{
  return TOK_GRANT_STORE (model)->rows->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  TokGrantStore *self = TOK_GRANT_STORE (model);

  return position < self->rows->len ? g_object_ref (self->rows->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
tok_grant_store_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokGrantStore *self = TOK_GRANT_STORE (object);

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case PROP_AS_OF:
    g_value_set_boxed (value, self->as_of);
    break;
  case PROP_N_LISTED:
    g_value_set_uint (value, self->n_listed);
    break;
  case PROP_N_UNREAD:
    g_value_set_uint (value, self->n_unread);
    break;
  case PROP_N_ITEMS:
    g_value_set_uint (value, self->rows->len);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_store_finalize (GObject *object)
{
  TokGrantStore *self = TOK_GRANT_STORE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->as_of, g_date_time_unref);
  g_clear_pointer (&self->swept, g_hash_table_unref);

  G_OBJECT_CLASS (tok_grant_store_parent_class)->finalize (object);
}

static void
tok_grant_store_class_init (TokGrantStoreClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_grant_store_get_property;
  object_class->finalize = tok_grant_store_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TOK_TYPE_GRANT_STORE_STATE,
                                              TOK_GRANT_STORE_EMPTY, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_AS_OF] = g_param_spec_boxed ("as-of", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_N_LISTED] = g_param_spec_uint ("n-listed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_UNREAD] = g_param_spec_uint ("n-unread", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_grant_store_init (TokGrantStore *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->swept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * tok_grant_store_new:
 *
 * A list of [class@Grant]s: what the service listed last, and what has gone since and was not
 * swept out yet.
 *
 * Returns: (transfer full): A new store, empty.
 */
TokGrantStore *
tok_grant_store_new (void)
{
  return g_object_new (TOK_TYPE_GRANT_STORE, NULL);
}

/**
 * tok_grant_store_get_state:
 * @self: A store.
 *
 * Returns: What it knows.
 */
TokGrantStoreState
tok_grant_store_get_state (TokGrantStore *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_STORE (self), TOK_GRANT_STORE_EMPTY);

  return self->state;
}

/**
 * tok_grant_store_get_loading:
 * @self: A store.
 *
 * Returns: Whether the service was asked for a list and has not answered yet.
 */
gboolean
tok_grant_store_get_loading (TokGrantStore *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_STORE (self), FALSE);

  return self->loading;
}

/**
 * tok_grant_store_get_error:
 * @self: A store.
 *
 * Returns: (transfer none) (nullable): Why the last attempt to load failed; %NULL if it didn't.
 */
const GError *
tok_grant_store_get_error (TokGrantStore *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_STORE (self), NULL);

  return self->error;
}

/**
 * tok_grant_store_get_as_of:
 * @self: A store.
 *
 * Returns: (transfer none) (nullable): When the service last answered, in UTC; %NULL for never.
 */
GDateTime *
tok_grant_store_get_as_of (TokGrantStore *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_STORE (self), NULL);

  return self->as_of;
}

/**
 * tok_grant_store_get_n_listed:
 * @self: A store.
 *
 * Returns: How many rows the service's last answer holds; those that are gone don't count.
 */
guint
tok_grant_store_get_n_listed (TokGrantStore *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_STORE (self), 0);

  return self->n_listed;
}

/**
 * tok_grant_store_get_n_unread:
 * @self: A store.
 *
 * Returns: How many entries of the service's last answer can't be read, and are no rows.
 */
guint
tok_grant_store_get_n_unread (TokGrantStore *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_STORE (self), 0);

  return self->n_unread;
}

/**
 * tok_grant_store_has_apps:
 * @self: A store.
 *
 * Returns: Whether there are apps in it, not tokens.
 */
gboolean
tok_grant_store_has_apps (TokGrantStore *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_STORE (self), FALSE);

  return self->rows->len > 0 && tok_grant_get_app (self->rows->pdata[0]) != NULL;
}

/**
 * tok_grant_store_find:
 * @self: A store.
 * @key: The key of a grant.
 *
 * Returns: (transfer none) (nullable): The first row with @key.
 */
TokGrant *
tok_grant_store_find (TokGrantStore *self, const char *key)
{
  g_return_val_if_fail (TOK_IS_GRANT_STORE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (tok_grant_get_key (self->rows->pdata[i]), key))
      return self->rows->pdata[i];
  return NULL;
}

/**
 * tok_grant_store_set_loading:
 * @self: A store.
 *
 * Says that the service was asked; the answer, or its failure, says that it was answered.
 */
void
tok_grant_store_set_loading (TokGrantStore *self)
{
  g_return_if_fail (TOK_IS_GRANT_STORE (self));

  set_loading (self, TRUE);
}

/**
 * tok_grant_store_take_tokens:
 * @self: A store.
 * @tokens: (element-type TokToken) (transfer none): The service's answer.
 * @n_unread: How many more are in it that can't be read.
 *
 * Makes @tokens the list (PROTOCOL 2.4). A token with the name of a row that is there updates that
 * row; of rows with one name the first stays the first. Rows that @tokens lacks are gone, but stay
 * where they are until they are swept out. If some can't be read, the rows that @tokens lacks stay
 * as they are.
 */
void
tok_grant_store_take_tokens (TokGrantStore *self, GPtrArray *tokens, guint n_unread)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (TOK_IS_GRANT_STORE (self));
  g_return_if_fail (tokens != NULL);

  for (guint i = 0; i < tokens->len; i++)
    g_ptr_array_add (fresh, tok_grant_new_for_token (tokens->pdata[i]));
  merge (self, fresh, n_unread);
}

/**
 * tok_grant_store_take_apps:
 * @self: A store.
 * @apps: (element-type TokApp) (transfer none): The service's answer.
 * @n_unread: How many more are in it that can't be read.
 *
 * Does with connected apps, by their ids, what [method@GrantStore.take_tokens] does with tokens
 * (PROTOCOL 2.5). An app that was gone, and is listed again, is marked as back.
 */
void
tok_grant_store_take_apps (TokGrantStore *self, GPtrArray *apps, guint n_unread)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (TOK_IS_GRANT_STORE (self));
  g_return_if_fail (apps != NULL);

  for (guint i = 0; i < apps->len; i++)
    g_ptr_array_add (fresh, tok_grant_new_for_app (apps->pdata[i]));
  merge (self, fresh, n_unread);
}

/**
 * tok_grant_store_fail:
 * @self: A store.
 * @error: Why.
 *
 * Says that loading failed. What was listed before stays.
 */
void
tok_grant_store_fail (TokGrantStore *self, const GError *error)
{
  g_return_if_fail (TOK_IS_GRANT_STORE (self));
  g_return_if_fail (error != NULL);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != TOK_GRANT_STORE_LISTED)
    set_state (self, TOK_GRANT_STORE_FAILED);
  set_loading (self, FALSE);
  set_error (self, error);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * tok_grant_store_forbid:
 * @self: A store.
 *
 * Empties the list, since the token that we are signed in with may not see it (PROTOCOL 5).
 */
void
tok_grant_store_forbid (TokGrantStore *self)
{
  g_return_if_fail (TOK_IS_GRANT_STORE (self));

  empty (self, TOK_GRANT_STORE_NO_SCOPE);
}

/**
 * tok_grant_store_clear:
 * @self: A store.
 *
 * Empties the list, since nobody is signed in any more, and forgets what was gone.
 */
void
tok_grant_store_clear (TokGrantStore *self)
{
  g_return_if_fail (TOK_IS_GRANT_STORE (self));

  g_hash_table_remove_all (self->swept);
  empty (self, TOK_GRANT_STORE_EMPTY);
}

/**
 * tok_grant_store_sweep:
 * @self: A store.
 *
 * Takes out the rows that are gone. To be called when nothing can slide under a pointer.
 */
void
tok_grant_store_sweep (TokGrantStore *self)
{
  g_return_if_fail (TOK_IS_GRANT_STORE (self));

  /* Run by run from the end, so that the rows between them are left alone. */
  for (guint end = self->rows->len; end > 0;) {
    guint start = end;

    while (start > 0 && tok_grant_get_state (self->rows->pdata[start - 1]) == TOK_GRANT_GONE)
      start--;
    if (start < end) {
      remember (self, start, end);
      g_ptr_array_remove_range (self->rows, start, end - start);
      items_changed (self, start, end - start, 0);
    }
    end = start > 0 ? start - 1 : 0;
  }
}
