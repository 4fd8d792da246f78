/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-world-commands.h"

#include "tok-app.h"
#include "tok-bulk.h"
#include "tok-error.h"
#include "tok-token-name.h"
#include "tok-token.h"

typedef enum {
  SIGN_IN,
  LOG_OUT,
  CREATE,
  REPLACE,
  REVOKE,
} Kind;

static const char *const kinds[] = { "sign in", "log out", "create", "replace", "revoke" };

struct _TokWorldCommands {
  TokWorld *world;
  GPtrArray *commands;
  TokBulk *bulk;
  GPtrArray *bulks; /* each with what it has claimed */
};

typedef struct {
  TokWorld *world;
  guint number;
  Kind kind;
  TokGrant *grant; /* what goes */
  char *made;      /* the name of what comes */
  GCancellable *cancellable;
  guint n_ends; /* before */
  gboolean has_ended;
  GError *error;
} Command;

static void
free_command (gpointer data)
{
  Command *command = data;

  g_assert_true (command->has_ended);
  g_clear_object (&command->grant);
  g_clear_object (&command->cancellable);
  g_clear_error (&command->error);
  g_free (command->made);
  g_free (command);
}

static void
finish (Command *command, TokSession *session, GAsyncResult *result)
{
  g_autoptr (TokToken) token = NULL;
  gboolean done = FALSE;

  switch (command->kind) {
  case SIGN_IN:
    done = tok_session_sign_in_finish (session, result, &command->error);
    g_assert_false (done && g_cancellable_is_cancelled (command->cancellable));
    break;
  case LOG_OUT:
    done = tok_session_log_out_finish (session, result, &command->error);
    break;
  case CREATE:
    token = tok_session_create_token_finish (session, result, &command->error);
    break;
  case REPLACE:
    token = tok_session_replace_token_finish (session, result, &command->error);
    break;
  case REVOKE:
  default:
    done = tok_session_revoke_finish (session, result, &command->error);
  }
  if (token != NULL)
    g_assert_cmpstr (tok_token_get_name (token), ==, command->made);
  g_assert_true (done || token != NULL || command->error != NULL);
  /* Whoever stays signed in gets to know, however long it takes. */
  if (command->kind == CREATE && command->n_ends == command->world->n_ends
      && tok_session_get_state (session) != TOK_SESSION_ENDED)
    g_assert_false (g_error_matches (command->error, TOK_ERROR, TOK_ERROR_UNCONFIRMED));
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Command *command = data;

  g_assert_false (command->has_ended);
  command->has_ended = TRUE;
  finish (command, TOK_SESSION (source), result);
  tok_world_say (command->world, "    %u ends: %s", command->number,
                 command->error != NULL ? command->error->message : "done");
}

static Command *
add (TokWorldCommands *self, Kind kind, TokGrant *grant, char *made)
{
  Command *command = g_new0 (Command, 1);

  command->world = self->world;
  command->number = self->commands->len;
  command->kind = kind;
  command->n_ends = self->world->n_ends;
  command->grant = grant;
  command->made = made;
  command->cancellable = g_cancellable_new ();
  g_ptr_array_add (self->commands, command);
  tok_world_say (self->world, "%u: %s %s %s", command->number, kinds[kind],
                 grant != NULL ? tok_grant_get_key (grant) : "", made != NULL ? made : "");
  return command;
}

/* What is claimed of it afterwards can't be held against anybody any more. */
static void
touch (TokWorldCommands *self, TokGrant *grant)
{
  g_hash_table_add (self->world->touched, g_strdup (tok_grant_get_key (grant)));
}

static TokScopes
pick_scopes (TokWorldCommands *self)
{
  return (TokScopes) (1 + tok_world_pick (self->world, TOK_SCOPE_ALL));
}

/**
 * tok_world_commands_new:
 * @world: A world, which outlives the commands.
 *
 * Returns: (transfer full): Nothing yet.
 */
TokWorldCommands *
tok_world_commands_new (TokWorld *world)
{
  TokWorldCommands *self = g_new0 (TokWorldCommands, 1);

  self->world = world;
  self->commands = g_ptr_array_new_with_free_func (free_command);
  self->bulks = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

/**
 * tok_world_commands_free:
 * @self: (transfer full): Commands that have ended.
 */
void
tok_world_commands_free (TokWorldCommands *self)
{
  g_ptr_array_unref (self->commands);
  g_ptr_array_unref (self->bulks);
  g_free (self);
}

/**
 * tok_world_sign_in:
 * @self: Commands.
 * @secret: What with.
 *
 * Begins to sign in.
 */
void
tok_world_sign_in (TokWorldCommands *self, TokWorldSecret secret)
{
  Command *command = add (self, SIGN_IN, NULL, NULL);

  tok_session_sign_in_async (self->world->session, self->world->secrets[secret],
                             command->cancellable, on_ready, command);
}

/**
 * tok_world_log_out:
 * @self: Commands.
 *
 * Begins to log out.
 */
void
tok_world_log_out (TokWorldCommands *self)
{
  Command *command = add (self, LOG_OUT, NULL, NULL);

  tok_session_log_out_async (self->world->session, command->cancellable, on_ready, command);
}

/**
 * tok_world_create:
 * @self: Commands.
 *
 * Begins to create a token.
 */
void
tok_world_create (TokWorldCommands *self)
{
  Command *command = add (self, CREATE, NULL, tok_world_new_name (self->world));

  tok_session_create_token_async (self->world->session, command->made, pick_scopes (self), FALSE,
                                  command->cancellable, on_ready, command);
}

/**
 * tok_world_replace:
 * @self: Commands.
 *
 * Begins to replace a token, if there is one, sometimes by one of the same name.
 */
void
tok_world_replace (TokWorldCommands *self)
{
  TokGrant *old = tok_world_pick_grant (self->world, tok_world_get_store (self->world, TRUE));
  Command *command;
  char *name;

  if (old == NULL)
    return;
  name = tok_world_pick (self->world, 3) == 0 ? g_strdup (tok_grant_get_name (old))
                                              : tok_world_new_name (self->world);
  touch (self, old);
  command = add (self, REPLACE, old, name);
  tok_session_replace_token_async (self->world->session, old, name, pick_scopes (self), FALSE,
                                   command->cancellable, on_ready, command);
}

/**
 * tok_world_revoke:
 * @self: Commands.
 * @is_token: Whether a token or an app.
 *
 * Begins to take one away, if there is one.
 */
void
tok_world_revoke (TokWorldCommands *self, gboolean is_token)
{
  TokGrant *grant = tok_world_pick_grant (self->world, tok_world_get_store (self->world, is_token));
  Command *command;

  if (grant == NULL)
    return;
  touch (self, grant);
  command = add (self, REVOKE, grant, NULL);
  tok_session_revoke_async (self->world->session, grant, command->cancellable, on_ready, command);
}

/**
 * tok_world_revoke_many:
 * @self: Commands.
 * @is_tokens: Whether tokens or apps.
 *
 * Begins to take several away, unless that is going on.
 */
void
tok_world_revoke_many (TokWorldCommands *self, gboolean is_tokens)
{
  g_autoptr (GPtrArray) grants = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->bulk != NULL && tok_bulk_get_state (self->bulk) != TOK_BULK_DONE)
    return;
  for (guint n = 1 + tok_world_pick (self->world, 5); n > 0; n--) {
    TokGrant *grant
        = tok_world_pick_grant (self->world, tok_world_get_store (self->world, is_tokens));

    if (grant != NULL && !g_ptr_array_find (grants, grant, NULL)) {
      touch (self, grant);
      g_ptr_array_add (grants, grant);
      tok_world_say (self->world, "many: %s", tok_grant_get_key (grant));
    } else {
      g_clear_object (&grant);
    }
  }
  if (grants->len == 0)
    return;
  self->bulk = tok_bulk_new (self->world->session, grants);
  g_ptr_array_add (self->bulks, self->bulk);
  tok_bulk_start (self->bulk);
}

/**
 * tok_world_stop_many:
 * @self: Commands.
 *
 * Stops taking several away, if that is going on.
 */
void
tok_world_stop_many (TokWorldCommands *self)
{
  if (self->bulk == NULL)
    return;
  tok_world_say (self->world, "stop many");
  tok_bulk_stop (self->bulk);
}

/**
 * tok_world_let_go_of_many:
 * @self: Commands.
 *
 * Wants to know nothing more of taking several away, if that is going on.
 */
void
tok_world_let_go_of_many (TokWorldCommands *self)
{
  if (self->bulk == NULL)
    return;
  tok_world_say (self->world, "let go of many");
  g_ptr_array_remove (self->bulks, self->bulk);
  self->bulk = NULL;
}

/**
 * tok_world_cancel:
 * @self: Commands.
 *
 * Cancels one of them, which has ended if none is under way.
 */
void
tok_world_cancel (TokWorldCommands *self)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  GPtrArray *commands;
  Command *command;

  for (guint i = 0; i < self->commands->len; i++)
    if (!((Command *) self->commands->pdata[i])->has_ended)
      g_ptr_array_add (open, self->commands->pdata[i]);
  commands = open->len > 0 ? open : self->commands;
  if (commands->len == 0)
    return;
  command = commands->pdata[tok_world_pick (self->world, commands->len)];
  tok_world_say (self->world, "cancel %u", command->number);
  g_cancellable_cancel (command->cancellable);
}

/**
 * tok_world_is_busy:
 * @self: Commands.
 *
 * Returns: Whether one of them hasn't ended.
 */
gboolean
tok_world_is_busy (TokWorldCommands *self)
{
  for (guint i = 0; i < self->commands->len; i++)
    if (!((Command *) self->commands->pdata[i])->has_ended)
      return TRUE;
  return self->bulk != NULL && tok_bulk_get_state (self->bulk) != TOK_BULK_DONE;
}

static gboolean
has_token (GPtrArray *tokens, const char *name)
{
  for (guint i = 0; i < tokens->len; i++)
    if (g_str_equal (tok_token_get_name (tokens->pdata[i]), name))
      return TRUE;
  return FALSE;
}

static gboolean
has_grant (TokGrant *grant, GPtrArray *tokens, GPtrArray *apps)
{
  if (tok_grant_get_token (grant) != NULL)
    return has_token (tokens, tok_grant_get_key (grant));
  for (guint i = 0; i < apps->len; i++)
    if (tok_app_get_app_id (apps->pdata[i]) == tok_app_get_app_id (tok_grant_get_app (grant)))
      return TRUE;
  return FALSE;
}

/* Whether a later replacement may have put another token in its place. */
static gboolean
may_be_back (TokWorldCommands *self, TokGrant *grant)
{
  for (guint i = 0; i < self->commands->len; i++) {
    const Command *command = self->commands->pdata[i];

    if (command->made != NULL && tok_token_name_equal (command->made, tok_grant_get_key (grant)))
      return TRUE;
  }
  return FALSE;
}

static void
assert_made (TokWorldCommands *self, const Command *command, GPtrArray *tokens)
{
  gboolean is_there = has_token (tokens, command->made);

  if (g_hash_table_contains (self->world->touched, command->made))
    return;
  if (command->error == NULL || g_error_matches (command->error, TOK_ERROR, TOK_ERROR_SECRET_LOST))
    g_assert_true (is_there);
  else if (!self->world->is_late
           && !g_error_matches (command->error, TOK_ERROR, TOK_ERROR_UNCONFIRMED)
           && !g_error_matches (command->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_assert_false (is_there);
}

static void
assert_gone (TokWorldCommands *self, TokGrant *grant, GPtrArray *tokens, GPtrArray *apps)
{
  if (!may_be_back (self, grant))
    g_assert_false (has_grant (grant, tokens, apps));
}

/**
 * tok_world_assert_claims:
 * @self: Commands that have ended.
 * @tokens: (element-type TokToken): What the service has.
 * @apps: (element-type TokApp): What the service has.
 *
 * Asserts that what was said of each is true.
 */
void
tok_world_assert_claims (TokWorldCommands *self, GPtrArray *tokens, GPtrArray *apps)
{
  for (guint i = 0; i < self->commands->len; i++) {
    const Command *command = self->commands->pdata[i];

    tok_world_say (self->world, "claim of %u", i);
    if (command->made != NULL)
      assert_made (self, command, tokens);
    if (command->grant != NULL && command->error == NULL)
      assert_gone (self, command->grant, tokens, apps);
    if (command->grant != NULL)
      g_assert_cmpint (tok_grant_get_state (command->grant), !=, TOK_GRANT_WORKING);
  }
  for (guint i = 0; i < self->bulks->len; i++)
    for (guint j = 0; j < tok_bulk_get_n_items (self->bulks->pdata[i]); j++) {
      TokGrant *grant = tok_bulk_get_grant (self->bulks->pdata[i], j);

      tok_world_say (self->world, "claim of many about %s", tok_grant_get_key (grant));
      if (tok_bulk_get_outcome (self->bulks->pdata[i], j, NULL) == TOK_BULK_GONE)
        assert_gone (self, grant, tokens, apps);
      g_assert_cmpint (tok_grant_get_state (grant), !=, TOK_GRANT_WORKING);
    }
}
