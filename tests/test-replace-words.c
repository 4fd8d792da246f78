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

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/replace-words/every-case", test_every_case);
  g_test_add_func ("/replace-words/hostile", test_hostile);

  return g_test_run ();
}
