/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-account-page.h"
#include "tok-accounts.h"
#include "tok-copier.h"
#include "tok-grant-dialogs.h"
#include "tok-grant-page.h"
#include "tok-lists-page.h"
#include "tok-revoker.h"
#include "tok-secret-clipboard.h"

G_BEGIN_DECLS

/* What a signed-in owner sees: the lists, the details of what is listed, and what becomes of it. */
struct _TokAccountPage {
  GtkWidget parent_instance;

  TokAccounts *accounts;
  GSettings *settings;
  TokSession *session;
  TokSecretClipboard *clipboard;
  TokRevoker *revoker;
  TokGrantDialogs *dialogs;
  TokCopier *copier;
  GtkWidget *focus_before;
  guint focus_id;

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  TokListsPage *lists_page;
  GtkWidget *grant_page;
};

GtkWindow *tok_account_page_get_window (TokAccountPage *self);
gboolean tok_account_page_shows_lists (TokAccountPage *self);

/* tok-account-page-actions.c */
void tok_account_page_install_actions (GtkWidgetClass *widget_class);
void tok_account_page_update_actions (TokAccountPage *self);

G_END_DECLS
