/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-dialog.h"

#include "tok-closer.h"
#include "tok-closures.h"
#include "tok-delete-question.h"
#include "tok-error.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-haste-guard.h"
#include "tok-question.h"
#include "tok-replace-check.h"
#include "tok-replace-choice.h"
#include "tok-replace-closures.h"
#include "tok-replace-words.h"
#include "tok-secret-clipboard.h"
#include "tok-secret-view.h"
#include "tok-session.h"
#include "tok-strip.h"
#include "tok-token-form.h"
#include "tok-token-maker.h"
#include "tok-token-name.h"
#include "tok-token.h"

/* Replaces a token, step by step, and says at each what there is now. Nothing is deleted but by the
 * button that says so. */
struct _TokReplaceDialog {
  AdwWindow parent_instance;

  TokSession *session;
  GSettings *settings;
  TokSecretClipboard *clipboard;
  TokGrant *grant;      /* the old one; what has its name afterwards has the same row */
  gboolean at_once;     /* whether it goes in the request that creates the new one */
  gboolean is_replaced; /* whether that was done, whatever has its row now */
  TokCloser *closer;
  TokHasteGuard *guard;

  GtkWidget *content;
  GtkWidget *done_button;
  GtkStack *pages;
  TokTokenMaker *maker;
  TokSecretView *secret_view;
  TokReplaceCheck *check;
  TokStrip *standing;
};

G_DEFINE_FINAL_TYPE (TokReplaceDialog, tok_replace_dialog, ADW_TYPE_WINDOW)

enum {
  PROP_0,
  PROP_SESSION,
  PROP_SETTINGS,
  PROP_CLIPBOARD,
  PROP_GRANT,
  PROP_IS_GONE,
  PROP_IS_CHANGE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static TokTokenForm *
get_form (TokReplaceDialog *self)
{
  return tok_token_maker_get_form (self->maker);
}

static gboolean
shows (TokReplaceDialog *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), page) == 0;
}

/* Of the new one, from its creation to the end. */
static gboolean
has_secret (TokReplaceDialog *self)
{
  return shows (self, TOK_REPLACE_SECRET_PAGE) || shows (self, TOK_REPLACE_CHECK_PAGE);
}

static gboolean
is_gone (TokReplaceDialog *self)
{
  return self->is_replaced || tok_grant_get_state (self->grant) == TOK_GRANT_GONE;
}

static TokReplaceOld
get_old (TokReplaceDialog *self, TokTokenMakerState state)
{
  /* Its deletion was asked for, and nobody has answered. */
  if (!is_gone (self)
      && g_error_matches (tok_grant_get_error (self->grant), TOK_ERROR, TOK_ERROR_UNCONFIRMED))
    return TOK_REPLACE_OLD_UNKNOWN;
  return tok_replace_old_from_state (state, is_gone (self), self->at_once);
}

/* What there is now follows from the list and from what became of the request. */
static void
on_standing_changed (TokReplaceDialog *self)
{
  TokTokenMakerState state = tok_token_maker_get_state (self->maker);
  g_autofree char *new_name = tok_token_form_dup_name (get_form (self));
  g_autofree char *text
      = tok_replace_words_describe (tok_grant_get_name (self->grant), new_name,
                                    get_old (self, state), tok_replace_new_from_state (state));

  g_object_set (self->standing, "text", text, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_GONE]);
  /* The buttons that were there have gone with the old one. */
  if (is_gone (self) && shows (self, TOK_REPLACE_CHECK_PAGE)) {
    tok_haste_guard_unsettle (self->guard);
    gtk_widget_grab_focus (self->done_button);
  }
}

/* Whether to close before the answer comes has an answer now. */
static void
on_is_working_changed (TokReplaceDialog *self)
{
  tok_closer_drop_question (self->closer);
}

/* Where the new one has another name, the list tells whether the old one is gone. */
static void
on_replaced (TokReplaceDialog *self)
{
  g_autofree char *new_name = tok_token_form_dup_name (get_form (self));

  if (self->at_once && tok_token_maker_get_replaced (self->maker) == NULL) {
    self->is_replaced = tok_token_maker_get_state (self->maker) != TOK_TOKEN_MAKER_MADE
                        || g_str_equal (new_name, tok_grant_get_name (self->grant));
    tok_token_form_set_lead (get_form (self), NULL);
  }
  on_standing_changed (self);
}

static void
on_can_make_changed (TokReplaceDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "token.make",
                                 tok_token_maker_get_can_make (self->maker));
}

static void
on_scopes_changed (TokReplaceDialog *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_CHANGE]);
}

static void
focus_page (TokReplaceDialog *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (shows (self, TOK_REPLACE_CHECK_PAGE))
    tok_replace_check_focus_later (self->check);
  else
    gtk_widget_grab_focus (page);
}

/* Where one page takes the place of another, a click may have been meant for the former one. */
static void
show_page (TokReplaceDialog *self, const char *name)
{
  tok_haste_guard_unsettle (self->guard);
  gtk_stack_set_visible_child_name (self->pages, name);
  focus_page (self);
  on_scopes_changed (self);
}

static gboolean
is_taken (const char *name, gpointer session)
{
  return tok_session_is_name_taken (session, name);
}

/* Who goes back and takes the other way keeps what he has ticked. */
static void
fill_in (TokReplaceDialog *self, gboolean is_first)
{
  const char *name = tok_grant_get_name (self->grant);
  TokTokenForm *form = get_form (self);
  g_autofree char *proposed
      = self->at_once ? g_strdup (name) : tok_token_name_propose (name, is_taken, self->session);
  const char *ip = tok_token_get_valid_for_ip (tok_grant_get_token (self->grant));
  g_autofree char *lead = tok_replace_words_describe_way (name, ip, self->at_once);

  if (is_first)
    tok_token_form_prefill (form, proposed, tok_grant_get_scopes (self->grant) & TOK_SCOPE_ALL,
                            ip != NULL);
  else
    tok_token_form_prefill (form, proposed, tok_token_form_get_scopes (form),
                            tok_token_form_get_only_here (form));
  tok_token_form_set_lead (form, lead);
}

static void
on_chosen (TokReplaceDialog *self, gboolean at_once)
{
  gboolean is_first = tok_token_form_get_scopes (get_form (self)) == TOK_SCOPE_NONE;
  gboolean is_other = at_once != self->at_once;

  self->at_once = at_once;
  tok_token_maker_set_replaced (self->maker, at_once ? self->grant : NULL);
  if (is_first || is_other)
    fill_in (self, is_first);
  show_page (self, TOK_REPLACE_FORM_PAGE);
}

static void
on_made (TokReplaceDialog *self, TokToken *token)
{
  g_object_set (self->check, "new-name", tok_token_get_name (token), NULL);
  tok_secret_view_show_token (self->secret_view, token,
                              tok_token_form_get_scopes (get_form (self)));
  show_page (self, TOK_REPLACE_SECRET_PAGE);
}

static void
on_back (TokReplaceDialog *self)
{
  show_page (self, shows (self, TOK_REPLACE_FORM_PAGE) ? TOK_REPLACE_CHOICE_PAGE
                                                       : TOK_REPLACE_SECRET_PAGE);
}

static void
on_next (TokReplaceDialog *self)
{
  show_page (self, TOK_REPLACE_CHECK_PAGE);
}

/* What comes of it is told by the grant, here and in its row. */
static void
delete_old (TokReplaceDialog *self)
{
  tok_session_revoke_async (self->session, self->grant, NULL, NULL, NULL);
}

static void
on_delete_answered (TokReplaceDialog *self, const char *response)
{
  if (tok_question_is_yes (response))
    delete_old (self);
}

/* The button has said what it does, but not that it signs out. */
static void
on_delete (TokReplaceDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  if (tok_closer_is_asking (self->closer))
    return;
  if (tok_session_get_may_be_own (self->session, self->grant))
    tok_closer_ask (self->closer,
                    tok_delete_question_new (GTK_WINDOW (self), self->grant, TRUE, now),
                    G_CALLBACK (on_delete_answered));
  else
    delete_old (self);
}

static void
on_copy_again (TokReplaceDialog *self)
{
  tok_secret_view_copy (self->secret_view);
}

static void
on_make (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokReplaceDialog *self = TOK_REPLACE_DIALOG (widget);

  /* Its keys are heard on the other pages, too. */
  if (shows (self, TOK_REPLACE_FORM_PAGE))
    tok_token_maker_make (self->maker);
}

static void
on_copy (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokReplaceDialog *self = TOK_REPLACE_DIALOG (widget);

  if (has_secret (self))
    tok_secret_view_copy (self->secret_view);
}

static GtkWidget *
new_close_question (GtkWindow *window)
{
  TokReplaceDialog *self = TOK_REPLACE_DIALOG (window);

  return has_secret (self) ? tok_secret_view_new_close_question (self->secret_view, self->settings)
                           : tok_token_maker_new_close_question (self->maker);
}

static gboolean
tok_replace_dialog_close_request (GtkWindow *window)
{
  TokReplaceDialog *self = TOK_REPLACE_DIALOG (window);

  /* What is asked has to be answered first. */
  if (tok_token_maker_is_asking (self->maker) || tok_closer_is_in_the_way (self->closer))
    return TRUE;
  return GTK_WINDOW_CLASS (tok_replace_dialog_parent_class)->close_request (window);
}

static gboolean
is_change (TokReplaceDialog *self)
{
  return self->maker != NULL && !shows (self, TOK_REPLACE_CHOICE_PAGE)
         && tok_token_form_get_scopes (get_form (self)) != tok_grant_get_scopes (self->grant);
}

static void
tok_replace_dialog_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokReplaceDialog *self = TOK_REPLACE_DIALOG (object);

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
  case PROP_GRANT:
    g_value_set_object (value, self->grant);
    break;
  case PROP_IS_GONE:
    g_value_set_boolean (value, is_gone (self));
    break;
  case PROP_IS_CHANGE:
    g_value_set_boolean (value, is_change (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_replace_dialog_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  TokReplaceDialog *self = TOK_REPLACE_DIALOG (object);

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
  case PROP_GRANT:
    self->grant = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_replace_dialog_constructed (GObject *object)
{
  TokReplaceDialog *self = TOK_REPLACE_DIALOG (object);
  g_autofree char *title
      = tok_replace_closure_describe_title (NULL, tok_grant_get_name (self->grant));

  G_OBJECT_CLASS (tok_replace_dialog_parent_class)->constructed (object);

  self->closer = tok_closer_new (GTK_WINDOW (self), new_close_question);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_title (GTK_WINDOW (self), title);
  self->guard = tok_haste_guard_new (self->content);
  g_signal_connect_object (self->grant, "notify::state", G_CALLBACK (on_standing_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->maker, "notify::is-working", G_CALLBACK (on_is_working_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->maker, "state-changed", G_CALLBACK (on_standing_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->maker, "notify::replaced", G_CALLBACK (on_replaced), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->maker, "notify::can-make", G_CALLBACK (on_can_make_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_form (self), "notify::scopes", G_CALLBACK (on_scopes_changed), self,
                           G_CONNECT_SWAPPED);
  tok_secret_clipboard_follow (self->clipboard, GTK_WINDOW (self));
  on_standing_changed (self);
  on_can_make_changed (self);
  focus_page (self);
}

static void
tok_replace_dialog_dispose (GObject *object)
{
  TokReplaceDialog *self = TOK_REPLACE_DIALOG (object);

  g_clear_object (&self->closer);
  g_clear_object (&self->guard);

  G_OBJECT_CLASS (tok_replace_dialog_parent_class)->dispose (object);
}

static void
tok_replace_dialog_finalize (GObject *object)
{
  TokReplaceDialog *self = TOK_REPLACE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->clipboard);
  g_clear_object (&self->grant);

  G_OBJECT_CLASS (tok_replace_dialog_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * TokReplaceDialog:session:
   *
   * Whose token it is.
   */
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION, given);
  /**
   * TokReplaceDialog:settings:
   *
   * The settings.
   */
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, given);
  /**
   * TokReplaceDialog:clipboard:
   *
   * Where the secret is copied to.
   */
  properties[PROP_CLIPBOARD]
      = g_param_spec_object ("clipboard", NULL, NULL, TOK_TYPE_SECRET_CLIPBOARD, given);
  /**
   * TokReplaceDialog:grant:
   *
   * The token that is to be replaced.
   */
  properties[PROP_GRANT] = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT, given);
  /**
   * TokReplaceDialog:is-gone:
   *
   * Whether the old token is there no more.
   */
  properties[PROP_IS_GONE] = g_param_spec_boolean ("is-gone", NULL, NULL, FALSE, told);
  /**
   * TokReplaceDialog:is-change:
   *
   * Whether the new token is to have other permissions than the old one.
   */
  properties[PROP_IS_CHANGE] = g_param_spec_boolean ("is-change", NULL, NULL, FALSE, told);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (TOK_TYPE_REPLACE_CHECK);
  g_type_ensure (TOK_TYPE_REPLACE_CHOICE);
  g_type_ensure (TOK_TYPE_SECRET_VIEW);
  g_type_ensure (TOK_TYPE_STRIP);
  g_type_ensure (TOK_TYPE_TOKEN_MAKER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-replace-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TokReplaceDialog, content);
  gtk_widget_class_bind_template_child (widget_class, TokReplaceDialog, done_button);
  gtk_widget_class_bind_template_child (widget_class, TokReplaceDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, TokReplaceDialog, maker);
  gtk_widget_class_bind_template_child (widget_class, TokReplaceDialog, secret_view);
  gtk_widget_class_bind_template_child (widget_class, TokReplaceDialog, check);
  gtk_widget_class_bind_template_child (widget_class, TokReplaceDialog, standing);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_again);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, on_made);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_sample);
  gtk_widget_class_bind_template_callback (widget_class, tok_replace_closure_describe_change);
  gtk_widget_class_bind_template_callback (widget_class, tok_replace_closure_describe_making);
  gtk_widget_class_bind_template_callback (widget_class, tok_replace_closure_describe_title);
  gtk_widget_class_bind_template_callback (widget_class, tok_replace_closure_offers_back);
  gtk_widget_class_bind_template_callback (widget_class, tok_replace_closure_offers_cancel);
  gtk_widget_class_bind_template_callback (widget_class, tok_replace_closure_offers_done);
  gtk_widget_class_bind_template_callback (widget_class, tok_replace_closure_offers_making);
  gtk_widget_class_bind_template_callback (widget_class, tok_replace_closure_offers_next);
}

static void
tok_replace_dialog_class_init (TokReplaceDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_replace_dialog_get_property;
  object_class->set_property = tok_replace_dialog_set_property;
  object_class->constructed = tok_replace_dialog_constructed;
  object_class->dispose = tok_replace_dialog_dispose;
  object_class->finalize = tok_replace_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = tok_replace_dialog_close_request;

  install_properties (object_class);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "token.make", NULL, on_make);
  gtk_widget_class_install_action (widget_class, "token.copy", NULL, on_copy);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "token.make",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "token.make", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "token.copy",
                                       NULL);
}

static void
tok_replace_dialog_init (TokReplaceDialog *self)
{
}

/**
 * tok_replace_dialog_new:
 * @parent: (nullable): The window that it belongs to.
 * @session: Whose token it is.
 * @settings: The settings.
 * @clipboard: Where the secret is copied to.
 * @old: The token that is to be replaced.
 *
 * Returns: (transfer none): A dialog, to be presented.
 */
TokReplaceDialog *
tok_replace_dialog_new (GtkWindow *parent,
                        TokSession *session,
                        GSettings *settings,
                        TokSecretClipboard *clipboard,
                        TokGrant *old)
{
  g_return_val_if_fail (TOK_IS_SESSION (session), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (TOK_IS_SECRET_CLIPBOARD (clipboard), NULL);
  g_return_val_if_fail (TOK_IS_GRANT (old) && tok_grant_get_token (old) != NULL, NULL);

  return g_object_new (TOK_TYPE_REPLACE_DIALOG, "session", session, "settings", settings,
                       "clipboard", clipboard, "grant", old, "transient-for", parent, "application",
                       parent != NULL ? gtk_window_get_application (parent) : NULL, NULL);
}

/**
 * tok_replace_dialog_get_has_created:
 * @self: A dialog.
 *
 * Returns: Whether a token was created in it.
 */
gboolean
tok_replace_dialog_get_has_created (TokReplaceDialog *self)
{
  g_return_val_if_fail (TOK_IS_REPLACE_DIALOG (self), FALSE);

  return tok_token_maker_get_has_made (self->maker);
}
