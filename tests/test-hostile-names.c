/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever something of somebody else is called, each sentence that it stands in stays what it is.
 */

#include "tok-account-page.h"
#include "tok-app.h"
#include "tok-delete-question.h"
#include "tok-grant-row.h"
#include "tok-page-stage.h"
#include "tok-replace-closures.h"
#include "tok-test.h"
#include "tok-text.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define LONGEST 84

#define TEN "xxxxxxxxxx"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const char *const names[] = {
  "Chart Desk",
  "",
  " ",
  "\n",
  "<b>Free</b>",
  "</span><a href=\"https://example.com\">Click</a>",
  "&amp; & &lt; &#x202e;",
  "%s %n %d %%",
  "_Mnemonic __",
  "A” is fine. “B",
  "„Ä“ und ‟B”",
  "Bot”?\n\nDelete “everything",
  "one\ntwo\rthree\ttab",
  "bell\a escape\033[31m delete\177",
  "\xff\xfe no UTF-8 \xc3",
  "\u202egnp.exe",
  "\u202dleft \u2067right \u2068first",
  "ends \u2069\u2069 others’",
  "\u200bzero\u200cwidth\u200d\u2060\ufeff",
  "\u2028line\u2029paragraph\302\205",
  "\u05d1\u05d5\u05d8 \u05de\u05e1\u05d7\u05e8",
  "\u0631\u0648\u0628\u0648\u062a Trader (2)",
  "Trader \u0631\u0648\u0628\u0648\u062a",
  "D\u0435riv",
  "\u4ea4\u6613\u673a\u5668\u4eba Pro",
  "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f680",
  "Z\u0335\u0321\u0322\u0307\u0301\u0302\u0303\u0304\u0335\u0321\u0322\u0307algo",
  "\ue000\U000f0000\U0010fffd",
  HUNDRED HUNDRED,
  "\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e",
};

static gboolean
has_direction (gunichar c)
{
  return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
         || (c >= 0x2066 && c <= 0x2069);
}

/* One line of letters, with an isolate around it where it needs one and none within. */
static void
assert_quoted (const char *quoted)
{
  g_autofree char *within = NULL;

  g_assert_true (g_utf8_validate (quoted, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (quoted, -1), <=, LONGEST);
  g_assert_true (g_str_has_prefix (quoted, "\u2068") == g_str_has_suffix (quoted, "\u2069"));
  within = g_str_has_prefix (quoted, "\u2068")
               ? g_utf8_substring (quoted, 1, g_utf8_strlen (quoted, -1) - 1)
               : g_strdup (quoted);
  g_assert_cmpstr (within, !=, "");
  for (const char *at = within; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    g_assert_false (has_direction (c));
    g_assert_false (g_unichar_iscntrl (c));
    g_assert_false (c == 0x2028 || c == 0x2029);
    g_assert_false (c == 0x201C || c == 0x201D);
  }
}

static void
test_quoted (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *quoted = tok_text_quote_name (names[i]);

    g_test_message ("name %u", i);
    assert_quoted (quoted);
  }
}

static char *
say (const char *before, const char *name, const char *after)
{
  g_autofree char *quoted = tok_text_quote_name (name);

  return g_strconcat (before, quoted, after, NULL);
}

static void
assert_said (gpointer widget, const char *before, const char *name, const char *after)
{
  g_autofree char *sentence = say (before, name, after);

  tok_ui_test_assert_name (widget, sentence);
}

static void
assert_row (TokGrant *grant, const char *name, const char *before, const char *access)
{
  GtkWidget *list_box = gtk_list_box_new ();
  GtkWidget *row = tok_grant_row_new (grant);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  GtkWidget *window;

  tok_grant_row_set_now (TOK_GRANT_ROW (row), now);
  tok_grant_row_set_can_revoke (TOK_GRANT_ROW (row), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list_box), row);
  window = tok_ui_test_present_scrolled (list_box);
  assert_said (row, "", name, access);
  assert_said (tok_ui_test_get (row, GTK_TYPE_BUTTON, NULL), before, name, "");
  tok_ui_test_close (window);
}

/* The name of the row; the name of its button. A token may be called by what looks like
 * the operator, since its owner called it so. */
static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (TokApp) official = tok_app_new (7, names[i], TOK_SCOPE_READ, NULL, NULL, TRUE, 0);
    g_autoptr (TokGrant) app = tok_grant_new_for_app (official);
    g_autoptr (TokGrant) token = tok_ui_test_new_token (names[i], TOK_SCOPE_READ, NULL);

    g_test_message ("name %u", i);
    assert_row (app, names[i], "Revoke access for ", ", View only · Read, Never used, Official");
    assert_row (token, names[i], "Delete token ", ", View only · Read, Never used");
  }
}

static void
test_dialogs (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  GtkWidget *parent = tok_ui_test_present (gtk_label_new ("List"));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (TokGrant) token = tok_ui_test_new_token (names[i], TOK_SCOPE_READ, NULL);
    g_autofree char *heading = say ("Delete “", names[i], "”?");
    g_autofree char *wanted_title = say ("Replace “", names[i], "”");
    g_autofree char *title = tok_replace_closure_describe_title (NULL, names[i]);
    GtkWidget *question = tok_delete_question_new (GTK_WINDOW (parent), token, FALSE, now);
    GtkLabel *label;

    g_test_message ("name %u", i);
    label = tok_ui_test_find_any (question, GTK_TYPE_LABEL, heading);
    g_assert_nonnull (label);
    g_assert_false (gtk_label_get_use_markup (label));
    g_assert_cmpstr (title, ==, wanted_title);
    gtk_window_destroy (GTK_WINDOW (question));
  }
  tok_ui_test_close (parent);
}

/* What a toast shows is the sentence, and no markup. */
static void
test_toasts (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self;

  tok_page_stage_begin (&self, stage);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *sentence = say ("“", names[i], "” can no longer use your accounts");
    AdwToast *toast = tok_account_page_say (self.page, sentence);
    GtkLabel *label = GTK_LABEL (adw_toast_get_custom_title (toast));

    g_test_message ("name %u", i);
    g_assert_cmpstr (gtk_label_get_text (label), ==, sentence);
    adw_toast_dismiss (toast);
  }
  tok_page_stage_end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/hostile-names/quoted", test_quoted);
  g_test_add_func ("/hostile-names/rows", test_rows);
  g_test_add_func ("/hostile-names/dialogs", test_dialogs);
  tok_ui_stage_add ("/hostile-names/toasts", NULL, test_toasts);

  return g_test_run ();
}
