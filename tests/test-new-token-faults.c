/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever the service does with a request to create a token: what is listed then, what is said,
 * and what is kept of the form. */

#include "tok-create.h"
#include "tok-dialog-stage.h"
#include "tok-form-hands.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define BEFORE "Token 0,Token 1,Token 2"
#define AFTER BEFORE "," TOK_CREATE_NAME
#define USED "3 of 30 used"
#define TAKEN "Another token has this name already."
#define SIGNED_OUT "You are signed out. Close this and sign in again."
#define DELETE "Delete “" TOK_CREATE_NAME "”"
#define FORBIDDEN "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"

#define NOT_CREATED "The token was not created: the service’s list doesn’t hold it. Try again."
#define SECRET_LOST                                                                                \
  "The token was created, but its secret was lost on the way. Delete it and create "               \
  "another one."
#define UNCONFIRMED                                                                                \
  "Couldn’t confirm whether the token was created. Sign in again, and look at the list."
#define NO_LONGER                                                                                   \
  "The token was not created: the service doesn’t accept the one that this program is signed in " \
  "with any more. Sign in again."
#define WHY(sentence) "The token was not created. " sentence
#define DISCONNECTED                                                                               \
  "The connection was lost before the service answered. As soon as it is back, the service’s "   \
  "list will show whether the token was created."
#define LOOKING "Looking at the service’s list, which shows whether it was created…"

/* All that a person sees when it is over. */
typedef struct {
  const char *listed;
  const char *note;
  const char *button;
  const char *hint;
  gboolean name_is_wrong;
  const char *obstacle;
} Outcome;

static const Outcome not_created = { BEFORE, NOT_CREATED, NULL, USED, FALSE, NULL };
static const Outcome secret_lost = { AFTER, SECRET_LOST, DELETE, TAKEN, TRUE, TAKEN };
static const Outcome unconfirmed = { BEFORE, UNCONFIRMED, NULL, USED, FALSE, SIGNED_OUT };

static void
assert_outcome (TokDialogStage *self, const Outcome *outcome)
{
  GtkWidget *focus;

  tok_dialog_stage_wait (self);
  tok_dialog_stage_assert_listed (self, outcome->listed);
  tok_dialog_stage_assert_note (self, outcome->note, outcome->button);
  tok_form_hands_assert_hint (self->dialog, outcome->hint, outcome->name_is_wrong);
  tok_dialog_stage_assert_can_create (self, outcome->obstacle);
  tok_dialog_stage_assert_kept (self);
  /* The keys are where they were. */
  focus = gtk_window_get_focus (GTK_WINDOW (self->dialog));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, ADW_TYPE_ENTRY_ROW));
  /* Whatever happens, it is asked for once. */
  g_assert_cmpuint (tok_script_count (self->stage->peer, "new_token"), ==, 1);
}

/* What somebody can do about a refusal after which nothing was created, in the words for it. */
static const struct {
  TokError meaning;
  Outcome outcome;
} refusals[] = {
  { TOK_ERROR_ACCOUNT,
    { BEFORE, WHY ("The service has disabled this account. Ask the operator why."), NULL, USED,
      FALSE, NULL } },
  { TOK_ERROR_ADDRESS,
    { BEFORE, WHY ("There is no such service at this address. Check the service address."), NULL,
      USED, FALSE, NULL } },
  { TOK_ERROR_APP_ID,
    { BEFORE,
      WHY ("The service doesn’t know this program’s app id. Check it in the service address."),
      NULL, USED, FALSE, NULL } },
  { TOK_ERROR_FIELD, { BEFORE, NULL, NULL, "Not accepted: No", TRUE, NULL } },
  { TOK_ERROR_MAINTENANCE,
    { BEFORE, WHY ("The service is closed for maintenance. Nothing is lost; try again later."),
      NULL, USED, FALSE, NULL } },
  { TOK_ERROR_RATE_LIMIT,
    { BEFORE,
      WHY ("The service asks for a pause after so many requests. Wait a minute and try again."),
      NULL, USED, FALSE, NULL } },
  { TOK_ERROR_REFUSED,
    { BEFORE,
      WHY ("The service turns this program away from where you are. Ask the operator, or try "
           "another network."),
      NULL, USED, FALSE, NULL } },
  { TOK_ERROR_SCOPE,
    { BEFORE,
      WHY ("The token you signed in with lacks the permission for this. Sign in with one that has "
           "it."),
      NULL, USED, FALSE, NULL } },
  { TOK_ERROR_SIGN_IN, { BEFORE, NO_LONGER, NULL, USED, FALSE, SIGNED_OUT } },
};

static const Outcome *
find_refusal (TokError meaning)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (refusals[i].meaning == meaning)
      return &refusals[i].outcome;
  return NULL;
}

/* What happens to the request, and what the list says that decides; if one does. */
typedef struct {
  const char *path;
  const TokScriptCode *code;
  void (*happen) (TokDialogStage *self);
  const char *list;
  const Outcome *outcome;
} Case;

static void
test_code (TokStage *stage, gconstpointer data)
{
  const Case *it = data;
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_dialog_stage_create (&self);
  tok_script_refuse (stage->peer, "new_token", 0, it->code->code);
  if (it->list != NULL)
    tok_script_answer_rows (stage->peer, "api_token", 1, it->list);
  tok_dialog_stage_wait (&self);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->tokens));
  assert_outcome (&self, it->outcome);
  g_assert_cmpuint (tok_script_count (stage->peer, "api_token"), ==, it->list != NULL ? 2 : 1);
  tok_dialog_stage_end (&self);
}

/* The connection goes before anybody answers. */
static void
drop (TokDialogStage *self)
{
  tok_raw_peer_hang_up (self->stage->peer);
  tok_script_answer_authorize (self->stage->peer, 1, TOK_SCRIPT_SCOPES);
}

/* It goes, and it is said that nobody knows how that ended. */
static void
lose (TokDialogStage *self)
{
  tok_stage_lose (self->stage);
  tok_dialog_stage_assert_note (self, DISCONNECTED, "Try Now");
  g_assert_true (tok_dialog_stage_is_working (self));
  tok_stage_come_back (self->stage);
  tok_dialog_stage_assert_note (self, LOOKING, NULL);
}

/* Who comes back is turned away for a while. */
static void
forbid (TokDialogStage *self)
{
  guint n = tok_raw_peer_get_n_connections (self->stage->peer);

  tok_raw_peer_set_handshake_answer (self->stage->peer, FORBIDDEN);
  tok_raw_peer_hang_up (self->stage->peer);
  tok_stage_wait_for_state (self->stage, TOK_SESSION_OFFLINE);
  tok_test_wait_until (tok_raw_peer_get_n_connections (self->stage->peer) > n);
  tok_dialog_stage_assert_note (self, DISCONNECTED, "Try Now");
  tok_stage_come_back (self->stage);
}

static void
send_garbage (TokDialogStage *self)
{
  tok_raw_peer_send_text (self->stage->peer, "<html>%s", "Welcome</html>");
  tok_script_answer_authorize (self->stage->peer, 1, TOK_SCRIPT_SCOPES);
}

static void
answer_without_it (TokDialogStage *self)
{
  tok_script_answer_rows (self->stage->peer, "new_token", 0, TOK_STAGE_ROWS);
}

static void
answer_masked (TokDialogStage *self)
{
  tok_script_answer_rows (self->stage->peer, "new_token", 0, TOK_CREATE_LISTED);
}

/* Nobody hears the secret when nobody waits for it any more. */
static void
answer_late (TokDialogStage *self)
{
  tok_script_wait (self->stage->peer, "api_token", 1);
  tok_script_answer_rows (self->stage->peer, "new_token", 0, TOK_CREATE_ANSWER);
}

static void
refuse_at_the_door (TokDialogStage *self)
{
  tok_raw_peer_hang_up (self->stage->peer);
  tok_script_refuse (self->stage->peer, "authorize", 1, "InvalidToken");
}

static void
refuse_the_list (TokDialogStage *self)
{
  tok_script_refuse (self->stage->peer, "new_token", 0, "Timeout");
  tok_script_refuse (self->stage->peer, "api_token", 1, "InvalidToken");
}

static const Case faults[] = {
  { "dropped/before", NULL, drop, TOK_STAGE_ROWS, &not_created },
  { "dropped/after", NULL, drop, TOK_CREATE_LISTED, &secret_lost },
  { "lost/before", NULL, lose, TOK_STAGE_ROWS, &not_created },
  { "lost/after", NULL, lose, TOK_CREATE_LISTED, &secret_lost },
  { "AccessRestricted/before", NULL, forbid, TOK_STAGE_ROWS, &not_created },
  { "AccessRestricted/after", NULL, forbid, TOK_CREATE_LISTED, &secret_lost },
  { "garbage/before", NULL, send_garbage, TOK_STAGE_ROWS, &not_created },
  { "garbage/after", NULL, send_garbage, TOK_CREATE_LISTED, &secret_lost },
  { "without-it/before", NULL, answer_without_it, TOK_STAGE_ROWS, &not_created },
  { "without-it/after", NULL, answer_without_it, TOK_CREATE_LISTED, &secret_lost },
  { "masked", NULL, answer_masked, TOK_CREATE_LISTED, &secret_lost },
  { "signed-out/at-the-door", NULL, refuse_at_the_door, NULL, &unconfirmed },
  { "signed-out/by-the-list", NULL, refuse_the_list, NULL, &unconfirmed },
};

static void
test_fault (TokStage *stage, gconstpointer data)
{
  const Case *it = data;
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_dialog_stage_create (&self);
  it->happen (&self);
  if (it->list != NULL)
    tok_script_answer_rows (stage->peer, "api_token", 1, it->list);
  assert_outcome (&self, it->outcome);
  tok_dialog_stage_end (&self);
}

static const Case late[] = {
  { "before", NULL, answer_late, TOK_STAGE_ROWS, &not_created },
  { "after", NULL, answer_late, TOK_CREATE_LISTED, &secret_lost },
};

static void
test_late (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;

  times.request_timeout = 500;
  tok_stage_use_times (stage, &times);
  test_fault (stage, data);
}

/* Said twice is created once. */
static void
test_answered_twice (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_dialog_stage_create (&self);
  tok_script_answer_rows (stage->peer, "new_token", 0, TOK_CREATE_ANSWER);
  tok_script_answer_rows (stage->peer, "new_token", 0,
                          TOK_STAGE_ROWS ";" TOK_CREATE_NAME "/aaaaaaaaaaaaaaa/admin");
  tok_dialog_stage_wait (&self);
  tok_dialog_stage_assert_secret (&self);
  tok_script_answer_rows (stage->peer, "api_token", 1, TOK_CREATE_LISTED);
  tok_create_wait_until_listed (stage, 4);
  tok_dialog_stage_assert_listed (&self, AFTER);
  tok_dialog_stage_assert_secret (&self);
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 1);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  tok_dialog_stage_end (&self);
}

/* Another one of that name was quicker, and is somebody else's. */
static void
test_not_ours (TokStage *stage, gconstpointer data)
{
  static const Outcome outcome
      = { AFTER, NULL, NULL, "Not accepted: The name is taken.", TRUE, TAKEN };
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_dialog_stage_create (&self);
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_script_answer_rows (stage->peer, "api_token", 1,
                          TOK_STAGE_ROWS ";" TOK_CREATE_NAME "/***********OnMl/admin");
  assert_outcome (&self, &outcome);
  tok_dialog_stage_end (&self);
}

static void
add (const Case *it, const char *where, const char *name, TokStageTest test)
{
  g_autofree char *path = g_strconcat ("/new-token-faults/", where, NULL);

  tok_stage_add_case (path, name, it, test);
}

static void
add_codes (void)
{
  static Case cases[100];
  guint n = 0;

  for (const TokScriptCode *code = tok_script_codes; code->code != NULL; code++) {
    const Outcome *refusal = find_refusal (code->meaning);

    g_assert_cmpuint (n + 2, <=, G_N_ELEMENTS (cases));
    cases[n].code = cases[n + 1].code = code;
    if (refusal != NULL) {
      /* What passed by the list and is refused all the same makes the list doubtful. */
      cases[n].list = code->meaning == TOK_ERROR_FIELD ? TOK_STAGE_ROWS : NULL;
      cases[n].outcome = refusal;
      add (&cases[n++], "code", code->code, test_code);
      continue;
    }
    /* It may have been created all the same. */
    cases[n].list = TOK_STAGE_ROWS;
    cases[n].outcome = &not_created;
    add (&cases[n++], "code/before", code->code, test_code);
    cases[n].list = TOK_CREATE_LISTED;
    cases[n].outcome = &secret_lost;
    add (&cases[n++], "code/after", code->code, test_code);
  }
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  add_codes ();
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    add (&faults[i], "fault", faults[i].path, test_fault);
  for (guint i = 0; i < G_N_ELEMENTS (late); i++)
    add (&late[i], "late", late[i].path, test_late);
  tok_stage_add ("/new-token-faults/answered-twice", NULL, test_answered_twice);
  tok_stage_add ("/new-token-faults/not-ours", NULL, test_not_ours);

  return g_test_run ();
}
