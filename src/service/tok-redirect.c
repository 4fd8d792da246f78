/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-redirect.h"

#include "tok-error.h"
#include "tok-token.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define BEGINNING TOK_APPLICATION_ID "://"
#define HOST "sign-in"
#define MAX_LENGTH (32 * 1024)
#define MAX_ACCOUNTS 25
#define MAX_CURRENCY 20
#define ALPHANUMERIC G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS

struct _TokRedirect {
  TokSecret *state;
  char *refusal;
  GPtrArray *accounts;
};

static void
free_account (gpointer data)
{
  TokRedirectAccount *account = data;

  g_free (account->login_id);
  tok_secret_free (account->secret);
  g_free (account->currency);
  g_free (account);
}

static gboolean
has_only (const char *text, const char *characters, gsize min, gsize max)
{
  gsize length = strspn (text, characters);

  return text[length] == '\0' && length >= min && length <= max;
}

/* PROTOCOL 2.2. */
static gboolean
is_word (const char *text)
{
  return has_only (text, ALPHANUMERIC "_-", 1, TOK_TOKEN_SECRET_MAX);
}

/* PROTOCOL 1.3. */
static gboolean
is_login_id (const char *text)
{
  gsize n_letters = strspn (text, G_CSET_A_2_Z G_CSET_a_2_z);

  return n_letters > 0 && has_only (text + n_letters, G_CSET_DIGITS, 1, MAX_LENGTH);
}

/* Not g_uri_unescape_segment (), which leaves a part of a secret behind when it fails. */
static TokSecret *
decode (const char *text, gsize length)
{
  g_autoptr (TokSecret) decoded = g_malloc0 (length + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++) {
    char c = text[i];

    if (!g_ascii_isgraph (c))
      return NULL;
    if (c == '%') {
      if (length - i < 3 || !g_ascii_isxdigit (text[i + 1]) || !g_ascii_isxdigit (text[i + 2]))
        return NULL;
      c = (char) (g_ascii_xdigit_value (text[i + 1]) << 4 | g_ascii_xdigit_value (text[i + 2]));
      i += 2;
    }
    if (g_ascii_iscntrl (c))
      return NULL;
    decoded[n++] = c;
  }
  return g_utf8_validate (decoded, -1, NULL) ? g_steal_pointer (&decoded) : NULL;
}

/* Adds "key=value", or "key" alone. */
static gboolean
add_param (GHashTable *params, const char *param, gsize length)
{
  const char *sign = memchr (param, '=', length);
  gsize key_length = sign != NULL ? (gsize) (sign - param) : length;
  g_autoptr (TokSecret) key = decode (param, key_length);
  g_autoptr (TokSecret) value
      = sign != NULL ? decode (sign + 1, length - key_length - 1) : g_strdup ("");

  if (key == NULL || value == NULL || *key == '\0' || g_hash_table_contains (params, key))
    return FALSE;
  g_hash_table_insert (params, g_steal_pointer (&key), g_steal_pointer (&value));
  return TRUE;
}

/* What stands behind a ? or a # up to the end, or to the # behind it. */
static gboolean
add_params (GHashTable *params, const char *text, gsize length)
{
  const char *end = text + length;

  for (const char *c = text, *next; c < end; c = next + 1) {
    next = memchr (c, '&', end - c);
    if (next == NULL)
      next = end;
    if (!add_param (params, c, next - c))
      return FALSE;
  }
  return TRUE;
}

/* Accounts come in the query, and a refusal in the fragment. Here it makes no difference what
 * stands in which. Where there is neither, there are no parameters, and so no state. */
static GHashTable *
parse_params (const char *uri)
{
  g_autoptr (GHashTable) params = NULL;
  const char *query;
  gsize length;

  if (strlen (uri) > MAX_LENGTH || g_ascii_strncasecmp (uri, BEGINNING, strlen (BEGINNING)) != 0)
    return NULL;
  query = uri + strlen (BEGINNING);
  if (!g_str_has_prefix (query, HOST))
    return NULL;
  query += strlen (HOST);
  if (*query == '/')
    query++;

  params = g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) tok_secret_free,
                                  (GDestroyNotify) tok_secret_free);
  if (*query == '?') {
    length = strcspn (query, "#");
    if (!add_params (params, query + 1, length - 1))
      return NULL;
    query += length;
  }
  if (*query == '#' && !add_params (params, query + 1, strlen (query + 1)))
    return NULL;
  return g_steal_pointer (&params);
}

static char *
take (GHashTable *params, const char *key)
{
  gpointer stolen = NULL;
  gpointer value = NULL;

  g_hash_table_steal_extended (params, key, &stolen, &value);
  g_free (stolen);
  return value;
}

static char *
take_numbered (GHashTable *params, const char *name, guint n)
{
  g_autofree char *key = g_strdup_printf ("%s%u", name, n);

  return take (params, key);
}

static gboolean
is_numbered (const char *key, const char *name)
{
  return g_str_has_prefix (key, name)
         && has_only (key + strlen (name), G_CSET_DIGITS, 1, MAX_LENGTH);
}

static gboolean
has_login_id (GPtrArray *accounts, const char *login_id)
{
  for (guint i = 0; i < accounts->len; i++) {
    const TokRedirectAccount *account = accounts->pdata[i];

    if (g_str_equal (account->login_id, login_id))
      return TRUE;
  }
  return FALSE;
}

/* Whether there are parameters of accounts that were not counted. */
static gboolean
has_more_accounts (GHashTable *params)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, params);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (is_numbered (key, "acct") || is_numbered (key, "token") || is_numbered (key, "cur"))
      return TRUE;
  return FALSE;
}

/* Accounts are counted from 1 on. Not every one has a currency. */
static gboolean
take_accounts (GHashTable *params, GPtrArray *accounts)
{
  for (guint n = 1; n <= MAX_ACCOUNTS; n++) {
    g_autofree char *login_id = take_numbered (params, "acct", n);
    g_autoptr (TokSecret) secret = NULL;
    g_autofree char *currency = NULL;
    TokRedirectAccount *account;

    if (login_id == NULL)
      break;
    secret = take_numbered (params, "token", n);
    currency = take_numbered (params, "cur", n);
    if (currency == NULL)
      currency = g_strdup ("");
    if (secret == NULL || !is_word (secret) || !is_login_id (login_id)
        || has_login_id (accounts, login_id) || !has_only (currency, ALPHANUMERIC, 0, MAX_CURRENCY))
      return FALSE;

    account = g_new0 (TokRedirectAccount, 1);
    account->login_id = g_steal_pointer (&login_id);
    account->secret = g_steal_pointer (&secret);
    account->currency = g_steal_pointer (&currency);
    g_ptr_array_add (accounts, account);
  }
  return !has_more_accounts (params);
}

/**
 * tok_redirect_parse:
 * @uri: What a browser had this program open.
 * @error: Where to put %TOK_ERROR_BROWSER_GARBLED. It says nothing of what stands in @uri.
 *
 * Reads the end of a sign-in with the browser (PROTOCOL 4.1). Anybody can make a browser open such
 * an address, so whatever isn't exactly as it has to be is refused; only parameters that have
 * nothing to do with it may be there besides. And nothing in it may be believed before the caller
 * has held its state against the one that went out.
 *
 * Returns: (transfer full) (nullable): What was brought back.
 */
TokRedirect *
tok_redirect_parse (const char *uri, GError **error)
{
  g_autoptr (GHashTable) params = NULL;
  g_autoptr (TokRedirect) self = NULL;
  gboolean is_sound = FALSE;

  g_return_val_if_fail (uri != NULL, NULL);

  self = g_new0 (TokRedirect, 1);
  self->accounts = g_ptr_array_new_with_free_func (free_account);
  params = parse_params (uri);
  if (params != NULL) {
    self->state = take (params, "state");
    self->refusal = take (params, "error");
    is_sound = self->state != NULL && *self->state != '\0' && take_accounts (params, self->accounts)
               && (self->refusal == NULL) == (self->accounts->len > 0)
               && (self->refusal == NULL || is_word (self->refusal));
  }
  if (!is_sound) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_BROWSER_GARBLED,
                         _ ("That is not the end of a sign-in."));
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * tok_redirect_free:
 * @self: (transfer full): What was brought back.
 *
 * Frees @self; secrets are wiped, unless somebody still holds the accounts.
 */
void
tok_redirect_free (TokRedirect *self)
{
  g_return_if_fail (self != NULL);

  tok_secret_free (self->state);
  g_free (self->refusal);
  g_ptr_array_unref (self->accounts);
  g_free (self);
}

/**
 * tok_redirect_get_state:
 * @self: What was brought back.
 *
 * Returns: What tells whether it is the answer to what was asked.
 */
const char *
tok_redirect_get_state (const TokRedirect *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->state;
}

/**
 * tok_redirect_get_refusal:
 * @self: What was brought back.
 *
 * Returns: (nullable): The word for why there are no accounts, such as `scope_denied`; %NULL if
 *   there are.
 */
const char *
tok_redirect_get_refusal (const TokRedirect *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->refusal;
}

/**
 * tok_redirect_get_accounts:
 * @self: What was brought back.
 *
 * Returns: (transfer none) (element-type TokRedirectAccount): The accounts; none if it is a
 *   refusal. Whoever keeps a reference keeps the secrets.
 */
GPtrArray *
tok_redirect_get_accounts (const TokRedirect *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->accounts;
}
