/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void tok_test_init (int *argc, char ***argv);

/**
 * tok_test_wait_until:
 * @condition: An expression.
 *
 * Runs the default main context until @condition holds; fails the test, naming @condition, when
 * the deadline of 20 seconds passes first.
 */
#define tok_test_wait_until(condition)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 tok_deadline = tok_test_deadline ();                                                    \
    while (!(condition))                                                                           \
      tok_test_iterate (tok_deadline, #condition, __FILE__, __LINE__, G_STRFUNC);                  \
  }                                                                                                \
  G_STMT_END

gint64 tok_test_deadline (void);
void tok_test_iterate (gint64 deadline,
                       const char *waiting_for,
                       const char *file,
                       int line,
                       const char *function);

void tok_test_on_ready (GObject *source, GAsyncResult *result, gpointer slot);
GAsyncResult *tok_test_wait_for_result (GAsyncResult **slot);

guint *tok_test_count_notify (gpointer object, const char *property);

#define tok_test_assert_finalize(object) g_assert_finalize_object (G_OBJECT (object))

G_END_DECLS
