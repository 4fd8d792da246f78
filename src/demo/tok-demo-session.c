/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-session.h"

#include "tok-demo-stream.h"

#include <string.h>

#define MAX_APP_ID_DIGITS 19

/**
 * tok_demo_session_new:
 * @app_id: The app id that the connection was made with.
 * @address: Where it comes from.
 * @agent: (nullable): The program, as it calls itself.
 *
 * Returns: (transfer full): A session that is not signed in.
 */
TokDemoSession *
tok_demo_session_new (const char *app_id, const char *address, const char *agent)
{
  TokDemoSession *self = g_new0 (TokDemoSession, 1);

  self->app_id = g_strdup (app_id);
  self->address = g_strdup (address);
  self->agent = g_strdup (agent != NULL ? agent : "");
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) tok_demo_stream_free);
  return self;
}

/**
 * tok_demo_session_free:
 * @self: (transfer full): A session.
 */
void
tok_demo_session_free (TokDemoSession *self)
{
  g_free (self->app_id);
  g_free (self->address);
  g_free (self->agent);
  g_ptr_array_unref (self->streams);
  g_clear_pointer (&self->token, tok_demo_token_unref);
  g_free (self);
}

/**
 * tok_demo_session_is_app_id:
 * @text: (nullable): What came as an app id.
 *
 * Returns: Whether @text has the form of an app id (PROTOCOL 1.1).
 */
gboolean
tok_demo_session_is_app_id (const char *text)
{
  gsize n_digits = text != NULL ? strspn (text, "0123456789") : 0;

  return n_digits >= 1 && n_digits <= MAX_APP_ID_DIGITS && text[n_digits] == '\0' && *text != '0';
}

/**
 * tok_demo_session_knows_app:
 * @self: A session.
 *
 * Returns: Whether the service knows the app.
 */
gboolean
tok_demo_session_knows_app (const TokDemoSession *self)
{
  return !g_str_equal (self->app_id, TOK_DEMO_UNKNOWN_APP_ID);
}

/**
 * tok_demo_session_is_of_app:
 * @self: A session.
 * @app_id: Any id.
 *
 * Returns: Whether the connection was made with that app id.
 */
gboolean
tok_demo_session_is_of_app (const TokDemoSession *self, gint64 app_id)
{
  /* Some app ids are larger than any signed number. */
  return g_ascii_strtoull (self->app_id, NULL, 10) == (guint64) app_id;
}

/**
 * tok_demo_session_set_token:
 * @self: A session.
 * @token: (nullable): What it is signed in with from now on, or %NULL to sign out.
 */
void
tok_demo_session_set_token (TokDemoSession *self, TokDemoToken *token)
{
  if (token != NULL)
    tok_demo_token_ref (token);
  g_clear_pointer (&self->token, tok_demo_token_unref);
  self->token = token;
}

/**
 * tok_demo_session_dup_caller:
 * @self: A session.
 *
 * Returns: (transfer full): By whom its calls are counted towards the rate limit (PROTOCOL 3.2).
 */
char *
tok_demo_session_dup_caller (const TokDemoSession *self)
{
  if (self->token != NULL)
    return g_strdup_printf ("%s %s", self->app_id, self->token->login_id);
  return g_strdup_printf ("%s %s %s", self->app_id, self->address, self->agent);
}
