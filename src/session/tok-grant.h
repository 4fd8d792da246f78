/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-access.h"
#include "tok-grant-keys.h"

G_BEGIN_DECLS

typedef struct _TokApp TokApp;
typedef struct _TokToken TokToken;

/**
 * TokGrantState:
 * @TOK_GRANT_IDLE: Listed, nothing is going on.
 * @TOK_GRANT_WORKING: Access is being taken away; no answer yet.
 * @TOK_GRANT_FAILED: That failed, or nobody confirmed it; see [property@Grant:error].
 * @TOK_GRANT_GONE: The service's fresh list doesn't hold it any more.
 *
 * What is going on with a [class@Grant].
 */
typedef enum {
  TOK_GRANT_IDLE,
  TOK_GRANT_WORKING,
  TOK_GRANT_FAILED,
  TOK_GRANT_GONE,
} TokGrantState;

#define TOK_TYPE_GRANT_STATE (tok_grant_state_get_type ())
GType tok_grant_state_get_type (void);

#define TOK_TYPE_GRANT (tok_grant_get_type ())
G_DECLARE_FINAL_TYPE (TokGrant, tok_grant, TOK, GRANT, GObject)

TokGrant *tok_grant_new_for_token (TokToken *token);
TokGrant *tok_grant_new_for_app (TokApp *app);

TokToken *tok_grant_get_token (TokGrant *self);
TokApp *tok_grant_get_app (TokGrant *self);
const char *tok_grant_get_key (TokGrant *self);
TokGrantKeys *tok_grant_get_keys (TokGrant *self);
void tok_grant_update (TokGrant *self, GObject *subject);

const char *tok_grant_get_name (TokGrant *self);
TokScopes tok_grant_get_scopes (TokGrant *self);
const char *const *tok_grant_get_unknown_scopes (TokGrant *self);
TokAccessLevel tok_grant_get_level (TokGrant *self);
GDateTime *tok_grant_get_last_used (TokGrant *self);
gboolean tok_grant_get_is_use_known (TokGrant *self);

TokGrantState tok_grant_get_state (TokGrant *self);
const GError *tok_grant_get_error (TokGrant *self);
gboolean tok_grant_get_is_this_program (TokGrant *self);
gboolean tok_grant_get_is_new (TokGrant *self);
gboolean tok_grant_get_is_back (TokGrant *self);
gboolean tok_grant_get_has_copy (TokGrant *self);

void tok_grant_set_idle (TokGrant *self);
void tok_grant_set_working (TokGrant *self);
void tok_grant_set_failed (TokGrant *self, const GError *error);
void tok_grant_set_gone (TokGrant *self);
void tok_grant_set_is_this_program (TokGrant *self, gboolean is_this_program);
void tok_grant_set_is_new (TokGrant *self, gboolean is_new);
void tok_grant_set_is_back (TokGrant *self, gboolean is_back);
void tok_grant_set_has_copy (TokGrant *self, gboolean has_copy);

G_END_DECLS
