/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-copier.h"

#include "tok-error.h"
#include "tok-grant.h"
#include "tok-secret-clipboard.h"
#include "tok-sentence.h"
#include "tok-session.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

/* Copies kept secrets to the clipboard for whoever wants one, and says how that went. */
struct _TokCopier {
  GObject parent_instance;

  TokSecretClipboard *clipboard;
};

G_DEFINE_FINAL_TYPE (TokCopier, tok_copier, G_TYPE_OBJECT)

enum {
  SIGNAL_SAID,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* One secret that somebody wants. */
typedef struct {
  TokCopier *copier;
  TokGrant *grant;
  gboolean is_unlocked;
} Wish;

static Wish *
wish_new (TokCopier *copier, TokGrant *grant)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->copier = g_object_ref (copier);
  wish->grant = g_object_ref (grant);
  return wish;
}

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->copier);
  g_object_unref (wish->grant);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

/* Takes @sentence. */
static void
say (TokCopier *self, char *sentence)
{
  g_autofree char *owned = sentence;

  g_signal_emit (self, signals[SIGNAL_SAID], 0, owned);
}

static void
say_copied (TokCopier *self)
{
  /* Translators: "s" is the sign for seconds. */
  say (self, g_strdup_printf (_ ("Copied. It is cleared from the clipboard in %u s"),
                              tok_secret_clipboard_get_seconds_left (self->clipboard)));
}

static void
say_not_kept (TokCopier *self, TokGrant *grant)
{
  g_autofree char *name = tok_text_quote_name (tok_grant_get_name (grant));

  /* Translators: %s is the name of a token. */
  say (self,
       g_strdup_printf (
           _ ("The secret of “%s” isn’t kept here, and the service can’t show it again."), name));
}

static void look_up (TokSession *session, Wish *wish);

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GError) error = NULL;

  if (tok_session_unlock_copies_finish (TOK_SESSION (source), result, &error)) {
    wish->is_unlocked = TRUE;
    look_up (TOK_SESSION (source), g_steal_pointer (&wish));
  } else {
    say (wish->copier, g_strdup (tok_sentence_for_failed_copy (error)));
  }
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokSession *session = TOK_SESSION (source);
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSecret) secret = tok_session_lookup_copy_finish (session, result, &error);

  if (secret != NULL) {
    tok_secret_clipboard_copy (wish->copier->clipboard, secret);
    say_copied (wish->copier);
  } else if (g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_LOCKED) && !wish->is_unlocked) {
    tok_session_unlock_copies_async (session, NULL, on_unlocked, g_steal_pointer (&wish));
  } else if (g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT)) {
    say_not_kept (wish->copier, wish->grant);
  } else {
    say (wish->copier, g_strdup (tok_sentence_for_failed_copy (error)));
  }
}

/* Takes @wish. */
static void
look_up (TokSession *session, Wish *wish)
{
  tok_session_lookup_copy_async (session, wish->grant, NULL, on_found, wish);
}

static void
tok_copier_dispose (GObject *object)
{
  g_clear_object (&TOK_COPIER (object)->clipboard);

  G_OBJECT_CLASS (tok_copier_parent_class)->dispose (object);
}

static void
tok_copier_class_init (TokCopierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tok_copier_dispose;

  /**
   * TokCopier::said:
   * @self: A copier.
   * @sentence: What became of a wish.
   *
   * The secret is on the clipboard, or why it isn't.
   */
  signals[SIGNAL_SAID] = g_signal_new ("said", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tok_copier_init (TokCopier *self)
{
}

/**
 * tok_copier_new:
 * @clipboard: Where secrets are copied to.
 *
 * Returns: (transfer full): A copier.
 */
TokCopier *
tok_copier_new (TokSecretClipboard *clipboard)
{
  TokCopier *self;

  g_return_val_if_fail (TOK_IS_SECRET_CLIPBOARD (clipboard), NULL);

  self = g_object_new (TOK_TYPE_COPIER, NULL);
  self->clipboard = g_object_ref (clipboard);
  return self;
}

/**
 * tok_copier_copy:
 * @self: A copier.
 * @session: Whose token it is.
 * @grant: The token.
 *
 * Copies the token's secret, if a copy is kept. Where that is behind a lock its owner is asked to
 * open it.
 */
void
tok_copier_copy (TokCopier *self, TokSession *session, TokGrant *grant)
{
  g_return_if_fail (TOK_IS_COPIER (self));
  g_return_if_fail (TOK_IS_SESSION (session));
  g_return_if_fail (TOK_IS_GRANT (grant));

  if (tok_grant_get_has_copy (grant) || tok_session_get_copies_error (session) != NULL)
    look_up (session, wish_new (self, grant));
  else
    say_not_kept (self, grant);
}
