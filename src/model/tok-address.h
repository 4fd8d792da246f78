/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TOK_ADDRESS_DEFAULT "wss://ws.derivws.com/websockets/v3?app_id=" TOK_DEFAULT_APP_ID

char *tok_address_check (const char *text, GError **error);
char *tok_address_dup_service (const char *address);
gboolean tok_address_is_secure (const char *address);

G_END_DECLS
