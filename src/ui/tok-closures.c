/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-closures.h"

#include "tok-account.h"
#include "tok-app.h"
#include "tok-sentence.h"
#include "tok-text.h"
#include "tok-token.h"

#include <glib/gi18n-lib.h>

#define QUIET_ALPHA (G_MAXUINT16 / 100 * 62)

/**
 * tok_closure_describe_name:
 * @object: The template's object.
 * @name: (nullable): The name of a token or an app.
 *
 * Returns: (transfer full): It as people may see it.
 */
char *
tok_closure_describe_name (GObject *object, const char *name)
{
  return tok_text_from_name (name != NULL ? name : "");
}

/**
 * tok_closure_describe_name_warning:
 * @object: The template's object.
 * @app: (nullable): An app.
 *
 * Returns: (transfer full) (nullable): How its name may lead astray; %NULL if it doesn't.
 */
char *
tok_closure_describe_name_warning (GObject *object, TokApp *app)
{
  switch (app != NULL ? tok_app_get_name_warning (app) : TOK_NAME_WARNING_NONE) {
  case TOK_NAME_WARNING_DERIV:
    /* Translators: of an app of somebody else; don't translate "Deriv". */
    return g_strdup (_ ("Its name looks like “Deriv”, but the operator didn’t make it."));
  case TOK_NAME_WARNING_BINARY:
    /* Translators: of an app of somebody else; don't translate "Binary". */
    return g_strdup (_ ("Its name looks like “Binary”, but the operator didn’t make it."));
  case TOK_NAME_WARNING_HIDDEN:
    return g_strdup (_ ("Its name hides characters that can’t be seen."));
  case TOK_NAME_WARNING_MIXED:
    return g_strdup (_ ("Its name mixes letters of several alphabets that look alike."));
  case TOK_NAME_WARNING_NONE:
  default:
    return NULL;
  }
}

/**
 * tok_closure_describe_permissions:
 * @object: The template's object.
 * @token: (nullable): A token, or
 * @app: (nullable): an app.
 *
 * Returns: (transfer full): The names of what it permits.
 */
char *
tok_closure_describe_permissions (GObject *object, TokToken *token, TokApp *app)
{
  TokScopes scopes = TOK_SCOPE_NONE;
  const char *const *unknown = NULL;
  g_autofree char *text = NULL;

  if (token != NULL) {
    scopes = tok_token_get_scopes (token);
    unknown = tok_token_get_unknown_scopes (token);
  } else if (app != NULL) {
    scopes = tok_app_get_scopes (app);
    unknown = tok_app_get_unknown_scopes (app);
  }
  if (scopes == TOK_SCOPE_NONE)
    return g_strdup (_ ("No permissions"));
  text = tok_scopes_to_text (scopes, unknown);
  return tok_text_make_visible (text, 400);
}

/* What no permission says. */
static char *
describe_special (TokToken *token, TokApp *app)
{
  if (token != NULL && tok_token_get_valid_for_ip (token) != NULL) {
    g_autofree char *ip = tok_text_make_visible (tok_token_get_valid_for_ip (token), 45);

    /* Translators: %s is a network address. */
    return g_strdup_printf (_ ("Only from %s"), ip);
  }
  if (app != NULL && tok_app_get_markup (app) > 0) {
    g_autofree char *share = tok_text_from_percentage (tok_app_get_markup (app));

    /* Translators: what an app adds to the price of each contract; %s is a share in percent. */
    return g_strdup_printf (_ ("Adds %s to every contract"), share);
  }
  return NULL;
}

/**
 * tok_closure_describe_access:
 * @object: The template's object.
 * @token: (nullable): A token, or
 * @app: (nullable): an app.
 *
 * Returns: (transfer full): Its access level, what it permits, what is special about it and, of an
 *   app, whether somebody else made it, in a line that begins with the level.
 */
char *
tok_closure_describe_access (GObject *object, TokToken *token, TokApp *app)
{
  g_autofree char *permissions = tok_closure_describe_permissions (object, token, app);
  g_autofree char *special = describe_special (token, app);
  const char *parts[5] = { NULL };
  TokScopes scopes = TOK_SCOPE_NONE;
  guint n = 0;

  if (token != NULL)
    scopes = tok_token_get_scopes (token);
  else if (app != NULL)
    scopes = tok_app_get_scopes (app);
  parts[n++] = tok_access_level_get_label (tok_access_level_from_scopes (scopes));
  if (scopes == TOK_SCOPE_ALL)
    parts[n++] = _ ("All permissions");
  else if (scopes != TOK_SCOPE_NONE)
    parts[n++] = permissions;
  if (special != NULL)
    parts[n++] = special;
  if (app != NULL && !tok_app_get_official (app))
    /* Translators: of an app that somebody else than the operator made. */
    parts[n++] = _ ("Third party");
  return g_strjoinv (" · ", (char **) parts);
}

static gboolean
is_powerful (TokAccessLevel level)
{
  return level >= TOK_ACCESS_LEVEL_MONEY;
}

/**
 * tok_closure_weigh_access:
 * @object: The template's object.
 * @level: An access level.
 *
 * Returns: (transfer full): What makes the level stand out in the line that
 *   [func@closure_describe_access] gives for it, the more so if money can be moved, and the rest of
 *   the line quiet.
 */
PangoAttrList *
tok_closure_weigh_access (GObject *object, TokAccessLevel level)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *quiet = pango_attr_foreground_alpha_new (QUIET_ALPHA);

  quiet->start_index = strlen (tok_access_level_get_label (level));
  pango_attr_list_insert (attributes, quiet);
  if (is_powerful (level)) {
    PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

    bold->end_index = quiet->start_index;
    pango_attr_list_insert (attributes, bold);
  }
  return attributes;
}

/**
 * tok_closure_weigh_last_used:
 * @object: The template's object.
 * @last_used: (nullable): When something was last used.
 * @now: (nullable): The time now.
 *
 * Returns: (transfer full): What makes words about that quiet, unless it was never or nobody knows,
 *   and stand out if nobody has needed it for more than a year.
 */
PangoAttrList *
tok_closure_weigh_last_used (GObject *object, GDateTime *last_used, GDateTime *now)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  if (now == NULL || last_used == NULL || tok_text_is_ahead (last_used, now))
    return attributes;
  pango_attr_list_insert (attributes, tok_text_is_long_ago (last_used, now)
                                          ? pango_attr_weight_new (PANGO_WEIGHT_BOLD)
                                          : pango_attr_foreground_alpha_new (QUIET_ALPHA));
  return attributes;
}

/**
 * tok_closure_describe_level:
 * @object: The template's object.
 * @level: An access level.
 *
 * Returns: (transfer full): It in words.
 */
char *
tok_closure_describe_level (GObject *object, TokAccessLevel level)
{
  return g_strdup (tok_access_level_get_label (level));
}

/**
 * tok_closure_choose_level_icon:
 * @object: The template's object.
 * @level: An access level.
 *
 * Returns: (transfer full): The icon that stands beside its words.
 */
char *
tok_closure_choose_level_icon (GObject *object, TokAccessLevel level)
{
  return g_strdup (tok_access_level_get_icon_name (level));
}

/**
 * tok_closure_describe_last_used:
 * @object: The template's object.
 * @last_used: (nullable): When it was last used.
 * @is_known: Whether a @last_used of %NULL means never; otherwise it means that nobody knows.
 * @now: (nullable): The time now.
 *
 * Returns: (transfer full) (nullable): How long that is ago.
 */
char *
tok_closure_describe_last_used (GObject *object,
                                GDateTime *last_used,
                                gboolean is_known,
                                GDateTime *now)
{
  return now != NULL ? tok_text_from_last_used (last_used, is_known, now) : NULL;
}

/**
 * tok_closure_describe_time:
 * @object: The template's object.
 * @time: (nullable): A point in time.
 *
 * Returns: (transfer full) (nullable): It exactly, with its zone.
 */
char *
tok_closure_describe_time (GObject *object, GDateTime *time)
{
  return time != NULL ? tok_text_from_time (time) : NULL;
}

/**
 * tok_closure_describe_revoke_failure:
 * @object: The template's object.
 * @error: (nullable): Why access could not be taken away.
 * @token: (nullable): The token that had it; %NULL for an app.
 *
 * Returns: (transfer full) (nullable): What to tell the owner.
 */
char *
tok_closure_describe_revoke_failure (GObject *object, GError *error, TokToken *token)
{
  return error != NULL ? tok_sentence_for_failed_revoke (error, token != NULL) : NULL;
}

/**
 * tok_closure_describe_outcome:
 * @object: The template's object.
 * @state: What is going on with a token or an app.
 * @token: (nullable): The token; %NULL for an app.
 *
 * Returns: (transfer full) (nullable): How taking its access away goes; %NULL where nothing is
 *   being done, or it has failed.
 */
char *
tok_closure_describe_outcome (GObject *object, TokGrantState state, TokToken *token)
{
  switch (state) {
  case TOK_GRANT_WORKING:
    return g_strdup (token != NULL ? _ ("Deleting…") : _ ("Revoking…"));
  case TOK_GRANT_GONE:
    return g_strdup (token != NULL ? _ ("Deleted") : _ ("Access revoked"));
  case TOK_GRANT_IDLE:
  case TOK_GRANT_FAILED:
  default:
    return NULL;
  }
}

/**
 * tok_closure_describe_sample:
 * @object: The template's object.
 * @is_sample: Whether a session is on sample data.
 *
 * Returns: (transfer full) (nullable): That nothing there is real.
 */
char *
tok_closure_describe_sample (GObject *object, gboolean is_sample)
{
  return is_sample ? g_strdup (_ ("Sample data. Nothing here is real.")) : NULL;
}

/**
 * tok_closure_describe_account:
 * @object: The template's object.
 * @account: (nullable): An account.
 *
 * Returns: (transfer full) (nullable): What the service calls it.
 */
char *
tok_closure_describe_account (GObject *object, TokAccount *account)
{
  return account != NULL ? tok_text_make_visible (tok_account_get_login_id (account), 24) : NULL;
}

/**
 * tok_closure_describe_account_button:
 * @object: The template's object.
 * @account: (nullable): An account.
 *
 * Returns: (transfer full) (nullable): The same, with a word if its money is not real.
 */
char *
tok_closure_describe_account_button (GObject *object, TokAccount *account)
{
  g_autofree char *name = tok_closure_describe_account (object, account);

  if (account == NULL || !tok_account_get_is_virtual (account))
    return g_steal_pointer (&name);
  /* Translators: %s is the login id of an account whose money is not real. */
  return g_strdup_printf (_ ("%s · Demo"), name);
}

/**
 * tok_closure_describe_money:
 * @object: The template's object.
 * @account: (nullable): An account.
 *
 * Returns: (transfer full) (nullable): Whether its money is real, and in which currency.
 */
char *
tok_closure_describe_money (GObject *object, TokAccount *account)
{
  g_autofree char *currency = NULL;

  if (account == NULL)
    return NULL;
  currency = tok_text_make_visible (tok_account_get_currency (account), 12);
  if (tok_account_get_is_virtual (account))
    /* Translators: what kind of account it is; its money is not real. */
    return g_strdup (_ ("Demo account, no real money"));
  if (*currency == '\0')
    return g_strdup (_ ("Real account"));
  /* Translators: %s is a currency code. */
  return g_strdup_printf (_ ("Real account in %s"), currency);
}

/**
 * tok_closure_describe_account_access:
 * @object: The template's object.
 * @account: (nullable): An account.
 *
 * Returns: (transfer full) (nullable): What the token that signs in to it permits.
 */
char *
tok_closure_describe_account_access (GObject *object, TokAccount *account)
{
  g_autofree char *permissions = NULL;
  g_autofree char *visible = NULL;

  if (account == NULL)
    return NULL;
  permissions = tok_scopes_to_text (tok_account_get_scopes (account),
                                    tok_account_get_unknown_scopes (account));
  visible = tok_text_make_visible (permissions, 400);
  return g_strdup_printf (
      "%s · %s",
      tok_access_level_get_label (tok_access_level_from_scopes (tok_account_get_scopes (account))),
      visible);
}

/**
 * tok_closure_tag_grant:
 * @object: The template's object.
 * @token: (nullable): A token, or
 * @app: (nullable): an app.
 * @is_this_program: Whether this program is signed in with it.
 * @is_new: Whether it was created last.
 *
 * Returns: (transfer full) (nullable): A word or two that tell it from its like.
 */
char *
tok_closure_tag_grant (GObject *object,
                       TokToken *token,
                       TokApp *app,
                       gboolean is_this_program,
                       gboolean is_new)
{
  if (is_this_program)
    return g_strdup (_ ("This program"));
  if (is_new)
    /* Translators: a token that was created just now. */
    return g_strdup (_ ("New"));
  if (app != NULL && tok_app_get_official (app))
    /* Translators: an app of the operator itself. */
    return g_strdup (_ ("Official"));
  return NULL;
}

/**
 * tok_closure_is_text:
 * @object: The template's object.
 * @text: (nullable): Text.
 *
 * Returns: Whether there is anything to read.
 */
gboolean
tok_closure_is_text (GObject *object, const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * tok_closure_is_something:
 * @object: The template's object.
 * @something: (nullable): Anything.
 *
 * Returns: Whether it is there.
 */
gboolean
tok_closure_is_something (GObject *object, gpointer something)
{
  return something != NULL;
}
