/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-menus.h"

#include "tok-account-page.h"
#include "tok-account.h"
#include "tok-session.h"
#include "tok-text.h"

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
  g_menu_append (program, _ ("_Keyboard Shortcuts"), "app.shortcuts");
  g_menu_append (program, _ ("_About Token Manager"), "app.about");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (list));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (program));
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

static char *
describe_money (TokAccount *account)
{
  g_autofree char *currency = tok_text_make_visible (tok_account_get_currency (account), 12);

  if (tok_account_get_is_virtual (account))
    /* Translators: what kind of account it is; its money is not real. */
    return g_strdup (_ ("Demo account, no real money"));
  if (*currency == '\0')
    return g_strdup (_ ("Real account"));
  /* Translators: %s is a currency code. */
  return g_strdup_printf (_ ("Real account in %s"), currency);
}

/**
 * tok_menus_create_account:
 * @button: A menu button.
 * @page: (type TokAccountPage): The page whose account it is about.
 *
 * Gives @button a menu about the account each time that it is opened; a
 * GtkMenuButtonCreatePopupFunc.
 */
void
tok_menus_create_account (GtkMenuButton *button, gpointer page)
{
  TokSession *session = tok_account_page_get_session (TOK_ACCOUNT_PAGE (page));
  TokAccount *account = session != NULL ? tok_session_get_account (session) : NULL;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autofree char *money = account != NULL ? describe_money (account) : NULL;

  g_menu_append (section, _ ("_Sign Out"), "win.sign-out");
  g_menu_append_section (menu, money, G_MENU_MODEL (section));
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}
