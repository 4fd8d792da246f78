/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-ui-browser.h"

#include "tok-address.h"
#include "tok-test.h"

#include <libsoup/soup.h>
#include <string.h>

#define NAME "tok-browser.desktop"
#define ENTRY "[Desktop Entry]\nType=Application\nName=Browser\nExec=%s %%u\n"
#define DEFAULTS "[Default Applications]\nx-scheme-handler/http=" NAME "\n"
/* Whole, or not at all. */
#define SCRIPT "#!/bin/sh\nprintf %%s \"$1\" > '%s.part'\nmv '%s.part' '%s'\n"
#define REQUEST "name=\"request\" value=\""

/* All of it is in the home that the program was given. */
static char *
dup_path (const char *directory, const char *name)
{
  /* Never in somebody's own. */
  g_assert_nonnull (g_getenv ("TOK_HEADLESS"));
  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  return g_build_filename (directory, name, NULL);
}

static char *
dup_entry_path (void)
{
  g_autofree char *directory = g_build_filename (g_get_user_data_dir (), "applications", NULL);

  return dup_path (directory, NAME);
}

static char *
dup_defaults_path (void)
{
  return dup_path (g_get_user_config_dir (), "mimeapps.list");
}

/* Each that is installed is another one, so that a page that comes late is not taken for that of
 * the next test. */
static guint n_installed = 0;

static char *
dup_numbered_path (const char *name)
{
  g_autofree char *numbered = g_strdup_printf ("%s-%u", name, n_installed);

  return dup_path (g_get_user_data_dir (), numbered);
}

static char *
dup_script_path (void)
{
  return dup_numbered_path ("tok-browser");
}

static char *
dup_page_path (void)
{
  return dup_numbered_path ("tok-browser-page");
}

static void
write_file (const char *path, const char *text, int mode)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, mode, &error);
  g_assert_no_error (error);
}

/**
 * tok_ui_browser_is_missing:
 *
 * Returns: Whether there is nothing that could open a page.
 */
gboolean
tok_ui_browser_is_missing (void)
{
  g_autoptr (GAppInfo) handler = g_app_info_get_default_for_uri_scheme ("http");

  return handler == NULL;
}

static gboolean
is_installed (void)
{
  g_autoptr (GAppInfo) handler = g_app_info_get_default_for_uri_scheme ("http");
  g_autofree char *script_path = dup_script_path ();

  return handler != NULL && g_strcmp0 (g_app_info_get_executable (handler), script_path) == 0;
}

/**
 * tok_ui_browser_install:
 *
 * Has pages open from now on, as [func@tok_ui_browser_wait_for_page] tells.
 */
void
tok_ui_browser_install (void)
{
  g_autofree char *page = NULL;
  g_autofree char *script = NULL;
  g_autofree char *script_path = NULL;
  g_autofree char *entry = NULL;
  g_autofree char *entry_path = dup_entry_path ();
  g_autofree char *defaults_path = dup_defaults_path ();

  n_installed++;
  page = dup_page_path ();
  script = g_strdup_printf (SCRIPT, page, page, page);
  script_path = dup_script_path ();
  entry = g_strdup_printf (ENTRY, script_path);
  write_file (script_path, script, 0700);
  write_file (entry_path, entry, 0600);
  write_file (defaults_path, DEFAULTS, 0600);
  tok_test_wait_until (is_installed ());
}

/**
 * tok_ui_browser_remove:
 *
 * Takes it away again.
 */
void
tok_ui_browser_remove (void)
{
  g_autofree char *entry_path = dup_entry_path ();
  g_autofree char *defaults_path = dup_defaults_path ();

  unlink (entry_path);
  unlink (defaults_path);
  tok_test_wait_until (!is_installed ());
}

/**
 * tok_ui_browser_wait_for_page:
 *
 * Returns: (transfer full): The address of the page that was opened, once it is; the next call
 *   waits for another one.
 */
char *
tok_ui_browser_wait_for_page (void)
{
  g_autofree char *path = dup_page_path ();
  g_autoptr (GError) error = NULL;
  char *page = NULL;

  tok_test_wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  g_file_get_contents (path, &page, NULL, &error);
  g_assert_no_error (error);
  unlink (path);
  return page;
}

static SoupMessage *
get (SoupSession *soup, const char *address, char **body)
{
  SoupMessage *message = soup_message_new (SOUP_METHOD_GET, address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_and_read_async (soup, message, G_PRIORITY_DEFAULT, NULL, tok_test_on_ready,
                                    &slot);
  result = tok_test_wait_for_result (&slot);
  bytes = soup_session_send_and_read_finish (soup, result, &error);
  g_assert_no_error (error);
  *body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return message;
}

static char *
dup_request (const char *body)
{
  const char *begin = strstr (body, REQUEST);

  g_assert_nonnull (begin);
  begin += strlen (REQUEST);
  return g_strndup (begin, strcspn (begin, "\""));
}

/**
 * tok_ui_browser_answer:
 * @page: The page of the sample service that asks whether to let an app in.
 * @allow: What the owner says to that.
 *
 * Returns: (transfer full): What the browser has the program open then.
 */
char *
tok_ui_browser_answer (const char *page, gboolean allow)
{
  g_autoptr (SoupSession) soup = soup_session_new ();
  g_autofree char *question = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (SoupMessage) asked = NULL;
  g_autoptr (SoupMessage) answered = NULL;
  g_autofree char *request = NULL;
  g_autofree char *address = NULL;

  soup_session_set_proxy_resolver (soup, NULL);
  asked = get (soup, page, &question);
  request = dup_request (question);
  address = g_strdup_printf ("http://127.0.0.1:%d/oauth2/authorize/answer?request=%s&answer=%s",
                             g_uri_get_port (soup_message_get_uri (asked)), request,
                             allow ? "allow" : "deny");
  answered = get (soup, address, &answer);
  return g_strdup (
      soup_message_headers_get_one (soup_message_get_response_headers (answered), "Location"));
}

/**
 * tok_ui_browser_dup_state:
 * @page: A page that asks whether to let an app in.
 *
 * Returns: (transfer full): What its answer must carry.
 */
char *
tok_ui_browser_dup_state (const char *page)
{
  const char *state = strstr (page, "&state=");

  g_assert_nonnull (state);
  return g_strdup (state + strlen ("&state="));
}

/**
 * tok_ui_browser_sign_in:
 * @stage: A stage.
 *
 * Signs in to all accounts with the browser.
 *
 * Returns: (transfer none): The session of the first, which is the current one, and has its lists.
 */
TokSession *
tok_ui_browser_sign_in (TokUiStage *stage)
{
  g_autofree char *address = tok_address_with_app_id (stage->address, TOK_UI_BROWSER_APP_ID);
  g_autofree char *page = tok_browser_sign_in_begin (stage->browser, address);
  g_autofree char *uri = tok_ui_browser_answer (page, TRUE);
  g_autofree char *taken_address = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  accounts = tok_browser_sign_in_take (stage->browser, uri, &taken_address, &error);
  g_assert_no_error (error);
  tok_accounts_sign_in_from_browser_async (stage->accounts, taken_address, accounts, TRUE, NULL,
                                           tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  g_assert_cmpuint (tok_accounts_sign_in_from_browser_finish (stage->accounts, result, &error), ==,
                    TOK_UI_BROWSER_N_ACCOUNTS);
  g_assert_no_error (error);
  tok_ui_stage_wait_for_lists (tok_accounts_get_current (stage->accounts));
  return tok_accounts_get_current (stage->accounts);
}
