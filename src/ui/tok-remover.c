/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-remover.h"

#include "tok-accounts.h"
#include "tok-question.h"
#include "tok-remove-question.h"
#include "tok-sentence.h"
#include "tok-session.h"

/* Takes an account out of the list for whoever wants it to go: asks how, and says if it failed. */
struct _TokRemover {
  GObject parent_instance;

  TokAccounts *accounts;
};

G_DEFINE_FINAL_TYPE (TokRemover, tok_remover, G_TYPE_OBJECT)

enum {
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* An account that somebody is asked about, or that is about to go. */
typedef struct {
  TokRemover *remover;
  TokSession *session;
} Removal;

static Removal *
removal_new (TokRemover *remover, TokSession *session)
{
  Removal *removal = g_new (Removal, 1);

  *removal = (Removal){ g_object_ref (remover), g_object_ref (session) };
  return removal;
}

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->remover);
  g_object_unref (removal->session);
  g_free (removal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

/* Much may have happened while somebody was thinking. */
static gboolean
is_listed (const Removal *removal)
{
  GListModel *model = G_LIST_MODEL (removal->remover->accounts);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokSession) session = g_list_model_get_item (model, i);

    if (session == removal->session)
      return TRUE;
  }
  return FALSE;
}

static void
fail (Removal *removal, char *sentence)
{
  g_autofree char *owned = sentence;

  g_signal_emit (removal->remover, signals[SIGNAL_FAILED], 0, owned);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  g_autoptr (GError) error = NULL;

  if (!tok_session_revoke_finish (TOK_SESSION (source), result, &error))
    fail (removal, tok_sentence_for_failed_revoke (error, TRUE));
  else if (is_listed (removal))
    tok_accounts_remove (removal->remover->accounts, removal->session);
}

static void
on_logged_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  g_autoptr (GError) error = NULL;

  if (!tok_session_log_out_finish (TOK_SESSION (source), result, &error))
    fail (removal, tok_sentence_for_failed_log_out (error));
  else if (is_listed (removal))
    tok_accounts_remove_sign_in (removal->remover->accounts, removal->session);
}

/* What a yes means depends on what was asked. */
static void
do_more (Removal *removal)
{
  TokSession *session = removal->session;
  TokGrant *own = tok_session_get_own_token (session);

  if (tok_session_get_sign_in_id (session) != NULL)
    tok_session_log_out_async (session, NULL, on_logged_out,
                               removal_new (removal->remover, session));
  else if (own != NULL)
    tok_session_revoke_async (session, own, NULL, on_deleted,
                              removal_new (removal->remover, session));
}

/* What the keyring still has is not gone. */
static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  g_autoptr (GError) error = NULL;

  if (!tok_session_forget_finish (TOK_SESSION (source), result, &error))
    fail (removal, tok_sentence_for_failed_forget (error));
  else if (is_listed (removal))
    tok_accounts_remove (removal->remover->accounts, removal->session);
}

static void
on_answered (Removal *removal, const char *response)
{
  if (!is_listed (removal))
    return;
  if (tok_question_is_other (response))
    tok_session_forget_async (removal->session, NULL, on_forgotten,
                              removal_new (removal->remover, removal->session));
  else if (tok_question_is_yes (response))
    do_more (removal);
}

static void
tok_remover_dispose (GObject *object)
{
  g_clear_object (&TOK_REMOVER (object)->accounts);

  G_OBJECT_CLASS (tok_remover_parent_class)->dispose (object);
}

static void
tok_remover_class_init (TokRemoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tok_remover_dispose;

  /**
   * TokRemover::failed:
   * @self: A remover.
   * @sentence: Why an account is still there.
   *
   * What the owner wanted was not done, or nobody knows.
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tok_remover_init (TokRemover *self)
{
}

/**
 * tok_remover_new:
 * @accounts: The accounts.
 *
 * Returns: (transfer full): A remover.
 */
TokRemover *
tok_remover_new (TokAccounts *accounts)
{
  TokRemover *self;

  g_return_val_if_fail (TOK_IS_ACCOUNTS (accounts), NULL);

  self = g_object_new (TOK_TYPE_REMOVER, NULL);
  self->accounts = g_object_ref (accounts);
  return self;
}

/**
 * tok_remover_remove:
 * @self: A remover.
 * @session: The session of an account in the list.
 * @parent: The window that a question belongs to.
 *
 * Removes the account after a question; sample data go at once, since nothing of them is real.
 */
void
tok_remover_remove (TokRemover *self, TokSession *session, GtkWindow *parent)
{
  GtkWidget *question;

  g_return_if_fail (TOK_IS_REMOVER (self));
  g_return_if_fail (TOK_IS_SESSION (session));

  if (tok_session_get_is_sample (session)) {
    tok_accounts_remove (self->accounts, session);
    return;
  }
  question = tok_remove_question_new (parent, self->accounts, session);
  g_signal_connect_data (question, "response", G_CALLBACK (on_answered),
                         removal_new (self, session),
                         (GClosureNotify) (void (*) (void)) removal_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
}
