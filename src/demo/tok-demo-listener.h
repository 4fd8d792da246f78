/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TOK_TYPE_DEMO_LISTENER (tok_demo_listener_get_type ())
G_DECLARE_FINAL_TYPE (TokDemoListener, tok_demo_listener, TOK, DEMO_LISTENER, GObject)

TokDemoListener *tok_demo_listener_new (guint16 port, GError **error);
guint16 tok_demo_listener_get_port (TokDemoListener *self);

G_END_DECLS
