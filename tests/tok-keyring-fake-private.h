/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-keyring-fake.h"

G_BEGIN_DECLS

#define TOK_KEYRING_FAKE_ROOT "/org/freedesktop/secrets"
#define TOK_KEYRING_FAKE_LOGIN TOK_KEYRING_FAKE_ROOT "/collection/login"
#define TOK_KEYRING_FAKE_OTHER TOK_KEYRING_FAKE_ROOT "/collection/other"

void tok_keyring_item_free (TokKeyringItem *item);

TokKeyringItem *tok_keyring_fake_find (TokKeyringFake *self, const char *path);
gboolean tok_keyring_fake_is_locked (TokKeyringFake *self, const char *path);
char *tok_keyring_fake_new_path (TokKeyringFake *self, const char *parent);
void tok_keyring_fake_answer (TokKeyringFake *self, GDBusMethodInvocation *invocation);

G_END_DECLS
