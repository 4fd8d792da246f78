/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-kept-secret.h"

#include "tok-closures.h"
#include "tok-error-slot.h"
#include "tok-error.h"
#include "tok-grant.h"
#include "tok-question.h"
#include "tok-secret-hider.h"
#include "tok-sentence.h"
#include "tok-session.h"
#include "tok-settings.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

#define HIDDEN "hidden"
#define REVEALED "revealed"
#define HIDE_AFTER_SECONDS 30

/* The secret of a token, if a copy is kept. It is in this widget while somebody looks at it, and
 * otherwise only where it is kept. */
struct _TokKeptSecret {
  GtkWidget parent_instance;

  TokGrant *grant;
  TokSession *session;
  TokSecretHider *hider;
  GError *error;             /* why what somebody wanted was not done */
  GCancellable *cancellable; /* what was asked for the grant */
  TokGrant *asked_about;     /* whether to forget its copy */

  GtkWidget *box;
  GtkStack *stack;
  GtkWidget *dots; /* in its place */
  GtkLabel *secret;
  GtkWidget *show_button;
};

G_DEFINE_FINAL_TYPE (TokKeptSecret, tok_kept_secret, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_GRANT,
  PROP_SESSION,
  PROP_ERROR,
  N_PROPS,
};

enum {
  SIGNAL_COPY,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
is_locked (const GError *error)
{
  return g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_LOCKED)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_DISMISSED);
}

static char *
describe (GObject *object, gboolean has_copy, TokSession *session, GError *copies_error)
{
  if (has_copy && session != NULL)
    return g_strdup (tok_session_get_copies_are_lasting (session)
                         ? _ ("A copy is kept in your keyring.")
                         : _ ("A copy is kept until you quit."));
  if (is_locked (copies_error))
    return g_strdup (_ ("Your keyring is locked, and there may be a copy in it."));
  return g_strdup (_ ("It isn’t kept here, and nobody can show it again: neither this program nor "
                      "the service."));
}

static char *
describe_failure (GObject *object, GError *error)
{
  return error != NULL ? g_strdup (tok_sentence_for_failed_copy (error)) : NULL;
}

static gboolean
can_unlock (GObject *object, GError *error, gboolean has_copy, GError *copies_error)
{
  return is_locked (error) || (!has_copy && is_locked (copies_error));
}

static gboolean
is_revealed (TokKeptSecret *self)
{
  gboolean revealed;

  g_object_get (self->hider, "revealed", &revealed, NULL);
  return revealed;
}

static void
set_revealed (TokKeptSecret *self, gboolean revealed)
{
  g_object_set (self->hider, "revealed", revealed, NULL);
}

static void
set_error (TokKeptSecret *self, const GError *error)
{
  if (tok_error_slot_set (&self->error, error))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* What was asked before is nobody's business any more. */
static GCancellable *
start_anew (TokKeptSecret *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

static void
update_show_button (TokKeptSecret *self)
{
  gboolean revealed = is_revealed (self);
  const char *label = revealed ? _ ("Hide the secret") : _ ("Show the secret");

  gtk_button_set_icon_name (GTK_BUTTON (self->show_button),
                            revealed ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (self->show_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->show_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

/* It is said to be revealed from the moment when it is asked for, so that whatever hides it does so
 * also before it is there. */
static void
on_revealed_changed (TokKeptSecret *self)
{
  if (!is_revealed (self)) {
    gtk_label_set_text (self->secret, "");
    gtk_stack_set_visible_child_name (self->stack, HIDDEN);
  }
  update_show_button (self);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokKeptSecret *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSecret) secret
      = tok_session_lookup_copy_finish (TOK_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (secret != NULL && is_revealed (self)) {
    gtk_label_set_text (self->secret, secret);
    gtk_stack_set_visible_child_name (self->stack, REVEALED);
  } else if (secret == NULL) {
    set_revealed (self, FALSE);
    set_error (self, error);
  }
}

static void
on_show (TokKeptSecret *self)
{
  if (is_revealed (self)) {
    set_revealed (self, FALSE);
    return;
  }
  set_error (self, NULL);
  set_revealed (self, TRUE);
  tok_session_lookup_copy_async (self->session, self->grant, start_anew (self), on_found, self);
}

static void
on_copy (TokKeptSecret *self)
{
  set_error (self, NULL);
  g_signal_emit (self, signals[SIGNAL_COPY], 0);
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!tok_session_forget_copy_finish (TOK_SESSION (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_error (user_data, error);
}

static void
on_forget_answered (TokKeptSecret *self, const char *response)
{
  g_autoptr (TokGrant) grant = g_steal_pointer (&self->asked_about);

  if (!tok_question_is_yes (response) || grant != self->grant || self->session == NULL)
    return;
  set_error (self, NULL);
  set_revealed (self, FALSE);
  tok_session_forget_copy_async (self->session, tok_grant_get_key (grant), start_anew (self),
                                 on_forgotten, self);
}

static void
on_forget (TokKeptSecret *self)
{
  g_autofree char *name = tok_text_quote_name (tok_grant_get_name (self->grant));
  /* Translators: %s is the name of a token. */
  g_autofree char *heading = g_strdup_printf (_ ("Forget the Secret of “%s”?"), name);
  GtkWidget *question;

  question = tok_question_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
                               _ ("The token goes on working, but nobody can show you its secret "
                                  "again: neither this program nor the service."),
                               _ ("Cancel"), _ ("Forget"));
  g_set_object (&self->asked_about, self->grant);
  g_signal_connect_object (question, "response", G_CALLBACK (on_forget_answered), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  tok_session_unlock_copies_finish (TOK_SESSION (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_error (user_data, error);
}

static void
on_unlock (TokKeptSecret *self)
{
  tok_session_unlock_copies_async (self->session, start_anew (self), on_unlocked, self);
}

/* Before the button that has it goes: to where it is when one comes to the page. */
static void
give_focus_away (TokKeptSecret *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return;
  gtk_root_set_focus (root, NULL);
  gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD);
}

static void
on_has_copy_changed (TokKeptSecret *self)
{
  if (tok_grant_get_has_copy (self->grant))
    return;
  give_focus_away (self);
  set_revealed (self, FALSE);
}

/* Another secret, or none: nothing of this one is left. */
static void
turn (TokKeptSecret *self)
{
  start_anew (self);
  set_revealed (self, FALSE);
  set_error (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), self->session != NULL && self->grant != NULL
                                                 && tok_grant_get_token (self->grant) != NULL);
}

static void
set_grant (TokKeptSecret *self, TokGrant *grant)
{
  if (self->grant == grant)
    return;
  if (self->grant != NULL)
    g_signal_handlers_disconnect_by_func (self->grant, on_has_copy_changed, self);
  g_set_object (&self->grant, grant);
  if (grant != NULL)
    g_signal_connect_object (grant, "notify::has-copy", G_CALLBACK (on_has_copy_changed), self,
                             G_CONNECT_SWAPPED);
  turn (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GRANT]);
}

static void
tok_kept_secret_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokKeptSecret *self = TOK_KEPT_SECRET (object);

  switch (prop_id) {
  case PROP_GRANT:
    g_value_set_object (value, self->grant);
    break;
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_kept_secret_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_GRANT:
    set_grant (TOK_KEPT_SECRET (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_kept_secret_dispose (GObject *object)
{
  TokKeptSecret *self = TOK_KEPT_SECRET (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->hider != NULL)
    g_signal_handlers_disconnect_by_data (self->hider, self);
  g_clear_object (&self->hider);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->asked_about);
  g_clear_object (&self->grant);
  g_clear_object (&self->session);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (tok_kept_secret_parent_class)->dispose (object);
}

static void
tok_kept_secret_class_init (TokKeptSecretClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_kept_secret_get_property;
  object_class->set_property = tok_kept_secret_set_property;
  object_class->dispose = tok_kept_secret_dispose;

  /**
   * TokKeptSecret:grant:
   *
   * The token; for an app there is nothing to see.
   */
  properties[PROP_GRANT]
      = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokKeptSecret:session:
   *
   * Whose token it is.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokKeptSecret:error:
   *
   * Why what somebody wanted was not done.
   */
  properties[PROP_ERROR]
      = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokKeptSecret::copy:
   * @self: A widget.
   *
   * Somebody wants the secret copied.
   */
  signals[SIGNAL_COPY] = g_signal_new ("copy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-kept-secret.ui");
  gtk_widget_class_bind_template_child (widget_class, TokKeptSecret, box);
  gtk_widget_class_bind_template_child (widget_class, TokKeptSecret, stack);
  gtk_widget_class_bind_template_child (widget_class, TokKeptSecret, dots);
  gtk_widget_class_bind_template_child (widget_class, TokKeptSecret, secret);
  gtk_widget_class_bind_template_child (widget_class, TokKeptSecret, show_button);
  gtk_widget_class_bind_template_callback (widget_class, can_unlock);
  gtk_widget_class_bind_template_callback (widget_class, describe);
  gtk_widget_class_bind_template_callback (widget_class, describe_failure);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_forget);
  gtk_widget_class_bind_template_callback (widget_class, on_show);
  gtk_widget_class_bind_template_callback (widget_class, on_unlock);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_kept_secret_init (TokKeptSecret *self)
{
  self->hider = tok_secret_hider_new (GTK_WIDGET (self), HIDE_AFTER_SECONDS);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->hider, "notify::revealed", G_CALLBACK (on_revealed_changed), self,
                           G_CONNECT_SWAPPED);
  update_show_button (self);
  /* A secret is no text of any language. */
  gtk_widget_set_direction (GTK_WIDGET (self->stack), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (self->dots, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->secret), GTK_TEXT_DIR_LTR);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * tok_kept_secret_set_session:
 * @self: A widget.
 * @session: (nullable): Whose tokens they are.
 * @settings: The settings, which say for how long a secret can be read.
 *
 * Says where copies are to be found.
 */
void
tok_kept_secret_set_session (TokKeptSecret *self, TokSession *session, GSettings *settings)
{
  g_return_if_fail (TOK_IS_KEPT_SECRET (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_settings_bind (settings, TOK_SETTINGS_HIDE_SECRETS_SECONDS, self->hider, "seconds",
                   G_SETTINGS_BIND_GET);
  if (!g_set_object (&self->session, session))
    return;
  turn (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
