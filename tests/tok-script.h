/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-error.h"
#include "tok-raw-peer.h"
#include "tok-times.h"

G_BEGIN_DECLS

/* A service that a test plays by hand, call by call, in the order that the test wants. */

#define TOK_SCRIPT_LOGIN "SAMPLE1"
#define TOK_SCRIPT_TOKEN "aBcDeFgHiJkLmNo"
#define TOK_SCRIPT_SCOPES "read,admin"

/* The service's own words in every refusal. */
#define TOK_SCRIPT_REFUSAL "No"

/**
 * TokScriptCode:
 * @code: What the service calls an error.
 * @meaning: What a person can do about it.
 *
 * A code of PROTOCOL 3.1.
 */
typedef struct {
  const char *code;
  TokError meaning;
} TokScriptCode;

extern const TokTimes tok_script_times;

/* All that a call can be answered with, one that nobody has heard of, and an end without a code. */
extern const TokScriptCode tok_script_codes[];

gboolean tok_script_code_is_first (const TokScriptCode *code);

guint tok_script_count (TokRawPeer *peer, const char *call);
void tok_script_wait (TokRawPeer *peer, const char *call, guint nth);
void tok_script_assert_asked (TokRawPeer *peer, const char *call, guint nth, const char *members);
void tok_script_answer (TokRawPeer *peer, const char *call, guint nth, const char *body);
void tok_script_refuse (TokRawPeer *peer, const char *call, guint nth, const char *code);

void tok_script_answer_authorize (TokRawPeer *peer, guint nth, const char *scopes);
void tok_script_answer_apps (TokRawPeer *peer, guint nth, const char *ids);
void tok_script_answer_tokens (TokRawPeer *peer, guint nth, const char *values);
void tok_script_answer_rows (TokRawPeer *peer, const char *call, guint nth, const char *rows);

G_END_DECLS
