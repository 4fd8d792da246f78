/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-error.h"

#include "tok-test.h"

static void
test_domain (void)
{
  g_assert_cmpstr (g_quark_to_string (TOK_ERROR), ==, "tok-error-quark");
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/error/domain", test_domain);

  return g_test_run ();
}
