/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokAccounts TokAccounts;

#define TOK_TYPE_ACCOUNT_SWITCHER (tok_account_switcher_get_type ())
G_DECLARE_FINAL_TYPE (TokAccountSwitcher, tok_account_switcher, TOK, ACCOUNT_SWITCHER, GtkPopover)

GtkWidget *tok_account_switcher_new (TokAccounts *accounts);

G_END_DECLS
