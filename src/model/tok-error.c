/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-error.h"

/**
 * tok_error_quark:
 *
 * Returns: The domain of every error that reaches a person.
 */
G_DEFINE_QUARK (tok - error - quark, tok_error)
