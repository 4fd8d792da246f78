/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * TokDemoEndingFunc:
 * @data: What was handed to [func@demo_ending_new].
 *
 * Hears that a connection is cut.
 */
typedef void (*TokDemoEndingFunc) (gpointer data);

/**
 * TokDemoEnding:
 *
 * Ends a WebSocket in a way that libsoup wouldn't, once what was answered before is sent.
 */
typedef struct _TokDemoEnding TokDemoEnding;

TokDemoEnding *tok_demo_ending_new (SoupWebsocketConnection *socket,
                                    GBytes *last_words,
                                    TokDemoEndingFunc on_cut,
                                    gpointer data);
void tok_demo_ending_free (TokDemoEnding *self);

G_END_DECLS
