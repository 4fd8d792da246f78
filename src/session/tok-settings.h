/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The keys of the schema, which says what each means. */
#define TOK_SETTINGS_REMEMBER_ACCOUNTS "remember-accounts"
#define TOK_SETTINGS_SERVICE "service"
#define TOK_SETTINGS_APP_ID "app-id"
#define TOK_SETTINGS_CLIPBOARD_SECONDS "clipboard-seconds"
#define TOK_SETTINGS_HIDE_SECRETS_SECONDS "hide-secrets-seconds"
#define TOK_SETTINGS_ASK_BEFORE_CLOSING "ask-before-closing"
#define TOK_SETTINGS_SORT_ORDER "sort-order"
#define TOK_SETTINGS_ACCOUNTS "accounts"
#define TOK_SETTINGS_LAST_ACCOUNT "last-account"

GSettings *tok_settings_new (gboolean in_memory, GError **error);
char *tok_settings_dup_address (GSettings *settings);

G_END_DECLS
