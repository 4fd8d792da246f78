/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-app.h"
#include "tok-error.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-test.h"
#include "tok-token.h"

/* Apps in short: "a b c" lists three of that name, with ids from the letter; what is after a colon
 * is their last use, as a year. */
static GPtrArray *
apps (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; words[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (words[i], ":", 2);
    g_autoptr (GDateTime) used = NULL;

    if (words[i][0] == '\0')
      continue;
    if (parts[1] != NULL)
      used = g_date_time_new_utc (atoi (parts[1]), 1, 1, 0, 0, 0);
    g_ptr_array_add (list,
                     tok_app_new (parts[0][0], parts[0], TOK_SCOPE_READ, NULL, used, FALSE, 0));
  }
  return list;
}

static void
take (TokGrantStore *store, const char *text)
{
  g_autoptr (GPtrArray) list = apps (text);

  tok_grant_store_take_apps (store, list, 0);
}

static void
take_part (TokGrantStore *store, const char *text, guint n_unread)
{
  g_autoptr (GPtrArray) list = apps (text);

  tok_grant_store_take_apps (store, list, n_unread);
}

/* The rows in the same short form; a row that is gone is in brackets. */
static char *
rows (TokGrantStore *store)
{
  GString *text = g_string_new (NULL);
  GListModel *model = G_LIST_MODEL (store);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);
    gboolean gone = tok_grant_get_state (grant) == TOK_GRANT_GONE;

    g_string_append_printf (text, "%s%s%s%s", i > 0 ? " " : "", gone ? "(" : "",
                            tok_grant_get_name (grant), gone ? ")" : "");
  }
  return g_string_free (text, FALSE);
}

static void
assert_rows (TokGrantStore *store, const char *expected)
{
  g_autofree char *text = rows (store);

  g_assert_cmpstr (text, ==, expected);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "[%u -%u +%u]", position, removed, added);
}

static TokGrant *
nth (TokGrantStore *store, guint n)
{
  g_autoptr (TokGrant) grant = g_list_model_get_item (G_LIST_MODEL (store), n);

  return grant;
}

static void
test_new_destroy (void)
{
  TokGrantStore *store = tok_grant_store_new ();

  g_assert_cmpint (tok_grant_store_get_state (store), ==, TOK_GRANT_STORE_EMPTY);
  g_assert_false (tok_grant_store_get_loading (store));
  g_assert_no_error (tok_grant_store_get_error (store));
  g_assert_null (tok_grant_store_get_as_of (store));
  g_assert_cmpuint (tok_grant_store_get_n_listed (store), ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (store)) == TOK_TYPE_GRANT);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (store), 0));
  g_assert_false (tok_grant_store_has_apps (store));
  take (store, "a b");
  g_assert_true (tok_grant_store_has_apps (store));
  tok_test_assert_finalize (store);
}

typedef struct {
  const char *name;
  const char *before; /* two answers, so that rows can be gone before: "a b c|a c" */
  const char *answer;
  const char *rows;
  const char *changes;
  const char *swept;
} Merge;

static const Merge merges[] = {
  { "first", "", "a b c", "a b c", "[0 -0 +3]", "a b c" },
  { "same", "a b c", "a b c", "a b c", "", "a b c" },
  { "append", "a b", "a b c", "a b c", "[2 -0 +1]", "a b c" },
  { "prepend", "b c", "a b c", "a b c", "[0 -0 +1]", "a b c" },
  { "insert", "a c", "a b c", "a b c", "[1 -0 +1]", "a b c" },
  { "insert-two-places", "a c e", "a b c d e", "a b c d e", "[1 -1 +3]", "a b c d e" },
  { "gone-first", "a b c", "b c", "(a) b c", "", "b c" },
  { "gone-middle", "a b c", "a c", "a (b) c", "", "a c" },
  { "gone-last", "a b c", "a b", "a b (c)", "", "a b" },
  { "gone-all", "a b c", "", "(a) (b) (c)", "", "" },
  { "gone-runs", "a b c d e f", "c f", "(a) (b) c (d) (e) f", "", "c f" },
  { "gone-stays-gone", "a b c|a c", "a c", "a (b) c", "", "a c" },
  { "gone-and-another", "a b c|a c", "a", "a (b) (c)", "", "a" },
  { "gone-comes-back", "a b c|a c", "a b c", "a b c", "", "a b c" },
  { "gone-and-new", "a b d", "a c d", "a (b) c d", "[2 -0 +1]", "a c d" },
  { "all-other", "a b", "c d", "(a) (b) c d", "[2 -0 +2]", "c d" },
  { "moved", "a b c", "c a b", "c a b", "[0 -3 +3]", "c a b" },
  { "moved-with-follower", "a b c|a c", "c a", "c a (b)", "[0 -3 +3]", "c a" },
  { "repeated", "", "a a b", "a a b", "[0 -0 +3]", "a a b" },
  { "repeated-same", "a a b", "a a b", "a a b", "", "a a b" },
  { "repeated-one-goes", "a a b", "a b", "a (a) b", "", "a b" },
  { "repeated-one-comes", "a b", "a a b", "a a b", "[1 -0 +1]", "a a b" },
  { "repeated-comes-back", "a a b|a b", "a a b", "a a b", "", "a a b" },
};

static void
test_merge (gconstpointer data)
{
  const Merge *it = data;
  g_auto (GStrv) before = g_strsplit (it->before, "|", -1);
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  guint n_known = 0;

  for (guint i = 0; before[i] != NULL; i++)
    take (store, before[i]);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    g_hash_table_add (known, nth (store, i));
  g_signal_connect (store, "items-changed", G_CALLBACK (on_items_changed), changes);

  take (store, it->answer);
  assert_rows (store, it->rows);
  g_assert_cmpstr (changes->str, ==, it->changes);

  /* Same key, same object: nothing that was there was made anew. */
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    n_known += g_hash_table_contains (known, nth (store, i));
  g_assert_cmpuint (n_known, ==, g_hash_table_size (known));

  tok_grant_store_sweep (store);
  assert_rows (store, it->swept);
  g_assert_cmpuint (tok_grant_store_get_n_listed (store), ==,
                    g_list_model_get_n_items (G_LIST_MODEL (store)));
}

static void
test_sweep_leaves_the_others_alone (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  g_autoptr (GString) changes = g_string_new (NULL);

  take (store, "a b c d e f");
  take (store, "c f");
  g_signal_connect (store, "items-changed", G_CALLBACK (on_items_changed), changes);
  tok_grant_store_sweep (store);
  g_assert_cmpstr (changes->str, ==, "[3 -2 +0][0 -2 +0]");
  tok_grant_store_sweep (store);
  g_assert_cmpstr (changes->str, ==, "[3 -2 +0][0 -2 +0]");
}

static void
test_rows_follow (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  TokGrant *b;
  guint *used;

  take (store, "a b:2020");
  b = tok_grant_store_find (store, "98");
  g_assert_true (b == nth (store, 1));
  g_assert_null (tok_grant_store_find (store, "99"));

  used = tok_test_count_notify (b, "last-used");
  take (store, "a b:2021");
  g_assert_cmpuint (*used, ==, 1);
  g_assert_cmpint (g_date_time_get_year (tok_grant_get_last_used (b)), ==, 2021);
  g_assert_true (tok_grant_store_find (store, "98") == b);
}

static void
test_commands_live_through_a_list (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  g_autoptr (GError) error = g_error_new (TOK_ERROR, TOK_ERROR_UNCONFIRMED, "Lost");

  take (store, "a b c");
  tok_grant_set_working (nth (store, 0));
  tok_grant_set_failed (nth (store, 1), error);
  take (store, "a b c d");
  g_assert_cmpint (tok_grant_get_state (nth (store, 0)), ==, TOK_GRANT_WORKING);
  g_assert_cmpint (tok_grant_get_state (nth (store, 1)), ==, TOK_GRANT_FAILED);
  g_assert_error (tok_grant_get_error (nth (store, 1)), TOK_ERROR, TOK_ERROR_UNCONFIRMED);
  take (store, "c d");
  assert_rows (store, "(a) (b) c d");
  g_assert_no_error (tok_grant_get_error (nth (store, 1)));
}

/* A list of which a part can't be read shows what is there, and nothing else. */
static void
test_unread (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  g_autoptr (GError) error = g_error_new (TOK_ERROR, TOK_ERROR_UNCONFIRMED, "Lost");
  guint *n_unread = tok_test_count_notify (store, "n-unread");

  take (store, "a b c d");
  take (store, "a b c");
  tok_grant_set_working (nth (store, 0));
  tok_grant_set_failed (nth (store, 1), error);
  take_part (store, "x", 2);
  assert_rows (store, "a b c (d) x");
  g_assert_cmpuint (tok_grant_store_get_n_unread (store), ==, 2);
  g_assert_cmpuint (*n_unread, ==, 1);
  g_assert_cmpuint (tok_grant_store_get_n_listed (store), ==, 1);
  g_assert_cmpint (tok_grant_get_state (nth (store, 0)), ==, TOK_GRANT_WORKING);
  g_assert_cmpint (tok_grant_get_state (nth (store, 1)), ==, TOK_GRANT_FAILED);
  g_assert_cmpint (tok_grant_get_state (nth (store, 2)), ==, TOK_GRANT_IDLE);
  tok_grant_store_sweep (store);
  assert_rows (store, "a b c x");

  take (store, "c x");
  assert_rows (store, "(a) (b) c x");
  g_assert_cmpuint (tok_grant_store_get_n_unread (store), ==, 0);
  take_part (store, "c", 1);
  tok_grant_store_fail (store, error);
  g_assert_cmpuint (tok_grant_store_get_n_unread (store), ==, 1);
  tok_grant_store_clear (store);
  g_assert_cmpuint (tok_grant_store_get_n_unread (store), ==, 0);
}

static gboolean
is_back (TokGrantStore *store, const char *key)
{
  return tok_grant_get_is_back (tok_grant_store_find (store, key));
}

/* Swept out or not, until it is gone again, or everything is. */
static void
test_back (gconstpointer data)
{
  gboolean sweeps = GPOINTER_TO_INT (data);
  g_autoptr (GError) offline = g_error_new (TOK_ERROR, TOK_ERROR_OFFLINE, "Refused");
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();

  take (store, "a b c");
  take (store, "a c");
  if (sweeps)
    tok_grant_store_sweep (store);
  take (store, "a b c d");
  g_assert_false (is_back (store, "97"));
  g_assert_true (is_back (store, "98"));
  g_assert_false (is_back (store, "100"));
  take (store, "a b c d");
  g_assert_true (is_back (store, "98"));

  take (store, "a c");
  g_assert_false (is_back (store, "98"));
  if (sweeps)
    tok_grant_store_sweep (store);
  tok_grant_store_fail (store, offline);
  take_part (store, "b", 1);
  g_assert_true (is_back (store, "98"));

  take (store, "a");
  tok_grant_store_sweep (store);
  tok_grant_store_clear (store);
  take (store, "a b");
  g_assert_false (is_back (store, "98"));
}

/* Of two rows with one id, the one that stayed never was gone. */
static void
test_back_twin (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();

  take (store, "a a");
  take (store, "a");
  tok_grant_store_sweep (store);
  take (store, "a");
  g_assert_false (is_back (store, "97"));
}

/* A name that is free again is anybody's. */
static void
test_back_token (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (tokens, tok_token_new ("one", "***", TOK_SCOPE_READ, NULL, NULL, NULL));
  for (guint i = 0; i < 2; i++) {
    tok_grant_store_take_tokens (store, tokens, 0);
    g_assert_false (is_back (store, "one"));
    tok_grant_store_take_tokens (store, none, 0);
    if (i > 0)
      tok_grant_store_sweep (store);
  }
  tok_grant_store_take_tokens (store, tokens, 0);
  g_assert_false (is_back (store, "one"));
}

static void
test_tokens (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_object_unref);
  TokGrant *grant;

  g_ptr_array_add (tokens, tok_token_new ("one", "***", TOK_SCOPE_READ, NULL, NULL, NULL));
  tok_grant_store_take_tokens (store, tokens, 0);
  g_assert_false (tok_grant_store_has_apps (store));
  grant = tok_grant_store_find (store, "one");
  g_assert_nonnull (tok_grant_get_token (grant));
  g_ptr_array_add (tokens, tok_token_new ("two", "***", TOK_SCOPE_READ, NULL, NULL, NULL));
  tok_grant_store_take_tokens (store, tokens, 0);
  assert_rows (store, "one two");
  g_assert_true (tok_grant_store_find (store, "one") == grant);
}

static void
test_states (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  g_autoptr (GError) offline = g_error_new (TOK_ERROR, TOK_ERROR_OFFLINE, "Refused");
  guint *state = tok_test_count_notify (store, "state");
  guint *loading = tok_test_count_notify (store, "loading");
  guint *error = tok_test_count_notify (store, "error");
  guint *as_of = tok_test_count_notify (store, "as-of");
  guint *n_listed = tok_test_count_notify (store, "n-listed");

  tok_grant_store_set_loading (store);
  tok_grant_store_set_loading (store);
  g_assert_cmpuint (*loading, ==, 1);
  tok_grant_store_fail (store, offline);
  g_assert_cmpint (tok_grant_store_get_state (store), ==, TOK_GRANT_STORE_FAILED);
  g_assert_false (tok_grant_store_get_loading (store));
  g_assert_error (tok_grant_store_get_error (store), TOK_ERROR, TOK_ERROR_OFFLINE);
  tok_grant_store_fail (store, offline);
  g_assert_cmpuint (*state, ==, 1);
  g_assert_cmpuint (*error, ==, 1);

  tok_grant_store_set_loading (store);
  take (store, "a b");
  g_assert_cmpint (tok_grant_store_get_state (store), ==, TOK_GRANT_STORE_LISTED);
  g_assert_false (tok_grant_store_get_loading (store));
  g_assert_no_error (tok_grant_store_get_error (store));
  g_assert_nonnull (tok_grant_store_get_as_of (store));
  g_assert_cmpuint (tok_grant_store_get_n_listed (store), ==, 2);
  g_assert_cmpuint (*state, ==, 2);
  g_assert_cmpuint (*error, ==, 2);
  g_assert_cmpuint (*as_of, ==, 1);
  g_assert_cmpuint (*n_listed, ==, 1);

  /* A refresh that fails takes nothing away. */
  tok_grant_store_set_loading (store);
  tok_grant_store_fail (store, offline);
  g_assert_cmpint (tok_grant_store_get_state (store), ==, TOK_GRANT_STORE_LISTED);
  g_assert_false (tok_grant_store_get_loading (store));
  g_assert_error (tok_grant_store_get_error (store), TOK_ERROR, TOK_ERROR_OFFLINE);
  g_assert_cmpuint (*as_of, ==, 1);
  assert_rows (store, "a b");

  take (store, "");
  g_assert_cmpint (tok_grant_store_get_state (store), ==, TOK_GRANT_STORE_LISTED);
  g_assert_cmpuint (tok_grant_store_get_n_listed (store), ==, 0);
  assert_rows (store, "(a) (b)");
}

static void
test_forbid_and_clear (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();

  take (store, "a b");
  tok_grant_store_forbid (store);
  g_assert_cmpint (tok_grant_store_get_state (store), ==, TOK_GRANT_STORE_NO_SCOPE);
  g_assert_cmpuint (tok_grant_store_get_n_listed (store), ==, 0);
  g_assert_null (tok_grant_store_get_as_of (store));
  assert_rows (store, "");

  take (store, "a b");
  tok_grant_store_set_loading (store);
  tok_grant_store_clear (store);
  g_assert_cmpint (tok_grant_store_get_state (store), ==, TOK_GRANT_STORE_EMPTY);
  g_assert_false (tok_grant_store_get_loading (store));
  assert_rows (store, "");
}

static void
on_state (TokGrant *grant, GParamSpec *pspec, gpointer store)
{
  if (tok_grant_get_state (grant) == TOK_GRANT_GONE)
    tok_grant_store_sweep (store);
}

/* Whoever hears that a row is gone may sweep at once. */
static void
test_sweep_while_merging (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();

  take (store, "a b c");
  for (guint i = 0; i < 3; i++)
    g_signal_connect_object (nth (store, i), "notify::state", G_CALLBACK (on_state), store, 0);
  take (store, "x");
  tok_grant_store_sweep (store);
  assert_rows (store, "x");
}

static void
test_many (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 10000; i++)
    g_ptr_array_add (list, tok_app_new (i, "App", TOK_SCOPE_READ, NULL, NULL, FALSE, 0));
  g_signal_connect (store, "items-changed", G_CALLBACK (on_items_changed), changes);
  tok_grant_store_take_apps (store, list, 0);
  g_ptr_array_set_size (list, 5000);
  tok_grant_store_take_apps (store, list, 0);
  tok_grant_store_sweep (store);
  g_assert_cmpstr (changes->str, ==, "[0 -0 +10000][5000 -5000 +0]");
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/grant-store/new-destroy", test_new_destroy);
  for (guint i = 0; i < G_N_ELEMENTS (merges); i++) {
    g_autofree char *path = g_strconcat ("/grant-store/merge/", merges[i].name, NULL);

    g_test_add_data_func (path, &merges[i], test_merge);
  }
  g_test_add_func ("/grant-store/sweep-leaves-the-others-alone",
                   test_sweep_leaves_the_others_alone);
  g_test_add_func ("/grant-store/rows-follow", test_rows_follow);
  g_test_add_func ("/grant-store/commands-live-through-a-list", test_commands_live_through_a_list);
  g_test_add_func ("/grant-store/unread", test_unread);
  g_test_add_data_func ("/grant-store/back/seen", GINT_TO_POINTER (FALSE), test_back);
  g_test_add_data_func ("/grant-store/back/swept", GINT_TO_POINTER (TRUE), test_back);
  g_test_add_func ("/grant-store/back/twin", test_back_twin);
  g_test_add_func ("/grant-store/back/token", test_back_token);
  g_test_add_func ("/grant-store/tokens", test_tokens);
  g_test_add_func ("/grant-store/states", test_states);
  g_test_add_func ("/grant-store/forbid-and-clear", test_forbid_and_clear);
  g_test_add_func ("/grant-store/sweep-while-merging", test_sweep_while_merging);
  g_test_add_func ("/grant-store/many", test_many);

  return g_test_run ();
}
