/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-list-head.h"

#define PAGE_SIZE 50
#define FEW 12

/* The beginning of a list, for those who make something of each item that is not cheap. Items that
 * stay are left alone, and of new ones only a few come at once, those that are seen first; the rest
 * when it is asked for. */
struct _TokListHead {
  GObject parent_instance;

  GListModel *model;
  guint size;
  gboolean is_full;
  GPtrArray *items;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TokListHead,
                               tok_list_head,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum {
  PROP_0,
  PROP_SIZE,
  PROP_IS_FULL,
  PROP_N_ITEMS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* The items that are to be there: all that are already, and the first @n_new of the others. */
static GPtrArray *
pick_items (TokListHead *self, guint n_new, gboolean *is_full)
{
  guint n = MIN (self->size, g_list_model_get_n_items (self->model));
  GPtrArray *items = g_ptr_array_new_full (n, g_object_unref);
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    g_hash_table_add (known, self->items->pdata[i]);
  for (guint i = 0; i < n; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (self->model, i);

    if (g_hash_table_contains (known, item))
      g_ptr_array_add (items, g_steal_pointer (&item));
    else if (n_new > 0 && n_new--)
      g_ptr_array_add (items, g_steal_pointer (&item));
  }
  *is_full = items->len == n;
  return items;
}

static void
remove_items (TokListHead *self, guint position, guint n)
{
  g_ptr_array_remove_range (self->items, position, n);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n, 0);
}

static void
insert_items (TokListHead *self, guint position, GPtrArray *items, guint end)
{
  for (guint i = position; i < end; i++)
    g_ptr_array_insert (self->items, i, g_object_ref (items->pdata[i]));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, end - position);
}

/* Takes out, run by run from the end, what is not in @stay. */
static void
remove_others (TokListHead *self, GHashTable *stay)
{
  for (guint end = self->items->len; end > 0;) {
    guint start = end;

    while (start > 0 && !g_hash_table_contains (stay, self->items->pdata[start - 1]))
      start--;
    if (start < end)
      remove_items (self, start, end - start);
    end = start > 0 ? start - 1 : 0;
  }
}

/* What is in @items too; %NULL if it is there in another order. */
static GHashTable *
find_staying (TokListHead *self, GPtrArray *items)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) stay = g_hash_table_new (NULL, NULL);
  guint last = 0;

  for (guint i = 0; i < items->len; i++)
    g_hash_table_insert (places, items->pdata[i], GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < self->items->len; i++) {
    guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, self->items->pdata[i]));

    if (place == 0)
      continue;
    if (place < last)
      return NULL;
    last = place;
    g_hash_table_add (stay, self->items->pdata[i]);
  }
  return g_steal_pointer (&stay);
}

static void
splice_in (TokListHead *self, GPtrArray *items, GHashTable *stay)
{
  remove_others (self, stay);
  for (guint i = 0; i < items->len; i++) {
    guint end = i;

    while (end < items->len && !g_hash_table_contains (stay, items->pdata[end]))
      end++;
    if (end > i)
      insert_items (self, i, items, end);
    i = end;
  }
}

/* In one go, so that an item that only moves is never missing. */
static void
exchange (TokListHead *self, GPtrArray *items)
{
  g_autoptr (GPtrArray) former = g_steal_pointer (&self->items);
  guint shorter = MIN (former->len, items->len);
  guint head = 0, tail = 0;

  self->items = g_ptr_array_ref (items);
  while (head < shorter && former->pdata[head] == items->pdata[head])
    head++;
  while (tail < shorter - head
         && former->pdata[former->len - 1 - tail] == items->pdata[items->len - 1 - tail])
    tail++;
  g_list_model_items_changed (G_LIST_MODEL (self), head, former->len - head - tail,
                              items->len - head - tail);
}

static void
replace_items (TokListHead *self, GPtrArray *items)
{
  g_autoptr (GHashTable) stay = find_staying (self, items);
  guint before = self->items->len;

  if (stay != NULL)
    splice_in (self, items, stay);
  else
    exchange (self, items);
  if (self->items->len != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
update (TokListHead *self, guint n_new)
{
  gboolean is_full;
  g_autoptr (GPtrArray) items = pick_items (self, n_new, &is_full);

  replace_items (self, items);
  if (self->is_full == is_full)
    return;
  self->is_full = is_full;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_FULL]);
}

static void
on_model_items_changed (TokListHead *self, guint position)
{
  if (position < self->size)
    update (self, FEW);
}

static GType
get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (TOK_LIST_HEAD (model)->model);
}

static guint
get_n_items (GListModel *model)
{
  return TOK_LIST_HEAD (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  TokListHead *self = TOK_LIST_HEAD (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
tok_list_head_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokListHead *self = TOK_LIST_HEAD (object);

  switch (prop_id) {
  case PROP_SIZE:
    g_value_set_uint (value, self->size);
    break;
  case PROP_IS_FULL:
    g_value_set_boolean (value, self->is_full);
    break;
  case PROP_N_ITEMS:
    g_value_set_uint (value, self->items->len);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_list_head_finalize (GObject *object)
{
  TokListHead *self = TOK_LIST_HEAD (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (tok_list_head_parent_class)->finalize (object);
}

static void
tok_list_head_class_init (TokListHeadClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_list_head_get_property;
  object_class->finalize = tok_list_head_finalize;

  /**
   * TokListHead:size:
   *
   * How many items it has at most.
   */
  properties[PROP_SIZE] = g_param_spec_uint ("size", NULL, NULL, 0, G_MAXUINT, PAGE_SIZE, flags);
  /**
   * TokListHead:is-full:
   *
   * Whether it has all items that it is to have.
   */
  properties[PROP_IS_FULL] = g_param_spec_boolean ("is-full", NULL, NULL, TRUE, flags);
  /**
   * TokListHead:n-items:
   *
   * How many items it has.
   */
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_list_head_init (TokListHead *self)
{
  self->size = PAGE_SIZE;
  self->is_full = TRUE;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * tok_list_head_new:
 * @model: A list; each item is in it once.
 *
 * Returns: (transfer full): The first 50 items of @model, whatever becomes of it.
 */
TokListHead *
tok_list_head_new (GListModel *model)
{
  TokListHead *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = g_object_new (TOK_TYPE_LIST_HEAD, NULL);
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_model_items_changed), self,
                           G_CONNECT_SWAPPED);
  update (self, FEW);
  return self;
}

/**
 * tok_list_head_get_size:
 * @self: A head.
 *
 * Returns: How many items it has at most.
 */
guint
tok_list_head_get_size (TokListHead *self)
{
  g_return_val_if_fail (TOK_IS_LIST_HEAD (self), 0);

  return self->size;
}

/**
 * tok_list_head_set_size:
 * @self: A head.
 * @size: How many items it is to have at most; 0 for the usual number.
 */
void
tok_list_head_set_size (TokListHead *self, guint size)
{
  g_return_if_fail (TOK_IS_LIST_HEAD (self));

  if (size == 0)
    size = PAGE_SIZE;
  if (self->size == size)
    return;
  self->size = size;
  update (self, FEW);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

/**
 * tok_list_head_get_is_full:
 * @self: A head.
 *
 * Returns: Whether it has all items that it is to have.
 */
gboolean
tok_list_head_get_is_full (TokListHead *self)
{
  g_return_val_if_fail (TOK_IS_LIST_HEAD (self), TRUE);

  return self->is_full;
}

/**
 * tok_list_head_fill:
 * @self: A head.
 * @n: How many items to take in at most; 0 for a few.
 *
 * Takes in more of what is still missing.
 */
void
tok_list_head_fill (TokListHead *self, guint n)
{
  g_return_if_fail (TOK_IS_LIST_HEAD (self));

  if (!self->is_full)
    update (self, n != 0 ? n : FEW);
}
