/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "tok-demo-gate.h"

G_BEGIN_DECLS

#define TOK_TYPE_DEMO_CONNECTION (tok_demo_connection_get_type ())
G_DECLARE_FINAL_TYPE (TokDemoConnection, tok_demo_connection, TOK, DEMO_CONNECTION, GObject)

TokDemoConnection *tok_demo_connection_new (SoupWebsocketConnection *socket,
                                            TokDemoGate *gate,
                                            TokDemoSession *session);
void tok_demo_connection_set_latency (TokDemoConnection *self, guint milliseconds);
void tok_demo_connection_tell_status (TokDemoConnection *self);
void tok_demo_connection_cut (TokDemoConnection *self);

G_END_DECLS
