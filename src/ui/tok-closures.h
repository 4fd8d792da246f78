/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-access.h"
#include "tok-grant.h"

G_BEGIN_DECLS

typedef struct _TokAccount TokAccount;

/* What the templates compute from what they show. Each takes the object that the template belongs
 * to first, depends on nothing but its other arguments, and gives a new string where it gives
 * text. */

char *tok_closure_describe_name (GObject *object, const char *name);
char *tok_closure_describe_name_warning (GObject *object, TokApp *app);
char *tok_closure_describe_access (GObject *object, TokToken *token, TokApp *app);
char *tok_closure_describe_permissions (GObject *object, TokToken *token, TokApp *app);
PangoAttrList *tok_closure_weigh_access (GObject *object, TokAccessLevel level);
PangoAttrList *tok_closure_weigh_last_used (GObject *object, GDateTime *last_used, GDateTime *now);
char *tok_closure_describe_level (GObject *object, TokAccessLevel level);
char *tok_closure_choose_level_icon (GObject *object, TokAccessLevel level);
char *tok_closure_describe_last_used (GObject *object,
                                      GDateTime *last_used,
                                      gboolean is_known,
                                      GDateTime *now);
char *tok_closure_describe_time (GObject *object, GDateTime *time);
char *tok_closure_describe_revoke_failure (GObject *object, GError *error, TokToken *token);
char *tok_closure_describe_outcome (GObject *object, TokGrantState state, TokToken *token);
char *tok_closure_describe_sample (GObject *object, gboolean is_sample);
char *tok_closure_describe_account (GObject *object, TokAccount *account);
char *tok_closure_describe_account_button (GObject *object, TokAccount *account);
char *tok_closure_describe_money (GObject *object, TokAccount *account);
char *tok_closure_describe_account_access (GObject *object, TokAccount *account);
char *tok_closure_tag_grant (GObject *object,
                             TokToken *token,
                             TokApp *app,
                             gboolean is_this_program,
                             gboolean is_new);
gboolean tok_closure_is_text (GObject *object, const char *text);
gboolean tok_closure_is_something (GObject *object, gpointer something);

G_END_DECLS
