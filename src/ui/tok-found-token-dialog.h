/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _TokAccounts TokAccounts;
typedef struct _TokGrant TokGrant;
typedef struct _TokSession TokSession;

#define TOK_TYPE_FOUND_TOKEN_DIALOG (tok_found_token_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TokFoundTokenDialog,
                      tok_found_token_dialog,
                      TOK,
                      FOUND_TOKEN_DIALOG,
                      AdwWindow)

TokFoundTokenDialog *tok_found_token_dialog_new (GtkWindow *parent,
                                                 TokAccounts *accounts,
                                                 GSettings *settings,
                                                 TokSession *session);
TokFoundTokenDialog *tok_found_token_dialog_new_for_test (GtkWindow *parent,
                                                          TokAccounts *accounts,
                                                          GSettings *settings,
                                                          TokSession *session,
                                                          TokGrant *grant,
                                                          const char *secret);

G_END_DECLS
