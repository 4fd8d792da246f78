/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-scope-set.h"

struct _TokScopeSet {
  GObject parent_instance;

  TokScopes scopes;
};

G_DEFINE_FINAL_TYPE (TokScopeSet, tok_scope_set, G_TYPE_OBJECT)

/* The property of the scope 1 << n has the id PROP_READ + n. */
enum {
  PROP_0,
  PROP_READ,
  PROP_TRADE,
  PROP_PAYMENTS,
  PROP_TRADING_INFORMATION,
  PROP_ADMIN,
  PROP_SCOPES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
tok_scope_set_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokScopeSet *self = TOK_SCOPE_SET (object);

  switch (prop_id) {
  case PROP_READ:
  case PROP_TRADE:
  case PROP_PAYMENTS:
  case PROP_TRADING_INFORMATION:
  case PROP_ADMIN:
    g_value_set_boolean (value, (self->scopes & TOK_SCOPE_NTH (prop_id - PROP_READ)) != 0);
    break;
  case PROP_SCOPES:
    g_value_set_flags (value, self->scopes);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_scope_set_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokScopeSet *self = TOK_SCOPE_SET (object);
  TokScopes scope;

  switch (prop_id) {
  case PROP_READ:
  case PROP_TRADE:
  case PROP_PAYMENTS:
  case PROP_TRADING_INFORMATION:
  case PROP_ADMIN:
    scope = TOK_SCOPE_NTH (prop_id - PROP_READ);
    tok_scope_set_set_scopes (self, g_value_get_boolean (value) ? self->scopes | scope
                                                                : self->scopes & ~scope);
    break;
  case PROP_SCOPES:
    tok_scope_set_set_scopes (self, g_value_get_flags (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_scope_set_class_init (TokScopeSetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[TOK_N_SCOPES]
      = { "read", "trade", "payments", "trading-information", "admin" };

  object_class->get_property = tok_scope_set_get_property;
  object_class->set_property = tok_scope_set_set_property;

  for (guint i = 0; i < TOK_N_SCOPES; i++)
    properties[PROP_READ + i] = g_param_spec_boolean (names[i], NULL, NULL, FALSE,
                                                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                          | G_PARAM_STATIC_STRINGS);
  properties[PROP_SCOPES]
      = g_param_spec_flags ("scopes", NULL, NULL, TOK_TYPE_SCOPES, TOK_SCOPE_NONE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_scope_set_init (TokScopeSet *self)
{
}

/**
 * tok_scope_set_new:
 * @scopes: What it holds at first.
 *
 * A set of scopes that can be watched and changed: one boolean property a scope, and `scopes` for
 * all of them.
 *
 * Returns: (transfer full): A new set.
 */
TokScopeSet *
tok_scope_set_new (TokScopes scopes)
{
  return g_object_new (TOK_TYPE_SCOPE_SET, "scopes", scopes, NULL);
}

/**
 * tok_scope_set_get_scopes:
 * @self: A set.
 *
 * Returns: What it holds.
 */
TokScopes
tok_scope_set_get_scopes (TokScopeSet *self)
{
  g_return_val_if_fail (TOK_IS_SCOPE_SET (self), TOK_SCOPE_NONE);

  return self->scopes;
}

/**
 * tok_scope_set_set_scopes:
 * @self: A set.
 * @scopes: What it shall hold; only the five known scopes count.
 *
 * Changes the whole set, and notifies of each scope that came or went.
 */
void
tok_scope_set_set_scopes (TokScopeSet *self, TokScopes scopes)
{
  TokScopes changed;

  g_return_if_fail (TOK_IS_SCOPE_SET (self));

  scopes &= TOK_SCOPE_ALL;
  changed = self->scopes ^ scopes;
  if (changed == TOK_SCOPE_NONE)
    return;

  self->scopes = scopes;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < TOK_N_SCOPES; i++)
    if (changed & TOK_SCOPE_NTH (i))
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READ + i]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCOPES]);
  g_object_thaw_notify (G_OBJECT (self));
}
