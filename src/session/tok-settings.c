/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_SETTINGS_ENABLE_BACKEND

#include "tok-settings.h"

#include "tok-address.h"

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

/**
 * tok_settings_dup_address:
 * @settings: The settings.
 *
 * Returns: (transfer full): Where to sign in: the service and the app id of @settings, as far as
 *   they make sense, and else those that the program was built with.
 */
char *
tok_settings_dup_address (GSettings *settings)
{
  g_autofree char *service = NULL;
  g_autofree char *app_id = NULL;
  g_autofree char *address = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  service = g_settings_get_string (settings, TOK_SETTINGS_SERVICE);
  app_id = g_settings_get_string (settings, TOK_SETTINGS_APP_ID);
  if (*service != '\0')
    address = tok_address_check (service, NULL);
  if (address == NULL)
    address = tok_address_check (TOK_ADDRESS_DEFAULT, NULL);
  return tok_address_is_app_id (app_id) ? tok_address_with_app_id (address, app_id)
                                        : g_steal_pointer (&address);
}
