/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-wire-error.h"

typedef struct {
  const char *code;
  TokError meaning;
} Code;

/* Every code of PROTOCOL 3.1. */
static const Code all_codes[] = {
  { "AccessRestricted", TOK_ERROR_REFUSED },
  { "AccountDisabled", TOK_ERROR_ACCOUNT },
  { "AlreadySubscribed", TOK_ERROR_TROUBLE },
  { "APITokenError", TOK_ERROR_FIELD },
  { "AppGet", TOK_ERROR_FIELD },
  { "AppRegister", TOK_ERROR_FIELD },
  { "AppUpdate", TOK_ERROR_FIELD },
  { "AuthorizationRequired", TOK_ERROR_SIGN_IN },
  { "BadRequest", TOK_ERROR_TROUBLE },
  { "CallError", TOK_ERROR_TROUBLE },
  { "DisabledClient", TOK_ERROR_ACCOUNT },
  { "InputValidationFailed", TOK_ERROR_FIELD },
  { "InternalServerError", TOK_ERROR_TROUBLE },
  { "InvalidAppID", TOK_ERROR_APP_ID },
  { "InvalidToken", TOK_ERROR_SIGN_IN },
  { "OutputValidationFailed", TOK_ERROR_TROUBLE },
  { "PermissionDenied", TOK_ERROR_SCOPE },
  { "RateLimit", TOK_ERROR_RATE_LIMIT },
  { "ResponseTooLarge", TOK_ERROR_TROUBLE },
  { "SanityCheckFailed", TOK_ERROR_FIELD },
  { "Suspendedlogin", TOK_ERROR_MAINTENANCE },
  /* The gateway gave up waiting; what it had asked for may yet be done. */
  { "Timeout", TOK_ERROR_UNCONFIRMED },
  /* Who doesn't know one of the few calls that we make speaks another protocol (PROTOCOL 9). */
  { "UnrecognisedRequest", TOK_ERROR_ADDRESS },
  { "WrongResponse", TOK_ERROR_TROUBLE },
};

/**
 * tok_wire_error_from_code:
 * @code: (nullable): What the service calls an error (PROTOCOL 3.1).
 *
 * Returns: What a person can do about it; %TOK_ERROR_TROUBLE if @code is not known.
 */
TokError
tok_wire_error_from_code (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (all_codes); i++)
    if (g_strcmp0 (code, all_codes[i].code) == 0)
      return all_codes[i].meaning;
  return TOK_ERROR_TROUBLE;
}
