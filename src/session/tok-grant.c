/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant.h"

#include "tok-app.h"
#include "tok-error-slot.h"
#include "tok-grant-keys.h"
#include "tok-token.h"

struct _TokGrant {
  GObject parent_instance;

  /* Exactly one of these is set, and stays of its kind. */
  TokToken *token;
  TokApp *app;

  char *key;
  TokGrantState state;
  GError *error;
  gboolean is_this_program;
  gboolean is_new;
  gboolean is_back;
  gboolean has_copy;
  TokGrantKeys keys;
};

G_DEFINE_ENUM_TYPE (TokGrantState,
                    tok_grant_state,
                    G_DEFINE_ENUM_VALUE (TOK_GRANT_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (TOK_GRANT_WORKING, "working"),
                    G_DEFINE_ENUM_VALUE (TOK_GRANT_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (TOK_GRANT_GONE, "gone"))

G_DEFINE_FINAL_TYPE (TokGrant, tok_grant, G_TYPE_OBJECT)

enum {
  PROP_TOKEN = 1,
  PROP_APP,
  PROP_NAME,
  PROP_SCOPES,
  PROP_LEVEL,
  PROP_LAST_USED,
  PROP_IS_USE_KNOWN,
  PROP_STATE,
  PROP_ERROR,
  PROP_IS_THIS_PROGRAM,
  PROP_IS_NEW,
  PROP_IS_BACK,
  PROP_HAS_COPY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
equal_ids (const char *const *a, const char *const *b)
{
  static const char *const none[] = { NULL };

  return g_strv_equal (a != NULL ? a : none, b != NULL ? b : none);
}

static gboolean
equal_times (GDateTime *a, GDateTime *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_date_time_equal (a, b);
}

static gboolean
equal_tokens (TokToken *a, TokToken *b)
{
  return g_str_equal (tok_token_get_name (a), tok_token_get_name (b))
         && g_str_equal (tok_token_get_listed_value (a), tok_token_get_listed_value (b))
         && tok_token_get_scopes (a) == tok_token_get_scopes (b)
         && equal_ids (tok_token_get_unknown_scopes (a), tok_token_get_unknown_scopes (b))
         && equal_times (tok_token_get_last_used (a), tok_token_get_last_used (b))
         && tok_token_get_is_use_known (a) == tok_token_get_is_use_known (b)
         && g_strcmp0 (tok_token_get_valid_for_ip (a), tok_token_get_valid_for_ip (b)) == 0;
}

static gboolean
equal_apps (TokApp *a, TokApp *b)
{
  return tok_app_get_app_id (a) == tok_app_get_app_id (b)
         && g_str_equal (tok_app_get_name (a), tok_app_get_name (b))
         && tok_app_get_scopes (a) == tok_app_get_scopes (b)
         && equal_ids (tok_app_get_unknown_scopes (a), tok_app_get_unknown_scopes (b))
         && equal_times (tok_app_get_last_used (a), tok_app_get_last_used (b))
         && tok_app_get_is_use_known (a) == tok_app_get_is_use_known (b)
         && tok_app_get_official (a) == tok_app_get_official (b)
         && tok_app_get_markup (a) == tok_app_get_markup (b);
}

static void
notify (TokGrant *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_state (TokGrant *self, TokGrantState state, const GError *error)
{
  gboolean state_changed = self->state != state;
  gboolean error_changed = tok_error_slot_set (&self->error, error);

  self->state = state;

  g_object_freeze_notify (G_OBJECT (self));
  if (error_changed)
    notify (self, PROP_ERROR);
  if (state_changed)
    notify (self, PROP_STATE);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Takes the new subject, and notifies of what it changes for those who look at this grant. */
static void
replace_subject (TokGrant *self, GObject *subject)
{
  g_autoptr (TokGrant) before = self->token != NULL ? tok_grant_new_for_token (self->token)
                                                    : tok_grant_new_for_app (self->app);

  g_object_freeze_notify (G_OBJECT (self));
  tok_grant_keys_clear (&self->keys);
  if (self->token != NULL) {
    g_set_object (&self->token, TOK_TOKEN (subject));
    notify (self, PROP_TOKEN);
  } else {
    g_set_object (&self->app, TOK_APP (subject));
    notify (self, PROP_APP);
  }

  if (!g_str_equal (tok_grant_get_name (before), tok_grant_get_name (self)))
    notify (self, PROP_NAME);
  if (tok_grant_get_scopes (before) != tok_grant_get_scopes (self)
      || !equal_ids (tok_grant_get_unknown_scopes (before), tok_grant_get_unknown_scopes (self)))
    notify (self, PROP_SCOPES);
  if (tok_grant_get_level (before) != tok_grant_get_level (self))
    notify (self, PROP_LEVEL);
  if (!equal_times (tok_grant_get_last_used (before), tok_grant_get_last_used (self)))
    notify (self, PROP_LAST_USED);
  if (tok_grant_get_is_use_known (before) != tok_grant_get_is_use_known (self))
    notify (self, PROP_IS_USE_KNOWN);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
tok_grant_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokGrant *self = TOK_GRANT (object);

  switch (prop_id) {
  case PROP_TOKEN:
    g_value_set_object (value, self->token);
    break;
  case PROP_APP:
    g_value_set_object (value, self->app);
    break;
  case PROP_NAME:
    g_value_set_string (value, tok_grant_get_name (self));
    break;
  case PROP_SCOPES:
    g_value_set_flags (value, tok_grant_get_scopes (self));
    break;
  case PROP_LEVEL:
    g_value_set_enum (value, tok_grant_get_level (self));
    break;
  case PROP_LAST_USED:
    g_value_set_boxed (value, tok_grant_get_last_used (self));
    break;
  case PROP_IS_USE_KNOWN:
    g_value_set_boolean (value, tok_grant_get_is_use_known (self));
    break;
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case PROP_IS_THIS_PROGRAM:
    g_value_set_boolean (value, self->is_this_program);
    break;
  case PROP_IS_NEW:
    g_value_set_boolean (value, self->is_new);
    break;
  case PROP_IS_BACK:
    g_value_set_boolean (value, self->is_back);
    break;
  case PROP_HAS_COPY:
    g_value_set_boolean (value, self->has_copy);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_finalize (GObject *object)
{
  TokGrant *self = TOK_GRANT (object);

  g_clear_object (&self->token);
  g_clear_object (&self->app);
  g_clear_pointer (&self->key, g_free);
  tok_grant_keys_clear (&self->keys);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (tok_grant_parent_class)->finalize (object);
}

static void
tok_grant_class_init (TokGrantClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_grant_get_property;
  object_class->finalize = tok_grant_finalize;

  properties[PROP_TOKEN] = g_param_spec_object ("token", NULL, NULL, TOK_TYPE_TOKEN, flags);
  properties[PROP_APP] = g_param_spec_object ("app", NULL, NULL, TOK_TYPE_APP, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_SCOPES]
      = g_param_spec_flags ("scopes", NULL, NULL, TOK_TYPE_SCOPES, TOK_SCOPE_NONE, flags);
  properties[PROP_LEVEL] = g_param_spec_enum ("level", NULL, NULL, TOK_TYPE_ACCESS_LEVEL,
                                              TOK_ACCESS_LEVEL_NONE, flags);
  properties[PROP_LAST_USED]
      = g_param_spec_boxed ("last-used", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_IS_USE_KNOWN] = g_param_spec_boolean ("is-use-known", NULL, NULL, TRUE, flags);
  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, TOK_TYPE_GRANT_STATE, TOK_GRANT_IDLE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_IS_THIS_PROGRAM]
      = g_param_spec_boolean ("is-this-program", NULL, NULL, FALSE, flags);
  properties[PROP_IS_NEW] = g_param_spec_boolean ("is-new", NULL, NULL, FALSE, flags);
  properties[PROP_IS_BACK] = g_param_spec_boolean ("is-back", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_COPY] = g_param_spec_boolean ("has-copy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_grant_init (TokGrant *self)
{
}

/**
 * tok_grant_new_for_token:
 * @token: What the service lists.
 *
 * A listed token and what is going on with it.
 *
 * Returns: (transfer full): A new grant, idle.
 */
TokGrant *
tok_grant_new_for_token (TokToken *token)
{
  TokGrant *self;

  g_return_val_if_fail (TOK_IS_TOKEN (token), NULL);

  self = g_object_new (TOK_TYPE_GRANT, NULL);
  self->token = g_object_ref (token);
  self->key = g_strdup (tok_token_get_name (token));
  return self;
}

/**
 * tok_grant_new_for_app:
 * @app: What the service lists.
 *
 * A listed app and what is going on with it.
 *
 * Returns: (transfer full): A new grant, idle.
 */
TokGrant *
tok_grant_new_for_app (TokApp *app)
{
  TokGrant *self;

  g_return_val_if_fail (TOK_IS_APP (app), NULL);

  self = g_object_new (TOK_TYPE_GRANT, NULL);
  self->app = g_object_ref (app);
  self->key = g_strdup_printf ("%" G_GINT64_FORMAT, tok_app_get_app_id (app));
  return self;
}

/**
 * tok_grant_get_token:
 * @self: A grant.
 *
 * Returns: (transfer none) (nullable): The token as it was listed last; %NULL for an app.
 */
TokToken *
tok_grant_get_token (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), NULL);

  return self->token;
}

/**
 * tok_grant_get_app:
 * @self: A grant.
 *
 * Returns: (transfer none) (nullable): The app as it was listed last; %NULL for a token.
 */
TokApp *
tok_grant_get_app (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), NULL);

  return self->app;
}

/**
 * tok_grant_get_key:
 * @self: A grant.
 *
 * Returns: (transfer none): What makes it the same from list to list: the name of a token, the id
 *   of an app in decimal; foreign text.
 */
const char *
tok_grant_get_key (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), NULL);

  return self->key;
}

/**
 * tok_grant_get_keys:
 * @self: A grant.
 *
 * Returns: (transfer none): Room for what it sorts by and is found by; see tok-grant-keys.h.
 */
TokGrantKeys *
tok_grant_get_keys (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), NULL);

  return &self->keys;
}

/**
 * tok_grant_update:
 * @self: A grant.
 * @subject: A [class@Token] or [class@App] of the same key, from a fresh list.
 *
 * Takes @subject in place of what it held, and notifies of what differs. A grant that was gone is
 * idle again. One that is being worked on, or whose last command failed, stays so: a list that
 * still holds it doesn't answer for the command.
 */
void
tok_grant_update (TokGrant *self, GObject *subject)
{
  g_return_if_fail (TOK_IS_GRANT (self));
  g_return_if_fail (self->token != NULL ? TOK_IS_TOKEN (subject) : TOK_IS_APP (subject));

  g_object_freeze_notify (G_OBJECT (self));
  if (self->token != NULL ? !equal_tokens (self->token, TOK_TOKEN (subject))
                          : !equal_apps (self->app, TOK_APP (subject)))
    replace_subject (self, subject);
  if (self->state == TOK_GRANT_GONE)
    set_state (self, TOK_GRANT_IDLE, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * tok_grant_get_name:
 * @self: A grant.
 *
 * Returns: (transfer none): The name of the token or app; foreign text.
 */
const char *
tok_grant_get_name (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), NULL);

  return self->token != NULL ? tok_token_get_name (self->token) : tok_app_get_name (self->app);
}

/**
 * tok_grant_get_scopes:
 * @self: A grant.
 *
 * Returns: What it permits.
 */
TokScopes
tok_grant_get_scopes (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), TOK_SCOPE_NONE);

  return self->token != NULL ? tok_token_get_scopes (self->token) : tok_app_get_scopes (self->app);
}

/**
 * tok_grant_get_unknown_scopes:
 * @self: A grant.
 *
 * Changes of these are notified as changes of `scopes`.
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): Raw ids of its scopes that are not
 *   known; foreign text.
 */
const char *const *
tok_grant_get_unknown_scopes (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), NULL);

  return self->token != NULL ? tok_token_get_unknown_scopes (self->token)
                             : tok_app_get_unknown_scopes (self->app);
}

/**
 * tok_grant_get_level:
 * @self: A grant.
 *
 * Returns: What its scopes amount to.
 */
TokAccessLevel
tok_grant_get_level (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), TOK_ACCESS_LEVEL_NONE);

  return tok_access_level_from_scopes (tok_grant_get_scopes (self));
}

/**
 * tok_grant_get_last_used:
 * @self: A grant.
 *
 * Returns: (transfer none) (nullable): When it was last used, in UTC; %NULL for never, or
 *   if that isn't known.
 */
GDateTime *
tok_grant_get_last_used (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), NULL);

  return self->token != NULL ? tok_token_get_last_used (self->token)
                             : tok_app_get_last_used (self->app);
}

/**
 * tok_grant_get_is_use_known:
 * @self: A grant.
 *
 * Returns: Whether it is known when, or that never, it was used.
 */
gboolean
tok_grant_get_is_use_known (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), FALSE);

  return self->token != NULL ? tok_token_get_is_use_known (self->token)
                             : tok_app_get_is_use_known (self->app);
}

/**
 * tok_grant_get_state:
 * @self: A grant.
 *
 * Returns: What is going on with it.
 */
TokGrantState
tok_grant_get_state (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), TOK_GRANT_IDLE);

  return self->state;
}

/**
 * tok_grant_get_error:
 * @self: A grant.
 *
 * Returns: (transfer none) (nullable): Why the last command failed; %NULL in any other state.
 */
const GError *
tok_grant_get_error (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), NULL);

  return self->error;
}

/**
 * tok_grant_get_is_this_program:
 * @self: A grant.
 *
 * Returns: Whether this is the token that this program is signed in with, as far as the list tells.
 */
gboolean
tok_grant_get_is_this_program (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), FALSE);

  return self->is_this_program;
}

/**
 * tok_grant_get_is_new:
 * @self: A grant.
 *
 * Returns: Whether this is the token that was created last.
 */
gboolean
tok_grant_get_is_new (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), FALSE);

  return self->is_new;
}

/**
 * tok_grant_get_is_back:
 * @self: A grant.
 *
 * Returns: Whether this is an app that was gone, and is listed again.
 */
gboolean
tok_grant_get_is_back (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), FALSE);

  return self->is_back;
}

/**
 * tok_grant_get_has_copy:
 * @self: A grant.
 *
 * Returns: Whether a copy of the token's secret is kept, as far as is known.
 */
gboolean
tok_grant_get_has_copy (TokGrant *self)
{
  g_return_val_if_fail (TOK_IS_GRANT (self), FALSE);

  return self->has_copy;
}

/**
 * tok_grant_set_idle:
 * @self: A grant.
 *
 * Nothing is going on with it any more.
 */
void
tok_grant_set_idle (TokGrant *self)
{
  g_return_if_fail (TOK_IS_GRANT (self));

  set_state (self, TOK_GRANT_IDLE, NULL);
}

/**
 * tok_grant_set_working:
 * @self: A grant.
 *
 * A command is on its way.
 */
void
tok_grant_set_working (TokGrant *self)
{
  g_return_if_fail (TOK_IS_GRANT (self));

  set_state (self, TOK_GRANT_WORKING, NULL);
}

/**
 * tok_grant_set_failed:
 * @self: A grant.
 * @error: Why.
 *
 * The command failed, or nobody confirmed it. This lasts until the next command, or until the
 * grant is gone.
 */
void
tok_grant_set_failed (TokGrant *self, const GError *error)
{
  g_return_if_fail (TOK_IS_GRANT (self));
  g_return_if_fail (error != NULL);

  set_state (self, TOK_GRANT_FAILED, error);
}

/**
 * tok_grant_set_gone:
 * @self: A grant.
 *
 * The service's fresh list doesn't hold it any more, nor is it back.
 */
void
tok_grant_set_gone (TokGrant *self)
{
  g_return_if_fail (TOK_IS_GRANT (self));

  g_object_freeze_notify (G_OBJECT (self));
  tok_grant_set_is_back (self, FALSE);
  set_state (self, TOK_GRANT_GONE, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * tok_grant_set_is_this_program:
 * @self: A grant.
 * @is_this_program: Whether it is the token that this program is signed in with, or the app that it
 *   is.
 *
 * Marks it, or takes the mark away.
 */
void
tok_grant_set_is_this_program (TokGrant *self, gboolean is_this_program)
{
  g_return_if_fail (TOK_IS_GRANT (self));

  is_this_program = !!is_this_program;
  if (self->is_this_program == is_this_program)
    return;

  self->is_this_program = is_this_program;
  notify (self, PROP_IS_THIS_PROGRAM);
}

/**
 * tok_grant_set_is_new:
 * @self: A grant.
 * @is_new: Whether it is the token that was created last.
 *
 * Marks it, or takes the mark away.
 */
void
tok_grant_set_is_new (TokGrant *self, gboolean is_new)
{
  g_return_if_fail (TOK_IS_GRANT (self));

  is_new = !!is_new;
  if (self->is_new == is_new)
    return;

  self->is_new = is_new;
  notify (self, PROP_IS_NEW);
}

/**
 * tok_grant_set_is_back:
 * @self: A grant.
 * @is_back: Whether it is an app that was gone, and is listed again.
 *
 * Marks it, or takes the mark away.
 */
void
tok_grant_set_is_back (TokGrant *self, gboolean is_back)
{
  g_return_if_fail (TOK_IS_GRANT (self));

  is_back = !!is_back;
  if (self->is_back == is_back)
    return;

  self->is_back = is_back;
  notify (self, PROP_IS_BACK);
}

/**
 * tok_grant_set_has_copy:
 * @self: A grant.
 * @has_copy: Whether a copy of the token's secret is kept.
 *
 * Marks it, or takes the mark away.
 */
void
tok_grant_set_has_copy (TokGrant *self, gboolean has_copy)
{
  g_return_if_fail (TOK_IS_GRANT (self));

  has_copy = !!has_copy;
  if (self->has_copy == has_copy)
    return;
  self->has_copy = has_copy;
  notify (self, PROP_HAS_COPY);
}
