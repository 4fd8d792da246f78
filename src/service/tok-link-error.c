/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-link-error.h"

#include "tok-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

/* Where errors of the network become errors that a person can do something about. None of the
 * sentences made here names more of the address than its host. */

#define NETWORK_AUTHENTICATION_REQUIRED 511 /* libsoup has no name for it */

static GError *
new_http_error (guint status)
{
  TokError code = TOK_ERROR_ADDRESS;

  switch (status) {
  case SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED:
  case NETWORK_AUTHENTICATION_REQUIRED:
    code = TOK_ERROR_WEB_PAGE;
    break;
  case SOUP_STATUS_UNAUTHORIZED:
    code = TOK_ERROR_APP_ID;
    break;
  case SOUP_STATUS_FORBIDDEN:
    code = TOK_ERROR_REFUSED;
    break;
  case 429: /* Too many requests: libsoup has no name for it */
    code = TOK_ERROR_RATE_LIMIT;
    break;
  case SOUP_STATUS_SERVICE_UNAVAILABLE:
    code = TOK_ERROR_MAINTENANCE;
    break;
  default:
    if (SOUP_STATUS_IS_SERVER_ERROR (status))
      code = TOK_ERROR_TROUBLE;
    else if (SOUP_STATUS_IS_SUCCESSFUL (status) || SOUP_STATUS_IS_REDIRECTION (status))
      code = TOK_ERROR_WEB_PAGE;
  }
  if (SOUP_STATUS_IS_REDIRECTION (status))
    /* Translators: the number is an HTTP status. */
    return g_error_new (TOK_ERROR, code, _ ("The service sends callers elsewhere (HTTP %u)."),
                        status);
  /* Translators: the number is an HTTP status. */
  return g_error_new (TOK_ERROR, code, _ ("The service doesn’t open a connection (HTTP %u)."),
                      status);
}

/* The worst comes first: who is signed by somebody unknown may be anybody. */
static GError *
new_certificate_error (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return g_error_new_literal (
        TOK_ERROR, TOK_ERROR_CERTIFICATE,
        _ ("The service’s certificate is signed by nobody whom this computer trusts."));
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_CERTIFICATE,
                                _ ("The service’s certificate has been revoked."));
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_CERTIFICATE_HOST,
                                _ ("The service’s certificate is for another host."));
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_CERTIFICATE_DATE,
                                _ ("The service’s certificate has expired."));
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_CERTIFICATE_DATE,
                                _ ("The service’s certificate isn’t valid yet."));
  return g_error_new_literal (TOK_ERROR, TOK_ERROR_CERTIFICATE,
                              _ ("The service’s certificate isn’t acceptable."));
}

static GError *
new_tls_error (const GError *error, GTlsCertificateFlags flags)
{
  switch (error->code) {
  case G_TLS_ERROR_BAD_CERTIFICATE:
    return new_certificate_error (flags);
  case G_TLS_ERROR_NOT_TLS:
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_ENCRYPTION,
                                _ ("The service doesn’t encrypt at this address."));
  case G_TLS_ERROR_EOF:
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE, error->message);
  default:
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_CERTIFICATE, error->message);
  }
}

/**
 * tok_link_error_from_connect:
 * @error: Why connecting failed.
 * @is_encrypted: Whether it was to be encrypted.
 * @http_status: What the other side answered to the handshake, or 0 if nothing.
 * @flags: What is wrong with its certificate.
 *
 * Returns: (transfer full): What a person can do about it, with the details (PROTOCOL 1.1).
 */
GError *
tok_link_error_from_connect (const GError *error,
                             gboolean is_encrypted,
                             guint http_status,
                             GTlsCertificateFlags flags)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == G_TLS_ERROR)
    return new_tls_error (error, flags);
  if (error->domain == SOUP_WEBSOCKET_ERROR && http_status != 0
      && http_status != SOUP_STATUS_SWITCHING_PROTOCOLS)
    return new_http_error (http_status);
  if (error->domain == SOUP_WEBSOCKET_ERROR || error->domain == SOUP_SESSION_ERROR)
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_ADDRESS,
                                _ ("What answers at this address speaks another protocol."));
  /* Who expects to be spoken to in TLS hangs up on whoever speaks plainly; but so may others. */
  if (!is_encrypted && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE,
                                _ ("The service hung up at the first word. It may want an address "
                                   "that begins with wss://."));
  return g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE, error->message);
}

/**
 * tok_link_error_from_close:
 * @close_code: What the service said when it closed the connection, 0 if it just hung up.
 *
 * Returns: (transfer full): What a person can do about it (PROTOCOL 1.2 and 7, 18).
 */
GError *
tok_link_error_from_close (guint close_code)
{
  TokError code = TOK_ERROR_OFFLINE;

  switch (close_code) {
  case 0:
  case SOUP_WEBSOCKET_CLOSE_ABNORMAL:
    return g_error_new_literal (TOK_ERROR, code, _ ("The connection broke off."));
  case SOUP_WEBSOCKET_CLOSE_NO_STATUS:
    return g_error_new_literal (TOK_ERROR, code,
                                _ ("The service closed the connection without saying why."));
  case 403:
  case SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION:
    code = TOK_ERROR_REFUSED;
    break;
  case SOUP_WEBSOCKET_CLOSE_PROTOCOL_ERROR:
  case SOUP_WEBSOCKET_CLOSE_UNSUPPORTED_DATA:
  case SOUP_WEBSOCKET_CLOSE_BAD_DATA:
  case SOUP_WEBSOCKET_CLOSE_TOO_BIG:
  case SOUP_WEBSOCKET_CLOSE_SERVER_ERROR:
    code = TOK_ERROR_TROUBLE;
    break;
  case 1012: /* Service restart, and try again later: libsoup has no names for them */
  case 1013:
    code = TOK_ERROR_MAINTENANCE;
    break;
  default:
    break;
  }
  /* Translators: the number says why, to those who know. */
  return g_error_new (TOK_ERROR, code, _ ("The service closed the connection (code %u)."),
                      close_code);
}

/**
 * tok_link_error_from_connection:
 * @error: What is wrong with an open connection.
 * @close_code: What the service said when it closed it, or 0.
 *
 * Returns: (transfer full): What a person can do about it (PROTOCOL 1.2).
 */
GError *
tok_link_error_from_connection (const GError *error, guint close_code)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != SOUP_WEBSOCKET_ERROR)
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE, error->message);
  /* A close code that the protocol doesn't foresee counts as an error, too. */
  if (close_code != 0)
    return tok_link_error_from_close (close_code);
  if (error->code == SOUP_WEBSOCKET_CLOSE_TOO_BIG)
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_GARBLED,
                                _ ("What the service sent is too long."));
  return g_error_new_literal (TOK_ERROR, TOK_ERROR_GARBLED,
                              _ ("What the service sent can’t be understood."));
}
