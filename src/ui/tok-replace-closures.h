/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;

/* The pages of the dialog that replaces a token, in their order. */
#define TOK_REPLACE_CHOICE_PAGE "choice"
#define TOK_REPLACE_FORM_PAGE "form"
#define TOK_REPLACE_SECRET_PAGE "secret"
#define TOK_REPLACE_CHECK_PAGE "check"

/* What its header shows on each. Each takes the dialog first, and depends on nothing but its other
 * arguments. */

char *tok_replace_closure_describe_title (GObject *object, const char *name);
char *tok_replace_closure_describe_change (GObject *object, gboolean is_change);
char *tok_replace_closure_describe_making (GObject *object, TokGrant *replaced);
gboolean tok_replace_closure_offers_cancel (GObject *object, const char *page, gboolean is_gone);
gboolean tok_replace_closure_offers_back (GObject *object, const char *page, gboolean is_gone);
gboolean tok_replace_closure_offers_making (GObject *object, const char *page);
gboolean tok_replace_closure_offers_next (GObject *object, const char *page, gboolean is_gone);
gboolean tok_replace_closure_offers_done (GObject *object, const char *page, gboolean is_gone);

G_END_DECLS
