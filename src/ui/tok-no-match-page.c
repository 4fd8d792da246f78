/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-no-match-page.h"

#include "tok-access.h"
#include "tok-grant-filter.h"
#include "tok-text.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MAX_CHARS 60

/* What stands in place of a list in which nothing is what somebody looks for. */
struct _TokNoMatchPage {
  GtkWidget parent_instance;

  char *text;
  int level;

  GtkWidget *page;
};

G_DEFINE_FINAL_TYPE (TokNoMatchPage, tok_no_match_page, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_TEXT,
  PROP_LEVEL,
  N_PROPS,
};

enum {
  SIGNAL_CLEAR,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
describe (GObject *object, const char *text, int level)
{
  g_autofree char *visible = text != NULL ? tok_text_make_visible (text, MAX_CHARS) : NULL;
  g_autofree char *sentence = NULL;
  const char *word = level != TOK_GRANT_FILTER_ANY ? tok_access_level_get_label (level) : NULL;

  if (visible == NULL || *visible == '\0')
    /* Translators: %s is an access level. */
    sentence = word != NULL ? g_strdup_printf (_ ("Nothing here has the access level “%s”."), word)
                            : NULL;
  else if (word == NULL)
    /* Translators: %s is what somebody searches for. */
    sentence = g_strdup_printf (_ ("Nothing here matches “%s”."), visible);
  else
    /* Translators: the first %s is an access level, the second what somebody searches for. */
    sentence
        = g_strdup_printf (_ ("Nothing with the access level “%s” matches “%s”."), word, visible);
  return sentence != NULL ? g_markup_escape_text (sentence, -1) : NULL;
}

static void
on_clicked (TokNoMatchPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CLEAR], 0);
}

static void
set_text (TokNoMatchPage *self, const char *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
set_level (TokNoMatchPage *self, int level)
{
  if (self->level == level)
    return;
  self->level = level;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVEL]);
}

static void
tok_no_match_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokNoMatchPage *self = TOK_NO_MATCH_PAGE (object);

  switch (prop_id) {
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_LEVEL:
    g_value_set_int (value, self->level);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_no_match_page_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  TokNoMatchPage *self = TOK_NO_MATCH_PAGE (object);

  switch (prop_id) {
  case PROP_TEXT:
    set_text (self, g_value_get_string (value));
    break;
  case PROP_LEVEL:
    set_level (self, g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_no_match_page_dispose (GObject *object)
{
  g_clear_pointer (&TOK_NO_MATCH_PAGE (object)->page, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_no_match_page_parent_class)->dispose (object);
}

static void
tok_no_match_page_finalize (GObject *object)
{
  g_clear_pointer (&TOK_NO_MATCH_PAGE (object)->text, g_free);

  G_OBJECT_CLASS (tok_no_match_page_parent_class)->finalize (object);
}

static void
tok_no_match_page_class_init (TokNoMatchPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_no_match_page_get_property;
  object_class->set_property = tok_no_match_page_set_property;
  object_class->dispose = tok_no_match_page_dispose;
  object_class->finalize = tok_no_match_page_finalize;

  /**
   * TokNoMatchPage:text:
   *
   * What is searched for.
   */
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  /**
   * TokNoMatchPage:level:
   *
   * The access level that is chosen, or %TOK_GRANT_FILTER_ANY.
   */
  properties[PROP_LEVEL] = g_param_spec_int ("level", NULL, NULL, TOK_GRANT_FILTER_ANY,
                                             TOK_ACCESS_LEVEL_UNKNOWN, TOK_GRANT_FILTER_ANY, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokNoMatchPage::clear:
   * @self: A page.
   *
   * Somebody wants to see all again.
   */
  signals[SIGNAL_CLEAR] = g_signal_new ("clear", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-no-match-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TokNoMatchPage, page);
  gtk_widget_class_bind_template_callback (widget_class, describe);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_no_match_page_init (TokNoMatchPage *self)
{
  self->level = TOK_GRANT_FILTER_ANY;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_no_match_page_new:
 *
 * Returns: (transfer floating): A page about nothing yet.
 */
GtkWidget *
tok_no_match_page_new (void)
{
  return g_object_new (TOK_TYPE_NO_MATCH_PAGE, NULL);
}
