/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-choice.h"

#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-session.h"
#include "tok-text.h"
#include "tok-token-name.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* The two ways to replace a token, what each means, and why one can't be gone. */
struct _TokReplaceChoice {
  GtkWidget parent_instance;

  TokSession *session;
  TokGrant *grant;

  GtkWidget *scrolled;
  AdwActionRow *beside_row;
  AdwActionRow *at_once_row;
};

G_DEFINE_FINAL_TYPE (TokReplaceChoice, tok_replace_choice, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SESSION,
  PROP_GRANT,
  N_PROPS,
};

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What isn't possible can be read all the same, and so can why. */
static void
show (AdwActionRow *row, const char *text, gboolean is_possible)
{
  adw_action_row_set_subtitle (row, text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), is_possible);
}

/* The list says what is possible. */
static void
on_changed (TokReplaceChoice *self)
{
  g_autofree char *name = NULL;
  g_autofree char *beside = NULL;
  gboolean is_full;

  if (self->session == NULL || self->grant == NULL)
    return;
  is_full = tok_grant_store_get_n_listed (tok_session_get_tokens (self->session)) >= TOK_MAX_TOKENS;
  name = tok_text_quote_name (tok_grant_get_name (self->grant));
  /* Translators: %s is the name of a token. */
  beside = g_strdup_printf (_ ("The new token gets another name. “%s” works on until you say that "
                               "the new one works."),
                            name);
  show (self->beside_row,
        is_full ? _ ("Not possible: an account has at most 30 tokens, and there are as many.")
                : beside,
        !is_full);
  if (tok_session_get_may_be_own (self->session, self->grant))
    show (self->at_once_row,
          _ ("Not possible: this program is, or may be, signed in with this token, and would be "
             "signed out in the middle."),
          FALSE);
  else
    show (self->at_once_row,
          _ ("The old token is deleted and the new one created in one step. The old secret stops "
             "working at once."),
          TRUE);
}

static void
on_row_activated (TokReplaceChoice *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, (gpointer) row == (gpointer) self->at_once_row);
}

static void
tok_replace_choice_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokReplaceChoice *self = TOK_REPLACE_CHOICE (object);

  switch (prop_id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_GRANT:
    g_value_set_object (value, self->grant);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
set_session (TokReplaceChoice *self, TokSession *session)
{
  g_assert (self->session == NULL);
  if (session == NULL)
    return;
  self->session = g_object_ref (session);
  g_signal_connect_object (tok_session_get_tokens (session), "notify", G_CALLBACK (on_changed),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  on_changed (self);
}

static void
set_grant (TokReplaceChoice *self, TokGrant *grant)
{
  g_assert (self->grant == NULL);
  if (grant == NULL)
    return;
  self->grant = g_object_ref (grant);
  g_signal_connect_object (grant, "notify::is-this-program", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  on_changed (self);
}

static void
tok_replace_choice_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  TokReplaceChoice *self = TOK_REPLACE_CHOICE (object);

  switch (prop_id) {
  case PROP_SESSION:
    set_session (self, g_value_get_object (value));
    break;
  case PROP_GRANT:
    set_grant (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_replace_choice_dispose (GObject *object)
{
  TokReplaceChoice *self = TOK_REPLACE_CHOICE (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->grant);

  G_OBJECT_CLASS (tok_replace_choice_parent_class)->dispose (object);
}

static gboolean
tok_replace_choice_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TOK_REPLACE_CHOICE (widget)->beside_row));
}

static void
tok_replace_choice_class_init (TokReplaceChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_replace_choice_get_property;
  object_class->set_property = tok_replace_choice_set_property;
  object_class->dispose = tok_replace_choice_dispose;
  widget_class->grab_focus = tok_replace_choice_grab_focus;

  /**
   * TokReplaceChoice:session:
   *
   * Whose token it is; set once.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokReplaceChoice:grant:
   *
   * The token; set once.
   */
  properties[PROP_GRANT]
      = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokReplaceChoice::chosen:
   * @self: A choice.
   * @at_once: Whether the token is to be replaced in one request; else the new one comes first.
   *
   * Somebody chose a way.
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-replace-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, TokReplaceChoice, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TokReplaceChoice, beside_row);
  gtk_widget_class_bind_template_child (widget_class, TokReplaceChoice, at_once_row);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_replace_choice_init (TokReplaceChoice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
