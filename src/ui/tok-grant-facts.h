/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_GRANT_FACTS (tok_grant_facts_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantFacts, tok_grant_facts, TOK, GRANT_FACTS, GtkWidget)

G_END_DECLS
