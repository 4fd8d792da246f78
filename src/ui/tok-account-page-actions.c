/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-page-private.h"

#include "tok-bulk.h"
#include "tok-grant.h"
#include "tok-session.h"

/* What menus, keys and buttons ask of an account's page, and when each can be done. */

/* The token whose details are shown, if any are. */
static TokGrant *
get_shown_token (TokAccountPage *self)
{
  TokGrant *grant = NULL;

  if (self->grant_page != NULL && adw_leaflet_get_visible_child (self->leaflet) == self->grant_page)
    grant = tok_grant_page_get_grant (TOK_GRANT_PAGE (self->grant_page));
  return grant != NULL && tok_grant_get_token (grant) != NULL ? grant : NULL;
}

/* The service is asked for its list first. */
static gboolean
can_revoke_all (TokAccountPage *self)
{
  g_autoptr (GPtrArray) apps = NULL;

  if (self->session == NULL || !tok_session_get_can_revoke (self->session)
      || tok_session_get_state (self->session) != TOK_SESSION_READY)
    return FALSE;
  apps = tok_bulk_list_third_party_apps (self->session);
  return apps->len > 0;
}

static void
on_back (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tok_account_page_go_back (TOK_ACCOUNT_PAGE (widget));
}

/* With the focus in what is typed, whether the bar was there or not. */
static void
on_search (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tok_grant_rows_search (tok_lists_page_get_rows (TOK_ACCOUNT_PAGE (widget)->lists_page));
}

static void
on_new_token (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tok_account_page_new_token (TOK_ACCOUNT_PAGE (widget));
}

static void
on_check_token (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tok_account_page_check_token (TOK_ACCOUNT_PAGE (widget));
}

static void
on_revoke_all_apps (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (widget);

  tok_account_page_show_view (self, "apps");
  tok_grant_dialogs_revoke_all (self->dialogs, tok_account_page_get_window (self));
}

static void
on_test_token (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (widget);

  tok_grant_dialogs_test (self->dialogs, get_shown_token (self),
                          tok_account_page_get_window (self));
}

static void
on_replace_token (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (widget);

  tok_grant_dialogs_replace (self->dialogs, get_shown_token (self),
                             tok_account_page_get_window (self));
}

static void
on_duplicate_token (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (widget);

  tok_grant_dialogs_duplicate (self->dialogs, get_shown_token (self),
                               tok_account_page_get_window (self));
}

/**
 * tok_account_page_update_actions: (skip)
 * @self: A page.
 *
 * Enables those actions that can be done now.
 */
void
tok_account_page_update_actions (TokAccountPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean can_create = self->session != NULL && tok_session_get_can_revoke (self->session);
  gboolean has_token = get_shown_token (self) != NULL;

  gtk_widget_action_set_enabled (widget, "account.back", !tok_account_page_shows_lists (self));
  gtk_widget_action_set_enabled (widget, "account.search", tok_account_page_shows_lists (self));
  gtk_widget_action_set_enabled (widget, "account.new-token", can_create);
  gtk_widget_action_set_enabled (widget, "account.duplicate-token", can_create && has_token);
  gtk_widget_action_set_enabled (widget, "account.replace-token", can_create && has_token);
  gtk_widget_action_set_enabled (widget, "account.test-token", has_token);
  gtk_widget_action_set_enabled (widget, "account.revoke-all-apps", can_revoke_all (self));
}

/**
 * tok_account_page_install_actions: (skip)
 * @widget_class: The class of pages.
 */
void
tok_account_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "account.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "account.search", NULL, on_search);
  gtk_widget_class_install_action (widget_class, "account.new-token", NULL, on_new_token);
  gtk_widget_class_install_action (widget_class, "account.test-token", NULL, on_test_token);
  gtk_widget_class_install_action (widget_class, "account.replace-token", NULL, on_replace_token);
  gtk_widget_class_install_action (widget_class, "account.duplicate-token", NULL,
                                   on_duplicate_token);
  gtk_widget_class_install_action (widget_class, "account.check-token", NULL, on_check_token);
  gtk_widget_class_install_action (widget_class, "account.revoke-all-apps", NULL,
                                   on_revoke_all_apps);
}
