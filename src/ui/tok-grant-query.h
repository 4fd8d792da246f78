/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-grant-filter.h"
#include "tok-grant-sorter.h"
#include "tok-list-head.h"

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;
typedef struct _TokGrantStore TokGrantStore;

#define TOK_TYPE_GRANT_QUERY (tok_grant_query_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantQuery, tok_grant_query, TOK, GRANT_QUERY, GObject)

TokGrantQuery *tok_grant_query_new (void);
void tok_grant_query_set_store (TokGrantQuery *self, TokGrantStore *store);
void tok_grant_query_clear (TokGrantQuery *self);
gboolean tok_grant_query_reveal (TokGrantQuery *self, TokGrant *grant);

GListModel *tok_grant_query_get_found (TokGrantQuery *self);
TokListHead *tok_grant_query_get_shown (TokGrantQuery *self);

G_END_DECLS
