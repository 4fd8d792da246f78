/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sign-in-page.h"

#include "tok-account.h"
#include "tok-accounts.h"
#include "tok-address.h"
#include "tok-browser-sign-in.h"
#include "tok-check-view.h"
#include "tok-error-note.h"
#include "tok-error.h"
#include "tok-haste-guard.h"
#include "tok-paste-form.h"
#include "tok-secret.h"
#include "tok-sentence.h"
#include "tok-session.h"
#include "tok-settings.h"
#include "tok-sign-in-attempt.h"
#include "tok-sign-in-words.h"
#include "tok-token-steps.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* With these a token can do everything that this program does (PROTOCOL 5). */
#define WHOLE_SCOPES (TOK_SCOPE_READ | TOK_SCOPE_ADMIN)

/* The ways in: a token is pasted, or the browser brings one; and what is wrong is said beside it.
 */
struct _TokSignInPage {
  GtkWidget parent_instance;

  TokAccounts *accounts;
  GSettings *settings;
  TokSession *again; /* whose account is signed in to once more; NULL for any */
  TokSignInAttempt *attempt;
  TokSession *checked; /* what the owner is asked about */
  TokHasteGuard *guard;
  gboolean is_first;
  char *address;

  GtkWidget *scrolled;
  GtkStack *pages;
  GtkWidget *icon;
  GtkLabel *heading;
  GtkLabel *intro;
  TokPasteForm *form;
  TokErrorNote *error_note;
  GtkLabel *service_label;
  GtkWidget *sign_in_button;
  GtkWidget *browser_button;
  GtkWidget *browser_reason;
  GtkWidget *explore_button;
  GtkWidget *open_again_button;
  GtkWidget *cancel_button;
  TokTokenSteps *steps;
  TokCheckView *check_view;
};

G_DEFINE_FINAL_TYPE (TokSignInPage, tok_sign_in_page, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_IS_BUSY,
  PROP_BUSY_TEXT,
  N_PROPS,
};

enum {
  SIGNAL_DONE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
is_about_address (const GError *error)
{
  return g_error_matches (error, TOK_ERROR, TOK_ERROR_ADDRESS)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_APP_ID)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_CERTIFICATE_HOST)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_ENCRYPTION)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_WEB_PAGE)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_GARBLED);
}

static gboolean
is_about_token (const GError *error)
{
  return g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_SIGN_IN)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_NEW_PLATFORM)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_USELESS)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_OTHER_ACCOUNT);
}

static gboolean
is_busy (TokSignInPage *self)
{
  return self->attempt != NULL && tok_sign_in_attempt_get_busy_text (self->attempt) != NULL;
}

/* Whose words say no more than our own. */
static gboolean
is_about_browser (const GError *error)
{
  return error->domain == TOK_ERROR && error->code >= TOK_ERROR_BROWSER_DENIED
         && error->code <= TOK_ERROR_BROWSER_FORGED;
}

/* While something is waited for there is room for what it is, and for what went wrong with it. */
static void
make_room (TokSignInPage *self)
{
  gboolean is_in_browser = tok_sign_in_attempt_get_is_in_browser (self->attempt);

  gtk_widget_set_visible (self->icon, self->is_first && !is_busy (self));
  gtk_widget_set_visible (GTK_WIDGET (self->form), !is_in_browser);
  gtk_widget_set_visible (GTK_WIDGET (self->service_label), !is_in_browser);
  gtk_widget_set_visible (self->open_again_button, is_in_browser);
  gtk_widget_set_visible (GTK_WIDGET (self->steps), !is_busy (self));
}

/* The focus leaves what is about to be switched off before it is. Where an account has taken the
 * place of the page it belongs to that one. */
static void
on_busy_text_changed (TokSignInPage *self)
{
  gboolean focused = gtk_widget_get_mapped (GTK_WIDGET (self));

  if (focused)
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  make_room (self);
  tok_haste_guard_unsettle (self->guard);
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BUSY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY_TEXT]);
  g_object_thaw_notify (G_OBJECT (self));
  if (focused)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
clear_error (TokSignInPage *self)
{
  tok_paste_form_set_is_wrong (self->form, FALSE);
  tok_error_note_say (self->error_note, NULL, NULL, NULL);
}

static void
on_failed (TokSignInPage *self, const GError *error)
{
  gboolean about_address = is_about_address (error);
  gboolean has_token;

  /* A token may also be one that the browser brought. */
  g_object_get (self->form, "has-token", &has_token, NULL);
  tok_paste_form_set_is_wrong (self->form, has_token && is_about_token (error));
  tok_error_note_say (self->error_note, tok_sentence_from_error (error),
                      is_about_browser (error) ? NULL : error->message,
                      about_address ? _ ("Preferences") : NULL);
}

static void
show_page (TokSignInPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->pages, name);
  tok_haste_guard_unsettle (self->guard);
}

static void
drop_checked (TokSignInPage *self)
{
  g_autoptr (TokSession) checked = g_steal_pointer (&self->checked);

  if (checked != NULL)
    tok_session_sign_out (checked);
}

static void
on_accepted (TokSignInPage *self)
{
  g_autoptr (TokSession) session = g_steal_pointer (&self->checked);
  /* Whoever has made room for the account may have no use for the page. */
  g_autoptr (TokSignInPage) alive = g_object_ref (self);
  gboolean remember = tok_paste_form_get_remember (self->form);

  if (session == NULL)
    return;
  tok_paste_form_clear (self->form);
  tok_accounts_add (self->accounts, session, remember);
  g_signal_emit (self, signals[SIGNAL_DONE], 0, 1, 1);
}

static void
on_declined (TokSignInPage *self)
{
  drop_checked (self);
  show_page (self, "ask");
  tok_paste_form_clear (self->form);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
on_checked (TokSignInPage *self, TokSession *session)
{
  g_set_object (&self->checked, session);
  if ((tok_account_get_scopes (tok_session_get_account (session)) & WHOLE_SCOPES) == WHOLE_SCOPES) {
    on_accepted (self);
    return;
  }
  g_object_set (self->check_view, "account", tok_session_get_account (session), "address",
                self->address, NULL);
  show_page (self, "checked");
  gtk_widget_grab_focus (GTK_WIDGET (self->check_view));
}

static void
on_added (TokSignInPage *self, guint n_added, guint n_offered)
{
  g_signal_emit (self, signals[SIGNAL_DONE], 0, n_added, n_offered);
}

static void
on_sign_in (TokSignInPage *self)
{
  g_autoptr (TokSecret) token = NULL;

  if (is_busy (self) || !gtk_widget_get_sensitive (self->sign_in_button))
    return;
  clear_error (self);
  token = tok_paste_form_dup_token (self->form);
  tok_sign_in_attempt_check (self->attempt, self->address, token);
}

static void
on_browser (TokSignInPage *self)
{
  if (is_busy (self))
    return;
  clear_error (self);
  tok_sign_in_attempt_open_browser (self->attempt, self->address);
}

static void
on_open_again (TokSignInPage *self)
{
  if (!tok_sign_in_attempt_get_is_in_browser (self->attempt))
    return;
  clear_error (self);
  tok_sign_in_attempt_open_browser_again (self->attempt);
}

static void
on_cancel (TokSignInPage *self)
{
  tok_sign_in_attempt_cancel (self->attempt);
}

static void
on_preferences (TokSignInPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.preferences", NULL);
}

static void
on_has_token_changed (TokSignInPage *self)
{
  gboolean has_token;

  g_object_get (self->form, "has-token", &has_token, NULL);
  gtk_widget_set_tooltip_text (self->sign_in_button, has_token ? NULL : _ ("Paste a token first"));
}

static void
on_address_changed (TokSignInPage *self)
{
  gboolean has_own_app_id;
  g_autofree char *service = NULL;

  g_free (self->address);
  self->address = self->again != NULL ? g_strdup (tok_session_get_address (self->again))
                                      : tok_settings_dup_address (self->settings);
  has_own_app_id = tok_address_has_own_app_id (self->address);
  service
      = tok_sign_in_words_dup_service (self->address, tok_accounts_get_can_keep (self->accounts));
  g_object_set (self->steps, "address", self->address, NULL);
  gtk_label_set_label (self->service_label, service);
  gtk_widget_set_sensitive (self->browser_button, has_own_app_id);
  gtk_widget_set_visible (self->browser_reason, !has_own_app_id);
}

static void
set_words (TokSignInPage *self)
{
  TokAccount *account = self->again != NULL ? tok_session_get_account (self->again) : NULL;
  g_autofree char *heading = NULL;

  self->is_first = account == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->accounts)) == 0;
  heading = tok_sign_in_words_dup_heading (account, self->is_first);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->intro, tok_sign_in_words_get_intro (account, self->is_first));
  gtk_widget_set_visible (self->explore_button, self->is_first);
  make_room (self);
}

static gboolean
tok_sign_in_page_grab_focus (GtkWidget *widget)
{
  TokSignInPage *self = TOK_SIGN_IN_PAGE (widget);

  return gtk_widget_grab_focus (is_busy (self) ? self->cancel_button : GTK_WIDGET (self->form));
}

static void
tok_sign_in_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokSignInPage *self = TOK_SIGN_IN_PAGE (object);

  switch (prop_id) {
  case PROP_IS_BUSY:
    g_value_set_boolean (value, is_busy (self));
    break;
  case PROP_BUSY_TEXT:
    if (self->attempt != NULL)
      g_value_set_string (value, tok_sign_in_attempt_get_busy_text (self->attempt));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_sign_in_page_dispose (GObject *object)
{
  TokSignInPage *self = TOK_SIGN_IN_PAGE (object);

  if (self->attempt != NULL) {
    g_signal_handlers_disconnect_by_data (self->attempt, self);
    tok_sign_in_attempt_cancel (self->attempt);
  }
  drop_checked (self);
  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);
  g_clear_object (&self->again);
  g_clear_object (&self->guard);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_sign_in_page_parent_class)->dispose (object);
}

static void
tok_sign_in_page_finalize (GObject *object)
{
  TokSignInPage *self = TOK_SIGN_IN_PAGE (object);

  g_clear_object (&self->attempt);
  g_clear_pointer (&self->address, g_free);

  G_OBJECT_CLASS (tok_sign_in_page_parent_class)->finalize (object);
}

static void
tok_sign_in_page_class_init (TokSignInPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_sign_in_page_get_property;
  object_class->dispose = tok_sign_in_page_dispose;
  object_class->finalize = tok_sign_in_page_finalize;
  widget_class->grab_focus = tok_sign_in_page_grab_focus;

  /**
   * TokSignInPage:is-busy:
   *
   * Whether a sign-in is under way.
   */
  properties[PROP_IS_BUSY] = g_param_spec_boolean ("is-busy", NULL, NULL, FALSE, flags);
  /**
   * TokSignInPage:busy-text:
   *
   * What it waits for; %NULL for nothing.
   */
  properties[PROP_BUSY_TEXT] = g_param_spec_string ("busy-text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokSignInPage::done:
   * @self: A page.
   * @n_added: How many accounts there are now that weren't before, or are again.
   * @n_offered: How many there would be if all tokens had worked.
   *
   * Somebody is signed in.
   */
  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  g_type_ensure (TOK_TYPE_CHECK_VIEW);
  g_type_ensure (TOK_TYPE_ERROR_NOTE);
  g_type_ensure (TOK_TYPE_PASTE_FORM);
  g_type_ensure (TOK_TYPE_TOKEN_STEPS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, pages);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, icon);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, intro);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, form);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, error_note);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, service_label);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, browser_button);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, browser_reason);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, explore_button);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, open_again_button);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, steps);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, check_view);
  gtk_widget_class_bind_template_callback (widget_class, clear_error);
  gtk_widget_class_bind_template_callback (widget_class, on_accepted);
  gtk_widget_class_bind_template_callback (widget_class, on_browser);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_declined);
  gtk_widget_class_bind_template_callback (widget_class, on_has_token_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_open_again);
  gtk_widget_class_bind_template_callback (widget_class, on_preferences);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_sign_in_page_init (TokSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->guard = tok_haste_guard_new (GTK_WIDGET (self));
  on_has_token_changed (self);
}

/**
 * tok_sign_in_page_new:
 * @accounts: Where who signs in is added.
 * @settings: The settings.
 * @browser: The way through the browser.
 * @again: (nullable): The session whose account is to be signed in to once more; %NULL for any
 *   account.
 *
 * Returns: (transfer floating): A page to sign in at.
 */
TokSignInPage *
tok_sign_in_page_new (TokAccounts *accounts,
                      GSettings *settings,
                      TokBrowserSignIn *browser,
                      TokSession *again)
{
  TokSignInPage *self;

  g_return_val_if_fail (TOK_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (TOK_IS_BROWSER_SIGN_IN (browser), NULL);
  g_return_val_if_fail (again == NULL || TOK_IS_SESSION (again), NULL);

  self = g_object_new (TOK_TYPE_SIGN_IN_PAGE, NULL);
  self->accounts = g_object_ref (accounts);
  self->settings = g_object_ref (settings);
  g_set_object (&self->again, again);
  self->attempt = tok_sign_in_attempt_new (accounts, browser, again);
  g_signal_connect_object (self->attempt, "notify::busy-text", G_CALLBACK (on_busy_text_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attempt, "checked", G_CALLBACK (on_checked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attempt, "added", G_CALLBACK (on_added), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attempt, "failed", G_CALLBACK (on_failed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_address_changed), self,
                           G_CONNECT_SWAPPED);
  tok_paste_form_follow (self->form, settings, tok_accounts_get_can_keep (accounts));
  on_address_changed (self);
  set_words (self);
  return self;
}

/**
 * tok_sign_in_page_take_redirect:
 * @self: A page.
 * @uri: What the browser brought.
 *
 * Signs in with what is in @uri, if it is the answer to what was asked, and says so if it is not.
 * While the right answer may still come the page goes on waiting for it.
 */
void
tok_sign_in_page_take_redirect (TokSignInPage *self, const char *uri)
{
  g_return_if_fail (TOK_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (uri != NULL);

  clear_error (self);
  tok_sign_in_attempt_take_redirect (self->attempt, uri, tok_paste_form_get_remember (self->form));
}
