/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-scope-set.h"

#include "tok-test.h"

#define N_WATCHED (TOK_N_SCOPES + 1)

/* The property of the scope 1 << n is the nth; the last stands for them all. */
static const char *const names[N_WATCHED]
    = { "read", "trade", "payments", "trading-information", "admin", "scopes" };

typedef struct {
  guint *counts[N_WATCHED];
} Watch;

static Watch
watch (TokScopeSet *set)
{
  Watch watch;

  for (guint i = 0; i < N_WATCHED; i++)
    watch.counts[i] = tok_test_count_notify (set, names[i]);
  return watch;
}

/* Exactly @expected were notified of since the last time, once each. */
static void
assert_notified (Watch *watch, TokScopes expected)
{
  for (guint i = 0; i < TOK_N_SCOPES; i++) {
    g_test_message ("%s", names[i]);
    g_assert_cmpuint (*watch->counts[i], ==, (expected & TOK_SCOPE_NTH (i)) != 0);
    *watch->counts[i] = 0;
  }
  g_assert_cmpuint (*watch->counts[TOK_N_SCOPES], ==, expected != TOK_SCOPE_NONE);
  *watch->counts[TOK_N_SCOPES] = 0;
}

static gboolean
get (gpointer object, const char *property)
{
  gboolean value;

  g_object_get (object, property, &value, NULL);
  return value;
}

static void
test_new_destroy (void)
{
  TokScopeSet *set = tok_scope_set_new (TOK_SCOPE_READ | TOK_SCOPE_ADMIN);

  g_assert_true (TOK_IS_SCOPE_SET (set));
  g_assert_cmpuint (tok_scope_set_get_scopes (set), ==, TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
  tok_test_assert_finalize (set);
}

static void
test_only_known (void)
{
  g_autoptr (TokScopeSet) set = tok_scope_set_new (TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN);
  Watch watched = watch (set);

  g_assert_cmpuint (tok_scope_set_get_scopes (set), ==, TOK_SCOPE_READ);
  tok_scope_set_set_scopes (set, TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN);
  g_object_set (set, "scopes", TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN, NULL);
  g_assert_cmpuint (tok_scope_set_get_scopes (set), ==, TOK_SCOPE_READ);
  assert_notified (&watched, TOK_SCOPE_NONE);
}

static void
test_properties (void)
{
  g_autoptr (TokScopeSet) set = tok_scope_set_new (TOK_SCOPE_NONE);
  Watch watched = watch (set);

  for (guint i = 0; i < TOK_N_SCOPES; i++) {
    g_assert_false (get (set, names[i]));

    g_object_set (set, names[i], TRUE, NULL);
    g_assert_true (get (set, names[i]));
    g_assert_cmpuint (tok_scope_set_get_scopes (set), ==, TOK_SCOPE_NTH (i));
    assert_notified (&watched, TOK_SCOPE_NTH (i));

    g_object_set (set, names[i], TRUE, NULL);
    assert_notified (&watched, TOK_SCOPE_NONE);

    g_object_set (set, names[i], FALSE, NULL);
    g_assert_cmpuint (tok_scope_set_get_scopes (set), ==, TOK_SCOPE_NONE);
    assert_notified (&watched, TOK_SCOPE_NTH (i));

    g_object_set (set, names[i], FALSE, NULL);
    assert_notified (&watched, TOK_SCOPE_NONE);
  }
}

/* From every set to every other. */
static void
test_whole (void)
{
  g_autoptr (TokScopeSet) set = tok_scope_set_new (TOK_SCOPE_NONE);
  Watch watched = watch (set);

  for (guint from = TOK_SCOPE_NONE; from <= TOK_SCOPE_ALL; from++)
    for (guint to = TOK_SCOPE_NONE; to <= TOK_SCOPE_ALL; to++) {
      TokScopes scopes;

      tok_scope_set_set_scopes (set, from);
      for (guint i = 0; i < N_WATCHED; i++)
        *watched.counts[i] = 0;

      g_object_set (set, "scopes", to, NULL);
      g_object_get (set, "scopes", &scopes, NULL);
      g_assert_cmpuint (scopes, ==, to);
      g_assert_cmpuint (tok_scope_set_get_scopes (set), ==, to);
      assert_notified (&watched, from ^ to);
    }
}

static void
on_scope_seen_whole (TokScopeSet *set, GParamSpec *pspec, gpointer data)
{
  guint *n_seen = data;

  g_assert_cmpuint (tok_scope_set_get_scopes (set), ==, TOK_SCOPE_TRADE | TOK_SCOPE_ADMIN);
  (*n_seen)++;
}

/* Nobody gets to see a set that is half changed. */
static void
test_seen_whole (void)
{
  g_autoptr (TokScopeSet) set = tok_scope_set_new (TOK_SCOPE_READ);
  guint n_seen = 0;

  g_signal_connect (set, "notify", G_CALLBACK (on_scope_seen_whole), &n_seen);
  tok_scope_set_set_scopes (set, TOK_SCOPE_TRADE | TOK_SCOPE_ADMIN);
  g_assert_cmpuint (n_seen, ==, 4);
}

static void
on_admin_refused (TokScopeSet *set, GParamSpec *pspec, gpointer data)
{
  tok_scope_set_set_scopes (set, tok_scope_set_get_scopes (set) & ~TOK_SCOPE_ADMIN);
}

static void
test_changed_while_notified (void)
{
  g_autoptr (TokScopeSet) set = tok_scope_set_new (TOK_SCOPE_NONE);

  g_signal_connect (set, "notify::admin", G_CALLBACK (on_admin_refused), NULL);
  tok_scope_set_set_scopes (set, TOK_SCOPE_ALL);
  g_assert_cmpuint (tok_scope_set_get_scopes (set), ==, TOK_SCOPE_ALL & ~TOK_SCOPE_ADMIN);
  g_assert_false (get (set, "admin"));
}

/* An action's `enabled` stands for the `active` of a check button. */
static void
test_bound_to_buttons (void)
{
  g_autoptr (TokScopeSet) set = tok_scope_set_new (TOK_SCOPE_PAYMENTS);
  Watch watched = watch (set);
  GSimpleAction *buttons[TOK_N_SCOPES];

  for (guint i = 0; i < TOK_N_SCOPES; i++) {
    buttons[i] = g_simple_action_new (names[i], NULL);
    g_object_bind_property (set, names[i], buttons[i], "enabled",
                            G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
    g_assert_cmpint (get (buttons[i], "enabled"), ==, TOK_SCOPE_NTH (i) == TOK_SCOPE_PAYMENTS);
  }
  assert_notified (&watched, TOK_SCOPE_NONE);

  for (guint i = 0; i < TOK_N_SCOPES; i++) {
    TokScopes before = tok_scope_set_get_scopes (set);

    g_simple_action_set_enabled (buttons[i], !get (buttons[i], "enabled"));
    g_assert_cmpuint (tok_scope_set_get_scopes (set), ==, before ^ TOK_SCOPE_NTH (i));
    assert_notified (&watched, TOK_SCOPE_NTH (i));
  }

  for (guint scopes = TOK_SCOPE_NONE; scopes <= TOK_SCOPE_ALL; scopes++) {
    tok_scope_set_set_scopes (set, scopes);
    for (guint i = 0; i < TOK_N_SCOPES; i++)
      g_assert_cmpint (get (buttons[i], "enabled"), ==, (scopes & TOK_SCOPE_NTH (i)) != 0);
  }

  for (guint i = 0; i < TOK_N_SCOPES; i++)
    tok_test_assert_finalize (buttons[i]);
}

static void
test_bound_to_another (void)
{
  g_autoptr (TokScopeSet) one = tok_scope_set_new (TOK_SCOPE_READ);
  g_autoptr (TokScopeSet) other = tok_scope_set_new (TOK_SCOPE_ALL);
  Watch watched_one, watched_other;

  g_object_bind_property (one, "scopes", other, "scopes",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_assert_cmpuint (tok_scope_set_get_scopes (other), ==, TOK_SCOPE_READ);
  watched_one = watch (one);
  watched_other = watch (other);

  g_object_set (other, "admin", TRUE, "read", FALSE, NULL);
  g_assert_cmpuint (tok_scope_set_get_scopes (one), ==, TOK_SCOPE_ADMIN);
  g_assert_cmpuint (tok_scope_set_get_scopes (other), ==, TOK_SCOPE_ADMIN);
  assert_notified (&watched_one, TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
  assert_notified (&watched_other, TOK_SCOPE_READ | TOK_SCOPE_ADMIN);

  tok_scope_set_set_scopes (one, TOK_SCOPE_TRADE);
  g_assert_cmpuint (tok_scope_set_get_scopes (other), ==, TOK_SCOPE_TRADE);
  assert_notified (&watched_one, TOK_SCOPE_TRADE | TOK_SCOPE_ADMIN);
  assert_notified (&watched_other, TOK_SCOPE_TRADE | TOK_SCOPE_ADMIN);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/scope-set/new-destroy", test_new_destroy);
  g_test_add_func ("/scope-set/only-known", test_only_known);
  g_test_add_func ("/scope-set/properties", test_properties);
  g_test_add_func ("/scope-set/whole", test_whole);
  g_test_add_func ("/scope-set/seen-whole", test_seen_whole);
  g_test_add_func ("/scope-set/changed-while-notified", test_changed_while_notified);
  g_test_add_func ("/scope-set/bound-to-buttons", test_bound_to_buttons);
  g_test_add_func ("/scope-set/bound-to-another", test_bound_to_another);

  return g_test_run ();
}
