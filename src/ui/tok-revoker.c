/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-revoker.h"

#include "tok-delete-question.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-haste-guard.h"
#include "tok-question.h"
#include "tok-revoke-question.h"
#include "tok-session.h"

/* Takes access away for whoever clicked: asks where it must, and says when it is done. */
struct _TokRevoker {
  GObject parent_instance;

  TokSession *session;
  TokHasteGuard *guard; /* of the question that was asked last */
};

G_DEFINE_FINAL_TYPE (TokRevoker, tok_revoker, G_TYPE_OBJECT)

enum {
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What is being done for a grant, or asked about it. */
typedef struct {
  TokRevoker *revoker;
  TokSession *session;
  TokGrant *grant;
} Revoke;

static Revoke *
revoke_new (TokRevoker *revoker, TokGrant *grant)
{
  Revoke *revoke = g_new (Revoke, 1);

  *revoke
      = (Revoke){ g_object_ref (revoker), g_object_ref (revoker->session), g_object_ref (grant) };
  return revoke;
}

static void
revoke_free (Revoke *revoke)
{
  g_object_unref (revoke->revoker);
  g_object_unref (revoke->session);
  g_object_unref (revoke->grant);
  g_free (revoke);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Revoke, revoke_free)

static void
on_revoke_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Revoke) revoke = user_data;
  gboolean is_done = tok_session_revoke_finish (TOK_SESSION (source), result, NULL);

  /* A failure is told by the grant; and a grant of another session tells of itself there. */
  if (is_done && revoke->revoker->session == revoke->session)
    g_signal_emit (revoke->revoker, signals[SIGNAL_DONE], 0, revoke->grant);
}

static void
start (TokRevoker *self, TokGrant *grant)
{
  tok_session_revoke_async (self->session, grant, NULL, on_revoke_ready, revoke_new (self, grant));
}

static gboolean
is_listed (TokRevoker *self, TokGrant *grant)
{
  TokGrantStore *store;

  if (self->session == NULL)
    return FALSE;
  store = tok_grant_get_token (grant) != NULL ? tok_session_get_tokens (self->session)
                                              : tok_session_get_apps (self->session);
  return tok_grant_store_find (store, tok_grant_get_key (grant)) == grant;
}

/* The session may have become another one while somebody was thinking. */
static void
on_question_answered (Revoke *question, const char *response)
{
  if (tok_question_is_yes (response) && is_listed (question->revoker, question->grant))
    start (question->revoker, question->grant);
}

static GtkWidget *
create_question (TokRevoker *self, TokGrant *grant, GtkWindow *parent)
{
  g_autoptr (GDateTime) now = NULL;

  if (tok_grant_get_app (grant) != NULL)
    return tok_revoke_question_new (parent, grant);
  now = g_date_time_new_now_utc ();
  return tok_delete_question_new (parent, grant, tok_session_get_may_be_own (self->session, grant),
                                  now);
}

/* Elsewhere one click is enough: what has opened the question isn't to answer it, too, neither by
 * its second click, nor by its key if that is held. */
static void
guard (TokRevoker *self, GtkWidget *question)
{
  g_clear_object (&self->guard);
  self->guard = tok_haste_guard_new (question);
  tok_haste_guard_unsettle (self->guard);
  tok_haste_guard_suspect_key (self->guard);
}

static void
ask (TokRevoker *self, TokGrant *grant, GtkWindow *parent)
{
  GtkWidget *question = create_question (self, grant, parent);

  if (tok_grant_get_app (grant) != NULL)
    guard (self, question);
  g_signal_connect_data (question, "response", G_CALLBACK (on_question_answered),
                         revoke_new (self, grant), (GClosureNotify) (void (*) (void)) revoke_free,
                         G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
}

static void
tok_revoker_dispose (GObject *object)
{
  TokRevoker *self = TOK_REVOKER (object);

  g_clear_object (&self->guard);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tok_revoker_parent_class)->dispose (object);
}

static void
tok_revoker_class_init (TokRevokerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tok_revoker_dispose;

  /**
   * TokRevoker::done:
   * @self: A revoker.
   * @grant: A token or an app.
   *
   * The service's list lacks @grant.
   */
  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_GRANT);
}

static void
tok_revoker_init (TokRevoker *self)
{
}

/**
 * tok_revoker_new:
 *
 * Returns: (transfer full): A revoker without a session.
 */
TokRevoker *
tok_revoker_new (void)
{
  return g_object_new (TOK_TYPE_REVOKER, NULL);
}

/**
 * tok_revoker_set_session:
 * @self: A revoker.
 * @session: (nullable): Whose tokens and apps are revoked from now on.
 *
 * What was asked for in the former session goes on, but is not heard of any more.
 */
void
tok_revoker_set_session (TokRevoker *self, TokSession *session)
{
  g_return_if_fail (TOK_IS_REVOKER (self));

  g_set_object (&self->session, session);
}

static gboolean
needs_question (TokRevoker *self, TokGrant *grant)
{
  return tok_grant_get_state (grant) != TOK_GRANT_FAILED
         && (tok_grant_get_token (grant) != NULL
             || tok_session_get_may_be_own (self->session, grant));
}

/**
 * tok_revoker_revoke:
 * @self: A revoker with a session.
 * @grant: A token or an app of it.
 * @parent: The window that a question belongs to.
 *
 * Revokes an app at once, but for the one that this program is signed in by. Deletes a token after
 * a question, as it revokes that one; but without a question where it was answered already and
 * failed.
 */
void
tok_revoker_revoke (TokRevoker *self, TokGrant *grant, GtkWindow *parent)
{
  g_return_if_fail (TOK_IS_REVOKER (self));
  g_return_if_fail (TOK_IS_GRANT (grant));
  g_return_if_fail (self->session != NULL);

  if (needs_question (self, grant))
    ask (self, grant, parent);
  else
    start (self, grant);
}
