/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-fake-private.h"

#define ROOT TOK_KEYRING_FAKE_ROOT
#define LOGIN TOK_KEYRING_FAKE_LOGIN
#define OTHER TOK_KEYRING_FAKE_OTHER

/**
 * tok_keyring_fake_find:
 * @self: A fake.
 * @path: A path.
 *
 * Returns: (transfer none) (nullable): The item there.
 */
TokKeyringItem *
tok_keyring_fake_find (TokKeyringFake *self, const char *path)
{
  for (guint i = 0; i < self->items->len; i++) {
    TokKeyringItem *item = g_ptr_array_index (self->items, i);

    if (g_str_equal (item->path, path))
      return item;
  }
  return NULL;
}

/**
 * tok_keyring_fake_is_locked:
 * @self: A fake.
 * @path: The path of a collection or of an item.
 *
 * Returns: Whether it is locked.
 */
gboolean
tok_keyring_fake_is_locked (TokKeyringFake *self, const char *path)
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

/**
 * tok_keyring_fake_new_path:
 * @self: A fake.
 * @parent: The path above it.
 *
 * Returns: (transfer full): A path that was never used before.
 */
char *
tok_keyring_fake_new_path (TokKeyringFake *self, const char *parent)
{
  return g_strdup_printf ("%s/%u", parent, ++self->last_number);
}

/* A prompt's value in the table is what it would unlock, or the new collection. */
static char *
new_prompt (TokKeyringFake *self, const char *const *paths)
{
  char *path = tok_keyring_fake_new_path (self, ROOT "/prompt");

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
  path = tok_keyring_fake_new_path (self, ROOT "/session");
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
    gboolean item_is_locked = tok_keyring_fake_is_locked (self, item->path);

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
    TokKeyringItem *item = tok_keyring_fake_find (self, paths[i]);

    if (item != NULL && !tok_keyring_fake_is_locked (self, item->path)) {
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
  gboolean replaces;

  g_assert_true (
      g_variant_lookup (properties, "org.freedesktop.Secret.Item.Label", "s", &item->label));
  g_assert_true (g_variant_lookup (properties, "org.freedesktop.Secret.Item.Attributes", "@a{ss}",
                                   &attributes));
  g_variant_get_child (arguments, 2, "b", &replaces);
  g_variant_get_child (secret, 0, "&o", &session);
  g_variant_get_child (secret, 3, "s", &item->content_type);
  item->attributes = read_attributes (attributes);
  item->secret = g_variant_get_data_as_bytes (value);
  item->path = tok_keyring_fake_new_path (self, collection);

  if (!g_hash_table_contains (self->sessions, session)) {
    tok_keyring_item_free (item);
    return_error (invocation, "NoSession");
    return;
  }
  for (guint i = replaces ? self->items->len : 0; i > 0; i--) {
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
    self->login_has_gone = FALSE;
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
  } else if (tok_keyring_fake_is_locked (self, path)) {
    return_error (invocation, "IsLocked");
  } else if (g_str_equal (method, "CreateItem")) {
    create_item (self, path, arguments, invocation);
  } else {
    g_assert_cmpstr (method, ==, "Delete");
    g_ptr_array_remove (self->items, tok_keyring_fake_find (self, path));
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/"));
  }
}

/**
 * tok_keyring_fake_answer:
 * @self: A fake.
 * @invocation: (transfer full): What is asked.
 *
 * Answers as its fields say.
 */
void
tok_keyring_fake_answer (TokKeyringFake *self, GDBusMethodInvocation *invocation)
{
  g_autoptr (GDBusMethodInvocation) held = g_object_ref (invocation); /* answering lets it go */
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  g_autofree char *prompt_path = NULL;

  if (g_strcmp0 (self->refuses, method) == 0) {
    return_error (invocation, self->refusal);
  } else if (g_strcmp0 (self->lacks, method) == 0) {
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                   G_DBUS_ERROR_UNKNOWN_METHOD, "Never heard of.");
  } else if (g_strcmp0 (self->prompts_for, method) == 0) {
    prompt_path = new_prompt (self, (const char *const[]){ NULL });
    if (g_str_equal (method, "CreateItem"))
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", "/", prompt_path));
    else
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", prompt_path));
  } else {
    perform (self, g_dbus_method_invocation_get_object_path (invocation), method,
             g_dbus_method_invocation_get_parameters (invocation), invocation);
  }
}

/**
 * tok_keyring_fake_accept:
 * @self: A fake.
 *
 * Has the owner type the password for all prompts there have been.
 */
void
tok_keyring_fake_accept (TokKeyringFake *self)
{
  GHashTableIter iter;
  gpointer path;
  gpointer paths;

  g_hash_table_iter_init (&iter, self->prompts);
  while (g_hash_table_iter_next (&iter, &path, &paths)) {
    do_unlock (self, paths);
    complete_prompt (self, path, FALSE);
  }
}
