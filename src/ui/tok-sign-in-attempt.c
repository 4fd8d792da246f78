/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sign-in-attempt.h"

#include "tok-account.h"
#include "tok-accounts.h"
#include "tok-browser-sign-in.h"
#include "tok-error.h"
#include "tok-secret.h"
#include "tok-session.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#define WAITING N_ ("Waiting for the browser. Allow it there, then come back.")
/* Something else came, and that is not to be allowed. */
#define STILL_WAITING                                                                                \
  N_ ("Still waiting for the page that this program opened. If you don’t know which one that is, " \
      "open it again.")

/* Somebody signs in: with a token that was pasted, or through the browser; what is being waited
 * for, and what came of it. */
struct _TokSignInAttempt {
  GObject parent_instance;

  TokAccounts *accounts;
  TokBrowserSignIn *browser;
  TokSession *again; /* whose account it has to be; NULL for any */
  const char *busy_text;
  gboolean is_in_browser;
  TokSecret *page; /* what the browser shows while it is waited for */
  guint n_offered; /* how many accounts the browser brought */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (TokSignInAttempt, tok_sign_in_attempt, G_TYPE_OBJECT)

enum {
  PROP_BUSY_TEXT = 1,
  N_PROPS,
};

enum {
  SIGNAL_ADDED,
  SIGNAL_CHECKED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_busy_text (TokSignInAttempt *self, const char *text)
{
  if (self->busy_text == text)
    return;
  self->busy_text = text;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY_TEXT]);
}

static void
begin (TokSignInAttempt *self, const char *text)
{
  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  set_busy_text (self, text);
}

static void
fail (TokSignInAttempt *self, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
fail_with (TokSignInAttempt *self, TokError code, const char *detail)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, (int) code, detail);

  fail (self, error);
}

static gboolean
is_expected (TokSignInAttempt *self, TokSession *session)
{
  TokAccount *expected = self->again != NULL ? tok_session_get_account (self->again) : NULL;

  return expected == NULL
         || g_str_equal (tok_account_get_login_id (expected),
                         tok_account_get_login_id (tok_session_get_account (session)));
}

static void
on_check_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokSignInAttempt *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSession) session
      = tok_accounts_check_finish (TOK_ACCOUNTS (source), result, &error);
  g_autoptr (TokSignInAttempt) alive = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  alive = g_object_ref (self);
  tok_sign_in_attempt_cancel (self);
  if (session == NULL) {
    fail (self, error);
  } else if (!is_expected (self, session)) {
    tok_session_sign_out (session);
    fail_with (self, TOK_ERROR_OTHER_ACCOUNT, "");
  } else {
    g_signal_emit (self, signals[SIGNAL_CHECKED], 0, session);
  }
}

static void
on_show_browser_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokSignInAttempt *self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (NULL, result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  tok_sign_in_attempt_cancel (self);
  fail_with (self, TOK_ERROR_BROWSER_MISSING, error->message);
}

static void
show_page (TokSignInAttempt *self)
{
  /* Without a parent: GTK 4.18 crashes if that is closed before its handle is known. Only what a
   * sandbox asks, with which browser to open it, would be above it. */
  gtk_show_uri_full (NULL, self->page, GDK_CURRENT_TIME, self->cancellable, on_show_browser_ready,
                     self);
}

/* It took too long: nobody waits any more. */
static void
on_browser_expired (TokSignInAttempt *self)
{
  if (!self->is_in_browser)
    return;
  tok_sign_in_attempt_cancel (self);
  fail_with (self, TOK_ERROR_BROWSER_EXPIRED, "");
}

static void
on_from_browser_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TokSignInAttempt) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_added = tok_accounts_sign_in_from_browser_finish (TOK_ACCOUNTS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  tok_sign_in_attempt_cancel (self);
  if (n_added > 0)
    g_signal_emit (self, signals[SIGNAL_ADDED], 0, n_added, self->n_offered);
  else
    fail (self, error);
}

static void
tok_sign_in_attempt_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_BUSY_TEXT:
    g_value_set_string (value, TOK_SIGN_IN_ATTEMPT (object)->busy_text);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_sign_in_attempt_dispose (GObject *object)
{
  TokSignInAttempt *self = TOK_SIGN_IN_ATTEMPT (object);

  tok_sign_in_attempt_cancel (self);
  g_clear_object (&self->accounts);
  g_clear_object (&self->browser);
  g_clear_object (&self->again);

  G_OBJECT_CLASS (tok_sign_in_attempt_parent_class)->dispose (object);
}

static void
tok_sign_in_attempt_class_init (TokSignInAttemptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_sign_in_attempt_get_property;
  object_class->dispose = tok_sign_in_attempt_dispose;

  /**
   * TokSignInAttempt:busy-text:
   *
   * What is being waited for; %NULL for nothing.
   */
  properties[PROP_BUSY_TEXT]
      = g_param_spec_string ("busy-text", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokSignInAttempt::added:
   * @self: An attempt.
   * @n_added: How many accounts the browser has brought that work, which are listed now.
   * @n_offered: How many it has brought.
   *
   * Somebody is signed in.
   */
  signals[SIGNAL_ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  /**
   * TokSignInAttempt::checked:
   * @self: An attempt.
   * @session: Whose token it is; it isn't listed.
   *
   * A token works, and is of the account that it has to be of.
   */
  signals[SIGNAL_CHECKED] = g_signal_new ("checked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_SESSION);
  /**
   * TokSignInAttempt::failed:
   * @self: An attempt.
   * @error: Why.
   *
   * It came to nothing; or something came from the browser that is not what is being waited for.
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
tok_sign_in_attempt_init (TokSignInAttempt *self)
{
}

/**
 * tok_sign_in_attempt_new:
 * @accounts: Where whoever signs in is added.
 * @browser: The way through the browser.
 * @again: (nullable): The session whose account it has to be; %NULL for any.
 *
 * Returns: (transfer full): An attempt that hasn't begun.
 */
TokSignInAttempt *
tok_sign_in_attempt_new (TokAccounts *accounts, TokBrowserSignIn *browser, TokSession *again)
{
  TokSignInAttempt *self;

  g_return_val_if_fail (TOK_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (TOK_IS_BROWSER_SIGN_IN (browser), NULL);

  self = g_object_new (TOK_TYPE_SIGN_IN_ATTEMPT, NULL);
  self->accounts = g_object_ref (accounts);
  self->browser = g_object_ref (browser);
  g_set_object (&self->again, again);
  g_signal_connect_object (browser, "expired", G_CALLBACK (on_browser_expired), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * tok_sign_in_attempt_get_busy_text:
 * @self: An attempt.
 *
 * Returns: (transfer none) (nullable): What is being waited for; %NULL for nothing.
 */
const char *
tok_sign_in_attempt_get_busy_text (TokSignInAttempt *self)
{
  g_return_val_if_fail (TOK_IS_SIGN_IN_ATTEMPT (self), NULL);

  return self->busy_text;
}

/**
 * tok_sign_in_attempt_get_is_in_browser:
 * @self: An attempt.
 *
 * Returns: Whether it is the browser that is being waited for.
 */
gboolean
tok_sign_in_attempt_get_is_in_browser (TokSignInAttempt *self)
{
  g_return_val_if_fail (TOK_IS_SIGN_IN_ATTEMPT (self), FALSE);

  return self->is_in_browser;
}

/**
 * tok_sign_in_attempt_check:
 * @self: An attempt that waits for nothing.
 * @address: Where the service is.
 * @token: What was pasted.
 *
 * Asks the service about @token.
 */
void
tok_sign_in_attempt_check (TokSignInAttempt *self, const char *address, const char *token)
{
  g_return_if_fail (TOK_IS_SIGN_IN_ATTEMPT (self));
  g_return_if_fail (self->busy_text == NULL);

  begin (self, _ ("Signing in…"));
  tok_accounts_check_async (self->accounts, address, token, FALSE, self->cancellable,
                            on_check_ready, self);
}

/**
 * tok_sign_in_attempt_open_browser:
 * @self: An attempt that waits for nothing.
 * @address: Where the service is.
 *
 * Opens the page on which the owner lets this program in, and waits for
 * [method@SignInAttempt.take_redirect].
 */
void
tok_sign_in_attempt_open_browser (TokSignInAttempt *self, const char *address)
{
  g_return_if_fail (TOK_IS_SIGN_IN_ATTEMPT (self));
  g_return_if_fail (self->busy_text == NULL);

  self->page = tok_browser_sign_in_begin (self->browser, address);
  self->is_in_browser = TRUE;
  begin (self, _ (WAITING));
  show_page (self);
}

/**
 * tok_sign_in_attempt_open_browser_again:
 * @self: An attempt that waits for the browser.
 *
 * Opens the same page once more, for an owner who has lost it.
 */
void
tok_sign_in_attempt_open_browser_again (TokSignInAttempt *self)
{
  g_return_if_fail (TOK_IS_SIGN_IN_ATTEMPT (self));
  g_return_if_fail (self->is_in_browser);

  set_busy_text (self, _ (WAITING));
  show_page (self);
}

/**
 * tok_sign_in_attempt_take_redirect:
 * @self: An attempt.
 * @uri: What the browser brought.
 * @remember: Whether to keep the accounts for the next start.
 *
 * Signs in with what is in @uri, if it is the answer to what was asked. If it is not that is said,
 * and where the right answer may still come it is waited for.
 */
void
tok_sign_in_attempt_take_redirect (TokSignInAttempt *self, const char *uri, gboolean remember)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  gboolean was_in_browser;

  g_return_if_fail (TOK_IS_SIGN_IN_ATTEMPT (self));
  g_return_if_fail (uri != NULL);

  /* That it took too long is said here. */
  was_in_browser = self->is_in_browser;
  self->is_in_browser = FALSE;
  accounts = tok_browser_sign_in_take (self->browser, uri, &address, &error);
  if (accounts != NULL) {
    self->n_offered = accounts->len;
    begin (self, _ ("Signing in…"));
    tok_accounts_sign_in_from_browser_async (self->accounts, address, accounts, remember,
                                             self->cancellable, on_from_browser_ready,
                                             g_object_ref (self));
    return;
  }
  self->is_in_browser = was_in_browser && tok_browser_sign_in_get_is_waiting (self->browser);
  if (self->is_in_browser)
    set_busy_text (self, _ (STILL_WAITING));
  else if (was_in_browser)
    tok_sign_in_attempt_cancel (self);
  fail (self, error);
}

/**
 * tok_sign_in_attempt_cancel:
 * @self: An attempt.
 *
 * Gives up what is being waited for, if anything is.
 */
void
tok_sign_in_attempt_cancel (TokSignInAttempt *self)
{
  g_return_if_fail (TOK_IS_SIGN_IN_ATTEMPT (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->page, tok_secret_free);
  if (self->is_in_browser) {
    self->is_in_browser = FALSE;
    tok_browser_sign_in_cancel (self->browser);
  }
  set_busy_text (self, NULL);
}
