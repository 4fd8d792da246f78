/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _TokAccounts TokAccounts;
typedef struct _TokBrowserSignIn TokBrowserSignIn;

/**
 * TokStartSample:
 * @address: (out) (transfer full): Where the service listens.
 * @token: (out) (transfer full): What signs in there; free it with tok_secret_free().
 * @user_data: Data.
 * @error: Why there is none.
 *
 * Starts the service of the built-in sample data, or says where it runs.
 *
 * Returns: Whether it runs.
 */
typedef gboolean (*TokStartSample) (char **address,
                                    char **token,
                                    gpointer user_data,
                                    GError **error);

#define TOK_TYPE_APPLICATION (tok_application_get_type ())
G_DECLARE_FINAL_TYPE (TokApplication, tok_application, TOK, APPLICATION, AdwApplication)

TokApplication *tok_application_new (TokAccounts *accounts,
                                     GSettings *settings,
                                     TokBrowserSignIn *browser,
                                     GApplicationFlags flags);

void tok_application_set_start_sample (TokApplication *self,
                                       TokStartSample start_sample,
                                       gpointer user_data,
                                       gboolean at_once);

G_END_DECLS
