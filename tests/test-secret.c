/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret.h"

#include "tok-test.h"
#include "tok-token.h"

#define SECRET "uw2mk7no3oktoRV"

/* The linker puts this in the place of g_free (), to look at what is being freed. */
void __wrap_g_free (gpointer block);
void __real_g_free (gpointer block);

static const char *watched;
static char at_free[sizeof SECRET];
static guint n_freed;

void
__wrap_g_free (gpointer block)
{
  if (block != NULL && block == watched) {
    memcpy (at_free, watched, sizeof SECRET);
    watched = NULL;
    n_freed++;
  }
  __real_g_free (block);
}

static void
watch (const char *secret)
{
  g_assert_cmpstr (secret, ==, SECRET);
  memset (at_free, 'x', sizeof at_free);
  watched = secret;
  n_freed = 0;
}

static void
assert_freed (gboolean wiped)
{
  static const char zeros[sizeof SECRET];

  g_assert_cmpuint (n_freed, ==, 1);
  g_assert_cmpint (memcmp (at_free, zeros, sizeof zeros) == 0, ==, wiped);
}

static void
test_wipe (void)
{
  char secret[] = SECRET;
  char empty[] = "";
  static const char zeros[sizeof secret];

  tok_secret_wipe (secret);
  g_assert_cmpmem (secret, sizeof secret, zeros, sizeof zeros);

  tok_secret_wipe (empty);
  tok_secret_wipe (NULL);
}

/* It is this text that is wiped, and not what stands behind it. */
static void
test_wipe_ends (void)
{
  char both[] = "abc\0def";

  tok_secret_wipe (both);
  g_assert_cmpmem (both, sizeof both, "\0\0\0\0def", sizeof both);
}

static void
test_free (void)
{
  char *secret = g_strdup (SECRET);

  watch (secret);
  tok_secret_free (secret);
  assert_freed (TRUE);

  tok_secret_free (NULL);
}

static void
test_autoptr (void)
{
  {
    g_autoptr (TokSecret) secret = g_strdup (SECRET);

    watch (secret);
  }
  assert_freed (TRUE);
}

/* Shows that the watch sees what isn't wiped. */
static void
test_plain_free (void)
{
  char *secret = g_strdup (SECRET);

  watch (secret);
  g_free (secret);
  assert_freed (FALSE);
}

static void
test_token_value (void)
{
  TokToken *token = tok_token_new ("bot", SECRET, TOK_SCOPE_READ, NULL, NULL, NULL);

  watch (tok_token_get_listed_value (token));
  tok_test_assert_finalize (token);
  assert_freed (TRUE);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/secret/wipe", test_wipe);
  g_test_add_func ("/secret/wipe-ends", test_wipe_ends);
  g_test_add_func ("/secret/free", test_free);
  g_test_add_func ("/secret/autoptr", test_autoptr);
  g_test_add_func ("/secret/plain-free", test_plain_free);
  g_test_add_func ("/secret/token-value", test_token_value);

  return g_test_run ();
}
