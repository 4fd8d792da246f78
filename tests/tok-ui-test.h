/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-grant-store.h"
#include "tok-grant.h"

G_BEGIN_DECLS

void tok_ui_test_init (int *argc, char ***argv);

GtkWidget *tok_ui_test_present (GtkWidget *widget);
GtkWidget *tok_ui_test_present_scrolled (GtkWidget *widget);
void tok_ui_test_wait_for_frame (gpointer widget);
void tok_ui_test_close (gpointer window);
void tok_ui_test_assert_finalize_widget (gpointer widget);

gpointer tok_ui_test_find (gpointer root, GType type, const char *text);
gpointer tok_ui_test_find_any (gpointer root, GType type, const char *text);
gpointer tok_ui_test_get (gpointer root, GType type, const char *text);
guint tok_ui_test_count (gpointer root, GType type);
gboolean tok_ui_test_shows (gpointer root, const char *text);
gpointer tok_ui_test_find_tip (gpointer root, const char *tip);

void tok_ui_test_click (gpointer root, const char *label);

/**
 * tok_ui_test_assert_name:
 * @widget: A widget.
 * @name: What a screen reader must call it.
 */
#define tok_ui_test_assert_name(widget, name)                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *tok_other = gtk_test_accessible_check_property (                              \
        GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);                             \
    if (tok_other != NULL)                                                                         \
      g_assert_cmpstr (tok_other, ==, name);                                                       \
  }                                                                                                \
  G_STMT_END

void tok_ui_test_assert_untold (gpointer root, const char *secret);

TokGrant *tok_ui_test_new_app (gint64 app_id, const char *name, TokScopes scopes);
TokGrant *tok_ui_test_new_token (const char *name, TokScopes scopes, const char *ip);
void tok_ui_test_list_apps (TokGrantStore *store, guint first, guint last);
gpointer tok_ui_test_get_controller (gpointer widget, GType type);
gboolean tok_ui_test_press (gpointer widget, const char *keys);

G_END_DECLS
