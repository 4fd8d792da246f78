/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-gate.h"
#include "tok-demo-listener.h"
#include "tok-demo-pages.h"
#include "tok-demo-server.h"
#include "tok-demo-state.h"

G_BEGIN_DECLS

struct _TokDemoServer {
  GObject parent_instance;

  TokDemoListener *listener;
  SoupServer *server;
  char *address;
  TokDemoOwner *owner;
  TokDemoPages *pages;
  TokDemoGate *gate;
  TokDemoState *state;
  GPtrArray *connections;
  guint64 n_accepted;
  GTlsCertificate *certificate;
  GSource *update;
  guint latency;
  guint idle_timeout;
};

void tok_demo_server_set_owner (TokDemoServer *self, TokDemoOwner *owner);
void tok_demo_server_drop_all (TokDemoServer *self);
void tok_demo_server_end_update (TokDemoServer *self);
void tok_demo_server_allow_long_answers (TokDemoServer *self);
gboolean tok_demo_server_save (TokDemoServer *self, GError **error);

G_END_DECLS
