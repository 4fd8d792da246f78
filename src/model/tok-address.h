/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TOK_ADDRESS_DEFAULT "wss://ws.derivws.com/websockets/v3?app_id=" TOK_DEFAULT_APP_ID
/* What the operator lets everybody use for trying things out. */
#define TOK_PUBLIC_APP_ID "1089"

char *tok_address_check (const char *text, GError **error);
char *tok_address_dup_service (const char *address);
gboolean tok_address_is_secure (const char *address);

gboolean tok_address_is_app_id (const char *text);
char *tok_address_dup_app_id (const char *address);
char *tok_address_with_app_id (const char *address, const char *app_id);
gboolean tok_address_has_own_app_id (const char *address);

char *tok_address_dup_authorize_page (const char *address, const char *state);
char *tok_address_dup_token_page (const char *address);

G_END_DECLS
