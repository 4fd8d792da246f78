/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-link-error.h"

#include "tok-error.h"
#include "tok-test.h"

#include <libsoup/soup.h>

/* Each is an end that a person can do something different about. */

typedef struct {
  const char *name;
  GTlsCertificateFlags flags;
  TokError code;
} Certificate;

static const Certificate certificates[] = {
  { "unknown-ca", G_TLS_CERTIFICATE_UNKNOWN_CA, TOK_ERROR_CERTIFICATE },
  { "wrong-host", G_TLS_CERTIFICATE_BAD_IDENTITY, TOK_ERROR_CERTIFICATE_HOST },
  { "expired", G_TLS_CERTIFICATE_EXPIRED, TOK_ERROR_CERTIFICATE_DATE },
  { "not-yet", G_TLS_CERTIFICATE_NOT_ACTIVATED, TOK_ERROR_CERTIFICATE_DATE },
  { "revoked", G_TLS_CERTIFICATE_REVOKED, TOK_ERROR_CERTIFICATE },
  { "insecure", G_TLS_CERTIFICATE_INSECURE, TOK_ERROR_CERTIFICATE },
  { "nothing-said", 0, TOK_ERROR_CERTIFICATE },
  /* Who is signed by nobody may be anybody: that is the worst, and said first. */
  { "unknown-ca-wrong-host", G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_BAD_IDENTITY,
    TOK_ERROR_CERTIFICATE },
  { "unknown-ca-expired", G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_EXPIRED,
    TOK_ERROR_CERTIFICATE },
  { "revoked-wrong-host", G_TLS_CERTIFICATE_REVOKED | G_TLS_CERTIFICATE_BAD_IDENTITY,
    TOK_ERROR_CERTIFICATE },
  { "wrong-host-expired", G_TLS_CERTIFICATE_BAD_IDENTITY | G_TLS_CERTIFICATE_EXPIRED,
    TOK_ERROR_CERTIFICATE_HOST },
};

static GError *
translate (GQuark domain, int code, gboolean is_encrypted, guint status, GTlsCertificateFlags flags)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "detail");
  GError *translated = tok_link_error_from_connect (error, is_encrypted, status, flags);

  g_assert_true (translated->domain == TOK_ERROR);
  g_assert_cmpstr (translated->message, !=, "");
  return translated;
}

static void
test_certificates (void)
{
  g_autoptr (GHashTable) details = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (certificates); i++) {
    g_autoptr (GError) error
        = translate (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, TRUE, 0, certificates[i].flags);

    g_test_message ("%s: %s", certificates[i].name, error->message);
    g_assert_error (error, TOK_ERROR, (int) certificates[i].code);
    g_hash_table_add (details, g_strdup (error->message));
  }
  g_assert_cmpuint (g_hash_table_size (details), ==, 6);
}

typedef struct {
  const char *name;
  GQuark (*domain) (void);
  int error;
  gboolean is_encrypted;
  guint status;
  TokError code;
} Failure;

static const Failure failures[] = {
  { "refused", g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, TRUE, 0, TOK_ERROR_OFFLINE },
  { "unknown-host", g_resolver_error_quark, G_RESOLVER_ERROR_NOT_FOUND, TRUE, 0,
    TOK_ERROR_OFFLINE },
  { "timed-out", g_io_error_quark, G_IO_ERROR_TIMED_OUT, TRUE, 0, TOK_ERROR_OFFLINE },
  { "hangs-up", g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, TRUE, 0, TOK_ERROR_OFFLINE },
  { "plain-against-tls", g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, FALSE, 0,
    TOK_ERROR_OFFLINE },
  { "tls-against-plain", g_tls_error_quark, G_TLS_ERROR_NOT_TLS, TRUE, 0, TOK_ERROR_ENCRYPTION },
  { "tls-eof", g_tls_error_quark, G_TLS_ERROR_EOF, TRUE, 0, TOK_ERROR_OFFLINE },
  { "tls-handshake", g_tls_error_quark, G_TLS_ERROR_HANDSHAKE, TRUE, 0, TOK_ERROR_CERTIFICATE },
  { "parsing", soup_session_error_quark, SOUP_SESSION_ERROR_PARSING, TRUE, 0, TOK_ERROR_ADDRESS },
  { "wrong-handshake", soup_websocket_error_quark, SOUP_WEBSOCKET_ERROR_BAD_HANDSHAKE, TRUE, 101,
    TOK_ERROR_ADDRESS },
  { "200", soup_websocket_error_quark, 1, TRUE, 200, TOK_ERROR_WEB_PAGE },
  { "302", soup_websocket_error_quark, 1, TRUE, 302, TOK_ERROR_WEB_PAGE },
  { "400", soup_websocket_error_quark, 1, TRUE, 400, TOK_ERROR_ADDRESS },
  { "401", soup_websocket_error_quark, 1, TRUE, 401, TOK_ERROR_APP_ID },
  { "403", soup_websocket_error_quark, 1, TRUE, 403, TOK_ERROR_REFUSED },
  { "404", soup_websocket_error_quark, 1, TRUE, 404, TOK_ERROR_ADDRESS },
  { "407", soup_websocket_error_quark, 1, TRUE, 407, TOK_ERROR_WEB_PAGE },
  { "429", soup_websocket_error_quark, 1, TRUE, 429, TOK_ERROR_RATE_LIMIT },
  { "500", soup_websocket_error_quark, 1, TRUE, 500, TOK_ERROR_TROUBLE },
  { "503", soup_websocket_error_quark, 1, TRUE, 503, TOK_ERROR_MAINTENANCE },
  { "511", soup_websocket_error_quark, 1, TRUE, 511, TOK_ERROR_WEB_PAGE },
};

static void
test_connect (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++) {
    const Failure *it = &failures[i];
    g_autoptr (GError) error
        = translate (it->domain (), it->error, it->is_encrypted, it->status, 0);

    g_test_message ("%s: %s", it->name, error->message);
    g_assert_error (error, TOK_ERROR, (int) it->code);
  }
}

typedef struct {
  guint close_code;
  TokError code;
} Close;

/* Nobody can tell for sure, but there is a hint. */
static void
test_plain_against_tls (void)
{
  g_autoptr (GError) plain = translate (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, FALSE, 0, 0);
  g_autoptr (GError) encrypted = translate (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, TRUE, 0, 0);

  g_assert_nonnull (strstr (plain->message, "wss://"));
  g_assert_null (strstr (encrypted->message, "wss://"));
}

static const Close closes[] = {
  { 0, TOK_ERROR_OFFLINE },        { 403, TOK_ERROR_REFUSED },      { 1000, TOK_ERROR_OFFLINE },
  { 1001, TOK_ERROR_OFFLINE },     { 1002, TOK_ERROR_TROUBLE },     { 1003, TOK_ERROR_TROUBLE },
  { 1005, TOK_ERROR_OFFLINE },     { 1006, TOK_ERROR_OFFLINE },     { 1007, TOK_ERROR_TROUBLE },
  { 1008, TOK_ERROR_REFUSED },     { 1009, TOK_ERROR_TROUBLE },     { 1011, TOK_ERROR_TROUBLE },
  { 1012, TOK_ERROR_MAINTENANCE }, { 1013, TOK_ERROR_MAINTENANCE }, { 4001, TOK_ERROR_OFFLINE },
};

static void
test_close (void)
{
  g_autoptr (GHashTable) details = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (closes); i++) {
    g_autoptr (GError) error = tok_link_error_from_close (closes[i].close_code);

    g_test_message ("%u: %s", closes[i].close_code, error->message);
    g_assert_error (error, TOK_ERROR, (int) closes[i].code);
    g_hash_table_add (details, g_strdup (error->message));
  }
  /* 1006 is what the other side can't say: that it just hung up. */
  g_assert_cmpuint (g_hash_table_size (details), ==, G_N_ELEMENTS (closes) - 1);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/link-error/certificates", test_certificates);
  g_test_add_func ("/link-error/connect", test_connect);
  g_test_add_func ("/link-error/plain-against-tls", test_plain_against_tls);
  g_test_add_func ("/link-error/close", test_close);

  return g_test_run ();
}
