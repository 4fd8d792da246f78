/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-words.h"

#include "tok-test.h"

typedef struct {
  TokReplaceOld old_token;
  TokReplaceNew new_token;
  const char *line;
} Case;

#define ANYBODY "Nobody knows whether “Old” still works."

static const Case cases[] = {
  { TOK_REPLACE_OLD_WORKS, TOK_REPLACE_NEW_NONE, "“Old” works. There is no new token yet." },
  { TOK_REPLACE_OLD_WORKS, TOK_REPLACE_NEW_COMING, "“Old” works. “New” is being created." },
  { TOK_REPLACE_OLD_WORKS, TOK_REPLACE_NEW_LOST,
    "“Old” works. There is “New”, too, but nobody has its secret." },
  { TOK_REPLACE_OLD_WORKS, TOK_REPLACE_NEW_MADE, "Both “Old” and “New” work." },
  { TOK_REPLACE_OLD_WORKS, TOK_REPLACE_NEW_UNKNOWN,
    "“Old” works. Nobody knows whether there is “New”." },
  { TOK_REPLACE_OLD_GONE, TOK_REPLACE_NEW_NONE,
    "The old “Old” is deleted. There is no new token yet." },
  { TOK_REPLACE_OLD_GONE, TOK_REPLACE_NEW_COMING,
    "The old “Old” is deleted. The new token is being created." },
  { TOK_REPLACE_OLD_GONE, TOK_REPLACE_NEW_LOST,
    "The old “Old” is deleted. The new “New” is there, but nobody has its secret." },
  { TOK_REPLACE_OLD_GONE, TOK_REPLACE_NEW_MADE, "The old “Old” is deleted. The new “New” works." },
  { TOK_REPLACE_OLD_GONE, TOK_REPLACE_NEW_UNKNOWN,
    "The old “Old” is deleted. Nobody knows whether there is a new token." },
  { TOK_REPLACE_OLD_UNKNOWN, TOK_REPLACE_NEW_NONE, ANYBODY },
  { TOK_REPLACE_OLD_UNKNOWN, TOK_REPLACE_NEW_COMING, "“Old” is being replaced." },
  { TOK_REPLACE_OLD_UNKNOWN, TOK_REPLACE_NEW_LOST, ANYBODY },
  { TOK_REPLACE_OLD_UNKNOWN, TOK_REPLACE_NEW_MADE, ANYBODY },
  { TOK_REPLACE_OLD_UNKNOWN, TOK_REPLACE_NEW_UNKNOWN, ANYBODY },
};

static void
test_every_case (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *line
        = tok_replace_words_describe ("Old", "New", cases[i].old_token, cases[i].new_token);

    g_assert_cmpstr (line, ==, cases[i].line);
  }
}

/* Names are foreign text. */
static void
test_hostile (void)
{
  g_autofree char *line = tok_replace_words_describe ("<b>\nx", "\u202e%s", TOK_REPLACE_OLD_WORKS,
                                                      TOK_REPLACE_NEW_MADE);

  g_assert_cmpstr (line, ==, "Both “<b>[U+000A]x” and “[U+202E]%s” work.");
}

static void
test_way (void)
{
  g_autofree char *beside = tok_replace_words_describe_way ("Old", NULL, FALSE);
  g_autofree char *at_once = tok_replace_words_describe_way ("Old", "203.0.113.7", TRUE);

  g_assert_cmpstr (beside, ==, "“Old” works on meanwhile, so the new token has another name.");
  g_assert_cmpstr (at_once, ==,
                   "The old secret stops working as soon as you replace it. The old one works from "
                   "203.0.113.7 alone. The new one can be bound to your current network address, "
                   "and to no other.");
}

/* Nothing is claimed of the old one while it may be gone. */
static void
test_states (void)
{
  for (TokTokenMakerState state = TOK_TOKEN_MAKER_IDLE; state <= TOK_TOKEN_MAKER_UNCONFIRMED;
       state++) {
    gboolean in_doubt = state == TOK_TOKEN_MAKER_WORKING || state == TOK_TOKEN_MAKER_UNCONFIRMED;

    g_assert_cmpint (tok_replace_old_from_state (state, TRUE, TRUE), ==, TOK_REPLACE_OLD_GONE);
    g_assert_cmpint (tok_replace_old_from_state (state, TRUE, FALSE), ==, TOK_REPLACE_OLD_GONE);
    g_assert_cmpint (tok_replace_old_from_state (state, FALSE, FALSE), ==, TOK_REPLACE_OLD_WORKS);
    g_assert_cmpint (tok_replace_old_from_state (state, FALSE, TRUE), ==,
                     in_doubt ? TOK_REPLACE_OLD_UNKNOWN : TOK_REPLACE_OLD_WORKS);
  }
  g_assert_cmpint (tok_replace_new_from_state (TOK_TOKEN_MAKER_IDLE), ==, TOK_REPLACE_NEW_NONE);
  g_assert_cmpint (tok_replace_new_from_state (TOK_TOKEN_MAKER_WORKING), ==,
                   TOK_REPLACE_NEW_COMING);
  g_assert_cmpint (tok_replace_new_from_state (TOK_TOKEN_MAKER_MADE), ==, TOK_REPLACE_NEW_MADE);
  g_assert_cmpint (tok_replace_new_from_state (TOK_TOKEN_MAKER_LOST), ==, TOK_REPLACE_NEW_LOST);
  g_assert_cmpint (tok_replace_new_from_state (TOK_TOKEN_MAKER_UNCONFIRMED), ==,
                   TOK_REPLACE_NEW_UNKNOWN);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/replace-words/every-case", test_every_case);
  g_test_add_func ("/replace-words/hostile", test_hostile);
  g_test_add_func ("/replace-words/way", test_way);
  g_test_add_func ("/replace-words/states", test_states);

  return g_test_run ();
}
