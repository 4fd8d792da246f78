/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-session.h"

G_BEGIN_DECLS

GPtrArray *tok_account_records_read (GSettings *settings);
void tok_account_records_write (GSettings *settings, GListModel *sessions);
gboolean tok_account_records_is_last (GSettings *settings, TokSession *session);
void tok_account_records_write_last (GSettings *settings, TokSession *session);

G_END_DECLS
