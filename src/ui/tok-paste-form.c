/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-paste-form.h"

#include "tok-field.h"
#include "tok-secret-hider.h"
#include "tok-sentence.h"
#include "tok-settings.h"
#include "tok-token-text.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Where a token is pasted, looked at while it is typed, and where the owner says how long it is to
 * be kept, if it is one to sign in with. */
struct _TokPasteForm {
  GtkWidget parent_instance;

  GSettings *settings;
  gboolean can_keep;
  gboolean has_token;
  gboolean is_for_sign_in;

  GtkWidget *box;
  GtkEditable *token_row;
  AdwActionRow *forget_row;
  GtkSwitch *forget_switch;
  GtkLabel *hint_label;
};

G_DEFINE_FINAL_TYPE (TokPasteForm, tok_paste_form, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_HAS_TOKEN,
  PROP_IS_FOR_SIGN_IN,
  N_PROPS,
};

enum {
  SIGNAL_CHANGED,
  SIGNAL_SUBMIT,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What can't be right stands out; what may well be is said quietly. */
static void
show_hint (TokPasteForm *self, const char *hint, gboolean is_warning)
{
  gtk_label_set_label (self->hint_label, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), hint != NULL);
  if (is_warning) {
    gtk_widget_remove_css_class (GTK_WIDGET (self->hint_label), "quiet");
    gtk_widget_add_css_class (GTK_WIDGET (self->hint_label), "failure");
  } else {
    gtk_widget_remove_css_class (GTK_WIDGET (self->hint_label), "failure");
    gtk_widget_add_css_class (GTK_WIDGET (self->hint_label), "quiet");
  }
}

/* Where somebody else says what is wrong there is no hint beside it, which may say the same. */
static void
set_is_wrong (TokPasteForm *self, gboolean is_wrong)
{
  const char *text = gtk_editable_get_text (self->token_row);
  TokTokenText kind = tok_token_text_classify (text);
  g_autofree char *hint = NULL;

  if (!is_wrong)
    hint = self->is_for_sign_in ? tok_sentence_for_token_text (text)
                                : tok_sentence_for_found_text (text);

  show_hint (self, hint, kind != TOK_TOKEN_TEXT_INCOMPLETE && kind != TOK_TOKEN_TEXT_API);
  tok_field_set_is_wrong (GTK_WIDGET (self->token_row), is_wrong);
}

static void
on_changed (TokPasteForm *self)
{
  gboolean has_token
      = tok_token_text_classify (gtk_editable_get_text (self->token_row)) != TOK_TOKEN_TEXT_EMPTY;

  set_is_wrong (self, FALSE);
  if (self->has_token != has_token) {
    self->has_token = has_token;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_TOKEN]);
  }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_submit (TokPasteForm *self)
{
  g_signal_emit (self, signals[SIGNAL_SUBMIT], 0);
}

/* What becomes of the token is said beside the switch that decides it. */
static void
on_forget_changed (TokPasteForm *self)
{
  const char *subtitle = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->forget_row)))
    subtitle = _ ("Accounts aren’t remembered; Preferences can change that.");
  else if (gtk_switch_get_active (self->forget_switch))
    subtitle = _ ("It stays in this program’s memory until then.");
  else
    subtitle = _ ("Otherwise it is kept in your keyring until you remove the account.");
  adw_action_row_set_subtitle (self->forget_row, subtitle);
}

static void
on_remember_changed (TokPasteForm *self)
{
  gboolean can_choose
      = self->can_keep && g_settings_get_boolean (self->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS);

  gtk_widget_set_visible (GTK_WIDGET (self->forget_row), self->can_keep && self->is_for_sign_in);
  gtk_widget_set_sensitive (GTK_WIDGET (self->forget_row), can_choose);
  gtk_switch_set_active (self->forget_switch, !can_choose);
  on_forget_changed (self);
}

static gboolean
tok_paste_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TOK_PASTE_FORM (widget)->token_row));
}

static void
tok_paste_form_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_HAS_TOKEN:
    g_value_set_boolean (value, TOK_PASTE_FORM (object)->has_token);
    break;
  case PROP_IS_FOR_SIGN_IN:
    g_value_set_boolean (value, TOK_PASTE_FORM (object)->is_for_sign_in);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_paste_form_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_IS_FOR_SIGN_IN:
    TOK_PASTE_FORM (object)->is_for_sign_in = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_paste_form_dispose (GObject *object)
{
  TokPasteForm *self = TOK_PASTE_FORM (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_paste_form_parent_class)->dispose (object);
}

static void
tok_paste_form_class_init (TokPasteFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_paste_form_get_property;
  object_class->set_property = tok_paste_form_set_property;
  object_class->dispose = tok_paste_form_dispose;
  widget_class->grab_focus = tok_paste_form_grab_focus;

  /**
   * TokPasteForm:has-token:
   *
   * Whether anything was typed that could be sent.
   */
  properties[PROP_HAS_TOKEN]
      = g_param_spec_boolean ("has-token", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokPasteForm:is-for-sign-in:
   *
   * Whether the token is to sign in with, and perhaps to be kept; else it is only looked at.
   */
  properties[PROP_IS_FOR_SIGN_IN]
      = g_param_spec_boolean ("is-for-sign-in", NULL, NULL, TRUE,
                              G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokPasteForm::changed:
   * @self: A form.
   *
   * Something else was typed.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * TokPasteForm::submit:
   * @self: A form.
   *
   * Return was pressed.
   */
  signals[SIGNAL_SUBMIT] = g_signal_new ("submit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-paste-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TokPasteForm, box);
  gtk_widget_class_bind_template_child (widget_class, TokPasteForm, token_row);
  gtk_widget_class_bind_template_child (widget_class, TokPasteForm, forget_row);
  gtk_widget_class_bind_template_child (widget_class, TokPasteForm, forget_switch);
  gtk_widget_class_bind_template_child (widget_class, TokPasteForm, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_forget_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_paste_form_init (TokPasteForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->token_row),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->hint_label, NULL, -1);
}

/**
 * tok_paste_form_follow:
 * @self: A form.
 * @settings: The settings.
 * @can_keep: Whether tokens can be kept for the next start at all.
 *
 * Does as @settings say from now on.
 */
void
tok_paste_form_follow (TokPasteForm *self, GSettings *settings, gboolean can_keep)
{
  g_return_if_fail (TOK_IS_PASTE_FORM (self));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  self->can_keep = can_keep;
  g_signal_connect_object (settings, "changed::" TOK_SETTINGS_REMEMBER_ACCOUNTS,
                           G_CALLBACK (on_remember_changed), self, G_CONNECT_SWAPPED);
  on_remember_changed (self);
  tok_secret_hider_attach (GTK_WIDGET (self->token_row), settings);
}

/**
 * tok_paste_form_dup_token:
 * @self: A form.
 *
 * Returns: (transfer full): What was typed.
 */
TokSecret *
tok_paste_form_dup_token (TokPasteForm *self)
{
  g_return_val_if_fail (TOK_IS_PASTE_FORM (self), NULL);

  return g_strdup (gtk_editable_get_text (self->token_row));
}

/**
 * tok_paste_form_get_remember:
 * @self: A form.
 *
 * Returns: Whether the token is to be kept for the next start.
 */
gboolean
tok_paste_form_get_remember (TokPasteForm *self)
{
  g_return_val_if_fail (TOK_IS_PASTE_FORM (self), FALSE);

  return !gtk_switch_get_active (self->forget_switch);
}

/**
 * tok_paste_form_clear:
 * @self: A form.
 *
 * Empties it.
 */
void
tok_paste_form_clear (TokPasteForm *self)
{
  g_return_if_fail (TOK_IS_PASTE_FORM (self));

  gtk_editable_set_text (self->token_row, "");
}

/**
 * tok_paste_form_set_is_wrong:
 * @self: A form.
 * @is_wrong: Whether what was typed is what the trouble is about.
 *
 * Marks it, and leaves it to whoever calls this to say why.
 */
void
tok_paste_form_set_is_wrong (TokPasteForm *self, gboolean is_wrong)
{
  g_return_if_fail (TOK_IS_PASTE_FORM (self));

  set_is_wrong (self, is_wrong);
}
