/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-backoff.h"
#include "tok-client.h"
#include "tok-link.h"
#include "tok-requests.h"

G_BEGIN_DECLS

struct _TokClient {
  GObject parent_instance;

  char *address;
  TokTimes times;
  TokClientState state;
  GError *error;

  TokLink *link;
  TokBackoff *backoff; /* goes on until the service says something sensible */
  gboolean is_garbled; /* a text made no sense, and no connection has lasted since */
  guint pause;
  gulong network_changed;

  guint watch;
  gint64 ping_id; /* of the ping of our own that isn't answered, or 0 */

  TokRequests *requests;
  TokPacer *pacer;
  gint64 resumes_at;
  gint64 last_req_id;
  guint n_dropped;

  gint64 status_id; /* of the request that each news of the service repeats, or 0 */
  TokSiteStatus site_status;
};

/* tok-client-send.c */
gint64 tok_client_next_req_id (TokClient *self);
void tok_client_call (TokClient *self,
                      gint64 req_id,
                      TokRequestKind kind,
                      char *text,
                      gpointer source_tag,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
TokWireAnswer *
tok_client_call_finish (TokClient *self, GAsyncResult *result, gpointer source_tag, GError **error);
void tok_client_note_limit (TokClient *self, const TokWireAnswer *answer);

/* tok-client.c */
void tok_client_notify_resumes_at (TokClient *self);
void tok_client_notify_site_status (TokClient *self);

/* tok-client-status.c */
gboolean tok_client_take_status (TokClient *self, const TokWireAnswer *answer);
void tok_client_forget_status (TokClient *self);

G_END_DECLS
