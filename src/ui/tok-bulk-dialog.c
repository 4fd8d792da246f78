/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-dialog.h"

#include "tok-account.h"
#include "tok-bulk-group.h"
#include "tok-bulk-progress.h"
#include "tok-bulk-report.h"
#include "tok-bulk-words.h"
#include "tok-bulk.h"
#include "tok-closures.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-haste-guard.h"
#include "tok-session.h"
#include "tok-strip.h"

/**
 * TokBulkDialog:
 *
 * Takes access away from several: asks once, naming all of them, shows how it goes, and in the end
 * what came of each, and tries again with those that are left, if wanted.
 */
struct _TokBulkDialog {
  AdwWindow parent_instance;

  TokSession *session;
  TokBulk *bulk;
  TokHasteGuard *guard;
  gboolean is_at_work;

  GtkScrolledWindow *scrolled;
  GtkLabel *lead;
  GtkLabel *own;
  TokBulkGroup *all;
  TokBulkReport *report;
  GtkWidget *cancel_button;
  GtkLabel *yes_label;
  GtkWidget *stop_button;
  GtkWidget *close_button;
  GtkButton *retry_button;
};

G_DEFINE_FINAL_TYPE (TokBulkDialog, tok_bulk_dialog, ADW_TYPE_WINDOW)

enum {
  PROP_SESSION = 1,
  PROP_BULK,
  N_PROPS,
};

enum {
  SIGNAL_DONE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static int
compare_levels (gconstpointer a, gconstpointer b)
{
  return (int) tok_grant_get_level (*(TokGrant *const *) b)
         - (int) tok_grant_get_level (*(TokGrant *const *) a);
}

/* In an emergency the worst ones go first, and whoever is asked sees them first. */
static GPtrArray *
sort (GPtrArray *grants)
{
  GPtrArray *sorted = g_ptr_array_new_full (grants->len, g_object_unref);

  for (guint i = 0; i < grants->len; i++)
    g_ptr_array_add (sorted, g_object_ref (grants->pdata[i]));
  g_ptr_array_sort (sorted, compare_levels);
  return sorted;
}

/* What destroys nothing has the focus; there is one such button at any time. */
static void
move_focus (TokBulkDialog *self)
{
  GtkWidget *places[] = { self->cancel_button, self->stop_button, self->close_button };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (gtk_widget_get_visible (gtk_widget_get_parent (places[i])))
      gtk_widget_grab_focus (places[i]);
}

static void
say (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
add_asked (TokBulkDialog *self, guint n)
{
  g_autofree char *warning = tok_bulk_words_dup_warning (self->bulk, n);

  tok_bulk_group_add (self->all, tok_bulk_get_grant (self->bulk, n), warning);
}

/* What would sign out stands where it is seen first, though it goes last. */
static void
show_question (TokBulkDialog *self)
{
  guint n_items = tok_bulk_get_n_items (self->bulk);
  g_autofree char *levels = tok_bulk_words_dup_levels (self->bulk);
  g_autofree char *own = tok_bulk_words_describe_own (NULL, self->bulk);

  tok_bulk_group_set_title (self->all, levels);
  say (self->own, own);
  for (guint i = 0; i < n_items; i++)
    if (tok_bulk_get_is_own (self->bulk, i))
      add_asked (self, i);
  for (guint i = 0; i < n_items; i++)
    if (!tok_bulk_get_is_own (self->bulk, i))
      add_asked (self, i);
}

static void
show_report (TokBulkDialog *self)
{
  TokAccount *account = tok_session_get_account (self->session);

  tok_bulk_report_show (self->report, self->bulk,
                        account != NULL ? tok_account_get_login_id (account) : NULL);
}

static gboolean
is_listed (TokBulkDialog *self, TokGrant *grant)
{
  TokGrantStore *store = tok_grant_get_token (grant) != NULL
                             ? tok_session_get_tokens (self->session)
                             : tok_session_get_apps (self->session);

  return tok_grant_get_state (grant) != TOK_GRANT_GONE
         && tok_grant_store_find (store, tok_grant_get_key (grant)) == grant;
}

/* Nothing can be sent for who isn't signed in any more. */
static GPtrArray *
list_left (TokBulkDialog *self)
{
  TokSessionState state = tok_session_get_state (self->session);
  GPtrArray *left = g_ptr_array_new_with_free_func (g_object_unref);

  if (state == TOK_SESSION_ENDED || state == TOK_SESSION_SIGNED_OUT)
    return left;
  for (guint i = 0; i < tok_bulk_get_n_items (self->bulk); i++) {
    TokGrant *grant = tok_bulk_get_grant (self->bulk, i);

    if (tok_bulk_get_outcome (self->bulk, i, NULL) != TOK_BULK_GONE && is_listed (self, grant))
      g_ptr_array_add (left, g_object_ref (grant));
  }
  return left;
}

/* A later list, or the end of the session, may leave none. */
static void
update_retry (TokBulkDialog *self)
{
  g_autoptr (GPtrArray) left = NULL;
  g_autofree char *label = NULL;

  if (tok_bulk_get_state (self->bulk) != TOK_BULK_DONE)
    return;
  left = list_left (self);
  label = tok_bulk_words_dup_retry (left->len);
  gtk_button_set_label (self->retry_button, label);
  g_object_set (gtk_button_get_child (self->retry_button), "wrap", TRUE, "justify",
                GTK_JUSTIFY_CENTER, NULL);
  if (left->len == 0 && gtk_widget_has_focus (GTK_WIDGET (self->retry_button)))
    move_focus (self);
  gtk_widget_set_visible (GTK_WIDGET (self->retry_button), left->len > 0);
}

/* The bindings have done their part by now. */
static void
follow (TokBulkDialog *self)
{
  TokBulkState state = tok_bulk_get_state (self->bulk);

  /* Buttons take the place of others, and closing means something else: a hasty hand may have meant
   * what was there before. */
  tok_haste_guard_unsettle (self->guard);
  if (state == TOK_BULK_DONE) {
    show_report (self);
    update_retry (self);
  }
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  move_focus (self);
  if (state == TOK_BULK_DONE)
    g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static void
on_state_changed (TokBulkDialog *self)
{
  gboolean is_at_work = tok_bulk_words_is_at_work (NULL, tok_bulk_get_state (self->bulk));

  if (is_at_work == self->is_at_work)
    return;
  self->is_at_work = is_at_work;
  follow (self);
}

static void
follow_bulk (TokBulkDialog *self)
{
  g_signal_connect_object (self->bulk, "notify::state", G_CALLBACK (on_state_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
follow_lists (TokBulkDialog *self)
{
  GObject *places[] = { G_OBJECT (tok_session_get_tokens (self->session)),
                        G_OBJECT (tok_session_get_apps (self->session)) };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_signal_connect_object (places[i], "notify::as-of", G_CALLBACK (update_retry), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (update_retry), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* No second question: it was asked, and it is the same ones. */
static void
on_retry (TokBulkDialog *self)
{
  g_autoptr (GPtrArray) left = list_left (self);
  g_autoptr (TokBulk) bulk = NULL;

  if (left->len == 0)
    return;
  bulk = tok_bulk_new (self->session, left);
  tok_bulk_start (bulk);
  g_signal_handlers_disconnect_by_data (self->bulk, self);
  g_set_object (&self->bulk, bulk);
  follow_bulk (self);
  self->is_at_work = tok_bulk_words_is_at_work (NULL, tok_bulk_get_state (bulk));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BULK]);
  follow (self);
}

static void
on_yes (TokBulkDialog *self)
{
  tok_bulk_start (self->bulk);
}

static void
on_stop (TokBulkDialog *self)
{
  tok_bulk_stop (self->bulk);
}

/* What is on its way is waited for, and then there is a report to be read. */
static gboolean
tok_bulk_dialog_close_request (GtkWindow *window)
{
  TokBulkDialog *self = TOK_BULK_DIALOG (window);
  TokBulkState state = tok_bulk_get_state (self->bulk);

  if (!tok_haste_guard_get_is_settled (self->guard))
    return TRUE;
  if (state == TOK_BULK_NEW || state == TOK_BULK_DONE)
    return GTK_WINDOW_CLASS (tok_bulk_dialog_parent_class)->close_request (window);
  tok_bulk_stop (self->bulk);
  return TRUE;
}

static void
tok_bulk_dialog_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokBulkDialog *self = TOK_BULK_DIALOG (object);

  switch (prop_id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_BULK:
    g_value_set_object (value, self->bulk);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_bulk_dialog_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  TokBulkDialog *self = TOK_BULK_DIALOG (object);

  switch (prop_id) {
  case PROP_SESSION:
    self->session = g_value_dup_object (value);
    break;
  case PROP_BULK:
    self->bulk = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_bulk_dialog_constructed (GObject *object)
{
  TokBulkDialog *self = TOK_BULK_DIALOG (object);
  g_autofree char *title = tok_bulk_words_title (object, self->bulk);
  g_autofree char *yes = tok_bulk_words_label_yes (object, self->bulk);

  G_OBJECT_CLASS (tok_bulk_dialog_parent_class)->constructed (object);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->yes_label, yes);
  self->guard = tok_haste_guard_new (GTK_WIDGET (self));
  show_question (self);
  follow_bulk (self);
  follow_lists (self);
  move_focus (self);
}

/* Whoever destroys it in the middle doesn't want to know any more; what was sent stays sent. */
static void
tok_bulk_dialog_dispose (GObject *object)
{
  TokBulkDialog *self = TOK_BULK_DIALOG (object);

  g_clear_object (&self->guard);
  if (self->bulk != NULL)
    g_signal_handlers_disconnect_by_data (self->bulk, self);

  G_OBJECT_CLASS (tok_bulk_dialog_parent_class)->dispose (object);
}

static void
tok_bulk_dialog_finalize (GObject *object)
{
  TokBulkDialog *self = TOK_BULK_DIALOG (object);

  g_clear_object (&self->bulk);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tok_bulk_dialog_parent_class)->finalize (object);
}

static void
bind_words (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_can_stop);
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_describe);
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_heading);
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_is_asking);
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_is_at_work);
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_is_done);
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_label_stop);
  gtk_widget_class_bind_template_child (widget_class, TokBulkDialog, yes_label);
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_title);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_sample);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TokBulkDialog, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TokBulkDialog, lead);
  gtk_widget_class_bind_template_child (widget_class, TokBulkDialog, own);
  gtk_widget_class_bind_template_child (widget_class, TokBulkDialog, all);
  gtk_widget_class_bind_template_child (widget_class, TokBulkDialog, report);
  gtk_widget_class_bind_template_child (widget_class, TokBulkDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, TokBulkDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, TokBulkDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, TokBulkDialog, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_yes);
}

static void
tok_bulk_dialog_class_init (TokBulkDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_bulk_dialog_get_property;
  object_class->set_property = tok_bulk_dialog_set_property;
  object_class->constructed = tok_bulk_dialog_constructed;
  object_class->dispose = tok_bulk_dialog_dispose;
  object_class->finalize = tok_bulk_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = tok_bulk_dialog_close_request;

  /**
   * TokBulkDialog:session:
   *
   * Whose they are.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokBulkDialog:bulk:
   *
   * What it asks about, shows and reports; another one when somebody tries again with those left.
   */
  properties[PROP_BULK]
      = g_param_spec_object ("bulk", NULL, NULL, TOK_TYPE_BULK,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokBulkDialog::done:
   * @self: A dialog.
   *
   * It is over, and the report is shown. Who cancels doesn't cause it.
   */
  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TOK_TYPE_BULK_GROUP);
  g_type_ensure (TOK_TYPE_BULK_PROGRESS);
  g_type_ensure (TOK_TYPE_BULK_REPORT);
  g_type_ensure (TOK_TYPE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-bulk-dialog.ui");
  bind_children (widget_class);
  bind_words (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tok_bulk_dialog_init (TokBulkDialog *self)
{
}

/**
 * tok_bulk_dialog_new:
 * @parent: (nullable): The window that it belongs to.
 * @session: A session.
 * @grants: (element-type TokGrant): Tokens in its list, or apps in its list; at least one.
 *
 * Returns: (transfer none): A dialog, to be presented.
 */
TokBulkDialog *
tok_bulk_dialog_new (GtkWindow *parent, TokSession *session, GPtrArray *grants)
{
  g_autoptr (GPtrArray) sorted = NULL;
  g_autoptr (TokBulk) bulk = NULL;

  g_return_val_if_fail (TOK_IS_SESSION (session), NULL);
  g_return_val_if_fail (grants != NULL && grants->len > 0, NULL);

  sorted = sort (grants);
  bulk = tok_bulk_new (session, sorted);
  return g_object_new (TOK_TYPE_BULK_DIALOG, "session", session, "bulk", bulk, "transient-for",
                       parent, "application",
                       parent != NULL ? gtk_window_get_application (parent) : NULL, NULL);
}

/**
 * tok_bulk_dialog_get_bulk:
 * @self: A dialog.
 *
 * Returns: (transfer none): What it asks about, shows and reports.
 */
TokBulk *
tok_bulk_dialog_get_bulk (TokBulkDialog *self)
{
  g_return_val_if_fail (TOK_IS_BULK_DIALOG (self), NULL);

  return self->bulk;
}

/**
 * tok_bulk_dialog_set_lead:
 * @self: A dialog.
 * @lead: (nullable): A sentence or two; no markup.
 *
 * Says first which ones they are.
 */
void
tok_bulk_dialog_set_lead (TokBulkDialog *self, const char *lead)
{
  g_return_if_fail (TOK_IS_BULK_DIALOG (self));

  say (self->lead, lead);
}
