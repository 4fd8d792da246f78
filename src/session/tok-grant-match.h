/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-scopes.h"

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;

gboolean tok_grant_match_is_value (TokGrant *grant, const char *secret);
TokGrant *tok_grant_match_find (GListModel *grants, const char *secret, TokScopes scopes);

G_END_DECLS
