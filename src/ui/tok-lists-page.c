/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-lists-page.h"

#include "tok-account-button.h"
#include "tok-accounts.h"
#include "tok-grant-list.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-list-buttons.h"
#include "tok-menus.h"
#include "tok-session-closures.h"
#include "tok-session-strips.h"
#include "tok-session.h"
#include "tok-settings.h"
#include "tok-unlisted-note.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Who has access, in two views, and how the connection stands. */
struct _TokListsPage {
  GtkWidget parent_instance;

  TokAccounts *accounts;
  GSettings *settings;
  TokSession *session;
  gboolean points_out_new;
  guint reveal_id;

  GtkWidget *box;
  AdwViewSwitcherTitle *switcher_title;
  GtkWidget *new_button;
  TokListButtons *list_buttons;
  GtkMenuButton *menu_button;
  TokSessionStrips *strips;
  AdwViewStack *views;
  TokGrantList *token_list;
  TokGrantList *app_list;
  AdwViewSwitcherBar *switcher_bar;
};

G_DEFINE_FINAL_TYPE (TokListsPage, tok_lists_page, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_ACCOUNTS,
  PROP_SETTINGS,
  PROP_SESSION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* The strips push the lists down, or let them up. */
/* Where revoking is off the list says so itself. */
static char *
describe_apps (GObject *object, gboolean can_revoke)
{
  return g_strdup (can_revoke ? _ ("You let these apps in. “Revoke access” works at once, with one "
                                   "click and for all your accounts.")
                              : _ ("You let these apps in."));
}

static void
on_strips_changed (TokListsPage *self)
{
  tok_grant_list_unsettle (self->token_list);
  tok_grant_list_unsettle (self->app_list);
}

static void
on_reveal (gpointer data)
{
  TokListsPage *self = TOK_LISTS_PAGE (data);

  self->reveal_id = 0;
  adw_view_switcher_bar_set_reveal (
      self->switcher_bar, adw_view_switcher_title_get_title_visible (self->switcher_title));
}

/* This is known while the page is being laid out, when it is too late for a bar to ask for room:
 * without an animation, which would ask again, it would stay out of sight. */
static void
on_title_visible_changed (TokListsPage *self)
{
  if (self->reveal_id == 0)
    self->reveal_id = g_idle_add_once (on_reveal, self);
}

/* The buttons above belong to the list that is in view. */
static void
on_view_changed (TokListsPage *self)
{
  tok_list_buttons_set_rows (self->list_buttons, tok_lists_page_get_rows (self));
  gtk_widget_set_visible (self->new_button, adw_view_stack_get_visible_child (self->views)
                                                == GTK_WIDGET (self->token_list));
}

/* What a part of the page is asked for the page is asked for, under the same name. */
static void
on_wish (TokListsPage *self, gpointer about, gpointer part)
{
  const GSignalInvocationHint *hint = g_signal_get_invocation_hint (part);

  g_signal_emit_by_name (self, g_signal_name (hint->signal_id), about);
}

static void
focus_view (TokListsPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  gtk_widget_grab_focus (adw_view_stack_get_visible_child (self->views));
}

/* The first rows are there: the keys belong to them. */
static void
on_first_listed (TokListsPage *self, GParamSpec *pspec, TokGrantStore *store)
{
  g_signal_handlers_disconnect_by_func (store, on_first_listed, self);
  focus_view (self);
}

static void
point_out_new (TokListsPage *self)
{
  if (self->points_out_new && tok_grant_list_point_out_new (self->token_list))
    self->points_out_new = FALSE;
}

static void
set_session (TokListsPage *self, TokSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  self->points_out_new = FALSE;
  if (session != NULL) {
    TokGrantStore *tokens = tok_session_get_tokens (session);

    /* What has gone while nobody looked can't slide away under anybody's hand. */
    tok_grant_store_sweep (tokens);
    tok_grant_store_sweep (tok_session_get_apps (session));
    g_signal_connect_object (tokens, "notify::as-of", G_CALLBACK (point_out_new), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    g_signal_connect_object (tokens, "notify::state", G_CALLBACK (on_first_listed), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
set_settings (TokListsPage *self, GSettings *settings)
{
  TokGrantList *lists[] = { self->token_list, self->app_list };

  if (!g_set_object (&self->settings, settings))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_settings_bind (settings, TOK_SETTINGS_SORT_ORDER, tok_grant_list_get_rows (lists[i]), "order",
                     G_SETTINGS_BIND_DEFAULT);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTINGS]);
}

static void
tok_lists_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokListsPage *self = TOK_LISTS_PAGE (object);

  switch (prop_id) {
  case PROP_ACCOUNTS:
    g_value_set_object (value, self->accounts);
    break;
  case PROP_SETTINGS:
    g_value_set_object (value, self->settings);
    break;
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_lists_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokListsPage *self = TOK_LISTS_PAGE (object);

  switch (prop_id) {
  case PROP_ACCOUNTS:
    if (g_set_object (&self->accounts, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_SETTINGS:
    set_settings (self, g_value_get_object (value));
    break;
  case PROP_SESSION:
    set_session (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_lists_page_dispose (GObject *object)
{
  TokListsPage *self = TOK_LISTS_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->accounts);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_handle_id (&self->reveal_id, g_source_remove);

  G_OBJECT_CLASS (tok_lists_page_parent_class)->dispose (object);
}

static void
tok_lists_page_class_init (TokListsPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_lists_page_get_property;
  object_class->set_property = tok_lists_page_set_property;
  object_class->dispose = tok_lists_page_dispose;

  /**
   * TokListsPage:accounts:
   *
   * All accounts, to choose from.
   */
  properties[PROP_ACCOUNTS]
      = g_param_spec_object ("accounts", NULL, NULL, TOK_TYPE_ACCOUNTS, flags);
  /**
   * TokListsPage:settings:
   *
   * The settings, which keep the order of the rows.
   */
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  /**
   * TokListsPage:session:
   *
   * Whose lists are shown.
   */
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokListsPage::copy:
   * @self: A page.
   * @grant: A row's token.
   *
   * Somebody wants the secret of @grant copied; the click was meant for it.
   */
  g_signal_new ("copy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, TOK_TYPE_GRANT);
  /**
   * TokListsPage::failed:
   * @self: A page.
   * @sentence: Why not.
   *
   * An account couldn't be removed.
   */
  g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * TokListsPage::open:
   * @self: A page.
   * @grant: A row's token or app.
   *
   * Somebody wants to know more about @grant.
   */
  g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, TOK_TYPE_GRANT);
  /**
   * TokListsPage::revoke:
   * @self: A page.
   * @grant: A row's token or app.
   *
   * Somebody wants the access of @grant taken away; the click was meant for it.
   */
  g_signal_new ("revoke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, TOK_TYPE_GRANT);
  /**
   * TokListsPage::revoke-several:
   * @self: A page.
   * @grants: (element-type TokGrant): Tokens or apps, at least one, in the order of the rows.
   *
   * Somebody wants the access of @grants taken away, and the selection mode of the rows ended then.
   */
  g_signal_new ("revoke-several", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);

  g_type_ensure (TOK_TYPE_ACCOUNT_BUTTON);
  g_type_ensure (TOK_TYPE_GRANT_LIST);
  g_type_ensure (TOK_TYPE_GRANT_STORE);
  g_type_ensure (TOK_TYPE_LIST_BUTTONS);
  g_type_ensure (TOK_TYPE_SESSION_STRIPS);
  g_type_ensure (TOK_TYPE_UNLISTED_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-lists-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TokListsPage, box);
  gtk_widget_class_bind_template_child (widget_class, TokListsPage, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, TokListsPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, TokListsPage, list_buttons);
  gtk_widget_class_bind_template_child (widget_class, TokListsPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TokListsPage, strips);
  gtk_widget_class_bind_template_child (widget_class, TokListsPage, views);
  gtk_widget_class_bind_template_child (widget_class, TokListsPage, token_list);
  gtk_widget_class_bind_template_child (widget_class, TokListsPage, app_list);
  gtk_widget_class_bind_template_child (widget_class, TokListsPage, switcher_bar);
  gtk_widget_class_bind_template_callback (widget_class, describe_apps);
  gtk_widget_class_bind_template_callback (widget_class, on_strips_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_title_visible_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_wish);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_opacity);
  gtk_widget_class_bind_template_callback (widget_class, tok_lists_page_refresh);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_lists_page_init (TokListsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_view_changed (self);
  gtk_menu_button_set_create_popup_func (self->menu_button, tok_menus_create_primary, NULL, NULL);
}

/**
 * tok_lists_page_get_rows:
 * @self: A page.
 *
 * Returns: (transfer none): The rows of the view that is shown.
 */
TokGrantRows *
tok_lists_page_get_rows (TokListsPage *self)
{
  g_return_val_if_fail (TOK_IS_LISTS_PAGE (self), NULL);

  return tok_grant_list_get_rows (TOK_GRANT_LIST (adw_view_stack_get_visible_child (self->views)));
}

/**
 * tok_lists_page_show_view:
 * @self: A page.
 * @name: "tokens" or "apps".
 *
 * Turns to one of the views, and the focus to its first row.
 */
void
tok_lists_page_show_view (TokListsPage *self, const char *name)
{
  g_return_if_fail (TOK_IS_LISTS_PAGE (self));
  g_return_if_fail (adw_view_stack_get_child_by_name (self->views, name) != NULL);

  adw_view_stack_set_visible_child_name (self->views, name);
  focus_view (self);
}

/**
 * tok_lists_page_focus_rows:
 * @self: A page.
 *
 * Gives the focus to the first row, if there are any yet and it isn't in the view already.
 */
void
tok_lists_page_focus_rows (TokListsPage *self)
{
  GtkWidget *focus;

  g_return_if_fail (TOK_IS_LISTS_PAGE (self));

  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || tok_grant_store_get_state (tok_session_get_tokens (self->session))
             == TOK_GRANT_STORE_EMPTY)
    return;
  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->views)))
    focus_view (self);
}

/**
 * tok_lists_page_refresh:
 * @self: A page.
 *
 * Asks the service how things stand; first does what it takes to be able to.
 */
void
tok_lists_page_refresh (TokListsPage *self)
{
  g_return_if_fail (TOK_IS_LISTS_PAGE (self));

  tok_session_strips_go_on (self->strips);
}

/**
 * tok_lists_page_point_out_new:
 * @self: A page.
 *
 * Points out the token that was created last, as soon as the service has listed it.
 */
void
tok_lists_page_point_out_new (TokListsPage *self)
{
  g_return_if_fail (TOK_IS_LISTS_PAGE (self));

  self->points_out_new = TRUE;
  point_out_new (self);
}
