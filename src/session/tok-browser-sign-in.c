/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-browser-sign-in.h"

#include "tok-address.h"
#include "tok-error.h"
#include "tok-redirect.h"
#include "tok-secret.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <sys/random.h>

#define STATE_BYTES 16
#define N_ENDED 8

/* What there is to say when the answer to a sign-in that has ended comes (once more). */
typedef struct {
  char *digest;
  TokError code;
} Ended;

/**
 * TokBrowserSignIn:
 *
 * The sign-in with the browser that is under way, if there is one: which answer is the one to it,
 * and for how long.
 *
 * Anybody can make a browser hand this program an answer, and there is nothing but the state to
 * tell whose it is (PROTOCOL 4.1). So whatever doesn't have the right one changes nothing. Of each
 * state only a digest is kept.
 */
struct _TokBrowserSignIn {
  GObject parent_instance;

  guint time;

  char *digest; /* %NULL: none is under way */
  char *address;
  gint64 deadline;
  guint timeout_id;

  Ended ended[N_ENDED]; /* a ring */
  guint n_ended;
};

G_DEFINE_FINAL_TYPE (TokBrowserSignIn, tok_browser_sign_in, G_TYPE_OBJECT)

enum {
  PROP_IS_WAITING = 1,
  N_PROPS,
};

enum {
  SIGNAL_EXPIRED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Hexadecimal. */
static TokSecret *
dup_random_state (void)
{
  guint8 bytes[STATE_BYTES];
  char *state = g_malloc0 (2 * STATE_BYTES + 1);

  while (getrandom (bytes, STATE_BYTES, 0) != STATE_BYTES)
    if (errno != EINTR)
      g_error ("No random numbers: %s", g_strerror (errno));
  for (guint i = 0; i < STATE_BYTES; i++)
    g_snprintf (state + 2 * i, 3, "%02x", bytes[i]);
  explicit_bzero (bytes, sizeof bytes);
  return state;
}

static char *
dup_digest (const char *state)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, state, -1);
}

/* Takes the same time wherever they differ. */
static gboolean
equal_digests (const char *a, const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;

  g_assert (strlen (b) == length);
  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);
  return difference == 0;
}

static const Ended *
find_ended (TokBrowserSignIn *self, const char *digest)
{
  for (guint i = 0; i < N_ENDED; i++)
    if (self->ended[i].digest != NULL && equal_digests (self->ended[i].digest, digest))
      return &self->ended[i];
  return NULL;
}

/* Whoever calls this notifies. */
static void
forget (TokBrowserSignIn *self)
{
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
}

static void
notify_is_waiting (TokBrowserSignIn *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_WAITING]);
}

/* Ends what is under way; @code is what to say if its answer comes (once more). Whoever calls this
 * notifies. */
static void
end_quietly (TokBrowserSignIn *self, TokError code)
{
  Ended *ended = &self->ended[self->n_ended++ % N_ENDED];

  g_free (ended->digest);
  ended->digest = g_steal_pointer (&self->digest);
  ended->code = code;
  forget (self);
}

static void
end (TokBrowserSignIn *self, TokError code)
{
  end_quietly (self, code);
  notify_is_waiting (self);
}

static void
expire (TokBrowserSignIn *self)
{
  g_autoptr (TokBrowserSignIn) alive = g_object_ref (self);

  end (self, TOK_ERROR_BROWSER_EXPIRED);
  g_signal_emit (alive, signals[SIGNAL_EXPIRED], 0);
}

static gboolean
on_timeout (gpointer data)
{
  TokBrowserSignIn *self = TOK_BROWSER_SIGN_IN (data);

  expire (self);
  return G_SOURCE_REMOVE;
}

static void
set_error (GError **error, TokError code)
{
  const char *message;

  switch (code) {
  case TOK_ERROR_BROWSER_EXPIRED:
    message = _ ("That sign-in with the browser took too long.");
    break;
  case TOK_ERROR_BROWSER_USED:
    message = _ ("That answer of the browser was taken already.");
    break;
  case TOK_ERROR_BROWSER_FORGED:
    message = _ ("That answer is not to the sign-in that is under way.");
    break;
  default:
    message = _ ("No sign-in with the browser is under way.");
  }
  g_set_error_literal (error, TOK_ERROR, (int) code, message);
}

static void
tok_browser_sign_in_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokBrowserSignIn *self = TOK_BROWSER_SIGN_IN (object);

  switch (prop_id) {
  case PROP_IS_WAITING:
    g_value_set_boolean (value, tok_browser_sign_in_get_is_waiting (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_browser_sign_in_finalize (GObject *object)
{
  TokBrowserSignIn *self = TOK_BROWSER_SIGN_IN (object);

  forget (self);
  for (guint i = 0; i < N_ENDED; i++)
    g_free (self->ended[i].digest);

  G_OBJECT_CLASS (tok_browser_sign_in_parent_class)->finalize (object);
}

static void
tok_browser_sign_in_class_init (TokBrowserSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_browser_sign_in_get_property;
  object_class->finalize = tok_browser_sign_in_finalize;

  /**
   * TokBrowserSignIn:is-waiting:
   *
   * Whether a sign-in is under way, so that the browser may bring back an answer.
   */
  properties[PROP_IS_WAITING]
      = g_param_spec_boolean ("is-waiting", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokBrowserSignIn::expired:
   *
   * The browser took too long, so that nothing is under way any more.
   */
  signals[SIGNAL_EXPIRED] = g_signal_new ("expired", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tok_browser_sign_in_init (TokBrowserSignIn *self)
{
}

/**
 * tok_browser_sign_in_new:
 * @times: How long a sign-in may take.
 *
 * Returns: (transfer full): A new object, with no sign-in under way.
 */
TokBrowserSignIn *
tok_browser_sign_in_new (const TokTimes *times)
{
  TokBrowserSignIn *self;

  g_return_val_if_fail (times != NULL, NULL);

  self = g_object_new (TOK_TYPE_BROWSER_SIGN_IN, NULL);
  self->time = times->browser_sign_in;
  return self;
}

/**
 * tok_browser_sign_in_begin:
 * @self: A sign-in with the browser.
 * @address: Where to sign in, from [func@address_check].
 *
 * Begins a sign-in; one that is under way is given up, and its answer won't be taken.
 *
 * Returns: (transfer full): The page to open in the browser, which nobody else should see.
 */
char *
tok_browser_sign_in_begin (TokBrowserSignIn *self, const char *address)
{
  g_autoptr (TokSecret) state = NULL;
  gboolean was_waiting;

  g_return_val_if_fail (TOK_IS_BROWSER_SIGN_IN (self), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  was_waiting = self->digest != NULL;
  if (was_waiting)
    end_quietly (self, TOK_ERROR_BROWSER_UNASKED);
  state = dup_random_state ();
  self->digest = dup_digest (state);
  self->address = g_strdup (address);
  self->deadline = g_get_monotonic_time () + self->time * G_TIME_SPAN_MILLISECOND;
  self->timeout_id = g_timeout_add (self->time, on_timeout, self);
  if (!was_waiting)
    notify_is_waiting (self);
  return tok_address_dup_authorize_page (address, state);
}

/**
 * tok_browser_sign_in_cancel:
 * @self: A sign-in with the browser.
 *
 * Gives up the sign-in that is under way, if there is one; its answer won't be taken.
 */
void
tok_browser_sign_in_cancel (TokBrowserSignIn *self)
{
  g_return_if_fail (TOK_IS_BROWSER_SIGN_IN (self));

  if (self->digest != NULL)
    end (self, TOK_ERROR_BROWSER_UNASKED);
}

/**
 * tok_browser_sign_in_take:
 * @self: A sign-in with the browser.
 * @uri: What the browser had this program open.
 * @address: (out) (transfer full): Where to sign in, if there is no error.
 * @error: Where to put an error: %TOK_ERROR_BROWSER_GARBLED if @uri is no end of a sign-in;
 *   %TOK_ERROR_BROWSER_USED or %TOK_ERROR_BROWSER_EXPIRED if it is the end of one that is over;
 *   %TOK_ERROR_BROWSER_UNASKED or %TOK_ERROR_BROWSER_FORGED if none like it is known, be there
 *   none under way or another one; %TOK_ERROR_BROWSER_DENIED if the owner has refused.
 *
 * Takes what the browser has brought back (PROTOCOL 4.1). If it is the answer to the sign-in that
 * is under way, that one is over, whatever the answer is. If it is anything else, nothing changes.
 *
 * Returns: (transfer full) (nullable) (element-type TokRedirectAccount): The accounts that the
 *   owner has let this program in to, at least one.
 */
GPtrArray *
tok_browser_sign_in_take (TokBrowserSignIn *self, const char *uri, char **address, GError **error)
{
  g_autoptr (TokRedirect) redirect = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *asked_at = NULL;

  g_return_val_if_fail (TOK_IS_BROWSER_SIGN_IN (self), NULL);
  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (address != NULL, NULL);

  redirect = tok_redirect_parse (uri, error);
  if (redirect == NULL)
    return NULL;

  digest = dup_digest (tok_redirect_get_state (redirect));
  if (self->digest == NULL || !equal_digests (self->digest, digest)) {
    const Ended *ended = find_ended (self, digest);

    if (ended != NULL)
      set_error (error, ended->code);
    else
      set_error (error,
                 self->digest != NULL ? TOK_ERROR_BROWSER_FORGED : TOK_ERROR_BROWSER_UNASKED);
    return NULL;
  }
  /* What should have ended it may come late. */
  if (g_get_monotonic_time () > self->deadline) {
    set_error (error, TOK_ERROR_BROWSER_EXPIRED);
    expire (self);
    return NULL;
  }

  asked_at = g_steal_pointer (&self->address);
  end (self, TOK_ERROR_BROWSER_USED);
  if (tok_redirect_get_refusal (redirect) != NULL) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_BROWSER_DENIED,
                         tok_redirect_get_refusal (redirect));
    return NULL;
  }
  *address = g_steal_pointer (&asked_at);
  return g_ptr_array_ref (tok_redirect_get_accounts (redirect));
}

/**
 * tok_browser_sign_in_get_is_waiting:
 * @self: A sign-in with the browser.
 *
 * Returns: [property@BrowserSignIn:is-waiting].
 */
gboolean
tok_browser_sign_in_get_is_waiting (TokBrowserSignIn *self)
{
  g_return_val_if_fail (TOK_IS_BROWSER_SIGN_IN (self), FALSE);

  return self->digest != NULL;
}
