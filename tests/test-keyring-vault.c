/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every state that a keyring can be in, and every call. */

#include "tok-keyring-vault.h"

#include "tok-keyring-fake.h"
#include "tok-keyring-hands.h"
#include "tok-test.h"

#include <string.h>

#define SCHEMA "org.example.TokenManager"
#define FINE TOK_KEYRING_FINE
#define NEW_SECRET TOK_KEYRING_OTHER_SECRET

typedef enum {
  STORE,
  LOOKUP,
  FORGET,
  UNLOCK,
  N_CALLS,
} Call;

static const char *const call_names[N_CALLS] = { "store", "lookup", "forget", "unlock" };

typedef struct {
  const char *name;
  void (*arrange) (TokKeyringFake *fake, TokVault *vault);
  int outcomes[N_CALLS];
  guint n_prompts; /* of unlocking */
} State;

typedef struct {
  const State *state;
  Call call;
} Case;

static void
add_copy (TokKeyringFake *fake)
{
  tok_keyring_fake_add (fake, "login", "a1-copied", "xdg:schema", SCHEMA, "service",
                        TOK_KEYRING_SERVICE, "login-id", "SAMPLE1", "kind", "copy", "token-name",
                        "Grid bot", NULL);
}

/* What isn't ours, though it has the same attributes. */
static void
add_foreign (TokKeyringFake *fake)
{
  tok_keyring_fake_add (fake, "login", "foreign", "xdg:schema", "org.example.Other", "service",
                        TOK_KEYRING_SERVICE, "login-id", "SAMPLE1", "kind", "sign-in", NULL);
  tok_keyring_fake_add (fake, "login", "foreign", "xdg:schema", SCHEMA, "service",
                        TOK_KEYRING_SERVICE, "login-id", "SAMPLE2", "kind", "sign-in", NULL);
  tok_keyring_fake_add (fake, "login", "foreign", "xdg:schema", SCHEMA, "service",
                        "wss://other.example/websockets/v3?app_id=1", "login-id", "SAMPLE1", "kind",
                        "sign-in", NULL);
}

static gboolean
is_own (TokKeyringItem *item)
{
  return g_str_has_prefix (g_bytes_get_data (item->secret, NULL), "a1-")
         && g_strcmp0 (g_hash_table_lookup (item->attributes, "kind"), "sign-in") == 0;
}

static guint
count_own (TokKeyringFake *fake, gboolean locked_too)
{
  guint count = 0;

  for (guint i = 0; i < fake->items->len; i++) {
    TokKeyringItem *item = g_ptr_array_index (fake->items, i);
    gboolean is_locked
        = strstr (item->path, "/other/") != NULL ? fake->other_is_locked : fake->login_is_locked;

    count += is_own (item) && (locked_too || !is_locked);
  }
  return count;
}

/* The states. */

static void
arrange_nothing (TokKeyringFake *fake, TokVault *vault)
{
}

static void
arrange_kept (TokKeyringFake *fake, TokVault *vault)
{
  tok_keyring_fake_add_own (fake, "login", TOK_KEYRING_SECRET);
}

static void
arrange_locked (TokKeyringFake *fake, TokVault *vault)
{
  tok_keyring_fake_add_own (fake, "login", TOK_KEYRING_SECRET);
  fake->login_is_locked = TRUE;
}

/* As some services are: what is locked isn't found. */
static void
arrange_locked_hidden (TokKeyringFake *fake, TokVault *vault)
{
  arrange_locked (fake, vault);
  fake->hides_locked = TRUE;
}

static void
arrange_locked_dismissed (TokKeyringFake *fake, TokVault *vault)
{
  arrange_locked (fake, vault);
  fake->answer = TOK_KEYRING_DISMISSES;
}

static void
arrange_locked_unasked (TokKeyringFake *fake, TokVault *vault)
{
  arrange_locked (fake, vault);
  fake->asks_nobody = TRUE;
}

static void
arrange_no_keyring (TokKeyringFake *fake, TokVault *vault)
{
  g_ptr_array_set_size (fake->items, 0);
  fake->has_login = FALSE;
}

static void
arrange_no_keyring_dismissed (TokKeyringFake *fake, TokVault *vault)
{
  arrange_no_keyring (fake, vault);
  fake->answer = TOK_KEYRING_DISMISSES;
}

static void
arrange_keyring_gone (TokKeyringFake *fake, TokVault *vault)
{
  g_ptr_array_set_size (fake->items, 0);
  fake->login_has_gone = TRUE;
}

static void
arrange_equal (TokKeyringFake *fake, TokVault *vault)
{
  tok_keyring_fake_add_own (fake, "login", TOK_KEYRING_SECRET);
  tok_keyring_fake_add_own (fake, "other", TOK_KEYRING_SECRET);
  tok_keyring_fake_add_own (fake, "login", TOK_KEYRING_SECRET);
}

static void
arrange_different (TokKeyringFake *fake, TokVault *vault)
{
  arrange_equal (fake, vault);
  tok_keyring_fake_add_own (fake, "other", TOK_KEYRING_OTHER_SECRET);
}

static void
arrange_elsewhere (TokKeyringFake *fake, TokVault *vault)
{
  tok_keyring_fake_add_own (fake, "other", TOK_KEYRING_SECRET);
}

static void
arrange_elsewhere_locked (TokKeyringFake *fake, TokVault *vault)
{
  arrange_elsewhere (fake, vault);
  fake->other_is_locked = TRUE;
}

static void
arrange_both_one_locked (TokKeyringFake *fake, TokVault *vault)
{
  arrange_elsewhere_locked (fake, vault);
  tok_keyring_fake_add_own (fake, "login", TOK_KEYRING_SECRET);
}

/* Makes the vault use what it has got once. */
static void
arrange_used (TokKeyringFake *fake, TokVault *vault)
{
  tok_keyring_fake_add_own (fake, "login", TOK_KEYRING_SECRET);
  tok_keyring_assert_kept (vault, &tok_keyring_own, TOK_KEYRING_SECRET);
}

static void
arrange_deleted (TokKeyringFake *fake, TokVault *vault)
{
  TokKeyringItem *item = tok_keyring_fake_add_own (fake, "login", TOK_KEYRING_SECRET);

  tok_keyring_assert_kept (vault, &tok_keyring_own, TOK_KEYRING_SECRET);
  g_ptr_array_remove (fake->items, item);
}

static void
arrange_restarted (TokKeyringFake *fake, TokVault *vault)
{
  arrange_used (fake, vault);
  tok_keyring_fake_restart (fake);
}

/* As if the news of the restart were late. */
static void
arrange_session_lost (TokKeyringFake *fake, TokVault *vault)
{
  arrange_used (fake, vault);
  tok_keyring_fake_end_sessions (fake);
}

static void
arrange_gone (TokKeyringFake *fake, TokVault *vault)
{
  arrange_used (fake, vault);
  tok_keyring_fake_stop (fake);
}

static void
arrange_silent (TokKeyringFake *fake, TokVault *vault)
{
  arrange_kept (fake, vault);
  fake->ignores = "SearchItems";
  tok_keyring_vault_set_deadline (TOK_KEYRING_VAULT (vault), 200);
}

static void
arrange_store_refused (TokKeyringFake *fake, TokVault *vault)
{
  fake->refuses = "CreateItem";
}

/* The keyring is locked after it has been looked at. */
static void
arrange_locked_meanwhile (TokKeyringFake *fake, TokVault *vault)
{
  fake->refuses = "CreateItem";
  fake->refusal = "IsLocked";
}

static void
arrange_delete_refused (TokKeyringFake *fake, TokVault *vault)
{
  arrange_equal (fake, vault);
  fake->refuses = "Delete";
}

static void
arrange_store_prompts (TokKeyringFake *fake, TokVault *vault)
{
  fake->prompts_for = "CreateItem";
}

static void
arrange_delete_prompts (TokKeyringFake *fake, TokVault *vault)
{
  arrange_equal (fake, vault);
  fake->prompts_for = "Delete";
}

/* Outcomes of store, lookup, forget and unlock, and the prompts of unlock. */
static const State states[] = {
  { "empty", arrange_nothing, { FINE, TOK_ERROR_VAULT, FINE, FINE }, 0 },
  { "kept", arrange_kept, { FINE, FINE, FINE, FINE }, 0 },
  { "locked",
    arrange_locked,
    { TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, FINE },
    1 },
  { "locked-hidden",
    arrange_locked_hidden,
    { TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, FINE },
    1 },
  { "locked-dismissed",
    arrange_locked_dismissed,
    { TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED,
      TOK_ERROR_VAULT_DISMISSED },
    1 },
  { "locked-unasked",
    arrange_locked_unasked,
    { TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, FINE },
    0 },
  { "no-keyring", arrange_no_keyring, { TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT, FINE, FINE }, 1 },
  { "no-keyring-dismissed",
    arrange_no_keyring_dismissed,
    { TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT, FINE, TOK_ERROR_VAULT_DISMISSED },
    1 },
  { "keyring-gone",
    arrange_keyring_gone,
    { TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT, FINE, FINE },
    1 },
  { "equal", arrange_equal, { FINE, FINE, FINE, FINE }, 0 },
  { "different", arrange_different, { FINE, TOK_ERROR_VAULT_AMBIGUOUS, FINE, FINE }, 0 },
  { "elsewhere", arrange_elsewhere, { FINE, FINE, FINE, FINE }, 0 },
  { "elsewhere-locked",
    arrange_elsewhere_locked,
    { FINE, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, FINE },
    1 },
  { "both-one-locked", arrange_both_one_locked, { FINE, FINE, TOK_ERROR_VAULT_LOCKED, FINE }, 1 },
  { "deleted-underneath", arrange_deleted, { FINE, TOK_ERROR_VAULT, FINE, FINE }, 0 },
  { "restarted", arrange_restarted, { FINE, FINE, FINE, FINE }, 0 },
  { "session-lost", arrange_session_lost, { FINE, FINE, FINE, FINE }, 0 },
  { "gone",
    arrange_gone,
    { TOK_ERROR_VAULT_MISSING, TOK_ERROR_VAULT_MISSING, TOK_ERROR_VAULT_MISSING,
      TOK_ERROR_VAULT_MISSING },
    0 },
  { "silent",
    arrange_silent,
    { TOK_ERROR_VAULT_FAILED, TOK_ERROR_VAULT_FAILED, TOK_ERROR_VAULT_FAILED,
      TOK_ERROR_VAULT_FAILED },
    0 },
  { "store-refused",
    arrange_store_refused,
    { TOK_ERROR_VAULT_FAILED, TOK_ERROR_VAULT, FINE, FINE },
    0 },
  { "locked-meanwhile",
    arrange_locked_meanwhile,
    { TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT, FINE, FINE },
    0 },
  { "delete-refused",
    arrange_delete_refused,
    { TOK_ERROR_VAULT_FAILED, FINE, TOK_ERROR_VAULT_FAILED, FINE },
    0 },
  { "store-prompts",
    arrange_store_prompts,
    { TOK_ERROR_VAULT_FAILED, TOK_ERROR_VAULT, FINE, FINE },
    0 },
  { "delete-prompts",
    arrange_delete_prompts,
    { TOK_ERROR_VAULT_FAILED, FINE, TOK_ERROR_VAULT_FAILED, FINE },
    0 },
};

static int
perform (TokVault *vault, Call call)
{
  g_autoptr (TokSecret) secret = NULL;
  int outcome;

  switch (call) {
  case STORE:
    return tok_keyring_store (vault, &tok_keyring_own, NEW_SECRET);
  case LOOKUP:
    outcome = tok_keyring_lookup (vault, &tok_keyring_own, &secret);
    if (outcome == FINE)
      g_assert_cmpstr (secret, ==, TOK_KEYRING_SECRET);
    return outcome;
  case FORGET:
    return tok_keyring_forget (vault, &tok_keyring_own);
  case UNLOCK:
    return tok_keyring_unlock (vault);
  default:
    g_assert_not_reached ();
  }
}

/* Nothing but unlocking may lead to a prompt, and no secret is sent to where it can't stay. */
static void
assert_prompts (TokKeyringFake *fake, const State *state, Call call)
{
  g_assert_cmpuint (tok_keyring_fake_count (fake, "Prompt"), ==,
                    call == UNLOCK ? state->n_prompts : 0);
  g_assert_cmpuint (tok_keyring_fake_count (fake, "Dismiss"), ==, 0);
  if (fake->login_is_locked || !fake->has_login)
    g_assert_cmpuint (tok_keyring_fake_count (fake, "CreateItem"), ==, 0);
  if (call != UNLOCK) {
    g_assert_cmpuint (tok_keyring_fake_count (fake, "Unlock"), ==, 0);
    g_assert_cmpuint (tok_keyring_fake_count (fake, "CreateCollection"), ==, 0);
  }
}

static void
assert_consequences (TokKeyringFake *fake, TokVault *vault, Call call, int outcome, guint n_before)
{
  g_autoptr (TokSecret) secret = NULL;

  if (call == STORE && outcome == FINE) {
    g_assert_cmpuint (count_own (fake, FALSE), ==, 1);
    tok_keyring_assert_kept (vault, &tok_keyring_own, NEW_SECRET);
  } else if (call == STORE) {
    g_assert_cmpuint (count_own (fake, TRUE), >=, n_before);
  } else if (call == FORGET && outcome == FINE) {
    g_assert_cmpuint (count_own (fake, TRUE), ==, 0);
  } else if (call == FORGET && outcome == TOK_ERROR_VAULT_LOCKED) {
    g_assert_cmpuint (count_own (fake, FALSE), ==, 0);
  } else {
    g_assert_cmpuint (count_own (fake, TRUE), ==, n_before);
  }

  if (call == UNLOCK && outcome == FINE) {
    g_assert_true (fake->has_login && !fake->login_is_locked && !fake->other_is_locked);
    g_assert_cmpint (tok_keyring_lookup (vault, &tok_keyring_own, &secret), !=,
                     TOK_ERROR_VAULT_LOCKED);
  }
}

static void
test_case (gconstpointer data)
{
  const Case *now = data;
  g_autoptr (TokKeyringFake) fake = tok_keyring_fake_new (tok_keyring_bus_up ());
  g_autoptr (TokVault) vault = tok_keyring_vault_new ();
  guint n_before;
  guint n_others;
  int outcome;

  add_copy (fake);
  add_foreign (fake);
  now->state->arrange (fake, vault);
  tok_keyring_fake_reset_counts (fake);
  n_before = count_own (fake, TRUE);
  n_others = fake->items->len - n_before;

  outcome = perform (vault, now->call);
  g_assert_cmpint (outcome, ==, now->state->outcomes[now->call]);
  assert_prompts (fake, now->state, now->call);
  assert_consequences (fake, vault, now->call, outcome, n_before);
  g_assert_cmpuint (fake->items->len - count_own (fake, TRUE), ==, n_others);
}

static void
test_no_service (gconstpointer data)
{
  const Case *now = data;
  g_autoptr (TokVault) vault = NULL;

  tok_keyring_bus_up ();
  vault = tok_keyring_vault_new ();
  g_assert_cmpint (perform (vault, now->call), ==, TOK_ERROR_VAULT_MISSING);
  g_assert_cmpint (perform (vault, now->call), ==, TOK_ERROR_VAULT_MISSING);
}

static void
test_no_bus (gconstpointer data)
{
  static const char *const addresses[]
      = { "unix:path=/nonexistent/bus", "autolaunch:", "nonsense" };
  const Case *now = data;

  tok_keyring_bus_down ();
  g_unsetenv ("DISPLAY");
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autoptr (TokVault) vault = tok_keyring_vault_new ();

    g_setenv ("DBUS_SESSION_BUS_ADDRESS", addresses[i], TRUE);
    g_assert_cmpint (perform (vault, now->call), ==, TOK_ERROR_VAULT_MISSING);
  }
}

static void
test_new_destroy (void)
{
  g_autoptr (TokKeyringFake) fake = tok_keyring_fake_new (tok_keyring_bus_up ());
  TokVault *vault = tok_keyring_vault_new ();

  tok_keyring_assert_not_kept (vault, &tok_keyring_own);
  g_assert_finalize_object (G_OBJECT (vault));
}

static void
add_case (const State *state, Call call, const char *name, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/keyring-vault/%s/%s", name, call_names[call]);
  Case *new_case = g_new (Case, 1);

  *new_case = (Case){ state, call };
  g_test_add_data_func_full (path, new_case, function, g_free);
}

int
main (int argc, char **argv)
{
  int status;

  tok_test_init (&argc, &argv);

  g_test_add_func ("/keyring-vault/new-destroy", test_new_destroy);
  for (Call call = STORE; call < N_CALLS; call++) {
    add_case (NULL, call, "no-bus", test_no_bus);
    add_case (NULL, call, "no-service", test_no_service);
    for (guint i = 0; i < G_N_ELEMENTS (states); i++)
      add_case (&states[i], call, states[i].name, test_case);
  }

  status = g_test_run ();
  tok_keyring_bus_down ();
  return status;
}
