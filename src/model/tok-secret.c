/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret.h"

#include <string.h>

/**
 * tok_secret_wipe:
 * @secret: (nullable): A writable string.
 *
 * Overwrites @secret up to its end, in a way that the compiler keeps.
 */
void
tok_secret_wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
}

/**
 * tok_secret_free:
 * @secret: (nullable) (transfer full): A string that is nobody else's business.
 *
 * Wipes @secret and frees it.
 */
void
tok_secret_free (char *secret)
{
  tok_secret_wipe (secret);
  g_free (secret);
}
