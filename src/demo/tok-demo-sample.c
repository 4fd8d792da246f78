/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-sample.h"

#include "tok-demo-trades.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define NEVER 0
#define ABSENT (-1)

#define READ TOK_SCOPE_READ
#define TRADE TOK_SCOPE_TRADE
#define PAYMENTS TOK_SCOPE_PAYMENTS
#define TRADING_INFORMATION TOK_SCOPE_TRADING_INFORMATION
#define ADMIN TOK_SCOPE_ADMIN

/* How long before the start of the service something happened, in seconds. So the lists look
 * alive at whatever time they are looked at. */
typedef gint64 Ago;

enum { MAIN, COINS, PRACTICE, N_LOGINS = TOK_DEMO_SAMPLE_N_ACCOUNTS };

/* Login ids that the operator can't have given to anybody. The last account is of the kind that
 * has no currency yet. */
static const TokDemoLogin logins[N_LOGINS] = {
  [MAIN] = { "SAMPLE1", "trading", "standard", "USD", "fiat", FALSE, 812, 1042.17 },
  [COINS] = { "SAMPLE2", "trading", "standard", "BTC", "crypto", FALSE, 455, 0.03518 },
  [PRACTICE] = { "SAMPLE3", "trading", "demo", "", "", TRUE, 813, 0 },
};

/* The tokens whose secrets are handed out; they have all scopes. */
static const struct {
  const char *name;
  Ago used;
} own_tokens[N_LOGINS] = {
  [MAIN] = { "Token Manager", 1 * DAY + 3 * HOUR + 12 },
  [COINS] = { "Token Manager for coins", 8 * DAY + 2 * HOUR + 31 },
  [PRACTICE] = { "Token Manager for practice", NEVER },
};

static const struct {
  guint login;
  const char *name;
  TokScopes scopes;
  Ago used;
  const char *address;
} tokens[] = {
  { MAIN, "Grid bot", READ | TRADE, 2 * HOUR + 517, NULL },
  { MAIN, "Monthly report", TRADING_INFORMATION, 27 * DAY + 4 * HOUR, NULL },
  { MAIN, "Old payout script", READ | PAYMENTS, 74 * DAY + 31207, "203.0.113.7" },
  { MAIN, "Portfolio viewer", READ, 18 * MINUTE + 41, NULL },
  { MAIN, "Spare bot", READ | TRADE | TRADING_INFORMATION, NEVER, NULL },
  { COINS, "Coin ladder", READ | TRADE, 5 * HOUR + 802, NULL },
  { COINS, "Cold shelf watcher", READ, 3 * DAY + 611, NULL },
  { COINS, "Weekly sweep", READ | PAYMENTS, 6 * DAY + 17003, "203.0.113.7" },
  { PRACTICE, "Classroom feed", TRADING_INFORMATION, 44 * DAY + 5120, NULL },
  { PRACTICE, "Strategy trial", READ | TRADE, 12 * MINUTE + 9, NULL },
};

/* What each app is, and when each account used it last. */
static const struct {
  gint64 app_id;
  const char *name;
  TokScopes scopes;
  Ago used[N_LOGINS];
  guint microseconds;
  gboolean official;
  double markup;
} apps[] = {
  { 70101, "Chart Desk", READ | TRADE, { 3 * DAY + 7409, 1 * DAY + 512, 9 * DAY + 3 } },
  { 70115, "Copy Harbour", READ | TRADE, { 11 * DAY + 50233, ABSENT, ABSENT }, .markup = 2 },
  { 70128,
    "Grid Keeper",
    READ | TRADE | TRADING_INFORMATION,
    { 40 * MINUTE + 19, ABSENT, 2 * HOUR + 77 },
    .microseconds = 332723 },
  { 70133, "Ledger Lines", READ, { 5 * HOUR + 1013, 5 * HOUR + 1016, ABSENT } },
  { 70188, "Lesson Player", READ | TRADE, { ABSENT, ABSENT, 20 * DAY + 4404 } },
  { 70149, "Night Shift Bot", TRADE, { 1 * DAY + 22671, ABSENT, ABSENT } },
  { 70152, "Old Copier", TOK_SCOPE_ALL, { NEVER, NEVER, ABSENT } },
  { 70166, "Payday Relay", READ | PAYMENTS, { 431 * DAY + 12345, ABSENT, ABSENT } },
  { 70177, "Pebble Purse", READ | PAYMENTS, { ABSENT, 30 * DAY + 9001, ABSENT } },
  /* Beyond 2^53: a number that goes through a double on its way is another app. */
  { G_GINT64_CONSTANT (9007199254740993),
    "Signal Postbox",
    TOK_SCOPE_NONE,
    { 203 * DAY + 38100, ABSENT, ABSENT } },
  { 70170, "Tide Journal", TRADING_INFORMATION, { 16 * DAY + 61007, ABSENT, ABSENT } },
  { 70184, "Vantage Console", READ | ADMIN, { 96 * DAY + 29811, ABSENT, ABSENT } },
  { 70107,
    "Web Terminal",
    TOK_SCOPE_ALL,
    { 7 * MINUTE + 3, 2 * DAY + 90, 9 * DAY + 2115 },
    .official = TRUE },
  /* What a name can do to a program that takes it for markup, or for harmless. */
  { 70199,
    "Win <b>Free</b> \xf0\x9f\x8e\x81 \"Bonus\" \xe2\x80\xaegnp.exe",
    READ | TRADE | PAYMENTS,
    { 6 * DAY + 45678, ABSENT, ABSENT } },
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

static gint64
get_time (gint64 now, Ago ago)
{
  return ago == NEVER ? 0 : now - ago;
}

static void
add_tokens (TokDemoAccount *account, guint login, const char *secret, gint64 now)
{
  TokDemoToken *own
      = tok_demo_account_add_token (account, own_tokens[login].name, secret, TOK_SCOPE_ALL);

  own->last_used = get_time (now, own_tokens[login].used);
  tok_demo_account_set_own_token (account, own);
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++) {
    TokDemoToken *token;

    if (tokens[i].login != login)
      continue;
    token = tok_demo_account_add_token (account, tokens[i].name, NULL, tokens[i].scopes);
    token->last_used = get_time (now, tokens[i].used);
    token->address = g_strdup (tokens[i].address);
  }
}

static void
add_apps (TokDemoAccount *account, guint login, gint64 now)
{
  for (guint i = 0; i < G_N_ELEMENTS (apps); i++) {
    g_autoptr (TokDemoApp) app = NULL;
    Ago used = apps[i].used[login];

    if (used == ABSENT)
      continue;
    app = tok_demo_sample_new_app (apps[i].app_id);
    if (used != NEVER)
      app->last_used = get_time (now, used) * G_USEC_PER_SEC + apps[i].microseconds;
    tok_demo_account_add_app (account, app);
  }
}

static void
add_visits (TokDemoOwner *owner, gint64 now)
{
  for (guint i = 0; i < G_N_ELEMENTS (visits); i++) {
    TokDemoVisit visit
        = { visits[i].action,  now - visits[i].ago, visits[i].address, visits[i].country,
            visits[i].browser, visits[i].version,   visits[i].os,      visits[i].failed };

    tok_demo_owner_add_visit (owner, &visit);
  }
}

/**
 * tok_demo_sample_new_account:
 * @login_id: Any login id.
 * @start: When the service has met the owner for the first time, in seconds since 1970.
 *
 * Returns: (transfer full) (nullable): The account of the sample that has that login id, with what
 *   happened on it before @start, but without tokens and apps; or %NULL if there is none.
 */
TokDemoAccount *
tok_demo_sample_new_account (const char *login_id, gint64 start)
{
  for (guint i = 0; i < N_LOGINS; i++) {
    TokDemoAccount *account;

    if (!g_str_equal (logins[i].login_id, login_id))
      continue;
    account = tok_demo_account_new (&logins[i]);
    tok_demo_account_set_history (account, tok_demo_trades_new_history (&logins[i], start));
    return account;
  }
  return NULL;
}

/**
 * tok_demo_sample_new_owner:
 * @secret: (nullable): The secret of the first account's own token, or %NULL to make it up.
 *
 * Makes an owner who doesn't exist, with a token and an app of every kind that deserves a look in
 * the first of three accounts, and a few in the others.
 *
 * Returns: (transfer full): The owner.
 */
TokDemoOwner *
tok_demo_sample_new_owner (const char *secret)
{
  TokDemoOwner *owner = tok_demo_owner_new ();
  gint64 now = tok_demo_owner_get_start (owner);

  for (guint login = 0; login < N_LOGINS; login++) {
    TokDemoAccount *account = tok_demo_sample_new_account (logins[login].login_id, now);

    add_tokens (account, login, login == MAIN ? secret : NULL, now);
    add_apps (account, login, now);
    tok_demo_owner_add_account (owner, account);
  }
  add_visits (owner, now);
  return owner;
}

/* One of many: names that are much alike and never the same, and a bit of everything else. */
static void
add_some_token (TokDemoAccount *account, guint number, gint64 now)
{
  static const char *const kinds[] = { "Grid bot", "Copier",      "Price feed", "Journal",
                                       "Payout",   "Night shift", "Tax report", "Ladder" };
  static const TokScopes scopes[]
      = { READ | TRADE,        TRADE, READ, TRADING_INFORMATION, READ | PAYMENTS, READ | TRADE,
          TRADING_INFORMATION, READ };
  guint kind = number * 5 % G_N_ELEMENTS (kinds);
  g_autofree char *name = g_strdup_printf ("%s %u", kinds[kind], number);
  TokDemoToken *token = tok_demo_account_add_token (
      account, name, NULL, number % 97 == 0 ? TOK_SCOPE_ALL : scopes[kind]);

  token->last_used = number % 3 == 0 ? get_time (now, NEVER)
                                     : now - (gint64) (number * 7919 % (400 * DAY / HOUR)) * HOUR;
  if (number % 50 == 0)
    token->address = g_strdup ("203.0.113.7");
}

/**
 * tok_demo_sample_add_tokens:
 * @owner: An owner of the sample.
 * @n: A number from %TOK_DEMO_SAMPLE_MIN_TOKENS to %TOK_DEMO_SAMPLE_MAX_TOKENS.
 *
 * Adds tokens to the first account until it has @n of them, the same ones for the same number but
 * for their secrets.
 */
void
tok_demo_sample_add_tokens (TokDemoOwner *owner, guint n)
{
  TokDemoAccount *account = tok_demo_owner_find_account (owner, logins[MAIN].login_id);
  gint64 now = tok_demo_owner_get_start (owner);

  g_return_if_fail (n >= TOK_DEMO_SAMPLE_MIN_TOKENS && n <= TOK_DEMO_SAMPLE_MAX_TOKENS);

  for (guint number = 1; tok_demo_account_get_tokens (account)->len < n; number++)
    add_some_token (account, number, now);
}

/**
 * tok_demo_sample_new_app:
 * @app_id: Any id.
 *
 * Makes the app of that id as it would be registered: one of the sample, or an app that needs
 * what managing tokens and connected apps takes.
 *
 * Returns: (transfer full): The app, never used.
 */
TokDemoApp *
tok_demo_sample_new_app (gint64 app_id)
{
  TokDemoApp *self = g_new0 (TokDemoApp, 1);

  self->app_id = app_id;
  for (guint i = 0; i < G_N_ELEMENTS (apps); i++) {
    if (apps[i].app_id != app_id)
      continue;
    self->name = g_strdup (apps[i].name);
    self->scopes = apps[i].scopes;
    self->official = apps[i].official;
    self->markup = apps[i].markup;
    return self;
  }
  self->name = g_strdup_printf ("App %" G_GINT64_FORMAT, app_id);
  self->scopes = READ | ADMIN;
  return self;
}
