/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TokGrantOrder:
 * @TOK_GRANT_ORDER_NAME: By name, as people sort names.
 * @TOK_GRANT_ORDER_LAST_USED: The most recently used first, what was never used last.
 * @TOK_GRANT_ORDER_LEVEL: The highest access level first.
 *
 * What a list is sorted by; what is equal in that is sorted by name.
 */
typedef enum {
  TOK_GRANT_ORDER_NAME,
  TOK_GRANT_ORDER_LAST_USED,
  TOK_GRANT_ORDER_LEVEL,
} TokGrantOrder;

#define TOK_TYPE_GRANT_ORDER (tok_grant_order_get_type ())
GType tok_grant_order_get_type (void);

#define TOK_TYPE_GRANT_SORTER (tok_grant_sorter_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantSorter, tok_grant_sorter, TOK, GRANT_SORTER, GtkSorter)

TokGrantSorter *tok_grant_sorter_new (void);
void tok_grant_sorter_set_order (TokGrantSorter *self, TokGrantOrder order);

G_END_DECLS
