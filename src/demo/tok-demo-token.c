/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-token.h"

#include "tok-demo-random.h"

#include <string.h>

#define SECRET_LENGTH 15
#define MAX_LENGTH 128
#define N_SHOWN 4

static void
clear_token (TokDemoToken *self)
{
  g_free (self->name);
  tok_secret_free (self->secret);
  g_free (self->mask);
  g_free (self->address);
}

/**
 * tok_demo_token_new:
 * @login_id: The account that it is for; a static string.
 * @name: Its name.
 * @secret: Its secret.
 * @scopes: What it permits.
 *
 * Returns: (transfer full): An API token that was never used and is valid everywhere.
 */
TokDemoToken *
tok_demo_token_new (const char *login_id, const char *name, const char *secret, TokScopes scopes)
{
  TokDemoToken *self;

  g_return_val_if_fail (login_id != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (secret != NULL, NULL);

  self = g_rc_box_new0 (TokDemoToken);
  self->login_id = login_id;
  self->name = g_strdup (name);
  self->secret = g_strdup (secret);
  self->mask = tok_demo_token_dup_mask (secret);
  self->scopes = scopes;
  return self;
}

/**
 * tok_demo_token_ref:
 * @self: A token.
 *
 * Returns: (transfer full): @self.
 */
TokDemoToken *
tok_demo_token_ref (TokDemoToken *self)
{
  return g_rc_box_acquire (self);
}

/**
 * tok_demo_token_unref:
 * @self: (transfer full): A token.
 */
void
tok_demo_token_unref (TokDemoToken *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) clear_token);
}

/**
 * tok_demo_token_is_secret:
 * @text: Some text.
 *
 * Returns: Whether @text can be the secret of a token (PROTOCOL 2.2).
 */
gboolean
tok_demo_token_is_secret (const char *text)
{
  gsize length;

  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_' && *c != '-')
      return FALSE;
  length = strlen (text);
  return length >= 1 && length <= MAX_LENGTH;
}

/**
 * tok_demo_token_dup_mask:
 * @secret: The secret of a token.
 *
 * Covers a secret for a list: the same length, of which the last four characters are shown, or
 * fewer if it is short. The real mask is not published; this is the sample service's own
 * (PROTOCOL 2.4). A dash is always covered, for the call that deletes takes none.
 *
 * Returns: (transfer full): The mask.
 */
char *
tok_demo_token_dup_mask (const char *secret)
{
  gsize length = strlen (secret);
  gsize n_shown = MIN (N_SHOWN, length / 2);
  char *mask = g_strdup (secret);

  for (gsize i = 0; i < length; i++)
    if (i < length - n_shown || mask[i] == '-')
      mask[i] = '*';
  return mask;
}

/**
 * tok_demo_token_dup_random_secret:
 *
 * Returns: (transfer full): A secret that nobody can guess, of the form that the service gives to
 *   API tokens (PROTOCOL 2.2); to be freed by tok_secret_free ().
 */
char *
tok_demo_token_dup_random_secret (void)
{
  return tok_demo_random_dup ("", SECRET_LENGTH);
}
