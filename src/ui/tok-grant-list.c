/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-list.h"

#include "tok-closures.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-store-closures.h"
#include "tok-strip.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define SLOW_AFTER_MS 700

/* What a store knows, as rows, or as a page that says why there are none. */
struct _TokGrantList {
  GtkWidget parent_instance;

  TokGrantStore *store;
  gboolean can_revoke;
  gboolean is_slow;
  char *title;
  char *description;
  char *icon_name;
  char *empty_title;
  char *empty_description;
  char *no_scope_title;
  char *no_scope_description;
  guint slow_id;

  GtkWidget *footer;

  GtkWidget *box;
  GtkWidget *stack;
  GtkButton *status_button;
  TokGrantRows *rows;
  AdwClamp *foot;
};

G_DEFINE_FINAL_TYPE (TokGrantList, tok_grant_list, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_STORE,
  PROP_CAN_REVOKE,
  PROP_IS_SLOW,
  PROP_FOOTER,
  PROP_DESCRIPTION,
  PROP_TITLE,
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
  SIGNAL_REVOKE_SEVERAL,
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

/* Before another page comes: GTK would move it to wherever when this one is no longer there. */
static void
drop_focus (TokGrantList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->stack))
    gtk_root_set_focus (root, NULL);
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

/* Not by bindings: where a window goes with the focus on a button GTK 4.8 would look for what they
 * are to. */
static void
update_status_button (TokGrantList *self)
{
  g_autofree char *label = NULL;

  if (self->store == NULL || self->status_button == NULL)
    return;
  label = tok_closure_choose_store_button (NULL, tok_grant_store_get_state (self->store),
                                           tok_grant_store_get_error (self->store));
  gtk_button_set_label (self->status_button, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status_button), label != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->status_button),
                            !tok_grant_store_get_loading (self->store));
}

static void
on_store_state_notify (TokGrantList *self)
{
  drop_focus (self);
  on_store_state_changed (self);
}

/* Where there are no rows it says something all the same. */
static void
place_footer (TokGrantList *self)
{
  gboolean is_list;

  if (self->footer == NULL)
    return;
  is_list = g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "list") == 0;
  gtk_widget_set_visible (GTK_WIDGET (self->foot), !is_list);
  if (is_list)
    adw_clamp_set_child (self->foot, NULL);
  g_object_set (self->rows, "footer", is_list ? self->footer : NULL, NULL);
  if (!is_list)
    adw_clamp_set_child (self->foot, self->footer);
}

static void
set_footer (TokGrantList *self, GtkWidget *footer)
{
  if (self->footer == footer)
    return;
  if (self->footer != NULL) {
    adw_clamp_set_child (self->foot, NULL);
    g_object_set (self->rows, "footer", NULL, NULL);
    g_clear_object (&self->footer);
  }
  if (footer != NULL)
    self->footer = g_object_ref_sink (footer);
  place_footer (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOOTER]);
}

/* Whatever had the focus has gone. */
static void
on_page_changed (TokGrantList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  place_footer (self);
  if (root != NULL && gtk_root_get_focus (root) == NULL
      && gtk_widget_get_mapped (GTK_WIDGET (self->rows)))
    tok_grant_rows_focus (self->rows);
}

static void
on_open (TokGrantList *self, TokGrant *grant)
{
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, grant);
}

static void
on_revoke (TokGrantList *self, TokGrant *grant)
{
  g_signal_emit (self, signals[SIGNAL_REVOKE], 0, grant);
}

static void
on_copy (TokGrantList *self, TokGrant *grant)
{
  g_signal_emit (self, signals[SIGNAL_COPY], 0, grant);
}

static void
on_revoke_several (TokGrantList *self, GPtrArray *grants)
{
  g_signal_emit (self, signals[SIGNAL_REVOKE_SEVERAL], 0, grants);
}

static void
on_retry (TokGrantList *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
on_other_token (TokGrantList *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in-again", NULL);
}

static void
on_status_clicked (TokGrantList *self)
{
  if (tok_grant_store_get_state (self->store) == TOK_GRANT_STORE_NO_SCOPE)
    on_other_token (self);
  else
    on_retry (self);
}

static void
tok_grant_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tok_grant_list_parent_class)->map (widget);
  on_store_state_changed (TOK_GRANT_LIST (widget));
}

static void
tok_grant_list_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tok_grant_list_parent_class)->unmap (widget);
  on_store_state_changed (TOK_GRANT_LIST (widget));
}

/* Where there are no rows, a key that was meant for one must not press the button that is there. */
static gboolean
tok_grant_list_grab_focus (GtkWidget *widget)
{
  TokGrantList *self = TOK_GRANT_LIST (widget);

  return gtk_widget_get_mapped (GTK_WIDGET (self->rows)) && tok_grant_rows_focus (self->rows);
}

static void
set_store (TokGrantList *self, TokGrantStore *store)
{
  if (self->store == store)
    return;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_set_object (&self->store, store);
  if (store != NULL) {
    g_signal_connect_object (store, "notify::state", G_CALLBACK (on_store_state_notify), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (store, "notify", G_CALLBACK (update_status_button), self,
                             G_CONNECT_SWAPPED);
  }
  update_status_button (self);
  on_store_state_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORE]);
}

static void
set_can_revoke (TokGrantList *self, gboolean can_revoke)
{
  if (self->can_revoke == can_revoke)
    return;
  self->can_revoke = can_revoke;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REVOKE]);
}

static void
set_description (TokGrantList *self, const char *description)
{
  if (g_strcmp0 (self->description, description) == 0)
    return;
  g_free (self->description);
  self->description = g_strdup (description);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}

static char **
get_string_field (TokGrantList *self, guint prop_id)
{
  switch (prop_id) {
  case PROP_TITLE:
    return &self->title;
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
  case PROP_FOOTER:
    g_value_set_object (value, self->footer);
    break;
  case PROP_DESCRIPTION:
    g_value_set_string (value, self->description);
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
  case PROP_FOOTER:
    set_footer (self, g_value_get_object (value));
    break;
  case PROP_DESCRIPTION:
    set_description (self, g_value_get_string (value));
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
}

static void
tok_grant_list_dispose (GObject *object)
{
  TokGrantList *self = TOK_GRANT_LIST (object);

  set_store (self, NULL);
  set_footer (self, NULL);
  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_grant_list_parent_class)->dispose (object);
}

static void
tok_grant_list_finalize (GObject *object)
{
  TokGrantList *self = TOK_GRANT_LIST (object);

  g_clear_pointer (&self->description, g_free);
  for (guint i = PROP_TITLE; i < N_PROPS; i++)
    g_clear_pointer (get_string_field (self, i), g_free);

  G_OBJECT_CLASS (tok_grant_list_parent_class)->finalize (object);
}

static void
tok_grant_list_class_init (TokGrantListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const strings[] = {
    [PROP_TITLE] = "title",
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
  /**
   * TokGrantList:footer:
   *
   * What stands below the rows, or below what is said in their place.
   */
  properties[PROP_FOOTER]
      = g_param_spec_object ("footer", NULL, NULL, GTK_TYPE_WIDGET,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokGrantList:description:
   *
   * What stands above the rows.
   */
  properties[PROP_DESCRIPTION]
      = g_param_spec_string ("description", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
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
   * TokGrantList::revoke-several:
   * @self: A list.
   * @grants: (element-type TokGrant): Tokens or apps, in the order in which they are seen; at
   *   least one.
   *
   * Somebody wants the access of @grants taken away. Whoever does it ends the selection mode of
   * the list's rows.
   */
  signals[SIGNAL_REVOKE_SEVERAL]
      = g_signal_new ("revoke-several", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  /**
   * TokGrantList::retry:
   * @self: A list.
   *
   * Somebody wants the list asked for again.
   */
  signals[SIGNAL_RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TOK_TYPE_GRANT_ROWS);
  g_type_ensure (TOK_TYPE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-grant-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TokGrantList, box);
  gtk_widget_class_bind_template_child (widget_class, TokGrantList, rows);
  gtk_widget_class_bind_template_child (widget_class, TokGrantList, foot);
  gtk_widget_class_bind_template_child (widget_class, TokGrantList, stack);
  gtk_widget_class_bind_template_child (widget_class, TokGrantList, status_button);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_store_page);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_store_icon);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_store_title);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_looking);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_stale_store);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_store);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_other_token);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_status_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke_several);
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

  if (self->rows != NULL)
    tok_grant_rows_unsettle (self->rows);
}

/**
 * tok_grant_list_get_rows:
 * @self: A list.
 *
 * Returns: (transfer none): Its rows, which can be searched, sorted and selected.
 */
TokGrantRows *
tok_grant_list_get_rows (TokGrantList *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_LIST (self), NULL);

  return self->rows;
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

  return tok_grant_rows_point_out_new (self->rows);
}
