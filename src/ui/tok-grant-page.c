/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-page.h"

#include "tok-access-view.h"
#include "tok-app.h"
#include "tok-closures.h"
#include "tok-grant-facts.h"
#include "tok-grant-head.h"
#include "tok-grant.h"
#include "tok-kept-secret.h"
#include "tok-revoke-box.h"
#include "tok-revoke-limits.h"
#include "tok-session-strips.h"
#include "tok-session.h"
#include "tok-token-actions.h"
#include "tok-token.h"
#include "tok-trade-facts.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Long enough to be read, and short enough to be waited for. */
#define READABLE_MS 1200

/* A page about one token or app: what it is and what it can and can't do. */
struct _TokGrantPage {
  GtkWidget parent_instance;

  TokGrant *grant;
  TokSession *session;
  guint back_id;

  GtkWidget *box;
  GtkScrolledWindow *scrolled;
  GtkWidget *facts;
  TokKeptSecret *kept_secret;
};

G_DEFINE_FINAL_TYPE (TokGrantPage, tok_grant_page, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_GRANT,
  PROP_SESSION,
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

static void
on_read (gpointer data)
{
  TokGrantPage *self = TOK_GRANT_PAGE (data);

  self->back_id = 0;
  gtk_widget_activate_action (GTK_WIDGET (self), "account.back", NULL);
}

/* Of what is gone there is nothing more to say, whoever took it away. */
static void
update_way_back (TokGrantPage *self)
{
  gboolean is_gone = self->grant != NULL && gtk_widget_get_mapped (GTK_WIDGET (self))
                     && tok_grant_get_state (self->grant) == TOK_GRANT_GONE;

  if (!is_gone)
    g_clear_handle_id (&self->back_id, g_source_remove);
  else if (self->back_id == 0)
    self->back_id = g_timeout_add_once (READABLE_MS, on_read, self);
}

static gboolean
focus_first_fact (TokGrantPage *self)
{
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  return gtk_widget_child_focus (self->facts, GTK_DIR_TAB_FORWARD);
}

/* The button goes when access is being taken away. Its focus isn't for another one. */
static void
on_state_changed (TokGrantPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && tok_grant_get_state (self->grant) == TOK_GRANT_WORKING
      && gtk_widget_get_ancestor (focus, TOK_TYPE_REVOKE_BOX) != NULL
      && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    focus_first_fact (self);
  update_way_back (self);
}

static gboolean
tok_grant_page_grab_focus (GtkWidget *widget)
{
  return focus_first_fact (TOK_GRANT_PAGE (widget));
}

static void
tok_grant_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tok_grant_page_parent_class)->map (widget);
  update_way_back (TOK_GRANT_PAGE (widget));
}

static void
tok_grant_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tok_grant_page_parent_class)->unmap (widget);
  update_way_back (TOK_GRANT_PAGE (widget));
}

static void
tok_grant_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokGrantPage *self = TOK_GRANT_PAGE (object);

  switch (prop_id) {
  case PROP_GRANT:
    g_value_set_object (value, self->grant);
    break;
  case PROP_SESSION:
    g_value_set_object (value, self->session);
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
  g_clear_handle_id (&self->back_id, g_source_remove);
  g_clear_object (&self->session);
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
  widget_class->grab_focus = tok_grant_page_grab_focus;
  widget_class->map = tok_grant_page_map;
  widget_class->unmap = tok_grant_page_unmap;

  /**
   * TokGrantPage:grant:
   *
   * The token or app.
   */
  properties[PROP_GRANT]
      = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokGrantPage:session:
   *
   * Whose token or app it is.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
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
  g_type_ensure (TOK_TYPE_GRANT_HEAD);
  g_type_ensure (TOK_TYPE_KEPT_SECRET);
  g_type_ensure (TOK_TYPE_REVOKE_BOX);
  g_type_ensure (TOK_TYPE_REVOKE_LIMITS);
  g_type_ensure (TOK_TYPE_SESSION_STRIPS);
  g_type_ensure (TOK_TYPE_TOKEN_ACTIONS);
  g_type_ensure (TOK_TYPE_TRADE_FACTS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-grant-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TokGrantPage, box);
  gtk_widget_class_bind_template_child (widget_class, TokGrantPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TokGrantPage, facts);
  gtk_widget_class_bind_template_child (widget_class, TokGrantPage, kept_secret);
  gtk_widget_class_bind_template_callback (widget_class, choose_title);
  gtk_widget_class_bind_template_callback (widget_class, describe_liability);
  gtk_widget_class_bind_template_callback (widget_class, dup_unknown_scopes);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke);
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
  update_way_back (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GRANT]);
}

/**
 * tok_grant_page_set_session:
 * @self: A page.
 * @session: (nullable): Whose tokens and apps they are.
 * @settings: The settings.
 *
 * Says what may be done with them, where the copies of tokens' secrets are, and what apps did;
 * without a session nothing is said of all that.
 */
void
tok_grant_page_set_session (TokGrantPage *self, TokSession *session, GSettings *settings)
{
  g_return_if_fail (TOK_IS_GRANT_PAGE (self));

  tok_kept_secret_set_session (self->kept_secret, session, settings);
  if (g_set_object (&self->session, session))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
