/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-activity-fetch.h"

#include "tok-activity.h"
#include "tok-client-activity.h"
#include "tok-error.h"

/* Asks for everything that is needed to say what programs did, one request after the other: what
 * is closed, what was bought, and last of all what is open.
 *
 * While the pages of a list are asked for, trades may go on. The end of the period is fixed before
 * the first page, and each contract is counted once, so a row that moves to a later page because
 * of a new one in front is no second contract. No row is missed: rows move backwards only. */

#define DAY (24 * 60 * 60)
/* How often in a row the service may be too busy. */
#define MAX_PAUSES 3

const TokActivityReach tok_activity_reach_default = {
  .n_closed = 500,
  .n_purchases = 999,
  .n_pages = 10,
};

typedef enum {
  STEP_CLOSED,
  STEP_PURCHASES,
  STEP_OPEN,
  STEP_DONE,
} Step;

typedef struct {
  TokActivityReach reach;
  guint rate_limit_pause;
  guint n_pauses;
  TokTradeBook *book;
  Step step;
  TokTradePage page;
  guint n_pages; /* of this step */
} Fetch;

static void advance (GTask *task);

static void
free_fetch (gpointer data)
{
  Fetch *fetch = data;

  g_clear_pointer (&fetch->book, tok_trade_book_free);
  g_free (fetch);
}

static gboolean
on_pause_over (gpointer data)
{
  advance (g_object_ref (data));
  return G_SOURCE_REMOVE;
}

/* Goes on after a while, or at once if nobody wants it any more. */
static void
begin_pause (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) timeout = g_timeout_source_new (fetch->rate_limit_pause);

  fetch->n_pauses++;
  if (cancellable != NULL) {
    g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

    g_source_set_dummy_callback (cancelled);
    g_source_add_child_source (timeout, cancelled);
  }
  g_task_attach_source (task, timeout, on_pause_over);
}

static void
begin_step (Fetch *fetch, Step step)
{
  fetch->step = step;
  fetch->n_pages = 0;
  fetch->page.offset = 0;
  fetch->page.limit = step == STEP_CLOSED ? fetch->reach.n_closed : fetch->reach.n_purchases;
}

/* A page that isn't full is the last one. */
static void
turn_page (Fetch *fetch, guint n_rows)
{
  gboolean is_last = n_rows < fetch->page.limit;

  fetch->n_pages++;
  fetch->page.offset += n_rows;
  if (!is_last && fetch->n_pages < fetch->reach.n_pages)
    return;
  if (!is_last)
    tok_trade_book_set_partial (fetch->book);
  begin_step (fetch, fetch->step + 1);
}

/* What was asked for has come, or it hasn't. */
static void
on_answered (GTask *owned, GArray *rows, GError *error)
{
  g_autoptr (GTask) task = owned;
  Fetch *fetch = g_task_get_task_data (task);

  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT) && fetch->n_pauses < MAX_PAUSES) {
    g_error_free (error);
    begin_pause (task);
  } else if (error != NULL) {
    g_task_return_error (task, error);
  } else {
    fetch->n_pauses = 0;
    turn_page (fetch, rows->len);
    advance (g_steal_pointer (&task));
  }
}

static void
on_closed_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetch *fetch = g_task_get_task_data (data);
  GError *error = NULL;
  g_autoptr (GArray) rows = NULL;

  rows = tok_client_list_closed_trades_finish (TOK_CLIENT (source), result, &error);
  if (rows != NULL)
    tok_trade_book_add_closed (fetch->book, rows);
  on_answered (data, rows, error);
}

static void
on_purchases_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetch *fetch = g_task_get_task_data (data);
  GError *error = NULL;
  g_autoptr (GArray) rows = NULL;

  rows = tok_client_list_transactions_finish (TOK_CLIENT (source), result, &error);
  if (rows != NULL)
    tok_trade_book_add_purchases (fetch->book, rows);
  on_answered (data, rows, error);
}

static void
on_open_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetch *fetch = g_task_get_task_data (data);
  GError *error = NULL;
  g_autoptr (GArray) rows = NULL;

  rows = tok_client_list_open_trades_finish (TOK_CLIENT (source), result, &error);
  if (rows != NULL) {
    tok_trade_book_add_open (fetch->book, rows);
    /* The service lists them all at once. */
    fetch->page.limit = rows->len + 1;
  }
  on_answered (data, rows, error);
}

static void
advance (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  TokClient *client = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Fetch *fetch = g_task_get_task_data (task);

  switch (fetch->step) {
  case STEP_CLOSED:
    tok_client_list_closed_trades_async (client, &fetch->page, cancellable, on_closed_ready,
                                         g_steal_pointer (&task));
    break;
  case STEP_PURCHASES:
    tok_client_list_transactions_async (client, TOK_TRANSACTION_BUY, &fetch->page, cancellable,
                                        on_purchases_ready, g_steal_pointer (&task));
    break;
  case STEP_OPEN:
    tok_client_list_open_trades_async (client, cancellable, on_open_ready, g_steal_pointer (&task));
    break;
  case STEP_DONE:
    g_task_return_pointer (task, g_steal_pointer (&fetch->book),
                           (GDestroyNotify) tok_trade_book_free);
  }
}

/**
 * tok_activity_fetch_async: (skip)
 * @client: A client that is signed in.
 * @reach: How far to go; copied.
 * @rate_limit_pause: How long to wait when the service has had too many requests, in milliseconds.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Asks for the trades of the last %TOK_ACTIVITY_DAYS days up to now, and for what is open
 * (PROTOCOL 2.13). It is patient with a service that has had too many requests, three times in a
 * row.
 */
void
tok_activity_fetch_async (TokClient *client,
                          const TokActivityReach *reach,
                          guint rate_limit_pause,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;
  Fetch *fetch;

  g_return_if_fail (TOK_IS_CLIENT (client));
  g_return_if_fail (reach != NULL && reach->n_closed > 0 && reach->n_purchases > 0);

  fetch = g_new0 (Fetch, 1);
  fetch->reach = *reach;
  fetch->rate_limit_pause = rate_limit_pause;
  fetch->page.to = g_get_real_time () / G_USEC_PER_SEC;
  fetch->page.from = fetch->page.to - TOK_ACTIVITY_DAYS * DAY;
  fetch->book = tok_trade_book_new (fetch->page.from);
  begin_step (fetch, STEP_CLOSED);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_activity_fetch_async);
  g_task_set_task_data (task, fetch, free_fetch);
  advance (task);
}

/**
 * tok_activity_fetch_finish: (skip)
 * @client: A client.
 * @result: What the callback was given.
 * @error: Where to put the reason of a failure, as of any call of a client.
 *
 * Returns: (transfer full) (nullable): What is known now.
 */
TokTradeBook *
tok_activity_fetch_finish (TokClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_activity_fetch_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
