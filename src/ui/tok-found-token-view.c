/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-found-token-view.h"

#include "tok-access-view.h"
#include "tok-account.h"
#include "tok-closures.h"
#include "tok-found-token-words.h"
#include "tok-grant.h"
#include "tok-sentence.h"
#include "tok-text.h"
#include "tok-token-probe.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* What the service says about a token: whose it is, what it can do, which of the listed ones it is,
 * and how it can be deleted. */
struct _TokFoundTokenView {
  GtkWidget parent_instance;

  TokTokenProbe *probe;
  TokGrant *tested;
  TokAccount *owner;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (TokFoundTokenView, tok_found_token_view, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_PROBE,
  PROP_TESTED,
  PROP_OWNER,
  N_PROPS,
};

enum {
  SIGNAL_DELETE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
choose_icon (GObject *object, TokAccount *account)
{
  return tok_closure_choose_level_icon (
      object, tok_access_level_from_scopes (tok_account_get_scopes (account)));
}

static char *
describe_heading (GObject *object,
                  TokTokenProbe *probe,
                  TokGrant *tested,
                  TokAccount *owner,
                  TokGrantState state)
{
  return state == TOK_GRANT_GONE ? g_strdup (_ ("This Token Is Deleted"))
                                 : tok_found_token_words_dup_heading (probe, tested, owner);
}

static char *
describe_access (GObject *object, TokAccount *account, TokGrantState state)
{
  return state == TOK_GRANT_GONE ? g_strdup (_ ("Nobody can use it any more."))
                                 : tok_closure_describe_account_access (object, account);
}

static char *
describe_row (GObject *object,
              TokTokenProbe *probe,
              TokGrant *tested,
              TokAccount *owner,
              TokGrantState state)
{
  g_autofree char *name = NULL;

  if (state != TOK_GRANT_GONE)
    return tok_found_token_words_dup_row (probe, tested, owner);
  name = tok_text_quote_name (tok_grant_get_name (tok_token_probe_get_grant (probe)));
  /* Translators: %s is the name of a token that is deleted. */
  return g_strdup_printf (_ ("It was “%s”."), name);
}

static gboolean
may_be_own (GObject *object, TokTokenProbe *probe)
{
  return tok_token_probe_get_may_be_own (probe);
}

/* It is marked a moment after the list has come. */
static char *
describe_own (GObject *object, gboolean is_this_program)
{
  return g_strdup (is_this_program ? _ ("It is the one that this program is signed in with.")
                                   : _ ("It may be the one that this program is signed in with."));
}

static char *
describe_account (GObject *object, TokTokenProbe *probe)
{
  TokAccount *account = tok_token_probe_get_account (probe);
  g_autofree char *login_id = tok_closure_describe_account (object, account);
  g_autofree char *money = tok_closure_describe_money (object, account);
  const char *home = tok_token_probe_get_home (probe) != NULL
                         ? _ ("It is one of the accounts that you have here.")
                         : _ ("You aren’t signed in to it here.");

  return g_strdup_printf ("%s · %s\n%s", login_id, money, home);
}

static TokScopes
get_scopes (GObject *object, TokAccount *account)
{
  return tok_account_get_scopes (account);
}

static char **
dup_unknown_scopes (GObject *object, TokAccount *account)
{
  return g_strdupv ((char **) tok_account_get_unknown_scopes (account));
}

static gboolean
is_there (GObject *object, TokGrantState state)
{
  return state != TOK_GRANT_GONE;
}

/* Whoever tests a token that is in his list wants to hear that it works; it is deleted from there.
 */
static gboolean
offers_deletion (GObject *object,
                 TokTokenProbe *probe,
                 TokGrant *tested,
                 TokAccount *owner,
                 TokGrantState state)
{
  return tok_token_probe_get_can_delete (probe) && state != TOK_GRANT_WORKING
         && tok_found_token_words_judge (probe, tested, owner) != TOK_FOUND_TOKEN_EXPECTED;
}

/* How deleting goes; where it can't be done from here, how it can. */
static char *
describe_deletion (GObject *object, TokTokenProbe *probe, TokGrantState state)
{
  switch (state) {
  case TOK_GRANT_WORKING:
    return g_strdup (_ ("Deleting…"));
  case TOK_GRANT_FAILED:
    return tok_sentence_for_failed_revoke (tok_grant_get_error (tok_token_probe_get_grant (probe)),
                                           TRUE);
  case TOK_GRANT_IDLE:
    return tok_found_token_words_dup_way_on (probe);
  case TOK_GRANT_GONE:
  default:
    return NULL;
  }
}

static char **
weigh_deletion (GObject *object, TokGrantState state)
{
  const char *const classes[] = { state == TOK_GRANT_FAILED ? "failure" : NULL, NULL };

  return g_strdupv ((char **) classes);
}

static void
on_delete (TokFoundTokenView *self)
{
  g_signal_emit (self, signals[SIGNAL_DELETE], 0);
}

static void
tok_found_token_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokFoundTokenView *self = TOK_FOUND_TOKEN_VIEW (object);

  switch (prop_id) {
  case PROP_PROBE:
    g_value_set_object (value, self->probe);
    break;
  case PROP_TESTED:
    g_value_set_object (value, self->tested);
    break;
  case PROP_OWNER:
    g_value_set_object (value, self->owner);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_found_token_view_set_property (GObject *object,
                                   guint prop_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  TokFoundTokenView *self = TOK_FOUND_TOKEN_VIEW (object);

  switch (prop_id) {
  case PROP_PROBE:
    self->probe = g_value_dup_object (value);
    break;
  case PROP_TESTED:
    self->tested = g_value_dup_object (value);
    break;
  case PROP_OWNER:
    self->owner = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_found_token_view_constructed (GObject *object)
{
  G_OBJECT_CLASS (tok_found_token_view_parent_class)->constructed (object);

  gtk_widget_init_template (GTK_WIDGET (object));
}

static void
tok_found_token_view_dispose (GObject *object)
{
  TokFoundTokenView *self = TOK_FOUND_TOKEN_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->probe);
  g_clear_object (&self->tested);
  g_clear_object (&self->owner);

  G_OBJECT_CLASS (tok_found_token_view_parent_class)->dispose (object);
}

static void
tok_found_token_view_class_init (TokFoundTokenViewClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_found_token_view_get_property;
  object_class->set_property = tok_found_token_view_set_property;
  object_class->constructed = tok_found_token_view_constructed;
  object_class->dispose = tok_found_token_view_dispose;

  /**
   * TokFoundTokenView:probe:
   *
   * A probe that has run.
   */
  properties[PROP_PROBE] = g_param_spec_object ("probe", NULL, NULL, TOK_TYPE_TOKEN_PROBE, flags);
  /**
   * TokFoundTokenView:tested:
   *
   * The token that it is expected to be; %NULL for any.
   */
  properties[PROP_TESTED] = g_param_spec_object ("tested", NULL, NULL, TOK_TYPE_GRANT, flags);
  /**
   * TokFoundTokenView:owner:
   *
   * The account that the expected token is of.
   */
  properties[PROP_OWNER] = g_param_spec_object ("owner", NULL, NULL, TOK_TYPE_ACCOUNT, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokFoundTokenView::delete:
   * @self: A view.
   *
   * Somebody wants the token deleted.
   */
  signals[SIGNAL_DELETE] = g_signal_new ("delete", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TOK_TYPE_ACCESS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-found-token-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TokFoundTokenView, box);
  gtk_widget_class_bind_template_callback (widget_class, choose_icon);
  gtk_widget_class_bind_template_callback (widget_class, describe_access);
  gtk_widget_class_bind_template_callback (widget_class, describe_account);
  gtk_widget_class_bind_template_callback (widget_class, describe_deletion);
  gtk_widget_class_bind_template_callback (widget_class, describe_heading);
  gtk_widget_class_bind_template_callback (widget_class, describe_own);
  gtk_widget_class_bind_template_callback (widget_class, describe_row);
  gtk_widget_class_bind_template_callback (widget_class, dup_unknown_scopes);
  gtk_widget_class_bind_template_callback (widget_class, get_scopes);
  gtk_widget_class_bind_template_callback (widget_class, is_there);
  gtk_widget_class_bind_template_callback (widget_class, may_be_own);
  gtk_widget_class_bind_template_callback (widget_class, offers_deletion);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_bind_template_callback (widget_class, weigh_deletion);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_found_token_view_init (TokFoundTokenView *self)
{
}

/**
 * tok_found_token_view_new:
 * @probe: A probe that has run.
 * @tested: (nullable): The token that it is expected to be; %NULL for any.
 * @owner: (nullable): The account that @tested is of.
 *
 * Returns: (transfer floating): A view of what came of it.
 */
GtkWidget *
tok_found_token_view_new (TokTokenProbe *probe, TokGrant *tested, TokAccount *owner)
{
  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (probe), NULL);
  g_return_val_if_fail (tested == NULL || TOK_IS_GRANT (tested), NULL);
  g_return_val_if_fail (owner == NULL || TOK_IS_ACCOUNT (owner), NULL);

  return g_object_new (TOK_TYPE_FOUND_TOKEN_VIEW, "probe", probe, "tested", tested, "owner", owner,
                       NULL);
}
