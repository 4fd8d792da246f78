/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TokBackoff:
 *
 * How long to wait between attempts that fail one after the other.
 */
typedef struct _TokBackoff TokBackoff;

TokBackoff *tok_backoff_new (guint first, guint longest);
void tok_backoff_free (TokBackoff *self);

void tok_backoff_set_seed (TokBackoff *self, guint32 seed);
guint tok_backoff_next (TokBackoff *self);
void tok_backoff_reset (TokBackoff *self);

G_END_DECLS
