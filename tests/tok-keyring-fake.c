/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-fake.h"

#include <string.h>

#define BUS_NAME "org.freedesktop.secrets"
#define ROOT "/org/freedesktop/secrets"
#define LOGIN ROOT "/collection/login"
#define OTHER ROOT "/collection/other"

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
free_item (TokKeyringItem *item)
{
  g_free (item->path);
  g_free (item->label);
  g_hash_table_unref (item->attributes);
  g_bytes_unref (item->secret);
  g_free (item->content_type);
  g_free (item);
}

static TokKeyringItem *
find_item (TokKeyringFake *self, const char *path)
{
  for (guint i = 0; i < self->items->len; i++) {
    TokKeyringItem *item = g_ptr_array_index (self->items, i);

    if (g_str_equal (item->path, path))
      return item;
  }
  return NULL;
}

static gboolean
is_locked (TokKeyringFake *self, const char *path)
{
  return g_str_has_prefix (path, OTHER) ? self->other_is_locked : self->login_is_locked;
}

static gboolean
is_superset (GHashTable *attributes, GHashTable *wanted)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_strcmp0 (g_hash_table_lookup (attributes, name), value) != 0)
      return FALSE;
  return TRUE;
}

static GHashTable *
read_attributes (GVariant *variant)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GVariantIter iter;
  char *name;
  char *value;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{ss}", &name, &value))
    g_hash_table_insert (attributes, name, value);
  return attributes;
}

static char *
new_path (TokKeyringFake *self, const char *parent)
{
  return g_strdup_printf ("%s/%u", parent, ++self->last_number);
}

/* A prompt's value in the table is what it would unlock, or the new collection. */
static char *
new_prompt (TokKeyringFake *self, const char *const *paths)
{
  char *path = new_path (self, ROOT "/prompt");

  g_hash_table_insert (self->prompts, g_strdup (path), g_strdupv ((char **) paths));
  return path;
}

static void
return_error (GDBusMethodInvocation *invocation, const char *name)
{
  g_autofree char *full_name = g_strconcat ("org.freedesktop.Secret.Error.", name, NULL);

  g_dbus_method_invocation_return_dbus_error (invocation, full_name, "The fake keyring says no.");
}

/* The methods of the service. */

static void
open_session (TokKeyringFake *self, GVariant *arguments, GDBusMethodInvocation *invocation)
{
  const char *algorithm;
  g_autofree char *path = NULL;

  g_variant_get_child (arguments, 0, "&s", &algorithm);
  if (!g_str_equal (algorithm, "plain")) {
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                   G_DBUS_ERROR_NOT_SUPPORTED, "Only plain.");
    return;
  }
  path = new_path (self, ROOT "/session");
  g_hash_table_add (self->sessions, g_strdup (path));
  g_dbus_method_invocation_return_value (invocation,
                                         g_variant_new ("(vo)", g_variant_new_string (""), path));
}

static void
search_items (TokKeyringFake *self, GVariant *arguments, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) wanted_variant = g_variant_get_child_value (arguments, 0);
  g_autoptr (GHashTable) wanted = read_attributes (wanted_variant);
  GVariantBuilder found[2];

  g_variant_builder_init (&found[FALSE], G_VARIANT_TYPE ("ao"));
  g_variant_builder_init (&found[TRUE], G_VARIANT_TYPE ("ao"));
  for (guint i = 0; i < self->items->len; i++) {
    TokKeyringItem *item = g_ptr_array_index (self->items, i);
    gboolean item_is_locked = is_locked (self, item->path);

    if (is_superset (item->attributes, wanted) && !(item_is_locked && self->hides_locked))
      g_variant_builder_add (&found[item_is_locked], "o", item->path);
  }
  g_dbus_method_invocation_return_value (invocation,
                                         g_variant_new ("(aoao)", &found[FALSE], &found[TRUE]));
  if (self->loses_found)
    g_ptr_array_set_size (self->items, 0);
}

static void
get_secrets (TokKeyringFake *self, GVariant *arguments, GDBusMethodInvocation *invocation)
{
  g_auto (GStrv) paths = NULL;
  const char *session;
  GVariantBuilder secrets;

  g_variant_get (arguments, "(^ao&o)", &paths, &session);
  if (!g_hash_table_contains (self->sessions, session)) {
    return_error (invocation, "NoSession");
    return;
  }
  g_variant_builder_init (&secrets, G_VARIANT_TYPE ("a{o(oayays)}"));
  for (guint i = 0; paths[i] != NULL; i++) {
    TokKeyringItem *item = find_item (self, paths[i]);

    if (item != NULL && !is_locked (self, item->path)) {
      GVariant *parameter = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1);
      GVariant *value = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, item->secret, TRUE);

      g_variant_builder_add (&secrets, "{o(o@ay@ays)}", item->path, session, parameter, value,
                             item->content_type);
    }
  }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{o(oayays)})", &secrets));
}

static void
do_unlock (TokKeyringFake *self, const char *const *paths)
{
  for (guint i = 0; paths[i] != NULL; i++) {
    if (g_str_has_prefix (paths[i], LOGIN))
      self->login_is_locked = FALSE;
    else
      self->other_is_locked = FALSE;
  }
}

static void
unlock (TokKeyringFake *self, GVariant *arguments, GDBusMethodInvocation *invocation)
{
  static const char *const nothing[] = { NULL };
  g_auto (GStrv) paths = NULL;
  g_autofree char *prompt = NULL;

  g_variant_get (arguments, "(^ao)", &paths);
  if (self->asks_nobody) {
    do_unlock (self, (const char *const *) paths);
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^aoo)", paths, "/"));
    return;
  }
  prompt = new_prompt (self, (const char *const *) paths);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^aoo)", nothing, prompt));
}

static void
create_collection (TokKeyringFake *self, GDBusMethodInvocation *invocation)
{
  static const char *const login[] = { LOGIN, NULL };
  g_autofree char *prompt = new_prompt (self, login);

  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", "/", prompt));
}

/* Those of what is in it. */

static void
create_item (TokKeyringFake *self,
             const char *collection,
             GVariant *arguments,
             GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (arguments, 0);
  g_autoptr (GVariant) secret = g_variant_get_child_value (arguments, 1);
  g_autoptr (GVariant) value = g_variant_get_child_value (secret, 2);
  g_autoptr (GVariant) attributes = NULL;
  TokKeyringItem *item = g_new0 (TokKeyringItem, 1);
  const char *session;

  g_assert_true (
      g_variant_lookup (properties, "org.freedesktop.Secret.Item.Label", "s", &item->label));
  g_assert_true (g_variant_lookup (properties, "org.freedesktop.Secret.Item.Attributes", "@a{ss}",
                                   &attributes));
  g_variant_get_child (secret, 0, "&o", &session);
  g_variant_get_child (secret, 3, "s", &item->content_type);
  item->attributes = read_attributes (attributes);
  item->secret = g_variant_get_data_as_bytes (value);
  item->path = new_path (self, collection);

  if (!g_hash_table_contains (self->sessions, session)) {
    free_item (item);
    return_error (invocation, "NoSession");
    return;
  }
  for (guint i = self->items->len; i > 0; i--) {
    TokKeyringItem *old = g_ptr_array_index (self->items, i - 1);

    if (g_str_has_prefix (old->path, collection)
        && g_hash_table_size (old->attributes) == g_hash_table_size (item->attributes)
        && is_superset (old->attributes, item->attributes)) {
      g_ptr_array_remove_index (self->items, i - 1);
      break; /* only one, as GNOME's keyring does */
    }
  }
  g_ptr_array_add (self->items, item);
  g_dbus_method_invocation_return_value (
      invocation,
      g_variant_new ("(oo)", self->renames_items ? ROOT "/aliases/default/0" : item->path, "/"));
}

static void
complete_prompt (TokKeyringFake *self, const char *path, gboolean is_dismissed)
{
  /* What GNOME's keyring says of a prompt for a new collection that was dismissed. */
  g_dbus_connection_emit_signal (
      self->connection, NULL, path, "org.freedesktop.Secret.Prompt", "Completed",
      g_variant_new ("(bv)", is_dismissed, g_variant_new_string ("")), NULL);
}

static void
prompt (TokKeyringFake *self, const char *path, GDBusMethodInvocation *invocation)
{
  g_auto (GStrv) paths = NULL;

  if (self->answer == TOK_KEYRING_LEAVES) {
    g_object_unref (invocation);
    tok_keyring_fake_stop (self);
    return;
  }
  g_dbus_method_invocation_return_value (invocation, NULL);
  paths = g_strdupv (g_hash_table_lookup (self->prompts, path));
  if (self->answer == TOK_KEYRING_ACCEPTS) {
    self->has_login = TRUE;
    do_unlock (self, (const char *const *) paths);
  }
  if (self->answer != TOK_KEYRING_HESITATES)
    complete_prompt (self, path, self->answer == TOK_KEYRING_DISMISSES);
}

static void
perform (TokKeyringFake *self,
         const char *path,
         const char *method,
         GVariant *arguments,
         GDBusMethodInvocation *invocation)
{
  if (g_str_equal (method, "OpenSession")) {
    open_session (self, arguments, invocation);
  } else if (g_str_equal (method, "SearchItems")) {
    search_items (self, arguments, invocation);
  } else if (g_str_equal (method, "GetSecrets")) {
    get_secrets (self, arguments, invocation);
  } else if (g_str_equal (method, "ReadAlias")) {
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(o)", self->has_login ? LOGIN : "/"));
  } else if (g_str_equal (method, "Unlock")) {
    unlock (self, arguments, invocation);
  } else if (g_str_equal (method, "CreateCollection")) {
    create_collection (self, invocation);
  } else if (g_str_equal (method, "Prompt")) {
    prompt (self, path, invocation);
  } else if (g_str_equal (method, "Dismiss")) {
    g_dbus_method_invocation_return_value (invocation, NULL);
    complete_prompt (self, path, TRUE);
  } else if (is_locked (self, path)) {
    return_error (invocation, "IsLocked");
  } else if (g_str_equal (method, "CreateItem")) {
    create_item (self, path, arguments, invocation);
  } else {
    g_assert_cmpstr (method, ==, "Delete");
    g_ptr_array_remove (self->items, find_item (self, path));
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/"));
  }
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
  g_autofree char *prompt_path = NULL;
  guint count = tok_keyring_fake_count (self, method);

  g_hash_table_insert (self->counts, g_strdup (method), GUINT_TO_POINTER (count + 1));
  if (g_strcmp0 (self->ignores, method) == 0) {
    g_ptr_array_add (self->ignored, invocation);
  } else if (g_strcmp0 (self->refuses, method) == 0) {
    return_error (invocation, "Refused");
  } else if (g_strcmp0 (self->prompts_for, method) == 0) {
    prompt_path = new_prompt (self, (const char *const[]){ NULL });
    if (g_str_equal (method, "CreateItem"))
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", "/", prompt_path));
    else
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", prompt_path));
  } else {
    perform (self, path, method, arguments, invocation);
  }
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

  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (is_locked (self, path));
  return g_variant_new_objv (collections, self->has_login ? 2 : 1);
}

/* What is there at a path. */

static const char *
get_interface (TokKeyringFake *self, const char *node)
{
  g_autofree char *path = node != NULL ? g_strconcat (ROOT "/", node, NULL) : g_strdup (ROOT);

  if (node == NULL)
    return "org.freedesktop.Secret.Service";
  if (g_str_equal (path, OTHER) || (g_str_equal (path, LOGIN) && self->has_login))
    return "org.freedesktop.Secret.Collection";
  if (find_item (self, path) != NULL)
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
  const char *name = get_interface (data, node);
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

static void
start (TokKeyringFake *self)
{
  static const GDBusSubtreeVTable vtable = { on_enumerate, on_introspect, on_dispatch, { 0 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  self->connection = g_dbus_connection_new_for_address_sync (
      self->bus_address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_subtree (self->connection, ROOT, &vtable,
                                      G_DBUS_SUBTREE_FLAGS_DISPATCH_TO_UNENUMERATED_NODES, self,
                                      NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (
      self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", BUS_NAME, 0), G_VARIANT_TYPE ("(u)"),
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
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
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);
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
  while (self->ignored->len > 0) {
    GDBusMethodInvocation *invocation = g_ptr_array_steal_index (self->ignored, 0);

    perform (self, g_dbus_method_invocation_get_object_path (invocation),
             g_dbus_method_invocation_get_method_name (invocation),
             g_dbus_method_invocation_get_parameters (invocation), invocation);
  }
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

  item->path = new_path (self, parent);
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
