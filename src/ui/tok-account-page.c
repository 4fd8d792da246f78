/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-page.h"

#include "tok-account-button.h"
#include "tok-accounts.h"
#include "tok-closures.h"
#include "tok-copier.h"
#include "tok-grant-list.h"
#include "tok-grant-page.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-list-buttons.h"
#include "tok-menus.h"
#include "tok-revoker.h"
#include "tok-secret-clipboard.h"
#include "tok-session-closures.h"
#include "tok-session-strips.h"
#include "tok-session.h"
#include "tok-settings.h"
#include "tok-text.h"
#include "tok-grant-dialogs.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* What a signed-in owner sees: who has access, in two views, and how the connection stands. */
struct _TokAccountPage {
  GtkWidget parent_instance;

  TokAccounts *accounts;
  GSettings *settings;
  TokSession *session;
  TokSecretClipboard *clipboard;
  TokRevoker *revoker;
  TokGrantDialogs *dialogs;
  TokCopier *copier;
  GtkWidget *focus_before;
  gboolean points_out_new;
  guint reveal_id;
  guint focus_id;

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  GtkWidget *main_page;
  GtkWidget *grant_page;
  AdwViewStack *views;
  TokGrantList *token_list;
  TokGrantList *app_list;
  AdwViewSwitcherTitle *switcher_title;
  AdwViewSwitcherBar *switcher_bar;
  GtkWidget *new_button;
  TokListButtons *list_buttons;
  TokAccountButton *account_button;
  TokSessionStrips *strips;
  GtkMenuButton *menu_button;
};

G_DEFINE_FINAL_TYPE (TokAccountPage, tok_account_page, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_ACCOUNTS,
  PROP_SETTINGS,
  PROP_SESSION,
  PROP_CLIPBOARD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* The strips push the lists down, or let them up. */
static void
on_strips_changed (TokAccountPage *self)
{
  tok_grant_list_unsettle (self->token_list);
  tok_grant_list_unsettle (self->app_list);
}

static void
on_reveal (gpointer data)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (data);

  self->reveal_id = 0;
  adw_view_switcher_bar_set_reveal (
      self->switcher_bar, adw_view_switcher_title_get_title_visible (self->switcher_title));
}

/* This is known while the page is being laid out, when it is too late for a bar to ask for room:
 * without an animation, which would ask again, it would stay out of sight. */
static void
on_title_visible_changed (TokAccountPage *self)
{
  if (self->reveal_id == 0)
    self->reveal_id = g_idle_add_once (on_reveal, self);
}

static TokGrantRows *
get_rows (TokAccountPage *self)
{
  return tok_grant_list_get_rows (TOK_GRANT_LIST (adw_view_stack_get_visible_child (self->views)));
}

/* The buttons above belong to the list that is in view. */
static void
on_view_changed (TokAccountPage *self)
{
  tok_list_buttons_set_rows (self->list_buttons, get_rows (self));
  gtk_widget_set_visible (self->new_button,
                          g_strcmp0 (adw_view_stack_get_visible_child_name (self->views), "tokens")
                              == 0);
}

static char *
describe_success (TokGrant *grant)
{
  g_autofree char *name = tok_text_quote_name (tok_grant_get_name (grant));

  /* Translators: %s is the name of a token, or of an app. */
  return g_strdup_printf (tok_grant_get_token (grant) != NULL
                              ? _ ("“%s” is deleted")
                              : _ ("“%s” can no longer use your accounts"),
                          name);
}

static void
on_revoked (TokAccountPage *self, TokGrant *grant)
{
  g_autofree char *sentence = describe_success (grant);

  tok_account_page_say (self, sentence);
  if (self->grant_page != NULL
      && tok_grant_page_get_grant (TOK_GRANT_PAGE (self->grant_page)) == grant)
    tok_account_page_go_back (self);
}

static void
on_revoke (TokAccountPage *self, TokGrant *grant)
{
  tok_revoker_revoke (self->revoker, grant, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
on_revoke_several (TokAccountPage *self, GPtrArray *grants)
{
  tok_grant_dialogs_revoke_several (self->dialogs, grants,
                                    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

/* Who has done what he selected them for doesn't need the selection any more. */
static void
on_revoked_several (TokAccountPage *self)
{
  g_object_set (get_rows (self), "selection-mode", FALSE, NULL);
}

static void
on_grant_page_revoke (TokAccountPage *self, TokGrantPage *page)
{
  on_revoke (self, tok_grant_page_get_grant (page));
}

/* The token whose details are shown, if any are. */
static TokGrant *
get_shown_token (TokAccountPage *self)
{
  TokGrant *grant = NULL;

  if (self->grant_page != NULL && adw_leaflet_get_visible_child (self->leaflet) == self->grant_page)
    grant = tok_grant_page_get_grant (TOK_GRANT_PAGE (self->grant_page));
  return grant != NULL && tok_grant_get_token (grant) != NULL ? grant : NULL;
}

static void
update_actions (TokAccountPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean can_create = self->session != NULL && tok_session_get_can_revoke (self->session);
  gboolean has_token = get_shown_token (self) != NULL;
  gboolean is_main_page = adw_leaflet_get_visible_child (self->leaflet) == self->main_page;

  gtk_widget_action_set_enabled (widget, "account.back", !is_main_page);
  gtk_widget_action_set_enabled (widget, "account.search", is_main_page);
  gtk_widget_action_set_enabled (widget, "account.new-token", can_create);
  gtk_widget_action_set_enabled (widget, "account.duplicate-token", can_create && has_token);
  gtk_widget_action_set_enabled (widget, "account.replace-token", can_create && has_token);
  gtk_widget_action_set_enabled (widget, "account.test-token", has_token);
}

static void
on_copy (TokAccountPage *self, TokGrant *grant)
{
  if (self->copier == NULL) {
    self->copier = tok_copier_new (self->clipboard);
    g_signal_connect_object (self->copier, "said", G_CALLBACK (tok_account_page_say), self,
                             G_CONNECT_SWAPPED);
  }
  tok_copier_copy (self->copier, self->session, grant);
}

static void
on_open (TokAccountPage *self, TokGrant *grant)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->grant_page == NULL) {
    self->grant_page = tok_grant_page_new ();
    g_signal_connect_object (self->grant_page, "revoke", G_CALLBACK (on_grant_page_revoke), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->grant_page, "copy", G_CALLBACK (on_copy), self,
                             G_CONNECT_SWAPPED);
    adw_leaflet_append (self->leaflet, self->grant_page);
  }
  tok_grant_page_set_session (TOK_GRANT_PAGE (self->grant_page), self->session, self->settings);
  tok_grant_page_set_grant (TOK_GRANT_PAGE (self->grant_page), grant);
  g_set_weak_pointer (&self->focus_before, gtk_root_get_focus (root));
  adw_leaflet_set_visible_child (self->leaflet, self->grant_page);
}

static void
on_visible_child_changed (TokAccountPage *self)
{
  update_actions (self);
  if (adw_leaflet_get_visible_child (self->leaflet) != self->main_page)
    gtk_widget_child_focus (self->grant_page, GTK_DIR_TAB_FORWARD);
  else if (self->focus_before != NULL)
    gtk_widget_grab_focus (self->focus_before);
}

static void
on_back (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tok_account_page_go_back (TOK_ACCOUNT_PAGE (widget));
}

/* With the focus in what is typed, whether the bar was there or not. */
static void
on_search (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tok_grant_rows_search (get_rows (TOK_ACCOUNT_PAGE (widget)));
}

static void
on_new_token (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tok_account_page_new_token (TOK_ACCOUNT_PAGE (widget));
}

static void
on_check_token (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tok_account_page_check_token (TOK_ACCOUNT_PAGE (widget));
}

static void
on_test_token (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (widget);

  tok_grant_dialogs_test (self->dialogs, get_shown_token (self),
                          GTK_WINDOW (gtk_widget_get_root (widget)));
}

static void
on_replace_token (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (widget);

  tok_grant_dialogs_replace (self->dialogs, get_shown_token (self),
                             GTK_WINDOW (gtk_widget_get_root (widget)));
}

static void
on_duplicate_token (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (widget);

  tok_grant_dialogs_duplicate (self->dialogs, get_shown_token (self),
                               GTK_WINDOW (gtk_widget_get_root (widget)));
}

static void
focus_view (TokAccountPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  gtk_widget_grab_focus (adw_view_stack_get_visible_child (self->views));
}

static gboolean
is_listed (TokAccountPage *self)
{
  return self->session != NULL
         && tok_grant_store_get_state (tok_session_get_tokens (self->session))
                != TOK_GRANT_STORE_EMPTY;
}

static void
on_focus (gpointer data)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (data);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->focus_id = 0;
  /* Unless somebody was faster. */
  if (adw_leaflet_get_visible_child (self->leaflet) == self->main_page
      && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->views))))
    focus_view (self);
}

/* The rows were there before the page was. The stack that it is in has its own idea of what comes
 * next, and is through with it soon. */
static void
on_map (TokAccountPage *self)
{
  if (is_listed (self) && self->focus_id == 0)
    self->focus_id = g_idle_add_once (on_focus, self);
}

/* The first rows are there: the keys belong to them. */
static void
on_first_listed (TokAccountPage *self, GParamSpec *pspec, TokGrantStore *store)
{
  g_signal_handlers_disconnect_by_func (store, on_first_listed, self);
  focus_view (self);
}

/* The row is there as soon as the service has listed it. */
static void
point_out_new (TokAccountPage *self)
{
  if (self->points_out_new && tok_grant_list_point_out_new (self->token_list))
    self->points_out_new = FALSE;
}

static void
on_created (TokAccountPage *self)
{
  /* Its row is in the list, and so is the focus then. */
  tok_account_page_go_back (self);
  self->points_out_new = TRUE;
  point_out_new (self);
}

static void
set_session (TokAccountPage *self, TokSession *session)
{
  if (self->session == session)
    return;
  /* What was asked for one account is not answered in another one's lists. */
  tok_revoker_set_session (self->revoker, session);
  tok_grant_dialogs_set_session (self->dialogs, session);
  self->points_out_new = FALSE;
  g_set_object (&self->session, session);
  if (session != NULL) {
    TokGrantStore *tokens = tok_session_get_tokens (session);

    g_signal_connect_object (session, "notify::can-revoke", G_CALLBACK (update_actions), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (tokens, "notify::as-of", G_CALLBACK (point_out_new), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    g_signal_connect_object (tokens, "notify::state", G_CALLBACK (on_first_listed), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  }
  if (self->leaflet != NULL) {
    adw_leaflet_set_visible_child (self->leaflet, self->main_page);
    update_actions (self);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
tok_account_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (object);

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
  case PROP_CLIPBOARD:
    g_value_set_object (value, self->clipboard);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_account_page_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (object);

  switch (prop_id) {
  case PROP_ACCOUNTS:
    self->accounts = g_value_dup_object (value);
    break;
  case PROP_SETTINGS:
    self->settings = g_value_dup_object (value);
    break;
  case PROP_SESSION:
    set_session (self, g_value_get_object (value));
    break;
  case PROP_CLIPBOARD:
    self->clipboard = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
keep_order (TokAccountPage *self, TokGrantList *list)
{
  g_settings_bind (self->settings, TOK_SETTINGS_SORT_ORDER, tok_grant_list_get_rows (list), "order",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
tok_account_page_constructed (GObject *object)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (object);

  G_OBJECT_CLASS (tok_account_page_parent_class)->constructed (object);

  self->dialogs = tok_grant_dialogs_new (self->accounts, self->settings, self->clipboard);
  g_signal_connect_object (self->dialogs, "created", G_CALLBACK (on_created), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dialogs, "revoked", G_CALLBACK (on_revoked_several), self,
                           G_CONNECT_SWAPPED);
  g_object_set (self->account_button, "accounts", self->accounts, NULL);
  keep_order (self, self->token_list);
  keep_order (self, self->app_list);
}

static void
tok_account_page_dispose (GObject *object)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (object);

  if (self->revoker != NULL)
    tok_revoker_set_session (self->revoker, NULL);
  g_clear_object (&self->revoker);
  g_clear_object (&self->copier);
  g_clear_weak_pointer (&self->focus_before);
  g_clear_object (&self->dialogs);
  g_clear_object (&self->session);
  g_clear_object (&self->clipboard);
  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);
  if (self->toasts != NULL) {
    self->leaflet = NULL;
    gtk_widget_unparent (GTK_WIDGET (self->toasts));
    self->toasts = NULL;
  }
  g_clear_handle_id (&self->reveal_id, g_source_remove);
  g_clear_handle_id (&self->focus_id, g_source_remove);

  G_OBJECT_CLASS (tok_account_page_parent_class)->dispose (object);
}

static void
tok_account_page_class_init (TokAccountPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_account_page_get_property;
  object_class->set_property = tok_account_page_set_property;
  object_class->constructed = tok_account_page_constructed;
  object_class->dispose = tok_account_page_dispose;

  /**
   * TokAccountPage:accounts:
   *
   * All accounts, to choose from.
   */
  properties[PROP_ACCOUNTS]
      = g_param_spec_object ("accounts", NULL, NULL, TOK_TYPE_ACCOUNTS,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokAccountPage:settings:
   *
   * The settings.
   */
  properties[PROP_SETTINGS]
      = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokAccountPage:session:
   *
   * Whose lists are shown.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokAccountPage:clipboard:
   *
   * Where the secret of a new token is copied to.
   */
  properties[PROP_CLIPBOARD]
      = g_param_spec_object ("clipboard", NULL, NULL, TOK_TYPE_SECRET_CLIPBOARD,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TOK_TYPE_ACCOUNT_BUTTON);
  g_type_ensure (TOK_TYPE_GRANT_LIST);
  g_type_ensure (TOK_TYPE_GRANT_STORE);
  g_type_ensure (TOK_TYPE_LIST_BUTTONS);
  g_type_ensure (TOK_TYPE_SESSION_STRIPS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, main_page);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, views);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, token_list);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, app_list);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, list_buttons);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, account_button);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, strips);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, on_title_visible_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke_several);
  gtk_widget_class_bind_template_callback (widget_class, on_strips_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_child_changed);
  gtk_widget_class_bind_template_callback (widget_class, tok_account_page_refresh);
  gtk_widget_class_bind_template_callback (widget_class, tok_account_page_say);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_opacity);
  gtk_widget_class_install_action (widget_class, "account.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "account.search", NULL, on_search);
  gtk_widget_class_install_action (widget_class, "account.new-token", NULL, on_new_token);
  gtk_widget_class_install_action (widget_class, "account.test-token", NULL, on_test_token);
  gtk_widget_class_install_action (widget_class, "account.replace-token", NULL, on_replace_token);
  gtk_widget_class_install_action (widget_class, "account.duplicate-token", NULL,
                                   on_duplicate_token);
  gtk_widget_class_install_action (widget_class, "account.check-token", NULL, on_check_token);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_account_page_init (TokAccountPage *self)
{
  self->revoker = tok_revoker_new ();
  g_signal_connect_object (self->revoker, "done", G_CALLBACK (on_revoked), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  update_actions (self);
  gtk_menu_button_set_create_popup_func (self->menu_button, tok_menus_create_primary, NULL, NULL);
}

/**
 * tok_account_page_get_session:
 * @self: A page.
 *
 * Returns: (transfer none) (nullable): Whose lists are shown.
 */
TokSession *
tok_account_page_get_session (TokAccountPage *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNT_PAGE (self), NULL);

  return self->session;
}

/**
 * tok_account_page_show_view:
 * @self: A page.
 * @name: "tokens" or "apps".
 *
 * Turns to one of the views, and the focus to its first row.
 */
void
tok_account_page_show_view (TokAccountPage *self, const char *name)
{
  g_return_if_fail (TOK_IS_ACCOUNT_PAGE (self));
  g_return_if_fail (adw_view_stack_get_child_by_name (self->views, name) != NULL);

  tok_account_page_go_back (self);
  adw_view_stack_set_visible_child_name (self->views, name);
  focus_view (self);
}

/**
 * tok_account_page_refresh:
 * @self: A page.
 *
 * Asks the service how things stand; first does what it takes to be able to.
 */
void
tok_account_page_refresh (TokAccountPage *self)
{
  g_return_if_fail (TOK_IS_ACCOUNT_PAGE (self));

  tok_session_strips_go_on (self->strips);
}

/**
 * tok_account_page_go_back:
 * @self: A page.
 *
 * Goes from the details back to the lists.
 */
void
tok_account_page_go_back (TokAccountPage *self)
{
  g_return_if_fail (TOK_IS_ACCOUNT_PAGE (self));

  adw_leaflet_set_visible_child (self->leaflet, self->main_page);
}

/**
 * tok_account_page_new_token:
 * @self: A page.
 *
 * Asks what a new token is to be, and creates it; if the token that we are signed in with may do
 * that.
 */
void
tok_account_page_new_token (TokAccountPage *self)
{
  g_return_if_fail (TOK_IS_ACCOUNT_PAGE (self));

  if (self->session == NULL || !tok_session_get_can_revoke (self->session))
    return;
  tok_account_page_show_view (self, "tokens");
  tok_grant_dialogs_new_token (self->dialogs, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

/**
 * tok_account_page_check_token:
 * @self: A page.
 *
 * Asks for a token that somebody has found, and shows what the service says about it.
 */
void
tok_account_page_check_token (TokAccountPage *self)
{
  g_return_if_fail (TOK_IS_ACCOUNT_PAGE (self));

  if (self->session != NULL)
    tok_grant_dialogs_check_token (self->dialogs,
                                   GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

/**
 * tok_account_page_say:
 * @self: A page.
 * @text: What happened; no markup.
 *
 * Says it in passing.
 *
 * Returns: (transfer none): What says it, for whoever may have to take it back.
 */
AdwToast *
tok_account_page_say (TokAccountPage *self, const char *text)
{
  g_autofree char *markup = NULL;
  AdwToast *toast;

  g_return_val_if_fail (TOK_IS_ACCOUNT_PAGE (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  adw_toast_overlay_add_toast (self->toasts, toast);
  return toast;
}

/**
 * tok_account_page_close_dialog:
 * @self: A page.
 *
 * Closes the dialog that is open, if any. It may ask first.
 *
 * Returns: Whether there is none any more.
 */
gboolean
tok_account_page_close_dialog (TokAccountPage *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNT_PAGE (self), TRUE);

  return tok_grant_dialogs_close (self->dialogs);
}
