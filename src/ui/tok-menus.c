/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-menus.h"

#include <glib/gi18n-lib.h>

/**
 * tok_menus_create_primary:
 * @button: A menu button.
 * @user_data: Nothing.
 *
 * Gives @button the main menu when it is first opened; a GtkMenuButtonCreatePopupFunc.
 */
void
tok_menus_create_primary (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GMenu) menu = NULL;
  g_autoptr (GMenu) list = NULL;
  g_autoptr (GMenu) program = NULL;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  menu = g_menu_new ();
  list = g_menu_new ();
  program = g_menu_new ();
  g_menu_append (list, _ ("_Refresh"), "win.refresh");
  g_menu_append (list, _ ("_Check a Token…"), "account.check-token");
  g_menu_append (list, _ ("Re_voke All Third-Party Apps…"), "account.revoke-all-apps");
  g_menu_append (program, _ ("_Preferences"), "app.preferences");
  g_menu_append (program, _ ("_Keyboard Shortcuts"), "app.shortcuts");
  g_menu_append (program, _ ("_About Token Manager"), "app.about");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (list));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (program));
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

/**
 * tok_menus_create_order:
 * @button: A menu button in a list.
 * @user_data: Nothing.
 *
 * Gives @button the menu of what to sort by when it is first opened; a
 * GtkMenuButtonCreatePopupFunc.
 */
void
tok_menus_create_order (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GMenu) menu = NULL;
  g_autoptr (GMenu) orders = NULL;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  menu = g_menu_new ();
  orders = g_menu_new ();
  g_menu_append (orders, _ ("_Name"), "list.order::name");
  g_menu_append (orders, _ ("_Last Used"), "list.order::last-used");
  g_menu_append (orders, _ ("_Access Level"), "list.order::level");
  g_menu_append_section (menu, _ ("Sort By"), G_MENU_MODEL (orders));
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}
