/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-trades.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
/* How far back it goes. */
#define PERIOD (45 * DAY)

#define MAIN "SAMPLE1"
#define COINS "SAMPLE2"

#define PASTED TOK_DEMO_TRADES_PASTED_APP_ID
#define PASTED_COINS 60422
#define NOBODY 0

/* Added trades begin before the last one of any app that makes them. */
#define ADDED_LAST (2 * DAY)
#define ADDED_FIRST (29 * DAY)

enum { RISE, FALL, EVEN, TOUCH, CLIMB, SLIDE, LONG_TOUCH, LONG_CLIMB };

static const TokDemoContractKind kinds[] = {
  [RISE] = { "CALL", "R_100", "Volatility 100 Index", "is higher after 15 minutes", "minutes",
             15 * MINUTE, 1.95 },
  [FALL] = { "PUT", "R_75", "Volatility 75 Index", "is lower after 5 minutes", "minutes",
             5 * MINUTE, 1.95 },
  [EVEN] = { "DIGITEVEN", "R_10", "Volatility 10 Index", "ends in an even digit after 5 ticks",
             "ticks", 10, 1.95 },
  [TOUCH] = { "ONETOUCH", "frxEURUSD", "EUR/USD", "touches the barrier within an hour", "minutes",
              HOUR, 2.4 },
  [CLIMB] = { "MULTUP", "R_50", "Volatility 50 Index", "climbs", "days", 2 * DAY, 0 },
  [SLIDE] = { "MULTDOWN", "R_50", "Volatility 50 Index", "slides", "days", 2 * DAY, 0 },
  /* Those are long enough to be open as long as anybody looks. */
  [LONG_TOUCH] = { "ONETOUCH", "frxGBPUSD", "GBP/USD", "touches the barrier within a year", "days",
                   365 * DAY, 3.2 },
  [LONG_CLIMB] = { "MULTUP", "cryBTCUSD", "BTC/USD", "climbs", "days", 365 * DAY, 0 },
};

/* What each program does on each account: how often, with which kinds of contracts and with how
 * much, and when it closed the last one. An app that was never used, or not for so long, or that
 * isn't allowed to trade, has nothing here. */
static const struct {
  const char *login_id;
  gint64 app_id;
  gint64 last; /* seconds before the start of the service; not after the last use of the app */
  guint n;
  guint first_kind, n_kinds;
  gint64 least, most; /* stakes in the smallest unit of the currency */
  double luck;        /* how often it wins, or how much a multiplier brings back on average */
} habits[] = {
  { MAIN, 70101, 3 * DAY + 7409, 24, RISE, 2, 1000, 5000, 0.46 },
  { MAIN, 70115, 11 * DAY + 50233, 31, RISE, 2, 1500, 2500, 0.44 },
  { MAIN, 70128, 40 * MINUTE + 19, 212, FALL, 2, 100, 500, 0.49 },
  { MAIN, 70149, 1 * DAY + 22671, 88, CLIMB, 2, 200, 800, 0.97 },
  { MAIN, 70107, 7 * MINUTE + 3, 9, RISE, 4, 500, 2000, 0.5 },
  { MAIN, 70199, 6 * DAY + 45678, 5, TOUCH, 1, 4000, 6500, 0.0 },
  { MAIN, NOBODY, 2 * DAY + 3000, 6, RISE, 3, 500, 1500, 0.5 },
  { MAIN, PASTED, 2 * HOUR + 517, 47, EVEN, 1, 300, 900, 0.4 },
  { COINS, 70101, 1 * DAY + 512, 18, RISE, 2, 10000, 40000, 0.5 },
  { COINS, 70107, 2 * DAY + 90, 4, TOUCH, 1, 20000, 30000, 0.3 },
  { COINS, NOBODY, 9 * DAY + 1111, 2, FALL, 1, 10000, 20000, 0.5 },
  { COINS, PASTED_COINS, 5 * HOUR + 802, 33, FALL, 2, 5000, 15000, 0.5 },
};

/* What is open. One was bought before the period that most people look at. */
static const struct {
  const char *login_id;
  gint64 app_id;
  gint64 ago;
  guint kind;
  gint64 stake;
} positions[] = {
  { MAIN, 70128, 50 * MINUTE, LONG_CLIMB, 1250 },
  { MAIN, 70128, 4 * DAY + 912, LONG_TOUCH, 800 },
  { MAIN, 70115, 12 * DAY + 7, LONG_CLIMB, 2500 },
  { MAIN, 70149, 38 * DAY + 60, LONG_TOUCH, 1500 },
  { MAIN, PASTED, 3 * HOUR + 5, LONG_CLIMB, 600 },
  { COINS, 70101, 2 * DAY + 41, LONG_CLIMB, 25000 },
};

static const struct {
  const char *login_id;
  const char *action;
  gint64 ago;
  gint64 amount;
  const char *from;
  const char *to;
  gint64 fee;
} payments[] = {
  { MAIN, "deposit", 44 * DAY + 3600, 50000 },
  { MAIN, "deposit", 26 * DAY + 611, 25000 },
  { MAIN, "transfer", 20 * DAY + 1805, -15000, MAIN, COINS, 150 },
  { MAIN, "withdrawal", 12 * DAY + 40012, -20000 },
  { COINS, "deposit", 40 * DAY + 77, 1000000 },
  { COINS, "transfer", 20 * DAY + 1805, 230000, MAIN, COINS, 2300 },
};

/* Some number from @least to @most; the same ones in the same order for the same seed. */
static gint64
pick (GRand *random, gint64 least, gint64 most)
{
  return least + (gint64) (g_rand_double (random) * (double) (most - least + 1));
}

static gint64
multiply (gint64 units, double factor)
{
  return (gint64) ((double) units * factor + 0.5);
}

static TokDemoContract
begin_contract (const TokDemoContractKind *kind, gint64 app_id, gint64 time, gint64 stake)
{
  return (TokDemoContract){ .kind = kind,
                            .app_id = app_id,
                            .purchase_time = time,
                            .stake = stake,
                            .payout = multiply (stake, kind->rate) };
}

static void
add_closed (TokDemoHistory *history,
            const TokDemoContractKind *kind,
            gint64 app_id,
            gint64 end,
            gint64 stake,
            double luck,
            GRand *random)
{
  TokDemoContract contract = begin_contract (kind, app_id, end - kind->duration, stake);
  double chance = g_rand_double (random);

  contract.sell_time = end;
  if (kind->rate == 0)
    contract.result = multiply (stake, luck * (0.5 + chance));
  else if (chance < luck)
    contract.result = contract.payout;
  tok_demo_history_add_contract (history, &contract);
}

/* The trades of one program, all over the period, the last one at its very end. */
static void
add_habit (TokDemoHistory *history, guint place, gint64 start)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (place + 1);
  gint64 span = (PERIOD - habits[place].last) / habits[place].n;

  for (guint i = 0; i < habits[place].n; i++) {
    guint kind = habits[place].first_kind + (guint) pick (random, 0, habits[place].n_kinds - 1);
    gint64 ago = habits[place].last + (i > 0 ? i * span + pick (random, 0, span - 1) : 0);

    add_closed (history, &kinds[kind], habits[place].app_id, start - ago,
                pick (random, habits[place].least, habits[place].most), habits[place].luck, random);
  }
}

static void
add_payments (TokDemoHistory *history, const char *login_id, gint64 start)
{
  for (guint i = 0; i < G_N_ELEMENTS (payments); i++)
    if (g_str_equal (payments[i].login_id, login_id))
      tok_demo_history_add_payment (history, &(TokDemoEntry){ .action = payments[i].action,
                                                              .time = start - payments[i].ago,
                                                              .amount = payments[i].amount,
                                                              .from = payments[i].from,
                                                              .to = payments[i].to,
                                                              .fee = payments[i].fee });
}

/**
 * tok_demo_trades_new_history:
 * @login: An account of the sample.
 * @start: When the service was started first, in seconds since 1970.
 *
 * Makes up what happened on an account during the 45 days before @start; the same for the same
 * account. An account without a currency can't have traded.
 *
 * Returns: (transfer full): The history, settled; it ends with the balance of @login.
 */
TokDemoHistory *
tok_demo_trades_new_history (const TokDemoLogin *login, gint64 start)
{
  TokDemoHistory *history = tok_demo_history_new (login->currency, login->balance);

  for (guint i = 0; i < G_N_ELEMENTS (habits); i++)
    if (g_str_equal (habits[i].login_id, login->login_id))
      add_habit (history, i, start);
  for (guint i = 0; i < G_N_ELEMENTS (positions); i++) {
    TokDemoContract contract;

    if (!g_str_equal (positions[i].login_id, login->login_id))
      continue;
    contract = begin_contract (&kinds[positions[i].kind], positions[i].app_id,
                               start - positions[i].ago, positions[i].stake);
    tok_demo_history_add_contract (history, &contract);
  }
  add_payments (history, login->login_id, start);
  tok_demo_history_settle (history);
  return history;
}

/**
 * tok_demo_trades_add:
 * @history: The history of the first account of the sample.
 * @n: How many.
 * @start: When the service was started first, in seconds since 1970.
 *
 * Adds so many small closed contracts of the last 29 days, bought by two connected apps and one
 * program that isn't connected, and numbers all rows anew.
 */
void
tok_demo_trades_add (TokDemoHistory *history, guint n, gint64 start)
{
  static const gint64 app_ids[] = { 70128, PASTED, 70149 };
  g_autoptr (GRand) random = g_rand_new_with_seed (n);

  for (guint i = 0; i < n; i++)
    add_closed (history, &kinds[EVEN], app_ids[i % G_N_ELEMENTS (app_ids)],
                start - ADDED_LAST - (ADDED_FIRST - ADDED_LAST) * (gint64) i / n, 100, 0.49,
                random);
  tok_demo_history_settle (history);
}
