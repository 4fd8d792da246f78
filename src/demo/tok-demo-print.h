/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char *tok_demo_print (JsonNode *node);
char *tok_demo_print_number (double number);

G_END_DECLS
