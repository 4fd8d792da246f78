/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-account.h"

G_BEGIN_DECLS

/**
 * TokAccountRecord:
 * @address: Where its service is, as [func@address_check] returned it.
 * @account: The account, as far as was known last.
 * @sign_in_id: (nullable): Which sign-in with the browser it came from.
 *
 * What the settings remember of an account; no secrets.
 */
typedef struct {
  char *address;
  TokAccount *account;
  char *sign_in_id;
} TokAccountRecord;

#define TOK_ACCOUNT_RECORD_TYPE "(sssbass)"

void tok_account_record_free (TokAccountRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokAccountRecord, tok_account_record_free)

GVariant *tok_account_record_to_variant (const TokAccountRecord *self);
TokAccountRecord *tok_account_record_from_variant (GVariant *variant);

G_END_DECLS
