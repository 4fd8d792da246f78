/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TokSiteStatus:
 * @TOK_SITE_UNKNOWN: It hasn't said.
 * @TOK_SITE_UP: It works.
 * @TOK_SITE_UPDATING: It is about to be updated: the connection will be dropped within about a
 *   minute.
 * @TOK_SITE_DOWN: It doesn't work.
 *
 * What the service says of itself (PROTOCOL 1.2 and 2.12).
 */
typedef enum {
  TOK_SITE_UNKNOWN,
  TOK_SITE_UP,
  TOK_SITE_UPDATING,
  TOK_SITE_DOWN,
} TokSiteStatus;

#define TOK_TYPE_SITE_STATUS (tok_site_status_get_type ())
GType tok_site_status_get_type (void);

TokSiteStatus tok_site_status_from_id (const char *id);

G_END_DECLS
