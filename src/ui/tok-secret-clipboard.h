/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TokSecretClipboardState:
 * @TOK_SECRET_CLIPBOARD_EMPTY: Nothing was copied yet.
 * @TOK_SECRET_CLIPBOARD_HELD: The secret is on the clipboard, for a while.
 * @TOK_SECRET_CLIPBOARD_CLEARED: It was taken off again.
 * @TOK_SECRET_CLIPBOARD_REPLACED: Somebody copied something else.
 *
 * What became of the secret that was copied last.
 */
typedef enum {
  TOK_SECRET_CLIPBOARD_EMPTY,
  TOK_SECRET_CLIPBOARD_HELD,
  TOK_SECRET_CLIPBOARD_CLEARED,
  TOK_SECRET_CLIPBOARD_REPLACED,
} TokSecretClipboardState;

#define TOK_TYPE_SECRET_CLIPBOARD_STATE (tok_secret_clipboard_state_get_type ())
GType tok_secret_clipboard_state_get_type (void);

#define TOK_TYPE_SECRET_CLIPBOARD (tok_secret_clipboard_get_type ())
G_DECLARE_FINAL_TYPE (TokSecretClipboard, tok_secret_clipboard, TOK, SECRET_CLIPBOARD, GObject)

TokSecretClipboard *tok_secret_clipboard_new (GdkClipboard *clipboard, guint seconds);

TokSecretClipboardState tok_secret_clipboard_get_state (TokSecretClipboard *self);
guint tok_secret_clipboard_get_seconds_left (TokSecretClipboard *self);

void tok_secret_clipboard_copy (TokSecretClipboard *self, const char *secret);
void tok_secret_clipboard_clear (TokSecretClipboard *self);
char *tok_secret_clipboard_describe (GObject *object,
                                     gboolean is_copied,
                                     TokSecretClipboardState state,
                                     guint seconds_left);
void tok_secret_clipboard_follow (TokSecretClipboard *self, GtkWindow *window);

G_END_DECLS
