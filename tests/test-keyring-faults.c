/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What only a fake keyring can be made to do: to fall silent, or to answer strangely. */

#include "tok-keyring-vault.h"

#include "tok-keyring-fake.h"
#include "tok-keyring-hands.h"
#include "tok-test.h"

#include <string.h>

#define SCHEMA "org.example.TokenManager"
#define FINE TOK_KEYRING_FINE

typedef struct {
  TokKeyringFake *keyring;
  TokVault *vault;
} Stage;

static void
set_up (Stage *stage, gconstpointer data)
{
  stage->keyring = tok_keyring_fake_new (tok_keyring_bus_up ());
  stage->vault = tok_keyring_vault_new ();
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  tok_keyring_let_go (stage->vault);
  tok_keyring_fake_free (stage->keyring);
}

static TokKeyringItem *
add (Stage *stage, const char *collection, const char *secret)
{
  return tok_keyring_fake_add_own (stage->keyring, collection, secret);
}

static int
lookup (Stage *stage)
{
  g_autoptr (TokSecret) secret = NULL;

  return tok_keyring_lookup (stage->vault, &tok_keyring_own, &secret);
}

/* What it is told. */

static void
assert_attribute (TokKeyringItem *item, const char *name, const char *value)
{
  g_assert_cmpstr (g_hash_table_lookup (item->attributes, name), ==, value);
}

static void
assert_reveals_nothing (TokKeyringItem *item)
{
  GHashTableIter iter;
  gpointer value;

  g_assert_null (strstr (item->label, TOK_KEYRING_SECRET));
  g_hash_table_iter_init (&iter, item->attributes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_assert_null (strstr (value, TOK_KEYRING_SECRET));
}

static void
test_told (Stage *stage, gconstpointer data)
{
  TokKeyringItem *item;

  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   FINE);
  item = g_ptr_array_index (stage->keyring->items, 0);
  g_assert_cmpstr (item->label, ==, "Token Manager: SAMPLE1");
  g_assert_cmpstr (item->content_type, ==, "text/plain");
  g_assert_cmpuint (g_hash_table_size (item->attributes), ==, 4);
  assert_attribute (item, "xdg:schema", SCHEMA);
  assert_attribute (item, "service", TOK_KEYRING_SERVICE);
  assert_attribute (item, "login-id", "SAMPLE1");
  assert_attribute (item, "kind", "sign-in");
  assert_reveals_nothing (item);

  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_copy, TOK_KEYRING_SECRET), ==,
                   FINE);
  item = g_ptr_array_index (stage->keyring->items, 1);
  g_assert_cmpstr (item->label, ==, "Token Manager: SAMPLE1, “Grid bot”");
  g_assert_cmpuint (g_hash_table_size (item->attributes), ==, 5);
  assert_attribute (item, "kind", "copy");
  assert_attribute (item, "token-name", "Grid bot");
  assert_reveals_nothing (item);
}

/* An item that is there already is changed, not deleted; and one session does for all. */
static void
test_replaces (Stage *stage, gconstpointer data)
{
  add (stage, "login", TOK_KEYRING_SECRET);
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_OTHER_SECRET), ==,
                   FINE);
  g_assert_cmpuint (tok_keyring_fake_count (stage->keyring, "Delete"), ==, 0);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_OTHER_SECRET);
  /* First an encrypted one is tried. */
  g_assert_cmpuint (tok_keyring_fake_count (stage->keyring, "OpenSession"), ==, 2);
}

/* A copy whose token has no name is still not what signs in. */
static void
test_nameless_copy (Stage *stage, gconstpointer data)
{
  const TokVaultKey nameless = { TOK_KEYRING_SERVICE, "SAMPLE1", "" };

  g_assert_cmpint (tok_keyring_store (stage->vault, &nameless, TOK_KEYRING_OTHER_SECRET), ==, FINE);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   FINE);
  tok_keyring_assert_kept (stage->vault, &nameless, TOK_KEYRING_OTHER_SECRET);
}

static void
add_copy (Stage *stage, const char *collection, const char *token_name)
{
  tok_keyring_fake_add (stage->keyring, collection, TOK_KEYRING_OTHER_SECRET, "xdg:schema",
                        "org.example.TokenManager", "service", TOK_KEYRING_SERVICE, "login-id",
                        "SAMPLE1", "kind", "copy", "token-name", token_name, NULL);
}

static void
assert_listed (Stage *stage, int code, const char *expected)
{
  g_autofree char *names = NULL;

  g_assert_cmpint (tok_keyring_list_copies (stage->vault, &tok_keyring_own, &names), ==, code);
  g_assert_cmpstr (names, ==, expected);
}

/* Wherever they are, and without a session in which secrets could be read, or a prompt. */
static void
test_list_copies (Stage *stage, gconstpointer data)
{
  assert_listed (stage, FINE, "");
  add (stage, "login", TOK_KEYRING_SECRET);
  add_copy (stage, "login", "Grid bot");
  add_copy (stage, "other", "Grid bot");
  add_copy (stage, "other", "");
  assert_listed (stage, FINE, ",Grid bot");
  stage->keyring->other_is_locked = TRUE;
  assert_listed (stage, FINE, ",Grid bot");
  stage->keyring->hides_locked = TRUE;
  assert_listed (stage, FINE, "Grid bot");
  stage->keyring->login_is_locked = TRUE;
  assert_listed (stage, TOK_ERROR_VAULT_LOCKED, NULL);
  stage->keyring->has_login = FALSE;
  assert_listed (stage, FINE, "");
  g_assert_cmpuint (tok_keyring_fake_count (stage->keyring, "OpenSession"), ==, 0);
  g_assert_cmpuint (tok_keyring_fake_count (stage->keyring, "GetSecrets"), ==, 0);
  g_assert_cmpuint (tok_keyring_fake_count (stage->keyring, "Unlock"), ==, 0);
  g_assert_cmpuint (tok_keyring_fake_count (stage->keyring, "Prompt"), ==, 0);
}

static void
test_list_copies_faults (Stage *stage, gconstpointer data)
{
  add_copy (stage, "login", "Grid bot");
  stage->keyring->refuses = "SearchItems";
  assert_listed (stage, TOK_ERROR_VAULT_FAILED, NULL);
  stage->keyring->refuses = NULL;
  stage->keyring->loses_found = TRUE;
  assert_listed (stage, FINE, "");
  tok_keyring_fake_stop (stage->keyring);
  assert_listed (stage, TOK_ERROR_VAULT_MISSING, NULL);
}

static guint
count_names (Stage *stage)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) names = NULL;

  reply = g_dbus_connection_call_sync (stage->keyring->connection, "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames",
                                       NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, -1,
                                       NULL, NULL);
  names = g_variant_get_child_value (reply, 0);
  return g_variant_n_children (names);
}

static void
test_costs_nothing (Stage *stage, gconstpointer data)
{
  guint before = count_names (stage);
  g_autoptr (TokVault) vault = tok_keyring_vault_new ();

  for (guint i = 0; i < 10; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (count_names (stage), ==, before);
  g_assert_cmpuint (g_hash_table_size (stage->keyring->counts), ==, 0);
}

/* Several calls at a time: each gets its own answer. */
static void
test_at_once (Stage *stage, gconstpointer data)
{
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) looked_up = NULL;
  g_autoptr (GAsyncResult) forgotten = NULL;
  g_autoptr (TokSecret) secret = NULL;

  add (stage, "login", TOK_KEYRING_SECRET);
  tok_vault_store_async (stage->vault, &tok_keyring_copy, TOK_KEYRING_OTHER_SECRET, NULL,
                         tok_test_on_ready, &stored);
  tok_vault_lookup_async (stage->vault, &tok_keyring_own, NULL, tok_test_on_ready, &looked_up);
  tok_vault_forget_async (stage->vault, &(TokVaultKey){ TOK_KEYRING_SERVICE, "SAMPLE9", NULL },
                          NULL, tok_test_on_ready, &forgotten);
  tok_test_wait_until (stored != NULL && looked_up != NULL && forgotten != NULL);
  g_assert_true (tok_vault_store_finish (stage->vault, stored, NULL));
  g_assert_true (tok_vault_forget_finish (stage->vault, forgotten, NULL));
  secret = tok_vault_lookup_finish (stage->vault, looked_up, NULL);
  g_assert_cmpstr (secret, ==, TOK_KEYRING_SECRET);
}

/* They take effect in the order in which they were made: what is forgotten last is forgotten. */
static void
test_in_order (Stage *stage, gconstpointer data)
{
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) looked_up = NULL;
  g_autoptr (GAsyncResult) forgotten = NULL;
  g_autoptr (TokSecret) secret = NULL;

  tok_vault_store_async (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET, NULL,
                         tok_test_on_ready, &stored);
  tok_vault_lookup_async (stage->vault, &tok_keyring_own, NULL, tok_test_on_ready, &looked_up);
  tok_vault_forget_async (stage->vault, &tok_keyring_own, NULL, tok_test_on_ready, &forgotten);
  tok_test_wait_until (forgotten != NULL);
  g_assert_true (tok_vault_store_finish (stage->vault, stored, NULL));
  secret = tok_vault_lookup_finish (stage->vault, looked_up, NULL);
  g_assert_cmpstr (secret, ==, TOK_KEYRING_SECRET);
  g_assert_true (tok_vault_forget_finish (stage->vault, forgotten, NULL));
  g_assert_cmpuint (stage->keyring->items->len, ==, 0);
}

/* Whoever changes their mind about keeping something, however late, can have it forgotten. */
static void
test_cancelled_and_forgotten (Stage *stage, gconstpointer data)
{
  static const char *const methods[] = { "ReadAlias", "OpenSession", "CreateItem", "SearchItems" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) stored = NULL;
    g_autoptr (GAsyncResult) forgotten = NULL;

    stage->keyring->ignores = methods[i];
    tok_keyring_fake_end_sessions (stage->keyring);
    tok_vault_store_async (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET, cancellable,
                           tok_test_on_ready, &stored);
    tok_test_wait_until (stage->keyring->ignored->len > 0);
    g_cancellable_cancel (cancellable);
    tok_vault_forget_async (stage->vault, &tok_keyring_own, NULL, tok_test_on_ready, &forgotten);
    tok_keyring_fake_answer_late (stage->keyring);
    tok_test_wait_until (stored != NULL && forgotten != NULL);
    g_assert_false (tok_vault_store_finish (stage->vault, stored, NULL));
    g_assert_true (tok_vault_forget_finish (stage->vault, forgotten, NULL));
    g_assert_cmpuint (stage->keyring->items->len, ==, 0);
    g_clear_object (&stage->vault);
    stage->vault = tok_keyring_vault_new ();
  }
}

/* One that waits for its turn can be given up, too. */
static void
test_cancelled_in_turn (Stage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  stage->keyring->ignores = "SearchItems";
  tok_vault_lookup_async (stage->vault, &tok_keyring_own, NULL, tok_test_on_ready, &first);
  tok_vault_store_async (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET, cancellable,
                         tok_test_on_ready, &second);
  tok_test_wait_until (stage->keyring->ignored->len > 0);
  g_cancellable_cancel (cancellable);
  tok_test_wait_until (second != NULL);
  g_assert_false (tok_vault_store_finish (stage->vault, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (first);

  tok_keyring_fake_answer_late (stage->keyring);
  tok_test_wait_until (first != NULL);
  g_assert_null (tok_vault_lookup_finish (stage->vault, first, NULL));
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
}

/* What it holds. */

typedef struct {
  const char *name;
  const char *secret;
  const char *content_type;
  int outcome;
} Content;

static const Content contents[] = {
  { "text", "a1-ok", "text/plain", FINE },
  { "octets-that-are-text", "a1-ok", "application/octet-stream", FINE },
  { "unicode", "a1-ö€😀", "text/plain", FINE },
  { "picture", "a1-ok", "image/png", TOK_ERROR_VAULT_FAILED },
  { "nothing", "", "text/plain", TOK_ERROR_VAULT_FAILED },
  { "not-utf-8", "a1-\xff", "text/plain", TOK_ERROR_VAULT_FAILED },
};

static void
test_content (Stage *stage, gconstpointer data)
{
  const Content *content = data;
  g_autoptr (TokSecret) secret = NULL;
  TokKeyringItem *item = add (stage, "login", content->secret);

  g_free (item->content_type);
  item->content_type = g_strdup (content->content_type);
  g_assert_cmpint (tok_keyring_lookup (stage->vault, &tok_keyring_own, &secret), ==,
                   content->outcome);
  g_assert_cmpstr (secret, ==, content->outcome == FINE ? content->secret : NULL);
}

static void
test_nul_inside (Stage *stage, gconstpointer data)
{
  TokKeyringItem *item = add (stage, "login", "");

  g_bytes_unref (item->secret);
  item->secret = g_bytes_new_static ("a1-\0x", 5);
  g_assert_cmpint (lookup (stage), ==, TOK_ERROR_VAULT_FAILED);
}

static void
test_one_is_no_text (Stage *stage, gconstpointer data)
{
  add (stage, "login", TOK_KEYRING_SECRET);
  add (stage, "other", "");
  g_assert_cmpint (lookup (stage), ==, TOK_ERROR_VAULT_FAILED);
}

/* Between two questions of one call. */

static void
test_deleted_between (Stage *stage, gconstpointer data)
{
  add (stage, "login", TOK_KEYRING_SECRET);
  stage->keyring->loses_found = TRUE;
  g_assert_cmpint (lookup (stage), ==, TOK_ERROR_VAULT);

  add (stage, "login", TOK_KEYRING_SECRET);
  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_own), ==, FINE);
}

/* A service that says of a method that it doesn't know it. */
static void
test_cannot_delete (Stage *stage, gconstpointer data)
{
  add (stage, "login", TOK_KEYRING_SECRET);
  stage->keyring->lacks = "Delete";
  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_own), ==, TOK_ERROR_VAULT_FAILED);
  add (stage, "other", TOK_KEYRING_SECRET);
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_OTHER_SECRET), ==,
                   TOK_ERROR_VAULT_FAILED);
}

/* Nothing is deleted as long as it may be what was just stored. */
static void
test_renamed (Stage *stage, gconstpointer data)
{
  stage->keyring->renames_items = TRUE;
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   FINE);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);

  add (stage, "other", TOK_KEYRING_SECRET);
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_OTHER_SECRET), ==,
                   TOK_ERROR_VAULT_FAILED);
  g_assert_cmpuint (stage->keyring->items->len, ==, 2);
}

/* Silence. */

typedef struct {
  const char *call;
  const char *method;
} Silence;

static const Silence silences[] = {
  { "store", "ReadAlias" },
  { "store", "OpenSession" },
  { "store", "CreateItem" },
  { "store", "SearchItems" },
  { "store", "Delete" },
  { "lookup", "SearchItems" },
  { "lookup", "OpenSession" },
  { "lookup", "GetSecrets" },
  { "lookup-none", "ReadAlias" },
  { "forget", "SearchItems" },
  { "forget", "Delete" },
  { "forget-none", "ReadAlias" },
  { "unlock", "SearchItems" },
  { "unlock", "ReadAlias" },
  { "unlock", "Unlock" },
  { "unlock", "Prompt" },
  { "create", "CreateCollection" },
};

static int
perform (Stage *stage, const char *call)
{
  if (g_str_equal (call, "store"))
    return tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_OTHER_SECRET);
  if (g_str_has_prefix (call, "lookup"))
    return lookup (stage);
  if (g_str_has_prefix (call, "forget"))
    return tok_keyring_forget (stage->vault, &tok_keyring_own);
  return tok_keyring_unlock (stage->vault);
}

static void
test_silence (Stage *stage, gconstpointer data)
{
  const Silence *silence = data;

  if (!g_str_has_suffix (silence->call, "-none")) {
    add (stage, "login", TOK_KEYRING_SECRET);
    add (stage, "other", TOK_KEYRING_SECRET);
  }
  stage->keyring->login_is_locked = g_str_equal (silence->call, "unlock");
  if (g_str_equal (silence->call, "create")) {
    g_ptr_array_set_size (stage->keyring->items, 0);
    stage->keyring->has_login = FALSE;
  }
  stage->keyring->ignores = silence->method;
  tok_keyring_vault_set_deadline (TOK_KEYRING_VAULT (stage->vault), 250);
  g_assert_cmpint (perform (stage, silence->call), ==, TOK_ERROR_VAULT_FAILED);

  /* It isn't asked twice, nobody waits for it, and its answer comes too late. */
  g_assert_cmpuint (tok_keyring_fake_count (stage->keyring, silence->method), ==, 1);
  stage->keyring->ignores = NULL;
  tok_keyring_vault_set_deadline (TOK_KEYRING_VAULT (stage->vault), 10000);
  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_copy), !=,
                   TOK_ERROR_VAULT_FAILED);
  g_assert_cmpuint (stage->keyring->ignored->len, ==, 1);
  tok_keyring_fake_answer_late (stage->keyring);
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, FINE);
  g_assert_cmpint (perform (stage, "store"), ==, FINE);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_OTHER_SECRET);
}

/* Whoever lets go of a vault that is waiting for an answer gets the error, then it is gone. */
static void
test_let_go (void)
{
  g_autoptr (TokKeyringFake) keyring = tok_keyring_fake_new (tok_keyring_bus_up ());
  TokVault *vault = tok_keyring_vault_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gpointer gone = vault;

  g_object_add_weak_pointer (G_OBJECT (vault), &gone);
  keyring->ignores = "SearchItems";
  tok_keyring_vault_set_deadline (TOK_KEYRING_VAULT (vault), 100);
  tok_vault_lookup_async (vault, &tok_keyring_own, NULL, tok_test_on_ready, &result);
  g_object_unref (vault);
  tok_test_wait_until (result != NULL);
  g_assert_null (tok_vault_lookup_finish (vault, result, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_VAULT_FAILED);
  g_clear_object (&result);
  tok_test_wait_until (gone == NULL);
}

/* Cancelling. */

static void
test_cancelled_before (Stage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  tok_vault_store_async (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET, cancellable,
                         tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  g_assert_false (tok_vault_store_finish (stage->vault, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
}

/* The deadline is that of a person who waits: it would fail the test. */
static void
test_cancelled (Stage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  add (stage, "login", TOK_KEYRING_SECRET);
  stage->keyring->ignores = "GetSecrets";
  tok_vault_lookup_async (stage->vault, &tok_keyring_own, cancellable, tok_test_on_ready, &result);
  tok_test_wait_until (stage->keyring->ignored->len > 0);
  g_cancellable_cancel (cancellable);
  tok_test_wait_until (result != NULL);
  g_assert_null (tok_vault_lookup_finish (stage->vault, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  tok_keyring_fake_answer_late (stage->keyring);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);
}

#define ADD(name, function, data)                                                                  \
  g_test_add ("/keyring-faults/" name, Stage, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int status;

  tok_test_init (&argc, &argv);

  ADD ("told", test_told, NULL);
  ADD ("replaces", test_replaces, NULL);
  ADD ("nameless-copy", test_nameless_copy, NULL);
  ADD ("list-copies", test_list_copies, NULL);
  ADD ("list-copies-faults", test_list_copies_faults, NULL);
  ADD ("costs-nothing", test_costs_nothing, NULL);
  ADD ("at-once", test_at_once, NULL);
  ADD ("in-order", test_in_order, NULL);
  ADD ("cancelled-and-forgotten", test_cancelled_and_forgotten, NULL);
  ADD ("cancelled-in-turn", test_cancelled_in_turn, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autofree char *path = g_strconcat ("/keyring-faults/content/", contents[i].name, NULL);

    g_test_add (path, Stage, &contents[i], set_up, test_content, tear_down);
  }
  ADD ("content/nul-inside", test_nul_inside, NULL);
  ADD ("content/one-is-no-text", test_one_is_no_text, NULL);
  ADD ("deleted-between", test_deleted_between, NULL);
  ADD ("cannot-delete", test_cannot_delete, NULL);
  ADD ("renamed", test_renamed, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (silences); i++) {
    g_autofree char *path
        = g_strdup_printf ("/keyring-faults/silence/%s/%s", silences[i].call, silences[i].method);

    g_test_add (path, Stage, &silences[i], set_up, test_silence, tear_down);
  }
  g_test_add_func ("/keyring-faults/let-go", test_let_go);
  ADD ("cancelled-before", test_cancelled_before, NULL);
  ADD ("cancelled", test_cancelled, NULL);

  status = g_test_run ();
  tok_keyring_bus_down ();
  return status;
}
