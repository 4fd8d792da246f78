/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-merge.h"

#include "tok-grant.h"

/* How a fresh list meets the rows of the one before. */

/**
 * tok_grant_merge_index: (skip)
 * @rows: (element-type TokGrant): The rows that we have.
 *
 * Returns: (transfer full): They by key; rows of one key in their order.
 */
GHashTable *
tok_grant_merge_index (GPtrArray *rows)
{
  GHashTable *by_key
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_queue_free);

  for (guint i = 0; i < rows->len; i++) {
    TokGrant *grant = rows->pdata[i];
    GQueue *same_key = g_hash_table_lookup (by_key, tok_grant_get_key (grant));

    if (same_key == NULL) {
      same_key = g_queue_new ();
      g_hash_table_insert (by_key, (char *) tok_grant_get_key (grant), same_key);
    }
    g_queue_push_tail (same_key, grant);
  }
  return by_key;
}

/**
 * tok_grant_merge_pick: (skip)
 * @by_key: What [func@grant_merge_index] returns.
 * @fresh: (element-type TokGrant): A fresh answer.
 *
 * Returns: (transfer full) (element-type TokGrant): For each row of @fresh the grant that stands
 *   for it: the one that we have, or the fresh one. What is left in @by_key is missing.
 */
GPtrArray *
tok_grant_merge_pick (GHashTable *by_key, GPtrArray *fresh)
{
  GPtrArray *rows = g_ptr_array_new_full (fresh->len, g_object_unref);

  for (guint i = 0; i < fresh->len; i++) {
    GQueue *same_key = g_hash_table_lookup (by_key, tok_grant_get_key (fresh->pdata[i]));
    TokGrant *known = same_key != NULL ? g_queue_pop_head (same_key) : NULL;

    g_ptr_array_add (rows, g_object_ref (known != NULL ? known : fresh->pdata[i]));
  }
  return rows;
}

/* Adds the unbroken run of rows that are missing and begins at @start of @former. */
static void
add_missing (GPtrArray *rows, GPtrArray *former, guint start, GHashTable *is_listed)
{
  for (guint i = start; i < former->len; i++) {
    if (g_hash_table_contains (is_listed, former->pdata[i]))
      return;
    g_ptr_array_add (rows, g_object_ref (former->pdata[i]));
  }
}

/**
 * tok_grant_merge_weave: (skip)
 * @listed: (element-type TokGrant): What [func@grant_merge_pick] returns.
 * @former: (element-type TokGrant): The rows that we have.
 *
 * Returns: (transfer full) (element-type TokGrant): The rows of the answer in its order, and each
 *   row that is missing behind the same row as before, so that nothing slides under a pointer.
 */
GPtrArray *
tok_grant_merge_weave (GPtrArray *listed, GPtrArray *former)
{
  GPtrArray *rows = g_ptr_array_new_full (listed->len, g_object_unref);
  g_autoptr (GHashTable) is_listed = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) behind = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < listed->len; i++)
    g_hash_table_add (is_listed, listed->pdata[i]);
  for (guint i = 0; i < former->len; i++)
    g_hash_table_insert (behind, former->pdata[i], GUINT_TO_POINTER (i + 1));

  add_missing (rows, former, 0, is_listed);
  for (guint i = 0; i < listed->len; i++) {
    guint start = GPOINTER_TO_UINT (g_hash_table_lookup (behind, listed->pdata[i]));

    g_ptr_array_add (rows, g_object_ref (listed->pdata[i]));
    if (start > 0)
      add_missing (rows, former, start, is_listed);
  }
  return rows;
}
