/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-account.h"

G_BEGIN_DECLS

/**
 * TokDemoVisit:
 * @action: "login" or "logout".
 * @time: In seconds since 1970.
 * @address: Where from.
 * @country: Where that is.
 * @browser: With what.
 * @version: Which of it.
 * @os: On what.
 * @failed: Whether it failed.
 *
 * A row of the login history (PROTOCOL 2.7); its texts are static or interned strings.
 */
typedef struct {
  const char *action;
  gint64 time;
  const char *address;
  const char *country;
  const char *browser;
  const char *version;
  const char *os;
  gboolean failed;
} TokDemoVisit;

/**
 * TokDemoOwner:
 *
 * What the service knows of one owner: the accounts, and what goes beyond one of them: the tokens
 * that apps have got by OAuth, and the login history (PROTOCOL 6).
 */
typedef struct _TokDemoOwner TokDemoOwner;

/**
 * TokDemoKeeper:
 * @owner: An owner who has changed.
 * @data: What was handed to [func@demo_owner_set_keeper].
 *
 * Keeps an owner for the next start of the service.
 *
 * Returns: Whether that worked.
 */
typedef gboolean (*TokDemoKeeper) (TokDemoOwner *owner, gpointer data);

TokDemoOwner *tok_demo_owner_new (void);
void tok_demo_owner_free (TokDemoOwner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoOwner, tok_demo_owner_free)

void tok_demo_owner_set_start (TokDemoOwner *self, gint64 start);
gint64 tok_demo_owner_get_start (const TokDemoOwner *self);

void tok_demo_owner_add_account (TokDemoOwner *self, TokDemoAccount *account);
GPtrArray *tok_demo_owner_get_accounts (const TokDemoOwner *self);
TokDemoAccount *tok_demo_owner_find_account (const TokDemoOwner *self, const char *login_id);
TokDemoToken *tok_demo_owner_find_secret (const TokDemoOwner *self, const char *secret);
void tok_demo_owner_note_use (TokDemoOwner *self, TokDemoToken *token, gint64 now);

GPtrArray *tok_demo_owner_admit_app (TokDemoOwner *self, const TokDemoApp *app);
void tok_demo_owner_restore_oauth_token (TokDemoOwner *self, TokDemoToken *token);
GPtrArray *tok_demo_owner_get_oauth_tokens (const TokDemoOwner *self);
void tok_demo_owner_log_out_app (TokDemoOwner *self, gint64 app_id);
void tok_demo_owner_revoke_app (TokDemoOwner *self, gint64 app_id);

void tok_demo_owner_add_visit (TokDemoOwner *self, const TokDemoVisit *visit);
GPtrArray *tok_demo_owner_get_visits (const TokDemoOwner *self);

void tok_demo_owner_set_keeper (TokDemoOwner *self, TokDemoKeeper keeper, gpointer data);
gboolean tok_demo_owner_settle (TokDemoOwner *self);

G_END_DECLS
