/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-steps.h"

#include "tok-address.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* How to create a token that fits this program, step by step; folded up until somebody asks. */
struct _TokTokenSteps {
  GtkWidget parent_instance;

  char *address;
  GCancellable *cancellable;

  GtkWidget *list_box;
  GtkWidget *header;
  GtkImage *arrow;
  GtkWidget *steps;
  GtkLabel *failure;
};

G_DEFINE_FINAL_TYPE (TokTokenSteps, tok_token_steps, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_ADDRESS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* Not an AdwExpanderRow, whose arrow alone would load a library to draw it with. */
static void
set_is_open (TokTokenSteps *self, gboolean is_open)
{
  gtk_widget_set_visible (self->steps, is_open);
  gtk_image_set_from_icon_name (self->arrow, is_open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_STATE_EXPANDED,
                               is_open, -1);
}

static void
on_activated (TokTokenSteps *self)
{
  set_is_open (self, !gtk_widget_get_visible (self->steps));
}

static void
on_show_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokTokenSteps *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *page = NULL;
  g_autofree char *sentence = NULL;

  if (gtk_show_uri_full_finish (NULL, result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  page = tok_address_dup_token_page (self->address);
  /* Translators: %s is a web address. */
  sentence = g_strdup_printf (_ ("No browser could be opened. The page is %s"), page);
  gtk_label_set_label (self->failure, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
}

static void
on_open (TokTokenSteps *self)
{
  g_autofree char *page = tok_address_dup_token_page (self->address);

  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  /* Without a parent: GTK 4.18 crashes if that is closed before its handle is known. Only what a
   * sandbox asks, with which browser to open it, would be above it. */
  gtk_show_uri_full (NULL, page, GDK_CURRENT_TIME, self->cancellable, on_show_ready, self);
}

static void
tok_token_steps_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokTokenSteps *self = TOK_TOKEN_STEPS (object);

  switch (prop_id) {
  case PROP_ADDRESS:
    g_value_set_string (value, self->address);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_token_steps_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  TokTokenSteps *self = TOK_TOKEN_STEPS (object);

  switch (prop_id) {
  case PROP_ADDRESS:
    if (g_strcmp0 (self->address, g_value_get_string (value)) == 0)
      return;
    g_free (self->address);
    self->address = g_value_dup_string (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_token_steps_dispose (GObject *object)
{
  TokTokenSteps *self = TOK_TOKEN_STEPS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->list_box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_token_steps_parent_class)->dispose (object);
}

static void
tok_token_steps_finalize (GObject *object)
{
  TokTokenSteps *self = TOK_TOKEN_STEPS (object);

  g_clear_pointer (&self->address, g_free);

  G_OBJECT_CLASS (tok_token_steps_parent_class)->finalize (object);
}

static void
tok_token_steps_class_init (TokTokenStepsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_token_steps_get_property;
  object_class->set_property = tok_token_steps_set_property;
  object_class->dispose = tok_token_steps_dispose;
  object_class->finalize = tok_token_steps_finalize;

  /**
   * TokTokenSteps:address:
   *
   * The service whose page for tokens is opened.
   */
  properties[PROP_ADDRESS]
      = g_param_spec_string ("address", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-token-steps.ui");
  gtk_widget_class_bind_template_child (widget_class, TokTokenSteps, list_box);
  gtk_widget_class_bind_template_child (widget_class, TokTokenSteps, header);
  gtk_widget_class_bind_template_child (widget_class, TokTokenSteps, arrow);
  gtk_widget_class_bind_template_child (widget_class, TokTokenSteps, steps);
  gtk_widget_class_bind_template_child (widget_class, TokTokenSteps, failure);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_token_steps_init (TokTokenSteps *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  set_is_open (self, FALSE);
}
