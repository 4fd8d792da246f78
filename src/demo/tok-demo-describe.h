/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "tok-demo-owner.h"

G_BEGIN_DECLS

#define TOK_DEMO_EMAIL "owner@example.com"

JsonNode *tok_demo_describe_accounts (const TokDemoOwner *owner);
JsonNode *tok_demo_describe_balance (const TokDemoLogin *login, const char *stream);
JsonNode *tok_demo_describe_owner (const TokDemoOwner *owner, const TokDemoToken *token);
JsonArray *
tok_demo_describe_tokens (GPtrArray *tokens, const TokDemoToken *created, gboolean masks);
JsonNode *tok_demo_describe_apps (GPtrArray *apps);
JsonNode *tok_demo_describe_visits (GPtrArray *visits, guint limit);

G_END_DECLS
