/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-private-file.h"

#include "tok-test.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#define SECRET "aBcDeFgHiJkLmNo"
#define OTHER "something else that is longer than the secret"
#define NAME "Grid bot.token"
#define NOBODY 65534

/* The linker puts this in the place of g_free (), to look at what is being freed. */
void __wrap_g_free (gpointer block);
void __real_g_free (gpointer block);

static int n_leaked;

void
__wrap_g_free (gpointer block)
{
  if (block != NULL && malloc_usable_size (block) > strlen (SECRET)
      && memcmp (block, SECRET, strlen (SECRET)) == 0)
    g_atomic_int_inc (&n_leaked);
  __real_g_free (block);
}

/* A folder of its own, and a file in it. */
typedef struct {
  char *folder;
  char *path;
  GFile *file;
  GAsyncResult *result;
  GError *error;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("tok-file-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, NAME, NULL);
  self->file = g_file_new_for_path (self->path);
  n_leaked = 0;
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (n_leaked, ==, 0);
  g_clear_object (&self->result);
  g_clear_error (&self->error);
  remove_all (self->folder);
  g_object_unref (self->file);
  g_free (self->path);
  g_free (self->folder);
}

static TokPrivateFileOutcome
save (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  g_clear_error (&self->error);
  tok_private_file_save_async (self->file, SECRET, NULL, tok_test_on_ready, &slot);
  g_assert_null (slot);
  result = tok_test_wait_for_result (&slot);
  return tok_private_file_save_finish (result, &self->error);
}

static void
put (const char *path, const char *text, int mode)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
assert_holds (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (contents, length, text, strlen (text));
  explicit_bzero (contents, length);
}

static void
assert_mode (const char *path, int mode)
{
  GStatBuf status;

  g_assert_cmpint (g_lstat (path, &status), ==, 0);
  g_assert_true (S_ISREG (status.st_mode));
  g_assert_cmpint (status.st_mode & 07777, ==, mode);
}

static guint
count_files (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* It is there, whole, alone, and for its owner only. */
static void
assert_saved (Fixture *self)
{
  TokPrivateFileOutcome outcome = save (self);

  g_assert_no_error (self->error);
  g_assert_cmpint (outcome, ==, TOK_PRIVATE_FILE_PRIVATE);
  assert_holds (self->path, SECRET);
  assert_mode (self->path, 0600);
}

static void
assert_fails (Fixture *self, int code, const char *sentence)
{
  g_autofree char *said = NULL;

  g_assert_cmpint (save (self), ==, TOK_PRIVATE_FILE_FAILED);
  g_assert_error (self->error, G_FILE_ERROR, code);
  said = tok_private_file_describe_failure (self->error);
  if (sentence != NULL)
    g_assert_cmpstr (said, ==, sentence);
  else
    g_assert_true (g_str_has_prefix (said, "Not saved. "));
}

/* Whatever the process lets others do with its files. */
static void
test_new (Fixture *self, gconstpointer data)
{
  mode_t before = umask (GPOINTER_TO_UINT (data));

  assert_saved (self);
  umask (before);
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
test_replaces (Fixture *self, gconstpointer data)
{
  int reader;
  char old[sizeof OTHER] = "";

  put (self->path, OTHER, GPOINTER_TO_INT (data));
  /* Somebody who has the old file open sees nothing of the new one. */
  reader = g_open (self->path, O_RDONLY, 0);
  g_assert_cmpint (reader, >=, 0);
  assert_saved (self);
  g_assert_cmpint (read (reader, old, sizeof old), ==, strlen (OTHER));
  g_assert_cmpstr (old, ==, OTHER);
  close (reader);
  /* Nor is there a copy of either. */
  g_assert_cmpuint (count_files (self), ==, 1);
  assert_saved (self);
}

/* A link of somebody who wants to have it leads nowhere. */
static void
test_link (Fixture *self, gconstpointer data)
{
  gboolean dangles = GPOINTER_TO_INT (data);
  g_autofree char *theirs = g_build_filename (self->folder, "theirs", NULL);

  if (!dangles)
    put (theirs, OTHER, 0666);
  g_assert_cmpint (symlink (theirs, self->path), ==, 0);
  assert_saved (self);
  if (dangles) {
    g_assert_false (g_file_test (theirs, G_FILE_TEST_EXISTS));
  } else {
    assert_holds (theirs, OTHER);
    assert_mode (theirs, 0666);
  }
}

static void
test_hard_link (Fixture *self, gconstpointer data)
{
  g_autofree char *theirs = g_build_filename (self->folder, "theirs", NULL);

  put (theirs, OTHER, 0666);
  g_assert_cmpint (link (theirs, self->path), ==, 0);
  assert_saved (self);
  assert_holds (theirs, OTHER);
}

static void
test_no_file (Fixture *self, gconstpointer data)
{
  const char *sentence
      = "Not saved. What has this name there is no ordinary file. Choose another name.";
  GStatBuf status;

  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  assert_fails (self, G_FILE_ERROR_ISDIR, sentence);
  g_assert_true (g_file_test (self->path, G_FILE_TEST_IS_DIR));
  g_rmdir (self->path);

  /* Nobody waits for whoever reads from it. */
  g_assert_cmpint (mkfifo (self->path, 0666), ==, 0);
  assert_fails (self, G_FILE_ERROR_ISDIR, sentence);
  g_assert_cmpint (g_lstat (self->path, &status), ==, 0);
  g_assert_true (S_ISFIFO (status.st_mode));
}

/* A disk that fills up in the middle. */
static void
test_full (Fixture *self, gconstpointer data)
{
  gboolean replaces = GPOINTER_TO_INT (data);
  struct rlimit before;
  struct rlimit small;

  if (replaces)
    put (self->path, OTHER, 0640);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = strlen (SECRET) / 2;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_cmpint (save (self), ==, TOK_PRIVATE_FILE_FAILED);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_nonnull (self->error);
  g_assert_cmpuint (count_files (self), ==, replaces ? 1 : 0);
  if (replaces) {
    assert_holds (self->path, OTHER);
    assert_mode (self->path, 0640);
  }
  assert_saved (self);
}

static void
test_read_only (Fixture *self, gconstpointer data)
{
  put (self->path, OTHER, 0666);
  g_assert_cmpint (g_chmod (self->folder, 0555), ==, 0);
  /* To whoever is root nothing is read-only. */
  if (getuid () == 0)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  assert_fails (self, G_FILE_ERROR_ACCES,
                "Not saved. You may not write there. Choose another folder.");
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (g_chmod (self->folder, 0700), ==, 0);
  assert_holds (self->path, OTHER);
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
test_gone (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "gone", NAME, NULL);

  g_object_unref (self->file);
  self->file = g_file_new_for_path (path);
  assert_fails (self, G_FILE_ERROR_NOENT, "Not saved. The folder is gone. Choose another one.");
}

static void
test_long (Fixture *self, gconstpointer data)
{
  g_autofree char *name = g_strnfill (300, 'x');
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_object_unref (self->file);
  self->file = g_file_new_for_path (path);
  assert_fails (self, G_FILE_ERROR_NAMETOOLONG,
                "Not saved. The name is too long. Choose a shorter one.");
}

static void
test_elsewhere (Fixture *self, gconstpointer data)
{
  g_autofree char *said = NULL;

  g_object_unref (self->file);
  self->file = g_file_new_for_uri ("mtp://phone/" NAME);
  g_assert_cmpint (save (self), ==, TOK_PRIVATE_FILE_FAILED);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  said = tok_private_file_describe_failure (self->error);
  g_assert_cmpstr (said, ==,
                   "Not saved. That place is not a folder of this computer. Choose another one.");
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  g_cancellable_cancel (cancellable);
  tok_private_file_save_async (self->file, SECRET, cancellable, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  g_assert_cmpint (tok_private_file_save_finish (result, &self->error), ==,
                   TOK_PRIVATE_FILE_FAILED);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (self), ==, 0);
}

static void
add (const char *path, gconstpointer data, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("/private-file/new/open", GUINT_TO_POINTER (0), test_new);
  add ("/private-file/new/usual", GUINT_TO_POINTER (022), test_new);
  add ("/private-file/replaces/public", GINT_TO_POINTER (0666), test_replaces);
  add ("/private-file/replaces/private", GINT_TO_POINTER (0600), test_replaces);
  add ("/private-file/replaces/read-only", GINT_TO_POINTER (0444), test_replaces);
  add ("/private-file/link/file", GINT_TO_POINTER (FALSE), test_link);
  add ("/private-file/link/nowhere", GINT_TO_POINTER (TRUE), test_link);
  add ("/private-file/link/hard", NULL, test_hard_link);
  add ("/private-file/no-file", NULL, test_no_file);
  add ("/private-file/full/new", GINT_TO_POINTER (FALSE), test_full);
  add ("/private-file/full/replaces", GINT_TO_POINTER (TRUE), test_full);
  add ("/private-file/read-only", NULL, test_read_only);
  add ("/private-file/gone", NULL, test_gone);
  add ("/private-file/long", NULL, test_long);
  add ("/private-file/elsewhere", NULL, test_elsewhere);
  add ("/private-file/cancelled", NULL, test_cancelled);

  return g_test_run ();
}
