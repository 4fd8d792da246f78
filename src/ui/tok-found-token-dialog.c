/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-found-token-dialog.h"

#include "tok-account.h"
#include "tok-accounts.h"
#include "tok-closures.h"
#include "tok-delete-question.h"
#include "tok-error-note.h"
#include "tok-error.h"
#include "tok-found-token-view.h"
#include "tok-found-token-words.h"
#include "tok-grant.h"
#include "tok-haste-guard.h"
#include "tok-paste-form.h"
#include "tok-question.h"
#include "tok-session.h"
#include "tok-strip.h"
#include "tok-token-probe.h"
#include "tok-token-text.h"

#include <glib/gi18n-lib.h>

/* Looks at a token for whoever has its secret: asks for that, and shows what the service says. */
struct _TokFoundTokenDialog {
  AdwWindow parent_instance;

  TokAccounts *accounts;
  GSettings *settings;
  TokSession *session; /* of the service that is asked */
  TokGrant *tested;    /* what it has to be; NULL for any token */
  TokAccount *owner;   /* the account that is of */
  TokSecret *kept;     /* its secret, if that needn't be pasted */
  TokTokenText text;   /* what the secret looks like that is being looked at */
  TokTokenProbe *probe;
  GCancellable *cancellable; /* while the service is asked */
  GCancellable *deleting;
  GtkWindow *question; /* whether to delete it, while that is being asked */
  TokHasteGuard *guard;

  GtkStack *pages;
  GtkButton *check_button;
  GtkLabel *intro;
  TokPasteForm *form;
  TokErrorNote *error_note;
  GtkScrolledWindow *result;
  GtkWidget *back_button;
  GtkWidget *done_button;
};

G_DEFINE_FINAL_TYPE (TokFoundTokenDialog, tok_found_token_dialog, ADW_TYPE_WINDOW)

enum {
  PROP_0,
  PROP_SESSION,
  PROP_IS_WORKING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_working (TokFoundTokenDialog *self)
{
  return self->cancellable != NULL;
}

static void
update_check (TokFoundTokenDialog *self)
{
  gboolean has_token;

  g_object_get (self->form, "has-token", &has_token, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "token.check",
                                 !is_working (self) && (self->kept != NULL || has_token));
}

static void
set_cancellable (TokFoundTokenDialog *self, GCancellable *cancellable)
{
  if (g_set_object (&self->cancellable, cancellable)) {
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_WORKING]);
    update_check (self);
  }
}

static void
show_page (TokFoundTokenDialog *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->pages, name);
  tok_haste_guard_unsettle (self->guard);
}

static void
clear_error (TokFoundTokenDialog *self)
{
  tok_paste_form_set_is_wrong (self->form, FALSE);
  tok_error_note_say (self->error_note, NULL, NULL, NULL);
}

static gboolean
is_about_token (const GError *error)
{
  return g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_SIGN_IN)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_NEW_PLATFORM);
}

static void
show_error (TokFoundTokenDialog *self, const GError *error)
{
  g_autofree char *sentence = tok_found_token_words_dup_failure (error, self->text);

  tok_paste_form_set_is_wrong (self->form, is_about_token (error));
  tok_error_note_say (self->error_note, sentence, error->message, NULL);
  if (self->kept == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
on_delete_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* The token itself tells how it ended. */
  tok_token_probe_delete_finish (TOK_TOKEN_PROBE (source), result, NULL);
}

static void
on_delete_answered (TokFoundTokenDialog *self, const char *response)
{
  g_clear_weak_pointer (&self->question);
  if (!tok_question_is_yes (response) || !tok_token_probe_get_can_delete (self->probe))
    return;
  gtk_widget_grab_focus (self->done_button);
  tok_token_probe_delete_async (self->probe, self->deleting, on_delete_ready, NULL);
}

/* A row that only the probe sees is marked as the one that signs in, namely to look. */
static TokGrant *
dup_asked_about (TokTokenProbe *probe)
{
  TokGrant *grant = tok_token_probe_get_grant (probe);

  return tok_token_probe_get_may_be_own (probe)
             ? g_object_ref (grant)
             : tok_grant_new_for_token (tok_grant_get_token (grant));
}

static void
on_delete (TokFoundTokenDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (TokGrant) grant = NULL;

  if (self->question != NULL || !tok_token_probe_get_can_delete (self->probe))
    return;
  grant = dup_asked_about (self->probe);
  g_set_weak_pointer (&self->question, GTK_WINDOW (tok_delete_question_new (
                                           GTK_WINDOW (self), grant,
                                           tok_token_probe_get_may_be_own (self->probe), now)));
  g_signal_connect_object (self->question, "response", G_CALLBACK (on_delete_answered), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (self->question);
}

/* Nobody needs the secret any more. */
static void
show_result (TokFoundTokenDialog *self)
{
  GtkWidget *view = tok_found_token_view_new (self->probe, self->tested, self->owner);
  AdwClamp *clamp = ADW_CLAMP (adw_clamp_new ());

  tok_paste_form_clear (self->form);
  g_clear_pointer (&self->kept, tok_secret_free);
  g_signal_connect_object (view, "delete", G_CALLBACK (on_delete), self, G_CONNECT_SWAPPED);
  adw_clamp_set_child (clamp, view);
  gtk_scrolled_window_set_child (self->result, GTK_WIDGET (clamp));
  show_page (self, "result");
  gtk_widget_grab_focus (self->done_button);
}

static void
on_run_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokFoundTokenDialog *self = user_data;
  g_autoptr (GError) error = NULL;

  tok_token_probe_run_finish (TOK_TOKEN_PROBE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_cancellable (self, NULL);
  if (error != NULL)
    show_error (self, error);
  else
    show_result (self);
}

static void
check (TokFoundTokenDialog *self)
{
  g_autoptr (TokSecret) secret
      = self->kept != NULL ? g_strdup (self->kept) : tok_paste_form_dup_token (self->form);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  clear_error (self);
  /* The focus leaves what is about to be switched off before it is. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  set_cancellable (self, cancellable);
  self->text = tok_token_text_classify (secret);
  g_clear_object (&self->probe);
  self->probe = tok_token_probe_new (self->accounts, tok_session_get_address (self->session),
                                     tok_session_get_is_sample (self->session));
  tok_token_probe_run_async (self->probe, secret, cancellable, on_run_ready, self);
}

static void
on_check (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  check (TOK_FOUND_TOKEN_DIALOG (widget));
}

static void
on_submit (TokFoundTokenDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "token.check", NULL);
}

static void
on_back (TokFoundTokenDialog *self)
{
  clear_error (self);
  show_page (self, "ask");
  gtk_scrolled_window_set_child (self->result, NULL);
  g_clear_object (&self->probe);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
tok_found_token_dialog_get_property (GObject *object,
                                     guint prop_id,
                                     GValue *value,
                                     GParamSpec *pspec)
{
  TokFoundTokenDialog *self = TOK_FOUND_TOKEN_DIALOG (object);

  switch (prop_id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_IS_WORKING:
    g_value_set_boolean (value, is_working (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_found_token_dialog_set_property (GObject *object,
                                     guint prop_id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SESSION:
    TOK_FOUND_TOKEN_DIALOG (object)->session = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_found_token_dialog_constructed (GObject *object)
{
  TokFoundTokenDialog *self = TOK_FOUND_TOKEN_DIALOG (object);

  G_OBJECT_CLASS (tok_found_token_dialog_parent_class)->constructed (object);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->guard = tok_haste_guard_new (GTK_WIDGET (self));
}

static void
tok_found_token_dialog_dispose (GObject *object)
{
  TokFoundTokenDialog *self = TOK_FOUND_TOKEN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->deleting);
  g_clear_object (&self->guard);
  g_clear_object (&self->probe);
  g_clear_pointer (&self->kept, tok_secret_free);
  g_clear_weak_pointer (&self->question);

  G_OBJECT_CLASS (tok_found_token_dialog_parent_class)->dispose (object);
}

static void
tok_found_token_dialog_finalize (GObject *object)
{
  TokFoundTokenDialog *self = TOK_FOUND_TOKEN_DIALOG (object);

  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);
  g_clear_object (&self->tested);
  g_clear_object (&self->owner);
  g_clear_object (&self->deleting);

  G_OBJECT_CLASS (tok_found_token_dialog_parent_class)->finalize (object);
}

static void
tok_found_token_dialog_class_init (TokFoundTokenDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_found_token_dialog_get_property;
  object_class->set_property = tok_found_token_dialog_set_property;
  object_class->constructed = tok_found_token_dialog_constructed;
  object_class->dispose = tok_found_token_dialog_dispose;
  object_class->finalize = tok_found_token_dialog_finalize;

  /**
   * TokFoundTokenDialog:session:
   *
   * A session of the service that is asked.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokFoundTokenDialog:is-working:
   *
   * Whether the service is being asked.
   */
  properties[PROP_IS_WORKING]
      = g_param_spec_boolean ("is-working", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TOK_TYPE_ERROR_NOTE);
  g_type_ensure (TOK_TYPE_PASTE_FORM);
  g_type_ensure (TOK_TYPE_STRIP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/TokenManager/tok-found-token-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TokFoundTokenDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, TokFoundTokenDialog, check_button);
  gtk_widget_class_bind_template_child (widget_class, TokFoundTokenDialog, intro);
  gtk_widget_class_bind_template_child (widget_class, TokFoundTokenDialog, form);
  gtk_widget_class_bind_template_child (widget_class, TokFoundTokenDialog, error_note);
  gtk_widget_class_bind_template_child (widget_class, TokFoundTokenDialog, result);
  gtk_widget_class_bind_template_child (widget_class, TokFoundTokenDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, TokFoundTokenDialog, done_button);
  gtk_widget_class_bind_template_callback (widget_class, clear_error);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_sample);
  gtk_widget_class_bind_template_callback (widget_class, update_check);
  gtk_widget_class_install_action (widget_class, "token.check", NULL, on_check);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tok_found_token_dialog_init (TokFoundTokenDialog *self)
{
  self->deleting = g_cancellable_new ();
}

static TokFoundTokenDialog *
new_dialog (GtkWindow *parent,
            TokAccounts *accounts,
            GSettings *settings,
            TokSession *session,
            TokGrant *grant,
            const char *secret)
{
  TokFoundTokenDialog *self = g_object_new (
      TOK_TYPE_FOUND_TOKEN_DIALOG, "session", session, "transient-for", parent, "application",
      parent != NULL ? gtk_window_get_application (parent) : NULL, NULL);
  g_autofree char *title = tok_found_token_words_dup_title (grant);
  g_autofree char *intro = tok_found_token_words_dup_intro (grant, secret != NULL);

  self->accounts = g_object_ref (accounts);
  self->settings = g_object_ref (settings);
  g_set_object (&self->tested, grant);
  g_set_object (&self->owner, tok_session_get_account (session));
  self->kept = g_strdup (secret);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->intro, intro);
  if (grant != NULL)
    gtk_button_set_label (self->check_button, _ ("Test"));
  gtk_widget_set_visible (GTK_WIDGET (self->form), secret == NULL);
  gtk_widget_set_visible (self->back_button, grant == NULL);
  tok_paste_form_follow (self->form, settings, FALSE);
  update_check (self);
  return self;
}

/**
 * tok_found_token_dialog_new:
 * @parent: (nullable): The window that it belongs to.
 * @accounts: Who is signed in to what here.
 * @settings: The settings.
 * @session: A session of the service that is to be asked.
 *
 * Returns: (transfer none): A dialog, to be presented, in which any token can be looked at.
 */
TokFoundTokenDialog *
tok_found_token_dialog_new (GtkWindow *parent,
                            TokAccounts *accounts,
                            GSettings *settings,
                            TokSession *session)
{
  TokFoundTokenDialog *self;

  g_return_val_if_fail (TOK_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (TOK_IS_SESSION (session), NULL);

  self = new_dialog (parent, accounts, settings, session, NULL, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
  return self;
}

/**
 * tok_found_token_dialog_new_for_test:
 * @parent: (nullable): The window that it belongs to.
 * @accounts: Who is signed in to what here.
 * @settings: The settings.
 * @session: The session in whose list @grant is.
 * @grant: A token.
 * @secret: (nullable): Its secret; %NULL to ask for it.
 *
 * Returns: (transfer none): A dialog, to be presented, that shows whether @grant still works. With
 *   @secret the service is asked at once.
 */
TokFoundTokenDialog *
tok_found_token_dialog_new_for_test (GtkWindow *parent,
                                     TokAccounts *accounts,
                                     GSettings *settings,
                                     TokSession *session,
                                     TokGrant *grant,
                                     const char *secret)
{
  TokFoundTokenDialog *self;

  g_return_val_if_fail (TOK_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (TOK_IS_SESSION (session), NULL);
  g_return_val_if_fail (TOK_IS_GRANT (grant), NULL);

  self = new_dialog (parent, accounts, settings, session, grant, secret);
  if (secret != NULL)
    check (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->form));
  return self;
}
