/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-activity.h"

#include "tok-activity-private.h"
#include "tok-app.h"
#include "tok-error-slot.h"
#include "tok-error.h"
#include "tok-session-private.h"
#include "tok-trade-book.h"

/* A token must have one of these to see trades (PROTOCOL 2.13). */
#define SCOPES_FOR_TRADES (TOK_SCOPE_READ | TOK_SCOPE_TRADING_INFORMATION)

/**
 * TokActivity:
 *
 * What programs did on the account of a session during the last %TOK_ACTIVITY_DAYS days.
 *
 * Nothing is asked for before somebody wants to see it.
 */
struct _TokActivity {
  GObject parent_instance;

  TokSession *session; /* NULL once it has gone */
  TokActivityState state;
  gboolean loading;
  GError *error;
  GDateTime *as_of;
  TokTradeBook *book;

  char *login_id;            /* whose trades these are */
  GCancellable *cancellable; /* what belongs to that account */
  TokActivityReach reach;
  gboolean is_wanted; /* somebody has asked, and there was no connection */
  gboolean was_lost;  /* the last answer never came, because the connection broke */
};

G_DEFINE_ENUM_TYPE (TokActivityState,
                    tok_activity_state,
                    G_DEFINE_ENUM_VALUE (TOK_ACTIVITY_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (TOK_ACTIVITY_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (TOK_ACTIVITY_LOADED, "loaded"),
                    G_DEFINE_ENUM_VALUE (TOK_ACTIVITY_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (TOK_ACTIVITY_NO_SCOPE, "no-scope"))

G_DEFINE_FINAL_TYPE (TokActivity, tok_activity, G_TYPE_OBJECT)

enum {
  PROP_STATE = 1,
  PROP_LOADING,
  PROP_ERROR,
  PROP_AS_OF,
  N_PROPS,
};

enum {
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
notify (TokActivity *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_state (TokActivity *self, TokActivityState state)
{
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

static void
set_loading (TokActivity *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  notify (self, PROP_LOADING);
}

static void
set_error (TokActivity *self, const GError *error)
{
  if (tok_error_slot_set (&self->error, error))
    notify (self, PROP_ERROR);
}

/* The numbers change with the time that they are of, and only then. */
static void
take_book (TokActivity *self, TokTradeBook *book)
{
  if (self->book == NULL && book == NULL)
    return;
  g_clear_pointer (&self->book, tok_trade_book_free);
  g_clear_pointer (&self->as_of, g_date_time_unref);
  self->book = book;
  if (book != NULL)
    self->as_of = g_date_time_new_now_utc ();
  notify (self, PROP_AS_OF);
}

/* There is nothing, nothing is on its way, and nobody has asked. */
static void
empty (TokActivity *self, TokActivityState state)
{
  gboolean had_numbers = self->book != NULL;

  g_object_freeze_notify (G_OBJECT (self));
  tok_session_replace_cancellable (&self->cancellable);
  self->is_wanted = FALSE;
  self->was_lost = FALSE;
  take_book (self, NULL);
  set_error (self, NULL);
  set_loading (self, FALSE);
  set_state (self, state);
  g_object_thaw_notify (G_OBJECT (self));
  if (had_numbers)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
fail (TokActivity *self, const GError *error)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->is_wanted = g_error_matches (error, TOK_ERROR, TOK_ERROR_OFFLINE);
  set_error (self, error);
  set_loading (self, FALSE);
  set_state (self, self->book != NULL ? TOK_ACTIVITY_LOADED : TOK_ACTIVITY_FAILED);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_session_account_changed (TokSession *session, GParamSpec *pspec, TokActivity *self)
{
  g_autoptr (TokActivity) alive = g_object_ref (self);
  const char *login_id
      = session->account != NULL ? tok_account_get_login_id (session->account) : NULL;

  if (g_strcmp0 (login_id, self->login_id) != 0 || self->state == TOK_ACTIVITY_NO_SCOPE)
    empty (self, TOK_ACTIVITY_NEW);
}

static void
on_session_state_changed (TokSession *session, GParamSpec *pspec, TokActivity *self)
{
  g_autoptr (TokActivity) alive = g_object_ref (self);

  if (session->state == TOK_SESSION_READY && self->is_wanted)
    tok_activity_load (self);
}

/* It may be this very answer that no connection survives: whoever asks for it again each time gets
 * to do nothing else. */
static void
note_loss (TokActivity *self, const GError *error)
{
  gboolean is_lost = g_error_matches (error, TOK_ERROR, TOK_ERROR_OFFLINE);

  if (is_lost && self->was_lost)
    self->is_wanted = FALSE;
  self->was_lost = is_lost;
}

static void
take_error (TokActivity *self, const GError *error)
{
  TokSession *session = self->session;
  g_autoptr (GError) shown = tok_session_dup_question_error (session, error);

  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_SCOPE)) {
    empty (self, TOK_ACTIVITY_NO_SCOPE);
  } else {
    fail (self, shown);
    note_loss (self, shown);
  }
  tok_session_check_error (session, error);
}

static void
on_fetch_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokActivity *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokActivity) alive = NULL;
  g_autoptr (TokSession) session = NULL;
  TokTradeBook *book;

  book = tok_activity_fetch_finish (TOK_CLIENT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  alive = g_object_ref (self);
  session = g_object_ref (self->session);
  if (book == NULL) {
    take_error (self, error);
    return;
  }
  g_object_freeze_notify (G_OBJECT (self));
  self->was_lost = FALSE;
  take_book (self, book);
  set_error (self, NULL);
  set_loading (self, FALSE);
  set_state (self, TOK_ACTIVITY_LOADED);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
fetch (TokActivity *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->is_wanted = FALSE;
  set_error (self, NULL);
  set_loading (self, TRUE);
  if (self->book == NULL)
    set_state (self, TOK_ACTIVITY_LOADING);
  tok_activity_fetch_async (self->session->client, &self->reach,
                            self->session->times.rate_limit_pause, self->cancellable,
                            on_fetch_ready, self);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Whether there is nothing to gain by asking again. */
static gboolean
is_fresh (TokActivity *self)
{
  GDateTime *listed = tok_grant_store_get_as_of (self->session->apps.store);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  GTimeSpan longest = self->session->times.activity_fresh * G_TIME_SPAN_MILLISECOND;
  GTimeSpan age;

  if (self->book == NULL || self->error != NULL)
    return FALSE;
  age = g_date_time_difference (now, self->as_of);
  /* A clock that was set back says nothing about the age. */
  if (age < 0 || age >= longest)
    return FALSE;
  return listed == NULL || g_date_time_compare (listed, self->as_of) <= 0;
}

static gboolean
is_same_app (gint64 app_id, gconstpointer data)
{
  return app_id == *(const gint64 *) data;
}

static gboolean
is_unlisted (gint64 app_id, gconstpointer data)
{
  return app_id != 0 && !g_hash_table_contains ((GHashTable *) data, &app_id);
}

static GHashTable *
index_apps (GListModel *apps)
{
  GHashTable *ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (apps); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (apps, i);
    TokApp *app = tok_grant_get_app (grant);
    gint64 id = app != NULL ? tok_app_get_app_id (app) : 0;

    g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
  }
  return ids;
}

static void
tok_activity_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokActivity *self = TOK_ACTIVITY (object);

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case PROP_AS_OF:
    g_value_set_boxed (value, self->as_of);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_activity_dispose (GObject *object)
{
  TokActivity *self = TOK_ACTIVITY (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (tok_activity_parent_class)->dispose (object);
}

static void
tok_activity_finalize (GObject *object)
{
  TokActivity *self = TOK_ACTIVITY (object);

  g_clear_weak_pointer (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->as_of, g_date_time_unref);
  g_clear_pointer (&self->book, tok_trade_book_free);
  g_clear_pointer (&self->login_id, g_free);

  G_OBJECT_CLASS (tok_activity_parent_class)->finalize (object);
}

static void
tok_activity_class_init (TokActivityClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_activity_get_property;
  object_class->dispose = tok_activity_dispose;
  object_class->finalize = tok_activity_finalize;

  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, TOK_TYPE_ACTIVITY_STATE, TOK_ACTIVITY_NEW, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_AS_OF] = g_param_spec_boxed ("as-of", NULL, NULL, G_TYPE_DATE_TIME, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokActivity::changed:
   * @self: An activity.
   *
   * There are other numbers, or none any more. Each property is set by then.
   */
  signals[CHANGED] = g_signal_new ("changed", TOK_TYPE_ACTIVITY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
tok_activity_init (TokActivity *self)
{
  self->cancellable = g_cancellable_new ();
  self->reach = tok_activity_reach_default;
}

/**
 * tok_activity_new: (skip)
 * @session: Whose account it is about; it owns the activity, and isn't kept alive by it.
 *
 * Returns: (transfer full): A new activity that knows nothing yet.
 */
TokActivity *
tok_activity_new (TokSession *session)
{
  TokActivity *self = g_object_new (TOK_TYPE_ACTIVITY, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (session, "notify::account", G_CALLBACK (on_session_account_changed),
                           self, 0);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_session_state_changed), self,
                           0);
  return self;
}

/**
 * tok_activity_clear: (skip)
 * @self: An activity.
 *
 * Forgets all that it knows, and gives up what is on its way.
 */
void
tok_activity_clear (TokActivity *self)
{
  empty (self, TOK_ACTIVITY_NEW);
}

/**
 * tok_activity_set_reach: (skip)
 * @self: An activity.
 * @reach: How far back it goes from now on; copied.
 */
void
tok_activity_set_reach (TokActivity *self, const TokActivityReach *reach)
{
  self->reach = *reach;
}

/**
 * tok_activity_get_state:
 * @self: An activity.
 *
 * Returns: What it knows.
 */
TokActivityState
tok_activity_get_state (TokActivity *self)
{
  g_return_val_if_fail (TOK_IS_ACTIVITY (self), TOK_ACTIVITY_NEW);

  return self->state;
}

/**
 * tok_activity_get_loading:
 * @self: An activity.
 *
 * Returns: Whether numbers are on their way, the first or newer ones.
 */
gboolean
tok_activity_get_loading (TokActivity *self)
{
  g_return_val_if_fail (TOK_IS_ACTIVITY (self), FALSE);

  return self->loading;
}

/**
 * tok_activity_get_error:
 * @self: An activity.
 *
 * Returns: (transfer none) (nullable): Why the last attempt failed; %NULL if it didn't.
 */
const GError *
tok_activity_get_error (TokActivity *self)
{
  g_return_val_if_fail (TOK_IS_ACTIVITY (self), NULL);

  return self->error;
}

/**
 * tok_activity_get_as_of:
 * @self: An activity.
 *
 * Returns: (transfer none) (nullable): When the numbers were true; %NULL if there are none.
 */
GDateTime *
tok_activity_get_as_of (TokActivity *self)
{
  g_return_val_if_fail (TOK_IS_ACTIVITY (self), NULL);

  return self->as_of;
}

/**
 * tok_activity_load:
 * @self: An activity.
 *
 * Asks for the numbers, unless they are on their way, or those that are there are fresh: less than
 * a minute old, and not older than the list of apps. If there is no connection this fails, and is
 * done as soon as there is one; so is what breaks off in the middle, once.
 */
void
tok_activity_load (TokActivity *self)
{
  g_autoptr (GError) error = NULL;
  TokSession *session;

  g_return_if_fail (TOK_IS_ACTIVITY (self));

  session = self->session;
  if (session == NULL || session->account == NULL || self->loading)
    return;
  g_free (self->login_id);
  self->login_id = g_strdup (tok_account_get_login_id (session->account));
  if ((tok_account_get_scopes (session->account) & SCOPES_FOR_TRADES) == 0) {
    empty (self, TOK_ACTIVITY_NO_SCOPE);
  } else if (is_fresh (self)) {
    return;
  } else if (session->state == TOK_SESSION_READY) {
    fetch (self);
  } else {
    error = tok_session_dup_not_ready_error (session);
    fail (self, error);
  }
}

/**
 * tok_activity_get_summary:
 * @self: An activity.
 * @app_id: A program; 0 for the contracts of which the service names none.
 * @summary: (out caller-allocates): What it did; untouched if nothing is known.
 *
 * Sums up what one program did.
 *
 * Returns: Whether there are numbers.
 */
gboolean
tok_activity_get_summary (TokActivity *self, gint64 app_id, TokTradeSummary *summary)
{
  g_return_val_if_fail (TOK_IS_ACTIVITY (self), FALSE);
  g_return_val_if_fail (summary != NULL, FALSE);

  if (self->book == NULL)
    return FALSE;
  tok_trade_book_sum_up (self->book, is_same_app, &app_id, summary);
  return TRUE;
}

/**
 * tok_activity_get_unlisted:
 * @self: An activity.
 * @apps: The connected apps of the same account.
 * @summary: (out caller-allocates): What the others did; untouched if nothing is known.
 *
 * Sums up what programs did that aren't among @apps, probably by an API token. An app whose access
 * was just revoked is among them as long as its row is there.
 *
 * Returns: Whether there are numbers.
 */
gboolean
tok_activity_get_unlisted (TokActivity *self, TokGrantStore *apps, TokTradeSummary *summary)
{
  g_autoptr (GHashTable) ids = NULL;

  g_return_val_if_fail (TOK_IS_ACTIVITY (self), FALSE);
  g_return_val_if_fail (TOK_IS_GRANT_STORE (apps), FALSE);
  g_return_val_if_fail (summary != NULL, FALSE);

  if (self->book == NULL)
    return FALSE;
  ids = index_apps (G_LIST_MODEL (apps));
  tok_trade_book_sum_up (self->book, is_unlisted, ids, summary);
  return TRUE;
}
