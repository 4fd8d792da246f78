/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-client.h"
#include "tok-requests.h"

G_BEGIN_DECLS

gint64 tok_client_next_req_id (TokClient *self);
void tok_client_call (TokClient *self,
                      gint64 req_id,
                      TokRequestKind kind,
                      char *text,
                      gpointer source_tag,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

guint tok_client_get_pause (const TokTimes *times, guint n_failures);

G_END_DECLS
