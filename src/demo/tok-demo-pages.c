/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-pages.h"

#include "tok-demo-random.h"
#include "tok-demo-reply.h"
#include "tok-demo-sample.h"
#include "tok-demo-session.h"

#include <glib/gi18n-lib.h>

#define ANSWER_PATH "/oauth2/authorize/answer"
/* Where every app is registered to be led back to. */
#define BACK "org.example.tokenmanager://sign-in"

#define N_ID_LETTERS 32
/* Pages that nobody answers are forgotten some day. */
#define MAX_QUESTIONS 100

/* A page that asks whether to let an app in, and waits for the answer. */
typedef struct {
  char *id;
  gint64 app_id;
  char *state;
} Question;

typedef void (*Page) (TokDemoPages *self, SoupServerMessage *message, GHashTable *query);

struct _TokDemoPages {
  TokDemoOwner *owner;
  GQueue questions;
};

static void
free_question (Question *question)
{
  g_free (question->id);
  g_free (question->state);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, free_question)

static const char *
get_value (GHashTable *query, const char *name)
{
  return query != NULL ? g_hash_table_lookup (query, name) : NULL;
}

static const Question *
add_question (TokDemoPages *self, gint64 app_id, const char *state)
{
  Question *question = g_new0 (Question, 1);

  if (self->questions.length == MAX_QUESTIONS)
    free_question (g_queue_pop_head (&self->questions));
  question->id = tok_demo_random_dup ("", N_ID_LETTERS);
  question->app_id = app_id;
  question->state = g_strdup (state);
  g_queue_push_tail (&self->questions, question);
  return question;
}

/* No page but the one that asks knows the id, and it is good for one answer. */
static Question *
steal_question (TokDemoPages *self, const char *id)
{
  for (GList *l = self->questions.head; l != NULL; l = l->next) {
    Question *question = l->data;

    if (g_strcmp0 (question->id, id) == 0) {
      g_queue_delete_link (&self->questions, l);
      return question;
    }
  }
  return NULL;
}

/* A page of somebody else who calls this machine by a name of theirs could read what we ask, and
 * answer it. */
static gboolean
is_called_by_our_name (SoupServerMessage *message)
{
  const char *host = g_uri_get_host (soup_server_message_get_uri (message));

  return g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0;
}

static void
append (GString *body, const char *tag, const char *text)
{
  g_autofree char *element = g_markup_printf_escaped ("<%s>%s</%s>\n", tag, text, tag);

  g_string_append (body, element);
}

static void
append_scopes (GString *body, TokScopes scopes)
{
  append (body, "h2", _ ("What it may do"));
  if (scopes == TOK_SCOPE_NONE)
    append (body, "p", _ ("It asks for no permission."));
  for (guint i = 0; i < TOK_N_SCOPES; i++) {
    g_autofree char *element = NULL;

    if (!(scopes & TOK_SCOPE_NTH (i)))
      continue;
    element = g_markup_printf_escaped ("<p><b>%s</b><br>%s</p>\n",
                                       tok_scope_get_label (TOK_SCOPE_NTH (i)),
                                       tok_scope_get_description (TOK_SCOPE_NTH (i)));
    g_string_append (body, element);
  }
}

static void
append_accounts (GString *body, TokDemoOwner *owner)
{
  GPtrArray *accounts = tok_demo_owner_get_accounts (owner);

  append (body, "h2", _ ("In which accounts"));
  for (guint i = 0; i < accounts->len; i++)
    append (body, "p", tok_demo_account_get_login (accounts->pdata[i])->login_id);
}

static void
append_buttons (GString *body, const Question *question)
{
  g_autofree char *form
      = g_markup_printf_escaped ("<form action=\"" ANSWER_PATH "\">\n"
                                 "<input type=\"hidden\" name=\"request\" value=\"%s\">\n"
                                 "<button name=\"answer\" value=\"allow\">%s</button>\n"
                                 "<button name=\"answer\" value=\"deny\">%s</button>\n"
                                 "</form>\n",
                                 question->id, _ ("Allow"), _ ("Don’t Allow"));

  g_string_append (body, form);
  append (body, "p", _ ("Your answer goes to the app. You can close this page then."));
}

static void
say (SoupServerMessage *message, SoupStatus status, const char *sentence)
{
  g_autoptr (GString) body = g_string_new (NULL);

  append (body, "p", sentence);
  tok_demo_reply_page (message, status, body->str);
}

static void
show_question (TokDemoPages *self, SoupServerMessage *message, GHashTable *query)
{
  const char *text = get_value (query, "app_id");
  g_autoptr (TokDemoApp) app = NULL;
  g_autoptr (GString) body = NULL;
  guint64 app_id;

  if (tok_demo_reply_to_bad_app_id (message, text))
    return;
  app_id = g_ascii_strtoull (text, NULL, 10);
  /* No list could show a larger one. */
  if (g_str_equal (text, TOK_DEMO_UNKNOWN_APP_ID) || app_id > G_MAXINT64) {
    say (message, SOUP_STATUS_NOT_FOUND, _ ("The app that has sent you here is not known."));
    return;
  }

  app = tok_demo_sample_new_app (app_id);
  body = g_string_new (NULL);
  append (body, "h2", _ ("An app asks for access"));
  append (body, "p", app->name);
  append_scopes (body, app->scopes);
  append_accounts (body, self->owner);
  append_buttons (body, add_question (self, app_id, get_value (query, "state")));
  tok_demo_reply_page (message, SOUP_STATUS_OK, body->str);
}

static gboolean
append_tokens (GString *address, TokDemoOwner *owner, gint64 app_id)
{
  g_autoptr (TokDemoApp) app = tok_demo_sample_new_app (app_id);
  g_autoptr (GPtrArray) tokens = NULL;

  app->last_used = g_get_real_time () / G_USEC_PER_SEC * G_USEC_PER_SEC;
  tokens = tok_demo_owner_admit_app (owner, app);
  for (guint i = 0; i < tokens->len; i++) {
    const TokDemoToken *token = tokens->pdata[i];
    TokDemoAccount *account = tok_demo_owner_find_account (owner, token->login_id);
    const char *currency = tok_demo_account_get_login (account)->currency;

    g_string_append_printf (address, "%cacct%u=%s&token%u=%s", i == 0 ? '?' : '&', i + 1,
                            token->login_id, i + 1, token->secret);
    if (*currency != '\0')
      g_string_append_printf (address, "&cur%u=%s", i + 1, currency);
  }
  return tok_demo_owner_settle (owner);
}

static void
take_answer (TokDemoPages *self, SoupServerMessage *message, GHashTable *query)
{
  const char *answer = get_value (query, "answer");
  gboolean allowed = g_strcmp0 (answer, "allow") == 0;
  g_autoptr (Question) question = NULL;
  g_autoptr (GString) address = NULL;

  if (allowed || g_strcmp0 (answer, "deny") == 0)
    question = steal_question (self, get_value (query, "request"));
  if (question == NULL) {
    say (message, SOUP_STATUS_BAD_REQUEST,
         _ ("This page was answered before, or is too old. Begin again in the app."));
    return;
  }

  address = g_string_new (BACK);
  if (!allowed) {
    g_string_append (address, "#error=scope_denied");
  } else if (!append_tokens (address, self->owner, question->app_id)) {
    tok_demo_reply_error (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, "InternalServerError");
    return;
  }
  if (question->state != NULL) {
    g_string_append (address, "&state=");
    g_string_append_uri_escaped (address, question->state, NULL, FALSE);
  }
  tok_demo_reply_redirect (message, address->str);
}

static void
show_where_tokens_are (TokDemoPages *self, SoupServerMessage *message, GHashTable *query)
{
  say (message, SOUP_STATUS_OK,
       _ ("There is no page for API tokens here. The program token-manager-demo prints a token "
          "when it starts: sign in with that one."));
}

static const struct {
  const char *path;
  Page page;
} pages[] = {
  { "/account/api-token", show_where_tokens_are },
  { "/oauth2/authorize", show_question },
  { ANSWER_PATH, take_answer },
};

/**
 * tok_demo_pages_new:
 * @owner: (transfer none): Whom they ask; outlives them.
 *
 * Returns: (transfer full): The pages.
 */
TokDemoPages *
tok_demo_pages_new (TokDemoOwner *owner)
{
  TokDemoPages *self = g_new0 (TokDemoPages, 1);

  self->owner = owner;
  g_queue_init (&self->questions);
  return self;
}

/**
 * tok_demo_pages_free:
 * @self: (transfer full): The pages.
 */
void
tok_demo_pages_free (TokDemoPages *self)
{
  g_queue_clear_full (&self->questions, (GDestroyNotify) free_question);
  g_free (self);
}

/**
 * tok_demo_pages_reply:
 * @self: The pages.
 * @message: What came.
 * @path: For which path.
 * @query: (nullable) (element-type utf8 utf8): With which query.
 *
 * Shows the page of that path, or does what it is there for.
 *
 * Returns: Whether there is such a page.
 */
gboolean
tok_demo_pages_reply (TokDemoPages *self,
                      SoupServerMessage *message,
                      const char *path,
                      GHashTable *query)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    if (!g_str_equal (pages[i].path, path))
      continue;
    if (!is_called_by_our_name (message)) {
      tok_demo_reply_error (message, SOUP_STATUS_FORBIDDEN, "AccessRestricted");
    } else if (g_strcmp0 (soup_server_message_get_method (message), SOUP_METHOD_GET) != 0) {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow",
                                    SOUP_METHOD_GET);
      tok_demo_reply_error (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "MethodNotAllowed");
    } else {
      pages[i].page (self, message, query);
    }
    return TRUE;
  }
  return FALSE;
}
