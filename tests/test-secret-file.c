/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret-file.h"

#include "tok-test.h"

#include <string.h>

static void
assert_described (const char *path, TokPrivateFileOutcome outcome, const char *sentence)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *said = tok_secret_file_describe (file, outcome, NULL);

  g_assert_cmpstr (said, ==, sentence);
}

static void
test_describe (void)
{
  g_autoptr (GError) error
      = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOSPC, "No space left on device");
  g_autoptr (GFile) file = g_file_new_for_path ("/tmp/x");
  g_autofree char *said = tok_secret_file_describe (file, TOK_PRIVATE_FILE_FAILED, error);

  g_assert_cmpstr (said, ==, "Not saved. There is no room left there. Choose another place.");
  assert_described (
      "/home/me/Grid bot.token", TOK_PRIVATE_FILE_PRIVATE,
      "Saved as “Grid bot.token” in /home/me. Whoever can read that file has the token.");
  assert_described ("/media/stick/Grid bot.token", TOK_PRIVATE_FILE_EXPOSED,
                    "Saved as “Grid bot.token” in /media/stick. That place keeps nothing from "
                    "others: whoever gets at it has the token.");
  assert_described ("/tmp/a\u202eb", TOK_PRIVATE_FILE_PRIVATE,
                    "Saved as “a[U+202E]b” in /tmp. Whoever can read that file has the token.");
}

static void
test_names (void)
{
  static const struct {
    const char *token;
    const char *file;
  } cases[] = {
    { "Grid bot", "Grid bot.token" },
    { "My_bot 2", "My_bot 2.token" },
    { "../../.bashrc", "_______bashrc.token" },
    { "/etc/passwd", "_etc_passwd.token" },
    { ".hidden", "_hidden.token" },
    { "-rf", "_rf.token" },
    { "a\nb\tc", "a_b_c.token" },
    { "$(reboot) `x` 'y' \"z\" *", "__reboot_ _x_ _y_ _z_ _.token" },
    { "\u202egnp.exe", "_gnp_exe.token" },
    { "  x  ", "x.token" },
    { "Grün \u05d1\u05d5\u05d8", "Grün \u05d1\u05d5\u05d8.token" },
    { "", "token.token" },
    { "   ", "token.token" },
  };
  g_autofree char *endless = g_strnfill (5000, 'x');
  g_autofree char *cut = tok_secret_file_suggest_name (endless);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = tok_secret_file_suggest_name (cases[i].token);

    g_assert_cmpstr (name, ==, cases[i].file);
  }
  g_assert_cmpuint (strlen (cut), <, 100);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/secret-file/describe", test_describe);
  g_test_add_func ("/secret-file/names", test_names);

  return g_test_run ();
}
