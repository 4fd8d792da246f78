/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-token.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define SECRET_LENGTH 15
#define MAX_LENGTH 128
#define N_SHOWN 4

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

#define N_LETTERS (sizeof letters - 1)
/* Bytes from here on would make the first letters likelier than the others. */
#define N_FAIR (256 / N_LETTERS * N_LETTERS)

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
 * @name: Its name.
 * @secret: Its secret.
 * @scopes: What it permits.
 *
 * Returns: (transfer full): A token that was never used and is valid everywhere.
 */
TokDemoToken *
tok_demo_token_new (const char *name, const char *secret, TokScopes scopes)
{
  TokDemoToken *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (secret != NULL, NULL);

  self = g_rc_box_new0 (TokDemoToken);
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
  char *secret = g_malloc0 (SECRET_LENGTH + 1);
  gsize length = 0;

  while (length < SECRET_LENGTH) {
    guchar byte;

    if (getrandom (&byte, 1, 0) != 1) {
      if (errno != EINTR)
        g_error ("No random numbers: %s", g_strerror (errno));
      continue;
    }
    if (byte < N_FAIR)
      secret[length++] = letters[byte % N_LETTERS];
  }
  return secret;
}
