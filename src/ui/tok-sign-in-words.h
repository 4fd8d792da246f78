/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TokAccount TokAccount;

char *tok_sign_in_words_dup_heading (TokAccount *again, gboolean is_first);
const char *tok_sign_in_words_get_intro (TokAccount *again, gboolean is_first);
char *tok_sign_in_words_dup_service (const char *address, gboolean can_keep);

G_END_DECLS
