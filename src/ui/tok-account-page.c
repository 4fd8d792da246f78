/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-page-private.h"

#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-session.h"
#include "tok-text.h"
#include "tok-toast.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (TokAccountPage, tok_account_page, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_ACCOUNTS,
  PROP_SETTINGS,
  PROP_SESSION,
  PROP_CLIPBOARD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static char *
describe_success (TokGrant *grant)
{
  g_autofree char *name = tok_text_quote_name (tok_grant_get_name (grant));

  /* Translators: %s is the name of a token, or of an app. */
  return g_strdup_printf (tok_grant_get_token (grant) != NULL
                              ? _ ("“%s” is deleted")
                              : _ ("“%s” can no longer use your accounts"),
                          name);
}

static void
on_revoked (TokAccountPage *self, TokGrant *grant)
{
  g_autofree char *sentence = describe_success (grant);

  tok_account_page_say (self, sentence);
  /* This program was signed in by it, and can be again. */
  if (tok_grant_get_app (grant) != NULL
      && tok_session_get_state (self->session) == TOK_SESSION_ENDED)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in-again", NULL);
}

static void
on_revoke (TokAccountPage *self, TokGrant *grant)
{
  tok_revoker_revoke (self->revoker, grant, tok_account_page_get_window (self));
}

static void
on_revoke_several (TokAccountPage *self, GPtrArray *grants)
{
  tok_grant_dialogs_revoke_several (self->dialogs, grants, tok_account_page_get_window (self));
}

/* Who has done what he selected them for doesn't need the selection any more. */
static void
on_revoked_several (TokAccountPage *self)
{
  g_object_set (tok_lists_page_get_rows (self->lists_page), "selection-mode", FALSE, NULL);
}

static void
on_grant_page_revoke (TokAccountPage *self, TokGrantPage *page)
{
  on_revoke (self, tok_grant_page_get_grant (page));
}

static void
on_copy (TokAccountPage *self, TokGrant *grant)
{
  if (self->copier == NULL) {
    self->copier = tok_copier_new (self->clipboard);
    g_signal_connect_object (self->copier, "said", G_CALLBACK (tok_account_page_say), self,
                             G_CONNECT_SWAPPED);
  }
  tok_copier_copy (self->copier, self->session, grant);
}

static void
on_open (TokAccountPage *self, TokGrant *grant)
{
  if (self->grant_page == NULL) {
    self->grant_page = tok_grant_page_new ();
    g_signal_connect_object (self->grant_page, "revoke", G_CALLBACK (on_grant_page_revoke), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->grant_page, "copy", G_CALLBACK (on_copy), self,
                             G_CONNECT_SWAPPED);
    adw_leaflet_append (self->leaflet, self->grant_page);
  }
  tok_grant_page_set_session (TOK_GRANT_PAGE (self->grant_page), self->session, self->settings);
  tok_grant_page_set_grant (TOK_GRANT_PAGE (self->grant_page), grant);
  g_set_weak_pointer (&self->focus_before,
                      gtk_window_get_focus (tok_account_page_get_window (self)));
  adw_leaflet_set_visible_child (self->leaflet, self->grant_page);
}

static void
on_focus (gpointer data)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (data);

  self->focus_id = 0;
  if (tok_account_page_shows_lists (self))
    tok_lists_page_focus_rows (self->lists_page);
  else
    gtk_widget_grab_focus (self->grant_page);
}

/* What pages are in has its own idea of what gets the focus next, and is through with it soon. */
static void
focus_soon (TokAccountPage *self)
{
  if (self->focus_id == 0)
    self->focus_id = g_idle_add_once (on_focus, self);
}

static void
on_visible_child_changed (TokAccountPage *self)
{
  tok_account_page_update_actions (self);
  if (!tok_account_page_shows_lists (self))
    focus_soon (self);
  else if (self->focus_before != NULL)
    gtk_widget_grab_focus (self->focus_before);
}

/* Its row is in the list, and so is the focus then. */
static void
on_created (TokAccountPage *self)
{
  tok_account_page_go_back (self);
  tok_lists_page_point_out_new (self->lists_page);
}

static void
set_session (TokAccountPage *self, TokSession *session)
{
  if (self->session == session)
    return;
  /* What was asked for one account is not answered in another one's lists. */
  tok_revoker_set_session (self->revoker, session);
  tok_grant_dialogs_set_session (self->dialogs, session);
  g_set_object (&self->session, session);
  if (session != NULL) {
    g_signal_connect_object (session, "notify::can-revoke",
                             G_CALLBACK (tok_account_page_update_actions), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (session, "notify::state", G_CALLBACK (tok_account_page_update_actions),
                             self, G_CONNECT_SWAPPED);
    g_signal_connect_object (tok_session_get_apps (session), "notify::as-of",
                             G_CALLBACK (tok_account_page_update_actions), self, G_CONNECT_SWAPPED);
  }
  tok_account_page_go_back (self);
  tok_account_page_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
tok_account_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (object);

  switch (prop_id) {
  case PROP_ACCOUNTS:
    g_value_set_object (value, self->accounts);
    break;
  case PROP_SETTINGS:
    g_value_set_object (value, self->settings);
    break;
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_CLIPBOARD:
    g_value_set_object (value, self->clipboard);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_account_page_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (object);

  switch (prop_id) {
  case PROP_ACCOUNTS:
    self->accounts = g_value_dup_object (value);
    break;
  case PROP_SETTINGS:
    self->settings = g_value_dup_object (value);
    break;
  case PROP_SESSION:
    set_session (self, g_value_get_object (value));
    break;
  case PROP_CLIPBOARD:
    self->clipboard = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_account_page_constructed (GObject *object)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (object);

  G_OBJECT_CLASS (tok_account_page_parent_class)->constructed (object);

  self->revoker = tok_revoker_new ();
  g_signal_connect_object (self->revoker, "done", G_CALLBACK (on_revoked), self, G_CONNECT_SWAPPED);
  self->dialogs = tok_grant_dialogs_new (self->accounts, self->settings, self->clipboard);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->dialogs, "created", G_CALLBACK (on_created), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dialogs, "revoked", G_CALLBACK (on_revoked_several), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dialogs, "said", G_CALLBACK (tok_account_page_say), self,
                           G_CONNECT_SWAPPED);
  /* The rows may be there before the page is. */
  g_signal_connect (self, "map", G_CALLBACK (focus_soon), NULL);
  tok_account_page_update_actions (self);
}

static void
tok_account_page_dispose (GObject *object)
{
  TokAccountPage *self = TOK_ACCOUNT_PAGE (object);

  if (self->revoker != NULL)
    tok_revoker_set_session (self->revoker, NULL);
  g_clear_object (&self->revoker);
  g_clear_object (&self->copier);
  g_clear_weak_pointer (&self->focus_before);
  g_clear_object (&self->dialogs);
  g_clear_object (&self->session);
  g_clear_object (&self->clipboard);
  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);
  if (self->toasts != NULL) {
    self->leaflet = NULL;
    gtk_widget_unparent (GTK_WIDGET (self->toasts));
    self->toasts = NULL;
  }
  g_clear_handle_id (&self->focus_id, g_source_remove);

  G_OBJECT_CLASS (tok_account_page_parent_class)->dispose (object);
}

static void
tok_account_page_class_init (TokAccountPageClass *klass)
{
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_account_page_get_property;
  object_class->set_property = tok_account_page_set_property;
  object_class->constructed = tok_account_page_constructed;
  object_class->dispose = tok_account_page_dispose;

  /**
   * TokAccountPage:accounts:
   *
   * All accounts, to choose from.
   */
  properties[PROP_ACCOUNTS]
      = g_param_spec_object ("accounts", NULL, NULL, TOK_TYPE_ACCOUNTS, given);
  /**
   * TokAccountPage:settings:
   *
   * The settings.
   */
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, given);
  /**
   * TokAccountPage:session:
   *
   * Whose lists are shown.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokAccountPage:clipboard:
   *
   * Where the secret of a new token is copied to.
   */
  properties[PROP_CLIPBOARD]
      = g_param_spec_object ("clipboard", NULL, NULL, TOK_TYPE_SECRET_CLIPBOARD, given);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TOK_TYPE_LISTS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, TokAccountPage, lists_page);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke_several);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_child_changed);
  gtk_widget_class_bind_template_callback (widget_class, tok_account_page_say);
  tok_account_page_install_actions (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_account_page_init (TokAccountPage *self)
{
}

/**
 * tok_account_page_show_view:
 * @self: A page.
 * @name: "tokens" or "apps".
 *
 * Turns to one of the views, and the focus to its first row.
 */
void
tok_account_page_show_view (TokAccountPage *self, const char *name)
{
  g_return_if_fail (TOK_IS_ACCOUNT_PAGE (self));

  tok_account_page_go_back (self);
  tok_lists_page_show_view (self->lists_page, name);
}

/**
 * tok_account_page_refresh:
 * @self: A page.
 *
 * Asks the service how things stand; first does what it takes to be able to.
 */
void
tok_account_page_refresh (TokAccountPage *self)
{
  g_return_if_fail (TOK_IS_ACCOUNT_PAGE (self));

  tok_lists_page_refresh (self->lists_page);
}

/**
 * tok_account_page_go_back:
 * @self: A page.
 *
 * Goes from the details back to the lists.
 */
void
tok_account_page_go_back (TokAccountPage *self)
{
  g_return_if_fail (TOK_IS_ACCOUNT_PAGE (self));

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->lists_page));
}

/**
 * tok_account_page_new_token:
 * @self: A page.
 *
 * Asks what a new token is to be, and creates it; if the token that we are signed in with may do
 * that.
 */
void
tok_account_page_new_token (TokAccountPage *self)
{
  g_return_if_fail (TOK_IS_ACCOUNT_PAGE (self));

  if (self->session == NULL || !tok_session_get_can_revoke (self->session))
    return;
  tok_account_page_show_view (self, "tokens");
  tok_grant_dialogs_new_token (self->dialogs, tok_account_page_get_window (self));
}

/**
 * tok_account_page_check_token:
 * @self: A page.
 *
 * Asks for a token that somebody has found, and shows what the service says about it.
 */
void
tok_account_page_check_token (TokAccountPage *self)
{
  g_return_if_fail (TOK_IS_ACCOUNT_PAGE (self));

  if (self->session != NULL)
    tok_grant_dialogs_check_token (self->dialogs, tok_account_page_get_window (self));
}

/**
 * tok_account_page_say:
 * @self: A page.
 * @text: What happened; no markup.
 *
 * Says it in passing.
 *
 * Returns: (transfer none): What says it, for whoever may have to take it back.
 */
AdwToast *
tok_account_page_say (TokAccountPage *self, const char *text)
{
  AdwToast *toast;

  g_return_val_if_fail (TOK_IS_ACCOUNT_PAGE (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  toast = tok_toast_new (text);
  adw_toast_overlay_add_toast (self->toasts, toast);
  return toast;
}

/**
 * tok_account_page_close_dialog:
 * @self: A page.
 *
 * Closes the dialog that is open, if any. It may ask first.
 *
 * Returns: Whether there is none any more.
 */
gboolean
tok_account_page_close_dialog (TokAccountPage *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNT_PAGE (self), TRUE);

  return tok_grant_dialogs_close (self->dialogs);
}

/**
 * tok_account_page_get_window: (skip)
 * @self: A page.
 *
 * Returns: (transfer none) (nullable): The window that it is in.
 */
GtkWindow *
tok_account_page_get_window (TokAccountPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/**
 * tok_account_page_shows_lists: (skip)
 * @self: A page.
 *
 * Returns: Whether the lists are shown, not the details.
 */
gboolean
tok_account_page_shows_lists (TokAccountPage *self)
{
  return adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->lists_page);
}
