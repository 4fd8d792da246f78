/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "tok-demo-session.h"

G_BEGIN_DECLS

/**
 * TokDemoUpgradeFunc:
 * @socket: A WebSocket that was just opened, with [class@DemoGuard]s among its extensions.
 * @session: (transfer full): What is known of the client.
 * @data: What was handed to [func@demo_upgrade].
 *
 * Takes a client over.
 */
typedef void (*TokDemoUpgradeFunc) (SoupWebsocketConnection *socket,
                                    TokDemoSession *session,
                                    gpointer data);

void tok_demo_upgrade (SoupServerMessage *message,
                       const char *app_id,
                       TokDemoUpgradeFunc func,
                       gpointer data);

G_END_DECLS
