/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-state.h"

#include "tok-demo-record.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_SIZE (64 * 1024 * 1024)
#define MODE 0600

static gboolean
refuse (const char *path, GError **error, const char *why)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _ ("“%s” is not what this service has kept, and is left as it is: %s"), path, why);
  return FALSE;
}

/**
 * tok_demo_state_load:
 * @path: A file.
 * @owner: (out) (nullable): The owner that is kept in it, or %NULL if there is no such file yet.
 * @error: Where to put a %G_IO_ERROR or %G_FILE_ERROR, whose message is a sentence for people.
 *
 * Reads what [func@demo_state_save] has written. A file that holds anything else is not touched.
 *
 * Returns: Whether that worked.
 */
gboolean
tok_demo_state_load (const char *path, TokDemoOwner **owner, GError **error)
{
  g_autoptr (TokSecret) text = NULL;
  g_autoptr (GError) fault = NULL;
  GStatBuf status;
  gsize length;

  *owner = NULL;
  if (g_stat (path, &status) != 0 && errno == ENOENT)
    return TRUE;
  /* Neither waits for what a pipe may bring, nor reads what has no end. */
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return refuse (path, error, _ ("it is no ordinary file"));
  if (status.st_size > MAX_SIZE)
    return refuse (path, error, _ ("it is too large"));
  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  *owner = tok_demo_record_read (text, length, &fault);
  return *owner != NULL || refuse (path, error, fault->message);
}

/**
 * tok_demo_state_save:
 * @path: A file, or where one is to be.
 * @owner: (transfer none): An owner of the sample.
 * @error: Where to put a %G_FILE_ERROR.
 *
 * Keeps @owner in a file that nobody else may read. Whatever ends the process or the machine while
 * it is written, the file holds either the former owner or this one.
 *
 * Returns: Whether that worked.
 */
gboolean
tok_demo_state_save (const char *path, TokDemoOwner *owner, GError **error)
{
  g_autoptr (TokSecret) text = tok_demo_record_write (owner);

  return g_file_set_contents_full (path, text, strlen (text), G_FILE_SET_CONTENTS_CONSISTENT, MODE,
                                   error);
}
