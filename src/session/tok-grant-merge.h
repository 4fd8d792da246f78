/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GHashTable *tok_grant_merge_index (GPtrArray *rows);
GPtrArray *tok_grant_merge_pick (GHashTable *by_key, GPtrArray *fresh);
GPtrArray *tok_grant_merge_weave (GPtrArray *listed, GPtrArray *former);

G_END_DECLS
