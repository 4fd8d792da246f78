/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-site-status.h"
#include "tok-wire.h"

G_BEGIN_DECLS

/**
 * TokWireStatus:
 * @site: Whether it works.
 * @minutely: How many requests of our kind it takes in a minute; 0 if it doesn't say.
 * @hourly: How many in an hour; 0 if it doesn't say.
 *
 * What the service says of itself (PROTOCOL 2.12).
 */
typedef struct {
  TokSiteStatus site;
  gint64 minutely;
  gint64 hourly;
} TokWireStatus;

gboolean
tok_wire_answer_to_status (const TokWireAnswer *answer, TokWireStatus *status, GError **error);

G_END_DECLS
