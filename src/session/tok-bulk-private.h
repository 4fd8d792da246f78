/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-bulk-item.h"

G_BEGIN_DECLS

struct _TokBulk {
  GObject parent_instance;

  TokSession *session;
  GCancellable *listing; /* cancelled when who was signed in isn't any more */
  GPtrArray *items;
  guint next;      /* the first item that isn't dealt with */
  GPtrArray *left; /* the tokens that the last answer listed */
  gboolean is_stopping;

  TokBulkState state;
  TokGrant *current;
  guint pause;
  gint64 pause_end;
  guint n_pauses; /* since the service last took a request */
  guint seconds_left;

  /* At most one of these is on its way. */
  TokBulkItem *in_flight;
  gboolean is_listing;
  gboolean is_listed; /* a list has come before the last was sent */
  GCancellable *cancellable;
};

/* tok-bulk.c */
TokBulkItem *tok_bulk_item_at (TokBulk *self, guint n);
void tok_bulk_set_state (TokBulk *self, TokBulkState state);
void tok_bulk_set_seconds_left (TokBulk *self, guint seconds_left);
void tok_bulk_go_on (TokBulk *self);

/* tok-bulk-steps.c */
gboolean tok_bulk_is_ready (TokBulk *self);
gboolean tok_bulk_is_over (TokBulk *self);
gboolean tok_bulk_is_through (TokBulk *self);
gboolean tok_bulk_is_anything_sent (TokBulk *self);
void tok_bulk_advance (TokBulk *self);
void tok_bulk_give_up (TokBulk *self);
void tok_bulk_end_pause (TokBulk *self);
void tok_bulk_finish_unlisted (TokBulk *self);

G_END_DECLS
