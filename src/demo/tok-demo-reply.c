/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-reply.h"

#include "tok-demo-session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* No page loads anything, stands in a page of somebody else, or is kept: what it asks can be
 * answered once. */
static const struct {
  const char *name;
  const char *value;
} page_headers[] = {
  { "Cache-Control", "no-store" },
  { "Content-Security-Policy",
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'" },
  { "Referrer-Policy", "no-referrer" },
};

static const char style[]
    = ":root { color-scheme: light dark }"
      "body { max-width: 32rem; margin: 3rem auto; padding: 0 1rem; font: 1rem/1.5 sans-serif }"
      "button { font: inherit; padding: 0.5rem 1rem }";

static void
set_headers (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  for (guint i = 0; i < G_N_ELEMENTS (page_headers); i++)
    soup_message_headers_replace (headers, page_headers[i].name, page_headers[i].value);
}

/**
 * tok_demo_reply_error:
 * @message: What came.
 * @status: The status.
 * @error: Why, in a word.
 *
 * Answers a program as the service does at the upgrade (PROTOCOL 1.1).
 */
void
tok_demo_reply_error (SoupServerMessage *message, SoupStatus status, const char *error)
{
  g_autofree char *body = g_strdup_printf ("{\"error\":\"%s\"}", error);

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

/**
 * tok_demo_reply_to_bad_app_id:
 * @message: What came.
 * @app_id: (nullable): The app id that came with it.
 *
 * Turns away what doesn't come with an app id, or with one that is blocked (PROTOCOL 1.1).
 *
 * Returns: Whether it did.
 */
gboolean
tok_demo_reply_to_bad_app_id (SoupServerMessage *message, const char *app_id)
{
  if (!tok_demo_session_is_app_id (app_id))
    tok_demo_reply_error (message, SOUP_STATUS_UNAUTHORIZED, "InvalidAppID");
  else if (g_str_equal (app_id, TOK_DEMO_BLOCKED_APP_ID))
    tok_demo_reply_error (message, SOUP_STATUS_FORBIDDEN, "AccessRestricted");
  else
    return FALSE;
  return TRUE;
}

/**
 * tok_demo_reply_page:
 * @message: What came.
 * @status: The status.
 * @body: What the page holds, as HTML.
 *
 * Shows people a page, below words that nothing in it is real.
 */
void
tok_demo_reply_page (SoupServerMessage *message, SoupStatus status, const char *body)
{
  /* Translators: the code of your language, as web pages have it: "pt" or "pt-BR", for example. */
  const char *language = _ ("en");
  const char *title = _ ("Sample Service");
  const char *warning = _ ("This is a sample service. Nothing in it is real: not the owner, not "
                           "the accounts, and not the money in them.");
  g_autofree char *head = g_markup_printf_escaped (
      "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n"
      "<style>%s</style>\n</head>\n<body dir=\"auto\">\n<h1>%s</h1>\n<p>%s</p>\n",
      language, title, style, title, warning);
  g_autofree char *page = g_strconcat (head, body, "</body>\n</html>\n", NULL);

  set_headers (message);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, page,
                                    strlen (page));
}

/**
 * tok_demo_reply_redirect:
 * @message: What came.
 * @address: Any address, percent-encoded where that needs to be.
 *
 * Leads the browser on to @address, to the byte.
 */
void
tok_demo_reply_redirect (SoupServerMessage *message, const char *address)
{
  /* Not by soup_server_message_set_redirect (), which makes of an address what it thinks best. */
  set_headers (message);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                address);
  soup_server_message_set_status (message, SOUP_STATUS_FOUND, NULL);
}
