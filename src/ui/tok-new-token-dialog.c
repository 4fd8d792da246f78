/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-new-token-dialog.h"

#include "tok-closer.h"
#include "tok-closures.h"
#include "tok-secret-clipboard.h"
#include "tok-secret-view.h"
#include "tok-session.h"
#include "tok-strip.h"
#include "tok-token-form.h"
#include "tok-token-maker.h"
#include "tok-token.h"

#include <glib/gi18n-lib.h>

/* Creates a token: asks what it is to be, waits for the service, and shows the secret once. */
struct _TokNewTokenDialog {
  AdwWindow parent_instance;

  TokSession *session;
  GSettings *settings;
  TokSecretClipboard *clipboard;
  TokCloser *closer;

  GtkStack *pages;
  TokTokenMaker *maker;
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

static TokTokenForm *
get_form (TokNewTokenDialog *self)
{
  return tok_token_maker_get_form (self->maker);
}

static gboolean
shows_secret (TokNewTokenDialog *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "secret") == 0;
}

static void
on_can_make_changed (TokNewTokenDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "token.create",
                                 tok_token_maker_get_can_make (self->maker));
}

/* Whether to close before the answer comes has an answer now. */
static void
on_is_working_changed (TokNewTokenDialog *self)
{
  tok_closer_drop_question (self->closer);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_WORKING]);
}

static void
on_made (TokNewTokenDialog *self, TokToken *token)
{
  tok_secret_view_show_token (self->secret_view, token,
                              tok_token_form_get_scopes (get_form (self)));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Token Created"));
  gtk_stack_set_visible_child_name (self->pages, "secret");
  gtk_widget_grab_focus (GTK_WIDGET (self->secret_view));
}

static void
on_create (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (widget);

  /* Its keys are heard on the page with the secret, too. */
  if (!shows_secret (self))
    tok_token_maker_make (self->maker);
}

static void
on_copy (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (widget);

  if (shows_secret (self))
    tok_secret_view_copy (self->secret_view);
}

static GtkWidget *
new_close_question (GtkWindow *window)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (window);

  return shows_secret (self)
             ? tok_secret_view_new_close_question (self->secret_view, self->settings)
             : tok_token_maker_new_close_question (self->maker);
}

static gboolean
tok_new_token_dialog_close_request (GtkWindow *window)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (window);

  /* What is asked has to be answered first. */
  if (tok_token_maker_is_asking (self->maker) || tok_closer_is_in_the_way (self->closer))
    return TRUE;
  return GTK_WINDOW_CLASS (tok_new_token_dialog_parent_class)->close_request (window);
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
    g_value_set_boolean (value, tok_token_maker_get_state (self->maker) == TOK_TOKEN_MAKER_WORKING);
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

  self->closer = tok_closer_new (GTK_WINDOW (self), new_close_question);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->maker, "notify::can-make", G_CALLBACK (on_can_make_changed), self,
                           G_CONNECT_SWAPPED);
  tok_secret_clipboard_follow (self->clipboard, GTK_WINDOW (self));
  on_can_make_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->maker));
}

static void
tok_new_token_dialog_dispose (GObject *object)
{
  TokNewTokenDialog *self = TOK_NEW_TOKEN_DIALOG (object);

  g_clear_object (&self->closer);

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
  g_type_ensure (TOK_TYPE_TOKEN_MAKER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-new-token-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TokNewTokenDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, TokNewTokenDialog, maker);
  gtk_widget_class_bind_template_child (widget_class, TokNewTokenDialog, secret_view);
  gtk_widget_class_bind_template_callback (widget_class, on_is_working_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_made);
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

  return tok_token_maker_get_has_made (self->maker);
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

  tok_token_form_prefill (get_form (self), name, scopes, only_here);
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

  tok_token_form_set_lead (get_form (self), lead);
}
