/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-selection-mode.h"

#include "tok-grant-box.h"
#include "tok-grant-selection.h"
#include "tok-grant-store.h"
#include "tok-selection-bar.h"

/* Whether pressing a row picks it, and the bar that says what to do with those that are picked. */
struct _TokSelectionMode {
  GObject parent_instance;

  TokGrantStore *store;
  gboolean can_revoke;
  gboolean can_start;
  gboolean active;

  TokGrantSelection *selection;
  GtkBox *page; /* borrowed, as the next two, from whoever has made this */
  TokGrantBox *rows;
  GtkWidget *bar; /* NULL until rows are first picked */
};

G_DEFINE_FINAL_TYPE (TokSelectionMode, tok_selection_mode, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STORE,
  PROP_CAN_REVOKE,
  PROP_CAN_START,
  PROP_ACTIVE,
  N_PROPS,
};

enum {
  SIGNAL_REVOKE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
notify (TokSelectionMode *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
ensure_bar (TokSelectionMode *self)
{
  if (self->bar != NULL)
    return;
  self->bar = tok_selection_bar_new (self->selection, tok_grant_store_has_apps (self->store));
  g_signal_connect_object (self->bar, "clicked", G_CALLBACK (tok_selection_mode_revoke), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->page, self->bar);
}

/* Nothing stays picked that nobody sees. */
static void
set_active (TokSelectionMode *self, gboolean active)
{
  if (self->active == active)
    return;
  self->active = active;
  if (active)
    ensure_bar (self);
  else
    tok_grant_selection_clear (self->selection);
  gtk_widget_set_visible (self->bar, active);
  tok_grant_box_set_selection (self->rows, active ? self->selection : NULL);
  notify (self, PROP_ACTIVE);
}

static void
update_can_start (TokSelectionMode *self)
{
  gboolean can_start = self->can_revoke && self->store != NULL
                       && g_list_model_get_n_items (G_LIST_MODEL (self->store)) > 0;

  if (self->can_start == can_start)
    return;
  self->can_start = can_start;
  if (!can_start)
    set_active (self, FALSE);
  notify (self, PROP_CAN_START);
}

static void
set_store (TokSelectionMode *self, TokGrantStore *store)
{
  if (self->store == store)
    return;
  set_active (self, FALSE);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_set_object (&self->store, store);
  if (store != NULL)
    g_signal_connect_object (store, "items-changed", G_CALLBACK (update_can_start), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update_can_start (self);
  notify (self, PROP_STORE);
}

static void
set_can_revoke (TokSelectionMode *self, gboolean can_revoke)
{
  if (self->can_revoke == can_revoke)
    return;
  self->can_revoke = can_revoke;
  update_can_start (self);
  notify (self, PROP_CAN_REVOKE);
}

static void
tok_selection_mode_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokSelectionMode *self = TOK_SELECTION_MODE (object);

  switch (prop_id) {
  case PROP_STORE:
    g_value_set_object (value, self->store);
    break;
  case PROP_CAN_REVOKE:
    g_value_set_boolean (value, self->can_revoke);
    break;
  case PROP_CAN_START:
    g_value_set_boolean (value, self->can_start);
    break;
  case PROP_ACTIVE:
    g_value_set_boolean (value, self->active);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_selection_mode_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  TokSelectionMode *self = TOK_SELECTION_MODE (object);

  switch (prop_id) {
  case PROP_STORE:
    set_store (self, g_value_get_object (value));
    break;
  case PROP_CAN_REVOKE:
    set_can_revoke (self, g_value_get_boolean (value));
    break;
  case PROP_ACTIVE:
    tok_selection_mode_set_active (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_selection_mode_finalize (GObject *object)
{
  TokSelectionMode *self = TOK_SELECTION_MODE (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (tok_selection_mode_parent_class)->finalize (object);
}

static void
tok_selection_mode_class_init (TokSelectionModeClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags flags = readable | G_PARAM_WRITABLE;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_selection_mode_get_property;
  object_class->set_property = tok_selection_mode_set_property;
  object_class->finalize = tok_selection_mode_finalize;

  /**
   * TokSelectionMode:store:
   *
   * Whose rows can be picked. With another one none is.
   */
  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, TOK_TYPE_GRANT_STORE, flags);
  /**
   * TokSelectionMode:can-revoke:
   *
   * Whether we may take access away, which is all that can be done with what is picked.
   */
  properties[PROP_CAN_REVOKE] = g_param_spec_boolean ("can-revoke", NULL, NULL, FALSE, flags);
  /**
   * TokSelectionMode:can-start:
   *
   * Whether there are rows to pick, and anything to do with them.
   */
  properties[PROP_CAN_START] = g_param_spec_boolean ("can-start", NULL, NULL, FALSE, readable);
  /**
   * TokSelectionMode:active:
   *
   * Whether pressing a row picks it.
   */
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokSelectionMode::revoke:
   * @self: A mode.
   * @grants: (element-type TokGrant): The tokens or apps that are picked, in the order in which
   *   they are seen; at least one.
   *
   * Somebody wants the access of @grants taken away. Whoever does it ends the mode.
   */
  signals[SIGNAL_REVOKE] = g_signal_new ("revoke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
tok_selection_mode_init (TokSelectionMode *self)
{
}

/**
 * tok_selection_mode_new:
 * @page: Where the bar comes, at the end; it outlives the mode, as @rows does.
 * @rows: The rows to press.
 * @shown: A list of [class@Grant]s, those that somebody sees.
 *
 * Returns: (transfer full): A mode that isn't active.
 */
TokSelectionMode *
tok_selection_mode_new (GtkBox *page, TokGrantBox *rows, GListModel *shown)
{
  TokSelectionMode *self;

  g_return_val_if_fail (GTK_IS_BOX (page), NULL);
  g_return_val_if_fail (TOK_IS_GRANT_BOX (rows), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (shown), NULL);

  self = g_object_new (TOK_TYPE_SELECTION_MODE, NULL);
  self->page = page;
  self->rows = rows;
  self->selection = tok_grant_selection_new (shown);
  g_object_bind_property (rows, "can-revoke", self, "can-revoke", G_BINDING_SYNC_CREATE);
  return self;
}

/**
 * tok_selection_mode_get_can_start:
 * @self: A mode.
 *
 * Returns: Whether there are rows to pick, and anything to do with them.
 */
gboolean
tok_selection_mode_get_can_start (TokSelectionMode *self)
{
  g_return_val_if_fail (TOK_IS_SELECTION_MODE (self), FALSE);

  return self->can_start;
}

/**
 * tok_selection_mode_get_active:
 * @self: A mode.
 *
 * Returns: Whether pressing a row picks it.
 */
gboolean
tok_selection_mode_get_active (TokSelectionMode *self)
{
  g_return_val_if_fail (TOK_IS_SELECTION_MODE (self), FALSE);

  return self->active;
}

/**
 * tok_selection_mode_set_active:
 * @self: A mode.
 * @active: Whether pressing a row is to pick it; without effect while there is nothing to do with
 *   rows that are picked.
 */
void
tok_selection_mode_set_active (TokSelectionMode *self, gboolean active)
{
  g_return_if_fail (TOK_IS_SELECTION_MODE (self));

  set_active (self, active && self->can_start);
}

/**
 * tok_selection_mode_select_all:
 * @self: A mode that is active.
 *
 * Picks all rows that somebody sees.
 */
void
tok_selection_mode_select_all (TokSelectionMode *self)
{
  g_return_if_fail (TOK_IS_SELECTION_MODE (self));
  g_return_if_fail (self->active);

  tok_grant_selection_select_all (self->selection);
}

/**
 * tok_selection_mode_revoke:
 * @self: A mode that is active.
 *
 * Asks for the access of those that are picked to be taken away, if any are.
 */
void
tok_selection_mode_revoke (TokSelectionMode *self)
{
  g_autoptr (GPtrArray) grants = NULL;

  g_return_if_fail (TOK_IS_SELECTION_MODE (self));
  g_return_if_fail (self->active);

  grants = tok_grant_selection_dup_grants (self->selection);
  if (grants->len > 0)
    g_signal_emit (self, signals[SIGNAL_REVOKE], 0, grants);
}
