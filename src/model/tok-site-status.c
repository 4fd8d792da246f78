/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-site-status.h"

G_DEFINE_ENUM_TYPE (TokSiteStatus,
                    tok_site_status,
                    G_DEFINE_ENUM_VALUE (TOK_SITE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (TOK_SITE_UP, "up"),
                    G_DEFINE_ENUM_VALUE (TOK_SITE_UPDATING, "updating"),
                    G_DEFINE_ENUM_VALUE (TOK_SITE_DOWN, "down"))

/**
 * tok_site_status_from_id:
 * @id: (nullable): What the service calls it (PROTOCOL 2.12).
 *
 * Returns: The same; %TOK_SITE_UNKNOWN if it is none of these.
 */
TokSiteStatus
tok_site_status_from_id (const char *id)
{
  if (g_strcmp0 (id, "up") == 0)
    return TOK_SITE_UP;
  if (g_strcmp0 (id, "updating") == 0)
    return TOK_SITE_UPDATING;
  if (g_strcmp0 (id, "down") == 0)
    return TOK_SITE_DOWN;
  return TOK_SITE_UNKNOWN;
}
