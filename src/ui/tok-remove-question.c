/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-remove-question.h"

#include "tok-account.h"
#include "tok-accounts.h"
#include "tok-closures.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-question.h"
#include "tok-session.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

/* The login ids of all accounts that came with the same sign-in. */
static GStrv
dup_companions (TokAccounts *accounts, TokSession *session)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (accounts)); i++) {
    g_autoptr (TokSession) other = g_list_model_get_item (G_LIST_MODEL (accounts), i);

    if (g_strcmp0 (tok_session_get_sign_in_id (other), tok_session_get_sign_in_id (session)) == 0) {
      g_autofree char *name = tok_closure_describe_account (NULL, tok_session_get_account (other));

      g_strv_builder_add (builder, name);
    }
  }
  return g_strv_builder_end (builder);
}

static const char *
describe_forgetting (TokSession *session)
{
  return tok_session_get_is_kept (session)
             ? _ (
                 "“Forget Here” takes its token out of your keyring and this program. Whoever else "
                 "has the token can go on using it.")
             : _ ("“Forget Here” takes its token out of this program. Whoever else has the token "
                  "can go on using it.");
}

static gboolean
has_copies (TokSession *session)
{
  GListModel *model = G_LIST_MODEL (tok_session_get_tokens (session));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    if (tok_grant_get_has_copy (grant))
      return TRUE;
  }
  return FALSE;
}

static char *
name_log_out (GStrv companions)
{
  guint n_companions = g_strv_length (companions);

  if (n_companions == 1)
    return g_strdup (_ ("Log Out"));
  return g_strdup_printf (ngettext ("Log Out %u Account", "Log Out All %u Accounts", n_companions),
                          n_companions);
}

static char *
describe_log_out (GStrv companions, const char *log_out)
{
  /* Translators: stands between the login ids of accounts. */
  g_autofree char *names = g_strjoinv (_ (", "), companions);
  g_autofree char *end = NULL;

  if (g_strv_length (companions) == 1)
    /* Translators: %s is what the button says that does it. */
    end = g_strdup_printf (_ ("“%s” ends it at the service."), log_out);
  else
    /* Translators: the first %s is what the button says that does it, the second login ids of
     * accounts. */
    end = g_strdup_printf (_ ("“%s” ends it at the service, for all accounts that came with it: "
                              "%s."),
                           log_out, names);
  return g_strjoin (
      "\n\n", _ ("“Forget Here” leaves the sign-in valid at the service until it expires there."),
      end, _ ("Either way, your API tokens, connected apps and money stay as they are."), NULL);
}

static char *
describe_deletion (TokSession *session, TokGrant *own)
{
  g_autofree char *name = tok_text_quote_name (tok_grant_get_name (own));
  /* Translators: %s is the name of a token. */
  g_autofree char *more = g_strdup_printf (
      _ ("“Delete Token, Too” also deletes “%s” at the service: nobody can use it any more, and it "
         "can’t be brought back."),
      name);

  return g_strjoin ("\n\n", describe_forgetting (session), more, NULL);
}

/**
 * tok_remove_question_new:
 * @parent: The window that it belongs to.
 * @accounts: The accounts.
 * @session: The session of one of them.
 *
 * Returns: (transfer none): A [func@question_new] whether and how the account is to go: "other"
 *   forgets it here; yes deletes the token that signs in, too, or logs out of all accounts that
 * came with it, where that can be done.
 */
GtkWidget *
tok_remove_question_new (GtkWindow *parent, TokAccounts *accounts, TokSession *session)
{
  gboolean is_ready;
  TokGrant *own;
  g_autofree char *yes = NULL;
  g_autofree char *login_id = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  GtkWidget *question;

  g_return_val_if_fail (TOK_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (TOK_IS_SESSION (session), NULL);

  is_ready = tok_session_get_state (session) == TOK_SESSION_READY;
  own = tok_session_get_own_token (session);
  login_id = tok_closure_describe_account (NULL, tok_session_get_account (session));
  /* Translators: %s is the login id of an account. */
  heading = g_strdup_printf (_ ("Remove %s from This Program?"), login_id);
  if (is_ready && tok_session_get_sign_in_id (session) != NULL) {
    g_auto (GStrv) companions = dup_companions (accounts, session);

    yes = name_log_out (companions);
    body = describe_log_out (companions, yes);
  } else if (is_ready && own != NULL && tok_session_get_can_revoke (session)) {
    body = describe_deletion (session, own);
    yes = g_strdup (_ ("Delete Token, Too"));
  } else {
    body = g_strdup (describe_forgetting (session));
  }
  if (has_copies (session)) {
    g_autofree char *rest = g_steal_pointer (&body);

    body = g_strjoin ("\n\n", rest,
                      _ ("The copies of secrets that you keep here for this account go, too."),
                      NULL);
  }
  question = tok_question_new (parent, heading, body, _ ("Cancel"), NULL);
  tok_question_add_other (question, _ ("Forget Here"));
  if (yes != NULL)
    tok_question_add_yes (question, yes);
  return question;
}
