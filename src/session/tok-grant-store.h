/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;

/**
 * TokGrantStoreState:
 * @TOK_GRANT_STORE_EMPTY: The service has not answered yet; nothing is known.
 * @TOK_GRANT_STORE_LISTED: The rows are the service's last answer.
 * @TOK_GRANT_STORE_FAILED: There never was an answer, and the last attempt failed.
 * @TOK_GRANT_STORE_NO_SCOPE: The token we are signed in with may not see this list.
 *
 * What a [class@GrantStore] knows.
 */
typedef enum {
  TOK_GRANT_STORE_EMPTY,
  TOK_GRANT_STORE_LISTED,
  TOK_GRANT_STORE_FAILED,
  TOK_GRANT_STORE_NO_SCOPE,
} TokGrantStoreState;

#define TOK_TYPE_GRANT_STORE_STATE (tok_grant_store_state_get_type ())
GType tok_grant_store_state_get_type (void);

#define TOK_TYPE_GRANT_STORE (tok_grant_store_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantStore, tok_grant_store, TOK, GRANT_STORE, GObject)

TokGrantStore *tok_grant_store_new (void);

TokGrantStoreState tok_grant_store_get_state (TokGrantStore *self);
gboolean tok_grant_store_get_loading (TokGrantStore *self);
const GError *tok_grant_store_get_error (TokGrantStore *self);
GDateTime *tok_grant_store_get_as_of (TokGrantStore *self);
guint tok_grant_store_get_n_listed (TokGrantStore *self);
guint tok_grant_store_get_n_unread (TokGrantStore *self);
gboolean tok_grant_store_has_apps (TokGrantStore *self);
TokGrant *tok_grant_store_find (TokGrantStore *self, const char *key);

void tok_grant_store_set_loading (TokGrantStore *self);
void tok_grant_store_take_tokens (TokGrantStore *self, GPtrArray *tokens, guint n_unread);
void tok_grant_store_take_apps (TokGrantStore *self, GPtrArray *apps, guint n_unread);
void tok_grant_store_fail (TokGrantStore *self, const GError *error);
void tok_grant_store_forbid (TokGrantStore *self);
void tok_grant_store_clear (TokGrantStore *self);
void tok_grant_store_sweep (TokGrantStore *self);

G_END_DECLS
