/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-actions.h"

#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

static void
test_new_destroy (void)
{
  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_TOKEN_ACTIONS, NULL));
}

static void
on_activate (GSimpleAction *action, GVariant *parameter, gpointer done)
{
  g_string_append_printf (done, "%s ", g_action_get_name (G_ACTION (action)));
}

static GtkWidget *
get_row (GtkWidget *widget, const char *title)
{
  return gtk_widget_get_ancestor (tok_ui_test_get (widget, GTK_TYPE_LABEL, title),
                                  ADW_TYPE_ACTION_ROW);
}

/* Each row does what it says, for whoever has the action; without one it is off. */
static void
test_rows (void)
{
  static const GActionEntry entries[] = {
    { "test-token", on_activate, NULL, NULL, NULL },
    { "replace-token", on_activate, NULL, NULL, NULL },
    { "duplicate-token", on_activate, NULL, NULL, NULL },
  };
  static const char *const titles[] = { "Test…", "Replace…", "Duplicate…" };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GString) done = g_string_new (NULL);
  GtkWidget *widget = g_object_new (TOK_TYPE_TOKEN_ACTIONS, NULL);
  GtkWidget *window = tok_ui_test_present (widget);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    g_assert_false (gtk_widget_is_sensitive (get_row (widget, titles[i])));
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), done);
  gtk_widget_insert_action_group (window, "account", G_ACTION_GROUP (actions));
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    GtkWidget *row = get_row (widget, titles[i]);

    g_assert_true (gtk_widget_is_sensitive (row));
    g_assert_true (gtk_widget_activate (row));
  }
  g_assert_cmpstr (done->str, ==, "test-token replace-token duplicate-token ");
  tok_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/token-actions/new-destroy", test_new_destroy);
  g_test_add_func ("/token-actions/rows", test_rows);

  return g_test_run ();
}
