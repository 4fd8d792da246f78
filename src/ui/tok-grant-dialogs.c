/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-dialogs.h"

#include "tok-accounts.h"
#include "tok-bulk-dialog.h"
#include "tok-bulk.h"
#include "tok-found-token-dialog.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-haste-guard.h"
#include "tok-new-token-dialog.h"
#include "tok-replace-dialog.h"
#include "tok-secret-clipboard.h"
#include "tok-secret.h"
#include "tok-session.h"
#include "tok-text.h"
#include "tok-token-name.h"
#include "tok-token.h"

#include <glib/gi18n-lib.h>

/* The dialogs about what one session lists, of which at most one is open. */
struct _TokGrantDialogs {
  GObject parent_instance;

  TokAccounts *accounts;
  GSettings *settings;
  TokSecretClipboard *clipboard;
  TokSession *session;
  GtkWindow *dialog;
  TokHasteGuard *guard;  /* of a dialog that is filled in as it opens */
  GCancellable *looking; /* for the copy of a secret */
  TokGrantStore *apps;   /* while a fresh list is waited for, of which all are to go */
  GtkWindow *parent;     /* for the dialog about them */
};

G_DEFINE_FINAL_TYPE (TokGrantDialogs, tok_grant_dialogs, G_TYPE_OBJECT)

enum {
  SIGNAL_CREATED,
  SIGNAL_REVOKED,
  SIGNAL_SAID,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What is to be tested once its secret is there, or known not to be. */
typedef struct {
  TokGrantDialogs *dialogs;
  TokGrant *grant;
  GtkWindow *parent;
} Test;

static void
test_free (Test *test)
{
  g_object_unref (test->dialogs);
  g_object_unref (test->grant);
  g_object_unref (test->parent);
  g_free (test);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Test, test_free)

static void
drop (TokGrantDialogs *self)
{
  GtkWindow *dialog = self->dialog;

  if (dialog == NULL)
    return;
  g_clear_weak_pointer (&self->dialog);
  g_signal_handlers_disconnect_by_data (dialog, self);
  gtk_window_destroy (dialog);
}

static void
on_destroy (TokGrantDialogs *self)
{
  g_clear_weak_pointer (&self->dialog);
}

/* Asked for after what was shown in it has been looked at. */
static void
on_new_token_destroy (TokGrantDialogs *self, TokNewTokenDialog *dialog)
{
  if (tok_new_token_dialog_get_has_created (dialog))
    g_signal_emit (self, signals[SIGNAL_CREATED], 0);
}

static void
present (TokGrantDialogs *self, GtkWidget *dialog)
{
  drop (self);
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (on_destroy), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_replace_destroy (TokGrantDialogs *self, TokReplaceDialog *dialog)
{
  if (tok_replace_dialog_get_has_created (dialog))
    g_signal_emit (self, signals[SIGNAL_CREATED], 0);
}

static void
on_bulk_done (TokGrantDialogs *self)
{
  g_signal_emit (self, signals[SIGNAL_REVOKED], 0);
}

/* What is open stays: somebody may have typed in it. */
static gboolean
present_open (TokGrantDialogs *self)
{
  if (self->dialog == NULL)
    return FALSE;
  gtk_window_present (self->dialog);
  return TRUE;
}

static TokNewTokenDialog *
create_new_token (TokGrantDialogs *self, GtkWindow *parent)
{
  TokNewTokenDialog *dialog
      = tok_new_token_dialog_new (parent, self->session, self->settings, self->clipboard);

  g_signal_connect_object (dialog, "destroy", G_CALLBACK (on_new_token_destroy), self,
                           G_CONNECT_SWAPPED);
  return dialog;
}

static void
present_test (TokGrantDialogs *self, TokGrant *grant, const char *secret, GtkWindow *parent)
{
  if (!present_open (self))
    present (self, GTK_WIDGET (tok_found_token_dialog_new_for_test (
                       parent, self->accounts, self->settings, self->session, grant, secret)));
}

/* Whatever keeps the copy from being read, somebody may have the secret elsewhere. */
static void
on_lookup_copy_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Test) test = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSecret) secret
      = tok_session_lookup_copy_finish (TOK_SESSION (source), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    present_test (test->dialogs, test->grant, secret, test->parent);
}

static void
stop_looking (TokGrantDialogs *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

static gboolean
is_name_taken (const char *name, gpointer session)
{
  return tok_session_is_name_taken (TOK_SESSION (session), name);
}

/* What this program doesn't know it can't ask for. */
static char *
describe_duplicate (TokToken *token)
{
  g_autofree char *quoted = tok_text_quote_name (tok_token_get_name (token));

  if (tok_token_get_unknown_scopes (token) != NULL)
    return g_strdup_printf (
        /* Translators: %s is the name of a token. */
        _ ("Another token like “%s”, which stays as it is. Permissions that this program doesn’t "
           "know are left out."),
        quoted);
  /* Translators: %s is the name of a token. */
  return g_strdup_printf (_ ("Another token like “%s”, which stays as it is."), quoted);
}

/* Which apps "all" are, as of when, and which they are not. */
static char *
describe_all (TokGrantStore *apps)
{
  const char *which = _ ("These are all third-party apps, also those that a search or a filter "
                         "hides. Official apps keep their access.");
  g_autofree char *time = NULL;

  if (tok_grant_store_get_error (apps) == NULL)
    return g_strdup (which);
  time = tok_text_from_time_of_day (tok_grant_store_get_as_of (apps));
  /* Translators: the first %s is a whole sentence, the second a time of day. */
  return g_strdup_printf (_ ("%s The list is from %s, since the service gave no newer one."), which,
                          time);
}

static void
present_several (TokGrantDialogs *self, GPtrArray *grants, GtkWindow *parent, const char *lead)
{
  TokBulkDialog *dialog = tok_bulk_dialog_new (parent, self->session, grants);

  tok_bulk_dialog_set_lead (dialog, lead);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_bulk_done), self, G_CONNECT_SWAPPED);
  present (self, GTK_WIDGET (dialog));
}

static void
stop_waiting (TokGrantDialogs *self)
{
  if (self->apps != NULL)
    g_signal_handlers_disconnect_by_data (self->apps, self);
  g_clear_object (&self->apps);
  g_clear_weak_pointer (&self->parent);
}

/* The list that was asked for is there, or won't be. */
static void
on_loading_changed (TokGrantDialogs *self)
{
  g_autoptr (TokGrantStore) apps = g_object_ref (self->apps);
  g_autoptr (GPtrArray) grants = NULL;
  g_autofree char *lead = NULL;
  GtkWindow *parent = self->parent;

  if (tok_grant_store_get_loading (apps))
    return;
  stop_waiting (self);
  if (parent == NULL || present_open (self))
    return;
  grants = tok_bulk_list_third_party_apps (self->session);
  if (grants->len == 0) {
    g_signal_emit (self, signals[SIGNAL_SAID], 0, _ ("No third-party app has access any more"));
    return;
  }
  lead = describe_all (apps);
  present_several (self, grants, parent, lead);
}

static void
tok_grant_dialogs_dispose (GObject *object)
{
  TokGrantDialogs *self = TOK_GRANT_DIALOGS (object);

  stop_looking (self);
  stop_waiting (self);
  drop (self);
  g_clear_object (&self->guard);
  g_clear_object (&self->session);
  g_clear_object (&self->clipboard);
  g_clear_object (&self->settings);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (tok_grant_dialogs_parent_class)->dispose (object);
}

static void
tok_grant_dialogs_class_init (TokGrantDialogsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tok_grant_dialogs_dispose;

  /**
   * TokGrantDialogs::created:
   * @self: The dialogs.
   *
   * One was closed in which a token was created.
   */
  signals[SIGNAL_CREATED] = g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * TokGrantDialogs::revoked:
   * @self: The dialogs.
   *
   * What became of several is known, and shown; nobody wants to do more with them.
   */
  signals[SIGNAL_REVOKED] = g_signal_new ("revoked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * TokGrantDialogs::said:
   * @self: The dialogs.
   * @sentence: A sentence; no markup.
   *
   * Why there is no dialog.
   */
  signals[SIGNAL_SAID] = g_signal_new ("said", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tok_grant_dialogs_init (TokGrantDialogs *self)
{
}

/**
 * tok_grant_dialogs_new:
 * @accounts: Who is signed in to what here.
 * @settings: The settings.
 * @clipboard: Where secrets are copied to.
 *
 * Returns: (transfer full): Dialogs without a session.
 */
TokGrantDialogs *
tok_grant_dialogs_new (TokAccounts *accounts, GSettings *settings, TokSecretClipboard *clipboard)
{
  TokGrantDialogs *self;

  g_return_val_if_fail (TOK_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (TOK_IS_SECRET_CLIPBOARD (clipboard), NULL);

  self = g_object_new (TOK_TYPE_GRANT_DIALOGS, NULL);
  self->accounts = g_object_ref (accounts);
  self->settings = g_object_ref (settings);
  self->clipboard = g_object_ref (clipboard);
  return self;
}

/**
 * tok_grant_dialogs_set_session:
 * @self: The dialogs.
 * @session: (nullable): Whose tokens they are about from now on.
 *
 * Closes the one that is open, without a question: it was about another session.
 */
void
tok_grant_dialogs_set_session (TokGrantDialogs *self, TokSession *session)
{
  g_return_if_fail (TOK_IS_GRANT_DIALOGS (self));

  stop_looking (self);
  stop_waiting (self);
  drop (self);
  g_set_object (&self->session, session);
}

/**
 * tok_grant_dialogs_new_token:
 * @self: The dialogs, with a session.
 * @parent: The window that they belong to.
 *
 * Asks what a new token is to be, and creates it.
 */
void
tok_grant_dialogs_new_token (TokGrantDialogs *self, GtkWindow *parent)
{
  g_return_if_fail (TOK_IS_GRANT_DIALOGS (self));
  g_return_if_fail (self->session != NULL);

  if (!present_open (self))
    present (self, GTK_WIDGET (create_new_token (self, parent)));
}

/**
 * tok_grant_dialogs_duplicate:
 * @self: The dialogs, with a session.
 * @grant: A token of it.
 * @parent: The window that they belong to.
 *
 * Asks whether to create another token that permits what @grant permits, or what else it is to be.
 */
void
tok_grant_dialogs_duplicate (TokGrantDialogs *self, TokGrant *grant, GtkWindow *parent)
{
  TokNewTokenDialog *dialog;
  g_autofree char *name = NULL;
  g_autofree char *lead = NULL;
  TokToken *token;

  g_return_if_fail (TOK_IS_GRANT_DIALOGS (self));
  g_return_if_fail (self->session != NULL);
  g_return_if_fail (tok_grant_get_token (grant) != NULL);

  if (present_open (self))
    return;
  token = tok_grant_get_token (grant);
  name = tok_token_name_propose (tok_token_get_name (token), is_name_taken, self->session);
  lead = describe_duplicate (token);
  dialog = create_new_token (self, parent);
  tok_new_token_dialog_prefill (dialog, name, tok_token_get_scopes (token),
                                tok_token_get_valid_for_ip (token) != NULL);
  tok_new_token_dialog_set_lead (dialog, lead);
  present (self, GTK_WIDGET (dialog));
  /* It could be sent as it is: what has opened it isn't to do so, too, nor to tick more. */
  g_clear_object (&self->guard);
  self->guard = tok_haste_guard_new (GTK_WIDGET (dialog));
  tok_haste_guard_unsettle (self->guard);
  tok_haste_guard_suspect_key (self->guard);
}

/**
 * tok_grant_dialogs_replace:
 * @self: The dialogs, with a session.
 * @grant: A token of it.
 * @parent: The window that they belong to.
 *
 * Asks how @grant is to be replaced, and goes through that step by step.
 */
void
tok_grant_dialogs_replace (TokGrantDialogs *self, TokGrant *grant, GtkWindow *parent)
{
  TokReplaceDialog *dialog;

  g_return_if_fail (TOK_IS_GRANT_DIALOGS (self));
  g_return_if_fail (self->session != NULL);
  g_return_if_fail (tok_grant_get_token (grant) != NULL);

  if (present_open (self))
    return;
  dialog = tok_replace_dialog_new (parent, self->session, self->settings, self->clipboard, grant);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (on_replace_destroy), self,
                           G_CONNECT_SWAPPED);
  present (self, GTK_WIDGET (dialog));
}

/**
 * tok_grant_dialogs_test:
 * @self: The dialogs, with a session.
 * @grant: A token of it.
 * @parent: The window that they belong to.
 *
 * Shows what the service says about @grant: with the copy of its secret if there is one, else it
 * is asked for.
 */
void
tok_grant_dialogs_test (TokGrantDialogs *self, TokGrant *grant, GtkWindow *parent)
{
  Test *test;

  g_return_if_fail (TOK_IS_GRANT_DIALOGS (self));
  g_return_if_fail (self->session != NULL);
  g_return_if_fail (tok_grant_get_token (grant) != NULL);

  stop_looking (self);
  if (!tok_grant_get_has_copy (grant)) {
    present_test (self, grant, NULL, parent);
    return;
  }
  test = g_new (Test, 1);
  *test = (Test){ g_object_ref (self), g_object_ref (grant), g_object_ref (parent) };
  self->looking = g_cancellable_new ();
  tok_session_lookup_copy_async (self->session, grant, self->looking, on_lookup_copy_ready, test);
}

/**
 * tok_grant_dialogs_revoke_several:
 * @self: The dialogs, with a session.
 * @grants: (element-type TokGrant): Tokens or apps of it; at least one.
 * @parent: The window that they belong to.
 *
 * Asks whether to take the access of all of @grants away, does it, and says how that went.
 */
void
tok_grant_dialogs_revoke_several (TokGrantDialogs *self, GPtrArray *grants, GtkWindow *parent)
{
  g_return_if_fail (TOK_IS_GRANT_DIALOGS (self));
  g_return_if_fail (self->session != NULL);

  if (!present_open (self))
    present_several (self, grants, parent, NULL);
}

/**
 * tok_grant_dialogs_revoke_all:
 * @self: The dialogs, with a session that is ready.
 * @parent: The window that they belong to.
 *
 * Asks the service for its list, and then whether to take the access of all third-party apps away
 * that it holds, whatever is shown of it; does it, and says how that went.
 */
void
tok_grant_dialogs_revoke_all (TokGrantDialogs *self, GtkWindow *parent)
{
  g_return_if_fail (TOK_IS_GRANT_DIALOGS (self));
  g_return_if_fail (self->session != NULL);

  if (present_open (self) || self->apps != NULL)
    return;
  self->apps = g_object_ref (tok_session_get_apps (self->session));
  g_set_weak_pointer (&self->parent, parent);
  tok_session_refresh (self->session);
  g_signal_connect_swapped (self->apps, "notify::loading", G_CALLBACK (on_loading_changed), self);
  on_loading_changed (self);
}

/**
 * tok_grant_dialogs_check_token:
 * @self: The dialogs, with a session.
 * @parent: The window that they belong to.
 *
 * Asks for a token that somebody has found, and shows what the service says about it.
 */
void
tok_grant_dialogs_check_token (TokGrantDialogs *self, GtkWindow *parent)
{
  g_return_if_fail (TOK_IS_GRANT_DIALOGS (self));
  g_return_if_fail (self->session != NULL);

  if (!present_open (self))
    present (self, GTK_WIDGET (tok_found_token_dialog_new (parent, self->accounts, self->settings,
                                                           self->session)));
}

/**
 * tok_grant_dialogs_close:
 * @self: The dialogs.
 *
 * Closes the one that is open, if any. It may ask first.
 *
 * Returns: Whether there is none any more.
 */
gboolean
tok_grant_dialogs_close (TokGrantDialogs *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_DIALOGS (self), TRUE);

  if (self->dialog != NULL)
    gtk_window_close (self->dialog);
  /* One that has been closed may live on for as long as its last event. */
  return self->dialog == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->dialog));
}
