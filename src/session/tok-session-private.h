/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-account.h"
#include "tok-client.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-session.h"
#include "tok-vault.h"

G_BEGIN_DECLS

/**
 * TokSessionSettle:
 * @task: (transfer full): A command that has waited for a list.
 * @error: (nullable): Why the list didn't come.
 *
 * Looks at the list, and returns @task; or waits once more.
 */
typedef void (*TokSessionSettle) (GTask *task, const GError *error);

/**
 * TokSessionList:
 * @store: What was listed.
 * @send: Asks the service for it.
 * @in_flight: Whether a request for the list is on its way.
 * @again: Whether somebody asked for a list meanwhile.
 * @later: Whether it is to be asked for when the service takes requests again.
 * @n_sent: How many requests were sent so far, which numbers them.
 * @waiting: What waits for an answer that shows what became of it.
 *
 * One list of the service. At most one request for it is on its way, so that no answer can overtake
 * a later one.
 */
typedef struct {
  TokGrantStore *store;
  void (*send) (TokSession *self);
  gboolean in_flight;
  gboolean again;
  gboolean later;
  guint n_sent;
  GPtrArray *waiting;
} TokSessionList;

struct _TokSession {
  GObject parent_instance;

  char *address;
  char *service; /* the same without its parameters */
  TokVault *vault;
  TokTimes times;
  gboolean is_sample;

  TokSessionState state;
  GError *error;
  TokAccount *account;
  TokSessionList tokens;
  TokSessionList apps;
  TokActivity *activity; /* NULL until somebody asks for it */

  TokClient *client;
  GCancellable *connecting; /* signing in, or again after the connection was lost */
  GCancellable *listing;    /* what belongs to the account that is signed in */

  GTask *sign_in;
  GSource *sign_in_cancelled;
  guint retry;
  guint retry_pause;
  guint seconds_left; /* until the service takes requests again */
  guint tick;

  char *created; /* the name of the token that was created last */

  TokVault *keyring; /* where the secret is kept for the next start; NULL if it isn't */
  gboolean keeps;    /* whether it is to be kept there, or forgotten */
  gboolean is_kept;
  GError *keyring_error;
  GCancellable *keeping;
  char *sign_in_id; /* which sign-in with the browser it came from; NULL for an API token */

  TokVault *copies; /* where the owner has copies of tokens' secrets kept; NULL for nowhere */
  gboolean copies_are_lasting;
  GHashTable *copy_names; /* of which tokens, and since which list */
  gboolean copies_known;  /* whether the vault has said that these are all */
  gboolean copies_asked;
  guint copies_listed_at; /* which list of tokens was the last to come */
  GError *copies_error;
  GCancellable *copying; /* what belongs to the account that is signed in */
};

/**
 * TOK_SESSION_KEY:
 * @session: A session.
 * @account: Its account.
 *
 * What the secret that signs in is kept under; valid as long as both.
 */
#define TOK_SESSION_KEY(session, account)                                                          \
  (&(TokVaultKey){ (session)->service, tok_account_get_login_id (account), NULL })

/**
 * TOK_SESSION_COPY_KEY:
 * @session: A session with an account.
 * @name: The name of a token.
 *
 * What the copy of a token's secret is kept under; valid as long as both.
 */
#define TOK_SESSION_COPY_KEY(session, name)                                                        \
  (&(TokVaultKey){ (session)->service, tok_account_get_login_id ((session)->account), (name) })

/* tok-session.c */
void tok_session_set_state (TokSession *self, TokSessionState state, const GError *error);
void tok_session_set_account (TokSession *self, TokAccount *account);
void tok_session_end (TokSession *self, const GError *error);
void tok_session_check_error (TokSession *self, const GError *error);
void
tok_session_notify_keyring (TokSession *self, gboolean is_kept_changed, gboolean error_changed);
void tok_session_notify_copies_error (TokSession *self);
void tok_session_notify_site_status (TokSession *self);
void tok_session_notify_seconds_left (TokSession *self);
void tok_session_tell_revoked (TokSession *self, TokGrant *grant);
void tok_session_replace_cancellable (GCancellable **cancellable);

/* tok-session-keep.c */
void tok_session_drop_keyring (TokSession *self);
void tok_session_set_is_kept (TokSession *self, gboolean is_kept, const GError *error);

/* tok-session-make.c */
void tok_session_make_token (TokSession *self,
                             GTask *task,
                             TokGrant *old,
                             const char *name,
                             TokScopes scopes,
                             gboolean only_current_ip);

/* tok-session-revoke.c */
gboolean tok_session_is_unmistakable (TokSession *self, TokGrant *grant);

/* tok-session-copy-names.c */
void tok_session_init_copies (TokSession *self);
void tok_session_finalize_copies (TokSession *self);
void tok_session_reset_copies (TokSession *self);
void tok_session_ask_for_copies (TokSession *self);
void tok_session_follow_copies (TokSession *self);
void tok_session_settle_copies (TokSession *self);
void tok_session_add_copy_name (TokSession *self, const char *name, guint n_lists);
void tok_session_drop_copy_name (TokSession *self, const char *name);
void tok_session_let_go_of_copy (TokSession *self, const char *name);
void tok_session_forget_copies_async (TokSession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean tok_session_forget_copies_finish (TokSession *self, GAsyncResult *result, GError **error);

/* tok-session-own.c */
void tok_session_mark_own (TokSession *self, const char *secret);
void tok_session_mark_own_app (TokSession *self);
gboolean tok_session_has_ended_with (TokSession *self, TokGrant *grant);

/* tok-session-connect.c */
void tok_session_follow_client (TokSession *self);
void tok_session_stop_connecting (TokSession *self);
void tok_session_fail_sign_in (TokSession *self, GError *error);
GError *tok_session_dup_question_error (TokSession *self, const GError *error);
GError *tok_session_dup_not_ready_error (TokSession *self);

/* tok-session-service.c */
void tok_session_follow_service (TokSession *self);
void tok_session_unfollow_service (TokSession *self);

/* tok-session-refresh.c */
void tok_session_init_lists (TokSession *self);
void tok_session_finalize_lists (TokSession *self);
void tok_session_drop_lists (TokSession *self);
void tok_session_fail_unlisted (TokSession *self, const GError *error);
void tok_session_request_list (TokSession *self, TokSessionList *list);
void tok_session_request_lists_later (TokSession *self);
void tok_session_wait_for_list (TokSessionList *list, GTask *task, TokSessionSettle settle);
void tok_session_settle_all (TokSession *self, const GError *error);
void tok_session_mark_new (TokSession *self);

/* tok-session-revoke.c */
gboolean tok_session_check_revoke (TokSession *self, TokGrant *grant, GError **error);
void tok_session_send_revoke_async (TokSession *self,
                                    TokGrant *grant,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean tok_session_send_revoke_finish (TokSession *self,
                                         GAsyncResult *result,
                                         GPtrArray **left,
                                         GError **error);
void tok_session_confirm_revoke (TokSession *self,
                                 TokGrant *grant,
                                 GTask *task,
                                 TokSessionSettle settled);
void tok_session_look_at_list (TokSession *self, TokGrant *grant);
GError *tok_session_dup_list_doubt (TokSession *self, TokGrant *grant);
gboolean tok_session_answer_lacks (TokGrant *grant, GPtrArray *left);
GError *
tok_session_dup_revoke_verdict (TokGrant *grant, const GError *refusal, const GError *list_error);

G_END_DECLS
