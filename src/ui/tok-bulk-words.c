/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-words.h"

#include "tok-error.h"
#include "tok-sentence.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

static gboolean
is_tokens (TokBulk *bulk)
{
  return tok_grant_get_token (tok_bulk_get_grant (bulk, 0)) != NULL;
}

/**
 * tok_bulk_words_title:
 * @object: The template's object.
 * @bulk: A bulk.
 *
 * Returns: (transfer full): What its window is called.
 */
char *
tok_bulk_words_title (GObject *object, TokBulk *bulk)
{
  return g_strdup (is_tokens (bulk) ? _ ("Delete Tokens") : _ ("Revoke Access"));
}

static char *
ask (TokBulk *bulk)
{
  guint n = tok_bulk_get_n_items (bulk);

  return g_strdup_printf (
      is_tokens (bulk) ? ngettext ("Delete %u Token?", "Delete %u Tokens?", n)
                       : ngettext ("Revoke Access of %u App?", "Revoke Access of %u Apps?", n),
      n);
}

static char *
describe_gone_tokens (guint n, guint n_items)
{
  if (n == n_items)
    return g_strdup_printf (ngettext ("The token is deleted.", "All %u are deleted.", n), n);
  if (n == 0)
    return g_strdup (_ ("No token is confirmed to be deleted."));
  /* Translators: how many of how many tokens; the plural is that of the first. */
  return g_strdup_printf (ngettext ("%u of %u is deleted.", "%u of %u are deleted.", n), n,
                          n_items);
}

static char *
describe_gone_apps (guint n, guint n_items)
{
  if (n == n_items)
    return g_strdup_printf (
        ngettext ("The app has lost its access.", "All %u have lost their access.", n), n);
  if (n == 0)
    return g_strdup (_ ("No app is confirmed to have lost its access."));
  /* Translators: how many of how many apps; the plural is that of the first. */
  return g_strdup_printf (
      ngettext ("%u of %u has lost its access.", "%u of %u have lost their access.", n), n,
      n_items);
}

static char *
describe_result (TokBulk *bulk)
{
  guint n = tok_bulk_count (bulk, TOK_BULK_GONE);
  guint n_items = tok_bulk_get_n_items (bulk);

  return is_tokens (bulk) ? describe_gone_tokens (n, n_items) : describe_gone_apps (n, n_items);
}

/**
 * tok_bulk_words_heading:
 * @object: The template's object.
 * @bulk: A bulk.
 * @state: Where it stands.
 *
 * Returns: (transfer full): The question, what is going on, or what came of it.
 */
char *
tok_bulk_words_heading (GObject *object, TokBulk *bulk, TokBulkState state)
{
  if (state == TOK_BULK_NEW)
    return ask (bulk);
  if (state == TOK_BULK_DONE)
    return describe_result (bulk);
  return g_strdup (is_tokens (bulk) ? _ ("Deleting Tokens") : _ ("Revoking Access"));
}

/**
 * tok_bulk_words_is_asking:
 * @object: The template's object.
 * @state: Where a bulk stands.
 *
 * Returns: Whether it waits for a yes.
 */
gboolean
tok_bulk_words_is_asking (GObject *object, TokBulkState state)
{
  return state == TOK_BULK_NEW;
}

/**
 * tok_bulk_words_is_at_work:
 * @object: The template's object.
 * @state: Where a bulk stands.
 *
 * Returns: Whether it has begun, and isn't done.
 */
gboolean
tok_bulk_words_is_at_work (GObject *object, TokBulkState state)
{
  return state != TOK_BULK_NEW && state != TOK_BULK_DONE;
}

/**
 * tok_bulk_words_is_done:
 * @object: The template's object.
 * @state: Where a bulk stands.
 *
 * Returns: Whether there is a report.
 */
gboolean
tok_bulk_words_is_done (GObject *object, TokBulkState state)
{
  return state == TOK_BULK_DONE;
}

/**
 * tok_bulk_words_describe:
 * @object: The template's object.
 * @bulk: A bulk.
 *
 * Returns: (transfer full): What a yes means.
 */
char *
tok_bulk_words_describe (GObject *object, TokBulk *bulk)
{
  guint n = tok_bulk_get_n_items (bulk);

  if (is_tokens (bulk))
    return g_strdup (ngettext (
        "Programs that use it stop working at once, and their open positions stay open. "
        "A deleted token can’t be brought back.",
        "Programs that use them stop working at once, and their open positions stay open. "
        "Deleted tokens can’t be brought back.",
        n));
  return g_strdup (ngettext ("It stops working with all of your accounts at once. Positions that "
                             "it has opened stay open.",
                             "They stop working with all of your accounts at once. Positions that "
                             "they have opened stay open.",
                             n));
}

/**
 * tok_bulk_words_describe_own:
 * @object: The template's object.
 * @bulk: A bulk.
 *
 * Returns: (transfer full) (nullable): What a yes means for whoever is signed in, if anything.
 */
char *
tok_bulk_words_describe_own (GObject *object, TokBulk *bulk)
{
  guint last = tok_bulk_get_n_items (bulk) - 1;

  if (!tok_bulk_get_may_sign_out (bulk))
    return NULL;
  if (!is_tokens (bulk))
    return g_strdup (_ ("One of them is this program, which goes last: you will be signed out."));
  if (tok_grant_get_is_this_program (tok_bulk_get_grant (bulk, last)))
    return g_strdup (_ ("This program is signed in with one of them, which goes last: you will be "
                        "signed out, and need another token to sign in again."));
  return g_strdup (_ ("This program may be signed in with one of them. Then you will be signed "
                      "out, and need another token to sign in again."));
}

/**
 * tok_bulk_words_label_yes:
 * @object: The template's object.
 * @bulk: A bulk.
 *
 * Returns: (transfer full): What to press to begin.
 */
char *
tok_bulk_words_label_yes (GObject *object, TokBulk *bulk)
{
  guint n = tok_bulk_get_n_items (bulk);

  if (!is_tokens (bulk))
    return g_strdup (_ ("Revoke Access"));
  return g_strdup_printf (ngettext ("Delete %u Token", "Delete %u Tokens", n), n);
}

/**
 * tok_bulk_words_describe_current:
 * @object: The template's object.
 * @current: (nullable): What is being taken away.
 *
 * Returns: (transfer full) (nullable): Its name; no markup.
 */
char *
tok_bulk_words_describe_current (GObject *object, TokGrant *current)
{
  return current != NULL ? tok_text_from_name (tok_grant_get_name (current)) : NULL;
}

/**
 * tok_bulk_words_describe_step:
 * @object: The template's object.
 * @state: Where a bulk stands.
 * @seconds_left: In how many seconds it goes on, if the service asked to wait.
 *
 * Returns: (transfer full) (nullable): What it waits for, unless that is the next answer.
 */
char *
tok_bulk_words_describe_step (GObject *object, TokBulkState state, guint seconds_left)
{
  switch (state) {
  case TOK_BULK_RATE_LIMITED:
    return g_strdup_printf (ngettext ("The service asks to wait. Trying again in %u second.",
                                      "The service asks to wait. Trying again in %u seconds.",
                                      seconds_left),
                            seconds_left);
  case TOK_BULK_DISCONNECTED:
    return g_strdup (_ ("The connection was lost. Waiting for it to come back…"));
  case TOK_BULK_STOPPING:
    return g_strdup (_ ("Stopping after this one…"));
  case TOK_BULK_CONFIRMING:
    return g_strdup (_ ("Looking at the service’s list, which shows what is true now…"));
  case TOK_BULK_NEW:
  case TOK_BULK_RUNNING:
  case TOK_BULK_DONE:
  default:
    return NULL;
  }
}

/**
 * tok_bulk_words_count:
 * @object: The template's object.
 * @n_done: How many are dealt with.
 * @n_items: Of how many.
 *
 * Returns: (transfer full): That.
 */
char *
tok_bulk_words_count (GObject *object, guint n_done, guint n_items)
{
  /* Translators: how many are done, and of how many. */
  return g_strdup_printf (_ ("%u of %u"), n_done, n_items);
}

/**
 * tok_bulk_words_measure:
 * @object: The template's object.
 * @n_done: How many are dealt with.
 * @n_items: Of how many.
 *
 * Returns: Which part of the way that is, from 0 to 1.
 */
double
tok_bulk_words_measure (GObject *object, guint n_done, guint n_items)
{
  return n_items > 0 ? (double) n_done / n_items : 0;
}

/**
 * tok_bulk_words_label_stop:
 * @object: The template's object.
 * @state: Where a bulk stands.
 *
 * Returns: (transfer full): What to press to end it.
 */
char *
tok_bulk_words_label_stop (GObject *object, TokBulkState state)
{
  if (state == TOK_BULK_STOPPING)
    return g_strdup (_ ("Stopping…"));
  return g_strdup (state == TOK_BULK_CONFIRMING ? _ ("Don’t Wait") : _ ("Stop"));
}

/**
 * tok_bulk_words_can_stop:
 * @object: The template's object.
 * @state: Where a bulk stands.
 *
 * Returns: Whether pressing that does anything.
 */
gboolean
tok_bulk_words_can_stop (GObject *object, TokBulkState state)
{
  return state != TOK_BULK_STOPPING && state != TOK_BULK_DONE;
}

/* On one line. */
static char *
keep_together (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  return g_strjoinv ("\u00a0", words);
}

/**
 * tok_bulk_words_dup_levels:
 * @bulk: A bulk.
 *
 * Returns: (transfer full): How many have which access level, the highest first.
 */
char *
tok_bulk_words_dup_levels (TokBulk *bulk)
{
  guint counts[TOK_ACCESS_LEVEL_UNKNOWN + 1] = { 0 };
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < tok_bulk_get_n_items (bulk); i++)
    counts[tok_grant_get_level (tok_bulk_get_grant (bulk, i))]++;
  for (guint i = G_N_ELEMENTS (counts); i-- > 0;) {
    g_autofree char *level = keep_together (tok_access_level_get_label (i));

    if (counts[i] > 0)
      /* Translators: an access level, and how many have it, which stay on one line. */
      g_string_append_printf (
          words, words->len > 0 ? C_ ("levels", " · %s\u00a0%u") : C_ ("levels", "%s\u00a0%u"),
          level, counts[i]);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * tok_bulk_words_dup_warning:
 * @bulk: A bulk.
 * @n: Which of them, from 0.
 *
 * Returns: (transfer full) (nullable): What is to be known of it before it goes; no markup.
 */
char *
tok_bulk_words_dup_warning (TokBulk *bulk, guint n)
{
  if (!tok_bulk_get_is_own (bulk, n))
    return NULL;
  if (!is_tokens (bulk))
    return g_strdup (_ ("This is the program that you are using. It goes last."));
  if (tok_grant_get_is_this_program (tok_bulk_get_grant (bulk, n)))
    return g_strdup (_ ("You are signed in with it. It goes last."));
  return g_strdup (_ ("You may be signed in with it. It goes last."));
}

static const char *
name_group (TokBulk *bulk, TokBulkOutcome outcome)
{
  switch (outcome) {
  case TOK_BULK_GONE:
    return is_tokens (bulk) ? _ ("Deleted") : _ ("Access Revoked");
  case TOK_BULK_FAILED:
    return is_tokens (bulk) ? _ ("Not Deleted") : _ ("Not Revoked");
  case TOK_BULK_UNCONFIRMED:
    return _ ("Couldn’t Confirm");
  case TOK_BULK_NOT_TRIED:
  default:
    return _ ("Not Tried");
  }
}

/**
 * tok_bulk_words_dup_left:
 * @bulk: A bulk that is done.
 *
 * Returns: (transfer full) (nullable): How many are not known to be gone, if any.
 */
char *
tok_bulk_words_dup_left (TokBulk *bulk)
{
  guint n = tok_bulk_get_n_items (bulk) - tok_bulk_count (bulk, TOK_BULK_GONE);
  gboolean is_certain = tok_bulk_count (bulk, TOK_BULK_UNCONFIRMED) == 0;

  if (n == 0)
    return NULL;
  if (is_tokens (bulk))
    return g_strdup_printf (is_certain ? ngettext ("%u still works.", "%u still work.", n)
                                       : ngettext ("%u may still work.", "%u may still work.", n),
                            n);
  return g_strdup_printf (
      is_certain ? ngettext ("%u still has access.", "%u still have access.", n)
                 : ngettext ("%u may still have access.", "%u may still have access.", n),
      n);
}

/**
 * tok_bulk_words_dup_retry:
 * @n: How many there are to try again with.
 *
 * Returns: (transfer full): What to press to do that.
 */
char *
tok_bulk_words_dup_retry (guint n)
{
  return g_strdup_printf (ngettext ("Try Again with %u", "Try Again with %u", n), n);
}

/**
 * tok_bulk_words_dup_group:
 * @bulk: A bulk that is done.
 * @outcome: An outcome.
 *
 * Returns: (transfer full): What those are called whose outcome it is, and how many they are.
 */
char *
tok_bulk_words_dup_group (TokBulk *bulk, TokBulkOutcome outcome)
{
  /* Translators: what came of some, and how many they are. */
  return g_strdup_printf (_ ("%s (%u)"), name_group (bulk, outcome),
                          tok_bulk_count (bulk, outcome));
}

static const char *
choose_failure (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
    return _ ("It was being taken away already.");
  if (error->domain != TOK_ERROR)
    return tok_sentence_from_error (error);
  switch (error->code) {
  case TOK_ERROR_UNCONFIRMED:
    return _ ("The service’s list still holds it. Try again.");
  case TOK_ERROR_FIELD:
  case TOK_ERROR_GARBLED:
    return _ ("The service failed at this itself. Try again in a moment.");
  case TOK_ERROR_SIGN_IN:
    return _ ("The service doesn’t accept any more what this program is signed in with. Sign in "
              "again.");
  default:
    return tok_sentence_from_error (error);
  }
}

/**
 * tok_bulk_words_dup_reason:
 * @bulk: A bulk that is done.
 * @n: Which of them, from 0.
 *
 * Returns: (transfer full) (nullable): Why it isn't gone, or what that means; no markup.
 */
char *
tok_bulk_words_dup_reason (TokBulk *bulk, guint n)
{
  const GError *error = NULL;

  switch (tok_bulk_get_outcome (bulk, n, &error)) {
  case TOK_BULK_FAILED:
    return g_strdup (choose_failure (error));
  case TOK_BULK_UNCONFIRMED:
    if (!is_tokens (bulk) && tok_bulk_get_is_own (bulk, n))
      return g_strdup (_ ("This is the program that you are using: without access it can’t ask for "
                          "the list. Sign in again to see how it ended."));
    return g_strdup (is_tokens (bulk)
                         ? _ ("It may still work. Refresh the list to see how it ended.")
                         : _ ("It may still have access. Refresh the list to see how it ended."));
  case TOK_BULK_NOT_TRIED:
  case TOK_BULK_GONE:
  default:
    return NULL;
  }
}

static void
append_item (GString *text, TokBulk *bulk, guint n)
{
  TokGrant *grant = tok_bulk_get_grant (bulk, n);
  g_autofree char *name = tok_text_quote_name (tok_grant_get_name (grant));
  g_autofree char *reason = tok_bulk_words_dup_reason (bulk, n);

  g_string_append_printf (text, "- %s", name);
  if (tok_grant_get_app (grant) != NULL)
    /* Translators: behind the name of an app; %s is a number. */
    g_string_append_printf (text, _ (" (app id %s)"), tok_grant_get_key (grant));
  if (reason != NULL)
    g_string_append_printf (text, ": %s", reason);
  g_string_append_c (text, '\n');
}

static void
append_group (GString *text, TokBulk *bulk, TokBulkOutcome outcome)
{
  g_autofree char *group = tok_bulk_words_dup_group (bulk, outcome);

  if (tok_bulk_count (bulk, outcome) == 0)
    return;
  g_string_append_printf (text, "\n%s\n", group);
  for (guint i = 0; i < tok_bulk_get_n_items (bulk); i++)
    if (tok_bulk_get_outcome (bulk, i, NULL) == outcome)
      append_item (text, bulk, i);
}

/**
 * tok_bulk_words_dup_file_name:
 * @bulk: A bulk that is done.
 * @now: The time now.
 *
 * Returns: (transfer full): What to call a file with the report.
 */
char *
tok_bulk_words_dup_file_name (TokBulk *bulk, GDateTime *now)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (now);
  g_autofree char *day = g_date_time_format (local, "%F");

  /* Translators: the name of a file; %s is a date like 2026-03-31. */
  return g_strdup_printf (
      is_tokens (bulk) ? _ ("Deleted Tokens %s.txt") : _ ("Revoked Apps %s.txt"), day);
}

/**
 * tok_bulk_words_dup_report:
 * @bulk: A bulk that is done.
 * @login_id: (nullable): Whose they were.
 * @now: The time now.
 *
 * Returns: (transfer full): What came of each, as a text without secrets.
 */
char *
tok_bulk_words_dup_report (TokBulk *bulk, const char *login_id, GDateTime *now)
{
  static const TokBulkOutcome outcomes[]
      = { TOK_BULK_FAILED, TOK_BULK_NOT_TRIED, TOK_BULK_UNCONFIRMED, TOK_BULK_GONE };
  g_autofree char *result = describe_result (bulk);
  g_autofree char *time = tok_text_from_time (now);
  g_autofree char *title = tok_bulk_words_title (NULL, bulk);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s – %s\n", title, time);
  if (login_id != NULL) {
    g_autofree char *shown = tok_text_from_name (login_id);

    /* Translators: %s is a login id. */
    g_string_append_printf (text, _ ("Account: %s"), shown);
    g_string_append_c (text, '\n');
  }
  g_string_append_printf (text, "%s\n", result);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    append_group (text, bulk, outcomes[i]);
  return g_string_free (text, FALSE);
}
