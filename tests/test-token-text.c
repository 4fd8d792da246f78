/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* For memmem (). */
#define _GNU_SOURCE

#include "tok-test.h"
#include "tok-token-text.h"

#include <malloc.h>
#include <string.h>

#define API "uw2mk7no3oktoRV"
#define TEN "abcdefghij"

/* The linker puts this in the place of g_free (), to look at what is being freed. */
void __wrap_g_free (gpointer block);
void __real_g_free (gpointer block);

static const char *watched;
static guint n_left;
static guint n_freed;

void
__wrap_g_free (gpointer block)
{
  if (block != NULL && watched != NULL) {
    n_freed++;
    if (memmem (block, malloc_usable_size (block), watched, strlen (watched)) != NULL)
      n_left++;
  }
  __real_g_free (block);
}

/* What is pasted, and what is left of it. */
static const char *const trims[][2] = {
  { "", "" },
  { " ", "" },
  { " \t\r\n\f\v ", "" },
  { API, API },
  { "x", "x" },
  { " x", "x" },
  { "x ", "x" },
  { "  " API "  ", API },
  { "\t" API "\r\n", API },
  { "\302\205" API "\302\205", API },         /* next line */
  { "\302\240" API "\302\240", API },         /* no-break space */
  { "\343\200\200" API "\343\200\200", API }, /* ideographic space */
  { "\342\200\211" API "\342\200\257", API }, /* thin space, narrow no-break space */
  { "\342\200\250" API "\342\200\251", API }, /* separators of lines and paragraphs */
  { "\357\273\277" API "\357\273\277", API }, /* byte order mark */
  { "\342\200\213" API "\342\200\213", API }, /* zero width space */
  { "\342\200\214" API "\342\200\215", API }, /* zero width joiners */
  { "\342\201\240" API "\342\201\240", API }, /* word joiner */
  { "\342\200\216" API "\342\200\217", API }, /* marks of direction */
  { "\342\200\252" API "\342\200\254", API }, /* embedding */
  { "\342\201\246" API "\342\201\251", API }, /* isolate */
  { "\302\255" API "\302\255", API },         /* soft hyphen */
  { "\001\033" API "\177", API },
  { "\357\273\277 \302\240\n" API "\n\342\200\213 \t", API },
  { "\357\273\277\342\200\213", "" },

  /* What stands inside stays, and so does what can be seen. */
  { " uw2mk 7no3o ", "uw2mk 7no3o" },
  { "\nuw2mk\n7no3o\n", "uw2mk\n7no3o" },
  { " uw2mk\342\200\213no3o ", "uw2mk\342\200\213no3o" },
  { " \"x\" ", "\"x\"" },
  { " \303\251 ", "\303\251" },
  { "\360\237\224\221 ", "\360\237\224\221" },

  /* No UTF-8: a stray byte, a letter that is cut off, half of a pair, an over-long blank. */
  { " \377 ", "\377" },
  { " \240 ", "\240" },
  { " x\303", "x\303" },
  { " x\342\200", "x\342\200" },
  { "\342\200 x ", "\342\200 x" },
  { " \342 ", "\342" },
  { "\355\240\200 ", "\355\240\200" },
  { "\300\240x ", "\300\240x" },
};

static void
test_trim (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (trims); i++) {
    g_autoptr (TokSecret) trimmed = tok_token_text_dup_trimmed (trims[i][0]);

    g_test_message ("row %u", i);
    g_assert_cmpstr (trimmed, ==, trims[i][1]);
  }
}

/* Not even when more than what was kept is freed. */
static void
test_trim_leaves_nothing (void)
{
  static const char pasted[] = "                              secret \357\273\277\n";
  TokSecret *trimmed;

  watched = "secret";
  trimmed = tok_token_text_dup_trimmed (pasted);
  tok_secret_free (trimmed);
  watched = NULL;

  g_assert_cmpuint (n_freed, ==, 1);
  g_assert_cmpuint (n_left, ==, 0);
}

typedef struct {
  const char *text;
  TokTokenText kind;
} Kind;

static const Kind kinds[] = {
  { "", TOK_TOKEN_TEXT_EMPTY },
  { " \n", TOK_TOKEN_TEXT_EMPTY },
  { "\357\273\277", TOK_TOKEN_TEXT_EMPTY },

  { API, TOK_TOKEN_TEXT_API },
  { "012345678901234", TOK_TOKEN_TEXT_API },
  { "abcdefghijklmno", TOK_TOKEN_TEXT_API },
  { "ABCDEFGHIJKLMNO", TOK_TOKEN_TEXT_API },
  { "zzzzz99999ZZZZZ", TOK_TOKEN_TEXT_API },
  { "\342\200\213 " API " \r\n", TOK_TOKEN_TEXT_API },

  { "u", TOK_TOKEN_TEXT_INCOMPLETE },
  { "uw2mk7no3oktoR", TOK_TOKEN_TEXT_INCOMPLETE },
  { " uw2mk7no3oktoR\n", TOK_TOKEN_TEXT_INCOMPLETE },
  { "a1", TOK_TOKEN_TEXT_INCOMPLETE },
  { "pat", TOK_TOKEN_TEXT_INCOMPLETE },

  { API "x", TOK_TOKEN_TEXT_UNUSUAL },
  { "uw2mk7no3oktoRVVsB4Dz7TQncfABuFDgO95dlxfMxRuPUDz", TOK_TOKEN_TEXT_UNUSUAL },
  { "uw2mk7no3okto-V", TOK_TOKEN_TEXT_UNUSUAL },
  { "uw2mk7no3okto_V", TOK_TOKEN_TEXT_UNUSUAL },
  { "-", TOK_TOKEN_TEXT_UNUSUAL },
  { "_", TOK_TOKEN_TEXT_UNUSUAL },
  { "a1_", TOK_TOKEN_TEXT_UNUSUAL },
  { "A1-abc", TOK_TOKEN_TEXT_UNUSUAL },
  { "xa1-abc", TOK_TOKEN_TEXT_UNUSUAL },
  { "PAT_abc", TOK_TOKEN_TEXT_UNUSUAL },
  { "pat-abc", TOK_TOKEN_TEXT_UNUSUAL },
  { "xpat_abc", TOK_TOKEN_TEXT_UNUSUAL },

  { "a1-", TOK_TOKEN_TEXT_BROWSER },
  { "a1-x", TOK_TOKEN_TEXT_BROWSER },
  { "a1-AbCdEfGhIjKlMnOpQrStUvWxYz012", TOK_TOKEN_TEXT_BROWSER },
  { " a1-AbCdEfGhIjKlMnOpQrStUvWxYz012\n", TOK_TOKEN_TEXT_BROWSER },
  { "a1-x_y-z", TOK_TOKEN_TEXT_BROWSER },
  { "a1-01234567890", TOK_TOKEN_TEXT_BROWSER },

  { "pat_", TOK_TOKEN_TEXT_NEW_PLATFORM },
  { "\tpat_abc", TOK_TOKEN_TEXT_NEW_PLATFORM },
  { "pat_01234567890", TOK_TOKEN_TEXT_NEW_PLATFORM },
  /* It isn't to be sent, so what else it holds doesn't matter. */
  { "pat_a.b", TOK_TOKEN_TEXT_NEW_PLATFORM },

  { "uw2mk 7no3oktoR", TOK_TOKEN_TEXT_IMPOSSIBLE },
  { "uw2mk\n7no3oktoR", TOK_TOKEN_TEXT_IMPOSSIBLE },
  { "uw2mk\342\200\213no3o", TOK_TOKEN_TEXT_IMPOSSIBLE },
  { "\"" API "\"", TOK_TOKEN_TEXT_IMPOSSIBLE },
  { "***********ktoR", TOK_TOKEN_TEXT_IMPOSSIBLE },
  { "<b>" API "</b>", TOK_TOKEN_TEXT_IMPOSSIBLE },
  { "Token: " API, TOK_TOKEN_TEXT_IMPOSSIBLE },
  { "a1-x y", TOK_TOKEN_TEXT_IMPOSSIBLE },
  { "uw2mk7no3okto\303\251", TOK_TOKEN_TEXT_IMPOSSIBLE },
  { "\377", TOK_TOKEN_TEXT_IMPOSSIBLE },
  { "\342\200", TOK_TOKEN_TEXT_IMPOSSIBLE },
  { "\357\274\221\357\274\222\357\274\223", TOK_TOKEN_TEXT_IMPOSSIBLE }, /* full-width digits */
  { "\320\260bc", TOK_TOKEN_TEXT_IMPOSSIBLE }, /* a Cyrillic letter that looks Latin */
};

static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (TokSecret) trimmed = tok_token_text_dup_trimmed (kinds[i].text);

    g_test_message ("row %u", i);
    g_assert_cmpint (tok_token_text_classify (kinds[i].text), ==, kinds[i].kind);
    g_assert_cmpint (tok_token_text_classify (trimmed), ==, kinds[i].kind);
  }
}

/* No other ASCII character passes, and none of those that should is forgotten. */
static void
test_ascii (void)
{
  for (char c = 1; c < 127; c++) {
    const char text[] = { 'a', c, 'b', '\0' };
    TokTokenText expected = g_ascii_isalnum (c)    ? TOK_TOKEN_TEXT_INCOMPLETE
                            : c == '_' || c == '-' ? TOK_TOKEN_TEXT_UNUSUAL
                                                   : TOK_TOKEN_TEXT_IMPOSSIBLE;

    g_test_message ("%d", c);
    g_assert_cmpint (tok_token_text_classify (text), ==, expected);
  }
}

static void
test_lengths (void)
{
  for (gsize length = 1; length <= 200; length++) {
    g_autofree char *text = g_strnfill (length, 'k');
    g_autofree char *padded = g_strconcat ("  ", text, "\n", NULL);
    TokTokenText expected = length < 15     ? TOK_TOKEN_TEXT_INCOMPLETE
                            : length == 15  ? TOK_TOKEN_TEXT_API
                            : length <= 128 ? TOK_TOKEN_TEXT_UNUSUAL
                                            : TOK_TOKEN_TEXT_IMPOSSIBLE;

    g_test_message ("%" G_GSIZE_FORMAT, length);
    g_assert_cmpint (tok_token_text_classify (text), ==, expected);
    g_assert_cmpint (tok_token_text_classify (padded), ==, expected);
    text[0] = '-';
    g_assert_cmpint (tok_token_text_classify (text), ==,
                     length <= 128 ? TOK_TOKEN_TEXT_UNUSUAL : TOK_TOKEN_TEXT_IMPOSSIBLE);
    text[length - 1] = '.';
    g_assert_cmpint (tok_token_text_classify (text), ==, TOK_TOKEN_TEXT_IMPOSSIBLE);
    if (length > 3) {
      memcpy (text, "a1-", 3);
      text[length - 1] = 'k';
      g_assert_cmpint (tok_token_text_classify (text), ==,
                       length <= 128 ? TOK_TOKEN_TEXT_BROWSER : TOK_TOKEN_TEXT_IMPOSSIBLE);
    }
  }
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/token-text/trim", test_trim);
  g_test_add_func ("/token-text/trim/leaves-nothing", test_trim_leaves_nothing);
  g_test_add_func ("/token-text/kinds", test_kinds);
  g_test_add_func ("/token-text/ascii", test_ascii);
  g_test_add_func ("/token-text/lengths", test_lengths);

  return g_test_run ();
}
