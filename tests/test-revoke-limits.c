/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-revoke-limits.h"

#include "tok-test.h"
#include "tok-ui-test.h"

static void
test_new_destroy (void)
{
  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_REVOKE_LIMITS, NULL));
  tok_ui_test_close (tok_ui_test_present (g_object_new (TOK_TYPE_REVOKE_LIMITS, NULL)));
}

/* Tokens, copies of data and open positions: what somebody has to see to elsewhere. */
static void
test_says (void)
{
  GtkWidget *limits = g_object_new (TOK_TYPE_REVOKE_LIMITS, NULL);
  GtkWidget *window = tok_ui_test_present (limits);

  g_assert_true (tok_ui_test_shows (limits, "What Revoking Does Not Do"));
  g_assert_true (tok_ui_test_shows (
      limits, "It doesn’t stop a token that you pasted into the app. Delete that one under API "
              "Tokens."));
  g_assert_true (tok_ui_test_shows (limits, "It doesn’t bring back data that the app has copied."));
  g_assert_true (
      tok_ui_test_shows (limits, "It doesn’t close positions that are open. They run on."));
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/revoke-limits/new-destroy", test_new_destroy);
  g_test_add_func ("/revoke-limits/says", test_says);

  return g_test_run ();
}
