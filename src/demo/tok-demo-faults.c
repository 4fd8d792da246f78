/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-faults.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define ANY_CALL "*"
#define MAX_NTH 1000000
#define MAX_DELAY (60 * 60 * 1000)
#define OTHER_ID 1000
#define GARBAGE "}{"
#define UNSOLICITED                                                                                \
  "{\"echo_req\":{\"balance\":1,\"subscribe\":1},\"msg_type\":\"balance\",\"balance\":{"           \
  "\"balance\":1042.17,\"currency\":\"USD\",\"loginid\":\"SAMPLE1\"}}"

typedef enum { ONCE, FROM, EACH } Recurrence;

typedef enum { NO_ARGUMENT, NEEDS_NUMBER, MAY_HAVE_NUMBER, NEEDS_CODE, MAY_HAVE_TEXT } Argument;

typedef struct {
  char *call;
  char *member;
  guint nth;
  Recurrence recurrence;
  TokDemoMishap mishap;
  guint n_seen;
  gboolean spent;
} Fault;

struct _TokDemoFaults {
  GPtrArray *faults;
};

static const struct {
  const char *name;
  TokDemoMishapKind kind;
  gboolean before;
  Argument argument;
  gint64 minimum;
  gint64 maximum;
  gint64 number;
  const char *text;
} mishaps[] = {
  { "drop-before", TOK_DEMO_MISHAP_DROP, TRUE },
  { "drop-after", TOK_DEMO_MISHAP_DROP },
  { "silent-before", TOK_DEMO_MISHAP_SILENCE, TRUE },
  { "silent-after", TOK_DEMO_MISHAP_SILENCE },
  { "close-before", TOK_DEMO_MISHAP_CLOSE, TRUE, NEEDS_NUMBER, 1, G_MAXUINT16 },
  { "close-after", TOK_DEMO_MISHAP_CLOSE, FALSE, NEEDS_NUMBER, 1, G_MAXUINT16 },
  { "error", TOK_DEMO_MISHAP_ERROR, FALSE, NEEDS_CODE },
  { "delay", TOK_DEMO_MISHAP_DELAY, FALSE, NEEDS_NUMBER, 1, MAX_DELAY },
  { "garbage", TOK_DEMO_MISHAP_GARBAGE, FALSE, MAY_HAVE_TEXT, .text = GARBAGE },
  { "wrong-id", TOK_DEMO_MISHAP_WRONG_ID, FALSE, MAY_HAVE_NUMBER, G_MININT32, G_MAXINT32,
    OTHER_ID },
  { "no-id", TOK_DEMO_MISHAP_NO_ID },
  { "twice", TOK_DEMO_MISHAP_TWICE },
  { "unsolicited", TOK_DEMO_MISHAP_UNSOLICITED, FALSE, MAY_HAVE_TEXT, .text = UNSOLICITED },
  { "masked", TOK_DEMO_MISHAP_MASKED },
  { "half", TOK_DEMO_MISHAP_HALF },
};

/* What the service says with each code (PROTOCOL 3.1). */
static const struct {
  const char *code;
  const char *message;
} messages[] = {
  { "APITokenError", "The name is taken." },
  { "AccountDisabled", "Account is disabled." },
  { "AuthorizationRequired", "Please log in." },
  { "CallError", "Sorry, an error occurred while processing your request." },
  { "DisabledClient", "This account is unavailable." },
  { "InternalServerError", "Sorry, an error occurred while processing your request." },
  { "InvalidAppID", "Your app_id is invalid." },
  { "InvalidToken", "The token is invalid." },
  { "OutputValidationFailed", "Sorry, an error occurred while processing your request." },
  { "PermissionDenied", "Permission denied." },
  { "RateLimit", "You have reached the rate limit." },
  { "ResponseTooLarge", "Response too large." },
  { "Suspendedlogin", "We can't take you to your account right now due to system maintenance. "
                      "Please try again later." },
  { "Timeout", "Timeout" },
  { "WrongResponse", "Sorry, an error occurred while processing your request." },
};

static void
free_fault (Fault *fault)
{
  g_free (fault->call);
  g_free (fault->member);
  g_free (fault->mishap.code);
  g_free (fault->mishap.text);
  g_free (fault);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fault, free_fault)

static const char *
get_message (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (g_str_equal (messages[i].code, code))
      return messages[i].message;
  return code;
}

static gboolean
is_call (const char *name)
{
  guint n_calls;
  const TokDemoCall *calls = tok_demo_calls_get_all (&n_calls);

  for (guint i = 0; i < n_calls; i++)
    if (g_str_equal (calls[i].name, name))
      return TRUE;
  return g_str_equal (name, ANY_CALL);
}

/* "api_token", or "api_token.new_token". */
static gboolean
parse_call (Fault *fault, const char *text)
{
  const char *dot = strchr (text, '.');

  fault->call = dot != NULL ? g_strndup (text, dot - text) : g_strdup (text);
  fault->member = dot != NULL ? g_strdup (dot + 1) : NULL;
  return is_call (fault->call) && (fault->member == NULL || *fault->member != '\0');
}

/* "3", "3+" or "/3". */
static gboolean
parse_when (Fault *fault, const char *text)
{
  g_autofree char *digits = g_strdup (*text == '/' ? text + 1 : text);
  gsize length = strlen (digits);
  guint64 nth;

  if (*text == '/') {
    fault->recurrence = EACH;
  } else if (length > 0 && digits[length - 1] == '+') {
    fault->recurrence = FROM;
    digits[length - 1] = '\0';
  }
  if (!g_ascii_string_to_unsigned (digits, 10, 1, MAX_NTH, &nth, NULL))
    return FALSE;
  fault->nth = (guint) nth;
  return TRUE;
}

/* "drop-after", "delay:500", "error:RateLimit:Too much: go away". */
static gboolean
parse_what (TokDemoMishap *mishap, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  const char *argument = parts[0] != NULL ? parts[1] : NULL;
  guint i = 0;

  while (i < G_N_ELEMENTS (mishaps) && g_strcmp0 (mishaps[i].name, parts[0]) != 0)
    i++;
  if (i == G_N_ELEMENTS (mishaps))
    return FALSE;
  mishap->kind = mishaps[i].kind;
  mishap->name = mishaps[i].name;
  mishap->before = mishaps[i].before;
  mishap->number = mishaps[i].number;
  mishap->text = g_strdup (mishaps[i].text);
  if (argument == NULL)
    return mishaps[i].argument != NEEDS_NUMBER && mishaps[i].argument != NEEDS_CODE;

  switch (mishaps[i].argument) {
  case NEEDS_NUMBER:
  case MAY_HAVE_NUMBER:
    return g_ascii_string_to_signed (argument, 10, mishaps[i].minimum, mishaps[i].maximum,
                                     &mishap->number, NULL);
  case NEEDS_CODE: {
    g_auto (GStrv) words = g_strsplit (argument, ":", 2);

    mishap->code = g_strdup (words[0] != NULL ? words[0] : "");
    mishap->text
        = g_strdup (words[0] != NULL && words[1] != NULL ? words[1] : get_message (mishap->code));
    return *mishap->code != '\0';
  }
  case MAY_HAVE_TEXT:
    g_free (mishap->text);
    mishap->text = g_strdup (argument);
    return TRUE;
  case NO_ARGUMENT:
    break;
  }
  return FALSE;
}

static gboolean
is_about (const Fault *fault, const TokDemoRequest *request)
{
  if (!g_str_equal (fault->call, ANY_CALL) && !g_str_equal (fault->call, request->call->name))
    return FALSE;
  return fault->member == NULL || json_object_has_member (request->members, fault->member);
}

static gboolean
is_due (const Fault *fault)
{
  switch (fault->recurrence) {
  case ONCE:
  case FROM:
    return fault->n_seen >= fault->nth;
  case EACH:
    return fault->n_seen % fault->nth == 0;
  }
  return FALSE;
}

/**
 * tok_demo_faults_new:
 *
 * Returns: (transfer full): Faults, of which there are none yet.
 */
TokDemoFaults *
tok_demo_faults_new (void)
{
  TokDemoFaults *self = g_new0 (TokDemoFaults, 1);

  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) free_fault);
  return self;
}

/**
 * tok_demo_faults_free:
 * @self: (transfer full): Faults.
 */
void
tok_demo_faults_free (TokDemoFaults *self)
{
  g_ptr_array_unref (self->faults);
  g_free (self);
}

/**
 * tok_demo_faults_add:
 * @self: Faults.
 * @spec: With which call, when, and what: "CALL:WHEN:WHAT", as [method@DemoServer.add_fault] says.
 * @error: Where to put a %G_IO_ERROR_INVALID_ARGUMENT, whose message is a sentence for people.
 *
 * Adds a fault, which counts calls from now on.
 *
 * Returns: Whether @spec is one.
 */
gboolean
tok_demo_faults_add (TokDemoFaults *self, const char *spec, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (spec, ":", 3);
  g_autoptr (Fault) fault = g_new0 (Fault, 1);
  const char *sentence = NULL;

  if (g_strv_length (parts) != 3)
    sentence = _ ("It is a call, when, and what happens, with “:” between them.");
  else if (!parse_call (fault, parts[0]))
    sentence = _ ("It begins with the name of a call, or with “*”.");
  else if (!parse_when (fault, parts[1]))
    sentence = _ ("When it happens is like “3”, “3+” or “/3”.");
  else if (!parse_what (&fault->mishap, parts[2]))
    sentence = _ ("What happens isn’t among the things that can.");
  if (sentence == NULL) {
    g_ptr_array_add (self->faults, g_steal_pointer (&fault));
    return TRUE;
  }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("“%s” is not a fault. %s"), spec,
               sentence);
  return FALSE;
}

/**
 * tok_demo_faults_clear:
 * @self: Faults.
 *
 * Lets everything go right again.
 */
void
tok_demo_faults_clear (TokDemoFaults *self)
{
  g_ptr_array_set_size (self->faults, 0);
}

/**
 * tok_demo_faults_take:
 * @self: Faults.
 * @request: A call about to do its work.
 *
 * Counts @request. Of several faults that are due with one call the first that was added happens;
 * another that happens once waits for the next call.
 *
 * Returns: (transfer none) (nullable): What goes wrong with it; there until the next is taken or
 *   all are cleared.
 */
const TokDemoMishap *
tok_demo_faults_take (TokDemoFaults *self, const TokDemoRequest *request)
{
  Fault *taken = NULL;

  /* Not when it happens: whoever has taken it looks at it then. */
  for (guint i = self->faults->len; i > 0; i--)
    if (((Fault *) self->faults->pdata[i - 1])->spent)
      g_ptr_array_remove_index (self->faults, i - 1);
  for (guint i = 0; i < self->faults->len; i++) {
    Fault *fault = self->faults->pdata[i];

    if (!is_about (fault, request))
      continue;
    fault->n_seen++;
    if (taken == NULL && is_due (fault))
      taken = fault;
  }
  if (taken == NULL)
    return NULL;
  taken->spent = taken->recurrence == ONCE;
  return &taken->mishap;
}
