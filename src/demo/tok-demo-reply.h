/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void tok_demo_reply_error (SoupServerMessage *message, SoupStatus status, const char *error);
gboolean tok_demo_reply_to_bad_app_id (SoupServerMessage *message, const char *app_id);
void tok_demo_reply_page (SoupServerMessage *message, SoupStatus status, const char *body);
void tok_demo_reply_redirect (SoupServerMessage *message, const char *address);

G_END_DECLS
