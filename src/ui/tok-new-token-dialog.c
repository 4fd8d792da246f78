/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-new-token-dialog.h"

#include "tok-account.h"
#include "tok-closures.h"
#include "tok-create-question.h"
#include "tok-error.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-haste-guard.h"
#include "tok-question.h"
#include "tok-secret-clipboard.h"
#include "tok-secret-view.h"
#include "tok-sentence.h"
#include "tok-session.h"
#include "tok-settings.h"
#include "tok-strip.h"
#include "tok-text.h"
#include "tok-token-form.h"
#include "tok-token.h"

#include <glib/gi18n-lib.h>

/* Creates a token: asks what it is to be, waits for the service, and shows the secret once. */
struct _TokNewTokenDialog {
  AdwWindow parent_instance;

  TokSession *session;
  GSettings *settings;
  TokSecretClipboard *clipboard;
  GCancellable *cancellable; /* while the service is creating it */
  TokGrant *lost;            /* created, but nobody has its secret */
  GtkWindow *question;       /* whether to close or to create, while it is being asked */
  TokHasteGuard *guard;      /* of the question whether to create */
  gint64 settled_at;         /* when a click is sure to be meant for the note's button */
  gboolean may_close;
  gboolean has_created;

  GtkStack *pages;
  TokStrip *note;
  TokTokenForm *form;
  TokSecretView *secret_view;
};

G_DEFINE_FINAL_TYPE (TokNewTokenDialog, tok_new_token_dialog, ADW_TYPE_WINDOW)

enum {
  PROP_0,
  PROP_SESSION,
  PROP_SETTINGS,
  PROP_CLIPBOARD,
  PROP_IS_WORKING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_working (TokNewTokenDialog *self)
{
  return self->cancellable != NULL;
}

static gboolean
shows_secret (TokNewTokenDialog *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "secret") == 0;
}

static void
on_obstacle_changed (TokNewTokenDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "token.create",
                                 !is_working (self)
                                     && tok_token_form_get_obstacle (self->form) == NULL);
}

/* Where one button takes the place of another, a click may have been meant for the former one. */
static void
show_note (TokNewTokenDialog *self, const char *text, const char *button_label)
{
  guint double_click_ms = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time",
                &double_click_ms, NULL);
  self->settled_at = g_get_monotonic_time () + double_click_ms * G_TIME_SPAN_MILLISECOND;
  g_object_set (self->note, "button-label", button_label, "text", text, NULL);
}

static void
set_cancellable (TokNewTokenDialog *self, GCancellable *cancellable)
{
  if (g_set_object (&self->cancellable, cancellable)) {
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_WORKING]);
    on_obstacle_changed (self);
  }
}

/* While the answer is out nobody knows more than how the connection and the list stand; as long as
 * both stand well nothing is said. */
static void
on_prospect_changed (TokNewTokenDialog *self)
{
  TokGrantStore *tokens = tok_session_get_tokens (self->session);
  g_autofree char *said = NULL;

  if (!is_working (self))
    return;
  g_object_get (self->note, "text", &said, NULL);
  if (tok_session_get_state (self->session) != TOK_SESSION_READY)
    show_note (self,
               _ ("The connection was lost before the service answered. As soon as it is back, the "
                  "service’s list will show whether the token was created."),
               _ ("Try Now"));
  else if (tok_grant_store_get_error (tokens) != NULL && !tok_grant_store_get_loading (tokens))
    show_note (self,
               _ ("The service’s answer was of no use, and its list, which shows whether the token "
                  "was created, can’t be loaded just now."),
               _ ("Try Now"));
  else if (said != NULL)
    show_note (self, _ ("Looking at the service’s list, which shows whether it was created…"),
               NULL);
}

static void
ask (TokNewTokenDialog *self, GtkWidget *question, GCallback on_answered)
{
  g_set_weak_pointer (&self->question, GTK_WINDOW (question));
  g_signal_connect_object (question, "response", on_answered, self, G_CONNECT_SWAPPED);
  gtk_window_present (self->question);
}

/* What was asked has an answer now, or nobody to ask for. */
static void
drop_question (TokNewTokenDialog *self)
{
  GtkWindow *question = self->question;

  if (question == NULL)
    return;
  g_clear_weak_pointer (&self->question);
  g_signal_handlers_disconnect_by_data (question, self);
  gtk_window_destroy (question);
}

static void
show_secret (TokNewTokenDialog *self, TokToken *token)
{
  self->has_created = TRUE;
  show_note (self, NULL, NULL);
  tok_secret_view_show_token (self->secret_view, token, tok_token_form_get_scopes (self->form));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Token Created"));
  gtk_stack_set_visible_child_name (self->pages, "secret");
  gtk_widget_grab_focus (GTK_WIDGET (self->secret_view));
}

static void
show_lost (TokNewTokenDialog *self, const GError *error)
{
  g_autofree char *name = tok_token_form_dup_name (self->form);
  g_autofree char *quoted = tok_text_quote_name (name);
  g_autofree char *sentence = tok_sentence_for_failed_create (error);
  /* Translators: %s is the name of a token. */
  g_autofree char *label = g_strdup_printf (_ ("Delete “%s”"), quoted);

  self->has_created = TRUE;
  g_set_object (&self->lost, tok_grant_store_find (tok_session_get_tokens (self->session), name));
  show_note (self, sentence, label);
}

static void
show_error (TokNewTokenDialog *self, const GError *error)
{
  g_autofree char *sentence = tok_sentence_for_failed_create (error);

  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD)) {
    show_note (self, NULL, NULL);
    tok_token_form_set_complaint (self->form, sentence);
  } else if (g_error_matches (error, TOK_ERROR, TOK_ERROR_SECRET_LOST)) {
    show_lost (self, error);
  } else {
    show_note (self, sentence, NULL);
  }
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
on_create_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokNewTokenDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokToken) token
      = tok_session_create_token_finish (TOK_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_cancellable (self, NULL);
  drop_question (self);
  if (token != NULL)
    show_secret (self, token);
  else
    show_error (self, error);
}

static void
create (TokNewTokenDialog *self)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *name = tok_token_form_dup_name (self->form);

  g_clear_object (&self->lost);
  tok_token_form_set_complaint (self->form, NULL);
  show_note (self, NULL, NULL);
  /* The focus leaves what is about to be switched off before it is. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  set_cancellable (self, cancellable);
  tok_session_create_token_async (self->session, name, tok_token_form_get_scopes (self->form),
                                  tok_token_form_get_only_here (self->form), cancellable,
                                  on_create_ready, self);
}

static void
on_create_answered (TokNewTokenDialog *self, const char *response)
{
  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->guard);
  /* Things may stand otherwise by now. */
  if (tok_question_is_other (response) && tok_token_form_get_obstacle (self->form) == NULL)
    create (self);
}

/* Whoever holds the key or clicks once more that led here has read nothing of it yet. */
static void
ask_before_creating (TokNewTokenDialog *self)
{
  TokAccount *account = tok_session_get_account (self->session);
  GtkWidget *question
      = tok_create_question_new (GTK_WINDOW (self), tok_token_form_get_scopes (self->form),
                                 account != NULL && tok_account_get_is_virtual (account));

  g_clear_object (&self->guard);
  self->guard = tok_haste_guard_new (question);
  tok_haste_guard_unsettle (self->guard);
  ask (self, question, G_CALLBACK (on_create_answered));
}

static void
on_create (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (widget);

  /* Its keys are heard on the page with the secret, too. */
  if (shows_secret (self))
    return;
  if (self->question != NULL)
    gtk_window_present (self->question);
  else if (tok_create_question_is_due (tok_token_form_get_scopes (self->form)))
    ask_before_creating (self);
  else
    create (self);
}

static void
on_submit (TokNewTokenDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "token.create", NULL);
}

static void
on_copy (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (widget);

  if (shows_secret (self))
    tok_secret_view_copy (self->secret_view);
}

static void
on_delete_lost_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TokNewTokenDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (self->session == NULL || self->lost == NULL)
    return;
  if (tok_session_revoke_finish (TOK_SESSION (source), result, &error)) {
    g_clear_object (&self->lost);
    show_note (self, _ ("It is deleted. You can create another one now."), NULL);
    return;
  }
  sentence = tok_sentence_for_failed_revoke (error, TRUE);
  show_note (self, sentence, _ ("Retry"));
}

static void
on_note_clicked (TokNewTokenDialog *self)
{
  if (g_get_monotonic_time () < self->settled_at)
    return;
  if (is_working (self)) {
    tok_session_refresh (self->session);
  } else if (self->lost != NULL) {
    show_note (self, _ ("Deleting…"), NULL);
    tok_session_revoke_async (self->session, self->lost, NULL, on_delete_lost_ready,
                              g_object_ref (self));
  }
}

static void
on_close_answered (TokNewTokenDialog *self, const char *response)
{
  GtkWindow *question = self->question;

  g_clear_weak_pointer (&self->question);
  if (!tok_question_is_yes (response))
    return;
  /* The question outlives the answer by a moment, in which it would look for its parent. */
  gtk_window_set_transient_for (question, NULL);
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

/* %NULL if nothing is lost. */
static GtkWidget *
new_close_question (TokNewTokenDialog *self)
{
  GtkWindow *window = GTK_WINDOW (self);

  if (self->may_close)
    return NULL;
  if (is_working (self))
    return tok_create_question_new_unanswered (window);
  if (!shows_secret (self))
    return tok_token_form_is_touched (self->form) ? tok_create_question_new_discard (window) : NULL;
  return g_settings_get_boolean (self->settings, TOK_SETTINGS_ASK_BEFORE_CLOSING)
                 && !tok_secret_view_get_has_copy (self->secret_view)
             ? tok_create_question_new_uncopied (
                 window, tok_secret_view_get_has_shown_qr (self->secret_view))
             : NULL;
}

static gboolean
tok_new_token_dialog_close_request (GtkWindow *window)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (window);

  if (self->question == NULL) {
    GtkWidget *question = new_close_question (self);

    if (question == NULL)
      return GTK_WINDOW_CLASS (tok_new_token_dialog_parent_class)->close_request (window);
    ask (self, question, G_CALLBACK (on_close_answered));
  }
  gtk_window_present (self->question);
  return TRUE;
}

static void
tok_new_token_dialog_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (object);

  switch (prop_id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_SETTINGS:
    g_value_set_object (value, self->settings);
    break;
  case PROP_CLIPBOARD:
    g_value_set_object (value, self->clipboard);
    break;
  case PROP_IS_WORKING:
    g_value_set_boolean (value, is_working (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_new_token_dialog_set_property (GObject *object,
                                   guint prop_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (object);

  switch (prop_id) {
  case PROP_SESSION:
    self->session = g_value_dup_object (value);
    break;
  case PROP_SETTINGS:
    self->settings = g_value_dup_object (value);
    break;
  case PROP_CLIPBOARD:
    self->clipboard = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_new_token_dialog_constructed (GObject *object)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (object);

  G_OBJECT_CLASS (tok_new_token_dialog_parent_class)->constructed (object);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (on_prospect_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tok_session_get_tokens (self->session), "notify::loading",
                           G_CALLBACK (on_prospect_changed), self, G_CONNECT_SWAPPED);
  tok_secret_clipboard_follow (self->clipboard, GTK_WINDOW (self));
  on_obstacle_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
tok_new_token_dialog_dispose (GObject *object)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->lost);
  drop_question (self);
  g_clear_object (&self->guard);

  G_OBJECT_CLASS (tok_new_token_dialog_parent_class)->dispose (object);
}

static void
tok_new_token_dialog_finalize (GObject *object)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->clipboard);

  G_OBJECT_CLASS (tok_new_token_dialog_parent_class)->finalize (object);
}

static void
tok_new_token_dialog_class_init (TokNewTokenDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_new_token_dialog_get_property;
  object_class->set_property = tok_new_token_dialog_set_property;
  object_class->constructed = tok_new_token_dialog_constructed;
  object_class->dispose = tok_new_token_dialog_dispose;
  object_class->finalize = tok_new_token_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = tok_new_token_dialog_close_request;

  /**
   * TokNewTokenDialog:session:
   *
   * Whose token it will be.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokNewTokenDialog:settings:
   *
   * The settings.
   */
  properties[PROP_SETTINGS]
      = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokNewTokenDialog:clipboard:
   *
   * Where the secret is copied to.
   */
  properties[PROP_CLIPBOARD]
      = g_param_spec_object ("clipboard", NULL, NULL, TOK_TYPE_SECRET_CLIPBOARD,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokNewTokenDialog:is-working:
   *
   * Whether the service is creating the token.
   */
  properties[PROP_IS_WORKING]
      = g_param_spec_boolean ("is-working", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TOK_TYPE_SECRET_VIEW);
  g_type_ensure (TOK_TYPE_STRIP);
  g_type_ensure (TOK_TYPE_TOKEN_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-new-token-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TokNewTokenDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, TokNewTokenDialog, note);
  gtk_widget_class_bind_template_child (widget_class, TokNewTokenDialog, form);
  gtk_widget_class_bind_template_child (widget_class, TokNewTokenDialog, secret_view);
  gtk_widget_class_bind_template_callback (widget_class, on_note_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_obstacle_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_sample);
  gtk_widget_class_install_action (widget_class, "token.create", NULL, on_create);
  gtk_widget_class_install_action (widget_class, "token.copy", NULL, on_copy);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "token.create", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "token.create", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "token.copy",
                                       NULL);
}

static void
tok_new_token_dialog_init (TokNewTokenDialog *self)
{
}

/**
 * tok_new_token_dialog_new:
 * @parent: (nullable): The window that it belongs to.
 * @session: Whose token it will be.
 * @settings: The settings.
 * @clipboard: Where the secret is copied to.
 *
 * Returns: (transfer none): A dialog, to be presented.
 */
TokNewTokenDialog *
tok_new_token_dialog_new (GtkWindow *parent,
                          TokSession *session,
                          GSettings *settings,
                          TokSecretClipboard *clipboard)
{
  g_return_val_if_fail (TOK_IS_SESSION (session), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (TOK_IS_SECRET_CLIPBOARD (clipboard), NULL);

  return g_object_new (TOK_TYPE_NEW_TOKEN_DIALOG, "session", session, "settings", settings,
                       "clipboard", clipboard, "transient-for", parent, "application",
                       parent != NULL ? gtk_window_get_application (parent) : NULL, NULL);
}

/**
 * tok_new_token_dialog_get_has_created:
 * @self: A dialog.
 *
 * Returns: Whether a token was created in it.
 */
gboolean
tok_new_token_dialog_get_has_created (TokNewTokenDialog *self)
{
  g_return_val_if_fail (TOK_IS_NEW_TOKEN_DIALOG (self), FALSE);

  return self->has_created;
}

/**
 * tok_new_token_dialog_prefill:
 * @self: A dialog, not presented yet.
 * @name: A name.
 * @scopes: What is to be ticked; only the five known scopes count.
 * @only_here: Whether the token is to work from the present network address alone.
 *
 * Fills in the form, for somebody to go on from. Closing it asks nothing as long as it is so.
 */
void
tok_new_token_dialog_prefill (TokNewTokenDialog *self,
                              const char *name,
                              TokScopes scopes,
                              gboolean only_here)
{
  g_return_if_fail (TOK_IS_NEW_TOKEN_DIALOG (self));
  g_return_if_fail (name != NULL);

  tok_token_form_prefill (self->form, name, scopes, only_here);
}

/**
 * tok_new_token_dialog_set_lead:
 * @self: A dialog.
 * @lead: (nullable): A sentence; no markup.
 *
 * Says above the form what it is about.
 */
void
tok_new_token_dialog_set_lead (TokNewTokenDialog *self, const char *lead)
{
  g_return_if_fail (TOK_IS_NEW_TOKEN_DIALOG (self));

  tok_token_form_set_lead (self->form, lead);
}
