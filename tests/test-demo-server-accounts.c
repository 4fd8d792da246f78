/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-peer.h"
#include "tok-test.h"

#include <string.h>

static void
test_new_destroy (void)
{
  TokDemoServer *given = tok_demo_server_new ("a1-given");
  TokDemoServer *other = tok_demo_server_new ("a1-given");

  g_assert_cmpstr (tok_demo_server_get_token_of (given, "SAMPLE1"), ==, "a1-given");
  g_assert_cmpuint (strlen (tok_demo_server_get_token_of (given, "SAMPLE2")), ==, 15);
  g_assert_cmpuint (strlen (tok_demo_server_get_token_of (given, "SAMPLE3")), ==, 15);
  g_assert_cmpstr (tok_demo_server_get_token_of (given, "SAMPLE2"), !=,
                   tok_demo_server_get_token_of (other, "SAMPLE2"));
  g_assert_null (tok_demo_server_get_token_of (given, "SAMPLE4"));
  tok_test_assert_finalize (given);
  tok_test_assert_finalize (other);
}

static void
test_accounts (TokDemoServerTest *fixture, gconstpointer data)
{
  static const char *const login_ids[] = { "SAMPLE1", "SAMPLE2", "SAMPLE3" };

  for (guint i = 0; i < G_N_ELEMENTS (login_ids); i++) {
    const char *token = tok_demo_server_get_token_of (fixture->server, login_ids[i]);
    g_autoptr (TokDemoPeer) peer = tok_demo_server_test_connect (fixture);
    g_autoptr (JsonObject) answer = tok_demo_peer_sign_in (peer, token);
    g_autofree char *text = g_strdup_printf ("{\"api_token\":1,\"delete_token\":\"%s\"}", token);
    g_autoptr (JsonObject) deleted = tok_demo_peer_ask (peer, text);

    g_assert_cmpstr (json_object_get_string_member (
                         json_object_get_object_member (answer, "authorize"), "loginid"),
                     ==, login_ids[i]);
    /* It can be asked for all the same. */
    g_assert_true (json_object_has_member (deleted, "api_token"));
    g_assert_cmpstr (tok_demo_server_get_token_of (fixture->server, login_ids[i]), ==, token);
  }
}

/* Those that browsers find besides the WebSocket; what they say has tests of its own. */
static void
test_pages (TokDemoServerTest *fixture, gconstpointer data)
{
  static const struct {
    const char *path;
    guint status;
  } cases[] = {
    { "/oauth2/authorize?app_id=5&state=x", 200 },
    { "/oauth2/authorize/answer", 400 },
    { "/account/api-token", 200 },
  };
  g_autoptr (GUri) uri
      = g_uri_parse (tok_demo_server_get_address (fixture->server), G_URI_FLAGS_NONE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *address
        = g_strdup_printf ("http://127.0.0.1:%d%s", g_uri_get_port (uri), cases[i].path);
    g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GBytes) body = NULL;
    g_autoptr (GError) error = NULL;
    GAsyncResult *slot = NULL;

    soup_session_send_and_read_async (fixture->soup, message, G_PRIORITY_DEFAULT, NULL,
                                      tok_test_on_ready, &slot);
    result = tok_test_wait_for_result (&slot);
    body = soup_session_send_and_read_finish (fixture->soup, result, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (soup_message_get_status (message), ==, cases[i].status);
  }
}

#define ADD(path, test)                                                                            \
  g_test_add ("/demo-server-accounts/" path, TokDemoServerTest, NULL, tok_demo_server_test_set_up, \
              test, tok_demo_server_test_tear_down)

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/demo-server-accounts/new-destroy", test_new_destroy);
  ADD ("accounts", test_accounts);
  ADD ("pages", test_pages);

  return g_test_run ();
}
