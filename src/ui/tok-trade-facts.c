/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-trade-facts.h"

#include "tok-account.h"
#include "tok-activity.h"
#include "tok-app.h"
#include "tok-closures.h"
#include "tok-error-note.h"
#include "tok-grant.h"
#include "tok-sentence.h"
#include "tok-session.h"
#include "tok-text.h"
#include "tok-trade-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define SLOW_AFTER_MS 400

/* What an app did with its access, as far as the service tells. */
struct _TokTradeFacts {
  GtkWidget parent_instance;

  TokGrant *grant;
  TokSession *session;
  gboolean is_waiting;
  guint slow_id;

  GtkWidget *box;
  GtkSpinner *spinner;
  GtkWidget *place;
  GtkWidget *list_box;
  AdwActionRow *contracts;
  AdwActionRow *result;
  AdwActionRow *last_trade;
  AdwActionRow *open;
  AdwActionRow *markup;
  TokErrorNote *failure;
  GtkLabel *note;
  GtkWidget *money_note;
};

G_DEFINE_FINAL_TYPE (TokTradeFacts, tok_trade_facts, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_GRANT,
  PROP_SESSION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static TokActivity *
get_activity (TokTradeFacts *self)
{
  return self->session != NULL ? tok_session_get_activity (self->session) : NULL;
}

static TokApp *
get_app (TokTradeFacts *self)
{
  return self->grant != NULL ? tok_grant_get_app (self->grant) : NULL;
}

static const char *
get_currency (TokTradeFacts *self)
{
  TokAccount *account = tok_session_get_account (self->session);

  return account != NULL ? tok_account_get_currency (account) : "";
}

static gboolean
can_trade (TokApp *app)
{
  return (tok_app_get_scopes (app) & (TOK_SCOPE_TRADE | TOK_SCOPE_ADMIN | TOK_SCOPE_UNKNOWN)) != 0;
}

/* What the service tells by program is trades alone. */
static gboolean
can_move_money (TokApp *app)
{
  return (tok_app_get_scopes (app) & (TOK_SCOPE_PAYMENTS | TOK_SCOPE_UNKNOWN)) != 0;
}

/* %NULL for what there is nothing to say of. */
static void
say (AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);
}

static void
say_last_trade (TokTradeFacts *self, const TokTradeSummary *summary)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (summary->last_trade);
  g_autofree char *ago = tok_trade_words_for_last_trade (summary, now);
  g_autofree char *exactly = ago != NULL && time != NULL ? tok_text_from_time (time) : NULL;

  say (self->last_trade, ago);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->last_trade), exactly);
}

static void
say_numbers (TokTradeFacts *self, const TokTradeSummary *summary)
{
  const char *currency = get_currency (self);
  gboolean has_traded = summary->n_contracts > 0;
  g_autofree char *contracts = tok_trade_words_for_contracts (summary, currency);
  g_autofree char *result = tok_trade_words_for_result (summary, currency);
  g_autofree char *open = tok_trade_words_for_open (summary, currency);
  g_autofree char *markup
      = tok_trade_words_for_markup (summary, currency, tok_app_get_markup (get_app (self)));

  say (self->contracts, contracts);
  say (self->result, has_traded ? result : NULL);
  say_last_trade (self, summary);
  say (self->open, has_traded || summary->n_open > 0 ? open : NULL);
  say (self->markup, markup);
}

/* As much as an app of its kind has to tell as a rule. */
static void
say_nothing_yet (TokTradeFacts *self)
{
  gboolean is_long = can_trade (get_app (self));

  say (self->contracts, "…");
  say (self->result, is_long ? "…" : NULL);
  say (self->last_trade, is_long ? "…" : NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->last_trade), NULL);
  say (self->open, is_long ? "…" : NULL);
  say (self->markup, NULL);
}

/* An app may use other accounts as well, of which this one knows nothing. */
static char *
describe_source (TokTradeFacts *self, gboolean is_partial)
{
  GDateTime *as_of = tok_activity_get_as_of (get_activity (self));
  g_autofree char *account
      = tok_closure_describe_account (NULL, tok_session_get_account (self->session));
  g_autofree char *time = as_of != NULL ? tok_text_from_time_of_day (as_of) : NULL;

  if (account == NULL)
    return NULL;
  if (time == NULL)
    /* Translators: %s is a login id. */
    return g_strdup_printf (_ ("In the account %s"), account);
  if (is_partial)
    return g_strdup_printf (
        /* Translators: the first %s is a login id, the second a time of day. */
        _ ("In the account %s, as of %s. There were more trades than this program reads; the "
           "numbers are of the newest ones."),
        account, time);
  /* Translators: the first %s is a login id, the second a time of day. */
  return g_strdup_printf (_ ("In the account %s, as of %s"), account, time);
}

static void
say_failure (TokTradeFacts *self, const GError *error, gboolean has_numbers)
{
  g_autofree char *sentence = NULL;

  if (error != NULL)
    sentence = g_strdup_printf (
        /* Translators: %s is a sentence that says why. */
        has_numbers ? _ ("Couldn’t bring these numbers up to date. %s")
                    : _ ("Couldn’t find out what it did. %s"),
        tok_sentence_from_error (error));
  tok_error_note_say (self->failure, sentence, error != NULL ? error->message : NULL, _ ("Retry"));
}

/* What came in the place of something longer doesn't move what is below. */
static void
set_is_waiting (TokTradeFacts *self, gboolean is_waiting)
{
  if (self->is_waiting == is_waiting)
    return;
  self->is_waiting = is_waiting;
  if (!is_waiting && gtk_widget_get_mapped (self->place))
    gtk_widget_set_size_request (self->place, -1, gtk_widget_get_height (self->place));
}

static void
update (TokTradeFacts *self)
{
  TokActivity *activity = get_activity (self);
  TokTradeSummary summary = { 0 };
  g_autofree char *source = NULL;
  gboolean has_numbers;
  gboolean is_waiting;

  gtk_widget_set_visible (GTK_WIDGET (self), activity != NULL && get_app (self) != NULL);
  if (activity == NULL || get_app (self) == NULL)
    return;
  has_numbers = tok_activity_get_summary (activity, tok_app_get_app_id (get_app (self)), &summary);
  is_waiting = tok_activity_get_state (activity) == TOK_ACTIVITY_NEW
               || tok_activity_get_state (activity) == TOK_ACTIVITY_LOADING;
  set_is_waiting (self, is_waiting);
  if (has_numbers)
    say_numbers (self, &summary);
  else
    say_nothing_yet (self);
  gtk_widget_set_visible (self->list_box, has_numbers || is_waiting);
  say_failure (self, tok_activity_get_error (activity), has_numbers);
  if (tok_activity_get_state (activity) == TOK_ACTIVITY_NO_SCOPE)
    source = g_strdup (_ ("Not available with the permissions of the token this program is signed "
                          "in with."));
  else if (has_numbers || is_waiting)
    source = describe_source (self, summary.is_partial);
  gtk_label_set_label (self->note, source != NULL ? source : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), source != NULL);
  gtk_widget_set_visible (self->money_note,
                          (has_numbers || is_waiting) && can_move_money (get_app (self)));
}

static void
on_slow (gpointer data)
{
  TokTradeFacts *self = TOK_TRADE_FACTS (data);

  self->slow_id = 0;
  gtk_spinner_start (self->spinner);
}

/* A spinner only after a moment: most answers are there before anyone could read it. */
static void
on_loading_changed (TokTradeFacts *self)
{
  TokActivity *activity = get_activity (self);
  gboolean loads = activity != NULL && tok_activity_get_loading (activity)
                   && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (!loads) {
    g_clear_handle_id (&self->slow_id, g_source_remove);
    gtk_spinner_stop (self->spinner);
  } else if (self->slow_id == 0 && !gtk_spinner_get_spinning (self->spinner)) {
    self->slow_id = g_timeout_add_once (SLOW_AFTER_MS, on_slow, self);
  }
}

static void
on_activity_changed (TokTradeFacts *self)
{
  update (self);
  on_loading_changed (self);
}

/* Nothing is asked for that nobody looks at. */
static void
load (TokTradeFacts *self)
{
  TokActivity *activity = get_activity (self);

  if (activity != NULL && get_app (self) != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    tok_activity_load (activity);
}

/* The button goes, and its focus with it. */
static void
on_retry (TokTradeFacts *self)
{
  load (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->contracts));
}

/* For another app or account than before. */
static void
start_anew (TokTradeFacts *self)
{
  gtk_widget_set_size_request (self->place, -1, -1);
  self->is_waiting = FALSE;
  load (self);
  on_activity_changed (self);
}

static void
set_session (TokTradeFacts *self, TokSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (get_activity (self), self);
  g_set_object (&self->session, session);
  if (session != NULL) {
    g_signal_connect_object (get_activity (self), "changed", G_CALLBACK (on_activity_changed), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (get_activity (self), "notify", G_CALLBACK (on_activity_changed), self,
                             G_CONNECT_SWAPPED);
  }
  start_anew (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
set_grant (TokTradeFacts *self, TokGrant *grant)
{
  if (self->grant == grant)
    return;
  if (self->grant != NULL)
    g_signal_handlers_disconnect_by_data (self->grant, self);
  g_set_object (&self->grant, grant);
  if (grant != NULL)
    g_signal_connect_object (grant, "notify::app", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  start_anew (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GRANT]);
}

static void
tok_trade_facts_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tok_trade_facts_parent_class)->map (widget);
  start_anew (TOK_TRADE_FACTS (widget));
}

static void
tok_trade_facts_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tok_trade_facts_parent_class)->unmap (widget);
  on_loading_changed (TOK_TRADE_FACTS (widget));
}

static void
tok_trade_facts_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokTradeFacts *self = TOK_TRADE_FACTS (object);

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
tok_trade_facts_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  TokTradeFacts *self = TOK_TRADE_FACTS (object);

  switch (prop_id) {
  case PROP_GRANT:
    set_grant (self, g_value_get_object (value));
    break;
  case PROP_SESSION:
    set_session (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_trade_facts_dispose (GObject *object)
{
  TokTradeFacts *self = TOK_TRADE_FACTS (object);

  g_clear_handle_id (&self->slow_id, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (get_activity (self), self);
  g_clear_object (&self->session);
  g_clear_object (&self->grant);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_trade_facts_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (TOK_TYPE_ERROR_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-trade-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, box);
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, spinner);
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, place);
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, list_box);
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, contracts);
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, result);
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, last_trade);
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, open);
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, markup);
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, failure);
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, note);
  gtk_widget_class_bind_template_child (widget_class, TokTradeFacts, money_note);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
tok_trade_facts_class_init (TokTradeFactsClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_trade_facts_get_property;
  object_class->set_property = tok_trade_facts_set_property;
  object_class->dispose = tok_trade_facts_dispose;
  widget_class->map = tok_trade_facts_map;
  widget_class->unmap = tok_trade_facts_unmap;

  /**
   * TokTradeFacts:grant:
   *
   * The app; of a token nothing is said, since the service doesn't know which one was used.
   */
  properties[PROP_GRANT] = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT, flags);
  /**
   * TokTradeFacts:session:
   *
   * Whose account it is about.
   */
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_trade_facts_init (TokTradeFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}
