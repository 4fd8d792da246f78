/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-wire.h"

#include "tok-account.h"
#include "tok-app.h"
#include "tok-error.h"
#include "tok-json-scan.h"
#include "tok-secret.h"
#include "tok-test.h"
#include "tok-token.h"

#include <string.h>

/* The golden files are in golden/wire: each of requests/ is what is sent, and each of answers/ a
 * message of the service, NAME.json, beside what is read from it, NAME.txt. With TOK_WRITE_GOLDEN
 * in the environment they are written anew instead of compared: look at the difference. */

static void
assert_golden (const char *path, const char *text)
{
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("TOK_WRITE_GOLDEN") != NULL) {
    g_file_set_contents (path, text, -1, &error);
    g_assert_no_error (error);
  }
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", path);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_request (const char *name, char *request)
{
  g_autoptr (TokSecret) owned = request;
  g_autofree char *line = g_strconcat (request, "\n", NULL);
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "golden", "wire", "requests", file, NULL);

  g_assert_cmpint (tok_json_scan (request, strlen (request), 32, 262144), ==, TOK_JSON_OK);
  assert_golden (path, line);
}

static void
test_requests (void)
{
  const TokScopes trading = TOK_SCOPE_READ | TOK_SCOPE_TRADE;

  assert_request ("ping", tok_wire_encode_ping (1));
  assert_request ("time", tok_wire_encode_time (2));
  assert_request ("authorize", tok_wire_encode_authorize (3, "a1-Abc_9"));
  assert_request ("authorize-hostile",
                  tok_wire_encode_authorize (4, "\"},\\\n\t\001é\xe2\x80\xae"));
  assert_request ("logout", tok_wire_encode_logout (5));
  assert_request ("list-tokens", tok_wire_encode_list_tokens (6));
  assert_request ("create-token", tok_wire_encode_create_token (7, "Grid bot", trading, FALSE));
  assert_request ("create-token-ip",
                  tok_wire_encode_create_token (8, "Grid bot", TOK_SCOPE_ALL, TRUE));
  assert_request ("create-token-no-scope",
                  tok_wire_encode_create_token (9, "Grid bot", TOK_SCOPE_NONE, FALSE));
  assert_request ("delete-token", tok_wire_encode_delete_token (10, "***********oRVV"));
  assert_request ("delete-token-hostile", tok_wire_encode_delete_token (15, "\x1f\x01\x1f\x7f*"));
  assert_request ("replace-token",
                  tok_wire_encode_replace_token (13, "***********oRVV", "Grid bot", trading, TRUE));
  assert_request ("replace-token-no-scope",
                  tok_wire_encode_replace_token (14, "*", "Grid bot", TOK_SCOPE_NONE, FALSE));
  assert_request ("list-apps", tok_wire_encode_list_apps (11));
  assert_request ("watch-status", tok_wire_encode_watch_status (15));
  assert_request ("revoke-app", tok_wire_encode_revoke_app (G_MAXINT64, G_MAXINT64));
}

static void
dump_error (GString *dump, const char *what, GError *error)
{
  g_assert_cmpuint (error->domain, ==, TOK_ERROR);
  g_string_append_printf (dump, "%s: error %d: %s\n", what, error->code, error->message);
  g_error_free (error);
}

static void
dump_access (GString *dump,
             TokScopes scopes,
             const char *const *unknown,
             GDateTime *last_used,
             gboolean is_use_known)
{
  g_autofree char *scopes_text = g_flags_to_string (TOK_TYPE_SCOPES, scopes);
  g_autofree char *unknown_text = unknown != NULL ? g_strjoinv ("|", (char **) unknown) : NULL;
  g_autofree char *time = last_used != NULL ? g_date_time_format_iso8601 (last_used) : NULL;

  g_string_append_printf (dump, "  scopes %s unknown %s last used %s\n", scopes_text,
                          unknown_text != NULL ? unknown_text : "none",
                          time != NULL   ? time
                          : is_use_known ? "never"
                                         : "not known");
}

static void
dump_tokens (GString *dump, const TokWireAnswer *answer)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) tokens = tok_wire_answer_to_tokens (answer, NULL, &error);

  if (tokens == NULL) {
    dump_error (dump, "tokens", error);
    return;
  }
  g_string_append_printf (dump, "tokens: %u\n", tokens->len);
  for (guint i = 0; i < tokens->len; i++) {
    TokToken *token = tokens->pdata[i];
    const char *ip = tok_token_get_valid_for_ip (token);

    g_string_append_printf (dump, "- name “%s” value “%s” ip %s\n", tok_token_get_name (token),
                            tok_token_get_listed_value (token), ip != NULL ? ip : "any");
    dump_access (dump, tok_token_get_scopes (token), tok_token_get_unknown_scopes (token),
                 tok_token_get_last_used (token), tok_token_get_is_use_known (token));
  }
}

static void
dump_apps (GString *dump, const TokWireAnswer *answer)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) apps = tok_wire_answer_to_apps (answer, NULL, &error);

  if (apps == NULL) {
    dump_error (dump, "apps", error);
    return;
  }
  g_string_append_printf (dump, "apps: %u\n", apps->len);
  for (guint i = 0; i < apps->len; i++) {
    TokApp *app = apps->pdata[i];

    g_string_append_printf (dump, "- id %" G_GINT64_FORMAT " name “%s” official %d markup %g\n",
                            tok_app_get_app_id (app), tok_app_get_name (app),
                            tok_app_get_official (app), tok_app_get_markup (app));
    dump_access (dump, tok_app_get_scopes (app), tok_app_get_unknown_scopes (app),
                 tok_app_get_last_used (app), tok_app_get_is_use_known (app));
  }
}

static void
dump_account (GString *dump, const TokWireAnswer *answer)
{
  GError *error = NULL;
  g_autoptr (TokAccount) account = tok_wire_answer_to_account (answer, &error);

  if (account == NULL) {
    dump_error (dump, "account", error);
    return;
  }
  g_string_append_printf (dump, "account: “%s” currency “%s” virtual %d\n",
                          tok_account_get_login_id (account), tok_account_get_currency (account),
                          tok_account_get_is_virtual (account));
  dump_access (dump, tok_account_get_scopes (account), tok_account_get_unknown_scopes (account),
               NULL, TRUE);
}

static void
dump_boolean (GString *dump,
              const TokWireAnswer *answer,
              const char *what,
              gboolean (*read) (const TokWireAnswer *answer, GError **error))
{
  GError *error = NULL;

  if (read (answer, &error))
    g_string_append_printf (dump, "%s: yes\n", what);
  else
    dump_error (dump, what, error);
}

static void
dump_time (GString *dump, const TokWireAnswer *answer)
{
  GError *error = NULL;
  gint64 time = tok_wire_answer_to_time (answer, &error);

  if (time != 0)
    g_string_append_printf (dump, "time: %" G_GINT64_FORMAT "\n", time);
  else
    dump_error (dump, "time", error);
}

static char *
dump_answer (const char *text, gsize length, const char *name)
{
  GString *dump = g_string_new (NULL);
  GError *error = NULL;
  g_autoptr (TokWireAnswer) answer = tok_wire_decode (text, length, &error);

  if (answer == NULL) {
    dump_error (dump, "decode", error);
    return g_string_free (dump, FALSE);
  }
  g_string_append_printf (dump, "req_id: %" G_GINT64_FORMAT "\n",
                          tok_wire_answer_get_req_id (answer));
  if (g_str_has_prefix (name, "tokens"))
    dump_tokens (dump, answer);
  else if (g_str_has_prefix (name, "apps"))
    dump_apps (dump, answer);
  else if (g_str_has_prefix (name, "account"))
    dump_account (dump, answer);
  else if (g_str_has_prefix (name, "pong"))
    dump_boolean (dump, answer, "pong", tok_wire_answer_to_pong);
  else if (g_str_has_prefix (name, "logout"))
    dump_boolean (dump, answer, "logout", tok_wire_answer_to_logout);
  else if (g_str_has_prefix (name, "revoked"))
    dump_boolean (dump, answer, "revoked", tok_wire_answer_to_revoked);
  else if (g_str_has_prefix (name, "time"))
    dump_time (dump, answer);
  else
    g_error ("What is %s?", name);
  return g_string_free (dump, FALSE);
}

static void
test_answers (void)
{
  g_autofree char *directory
      = g_test_build_filename (G_TEST_DIST, "golden", "wire", "answers", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (directory, 0, &error);
  const char *file;
  guint n = 0;

  g_assert_no_error (error);
  while ((file = g_dir_read_name (dir)) != NULL) {
    g_autofree char *in = g_build_filename (directory, file, NULL);
    g_autofree char *name = NULL;
    g_autofree char *out = NULL;
    g_autofree char *text = NULL;
    g_autofree char *dump = NULL;
    gsize length;

    if (!g_str_has_suffix (file, ".json"))
      continue;
    name = g_strndup (file, strlen (file) - strlen (".json"));
    out = g_strdup_printf ("%s/%s.txt", directory, name);
    g_file_get_contents (in, &text, &length, &error);
    g_assert_no_error (error);
    dump = dump_answer (text, length, name);
    assert_golden (out, dump);
    n++;
  }
  g_assert_cmpuint (n, >=, 20);
}

static const struct {
  const char *code;
  int error; /* a TokError */
} codes[] = {
  { "AccessRestricted", TOK_ERROR_REFUSED },
  { "AccountDisabled", TOK_ERROR_ACCOUNT },
  { "AlreadySubscribed", TOK_ERROR_TROUBLE },
  { "APITokenError", TOK_ERROR_FIELD },
  { "AppGet", TOK_ERROR_FIELD },
  { "AppRegister", TOK_ERROR_FIELD },
  { "AppUpdate", TOK_ERROR_FIELD },
  { "AuthorizationRequired", TOK_ERROR_SIGN_IN },
  { "BadRequest", TOK_ERROR_TROUBLE },
  { "CallError", TOK_ERROR_TROUBLE },
  { "DisabledClient", TOK_ERROR_ACCOUNT },
  { "InputValidationFailed", TOK_ERROR_FIELD },
  { "InternalServerError", TOK_ERROR_TROUBLE },
  { "InvalidAppID", TOK_ERROR_APP_ID },
  { "InvalidToken", TOK_ERROR_SIGN_IN },
  { "OutputValidationFailed", TOK_ERROR_TROUBLE },
  { "PermissionDenied", TOK_ERROR_SCOPE },
  { "RateLimit", TOK_ERROR_RATE_LIMIT },
  { "ResponseTooLarge", TOK_ERROR_TROUBLE },
  { "SanityCheckFailed", TOK_ERROR_FIELD },
  { "Suspendedlogin", TOK_ERROR_MAINTENANCE },
  { "Timeout", TOK_ERROR_UNCONFIRMED },
  { "UnrecognisedRequest", TOK_ERROR_ADDRESS },
  { "WrongResponse", TOK_ERROR_TROUBLE },
  { "SomethingNew", TOK_ERROR_TROUBLE },
  { "invalidtoken", TOK_ERROR_TROUBLE },
  { "", TOK_ERROR_TROUBLE },
};

static TokWireAnswer *
decode (const char *text)
{
  g_autoptr (GError) error = NULL;
  TokWireAnswer *answer = tok_wire_decode (text, strlen (text), &error);

  g_assert_no_error (error);
  return answer;
}

static void
test_error_codes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char *text = g_strdup_printf ("{\"echo_req\":{\"authorize\":\"<not shown>\"},"
                                             "\"msg_type\":\"error\",\"req_id\":7,\"error\":"
                                             "{\"code\":\"%s\",\"message\":\"Words.\"}}",
                                             codes[i].code);
    g_autoptr (TokWireAnswer) answer = decode (text);
    g_autoptr (GError) error = tok_wire_answer_dup_error (answer);
    g_autoptr (GError) same = NULL;

    g_test_message ("%s", codes[i].code);
    g_assert_error (error, TOK_ERROR, codes[i].error);
    g_assert_cmpstr (error->message, ==, "Words.");
    g_assert_cmpint (tok_wire_answer_get_req_id (answer), ==, 7);

    g_assert_null (tok_wire_answer_to_tokens (answer, NULL, &same));
    g_assert_error (same, TOK_ERROR, codes[i].error);
  }
}

static void
assert_error_message (const char *error_member, const char *message)
{
  g_autofree char *text = g_strdup_printf ("{\"ping\":\"pong\",\"error\":%s}", error_member);
  g_autoptr (TokWireAnswer) answer = decode (text);
  g_autoptr (GError) error = tok_wire_answer_dup_error (answer);

  if (message == NULL)
    g_assert_no_error (error);
  else
    g_assert_error (error, TOK_ERROR, TOK_ERROR_TROUBLE);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
}

static void
test_error_messages (void)
{
  g_autofree char *a299 = g_strnfill (299, 'a');
  g_autofree char *just_fits = g_strconcat (a299, "é", NULL);
  g_autofree char *fits = g_strdup_printf ("{\"message\":\"%s\"}", just_fits);
  g_autofree char *too_long = g_strdup_printf ("{\"message\":\"%séé\"}", a299);
  g_autofree char *cut = g_strconcat (a299, "…", NULL);

  assert_error_message ("null", NULL);
  assert_error_message (fits, just_fits);
  assert_error_message (too_long, cut);
  assert_error_message ("{\"code\":\"CallError\"}", "CallError");
  assert_error_message ("{\"code\":\"CallError\",\"message\":\"\"}", "CallError");
  assert_error_message ("{\"code\":\"CallError\",\"message\":null}", "CallError");
  assert_error_message ("{\"code\":7,\"message\":{}}", "The service reports an error.");
  assert_error_message ("{}", "The service reports an error.");
  assert_error_message ("[]", "The service reports an error.");
  assert_error_message ("\"no\"", "The service reports an error.");
  assert_error_message ("false", "The service reports an error.");
}

/* Nothing of a request that is echoed may end in what is shown or logged. */
static void
test_error_without_echo (void)
{
  g_autoptr (TokWireAnswer) answer
      = decode ("{\"echo_req\":{\"authorize\":\"CANARY\"},\"msg_type\":\"authorize\","
                "\"error\":{\"code\":\"InvalidToken\",\"details\":{\"token\":\"CANARY\"}}}");
  g_autoptr (GError) error = tok_wire_answer_dup_error (answer);

  g_assert_error (error, TOK_ERROR, TOK_ERROR_SIGN_IN);
  g_assert_null (strstr (error->message, "CANARY"));
}

static void
assert_garbled (const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokWireAnswer) answer
      = tok_wire_decode (text, length < 0 ? strlen (text) : (gsize) length, &error);

  g_assert_null (answer);
  g_assert_error (error, TOK_ERROR, TOK_ERROR_GARBLED);
  g_assert_cmpstr (error->message, !=, "");
}

static void
test_garbled (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "null",
    "true",
    "7",
    "\"text\"",
    "[]",
    "[{\"req_id\":1}]",
    "{",
    "{\"req_id\":1",
    "{\"req_id\":1}}",
    "{\"req_id\":1,}",
    "{'req_id':1}",
    "{req_id:1}",
    "/* hello */{}",
    "{\"a\":01}",
    "{\"a\":NaN}",
    "{\"a\":1e999}",
    "{\"a\":99999999999999999999}",
    "{\"a\":\"\\ud800\"}",
    "{\"a\":\"\xff\"}",
    "<!DOCTYPE html><html><body>Sign in to the hotel network</body></html>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *shown = g_strescape (texts[i], NULL);

    g_test_message ("%s", shown);
    assert_garbled (texts[i], -1);
  }
  assert_garbled ("{}\0{}", 5);
  assert_garbled (NULL, 0);
}

static void
test_limits (void)
{
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *blanks = g_strnfill (TOK_WIRE_MAX_MESSAGE - 1, ' ');
  g_autofree char *fits = g_strconcat ("{}", blanks + 1, NULL);
  g_autofree char *too_long = g_strconcat ("{}", blanks, NULL);
  g_autoptr (GString) deep = g_string_new ("{\"a\":");
  g_autoptr (TokWireAnswer) answer = NULL;

  assert_garbled (brackets, -1);
  g_assert_cmpuint (strlen (fits), ==, TOK_WIRE_MAX_MESSAGE);
  answer = decode (fits);
  assert_garbled (too_long, -1);

  for (guint i = 0; i < TOK_JSON_MAX_DEPTH; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < TOK_JSON_MAX_DEPTH; i++)
    g_string_append_c (deep, ']');
  g_string_append_c (deep, '}');
  assert_garbled (deep->str, -1);
}

static GPtrArray *
read_apps (guint n, GError **error)
{
  g_autoptr (GString) text = g_string_new ("{\"oauth_apps\":[{\"app_id\":1}");
  g_autoptr (TokWireAnswer) answer = NULL;

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, ",{\"app_id\":%u}", i + 1);
  g_string_append (text, "]}");
  answer = decode (text->str);
  return tok_wire_answer_to_apps (answer, NULL, error);
}

/* A list of which a part is left out would say that what isn't in it is gone. */
static void
test_row_limit (void)
{
  g_autoptr (GPtrArray) most = NULL;
  g_autoptr (GError) error = NULL;

  most = read_apps (TOK_WIRE_MAX_ROWS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (most->len, ==, TOK_WIRE_MAX_ROWS);
  g_assert_cmpint (tok_app_get_app_id (most->pdata[most->len - 1]), ==, TOK_WIRE_MAX_ROWS);
  g_assert_null (read_apps (TOK_WIRE_MAX_ROWS + 1, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_GARBLED);
}

/* Nor would one of which a part can't be read: its readers are told. */
static void
test_unread (void)
{
  g_autoptr (TokWireAnswer) apps
      = decode ("{\"oauth_apps\":[{\"app_id\":1},{\"app_id\":null},{\"app_id\":0},{\"app_id\":-5},"
                "{\"app_id\":22.5},{\"app_id\":\"x\"},{},7,null,{\"app_id\":2}]}");
  g_autoptr (TokWireAnswer) tokens
      = decode ("{\"api_token\":{\"tokens\":[{\"display_name\":\"a\"},{},[]]}}");
  g_autoptr (TokWireAnswer) none = decode ("{\"oauth_apps\":[{\"app_id\":null}]}");
  g_autoptr (TokWireAnswer) all = decode ("{\"oauth_apps\":[{\"app_id\":1}]}");
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) token_list = NULL;
  g_autoptr (GPtrArray) all_list = NULL;
  g_autoptr (GError) error = NULL;
  guint n_unread = 77;

  list = tok_wire_answer_to_apps (apps, &n_unread, NULL);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpuint (n_unread, ==, 8);
  token_list = tok_wire_answer_to_tokens (tokens, &n_unread, NULL);
  g_assert_cmpuint (token_list->len, ==, 1);
  g_assert_cmpuint (n_unread, ==, 2);
  all_list = tok_wire_answer_to_apps (all, &n_unread, NULL);
  g_assert_cmpuint (n_unread, ==, 0);
  g_assert_null (tok_wire_answer_to_apps (none, &n_unread, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_GARBLED);
}

typedef struct {
  const char *text;
  gint64 number; /* 0 for none */
} Number;

/* Whole numbers in whichever way they are written (PROTOCOL 7). */
static void
test_numbers (void)
{
  static const Number all[] = {
    { "7", 7 },
    { "\"7\"", 7 },
    { "7.0", 7 },
    { "7e2", 700 },
    { "9007199254740991.0", G_GINT64_CONSTANT (9007199254740991) },
    { "9223372036854775807", G_MAXINT64 },
    { "\"9223372036854775807\"", G_MAXINT64 },
    { "7.5", 0 },
    { "1e300", 0 },
    { "\"9223372036854775808\"", 0 },
    { "\" 7\"", 0 },
    { "\"7x\"", 0 },
    { "\"\"", 0 },
    { "null", 0 },
    { "[7]", 0 },
    { "{}", 0 },
    { "-7", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autofree char *text = g_strdup_printf ("{\"ping\":1,\"req_id\":%s}", all[i].text);
    g_autoptr (TokWireAnswer) answer = decode (text);

    g_test_message ("%s", text);
    g_assert_cmpint (tok_wire_answer_get_req_id (answer), ==, all[i].number);
  }
}

/* What can't be read in full must look like more access, never like less. */
static void
test_scope_limit (void)
{
  g_autoptr (GString) text = g_string_new ("{\"oauth_apps\":[{\"app_id\":1,\"scopes\":[\"read\"");
  g_autoptr (TokWireAnswer) answer = NULL;
  g_autoptr (GPtrArray) apps = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, ",\"read\"");
  g_string_append (text, ",\"admin\"]}]}");

  answer = decode (text->str);
  apps = tok_wire_answer_to_apps (answer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (apps->len, ==, 1);
  g_assert_cmpint (tok_app_get_scopes (apps->pdata[0]), ==, TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN);
}

/* Every reader, given an answer to every call but its own, says that it is garbled. */
static void
test_wrong_answer (void)
{
  static const char *const texts[] = {
    "{\"ping\":\"pong\"}",
    "{\"time\":1}",
    "{\"authorize\":{\"loginid\":\"CR1\"}}",
    "{\"logout\":1}",
    "{\"api_token\":{\"tokens\":[]}}",
    "{\"oauth_apps\":[]}",
    "{\"revoke_oauth_app\":1}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (TokWireAnswer) answer = decode (texts[i]);
    g_autoptr (TokAccount) account = tok_wire_answer_to_account (answer, NULL);
    g_autoptr (GPtrArray) tokens = tok_wire_answer_to_tokens (answer, NULL, NULL);
    g_autoptr (GPtrArray) apps = tok_wire_answer_to_apps (answer, NULL, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (tok_wire_answer_to_pong (answer, NULL), ==, i == 0);
    g_assert_cmpint (tok_wire_answer_to_time (answer, NULL), ==, i == 1);
    g_assert_cmpint (account != NULL, ==, i == 2);
    g_assert_cmpint (tok_wire_answer_to_logout (answer, NULL), ==, i == 3);
    g_assert_cmpint (tokens != NULL, ==, i == 4);
    g_assert_cmpint (apps != NULL, ==, i == 5);
    g_assert_cmpint (tok_wire_answer_to_revoked (answer, NULL), ==, i == 6);

    g_assert_null (tok_wire_answer_dup_error (answer));
    if (i != 6) {
      g_assert_false (tok_wire_answer_to_revoked (answer, &error));
      g_assert_error (error, TOK_ERROR, TOK_ERROR_GARBLED);
    }
  }
}

typedef struct {
  const char *member;
  const char *expected; /* NULL for never, "" for not known */
} Use;

/* Somebody deletes what was never used, so nothing is taken for that which doesn't say so. */
static void
test_last_use (void)
{
  static const Use all[] = {
    { ",\"last_used\":\"\"", NULL },
    { ",\"last_used\":null", NULL },
    { ",\"last_used\":\"2019-10-13 07:11:29\"", "2019-10-13T07:11:29Z" },
    { ",\"last_used\":\"2019-10-13\"", "2019-10-13T00:00:00Z" },
    { ",\"last_used\":1570950689", "2019-10-13T07:11:29Z" },
    { ",\"last_used\":1570950689.0", "2019-10-13T07:11:29Z" },
    { ",\"last_used\":\"1570950689\"", "2019-10-13T07:11:29Z" },
    { ",\"last_used\":946684800", "2000-01-01T00:00:00Z" },
    { ",\"last_used\":4102444799", "2099-12-31T23:59:59Z" },
    { "", "" },
    { ",\"last_used\":0", "" },
    { ",\"last_used\":946684799", "" },
    { ",\"last_used\":4102444800", "" },
    { ",\"last_used\":1570950689000", "" },
    { ",\"last_used\":-1570950689", "" },
    { ",\"last_used\":1570950689.5", "" },
    { ",\"last_used\":1e300", "" },
    { ",\"last_used\":\"0\"", "" },
    { ",\"last_used\":\" \"", "" },
    { ",\"last_used\":\"0000-00-00\"", "" },
    { ",\"last_used\":\"0000-00-00 00:00:00\"", "" },
    { ",\"last_used\":\"2025-13-45 99:99:99\"", "" },
    { ",\"last_used\":\"never\"", "" },
    { ",\"last_used\":\"yesterday\"", "" },
    { ",\"last_used\":false", "" },
    { ",\"last_used\":true", "" },
    { ",\"last_used\":[]", "" },
    { ",\"last_used\":{}", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autofree char *text
        = g_strdup_printf ("{\"api_token\":{\"tokens\":[{\"display_name\":\"Bot\"%s}]},"
                           "\"oauth_apps\":[{\"app_id\":1%s}]}",
                           all[i].member, all[i].member);
    g_autoptr (TokWireAnswer) answer = decode (text);
    g_autoptr (GPtrArray) tokens = tok_wire_answer_to_tokens (answer, NULL, NULL);
    g_autoptr (GPtrArray) apps = tok_wire_answer_to_apps (answer, NULL, NULL);
    gboolean is_known = g_strcmp0 (all[i].expected, "") != 0;
    g_autoptr (GDateTime) expected
        = all[i].expected != NULL ? g_date_time_new_from_iso8601 (all[i].expected, NULL) : NULL;
    GDateTime *of_token = tok_token_get_last_used (tokens->pdata[0]);
    GDateTime *of_app = tok_app_get_last_used (apps->pdata[0]);

    g_test_message ("%s", text);
    g_assert_cmpint (tok_token_get_is_use_known (tokens->pdata[0]), ==, is_known);
    g_assert_cmpint (tok_app_get_is_use_known (apps->pdata[0]), ==, is_known);
    g_assert_true (expected != NULL ? g_date_time_equal (of_token, expected) : of_token == NULL);
    g_assert_true (expected != NULL ? g_date_time_equal (of_app, expected) : of_app == NULL);
  }
}

/* Whose account it is needn't be said. */
static void
test_user (void)
{
  static const struct {
    const char *member;
    gint64 expected;
  } cases[] = {
    { "", 0 },
    { ",\"user_id\":9000001", 9000001 },
    { ",\"user_id\":\"9000001\"", 9000001 },
    { ",\"user_id\":9223372036854775807", G_MAXINT64 },
    { ",\"user_id\":null", 0 },
    { ",\"user_id\":\"me\"", 0 },
    { ",\"user_id\":{}", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text
        = g_strdup_printf ("{\"authorize\":{\"loginid\":\"CR1\"%s}}", cases[i].member);
    g_autoptr (TokWireAnswer) answer = decode (text);
    g_autoptr (TokAccount) account = tok_wire_answer_to_account (answer, NULL);

    g_assert_cmpint (tok_account_get_user_id (account), ==, cases[i].expected);
  }
}

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/wire/requests", test_requests);
  g_test_add_func ("/wire/answers", test_answers);
  g_test_add_func ("/wire/error-codes", test_error_codes);
  g_test_add_func ("/wire/error-messages", test_error_messages);
  g_test_add_func ("/wire/error-without-echo", test_error_without_echo);
  g_test_add_func ("/wire/garbled", test_garbled);
  g_test_add_func ("/wire/limits", test_limits);
  g_test_add_func ("/wire/row-limit", test_row_limit);
  g_test_add_func ("/wire/unread", test_unread);
  g_test_add_func ("/wire/numbers", test_numbers);
  g_test_add_func ("/wire/scope-limit", test_scope_limit);
  g_test_add_func ("/wire/last-use", test_last_use);
  g_test_add_func ("/wire/wrong-answer", test_wrong_answer);
  g_test_add_func ("/wire/user", test_user);

  return g_test_run ();
}
