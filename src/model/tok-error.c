/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-error.h"

/**
 * tok_error_quark:
 *
 * Returns: The domain of every error that reaches a person.
 */
GQuark
tok_error_quark (void)
{
  /* Not G_DEFINE_QUARK: clang-format writes blanks into the name. */
  return g_quark_from_static_string ("tok-error-quark");
}
