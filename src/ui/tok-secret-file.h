/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-private-file.h"

G_BEGIN_DECLS

/* What is said of a file with a token's secret. */

char *tok_secret_file_suggest_name (const char *token_name);
char *tok_secret_file_describe (GFile *file, TokPrivateFileOutcome outcome, const GError *error);

G_END_DECLS
