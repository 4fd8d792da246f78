/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-unlisted-note.h"

#include "tok-account.h"
#include "tok-activity.h"
#include "tok-grant-store.h"
#include "tok-session.h"
#include "tok-trade-words.h"

#include <adwaita.h>

/* What programs did that are not among the connected apps, where they did anything; a way to the
 * tokens, by which they probably did. */
struct _TokUnlistedNote {
  GtkWidget parent_instance;

  TokSession *session;

  GtkWidget *list_box;
  AdwActionRow *row;
};

G_DEFINE_FINAL_TYPE (TokUnlistedNote, tok_unlisted_note, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* Without a list nobody knows who is not in it. */
static gboolean
sum_up (TokUnlistedNote *self, TokTradeSummary *summary)
{
  TokGrantStore *apps = self->session != NULL ? tok_session_get_apps (self->session) : NULL;

  return apps != NULL && tok_session_get_account (self->session) != NULL
         && tok_grant_store_get_state (apps) == TOK_GRANT_STORE_LISTED
         && tok_activity_get_unlisted (tok_session_get_activity (self->session), apps, summary);
}

static void
update (TokUnlistedNote *self)
{
  TokTradeSummary summary = { 0 };
  gboolean has_numbers = sum_up (self, &summary);
  g_autofree char *title = has_numbers ? tok_trade_words_for_unlisted (&summary) : NULL;
  g_autofree char *detail = NULL;

  gtk_widget_set_visible (self->list_box, title != NULL);
  if (title == NULL)
    return;
  detail = tok_trade_words_for_unlisted_detail (
      &summary, tok_account_get_currency (tok_session_get_account (self->session)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
  adw_action_row_set_subtitle (self->row, detail);
}

/* Once, and quietly: who wants newer numbers looks at one of the apps. */
static void
load (TokUnlistedNote *self)
{
  TokActivity *activity;

  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  activity = tok_session_get_activity (self->session);
  if (tok_grant_store_get_state (tok_session_get_apps (self->session)) == TOK_GRANT_STORE_LISTED
      && tok_activity_get_state (activity) == TOK_ACTIVITY_NEW)
    tok_activity_load (activity);
}

static void
on_list_changed (TokUnlistedNote *self)
{
  load (self);
  update (self);
}

static void
set_session (TokUnlistedNote *self, TokSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL) {
    g_signal_handlers_disconnect_by_data (tok_session_get_activity (self->session), self);
    g_signal_handlers_disconnect_by_data (tok_session_get_apps (self->session), self);
  }
  g_set_object (&self->session, session);
  if (session != NULL) {
    TokGrantStore *apps = tok_session_get_apps (session);

    g_signal_connect_object (tok_session_get_activity (session), "changed", G_CALLBACK (update),
                             self, G_CONNECT_SWAPPED);
    g_signal_connect_object (apps, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (apps, "notify::state", G_CALLBACK (on_list_changed), self,
                             G_CONNECT_SWAPPED);
  }
  on_list_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
tok_unlisted_note_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tok_unlisted_note_parent_class)->map (widget);
  load (TOK_UNLISTED_NOTE (widget));
}

static void
tok_unlisted_note_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SESSION:
    g_value_set_object (value, TOK_UNLISTED_NOTE (object)->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_unlisted_note_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SESSION:
    set_session (TOK_UNLISTED_NOTE (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_unlisted_note_dispose (GObject *object)
{
  TokUnlistedNote *self = TOK_UNLISTED_NOTE (object);

  if (self->list_box != NULL)
    set_session (self, NULL);
  g_clear_pointer (&self->list_box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_unlisted_note_parent_class)->dispose (object);
}

static void
tok_unlisted_note_class_init (TokUnlistedNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_unlisted_note_get_property;
  object_class->set_property = tok_unlisted_note_set_property;
  object_class->dispose = tok_unlisted_note_dispose;
  widget_class->map = tok_unlisted_note_map;

  /**
   * TokUnlistedNote:session:
   *
   * Whose account it is about.
   */
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-unlisted-note.ui");
  gtk_widget_class_bind_template_child (widget_class, TokUnlistedNote, list_box);
  gtk_widget_class_bind_template_child (widget_class, TokUnlistedNote, row);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_unlisted_note_init (TokUnlistedNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
