/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-activity.h"

G_BEGIN_DECLS

typedef struct _TokSession TokSession;

TokActivity *tok_activity_new (TokSession *session);
void tok_activity_clear (TokActivity *self);

G_END_DECLS
