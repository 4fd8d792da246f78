/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-test.h"
#include "tok-token-name.h"

#include <string.h>

#define TEN "abcdefghij"

typedef struct {
  const char *typed;
  const char *trimmed;
} Trim;

static const Trim trims[] = {
  { "", "" },
  { " ", "" },
  { " \t\r\n\f ", "" },
  { "\302\240\343\200\200", "" },
  { "Grid bot", "Grid bot" },
  { "  Grid bot  ", "Grid bot" },
  { "\tGrid bot\t", "Grid bot" },
  { "Grid bot\n", "Grid bot" },
  { "\r\n\nGrid bot\r\n", "Grid bot" },
  { "\302\240Grid bot\302\240", "Grid bot" },         /* no-break space */
  { "\343\200\200Grid bot\343\200\200", "Grid bot" }, /* ideographic space */
  { "\342\200\250Grid bot\342\200\251", "Grid bot" }, /* separators of lines and paragraphs */
  { " \302\240\t\343\200\200Grid bot \n\302\240", "Grid bot" },
  { "x", "x" },
  { " x", "x" },
  { "x ", "x" },
  { " \303\251 ", "\303\251" },
  /* What stands between words stays, whatever it is. */
  { " Grid  \t bot ", "Grid  \t bot" },
  { "Grid\302\240bot", "Grid\302\240bot" },
  /* Not to be seen, but no blank. */
  { "\342\200\213Grid bot", "\342\200\213Grid bot" },
};

static void
test_trim (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (trims); i++) {
    g_autofree char *trimmed = tok_token_name_dup_trimmed (trims[i].typed);

    g_test_message ("row %u", i);
    g_assert_cmpstr (trimmed, ==, trims[i].trimmed);
  }
}

typedef struct {
  const char *name;
  TokTokenNameFault fault;
} Check;

static const Check checks[] = {
  { "", TOK_TOKEN_NAME_EMPTY },
  { "a", TOK_TOKEN_NAME_SHORT },
  { "7", TOK_TOKEN_NAME_SHORT },
  { "_", TOK_TOKEN_NAME_SHORT },
  { "ab", TOK_TOKEN_NAME_OK },
  { "AZ", TOK_TOKEN_NAME_OK },
  { "az", TOK_TOKEN_NAME_OK },
  { "09", TOK_TOKEN_NAME_OK },
  { "__", TOK_TOKEN_NAME_OK },
  { "a b", TOK_TOKEN_NAME_OK },
  { "Grid  bot_2", TOK_TOKEN_NAME_OK },
  { TEN TEN TEN "k", TOK_TOKEN_NAME_OK },
  { TEN TEN TEN "kl", TOK_TOKEN_NAME_OK },
  { TEN TEN TEN "klm", TOK_TOKEN_NAME_LONG },
  { TEN TEN TEN " l m", TOK_TOKEN_NAME_LONG },

  /* The service's own sentence allows a dash, its pattern doesn't (PROTOCOL 7). */
  { "Grid-bot", TOK_TOKEN_NAME_CHARACTER },
  { "v1.2", TOK_TOKEN_NAME_CHARACTER },
  { "Grid\tbot", TOK_TOKEN_NAME_CHARACTER },
  { "Grid\nbot", TOK_TOKEN_NAME_CHARACTER },
  { "Grid bot\n", TOK_TOKEN_NAME_CHARACTER },
  { "Grid\rbot", TOK_TOKEN_NAME_CHARACTER },
  { "Grid\001bot", TOK_TOKEN_NAME_CHARACTER },
  { "Grid\177bot", TOK_TOKEN_NAME_CHARACTER },
  { "<b>bot</b>", TOK_TOKEN_NAME_CHARACTER },
  { "bot@home", TOK_TOKEN_NAME_CHARACTER },
  { "bot[1]", TOK_TOKEN_NAME_CHARACTER },
  { "bot`", TOK_TOKEN_NAME_CHARACTER },
  { "bot{}", TOK_TOKEN_NAME_CHARACTER },
  { "bot/1", TOK_TOKEN_NAME_CHARACTER },
  { "bot:1", TOK_TOKEN_NAME_CHARACTER },
  { "Caf\303\251", TOK_TOKEN_NAME_CHARACTER },
  { "Stra\303\237e", TOK_TOKEN_NAME_CHARACTER },
  { "\357\274\221\357\274\222\357\274\223", TOK_TOKEN_NAME_CHARACTER }, /* full-width digits */
  { "\331\241\331\242\331\243", TOK_TOKEN_NAME_CHARACTER },             /* Arabic digits */
  { "bot \360\237\244\226", TOK_TOKEN_NAME_CHARACTER },                 /* an emoji */
  { "Grid\342\200\213bot", TOK_TOKEN_NAME_CHARACTER },                  /* zero width space */
  { "Grid\342\200\215bot", TOK_TOKEN_NAME_CHARACTER },                  /* zero width joiner */
  { "Grid\302\240bot", TOK_TOKEN_NAME_CHARACTER },
  { "Grid\343\200\200bot", TOK_TOKEN_NAME_CHARACTER },
  { "\320\220dmin", TOK_TOKEN_NAME_CHARACTER }, /* a Cyrillic letter that looks Latin */

  /* A wrong character is told first. */
  { "-", TOK_TOKEN_NAME_CHARACTER },
  { "\n", TOK_TOKEN_NAME_CHARACTER },
  { "\303\251", TOK_TOKEN_NAME_CHARACTER },
  { TEN TEN TEN "kl-", TOK_TOKEN_NAME_CHARACTER },
  { TEN TEN TEN "k\303\251", TOK_TOKEN_NAME_CHARACTER },
  { TEN TEN TEN TEN "\n", TOK_TOKEN_NAME_CHARACTER },
};

static void
test_check (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++) {
    g_test_message ("row %u", i);
    g_assert_cmpint (tok_token_name_check (checks[i].name), ==, checks[i].fault);
  }
}

/* No other ASCII character passes, and none of those that should is forgotten. */
static void
test_check_ascii (void)
{
  for (char c = 1; c < 127; c++) {
    const char name[] = { 'a', c, 'b', '\0' };
    gboolean ok = g_ascii_isalnum (c) || c == '_' || c == ' ';

    g_test_message ("%d", c);
    g_assert_cmpint (tok_token_name_check (name), ==,
                     ok ? TOK_TOKEN_NAME_OK : TOK_TOKEN_NAME_CHARACTER);
  }
}

static void
test_check_very_long (void)
{
  g_autofree char *name = g_strnfill (10000, 'a');

  g_assert_cmpint (tok_token_name_check (name), ==, TOK_TOKEN_NAME_LONG);
  name[9999] = '-';
  g_assert_cmpint (tok_token_name_check (name), ==, TOK_TOKEN_NAME_CHARACTER);
}

typedef struct {
  const char *a;
  const char *b;
  gboolean equal;
} Pair;

static const Pair pairs[] = {
  { "", "", TRUE },
  { "", "a", FALSE },
  { "Grid bot", "Grid bot", TRUE },
  { "Grid bot", "gRID BOT", TRUE },
  { "Grid bot", "Grid bots", FALSE },
  { "Grid bot", "Grid  bot", FALSE },
  { "Grid bot", "Grid_bot", FALSE },
  { "Grid bot", "Grid bot ", FALSE },
  { "\303\211tude", "\303\251TUDE", TRUE },
  { "Etude", "\303\211tude", FALSE },
  { "Stra\303\237e", "STRASSE", TRUE },
  { "strasse", "Stra\303\237e", TRUE },
  { "Stra\303\237e", "Strase", FALSE },

  /* Not UTF-8: a stray byte, a letter that is cut off, half of a pair. */
  { "Grid bot", "Grid bot\377", FALSE },
  { "Grid bot", "Grid bot\360", FALSE },
  { "Grid bot", "Grid bot\360\237\244", FALSE },
  { "Grid bot", "\200", FALSE },
  { "Grid bot", "\355\240\200", FALSE },
  { "Grid bot\303", "GRID BOT\303", TRUE },
};

static void
test_equal (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_test_message ("row %u", i);
    g_assert_cmpint (tok_token_name_equal (pairs[i].a, pairs[i].b), ==, pairs[i].equal);
    g_assert_cmpint (tok_token_name_equal (pairs[i].b, pairs[i].a), ==, pairs[i].equal);
  }
}

/* A letter that is cut off doesn't lead beyond the end. */
static void
test_equal_stops_at_the_end (void)
{
  static const char one[] = "Grid bot\360\0\0\0one";
  static const char two[] = "Grid bot\360\0\0\0two";

  g_assert_true (tok_token_name_equal (one, two));
  g_assert_true (tok_token_name_equal (two, one));
}

/* What was trimmed and passes is what the service takes, at both ends of its range. */
static void
test_limits (void)
{
  for (gsize length = 0; length <= TOK_TOKEN_NAME_MAX + 1; length++) {
    g_autofree char *name = g_strnfill (length, 'a');
    g_autofree char *typed = g_strconcat (" ", name, "\n", NULL);
    g_autofree char *trimmed = tok_token_name_dup_trimmed (typed);
    gboolean ok = length >= TOK_TOKEN_NAME_MIN && length <= TOK_TOKEN_NAME_MAX;

    g_assert_cmpuint (strlen (trimmed), ==, length);
    g_assert_cmpint (tok_token_name_check (trimmed) == TOK_TOKEN_NAME_OK, ==, ok);
  }
}

typedef struct {
  const char *name;
  const char *taken;
  const char *proposal;
} Proposal;

#define THIRTY_TWO TEN TEN TEN "kl"

static const Proposal proposals[] = {
  { "Grid bot", "Grid bot", "Grid bot 2" },
  { "Grid bot 2", "Grid bot 2", "Grid bot 3" },
  { "Grid bot 2", "Grid bot 2|grid BOT 3", "Grid bot 4" },
  { "Grid bot", "Grid bot|Grid bot 2|Grid bot 3", "Grid bot 4" },
  { "Grid bot 9", "", "Grid bot 10" },
  { "Grid bot 999", "", "Grid bot 1000" },
  { "Grid_bot", "", "Grid_bot 2" },
  { "grid_bot_2", "", "grid_bot_3" },
  { "Grid bot  7", "", "Grid bot 8" },
  { "  Grid bot 2  ", "", "Grid bot 3" },

  /* Not every number counts. */
  { "Bot2", "", "Bot2 2" },
  { "Report 2024", "", "Report 2024 2" },
  { "Report 20240101", "", "Report 20240101 2" },
  { "Agent 007", "", "Agent 007 2" },
  { "Zero 0", "", "Zero 0 2" },
  { "7", "", "7 2" },
  { "a", "", "a 2" },
  { "a 2", "", "a 3" },
  { "_2", "", "2 2" },
  { "Bot 18446744073709551617", "", "Bot 18446744073709551617 2" },

  /* The number has its room, and words stay whole. */
  { THIRTY_TWO, "", TEN TEN TEN " 2" },
  { "Nightly grid trading bot on EURUSD", "", "Nightly grid trading bot on 2" },
  { "Nightly grid trading bot EURU 9", "", "Nightly grid trading bot EURU 10" },
  { "Nightly grid trading bot EURUS 9", "", "Nightly grid trading bot 10" },
  { "Nightly_grid_trading_bot_on_EURUSD", "", "Nightly_grid_trading_bot_on 2" },
  { "A " THIRTY_TWO, "", "A " TEN TEN "abcdefgh 2" },

  /* What the service would refuse is left out. */
  { "", "", "Token 2" },
  { " ", "", "Token 2" },
  { "___", "", "Token 2" },
  { "\320\220\320\221", "", "Token 2" },
  { "<b>Grid-bot</b>", "", "bGridbotb 2" },
  { "Caf\303\251 bot", "", "Caf bot 2" },
  { "Grid\nbot\377\360", "", "Gridbot 2" },
};

static gboolean
is_taken (const char *name, gpointer user_data)
{
  g_auto (GStrv) taken = g_strsplit (user_data, "|", -1);

  for (guint i = 0; taken[i] != NULL; i++)
    if (tok_token_name_equal (taken[i], name))
      return TRUE;
  return FALSE;
}

static void
test_propose (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (proposals); i++) {
    g_autofree char *proposal
        = tok_token_name_propose (proposals[i].name, is_taken, (gpointer) proposals[i].taken);

    g_test_message ("row %u", i);
    g_assert_cmpstr (proposal, ==, proposals[i].proposal);
  }
}

static gboolean
is_not_last (const char *name, gpointer user_data)
{
  guint *n_left = user_data;

  g_assert_cmpint (tok_token_name_check (name), ==, TOK_TOKEN_NAME_OK);
  return (*n_left)-- > 0;
}

/* Whatever the name, and however many are taken. */
static void
test_propose_valid (void)
{
  for (gsize length = 0; length <= 2 * TOK_TOKEN_NAME_MAX; length++)
    for (gsize blank = 0; blank <= length; blank++) {
      g_autofree char *name = g_strnfill (length, 'a');
      g_autofree char *proposal = NULL;
      guint n_left = 1100;

      if (blank < length)
        name[blank] = ' ';
      proposal = tok_token_name_propose (name, is_not_last, &n_left);
      g_assert_true (g_str_has_suffix (proposal, " 1102"));
    }
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/token-name/trim", test_trim);
  g_test_add_func ("/token-name/check", test_check);
  g_test_add_func ("/token-name/check/ascii", test_check_ascii);
  g_test_add_func ("/token-name/check/very-long", test_check_very_long);
  g_test_add_func ("/token-name/limits", test_limits);
  g_test_add_func ("/token-name/equal", test_equal);
  g_test_add_func ("/token-name/equal/stops-at-the-end", test_equal_stops_at_the_end);

  g_test_add_func ("/token-name/propose", test_propose);
  g_test_add_func ("/token-name/propose/valid", test_propose_valid);

  return g_test_run ();
}
