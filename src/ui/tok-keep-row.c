/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keep-row.h"

#include "tok-error.h"
#include "tok-sentence.h"
#include "tok-session.h"
#include "tok-token.h"

#include <glib/gi18n-lib.h>

/* A switch that keeps a copy of a new token's secret, or forgets it, and says what came of it. */
struct _TokKeepRow {
  AdwActionRow parent_instance;

  TokSession *session;
  TokToken *token;
  gboolean is_wanted;        /* what the switch says */
  gboolean is_kept;          /* what the keyring has confirmed */
  gboolean is_working;       /* on making them the same */
  GError *error;             /* why they weren't made the same */
  gboolean failed_to_keep;   /* and not to forget */
  GCancellable *cancellable; /* while it is being unlocked */

  GtkSwitch *keep_switch;
  GtkButton *way_on;
};

G_DEFINE_FINAL_TYPE (TokKeepRow, tok_keep_row, ADW_TYPE_ACTION_ROW)

enum {
  PROP_0,
  PROP_IS_KEPT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* What was asked of a session. It goes on when the row is gone: who closes the dialog has not
 * changed his mind. */
typedef struct {
  TokKeepRow *row;
  TokToken *token;
  gboolean keeps;
} Call;

static void
free_call (Call *self)
{
  g_object_unref (self->row);
  g_object_unref (self->token);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, free_call)

static gboolean
is_strong (TokToken *token)
{
  return (tok_token_get_scopes (token) & (TOK_SCOPE_PAYMENTS | TOK_SCOPE_ADMIN | TOK_SCOPE_UNKNOWN))
         != 0;
}

static gboolean
is_locked (const GError *error)
{
  return g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_LOCKED)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_DISMISSED);
}

static const char *
explain (TokKeepRow *self)
{
  if (!tok_session_get_can_keep_copies (self->session))
    return _ ("There is nowhere to keep it.");
  if (g_error_matches (self->error, TOK_ERROR, TOK_ERROR_VAULT_LOCKED))
    return _ ("Your keyring is locked.");
  if (g_error_matches (self->error, TOK_ERROR, TOK_ERROR_VAULT_DISMISSED))
    return _ ("The keyring stayed locked.");
  if (g_error_matches (self->error, TOK_ERROR, TOK_ERROR_VAULT_MISSING))
    return _ ("There is no keyring on this computer.");
  return tok_sentence_for_failed_copy (self->error);
}

static const char *
describe_rest (TokKeepRow *self)
{
  gboolean are_lasting = tok_session_get_copies_are_lasting (self->session);

  if (self->is_kept)
    return are_lasting ? _ ("It is in your keyring: the token’s details show it again.")
                       : _ ("The token’s details show it again until you quit.");
  if (!tok_session_get_can_keep_copies (self->session))
    return _ ("There is nowhere to keep it.");
  if (is_strong (self->token) && are_lasting)
    return _ ("Whoever can use your unlocked keyring would have this token, too.");
  return _ ("The token’s details could show it again.");
}

static char *
describe (TokKeepRow *self)
{
  if (self->is_working)
    return g_strdup (self->is_kept ? _ ("Forgetting it…") : _ ("Keeping it…"));
  if (self->error != NULL)
    /* Translators: %s is a sentence that says why. */
    return g_strdup_printf (self->failed_to_keep ? _ ("Not kept. %s") : _ ("Still kept. %s"),
                            explain (self));
  return g_strdup (describe_rest (self));
}

static void
say (TokKeepRow *self)
{
  g_autofree char *subtitle = self->token != NULL ? describe (self) : NULL;
  gboolean has_failed = self->error != NULL && !self->is_working;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_button_set_label (self->way_on, is_locked (self->error) ? _ ("Unlock") : _ ("Retry"));
  gtk_widget_set_visible (GTK_WIDGET (self->way_on), has_failed);
}

static void
set_is_kept (TokKeepRow *self, gboolean is_kept)
{
  if (self->is_kept == is_kept)
    return;
  self->is_kept = is_kept;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_KEPT]);
}

static void work (TokKeepRow *self);

static void
aim (TokKeepRow *self, gboolean is_wanted)
{
  self->is_wanted = is_wanted;
  if (self->token != NULL && !self->is_working && self->is_wanted != self->is_kept)
    work (self);
}

/* The switch shows what is true, and goes on to where somebody has put it meanwhile, if he has.
 * In GTK 4.8 the switch moves with its state and back, and says so. In newer versions it stays
 * where it is and says nothing, so what is wanted is looked at once more. */
static void
settle (TokKeepRow *self, gboolean is_wanted)
{
  self->is_working = FALSE;
  gtk_switch_set_state (self->keep_switch, self->is_kept);
  gtk_switch_set_active (self->keep_switch, is_wanted);
  aim (self, is_wanted);
  say (self);
}

static void
end_work (Call *call, gboolean is_done, const GError *error)
{
  TokKeepRow *self = call->row;

  /* It was about another one. */
  if (self->token != call->token)
    return;
  if (is_done) {
    set_is_kept (self, call->keeps);
    settle (self, self->is_wanted);
    return;
  }
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  self->failed_to_keep = call->keeps;
  settle (self, self->is_kept);
}

static void
on_keep_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = tok_session_keep_copy_finish (TOK_SESSION (source), result, &error);

  end_work (call, is_done, error);
}

static void
on_forget_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = tok_session_forget_copy_finish (TOK_SESSION (source), result, &error);

  end_work (call, is_done, error);
}

static void
work (TokKeepRow *self)
{
  const char *name = tok_token_get_name (self->token);
  Call *call = g_new0 (Call, 1);

  call->row = g_object_ref (self);
  call->token = g_object_ref (self->token);
  call->keeps = self->is_wanted;
  g_clear_error (&self->error);
  self->is_working = TRUE;
  say (self);
  if (call->keeps)
    tok_session_keep_copy_async (self->session, name, tok_token_get_listed_value (self->token),
                                 NULL, on_keep_ready, call);
  else
    tok_session_forget_copy_async (self->session, name, NULL, on_forget_ready, call);
}

static gboolean
on_state_set (TokKeepRow *self, gboolean is_on)
{
  aim (self, is_on);
  return TRUE;
}

static void
on_unlock_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokKeepRow *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_open = tok_session_unlock_copies_finish (TOK_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (is_open) {
    gtk_switch_set_active (self->keep_switch, self->failed_to_keep);
    return;
  }
  /* Somebody has found another way meanwhile. */
  if (self->is_working || self->error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  say (self);
}

static void
on_way_on (TokKeepRow *self)
{
  if (!is_locked (self->error)) {
    gtk_switch_set_active (self->keep_switch, self->failed_to_keep);
  } else if (self->cancellable == NULL) {
    self->cancellable = g_cancellable_new ();
    tok_session_unlock_copies_async (self->session, self->cancellable, on_unlock_ready, self);
  }
}

static void
let_go (TokKeepRow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->token);
  g_clear_error (&self->error);
}

static void
tok_keep_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_IS_KEPT:
    g_value_set_boolean (value, TOK_KEEP_ROW (object)->is_kept);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_keep_row_dispose (GObject *object)
{
  let_go (TOK_KEEP_ROW (object));

  G_OBJECT_CLASS (tok_keep_row_parent_class)->dispose (object);
}

static void
tok_keep_row_class_init (TokKeepRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_keep_row_get_property;
  object_class->dispose = tok_keep_row_dispose;

  /**
   * TokKeepRow:is-kept:
   *
   * Whether there is a copy, as far as was confirmed.
   */
  properties[PROP_IS_KEPT]
      = g_param_spec_boolean ("is-kept", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-keep-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TokKeepRow, keep_switch);
  gtk_widget_class_bind_template_child (widget_class, TokKeepRow, way_on);
  gtk_widget_class_bind_template_callback (widget_class, on_state_set);
  gtk_widget_class_bind_template_callback (widget_class, on_way_on);
}

static void
tok_keep_row_init (TokKeepRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_keep_row_set_token:
 * @self: A row.
 * @session: (nullable): Whose token it is.
 * @token: (nullable): A token whose listed value is its secret; %NULL to let go of the last one.
 *
 * Begins anew with @token. A copy is kept at once, unless the token can move money or do more than
 * that: then somebody has to want it.
 */
void
tok_keep_row_set_token (TokKeepRow *self, TokSession *session, TokToken *token)
{
  gboolean can_keep;

  g_return_if_fail (TOK_IS_KEEP_ROW (self));
  g_return_if_fail (token == NULL || (TOK_IS_SESSION (session) && TOK_IS_TOKEN (token)));

  let_go (self);
  set_is_kept (self, FALSE);
  settle (self, FALSE);
  if (token == NULL)
    return;
  self->session = g_object_ref (session);
  self->token = g_object_ref (token);
  can_keep = tok_session_get_can_keep_copies (session);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 tok_session_get_copies_are_lasting (session) || !can_keep
                                     ? _ ("Keep a Copy in My Keyring")
                                     : _ ("Keep a Copy until I Quit"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep_switch), can_keep);
  say (self);
  if (can_keep && !is_strong (token))
    gtk_switch_set_active (self->keep_switch, TRUE);
}

/**
 * tok_keep_row_get_is_kept:
 * @self: A row.
 *
 * Returns: Whether there is a copy that outlives this run, as far as was confirmed.
 */
gboolean
tok_keep_row_get_is_kept (TokKeepRow *self)
{
  g_return_val_if_fail (TOK_IS_KEEP_ROW (self), FALSE);

  return self->is_kept && self->session != NULL
         && tok_session_get_copies_are_lasting (self->session);
}
