/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-app.h"

struct _TokApp {
  GObject parent_instance;

  gint64 app_id;
  char *name;
  TokScopes scopes;
  char **unknown_scopes;
  GDateTime *last_used;
  gboolean is_use_known;
  gboolean official;
  double markup;
  gboolean is_name_checked;
  TokNameWarning name_warning;
};

G_DEFINE_FINAL_TYPE (TokApp, tok_app, G_TYPE_OBJECT)

static void
tok_app_finalize (GObject *object)
{
  TokApp *self = TOK_APP (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->unknown_scopes, g_strfreev);
  g_clear_pointer (&self->last_used, g_date_time_unref);

  G_OBJECT_CLASS (tok_app_parent_class)->finalize (object);
}

static void
tok_app_class_init (TokAppClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tok_app_finalize;
}

static void
tok_app_init (TokApp *self)
{
}

/**
 * tok_app_new:
 * @app_id: Its id, the handle to revoke it by.
 * @name: Its name; foreign text, and not unique.
 * @scopes: What it permits.
 * @unknown_scopes: (nullable) (array zero-terminated=1): Raw ids of scopes that are not known.
 * @last_used: (nullable): When it was last used, or %NULL for never.
 * @official: Whether it is the operator's own.
 * @markup: What it adds to each contract, in percent of the payout.
 *
 * An app that somebody let into the account, as the service lists it; it never changes
 * (PROTOCOL 2.5).
 *
 * Returns: (transfer full): A new app.
 */
TokApp *
tok_app_new (gint64 app_id,
             const char *name,
             TokScopes scopes,
             const char *const *unknown_scopes,
             GDateTime *last_used,
             gboolean official,
             double markup)
{
  return tok_app_new_full (app_id, name, scopes, unknown_scopes, last_used, TRUE, official, markup);
}

/**
 * tok_app_new_full:
 * @app_id: Its id, the handle to revoke it by.
 * @name: Its name; foreign text, and not unique.
 * @scopes: What it permits.
 * @unknown_scopes: (nullable) (array zero-terminated=1): Raw ids of scopes that are not known.
 * @last_used: (nullable): When it was last used.
 * @is_use_known: Whether a @last_used of %NULL means never; otherwise it means that nobody knows.
 * @official: Whether it is the operator's own.
 * @markup: What it adds to each contract, in percent of the payout.
 *
 * Like [ctor@App.new], for what the service may have said nothing of use about.
 *
 * Returns: (transfer full): A new app.
 */
TokApp *
tok_app_new_full (gint64 app_id,
                  const char *name,
                  TokScopes scopes,
                  const char *const *unknown_scopes,
                  GDateTime *last_used,
                  gboolean is_use_known,
                  gboolean official,
                  double markup)
{
  TokApp *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (TOK_TYPE_APP, NULL);
  self->app_id = app_id;
  self->name = g_strdup (name);
  self->scopes = scopes;
  self->unknown_scopes = g_strdupv ((char **) unknown_scopes);
  self->last_used = last_used != NULL ? g_date_time_ref (last_used) : NULL;
  self->is_use_known = is_use_known || last_used != NULL;
  self->official = official;
  self->markup = markup;
  return self;
}

/**
 * tok_app_get_app_id:
 * @self: An app.
 *
 * Returns: Its id, up to 19 digits.
 */
gint64
tok_app_get_app_id (TokApp *self)
{
  g_return_val_if_fail (TOK_IS_APP (self), 0);

  return self->app_id;
}

/**
 * tok_app_get_name:
 * @self: An app.
 *
 * Returns: (transfer none): Its name; foreign text.
 */
const char *
tok_app_get_name (TokApp *self)
{
  g_return_val_if_fail (TOK_IS_APP (self), NULL);

  return self->name;
}

/**
 * tok_app_get_name_warning:
 * @self: An app.
 *
 * It is found out when somebody asks for it first.
 *
 * Returns: How its name may lead astray; nothing for the operator's own apps.
 */
TokNameWarning
tok_app_get_name_warning (TokApp *self)
{
  g_return_val_if_fail (TOK_IS_APP (self), TOK_NAME_WARNING_NONE);

  if (!self->is_name_checked && !self->official)
    self->name_warning = tok_name_check (self->name);
  self->is_name_checked = TRUE;
  return self->name_warning;
}

/**
 * tok_app_get_scopes:
 * @self: An app.
 *
 * Returns: What it permits: all that the app asks for.
 */
TokScopes
tok_app_get_scopes (TokApp *self)
{
  g_return_val_if_fail (TOK_IS_APP (self), TOK_SCOPE_NONE);

  return self->scopes;
}

/**
 * tok_app_get_unknown_scopes:
 * @self: An app.
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): Raw ids of its scopes that are not
 *   known; foreign text.
 */
const char *const *
tok_app_get_unknown_scopes (TokApp *self)
{
  g_return_val_if_fail (TOK_IS_APP (self), NULL);

  return (const char *const *) self->unknown_scopes;
}

/**
 * tok_app_get_last_used:
 * @self: An app.
 *
 * Returns: (transfer none) (nullable): When it was last used, in UTC; %NULL for never, or
 *   if that isn't known.
 */
GDateTime *
tok_app_get_last_used (TokApp *self)
{
  g_return_val_if_fail (TOK_IS_APP (self), NULL);

  return self->last_used;
}

/**
 * tok_app_get_is_use_known:
 * @self: An app.
 *
 * Returns: Whether it is known when, or that never, it was used.
 */
gboolean
tok_app_get_is_use_known (TokApp *self)
{
  g_return_val_if_fail (TOK_IS_APP (self), FALSE);

  return self->is_use_known;
}

/**
 * tok_app_get_official:
 * @self: An app.
 *
 * Returns: Whether the service says that it is the operator's own.
 */
gboolean
tok_app_get_official (TokApp *self)
{
  g_return_val_if_fail (TOK_IS_APP (self), FALSE);

  return self->official;
}

/**
 * tok_app_get_markup:
 * @self: An app.
 *
 * Returns: What it adds to each contract, in percent of the payout.
 */
double
tok_app_get_markup (TokApp *self)
{
  g_return_val_if_fail (TOK_IS_APP (self), 0);

  return self->markup;
}
