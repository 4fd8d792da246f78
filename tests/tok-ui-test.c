/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-ui-test.h"

#include "tok-app.h"
#include "tok-test.h"
#include "tok-token.h"

#include <adwaita.h>
#include <string.h>

#define BASE_PATH "/org/example/TokenManager/"
/* So much of a secret is more than chance. */
#define SECRET_PART 4

/* What an application does by itself with what is below its base path. */
static void
use_resources (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  GdkDisplay *display = gdk_display_get_default ();

  gtk_css_provider_load_from_resource (style, BASE_PATH "style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), BASE_PATH "icons");
}

/**
 * tok_ui_test_init:
 * @argc: As in main ().
 * @argv: As in main ().
 *
 * Starts a test program that shows widgets, on the screen and in the home that tests/headless gave
 * it. GLib's own directories for tests would hide fonts, icons and the schemas that libadwaita
 * reads.
 */
void
tok_ui_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  adw_init ();
  use_resources ();
}

/**
 * tok_ui_test_present:
 * @widget: A widget without a parent.
 *
 * Shows @widget in a window of its own, and waits until it was drawn.
 *
 * Returns: (transfer none): The window; to be closed by [func@tok_ui_test_close].
 */
GtkWidget *
tok_ui_test_present (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  /* Not under the pointer, which rests in the middle of the screen. */
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 600);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  tok_ui_test_wait_for_frame (window);
  return window;
}

/**
 * tok_ui_test_present_scrolled:
 * @widget: A widget without a parent.
 *
 * Does what [func@tok_ui_test_present] does, for what is longer than a window. (A window that has
 * to find out how narrow much text can be takes seconds.)
 *
 * Returns: (transfer none): The window; to be closed by [func@tok_ui_test_close].
 */
GtkWidget *
tok_ui_test_present_scrolled (GtkWidget *widget)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), widget);
  return tok_ui_test_present (scrolled);
}

static void
on_after_paint (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

/**
 * tok_ui_test_wait_for_frame:
 * @widget: A widget in a window that is shown.
 *
 * Waits until all of what is true now was drawn.
 */
void
tok_ui_test_wait_for_frame (gpointer widget)
{
  GdkFrameClock *clock;
  gboolean painted = FALSE;
  gulong handler;

  tok_test_wait_until (gtk_widget_get_mapped (widget));
  clock = gtk_widget_get_frame_clock (widget);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &painted);
  gtk_widget_queue_draw (widget);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  tok_test_wait_until (painted);
  g_signal_handler_disconnect (clock, handler);
}

/**
 * tok_ui_test_close:
 * @window: (transfer full): A window.
 *
 * Destroys @window, and asserts that neither it nor what was in it outlives that.
 */
void
tok_ui_test_close (gpointer window)
{
  GtkWidget *child = gtk_window_get_child (window);

  g_object_add_weak_pointer (window, &window);
  if (child != NULL)
    g_object_add_weak_pointer (G_OBJECT (child), (gpointer *) &child);
  gtk_window_destroy (window);
  tok_test_wait_until (window == NULL);
  tok_test_wait_until (child == NULL);
}

/**
 * tok_ui_test_assert_finalize_widget:
 * @widget: (transfer floating): A widget without a parent.
 *
 * Asserts that nobody else holds @widget, and destroys it.
 */
void
tok_ui_test_assert_finalize_widget (gpointer widget)
{
  g_assert_true (g_object_is_floating (widget));
  g_object_ref_sink (widget);
  tok_test_assert_finalize (widget);
}

static char *
dup_text (GtkWidget *widget)
{
  static const char *const properties[] = { "label", "title", "text" };
  char *text = NULL;

  /* What is read, not what it was made from. */
  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  for (guint i = 0; text == NULL && i < G_N_ELEMENTS (properties); i++) {
    GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), properties[i]);

    if (pspec != NULL && pspec->value_type == G_TYPE_STRING)
      g_object_get (widget, properties[i], &text, NULL);
  }
  return text;
}

static gboolean
matches (GtkWidget *widget, GType type, const char *text)
{
  g_autofree char *own = NULL;

  if (!G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return FALSE;
  own = text != NULL ? dup_text (widget) : NULL;
  return g_strcmp0 (own, text) == 0;
}

static GtkWidget *
find (GtkWidget *root, GType type, const char *text, gboolean shown)
{
  if (shown && !gtk_widget_get_mapped (root))
    return NULL;
  if (matches (root, type, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type, text, shown);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/**
 * tok_ui_test_find:
 * @root: Where to look.
 * @type: The type of what is looked for.
 * @text: (nullable): What it says: its label, title or text; %NULL for whatever.
 *
 * Returns: (transfer none) (nullable): The first such widget that is on the screen.
 */
gpointer
tok_ui_test_find (gpointer root, GType type, const char *text)
{
  return find (root, type, text, TRUE);
}

/**
 * tok_ui_test_find_any:
 * @root: Where to look.
 * @type: The type of what is looked for.
 * @text: (nullable): What it says.
 *
 * Returns: (transfer none) (nullable): The first such widget, shown or not.
 */
gpointer
tok_ui_test_find_any (gpointer root, GType type, const char *text)
{
  return find (root, type, text, FALSE);
}

/**
 * tok_ui_test_get:
 * @root: Where to look.
 * @type: The type of what is looked for.
 * @text: (nullable): What it says.
 *
 * Returns: (transfer none): What [func@tok_ui_test_find] finds; there must be one.
 */
gpointer
tok_ui_test_get (gpointer root, GType type, const char *text)
{
  gpointer found = tok_ui_test_find (root, type, text);

  if (found == NULL)
    g_error ("there is no %s “%s”", g_type_name (type), text != NULL ? text : "");
  return found;
}

/**
 * tok_ui_test_count:
 * @root: Where to look.
 * @type: The type of what is looked for.
 *
 * Returns: How many there are, shown or not; none of them within another.
 */
guint
tok_ui_test_count (gpointer root, GType type)
{
  guint n = 0;

  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return 1;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += tok_ui_test_count (child, type);
  return n;
}

/**
 * tok_ui_test_shows:
 * @root: Where to look.
 * @text: A text.
 *
 * Returns: Whether a label on the screen reads exactly @text.
 */
gboolean
tok_ui_test_shows (gpointer root, const char *text)
{
  return tok_ui_test_find (root, GTK_TYPE_LABEL, text) != NULL;
}

/**
 * tok_ui_test_find_tip:
 * @root: Where to look.
 * @tip: What a button says when the pointer rests on it.
 *
 * Returns: (transfer none) (nullable): The first button like that which is shown.
 */
gpointer
tok_ui_test_find_tip (gpointer root, const char *tip)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_widget_get_tooltip_text (root), tip) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    gpointer found = tok_ui_test_find_tip (child, tip);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/**
 * tok_ui_test_click:
 * @root: Where to look.
 * @label: The label of a button.
 *
 * Clicks a button that is on the screen and can be clicked.
 */
void
tok_ui_test_click (gpointer root, const char *label)
{
  GtkWidget *button = tok_ui_test_get (root, GTK_TYPE_BUTTON, label);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
assert_has_no_part (const char *text, const char *secret)
{
  if (text == NULL)
    return;
  for (const char *part = secret; strlen (part) >= SECRET_PART; part++) {
    g_autofree char *few = g_strndup (part, SECRET_PART);

    if (strstr (text, few) != NULL)
      g_error ("“%s” tells something of a secret", text);
  }
}

/* All that people see of a widget, but for what they type into it. */
static void
assert_shows_no_part (GtkWidget *widget, const char *secret)
{
  static const char *const properties[] = { "label", "title", "subtitle", "tooltip-text" };

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++) {
    g_autofree char *text = NULL;

    if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), properties[i]) != NULL)
      g_object_get (widget, properties[i], &text, NULL);
    assert_has_no_part (text, secret);
  }
}

static void
assert_tells_no_part (GtkWidget *widget, const char *secret)
{
  static const GtkAccessibleProperty properties[] = {
    GTK_ACCESSIBLE_PROPERTY_LABEL,
    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
    GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER,
    GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
  };

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++) {
    /* Tells what is there where it is something else. */
    g_autofree char *text
        = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), properties[i], "?");

    assert_has_no_part (text, secret);
  }
}

/**
 * tok_ui_test_assert_untold:
 * @root: Where somebody has typed a secret, or handed one in.
 * @secret: It.
 *
 * Asserts that no four characters of it are shown outside of a field, or in what a screen reader
 * finds there, shown or not.
 */
void
tok_ui_test_assert_untold (gpointer root, const char *secret)
{
  assert_shows_no_part (root, secret);
  assert_tells_no_part (root, secret);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    tok_ui_test_assert_untold (child, secret);
}

/**
 * tok_ui_test_new_app:
 * @app_id: Its id.
 * @name: Its name.
 * @scopes: What it may do.
 *
 * Returns: (transfer full): An app that was never used.
 */
TokGrant *
tok_ui_test_new_app (gint64 app_id, const char *name, TokScopes scopes)
{
  g_autoptr (TokApp) app = tok_app_new (app_id, name, scopes, NULL, NULL, FALSE, 0);

  return tok_grant_new_for_app (app);
}

/**
 * tok_ui_test_new_token:
 * @name: Its name.
 * @scopes: What it may do.
 * @ip: (nullable): The only address that it can be used from.
 *
 * Returns: (transfer full): A token that was never used.
 */
TokGrant *
tok_ui_test_new_token (const char *name, TokScopes scopes, const char *ip)
{
  g_autoptr (TokToken) token = tok_token_new (name, "***********wXyZ", scopes, NULL, NULL, ip);

  return tok_grant_new_for_token (token);
}

/**
 * tok_ui_test_list_apps:
 * @store: A store.
 * @first: The first app's id.
 * @last: The last app's id; less than @first for none.
 *
 * Makes apps of these ids, named "App 1" and so on, the service's answer.
 */
void
tok_ui_test_list_apps (TokGrantStore *store, guint first, guint last)
{
  g_autoptr (GPtrArray) apps = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint id = first; id <= last; id++) {
    g_autofree char *name = g_strdup_printf ("App %u", id);

    g_ptr_array_add (apps, tok_app_new (id, name, TOK_SCOPE_READ, NULL, NULL, FALSE, 0));
  }
  tok_grant_store_take_apps (store, apps, 0);
}

/**
 * tok_ui_test_get_controller:
 * @widget: A widget.
 * @type: A kind of event controller.
 *
 * Returns: (transfer none): The first of its controllers that is of that kind; a test can emit its
 *   signals, where it has no hands.
 */
gpointer
tok_ui_test_get_controller (gpointer widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
      return controller;
  }
  g_assert_not_reached ();
}

/* Whether one of a widget's controllers has a shortcut with that trigger, which is used then. */
static gboolean
use_shortcut (GListModel *shortcuts, GtkShortcutTrigger *trigger, GtkWidget *widget)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++) {
    g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

    if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), trigger))
      return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                           GTK_SHORTCUT_ACTION_EXCLUSIVE, widget,
                                           gtk_shortcut_get_arguments (shortcut));
  }
  return FALSE;
}

/**
 * tok_ui_test_press:
 * @widget: A widget.
 * @keys: Keys that it has a use for, like "<Control>Return".
 *
 * Does what @widget does when these keys are pressed while the focus is within it, and nothing in
 * it takes them.
 *
 * Returns: Whether it did anything.
 */
gboolean
tok_ui_test_press (gpointer widget, const char *keys)
{
  g_autoptr (GtkShortcutTrigger) trigger = gtk_shortcut_trigger_parse_string (keys);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_SHORTCUT_CONTROLLER (controller)
        && use_shortcut (G_LIST_MODEL (controller), trigger, widget))
      return TRUE;
  }
  return FALSE;
}
