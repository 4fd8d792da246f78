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

struct _TokDemoState {
  char *path;
  /* What it was when we have looked at it last; all zero if it wasn't there. */
  GStatBuf seen;
};

/* Whether there is a file at all. */
static gboolean
look (TokDemoState *self, GStatBuf *status)
{
  if (g_stat (self->path, status) == 0)
    return TRUE;
  memset (status, 0, sizeof *status);
  return errno != ENOENT;
}

static gboolean
is_as_seen (TokDemoState *self)
{
  GStatBuf now;

  if (!look (self, &now))
    return TRUE;
  return now.st_ino == self->seen.st_ino && now.st_size == self->seen.st_size
         && now.st_mtim.tv_sec == self->seen.st_mtim.tv_sec
         && now.st_mtim.tv_nsec == self->seen.st_mtim.tv_nsec;
}

static gboolean
refuse (TokDemoState *self, GError **error, const char *why)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
               _ ("“%s” is not what this service has kept, and is left as it is: %s"), self->path,
               why);
  return FALSE;
}

/**
 * tok_demo_state_new:
 * @path: A file, or where one is to be.
 *
 * Returns: (transfer full): The state in it.
 */
TokDemoState *
tok_demo_state_new (const char *path)
{
  TokDemoState *self = g_new0 (TokDemoState, 1);

  self->path = g_strdup (path);
  return self;
}

/**
 * tok_demo_state_free:
 * @self: (transfer full): A state.
 */
void
tok_demo_state_free (TokDemoState *self)
{
  g_free (self->path);
  g_free (self);
}

/**
 * tok_demo_state_load:
 * @self: A state.
 * @owner: (out) (nullable): The owner that is kept in it, or %NULL if there is no such file yet.
 * @error: Where to put a %G_FILE_ERROR, whose message is a sentence for people.
 *
 * Reads what [method@DemoState.save] has written. A file that holds anything else is not touched.
 *
 * Returns: Whether that worked.
 */
gboolean
tok_demo_state_load (TokDemoState *self, TokDemoOwner **owner, GError **error)
{
  g_autoptr (TokSecret) text = NULL;
  g_autoptr (GError) fault = NULL;
  gsize length;

  *owner = NULL;
  if (!look (self, &self->seen))
    return TRUE;
  /* Neither waits for what a pipe may bring, nor reads what has no end. */
  if (self->seen.st_ino != 0 && !S_ISREG (self->seen.st_mode))
    return refuse (self, error, _ ("it is no ordinary file"));
  if (self->seen.st_size > MAX_SIZE)
    return refuse (self, error, _ ("it is too large"));
  if (!g_file_get_contents (self->path, &text, &length, error))
    return FALSE;
  *owner = tok_demo_record_read (text, length, &fault);
  return *owner != NULL || refuse (self, error, fault->message);
}

/**
 * tok_demo_state_save:
 * @self: A state that was loaded.
 * @owner: (transfer none): An owner of the sample.
 * @error: Where to put a %G_FILE_ERROR, whose message is a sentence for people.
 *
 * Keeps @owner in a file that nobody else may read. Whatever ends the process or the machine while
 * it is written, the file holds either the former owner or this one. What somebody else has put
 * there meanwhile is not touched.
 *
 * Returns: Whether that worked.
 */
gboolean
tok_demo_state_save (TokDemoState *self, TokDemoOwner *owner, GError **error)
{
  g_autoptr (TokSecret) text = NULL;

  if (!is_as_seen (self))
    return refuse (self, error, _ ("somebody else has written it"));
  /* GLib may give the new file the mode of the former one. */
  if (g_chmod (self->path, MODE) != 0 && errno != ENOENT)
    return refuse (self, error, g_strerror (errno));
  text = tok_demo_record_write (owner);
  if (!g_file_set_contents_full (self->path, text, strlen (text), G_FILE_SET_CONTENTS_CONSISTENT,
                                 MODE, error))
    return FALSE;
  look (self, &self->seen);
  return TRUE;
}
