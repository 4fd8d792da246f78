/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-selection.h"

#include "tok-grant.h"

/* Which tokens or apps of a list somebody has picked. What leaves the list, or is being taken away,
 * is not picked any more: nobody acts on what can't be seen. */
struct _TokGrantSelection {
  GObject parent_instance;

  GListModel *model;
  GHashTable *grants;
};

G_DEFINE_FINAL_TYPE (TokGrantSelection, tok_grant_selection, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_SIZE,
  N_PROPS,
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
is_at_rest (TokGrant *grant)
{
  TokGrantState state = tok_grant_get_state (grant);

  return state == TOK_GRANT_IDLE || state == TOK_GRANT_FAILED;
}

static void
tell (TokGrantSelection *self, guint size_before)
{
  if (tok_grant_selection_get_size (self) != size_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void on_state_changed (TokGrantSelection *self, GParamSpec *pspec, TokGrant *grant);

static void
add (TokGrantSelection *self, TokGrant *grant)
{
  if (is_at_rest (grant) && g_hash_table_add (self->grants, g_object_ref (grant)))
    g_signal_connect_object (grant, "notify::state", G_CALLBACK (on_state_changed), self,
                             G_CONNECT_SWAPPED);
}

static void
drop (TokGrantSelection *self, TokGrant *grant)
{
  g_signal_handlers_disconnect_by_func (grant, on_state_changed, self);
  g_hash_table_remove (self->grants, grant);
}

static void
on_state_changed (TokGrantSelection *self, GParamSpec *pspec, TokGrant *grant)
{
  guint before = tok_grant_selection_get_size (self);

  if (is_at_rest (grant))
    return;
  drop (self, grant);
  tell (self, before);
}

static GHashTable *
index_model (TokGrantSelection *self)
{
  GHashTable *listed = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (self->model); i++)
    g_hash_table_add (listed, g_list_model_get_item (self->model, i));
  return listed;
}

static void
on_items_changed (TokGrantSelection *self, guint position, guint n_removed)
{
  guint before = tok_grant_selection_get_size (self);
  g_autoptr (GHashTable) listed = NULL;
  g_autoptr (GList) grants = NULL;

  if (n_removed == 0 || before == 0)
    return;
  listed = index_model (self);
  grants = g_hash_table_get_keys (self->grants);
  for (GList *l = grants; l != NULL; l = l->next)
    if (!g_hash_table_contains (listed, l->data))
      drop (self, l->data);
  if (tok_grant_selection_get_size (self) != before)
    tell (self, before);
}

static void
tok_grant_selection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SIZE:
    g_value_set_uint (value, tok_grant_selection_get_size (TOK_GRANT_SELECTION (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_selection_finalize (GObject *object)
{
  TokGrantSelection *self = TOK_GRANT_SELECTION (object);

  g_clear_pointer (&self->grants, g_hash_table_unref);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (tok_grant_selection_parent_class)->finalize (object);
}

static void
tok_grant_selection_class_init (TokGrantSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_grant_selection_get_property;
  object_class->finalize = tok_grant_selection_finalize;

  /**
   * TokGrantSelection:size:
   *
   * How many are picked.
   */
  properties[PROP_SIZE]
      = g_param_spec_uint ("size", NULL, NULL, 0, G_MAXUINT, 0,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokGrantSelection::changed:
   * @self: A selection.
   *
   * Others are picked than before.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tok_grant_selection_init (TokGrantSelection *self)
{
  self->grants = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * tok_grant_selection_new:
 * @model: A list of [class@Grant]s, those that somebody sees.
 *
 * Returns: (transfer full): A selection of none of them.
 */
TokGrantSelection *
tok_grant_selection_new (GListModel *model)
{
  TokGrantSelection *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = g_object_new (TOK_TYPE_GRANT_SELECTION, NULL);
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * tok_grant_selection_contains:
 * @self: A selection.
 * @grant: A token or an app.
 *
 * Returns: Whether @grant is picked.
 */
gboolean
tok_grant_selection_contains (TokGrantSelection *self, TokGrant *grant)
{
  g_return_val_if_fail (TOK_IS_GRANT_SELECTION (self), FALSE);

  return g_hash_table_contains (self->grants, grant);
}

/**
 * tok_grant_selection_toggle:
 * @self: A selection.
 * @grant: A token or an app of the list.
 *
 * Picks @grant, or does not any more. What is being taken away can't be picked.
 */
void
tok_grant_selection_toggle (TokGrantSelection *self, TokGrant *grant)
{
  guint before;

  g_return_if_fail (TOK_IS_GRANT_SELECTION (self));
  g_return_if_fail (TOK_IS_GRANT (grant));

  before = tok_grant_selection_get_size (self);
  if (tok_grant_selection_contains (self, grant))
    drop (self, grant);
  else
    add (self, grant);
  tell (self, before);
}

/**
 * tok_grant_selection_select_all:
 * @self: A selection.
 *
 * Picks all that are in the list.
 */
void
tok_grant_selection_select_all (TokGrantSelection *self)
{
  guint before;

  g_return_if_fail (TOK_IS_GRANT_SELECTION (self));

  before = tok_grant_selection_get_size (self);
  for (guint i = 0; i < g_list_model_get_n_items (self->model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (self->model, i);

    add (self, grant);
  }
  tell (self, before);
}

/**
 * tok_grant_selection_clear:
 * @self: A selection.
 *
 * Picks none.
 */
void
tok_grant_selection_clear (TokGrantSelection *self)
{
  g_autoptr (GList) grants = NULL;
  guint before;

  g_return_if_fail (TOK_IS_GRANT_SELECTION (self));

  before = tok_grant_selection_get_size (self);
  grants = g_hash_table_get_keys (self->grants);
  for (GList *l = grants; l != NULL; l = l->next)
    drop (self, l->data);
  if (before > 0)
    tell (self, before);
}

/**
 * tok_grant_selection_get_size:
 * @self: A selection.
 *
 * Returns: How many are picked.
 */
guint
tok_grant_selection_get_size (TokGrantSelection *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_SELECTION (self), 0);

  return g_hash_table_size (self->grants);
}

/**
 * tok_grant_selection_dup_grants:
 * @self: A selection.
 *
 * Returns: (transfer full) (element-type TokGrant): What is picked, in the order of the list.
 */
GPtrArray *
tok_grant_selection_dup_grants (TokGrantSelection *self)
{
  GPtrArray *grants = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (TOK_IS_GRANT_SELECTION (self), grants);

  for (guint i = 0; i < g_list_model_get_n_items (self->model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (self->model, i);

    if (tok_grant_selection_contains (self, grant))
      g_ptr_array_add (grants, g_steal_pointer (&grant));
  }
  return grants;
}
