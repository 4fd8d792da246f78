/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TokLink:
 *
 * A WebSocket to one address, which can be opened again and again.
 */
typedef struct _TokLink TokLink;

/**
 * TokLinkEvents:
 * @opened: It is open.
 * @received: A text came: @length bytes, and a NUL behind them.
 * @lost: It couldn't be opened, or is open no more; @error is a [enum@Error]. Not called after
 *   [func@link_close].
 *
 * What a link tells its owner. The owner may close the link, and let it go, while it is told.
 */
typedef struct {
  void (*opened) (gpointer owner);
  void (*received) (gpointer owner, const char *text, gsize length);
  void (*lost) (gpointer owner, const GError *error);
} TokLinkEvents;

TokLink *tok_link_new (const char *address,
                       guint timeout,
                       gsize max_message,
                       const TokLinkEvents *events,
                       gpointer owner);
void tok_link_free (TokLink *self);

void tok_link_open (TokLink *self);
void tok_link_send (TokLink *self, const char *text);
void tok_link_close (TokLink *self);
guint tok_link_get_retry_after (const TokLink *self);

G_END_DECLS
