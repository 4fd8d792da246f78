/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-fuzz.h"

#include "tok-account.h"
#include "tok-app.h"
#include "tok-error.h"
#include "tok-json-scan.h"
#include "tok-secret.h"
#include "tok-token.h"
#include "tok-wire-activity.h"
#include "tok-wire-status.h"
#include "tok-wire.h"

#include <math.h>
#include <string.h>

/* Whatever comes from a service: the scanner and the codec agree about it, each way to read an
 * answer ends in a sound object or in an error of ours, and what was read can be sent back. */

#define MAX_MESSAGE_CHARS 300

static TokJsonFault
scan (const char *text, gsize length, guint max_depth)
{
  return tok_json_scan (text, length, max_depth, TOK_WIRE_MAX_MESSAGE);
}

/* What the scanner says doesn't depend on where the text lies or on a blank behind it; more depth
 * never makes a text worse, and something behind it never makes one good. */
static void
check_scanner (const char *text, gsize length, TokJsonFault fault)
{
  g_autofree char *longer = g_malloc (length + 1);

  if (length >= TOK_WIRE_MAX_MESSAGE)
    return;
  if (length > 0)
    memcpy (longer, text, length);
  longer[length] = '\n';
  if (fault == TOK_JSON_OK)
    g_assert_cmpint (scan (longer, length + 1, TOK_JSON_MAX_DEPTH), ==, TOK_JSON_OK);
  longer[length] = ':';
  g_assert_cmpint (scan (longer, length + 1, TOK_JSON_MAX_DEPTH), !=, TOK_JSON_OK);

  if (scan (text, length, 3) == TOK_JSON_OK)
    g_assert_cmpint (fault, ==, TOK_JSON_OK);
  if (fault == TOK_JSON_OK)
    g_assert_cmpint (scan (text, length, 64), ==, TOK_JSON_OK);
}

static void
check_error (GError *error)
{
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, TOK_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (error->message, -1), <=, MAX_MESSAGE_CHARS);
  g_error_free (error);
}

static void
check_text (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
check_scopes (TokScopes scopes, const char *const *unknown)
{
  g_assert_cmpuint (scopes & ~(TOK_SCOPE_ALL | TOK_SCOPE_UNKNOWN), ==, 0);
  g_assert_cmpint (unknown != NULL, ==, (scopes & TOK_SCOPE_UNKNOWN) != 0);
  for (guint i = 0; unknown != NULL && unknown[i] != NULL; i++)
    check_text (unknown[i]);
}

/* A request that names something of an answer is JSON that a service can take. */
static void
check_request (char *request)
{
  g_assert_cmpint (scan (request, strlen (request), 2), ==, TOK_JSON_OK);
  tok_secret_free (request);
}

static void
check_token (TokToken *token)
{
  const char *name = tok_token_get_name (token);
  const char *value = tok_token_get_listed_value (token);

  check_text (name);
  check_text (value);
  check_scopes (tok_token_get_scopes (token), tok_token_get_unknown_scopes (token));
  check_request (
      tok_wire_encode_replace_token (1, value, name, tok_token_get_scopes (token), TRUE));
  check_request (tok_wire_encode_delete_token (2, value));
  check_request (tok_wire_encode_authorize (3, value));
}

static void
check_app (TokApp *app)
{
  check_text (tok_app_get_name (app));
  check_scopes (tok_app_get_scopes (app), tok_app_get_unknown_scopes (app));
  g_assert_cmpint (tok_app_get_app_id (app), >, 0);
  g_assert_true (isfinite (tok_app_get_markup (app)));
  check_request (tok_wire_encode_revoke_app (1, tok_app_get_app_id (app)));
}

static void
check_tokens (const TokWireAnswer *answer)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) tokens = tok_wire_answer_to_tokens (answer, NULL, &error);

  if (tokens == NULL) {
    check_error (error);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (tokens->len, <=, TOK_WIRE_MAX_ROWS);
  for (guint i = 0; i < tokens->len; i++)
    check_token (tokens->pdata[i]);
}

static void
check_apps (const TokWireAnswer *answer)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) apps = tok_wire_answer_to_apps (answer, NULL, &error);

  if (apps == NULL) {
    check_error (error);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (apps->len, <=, TOK_WIRE_MAX_ROWS);
  for (guint i = 0; i < apps->len; i++)
    check_app (apps->pdata[i]);
}

static void
check_account (const TokWireAnswer *answer)
{
  GError *error = NULL;
  g_autoptr (TokAccount) account = tok_wire_answer_to_account (answer, &error);

  if (account == NULL) {
    check_error (error);
    return;
  }
  g_assert_no_error (error);
  check_text (tok_account_get_login_id (account));
  g_assert_cmpstr (tok_account_get_login_id (account), !=, "");
  check_scopes (tok_account_get_scopes (account), tok_account_get_unknown_scopes (account));
}

typedef gboolean (*Confirm) (const TokWireAnswer *answer, GError **error);

static void
check_confirmed (const TokWireAnswer *answer, Confirm confirm)
{
  GError *error = NULL;

  if (!confirm (answer, &error))
    check_error (error);
  else
    g_assert_no_error (error);
}

static void
check_time (const TokWireAnswer *answer)
{
  GError *error = NULL;

  if (tok_wire_answer_to_time (answer, &error) == 0)
    check_error (error);
  else
    g_assert_no_error (error);
}

static void
check_status (const TokWireAnswer *answer)
{
  GError *error = NULL;
  TokWireStatus status;

  if (!tok_wire_answer_to_status (answer, &status, &error)) {
    check_error (error);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpint (status.minutely, >=, 0);
  g_assert_cmpint (status.hourly, >=, 0);
}

typedef GArray *(*ReadRows) (const TokWireAnswer *answer, GError **error);

static GArray *
read_rows (const TokWireAnswer *answer, ReadRows read)
{
  GError *error = NULL;
  GArray *rows = read (answer, &error);

  if (rows == NULL) {
    check_error (error);
    return NULL;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, <=, TOK_WIRE_MAX_ROWS);
  return rows;
}

static void
check_trades (const TokWireAnswer *answer, ReadRows read)
{
  g_autoptr (GArray) trades = read_rows (answer, read);

  for (guint i = 0; trades != NULL && i < trades->len; i++) {
    const TokTrade *trade = &g_array_index (trades, TokTrade, i);

    g_assert_cmpint (trade->app_id, >=, 0);
    g_assert_true (isfinite (trade->buy_price));
    g_assert_true (isfinite (trade->sell_price));
    g_assert_true (isfinite (trade->payout));
  }
}

static void
check_transactions (const TokWireAnswer *answer)
{
  g_autoptr (GArray) rows = read_rows (answer, tok_wire_answer_to_transactions);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const TokTransaction *row = &g_array_index (rows, TokTransaction, i);

    g_assert_cmpint (row->app_id, >=, 0);
    g_assert_true (isfinite (row->amount));
    g_assert_true (isfinite (row->payout));
  }
}

/* Any answer is read as the answer to any call: a service may send what it likes. */
static void
check_answer (const TokWireAnswer *answer)
{
  GError *own = tok_wire_answer_dup_error (answer);

  if (own != NULL)
    check_error (own);
  g_assert_cmpint (tok_wire_answer_get_req_id (answer), >=, 0);
  check_confirmed (answer, tok_wire_answer_to_pong);
  check_confirmed (answer, tok_wire_answer_to_logout);
  check_confirmed (answer, tok_wire_answer_to_revoked);
  check_time (answer);
  check_account (answer);
  check_tokens (answer);
  check_apps (answer);
  check_status (answer);
  check_trades (answer, tok_wire_answer_to_closed_trades);
  check_trades (answer, tok_wire_answer_to_open_trades);
  check_transactions (answer);
}

static gboolean
begins_object (const char *text, gsize length)
{
  gsize i = 0;

  while (i < length && g_ascii_isspace (text[i]))
    i++;
  return i < length && text[i] == '{';
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  TokJsonFault fault = scan (text, size, TOK_JSON_MAX_DEPTH);
  GError *error = NULL;
  g_autoptr (TokWireAnswer) answer = tok_wire_decode (text, size, &error);

  check_scanner (text, size, fault);
  g_assert_cmpint (answer != NULL, ==, fault == TOK_JSON_OK && begins_object (text, size));
  if (answer != NULL)
    check_answer (answer);
  else
    check_error (error);
  return 0;
}
