/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-private.h"

#include "tok-error.h"

#include <glib/gi18n-lib.h>

/* What a keyring is told of a secret, and what is made of its answers. */

#define SERVICE "service"
#define LOGIN_ID "login-id"
#define KIND "kind"
#define TOKEN_NAME TOK_KEYRING_TOKEN_NAME

/* Attributes aren't secret: other programs may read them while the keyring is locked. */
const SecretSchema tok_keyring_schema = { TOK_APPLICATION_ID,
                                          SECRET_SCHEMA_NONE,
                                          {
                                              { SERVICE, SECRET_SCHEMA_ATTRIBUTE_STRING },
                                              { LOGIN_ID, SECRET_SCHEMA_ATTRIBUTE_STRING },
                                              { KIND, SECRET_SCHEMA_ATTRIBUTE_STRING },
                                              { TOKEN_NAME, SECRET_SCHEMA_ATTRIBUTE_STRING },
                                          } };

/**
 * tok_keyring_make_attributes:
 * @key: What a secret is kept under.
 *
 * Items match that have these attributes, and maybe others. The kind keeps the secret that signs
 * in apart from the copies, which have one more.
 *
 * Returns: (transfer full): The attributes, for @tok_keyring_schema.
 */
GHashTable *
tok_keyring_make_attributes (const TokVaultKey *key)
{
  if (key->token_name == NULL)
    return secret_attributes_build (&tok_keyring_schema, SERVICE, key->service, LOGIN_ID,
                                    key->login_id, KIND, "sign-in", NULL);
  return secret_attributes_build (&tok_keyring_schema, SERVICE, key->service, LOGIN_ID,
                                  key->login_id, KIND, "copy", TOKEN_NAME, key->token_name, NULL);
}

/**
 * tok_keyring_make_copies_attributes:
 * @service: Which service.
 * @login_id: Which account there.
 *
 * Returns: (transfer full): What all copies of that account have, for @tok_keyring_schema.
 */
GHashTable *
tok_keyring_make_copies_attributes (const char *service, const char *login_id)
{
  return secret_attributes_build (&tok_keyring_schema, SERVICE, service, LOGIN_ID, login_id, KIND,
                                  "copy", NULL);
}

/**
 * tok_keyring_make_label:
 * @key: What a secret is kept under.
 *
 * Returns: (transfer full): What programs that show the keyring call it.
 */
char *
tok_keyring_make_label (const TokVaultKey *key)
{
  if (key->token_name == NULL)
    /* Translators: the name of an item in the keyring, for an account like SAMPLE1. */
    return g_strdup_printf (_ ("Token Manager: %s"), key->login_id);
  /* Translators: the name of an item in the keyring, for an account like SAMPLE1 and a token’s
   * name. */
  return g_strdup_printf (_ ("Token Manager: %s, “%s”"), key->login_id, key->token_name);
}

/**
 * tok_keyring_dup_secret:
 * @value: What an item holds.
 * @error: Where to put %TOK_ERROR_VAULT_FAILED if that is no text, or nothing.
 *
 * Returns: (transfer full) (nullable): The secret; free it with [func@secret_free].
 */
TokSecret *
tok_keyring_dup_secret (SecretValue *value, GError **error)
{
  const char *text = secret_value_get_text (value);
  gsize length;

  secret_value_get (value, &length);
  if (text != NULL && length > 0 && g_utf8_validate (text, length, NULL))
    return g_strndup (text, length);

  g_set_error (error, TOK_ERROR, TOK_ERROR_VAULT_FAILED, "%s",
               _ ("What the keyring holds for this account is no text."));
  return NULL;
}
