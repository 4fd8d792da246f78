/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-browser-sign-in.h"

#include "tok-error.h"
#include "tok-redirect.h"
#include "tok-test.h"

#include <string.h>

#define ADDRESS "wss://example.com/websockets/v3?app_id=7"
#define OTHER_ADDRESS "wss://example.org/websockets/v3?app_id=8"
#define PAGE "https://example.com/oauth2/authorize?app_id=7&brand=deriv&state="
#define BEGIN "org.example.tokenmanager://sign-in"
#define ACCOUNTS "?acct1=CR1&token1=a1-x&cur1=USD&acct2=VRTC2&token2=a1-y"
#define STATE_LENGTH 32
#define N_REMEMBERED 8

static const TokTimes patient = { .browser_sign_in = 600000 };
static const TokTimes hasty = { .browser_sign_in = 1 };

typedef struct {
  TokBrowserSignIn *sign_in;
  guint *n_notified;
  guint n_expired;
} Fixture;

static void
on_expired (TokBrowserSignIn *sign_in, Fixture *fixture)
{
  g_assert_false (tok_browser_sign_in_get_is_waiting (sign_in));
  fixture->n_expired++;
}

static void
set_up (Fixture *fixture, gconstpointer times)
{
  fixture->sign_in = tok_browser_sign_in_new (times);
  fixture->n_notified = tok_test_count_notify (fixture->sign_in, "is-waiting");
  g_signal_connect (fixture->sign_in, "expired", G_CALLBACK (on_expired), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer times)
{
  tok_test_assert_finalize (fixture->sign_in);
}

static char *
begin (Fixture *fixture)
{
  g_autofree char *page = tok_browser_sign_in_begin (fixture->sign_in, ADDRESS);

  g_assert_true (g_str_has_prefix (page, PAGE));
  g_assert_true (tok_browser_sign_in_get_is_waiting (fixture->sign_in));
  return g_strdup (page + strlen (PAGE));
}

static void
assert_taken (Fixture *fixture, const char *state)
{
  g_autofree char *uri = g_strconcat (BEGIN ACCOUNTS "&state=", state, NULL);
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts
      = tok_browser_sign_in_take (fixture->sign_in, uri, &address, &error);
  const TokRedirectAccount *first;
  const TokRedirectAccount *second;

  g_assert_no_error (error);
  g_assert_nonnull (accounts);
  g_assert_cmpstr (address, ==, ADDRESS);
  g_assert_cmpuint (accounts->len, ==, 2);
  first = accounts->pdata[0];
  g_assert_cmpstr (first->login_id, ==, "CR1");
  g_assert_cmpstr (first->secret, ==, "a1-x");
  g_assert_cmpstr (first->currency, ==, "USD");
  second = accounts->pdata[1];
  g_assert_cmpstr (second->login_id, ==, "VRTC2");
  g_assert_cmpstr (second->secret, ==, "a1-y");
  g_assert_cmpstr (second->currency, ==, "");
  g_assert_false (tok_browser_sign_in_get_is_waiting (fixture->sign_in));
}

static void
assert_uri_fails (Fixture *fixture, const char *uri, TokError code)
{
  static char untouched[] = "untouched";
  char *address = untouched;
  g_autoptr (GError) error = NULL;

  g_assert_null (tok_browser_sign_in_take (fixture->sign_in, uri, &address, &error));
  g_assert_error (error, TOK_ERROR, (int) code);
  g_assert_cmpstr (error->message, !=, "");
  g_assert_null (strstr (error->message, "a1-"));
  g_assert_true (address == untouched);
}

/* Neither the accounts nor a refusal with @state are taken, and neither changes anything. */
static void
assert_fails (Fixture *fixture, const char *state, TokError code)
{
  g_autofree char *uri = g_strconcat (BEGIN ACCOUNTS "&state=", state, NULL);
  g_autofree char *refusal = g_strconcat (BEGIN "#error=scope_denied&state=", state, NULL);
  gboolean was_waiting = tok_browser_sign_in_get_is_waiting (fixture->sign_in);
  guint n_notified = *fixture->n_notified;
  guint n_expired = fixture->n_expired;

  assert_uri_fails (fixture, uri, code);
  assert_uri_fails (fixture, refusal, code);
  g_assert_cmpint (tok_browser_sign_in_get_is_waiting (fixture->sign_in), ==, was_waiting);
  g_assert_cmpuint (*fixture->n_notified, ==, n_notified);
  g_assert_cmpuint (fixture->n_expired, ==, n_expired);
}

static void
assert_denied (Fixture *fixture, const char *state)
{
  g_autofree char *refusal = g_strconcat (BEGIN "#error=scope_denied&state=", state, NULL);

  assert_uri_fails (fixture, refusal, TOK_ERROR_BROWSER_DENIED);
  g_assert_false (tok_browser_sign_in_get_is_waiting (fixture->sign_in));
}

static void
test_new_destroy (void)
{
  TokBrowserSignIn *idle = tok_browser_sign_in_new (&tok_times_default);
  TokBrowserSignIn *waiting = tok_browser_sign_in_new (&tok_times_default);
  g_autofree char *page = tok_browser_sign_in_begin (waiting, ADDRESS);

  g_assert_false (tok_browser_sign_in_get_is_waiting (idle));
  g_assert_true (tok_browser_sign_in_get_is_waiting (waiting));
  tok_test_assert_finalize (idle);
  tok_test_assert_finalize (waiting);
}

static void
test_default_time (void)
{
  g_assert_cmpuint (tok_times_default.browser_sign_in, ==, 300000);
}

static void
test_state (Fixture *fixture, gconstpointer times)
{
  g_autoptr (GHashTable) states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint8 ones[STATE_LENGTH] = { 0 };
  guint8 zeros[STATE_LENGTH] = { 0 };

  for (guint i = 0; i < 200; i++) {
    char *state = begin (fixture);

    g_assert_cmpuint (strlen (state), ==, STATE_LENGTH);
    for (guint j = 0; j < STATE_LENGTH; j++) {
      g_assert_true (g_ascii_isxdigit (state[j]) && !g_ascii_isupper (state[j]));
      ones[j] |= (guint8) g_ascii_xdigit_value (state[j]);
      zeros[j] |= (guint8) ~g_ascii_xdigit_value (state[j]);
    }
    g_assert_true (g_hash_table_add (states, state));
  }
  /* Each of the 128 bits is sometimes the one and sometimes the other. */
  for (guint j = 0; j < STATE_LENGTH; j++) {
    g_assert_cmphex (ones[j] & 0xf, ==, 0xf);
    g_assert_cmphex (zeros[j] & 0xf, ==, 0xf);
  }
  g_assert_cmpuint (*fixture->n_notified, ==, 1);
}

static void
test_take (Fixture *fixture, gconstpointer times)
{
  g_autofree char *state = begin (fixture);

  g_assert_cmpuint (*fixture->n_notified, ==, 1);
  assert_taken (fixture, state);
  g_assert_cmpuint (*fixture->n_notified, ==, 2);
  g_assert_cmpuint (fixture->n_expired, ==, 0);
}

/* The address is that of the sign-in, and another one can follow. */
static void
test_again (Fixture *fixture, gconstpointer times)
{
  g_autofree char *other = tok_browser_sign_in_begin (fixture->sign_in, OTHER_ADDRESS);
  g_autofree char *state = begin (fixture);
  g_autofree char *later = NULL;

  assert_taken (fixture, state);
  later = begin (fixture);
  assert_taken (fixture, later);
  g_assert_cmpuint (*fixture->n_notified, ==, 4);
}

static void
test_denied (Fixture *fixture, gconstpointer times)
{
  g_autofree char *state = begin (fixture);

  assert_denied (fixture, state);
  g_assert_cmpuint (*fixture->n_notified, ==, 2);
  assert_fails (fixture, state, TOK_ERROR_BROWSER_USED);
}

static void
test_used (Fixture *fixture, gconstpointer times)
{
  g_autofree char *state = begin (fixture);
  g_autofree char *later = NULL;

  assert_taken (fixture, state);
  assert_fails (fixture, state, TOK_ERROR_BROWSER_USED);
  later = begin (fixture);
  assert_fails (fixture, state, TOK_ERROR_BROWSER_USED);
  assert_taken (fixture, later);
  assert_fails (fixture, later, TOK_ERROR_BROWSER_USED);
  assert_fails (fixture, state, TOK_ERROR_BROWSER_USED);
}

/* Of what has ended so many are known, and no more. */
static void
test_used_many (Fixture *fixture, gconstpointer times)
{
  char *states[N_REMEMBERED + 3];

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    states[i] = begin (fixture);
    assert_taken (fixture, states[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    assert_fails (fixture, states[i], i < 3 ? TOK_ERROR_BROWSER_UNASKED : TOK_ERROR_BROWSER_USED);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_free (states[i]);
}

static void
test_unasked (Fixture *fixture, gconstpointer times)
{
  g_autofree char *state = NULL;

  assert_fails (fixture, "0123456789abcdef0123456789abcdef", TOK_ERROR_BROWSER_UNASKED);
  assert_fails (fixture, "x", TOK_ERROR_BROWSER_UNASKED);
  state = begin (fixture);
  assert_taken (fixture, state);
  assert_fails (fixture, "0123456789abcdef0123456789abcdef", TOK_ERROR_BROWSER_UNASKED);
}

/* A state that is nearly the right one isn't the right one. */
static void
test_forged (Fixture *fixture, gconstpointer times)
{
  g_autofree char *state = begin (fixture);
  g_autofree char *longer = g_strconcat (state, "0", NULL);
  g_autofree char *shorter = g_strndup (state, STATE_LENGTH - 1);
  g_autofree char *upper = g_strconcat (state, "", NULL);

  for (guint i = 0; i < STATE_LENGTH; i++) {
    g_autofree char *other = g_strdup (state);

    other[i] = other[i] == '0' ? '1' : '0';
    assert_fails (fixture, other, TOK_ERROR_BROWSER_FORGED);
    upper[i] = g_ascii_toupper (upper[i]);
  }
  assert_fails (fixture, longer, TOK_ERROR_BROWSER_FORGED);
  assert_fails (fixture, shorter, TOK_ERROR_BROWSER_FORGED);
  if (!g_str_equal (upper, state))
    assert_fails (fixture, upper, TOK_ERROR_BROWSER_FORGED);
  assert_fails (fixture, "x", TOK_ERROR_BROWSER_FORGED);

  g_assert_true (tok_browser_sign_in_get_is_waiting (fixture->sign_in));
  assert_taken (fixture, state);
}

/* Not even with the right state. */
static void
test_garbled (Fixture *fixture, gconstpointer times)
{
  static const char *const before[] = {
    "",
    "https://example.com/?state=",
    BEGIN "?state=",
    BEGIN "?acct1=CR1&state=",
    BEGIN "?acct1=CR1&token1=a1.x&state=",
    BEGIN ACCOUNTS "&error=scope_denied&state=",
    BEGIN ACCOUNTS "&stat=",
    BEGIN "#error=scope_denied&",
    BEGIN ACCOUNTS "&state=%%",
  };
  g_autofree char *state = NULL;

  assert_uri_fails (fixture, BEGIN, TOK_ERROR_BROWSER_GARBLED);
  state = begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (before); i++) {
    g_autofree char *uri = g_strconcat (before[i], state, NULL);

    g_test_message ("%s", uri);
    assert_uri_fails (fixture, uri, TOK_ERROR_BROWSER_GARBLED);
    g_assert_true (tok_browser_sign_in_get_is_waiting (fixture->sign_in));
  }
  g_assert_cmpuint (*fixture->n_notified, ==, 1);
  assert_taken (fixture, state);
}

static void
test_cancel (Fixture *fixture, gconstpointer times)
{
  g_autofree char *state = NULL;
  g_autofree char *later = NULL;

  tok_browser_sign_in_cancel (fixture->sign_in);
  g_assert_cmpuint (*fixture->n_notified, ==, 0);
  state = begin (fixture);
  tok_browser_sign_in_cancel (fixture->sign_in);
  g_assert_false (tok_browser_sign_in_get_is_waiting (fixture->sign_in));
  g_assert_cmpuint (*fixture->n_notified, ==, 2);
  tok_browser_sign_in_cancel (fixture->sign_in);
  g_assert_cmpuint (*fixture->n_notified, ==, 2);

  assert_fails (fixture, state, TOK_ERROR_BROWSER_UNASKED);
  later = begin (fixture);
  assert_fails (fixture, state, TOK_ERROR_BROWSER_UNASKED);
  assert_taken (fixture, later);
}

static void
test_replaced (Fixture *fixture, gconstpointer times)
{
  g_autofree char *former = begin (fixture);
  g_autofree char *state = begin (fixture);

  g_assert_cmpuint (*fixture->n_notified, ==, 1);
  /* Nobody is up to anything: it is the former tab of the same browser. */
  assert_fails (fixture, former, TOK_ERROR_BROWSER_UNASKED);
  assert_taken (fixture, state);
  assert_fails (fixture, former, TOK_ERROR_BROWSER_UNASKED);
}

static void
test_expired (Fixture *fixture, gconstpointer times)
{
  g_autofree char *state = begin (fixture);

  tok_test_wait_until (fixture->n_expired > 0);
  g_assert_false (tok_browser_sign_in_get_is_waiting (fixture->sign_in));
  g_assert_cmpuint (*fixture->n_notified, ==, 2);
  assert_fails (fixture, state, TOK_ERROR_BROWSER_EXPIRED);
  assert_fails (fixture, "x", TOK_ERROR_BROWSER_UNASKED);
  g_assert_cmpuint (fixture->n_expired, ==, 1);
}

/* The time is up, but nobody has noticed yet. */
static void
test_expired_late (Fixture *fixture, gconstpointer times)
{
  g_autofree char *state = begin (fixture);
  g_autofree char *uri = g_strconcat (BEGIN ACCOUNTS "&state=", state, NULL);
  gint64 begun = g_get_monotonic_time ();

  while (g_get_monotonic_time () <= begun + G_TIME_SPAN_MILLISECOND)
    g_thread_yield ();
  assert_uri_fails (fixture, uri, TOK_ERROR_BROWSER_EXPIRED);
  g_assert_false (tok_browser_sign_in_get_is_waiting (fixture->sign_in));
  g_assert_cmpuint (fixture->n_expired, ==, 1);
  g_assert_cmpuint (*fixture->n_notified, ==, 2);
  assert_fails (fixture, state, TOK_ERROR_BROWSER_EXPIRED);
}

static gboolean
on_time (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Whatever has ended doesn't expire as well, and neither does what comes after it too early. */
static void
test_time_ends_with_it (void)
{
  Fixture fixture = { NULL };
  g_autofree char *denied = NULL;
  g_autofree char *page = NULL;
  gboolean is_later = FALSE;

  set_up (&fixture, &(const TokTimes){ .browser_sign_in = 50 });
  denied = begin (&fixture);
  assert_denied (&fixture, denied);
  page = tok_browser_sign_in_begin (fixture.sign_in, ADDRESS);
  tok_browser_sign_in_cancel (fixture.sign_in);
  g_timeout_add (100, on_time, &is_later);
  tok_test_wait_until (is_later);

  g_assert_cmpuint (fixture.n_expired, ==, 0);
  g_assert_cmpuint (*fixture.n_notified, ==, 4);
  tear_down (&fixture, NULL);
}

static void
on_expired_let_go (TokBrowserSignIn *sign_in, TokBrowserSignIn **slot)
{
  g_clear_object (slot);
}

static void
on_is_waiting_let_go (TokBrowserSignIn *sign_in, GParamSpec *pspec, TokBrowserSignIn **slot)
{
  if (!tok_browser_sign_in_get_is_waiting (sign_in))
    g_clear_object (slot);
}

/* Whoever hears of the end may let go of the object. */
static void
test_let_go (gconstpointer data)
{
  TokBrowserSignIn *sign_in = tok_browser_sign_in_new (&hasty);
  TokBrowserSignIn *gone = sign_in;
  g_autofree char *page = tok_browser_sign_in_begin (sign_in, ADDRESS);

  g_object_add_weak_pointer (G_OBJECT (sign_in), (gpointer *) &gone);
  g_signal_connect (sign_in, data,
                    g_str_equal (data, "expired") ? G_CALLBACK (on_expired_let_go)
                                                  : G_CALLBACK (on_is_waiting_let_go),
                    &sign_in);
  tok_test_wait_until (gone == NULL);
  g_assert_null (sign_in);
}

#define ADD(name, times, test)                                                                     \
  g_test_add ("/browser-sign-in/" name, Fixture, times, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/browser-sign-in/new-destroy", test_new_destroy);
  g_test_add_func ("/browser-sign-in/default-time", test_default_time);
  ADD ("state", &patient, test_state);
  ADD ("take", &patient, test_take);
  ADD ("again", &patient, test_again);
  ADD ("denied", &patient, test_denied);
  ADD ("used", &patient, test_used);
  ADD ("used/many", &patient, test_used_many);
  ADD ("unasked", &patient, test_unasked);
  ADD ("forged", &patient, test_forged);
  ADD ("garbled", &patient, test_garbled);
  ADD ("cancel", &patient, test_cancel);
  ADD ("replaced", &patient, test_replaced);
  ADD ("expired", &hasty, test_expired);
  ADD ("expired/late", &hasty, test_expired_late);
  g_test_add_func ("/browser-sign-in/time-ends-with-it", test_time_ends_with_it);
  g_test_add_data_func ("/browser-sign-in/let-go/expired", "expired", test_let_go);
  g_test_add_data_func ("/browser-sign-in/let-go/is-waiting", "notify::is-waiting", test_let_go);

  return g_test_run ();
}
