/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-bulk.h"
#include "tok-grant.h"

G_BEGIN_DECLS

/* What is said when access is taken away from several. The first ones are for templates: each takes
 * the object that the template belongs to first. */

char *tok_bulk_words_title (GObject *object, TokBulk *bulk);
char *tok_bulk_words_heading (GObject *object, TokBulk *bulk, TokBulkState state);
gboolean tok_bulk_words_is_asking (GObject *object, TokBulkState state);
gboolean tok_bulk_words_is_at_work (GObject *object, TokBulkState state);
gboolean tok_bulk_words_is_done (GObject *object, TokBulkState state);
char *tok_bulk_words_describe (GObject *object, TokBulk *bulk);
char *tok_bulk_words_describe_own (GObject *object, TokBulk *bulk);
char *tok_bulk_words_label_yes (GObject *object, TokBulk *bulk);
char *tok_bulk_words_describe_current (GObject *object, TokGrant *current);
char *tok_bulk_words_describe_step (GObject *object, TokBulkState state, guint seconds_left);
char *tok_bulk_words_count (GObject *object, guint n_done, guint n_items);
double tok_bulk_words_measure (GObject *object, guint n_done, guint n_items);
char *tok_bulk_words_label_stop (GObject *object, TokBulkState state);
gboolean tok_bulk_words_can_stop (GObject *object, TokBulkState state);

char *tok_bulk_words_dup_levels (TokBulk *bulk);
char *tok_bulk_words_dup_warning (TokBulk *bulk, guint n);
char *tok_bulk_words_dup_left (TokBulk *bulk);
char *tok_bulk_words_dup_retry (guint n);
char *tok_bulk_words_dup_group (TokBulk *bulk, TokBulkOutcome outcome);
char *tok_bulk_words_dup_reason (TokBulk *bulk, guint n);
char *tok_bulk_words_dup_file_name (TokBulk *bulk, GDateTime *now);
char *tok_bulk_words_dup_report (TokBulk *bulk, const char *login_id, GDateTime *now);

G_END_DECLS
