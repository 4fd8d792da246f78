/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret-saver.h"

#include "tok-file-asker.h"
#include "tok-secret-file.h"
#include "tok-token.h"

#include <glib/gi18n-lib.h>

/* Asks where a token's secret is to be saved, saves it there, and says how that went. */
struct _TokSecretSaver {
  GObject parent_instance;

  TokToken *token;
  TokFileAsker *asker;
  GFile *file;               /* what was chosen last */
  GCancellable *cancellable; /* while it is being saved */
  char *report;
  gboolean is_saved;
};

G_DEFINE_FINAL_TYPE (TokSecretSaver, tok_secret_saver, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_REPORT,
  PROP_IS_SAVED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_report (TokSecretSaver *self, const char *report)
{
  if (g_strcmp0 (self->report, report) == 0)
    return;
  g_free (self->report);
  self->report = g_strdup (report);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPORT]);
}

static void
set_is_saved (TokSecretSaver *self, gboolean is_saved)
{
  if (self->is_saved == is_saved)
    return;
  self->is_saved = is_saved;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SAVED]);
}

static void
give_up (TokSecretSaver *self)
{
  tok_file_asker_give_up (self->asker);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_object (&self->token);
}

/* One that failed takes nothing from what was saved elsewhere before. */
static void
on_save_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokSecretSaver *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;
  TokPrivateFileOutcome outcome = tok_private_file_save_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  report = tok_secret_file_describe (self->file, outcome, error);
  if (outcome != TOK_PRIVATE_FILE_FAILED)
    set_is_saved (self, TRUE);
  set_report (self, report);
}

static void
on_chosen (TokSecretSaver *self, GFile *file)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->file, file);
  tok_private_file_save_async (file, tok_token_get_listed_value (self->token), self->cancellable,
                               on_save_ready, self);
}

static void
tok_secret_saver_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokSecretSaver *self = TOK_SECRET_SAVER (object);

  switch (prop_id) {
  case PROP_REPORT:
    g_value_set_string (value, self->report);
    break;
  case PROP_IS_SAVED:
    g_value_set_boolean (value, self->is_saved);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_secret_saver_dispose (GObject *object)
{
  TokSecretSaver *self = TOK_SECRET_SAVER (object);

  if (self->asker != NULL)
    give_up (self);
  g_clear_object (&self->asker);

  G_OBJECT_CLASS (tok_secret_saver_parent_class)->dispose (object);
}

static void
tok_secret_saver_finalize (GObject *object)
{
  g_free (TOK_SECRET_SAVER (object)->report);

  G_OBJECT_CLASS (tok_secret_saver_parent_class)->finalize (object);
}

static void
tok_secret_saver_class_init (TokSecretSaverClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_secret_saver_get_property;
  object_class->dispose = tok_secret_saver_dispose;
  object_class->finalize = tok_secret_saver_finalize;

  /**
   * TokSecretSaver:report:
   *
   * How it went the last time: where the secret is, and who can read it, or why it isn't there.
   */
  properties[PROP_REPORT] = g_param_spec_string ("report", NULL, NULL, NULL, flags);
  /**
   * TokSecretSaver:is-saved:
   *
   * Whether the secret is in a file.
   */
  properties[PROP_IS_SAVED] = g_param_spec_boolean ("is-saved", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_secret_saver_init (TokSecretSaver *self)
{
  self->asker = tok_file_asker_new ();
  g_signal_connect_swapped (self->asker, "chosen", G_CALLBACK (on_chosen), self);
}

/**
 * tok_secret_saver_set_token:
 * @self: A saver.
 * @token: (nullable): A token whose listed value is its secret; %NULL to let go of the last one.
 *
 * Begins anew with @token. What has been asked is not asked any more, and what was saved stays
 * where it is.
 */
void
tok_secret_saver_set_token (TokSecretSaver *self, TokToken *token)
{
  g_return_if_fail (TOK_IS_SECRET_SAVER (self));
  g_return_if_fail (token == NULL || TOK_IS_TOKEN (token));

  give_up (self);
  g_set_object (&self->token, token);
  set_is_saved (self, FALSE);
  set_report (self, NULL);
}

/**
 * tok_secret_saver_ask:
 * @self: A saver with a token.
 * @parent: (nullable): The window that the question belongs to.
 *
 * Asks where to save the secret, and does it.
 */
void
tok_secret_saver_ask (TokSecretSaver *self, GtkWindow *parent)
{
  g_autofree char *name = NULL;

  g_return_if_fail (TOK_IS_SECRET_SAVER (self));
  g_return_if_fail (self->token != NULL);

  name = tok_secret_file_suggest_name (tok_token_get_name (self->token));
  tok_file_asker_ask (self->asker, parent, _ ("Save Secret"), name);
}

/**
 * tok_secret_saver_get_is_saved:
 * @self: A saver.
 *
 * Returns: Whether the secret is in a file.
 */
gboolean
tok_secret_saver_get_is_saved (TokSecretSaver *self)
{
  g_return_val_if_fail (TOK_IS_SECRET_SAVER (self), FALSE);

  return self->is_saved;
}
