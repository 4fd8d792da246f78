/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-trade.h"

G_BEGIN_DECLS

typedef struct _TokGrantStore TokGrantStore;

/**
 * TOK_ACTIVITY_DAYS:
 *
 * How long the period is that [class@Activity] is about: so many days up to now.
 */
#define TOK_ACTIVITY_DAYS 30

/**
 * TokActivityState:
 * @TOK_ACTIVITY_NEW: Nobody has asked yet; nothing is known.
 * @TOK_ACTIVITY_LOADING: Nothing is known, but it is on its way.
 * @TOK_ACTIVITY_LOADED: There are numbers. They stay while newer ones are on their way, and if
 * these don't come; then there is an error as well.
 * @TOK_ACTIVITY_FAILED: There never were numbers, and the last attempt failed.
 * @TOK_ACTIVITY_NO_SCOPE: The token we are signed in with may not see this.
 *
 * What a [class@Activity] knows.
 */
typedef enum {
  TOK_ACTIVITY_NEW,
  TOK_ACTIVITY_LOADING,
  TOK_ACTIVITY_LOADED,
  TOK_ACTIVITY_FAILED,
  TOK_ACTIVITY_NO_SCOPE,
} TokActivityState;

#define TOK_TYPE_ACTIVITY_STATE (tok_activity_state_get_type ())
GType tok_activity_state_get_type (void);

#define TOK_TYPE_ACTIVITY (tok_activity_get_type ())
G_DECLARE_FINAL_TYPE (TokActivity, tok_activity, TOK, ACTIVITY, GObject)

TokActivityState tok_activity_get_state (TokActivity *self);
gboolean tok_activity_get_loading (TokActivity *self);
const GError *tok_activity_get_error (TokActivity *self);
GDateTime *tok_activity_get_as_of (TokActivity *self);

void tok_activity_load (TokActivity *self);

gboolean tok_activity_get_summary (TokActivity *self, gint64 app_id, TokTradeSummary *summary);
gboolean
tok_activity_get_unlisted (TokActivity *self, TokGrantStore *apps, TokTradeSummary *summary);

G_END_DECLS
