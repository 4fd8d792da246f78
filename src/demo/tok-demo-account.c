/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-account.h"

#include <string.h>

#define MIN_NAME 2
#define MAX_NAME 32

struct _TokDemoAccount {
  const TokDemoLogin *login;
  GPtrArray *tokens;
  GPtrArray *apps;
  TokDemoToken *own_token;
  guint n_changes;
  TokDemoHistory *history;
};

static gboolean
is_shown (TokDemoAccount *self, const char *secret)
{
  g_autofree char *mask = tok_demo_token_dup_mask (secret);

  for (guint i = 0; i < self->tokens->len; i++)
    if (g_str_equal (((TokDemoToken *) self->tokens->pdata[i])->mask, mask))
      return TRUE;
  return FALSE;
}

/* Lists name a token by its mask alone, so no two may be masked alike. */
static char *
dup_unmistakable_secret (TokDemoAccount *self)
{
  char *secret = tok_demo_token_dup_random_secret ();

  while (is_shown (self, secret)) {
    tok_secret_free (secret);
    secret = tok_demo_token_dup_random_secret ();
  }
  return secret;
}

/**
 * tok_demo_account_new:
 * @login: How it is listed; static.
 *
 * Returns: (transfer full): An account without anything in it.
 */
TokDemoAccount *
tok_demo_account_new (const TokDemoLogin *login)
{
  TokDemoAccount *self = g_new0 (TokDemoAccount, 1);

  self->login = login;
  self->history = tok_demo_history_new (login->currency, login->balance);
  self->tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) tok_demo_token_unref);
  self->apps = g_ptr_array_new_with_free_func ((GDestroyNotify) tok_demo_app_free);
  return self;
}

/**
 * tok_demo_account_free:
 * @self: (transfer full): An account.
 */
void
tok_demo_account_free (TokDemoAccount *self)
{
  g_ptr_array_unref (self->tokens);
  g_ptr_array_unref (self->apps);
  g_clear_pointer (&self->own_token, tok_demo_token_unref);
  g_clear_pointer (&self->history, tok_demo_history_free);
  g_free (self);
}

/**
 * tok_demo_account_get_login:
 * @self: An account.
 *
 * Returns: (transfer none): How it is listed.
 */
const TokDemoLogin *
tok_demo_account_get_login (const TokDemoAccount *self)
{
  return self->login;
}

/**
 * tok_demo_account_get_tokens:
 * @self: An account.
 *
 * Returns: (transfer none) (element-type TokDemoToken): Its tokens, in byte order of their names.
 */
GPtrArray *
tok_demo_account_get_tokens (TokDemoAccount *self)
{
  return self->tokens;
}

/**
 * tok_demo_account_get_apps:
 * @self: An account.
 *
 * Returns: (transfer none) (element-type TokDemoApp): Its apps, in byte order of their names.
 */
GPtrArray *
tok_demo_account_get_apps (TokDemoAccount *self)
{
  return self->apps;
}

/**
 * tok_demo_account_set_own_token:
 * @self: An account.
 * @token: (transfer none): One of its tokens.
 *
 * Says whose secret is handed out to the owner.
 */
void
tok_demo_account_set_own_token (TokDemoAccount *self, TokDemoToken *token)
{
  g_return_if_fail (self->own_token == NULL);

  self->own_token = tok_demo_token_ref (token);
  self->n_changes++;
}

/**
 * tok_demo_account_get_own_token:
 * @self: An account.
 *
 * Returns: (transfer none) (nullable): The token whose secret is handed out to the owner, deleted
 *   or not.
 */
TokDemoToken *
tok_demo_account_get_own_token (TokDemoAccount *self)
{
  return self->own_token;
}

/**
 * tok_demo_account_find_secret:
 * @self: An account.
 * @secret: What somebody wants to sign in with.
 *
 * Returns: (transfer none) (nullable): The token whose secret that is.
 */
TokDemoToken *
tok_demo_account_find_secret (TokDemoAccount *self, const char *secret)
{
  g_return_val_if_fail (secret != NULL, NULL);

  for (guint i = 0; i < self->tokens->len; i++) {
    TokDemoToken *token = self->tokens->pdata[i];

    if (g_str_equal (token->secret, secret))
      return token;
  }
  return NULL;
}

/**
 * tok_demo_account_check_name:
 * @self: An account.
 * @name: The name of a token to be.
 *
 * Checks what the service itself, after the schema, demands of a new token (PROTOCOL 2.4).
 *
 * Returns: (transfer none) (nullable): What is wrong, or %NULL.
 */
const char *
tok_demo_account_check_name (TokDemoAccount *self, const char *name)
{
  glong length;

  g_return_val_if_fail (name != NULL, NULL);

  length = g_utf8_strlen (name, -1);
  if (length < MIN_NAME || length > MAX_NAME)
    return "alphanumeric with space and dash, 2-32 characters";
  for (guint i = 0; i < self->tokens->len; i++)
    if (g_str_equal (((TokDemoToken *) self->tokens->pdata[i])->name, name))
      return "The name is taken.";
  if (self->tokens->len >= TOK_DEMO_MAX_TOKENS)
    return "Max 30 tokens are allowed.";
  return NULL;
}

/**
 * tok_demo_account_add_token:
 * @self: An account.
 * @name: A name that [func@tok_demo_account_check_name] approves of.
 * @secret: (nullable): Its secret, or %NULL for one that the service makes up.
 * @scopes: What it permits.
 *
 * Adds a token. No two tokens are masked alike as long as only the first has a given @secret.
 *
 * Returns: (transfer none): The token.
 */
TokDemoToken *
tok_demo_account_add_token (TokDemoAccount *self,
                            const char *name,
                            const char *secret,
                            TokScopes scopes)
{
  g_autoptr (TokSecret) made_up = secret == NULL ? dup_unmistakable_secret (self) : NULL;
  TokDemoToken *token
      = tok_demo_token_new (self->login->login_id, name, secret != NULL ? secret : made_up, scopes);

  tok_demo_account_restore_token (self, token);
  return token;
}

/**
 * tok_demo_account_restore_token:
 * @self: An account.
 * @token: (transfer full): A token that it had before.
 *
 * Takes a token that needn't be made up.
 */
void
tok_demo_account_restore_token (TokDemoAccount *self, TokDemoToken *token)
{
  guint place = self->tokens->len;

  while (place > 0
         && strcmp (((TokDemoToken *) self->tokens->pdata[place - 1])->name, token->name) > 0)
    place--;
  g_ptr_array_insert (self->tokens, place, token);
  self->n_changes++;
}

/**
 * tok_demo_account_delete_token:
 * @self: An account.
 * @listed: A token as some list has shown it.
 * @masks: Whether lists show masks.
 *
 * Deletes a token, and lets those know who hold it. The secret itself is taken too, for the
 * answer that creates a token lists it so (PROTOCOL 2.4).
 *
 * Returns: Whether there was such a token.
 */
gboolean
tok_demo_account_delete_token (TokDemoAccount *self, const char *listed, gboolean masks)
{
  g_return_val_if_fail (listed != NULL, FALSE);

  for (guint i = 0; i < self->tokens->len; i++) {
    TokDemoToken *token = self->tokens->pdata[i];

    if (g_str_equal (token->secret, listed) || (masks && g_str_equal (token->mask, listed))) {
      token->gone = TRUE;
      self->n_changes++;
      g_ptr_array_remove_index (self->tokens, i);
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * tok_demo_account_find_app:
 * @self: An account.
 * @app_id: Any id.
 *
 * Returns: (transfer none) (nullable): The connected app of that id.
 */
TokDemoApp *
tok_demo_account_find_app (TokDemoAccount *self, gint64 app_id)
{
  for (guint i = 0; i < self->apps->len; i++) {
    TokDemoApp *app = self->apps->pdata[i];

    if (app->app_id == app_id)
      return app;
  }
  return NULL;
}

/**
 * tok_demo_account_add_app:
 * @self: An account.
 * @app: (transfer none): An app.
 *
 * Connects an app.
 */
void
tok_demo_account_add_app (TokDemoAccount *self, const TokDemoApp *app)
{
  guint place = self->apps->len;

  while (place > 0 && strcmp (((TokDemoApp *) self->apps->pdata[place - 1])->name, app->name) > 0)
    place--;
  g_ptr_array_insert (self->apps, place, tok_demo_app_copy (app));
  self->n_changes++;
}

/**
 * tok_demo_account_revoke_app:
 * @self: An account.
 * @app_id: Any id.
 *
 * Disconnects the app of that id, if there is one.
 */
void
tok_demo_account_revoke_app (TokDemoAccount *self, gint64 app_id)
{
  TokDemoApp *app = tok_demo_account_find_app (self, app_id);

  if (app == NULL)
    return;
  g_ptr_array_remove (self->apps, app);
  self->n_changes++;
}

/**
 * tok_demo_account_get_n_changes:
 * @self: An account.
 *
 * Returns: How often something was added to it or removed from it.
 */
guint
tok_demo_account_get_n_changes (const TokDemoAccount *self)
{
  return self->n_changes;
}

/**
 * tok_demo_account_set_history:
 * @self: An account.
 * @history: (transfer full): What happened on it, settled.
 *
 * Says what happened; until then it is nothing.
 */
void
tok_demo_account_set_history (TokDemoAccount *self, TokDemoHistory *history)
{
  g_clear_pointer (&self->history, tok_demo_history_free);
  self->history = history;
}

/**
 * tok_demo_account_get_history:
 * @self: An account.
 *
 * Returns: (transfer none): What happened on it.
 */
TokDemoHistory *
tok_demo_account_get_history (TokDemoAccount *self)
{
  return self->history;
}
