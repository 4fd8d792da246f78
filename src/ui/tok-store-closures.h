/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-grant-store.h"

G_BEGIN_DECLS

/* What a list says of its store; see tok-closures.h. */

char *tok_closure_choose_store_page (GObject *object,
                                     TokGrantStoreState state,
                                     guint n_items,
                                     gboolean is_slow);
char *tok_closure_choose_store_icon (GObject *object,
                                     TokGrantStoreState state,
                                     guint n_items,
                                     GError *error,
                                     const char *icon_name);
char *tok_closure_choose_store_title (GObject *object,
                                      TokGrantStoreState state,
                                      GError *error,
                                      const char *empty_title,
                                      const char *no_scope_title);
char *tok_closure_describe_store (GObject *object,
                                  TokGrantStoreState state,
                                  GError *error,
                                  const char *empty_description,
                                  const char *no_scope_description);
char *
tok_closure_choose_store_button (GObject *object, TokGrantStoreState state, const GError *error);
char *tok_closure_describe_looking (GObject *object, TokGrantStoreState state, gboolean can_revoke);
char *tok_closure_describe_stale_store (GObject *object,
                                        TokGrantStoreState state,
                                        GError *error,
                                        GDateTime *as_of);
char *tok_closure_describe_unread (GObject *object, guint n_unread);

G_END_DECLS
