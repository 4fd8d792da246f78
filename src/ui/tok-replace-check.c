/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-check.h"

#include "tok-closures.h"
#include "tok-grant.h"
#include "tok-secret-clipboard.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

/* Asks whether the new token works, so that the old one can go; and says how it goes. */
struct _TokReplaceCheck {
  GtkWidget parent_instance;

  TokGrant *grant;
  char *new_name;
  TokSecretClipboard *clipboard;
  gboolean is_copied;

  GtkWidget *scrolled;
  GtkWidget *delete_button;
  GtkWidget *delete_label;
  GtkWidget *later_button;
};

G_DEFINE_FINAL_TYPE (TokReplaceCheck, tok_replace_check, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_GRANT,
  PROP_NEW_NAME,
  PROP_CLIPBOARD,
  PROP_IS_COPIED,
  PROP_IS_DELETING,
  PROP_IS_DONE,
  N_PROPS,
};

enum {
  SIGNAL_COPY,
  SIGNAL_DELETE,
  SIGNAL_LATER,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
describe_question (GObject *object, gboolean is_done)
{
  return g_strdup (is_done ? _ ("Replaced") : _ ("Does the New Token Work?"));
}

static char *
describe_task (GObject *object, gboolean is_done, const char *name, const char *new_name)
{
  g_autofree char *old_quoted = tok_text_quote_name (name != NULL ? name : "");
  g_autofree char *new_quoted = tok_text_quote_name (new_name != NULL ? new_name : "");

  if (is_done)
    /* Translators: the first %s is the name of the old token, the second that of the new one. */
    return g_strdup_printf (_ ("The service’s list shows that “%s” is deleted. “%s” has taken its "
                               "place."),
                            old_quoted, new_quoted);
  /* Translators: the first %s is the name of the new token, the others that of the old one. */
  return g_strdup_printf (
      _ ("Put the secret of “%s” wherever that of “%s” is used, and see whether "
         "everything works. “%s” isn’t deleted before you say so."),
      new_quoted, old_quoted, old_quoted);
}

static char *
describe_deletion (TokGrantState state, const char *name)
{
  g_autofree char *quoted = tok_text_quote_name (name);

  if (state == TOK_GRANT_WORKING)
    /* Translators: %s is the name of a token, as in the next ones. */
    return g_strdup_printf (_ ("Deleting “%s”…"), quoted);
  return g_strdup_printf (
      state == TOK_GRANT_FAILED ? _ ("Retry: Delete “%s”") : _ ("It Works: Delete “%s”"), quoted);
}

static gboolean
has_state (TokReplaceCheck *self, TokGrantState state)
{
  return self->grant != NULL && tok_grant_get_state (self->grant) == state;
}

static void
on_state_changed (TokReplaceCheck *self)
{
  g_autofree char *label
      = describe_deletion (tok_grant_get_state (self->grant), tok_grant_get_name (self->grant));

  /* A binding on what is clicked would outlive it on GTK 4.8. */
  gtk_label_set_label (GTK_LABEL (self->delete_label), label);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_DELETING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_DONE]);
}

static void
on_copy_clicked (TokReplaceCheck *self)
{
  g_signal_emit (self, signals[SIGNAL_COPY], 0);
}

static void
on_delete_clicked (TokReplaceCheck *self)
{
  g_signal_emit (self, signals[SIGNAL_DELETE], 0);
}

static void
on_later_clicked (TokReplaceCheck *self)
{
  g_signal_emit (self, signals[SIGNAL_LATER], 0);
}

static void
set_grant (TokReplaceCheck *self, TokGrant *grant)
{
  g_assert (self->grant == NULL);
  if (grant == NULL)
    return;
  self->grant = g_object_ref (grant);
  g_signal_connect_object (grant, "notify::state", G_CALLBACK (on_state_changed), self,
                           G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GRANT]);
  on_state_changed (self);
}

static void
tok_replace_check_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokReplaceCheck *self = TOK_REPLACE_CHECK (object);

  switch (prop_id) {
  case PROP_GRANT:
    g_value_set_object (value, self->grant);
    break;
  case PROP_NEW_NAME:
    g_value_set_string (value, self->new_name);
    break;
  case PROP_CLIPBOARD:
    g_value_set_object (value, self->clipboard);
    break;
  case PROP_IS_COPIED:
    g_value_set_boolean (value, self->is_copied);
    break;
  case PROP_IS_DELETING:
    g_value_set_boolean (value, has_state (self, TOK_GRANT_WORKING));
    break;
  case PROP_IS_DONE:
    g_value_set_boolean (value, has_state (self, TOK_GRANT_GONE));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_replace_check_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  TokReplaceCheck *self = TOK_REPLACE_CHECK (object);

  switch (prop_id) {
  case PROP_GRANT:
    set_grant (self, g_value_get_object (value));
    break;
  case PROP_NEW_NAME:
    if (g_strcmp0 (self->new_name, g_value_get_string (value)) == 0)
      return;
    g_free (self->new_name);
    self->new_name = g_value_dup_string (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_CLIPBOARD:
    if (g_set_object (&self->clipboard, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_IS_COPIED:
    if (self->is_copied == g_value_get_boolean (value))
      return;
    self->is_copied = g_value_get_boolean (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_replace_check_dispose (GObject *object)
{
  TokReplaceCheck *self = TOK_REPLACE_CHECK (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->grant);
  g_clear_object (&self->clipboard);

  G_OBJECT_CLASS (tok_replace_check_parent_class)->dispose (object);
}

static void
tok_replace_check_finalize (GObject *object)
{
  g_free (TOK_REPLACE_CHECK (object)->new_name);

  G_OBJECT_CLASS (tok_replace_check_parent_class)->finalize (object);
}

static void
tok_replace_check_class_init (TokReplaceCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_replace_check_get_property;
  object_class->set_property = tok_replace_check_set_property;
  object_class->dispose = tok_replace_check_dispose;
  object_class->finalize = tok_replace_check_finalize;

  /**
   * TokReplaceCheck:grant:
   *
   * The old token; set once. What is going on with it is shown.
   */
  properties[PROP_GRANT]
      = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokReplaceCheck:new-name:
   *
   * The name of the new token.
   */
  properties[PROP_NEW_NAME]
      = g_param_spec_string ("new-name", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokReplaceCheck:clipboard:
   *
   * Where the secret of the new token is copied to.
   */
  properties[PROP_CLIPBOARD]
      = g_param_spec_object ("clipboard", NULL, NULL, TOK_TYPE_SECRET_CLIPBOARD,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokReplaceCheck:is-copied:
   *
   * Whether that was done.
   */
  properties[PROP_IS_COPIED]
      = g_param_spec_boolean ("is-copied", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokReplaceCheck:is-deleting:
   *
   * Whether the old token is being deleted.
   */
  properties[PROP_IS_DELETING]
      = g_param_spec_boolean ("is-deleting", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokReplaceCheck:is-done:
   *
   * Whether the old token is gone.
   */
  properties[PROP_IS_DONE]
      = g_param_spec_boolean ("is-done", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokReplaceCheck::copy:
   * @self: A check.
   *
   * Somebody wants the secret of the new token copied.
   */
  signals[SIGNAL_COPY] = g_signal_new ("copy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * TokReplaceCheck::delete:
   * @self: A check.
   *
   * The new token works, somebody says: the old one is to go.
   */
  signals[SIGNAL_DELETE] = g_signal_new ("delete", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * TokReplaceCheck::later:
   * @self: A check.
   *
   * Both are to stay for now.
   */
  signals[SIGNAL_LATER] = g_signal_new ("later", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-replace-check.ui");
  gtk_widget_class_bind_template_child (widget_class, TokReplaceCheck, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TokReplaceCheck, delete_button);
  gtk_widget_class_bind_template_child (widget_class, TokReplaceCheck, delete_label);
  gtk_widget_class_bind_template_child (widget_class, TokReplaceCheck, later_button);
  gtk_widget_class_bind_template_callback (widget_class, describe_question);
  gtk_widget_class_bind_template_callback (widget_class, describe_task);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_delete_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_later_clicked);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_revoke_failure);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_something);
  gtk_widget_class_bind_template_callback (widget_class, tok_secret_clipboard_describe);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_replace_check_init (TokReplaceCheck *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->delete_button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->delete_label, NULL,
                                  -1);
}

/**
 * tok_replace_check_focus_later:
 * @self: A check.
 *
 * Moves the focus to what keeps both, so that Return deletes nothing by the way. (Who came here
 * with Tab would never get to the other button, if this were how it grabs the focus.)
 */
void
tok_replace_check_focus_later (TokReplaceCheck *self)
{
  g_return_if_fail (TOK_IS_REPLACE_CHECK (self));

  gtk_widget_grab_focus (self->later_button);
}
