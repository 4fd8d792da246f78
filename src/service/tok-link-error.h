/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GError *tok_link_error_from_connect (const GError *error,
                                     gboolean is_encrypted,
                                     guint http_status,
                                     GTlsCertificateFlags flags);
GError *tok_link_error_from_close (guint close_code);
GError *tok_link_error_from_connection (const GError *error, guint close_code);

G_END_DECLS
