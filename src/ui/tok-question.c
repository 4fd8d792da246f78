/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-question.h"

#include <adwaita.h>

#define NO "no"
#define YES "yes"
#define OTHER "other"
/* So that both parts are about as wide. */
#define HEADING_CHARS 28
#define BODY_CHARS 40

static GtkWidget *
new_label (const char *text, int max_width_chars, const char *css_class)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget *label = gtk_label_new (text);

  /* A name that is cut gets no hyphen that isn't in it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), max_width_chars);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = NULL;

    if (!gtk_widget_get_mapped (child))
      continue;
    if (!GTK_IS_BUTTON (child))
      found = find_button (child, label);
    else if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (child)), label) == 0)
      found = child;
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* Where there is no room for the answers side by side they stand below each other, the last one on
 * top, and GTK moves the focus there: Return would do what can't be undone. GTK 4.8 doesn't notice
 * by itself that it has to draw them anew when they lose the focus again so soon. */
static gboolean
focus_no (GtkWidget *self, GdkFrameClock *clock, gpointer no_label)
{
  GtkWidget *button = find_button (self, no_label);
  GtkWidget *sibling;

  if (button == NULL || gtk_widget_get_width (button) == 0)
    return G_SOURCE_CONTINUE;
  if (!gtk_widget_is_focus (button)) {
    gtk_widget_grab_focus (button);
    return G_SOURCE_CONTINUE;
  }
  sibling = gtk_widget_get_first_child (gtk_widget_get_parent (button));
  for (; sibling != NULL; sibling = gtk_widget_get_next_sibling (sibling))
    gtk_widget_queue_draw (sibling);
  return G_SOURCE_REMOVE;
}

/**
 * tok_question_new:
 * @parent: (nullable): The window that it belongs to.
 * @heading: The question; no markup.
 * @body: What a yes means; no markup.
 * @no_label: What to press to leave all as it is; Return and Escape do the same.
 * @yes_label: (nullable): What to press to do what can't be undone; %NULL for
 *   [func@question_add_yes], or for never.
 *
 * Asks before something is lost. (Heading and body are an own child: libadwaita 1.7 complains about
 * the width of its own heading wherever there is a body.)
 *
 * Returns: (transfer none): An AdwMessageDialog, to be presented; [func@question_is_yes] reads its
 *   response.
 */
GtkWidget *
tok_question_new (GtkWindow *parent,
                  const char *heading,
                  const char *body,
                  const char *no_label,
                  const char *yes_label)
{
  GtkWidget *box;
  AdwMessageDialog *self;

  g_return_val_if_fail (heading != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (box), new_label (heading, HEADING_CHARS, "question"));
  gtk_box_append (GTK_BOX (box), new_label (body, BODY_CHARS, NULL));

  self = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, NULL, NULL));
  gtk_window_set_title (GTK_WINDOW (self), heading);
  adw_message_dialog_set_extra_child (self, box);
  adw_message_dialog_add_response (self, NO, no_label);
  if (yes_label != NULL)
    tok_question_add_yes (GTK_WIDGET (self), yes_label);
  adw_message_dialog_set_default_response (self, NO);
  adw_message_dialog_set_close_response (self, NO);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), focus_no, g_strdup (no_label), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, body, -1);
  return GTK_WIDGET (self);
}

/**
 * tok_question_is_yes:
 * @response: What a question was answered with.
 *
 * Returns: Whether it means yes.
 */
gboolean
tok_question_is_yes (const char *response)
{
  return g_strcmp0 (response, YES) == 0;
}

/**
 * tok_question_add_yes:
 * @self: (type AdwMessageDialog): A question without it.
 * @label: What to press to do what can't be undone.
 *
 * Adds that answer, after the others.
 */
void
tok_question_add_yes (GtkWidget *self, const char *label)
{
  g_return_if_fail (ADW_IS_MESSAGE_DIALOG (self));
  g_return_if_fail (label != NULL);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self), YES, label);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), YES,
                                              ADW_RESPONSE_DESTRUCTIVE);
}

/**
 * tok_question_add_other:
 * @self: (type AdwMessageDialog): A question.
 * @label: What to press.
 *
 * Adds an answer that is neither yes nor no, after the others; [func@question_is_other] tells it.
 */
void
tok_question_add_other (GtkWidget *self, const char *label)
{
  g_return_if_fail (ADW_IS_MESSAGE_DIALOG (self));
  g_return_if_fail (label != NULL);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self), OTHER, label);
}

/**
 * tok_question_is_other:
 * @response: What a question was answered with.
 *
 * Returns: Whether it is what [func@question_add_other] added.
 */
gboolean
tok_question_is_other (const char *response)
{
  return g_strcmp0 (response, OTHER) == 0;
}
