/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-maker.h"

#include "tok-account.h"
#include "tok-create-question.h"
#include "tok-error.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-haste-guard.h"
#include "tok-question.h"
#include "tok-replace-question.h"
#include "tok-sentence.h"
#include "tok-session.h"
#include "tok-strip.h"
#include "tok-text.h"
#include "tok-token-form.h"
#include "tok-token.h"

#include <glib/gi18n-lib.h>

/* The form for a token, and above it what becomes of it: asks where it must, has it created, or
 * another one replaced, and says how that stands. */
struct _TokTokenMaker {
  GtkWidget parent_instance;

  TokSession *session;
  TokTokenMakerState state;
  gboolean has_made;         /* whether there ever was a new token */
  TokGrant *replaced;        /* what goes in the same request; NULL to create one beside it */
  TokGrant *lost;            /* created, but nobody has its secret */
  GCancellable *cancellable; /* while the service is at it */
  GtkWindow *question;       /* whether to make it, while that is being asked */
  TokHasteGuard *guard;      /* of the question */
  gint64 settled_at;         /* when a click is sure to be meant for the note's button */

  GtkWidget *box;
  TokStrip *note;
  TokTokenForm *form;
};

G_DEFINE_FINAL_TYPE (TokTokenMaker, tok_token_maker, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SESSION,
  PROP_REPLACED,
  PROP_IS_WORKING,
  PROP_CAN_MAKE,
  PROP_OBSTACLE,
  N_PROPS,
};

enum {
  SIGNAL_MADE,
  SIGNAL_STATE_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
is_working (TokTokenMaker *self)
{
  return self->state == TOK_TOKEN_MAKER_WORKING;
}

static void
on_obstacle_changed (TokTokenMaker *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OBSTACLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_MAKE]);
}

static void
set_state (TokTokenMaker *self, TokTokenMakerState state)
{
  gboolean was_working = is_working (self);

  if (self->state == state)
    return;
  self->state = state;
  if (state == TOK_TOKEN_MAKER_MADE || state == TOK_TOKEN_MAKER_LOST)
    self->has_made = TRUE;
  if (is_working (self) != was_working)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_WORKING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_MAKE]);
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

/* Where one button takes the place of another, a click may have been meant for the former one. */
static void
show_note (TokTokenMaker *self, const char *text, const char *button_label)
{
  self->settled_at = tok_haste_guard_find_settled (GTK_WIDGET (self));
  g_object_set (self->note, "button-label", button_label, "text", text, NULL);
}

/* While the answer is out nobody knows more than how the connection and the list stand; as long as
 * both stand well nothing is said. */
static void
on_prospect_changed (TokTokenMaker *self)
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
show_lost (TokTokenMaker *self, const char *sentence)
{
  g_autofree char *name = tok_token_form_dup_name (self->form);
  g_autofree char *quoted = tok_text_quote_name (name);
  /* Translators: %s is the name of a token. */
  g_autofree char *label = g_strdup_printf (_ ("Delete “%s”"), quoted);

  g_set_object (&self->lost, tok_grant_store_find (tok_session_get_tokens (self->session), name));
  show_note (self, sentence, label);
  set_state (self, TOK_TOKEN_MAKER_LOST);
}

/* What was replaced is there no more: from now on there is nothing to be deleted. */
static void
note_replaced (TokTokenMaker *self, const GError *error)
{
  if (self->replaced == NULL)
    return;
  if (error == NULL || g_error_matches (error, TOK_ERROR, TOK_ERROR_NEITHER)
      || (g_error_matches (error, TOK_ERROR, TOK_ERROR_SECRET_LOST)
          && (self->replaced == self->lost
              || tok_grant_get_state (self->replaced) == TOK_GRANT_GONE)))
    tok_token_maker_set_replaced (self, NULL);
}

static void
show_error (TokTokenMaker *self, const GError *error)
{
  g_autofree char *sentence = self->replaced != NULL ? tok_sentence_for_failed_replace (error)
                                                     : tok_sentence_for_failed_create (error);

  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_SECRET_LOST)) {
    show_lost (self, sentence);
  } else if (g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED)) {
    show_note (self, sentence, NULL);
    set_state (self, TOK_TOKEN_MAKER_UNCONFIRMED);
  } else if (g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD)) {
    show_note (self, NULL, NULL);
    set_state (self, TOK_TOKEN_MAKER_IDLE);
    tok_token_form_set_complaint (self->form, sentence);
  } else {
    show_note (self, sentence, NULL);
    set_state (self, TOK_TOKEN_MAKER_IDLE);
  }
  note_replaced (self, error);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokTokenMaker *self = user_data;
  TokSession *session = TOK_SESSION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (TokToken) token = g_async_result_is_tagged (result, tok_session_replace_token_async)
                                   ? tok_session_replace_token_finish (session, result, &error)
                                   : tok_session_create_token_finish (session, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (token == NULL) {
    show_error (self, error);
    return;
  }
  show_note (self, NULL, NULL);
  set_state (self, TOK_TOKEN_MAKER_MADE);
  note_replaced (self, NULL);
  g_signal_emit (self, signals[SIGNAL_MADE], 0, token);
}

static void
make (TokTokenMaker *self)
{
  g_autofree char *name = tok_token_form_dup_name (self->form);
  TokScopes scopes = tok_token_form_get_scopes (self->form);
  gboolean only_here = tok_token_form_get_only_here (self->form);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->lost);
  tok_token_form_set_complaint (self->form, NULL);
  show_note (self, NULL, NULL);
  /* The focus leaves what is about to be switched off before it is. */
  gtk_root_set_focus (root, NULL);
  set_state (self, TOK_TOKEN_MAKER_WORKING);
  if (self->replaced != NULL)
    tok_session_replace_token_async (self->session, self->replaced, name, scopes, only_here,
                                     self->cancellable, on_made, self);
  else
    tok_session_create_token_async (self->session, name, scopes, only_here, self->cancellable,
                                    on_made, self);
}

static void
on_question_answered (TokTokenMaker *self, const char *response)
{
  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->guard);
  /* Things may stand otherwise by now. */
  if ((tok_question_is_yes (response) || tok_question_is_other (response))
      && tok_token_maker_get_can_make (self))
    make (self);
}

/* Whoever holds the key or clicks once more that led here has read nothing of it yet. */
static void
ask (TokTokenMaker *self, GtkWidget *question)
{
  g_clear_object (&self->guard);
  self->guard = tok_haste_guard_new (question);
  tok_haste_guard_unsettle (self->guard);
  g_set_weak_pointer (&self->question, GTK_WINDOW (question));
  g_signal_connect_object (question, "response", G_CALLBACK (on_question_answered), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (self->question);
}

static void
drop_question (TokTokenMaker *self)
{
  GtkWindow *question = self->question;

  if (question == NULL)
    return;
  g_clear_weak_pointer (&self->question);
  g_signal_handlers_disconnect_by_data (question, self);
  gtk_window_destroy (question);
}

static void
on_delete_lost_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TokTokenMaker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (self->session == NULL || self->lost == NULL)
    return;
  if (tok_session_revoke_finish (TOK_SESSION (source), result, &error)) {
    g_clear_object (&self->lost);
    show_note (self, _ ("It is deleted. You can create another one now."), NULL);
    set_state (self, TOK_TOKEN_MAKER_IDLE);
    return;
  }
  sentence = tok_sentence_for_failed_revoke (error, TRUE);
  show_note (self, sentence, _ ("Retry"));
}

static void
on_note_clicked (TokTokenMaker *self)
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
set_session (TokTokenMaker *self, TokSession *session)
{
  g_assert (self->session == NULL);
  if (session == NULL)
    return;
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_prospect_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tok_session_get_tokens (session), "notify::loading",
                           G_CALLBACK (on_prospect_changed), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
tok_token_maker_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokTokenMaker *self = TOK_TOKEN_MAKER (object);

  switch (prop_id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_REPLACED:
    g_value_set_object (value, self->replaced);
    break;
  case PROP_IS_WORKING:
    g_value_set_boolean (value, is_working (self));
    break;
  case PROP_CAN_MAKE:
    g_value_set_boolean (value, tok_token_maker_get_can_make (self));
    break;
  case PROP_OBSTACLE:
    g_value_set_string (value, tok_token_form_get_obstacle (self->form));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_token_maker_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SESSION:
    set_session (TOK_TOKEN_MAKER (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_token_maker_dispose (GObject *object)
{
  TokTokenMaker *self = TOK_TOKEN_MAKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  drop_question (self);
  g_clear_object (&self->guard);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->lost);
  g_clear_object (&self->replaced);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tok_token_maker_parent_class)->dispose (object);
}

static gboolean
tok_token_maker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TOK_TOKEN_MAKER (widget)->form));
}

static void
tok_token_maker_class_init (TokTokenMakerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_token_maker_get_property;
  object_class->set_property = tok_token_maker_set_property;
  object_class->dispose = tok_token_maker_dispose;
  widget_class->grab_focus = tok_token_maker_grab_focus;

  /**
   * TokTokenMaker:session:
   *
   * Whose token it will be.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokTokenMaker:replaced:
   *
   * The token that goes in the same request; %NULL if none does, or as soon as it is gone.
   */
  properties[PROP_REPLACED]
      = g_param_spec_object ("replaced", NULL, NULL, TOK_TYPE_GRANT,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokTokenMaker:is-working:
   *
   * Whether the service was asked, and it isn't known yet what came of it.
   */
  properties[PROP_IS_WORKING]
      = g_param_spec_boolean ("is-working", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokTokenMaker:can-make:
   *
   * Whether [method@TokenMaker.make] would do anything.
   */
  properties[PROP_CAN_MAKE]
      = g_param_spec_boolean ("can-make", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokTokenMaker:obstacle:
   *
   * Why the token can't be made as the form stands, in a sentence; %NULL if it can.
   */
  properties[PROP_OBSTACLE]
      = g_param_spec_string ("obstacle", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokTokenMaker::made:
   * @self: A maker.
   * @token: The token; its listed value is its secret.
   *
   * The service has created it.
   */
  signals[SIGNAL_MADE] = g_signal_new ("made", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_TOKEN);
  /**
   * TokTokenMaker::state-changed:
   * @self: A maker.
   *
   * [method@TokenMaker.get_state] is another one.
   */
  signals[SIGNAL_STATE_CHANGED]
      = g_signal_new ("state-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);

  g_type_ensure (TOK_TYPE_STRIP);
  g_type_ensure (TOK_TYPE_TOKEN_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-token-maker.ui");
  gtk_widget_class_bind_template_child (widget_class, TokTokenMaker, box);
  gtk_widget_class_bind_template_child (widget_class, TokTokenMaker, note);
  gtk_widget_class_bind_template_child (widget_class, TokTokenMaker, form);
  gtk_widget_class_bind_template_callback (widget_class, on_note_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_obstacle_changed);
  gtk_widget_class_bind_template_callback (widget_class, tok_token_maker_make);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_token_maker_init (TokTokenMaker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_token_maker_get_form:
 * @self: A maker.
 *
 * Returns: (transfer none): What the token is to be.
 */
TokTokenForm *
tok_token_maker_get_form (TokTokenMaker *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_MAKER (self), NULL);

  return self->form;
}

/**
 * tok_token_maker_get_state:
 * @self: A maker.
 *
 * Returns: How the token stands.
 */
TokTokenMakerState
tok_token_maker_get_state (TokTokenMaker *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_MAKER (self), TOK_TOKEN_MAKER_IDLE);

  return self->state;
}

/**
 * tok_token_maker_get_has_made:
 * @self: A maker.
 *
 * Returns: Whether it has made a token, whatever became of that.
 */
gboolean
tok_token_maker_get_has_made (TokTokenMaker *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_MAKER (self), FALSE);

  return self->has_made;
}

/**
 * tok_token_maker_get_replaced:
 * @self: A maker.
 *
 * Returns: (transfer none) (nullable): The token that goes in the same request.
 */
TokGrant *
tok_token_maker_get_replaced (TokTokenMaker *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_MAKER (self), NULL);

  return self->replaced;
}

/**
 * tok_token_maker_set_replaced:
 * @self: A maker.
 * @replaced: (nullable): A token that is to go in the same request; %NULL to create one beside the
 *   others.
 *
 * The price of that is said before it is done. When it is, there is nothing more to be replaced.
 */
void
tok_token_maker_set_replaced (TokTokenMaker *self, TokGrant *replaced)
{
  g_return_if_fail (TOK_IS_TOKEN_MAKER (self));

  if (!g_set_object (&self->replaced, replaced))
    return;
  tok_token_form_set_replaced (self->form, replaced);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPLACED]);
}

/**
 * tok_token_maker_get_can_make:
 * @self: A maker.
 *
 * Returns: Whether the token can be made as the form stands, and isn't being made.
 */
gboolean
tok_token_maker_get_can_make (TokTokenMaker *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_MAKER (self), FALSE);

  return !is_working (self) && self->state != TOK_TOKEN_MAKER_MADE
         && tok_token_form_get_obstacle (self->form) == NULL;
}

/**
 * tok_token_maker_make:
 * @self: A maker.
 *
 * Makes the token, if it can be; asks before where that is needed.
 */
void
tok_token_maker_make (TokTokenMaker *self)
{
  GtkWindow *window;
  TokAccount *account;
  TokScopes scopes;

  g_return_if_fail (TOK_IS_TOKEN_MAKER (self));

  window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  account = tok_session_get_account (self->session);
  scopes = tok_token_form_get_scopes (self->form);
  if (!tok_token_maker_get_can_make (self))
    return;
  if (self->question != NULL)
    gtk_window_present (self->question);
  else if (self->replaced != NULL)
    ask (self, tok_replace_question_new (window, tok_grant_get_name (self->replaced), scopes));
  else if (tok_create_question_is_due (scopes))
    ask (self, tok_create_question_new (window, scopes,
                                        account != NULL && tok_account_get_is_virtual (account)));
  else
    make (self);
}

/**
 * tok_token_maker_is_asking:
 * @self: A maker.
 *
 * Returns: Whether it is being asked whether to make the token.
 */
gboolean
tok_token_maker_is_asking (TokTokenMaker *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_MAKER (self), FALSE);

  return self->question != NULL;
}

/**
 * tok_token_maker_new_close_question:
 * @self: A maker.
 *
 * Returns: (transfer none) (nullable): A [func@question_new] whether to close, where something
 * would be lost by that; %NULL if nothing would.
 */
GtkWidget *
tok_token_maker_new_close_question (TokTokenMaker *self)
{
  GtkWindow *window;

  g_return_val_if_fail (TOK_IS_TOKEN_MAKER (self), NULL);

  window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  if (is_working (self))
    return self->replaced != NULL
               ? tok_replace_question_new_unanswered (window, tok_grant_get_name (self->replaced))
               : tok_create_question_new_unanswered (window);
  return self->state != TOK_TOKEN_MAKER_MADE && tok_token_form_is_touched (self->form)
             ? tok_create_question_new_discard (window)
             : NULL;
}
