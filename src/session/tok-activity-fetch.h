/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-trade-book.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TokClient TokClient;

/**
 * TokActivityReach:
 * @n_closed: How many closed contracts there are on a page; at most 500 (PROTOCOL 2.13).
 * @n_purchases: How many purchases; at most 999.
 * @n_pages: How many pages of each are read.
 *
 * How far back to go.
 */
typedef struct {
  guint n_closed;
  guint n_purchases;
  guint n_pages;
} TokActivityReach;

extern const TokActivityReach tok_activity_reach_default;

void tok_activity_fetch_async (TokClient *client,
                               const TokActivityReach *reach,
                               guint rate_limit_pause,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
TokTradeBook *tok_activity_fetch_finish (TokClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
