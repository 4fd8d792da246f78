/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-grant.h"

G_BEGIN_DECLS

#define TOK_TYPE_BULK_GROUP (tok_bulk_group_get_type ())
G_DECLARE_FINAL_TYPE (TokBulkGroup, tok_bulk_group, TOK, BULK_GROUP, GtkBox)

void tok_bulk_group_set_title (TokBulkGroup *self, const char *title);
void tok_bulk_group_add (TokBulkGroup *self, TokGrant *grant, const char *reason);

void tok_bulk_group_clear (TokBulkGroup *self);

G_END_DECLS
