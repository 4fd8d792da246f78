/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-private-file.h"

#include "tok-secret.h"
#include "tok-text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define MAX_SHOWN_CHARS 200
#define OTHERS 0077
#define TEMPORARY ".saving-XXXXXX"

/* What is to be written, and where to. */
typedef struct {
  char *path;
  char *text;
} Job;

static void
job_free (Job *self)
{
  g_free (self->path);
  tok_secret_free (self->text);
  g_free (self);
}

/* A device or a pipe would be replaced like a file; a link is, and what it leads to is left alone.
 */
static gboolean
check_place (const char *path, GError **error)
{
  GStatBuf before;

  if (g_lstat (path, &before) != 0 || S_ISREG (before.st_mode) || S_ISLNK (before.st_mode))
    return TRUE;
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR, "not a regular file");
  return FALSE;
}

/* Some file systems know neither owners nor modes. */
static gboolean
is_private (const char *path)
{
  GStatBuf after;

  return g_lstat (path, &after) == 0 && S_ISREG (after.st_mode) && after.st_uid == geteuid ()
         && (after.st_mode & OTHERS) == 0;
}

static gboolean
fail (GError **error)
{
  int saved_errno = errno;

  g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved_errno),
                       g_strerror (saved_errno));
  return FALSE;
}

static gboolean
write_all (int fd, const char *text)
{
  gsize left = strlen (text);

  while (left > 0) {
    gssize n_written = write (fd, text, left);

    if (n_written < 0 && errno != EINTR)
      return FALSE;
    text += MAX (n_written, 0);
    left -= (gsize) MAX (n_written, 0);
  }
  return fsync (fd) == 0;
}

/* Writes to a new file, which is nobody else's from the beginning, and puts that in the place of
 * the old one, if there is one. GLib's own function for that keeps the mode of the old one where it
 * is new enough. */
static gboolean
replace (const char *path, const char *text, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = g_build_filename (folder, TEMPORARY, NULL);
  int fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600);
  gboolean is_written;

  if (fd < 0)
    return fail (error);
  is_written = write_all (fd, text) || fail (error);
  is_written = g_close (fd, is_written ? error : NULL) && is_written;
  if (is_written && g_rename (temporary, path) == 0)
    return TRUE;
  if (is_written)
    fail (error);
  g_unlink (temporary);
  return FALSE;
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;

  if (check_place (job->path, &error) && replace (job->path, job->text, &error))
    g_task_return_int (task, is_private (job->path) ? TOK_PRIVATE_FILE_PRIVATE
                                                    : TOK_PRIVATE_FILE_EXPOSED);
  else
    g_task_return_error (task, error);
}

static const char *
explain (const GError *error)
{
  if (error->domain == G_FILE_ERROR)
    switch (error->code) {
    case G_FILE_ERROR_NOSPC:
      return _ ("There is no room left there. Choose another place.");
    case G_FILE_ERROR_ACCES:
    case G_FILE_ERROR_PERM:
    case G_FILE_ERROR_ROFS:
      return _ ("You may not write there. Choose another folder.");
    case G_FILE_ERROR_ISDIR:
      return _ ("What has this name there is no ordinary file. Choose another name.");
    case G_FILE_ERROR_NOENT:
    case G_FILE_ERROR_NOTDIR:
      return _ ("The folder is gone. Choose another one.");
    case G_FILE_ERROR_NAMETOOLONG:
      return _ ("The name is too long. Choose a shorter one.");
    default:
      break;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    return _ ("That place is not a folder of this computer. Choose another one.");
  return NULL;
}

/**
 * tok_private_file_save_async:
 * @file: Where to; what is there is replaced.
 * @text: What to write; it may be a secret.
 * @cancellable: (nullable): To cancel it.
 * @callback: To be called when it is done.
 * @user_data: For @callback.
 *
 * Writes @text to @file, and nothing else: neither a line's end nor a backup. At no time can
 * anybody but the owner read it, where the file system allows for that; if @file is a link then
 * the link is replaced. When it fails all is as it was.
 */
void
tok_private_file_save_async (GFile *file,
                             const char *text,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (text != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_private_file_save_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (g_file_peek_path (file) == NULL) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not a local file");
    return;
  }
  job = g_new0 (Job, 1);
  job->path = g_file_get_path (file);
  job->text = g_strdup (text);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, run);
}

/**
 * tok_private_file_save_finish:
 * @result: What the callback was given.
 * @error: Return location for a `GFileError`, or a `GIOError` where there is no such place.
 *
 * Returns: How it ended.
 */
TokPrivateFileOutcome
tok_private_file_save_finish (GAsyncResult *result, GError **error)
{
  gssize outcome;

  g_return_val_if_fail (g_task_is_valid (result, NULL), TOK_PRIVATE_FILE_FAILED);

  outcome = g_task_propagate_int (G_TASK (result), error);
  return outcome >= 0 ? (TokPrivateFileOutcome) outcome : TOK_PRIVATE_FILE_FAILED;
}

/**
 * tok_private_file_describe_place:
 * @file: Where something was saved.
 *
 * Returns: (transfer full): Its name and that of its folder, however odd they are, in a sentence;
 *   no markup.
 */
char *
tok_private_file_describe_place (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *path = g_file_get_parse_name (folder);
  g_autofree char *name = g_path_get_basename (g_file_peek_path (file));
  g_autofree char *name_utf8 = g_filename_display_name (name);
  g_autofree char *shown_name = tok_text_make_visible (name_utf8, MAX_SHOWN_CHARS);
  g_autofree char *shown_path = tok_text_make_visible (path, MAX_SHOWN_CHARS);

  /* Translators: the name of a file, and of the folder that it is in. */
  return g_strdup_printf (_ ("Saved as “%s” in %s."), shown_name, shown_path);
}

/**
 * tok_private_file_describe_failure:
 * @error: Why something could not be saved.
 *
 * Returns: (transfer full): That, and what to do about it; no markup.
 */
char *
tok_private_file_describe_failure (const GError *error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (explain (error) == NULL)
    text = tok_text_make_visible (error->message, MAX_SHOWN_CHARS);
  /* Translators: %s is a sentence that says why. */
  return g_strdup_printf (_ ("Not saved. %s"), text != NULL ? text : explain (error));
}
