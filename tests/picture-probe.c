/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded into a program by LD_PRELOAD: does what a person would with its windows and takes pictures
 * of them, so that the program needs no code for it. It reads commands from the descriptor
 * PICTURE_COMMANDS, one a line, and writes `ok` or `error WHY` for each to PICTURE_ANSWERS, once it
 * is done. What is not there yet is waited for up to a deadline.
 *
 *   wait TEXT            until a label or the title of a window says TEXT, in any window
 *   size WIDTH HEIGHT    makes the window so large, not counting its shadow
 *   activate ACTION      an action with its detailed name, of the window, of what is in it or of
 * one that it belongs to click NAME           a button or row; by what stands on it, its tooltip or
 * accessible label open NAME            the details of the token or app of that name type
 * TITLE|TEXT      puts TEXT into the entry row TITLE focus TITLE          puts the keyboard on the
 * entry row TITLE, where pictures then show it toggle TITLE         switches the row TITLE, which
 * has a switch or a check button scroll FRACTION      0 is the top and 1 the bottom shoot PATH a
 * picture of the window with its shadow shoot-all PATH       the same of the window above the one
 * that it belongs to
 *
 * The window is the newest one, since a person could not reach those below a dialog. Pictures show
 * no pointer and no scrollbar, the keyboard only after `focus`, and the window as the one that is
 * being used. They are taken when the picture has stayed the same for a while, at the scale of the
 * screen. Menus do not open where there is neither pointer nor keyboard. */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <adwaita.h>

#define DEADLINE_US (10 * G_USEC_PER_SEC)
#define LOOK_EVERY_MS 20
/* Nobody clicks on what has not been there for the time of a double click. */
#define READING_US (G_USEC_PER_SEC / 2)
/* A picture that has not changed for so long is not about to. */
#define STILL_US (G_USEC_PER_SEC / 5)
/* The shadow fades out within it. */
#define MARGIN 32
/* As GNOME Shell darkens a window below its dialog. */
#define DIMMED 0.7f

/* The shadow of a window that is not being used has a part that cairo draws with a hard edge. */
static const char style[]
    = "window.csd:backdrop {"
      "  box-shadow: 0 1px 5px 2px rgba(0, 0, 0, 0.09), 0 2px 14px 5px rgba(0, 0, 0, 0.05),"
      "              0 4px 28px 12px rgba(0, 0, 0, 0.03), 0 0 0 1px rgba(0, 0, 0, 0.02);"
      "}";

typedef struct _Command Command;

struct _Command {
  /* Whether it is done; if not, why not is in the command. Called again until it is. */
  gboolean (*look) (Command *self);
  char *argument;
  gint64 deadline;
  char *why;

  /* What is to be clicked on, or the picture so far, and since when it is the same. */
  const GtkWidget *target;
  GBytes *pixels;
  gint64 since;
  /* Up to which frame the windows may still look as before. */
  gint64 old_frame;
  gint64 old_parent_frame;
};

static GIOChannel *commands;
static int answers_fd = -1;
static gboolean show_focus;

static void read_next (void);

/* It failed so far; returns FALSE. */
static gboolean G_GNUC_PRINTF (2, 3) fail (Command *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_free (self->why);
  self->why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

/* Waiting would not help. */
static gboolean
give_up (Command *self)
{
  self->deadline = 0;
  return FALSE;
}

static GtkWindow *
get_newest_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  /* They are listed as they were made. */
  for (guint i = g_list_model_get_n_items (windows); i > 0; i--) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

    if (gtk_widget_get_mapped (GTK_WIDGET (window)))
      return window;
  }
  return NULL;
}

typedef gboolean (*Match) (GtkWidget *widget, const char *text);

/* The first widget below and including WIDGET that is on the screen and matches. */
static GtkWidget *
find_below (GtkWidget *widget, Match match, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (match (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_below (child, match, text);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
find (Match match, const char *text)
{
  GtkWindow *window = get_newest_window ();

  return window != NULL ? find_below (GTK_WIDGET (window), match, text) : NULL;
}

static gboolean
is_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_WINDOW (widget))
    return g_strcmp0 (gtk_window_get_title (GTK_WINDOW (widget)), text) == 0;
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static gboolean
has_accessible_label (GtkWidget *widget, const char *text)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL, text);

  return other == NULL;
}

static gboolean
is_button (GtkWidget *widget, const char *name)
{
  return (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)) && gtk_widget_is_sensitive (widget)
         && (find_below (widget, is_text, name) != NULL
             || g_strcmp0 (gtk_widget_get_tooltip_text (widget), name) == 0
             || has_accessible_label (widget, name));
}

/* By the name of its class, which is not known here. */
static gboolean
is_grant_row (GtkWidget *widget, const char *name)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), "TokGrantRow")
         && find_below (widget, is_text, name) != NULL;
}

static gboolean
is_row (GtkWidget *widget, const char *title)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *plain = NULL;
  AdwPreferencesRow *row;

  if (!ADW_IS_PREFERENCES_ROW (widget) || !gtk_widget_is_sensitive (widget))
    return FALSE;
  row = ADW_PREFERENCES_ROW (widget);
  if (!adw_preferences_row_get_use_underline (row))
    return g_str_equal (adw_preferences_row_get_title (row), title);
  parts = g_strsplit (adw_preferences_row_get_title (row), "_", -1);
  plain = g_strjoinv (NULL, parts);
  return g_str_equal (plain, title);
}

static gboolean
is_button_row (GtkWidget *widget, const char *title)
{
  return is_row (widget, title) && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget));
}

static gboolean
is_entry_row (GtkWidget *widget, const char *title)
{
  return ADW_IS_ENTRY_ROW (widget) && is_row (widget, title)
         && gtk_editable_get_editable (GTK_EDITABLE (widget));
}

static gboolean
is_switch (GtkWidget *widget, const char *text)
{
  return (GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget))
         && gtk_widget_is_sensitive (widget);
}

static gboolean
is_switch_row (GtkWidget *widget, const char *title)
{
  return is_row (widget, title) && find_below (widget, is_switch, NULL) != NULL;
}

static gboolean
is_scrollable (GtkWidget *widget, const char *text)
{
  GtkAdjustment *adjustment;

  if (!GTK_IS_SCROLLED_WINDOW (widget))
    return FALSE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_lower (adjustment)
         > gtk_adjustment_get_page_size (adjustment);
}

static gboolean
look_wait (Command *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (find_below (window, is_text, self->argument) != NULL)
      return TRUE;
  }
  return fail (self, "nothing says “%s”", self->argument);
}

static gboolean
look_size (Command *self)
{
  GtkWindow *window = get_newest_window ();
  int width;
  int height;

  if (sscanf (self->argument, "%d %d", &width, &height) != 2) {
    fail (self, "“%s” is no size", self->argument);
    return give_up (self);
  }
  if (window == NULL)
    return fail (self, "there is no window");
  if (gtk_widget_get_width (GTK_WIDGET (window)) == width
      && gtk_widget_get_height (GTK_WIDGET (window)) == height)
    return TRUE;
  gtk_window_set_default_size (window, width, height);
  return fail (self, "the window is of %d by %d", gtk_widget_get_width (GTK_WIDGET (window)),
               gtk_widget_get_height (GTK_WIDGET (window)));
}

/* Not only what the window itself can do: what a page in it can is known to that page. */
static gboolean
activate_below (GtkWidget *widget, const char *name, GVariant *target)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (gtk_widget_activate_action_variant (widget, name, target))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (activate_below (child, name, target))
      return TRUE;
  return FALSE;
}

static gboolean
look_activate (Command *self)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_action_parse_detailed_name (self->argument, &name, &target, &error)) {
    fail (self, "%s", error->message);
    return give_up (self);
  }
  for (GtkWindow *window = get_newest_window (); window != NULL;
       window = gtk_window_get_transient_for (window))
    if (activate_below (GTK_WIDGET (window), name, target))
      return TRUE;
  return fail (self, "there is no action “%s”", name);
}

static gboolean
has_been_read (Command *self, const GtkWidget *target)
{
  gint64 now = g_get_monotonic_time ();

  if (self->target != target) {
    self->target = target;
    self->since = now;
  }
  return now - self->since >= READING_US || fail (self, "“%s” does not stay", self->argument);
}

static gboolean
look_click (Command *self)
{
  GtkWidget *button = find (is_button, self->argument);
  GtkWidget *row = button == NULL ? find (is_button_row, self->argument) : NULL;

  if (button == NULL && row == NULL)
    return fail (self, "there is no button “%s” that can be clicked", self->argument);
  if (!has_been_read (self, button != NULL ? button : row))
    return FALSE;
  if (row != NULL)
    gtk_widget_activate (row);
  else if (GTK_IS_MENU_BUTTON (button))
    gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  else
    g_signal_emit_by_name (button, "clicked");
  return TRUE;
}

static gboolean
look_open (Command *self)
{
  GtkWidget *row = find (is_grant_row, self->argument);

  if (row == NULL)
    return fail (self, "there is no row “%s”", self->argument);
  if (!has_been_read (self, row))
    return FALSE;
  return gtk_widget_activate (row) || fail (self, "the row “%s” cannot be opened", self->argument);
}

static gboolean
look_type (Command *self)
{
  g_auto (GStrv) words = g_strsplit (self->argument, "|", 2);
  GtkWidget *row;

  if (g_strv_length (words) != 2) {
    fail (self, "“%s” has no text", self->argument);
    return give_up (self);
  }
  row = find (is_entry_row, words[0]);
  if (row == NULL)
    return fail (self, "there is no entry “%s” to type into", words[0]);
  gtk_editable_set_text (GTK_EDITABLE (row), words[1]);
  gtk_editable_set_position (GTK_EDITABLE (row), -1);
  return TRUE;
}

static gboolean
look_focus (Command *self)
{
  GtkWidget *row = find (is_entry_row, self->argument);

  if (row == NULL || !gtk_widget_grab_focus (row))
    return fail (self, "there is no entry “%s” to type into", self->argument);
  gtk_editable_set_position (GTK_EDITABLE (row), -1);
  show_focus = TRUE;
  return TRUE;
}

static gboolean
look_toggle (Command *self)
{
  GtkWidget *row = find (is_switch_row, self->argument);
  GtkWidget *toggle;
  gboolean active;

  if (row == NULL)
    return fail (self, "there is no row “%s” that can be switched", self->argument);
  toggle = find_below (row, is_switch, NULL);
  g_object_get (toggle, "active", &active, NULL);
  g_object_set (toggle, "active", !active, NULL);
  return TRUE;
}

static gboolean
look_scroll (Command *self)
{
  GtkWidget *scrolled = find (is_scrollable, NULL);
  GtkAdjustment *adjustment;
  double lower;
  double range;

  if (scrolled == NULL)
    return fail (self, "there is nothing to scroll");
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  lower = gtk_adjustment_get_lower (adjustment);
  range = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) - lower;
  gtk_adjustment_set_value (adjustment, lower + g_ascii_strtod (self->argument, NULL) * range);
  return TRUE;
}

/* The thin ones, which show for a while after a list has been moved. */
static void
hide_scrollbars (GtkWidget *widget)
{
  if (GTK_IS_SCROLLBAR (widget) && gtk_widget_has_css_class (widget, "overlay-indicator"))
    gtk_widget_set_opacity (widget, 0);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hide_scrollbars (child);
}

/* Without animations, room can be left for a bar that went while the window was being laid out. */
static void
lay_out_anew (GtkWidget *widget)
{
  gtk_widget_queue_resize (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lay_out_anew (child);
}

/* A compositor without a keyboard takes no window for the one that is being used. Returns the frame
 * that may not show this yet. */
static gint64
prepare (GtkWindow *window, gboolean is_used)
{
  if (is_used)
    gtk_widget_unset_state_flags (GTK_WIDGET (window), GTK_STATE_FLAG_BACKDROP);
  else
    gtk_widget_set_state_flags (GTK_WIDGET (window), GTK_STATE_FLAG_BACKDROP, FALSE);
  gtk_window_set_focus_visible (window, FALSE);
  if (!show_focus || !is_used)
    gtk_window_set_focus (window, NULL);
  lay_out_anew (GTK_WIDGET (window));
  gtk_widget_queue_draw (GTK_WIDGET (window));
  return gdk_frame_clock_get_frame_counter (gtk_widget_get_frame_clock (GTK_WIDGET (window)));
}

static gboolean
has_painted_since (GtkWindow *window, gint64 frame)
{
  return gdk_frame_clock_get_frame_counter (gtk_widget_get_frame_clock (GTK_WIDGET (window)))
         > frame;
}

static void
snapshot_window (GtkSnapshot *snapshot, GtkWindow *window, int x, int y)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr (GtkSnapshot) inner = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  GskRenderNode *content;

  gdk_paintable_snapshot (paintable, inner, gtk_widget_get_width (GTK_WIDGET (window)),
                          gtk_widget_get_height (GTK_WIDGET (window)));
  node = gtk_snapshot_to_node (inner);
  if (node == NULL)
    return;
  /* Without what clips the shadow. */
  content = gsk_render_node_get_node_type (node) == GSK_CLIP_NODE ? gsk_clip_node_get_child (node)
                                                                  : node;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_node (snapshot, content);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_dimmed (GtkSnapshot *snapshot, GtkWindow *window)
{
  graphene_matrix_t darker;

  graphene_matrix_init_scale (&darker, DIMMED, DIMMED, DIMMED);
  gtk_snapshot_push_color_matrix (snapshot, &darker, graphene_vec4_zero ());
  snapshot_window (snapshot, window, 0, 0);
  gtk_snapshot_pop (snapshot);
}

/* WINDOW, in the middle of PARENT if there is one. */
static GdkTexture *
render (GtkWindow *window, GtkWindow *parent)
{
  float scale = (float) gtk_widget_get_scale_factor (GTK_WIDGET (window));
  int width = gtk_widget_get_width (GTK_WIDGET (window));
  int height = gtk_widget_get_height (GTK_WIDGET (window));
  int x = parent != NULL ? (gtk_widget_get_width (GTK_WIDGET (parent)) - width) / 2 : 0;
  int y = parent != NULL ? (gtk_widget_get_height (GTK_WIDGET (parent)) - height) / 2 : 0;
  graphene_rect_t area = GRAPHENE_RECT_INIT (x, y, width, height);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gtk_snapshot_scale (snapshot, scale, scale);
  if (parent != NULL) {
    snapshot_dimmed (snapshot, parent);
    graphene_rect_union (&area,
                         &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (parent)),
                                              gtk_widget_get_height (GTK_WIDGET (parent))),
                         &area);
  }
  snapshot_window (snapshot, window, x, y);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return NULL;

  graphene_rect_inset (&area, -MARGIN, -MARGIN);
  graphene_rect_scale (&area, scale, scale, &area);
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &area);
}

static GBytes *
download (GdkTexture *texture)
{
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  gsize size = stride * (gsize) gdk_texture_get_height (texture);
  guchar *pixels = g_malloc (size);

  gdk_texture_download (texture, pixels, stride);
  return g_bytes_new_take (pixels, size);
}

static gboolean
shoot (Command *self, GtkWindow *window, GtkWindow *parent)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) pixels = NULL;

  if (self->since == 0) {
    self->since = now;
    self->old_frame = prepare (window, TRUE);
    if (parent != NULL)
      self->old_parent_frame = prepare (parent, FALSE);
  }
  if (!has_painted_since (window, self->old_frame)
      || (parent != NULL && !has_painted_since (parent, self->old_parent_frame)))
    return fail (self, "the window is not being painted");

  hide_scrollbars (GTK_WIDGET (window));
  if (parent != NULL)
    hide_scrollbars (GTK_WIDGET (parent));
  texture = render (window, parent);
  if (texture == NULL)
    return fail (self, "the window has not been painted");

  pixels = download (texture);
  if (self->pixels == NULL || !g_bytes_equal (self->pixels, pixels)) {
    g_clear_pointer (&self->pixels, g_bytes_unref);
    self->pixels = g_steal_pointer (&pixels);
    self->since = now;
  }
  if (now - self->since < STILL_US)
    return fail (self, "the window does not come to rest");
  if (!gdk_texture_save_to_png (texture, self->argument)) {
    fail (self, "“%s” could not be written", self->argument);
    return give_up (self);
  }
  return TRUE;
}

static gboolean
look_shoot (Command *self)
{
  GtkWindow *window = get_newest_window ();

  return window != NULL ? shoot (self, window, NULL) : fail (self, "there is no window");
}

static gboolean
look_shoot_all (Command *self)
{
  GtkWindow *window = get_newest_window ();
  GtkWindow *parent = window != NULL ? gtk_window_get_transient_for (window) : NULL;

  return parent != NULL ? shoot (self, window, parent)
                        : fail (self, "there is no window above another one");
}

static gboolean
look_unknown (Command *self)
{
  fail (self, "no such command");
  return give_up (self);
}

static const struct {
  const char *name;
  gboolean (*look) (Command *self);
} known[] = {
  { "wait", look_wait },   { "size", look_size },           { "activate", look_activate },
  { "click", look_click }, { "open", look_open },           { "type", look_type },
  { "focus", look_focus }, { "toggle", look_toggle },       { "scroll", look_scroll },
  { "shoot", look_shoot }, { "shoot-all", look_shoot_all },
};

static Command *
command_new (const char *line)
{
  Command *self = g_new0 (Command, 1);
  g_auto (GStrv) words = g_strsplit (line, " ", 2);

  self->look = look_unknown;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (words[0], known[i].name) == 0)
      self->look = known[i].look;
  self->argument = g_strdup (words[0] != NULL && words[1] != NULL ? words[1] : "");
  self->deadline = g_get_monotonic_time () + DEADLINE_US;
  return self;
}

static void
command_free (Command *self)
{
  g_clear_pointer (&self->pixels, g_bytes_unref);
  g_free (self->why);
  g_free (self->argument);
  g_free (self);
}

static gboolean
on_look (gpointer data)
{
  Command *self = data;

  if (self->look (self))
    dprintf (answers_fd, "ok\n");
  else if (g_get_monotonic_time () >= self->deadline)
    dprintf (answers_fd, "error %s\n", self->why);
  else
    return G_SOURCE_CONTINUE;
  command_free (self);
  read_next ();
  return G_SOURCE_REMOVE;
}

static gboolean
on_command (GIOChannel *channel, GIOCondition condition, gpointer data)
{
  g_autofree char *line = NULL;
  gsize length;

  if (g_io_channel_read_line (channel, &line, NULL, &length, NULL) == G_IO_STATUS_NORMAL) {
    line[length] = '\0';
    g_timeout_add (LOOK_EVERY_MS, on_look, command_new (line));
  }
  return G_SOURCE_REMOVE;
}

static void
read_next (void)
{
  g_io_add_watch (commands, G_IO_IN | G_IO_HUP, on_command, NULL);
}

static void
add_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (provider, style, -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* In place of the library's: programs show their window with it. */
G_MODULE_EXPORT void
gtk_window_present (GtkWindow *window)
{
  void (*present) (GtkWindow * window) = dlsym (RTLD_NEXT, "gtk_window_present");
  const char *descriptor = g_getenv ("PICTURE_COMMANDS");
  const char *other = g_getenv ("PICTURE_ANSWERS");

  if (commands == NULL && descriptor != NULL && other != NULL) {
    /* What the program starts takes no commands. */
    unsetenv ("LD_PRELOAD");
    answers_fd = (int) g_ascii_strtoll (other, NULL, 10);
    commands = g_io_channel_unix_new ((int) g_ascii_strtoll (descriptor, NULL, 10));
    add_style ();
    read_next ();
  }
  present (window);
}
