/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-fake-private.h"
#include "tok-keyring-hands.h"

#include <string.h>

#define BUS_NAME "org.freedesktop.secrets"
#define ROOT TOK_KEYRING_FAKE_ROOT
#define LOGIN TOK_KEYRING_FAKE_LOGIN
#define OTHER TOK_KEYRING_FAKE_OTHER

static GDBusNodeInfo *
get_interfaces (void)
{
  static GDBusNodeInfo *node = NULL;
  g_autofree char *path = NULL;
  g_autofree char *xml = NULL;
  g_autoptr (GError) error = NULL;

  if (node == NULL) {
    path = g_test_build_filename (G_TEST_DIST, "tok-keyring-fake.xml", NULL);
    g_file_get_contents (path, &xml, NULL, &error);
    g_assert_no_error (error);
    node = g_dbus_node_info_new_for_xml (xml, &error);
    g_assert_no_error (error);
  }
  return node;
}

static void
on_method_call (GDBusConnection *connection,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *arguments,
                GDBusMethodInvocation *invocation,
                gpointer data)
{
  TokKeyringFake *self = data;
  guint count = tok_keyring_fake_count (self, method);

  g_hash_table_insert (self->counts, g_strdup (method), GUINT_TO_POINTER (count + 1));
  if (g_strcmp0 (self->ignores, method) == 0)
    g_ptr_array_add (self->ignored, invocation);
  else
    tok_keyring_fake_answer (self, invocation);
}

static GVariant *
get_attributes (const TokKeyringItem *item)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, item->attributes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_variant_builder_add (&builder, "{ss}", name, value);
  return g_variant_builder_end (&builder);
}

static GVariant *
on_get_property (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *property,
                 GError **error,
                 gpointer data)
{
  static const char *const collections[] = { OTHER, LOGIN, NULL };
  TokKeyringFake *self = data;

  if (g_str_equal (property, "Attributes"))
    return get_attributes (tok_keyring_fake_find (self, path));
  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (tok_keyring_fake_is_locked (self, path));
  return g_variant_new_objv (collections, self->has_login ? 2 : 1);
}

/* What is there at a path. */

static const char *
get_interface (TokKeyringFake *self, const char *path)
{
  if (g_str_equal (path, ROOT))
    return "org.freedesktop.Secret.Service";
  if (g_str_equal (path, OTHER)
      || (g_str_equal (path, LOGIN) && self->has_login && !self->login_has_gone))
    return "org.freedesktop.Secret.Collection";
  if (tok_keyring_fake_find (self, path) != NULL)
    return "org.freedesktop.Secret.Item";
  if (g_hash_table_contains (self->prompts, path))
    return "org.freedesktop.Secret.Prompt";
  return NULL;
}

static char **
on_enumerate (GDBusConnection *connection, const char *sender, const char *path, gpointer data)
{
  return g_new0 (char *, 1);
}

static GDBusInterfaceInfo **
on_introspect (GDBusConnection *connection,
               const char *sender,
               const char *path,
               const char *node,
               gpointer data)
{
  const char *name = get_interface (data, path);
  GDBusInterfaceInfo **found;

  if (name == NULL)
    return NULL;
  found = g_new0 (GDBusInterfaceInfo *, 2);
  found[0]
      = g_dbus_interface_info_ref (g_dbus_node_info_lookup_interface (get_interfaces (), name));
  return found;
}

static const GDBusInterfaceVTable *
on_dispatch (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *node,
             gpointer *out_data,
             gpointer data)
{
  static const GDBusInterfaceVTable vtable = { on_method_call, on_get_property, NULL, { 0 } };

  *out_data = data;
  return &vtable;
}

static GVariant *
call_bus (GDBusConnection *connection, const char *method, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply;

  reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", method, arguments, NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return reply;
}

static void
start (TokKeyringFake *self)
{
  static const GDBusSubtreeVTable vtable = { on_enumerate, on_introspect, on_dispatch, { 0 } };
  static const char *const parents[] = { ROOT, LOGIN, OTHER, ROOT "/prompt" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  self->connection = g_dbus_connection_new_for_address_sync (
      self->bus_address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (parents); i++) {
    g_dbus_connection_register_subtree (self->connection, parents[i], &vtable,
                                        G_DBUS_SUBTREE_FLAGS_DISPATCH_TO_UNENUMERATED_NODES, self,
                                        NULL, &error);
    g_assert_no_error (error);
  }
  reply = call_bus (self->connection, "RequestName", g_variant_new ("(su)", BUS_NAME, 0));
}

/**
 * tok_keyring_item_free:
 * @item: (transfer full): An item.
 *
 * Frees it.
 */
void
tok_keyring_item_free (TokKeyringItem *item)
{
  g_free (item->path);
  g_free (item->label);
  g_hash_table_unref (item->attributes);
  g_bytes_unref (item->secret);
  g_free (item->content_type);
  g_free (item);
}

/**
 * tok_keyring_fake_new:
 * @bus_address: A bus on which nobody else is the Secret Service.
 *
 * Returns: (transfer full): A keyring that is open and empty.
 */
TokKeyringFake *
tok_keyring_fake_new (const char *bus_address)
{
  TokKeyringFake *self = g_new0 (TokKeyringFake, 1);

  self->has_login = TRUE;
  self->refusal = "Refused";
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) tok_keyring_item_free);
  self->bus_address = g_strdup (bus_address);
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->prompts
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ignored = g_ptr_array_new_with_free_func (g_object_unref);
  start (self);
  return self;
}

/**
 * tok_keyring_fake_free:
 * @self: (transfer full): A fake.
 *
 * Leaves the bus and forgets everything.
 */
void
tok_keyring_fake_free (TokKeyringFake *self)
{
  tok_keyring_fake_stop (self);
  g_ptr_array_unref (self->items);
  g_free (self->bus_address);
  g_hash_table_unref (self->sessions);
  g_hash_table_unref (self->prompts);
  g_hash_table_unref (self->counts);
  g_ptr_array_unref (self->ignored);
  g_free (self);
}

/**
 * tok_keyring_fake_stop:
 * @self: A fake.
 *
 * Leaves the bus, as a daemon that has crashed.
 */
void
tok_keyring_fake_stop (TokKeyringFake *self)
{
  g_ptr_array_set_size (self->ignored, 0);
  if (self->connection != NULL)
    g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  tok_keyring_fake_end_sessions (self);
}

/**
 * tok_keyring_fake_flush:
 * @self: A fake.
 *
 * Waits until whatever it has said so far has reached this program.
 */
void
tok_keyring_fake_flush (TokKeyringFake *self)
{
  g_autoptr (GDBusConnection) other_end = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) said = call_bus (self->connection, "GetId", NULL);
  g_autoptr (GVariant) heard = call_bus (other_end, "GetId", NULL);

  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/**
 * tok_keyring_fake_restart:
 * @self: A fake.
 *
 * Leaves the bus and comes back with the same items, but knows no client.
 */
void
tok_keyring_fake_restart (TokKeyringFake *self)
{
  tok_keyring_fake_stop (self);
  start (self);
}

/**
 * tok_keyring_fake_end_sessions:
 * @self: A fake.
 *
 * Forgets its clients without telling them.
 */
void
tok_keyring_fake_end_sessions (TokKeyringFake *self)
{
  g_hash_table_remove_all (self->sessions);
}

/**
 * tok_keyring_fake_answer_late:
 * @self: A fake.
 *
 * Answers what it has ignored.
 */
void
tok_keyring_fake_answer_late (TokKeyringFake *self)
{
  self->ignores = NULL;
  while (self->ignored->len > 0)
    tok_keyring_fake_answer (self, g_ptr_array_steal_index (self->ignored, 0));
}

/**
 * tok_keyring_fake_add:
 * @self: A fake.
 * @collection: `login` or `other`.
 * @secret: What the new item holds.
 * @...: Names and values of its attributes, then %NULL.
 *
 * Adds an item, as another program might.
 *
 * Returns: (transfer none): The new item.
 */
TokKeyringItem *
tok_keyring_fake_add (TokKeyringFake *self, const char *collection, const char *secret, ...)
{
  g_autofree char *parent = g_strconcat (ROOT "/collection/", collection, NULL);
  TokKeyringItem *item = g_new0 (TokKeyringItem, 1);
  const char *name;
  va_list attributes;

  item->path = tok_keyring_fake_new_path (self, parent);
  item->label = g_strdup ("Another program");
  item->secret = g_bytes_new (secret, strlen (secret));
  item->content_type = g_strdup ("text/plain");
  item->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  va_start (attributes, secret);
  while ((name = va_arg (attributes, const char *)) != NULL)
    g_hash_table_insert (item->attributes, g_strdup (name),
                         g_strdup (va_arg (attributes, const char *)));
  va_end (attributes);
  g_ptr_array_add (self->items, item);
  return item;
}

/**
 * tok_keyring_fake_add_own:
 * @self: A fake.
 * @collection: `login` or `other`.
 * @secret: What the new item holds.
 *
 * Adds an item as this program would, for what tests keep.
 *
 * Returns: (transfer none): The new item.
 */
TokKeyringItem *
tok_keyring_fake_add_own (TokKeyringFake *self, const char *collection, const char *secret)
{
  return tok_keyring_fake_add (self, collection, secret, "xdg:schema", "org.example.TokenManager",
                               "service", tok_keyring_own.service, "login-id",
                               tok_keyring_own.login_id, "kind", "sign-in", NULL);
}

/**
 * tok_keyring_fake_count:
 * @self: A fake.
 * @method: The name of a method.
 *
 * Returns: How often it was called.
 */
guint
tok_keyring_fake_count (TokKeyringFake *self, const char *method)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, method));
}

/**
 * tok_keyring_fake_reset_counts:
 * @self: A fake.
 *
 * Begins to count anew.
 */
void
tok_keyring_fake_reset_counts (TokKeyringFake *self)
{
  g_hash_table_remove_all (self->counts);
}
