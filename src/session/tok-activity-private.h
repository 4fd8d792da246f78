/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-activity-fetch.h"
#include "tok-activity.h"

G_BEGIN_DECLS

typedef struct _TokSession TokSession;

TokActivity *tok_activity_new (TokSession *session);
void tok_activity_clear (TokActivity *self);
void tok_activity_set_reach (TokActivity *self, const TokActivityReach *reach);

G_END_DECLS
