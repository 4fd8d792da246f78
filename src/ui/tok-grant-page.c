/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-page.h"

#include "tok-access-view.h"
#include "tok-app.h"
#include "tok-closures.h"
#include "tok-grant-facts.h"
#include "tok-grant.h"
#include "tok-kept-secret.h"
#include "tok-revoke-button.h"
#include "tok-token-actions.h"
#include "tok-token.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* A page about one token or app: what it is and what it can and can't do. */
struct _TokGrantPage {
  GtkWidget parent_instance;

  TokGrant *grant;

  GtkWidget *box;
  GtkScrolledWindow *scrolled;
  TokKeptSecret *kept_secret;
};

G_DEFINE_FINAL_TYPE (TokGrantPage, tok_grant_page, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_GRANT,
  N_PROPS,
};

enum {
  SIGNAL_REVOKE,
  SIGNAL_COPY,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
choose_title (GObject *object, TokToken *token)
{
  return g_strdup (token != NULL ? _ ("API Token") : _ ("Connected App"));
}

static char **
dup_unknown_scopes (GObject *object, TokToken *token, TokApp *app)
{
  const char *const *unknown = NULL;

  if (token != NULL)
    unknown = tok_token_get_unknown_scopes (token);
  else if (app != NULL)
    unknown = tok_app_get_unknown_scopes (app);
  return g_strdupv ((char **) unknown);
}

static char *
describe_liability (GObject *object, TokScopes scopes, TokApp *app)
{
  if (app == NULL || !(scopes & (TOK_SCOPE_TRADE | TOK_SCOPE_ADMIN)))
    return NULL;
  return g_strdup (_ ("You answer for every transaction under your account, also for those that "
                      "an app makes for you. The operator’s terms of use say how far."));
}

static void
on_revoke (TokGrantPage *self)
{
  g_signal_emit (self, signals[SIGNAL_REVOKE], 0);
}

static void
on_copy (TokGrantPage *self)
{
  g_signal_emit (self, signals[SIGNAL_COPY], 0, self->grant);
}

/* Of what is gone there is nothing more to say, whoever took it away. */
static void
on_state_changed (TokGrantPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && tok_grant_get_state (self->grant) == TOK_GRANT_GONE)
    gtk_widget_activate_action (GTK_WIDGET (self), "account.back", NULL);
}

static void
tok_grant_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokGrantPage *self = TOK_GRANT_PAGE (object);

  switch (prop_id) {
  case PROP_GRANT:
    g_value_set_object (value, self->grant);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_GRANT:
    tok_grant_page_set_grant (TOK_GRANT_PAGE (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_grant_page_dispose (GObject *object)
{
  TokGrantPage *self = TOK_GRANT_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->grant);

  G_OBJECT_CLASS (tok_grant_page_parent_class)->dispose (object);
}

static void
tok_grant_page_class_init (TokGrantPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_grant_page_get_property;
  object_class->set_property = tok_grant_page_set_property;
  object_class->dispose = tok_grant_page_dispose;

  /**
   * TokGrantPage:grant:
   *
   * The token or app.
   */
  properties[PROP_GRANT]
      = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokGrantPage::revoke:
   * @self: A page.
   *
   * Somebody wants the access of its grant taken away.
   */
  signals[SIGNAL_REVOKE] = g_signal_new ("revoke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * TokGrantPage::copy:
   * @self: A page.
   * @grant: Its token.
   *
   * Somebody wants the secret of @grant copied.
   */
  signals[SIGNAL_COPY] = g_signal_new ("copy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, TOK_TYPE_GRANT);

  g_type_ensure (TOK_TYPE_ACCESS_VIEW);
  g_type_ensure (TOK_TYPE_GRANT_FACTS);
  g_type_ensure (TOK_TYPE_KEPT_SECRET);
  g_type_ensure (TOK_TYPE_REVOKE_BUTTON);
  g_type_ensure (TOK_TYPE_TOKEN_ACTIONS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-grant-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TokGrantPage, box);
  gtk_widget_class_bind_template_child (widget_class, TokGrantPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TokGrantPage, kept_secret);
  gtk_widget_class_bind_template_callback (widget_class, choose_title);
  gtk_widget_class_bind_template_callback (widget_class, describe_liability);
  gtk_widget_class_bind_template_callback (widget_class, dup_unknown_scopes);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_level_icon);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_level);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_name);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_revoke_failure);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_something);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  /* Here, below the toasts, which would take Escape for themselves. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "account.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "account.back",
                                       NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_grant_page_init (TokGrantPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_grant_page_new:
 *
 * Returns: (transfer floating): A page about nothing yet.
 */
GtkWidget *
tok_grant_page_new (void)
{
  return g_object_new (TOK_TYPE_GRANT_PAGE, NULL);
}

/**
 * tok_grant_page_get_grant:
 * @self: A page.
 *
 * Returns: (transfer none) (nullable): The token or app that it is about.
 */
TokGrant *
tok_grant_page_get_grant (TokGrantPage *self)
{
  g_return_val_if_fail (TOK_IS_GRANT_PAGE (self), NULL);

  return self->grant;
}

/**
 * tok_grant_page_set_grant:
 * @self: A page.
 * @grant: (nullable): A token or an app.
 *
 * Turns the page to @grant, from its top.
 */
void
tok_grant_page_set_grant (TokGrantPage *self, TokGrant *grant)
{
  g_return_if_fail (TOK_IS_GRANT_PAGE (self));

  if (self->grant == grant)
    return;
  if (self->grant != NULL)
    g_signal_handlers_disconnect_by_func (self->grant, on_state_changed, self);
  g_set_object (&self->grant, grant);
  if (grant != NULL)
    g_signal_connect_object (grant, "notify::state", G_CALLBACK (on_state_changed), self,
                             G_CONNECT_SWAPPED);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GRANT]);
}

/**
 * tok_grant_page_set_session:
 * @self: A page.
 * @session: (nullable): Whose tokens and apps they are.
 * @settings: The settings.
 *
 * Says where the copies of tokens' secrets are; without a session nothing is said of them.
 */
void
tok_grant_page_set_session (TokGrantPage *self, TokSession *session, GSettings *settings)
{
  g_return_if_fail (TOK_IS_GRANT_PAGE (self));

  tok_kept_secret_set_session (self->kept_secret, session, settings);
}
