/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-window.h"

#include "tok-account-page.h"
#include "tok-account.h"
#include "tok-accounts.h"
#include "tok-browser-sign-in.h"
#include "tok-closures.h"
#include "tok-haste-guard.h"
#include "tok-menus.h"
#include "tok-secret-clipboard.h"
#include "tok-sentence.h"
#include "tok-session.h"
#include "tok-settings.h"
#include "tok-sign-in-dialog.h"
#include "tok-sign-in-page.h"
#include "tok-toast.h"

#include <glib/gi18n-lib.h>

/* The window: the account that is signed in, or the page to sign in at. */
struct _TokWindow {
  AdwApplicationWindow parent_instance;

  TokAccounts *accounts;
  GSettings *settings;
  TokBrowserSignIn *browser;
  TokSecretClipboard *clipboard;
  TokHasteGuard *guard;
  gboolean is_starting;

  GtkStack *pages;
  AdwToastOverlay *toasts;
  GtkWidget *sign_in_box;
  GtkMenuButton *menu_button;
  TokAccountPage *account_page;
  TokSignInPage *sign_in_page;
  TokSignInDialog *sign_in_dialog;
};

G_DEFINE_FINAL_TYPE (TokWindow, tok_window, ADW_TYPE_APPLICATION_WINDOW)

enum {
  PROP_0,
  PROP_ACCOUNTS,
  PROP_SETTINGS,
  PROP_BROWSER,
  PROP_SESSION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static const char *
describe_level (TokAccount *account)
{
  return tok_access_level_get_label (
      tok_access_level_from_scopes (tok_account_get_scopes (account)));
}

static char *
describe_sign_in (TokWindow *self, guint n_added, guint n_offered)
{
  TokSession *session = tok_accounts_get_current (self->accounts);
  TokAccount *account = session != NULL ? tok_session_get_account (session) : NULL;
  g_autofree char *name = NULL;

  if (n_added < n_offered)
    return g_strdup_printf (ngettext ("%u of %u account was added; the service refused the rest.",
                                      "%u of %u accounts were added; the service refused the rest.",
                                      n_offered),
                            n_added, n_offered);
  if (n_added > 1)
    return g_strdup_printf (ngettext ("%u account added", "%u accounts added", n_added), n_added);
  if (account == NULL)
    return NULL;
  name = tok_closure_describe_account (NULL, account);
  /* Translators: the first %s is a login id, the second how much its token permits. */
  return g_strdup_printf (_ ("Signed in to %s: %s"), name, describe_level (account));
}

/* Each page is made when it is first needed: one start in two needs only one of them. */
static void
ensure_account_page (TokWindow *self)
{
  if (self->account_page != NULL)
    return;
  self->account_page = g_object_new (TOK_TYPE_ACCOUNT_PAGE, "accounts", self->accounts, "settings",
                                     self->settings, "clipboard", self->clipboard, NULL);
  g_object_bind_property (self, "session", self->account_page, "session", G_BINDING_SYNC_CREATE);
  gtk_stack_add_named (self->pages, GTK_WIDGET (self->account_page), "account");
}

/* What was shown of somebody goes with them. */
static void
drop_account_page (TokWindow *self)
{
  if (self->account_page != NULL)
    gtk_stack_remove (self->pages, GTK_WIDGET (g_steal_pointer (&self->account_page)));
}

static void update_page (TokWindow *self);

/* Nobody is told that somebody is signed in beside being told that it is over. */
static void
on_state_changed (TokSession *session, GParamSpec *pspec, AdwToast *toast)
{
  TokSessionState state = tok_session_get_state (session);

  if (state == TOK_SESSION_ENDED || state == TOK_SESSION_SIGNED_OUT)
    adw_toast_dismiss (toast);
}

/* The account's page is there by now, since the account is. */
static void
on_signed_in (TokWindow *self, guint n_added, guint n_offered)
{
  TokSession *session = tok_accounts_get_current (self->accounts);
  g_autofree char *text = describe_sign_in (self, n_added, n_offered);

  if (self->account_page != NULL && session != NULL && text != NULL)
    g_signal_connect_object (session, "notify::state", G_CALLBACK (on_state_changed),
                             tok_account_page_say (self->account_page, text), 0);
  update_page (self);
}

static TokSignInPage *
new_sign_in_page (TokWindow *self, TokSession *again)
{
  TokSignInPage *page = tok_sign_in_page_new (self->accounts, self->settings, self->browser, again);

  g_signal_connect_object (page, "done", G_CALLBACK (on_signed_in), self, G_CONNECT_SWAPPED);
  return page;
}

static void
ensure_sign_in_page (TokWindow *self)
{
  if (self->sign_in_page != NULL)
    return;
  self->sign_in_page = new_sign_in_page (self, NULL);
  gtk_widget_set_vexpand (GTK_WIDGET (self->sign_in_page), TRUE);
  gtk_box_append (GTK_BOX (self->sign_in_box), GTK_WIDGET (self->sign_in_page));
}

/* It has something to say when all accounts are there that a browser has brought. */
static void
drop_sign_in_page (TokWindow *self)
{
  gboolean is_busy = FALSE;

  if (self->sign_in_page != NULL)
    g_object_get (self->sign_in_page, "is-busy", &is_busy, NULL);
  if (self->sign_in_page != NULL && !is_busy)
    gtk_box_remove (GTK_BOX (self->sign_in_box),
                    GTK_WIDGET (g_steal_pointer (&self->sign_in_page)));
}

static void
close_sign_in_dialog (TokWindow *self)
{
  GtkWindow *dialog = GTK_WINDOW (self->sign_in_dialog);

  if (dialog == NULL)
    return;
  g_clear_weak_pointer (&self->sign_in_dialog);
  gtk_window_destroy (dialog);
}

static void
open_sign_in_dialog (TokWindow *self, TokSession *again)
{
  close_sign_in_dialog (self);
  g_set_weak_pointer (&self->sign_in_dialog,
                      tok_sign_in_dialog_new (GTK_WINDOW (self), new_sign_in_page (self, again)));
  gtk_window_present (GTK_WINDOW (self->sign_in_dialog));
}

static void
show_page (TokWindow *self, const char *name)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), name) != 0)
    tok_haste_guard_unsettle (self->guard);
  gtk_stack_set_visible_child_name (self->pages, name);
}

static void
update_page (TokWindow *self)
{
  TokSession *session = tok_accounts_get_current (self->accounts);
  gboolean signed_in = session != NULL || self->is_starting;

  if (signed_in)
    ensure_account_page (self);
  else
    ensure_sign_in_page (self);
  show_page (self, signed_in ? "account" : "sign-in");
  if (signed_in) {
    drop_sign_in_page (self);
  } else {
    close_sign_in_dialog (self);
    drop_account_page (self);
    gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_page));
  }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.refresh", session != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add-account", session != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-in-again", session != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.view", signed_in);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-token", session != NULL);
}

static void
on_current_changed (TokWindow *self)
{
  self->is_starting = FALSE;
  update_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
on_refresh (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tok_account_page_refresh (TOK_WINDOW (widget)->account_page);
}

static void
on_view (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tok_account_page_show_view (TOK_WINDOW (widget)->account_page,
                              g_variant_get_string (parameter, NULL));
}

static void
on_new_token (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tok_account_page_new_token (TOK_WINDOW (widget)->account_page);
}

static void
on_add_account (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  open_sign_in_dialog (TOK_WINDOW (widget), NULL);
}

/* Sample data have no tokens that anybody could paste. */
static void
on_sign_in_again (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokWindow *self = TOK_WINDOW (widget);
  TokSession *session = tok_accounts_get_current (self->accounts);

  if (session != NULL && tok_session_get_is_sample (session))
    tok_accounts_remove (self->accounts, session);
  else if (session != NULL)
    open_sign_in_dialog (self, session);
}

static void
tok_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokWindow *self = TOK_WINDOW (object);

  switch (prop_id) {
  case PROP_ACCOUNTS:
    g_value_set_object (value, self->accounts);
    break;
  case PROP_SETTINGS:
    g_value_set_object (value, self->settings);
    break;
  case PROP_BROWSER:
    g_value_set_object (value, self->browser);
    break;
  case PROP_SESSION:
    g_value_set_object (value,
                        self->accounts != NULL ? tok_accounts_get_current (self->accounts) : NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_window_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokWindow *self = TOK_WINDOW (object);

  switch (prop_id) {
  case PROP_ACCOUNTS:
    self->accounts = g_value_dup_object (value);
    break;
  case PROP_SETTINGS:
    self->settings = g_value_dup_object (value);
    break;
  case PROP_BROWSER:
    self->browser = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_window_constructed (GObject *object)
{
  TokWindow *self = TOK_WINDOW (object);

  G_OBJECT_CLASS (tok_window_parent_class)->constructed (object);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->guard = tok_haste_guard_new (GTK_WIDGET (self));
  self->clipboard = tok_secret_clipboard_new (
      gtk_widget_get_clipboard (GTK_WIDGET (self)),
      g_settings_get_uint (self->settings, TOK_SETTINGS_CLIPBOARD_SECONDS));
  g_settings_bind (self->settings, TOK_SETTINGS_CLIPBOARD_SECONDS, self->clipboard, "seconds",
                   G_SETTINGS_BIND_GET);
  tok_secret_clipboard_follow (self->clipboard, GTK_WINDOW (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, tok_menus_create_primary, NULL, NULL);
  g_signal_connect_object (self->accounts, "notify::current", G_CALLBACK (on_current_changed), self,
                           G_CONNECT_SWAPPED);
}

/* What is open above it may have to ask something first. */
static gboolean
tok_window_close_request (GtkWindow *window)
{
  TokWindow *self = TOK_WINDOW (window);

  if (self->account_page != NULL && !tok_account_page_close_dialog (self->account_page))
    return TRUE;
  return GTK_WINDOW_CLASS (tok_window_parent_class)->close_request (window);
}

/* Whoever closes the window leaves no secret behind, even if something still holds the guardian. */
static void
tok_window_dispose (GObject *object)
{
  TokWindow *self = TOK_WINDOW (object);

  close_sign_in_dialog (self);
  if (self->clipboard != NULL)
    tok_secret_clipboard_clear (self->clipboard);

  G_OBJECT_CLASS (tok_window_parent_class)->dispose (object);
}

static void
tok_window_finalize (GObject *object)
{
  TokWindow *self = TOK_WINDOW (object);

  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);
  g_clear_object (&self->browser);
  g_clear_object (&self->clipboard);
  g_clear_object (&self->guard);

  G_OBJECT_CLASS (tok_window_parent_class)->finalize (object);
}

static void
tok_window_class_init (TokWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_window_get_property;
  object_class->set_property = tok_window_set_property;
  object_class->constructed = tok_window_constructed;
  object_class->dispose = tok_window_dispose;
  object_class->finalize = tok_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = tok_window_close_request;

  properties[PROP_ACCOUNTS]
      = g_param_spec_object ("accounts", NULL, NULL, TOK_TYPE_ACCOUNTS,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SETTINGS]
      = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_BROWSER]
      = g_param_spec_object ("browser", NULL, NULL, TOK_TYPE_BROWSER_SIGN_IN,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokWindow:session:
   *
   * The current one of [property@Window:accounts].
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TokWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TokWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TokWindow, sign_in_box);
  gtk_widget_class_bind_template_child (widget_class, TokWindow, menu_button);
  gtk_widget_class_install_action (widget_class, "win.new-token", NULL, on_new_token);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, on_refresh);
  gtk_widget_class_install_action (widget_class, "win.view", "s", on_view);
  gtk_widget_class_install_action (widget_class, "win.add-account", NULL, on_add_account);
  gtk_widget_class_install_action (widget_class, "win.sign-in-again", NULL, on_sign_in_again);
}

static void
tok_window_init (TokWindow *self)
{
}

/**
 * tok_window_new:
 * @application: (nullable): The application.
 * @accounts: Who is signed in.
 * @settings: The settings.
 * @browser: The way through the browser.
 * @is_starting: Whether a sign-in is about to begin; see [method@Window.set_is_starting].
 *
 * Returns: (transfer none): A window of @application.
 */
TokWindow *
tok_window_new (GtkApplication *application,
                TokAccounts *accounts,
                GSettings *settings,
                TokBrowserSignIn *browser,
                gboolean is_starting)
{
  TokWindow *self = g_object_new (TOK_TYPE_WINDOW, "application", application, "accounts", accounts,
                                  "settings", settings, "browser", browser, NULL);

  tok_window_set_is_starting (self, is_starting);
  return self;
}

/**
 * tok_window_set_is_starting:
 * @self: A window.
 * @is_starting: Whether a sign-in is under way that nobody has to type for.
 *
 * Where it is, the window shows the account's page before there is an account.
 */
void
tok_window_set_is_starting (TokWindow *self, gboolean is_starting)
{
  g_return_if_fail (TOK_IS_WINDOW (self));

  self->is_starting = is_starting;
  update_page (self);
}

/**
 * tok_window_report:
 * @self: A window.
 * @error: What went wrong that belongs to no page.
 *
 * Says so in passing.
 */
void
tok_window_report (TokWindow *self, const GError *error)
{
  g_return_if_fail (TOK_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  adw_toast_overlay_add_toast (self->toasts, tok_toast_new (tok_sentence_from_error (error)));
}

/**
 * tok_window_take_redirect:
 * @self: A window.
 * @uri: What a browser brought.
 *
 * Hands it to the page to sign in at; if there is none one is opened, so that there is a place to
 * say what became of it.
 */
void
tok_window_take_redirect (TokWindow *self, const char *uri)
{
  g_return_if_fail (TOK_IS_WINDOW (self));
  g_return_if_fail (uri != NULL);

  if (self->sign_in_page == NULL && self->sign_in_dialog == NULL)
    open_sign_in_dialog (self, NULL);
  tok_sign_in_page_take_redirect (self->sign_in_dialog != NULL
                                      ? tok_sign_in_dialog_get_page (self->sign_in_dialog)
                                      : self->sign_in_page,
                                  uri);
}
