/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret-view.h"

#include "tok-access.h"
#include "tok-closures.h"
#include "tok-create-question.h"
#include "tok-keep-row.h"
#include "tok-qr-button.h"
#include "tok-secret-clipboard.h"
#include "tok-secret-saver.h"
#include "tok-sentence.h"
#include "tok-session.h"
#include "tok-settings.h"
#include "tok-text.h"
#include "tok-token.h"

#include <adwaita.h>
#include <string.h>
#include <glib/gi18n-lib.h>

/* Characters in a group; an odd number. */
#define GROUP_LENGTH 5

/* A new token with its secret, which is shown this once, and the ways to take it along: the
 * clipboard, a file, a phone's camera, the keyring. */
struct _TokSecretView {
  GtkWidget parent_instance;

  TokSecretClipboard *clipboard;
  TokSession *session;
  TokToken *token;
  gboolean is_copied;
  TokSecretSaver *saver;

  GtkWidget *scrolled;
  GtkImage *level_icon;
  GtkLabel *name;
  GtkLabel *access;
  GtkWidget *surprise;
  GtkLabel *secret;
  GtkWidget *copy_button;
  TokQrButton *qr_button;
  GtkLabel *warning;
  GtkWidget *keep_list;
  TokKeepRow *keep_row;
};

G_DEFINE_FINAL_TYPE (TokSecretView, tok_secret_view, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_CLIPBOARD,
  PROP_SESSION,
  PROP_IS_COPIED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* Groups that can be read aloud, without a blank that somebody might copy, and without a hyphen
 * where a line ends, which is between groups. Pango puts half of a letter's spacing on each side of
 * it: so where the sign changes from letter to letter nothing is left between them, and where two
 * groups meet, both halves are. */
static PangoAttrList *
new_groups (guint length, int gap)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  for (guint i = 0; i < length; i++) {
    gboolean even = i % GROUP_LENGTH % 2 == 0;
    PangoAttribute *spacing = pango_attr_letter_spacing_new (even ? gap : -gap);

    spacing->start_index = i;
    spacing->end_index = i + 1;
    pango_attr_list_insert (attributes, spacing);
  }
  for (guint i = 0; i < length; i += GROUP_LENGTH) {
    PangoAttribute *whole = pango_attr_allow_breaks_new (FALSE);

    whole->start_index = i;
    whole->end_index = MIN (i + GROUP_LENGTH, length);
    pango_attr_list_insert (attributes, whole);
  }
  return attributes;
}

/* The gap is a part of the width of a letter, which is known once the label is shown. */
static void
on_secret_map (TokSecretView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->secret));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = pango_font_metrics_get_approximate_digit_width (metrics);
  g_autoptr (PangoAttrList) groups
      = new_groups (strlen (gtk_label_get_text (self->secret)), width * 3 / 4);

  gtk_label_set_attributes (self->secret, groups);
  pango_font_metrics_unref (metrics);
}

static void
set_is_copied (TokSecretView *self, gboolean is_copied)
{
  if (self->is_copied == is_copied)
    return;
  self->is_copied = is_copied;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_COPIED]);
}

/* Once it is out, what its holder can do is said where that is much. */
static void
on_out_changed (TokSecretView *self)
{
  gboolean is_out = self->is_copied || tok_secret_saver_get_is_saved (self->saver)
                    || tok_qr_button_get_was_shown (self->qr_button);
  const char *warning = is_out && self->token != NULL
                            ? tok_sentence_for_holder (tok_token_get_scopes (self->token))
                            : NULL;

  gtk_label_set_label (self->warning, warning != NULL ? warning : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning), warning != NULL);
}

static void
on_save (TokSecretView *self)
{
  if (self->token != NULL)
    tok_secret_saver_ask (self->saver, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static gboolean
tok_secret_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (TOK_SECRET_VIEW (widget)->copy_button);
}

static void
tok_secret_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokSecretView *self = TOK_SECRET_VIEW (object);

  switch (prop_id) {
  case PROP_CLIPBOARD:
    g_value_set_object (value, self->clipboard);
    break;
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_IS_COPIED:
    g_value_set_boolean (value, self->is_copied);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_secret_view_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  TokSecretView *self = TOK_SECRET_VIEW (object);

  switch (prop_id) {
  case PROP_CLIPBOARD:
    if (g_set_object (&self->clipboard, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_SESSION:
    if (g_set_object (&self->session, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_secret_view_dispose (GObject *object)
{
  TokSecretView *self = TOK_SECRET_VIEW (object);

  if (self->scrolled != NULL)
    tok_secret_view_forget (self);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->clipboard);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tok_secret_view_parent_class)->dispose (object);
}

static void
tok_secret_view_class_init (TokSecretViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_secret_view_get_property;
  object_class->set_property = tok_secret_view_set_property;
  object_class->dispose = tok_secret_view_dispose;
  widget_class->grab_focus = tok_secret_view_grab_focus;

  /**
   * TokSecretView:clipboard:
   *
   * Where the secret is copied to.
   */
  properties[PROP_CLIPBOARD]
      = g_param_spec_object ("clipboard", NULL, NULL, TOK_TYPE_SECRET_CLIPBOARD,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokSecretView:session:
   *
   * Whose tokens are shown, and who can keep a copy of the next one.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokSecretView:is-copied:
   *
   * Whether the secret was copied.
   */
  properties[PROP_IS_COPIED]
      = g_param_spec_boolean ("is-copied", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TOK_TYPE_KEEP_ROW);
  g_type_ensure (TOK_TYPE_QR_BUTTON);
  g_type_ensure (TOK_TYPE_SECRET_SAVER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-secret-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, saver);
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, level_icon);
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, name);
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, access);
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, surprise);
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, secret);
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, copy_button);
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, qr_button);
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, warning);
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, keep_list);
  gtk_widget_class_bind_template_child (widget_class, TokSecretView, keep_row);
  gtk_widget_class_bind_template_callback (widget_class, tok_secret_clipboard_describe);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_secret_map);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_bind_template_callback (widget_class, tok_secret_view_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_out_changed);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_secret_view_init (TokSecretView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A secret is no text of any language. */
  gtk_widget_set_direction (GTK_WIDGET (self->secret), GTK_TEXT_DIR_LTR);
}

/**
 * tok_secret_view_show_token:
 * @self: A view.
 * @token: A token whose listed value is its secret.
 * @asked_for: The scopes that the owner asked for.
 *
 * Shows @token as the service created it, with its secret.
 */
void
tok_secret_view_show_token (TokSecretView *self, TokToken *token, TokScopes asked_for)
{
  g_autofree char *name = NULL;
  g_autofree char *access = NULL;
  TokScopes scopes;

  g_return_if_fail (TOK_IS_SECRET_VIEW (self));
  g_return_if_fail (TOK_IS_TOKEN (token));

  scopes = tok_token_get_scopes (token);
  /* It may be the one that is shown. */
  g_object_ref (token);
  tok_secret_view_forget (self);
  self->token = token;
  set_is_copied (self, FALSE);
  tok_qr_button_set_token (self->qr_button, token);
  tok_secret_saver_set_token (self->saver, token);
  gtk_widget_set_visible (self->keep_list, self->session != NULL);
  if (self->session != NULL)
    tok_keep_row_set_token (self->keep_row, self->session, token);
  name = tok_text_from_name (tok_token_get_name (token));
  access = tok_closure_describe_access (NULL, token, NULL);
  gtk_image_set_from_icon_name (
      self->level_icon, tok_access_level_get_icon_name (tok_access_level_from_scopes (scopes)));
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->access, access);
  gtk_widget_set_visible (self->surprise, scopes != asked_for);
  on_out_changed (self);
  gtk_label_set_text (self->secret, tok_token_get_listed_value (token));
  if (gtk_widget_get_mapped (GTK_WIDGET (self->secret)))
    on_secret_map (self);
}

/**
 * tok_secret_view_forget:
 * @self: A view.
 *
 * Lets go of the secret; what was copied stays on the clipboard until its time is up, and what was
 * saved where it is.
 */
void
tok_secret_view_forget (TokSecretView *self)
{
  g_return_if_fail (TOK_IS_SECRET_VIEW (self));

  gtk_label_set_text (self->secret, "");
  tok_qr_button_set_token (self->qr_button, NULL);
  tok_secret_saver_set_token (self->saver, NULL);
  tok_keep_row_set_token (self->keep_row, NULL, NULL);
  g_clear_object (&self->token);
}

/**
 * tok_secret_view_get_has_copy:
 * @self: A view.
 *
 * Returns: Whether the secret that is shown was copied or saved, or is kept in the keyring, so that
 *   the owner has it. That a QR code was to be seen doesn't prove that it was read.
 */
gboolean
tok_secret_view_get_has_copy (TokSecretView *self)
{
  g_return_val_if_fail (TOK_IS_SECRET_VIEW (self), FALSE);

  return self->is_copied || tok_secret_saver_get_is_saved (self->saver)
         || tok_keep_row_get_is_kept (self->keep_row);
}

/**
 * tok_secret_view_get_has_shown_qr:
 * @self: A view.
 *
 * Returns: Whether the QR code of the secret was to be seen.
 */
gboolean
tok_secret_view_get_has_shown_qr (TokSecretView *self)
{
  g_return_val_if_fail (TOK_IS_SECRET_VIEW (self), FALSE);

  return tok_qr_button_get_was_shown (self->qr_button);
}

/**
 * tok_secret_view_copy:
 * @self: A view.
 *
 * Copies the secret, if one is shown.
 */
void
tok_secret_view_copy (TokSecretView *self)
{
  g_return_if_fail (TOK_IS_SECRET_VIEW (self));

  if (self->token == NULL || self->clipboard == NULL)
    return;
  tok_secret_clipboard_copy (self->clipboard, tok_token_get_listed_value (self->token));
  set_is_copied (self, TRUE);
  on_out_changed (self);
}

/**
 * tok_secret_view_new_close_question:
 * @self: A view.
 * @settings: The settings.
 *
 * Returns: (transfer none) (nullable): A [func@question_new] whether to close before there is a
 *   copy of the secret; %NULL if there is one, or nobody wants to be asked.
 */
GtkWidget *
tok_secret_view_new_close_question (TokSecretView *self, GSettings *settings)
{
  g_return_val_if_fail (TOK_IS_SECRET_VIEW (self), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  if (tok_secret_view_get_has_copy (self)
      || !g_settings_get_boolean (settings, TOK_SETTINGS_ASK_BEFORE_CLOSING))
    return NULL;
  return tok_create_question_new_uncopied (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                           tok_secret_view_get_has_shown_qr (self));
}
