/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_SETTINGS_ENABLE_BACKEND

#include "tok-settings.h"

#include <gio/gsettingsbackend.h>
#include <glib/gi18n-lib.h>

#define EXECUTABLE "/proc/self/exe"

/* Where the build leaves the schema, for a program that was not installed. */
static char *
dup_build_directory (void)
{
  g_autofree char *executable = g_file_read_link (EXECUTABLE, NULL);
  g_autofree char *directory = executable != NULL ? g_path_get_dirname (executable) : NULL;

  return directory != NULL ? g_build_filename (directory, "..", "data", NULL) : NULL;
}

static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) built = NULL;
  g_autofree char *directory = dup_build_directory ();

  if (directory != NULL)
    built = g_settings_schema_source_new_from_directory (directory, installed, TRUE, NULL);
  if (built != NULL)
    return g_settings_schema_source_lookup (built, TOK_APPLICATION_ID, TRUE);
  return installed != NULL ? g_settings_schema_source_lookup (installed, TOK_APPLICATION_ID, TRUE)
                           : NULL;
}

/**
 * tok_settings_new:
 * @in_memory: Whether to begin with the defaults, and leave nothing behind.
 * @error: Where to put a %G_IO_ERROR if the schema isn't installed.
 *
 * Returns: (transfer full) (nullable): The settings of the program.
 */
GSettings *
tok_settings_new (gboolean in_memory, GError **error)
{
  g_autoptr (GSettingsSchema) schema = find_schema ();
  g_autoptr (GSettingsBackend) backend = in_memory ? g_memory_settings_backend_new () : NULL;

  if (schema == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("the settings schema %s is not installed"), TOK_APPLICATION_ID);
    return NULL;
  }
  return g_settings_new_full (schema, backend, NULL);
}
