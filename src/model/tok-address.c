/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-address.h"

#include "tok-error.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MAX_LENGTH 2000
#define DEFAULT_PATH "/websockets/v3"
#define APP_ID_MAX 19
#define APP_ID_KEY "app_id="
#define LANGUAGE_KEY "l="
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

static void
set_no_address (GError **error)
{
  g_set_error_literal (error, TOK_ERROR, TOK_ERROR_ADDRESS, _ ("That is no address of a service"));
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

static const char *
get_value (const char *param, const char *key)
{
  return g_str_has_prefix (param, key) ? param + strlen (key) : NULL;
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
    const char *value = get_value (params[i], APP_ID_KEY);

    if (value == NULL && !g_str_equal (params[i], "app_id"))
      continue;
    if (value == NULL || !tok_address_is_app_id (value) || ++n_app_ids > 1) {
      g_set_error_literal (error, TOK_ERROR, TOK_ERROR_ADDRESS,
                           _ ("A service address has one app_id, which is a number"));
      return NULL;
    }
  }
  return n_app_ids > 0 ? g_strdup (query)
                       : g_strconcat (query, "&app_id=" TOK_DEFAULT_APP_ID, NULL);
}

/* Finds the value of the first parameter of that name. */
static const char *
find_value (const char *address, const char *key, int *length)
{
  const char *value = NULL;

  for (const char *c = strchr (address, '?'); c != NULL && value == NULL; c = strchr (c + 1, '&'))
    value = get_value (c + 1, key);
  *length = value != NULL ? (int) strcspn (value, "&") : 0;
  return value;
}

static gboolean
is_of_operator (const char *address)
{
  g_autofree char *host = NULL;
  g_autofree char *folded = NULL;

  /* Without a look at what percent signs stand for, which need not be text. */
  g_uri_split_network (address, G_URI_FLAGS_ENCODED, NULL, &host, NULL, NULL);
  folded = g_ascii_strdown (host, -1);
  return (g_str_has_suffix (folded, ".derivws.com") && !g_str_equal (folded, "api.derivws.com"))
         || g_str_has_suffix (folded, ".binaryws.com");
}

/* Where the pages of whoever runs the service are, if it isn't the operator: ws becomes http, and
 * wss becomes https. */
static char *
dup_origin (const char *address)
{
  const char *rest = address + strlen ("ws");
  const char *host = strstr (rest, "//") + strlen ("//");

  return g_strdup_printf ("http%.*s", (int) (host - rest + strcspn (host, "/?")), rest);
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
  g_autofree char *address = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GUri) complete = NULL;
  const char *path;

  g_return_val_if_fail (text != NULL, NULL);

  trimmed = g_strstrip (g_strdup (text));
  uri = parse (trimmed);
  if (uri == NULL) {
    set_no_address (error);
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
  address = g_uri_to_string (complete);
  if (strlen (address) > MAX_LENGTH) {
    set_no_address (error);
    return NULL;
  }
  return g_steal_pointer (&address);
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

/**
 * tok_address_is_app_id:
 * @text: What somebody typed as an app id.
 *
 * Whether a service has heard of it is another matter. Ids beyond what a signed 64-bit integer
 * holds are taken: so does the service (PROTOCOL 1.1), and nothing here counts with them.
 *
 * Returns: Whether @text can stand in an address as the app id.
 */
gboolean
tok_address_is_app_id (const char *text)
{
  gsize length;

  g_return_val_if_fail (text != NULL, FALSE);

  length = strspn (text, G_CSET_DIGITS);
  return length > 0 && length <= APP_ID_MAX && text[length] == '\0' && text[0] != '0';
}

/**
 * tok_address_dup_app_id:
 * @address: What [func@address_check] returned.
 *
 * Returns: (transfer full) (nullable): The app id that is used at @address.
 */
char *
tok_address_dup_app_id (const char *address)
{
  const char *app_id;
  int length;

  g_return_val_if_fail (address != NULL, NULL);

  app_id = find_value (address, APP_ID_KEY, &length);
  return app_id != NULL ? g_strndup (app_id, length) : NULL;
}

/**
 * tok_address_with_app_id:
 * @address: What [func@address_check] returned.
 * @app_id: What [func@address_is_app_id] accepts.
 *
 * Returns: (transfer full): @address, with @app_id in the place of the one that it has.
 */
char *
tok_address_with_app_id (const char *address, const char *app_id)
{
  const char *former;
  int length;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (app_id != NULL && tok_address_is_app_id (app_id), NULL);

  former = find_value (address, APP_ID_KEY, &length);
  if (former == NULL)
    return g_strconcat (address, strchr (address, '?') != NULL ? "&" : "?", APP_ID_KEY, app_id,
                        NULL);
  return g_strdup_printf ("%.*s%s%s", (int) (former - address), address, app_id, former + length);
}

/**
 * tok_address_has_own_app_id:
 * @address: What [func@address_check] returned.
 *
 * An app id that everybody uses for trying things out leads back to nobody's program, so there is
 * no signing in with the browser.
 *
 * Returns: Whether the app id of @address is another one than %TOK_PUBLIC_APP_ID.
 */
gboolean
tok_address_has_own_app_id (const char *address)
{
  g_autofree char *app_id = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  app_id = tok_address_dup_app_id (address);
  return app_id != NULL && !g_str_equal (app_id, TOK_PUBLIC_APP_ID);
}

/**
 * tok_address_dup_authorize_page:
 * @address: What [func@address_check] returned.
 * @state: What the page shall hand back, unchanged.
 *
 * Names the page where a browser asks somebody to let the app of @address in (PROTOCOL 4.1). A
 * service that isn't the operator's has it on its own host.
 *
 * Returns: (transfer full): The address of the page.
 */
char *
tok_address_dup_authorize_page (const char *address, const char *state)
{
  g_autofree char *origin = NULL;
  g_autofree char *app_id = NULL;
  g_autofree char *escaped = NULL;
  const char *language;
  int length;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (state != NULL, NULL);

  origin = is_of_operator (address) ? g_strdup ("https://oauth.deriv.com") : dup_origin (address);
  app_id = tok_address_dup_app_id (address);
  g_return_val_if_fail (app_id != NULL, NULL);
  escaped = g_uri_escape_string (state, NULL, FALSE);
  language = find_value (address, LANGUAGE_KEY, &length);
  return g_strdup_printf ("%s/oauth2/authorize?app_id=%s%s%.*s&brand=deriv&state=%s", origin,
                          app_id, length > 0 ? "&l=" : "", length, length > 0 ? language : "",
                          escaped);
}

/**
 * tok_address_dup_token_page:
 * @address: What [func@address_check] returned.
 *
 * Names the page where somebody makes and deletes API tokens. A service that isn't the operator's
 * has it on its own host.
 *
 * Returns: (transfer full): The address of the page.
 */
char *
tok_address_dup_token_page (const char *address)
{
  g_autofree char *origin = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  origin = is_of_operator (address) ? g_strdup ("https://app.deriv.com") : dup_origin (address);
  return g_strconcat (origin, "/account/api-token", NULL);
}
