/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TokDemoContractKind:
 * @type: What the schemas call it.
 * @symbol: The market.
 * @title: The same for people.
 * @terms: What has to happen, for people.
 * @duration_type: How its duration is counted.
 * @duration: How long it runs, in seconds.
 * @rate: What it pays, in stakes; 0 where that isn't fixed.
 *
 * A kind of contract; its texts are static.
 */
typedef struct {
  const char *type;
  const char *symbol;
  const char *title;
  const char *terms;
  const char *duration_type;
  guint duration;
  double rate;
} TokDemoContractKind;

/**
 * TokDemoContract:
 * @kind: What it is.
 * @app_id: The program that bought it; 0 for one that isn't known.
 * @id: Its id.
 * @buy_id: The row of the statement that bought it.
 * @sell_id: The row that closed it; 0 if it is open.
 * @purchase_time: When it was bought, in seconds since 1970.
 * @sell_time: When it was closed; 0 if it is open.
 * @stake: What was paid, in the smallest unit of the currency.
 * @payout: What it can pay; 0 where that isn't fixed.
 * @result: What it has paid.
 *
 * A contract that somebody bought on an account.
 */
typedef struct {
  const TokDemoContractKind *kind;
  gint64 app_id;
  gint64 id;
  gint64 buy_id;
  gint64 sell_id;
  gint64 purchase_time;
  gint64 sell_time;
  gint64 stake;
  gint64 payout;
  gint64 result;
} TokDemoContract;

gint64 tok_demo_contract_get_expiry (const TokDemoContract *self);
char *tok_demo_contract_dup_shortcode (const TokDemoContract *self);
char *tok_demo_contract_dup_longcode (const TokDemoContract *self);

G_END_DECLS
