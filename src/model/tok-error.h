/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TokError:
 * @TOK_ERROR_OFFLINE: Nothing was sent, the service can't be reached: check the network.
 * @TOK_ERROR_UNCONFIRMED: Sent, but nobody confirmed it: look at the list.
 * @TOK_ERROR_SIGN_IN: The token isn't valid (any more): sign in again.
 * @TOK_ERROR_SCOPE: The token lacks a permission: use one that has it.
 * @TOK_ERROR_ACCOUNT: The account is disabled: ask the operator.
 * @TOK_ERROR_RATE_LIMIT: Too many requests: wait a minute.
 * @TOK_ERROR_MAINTENANCE: The service is being looked after: come back later.
 * @TOK_ERROR_TROUBLE: The service failed at its own work: try again.
 * @TOK_ERROR_FIELD: Something typed is not acceptable: change it.
 * @TOK_ERROR_GARBLED: The answer makes no sense: check the service address.
 * @TOK_ERROR_ADDRESS: The address is no place to sign in at: change it.
 * @TOK_ERROR_APP_ID: The service doesn't know the app id: change it.
 * @TOK_ERROR_REFUSED: The service turns this program away: ask the operator.
 * @TOK_ERROR_CERTIFICATE: The service can't prove who it is: don't go on.
 * @TOK_ERROR_CERTIFICATE_DATE: Its certificate isn't valid today: check the clock.
 * @TOK_ERROR_CERTIFICATE_HOST: Its certificate is for another host: check the service address.
 * @TOK_ERROR_ENCRYPTION: One side encrypts and the other doesn't: change the service address.
 * @TOK_ERROR_WEB_PAGE: A web page answers in its place: sign in to the network.
 * @TOK_ERROR_NEW_PLATFORM: The token belongs to the new platform: manage it there.
 * @TOK_ERROR_VAULT: The secret isn't kept (any more): paste it again.
 * @TOK_ERROR_VAULT_MISSING: There is no keyring: go on without one.
 * @TOK_ERROR_VAULT_LOCKED: The keyring is locked, or there is none yet: unlock it.
 * @TOK_ERROR_VAULT_DISMISSED: The owner turned the keyring's prompt down: unlock it, or go on.
 * @TOK_ERROR_VAULT_FAILED: The keyring failed at its own work: try again, or go on without.
 * @TOK_ERROR_VAULT_AMBIGUOUS: The keyring holds two secrets that differ: sign in again.
 * @TOK_ERROR_NOT_CREATED: The answer got lost, and the list lacks the token: create it again.
 * @TOK_ERROR_SECRET_LOST: It was created, but its secret got lost: delete it, create another.
 * @TOK_ERROR_NEITHER: The old one is deleted, and the new one wasn't created: create it again.
 * @TOK_ERROR_OWN: The program is, or may be, signed in with that token: create a new one first.
 * @TOK_ERROR_AMBIGUOUS: Two tokens are listed with one value: delete it on the operator's website.
 * @TOK_ERROR_USELESS: The token permits nothing that this program does: use another one.
 * @TOK_ERROR_OTHER_ACCOUNT: The token is of another account than the one meant: use another one.
 * @TOK_ERROR_OTHER_TOKEN: What was kept is of an earlier token of that name: it is forgotten.
 * @TOK_ERROR_BROWSER_MISSING: No browser could be opened: paste a token.
 * @TOK_ERROR_BROWSER_DENIED: The owner didn't allow it in the browser: begin again, or paste one.
 * @TOK_ERROR_BROWSER_EXPIRED: The browser took too long: begin again.
 * @TOK_ERROR_BROWSER_USED: That answer of the browser was taken already: nothing to do.
 * @TOK_ERROR_BROWSER_UNASKED: Nobody here has asked the browser: begin from here.
 * @TOK_ERROR_BROWSER_FORGED: The answer is to another question: don't trust who sent it.
 * @TOK_ERROR_BROWSER_GARBLED: The browser brought back no sign-in: begin again.
 *
 * What went wrong, told apart by what a person can do about it.
 *
 * The message of such an error is a detail for the curious, in the words of whoever reported
 * it; the sentence for people is chosen by code in the user interface.
 */
typedef enum {
  TOK_ERROR_OFFLINE,
  TOK_ERROR_UNCONFIRMED,
  TOK_ERROR_SIGN_IN,
  TOK_ERROR_SCOPE,
  TOK_ERROR_ACCOUNT,
  TOK_ERROR_RATE_LIMIT,
  TOK_ERROR_MAINTENANCE,
  TOK_ERROR_TROUBLE,
  TOK_ERROR_FIELD,
  TOK_ERROR_GARBLED,
  TOK_ERROR_ADDRESS,
  TOK_ERROR_APP_ID,
  TOK_ERROR_REFUSED,
  TOK_ERROR_CERTIFICATE,
  TOK_ERROR_CERTIFICATE_DATE,
  TOK_ERROR_CERTIFICATE_HOST,
  TOK_ERROR_ENCRYPTION,
  TOK_ERROR_WEB_PAGE,
  TOK_ERROR_NEW_PLATFORM,
  TOK_ERROR_VAULT,
  TOK_ERROR_VAULT_MISSING,
  TOK_ERROR_VAULT_LOCKED,
  TOK_ERROR_VAULT_DISMISSED,
  TOK_ERROR_VAULT_FAILED,
  TOK_ERROR_VAULT_AMBIGUOUS,
  TOK_ERROR_NOT_CREATED,
  TOK_ERROR_SECRET_LOST,
  TOK_ERROR_NEITHER,
  TOK_ERROR_OWN,
  TOK_ERROR_AMBIGUOUS,
  TOK_ERROR_USELESS,
  TOK_ERROR_OTHER_ACCOUNT,
  TOK_ERROR_OTHER_TOKEN,
  TOK_ERROR_BROWSER_MISSING,
  TOK_ERROR_BROWSER_DENIED,
  TOK_ERROR_BROWSER_EXPIRED,
  TOK_ERROR_BROWSER_USED,
  TOK_ERROR_BROWSER_UNASKED,
  TOK_ERROR_BROWSER_FORGED,
  TOK_ERROR_BROWSER_GARBLED,
} TokError;

#define TOK_ERROR (tok_error_quark ())
GQuark tok_error_quark (void);

G_END_DECLS
