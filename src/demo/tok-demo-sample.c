/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-sample.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define NEVER 0

#define READ TOK_SCOPE_READ
#define TRADE TOK_SCOPE_TRADE
#define PAYMENTS TOK_SCOPE_PAYMENTS
#define TRADING_INFORMATION TOK_SCOPE_TRADING_INFORMATION
#define ADMIN TOK_SCOPE_ADMIN

/* How long before the start of the service something happened, in seconds. So the lists look
 * alive at whatever time they are looked at. */
typedef gint64 Ago;

/* Login ids that the operator can't have given to anybody; the first is the one signed in to. */
static const TokDemoLogin logins[] = {
  { "SAMPLE1", "trading", "standard", "USD", "fiat", FALSE, 812 },
  { "SAMPLE2", "trading", "standard", "BTC", "crypto", FALSE, 455 },
  { "SAMPLE3", "trading", "demo", "USD", "fiat", TRUE, 813 },
};

static const struct {
  const char *name;
  TokScopes scopes;
  Ago used;
  const char *address;
} tokens[] = {
  { "Grid bot", READ | TRADE, 2 * HOUR + 517, NULL },
  { "Monthly report", TRADING_INFORMATION, 27 * DAY + 4 * HOUR, NULL },
  { "Old payout script", READ | PAYMENTS, 74 * DAY + 31207, "203.0.113.7" },
  { "Portfolio viewer", READ, 18 * MINUTE + 41, NULL },
  { "Spare bot", READ | TRADE | TRADING_INFORMATION, NEVER, NULL },
};

/* The sixth token is the one whose secret is handed out. */
#define OWN_NAME "Token Manager"
#define OWN_USED (1 * DAY + 3 * HOUR + 12)

static const struct {
  gint64 app_id;
  const char *name;
  TokScopes scopes;
  Ago used;
  guint microseconds;
  gboolean official;
  double markup;
} apps[] = {
  { 70101, "Chart Desk", READ | TRADE, 3 * DAY + 7409, 0, FALSE, 0 },
  { 70115, "Copy Harbour", READ | TRADE, 11 * DAY + 50233, 0, FALSE, 2 },
  { 70128, "Grid Keeper", READ | TRADE | TRADING_INFORMATION, 40 * MINUTE + 19, 332723, FALSE, 0 },
  { 70133, "Ledger Lines", READ, 5 * HOUR + 1013, 0, FALSE, 0 },
  { 70149, "Night Shift Bot", TRADE, 1 * DAY + 22671, 0, FALSE, 0 },
  { 70152, "Old Copier", TOK_SCOPE_ALL, NEVER, 0, FALSE, 0 },
  { 70166, "Payday Relay", READ | PAYMENTS, 431 * DAY + 12345, 0, FALSE, 0 },
  /* Beyond 2^53: a number that goes through a double on its way is another app. */
  { G_GINT64_CONSTANT (9007199254740993), "Signal Postbox", TOK_SCOPE_NONE, 203 * DAY + 38100, 0,
    FALSE, 0 },
  { 70170, "Tide Journal", TRADING_INFORMATION, 16 * DAY + 61007, 0, FALSE, 0 },
  { 70184, "Vantage Console", READ | ADMIN, 96 * DAY + 29811, 0, FALSE, 0 },
  { 70107, "Web Terminal", TOK_SCOPE_ALL, 7 * MINUTE + 3, 0, TRUE, 0 },
  /* What a name can do to a program that takes it for markup, or for harmless. */
  { 70199, "Win <b>Free</b> \xf0\x9f\x8e\x81 \"Bonus\" \xe2\x80\xaegnp.exe",
    READ | TRADE | PAYMENTS, 6 * DAY + 45678, 0, FALSE, 0 },
};

static const struct {
  const char *action;
  Ago ago;
  const char *address;
  const char *country;
  const char *browser;
  const char *version;
  const char *os;
  gboolean failed;
} visits[] = {
  { "login", 7 * MINUTE + 3, "198.51.100.24", "pt", "firefox", "128.0", "linux", FALSE },
  { "logout", 1 * DAY + 2 * HOUR, "198.51.100.24", "pt", "firefox", "128.0", "linux", FALSE },
  { "login", 1 * DAY + 3 * HOUR, "198.51.100.24", "pt", "firefox", "128.0", "linux", FALSE },
  { "login", 4 * DAY, "198.51.100.77", "pt", "chrome", "126.0.0.0", "android", FALSE },
  { "login", 6 * DAY, "203.0.113.200", "br", "chrome", "109.0.0.0", "windows", TRUE },
  { "login", 6 * DAY + 5 * MINUTE, "203.0.113.200", "br", "chrome", "109.0.0.0", "windows", TRUE },
  { "logout", 9 * DAY, "198.51.100.24", "pt", "firefox", "127.0", "linux", FALSE },
  { "login", 9 * DAY + 40 * MINUTE, "198.51.100.24", "pt", "firefox", "127.0", "linux", FALSE },
  { "login", 16 * DAY, "198.51.100.24", "pt", "firefox", "127.0", "linux", FALSE },
  { "login", 27 * DAY, "198.51.100.77", "pt", "chrome", "125.0.0.0", "android", FALSE },
  { "login", 58 * DAY, "203.0.113.7", "pt", "safari", "17.4", "macos", FALSE },
  { "login", 96 * DAY, "198.51.100.24", "pt", "firefox", "124.0", "linux", FALSE },
};

/**
 * tok_demo_sample_get_logins:
 * @n_logins: (out): How many there are.
 *
 * Returns: (array length=n_logins): The accounts of the sample owner; every token and app is of
 *   the first.
 */
const TokDemoLogin *
tok_demo_sample_get_logins (guint *n_logins)
{
  *n_logins = G_N_ELEMENTS (logins);
  return logins;
}

static void
add_tokens (TokDemoAccount *account, const char *secret, gint64 now)
{
  TokDemoToken *own = tok_demo_account_add_token (account, OWN_NAME, secret, TOK_SCOPE_ALL);

  own->last_used = now - OWN_USED;
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++) {
    TokDemoToken *token
        = tok_demo_account_add_token (account, tokens[i].name, NULL, tokens[i].scopes);

    token->last_used = tokens[i].used == NEVER ? 0 : now - tokens[i].used;
    token->address = g_strdup (tokens[i].address);
  }
}

/**
 * tok_demo_sample_new_account:
 * @secret: (nullable): The secret of the token with all scopes, or %NULL to make it up.
 *
 * Makes the account of an owner who doesn't exist, with a token and an app of every kind that
 * deserves a look.
 *
 * Returns: (transfer full): The account.
 */
TokDemoAccount *
tok_demo_sample_new_account (const char *secret)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new ();
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  add_tokens (account, secret, now);
  for (guint i = 0; i < G_N_ELEMENTS (apps); i++) {
    gint64 used = (now - apps[i].used) * G_USEC_PER_SEC + apps[i].microseconds;
    TokDemoApp app = { apps[i].app_id, apps[i].name, apps[i].scopes };

    app.last_used = apps[i].used == NEVER ? 0 : used;
    app.official = apps[i].official;
    app.markup = apps[i].markup;
    tok_demo_account_add_app (account, &app);
  }
  for (guint i = 0; i < G_N_ELEMENTS (visits); i++) {
    TokDemoVisit visit
        = { visits[i].action,  now - visits[i].ago, visits[i].address, visits[i].country,
            visits[i].browser, visits[i].version,   visits[i].os,      visits[i].failed };

    tok_demo_account_add_visit (account, &visit);
  }
  return g_steal_pointer (&account);
}
