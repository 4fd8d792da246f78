/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-closures.h"

#include "tok-error.h"
#include "tok-test.h"

#define SIGNED_OUT                                                                                   \
  "You are signed out: the service doesn’t accept this token any more. It may have been deleted, " \
  "or ended elsewhere."

static void
assert_takes (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static GError *
new_error (TokError code)
{
  return g_error_new_literal (TOK_ERROR, (int) code, "<b>Oops</b>");
}

static const struct {
  TokError code;
  TokSessionWayOn way_on;
} ends[] = {
  { TOK_ERROR_SIGN_IN, TOK_SESSION_WAY_ON_SIGN_IN },
  { TOK_ERROR_ACCOUNT, TOK_SESSION_WAY_ON_SIGN_IN },
  { TOK_ERROR_VAULT, TOK_SESSION_WAY_ON_SIGN_IN },
  { TOK_ERROR_VAULT_AMBIGUOUS, TOK_SESSION_WAY_ON_SIGN_IN },
  { TOK_ERROR_VAULT_LOCKED, TOK_SESSION_WAY_ON_UNLOCK },
  { TOK_ERROR_VAULT_DISMISSED, TOK_SESSION_WAY_ON_UNLOCK },
  { TOK_ERROR_VAULT_MISSING, TOK_SESSION_WAY_ON_RESUME },
  { TOK_ERROR_VAULT_FAILED, TOK_SESSION_WAY_ON_RESUME },
};

static const struct {
  TokSessionWayOn way_on;
  const char *label;
} labels[] = {
  { TOK_SESSION_WAY_ON_NONE, NULL },
  { TOK_SESSION_WAY_ON_RECONNECT, "Reconnect" },
  { TOK_SESSION_WAY_ON_SIGN_IN, "Sign In Again" },
  { TOK_SESSION_WAY_ON_UNLOCK, "Unlock" },
  { TOK_SESSION_WAY_ON_RESUME, "Try Again" },
};

static const char *
get_label (TokSessionWayOn way_on)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (labels[i].way_on == way_on)
      return labels[i].label;
  g_assert_not_reached ();
}

/* A button says what it does. */
static void
assert_way_on (TokSessionState state, GError *error, TokSessionWayOn way_on)
{
  g_assert_cmpint (tok_session_way_on (state, error), ==, way_on);
  g_assert_cmpstr (tok_session_way_on_get_label (way_on), ==, get_label (way_on));
  assert_takes (tok_closure_choose_connection_button (NULL, state, error), get_label (way_on));
}

static void
test_way_on (void)
{
  static const TokSessionState well[]
      = { TOK_SESSION_SIGNED_OUT, TOK_SESSION_CONNECTING, TOK_SESSION_READY };

  assert_way_on (TOK_SESSION_ENDED, NULL, TOK_SESSION_WAY_ON_SIGN_IN);
  assert_way_on (TOK_SESSION_OFFLINE, NULL, TOK_SESSION_WAY_ON_RECONNECT);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autoptr (GError) error = new_error (ends[i].code);

    assert_way_on (TOK_SESSION_ENDED, error, ends[i].way_on);
    assert_way_on (TOK_SESSION_OFFLINE, error, TOK_SESSION_WAY_ON_RECONNECT);
    for (guint j = 0; j < G_N_ELEMENTS (well); j++)
      assert_way_on (well[j], error, TOK_SESSION_WAY_ON_NONE);
  }
}

static void
test_connection (void)
{
  g_autoptr (GDateTime) tokens = g_date_time_new_utc (2023, 10, 21, 14, 2, 59);
  g_autoptr (GDateTime) apps = g_date_time_new_utc (2023, 10, 21, 14, 3, 0);
  g_autoptr (GError) error = new_error (TOK_ERROR_OFFLINE);
  g_autoptr (GError) refused = new_error (TOK_ERROR_CERTIFICATE_DATE);
  const struct {
    TokSessionState state;
    GError *error;
    GDateTime *tokens;
    GDateTime *apps;
    const char *text;
  } cases[] = {
    { TOK_SESSION_OFFLINE, error, tokens, apps, "Offline. As of 14:02." },
    { TOK_SESSION_OFFLINE, error, NULL, apps, "Offline. As of 14:03." },
    { TOK_SESSION_OFFLINE, error, tokens, NULL, "Offline. As of 14:02." },
    { TOK_SESSION_OFFLINE, error, NULL, NULL, "Offline." },
    /* Where waiting isn't all that can be done. */
    { TOK_SESSION_OFFLINE, refused, tokens, apps,
      "Offline. The service’s certificate isn’t valid at the date and time of this computer, so "
      "nothing was sent. Check the clock; if it is right, ask the operator. The list is as of "
      "14:02." },
    { TOK_SESSION_OFFLINE, refused, NULL, NULL, "Offline." },
    /* The first time there is nothing to say but for the page that is still empty. */
    { TOK_SESSION_CONNECTING, NULL, NULL, NULL, NULL },
    { TOK_SESSION_CONNECTING, error, NULL, NULL, "Connecting…" },
    { TOK_SESSION_CONNECTING, NULL, tokens, NULL, "Connecting…" },
    { TOK_SESSION_CONNECTING, error, NULL, apps, "Connecting…" },
    { TOK_SESSION_READY, NULL, tokens, apps, NULL },
    { TOK_SESSION_READY, error, NULL, NULL, NULL },
    { TOK_SESSION_SIGNED_OUT, error, tokens, apps, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_takes (tok_closure_describe_connection (NULL, cases[i].state, cases[i].error,
                                                   cases[i].tokens, cases[i].apps),
                  cases[i].text);
}

static void
test_service (void)
{
  const char *updating = "The service is about to be updated. The connection will be cut for a "
                         "moment, and comes back by itself.";
  const struct {
    TokSessionState state;
    TokSiteStatus site_status;
    guint seconds_left;
    const char *text;
  } cases[] = {
    { TOK_SESSION_READY, TOK_SITE_UNKNOWN, 0, NULL },
    { TOK_SESSION_READY, TOK_SITE_UP, 0, NULL },
    { TOK_SESSION_READY, TOK_SITE_UPDATING, 0, updating },
    { TOK_SESSION_READY, TOK_SITE_UPDATING, 60, updating },
    { TOK_SESSION_OFFLINE, TOK_SITE_UPDATING, 60, NULL },
    { TOK_SESSION_ENDED, TOK_SITE_DOWN, 60, NULL },
    { TOK_SESSION_READY, TOK_SITE_DOWN, 0,
      "The service says that it is down. What you do here may fail; try again later." },
    { TOK_SESSION_READY, TOK_SITE_UP, 1,
      "The service asks for a pause after so many requests. It takes more in 10 seconds." },
    { TOK_SESSION_READY, TOK_SITE_UNKNOWN, 51,
      "The service asks for a pause after so many requests. It takes more in 60 seconds." },
    { TOK_SESSION_READY, TOK_SITE_UNKNOWN, 60,
      "The service asks for a pause after so many requests. It takes more in 60 seconds." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_takes (tok_closure_describe_service (NULL, cases[i].state, cases[i].site_status,
                                                cases[i].seconds_left),
                  cases[i].text);
}

/* Where nothing was listed a page says it, in place of the list. */
static void
test_end (void)
{
  g_autoptr (GDateTime) as_of = g_date_time_new_utc (2023, 10, 21, 14, 2, 59);
  const struct {
    TokError code;
    const char *why;
  } cases[] = {
    { TOK_ERROR_SIGN_IN, SIGNED_OUT },
    { TOK_ERROR_ACCOUNT, "The service has disabled this account. Ask the operator why." },
    { TOK_ERROR_VAULT, "The token isn’t kept here any more. Sign in with it again." },
    { TOK_ERROR_VAULT_LOCKED, "Your keyring is locked. Unlock it to use what is kept in it." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = new_error (cases[i].code);
    g_autofree char *text = g_strconcat (cases[i].why, " The list is as of 14:02.", NULL);

    assert_takes (tok_closure_describe_connection (NULL, TOK_SESSION_ENDED, error, as_of, as_of),
                  text);
    assert_takes (tok_closure_describe_connection (NULL, TOK_SESSION_ENDED, error, NULL, as_of),
                  text);
    assert_takes (tok_closure_describe_connection (NULL, TOK_SESSION_ENDED, error, NULL, NULL),
                  NULL);
  }
  assert_takes (tok_closure_describe_connection (NULL, TOK_SESSION_ENDED, NULL, as_of, NULL),
                SIGNED_OUT " The list is as of 14:02.");
}

static void
test_opacity (void)
{
  g_autoptr (GDateTime) as_of = g_date_time_new_now_utc ();

  for (TokSessionState state = TOK_SESSION_SIGNED_OUT; state < TOK_SESSION_ENDED; state++) {
    g_assert_cmpfloat (tok_closure_choose_opacity (NULL, state, as_of), ==, 1);
    g_assert_cmpfloat (tok_closure_choose_opacity (NULL, state, NULL), ==, 1);
  }
  g_assert_cmpfloat (tok_closure_choose_opacity (NULL, TOK_SESSION_ENDED, as_of), ==, 0.5);
  g_assert_cmpfloat (tok_closure_choose_opacity (NULL, TOK_SESSION_ENDED, NULL), ==, 1);
}

static const struct {
  TokError code;
  const char *not_kept;
  const char *still_kept;
  const char *button;
} keyrings[] = {
  { TOK_ERROR_VAULT_MISSING,
    "There is no keyring on this computer, so your token is forgotten when you quit.",
    "Your token is still in the keyring, because that failed.", "Go On without It" },
  { TOK_ERROR_VAULT_LOCKED,
    "Your keyring is locked. Until you unlock it, your token is not kept, and is forgotten when "
    "you quit.",
    "Your token is still in the keyring, because that is locked.", "Unlock" },
  { TOK_ERROR_VAULT_DISMISSED,
    "The keyring stayed locked, so your token is not kept, and is forgotten when you quit.",
    "Your token is still in the keyring, because that is locked.", "Unlock" },
  { TOK_ERROR_VAULT_FAILED, "The keyring didn’t take your token, so it is forgotten when you quit.",
    "Your token is still in the keyring, because that failed.", "Try Again" },
  { TOK_ERROR_VAULT, "The keyring didn’t take your token, so it is forgotten when you quit.",
    "Your token is still in the keyring, because that failed.", "Try Again" },
};

static void
test_keyring (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (keyrings); i++) {
    g_autoptr (GError) error = new_error (keyrings[i].code);

    for (TokSessionState state = TOK_SESSION_SIGNED_OUT; state <= TOK_SESSION_ENDED; state++) {
      gboolean has_token = state != TOK_SESSION_SIGNED_OUT && state != TOK_SESSION_ENDED;

      /* A token that is of no use is no loss; one that is still there is. */
      assert_takes (tok_closure_describe_keyring (NULL, state, FALSE, error),
                    has_token ? keyrings[i].not_kept : NULL);
      assert_takes (tok_closure_describe_keyring (NULL, state, TRUE, error),
                    keyrings[i].still_kept);
      assert_takes (tok_closure_describe_keyring (NULL, state, TRUE, NULL), NULL);
      assert_takes (tok_closure_describe_keyring (NULL, state, FALSE, NULL), NULL);
    }
    assert_takes (tok_closure_choose_keyring_button (NULL, error), keyrings[i].button);
  }
  assert_takes (tok_closure_choose_keyring_button (NULL, NULL), NULL);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/session-closures/way-on", test_way_on);
  g_test_add_func ("/session-closures/connection", test_connection);
  g_test_add_func ("/session-closures/service", test_service);
  g_test_add_func ("/session-closures/end", test_end);
  g_test_add_func ("/session-closures/opacity", test_opacity);
  g_test_add_func ("/session-closures/keyring", test_keyring);

  return g_test_run ();
}
