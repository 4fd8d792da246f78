/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-session.h"

G_BEGIN_DECLS

/* How a session stands, in words, and what can be done about it. Each takes the object that the
 * template belongs to first, and depends on nothing but its other arguments. */

/**
 * TokSessionWayOn:
 * @TOK_SESSION_WAY_ON_NONE: There is nothing to do.
 * @TOK_SESSION_WAY_ON_RECONNECT: Try at once to get back.
 * @TOK_SESSION_WAY_ON_SIGN_IN: Sign in to the same account again.
 * @TOK_SESSION_WAY_ON_UNLOCK: Unlock the keyring.
 * @TOK_SESSION_WAY_ON_RESUME: Ask the keyring once more.
 *
 * What helps a session that doesn't stand well.
 */
typedef enum {
  TOK_SESSION_WAY_ON_NONE,
  TOK_SESSION_WAY_ON_RECONNECT,
  TOK_SESSION_WAY_ON_SIGN_IN,
  TOK_SESSION_WAY_ON_UNLOCK,
  TOK_SESSION_WAY_ON_RESUME,
} TokSessionWayOn;

TokSessionWayOn tok_session_way_on (TokSessionState state, const GError *error);
const char *tok_session_way_on_get_label (TokSessionWayOn way_on);

char *tok_closure_describe_connection (GObject *object,
                                       TokSessionState state,
                                       GError *error,
                                       GDateTime *tokens_as_of,
                                       GDateTime *apps_as_of);
char *tok_closure_describe_service (GObject *object,
                                    TokSessionState state,
                                    TokSiteStatus site_status,
                                    guint seconds_left);
char *tok_closure_choose_connection_button (GObject *object, TokSessionState state, GError *error);
double tok_closure_choose_opacity (GObject *object, TokSessionState state, GDateTime *as_of);
char *tok_closure_describe_keyring (GObject *object,
                                    TokSessionState state,
                                    gboolean is_kept,
                                    GError *keyring_error);
char *tok_closure_choose_keyring_button (GObject *object, GError *keyring_error);

G_END_DECLS
