/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TokDemoSite:
 * @updating: Whether connections are going to be dropped soon.
 * @per_minute: How many calls are let in a minute.
 * @per_hour: How many calls are let in an hour.
 *
 * How the service is.
 */
typedef struct {
  gboolean updating;
  gint64 per_minute;
  gint64 per_hour;
} TokDemoSite;

JsonNode *tok_demo_site_describe (const TokDemoSite *self);

G_END_DECLS
