/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-settings.h"

#include "tok-account-record.h"
#include "tok-address.h"
#include "tok-test.h"

#define SERVICE "wss://example.com/websockets/v3"

static GSettings *
new_settings (void)
{
  g_autoptr (GError) error = NULL;
  GSettings *settings = tok_settings_new (TRUE, &error);

  g_assert_no_error (error);
  return settings;
}

static void
test_new_destroy (void)
{
  GSettings *settings = new_settings ();

  g_assert_true (G_IS_SETTINGS (settings));
  tok_test_assert_finalize (settings);
}

typedef struct {
  const char *key;
  const char *value;
} Default;

static const Default defaults[] = {
  { TOK_SETTINGS_REMEMBER_ACCOUNTS, "true" },
  { TOK_SETTINGS_SERVICE, "''" },
  { TOK_SETTINGS_APP_ID, "''" },
  { TOK_SETTINGS_CLIPBOARD_SECONDS, "uint32 30" },
  { TOK_SETTINGS_HIDE_SECRETS_SECONDS, "uint32 30" },
  { TOK_SETTINGS_ASK_BEFORE_CLOSING, "true" },
  { TOK_SETTINGS_SORT_ORDER, "'name'" },
  { TOK_SETTINGS_ACCOUNTS, "@a" TOK_ACCOUNT_RECORD_TYPE " []" },
  { TOK_SETTINGS_LAST_ACCOUNT, "('', '')" },
};

/* The schema has the keys that the program asks for, and no other. */
static void
test_defaults (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  g_assert_cmpuint (g_strv_length (keys), ==, G_N_ELEMENTS (defaults));
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++) {
    g_autoptr (GVariant) value = g_settings_get_value (settings, defaults[i].key);
    g_autofree char *text = g_variant_print (value, TRUE);

    g_assert_cmpstr (text, ==, defaults[i].value);
  }
}

static void
assert_range (GSettings *settings, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) schema_key = NULL;
  g_autoptr (GVariant) range = NULL;
  g_autofree char *text = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  schema_key = g_settings_schema_get_key (schema, key);
  range = g_settings_schema_key_get_range (schema_key);
  text = g_variant_print (range, FALSE);
  g_assert_cmpstr (text, ==, "('range', <(uint32 5, uint32 600)>)");
  g_assert_true (g_settings_set_uint (settings, key, 5));
  g_assert_true (g_settings_set_uint (settings, key, 600));
  g_assert_cmpuint (g_settings_get_uint (settings, key), ==, 600);
}

/* What is copied or revealed doesn't stay for ever, and not too short to be of use. */
static void
test_ranges (void)
{
  g_autoptr (GSettings) settings = new_settings ();

  assert_range (settings, TOK_SETTINGS_CLIPBOARD_SECONDS);
  assert_range (settings, TOK_SETTINGS_HIDE_SECRETS_SECONDS);
}

static void
test_in_memory (void)
{
  g_autoptr (GSettings) one = new_settings ();
  g_autoptr (GSettings) other = new_settings ();
  g_autoptr (GSettings) later = NULL;
  g_autofree char *service = NULL;

  g_settings_set_string (one, TOK_SETTINGS_SERVICE, SERVICE);
  g_settings_set_boolean (one, TOK_SETTINGS_REMEMBER_ACCOUNTS, FALSE);
  service = g_settings_get_string (other, TOK_SETTINGS_SERVICE);
  g_assert_cmpstr (service, ==, "");
  g_assert_true (g_settings_get_boolean (other, TOK_SETTINGS_REMEMBER_ACCOUNTS));
  tok_test_assert_finalize (g_steal_pointer (&one));
  later = new_settings ();
  g_assert_true (g_settings_get_boolean (later, TOK_SETTINGS_REMEMBER_ACCOUNTS));
}

/* The others are there for the next start. In a test that means for the next object. */
static void
test_shared (void)
{
  g_autoptr (GSettings) one = tok_settings_new (FALSE, NULL);
  g_autoptr (GSettings) other = tok_settings_new (FALSE, NULL);
  g_autoptr (GSettings) in_memory = new_settings ();

  g_settings_set_uint (one, TOK_SETTINGS_CLIPBOARD_SECONDS, 60);
  g_assert_cmpuint (g_settings_get_uint (other, TOK_SETTINGS_CLIPBOARD_SECONDS), ==, 60);
  g_assert_cmpuint (g_settings_get_uint (in_memory, TOK_SETTINGS_CLIPBOARD_SECONDS), ==, 30);
}

typedef struct {
  const char *written;
  const char *taken; /* NULL for the one that the program was built with */
} Part;

static const Part services[] = {
  { "", NULL },
  { " ", NULL },
  { "nonsense", NULL },
  { "http://example.com", NULL },
  { "ws://example.com", NULL },
  { "wss://example.com/?app_id=", NULL },
  { "wss://example.com", SERVICE "?app_id=" },
  { " " SERVICE "\n", SERVICE "?app_id=" },
  { SERVICE "?app_id=3", SERVICE "?app_id=" },
  { SERVICE "?l=PT", SERVICE "?l=PT&app_id=" },
  { "ws://127.0.0.1:8080/a", "ws://127.0.0.1:8080/a?app_id=" },
};

static const Part app_ids[] = {
  { "", NULL },
  { "0", NULL },
  { "-1", NULL },
  { "12x", NULL },
  { " 12", NULL },
  { "1&app_id=2", NULL },
  { "12345678901234567890", NULL },
  { "4711", "4711" },
  { TOK_PUBLIC_APP_ID, TOK_PUBLIC_APP_ID },
};

/* The app id that an address is taken with if there is none in the settings. */
static const char *
get_own_app_id (const Part *service)
{
  return service->taken != NULL && strstr (service->written, "app_id=3") != NULL
             ? "3"
             : TOK_DEFAULT_APP_ID;
}

static void
test_dup_address (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  g_autofree char *built = tok_address_dup_service (TOK_ADDRESS_DEFAULT);
  g_autofree char *default_beginning = g_strconcat (built, "?app_id=", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    for (guint j = 0; j < G_N_ELEMENTS (app_ids); j++) {
      const char *beginning = services[i].taken != NULL ? services[i].taken : default_beginning;
      const char *app_id
          = app_ids[j].taken != NULL ? app_ids[j].taken : get_own_app_id (&services[i]);
      g_autofree char *expected = g_strconcat (beginning, app_id, NULL);
      g_autofree char *address = NULL;
      g_autofree char *checked = NULL;

      g_settings_set_string (settings, TOK_SETTINGS_SERVICE, services[i].written);
      g_settings_set_string (settings, TOK_SETTINGS_APP_ID, app_ids[j].written);
      address = tok_settings_dup_address (settings);
      g_assert_cmpstr (address, ==, expected);
      checked = tok_address_check (address, NULL);
      g_assert_cmpstr (checked, ==, address);
    }
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/settings/new-destroy", test_new_destroy);
  g_test_add_func ("/settings/defaults", test_defaults);
  g_test_add_func ("/settings/ranges", test_ranges);
  g_test_add_func ("/settings/in-memory", test_in_memory);
  g_test_add_func ("/settings/shared", test_shared);
  g_test_add_func ("/settings/dup-address", test_dup_address);

  return g_test_run ();
}
