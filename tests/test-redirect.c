/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* For memmem (). */
#define _GNU_SOURCE

#include "tok-redirect.h"

#include "tok-error.h"
#include "tok-test.h"

#include <malloc.h>
#include <string.h>

#define BEGIN "org.example.tokenmanager://sign-in"
#define ACCOUNT_1 "acct1=CR1&token1=a1-x"
#define ONE BEGIN "?" ACCOUNT_1 "&state=s"
#define MAX_LENGTH (32 * 1024)
#define MAX_ACCOUNTS 25
#define N_MUTANTS 20000
#define SEED 20240517

/* The linker puts this in the place of g_free (), to look at what is being freed. */
void __wrap_g_free (gpointer block);
void __real_g_free (gpointer block);

static const char *watched;
static guint n_left;
static guint n_freed;

void
__wrap_g_free (gpointer block)
{
  if (block != NULL && watched != NULL) {
    n_freed++;
    if (memmem (block, malloc_usable_size (block), watched, strlen (watched)) != NULL)
      n_left++;
  }
  __real_g_free (block);
}

/* Everything that a redirect says, as one text: "state !refusal login-id:secret:currency…". */
static char *
describe (const TokRedirect *redirect)
{
  GPtrArray *accounts = tok_redirect_get_accounts (redirect);
  GString *text = g_string_new (tok_redirect_get_state (redirect));

  if (tok_redirect_get_refusal (redirect) != NULL)
    g_string_append_printf (text, " !%s", tok_redirect_get_refusal (redirect));
  for (guint i = 0; i < accounts->len; i++) {
    const TokRedirectAccount *account = accounts->pdata[i];

    g_string_append_printf (text, " %s:%s:%s", account->login_id, account->secret,
                            account->currency);
  }
  return g_string_free (text, FALSE);
}

static void
assert_sound (const char *uri, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokRedirect) redirect = tok_redirect_parse (uri, &error);
  g_autofree char *found = NULL;

  g_test_message ("%.200s", uri);
  g_assert_no_error (error);
  g_assert_nonnull (redirect);
  found = describe (redirect);
  g_assert_cmpstr (found, ==, expected);
}

static void
assert_garbled (const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = g_strescape (uri, NULL);

  g_test_message ("%.200s", shown);
  g_assert_null (tok_redirect_parse (uri, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_BROWSER_GARBLED);
  g_assert_null (strstr (error->message, "a1-"));
  g_assert_null (tok_redirect_parse (uri, NULL));
}

/* An address, and what it says. */
static const char *const sound[][2] = {
  { BEGIN "?acct1=CR799393&token1=a1-AbCdEfGhIjKlMnOpQrStUvWxYz012&cur1=USD"
          "&acct2=VRTC1859315&token2=a1-0123456789&cur2=USD&state=af0ifjsldkj",
    "af0ifjsldkj CR799393:a1-AbCdEfGhIjKlMnOpQrStUvWxYz012:USD VRTC1859315:a1-0123456789:USD" },
  { ONE, "s CR1:a1-x:" },
  { BEGIN "?state=s&token1=a1-x&cur1=eUSDT&acct1=CR1", "s CR1:a1-x:eUSDT" },
  { BEGIN "?" ACCOUNT_1 "&acct2=CR2&token2=b_-Z9&cur2=&acct3=CR3&token3=c&cur3=BTC&state=s",
    "s CR1:a1-x: CR2:b_-Z9: CR3:c:BTC" },
  { BEGIN "?token2=b&acct2=CR2&token1=a&acct1=CR1&state=s", "s CR1:a: CR2:b:" },

  /* Who wrote the address down, and how. */
  { "ORG.EXAMPLE.TOKENMANAGER://sign-in?" ACCOUNT_1 "&state=s", "s CR1:a1-x:" },
  { "org.example.TokenManager://sign-in?" ACCOUNT_1 "&state=s", "s CR1:a1-x:" },
  { BEGIN "/?" ACCOUNT_1 "&state=s", "s CR1:a1-x:" },
  { BEGIN "?acct%31=%43R1&%74oken1=a1%2Dx&state=a%20%26%3d%25%23", "a &=%# CR1:a1-x:" },
  { BEGIN "?" ACCOUNT_1 "&state=a+b", "a+b CR1:a1-x:" },
  { BEGIN "?" ACCOUNT_1 "&state=a=b", "a=b CR1:a1-x:" },
  { BEGIN "?" ACCOUNT_1 "&state=%C3%A9", "\303\251 CR1:a1-x:" },
  { BEGIN "?" ACCOUNT_1 "&state=s&", "s CR1:a1-x:" },
  { ONE "#", "s CR1:a1-x:" },

  /* What has nothing to do with it. */
  { ONE "&route=&nonce=1&platform=x.y&lang=EN", "s CR1:a1-x:" },
  { ONE "&account_type=x&token_type=bearer&currency=USD&acct=1&token=2&cur=3", "s CR1:a1-x:" },
  { ONE "&acct1x=1&token1_=2&xacct2=3&ACCT2=4&State=t&flag", "s CR1:a1-x:" },
  { ONE "#_=_", "s CR1:a1-x:" },
  { ONE "#top", "s CR1:a1-x:" },
  { ONE "&x=%22%3Cb%3E%E2%80%AE", "s CR1:a1-x:" },

  /* A refusal. */
  { BEGIN "#error=scope_denied&state=s", "s !scope_denied" },
  { BEGIN "/#error=reactivation_cancelled&state=s", "s !reactivation_cancelled" },
  { BEGIN "#state=s&error=scope%5Fdenied&error_description=No%20way", "s !scope_denied" },
  { BEGIN "?error=scope_denied&state=s", "s !scope_denied" },
  { BEGIN "?state=s#error=scope_denied", "s !scope_denied" },
  { BEGIN "?#error=scope_denied&state=s", "s !scope_denied" },
};

static void
test_sound (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sound); i++)
    assert_sound (sound[i][0], sound[i][1]);
}

static const char *const garbled[] = {
  /* Not ours. */
  "",
  "x",
  "org.example.tokenmanager",
  "org.example.tokenmanager:",
  "org.example.tokenmanager://",
  "org.example.tokenmanager:sign-in?" ACCOUNT_1 "&state=s",
  "org.example.tokenmanager:/sign-in?" ACCOUNT_1 "&state=s",
  "org.example.tokenmanager:///sign-in?" ACCOUNT_1 "&state=s",
  "org.example.tokenmanager2://sign-in?" ACCOUNT_1 "&state=s",
  "org-example-tokenmanager://sign-in?" ACCOUNT_1 "&state=s",
  "https://sign-in?" ACCOUNT_1 "&state=s",
  "https://org.example.tokenmanager://sign-in?" ACCOUNT_1 "&state=s",
  "//sign-in?" ACCOUNT_1 "&state=s",
  "?" ACCOUNT_1 "&state=s",
  " " ONE,
  ONE " ",
  ONE "\n",
  "\357\273\277" ONE,

  /* Another place. */
  "org.example.tokenmanager://sign-out?" ACCOUNT_1 "&state=s",
  "org.example.tokenmanager://Sign-In?" ACCOUNT_1 "&state=s",
  "org.example.tokenmanager://sign%2Din?" ACCOUNT_1 "&state=s",
  "org.example.tokenmanager://me@sign-in?" ACCOUNT_1 "&state=s",
  BEGIN "2?" ACCOUNT_1 "&state=s",
  BEGIN ":80?" ACCOUNT_1 "&state=s",
  BEGIN ".example?" ACCOUNT_1 "&state=s",
  BEGIN "//?" ACCOUNT_1 "&state=s",
  BEGIN "/x?" ACCOUNT_1 "&state=s",
  BEGIN "/../?" ACCOUNT_1 "&state=s",
  BEGIN "\\?" ACCOUNT_1 "&state=s",
  BEGIN "&" ACCOUNT_1 "&state=s",

  /* Nothing. */
  BEGIN,
  BEGIN "/",
  BEGIN "?",
  BEGIN "#",
  BEGIN "?#",
  BEGIN "?state=s",
  BEGIN "?x",
  BEGIN "#error=scope_denied",

  /* The state. */
  BEGIN "?" ACCOUNT_1,
  BEGIN "?" ACCOUNT_1 "&state",
  BEGIN "?" ACCOUNT_1 "&state=",
  BEGIN "?" ACCOUNT_1 "&State=s",
  BEGIN "?" ACCOUNT_1 "&state=s&state=s",
  BEGIN "?" ACCOUNT_1 "&state=s&state=t",
  BEGIN "?" ACCOUNT_1 "&state=s&st%61te=t",
  BEGIN "?" ACCOUNT_1 "&state=s#state=s",
  BEGIN "#error=scope_denied&state=",

  /* Refusals. */
  BEGIN "#error=&state=s",
  BEGIN "#error&state=s",
  BEGIN "#error=a%20b&state=s",
  BEGIN "#error=%3Cb%3E&state=s",
  BEGIN "#error=a&error=a&state=s",
  BEGIN "#Error=scope_denied&state=s",
  ONE "&error=scope_denied",
  ONE "#error=scope_denied",
  BEGIN "#error=scope_denied&state=s&token1=a1-x",
  BEGIN "#error=scope_denied&state=s&cur1=USD",

  /* Keys. */
  ONE "&" ACCOUNT_1,
  ONE "&x=1&x=1",
  ONE "&x=1&%78=2",
  ONE "&x&x",
  ONE "#" ACCOUNT_1,
  ONE "&=x",
  ONE "&&x=1",
  ONE "#=",
  BEGIN "?&" ACCOUNT_1 "&state=s",

  /* How accounts are counted. */
  BEGIN "?acct1=CR1&state=s",
  BEGIN "?token1=a1-x&state=s",
  BEGIN "?acct1&token1=a1-x&state=s",
  BEGIN "?acct1=CR1&token1&state=s",
  BEGIN "?acct=CR1&token=a1-x&state=s",
  BEGIN "?acct0=CR1&token0=a1-x&state=s",
  BEGIN "?acct01=CR1&token01=a1-x&state=s",
  BEGIN "?acct2=CR1&token2=a1-x&state=s",
  BEGIN "?acct1=CR1&token2=a1-x&state=s",
  BEGIN "?ACCT1=CR1&TOKEN1=a1-x&state=s",
  ONE "&acct0=CR0&token0=a",
  ONE "&acct01=CR1",
  ONE "&acct2=CR2",
  ONE "&token2=a1-y",
  ONE "&cur2=USD",
  ONE "&acct3=CR3&token3=a1-y",
  ONE "&acct2=CR2&token2=a1-y&token3=a1-z",
  ONE "&acct99999999999999999999=CR2",
  ONE "&acct2=CR1&token2=a1-y",

  /* Login ids. */
  BEGIN "?acct1=&token1=a1-x&state=s",
  BEGIN "?acct1=CR&token1=a1-x&state=s",
  BEGIN "?acct1=1&token1=a1-x&state=s",
  BEGIN "?acct1=1CR&token1=a1-x&state=s",
  BEGIN "?acct1=CR1a&token1=a1-x&state=s",
  BEGIN "?acct1=C-R1&token1=a1-x&state=s",
  BEGIN "?acct1=CR+1&token1=a1-x&state=s",
  BEGIN "?acct1=CR%201&token1=a1-x&state=s",
  BEGIN "?acct1=CR1%0A&token1=a1-x&state=s",
  BEGIN "?acct1=CR%D9%A1&token1=a1-x&state=s",
  BEGIN "?acct1=%C3%89R1&token1=a1-x&state=s",

  /* Secrets. */
  BEGIN "?acct1=CR1&token1=&state=s",
  BEGIN "?acct1=CR1&token1=a1.x&state=s",
  BEGIN "?acct1=CR1&token1=a1+x&state=s",
  BEGIN "?acct1=CR1&token1=a1%20x&state=s",
  BEGIN "?acct1=CR1&token1=a1=x&state=s",
  BEGIN "?acct1=CR1&token1=a1-x%0A&state=s",
  BEGIN "?acct1=CR1&token1=%C3%A9&state=s",
  BEGIN "?acct1=CR1&token1=***x&state=s",

  /* Currencies. */
  ONE "&cur1=U-D",
  ONE "&cur1=%E2%82%AC",
  ONE "&cur1=%24",
  ONE "&cur1=US%20D",
  ONE "&cur1=012345678901234567890",

  /* Percent signs, and what isn't to be seen. */
  ONE "%",
  ONE "%4",
  ONE "%zz",
  ONE "%4z",
  ONE "%z4",
  ONE "%%41",
  ONE "%u0041",
  ONE "&x=%",
  ONE "&x=%z0%90%80%80",
  ONE "&%=1",
  ONE "&x=%4&y=1",
  ONE "&x=%#",
  ONE "#x=%",
  ONE "%00",
  ONE "%0A",
  ONE "%1B",
  ONE "%7F",
  ONE "&x=%00",
  ONE "&x%00=1",
  ONE "&x=%0d",
  ONE "#x=%00",
  ONE "&x=\001",
  ONE "&x=\t",
  ONE "&x=a b",
  ONE "&x=\177",
  ONE "&x=\303\251",
  ONE "&x=%FF",
  ONE "&x=%C3",
  ONE "&x=%ED%A0%80",
  ONE "&x=%C0%80",
  BEGIN "?" ACCOUNT_1 "&state=%FF",
};

static void
test_garbled (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (garbled); i++)
    assert_garbled (garbled[i]);
}

static char *
dup_with_accounts (guint n)
{
  GString *uri = g_string_new (BEGIN "?state=s");

  for (guint i = 1; i <= n; i++)
    g_string_append_printf (uri, "&acct%u=CR%u&token%u=a1-%u&cur%u=USD", i, i, i, i, i);
  return g_string_free (uri, FALSE);
}

static void
test_many_accounts (void)
{
  g_autofree char *most = dup_with_accounts (MAX_ACCOUNTS);
  g_autofree char *too_many = dup_with_accounts (MAX_ACCOUNTS + 1);
  g_autofree char *far_too_many = dup_with_accounts (500);
  g_autoptr (TokRedirect) redirect = tok_redirect_parse (most, NULL);
  GPtrArray *accounts;

  g_assert_nonnull (redirect);
  accounts = tok_redirect_get_accounts (redirect);
  g_assert_cmpuint (accounts->len, ==, MAX_ACCOUNTS);
  for (guint i = 0; i < MAX_ACCOUNTS; i++) {
    const TokRedirectAccount *account = accounts->pdata[i];
    g_autofree char *login_id = g_strdup_printf ("CR%u", i + 1);
    g_autofree char *secret = g_strdup_printf ("a1-%u", i + 1);

    g_assert_cmpstr (account->login_id, ==, login_id);
    g_assert_cmpstr (account->secret, ==, secret);
    g_assert_cmpstr (account->currency, ==, "USD");
  }
  assert_garbled (too_many);
  assert_garbled (far_too_many);
}

static char *
fill (const char *before, gsize n, const char *after)
{
  g_autofree char *middle = g_strnfill (n, 'a');

  return g_strconcat (before, middle, after, NULL);
}

static void
test_long (void)
{
  const gsize rest = MAX_LENGTH - strlen (ONE "&x=");
  g_autofree char *longest_token = fill (BEGIN "?acct1=CR1&state=s&token1=", 128, "");
  g_autofree char *too_long_token = fill (BEGIN "?acct1=CR1&state=s&token1=", 129, "");
  g_autofree char *longest = fill (ONE "&x=", rest, "");
  g_autofree char *too_long = fill (ONE "&x=", rest + 1, "");
  g_autofree char *far_too_long = fill (ONE "&x=", 10000000, "");
  g_autoptr (TokRedirect) redirect = tok_redirect_parse (longest_token, NULL);

  g_assert_nonnull (redirect);
  assert_garbled (too_long_token);
  assert_sound (longest, "s CR1:a1-x:");
  assert_garbled (too_long);
  assert_garbled (far_too_long);
  assert_sound (ONE "&cur1=01234567890123456789", "s CR1:a1-x:01234567890123456789");
}

/* Whoever keeps the accounts keeps their secrets, too. */
static void
test_accounts_outlive (void)
{
  g_autoptr (TokRedirect) redirect = tok_redirect_parse (ONE, NULL);
  g_autoptr (GPtrArray) accounts = g_ptr_array_ref (tok_redirect_get_accounts (redirect));
  const TokRedirectAccount *account = accounts->pdata[0];

  g_clear_pointer (&redirect, tok_redirect_free);
  g_assert_cmpstr (account->secret, ==, "a1-x");
}

/* Whatever becomes of it, no part of a secret and no state is left behind. */
static void
test_leaves_nothing (void)
{
#define SECRET "a1-0123456789secret"
  static const char *const uris[] = {
    BEGIN "?acct1=CR1&token1=" SECRET "&state=secret",
    BEGIN "?acct1=CR1&token1=" SECRET "&token2=" SECRET "&state=secret",
    BEGIN "?acct1=CR1&token1=" SECRET "&acct2=CR2&token2=" SECRET "&state=secret",
    BEGIN "?acct1=CR1&token1=" SECRET "&acct2=CR2&token2=" SECRET ".&state=secret",
    BEGIN "?acct1=CR1&token1=" SECRET "&acct2=CR1&token2=" SECRET "&state=secret",
    BEGIN "?acct1=CR1&token1=" SECRET "&token1=" SECRET "&state=secret",
    BEGIN "?acct1=CR1&token1=" SECRET "%&state=secret",
    BEGIN "?acct1=CR1&token1=" SECRET "%00&state=secret",
    BEGIN "?acct1=CR1&token1=" SECRET "%FF&state=secret",
    BEGIN "?acct1=CR1&token1=" SECRET "&state=secret%zz",
    BEGIN "?acct1=CR1&token1=" SECRET,
    BEGIN "?acct1=CR1&" SECRET "=token1&state=secret&x=%",
    BEGIN "?acct1=CR&token1=" SECRET "&state=secret&" SECRET "%",
    BEGIN "?" SECRET "&error=a&state=secret",
    BEGIN "?" SECRET "&" SECRET,
    BEGIN "?" SECRET "=%",
    BEGIN "#error=a&state=secret&token1=" SECRET,
  };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++) {
    TokRedirect *redirect;

    watched = "secret";
    n_freed = n_left = 0;
    redirect = tok_redirect_parse (uris[i], NULL);
    if (redirect != NULL)
      tok_redirect_free (redirect);
    watched = NULL;

    g_test_message ("%s", uris[i]);
    g_assert_cmpuint (n_freed, >, 2);
    g_assert_cmpuint (n_left, ==, 0);
  }
}

static void
mutate (GRand *random, GString *uri)
{
  static const char *const pieces[]
      = { "?",       "#",          "&",         "=",    "%",      "%00",     "%41",      "%C3",
          "%zz",     "/",          ":",         "\x01", " ",      "\xff",    "\xc3\xa9", "acct1",
          "token1",  "cur1",       "2",         "3",    "state=", "&state=", "error=",   "&error=x",
          "&acct2=", "&acct3=CR3", "&token3=z", "0",    "_",      "CR1" };
  gsize at = g_rand_int_range (random, 0, uri->len + 1);
  gsize n_left_over = uri->len - at;
  gsize n_wished = g_rand_int_range (random, 1, 12);
  gsize n = MIN (n_left_over, n_wished);
  g_autofree char *slice = g_strndup (uri->str + at, n);

  switch (g_rand_int_range (random, 0, 5)) {
  case 0:
    if (n_left_over > 0)
      uri->str[at] ^= 1 << g_rand_int_range (random, 0, 8);
    break;
  case 1:
    g_string_erase (uri, at, n);
    break;
  case 2:
    g_string_truncate (uri, at);
    break;
  case 3:
    g_string_insert (uri, g_rand_int_range (random, 0, uri->len + 1), slice);
    break;
  default:
    g_string_insert (uri, at, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  }
}

/* What is accepted keeps the rules, however it came about. */
static void
assert_keeps_rules (const TokRedirect *redirect)
{
  GPtrArray *accounts = tok_redirect_get_accounts (redirect);
  const char *refusal = tok_redirect_get_refusal (redirect);

  g_assert_cmpstr (tok_redirect_get_state (redirect), !=, "");
  g_assert_true (g_utf8_validate (tok_redirect_get_state (redirect), -1, NULL));
  g_assert_cmpint (refusal == NULL, ==, accounts->len > 0);
  g_assert_true (refusal == NULL || g_regex_match_simple ("^[\\w\\-]{1,128}\\z", refusal, 0, 0));
  g_assert_cmpuint (accounts->len, <=, MAX_ACCOUNTS);
  for (guint i = 0; i < accounts->len; i++) {
    const TokRedirectAccount *account = accounts->pdata[i];

    g_assert_true (g_regex_match_simple ("^[A-Za-z]+[0-9]+\\z", account->login_id, 0, 0));
    g_assert_true (g_regex_match_simple ("^[A-Za-z0-9_\\-]{1,128}\\z", account->secret, 0, 0));
    g_assert_true (g_regex_match_simple ("^[A-Za-z0-9]{0,20}\\z", account->currency, 0, 0));
  }
}

static void
test_mutants (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint n_sound = 0;

  for (guint i = 0; i < N_MUTANTS; i++) {
    g_autoptr (GString) uri = g_string_new (sound[i % G_N_ELEMENTS (sound)][0]);
    g_autoptr (TokRedirect) redirect = NULL;
    g_autoptr (GError) error = NULL;

    for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
      mutate (random, uri);
    redirect = tok_redirect_parse (uri->str, &error);
    if (redirect != NULL) {
      g_assert_no_error (error);
      assert_keeps_rules (redirect);
      n_sound++;
    } else {
      g_assert_error (error, TOK_ERROR, TOK_ERROR_BROWSER_GARBLED);
    }
  }

  g_test_message ("%u of %u accepted", n_sound, N_MUTANTS);
  g_assert_cmpuint (n_sound, >, N_MUTANTS / 50);
  g_assert_cmpuint (n_sound, <, N_MUTANTS / 2);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/redirect/sound", test_sound);
  g_test_add_func ("/redirect/garbled", test_garbled);
  g_test_add_func ("/redirect/many-accounts", test_many_accounts);
  g_test_add_func ("/redirect/long", test_long);
  g_test_add_func ("/redirect/accounts-outlive", test_accounts_outlive);
  g_test_add_func ("/redirect/leaves-nothing", test_leaves_nothing);
  g_test_add_func ("/redirect/mutants", test_mutants);

  return g_test_run ();
}
