/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-menus.h"

#include "tok-account-page.h"
#include "tok-stage.h"
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
  g_assert_cmpstr (menu, ==, "win.refresh | app.shortcuts app.about");

  /* Once is enough. */
  popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  tok_menus_create_primary (GTK_MENU_BUTTON (button), NULL);
  g_assert_true (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)) == popover);
  tok_test_assert_finalize (button);
}

typedef struct {
  const char *name;
  const char *account;
  const char *menu;
} Case;

static const Case cases[] = {
  { "real", "\"currency\":\"USD\",\"is_virtual\":0", "Real account in USD: win.sign-out" },
  { "demo", "\"currency\":\"USD\",\"is_virtual\":1", "Demo account, no real money: win.sign-out" },
  { "no-currency", "\"currency\":\"\",\"is_virtual\":0", "Real account: win.sign-out" },
  { "hostile", "\"currency\":\"<b>\\u202e\",\"is_virtual\":0",
    "Real account in <b>[U+202E]: win.sign-out" },
};

static void
test_account (TokStage *stage, gconstpointer data)
{
  const Case *it = data;
  g_autofree char *body = g_strdup_printf ("{\"loginid\":\"CR1\",\"scopes\":[],%s}", it->account);
  GtkWidget *page = g_object_new (TOK_TYPE_ACCOUNT_PAGE, NULL);
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *nobody = NULL;
  g_autofree char *menu = NULL;

  g_object_ref_sink (page);
  g_object_ref_sink (button);
  tok_menus_create_account (GTK_MENU_BUTTON (button), page);
  nobody = describe (get_model (button));
  g_assert_cmpstr (nobody, ==, "win.sign-out");

  tok_stage_begin (stage, TOK_SCRIPT_TOKEN, NULL);
  tok_script_answer (stage->peer, "authorize", 0, body);
  g_assert_true (tok_stage_finish (stage, NULL));
  g_object_set (page, "session", stage->session, NULL);
  tok_menus_create_account (GTK_MENU_BUTTON (button), page);
  menu = describe (get_model (button));
  g_assert_cmpstr (menu, ==, it->menu);

  tok_test_assert_finalize (button);
  tok_test_assert_finalize (page);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/menus/primary", test_primary);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    tok_stage_add_case ("/menus/account", cases[i].name, &cases[i], test_account);

  return g_test_run ();
}
