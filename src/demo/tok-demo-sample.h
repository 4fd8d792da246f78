/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-account.h"

G_BEGIN_DECLS

/**
 * TokDemoLogin:
 * @login_id: Its login id.
 * @category: "trading" or "wallet".
 * @type: What the operator calls this kind of account.
 * @currency: Its currency.
 * @currency_type: "fiat" or "crypto".
 * @is_virtual: Whether its money is not real.
 * @age: In days.
 *
 * One of the accounts of the sample owner (PROTOCOL 6).
 */
typedef struct {
  const char *login_id;
  const char *category;
  const char *type;
  const char *currency;
  const char *currency_type;
  gboolean is_virtual;
  guint age;
} TokDemoLogin;

const TokDemoLogin *tok_demo_sample_get_logins (guint *n_logins);
TokDemoAccount *tok_demo_sample_new_account (const char *secret);

G_END_DECLS
