/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page to sign in at does with a browser. */

#include "tok-account.h"
#include "tok-address.h"
#include "tok-settings.h"
#include "tok-sign-in-stage.h"
#include "tok-test.h"
#include "tok-ui-browser.h"
#include "tok-ui-test.h"

#define BROWSER "Sign In with the Browser"
#define WAITING "Waiting for the browser. Allow it there, then come back."
#define STILL_WAITING                                                                              \
  "Still waiting for the page that this program opened. If you don’t know which one that is, "   \
  "open "                                                                                          \
  "it again."
#define REASON                                                                                     \
  "Signing in with the browser is off: the service lets only registered programs do that, and "    \
  "this one was built without an app id of its own. Whoever has one can set it in Preferences."
#define AGAIN "Open the Page Again"
#define BACK "org.example.tokenmanager://sign-in"
#define FORGED BACK "?acct1=CR1&token1=a1-x&cur1=USD&state=0123456789abcdef0123456789abcdef"

static void
begin (TokSignInStage *self, TokUiStage *stage)
{
  g_settings_set_string (stage->settings, TOK_SETTINGS_APP_ID, TOK_UI_BROWSER_APP_ID);
  tok_sign_in_stage_begin (self, stage, NULL);
}

/* The browser shows the page; what is asked there is to be answered. */
static char *
open_browser (TokSignInStage *self)
{
  tok_ui_test_click (self->page, BROWSER);
  g_assert_true (tok_sign_in_stage_is_busy (self->page));
  return tok_ui_browser_wait_for_page ();
}

static void
begin_in_browser (TokSignInStage *self, TokUiStage *stage, char **page)
{
  tok_ui_browser_install ();
  begin (self, stage);
  *page = open_browser (self);
}

static void
end (TokSignInStage *self)
{
  tok_sign_in_stage_end (self);
  tok_ui_browser_remove ();
}

static void
assert_nothing_done (TokSignInStage *self)
{
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (self->stage), ==, 0);
  g_assert_cmpuint (self->n_done, ==, 0);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (self->stage->keyring), ==, 0);
  tok_test_wait_until (tok_demo_server_get_n_connections (self->stage->server) == 0);
}

/* What is said is said beside the field, and the page is as it was. */
static void
assert_over (TokSignInStage *self, TokError code)
{
  g_assert_false (tok_sign_in_stage_is_busy (self->page));
  g_assert_false (tok_browser_sign_in_get_is_waiting (self->stage->browser));
  g_assert_true (tok_sign_in_stage_tells (self, code));
  g_assert_false (tok_sign_in_stage_shows (self, WAITING));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (self->token)));
  g_assert_true (tok_sign_in_stage_has_focus (self));
  assert_nothing_done (self);
}

static void
assert_waits (TokSignInStage *self, const char *text)
{
  g_assert_true (tok_sign_in_stage_is_busy (self->page));
  g_assert_true (tok_browser_sign_in_get_is_waiting (self->stage->browser));
  g_assert_true (tok_sign_in_stage_shows (self, text));
  /* What came may be of a page that is still there to be allowed. */
  g_assert_true (tok_sign_in_stage_shows (self, WAITING) == (g_strcmp0 (text, WAITING) == 0));
  /* Nobody pastes anything meanwhile. */
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (self->token)));
  g_assert_null (tok_ui_test_find (self->page, GTK_TYPE_BUTTON, BROWSER));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window))
                 == tok_ui_test_get (self->page, GTK_TYPE_BUTTON, "Cancel"));
}

static void
take (TokSignInStage *self, const char *uri)
{
  tok_sign_in_page_take_redirect (self->page, uri);
}

static void
assert_button (TokSignInStage *self, gboolean is_on)
{
  g_assert_true (gtk_widget_is_sensitive (tok_ui_test_get (self->page, GTK_TYPE_BUTTON, BROWSER))
                 == is_on);
  g_assert_true (tok_sign_in_stage_shows (self, REASON) != is_on);
}

/* The public app id is registered for no program; and what is set counts at once. */
static void
test_button (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  g_autofree char *address = tok_address_with_app_id (stage->address, TOK_UI_BROWSER_APP_ID);

  tok_sign_in_stage_begin (&self, stage, NULL);
  assert_button (&self, FALSE);
  g_settings_set_string (stage->settings, TOK_SETTINGS_APP_ID, TOK_UI_BROWSER_APP_ID);
  assert_button (&self, TRUE);
  g_settings_set_string (stage->settings, TOK_SETTINGS_APP_ID, TOK_PUBLIC_APP_ID);
  assert_button (&self, FALSE);
  g_settings_set_string (stage->settings, TOK_SETTINGS_APP_ID, "");
  g_settings_set_string (stage->settings, TOK_SETTINGS_SERVICE, address);
  assert_button (&self, TRUE);
  tok_sign_in_stage_end (&self);
}

/* Everything that the browser brings is there then, and the first is looked at. */
static void
test_allowed (TokUiStage *stage, gconstpointer data)
{
  gboolean forget = GPOINTER_TO_INT (data);
  static const char *const login_ids[TOK_UI_BROWSER_N_ACCOUNTS]
      = { "SAMPLE1", "SAMPLE2", "SAMPLE3" };
  g_autofree char *begin_of_page = g_strdup_printf (
      "http://127.0.0.1:%u/oauth2/authorize?app_id=" TOK_UI_BROWSER_APP_ID "&", stage->port);
  TokSignInStage self;
  g_autofree char *page = NULL;
  g_autofree char *uri = NULL;
  TokSession *session;

  tok_ui_browser_install ();
  begin (&self, stage);
  gtk_switch_set_active (tok_ui_test_get (self.page, GTK_TYPE_SWITCH, NULL), forget);
  page = open_browser (&self);
  g_assert_true (g_str_has_prefix (page, begin_of_page));
  assert_waits (&self, WAITING);
  /* Once more is not twice. */
  g_signal_emit_by_name (tok_ui_test_find_any (self.page, GTK_TYPE_BUTTON, BROWSER), "clicked");
  uri = tok_ui_browser_answer (page, TRUE);
  take (&self, uri);
  g_assert_true (tok_sign_in_stage_shows (&self, "Signing in…") || self.n_done > 0);
  tok_test_wait_until (self.n_done == 1);
  g_assert_cmpuint (self.n_added, ==, TOK_UI_BROWSER_N_ACCOUNTS);
  g_assert_cmpuint (self.n_offered, ==, TOK_UI_BROWSER_N_ACCOUNTS);
  g_assert_false (tok_sign_in_stage_is_busy (self.page));
  for (guint i = 0; i < TOK_UI_BROWSER_N_ACCOUNTS; i++) {
    session = tok_sign_in_stage_peek_account (stage, i);
    g_assert_cmpstr (tok_account_get_login_id (tok_session_get_account (session)), ==,
                     login_ids[i]);
    g_assert_nonnull (tok_session_get_sign_in_id (session));
    tok_ui_stage_wait_for_lists (session);
    if (!forget)
      tok_test_wait_until (tok_session_get_is_kept (session));
  }
  g_assert_true (tok_accounts_get_current (stage->accounts)
                 == tok_sign_in_stage_peek_account (stage, 0));
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==,
                    forget ? 0 : TOK_UI_BROWSER_N_ACCOUNTS);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, "authorize"), ==, TOK_UI_BROWSER_N_ACCOUNTS);
  end (&self);
}

/* What works is used, and how many there were is told. */
static void
test_some (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  g_autofree char *page = NULL;
  g_autofree char *state = NULL;
  g_autofree char *uri = NULL;

  begin_in_browser (&self, stage, &page);
  state = tok_ui_browser_dup_state (page);
  uri = g_strdup_printf (
      BACK "?acct1=SAMPLE1&token1=a1-nonsense&acct2=SAMPLE2&token2=%s&cur2=BTC&state=%s",
      tok_demo_server_get_token_of (stage->server, "SAMPLE2"), state);
  take (&self, uri);
  tok_test_wait_until (self.n_done == 1);
  g_assert_cmpuint (self.n_added, ==, 1);
  g_assert_cmpuint (self.n_offered, ==, 2);
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 1);
  end (&self);
}

static const struct {
  const char *name;
  const char *accounts;
  TokError code;
} uselesses[] = {
  { "refused", "?acct1=SAMPLE1&token1=a1-nonsense", TOK_ERROR_SIGN_IN },
  /* A token of somebody else's. */
  { "other-account", "?acct1=SAMPLE2&token1=" TOK_UI_STAGE_TOKEN, TOK_ERROR_BROWSER_GARBLED },
};

static void
test_none (TokUiStage *stage, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  TokSignInStage self;
  g_autofree char *page = NULL;
  g_autofree char *state = NULL;
  g_autofree char *uri = NULL;

  begin_in_browser (&self, stage, &page);
  state = tok_ui_browser_dup_state (page);
  uri = g_strconcat (BACK, uselesses[i].accounts, "&state=", state, NULL);
  take (&self, uri);
  tok_sign_in_stage_wait (&self);
  assert_over (&self, uselesses[i].code);
  /* It is about nothing that was typed. */
  g_assert_false (tok_sign_in_stage_is_wrong (&self));
  end (&self);
}

static void
test_denied (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  g_autofree char *page = NULL;
  g_autofree char *uri = NULL;

  begin_in_browser (&self, stage, &page);
  uri = tok_ui_browser_answer (page, FALSE);
  take (&self, uri);
  assert_over (&self, TOK_ERROR_BROWSER_DENIED);
  g_assert_false (tok_sign_in_stage_shows (&self, "scope_denied"));

  /* Said until something else is tried. */
  tok_ui_test_click (self.page, BROWSER);
  g_assert_false (tok_sign_in_stage_tells (&self, TOK_ERROR_BROWSER_DENIED));
  g_free (tok_ui_browser_wait_for_page ());
  end (&self);
}

/* What isn't the answer is said, and the answer waited for. */
static void
test_not_the_answer (TokUiStage *stage, gconstpointer data)
{
  static const struct {
    const char *uri;
    TokError code;
  } others[] = {
    { FORGED, TOK_ERROR_BROWSER_FORGED },
    { BACK "#error=scope_denied&state=0123456789abcdef0123456789abcdef", TOK_ERROR_BROWSER_FORGED },
    { "https://example.org/", TOK_ERROR_BROWSER_GARBLED },
    { BACK "?acct1=<b>", TOK_ERROR_BROWSER_GARBLED },
  };
  TokSignInStage self;
  g_autofree char *page = NULL;
  g_autofree char *uri = NULL;

  begin_in_browser (&self, stage, &page);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    take (&self, others[i].uri);
    assert_waits (&self, STILL_WAITING);
    g_assert_true (tok_sign_in_stage_tells (&self, others[i].code));
    tok_ui_test_assert_untold (self.page, "0123456789abcdef");
  }
  uri = tok_ui_browser_answer (page, TRUE);
  take (&self, uri);
  g_assert_false (tok_sign_in_stage_tells (&self, TOK_ERROR_BROWSER_GARBLED));
  tok_test_wait_until (self.n_done == 1);
  g_assert_cmpuint (self.n_added, ==, TOK_UI_BROWSER_N_ACCOUNTS);

  /* The same once more is nothing new. */
  take (&self, uri);
  g_assert_false (tok_sign_in_stage_is_busy (self.page));
  g_assert_true (tok_sign_in_stage_tells (&self, TOK_ERROR_BROWSER_USED));
  g_assert_cmpuint (self.n_done, ==, 1);
  end (&self);
}

/* Whoever has lost the page gets the same one; what was said of another one goes. */
static void
test_open_again (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  g_autofree char *page = NULL;
  g_autofree char *uri = NULL;

  begin_in_browser (&self, stage, &page);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *again = NULL;

    take (&self, FORGED);
    assert_waits (&self, STILL_WAITING);
    tok_ui_test_click (self.page, AGAIN);
    assert_waits (&self, WAITING);
    g_assert_false (tok_sign_in_stage_tells (&self, TOK_ERROR_BROWSER_FORGED));
    again = tok_ui_browser_wait_for_page ();
    g_assert_cmpstr (again, ==, page);
  }
  uri = tok_ui_browser_answer (page, TRUE);
  take (&self, uri);
  g_assert_null (tok_ui_test_find (self.page, GTK_TYPE_BUTTON, AGAIN));
  tok_test_wait_until (self.n_done == 1);
  g_assert_cmpuint (self.n_added, ==, TOK_UI_BROWSER_N_ACCOUNTS);
  end (&self);
}

/* A token that was pasted has no page. */
static void
test_no_page (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;

  begin (&self, stage);
  g_assert_null (tok_ui_test_find (self.page, GTK_TYPE_BUTTON, AGAIN));
  tok_demo_server_set_latency (stage->server, 600000);
  tok_sign_in_stage_paste (self.page, TOK_UI_STAGE_TOKEN);
  g_assert_true (tok_sign_in_stage_is_busy (self.page));
  g_assert_null (tok_ui_test_find (self.page, GTK_TYPE_BUTTON, AGAIN));
  g_signal_emit_by_name (tok_ui_test_find_any (self.page, GTK_TYPE_BUTTON, AGAIN), "clicked");
  g_assert_true (tok_sign_in_stage_shows (&self, "Signing in…"));
  tok_sign_in_stage_end (&self);
}

static void
test_unasked (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;

  begin (&self, stage);
  gtk_editable_set_text (self.token, "Qw7x");
  take (&self, FORGED);
  assert_over (&self, TOK_ERROR_BROWSER_UNASKED);
  g_assert_cmpstr (gtk_editable_get_text (self.token), ==, "Qw7x");
  g_assert_false (tok_sign_in_stage_is_wrong (&self));
  tok_sign_in_stage_end (&self);
}

static void
test_cancelled (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  g_autofree char *page = NULL;
  g_autofree char *uri = NULL;

  begin_in_browser (&self, stage, &page);
  tok_ui_test_click (self.page, "Cancel");
  g_assert_false (tok_sign_in_stage_is_busy (self.page));
  g_assert_false (tok_browser_sign_in_get_is_waiting (stage->browser));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (self.token)));
  g_assert_true (tok_sign_in_stage_has_focus (&self));

  /* The tab is still open. */
  uri = tok_ui_browser_answer (page, TRUE);
  take (&self, uri);
  assert_over (&self, TOK_ERROR_BROWSER_UNASKED);
  end (&self);
}

/* Whoever allowed it there may still think better of it here. */
static void
test_cancelled_late (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  g_autofree char *page = NULL;
  g_autofree char *uri = NULL;

  begin_in_browser (&self, stage, &page);
  uri = tok_ui_browser_answer (page, TRUE);
  tok_demo_server_set_latency (stage->server, 20);
  take (&self, uri);
  tok_test_wait_until (tok_ui_stage_count_calls (stage, "authorize") == 2);
  tok_ui_test_click (self.page, "Cancel");
  g_assert_false (tok_sign_in_stage_is_busy (self.page));
  assert_nothing_done (&self);
  end (&self);
}

/* Waits for a browser that has so many milliseconds.
 *
 * Returns: (transfer full): The right answer, which never comes in time. */
static char *
begin_slowly (TokSignInStage *self, TokUiStage *stage, guint time)
{
  g_autofree char *address = tok_address_with_app_id (stage->address, TOK_UI_BROWSER_APP_ID);
  g_autofree char *page = NULL;
  g_autofree char *state = NULL;

  g_clear_object (&stage->browser);
  stage->browser = tok_browser_sign_in_new (&(TokTimes){ .browser_sign_in = time });
  tok_ui_browser_install ();
  begin (self, stage);
  tok_ui_test_click (self->page, BROWSER);
  /* In the place of the one of which only the browser knows. */
  page = tok_browser_sign_in_begin (stage->browser, address);
  state = tok_ui_browser_dup_state (page);
  return g_strconcat (BACK "?acct1=SAMPLE1&token1=" TOK_UI_STAGE_TOKEN "&state=", state, NULL);
}

static void
test_expired (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  g_autofree char *uri = begin_slowly (&self, stage, 50);

  tok_test_wait_until (!tok_browser_sign_in_get_is_waiting (stage->browser));
  assert_over (&self, TOK_ERROR_BROWSER_EXPIRED);
  /* It is said once more when the answer comes. */
  gtk_editable_set_text (self.token, "x");
  g_assert_false (tok_sign_in_stage_tells (&self, TOK_ERROR_BROWSER_EXPIRED));
  take (&self, uri);
  assert_over (&self, TOK_ERROR_BROWSER_EXPIRED);
  end (&self);
}

/* The time is up before anybody has noticed. */
static void
test_expired_late (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  g_autofree char *uri = begin_slowly (&self, stage, 1);
  gint64 begun = g_get_monotonic_time ();

  while (g_get_monotonic_time () <= begun + G_TIME_SPAN_MILLISECOND)
    g_thread_yield ();
  g_assert_true (tok_browser_sign_in_get_is_waiting (stage->browser));
  take (&self, uri);
  assert_over (&self, TOK_ERROR_BROWSER_EXPIRED);
  end (&self);
}

static void
test_no_browser (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;

  if (!tok_ui_browser_is_missing ()) {
    g_test_skip ("this computer has a browser of its own");
    return;
  }
  begin (&self, stage);
  gtk_editable_set_text (self.token, "Qw7x");
  tok_ui_test_click (self.page, BROWSER);
  tok_sign_in_stage_wait (&self);
  assert_over (&self, TOK_ERROR_BROWSER_MISSING);
  g_assert_cmpstr (gtk_editable_get_text (self.token), ==, "Qw7x");
  tok_sign_in_stage_end (&self);
}

typedef enum {
  WAITING_FOR_BROWSER,
  OPENING_BROWSER,
  SIGNING_IN,
} Moment;

/* The page goes: nothing is waited for, nobody is signed in, and nothing of it is left. */
static void
test_destroyed (TokUiStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_INT (data);
  TokSignInStage self;
  g_autofree char *page = NULL;
  g_autofree char *uri = NULL;

  tok_ui_browser_install ();
  begin (&self, stage);
  tok_ui_test_click (self.page, BROWSER);
  if (moment != OPENING_BROWSER)
    page = tok_ui_browser_wait_for_page ();
  if (moment == SIGNING_IN) {
    uri = tok_ui_browser_answer (page, TRUE);
    tok_demo_server_set_latency (stage->server, 20);
    take (&self, uri);
    tok_test_wait_until (tok_ui_stage_count_calls (stage, "authorize") == 2);
  }
  end (&self);
  g_assert_false (tok_browser_sign_in_get_is_waiting (stage->browser));
  assert_nothing_done (&self);
}

/* The answer comes to another page than the one that asked, if that has given up. */
static void
test_another_page (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  g_autofree char *page = NULL;
  g_autofree char *uri = NULL;

  begin_in_browser (&self, stage, &page);
  tok_sign_in_stage_end (&self);
  uri = tok_ui_browser_answer (page, TRUE);
  begin (&self, stage);
  take (&self, uri);
  assert_over (&self, TOK_ERROR_BROWSER_UNASKED);
  end (&self);
}

/* Whoever pastes a token while a stray answer comes is not disturbed. */
static void
test_unasked_while_busy (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;

  begin (&self, stage);
  tok_demo_server_set_latency (stage->server, 50);
  tok_sign_in_stage_paste (self.page, TOK_UI_STAGE_TOKEN);
  take (&self, FORGED);
  g_assert_true (tok_sign_in_stage_is_busy (self.page));
  g_assert_true (tok_sign_in_stage_tells (&self, TOK_ERROR_BROWSER_UNASKED) || self.n_done > 0);
  tok_test_wait_until (self.n_done == 1);
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 1);
  tok_sign_in_stage_end (&self);
}

static void
add (const char *path, gconstpointer data, TokUiStageTest test)
{
  g_autofree char *whole = g_strconcat ("/sign-in-page-browser/", path, NULL);

  tok_ui_stage_add (whole, data, test);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  add ("button", NULL, test_button);
  add ("allowed/keep", GINT_TO_POINTER (FALSE), test_allowed);
  add ("allowed/forget", GINT_TO_POINTER (TRUE), test_allowed);
  add ("allowed/some", NULL, test_some);
  for (guint i = 0; i < G_N_ELEMENTS (uselesses); i++) {
    g_autofree char *path = g_strconcat ("allowed/", uselesses[i].name, NULL);

    add (path, GUINT_TO_POINTER (i), test_none);
  }
  add ("denied", NULL, test_denied);
  add ("not-the-answer", NULL, test_not_the_answer);
  add ("open-again", NULL, test_open_again);
  add ("open-again/no-page", NULL, test_no_page);
  add ("unasked", NULL, test_unasked);
  add ("unasked/while-busy", NULL, test_unasked_while_busy);
  add ("cancelled", NULL, test_cancelled);
  add ("cancelled/late", NULL, test_cancelled_late);
  add ("expired", NULL, test_expired);
  add ("expired/late", NULL, test_expired_late);
  add ("no-browser", NULL, test_no_browser);
  add ("destroyed/waiting", GINT_TO_POINTER (WAITING_FOR_BROWSER), test_destroyed);
  add ("destroyed/opening", GINT_TO_POINTER (OPENING_BROWSER), test_destroyed);
  add ("destroyed/signing-in", GINT_TO_POINTER (SIGNING_IN), test_destroyed);
  add ("another-page", NULL, test_another_page);

  return g_test_run ();
}
