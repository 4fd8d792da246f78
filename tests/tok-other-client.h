/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-client.h"
#include "tok-secret.h"

G_BEGIN_DECLS

/* Another program of the same owner, which does something meanwhile. */

TokClient *tok_other_client_connect (const char *address, const char *token);
TokSecret *tok_other_client_create_token (TokClient *client, const char *name, TokScopes scopes);
void tok_other_client_delete_token (TokClient *client, const char *name);

G_END_DECLS
