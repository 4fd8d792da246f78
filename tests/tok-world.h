/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-client.h"
#include "tok-demo-server.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-session.h"
#include "tok-vault.h"

G_BEGIN_DECLS

/**
 * TokWorldSecret:
 * @TOK_WORLD_SECRET_SAFE: Signs in with a token that nothing takes away.
 * @TOK_WORLD_SECRET_FULL: Signs in with one that may do everything.
 * @TOK_WORLD_SECRET_SPARE: The same.
 * @TOK_WORLD_SECRET_READER: Signs in with one that may only look.
 * @TOK_WORLD_SECRET_WRONG: There is no such token.
 *
 * What a session can be signed in with.
 */
typedef enum {
  TOK_WORLD_SECRET_SAFE,
  TOK_WORLD_SECRET_FULL,
  TOK_WORLD_SECRET_SPARE,
  TOK_WORLD_SECRET_READER,
  TOK_WORLD_SECRET_WRONG,
  TOK_WORLD_N_SECRETS,
} TokWorldSecret;

/**
 * TokWorld:
 * @random: Decides everything that can be one way or the other.
 * @trace: What was done so far, a line each.
 * @server: The service.
 * @session: What is tested.
 * @other: Another program of the same owner.
 * @secrets: What to sign in with.
 * @touched: The keys of tokens that somebody meant to take away.
 * @n_names: How many names were given so far.
 * @is_running: Whether the service is.
 * @is_stale: Whether something became of the service's lists that the session can't know of.
 * @is_alone: Whether nothing is done to the service but by the session, and all in its order.
 * @n_ends: How often who was signed in wasn't any more.
 * @is_late: Whether the service may do something after it was asked for the list that shows it.
 *
 * The sample service, a session before it, and another program beside it.
 */
typedef struct {
  GRand *random;
  GString *trace;
  TokDemoServer *server;
  TokSession *session;
  TokClient *other;
  char *secrets[TOK_WORLD_N_SECRETS];
  GHashTable *touched;
  guint n_names;
  gboolean is_running;
  gboolean is_alone;
  guint n_ends;
  gboolean is_stale;
  gboolean is_late;

  /*< private >*/
  GSocket *reserved;
  guint16 port;
  TokVault *vault;
  gpointer client;
  GHashTable *grants;
} TokWorld;

TokWorld *tok_world_new (guint32 seed, GString *trace);
void tok_world_free (TokWorld *self);

void tok_world_say (TokWorld *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
guint tok_world_pick (TokWorld *self, guint n);
TokGrant *tok_world_pick_grant (TokWorld *self, TokGrantStore *store);
char *tok_world_new_name (TokWorld *self);
TokGrantStore *tok_world_get_store (TokWorld *self, gboolean is_tokens);
gboolean tok_world_is_listed (TokWorld *self);
gboolean tok_world_has_list_error (TokWorld *self);
TokClient *tok_world_get_client (TokWorld *self);

void tok_world_run (guint n_iterations);
void tok_world_nap (guint milliseconds);

void tok_world_start (TokWorld *self);
void tok_world_stop (TokWorld *self);
void tok_world_calm (TokWorld *self);
void tok_world_ask (TokWorld *self, GPtrArray **tokens, GPtrArray **apps);

G_END_DECLS
