/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-owner.h"

#include "tok-demo-random.h"

#define OAUTH_PREFIX "a1-"
#define N_OAUTH_LETTERS 29
/* Nobody can ask for more of them. */
#define MAX_VISITS 50

struct _TokDemoOwner {
  GPtrArray *accounts;
  GPtrArray *oauth_tokens;
  GPtrArray *visits;
  gint64 start;
  guint n_changes;
  guint n_kept;
  TokDemoKeeper keeper;
  gpointer keeper_data;
};

static int
compare_visits (gconstpointer a, gconstpointer b)
{
  const TokDemoVisit *const *first = a;
  const TokDemoVisit *const *second = b;

  return (*first)->time < (*second)->time ? 1 : (*first)->time > (*second)->time ? -1 : 0;
}

static TokDemoToken *
add_oauth_token (TokDemoOwner *self, TokDemoAccount *account, const TokDemoApp *app)
{
  g_autoptr (TokSecret) secret = tok_demo_random_dup (OAUTH_PREFIX, N_OAUTH_LETTERS);
  TokDemoToken *token = tok_demo_token_new (tok_demo_account_get_login (account)->login_id,
                                            app->name, secret, app->scopes);

  token->app_id = app->app_id;
  tok_demo_owner_restore_oauth_token (self, token);
  return token;
}

static guint
count_changes (const TokDemoOwner *self)
{
  guint n_changes = self->n_changes;

  for (guint i = 0; i < self->accounts->len; i++)
    n_changes += tok_demo_account_get_n_changes (self->accounts->pdata[i]);
  return n_changes;
}

/**
 * tok_demo_owner_new:
 *
 * Returns: (transfer full): An owner without an account, who starts now.
 */
TokDemoOwner *
tok_demo_owner_new (void)
{
  TokDemoOwner *self = g_new0 (TokDemoOwner, 1);

  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) tok_demo_account_free);
  self->oauth_tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) tok_demo_token_unref);
  self->visits = g_ptr_array_new_with_free_func (g_free);
  self->start = g_get_real_time () / G_USEC_PER_SEC;
  return self;
}

/**
 * tok_demo_owner_free:
 * @self: (transfer full): An owner.
 */
void
tok_demo_owner_free (TokDemoOwner *self)
{
  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->oauth_tokens);
  g_ptr_array_unref (self->visits);
  g_free (self);
}

/**
 * tok_demo_owner_set_start:
 * @self: An owner.
 * @start: In seconds since 1970.
 *
 * Says when the service has met the owner for the first time.
 */
void
tok_demo_owner_set_start (TokDemoOwner *self, gint64 start)
{
  self->start = start;
}

/**
 * tok_demo_owner_get_start:
 * @self: An owner.
 *
 * Returns: What the ages of the sample count back from, in seconds since 1970; the same each time
 *   that the service starts with what it kept.
 */
gint64
tok_demo_owner_get_start (const TokDemoOwner *self)
{
  return self->start;
}

/**
 * tok_demo_owner_add_account:
 * @self: An owner.
 * @account: (transfer full): An account.
 *
 * Opens an account.
 */
void
tok_demo_owner_add_account (TokDemoOwner *self, TokDemoAccount *account)
{
  g_ptr_array_add (self->accounts, account);
}

/**
 * tok_demo_owner_get_accounts:
 * @self: An owner.
 *
 * Returns: (transfer none) (element-type TokDemoAccount): The accounts, in the order in which
 *   they were opened.
 */
GPtrArray *
tok_demo_owner_get_accounts (const TokDemoOwner *self)
{
  return self->accounts;
}

/**
 * tok_demo_owner_find_account:
 * @self: An owner.
 * @login_id: A login id.
 *
 * Returns: (transfer none) (nullable): The account of that login id.
 */
TokDemoAccount *
tok_demo_owner_find_account (const TokDemoOwner *self, const char *login_id)
{
  g_return_val_if_fail (login_id != NULL, NULL);

  for (guint i = 0; i < self->accounts->len; i++) {
    TokDemoAccount *account = self->accounts->pdata[i];

    if (g_str_equal (tok_demo_account_get_login (account)->login_id, login_id))
      return account;
  }
  return NULL;
}

/**
 * tok_demo_owner_find_secret:
 * @self: An owner.
 * @secret: What somebody wants to sign in with.
 *
 * Returns: (transfer none) (nullable): The token of either kind whose secret that is.
 */
TokDemoToken *
tok_demo_owner_find_secret (const TokDemoOwner *self, const char *secret)
{
  TokDemoToken *token = NULL;

  g_return_val_if_fail (secret != NULL, NULL);

  for (guint i = 0; i < self->accounts->len && token == NULL; i++)
    token = tok_demo_account_find_secret (self->accounts->pdata[i], secret);
  for (guint i = 0; i < self->oauth_tokens->len && token == NULL; i++)
    if (g_str_equal (((TokDemoToken *) self->oauth_tokens->pdata[i])->secret, secret))
      token = self->oauth_tokens->pdata[i];
  return token;
}

/**
 * tok_demo_owner_note_use:
 * @self: An owner.
 * @token: A token of that owner.
 * @now: In seconds since 1970.
 *
 * Notes that somebody has signed in with @token, and where it is the token of an app, that this
 * app was used in its account.
 */
void
tok_demo_owner_note_use (TokDemoOwner *self, TokDemoToken *token, gint64 now)
{
  TokDemoAccount *account = tok_demo_owner_find_account (self, token->login_id);
  TokDemoApp *app = token->app_id != 0 ? tok_demo_account_find_app (account, token->app_id) : NULL;

  self->n_changes++;
  token->last_used = now;
  if (app != NULL)
    app->last_used = now * G_USEC_PER_SEC;
}

/**
 * tok_demo_owner_admit_app:
 * @self: An owner.
 * @app: (transfer none): An app.
 *
 * Consents to what @app asks for: connects it to each account that it isn't connected to, and
 * gives it a new token for each (PROTOCOL 4.1).
 *
 * Returns: (transfer container) (element-type TokDemoToken): The tokens, in the order of the
 *   accounts.
 */
GPtrArray *
tok_demo_owner_admit_app (TokDemoOwner *self, const TokDemoApp *app)
{
  GPtrArray *tokens = g_ptr_array_new ();

  for (guint i = 0; i < self->accounts->len; i++) {
    TokDemoAccount *account = self->accounts->pdata[i];

    if (tok_demo_account_find_app (account, app->app_id) == NULL)
      tok_demo_account_add_app (account, app);
    g_ptr_array_add (tokens, add_oauth_token (self, account, app));
  }
  return tokens;
}

/**
 * tok_demo_owner_restore_oauth_token:
 * @self: An owner.
 * @token: (transfer full): A token of an app.
 *
 * Takes a token that needn't be made up.
 */
void
tok_demo_owner_restore_oauth_token (TokDemoOwner *self, TokDemoToken *token)
{
  g_ptr_array_add (self->oauth_tokens, token);
  self->n_changes++;
}

/**
 * tok_demo_owner_get_oauth_tokens:
 * @self: An owner.
 *
 * Returns: (transfer none) (element-type TokDemoToken): The tokens that apps have got.
 */
GPtrArray *
tok_demo_owner_get_oauth_tokens (const TokDemoOwner *self)
{
  return self->oauth_tokens;
}

/**
 * tok_demo_owner_log_out_app:
 * @self: An owner.
 * @app_id: Any id.
 *
 * Deletes every token that the app of that id has got for any account, and lets those know who
 * hold one. The app stays connected (PROTOCOL 2.3).
 */
void
tok_demo_owner_log_out_app (TokDemoOwner *self, gint64 app_id)
{
  for (guint i = self->oauth_tokens->len; i > 0; i--) {
    TokDemoToken *token = self->oauth_tokens->pdata[i - 1];

    if (token->app_id != app_id)
      continue;
    token->gone = TRUE;
    self->n_changes++;
    g_ptr_array_remove_index (self->oauth_tokens, i - 1);
  }
}

/**
 * tok_demo_owner_revoke_app:
 * @self: An owner.
 * @app_id: Any id.
 *
 * Disconnects the app of that id from every account, and deletes its tokens (PROTOCOL 2.6).
 */
void
tok_demo_owner_revoke_app (TokDemoOwner *self, gint64 app_id)
{
  for (guint i = 0; i < self->accounts->len; i++)
    tok_demo_account_revoke_app (self->accounts->pdata[i], app_id);
  tok_demo_owner_log_out_app (self, app_id);
}

/**
 * tok_demo_owner_add_visit:
 * @self: An owner.
 * @visit: (transfer none): A row.
 *
 * Adds a row to the login history, of which the newest are kept.
 */
void
tok_demo_owner_add_visit (TokDemoOwner *self, const TokDemoVisit *visit)
{
  g_ptr_array_add (self->visits, g_memdup2 (visit, sizeof *visit));
  g_ptr_array_sort (self->visits, compare_visits);
  if (self->visits->len > MAX_VISITS)
    g_ptr_array_set_size (self->visits, MAX_VISITS);
  self->n_changes++;
}

/**
 * tok_demo_owner_get_visits:
 * @self: An owner.
 *
 * Returns: (transfer none) (element-type TokDemoVisit): The login history, newest first.
 */
GPtrArray *
tok_demo_owner_get_visits (const TokDemoOwner *self)
{
  return self->visits;
}

/**
 * tok_demo_owner_set_keeper:
 * @self: An owner.
 * @keeper: What keeps the owner.
 * @data: (closure keeper): What @keeper gets.
 *
 * Takes everything that was added so far for kept, or for nothing to be kept.
 */
void
tok_demo_owner_set_keeper (TokDemoOwner *self, TokDemoKeeper keeper, gpointer data)
{
  self->keeper = keeper;
  self->keeper_data = data;
  self->n_kept = count_changes (self);
}

/**
 * tok_demo_owner_settle:
 * @self: An owner.
 *
 * To be called when a call has done its work, and before anybody is told: keeps what has changed.
 *
 * Returns: Whether all is kept that is to be kept.
 */
gboolean
tok_demo_owner_settle (TokDemoOwner *self)
{
  guint n_changes = count_changes (self);

  if (self->keeper == NULL || n_changes == self->n_kept)
    return TRUE;
  if (!self->keeper (self, self->keeper_data))
    return FALSE;
  self->n_kept = n_changes;
  return TRUE;
}
