/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sign-in-page.h"

#include "tok-accounts.h"
#include "tok-address.h"
#include "tok-closures.h"
#include "tok-error.h"
#include "tok-field.h"
#include "tok-secret.h"
#include "tok-sentence.h"
#include "tok-session.h"
#include "tok-text.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define DETAIL_MAX_CHARS 200

/* The first page: a token comes in, and what is wrong with it is said beside it. */
struct _TokSignInPage {
  GtkWidget parent_instance;

  TokAccounts *accounts;
  char *address;
  gboolean is_busy;
  GCancellable *cancellable;

  GtkWidget *scrolled;
  GtkEditable *token_row;
  GtkEditable *address_row;
  GtkWidget *advanced_row;
  GtkImage *advanced_arrow;
  GtkWidget *error_box;
  GtkLabel *error_label;
  GtkLabel *detail_label;
  GtkWidget *sign_in_button;
  GtkWidget *cancel_button;
};

G_DEFINE_FINAL_TYPE (TokSignInPage, tok_sign_in_page, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_ACCOUNTS,
  PROP_ADDRESS,
  PROP_IS_BUSY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_about_address (const GError *error)
{
  return g_error_matches (error, TOK_ERROR, TOK_ERROR_ADDRESS)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_APP_ID)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_GARBLED);
}

static gboolean
is_about_token (const GError *error)
{
  return g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_SIGN_IN)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_NEW_PLATFORM);
}

/* Not an AdwExpanderRow, whose arrow alone would load a library to draw it with. */
static void
set_is_advanced (TokSignInPage *self, gboolean is_advanced)
{
  gtk_widget_set_visible (GTK_WIDGET (self->address_row), is_advanced);
  gtk_image_set_from_icon_name (self->advanced_arrow,
                                is_advanced ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->advanced_row), GTK_ACCESSIBLE_STATE_EXPANDED,
                               is_advanced, -1);
}

static void
on_advanced (TokSignInPage *self)
{
  set_is_advanced (self, !gtk_widget_get_visible (GTK_WIDGET (self->address_row)));
}

static void
clear_error (TokSignInPage *self)
{
  tok_field_set_is_wrong (GTK_WIDGET (self->token_row), FALSE);
  tok_field_set_is_wrong (GTK_WIDGET (self->address_row), FALSE);
  gtk_widget_set_visible (self->error_box, FALSE);
}

static void
show_error (TokSignInPage *self, const GError *error, const char *sentence, const char *detail)
{
  gboolean about_address = is_about_address (error);

  tok_field_set_is_wrong (GTK_WIDGET (self->token_row), is_about_token (error));
  tok_field_set_is_wrong (GTK_WIDGET (self->address_row), about_address);
  if (about_address)
    set_is_advanced (self, TRUE);
  gtk_label_set_label (self->error_label, sentence);
  gtk_label_set_label (self->detail_label, detail);
  gtk_widget_set_visible (self->error_box, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (about_address ? self->address_row : self->token_row));
}

static void
set_is_busy (TokSignInPage *self, gboolean is_busy)
{
  if (self->is_busy == is_busy)
    return;
  self->is_busy = is_busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BUSY]);
}

static void
on_edited (TokSignInPage *self)
{
  const char *token = gtk_editable_get_text (self->token_row);
  gboolean any = token[strspn (token, " \t\r\n")] != '\0';

  gtk_widget_set_sensitive (self->sign_in_button, any);
  gtk_widget_set_tooltip_text (self->sign_in_button, any ? NULL : _ ("Paste a token first"));
  clear_error (self);
}

static void
stop_waiting (TokSignInPage *self)
{
  g_clear_object (&self->cancellable);
  set_is_busy (self, FALSE);
}

static void
on_sign_in_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokSignInPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;

  if (tok_accounts_sign_in_finish (TOK_ACCOUNTS (source), result, &error) != NULL) {
    stop_waiting (self);
    gtk_editable_set_text (self->token_row, "");
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  stop_waiting (self);
  detail = tok_text_make_visible (error->message, DETAIL_MAX_CHARS);
  show_error (self, error, tok_sentence_from_error (error), detail);
}

static void
on_sign_in (TokSignInPage *self)
{
  g_autoptr (TokSecret) token = g_strdup (gtk_editable_get_text (self->token_row));
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  if (self->is_busy || self->accounts == NULL || !gtk_widget_get_sensitive (self->sign_in_button))
    return;
  address = tok_address_check (gtk_editable_get_text (self->address_row), &error);
  if (address == NULL) {
    show_error (self, error, error->message, NULL);
    return;
  }
  clear_error (self);
  self->cancellable = g_cancellable_new ();
  /* The focus leaves what is about to be switched off before it is. */
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  set_is_busy (self, TRUE);
  gtk_widget_grab_focus (self->cancel_button);
  tok_accounts_sign_in_async (self->accounts, address, token, FALSE, self->cancellable,
                              on_sign_in_ready, self);
}

static void
on_cancel (TokSignInPage *self)
{
  g_cancellable_cancel (self->cancellable);
  stop_waiting (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->token_row));
}

static gboolean
tok_sign_in_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TOK_SIGN_IN_PAGE (widget)->token_row));
}

static void
tok_sign_in_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokSignInPage *self = TOK_SIGN_IN_PAGE (object);

  switch (prop_id) {
  case PROP_ACCOUNTS:
    g_value_set_object (value, self->accounts);
    break;
  case PROP_ADDRESS:
    g_value_set_string (value, self->address);
    break;
  case PROP_IS_BUSY:
    g_value_set_boolean (value, self->is_busy);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_sign_in_page_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  TokSignInPage *self = TOK_SIGN_IN_PAGE (object);

  switch (prop_id) {
  case PROP_ACCOUNTS:
    if (g_set_object (&self->accounts, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_ADDRESS:
    if (g_strcmp0 (self->address, g_value_get_string (value)) == 0)
      break;
    g_free (self->address);
    self->address = g_value_dup_string (value);
    gtk_editable_set_text (self->address_row, self->address != NULL ? self->address : "");
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_sign_in_page_dispose (GObject *object)
{
  TokSignInPage *self = TOK_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (tok_sign_in_page_parent_class)->dispose (object);
}

static void
tok_sign_in_page_finalize (GObject *object)
{
  TokSignInPage *self = TOK_SIGN_IN_PAGE (object);

  g_clear_pointer (&self->address, g_free);

  G_OBJECT_CLASS (tok_sign_in_page_parent_class)->finalize (object);
}

static void
tok_sign_in_page_class_init (TokSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_sign_in_page_get_property;
  object_class->set_property = tok_sign_in_page_set_property;
  object_class->dispose = tok_sign_in_page_dispose;
  object_class->finalize = tok_sign_in_page_finalize;
  widget_class->grab_focus = tok_sign_in_page_grab_focus;

  /**
   * TokSignInPage:accounts:
   *
   * Where a session goes that is signed in here.
   */
  properties[PROP_ACCOUNTS]
      = g_param_spec_object ("accounts", NULL, NULL, TOK_TYPE_ACCOUNTS,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokSignInPage:address:
   *
   * The service that is proposed.
   */
  properties[PROP_ADDRESS]
      = g_param_spec_string ("address", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokSignInPage:is-busy:
   *
   * Whether a sign-in is under way.
   */
  properties[PROP_IS_BUSY]
      = g_param_spec_boolean ("is-busy", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, token_row);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, advanced_row);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, advanced_arrow);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, error_box);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, detail_label);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, TokSignInPage, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_bind_template_callback (widget_class, on_advanced);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_sign_in_page_init (TokSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_is_advanced (self, FALSE);
}
