/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-closures.h"

#include "tok-account.h"
#include "tok-app.h"
#include "tok-error.h"
#include "tok-test.h"
#include "tok-token.h"

#include <math.h>

static TokToken *
new_token (TokScopes scopes, const char *const *unknown, const char *ip)
{
  return tok_token_new ("Bot", "*****", scopes, unknown, NULL, ip);
}

static TokApp *
new_app (TokScopes scopes, const char *const *unknown, gboolean official, double markup)
{
  return tok_app_new (7, "Desk", scopes, unknown, NULL, official, markup);
}

static void
assert_takes (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_name (void)
{
  assert_takes (tok_closure_describe_name (NULL, "<i>\u202e"), "<i>[U+202E]");
  assert_takes (tok_closure_describe_name (NULL, ""), "(no name)");
  assert_takes (tok_closure_describe_name (NULL, NULL), "(no name)");
}

static void
test_name_warning (void)
{
  static const struct {
    const char *name;
    gboolean official;
    const char *warning;
  } rows[] = {
    { "Chart Desk", FALSE, NULL },
    { "D\u0435riv", FALSE, "Its name looks like “Deriv”, but the operator didn’t make it." },
    { "B1nary", FALSE, "Its name looks like “Binary”, but the operator didn’t make it." },
    { "Chart\u200bDesk", FALSE, "Its name hides characters that can’t be seen." },
    { "Ch\u0430rt", FALSE, "Its name mixes letters of several alphabets that look alike." },
    { "Deriv", TRUE, NULL },
    { "Chart\u200bDesk", TRUE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TokApp) app
        = tok_app_new (7, rows[i].name, TOK_SCOPE_READ, NULL, NULL, rows[i].official, 0);

    assert_takes (tok_closure_describe_name_warning (NULL, app), rows[i].warning);
    assert_takes (tok_closure_describe_name_warning (NULL, app), rows[i].warning);
  }
  assert_takes (tok_closure_describe_name_warning (NULL, NULL), NULL);
}

static const struct {
  TokScopes scopes;
  const char *unknown[3];
  const char *permissions;
  const char *access;
} accesses[] = {
  { TOK_SCOPE_NONE, { NULL }, "No permissions", "No access" },
  { TOK_SCOPE_READ, { NULL }, "Read", "View only · Read" },
  { TOK_SCOPE_TRADING_INFORMATION,
    { NULL },
    "Trading information",
    "View only · Trading information" },
  { TOK_SCOPE_READ | TOK_SCOPE_TRADE, { NULL }, "Read, Trade", "Can trade · Read, Trade" },
  { TOK_SCOPE_PAYMENTS, { NULL }, "Payments", "Can move money · Payments" },
  { TOK_SCOPE_ALL,
    { NULL },
    "Read, Trade, Payments, Trading information, Admin",
    "Full control · All permissions" },
  { TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN,
    { "fly", NULL },
    "Read, Unknown permission “fly”",
    "Unknown permission · Read, Unknown permission “fly”" },
  { TOK_SCOPE_ADMIN | TOK_SCOPE_UNKNOWN,
    { "fly", "dig", NULL },
    "Admin, Unknown permission “fly”, Unknown permission “dig”",
    "Full control · Admin, Unknown permission “fly”, Unknown permission “dig”" },
  { TOK_SCOPE_UNKNOWN,
    { "<b>\u202ex", NULL },
    "Unknown permission “<b>[U+202E]x”",
    "Unknown permission · Unknown permission “<b>[U+202E]x”" },
};

static void
test_access (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accesses); i++) {
    const char *const *unknown = accesses[i].unknown[0] != NULL ? accesses[i].unknown : NULL;
    g_autoptr (TokToken) token = new_token (accesses[i].scopes, unknown, NULL);
    g_autoptr (TokApp) app = new_app (accesses[i].scopes, unknown, TRUE, 0);
    g_autoptr (TokApp) other = new_app (accesses[i].scopes, unknown, FALSE, 0);
    g_autofree char *from_other = g_strconcat (accesses[i].access, " · Third party", NULL);

    assert_takes (tok_closure_describe_permissions (NULL, token, NULL), accesses[i].permissions);
    assert_takes (tok_closure_describe_permissions (NULL, NULL, app), accesses[i].permissions);
    assert_takes (tok_closure_describe_access (NULL, token, NULL), accesses[i].access);
    assert_takes (tok_closure_describe_access (NULL, NULL, app), accesses[i].access);
    assert_takes (tok_closure_describe_access (NULL, NULL, other), from_other);
  }
  assert_takes (tok_closure_describe_permissions (NULL, NULL, NULL), "No permissions");
  assert_takes (tok_closure_describe_access (NULL, NULL, NULL), "No access");
}

/* Who sends a thousand permissions doesn't get a row of a thousand lines. */
static void
test_many_permissions (void)
{
  g_autofree char *id = g_strnfill (10000, 'x');
  const char *const unknown[] = { id, "more", NULL };
  g_autoptr (TokApp) app = new_app (TOK_SCOPE_UNKNOWN, unknown, FALSE, 0);
  g_autofree char *text = tok_closure_describe_permissions (NULL, NULL, app);

  g_assert_cmpuint (g_utf8_strlen (text, -1), <=, 401);
}

static void
test_what_is_special (void)
{
  g_autoptr (TokToken) locked = new_token (TOK_SCOPE_READ, NULL, "203.0.113.7");
  g_autoptr (TokToken) idle = new_token (TOK_SCOPE_NONE, NULL, "2001:db8::1");
  g_autoptr (TokToken) hostile = new_token (TOK_SCOPE_READ, NULL, "<b>\n");
  g_autoptr (TokApp) dear = new_app (TOK_SCOPE_TRADE, NULL, FALSE, 2.5);
  g_autoptr (TokApp) useless = new_app (TOK_SCOPE_NONE, NULL, TRUE, 3);

  assert_takes (tok_closure_describe_access (NULL, locked, NULL),
                "View only · Read · Only from 203.0.113.7");
  assert_takes (tok_closure_describe_access (NULL, idle, NULL),
                "No access · Only from 2001:db8::1");
  assert_takes (tok_closure_describe_access (NULL, hostile, NULL),
                "View only · Read · Only from <b>");
  assert_takes (tok_closure_describe_access (NULL, NULL, dear),
                "Can trade · Trade · Adds 2.5 % to every contract · Third party");
  assert_takes (tok_closure_describe_access (NULL, NULL, useless),
                "No access · Adds 3 % to every contract");
}

/* What is no share of anything isn't spoken of. */
static void
test_markup (void)
{
  static const struct {
    double markup;
    const char *access;
  } rows[] = {
    { 0, "View only · Read" },
    { -1, "View only · Read" },
    { -1e308, "View only · Read" },
    { NAN, "View only · Read" },
    { 0.5, "View only · Read · Adds 0.5 % to every contract" },
    { 1e-300, "View only · Read · Adds 0.01 % to every contract" },
    { 1e308, "View only · Read · Adds over 100 % to every contract" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TokApp) app = new_app (TOK_SCOPE_READ, NULL, TRUE, rows[i].markup);

    assert_takes (tok_closure_describe_access (NULL, NULL, app), rows[i].access);
  }
}

/* The first attribute of a kind. */
static PangoAttribute *
find_attribute (PangoAttrList *attributes, PangoAttrType type)
{
  g_autoptr (PangoAttrIterator) iterator = pango_attr_list_get_iterator (attributes);

  do {
    PangoAttribute *attribute = pango_attr_iterator_get (iterator, type);

    if (attribute != NULL)
      return attribute;
  } while (pango_attr_iterator_next (iterator));
  return NULL;
}

/* Whatever the scopes, the line begins with the level, and only what follows it is quiet. The level
 * is bold where money can be moved. */
static void
test_weight (void)
{
  for (TokScopes scopes = 0; scopes <= (TOK_SCOPE_ALL | TOK_SCOPE_UNKNOWN); scopes++) {
    g_autoptr (TokToken) token = new_token (scopes, NULL, NULL);
    TokAccessLevel level = tok_access_level_from_scopes (scopes);
    g_autofree char *line = tok_closure_describe_access (NULL, token, NULL);
    g_autofree char *word = tok_closure_describe_level (NULL, level);
    g_autoptr (PangoAttrList) weights = tok_closure_weigh_access (NULL, level);
    PangoAttribute *quiet = find_attribute (weights, PANGO_ATTR_FOREGROUND_ALPHA);
    PangoAttribute *bold = find_attribute (weights, PANGO_ATTR_WEIGHT);

    g_assert_true (g_str_has_prefix (line, word));
    g_assert_nonnull (quiet);
    g_assert_cmpuint (quiet->start_index, ==, strlen (word));
    g_assert_cmpuint (quiet->end_index, ==, PANGO_ATTR_INDEX_TO_TEXT_END);
    g_assert_true ((bold != NULL) == (level >= TOK_ACCESS_LEVEL_MONEY));
    if (bold != NULL) {
      g_assert_cmpuint (bold->start_index, ==, 0);
      g_assert_cmpuint (bold->end_index, ==, strlen (word));
    }
  }
}

/* What is in use is quiet, what nobody has needed for long stands out. */
static void
test_weight_of_last_used (void)
{
  static const struct {
    int days;
    gboolean quiet;
    gboolean bold;
  } rows[]
      = { { 0, TRUE, FALSE }, { 364, TRUE, FALSE }, { 365, FALSE, TRUE }, { 999, FALSE, TRUE } };
  g_autoptr (GDateTime) now = g_date_time_new_utc (2023, 10, 21, 7, 11, 29);
  g_autoptr (PangoAttrList) never = tok_closure_weigh_last_used (NULL, NULL, now);
  g_autoptr (PangoAttrList) unknown = tok_closure_weigh_last_used (NULL, now, NULL);
  g_autoptr (GDateTime) next_year = g_date_time_add_years (now, 1);
  g_autoptr (PangoAttrList) ahead = tok_closure_weigh_last_used (NULL, next_year, now);

  g_assert_null (find_attribute (never, PANGO_ATTR_FOREGROUND_ALPHA));
  g_assert_null (find_attribute (never, PANGO_ATTR_WEIGHT));
  g_assert_null (find_attribute (unknown, PANGO_ATTR_WEIGHT));
  g_assert_null (find_attribute (ahead, PANGO_ATTR_FOREGROUND_ALPHA));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GDateTime) used = g_date_time_add_days (now, -rows[i].days);
    g_autoptr (PangoAttrList) weights = tok_closure_weigh_last_used (NULL, used, now);

    g_assert_true ((find_attribute (weights, PANGO_ATTR_FOREGROUND_ALPHA) != NULL)
                   == rows[i].quiet);
    g_assert_true ((find_attribute (weights, PANGO_ATTR_WEIGHT) != NULL) == rows[i].bold);
  }
}

static void
test_levels (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (TokAccessLevel level = 0; level <= TOK_ACCESS_LEVEL_UNKNOWN; level++) {
    g_assert_true (g_hash_table_add (seen, tok_closure_choose_level_icon (NULL, level)));
    g_assert_true (g_hash_table_add (seen, tok_closure_describe_level (NULL, level)));
  }
}

static void
test_times (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2023, 10, 21, 7, 11, 29);
  g_autoptr (GDateTime) used = g_date_time_add_hours (now, -3);

  assert_takes (tok_closure_describe_last_used (NULL, used, TRUE, now), "Used 3 hours ago");
  assert_takes (tok_closure_describe_last_used (NULL, NULL, TRUE, now), "Never used");
  assert_takes (tok_closure_describe_last_used (NULL, NULL, FALSE, now), "Last use not known");
  /* A row that doesn't know the time yet says nothing. */
  assert_takes (tok_closure_describe_last_used (NULL, used, TRUE, NULL), NULL);
  assert_takes (tok_closure_describe_last_used (NULL, NULL, FALSE, NULL), NULL);
  assert_takes (tok_closure_describe_time (NULL, used), "21 October 2023, 04:11:29 UTC");
  assert_takes (tok_closure_describe_time (NULL, NULL), NULL);
}

static void
test_failure (void)
{
  g_autoptr (GError) unconfirmed = g_error_new_literal (TOK_ERROR, TOK_ERROR_UNCONFIRMED, "Oops");
  g_autoptr (GError) limited = g_error_new_literal (TOK_ERROR, TOK_ERROR_RATE_LIMIT, "Oops");
  g_autoptr (TokToken) token = new_token (TOK_SCOPE_ADMIN, NULL, NULL);

  assert_takes (tok_closure_describe_revoke_failure (NULL, NULL, NULL), NULL);
  assert_takes (tok_closure_describe_revoke_failure (NULL, NULL, token), NULL);
  assert_takes (tok_closure_describe_revoke_failure (NULL, unconfirmed, token),
                "Couldn’t confirm that it is deleted. It may still work.");
  assert_takes (tok_closure_describe_revoke_failure (NULL, unconfirmed, NULL),
                "Couldn’t confirm that access is revoked. It may still have it.");
  assert_takes (tok_closure_describe_revoke_failure (NULL, limited, NULL),
                "Still has access. The service asked for a pause after so many requests. Try "
                "again.");
}

static void
test_account (void)
{
  g_autoptr (TokAccount) account = tok_account_new ("SAMPLE1", "USD", FALSE, TOK_SCOPE_READ, NULL);
  g_autoptr (TokAccount) hostile
      = tok_account_new ("\u202e<b>012345678901234567890", "USD", FALSE, TOK_SCOPE_READ, NULL);

  assert_takes (tok_closure_describe_account (NULL, account), "SAMPLE1");
  assert_takes (tok_closure_describe_account (NULL, hostile), "[U+202E]<b>0123456789012…");
  assert_takes (tok_closure_describe_account (NULL, NULL), NULL);
}

static const struct {
  const char *login_id;
  const char *currency;
  gboolean is_virtual;
  const char *button;
  const char *money;
} accounts[] = {
  { "SAMPLE1", "USD", FALSE, "SAMPLE1", "Real account in USD" },
  { "SAMPLE2", "", FALSE, "SAMPLE2", "Real account" },
  { "SAMPLE3", "USD", TRUE, "SAMPLE3 · Demo", "Demo account, no real money" },
  { "%s\u202e", "<b>\u202e", FALSE, "%s[U+202E]", "Real account in <b>[U+202E]" },
  { "%s\u202e", "0123456789012345", TRUE, "%s[U+202E] · Demo", "Demo account, no real money" },
  { "SAMPLE4", "0123456789012345", FALSE, "SAMPLE4", "Real account in 012345678901…" },
};

static void
test_money (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++) {
    g_autoptr (TokAccount) account = tok_account_new (accounts[i].login_id, accounts[i].currency,
                                                      accounts[i].is_virtual, TOK_SCOPE_READ, NULL);

    assert_takes (tok_closure_describe_account_button (NULL, account), accounts[i].button);
    assert_takes (tok_closure_describe_money (NULL, account), accounts[i].money);
  }
  assert_takes (tok_closure_describe_account_button (NULL, NULL), NULL);
  assert_takes (tok_closure_describe_money (NULL, NULL), NULL);
}

static void
test_account_access (void)
{
  g_autofree char *much = g_strnfill (10000, 'x');
  const char *const unknown[] = { "<b>\u202e", much, NULL };
  g_autoptr (TokAccount) viewer = tok_account_new ("SAMPLE1", "USD", FALSE, TOK_SCOPE_READ, NULL);
  g_autoptr (TokAccount) master
      = tok_account_new ("SAMPLE1", "USD", FALSE, TOK_SCOPE_READ | TOK_SCOPE_ADMIN, NULL);
  g_autoptr (TokAccount) hostile
      = tok_account_new ("SAMPLE1", "USD", FALSE, TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN, unknown);
  g_autofree char *text = tok_closure_describe_account_access (NULL, hostile);

  assert_takes (tok_closure_describe_account_access (NULL, viewer), "View only · Read");
  assert_takes (tok_closure_describe_account_access (NULL, master), "Full control · Read, Admin");
  assert_takes (tok_closure_describe_account_access (NULL, NULL), NULL);
  g_assert_true (g_str_has_prefix (
      text, "Unknown permission · Read, Unknown permission “<b>[U+202E]”, Unknown permission “xx"));
  g_assert_cmpuint (g_utf8_strlen (text, -1), <, 450);
}

static void
test_sample (void)
{
  assert_takes (tok_closure_describe_sample (NULL, TRUE), "Sample data. Nothing here is real.");
  assert_takes (tok_closure_describe_sample (NULL, FALSE), NULL);
}

static void
test_tag (void)
{
  g_autoptr (TokToken) token = new_token (TOK_SCOPE_ADMIN, NULL, NULL);
  g_autoptr (TokApp) official = new_app (TOK_SCOPE_READ, NULL, TRUE, 0);
  g_autoptr (TokApp) third = new_app (TOK_SCOPE_READ, NULL, FALSE, 0);

  assert_takes (tok_closure_tag_grant (NULL, token, NULL, TRUE, FALSE), "This program");
  assert_takes (tok_closure_tag_grant (NULL, token, NULL, TRUE, TRUE), "This program");
  assert_takes (tok_closure_tag_grant (NULL, token, NULL, FALSE, TRUE), "New");
  assert_takes (tok_closure_tag_grant (NULL, token, NULL, FALSE, FALSE), NULL);
  assert_takes (tok_closure_tag_grant (NULL, NULL, official, FALSE, FALSE), "Official");
  assert_takes (tok_closure_tag_grant (NULL, NULL, third, FALSE, FALSE), NULL);
  assert_takes (tok_closure_tag_grant (NULL, NULL, NULL, FALSE, FALSE), NULL);
}

static void
test_outcome (void)
{
  g_autoptr (TokToken) token = new_token (TOK_SCOPE_ADMIN, NULL, NULL);

  assert_takes (tok_closure_describe_outcome (NULL, TOK_GRANT_IDLE, token), NULL);
  assert_takes (tok_closure_describe_outcome (NULL, TOK_GRANT_FAILED, NULL), NULL);
  assert_takes (tok_closure_describe_outcome (NULL, TOK_GRANT_WORKING, NULL), "Revoking…");
  assert_takes (tok_closure_describe_outcome (NULL, TOK_GRANT_GONE, NULL), "Access revoked");
  assert_takes (tok_closure_describe_outcome (NULL, TOK_GRANT_WORKING, token), "Deleting…");
  assert_takes (tok_closure_describe_outcome (NULL, TOK_GRANT_GONE, token), "Deleted");
}

static void
test_is (void)
{
  g_assert_true (tok_closure_is_text (NULL, "x"));
  g_assert_false (tok_closure_is_text (NULL, ""));
  g_assert_false (tok_closure_is_text (NULL, NULL));
  g_assert_true (tok_closure_is_something (NULL, (gpointer) accounts));
  g_assert_false (tok_closure_is_something (NULL, NULL));
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/closures/name", test_name);
  g_test_add_func ("/closures/name-warning", test_name_warning);
  g_test_add_func ("/closures/access", test_access);
  g_test_add_func ("/closures/many-permissions", test_many_permissions);
  g_test_add_func ("/closures/what-is-special", test_what_is_special);
  g_test_add_func ("/closures/markup", test_markup);
  g_test_add_func ("/closures/weight", test_weight);
  g_test_add_func ("/closures/weight-of-last-used", test_weight_of_last_used);
  g_test_add_func ("/closures/levels", test_levels);
  g_test_add_func ("/closures/times", test_times);
  g_test_add_func ("/closures/failure", test_failure);
  g_test_add_func ("/closures/account", test_account);
  g_test_add_func ("/closures/money", test_money);
  g_test_add_func ("/closures/account-access", test_account_access);
  g_test_add_func ("/closures/sample", test_sample);
  g_test_add_func ("/closures/tag", test_tag);
  g_test_add_func ("/closures/outcome", test_outcome);
  g_test_add_func ("/closures/is", test_is);

  return g_test_run ();
}
