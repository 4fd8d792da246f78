/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-form.h"

#include "tok-access-view.h"
#include "tok-closures.h"
#include "tok-field.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-scope-picker.h"
#include "tok-session.h"
#include "tok-token-name.h"

#include <adwaita.h>
#include <string.h>
#include <glib/gi18n-lib.h>

/* What a new token is to be: its name, what it permits, where it works; and what is missing yet. */
struct _TokTokenForm {
  GtkWidget parent_instance;

  TokSession *session;
  TokGrant *replaced; /* whose name and place are free, since it goes in the same request */
  char *obstacle;
  char *complaint; /* what the service said about what is there now */
  /* What it was filled in with, before anybody typed or chose anything. */
  char *first_name;
  TokScopes first_scopes;
  gboolean first_only_here;

  GtkWidget *scrolled;
  GtkLabel *lead;
  GtkEditable *name_row;
  GtkLabel *hint;
  TokScopePicker *picker;
  GtkSwitch *only_here;
};

G_DEFINE_FINAL_TYPE (TokTokenForm, tok_token_form, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SESSION,
  PROP_OBSTACLE,
  PROP_SCOPES,
  N_PROPS,
};

enum {
  SIGNAL_SUBMIT,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static guint
get_n_tokens (TokTokenForm *self)
{
  return tok_grant_store_get_n_listed (tok_session_get_tokens (self->session));
}

static gboolean
makes_room (TokTokenForm *self)
{
  return self->replaced != NULL && tok_grant_get_state (self->replaced) != TOK_GRANT_GONE;
}

static gboolean
is_taken (TokTokenForm *self, const char *name)
{
  if (makes_room (self) && tok_token_name_equal (name, tok_grant_get_name (self->replaced)))
    return FALSE;
  return tok_session_is_name_taken (self->session, name);
}

/* What is wrong with the name, in a sentence; %NULL if nothing is. */
static char *
describe_name_fault (TokTokenForm *self, const char *name)
{
  switch (tok_token_name_check (name)) {
  case TOK_TOKEN_NAME_EMPTY:
    return g_strdup (_ ("Give the token a name."));
  case TOK_TOKEN_NAME_SHORT:
    return g_strdup (_ ("A name has at least 2 characters."));
  case TOK_TOKEN_NAME_LONG:
    /* Translators: %lu is the number of characters that were typed. */
    return g_strdup_printf (_ ("A name has at most 32 characters; this one has %lu."),
                            (gulong) strlen (name));
  case TOK_TOKEN_NAME_CHARACTER:
    return g_strdup (_ ("A name has nothing but letters from A to Z, digits, spaces and “_”."));
  case TOK_TOKEN_NAME_OK:
  default:
    break;
  }
  return is_taken (self, name) ? g_strdup (_ ("Another token has this name already.")) : NULL;
}

static char *
describe_obstacle (TokTokenForm *self, const char *name)
{
  char *fault;

  switch (tok_session_get_state (self->session)) {
  case TOK_SESSION_READY:
    break;
  case TOK_SESSION_ENDED:
  case TOK_SESSION_SIGNED_OUT:
    return g_strdup (_ ("You are signed out. Close this and sign in again."));
  case TOK_SESSION_CONNECTING:
  case TOK_SESSION_OFFLINE:
  default:
    return g_strdup (_ ("There is no connection to the service just now."));
  }
  if (get_n_tokens (self) >= TOK_MAX_TOKENS + (makes_room (self) ? 1u : 0u))
    return g_strdup (_ ("An account has at most 30 tokens. Delete one first."));
  fault = describe_name_fault (self, name);
  if (fault != NULL)
    return fault;
  if (tok_token_form_get_scopes (self) == TOK_SCOPE_NONE)
    return g_strdup (_ ("Tick at least one permission."));
  return NULL;
}

/* What stands below the name: what is wrong with it, or else what is allowed and how many tokens
 * there are. */
static char *
describe_hint (TokTokenForm *self, const char *name, gboolean *is_wrong)
{
  TokTokenNameFault fault = tok_token_name_check (name);
  g_autofree char *used = NULL;

  *is_wrong = FALSE;
  if (self->complaint != NULL) {
    *is_wrong = TRUE;
    return g_strdup (self->complaint);
  }
  if (fault != TOK_TOKEN_NAME_EMPTY && fault != TOK_TOKEN_NAME_SHORT) {
    char *sentence = describe_name_fault (self, name);

    *is_wrong = sentence != NULL;
    if (sentence != NULL)
      return sentence;
  }
  /* Translators: the first number is how many tokens there are, the second how many there can be.
   */
  used = g_strdup_printf (_ ("%u of %u used"), get_n_tokens (self), (guint) TOK_MAX_TOKENS);
  if (fault == TOK_TOKEN_NAME_OK)
    return g_steal_pointer (&used);
  /* Translators: what the name of a token may be; %s is "28 of 30 used". */
  return g_strdup_printf (_ ("2 to 32 letters, digits, spaces or “_” · %s"), used);
}

/* What is typed, ticked and listed says what is missing. */
static void
on_changed (TokTokenForm *self)
{
  g_autofree char *name = NULL;
  g_autofree char *obstacle = NULL;
  g_autofree char *hint = NULL;
  gboolean is_wrong;

  if (self->session == NULL)
    return;
  name = tok_token_form_dup_name (self);
  hint = describe_hint (self, name, &is_wrong);
  gtk_label_set_label (self->hint, hint);
  tok_field_set_is_wrong (GTK_WIDGET (self->name_row), is_wrong);
  obstacle = describe_obstacle (self, name);
  if (g_strcmp0 (obstacle, self->obstacle) == 0)
    return;
  g_free (self->obstacle);
  self->obstacle = g_steal_pointer (&obstacle);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OBSTACLE]);
}

/* What the service said was about what stood there before. */
static void
on_edited (TokTokenForm *self)
{
  g_clear_pointer (&self->complaint, g_free);
  on_changed (self);
}

static void
on_scopes_changed (TokTokenForm *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCOPES]);
  on_edited (self);
}

static void
on_name_activated (TokTokenForm *self)
{
  if (tok_token_form_get_scopes (self) == TOK_SCOPE_NONE)
    gtk_widget_child_focus (GTK_WIDGET (self->picker), GTK_DIR_TAB_FORWARD);
  else
    g_signal_emit (self, signals[SIGNAL_SUBMIT], 0);
}

static void
set_session (TokTokenForm *self, TokSession *session)
{
  g_assert (self->session == NULL);
  if (session == NULL)
    return;
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tok_session_get_tokens (session), "notify", G_CALLBACK (on_changed),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  on_changed (self);
}

static gboolean
tok_token_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TOK_TOKEN_FORM (widget)->name_row));
}

static void
tok_token_form_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokTokenForm *self = TOK_TOKEN_FORM (object);

  switch (prop_id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_OBSTACLE:
    g_value_set_string (value, self->obstacle);
    break;
  case PROP_SCOPES:
    g_value_set_flags (value, tok_token_form_get_scopes (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_token_form_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SESSION:
    set_session (TOK_TOKEN_FORM (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_token_form_dispose (GObject *object)
{
  TokTokenForm *self = TOK_TOKEN_FORM (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->replaced);

  G_OBJECT_CLASS (tok_token_form_parent_class)->dispose (object);
}

static void
tok_token_form_finalize (GObject *object)
{
  TokTokenForm *self = TOK_TOKEN_FORM (object);

  g_clear_pointer (&self->obstacle, g_free);
  g_clear_pointer (&self->complaint, g_free);
  g_clear_pointer (&self->first_name, g_free);

  G_OBJECT_CLASS (tok_token_form_parent_class)->finalize (object);
}

static void
tok_token_form_class_init (TokTokenFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_token_form_get_property;
  object_class->set_property = tok_token_form_set_property;
  object_class->dispose = tok_token_form_dispose;
  object_class->finalize = tok_token_form_finalize;
  widget_class->grab_focus = tok_token_form_grab_focus;

  /**
   * TokTokenForm:session:
   *
   * Whose token it will be.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokTokenForm:obstacle:
   *
   * Why the token can't be created as the form stands, in a sentence; %NULL if it can.
   */
  properties[PROP_OBSTACLE]
      = g_param_spec_string ("obstacle", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokTokenForm:scopes:
   *
   * What is ticked.
   */
  properties[PROP_SCOPES]
      = g_param_spec_flags ("scopes", NULL, NULL, TOK_TYPE_SCOPES, TOK_SCOPE_NONE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokTokenForm::submit:
   * @self: A form.
   *
   * Somebody pressed Return in the name, after something was ticked.
   */
  signals[SIGNAL_SUBMIT] = g_signal_new ("submit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TOK_TYPE_ACCESS_VIEW);
  g_type_ensure (TOK_TYPE_SCOPE_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-token-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TokTokenForm, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TokTokenForm, lead);
  gtk_widget_class_bind_template_child (widget_class, TokTokenForm, name_row);
  gtk_widget_class_bind_template_child (widget_class, TokTokenForm, hint);
  gtk_widget_class_bind_template_child (widget_class, TokTokenForm, only_here);
  gtk_widget_class_bind_template_child (widget_class, TokTokenForm, picker);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_name_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_scopes_changed);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_token_form_init (TokTokenForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->first_name = g_strdup ("");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->name_row),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->hint, NULL, -1);
}

/**
 * tok_token_form_dup_name:
 * @self: A form.
 *
 * Returns: (transfer full): The name that was typed, trimmed.
 */
char *
tok_token_form_dup_name (TokTokenForm *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_FORM (self), NULL);

  return tok_token_name_dup_trimmed (gtk_editable_get_text (self->name_row));
}

/**
 * tok_token_form_get_scopes:
 * @self: A form.
 *
 * Returns: What is ticked.
 */
TokScopes
tok_token_form_get_scopes (TokTokenForm *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_FORM (self), TOK_SCOPE_NONE);

  return tok_scope_picker_get_scopes (self->picker);
}

/**
 * tok_token_form_get_only_here:
 * @self: A form.
 *
 * Returns: Whether the token is to work from the present network address alone.
 */
gboolean
tok_token_form_get_only_here (TokTokenForm *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_FORM (self), FALSE);

  return gtk_switch_get_active (self->only_here);
}

/**
 * tok_token_form_set_lead:
 * @self: A form.
 * @lead: (nullable): A sentence; no markup.
 *
 * Says above everything what it is about.
 */
void
tok_token_form_set_lead (TokTokenForm *self, const char *lead)
{
  g_return_if_fail (TOK_IS_TOKEN_FORM (self));

  gtk_label_set_label (self->lead, lead != NULL ? lead : "");
}

/**
 * tok_token_form_prefill:
 * @self: A form.
 * @name: A name.
 * @scopes: What is to be ticked; only the five known scopes count.
 * @only_here: Whether the token is to work from the present network address alone.
 *
 * Fills it in, in place of what is there, for somebody to go on from.
 */
void
tok_token_form_prefill (TokTokenForm *self, const char *name, TokScopes scopes, gboolean only_here)
{
  g_return_if_fail (TOK_IS_TOKEN_FORM (self));
  g_return_if_fail (name != NULL);

  gtk_editable_set_text (self->name_row, name);
  gtk_editable_set_position (self->name_row, -1);
  tok_scope_picker_set_scopes (self->picker, scopes);
  gtk_switch_set_active (self->only_here, only_here);

  g_free (self->first_name);
  self->first_name = tok_token_form_dup_name (self);
  self->first_scopes = tok_token_form_get_scopes (self);
  self->first_only_here = only_here;
}

/**
 * tok_token_form_is_touched:
 * @self: A form.
 *
 * Returns: Whether something was typed or chosen that would be lost: it isn't empty, or isn't what
 *   [method@TokenForm.prefill] made it.
 */
gboolean
tok_token_form_is_touched (TokTokenForm *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (TOK_IS_TOKEN_FORM (self), FALSE);

  name = tok_token_form_dup_name (self);
  return !g_str_equal (name, self->first_name)
         || tok_token_form_get_scopes (self) != self->first_scopes
         || tok_token_form_get_only_here (self) != self->first_only_here;
}

/**
 * tok_token_form_get_obstacle:
 * @self: A form.
 *
 * Returns: (transfer none) (nullable): Why the token can't be created as the form stands.
 */
const char *
tok_token_form_get_obstacle (TokTokenForm *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN_FORM (self), NULL);

  return self->obstacle;
}

/**
 * tok_token_form_set_complaint:
 * @self: A form.
 * @complaint: (nullable): What the service has against what is there; no markup.
 *
 * Shows @complaint beside the name, until something is changed.
 */
void
tok_token_form_set_complaint (TokTokenForm *self, const char *complaint)
{
  g_return_if_fail (TOK_IS_TOKEN_FORM (self));

  g_free (self->complaint);
  self->complaint = g_strdup (complaint);
  on_changed (self);
}

/**
 * tok_token_form_set_replaced:
 * @self: A form.
 * @replaced: (nullable): A token that goes when the new one comes; %NULL if none does.
 *
 * Takes the name and the place of @replaced as free.
 */
void
tok_token_form_set_replaced (TokTokenForm *self, TokGrant *replaced)
{
  g_return_if_fail (TOK_IS_TOKEN_FORM (self));

  g_set_object (&self->replaced, replaced);
  on_changed (self);
}
