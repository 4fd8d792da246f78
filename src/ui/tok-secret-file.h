/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TokSecretFileOutcome:
 * @TOK_SECRET_FILE_FAILED: It was not saved, and all is as it was.
 * @TOK_SECRET_FILE_PRIVATE: It is in the file, which nobody else can read.
 * @TOK_SECRET_FILE_EXPOSED: It is in the file, but that place keeps nothing from others.
 *
 * How saving a secret ended.
 */
typedef enum {
  TOK_SECRET_FILE_FAILED,
  TOK_SECRET_FILE_PRIVATE,
  TOK_SECRET_FILE_EXPOSED,
} TokSecretFileOutcome;

char *tok_secret_file_suggest_name (const char *token_name);

void tok_secret_file_save_async (GFile *file,
                                 const char *secret,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TokSecretFileOutcome tok_secret_file_save_finish (GAsyncResult *result, GError **error);

char *tok_secret_file_describe (GFile *file, TokSecretFileOutcome outcome, const GError *error);

G_END_DECLS
