/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-app.h"
#include "tok-error.h"
#include "tok-grant.h"
#include "tok-test.h"
#include "tok-token.h"

static const char *const properties[] = {
  "token",     "app",          "name",     "scopes", "level",
  "last-used", "is-use-known", "state",    "error",  "is-this-program",
  "is-new",    "is-back",      "has-copy",
};

typedef struct {
  TokGrant *grant;
  guint *counts[G_N_ELEMENTS (properties)];
} Watch;

static void
watch (Watch *self, TokGrant *grant)
{
  self->grant = grant;
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    self->counts[i] = tok_test_count_notify (grant, properties[i]);
}

/* Exactly the properties of @expected, in their order, were notified once each since last time. */
static void
assert_notified (Watch *self, const char *expected)
{
  g_autoptr (GString) notified = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++) {
    g_assert_cmpuint (*self->counts[i], <=, 1);
    if (*self->counts[i] > 0)
      g_string_append_printf (notified, "%s%s", notified->len > 0 ? " " : "", properties[i]);
    *self->counts[i] = 0;
  }
  g_assert_cmpstr (notified->str, ==, expected);
}

static TokToken *
new_token (const char *value, TokScopes scopes, GDateTime *last_used)
{
  return tok_token_new ("Grid bot", value, scopes, NULL, last_used, NULL);
}

static void
test_new_destroy (void)
{
  g_autoptr (TokToken) token = new_token ("***********wXyZ", TOK_SCOPE_READ, NULL);
  g_autoptr (TokApp) app
      = tok_app_new (4294967297, "Chart Desk", TOK_SCOPE_TRADE, NULL, NULL, FALSE, 0);
  TokGrant *of_token = tok_grant_new_for_token (token);
  TokGrant *of_app = tok_grant_new_for_app (app);

  g_assert_true (tok_grant_get_token (of_token) == token);
  g_assert_null (tok_grant_get_app (of_token));
  g_assert_cmpstr (tok_grant_get_key (of_token), ==, "Grid bot");
  g_assert_cmpstr (tok_grant_get_name (of_token), ==, "Grid bot");
  g_assert_cmpint (tok_grant_get_level (of_token), ==, TOK_ACCESS_LEVEL_VIEW);

  g_assert_true (tok_grant_get_app (of_app) == app);
  g_assert_null (tok_grant_get_token (of_app));
  g_assert_cmpstr (tok_grant_get_key (of_app), ==, "4294967297");
  g_assert_cmpstr (tok_grant_get_name (of_app), ==, "Chart Desk");
  g_assert_cmpint (tok_grant_get_level (of_app), ==, TOK_ACCESS_LEVEL_TRADE);
  g_assert_cmpint (tok_grant_get_state (of_app), ==, TOK_GRANT_IDLE);

  tok_test_assert_finalize (of_token);
  tok_test_assert_finalize (of_app);
}

static void
test_properties (void)
{
  g_autoptr (GDateTime) used = g_date_time_new_utc (2026, 5, 4, 3, 2, 1);
  g_autoptr (TokToken) token = new_token ("***", TOK_SCOPE_READ | TOK_SCOPE_ADMIN, used);
  g_autoptr (TokGrant) grant = tok_grant_new_for_token (token);
  g_autoptr (TokToken) got_token = NULL;
  g_autoptr (TokApp) got_app = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GDateTime) last_used = NULL;
  g_autoptr (GError) error = NULL;
  TokScopes scopes;
  TokAccessLevel level;
  TokGrantState state;
  gboolean is_this_program;
  gboolean is_new;

  g_object_get (grant, "token", &got_token, "app", &got_app, "name", &name, "scopes", &scopes,
                "level", &level, "last-used", &last_used, "state", &state, "error", &error,
                "is-this-program", &is_this_program, "is-new", &is_new, NULL);
  g_assert_true (got_token == token);
  g_assert_null (got_app);
  g_assert_cmpstr (name, ==, "Grid bot");
  g_assert_cmpint (scopes, ==, TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
  g_assert_cmpint (level, ==, TOK_ACCESS_LEVEL_FULL);
  g_assert_true (g_date_time_equal (last_used, used));
  g_assert_cmpint (state, ==, TOK_GRANT_IDLE);
  g_assert_no_error (error);
  g_assert_false (is_this_program);
  g_assert_false (is_new);
}

/* What the service lists as the value of a token may be the secret. */
static void
test_no_property_for_the_value (void)
{
  g_autoptr (TokToken) token = new_token ("canaryValue0001", TOK_SCOPE_READ, NULL);
  g_autoptr (TokGrant) grant = tok_grant_new_for_token (token);
  g_autofree GParamSpec **pspecs = NULL;
  guint n;

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (grant), &n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (properties));
  for (guint i = 0; i < n; i++) {
    g_auto (GValue) value = G_VALUE_INIT;
    g_autofree char *text = NULL;

    g_assert_false (pspecs[i]->flags & G_PARAM_WRITABLE);
    g_object_get_property (G_OBJECT (grant), pspecs[i]->name, &value);
    text = g_strdup_value_contents (&value);
    g_assert_null (strstr (text, "canary"));
  }
}

static void
test_update_token (void)
{
  g_autoptr (GDateTime) used = g_date_time_new_utc (2026, 5, 4, 3, 2, 1);
  const char *const unknown[] = { "copy", NULL };
  g_autoptr (TokToken) first = new_token ("***", TOK_SCOPE_READ, NULL);
  g_autoptr (TokToken) equal = new_token ("***", TOK_SCOPE_READ, NULL);
  g_autoptr (TokToken) unclear
      = tok_token_new_full ("Grid bot", "***", TOK_SCOPE_READ, NULL, NULL, FALSE, NULL);
  g_autoptr (TokToken) later = new_token ("***", TOK_SCOPE_READ, used);
  g_autoptr (TokToken) more = new_token ("***", TOK_SCOPE_READ | TOK_SCOPE_TRADE, used);
  g_autoptr (TokToken) other_value = new_token ("**1", TOK_SCOPE_READ | TOK_SCOPE_TRADE, used);
  g_autoptr (TokToken) stranger
      = tok_token_new ("Grid bot", "**1", TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN, unknown, used, NULL);
  g_autoptr (TokToken) locked = tok_token_new (
      "Grid bot", "**1", TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN, unknown, used, "203.0.113.7");
  g_autoptr (TokGrant) grant = tok_grant_new_for_token (first);
  Watch seen;

  watch (&seen, grant);
  tok_grant_update (grant, G_OBJECT (first));
  assert_notified (&seen, "");
  tok_grant_update (grant, G_OBJECT (equal));
  assert_notified (&seen, "");
  tok_grant_update (grant, G_OBJECT (unclear));
  assert_notified (&seen, "token is-use-known");
  g_assert_false (tok_grant_get_is_use_known (grant));
  tok_grant_update (grant, G_OBJECT (later));
  assert_notified (&seen, "token last-used is-use-known");
  g_assert_true (tok_grant_get_is_use_known (grant));
  tok_grant_update (grant, G_OBJECT (more));
  assert_notified (&seen, "token scopes level");
  tok_grant_update (grant, G_OBJECT (other_value));
  assert_notified (&seen, "token");
  tok_grant_update (grant, G_OBJECT (stranger));
  assert_notified (&seen, "token scopes level");
  tok_grant_update (grant, G_OBJECT (locked));
  assert_notified (&seen, "token");
  g_assert_true (tok_grant_get_token (grant) == locked);
}

static void
test_update_app (void)
{
  const char *const copy[] = { "copy", NULL };
  const char *const lend[] = { "lend", NULL };
  g_autoptr (TokApp) first = tok_app_new (7, "Desk", TOK_SCOPE_UNKNOWN, copy, NULL, FALSE, 0);
  g_autoptr (TokApp) equal = tok_app_new (7, "Desk", TOK_SCOPE_UNKNOWN, copy, NULL, FALSE, 0);
  g_autoptr (TokApp) unclear
      = tok_app_new_full (7, "Desk", TOK_SCOPE_UNKNOWN, copy, NULL, FALSE, FALSE, 0);
  g_autoptr (TokApp) renamed = tok_app_new (7, "Desk 2", TOK_SCOPE_UNKNOWN, copy, NULL, FALSE, 0);
  g_autoptr (TokApp) other_id = tok_app_new (7, "Desk 2", TOK_SCOPE_UNKNOWN, lend, NULL, FALSE, 0);
  g_autoptr (TokApp) official = tok_app_new (7, "Desk 2", TOK_SCOPE_UNKNOWN, lend, NULL, TRUE, 0);
  g_autoptr (TokApp) dearer = tok_app_new (7, "Desk 2", TOK_SCOPE_UNKNOWN, lend, NULL, TRUE, 1.5);
  g_autoptr (TokGrant) grant = tok_grant_new_for_app (first);
  Watch seen;

  watch (&seen, grant);
  tok_grant_update (grant, G_OBJECT (equal));
  assert_notified (&seen, "");
  tok_grant_update (grant, G_OBJECT (unclear));
  assert_notified (&seen, "app is-use-known");
  g_assert_false (tok_grant_get_is_use_known (grant));
  tok_grant_update (grant, G_OBJECT (equal));
  assert_notified (&seen, "app is-use-known");
  tok_grant_update (grant, G_OBJECT (renamed));
  assert_notified (&seen, "app name");
  tok_grant_update (grant, G_OBJECT (other_id));
  assert_notified (&seen, "app scopes");
  tok_grant_update (grant, G_OBJECT (official));
  assert_notified (&seen, "app");
  tok_grant_update (grant, G_OBJECT (dearer));
  assert_notified (&seen, "app");
  g_assert_true (tok_grant_get_app (grant) == dearer);
}

static void
test_state (void)
{
  g_autoptr (TokApp) app = tok_app_new (7, "Desk", TOK_SCOPE_READ, NULL, NULL, FALSE, 0);
  g_autoptr (TokGrant) grant = tok_grant_new_for_app (app);
  g_autoptr (GError) error = g_error_new (TOK_ERROR, TOK_ERROR_TROUBLE, "Timeout");
  g_autoptr (GError) same = g_error_copy (error);
  g_autoptr (GError) other = g_error_new (TOK_ERROR, TOK_ERROR_RATE_LIMIT, "Timeout");
  Watch seen;

  watch (&seen, grant);
  tok_grant_set_idle (grant);
  assert_notified (&seen, "");
  tok_grant_set_working (grant);
  tok_grant_set_working (grant);
  assert_notified (&seen, "state");
  tok_grant_update (grant, G_OBJECT (app));
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_WORKING);

  tok_grant_set_failed (grant, error);
  assert_notified (&seen, "state error");
  tok_grant_set_failed (grant, same);
  assert_notified (&seen, "");
  tok_grant_set_failed (grant, other);
  assert_notified (&seen, "error");
  tok_grant_update (grant, G_OBJECT (app));
  assert_notified (&seen, "");
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_FAILED);
  g_assert_error (tok_grant_get_error (grant), TOK_ERROR, TOK_ERROR_RATE_LIMIT);

  tok_grant_set_gone (grant);
  assert_notified (&seen, "state error");
  g_assert_no_error (tok_grant_get_error (grant));
  tok_grant_update (grant, G_OBJECT (app));
  assert_notified (&seen, "state");
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_IDLE);
}

static void
test_this_program (void)
{
  g_autoptr (TokToken) token = new_token ("***", TOK_SCOPE_READ, NULL);
  g_autoptr (TokGrant) grant = tok_grant_new_for_token (token);
  Watch seen;

  watch (&seen, grant);
  tok_grant_set_is_this_program (grant, FALSE);
  assert_notified (&seen, "");
  tok_grant_set_is_this_program (grant, TRUE);
  tok_grant_set_is_this_program (grant, 2);
  assert_notified (&seen, "is-this-program");
  g_assert_true (tok_grant_get_is_this_program (grant));
}

static void
test_new (void)
{
  g_autoptr (TokToken) token = new_token ("***", TOK_SCOPE_READ, NULL);
  g_autoptr (TokGrant) grant = tok_grant_new_for_token (token);
  Watch seen;

  g_assert_false (tok_grant_get_is_new (grant));
  watch (&seen, grant);
  tok_grant_set_is_new (grant, FALSE);
  assert_notified (&seen, "");
  tok_grant_set_is_new (grant, TRUE);
  tok_grant_set_is_new (grant, 2);
  assert_notified (&seen, "is-new");
  g_assert_true (tok_grant_get_is_new (grant));

  /* A fresh list says nothing of that, nor that it is gone. */
  tok_grant_update (grant, G_OBJECT (token));
  tok_grant_set_gone (grant);
  assert_notified (&seen, "state");
  g_assert_true (tok_grant_get_is_new (grant));
  tok_grant_set_is_new (grant, FALSE);
  assert_notified (&seen, "is-new");
  g_assert_false (tok_grant_get_is_new (grant));
}

/* Until it is gone again. */
static void
test_back (void)
{
  g_autoptr (TokApp) app = tok_app_new (7, "Desk", TOK_SCOPE_READ, NULL, NULL, FALSE, 0);
  g_autoptr (TokGrant) grant = tok_grant_new_for_app (app);
  Watch seen;

  g_assert_false (tok_grant_get_is_back (grant));
  watch (&seen, grant);
  tok_grant_set_is_back (grant, FALSE);
  assert_notified (&seen, "");
  tok_grant_set_is_back (grant, TRUE);
  tok_grant_set_is_back (grant, 2);
  assert_notified (&seen, "is-back");
  tok_grant_update (grant, G_OBJECT (app));
  tok_grant_set_working (grant);
  g_assert_true (tok_grant_get_is_back (grant));
  assert_notified (&seen, "state");
  tok_grant_set_gone (grant);
  assert_notified (&seen, "state is-back");
  g_assert_false (tok_grant_get_is_back (grant));
}

static void
test_has_copy (void)
{
  g_autoptr (TokToken) token = new_token ("***", TOK_SCOPE_READ, NULL);
  g_autoptr (TokGrant) grant = tok_grant_new_for_token (token);
  gboolean has_copy;
  Watch seen;

  g_assert_false (tok_grant_get_has_copy (grant));
  watch (&seen, grant);
  tok_grant_set_has_copy (grant, FALSE);
  assert_notified (&seen, "");
  tok_grant_set_has_copy (grant, 2);
  tok_grant_set_has_copy (grant, TRUE);
  assert_notified (&seen, "has-copy");
  g_object_get (grant, "has-copy", &has_copy, NULL);
  g_assert_true (has_copy);
  g_assert_true (tok_grant_get_has_copy (grant));
  tok_grant_set_has_copy (grant, FALSE);
  assert_notified (&seen, "has-copy");
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/grant/new-destroy", test_new_destroy);
  g_test_add_func ("/grant/properties", test_properties);
  g_test_add_func ("/grant/no-property-for-the-value", test_no_property_for_the_value);
  g_test_add_func ("/grant/update-token", test_update_token);
  g_test_add_func ("/grant/update-app", test_update_app);
  g_test_add_func ("/grant/state", test_state);
  g_test_add_func ("/grant/this-program", test_this_program);
  g_test_add_func ("/grant/new", test_new);
  g_test_add_func ("/grant/back", test_back);
  g_test_add_func ("/grant/has-copy", test_has_copy);

  return g_test_run ();
}
