/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-check-view.h"

#include "tok-account.h"
#include "tok-closures.h"
#include "tok-text.h"
#include "tok-token-steps.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define PERMISSIONS_MAX_CHARS 400

/* What a token can do in this program that can't do everything, and what it takes to do the rest.
 */
struct _TokCheckView {
  GtkWidget parent_instance;

  TokAccount *account;
  char *address;

  GtkWidget *box;
  GtkWidget *accept_button;
};

G_DEFINE_FINAL_TYPE (TokCheckView, tok_check_view, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_ACCOUNT,
  PROP_ADDRESS,
  N_PROPS,
};

enum {
  SIGNAL_ACCEPTED,
  SIGNAL_DECLINED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
has (TokAccount *account, TokScopes scope)
{
  return account != NULL && (tok_account_get_scopes (account) & scope) != 0;
}

static char *
describe_account (GObject *object, TokAccount *account)
{
  g_autofree char *login_id = tok_closure_describe_account (object, account);
  g_autofree char *money = tok_closure_describe_money (object, account);

  return account != NULL ? g_strjoin (" · ", login_id, money, NULL) : NULL;
}

static char *
describe_permissions (GObject *object, TokAccount *account)
{
  g_autofree char *text = NULL;

  if (account == NULL)
    return NULL;
  text = tok_scopes_to_text (tok_account_get_scopes (account),
                             tok_account_get_unknown_scopes (account));
  return tok_text_make_visible (text, PERMISSIONS_MAX_CHARS);
}

/* PROTOCOL 5. */
static char *
describe_tokens (GObject *object, TokAccount *account)
{
  return g_strdup (has (account, TOK_SCOPE_ADMIN)
                       ? _ ("On: they can be seen, created and deleted.")
                       : _ ("Off: the service shows, creates and deletes tokens only for a token "
                            "with Admin."));
}

static char *
describe_apps (GObject *object, TokAccount *account)
{
  return g_strdup (
      has (account, TOK_SCOPE_READ)
          ? _ ("They can be seen. Revoking is off: the service revokes only for a token "
               "with Admin.")
          : _ ("Off: the service shows them only to a token with Read."));
}

static void
on_accept (TokCheckView *self)
{
  g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0);
}

static void
on_decline (TokCheckView *self)
{
  g_signal_emit (self, signals[SIGNAL_DECLINED], 0);
}

static gboolean
tok_check_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (TOK_CHECK_VIEW (widget)->accept_button);
}

static void
tok_check_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_ACCOUNT:
    g_value_set_object (value, TOK_CHECK_VIEW (object)->account);
    break;
  case PROP_ADDRESS:
    g_value_set_string (value, TOK_CHECK_VIEW (object)->address);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_check_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_ACCOUNT:
    if (g_set_object (&TOK_CHECK_VIEW (object)->account, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_ADDRESS:
    g_free (TOK_CHECK_VIEW (object)->address);
    TOK_CHECK_VIEW (object)->address = g_value_dup_string (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_check_view_dispose (GObject *object)
{
  TokCheckView *self = TOK_CHECK_VIEW (object);

  g_clear_object (&self->account);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_check_view_parent_class)->dispose (object);
}

static void
tok_check_view_finalize (GObject *object)
{
  g_clear_pointer (&TOK_CHECK_VIEW (object)->address, g_free);

  G_OBJECT_CLASS (tok_check_view_parent_class)->finalize (object);
}

static void
tok_check_view_class_init (TokCheckViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_check_view_get_property;
  object_class->set_property = tok_check_view_set_property;
  object_class->dispose = tok_check_view_dispose;
  object_class->finalize = tok_check_view_finalize;
  widget_class->grab_focus = tok_check_view_grab_focus;

  /**
   * TokCheckView:account:
   *
   * What the service said when the token signed in.
   */
  properties[PROP_ACCOUNT]
      = g_param_spec_object ("account", NULL, NULL, TOK_TYPE_ACCOUNT,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokCheckView:address:
   *
   * The service that said it.
   */
  properties[PROP_ADDRESS]
      = g_param_spec_string ("address", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokCheckView::accepted:
   * @self: A view.
   *
   * That is enough for the owner.
   */
  signals[SIGNAL_ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * TokCheckView::declined:
   * @self: A view.
   *
   * The owner wants to use another token.
   */
  signals[SIGNAL_DECLINED] = g_signal_new ("declined", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TOK_TYPE_TOKEN_STEPS);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-check-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TokCheckView, box);
  gtk_widget_class_bind_template_child (widget_class, TokCheckView, accept_button);
  gtk_widget_class_bind_template_callback (widget_class, describe_account);
  gtk_widget_class_bind_template_callback (widget_class, describe_apps);
  gtk_widget_class_bind_template_callback (widget_class, describe_permissions);
  gtk_widget_class_bind_template_callback (widget_class, describe_tokens);
  gtk_widget_class_bind_template_callback (widget_class, on_accept);
  gtk_widget_class_bind_template_callback (widget_class, on_decline);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_check_view_init (TokCheckView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
