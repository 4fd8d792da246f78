/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-address.h"

#include "tok-error.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MAX_LENGTH 2000
#define DEFAULT_PATH "/websockets/v3"
#define APP_ID_PATTERN "^app_id=[1-9][0-9]{0,18}$"
#define NAME_CHARS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._"
#define URI_CHARS NAME_CHARS "~:/?#[]@!$&'()*+,;=%"

/* g_uri_parse () lets more pass than RFC 3986 does: blanks, quotes, and any character of a host
 * name that is written with a percent sign, which g_uri_to_string () then writes as it is. */
static GUri *
parse (const char *text)
{
  g_autoptr (GUri) uri = NULL;
  const char *host;

  if (strlen (text) > MAX_LENGTH || text[strspn (text, URI_CHARS)] != '\0')
    return NULL;
  uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host != NULL && host[strspn (host, NAME_CHARS)] != '\0' && !g_hostname_is_ip_address (host))
    return NULL;
  return uri != NULL && g_uri_get_port (uri) != 0 ? g_steal_pointer (&uri) : NULL;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
check_parts (GUri *uri, GError **error)
{
  const char *host = g_uri_get_host (uri);
  gboolean plain = g_str_equal (g_uri_get_scheme (uri), "ws");

  if (!plain && !g_str_equal (g_uri_get_scheme (uri), "wss")) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_ADDRESS,
                         _ ("A service address begins with wss://"));
    return FALSE;
  }
  if (host == NULL || *host == '\0') {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_ADDRESS,
                         _ ("The service address names no host"));
    return FALSE;
  }
  if (plain && !is_loopback (host)) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_ADDRESS,
                         _ ("Plain ws:// is for this computer alone, because it would show your "
                            "token to the network: use wss://"));
    return FALSE;
  }
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_fragment (uri) != NULL) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_ADDRESS,
                         _ ("A service address has no user name, password or # in it"));
    return FALSE;
  }
  return TRUE;
}

static char *
dup_query (GUri *uri, GError **error)
{
  const char *query = g_uri_get_query (uri);
  g_auto (GStrv) params = NULL;
  guint n_app_ids = 0;

  if (query == NULL || *query == '\0')
    return g_strdup ("app_id=" TOK_DEFAULT_APP_ID);

  params = g_strsplit (query, "&", -1);
  for (guint i = 0; params[i] != NULL; i++) {
    gboolean is_app_id
        = g_str_has_prefix (params[i], "app_id=") || g_str_equal (params[i], "app_id");

    if (!is_app_id)
      continue;
    if (++n_app_ids > 1
        || !g_regex_match_simple (APP_ID_PATTERN, params[i], G_REGEX_DOLLAR_ENDONLY, 0)) {
      g_set_error_literal (error, TOK_ERROR, TOK_ERROR_ADDRESS,
                           _ ("A service address has one app_id, which is a number"));
      return NULL;
    }
  }
  return n_app_ids > 0 ? g_strdup (query)
                       : g_strconcat (query, "&app_id=" TOK_DEFAULT_APP_ID, NULL);
}

/**
 * tok_address_check:
 * @text: What somebody typed as the address of a service.
 * @error: Where to put a [enum@Error] of code %TOK_ERROR_ADDRESS, with a sentence for people.
 *
 * Checks @text and completes it: a missing path and a missing app id are filled in. `wss` is
 * accepted for every host, plain `ws` for the loopback interface alone (PROTOCOL 1.1). What it
 * returns, it would return again for itself.
 *
 * Returns: (transfer full) (nullable): The address to connect to.
 */
char *
tok_address_check (const char *text, GError **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *query = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GUri) complete = NULL;
  const char *path;

  g_return_val_if_fail (text != NULL, NULL);

  trimmed = g_strstrip (g_strdup (text));
  uri = parse (trimmed);
  if (uri == NULL) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_ADDRESS,
                         _ ("That is no address of a service"));
    return NULL;
  }
  if (!check_parts (uri, error))
    return NULL;
  query = dup_query (uri, error);
  if (query == NULL)
    return NULL;

  path = g_uri_get_path (uri);
  if (*path == '\0' || g_str_equal (path, "/"))
    path = DEFAULT_PATH;
  complete = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                          g_uri_get_port (uri), path, query, NULL);
  return g_uri_to_string (complete);
}

/**
 * tok_address_is_secure:
 * @address: What [func@address_check] returned.
 *
 * Returns: Whether what is sent to @address is encrypted.
 */
gboolean
tok_address_is_secure (const char *address)
{
  g_return_val_if_fail (address != NULL, FALSE);

  return g_str_has_prefix (address, "wss:");
}

/**
 * tok_address_dup_service:
 * @address: What [func@address_check] returned.
 *
 * Returns: (transfer full): What service that is, whichever app id and other parameters are used to
 *   connect to it.
 */
char *
tok_address_dup_service (const char *address)
{
  g_return_val_if_fail (address != NULL, NULL);

  return g_strndup (address, strcspn (address, "?"));
}
