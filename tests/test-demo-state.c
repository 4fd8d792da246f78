/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-state.h"

#include "tok-demo-sample.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder;
  char *path;
  TokDemoState *state;
  TokDemoOwner *owner;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("state-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "state", NULL);
  fixture->state = tok_demo_state_new (fixture->path);
  fixture->owner = tok_demo_sample_new_owner ("a1-given");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  tok_demo_state_free (fixture->state);
  tok_demo_owner_free (fixture->owner);
  g_unlink (fixture->path);
  /* Nothing else was left there. */
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static TokDemoOwner *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  TokDemoOwner *owner;

  g_assert_true (tok_demo_state_load (fixture->state, &owner, &error));
  g_assert_no_error (error);
  return owner;
}

static void
save (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tok_demo_state_save (fixture->state, fixture->owner, &error));
  g_assert_no_error (error);
}

static void
write_file (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
}

static void
assert_refused (Fixture *fixture, const GError *error)
{
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_null (strstr (error->message, "a1-given"));
}

static void
test_new_free (void)
{
  tok_demo_state_free (tok_demo_state_new ("/nowhere"));
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TokDemoOwner) kept = NULL;
  GStatBuf status;

  g_assert_null (load (fixture));
  save (fixture);
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  save (fixture);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  kept = load (fixture);
  g_assert_nonnull (tok_demo_owner_find_secret (kept, "a1-given"));
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  TokDemoOwner *owner;

  write_file (fixture, "{\"version\":1,\"a1-given\":1}");
  g_assert_false (tok_demo_state_load (fixture->state, &owner, &error));
  assert_refused (fixture, error);
  g_assert_null (owner);
  g_file_get_contents (fixture->path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "{\"version\":1,\"a1-given\":1}");
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TokDemoState) state = tok_demo_state_new (fixture->folder);
  g_autoptr (GError) error = NULL;
  TokDemoOwner *owner;

  g_assert_false (tok_demo_state_load (state, &owner, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
}

/* What somebody else has put there stays, and what was taken away comes back. */
static void
test_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autofree char *text = NULL;

  g_assert_null (load (fixture));
  write_file (fixture, "mine");
  g_assert_false (tok_demo_state_save (fixture->state, fixture->owner, &error));
  assert_refused (fixture, error);
  g_unlink (fixture->path);
  save (fixture);
  write_file (fixture, "mine");
  g_assert_false (tok_demo_state_save (fixture->state, fixture->owner, &again));
  assert_refused (fixture, again);
  g_file_get_contents (fixture->path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "mine");
}

#define ADD(path, test) g_test_add ("/demo-state/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-state/new-free", test_new_free);
  ADD ("kept", test_kept);
  ADD ("foreign", test_foreign);
  ADD ("folder", test_folder);
  ADD ("meanwhile", test_meanwhile);
  return g_test_run ();
}
