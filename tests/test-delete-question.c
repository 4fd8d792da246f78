/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-delete-question.h"

#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define LOOK "Programs that look at your account with it can’t any more."
#define TRADE "Programs that trade with it stop at once. Positions that they have opened stay open."
#define MONEY                                                                                      \
  "Programs that move money with it can’t any more. Positions that they have opened stay open."
#define USE "Programs that use it stop working at once. Positions that they have opened stay open."
#define NEVER "Never used. It can’t be brought back."
#define OWN                                                                                        \
  "This program is signed in with it: you will be signed out, and need another token to sign in "  \
  "again."
#define PERHAPS_OWN                                                                                \
  "It may be the one that this program is signed in with. Then you will be signed out, and need "  \
  "another token to sign in again."

static TokGrant *
new_grant (const char *name, TokScopes scopes, GDateTime *last_used)
{
  g_autoptr (TokToken) token
      = tok_token_new (name, "***********wXyZ", scopes, NULL, last_used, NULL);

  return tok_grant_new_for_token (token);
}

/* It is asked at 9 o'clock. */
static AdwMessageDialog *
ask (TokGrant *grant, gboolean may_be_own)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 5, 4, 9, 0, 0);
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *question = tok_delete_question_new (GTK_WINDOW (parent), grant, may_be_own, now);

  gtk_window_present (GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (question));
  tok_ui_test_wait_for_frame (question);
  return ADW_MESSAGE_DIALOG (question);
}

static void
close_question (AdwMessageDialog *question)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (question));

  tok_ui_test_close (question);
  tok_ui_test_close (parent);
}

static void
assert_body (TokGrant *grant, gboolean may_be_own, const char *body)
{
  AdwMessageDialog *question = ask (grant, may_be_own);

  g_assert_true (tok_ui_test_shows (question, body));
  close_question (question);
}

static void
test_new_destroy (void)
{
  TokGrant *grant = new_grant ("Bot", TOK_SCOPE_READ, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *question = tok_delete_question_new (GTK_WINDOW (parent), grant, FALSE, now);

  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (question)) == GTK_WINDOW (parent));
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (question)));
  tok_ui_test_close (question);
  tok_ui_test_close (parent);
  tok_test_assert_finalize (grant);
}

static void
on_response (AdwMessageDialog *question, const char *response, char **answer)
{
  g_assert_null (*answer);
  *answer = g_strdup (response);
}

/* What is answered by a button, or by closing the question. */
static void
assert_answer (TokGrant *grant, const char *label, const char *response)
{
  AdwMessageDialog *question = ask (grant, FALSE);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (question));
  g_autofree char *answer = NULL;

  g_signal_connect (question, "response", G_CALLBACK (on_response), &answer);
  if (label != NULL)
    tok_ui_test_click (question, label);
  else
    gtk_window_close (GTK_WINDOW (question));
  g_assert_cmpstr (answer, ==, response);
  tok_ui_test_close (parent);
}

/* Yes is one button, and nothing else is. */
static void
test_answers (void)
{
  g_autoptr (TokGrant) grant = new_grant ("Bot", TOK_SCOPE_READ, NULL);
  AdwMessageDialog *question = ask (grant, FALSE);

  g_assert_cmpstr (adw_message_dialog_get_default_response (question), ==, "no");
  g_assert_cmpstr (adw_message_dialog_get_close_response (question), ==, "no");
  g_assert_cmpint (adw_message_dialog_get_response_appearance (question, "yes"), ==,
                   ADW_RESPONSE_DESTRUCTIVE);
  g_assert_cmpint (adw_message_dialog_get_response_appearance (question, "no"), ==,
                   ADW_RESPONSE_DEFAULT);
  g_assert_true (gtk_window_get_default_widget (GTK_WINDOW (question))
                 == tok_ui_test_get (question, GTK_TYPE_BUTTON, "Cancel"));
  close_question (question);

  assert_answer (grant, NULL, "no");
  assert_answer (grant, "Cancel", "no");
  assert_answer (grant, "Delete", "yes");
}

static void
test_names (void)
{
  static const struct {
    const char *name;
    const char *heading;
  } names[] = {
    { "Grid bot", "Delete “Grid bot”?" },
    { "<b>A</b> &amp; \"B\"", "Delete “<b>A</b> &amp; \"B\"”?" },
    { "%s _x", "Delete “%s _x”?" },
    { "\u202egnp.exe", "Delete “[U+202E]gnp.exe”?" },
    { "\u05d1\u05d5\u05d8", "Delete “\u2068\u05d1\u05d5\u05d8\u2069”?" },
    { "a\nb”?\n\nSure", "Delete “a[U+000A]b\"?[U+000A][U+000A]Sure”?" },
    { "", "Delete “(no name)”?" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (TokGrant) grant = new_grant (names[i].name, TOK_SCOPE_READ, NULL);
    AdwMessageDialog *question = ask (grant, FALSE);

    g_assert_true (tok_ui_test_shows (question, names[i].heading));
    close_question (question);
  }
}

/* What stops working goes by the most that it permits. */
static void
test_loss (void)
{
  static const char *const losses[] = {
    [TOK_ACCESS_LEVEL_NONE] = USE,    [TOK_ACCESS_LEVEL_VIEW] = LOOK,
    [TOK_ACCESS_LEVEL_TRADE] = TRADE, [TOK_ACCESS_LEVEL_MONEY] = MONEY,
    [TOK_ACCESS_LEVEL_FULL] = USE,    [TOK_ACCESS_LEVEL_UNKNOWN] = USE,
  };
  static const TokScopes scopes[] = {
    TOK_SCOPE_NONE,
    TOK_SCOPE_READ,
    TOK_SCOPE_TRADING_INFORMATION,
    TOK_SCOPE_READ | TOK_SCOPE_TRADE,
    TOK_SCOPE_TRADE | TOK_SCOPE_PAYMENTS,
    TOK_SCOPE_ALL,
    TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN,
  };

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++) {
    g_autoptr (TokGrant) grant = new_grant ("Bot", scopes[i], NULL);
    g_autofree char *body = g_strconcat (losses[tok_grant_get_level (grant)], "\n\n" NEVER, NULL);

    assert_body (grant, FALSE, body);
  }
}

static void
test_last_used (void)
{
  g_autoptr (GDateTime) used = g_date_time_new_utc (2026, 5, 4, 7, 0, 0);
  g_autoptr (TokGrant) grant = new_grant ("Bot", TOK_SCOPE_READ, used);
  g_autoptr (TokToken) token
      = tok_token_new_full ("Bot", "***********wXyZ", TOK_SCOPE_READ, NULL, NULL, FALSE, NULL);
  g_autoptr (TokGrant) unclear = tok_grant_new_for_token (token);

  assert_body (grant, FALSE, LOOK "\n\nUsed 2 hours ago. It can’t be brought back.");
  assert_body (unclear, FALSE, LOOK "\n\nLast use not known. It can’t be brought back.");
}

static void
test_own (void)
{
  g_autoptr (TokGrant) grant = new_grant ("Bot", TOK_SCOPE_ADMIN, NULL);

  assert_body (grant, FALSE, USE "\n\n" NEVER);
  assert_body (grant, TRUE, USE "\n\n" NEVER "\n\n" PERHAPS_OWN);
  tok_grant_set_is_this_program (grant, TRUE);
  assert_body (grant, FALSE, USE "\n\n" NEVER "\n\n" OWN);
  assert_body (grant, TRUE, USE "\n\n" NEVER "\n\n" OWN);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/delete-question/new-destroy", test_new_destroy);
  g_test_add_func ("/delete-question/answers", test_answers);
  g_test_add_func ("/delete-question/names", test_names);
  g_test_add_func ("/delete-question/loss", test_loss);
  g_test_add_func ("/delete-question/last-used", test_last_used);
  g_test_add_func ("/delete-question/own", test_own);

  return g_test_run ();
}
