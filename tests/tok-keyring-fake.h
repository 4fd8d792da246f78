/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TokKeyringAnswer:
 * @TOK_KEYRING_ACCEPTS: The owner types the password.
 * @TOK_KEYRING_DISMISSES: The owner turns it down.
 * @TOK_KEYRING_HESITATES: The owner does nothing.
 * @TOK_KEYRING_LEAVES: The service goes away.
 *
 * What comes of a prompt.
 */
typedef enum {
  TOK_KEYRING_ACCEPTS,
  TOK_KEYRING_DISMISSES,
  TOK_KEYRING_HESITATES,
  TOK_KEYRING_LEAVES,
} TokKeyringAnswer;

/**
 * TokKeyringItem:
 * @path: Where it is: in the collection “login” or “other”.
 * @label: What it is called.
 * @attributes: What it is found by.
 * @secret: What it holds.
 * @content_type: What that is.
 *
 * An item of the fake keyring.
 */
typedef struct {
  char *path;
  char *label;
  GHashTable *attributes;
  GBytes *secret;
  char *content_type;
} TokKeyringItem;

/**
 * TokKeyringFake:
 * @has_login: Whether there is the collection “login”; it is the default one.
 * @login_has_gone: Whether it is still the default one without being there.
 * @login_is_locked: Whether it is locked.
 * @other_is_locked: Whether the collection “other” is locked.
 * @hides_locked: Whether what is in a locked collection isn't found.
 * @asks_nobody: Whether it unlocks without a prompt.
 * @refuses: (nullable): A method that fails.
 * @refusal: What it fails with: an error of the Secret Service, without its prefix.
 * @lacks: (nullable): A method that it says it doesn't know.
 * @ignores: (nullable): A method that isn't answered.
 * @prompts_for: (nullable): A method that wants a prompt first: `CreateItem` or `Delete`.
 * @renames_items: Whether what is found has another path than what was created.
 * @loses_found: Whether items are gone as soon as they were found.
 * @answer: What comes of a prompt.
 * @items: (element-type TokKeyringItem): What it holds.
 *
 * A Secret Service that does what a test wants, on a connection of its own.
 */
typedef struct {
  gboolean has_login;
  gboolean login_has_gone;
  gboolean login_is_locked;
  gboolean other_is_locked;
  gboolean hides_locked;
  gboolean asks_nobody;
  const char *refuses;
  const char *refusal;
  const char *lacks;
  const char *ignores;
  const char *prompts_for;
  gboolean renames_items;
  gboolean loses_found;
  TokKeyringAnswer answer;
  GPtrArray *items;

  /*< private >*/
  char *bus_address;
  GDBusConnection *connection;
  GHashTable *sessions;
  GHashTable *prompts;
  GHashTable *counts;
  GPtrArray *ignored;
  guint last_number;
} TokKeyringFake;

TokKeyringFake *tok_keyring_fake_new (const char *bus_address);
void tok_keyring_fake_free (TokKeyringFake *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokKeyringFake, tok_keyring_fake_free)

void tok_keyring_fake_stop (TokKeyringFake *self);
void tok_keyring_fake_flush (TokKeyringFake *self);
void tok_keyring_fake_restart (TokKeyringFake *self);
void tok_keyring_fake_end_sessions (TokKeyringFake *self);
void tok_keyring_fake_accept (TokKeyringFake *self);
void tok_keyring_fake_answer_late (TokKeyringFake *self);

TokKeyringItem *tok_keyring_fake_add (TokKeyringFake *self,
                                      const char *collection,
                                      const char *secret,
                                      ...) G_GNUC_NULL_TERMINATED;
TokKeyringItem *
tok_keyring_fake_add_own (TokKeyringFake *self, const char *collection, const char *secret);

guint tok_keyring_fake_count (TokKeyringFake *self, const char *method);
void tok_keyring_fake_reset_counts (TokKeyringFake *self);

G_END_DECLS
