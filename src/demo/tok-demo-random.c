/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

#define N_LETTERS (sizeof letters - 1)
/* Bytes from here on would make the first letters likelier than the others. */
#define N_FAIR (256 / N_LETTERS * N_LETTERS)

/**
 * tok_demo_random_dup:
 * @prefix: What it begins with.
 * @n_letters: How many letters follow.
 *
 * Makes up a text of letters and digits that nobody can guess.
 *
 * Returns: (transfer full): The text; where it is a secret, to be freed by tok_secret_free ().
 */
char *
tok_demo_random_dup (const char *prefix, gsize n_letters)
{
  gsize length = strlen (prefix);
  gsize end = length + n_letters;
  char *text = g_malloc0 (end + 1);

  memcpy (text, prefix, length);
  while (length < end) {
    guchar byte;

    if (getrandom (&byte, 1, 0) != 1) {
      if (errno != EINTR)
        g_error ("No random numbers: %s", g_strerror (errno));
      continue;
    }
    if (byte < N_FAIR)
      text[length++] = letters[byte % N_LETTERS];
  }
  return text;
}
