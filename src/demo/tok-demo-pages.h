/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "tok-demo-owner.h"

G_BEGIN_DECLS

/**
 * TokDemoPages:
 *
 * What the service shows in a browser: the page where the owner lets an app in (PROTOCOL 4.1), and
 * one in the place of the operator's page for API tokens.
 */
typedef struct _TokDemoPages TokDemoPages;

TokDemoPages *tok_demo_pages_new (TokDemoOwner *owner);
void tok_demo_pages_free (TokDemoPages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoPages, tok_demo_pages_free)

gboolean tok_demo_pages_reply (TokDemoPages *self,
                               SoupServerMessage *message,
                               const char *path,
                               GHashTable *query);

G_END_DECLS
