/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-menus.h"

#include "tok-test.h"
#include "tok-ui-test.h"

static GMenuModel *
get_model (GtkWidget *button)
{
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));

  return gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (popover));
}

/* The actions of @menu, section by section, with a bar between two sections and the label of a
 * section before a colon. */
static char *
describe (GMenuModel *menu)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
    g_autofree char *label = NULL;

    if (i > 0)
      g_string_append (text, " | ");
    if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
      g_string_append_printf (text, "%s: ", label);
    for (int n = 0; n < g_menu_model_get_n_items (section); n++) {
      g_autofree char *action = NULL;
      g_autofree char *words = NULL;

      g_assert_true (
          g_menu_model_get_item_attribute (section, n, G_MENU_ATTRIBUTE_ACTION, "s", &action));
      g_assert_true (
          g_menu_model_get_item_attribute (section, n, G_MENU_ATTRIBUTE_LABEL, "s", &words));
      g_assert_nonnull (strchr (words, '_'));
      g_string_append_printf (text, "%s%s", n > 0 ? " " : "", action);
    }
  }
  return g_string_free (text, FALSE);
}

static void
test_primary (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *menu = NULL;
  GtkPopover *popover;

  g_object_ref_sink (button);
  tok_menus_create_primary (GTK_MENU_BUTTON (button), NULL);
  menu = describe (get_model (button));
  g_assert_cmpstr (menu, ==,
                   "win.refresh account.check-token account.revoke-all-apps | app.preferences "
                   "app.shortcuts app.about");

  /* Once is enough. */
  popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  tok_menus_create_primary (GTK_MENU_BUTTON (button), NULL);
  g_assert_true (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)) == popover);
  tok_test_assert_finalize (button);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/menus/primary", test_primary);

  return g_test_run ();
}
