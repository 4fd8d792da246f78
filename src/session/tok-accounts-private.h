/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-accounts.h"

G_BEGIN_DECLS

/* tok-accounts-owner.c */
gboolean tok_accounts_is_same_account (TokSession *a, TokSession *b);
void tok_accounts_refresh_others (TokAccounts *self, TokSession *session);

G_END_DECLS
