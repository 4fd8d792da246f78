/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TokPrivateFileOutcome:
 * @TOK_PRIVATE_FILE_FAILED: It was not saved, and all is as it was.
 * @TOK_PRIVATE_FILE_PRIVATE: It is in the file, which nobody else can read.
 * @TOK_PRIVATE_FILE_EXPOSED: It is in the file, but that place keeps nothing from others.
 *
 * How saving something ended.
 */
typedef enum {
  TOK_PRIVATE_FILE_FAILED,
  TOK_PRIVATE_FILE_PRIVATE,
  TOK_PRIVATE_FILE_EXPOSED,
} TokPrivateFileOutcome;

void tok_private_file_save_async (GFile *file,
                                  const char *text,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
TokPrivateFileOutcome tok_private_file_save_finish (GAsyncResult *result, GError **error);

char *tok_private_file_describe_place (GFile *file);
char *tok_private_file_describe_failure (const GError *error);

G_END_DECLS
