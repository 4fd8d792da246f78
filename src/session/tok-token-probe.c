/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-probe.h"

#include "tok-accounts.h"
#include "tok-grant-match.h"
#include "tok-session-private.h"
#include "tok-token-text.h"

/**
 * TokTokenProbe:
 *
 * What the service says about a token that somebody has.
 *
 * A probe signs in once, in a session of its own that is nowhere listed, and looks for the token in
 * the list of its account: in that of a session that may read it, or with the token itself. The own
 * session is kept only for as long as it may be needed to delete the token.
 */
struct _TokTokenProbe {
  GObject parent_instance;

  TokAccounts *accounts;
  TokSession *session; /* signed in with the token, unless nobody needs that any more */
  TokSession *home;    /* who is signed in to the same account here */
  TokSession *lister;  /* whose list the candidates are in: one of these two */
  TokAccount *account;
  GPtrArray *candidates;
  gboolean is_app_session;
};

G_DEFINE_FINAL_TYPE (TokTokenProbe, tok_token_probe, G_TYPE_OBJECT)

enum {
  PROP_ACCOUNT = 1,
  PROP_GRANT,
  PROP_STATE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* The data of a task that looks. */
typedef struct {
  TokSecret *secret;
  TokSession *asked;  /* whose list is being waited for */
  GSource *cancelled; /* while it is */
  gboolean is_over;
} Run;

static void
free_run (gpointer data)
{
  Run *run = data;

  g_clear_pointer (&run->secret, tok_secret_free);
  g_clear_object (&run->asked);
  g_free (run);
}

static gboolean
can_list (TokSession *session)
{
  return session != NULL && tok_session_get_state (session) == TOK_SESSION_READY
         && tok_session_get_can_revoke (session);
}

static gboolean
has_listed (TokSession *session)
{
  return session != NULL
         && tok_grant_store_get_state (tok_session_get_tokens (session)) == TOK_GRANT_STORE_LISTED;
}

static void
end (Run *run)
{
  run->is_over = TRUE;
  g_clear_pointer (&run->secret, tok_secret_free);
  if (run->cancelled != NULL)
    g_source_destroy (run->cancelled);
  g_clear_pointer (&run->cancelled, g_source_unref);
}

static void
on_state_changed (TokTokenProbe *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Tells of all that is known now. */
static void
tell (TokTokenProbe *self)
{
  TokGrant *grant = tok_token_probe_get_grant (self);

  if (grant != NULL)
    g_signal_connect_object (grant, "notify::state", G_CALLBACK (on_state_changed), self,
                             G_CONNECT_SWAPPED);
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GRANT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Looks for the token in the list of @lister, if there is any that can be read. */
static void
conclude (GTask *task, TokSession *lister)
{
  TokTokenProbe *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  g_set_object (&self->lister, lister);
  if (lister != NULL)
    self->candidates
        = tok_grant_match_find_all (G_LIST_MODEL (tok_session_get_tokens (lister)), run->secret,
                                    tok_account_get_scopes (self->account));
  end (run);
  if (lister != self->session)
    tok_session_sign_out (self->session);
  tell (self);
  g_task_return_boolean (task, TRUE);
}

static void ask_own (GTask *task);

/* An old list of the same account is better than none. */
static void
on_listed (GTask *task, const GError *error)
{
  g_autoptr (GTask) owned = task;
  TokTokenProbe *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  if (run->is_over)
    return;
  if (error == NULL && has_listed (run->asked))
    conclude (task, run->asked);
  else if (run->asked != self->session && can_list (self->session))
    ask_own (g_steal_pointer (&owned));
  else
    conclude (task, has_listed (self->home) ? self->home : NULL);
}

/* That list was asked for when the session was signed in. */
static void
ask_own (GTask *task)
{
  TokTokenProbe *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  TokSessionList *list = &self->session->tokens;

  g_set_object (&run->asked, self->session);
  if (list->in_flight)
    tok_session_wait_for_list (list, task, on_listed);
  else
    on_listed (task, NULL);
}

/* Its list is asked for anew, since the token has been used just now. */
static void
ask_home (GTask *task)
{
  TokTokenProbe *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  TokSessionList *list = &self->home->tokens;

  g_set_object (&run->asked, self->home);
  tok_session_wait_for_list (list, task, on_listed);
  tok_session_request_list (self->home, list);
}

/* Nobody waits for the list until it comes. */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  GTask *task = data;
  TokTokenProbe *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  end (g_task_get_task_data (task));
  tok_session_sign_out (self->session);
  g_cancellable_set_error_if_cancelled (cancellable, &error);
  g_task_return_error (task, g_steal_pointer (&error));
  return G_SOURCE_REMOVE;
}

static void
on_sign_in_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TokTokenProbe *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;

  if (!tok_session_sign_in_finish (self->session, result, &error)) {
    end (run);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_set_object (&self->account, tok_session_get_account (self->session));
  g_set_object (&self->home, tok_accounts_find_same (self->accounts, self->session));
  if (cancellable != NULL) {
    run->cancelled = g_cancellable_source_new (cancellable);
    g_task_attach_source (task, run->cancelled, G_SOURCE_FUNC (on_cancelled));
  }
  if (can_list (self->home))
    ask_home (g_steal_pointer (&task));
  else if (can_list (self->session))
    ask_own (g_steal_pointer (&task));
  else
    conclude (task, has_listed (self->home) ? self->home : NULL);
}

static void
on_revoke_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (tok_session_revoke_finish (TOK_SESSION (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
tok_token_probe_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_ACCOUNT:
    g_value_set_object (value, tok_token_probe_get_account (TOK_TOKEN_PROBE (object)));
    break;
  case PROP_GRANT:
    g_value_set_object (value, tok_token_probe_get_grant (TOK_TOKEN_PROBE (object)));
    break;
  case PROP_STATE:
    g_value_set_enum (value, tok_token_probe_get_state (TOK_TOKEN_PROBE (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_token_probe_dispose (GObject *object)
{
  TokTokenProbe *self = TOK_TOKEN_PROBE (object);

  if (self->session != NULL)
    tok_session_sign_out (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->home);
  g_clear_object (&self->lister);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (tok_token_probe_parent_class)->dispose (object);
}

static void
tok_token_probe_finalize (GObject *object)
{
  TokTokenProbe *self = TOK_TOKEN_PROBE (object);

  g_clear_object (&self->account);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);

  G_OBJECT_CLASS (tok_token_probe_parent_class)->finalize (object);
}

static void
tok_token_probe_class_init (TokTokenProbeClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_token_probe_get_property;
  object_class->dispose = tok_token_probe_dispose;
  object_class->finalize = tok_token_probe_finalize;

  /**
   * TokTokenProbe:account:
   *
   * Whose token it is, and what it permits.
   */
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, TOK_TYPE_ACCOUNT, flags);
  /**
   * TokTokenProbe:grant:
   *
   * The listed token that it is; %NULL if nobody can tell.
   */
  properties[PROP_GRANT] = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT, flags);
  /**
   * TokTokenProbe:state:
   *
   * What is going on with that token; %TOK_GRANT_IDLE if nobody can tell which it is.
   */
  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, TOK_TYPE_GRANT_STATE, TOK_GRANT_IDLE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_token_probe_init (TokTokenProbe *self)
{
}

/**
 * tok_token_probe_new:
 * @accounts: Who is signed in to what here. The list stays as it is.
 * @address: Where the service is, as [func@address_check] returned it.
 * @is_sample: Whether nothing there is real.
 *
 * Returns: (transfer full): A probe that has asked nothing yet.
 */
TokTokenProbe *
tok_token_probe_new (TokAccounts *accounts, const char *address, gboolean is_sample)
{
  TokTokenProbe *self;

  g_return_val_if_fail (TOK_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (TOK_TYPE_TOKEN_PROBE, NULL);
  self->accounts = g_object_ref (accounts);
  self->session = tok_accounts_dup_session (accounts, address, is_sample);
  return self;
}

/**
 * tok_token_probe_run_async:
 * @self: A probe that hasn't run yet.
 * @secret: A token; blanks around it don't count.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Signs in with @secret (PROTOCOL 2.2), which the service notes as a use of it, and looks for it in
 * a fresh list of the account's tokens (PROTOCOL 2.4), if there is one that may be read. Nothing is
 * changed. Of @secret nothing is left once that is done, but in the session that the probe goes on
 * with if nobody else can delete the token.
 */
void
tok_token_probe_run_async (TokTokenProbe *self,
                           const char *secret,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;
  Run *run;

  g_return_if_fail (TOK_IS_TOKEN_PROBE (self));
  g_return_if_fail (secret != NULL);
  g_return_if_fail (self->account == NULL);

  run = g_new0 (Run, 1);
  run->secret = tok_token_text_dup_trimmed (secret);
  self->is_app_session = tok_token_text_classify (secret) == TOK_TOKEN_TEXT_BROWSER;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_token_probe_run_async);
  g_task_set_task_data (task, run, free_run);
  tok_session_sign_in_async (self->session, run->secret, cancellable, on_sign_in_ready, task);
}

/**
 * tok_token_probe_run_finish:
 * @self: A probe.
 * @result: What the callback was given.
 * @error: Where to put an error, as in [method@Session.sign_in_finish].
 *
 * Returns: Whether the service accepts the token, and all is known that can be.
 */
gboolean
tok_token_probe_run_finish (TokTokenProbe *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_token_probe_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tok_token_probe_get_is_app_session:
 * @self: A probe that has run.
 *
 * Returns: Whether the token looks like what an app got for a session in a browser. Such a token is
 *   in no list, and ends with what the owner has allowed that app.
 */
gboolean
tok_token_probe_get_is_app_session (TokTokenProbe *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (self), FALSE);

  return self->is_app_session;
}

/**
 * tok_token_probe_get_account:
 * @self: A probe.
 *
 * Returns: (transfer none) (nullable): Whose token it is, and what it permits; %NULL before the
 *   service has said so.
 */
TokAccount *
tok_token_probe_get_account (TokTokenProbe *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (self), NULL);

  return self->account;
}

/**
 * tok_token_probe_get_home:
 * @self: A probe that has run.
 *
 * Returns: (transfer none) (nullable): The session of the same account that was listed then.
 */
TokSession *
tok_token_probe_get_home (TokTokenProbe *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (self), NULL);

  return self->home;
}

/**
 * tok_token_probe_get_has_list:
 * @self: A probe that has run.
 *
 * Returns: Whether the token was looked for in a list of its account's tokens.
 */
gboolean
tok_token_probe_get_has_list (TokTokenProbe *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (self), FALSE);

  return self->lister != NULL;
}

/**
 * tok_token_probe_get_grant:
 * @self: A probe.
 *
 * Returns: (transfer none) (nullable): The listed token that it is: a row of the session that
 *   [method@TokenProbe.get_home] returns, or of a list that nobody else sees, in which it may be
 *   marked as the one that is signed in with; %NULL if nobody can tell.
 */
TokGrant *
tok_token_probe_get_grant (TokTokenProbe *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (self), NULL);

  return self->candidates != NULL && self->candidates->len == 1 ? self->candidates->pdata[0] : NULL;
}

/**
 * tok_token_probe_get_state:
 * @self: A probe.
 *
 * Returns: What is going on with that token; %TOK_GRANT_IDLE if nobody can tell which it is.
 */
TokGrantState
tok_token_probe_get_state (TokTokenProbe *self)
{
  TokGrant *grant;

  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (self), TOK_GRANT_IDLE);

  grant = tok_token_probe_get_grant (self);
  return grant != NULL ? tok_grant_get_state (grant) : TOK_GRANT_IDLE;
}

/**
 * tok_token_probe_dup_candidates:
 * @self: A probe.
 *
 * Returns: (transfer full) (element-type TokGrant): All listed tokens that it can be.
 */
GPtrArray *
tok_token_probe_dup_candidates (TokTokenProbe *self)
{
  GPtrArray *candidates;

  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (self), NULL);

  candidates = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; self->candidates != NULL && i < self->candidates->len; i++)
    g_ptr_array_add (candidates, g_object_ref (self->candidates->pdata[i]));
  return candidates;
}

/**
 * tok_token_probe_get_may_be_own:
 * @self: A probe that has run.
 *
 * Returns: Whether the token may be the one that this program is signed in with to the same
 *   account, as far as anybody can tell.
 */
gboolean
tok_token_probe_get_may_be_own (TokTokenProbe *self)
{
  TokGrant *grant, *listed;

  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (self), FALSE);

  grant = tok_token_probe_get_grant (self);
  if (grant == NULL || self->home == NULL || tok_session_get_account (self->home) == NULL
      || tok_session_get_sign_in_id (self->home) != NULL)
    return FALSE;
  listed = tok_grant_store_find (tok_session_get_tokens (self->home), tok_grant_get_key (grant));
  return listed != NULL ? tok_session_get_may_be_own (self->home, listed)
                        : tok_account_get_scopes (tok_session_get_account (self->home))
                              == tok_account_get_scopes (self->account);
}

/**
 * tok_token_probe_get_can_delete:
 * @self: A probe.
 *
 * Returns: Whether the token is known, and there is a session that may delete it.
 */
gboolean
tok_token_probe_get_can_delete (TokTokenProbe *self)
{
  TokGrant *grant;

  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (self), FALSE);

  grant = tok_token_probe_get_grant (self);
  return grant != NULL && tok_grant_get_state (grant) != TOK_GRANT_GONE && can_list (self->lister);
}

/**
 * tok_token_probe_delete_async:
 * @self: A probe that knows which token it is.
 * @cancellable: (nullable): To hear no more of it. What was sent stays sent.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Deletes the token, as [method@Session.revoke_async] does: through the session of the same account
 * that is listed, if its list holds the token, and with the token itself otherwise.
 */
void
tok_token_probe_delete_async (TokTokenProbe *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  TokGrant *grant;
  GTask *task;

  g_return_if_fail (TOK_IS_TOKEN_PROBE (self));

  grant = tok_token_probe_get_grant (self);
  g_return_if_fail (grant != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_token_probe_delete_async);
  tok_session_revoke_async (self->lister, grant, cancellable, on_revoke_ready, task);
}

/**
 * tok_token_probe_delete_finish:
 * @self: A probe.
 * @result: What the callback was given.
 * @error: Where to put an error, as in [method@Session.revoke_finish].
 *
 * Returns: Whether the service's own list lacks the token now.
 */
gboolean
tok_token_probe_delete_finish (TokTokenProbe *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_token_probe_delete_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
