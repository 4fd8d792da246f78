/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token.h"

#include "tok-test.h"

static void
test_new_destroy (void)
{
  TokToken *token = tok_token_new ("bot", "****wXyZ", TOK_SCOPE_READ, NULL, NULL, NULL);

  g_assert_true (TOK_IS_TOKEN (token));
  tok_test_assert_finalize (token);
}

/* A token keeps copies of its own. */
static void
test_getters (void)
{
  char name[] = "Grid bot";
  char value[] = "****wXyZ";
  char id[] = "zeta";
  char ip[] = "192.0.2.7";
  const char *ids[] = { id, NULL };
  GDateTime *when = g_date_time_new_utc (2024, 2, 29, 23, 59, 59);
  g_autoptr (TokToken) token
      = tok_token_new (name, value, TOK_SCOPE_TRADE | TOK_SCOPE_UNKNOWN, ids, when, ip);
  g_autofree char *last_used = NULL;

  g_date_time_unref (when);
  name[0] = value[0] = id[0] = ip[0] = '#';
  ids[0] = NULL;

  g_assert_cmpstr (tok_token_get_name (token), ==, "Grid bot");
  g_assert_cmpstr (tok_token_get_listed_value (token), ==, "****wXyZ");
  g_assert_cmpuint (tok_token_get_scopes (token), ==, TOK_SCOPE_TRADE | TOK_SCOPE_UNKNOWN);
  g_assert_cmpuint (g_strv_length ((char **) tok_token_get_unknown_scopes (token)), ==, 1);
  g_assert_cmpstr (tok_token_get_unknown_scopes (token)[0], ==, "zeta");
  last_used = g_date_time_format_iso8601 (tok_token_get_last_used (token));
  g_assert_cmpstr (last_used, ==, "2024-02-29T23:59:59Z");
  g_assert_cmpstr (tok_token_get_valid_for_ip (token), ==, "192.0.2.7");
}

static void
test_nothing (void)
{
  g_autoptr (TokToken) token = tok_token_new ("", "", TOK_SCOPE_NONE, NULL, NULL, NULL);

  g_assert_cmpstr (tok_token_get_name (token), ==, "");
  g_assert_cmpstr (tok_token_get_listed_value (token), ==, "");
  g_assert_cmpuint (tok_token_get_scopes (token), ==, TOK_SCOPE_NONE);
  g_assert_null (tok_token_get_unknown_scopes (token));
  g_assert_null (tok_token_get_last_used (token));
  g_assert_null (tok_token_get_valid_for_ip (token));
}

static void
test_use (void)
{
  g_autoptr (GDateTime) when = g_date_time_new_utc (2024, 2, 29, 23, 59, 59);
  g_autoptr (TokToken) never = tok_token_new ("", "", TOK_SCOPE_NONE, NULL, NULL, NULL);
  g_autoptr (TokToken) used = tok_token_new_full ("", "", TOK_SCOPE_NONE, NULL, when, TRUE, NULL);
  g_autoptr (TokToken) unknown
      = tok_token_new_full ("", "", TOK_SCOPE_NONE, NULL, NULL, FALSE, NULL);

  g_assert_true (tok_token_get_is_use_known (never));
  g_assert_true (tok_token_get_is_use_known (used));
  g_assert_nonnull (tok_token_get_last_used (used));
  g_assert_false (tok_token_get_is_use_known (unknown));
  g_assert_null (tok_token_get_last_used (unknown));
}

/* The wire says "" where a token may be used from anywhere. */
static void
test_any_address (void)
{
  g_autoptr (TokToken) token = tok_token_new ("bot", "x", TOK_SCOPE_READ, NULL, NULL, "");

  g_assert_null (tok_token_get_valid_for_ip (token));
}

/* A secret that has a property could be bound to a label. */
static void
test_no_properties (void)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (TOK_TYPE_TOKEN);
  g_autofree GParamSpec **properties = NULL;
  guint n_properties;

  properties = g_object_class_list_properties (G_OBJECT_CLASS (klass), &n_properties);
  g_assert_cmpuint (n_properties, ==, 0);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/token/new-destroy", test_new_destroy);
  g_test_add_func ("/token/getters", test_getters);
  g_test_add_func ("/token/nothing", test_nothing);
  g_test_add_func ("/token/use", test_use);
  g_test_add_func ("/token/any-address", test_any_address);
  g_test_add_func ("/token/no-properties", test_no_properties);

  return g_test_run ();
}
