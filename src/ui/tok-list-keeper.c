/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-list-keeper.h"

#include "tok-grant-row.h"
#include "tok-grant.h"
#include "tok-haste-guard.h"
#include "tok-row-fold.h"

#define LOOK_EVERY_MS 250
#define QUIET_US (3 * G_USEC_PER_SEC)
#define READABLE_US (3 * G_USEC_PER_SEC / 2)

/* Keeps a list of grants still under the hand: a click counts only where nothing has just moved, a
 * held key counts once, rows that are gone leave when nobody is at the list, and the focus stays
 * with its row or goes to the next one. */
struct _TokListKeeper {
  GObject parent_instance;

  GtkListBox *list_box;
  GListModel *model;
  GtkListBoxCreateWidgetFunc create_row;
  gpointer user_data;

  GtkEventControllerMotion *motion;
  guint held_key;
  gint64 last_input;
  gint64 gone_since;
  gint64 settled_at;
  gint64 still_at; /* when no row slides any more, nor has just done so */
  guint look_id;
  TokRowFold *fold; /* of rows that leave; NULL for none */
  TokGrant *focused;
  guint n_before_focused; /* rows that stay */
};

G_DEFINE_FINAL_TYPE (TokListKeeper, tok_list_keeper, G_TYPE_OBJECT)

enum {
  SIGNAL_SWEEP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkListBoxRow *
get_focused_row (TokListKeeper *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->list_box));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list_box)))
    return NULL;
  row = TOK_IS_GRANT_ROW (focus) ? focus : gtk_widget_get_ancestor (focus, TOK_TYPE_GRANT_ROW);
  return GTK_LIST_BOX_ROW (row);
}

static gboolean
is_gone (GtkListBoxRow *row)
{
  return tok_grant_get_state (tok_grant_row_get_grant (TOK_GRANT_ROW (row))) == TOK_GRANT_GONE;
}

static gboolean
has_gone (TokListKeeper *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    if (is_gone (row))
      return TRUE;
  return FALSE;
}

static gboolean
is_left_alone (TokListKeeper *self, gint64 now)
{
  if (now - self->gone_since < READABLE_US)
    return FALSE;
  return now - self->last_input >= QUIET_US
         || (!gtk_event_controller_motion_contains_pointer (self->motion)
             && get_focused_row (self) == NULL);
}

/* Whoever clicks while rows slide, or right after, may have meant what was there before. */
static void
slide (TokListKeeper *self)
{
  tok_list_keeper_unsettle (self);
  self->still_at = self->settled_at;
}

static GPtrArray *
list_gone (TokListKeeper *self)
{
  GPtrArray *gone = g_ptr_array_new ();
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    if (is_gone (row))
      g_ptr_array_add (gone, row);
  return gone;
}

/* A row that stays: the one behind, or else the one before. */
static GtkListBoxRow *
find_neighbour (TokListKeeper *self, GtkListBoxRow *row)
{
  GtkListBoxRow *found = NULL;
  GtkListBoxRow *other;

  for (int i = 0; (other = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    if (!is_gone (other)) {
      found = other;
      if (i > gtk_list_box_row_get_index (row))
        break;
    }
  return found;
}

static void
move_focus_on (TokListKeeper *self)
{
  GtkListBoxRow *row = get_focused_row (self);
  GtkListBoxRow *neighbour = row != NULL && is_gone (row) ? find_neighbour (self, row) : NULL;

  if (neighbour != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (neighbour));
}

static void look_later (TokListKeeper *self);

/* One that has gone meanwhile is to be read first. */
static void
on_folded (TokListKeeper *self)
{
  g_autoptr (TokRowFold) fold = g_object_ref (self->fold);
  g_autoptr (GPtrArray) gone = list_gone (self);

  slide (self);
  for (guint i = 0; i < gone->len; i++)
    if (!tok_row_fold_contains (fold, gone->pdata[i])) {
      look_later (self);
      return;
    }
  g_clear_object (&self->fold);
  g_signal_emit (self, signals[SIGNAL_SWEEP], 0);
}

static void
fold_gone (TokListKeeper *self)
{
  g_autoptr (GPtrArray) gone = list_gone (self);

  slide (self);
  move_focus_on (self);
  g_clear_object (&self->fold);
  self->fold = tok_row_fold_new (gone);
  g_signal_connect_object (self->fold, "done", G_CALLBACK (on_folded), self, G_CONNECT_SWAPPED);
  tok_row_fold_start (self->fold);
}

static gboolean
on_look (gpointer data)
{
  TokListKeeper *self = TOK_LIST_KEEPER (data);

  if (has_gone (self) && !is_left_alone (self, g_get_monotonic_time ()))
    return G_SOURCE_CONTINUE;
  self->look_id = 0;
  if (has_gone (self))
    fold_gone (self);
  return G_SOURCE_REMOVE;
}

static void
look_later (TokListKeeper *self)
{
  if (self->look_id == 0)
    self->look_id = g_timeout_add (LOOK_EVERY_MS, on_look, self);
}

/* One of them may be there again. */
static void
unfold (TokListKeeper *self)
{
  if (self->fold == NULL)
    return;
  g_clear_object (&self->fold);
  slide (self);
  look_later (self);
}

static void
on_grant_state_changed (TokListKeeper *self, GParamSpec *pspec, TokGrant *grant)
{
  if (tok_grant_get_state (grant) != TOK_GRANT_GONE)
    unfold (self);
  switch (tok_grant_get_state (grant)) {
  case TOK_GRANT_GONE:
    self->gone_since = g_get_monotonic_time ();
    look_later (self);
    break;
  case TOK_GRANT_FAILED:
    /* The row grows by the sentence that says why, and its button is back. */
    tok_list_keeper_unsettle (self);
    break;
  case TOK_GRANT_IDLE:
    /* The row may grow by a line that says so, and its button is back. */
    if (tok_grant_get_is_back (grant))
      tok_list_keeper_unsettle (self);
    break;
  case TOK_GRANT_WORKING:
  default:
    break;
  }
}

static GtkWidget *
on_create_row (gpointer item, gpointer user_data)
{
  TokListKeeper *self = TOK_LIST_KEEPER (user_data);

  g_signal_handlers_disconnect_by_func (item, on_grant_state_changed, self);
  g_signal_connect_object (item, "notify::state", G_CALLBACK (on_grant_state_changed), self,
                           G_CONNECT_SWAPPED);
  return self->create_row (item, self->user_data);
}

static gboolean
is_press (GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  return type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN;
}

static gboolean
on_event (TokListKeeper *self, GdkEvent *event)
{
  gboolean slides;

  self->last_input = g_get_monotonic_time ();
  slides = self->fold != NULL || self->last_input < self->still_at;
  return slides && is_press (event) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
is_activation_key (guint keyval)
{
  switch (keyval) {
  case GDK_KEY_Return:
  case GDK_KEY_ISO_Enter:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_space:
  case GDK_KEY_KP_Space:
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
on_key_pressed (TokListKeeper *self, guint keyval)
{
  gboolean repeated = keyval == self->held_key;

  self->held_key = keyval;
  return repeated && is_activation_key (keyval) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
on_key_released (TokListKeeper *self)
{
  self->held_key = 0;
}

static void
on_focus_left (TokListKeeper *self)
{
  self->held_key = 0;
}

static void
on_items_will_change (TokListKeeper *self)
{
  GtkListBoxRow *row = get_focused_row (self);
  GtkListBoxRow *other;

  tok_list_keeper_unsettle (self);
  g_clear_object (&self->focused);
  if (row == NULL)
    return;
  self->focused = g_object_ref (tok_grant_row_get_grant (TOK_GRANT_ROW (row)));
  self->n_before_focused = 0;
  for (int i = 0; (other = gtk_list_box_get_row_at_index (self->list_box, i)) != row; i++)
    if (!is_gone (other))
      self->n_before_focused++;
}

static GtkListBoxRow *
find_row_to_focus (TokListKeeper *self)
{
  GtkListBoxRow *before = NULL;
  GtkListBoxRow *row;
  guint n_before = 0;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    if (tok_grant_row_get_grant (TOK_GRANT_ROW (row)) == self->focused)
      return row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++) {
    if (is_gone (row))
      continue;
    if (n_before++ == self->n_before_focused)
      return row;
    before = row;
  }
  return before;
}

static void
on_items_changed (TokListKeeper *self)
{
  g_autoptr (TokGrant) focused = g_steal_pointer (&self->focused);
  GtkListBoxRow *row;

  if (has_gone (self))
    look_later (self);
  if (focused == NULL)
    return;
  row = get_focused_row (self);
  if (row != NULL && tok_grant_row_get_grant (TOK_GRANT_ROW (row)) == focused)
    return;
  self->focused = g_steal_pointer (&focused);
  row = find_row_to_focus (self);
  g_clear_object (&self->focused);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
watch_input (TokListKeeper *self)
{
  GtkWidget *widget = GTK_WIDGET (self->list_box);
  GtkEventController *any = gtk_event_controller_legacy_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (any, GTK_PHASE_CAPTURE);
  g_signal_connect_object (any, "event", G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, any);

  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (on_key_pressed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (key, "key-released", G_CALLBACK (on_key_released), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, key);

  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, focus);

  self->motion = GTK_EVENT_CONTROLLER_MOTION (gtk_event_controller_motion_new ());
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (g_object_ref (self->motion)));
}

static void
tok_list_keeper_dispose (GObject *object)
{
  TokListKeeper *self = TOK_LIST_KEEPER (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->fold);
  if (self->list_box != NULL) {
    g_signal_handlers_disconnect_by_data (self->model, self);
    gtk_list_box_bind_model (self->list_box, NULL, NULL, NULL, NULL);
  }
  g_clear_object (&self->motion);
  g_clear_object (&self->focused);
  g_clear_object (&self->model);
  g_clear_object (&self->list_box);

  G_OBJECT_CLASS (tok_list_keeper_parent_class)->dispose (object);
}

static void
tok_list_keeper_class_init (TokListKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tok_list_keeper_dispose;

  /**
   * TokListKeeper::sweep:
   * @self: A keeper.
   *
   * Nobody is at the list, and there is nothing more to be seen of the rows that are gone.
   */
  signals[SIGNAL_SWEEP] = g_signal_new ("sweep", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tok_list_keeper_init (TokListKeeper *self)
{
}

/**
 * tok_list_keeper_new:
 * @list_box: An empty list box.
 * @model: A list of [class@Grant].
 * @create_row: Makes a [class@GrantRow] for each of them.
 * @user_data: (not nullable): Data for @create_row, which outlives the keeper.
 *
 * Fills @list_box from @model, until the keeper is gone, and keeps it still.
 *
 * Returns: (transfer full): A new keeper.
 */
TokListKeeper *
tok_list_keeper_new (GtkListBox *list_box,
                     GListModel *model,
                     GtkListBoxCreateWidgetFunc create_row,
                     gpointer user_data)
{
  TokListKeeper *self;

  g_return_val_if_fail (GTK_IS_LIST_BOX (list_box), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = g_object_new (TOK_TYPE_LIST_KEEPER, NULL);
  self->list_box = g_object_ref (list_box);
  self->model = g_object_ref (model);
  self->create_row = create_row;
  self->user_data = user_data;
  watch_input (self);

  /* The first handler runs before the list box takes its rows out, the second when new ones are
   * in. */
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (on_items_will_change), self);
  gtk_list_box_bind_model (list_box, model, on_create_row, self, NULL);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (on_items_changed), self);
  return self;
}

/**
 * tok_list_keeper_get_is_settled:
 * @self: A keeper.
 *
 * Returns: Whether a click now is sure to be meant for the row that it hits.
 */
gboolean
tok_list_keeper_get_is_settled (TokListKeeper *self)
{
  g_return_val_if_fail (TOK_IS_LIST_KEEPER (self), FALSE);

  return self->fold == NULL && g_get_monotonic_time () >= self->settled_at;
}

/**
 * tok_list_keeper_unsettle:
 * @self: A keeper.
 *
 * Says that the list has moved: whoever clicks within the time of a double click may have meant
 * what was there before.
 */
void
tok_list_keeper_unsettle (TokListKeeper *self)
{
  g_return_if_fail (TOK_IS_LIST_KEEPER (self));

  self->settled_at = tok_haste_guard_find_settled (GTK_WIDGET (self->list_box));
}
