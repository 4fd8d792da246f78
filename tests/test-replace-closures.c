/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-closures.h"

#include "tok-test.h"

typedef struct {
  const char *page;
  gboolean is_gone;
  const char *offers; /* cancel, back, making, next, done by their first letters */
} Case;

static const Case cases[] = {
  { NULL, FALSE, "" },
  { NULL, TRUE, "" },
  { TOK_REPLACE_CHOICE_PAGE, FALSE, "c" },
  { TOK_REPLACE_CHOICE_PAGE, TRUE, "c" },
  { TOK_REPLACE_FORM_PAGE, FALSE, "bm" },
  { TOK_REPLACE_FORM_PAGE, TRUE, "cm" },
  { TOK_REPLACE_SECRET_PAGE, FALSE, "n" },
  { TOK_REPLACE_SECRET_PAGE, TRUE, "d" },
  { TOK_REPLACE_CHECK_PAGE, FALSE, "b" },
  { TOK_REPLACE_CHECK_PAGE, TRUE, "d" },
};

static void
test_offers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case *it = &cases[i];
    g_autoptr (GString) offers = g_string_new (NULL);

    if (tok_replace_closure_offers_cancel (NULL, it->page, it->is_gone))
      g_string_append_c (offers, 'c');
    if (tok_replace_closure_offers_back (NULL, it->page, it->is_gone))
      g_string_append_c (offers, 'b');
    if (tok_replace_closure_offers_making (NULL, it->page))
      g_string_append_c (offers, 'm');
    if (tok_replace_closure_offers_next (NULL, it->page, it->is_gone))
      g_string_append_c (offers, 'n');
    if (tok_replace_closure_offers_done (NULL, it->page, it->is_gone))
      g_string_append_c (offers, 'd');
    g_assert_cmpstr (offers->str, ==, it->offers);
  }
}

static void
test_words (void)
{
  g_autofree char *title = tok_replace_closure_describe_title (NULL, "<b>");
  g_autofree char *none = tok_replace_closure_describe_title (NULL, NULL);
  g_autofree char *same = tok_replace_closure_describe_change (NULL, FALSE);
  g_autofree char *change = tok_replace_closure_describe_change (NULL, TRUE);
  g_autofree char *create = tok_replace_closure_describe_making (NULL, NULL);

  g_assert_cmpstr (title, ==, "Replace “<b>”");
  g_assert_nonnull (none);
  g_assert_cmpstr (same, ==, "");
  g_assert_cmpstr (change, ==, "With Other Permissions");
  g_assert_cmpstr (create, ==, "Create");
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/replace-closures/offers", test_offers);
  g_test_add_func ("/replace-closures/words", test_words);

  return g_test_run ();
}
