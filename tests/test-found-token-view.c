/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-found-token-view.h"

#include "tok-account.h"
#include "tok-accounts-stage.h"
#include "tok-test.h"
#include "tok-token-probe.h"
#include "tok-ui-test.h"

#define RA (TOK_SCOPE_READ | TOK_SCOPE_ADMIN)
#define FOUND "Found/***********LmNo/admin,read"
#define SECOND "Second/***********LmNo/admin,read"
#define DELETE_LABEL "Delete This Token…"
#define WAY_ON                                                                                     \
  "To delete it, sign in to SAMPLE1 with a token that has Read and Admin, and check it again. Or " \
  "delete it on the operator’s website."

/* What the service says of a token, and what is expected of it. */
typedef struct {
  const char *name;
  const char *secret;
  const char *scopes;
  const char *rows;   /* NULL: they may not be seen */
  const char *tested; /* the name of a token with Read and Admin; NULL for any */
  const char *owner;  /* whose that is */
  const char *heading;
  const char *row;
  const char *way_on; /* NULL: it can be deleted from here, */
  gboolean is_listed; /* or from the list that it was tested from */
} Case;

static const Case cases[] = {
  { "any", TOK_SCRIPT_TOKEN, "read,admin", FOUND, NULL, NULL, "This Token Works",
    "This is “Found” in the list of its account.", NULL },
  { "any-of-two", TOK_SCRIPT_TOKEN, "read,admin", FOUND ";" SECOND, NULL, NULL, "This Token Works",
    "It can be any of these: “Found”, “Second”. The service shows too little of their secrets to "
    "tell.",
    "To be sure that it stops working, delete all of them." },
  { "none", TOK_SCRIPT_TOKEN, "read,admin", "Other/***********wXyZ/admin,read", NULL, NULL,
    "This Token Works", "The service doesn’t list it among the tokens of this account.",
    WAY_ON " If the account isn’t yours, tell its owner." },
  { "no-list", TOK_SCRIPT_TOKEN, "trade", NULL, NULL, NULL, "This Token Works",
    "It isn’t in a list that this program may read.",
    WAY_ON " If the account isn’t yours, tell its owner." },
  { "app-session", "a1-0123456789abcdefghijklmnopqrs", "trade", NULL, NULL, NULL,
    "This Token Works", "It is the session token of an app, and in no list of tokens.",
    "To end it, revoke that app’s access under Connected Apps. The service doesn’t say which app "
    "it is." },
  { "hostile", TOK_SCRIPT_TOKEN, "read,admin", "<b>%s\xe2\x80\xae/***************/admin,read", NULL,
    NULL, "This Token Works", "This is “<b>%s[U+202E]” in the list of its account.", NULL },
  { "expected", TOK_SCRIPT_TOKEN, "read,admin", FOUND, "Found", "SAMPLE1", "“Found” Works",
    "This is “Found” in the list of its account.", NULL, TRUE },
  { "other", TOK_SCRIPT_TOKEN, "read,admin", FOUND, "Second", "SAMPLE1",
    "It Works, but Is Not “Second”", "It is “Found”, not “Second”.", NULL },
  { "same-name-of-another-account", TOK_SCRIPT_TOKEN, "read,admin", FOUND, "Found", "SAMPLE2",
    "It Works, but Is Not “Found”", "It is “Found”, not “Found”.", NULL },
  { "other-unlisted", TOK_SCRIPT_TOKEN, "read,admin", "Second/***********wXyZ/admin,read", "Second",
    "SAMPLE1", "It Works, but Is Not “Second”",
    "The service doesn’t list it among the tokens of this account.",
    WAY_ON " If the account isn’t yours, tell its owner." },
  { "perhaps", TOK_SCRIPT_TOKEN, "read,admin", FOUND ";" SECOND, "Second", "SAMPLE1",
    "It Works, and May Be “Second”",
    "It can be any of these: “Found”, “Second”. The service shows too little of their secrets to "
    "tell.",
    "To be sure that it stops working, delete all of them." },
  { "none-of-two", TOK_SCRIPT_TOKEN, "read,admin", FOUND ";" SECOND, "Third", "SAMPLE1",
    "It Works, but Is Not “Third”",
    "It can be any of these: “Found”, “Second”. The service shows too little of their secrets to "
    "tell.",
    "To be sure that it stops working, delete all of them." },
  { "other-without-list", TOK_SCRIPT_TOKEN, "trade", NULL, "Second", "SAMPLE1",
    "It Works, but Is Not “Second”", "It isn’t in a list that this program may read.",
    WAY_ON " If the account isn’t yours, tell its owner." },
};

/* A view of what the service said. */
typedef struct {
  TokTokenProbe *probe;
  GtkWidget *view;
  GtkWidget *window;
  guint n_deletes;
} Fixture;

static void
on_delete (TokFoundTokenView *view, Fixture *self)
{
  self->n_deletes++;
}

static void
begin (Fixture *self, TokAccountsStage *stage, const Case *it)
{
  g_autoptr (TokGrant) tested
      = it->tested != NULL ? tok_ui_test_new_token (it->tested, RA, NULL) : NULL;
  g_autoptr (TokAccount) owner
      = it->owner != NULL ? tok_account_new (it->owner, "USD", FALSE, RA, NULL) : NULL;
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->probe
      = tok_token_probe_new (stage->accounts, tok_accounts_stage_get_address (stage, 0), FALSE);
  tok_token_probe_run_async (self->probe, it->secret, NULL, tok_test_on_ready, &slot);
  tok_script_answer_authorize (stage->peers[0], 0, it->scopes);
  if (it->rows != NULL)
    tok_script_answer_rows (stage->peers[0], "api_token", 0, it->rows);
  result = tok_test_wait_for_result (&slot);
  tok_token_probe_run_finish (self->probe, result, &error);
  g_assert_no_error (error);

  self->view = tok_found_token_view_new (self->probe, tested, owner);
  g_signal_connect (self->view, "delete", G_CALLBACK (on_delete), self);
  self->window = tok_ui_test_present_scrolled (self->view);
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->probe);
}

static void
assert_shows (Fixture *self, const char *text)
{
  if (!tok_ui_test_shows (self->view, text))
    g_error ("nothing reads “%s”", text);
}

static void
test_new_destroy (TokAccountsStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage, &cases[0]);
  tok_ui_test_assert_finalize_widget (tok_found_token_view_new (self.probe, NULL, NULL));
  end (&self);
}

static void
test_case (TokAccountsStage *stage, gconstpointer data)
{
  const Case *it = data;
  Fixture self = { NULL };
  gboolean offers_deletion;

  begin (&self, stage, it);
  assert_shows (&self, it->heading);
  assert_shows (&self, it->row);
  if (it->way_on != NULL)
    assert_shows (&self, it->way_on);
  offers_deletion = tok_ui_test_find (self.view, GTK_TYPE_BUTTON, DELETE_LABEL) != NULL;
  g_assert_cmpint (offers_deletion, ==, it->way_on == NULL && !it->is_listed);
  assert_shows (&self, "SAMPLE1 · Real account in USD\nYou aren’t signed in to it here.");
  g_assert_false (tok_ui_test_shows (self.view, "This Program"));
  end (&self);
}

/* What it says follows the token. */
static void
test_deleting (TokAccountsStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  TokGrant *grant;
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_UNCONFIRMED, "");

  begin (&self, stage, &cases[0]);
  grant = tok_token_probe_get_grant (self.probe);
  tok_ui_test_click (self.view, DELETE_LABEL);
  g_assert_cmpuint (self.n_deletes, ==, 1);
  tok_grant_set_working (grant);
  tok_ui_test_wait_for_frame (self.view);
  assert_shows (&self, "Deleting…");
  g_assert_null (tok_ui_test_find (self.view, GTK_TYPE_BUTTON, DELETE_LABEL));
  tok_grant_set_failed (grant, error);
  tok_ui_test_wait_for_frame (self.view);
  assert_shows (&self, "Couldn’t confirm that it is deleted. It may still work.");
  g_assert_true (gtk_widget_has_css_class (
      tok_ui_test_get (self.view, GTK_TYPE_LABEL,
                       "Couldn’t confirm that it is deleted. It may still work."),
      "failure"));
  tok_ui_test_click (self.view, DELETE_LABEL);
  tok_grant_set_gone (grant);
  tok_ui_test_wait_for_frame (self.view);
  assert_shows (&self, "This Token Is Deleted");
  assert_shows (&self, "Nobody can use it any more.");
  assert_shows (&self, "It was “Found”.");
  g_assert_null (tok_ui_test_find (self.view, GTK_TYPE_BUTTON, DELETE_LABEL));
  g_assert_false (tok_ui_test_shows (self.view, "It Can"));
  end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_accounts_stage_add ("/found-token-view/new-destroy", NULL, test_new_destroy);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/found-token-view/", cases[i].name, NULL);

    tok_accounts_stage_add (path, &cases[i], test_case);
  }
  tok_accounts_stage_add ("/found-token-view/deleting", NULL, test_deleting);

  return g_test_run ();
}
