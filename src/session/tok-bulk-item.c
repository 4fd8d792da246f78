/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-item.h"

#include "tok-error-slot.h"
#include "tok-error.h"
#include "tok-session-private.h"

#include <glib/gi18n-lib.h>

/* Somebody else's command is on its way. */
static gboolean
check_idle (TokBulkItem *self, GError **error)
{
  if (tok_grant_get_state (self->grant) != TOK_GRANT_WORKING || self->is_working)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PENDING,
                       _ ("Its access is being taken away already."));
  return FALSE;
}

/**
 * tok_bulk_item_new: (skip)
 * @session: A session.
 * @grant: A token or an app in its lists.
 *
 * Returns: (transfer full): A new item, not sent yet.
 */
TokBulkItem *
tok_bulk_item_new (TokSession *session, TokGrant *grant)
{
  TokBulkItem *self = g_new0 (TokBulkItem, 1);

  self->grant = g_object_ref (grant);
  self->is_own = tok_session_get_may_be_own (session, grant);
  return self;
}

/**
 * tok_bulk_item_free: (skip)
 * @self: (transfer full): An item.
 */
void
tok_bulk_item_free (TokBulkItem *self)
{
  g_clear_object (&self->grant);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * tok_bulk_item_check: (skip)
 * @self: An item that isn't gone.
 * @session: Its session.
 *
 * Returns: Whether the command can be sent; if it can't, the error of @self is why.
 */
gboolean
tok_bulk_item_check (TokBulkItem *self, TokSession *session)
{
  g_autoptr (GError) error = NULL;

  if (check_idle (self, &error) && tok_session_check_revoke (session, self->grant, &error))
    return TRUE;
  tok_error_slot_set (&self->error, error);
  return FALSE;
}

/**
 * tok_bulk_item_settle: (skip)
 * @self: An item.
 * @is_gone: Whether it is known to be gone.
 * @list_error: (nullable): Why no list came, or why it doesn't tell; %NULL if one came that does.
 *
 * Decides what came of it, and has the grant show the same.
 */
void
tok_bulk_item_settle (TokBulkItem *self, gboolean is_gone, const GError *list_error)
{
  g_autoptr (GError) answer = g_steal_pointer (&self->error);

  if (is_gone) {
    self->outcome = TOK_BULK_GONE;
    tok_grant_set_gone (self->grant);
  } else if (self->is_sent) {
    self->error = tok_session_dup_revoke_verdict (self->grant, answer, list_error);
    self->outcome = TOK_BULK_FAILED;
    if (list_error != NULL && g_error_matches (self->error, TOK_ERROR, TOK_ERROR_UNCONFIRMED))
      self->outcome = TOK_BULK_UNCONFIRMED;
    tok_grant_set_failed (self->grant, self->error);
  } else if (answer != NULL) {
    self->error = g_steal_pointer (&answer);
    self->outcome = TOK_BULK_FAILED;
    if (!g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_PENDING))
      tok_grant_set_failed (self->grant, self->error);
  } else if (self->is_working) {
    tok_grant_set_idle (self->grant);
  }
}
