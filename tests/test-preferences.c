/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-preferences.h"

#include "tok-settings.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#define SERVICE "wss://trading.example/api"
#define ANOTHER "wss://another.example/api"

typedef struct {
  GSettings *settings;
  GtkWindow *window;
} Fixture;

static void
open_window (Fixture *self)
{
  self->window = tok_preferences_new (NULL, self->settings, TRUE);
  gtk_window_present (self->window);
  tok_ui_test_wait_for_frame (self->window);
}

static void
begin (Fixture *self, gconstpointer data)
{
  self->settings = tok_settings_new (TRUE, NULL);
  open_window (self);
}

static void
end (Fixture *self, gconstpointer data)
{
  if (self->window != NULL)
    tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->settings);
}

static gpointer
get_row (Fixture *self, const char *title)
{
  return tok_ui_test_get (self->window, ADW_TYPE_PREFERENCES_ROW, title);
}

static GtkSwitch *
get_switch (Fixture *self, const char *title)
{
  return tok_ui_test_get (get_row (self, title), GTK_TYPE_SWITCH, NULL);
}

static GtkSpinButton *
get_spin (Fixture *self, const char *title)
{
  return tok_ui_test_get (get_row (self, title), GTK_TYPE_SPIN_BUTTON, NULL);
}

static gboolean
shows (Fixture *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_shows (self->window, text);
}

static void
assert_setting (Fixture *self, const char *key, const char *text)
{
  g_autofree char *value = g_settings_get_string (self->settings, key);

  g_assert_cmpstr (value, ==, text);
}

static void
assert_shows (Fixture *self, const char *title, const char *text)
{
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_row (self, title))), ==, text);
}

static gboolean
offers_to_apply (Fixture *self, const char *title)
{
  GtkWidget *button = tok_ui_test_find (get_row (self, title), GTK_TYPE_BUTTON, NULL);

  return button != NULL;
}

/* With the focus in it, as somebody does who types. */
static void
type (Fixture *self, const char *title, const char *text)
{
  gtk_widget_grab_focus (get_row (self, title));
  gtk_editable_set_text (GTK_EDITABLE (get_row (self, title)), text);
}

static void
press_enter (Fixture *self, const char *title)
{
  g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (get_row (self, title))),
                         "activate");
}

static void
assert_is_wrong (Fixture *self, const char *title, gboolean is_wrong)
{
  GtkWidget *row = get_row (self, title);

  g_assert_true (gtk_widget_has_css_class (row, "warning") == is_wrong);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                                    is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE
                                             : GTK_ACCESSIBLE_INVALID_FALSE);
}

static gboolean
can_reset (Fixture *self)
{
  return gtk_widget_is_sensitive (tok_ui_test_get (self->window, GTK_TYPE_BUTTON, "Reset"));
}

static void
test_new_destroy (Fixture *self, gconstpointer data)
{
  g_assert_false (gtk_window_get_modal (self->window));
  g_assert_null (gtk_window_get_transient_for (self->window));
}

static void
test_parent (Fixture *self, gconstpointer data)
{
  g_autoptr (GtkApplication) app = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_autoptr (GError) error = NULL;
  GtkWidget *parent;
  GtkWindow *window;

  g_application_register (G_APPLICATION (app), NULL, &error);
  g_assert_no_error (error);
  parent = gtk_application_window_new (app);
  window = tok_preferences_new (GTK_WINDOW (parent), self->settings, TRUE);
  g_assert_true (gtk_window_get_transient_for (window) == GTK_WINDOW (parent));
  /* For its keys. */
  g_assert_true (gtk_window_get_application (window) == app);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  tok_ui_test_close (parent);
  g_assert_null (window);

  /* One that is closing, while something still holds it, does not miss that its parent goes. */
  parent = gtk_application_window_new (app);
  window = g_object_ref (tok_preferences_new (GTK_WINDOW (parent), self->settings, TRUE));
  gtk_window_destroy (window);
  tok_ui_test_close (parent);
  g_assert_null (gtk_window_get_transient_for (window));
  tok_test_assert_finalize (window);
}

static void
test_escape (Fixture *self, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  g_assert_true (tok_ui_test_press (self->window, "Escape"));
  tok_test_wait_until (self->window == NULL);
}

static void
test_switch (gconstpointer data, const char *title, const char *key)
{
  Fixture fixture = { NULL };
  GtkSwitch *widget;

  begin (&fixture, NULL);
  widget = get_switch (&fixture, title);
  g_assert_true (gtk_switch_get_active (widget));
  gtk_widget_activate (get_row (&fixture, title));
  tok_test_wait_until (!g_settings_get_boolean (fixture.settings, key));
  g_assert_false (gtk_switch_get_active (widget));
  g_settings_set_boolean (fixture.settings, key, TRUE);
  g_assert_true (gtk_switch_get_active (widget));
  end (&fixture, NULL);
}

static void
test_remember (gconstpointer data)
{
  test_switch (data, "Remember Accounts", TOK_SETTINGS_REMEMBER_ACCOUNTS);
}

static void
test_ask (gconstpointer data)
{
  test_switch (data, "Ask Before Closing", TOK_SETTINGS_ASK_BEFORE_CLOSING);
}

/* Where nothing is kept, the switch must not look as if. */
static void
test_can_not_keep (Fixture *self, gconstpointer data)
{
  GtkSwitch *widget;

  tok_ui_test_close (self->window);
  self->window = tok_preferences_new (NULL, self->settings, FALSE);
  gtk_window_present (self->window);
  g_assert_true (shows (self, "Nothing is kept this time, because the program was started with "
                              "sample data or for another service."));
  widget = get_switch (self, "Remember Accounts");
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (widget)));
  g_assert_false (gtk_list_box_row_get_activatable (get_row (self, "Remember Accounts")));
  g_assert_false (gtk_switch_get_active (widget));
  g_assert_true (g_settings_get_boolean (self->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS));
  g_settings_set_boolean (self->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS, FALSE);
  g_settings_set_boolean (self->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS, TRUE);
  g_assert_false (gtk_switch_get_active (widget));
}

static void
type_seconds (GtkSpinButton *spin, const char *text)
{
  gtk_widget_grab_focus (GTK_WIDGET (spin));
  gtk_editable_set_text (GTK_EDITABLE (spin), text);
}

static void
test_seconds (Fixture *self, const char *title, const char *key)
{
  GtkSpinButton *spin = get_spin (self, title);
  double least;
  double most;

  g_assert_cmpint (gtk_spin_button_get_value_as_int (spin), ==, 30);
  gtk_spin_button_get_range (spin, &least, &most);
  g_assert_cmpfloat (least, ==, 5);
  g_assert_cmpfloat (most, ==, 600);

  gtk_spin_button_spin (spin, GTK_SPIN_STEP_FORWARD, 0);
  g_assert_cmpuint (g_settings_get_uint (self->settings, key), ==, 35);
  g_settings_set_uint (self->settings, key, 77);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (spin), ==, 77);
  type_seconds (spin, "1000");
  gtk_spin_button_update (spin);
  g_assert_cmpuint (g_settings_get_uint (self->settings, key), ==, 600);

  /* What is still being typed counts when the window goes. */
  tok_ui_test_close (self->window);
  self->window = tok_preferences_new (NULL, self->settings, TRUE);
  /* Under the pointer, since nobody else gives it the focus here. */
  gtk_window_set_default_size (self->window, 1280, 800);
  gtk_window_present (self->window);
  tok_test_wait_until (gtk_window_is_active (self->window));
  type_seconds (get_spin (self, title), "45");
  tok_ui_test_close (g_steal_pointer (&self->window));
  g_assert_cmpuint (g_settings_get_uint (self->settings, key), ==, 45);
}

static void
test_clipboard (Fixture *self, gconstpointer data)
{
  test_seconds (self, "Clear Clipboard After", TOK_SETTINGS_CLIPBOARD_SECONDS);
  g_assert_cmpuint (g_settings_get_uint (self->settings, TOK_SETTINGS_HIDE_SECRETS_SECONDS), ==,
                    30);
}

static void
test_hide (Fixture *self, gconstpointer data)
{
  test_seconds (self, "Hide Secrets After", TOK_SETTINGS_HIDE_SECRETS_SECONDS);
  g_assert_cmpuint (g_settings_get_uint (self->settings, TOK_SETTINGS_CLIPBOARD_SECONDS), ==, 30);
}

/* A wheel that moves the page changes nothing on its way. */
static void
test_wheel (Fixture *self, gconstpointer data)
{
  static const char *const titles[] = { "Clear Clipboard After", "Hide Secrets After" };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    GtkEventController *wheel
        = tok_ui_test_get_controller (get_spin (self, titles[i]), GTK_TYPE_EVENT_CONTROLLER_SCROLL);

    g_assert_cmpint (gtk_event_controller_get_propagation_phase (wheel), ==, GTK_PHASE_NONE);
  }
}

/* Each has the title of its row for a name, by one way and not by two. */
static void
test_names (Fixture *self, gconstpointer data)
{
  GtkAccessible *named[] = {
    GTK_ACCESSIBLE (get_switch (self, "Remember Accounts")),
    GTK_ACCESSIBLE (get_spin (self, "Clear Clipboard After")),
    GTK_ACCESSIBLE (get_spin (self, "Hide Secrets After")),
    GTK_ACCESSIBLE (get_switch (self, "Ask Before Closing")),
    GTK_ACCESSIBLE (get_row (self, "Service")),
    GTK_ACCESSIBLE (get_row (self, "App Id")),
  };

  for (guint i = 0; i < G_N_ELEMENTS (named); i++) {
    g_assert_true (
        gtk_test_accessible_has_relation (named[i], GTK_ACCESSIBLE_RELATION_LABELLED_BY));
    g_assert_true (
        gtk_test_accessible_has_relation (named[i], GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
    g_assert_false (gtk_test_accessible_has_property (named[i], GTK_ACCESSIBLE_PROPERTY_LABEL));
  }
  for (guint i = 1; i <= 2; i++)
    gtk_test_accessible_assert_property (named[i], GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                         "In seconds");
}

static void
test_service (Fixture *self, gconstpointer data)
{
  g_assert_true (shows (self, "Empty means the built-in service, ws.derivws.com."));
  assert_shows (self, "Service", "");
  g_assert_false (offers_to_apply (self, "Service"));

  type (self, "Service", "  " SERVICE " ");
  g_assert_true (offers_to_apply (self, "Service"));
  assert_setting (self, TOK_SETTINGS_SERVICE, "");
  g_signal_emit_by_name (tok_ui_test_get (get_row (self, "Service"), GTK_TYPE_BUTTON, NULL),
                         "clicked");
  assert_setting (self, TOK_SETTINGS_SERVICE, SERVICE);
  assert_shows (self, "Service", SERVICE);
  assert_is_wrong (self, "Service", FALSE);
  g_assert_false (offers_to_apply (self, "Service"));

  type (self, "Service", ANOTHER);
  press_enter (self, "Service");
  assert_setting (self, TOK_SETTINGS_SERVICE, ANOTHER);
  /* As by a program that reads the screen: without the focus there is no button. */
  gtk_widget_grab_focus (get_row (self, "App Id"));
  gtk_editable_set_text (GTK_EDITABLE (get_row (self, "Service")), SERVICE);
  g_assert_false (offers_to_apply (self, "Service"));
  press_enter (self, "Service");
  assert_setting (self, TOK_SETTINGS_SERVICE, SERVICE);
  type (self, "Service", "  ");
  press_enter (self, "Service");
  assert_setting (self, TOK_SETTINGS_SERVICE, "");
  assert_shows (self, "Service", "");
  assert_setting (self, TOK_SETTINGS_APP_ID, "");
}

typedef struct {
  const char *title;
  const char *key;
  const char *text;
  const char *sentence;
} Wrong;

static const Wrong wrongs[] = {
  { "Service", TOK_SETTINGS_SERVICE, "nonsense", "That is no address of a service" },
  { "Service", TOK_SETTINGS_SERVICE, "http://a.example", "A service address begins with wss://" },
  { "Service", TOK_SETTINGS_SERVICE, "wss://a.example?app_id=x",
    "A service address has one app_id, which is a number" },
  { "App Id", TOK_SETTINGS_APP_ID, "x",
    "An app id is a number of at most 19 digits, and the first is not 0." },
  { "App Id", TOK_SETTINGS_APP_ID, "01089",
    "An app id is a number of at most 19 digits, and the first is not 0." },
  { "App Id", TOK_SETTINGS_APP_ID, "12345678901234567890",
    "An app id is a number of at most 19 digits, and the first is not 0." },
};

static void
test_wrong (Fixture *self, gconstpointer data)
{
  const Wrong *wrong = data;

  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, SERVICE);
  g_settings_set_string (self->settings, TOK_SETTINGS_APP_ID, "4711");
  g_settings_delay (self->settings);

  type (self, wrong->title, wrong->text);
  assert_is_wrong (self, wrong->title, FALSE);
  for (guint i = 0; i < 2; i++) {
    press_enter (self, wrong->title);
    assert_is_wrong (self, wrong->title, TRUE);
    g_assert_true (shows (self, wrong->sentence));
    assert_shows (self, wrong->title, wrong->text);
    g_assert_false (g_settings_get_has_unapplied (self->settings));
  }
  assert_is_wrong (self, g_str_equal (wrong->title, "Service") ? "App Id" : "Service", FALSE);

  /* Whoever goes on typing isn't scolded. */
  type (self, wrong->title, "1");
  assert_is_wrong (self, wrong->title, FALSE);
  g_assert_false (shows (self, wrong->sentence));

  /* Closing leaves the old value. */
  type (self, wrong->title, wrong->text);
  press_enter (self, wrong->title);
  tok_ui_test_close (self->window);
  assert_setting (self, TOK_SETTINGS_SERVICE, SERVICE);
  assert_setting (self, TOK_SETTINGS_APP_ID, "4711");
  open_window (self);
  assert_shows (self, "Service", SERVICE);
  assert_shows (self, "App Id", "4711");
  assert_is_wrong (self, wrong->title, FALSE);
}

/* What somebody stored by other means is not used, and here is why. */
static void
test_stored_nonsense (Fixture *self, gconstpointer data)
{
  const Wrong *wrong = data;

  g_settings_set_string (self->settings, wrong->key, wrong->text);
  assert_shows (self, wrong->title, wrong->text);
  assert_is_wrong (self, wrong->title, TRUE);
  g_assert_true (shows (self, wrong->sentence));
  g_assert_true (can_reset (self));
}

static void
test_app_id (Fixture *self, gconstpointer data)
{
  static const char *const ids[] = { "1", "1089", "9999999999999999999", " 4711 ", "" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autofree char *trimmed = g_strstrip (g_strdup (ids[i]));

    type (self, "App Id", ids[i]);
    press_enter (self, "App Id");
    assert_setting (self, TOK_SETTINGS_APP_ID, trimmed);
    assert_shows (self, "App Id", trimmed);
    assert_is_wrong (self, "App Id", FALSE);
    g_assert_false (offers_to_apply (self, "App Id"));
  }
  assert_setting (self, TOK_SETTINGS_SERVICE, "");
}

/* What empty means depends on the service. */
static void
test_app_id_hint (Fixture *self, gconstpointer data)
{
  const char *public_one
      = "Signing in with the browser needs an app id of your own. Empty means 1089, the "
        "operator’s public one for trying things out, with which you can only paste tokens.";

  g_assert_true (shows (self, public_one));
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, SERVICE);
  g_assert_true (shows (self, public_one));
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, SERVICE "?app_id=4711&l=DE");
  g_assert_true (shows (self, "Signing in with the browser needs the id of an app that is "
                              "registered for it. Empty means 4711."));
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, "nonsense");
  g_assert_true (shows (self, public_one));
}

/* What changes elsewhere is shown, but never over what is being typed. */
static void
test_changed_elsewhere (Fixture *self, gconstpointer data)
{
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, SERVICE);
  assert_shows (self, "Service", SERVICE);
  gtk_widget_grab_focus (get_row (self, "Service"));
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, ANOTHER);
  assert_shows (self, "Service", ANOTHER);
  g_assert_false (offers_to_apply (self, "Service"));

  type (self, "Service", "wss://ty");
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, SERVICE);
  g_settings_set_string (self->settings, TOK_SETTINGS_APP_ID, "4711");
  assert_shows (self, "Service", "wss://ty");
  assert_shows (self, "App Id", "4711");
  g_assert_true (offers_to_apply (self, "Service"));
  /* Nor where the focus has gone on. */
  gtk_widget_grab_focus (get_row (self, "App Id"));
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, ANOTHER);
  assert_shows (self, "Service", "wss://ty");

  /* Nor over what was wrong. */
  type (self, "Service", "nonsense");
  press_enter (self, "Service");
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, SERVICE);
  assert_shows (self, "Service", "nonsense");
  assert_is_wrong (self, "Service", TRUE);

  /* Once it was taken the two go together again. */
  type (self, "Service", ANOTHER);
  press_enter (self, "Service");
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, SERVICE);
  assert_shows (self, "Service", SERVICE);
}

static void
test_reset (Fixture *self, gconstpointer data)
{
  g_assert_false (can_reset (self));
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, SERVICE);
  g_assert_true (can_reset (self));
  g_settings_set_string (self->settings, TOK_SETTINGS_APP_ID, "4711");
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, "");
  g_assert_true (can_reset (self));
  g_settings_set_string (self->settings, TOK_SETTINGS_APP_ID, "");
  g_assert_false (can_reset (self));

  /* Of what is typed it gets rid too. */
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, SERVICE);
  g_settings_set_string (self->settings, TOK_SETTINGS_APP_ID, "4711");
  g_settings_set_boolean (self->settings, TOK_SETTINGS_ASK_BEFORE_CLOSING, FALSE);
  type (self, "Service", "nonsense");
  press_enter (self, "Service");
  type (self, "App Id", "08");
  tok_ui_test_click (self->window, "Reset");
  assert_setting (self, TOK_SETTINGS_SERVICE, "");
  assert_setting (self, TOK_SETTINGS_APP_ID, "");
  assert_shows (self, "Service", "");
  assert_shows (self, "App Id", "");
  assert_is_wrong (self, "Service", FALSE);
  g_assert_false (offers_to_apply (self, "Service"));
  g_assert_false (offers_to_apply (self, "App Id"));
  g_assert_false (can_reset (self));
  /* The focus isn't lost with the button, and nothing else is reset. */
  g_assert_nonnull (gtk_window_get_focus (self->window));
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (self->window), get_row (self, "Service")));
  g_assert_false (g_settings_get_boolean (self->settings, TOK_SETTINGS_ASK_BEFORE_CLOSING));

  /* What was only typed can be thrown away as well. */
  type (self, "App Id", "4711");
  g_assert_true (can_reset (self));
  tok_ui_test_click (self->window, "Reset");
  assert_shows (self, "App Id", "");
  g_assert_false (can_reset (self));
}

static void
add (const char *path, gconstpointer data, void (*test) (Fixture *self, gconstpointer data))
{
  g_test_add (path, Fixture, data, begin, test, end);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  add ("/preferences/new-destroy", NULL, test_new_destroy);
  add ("/preferences/parent", NULL, test_parent);
  add ("/preferences/escape", NULL, test_escape);
  g_test_add_data_func ("/preferences/remember", NULL, test_remember);
  g_test_add_data_func ("/preferences/ask", NULL, test_ask);
  add ("/preferences/can-not-keep", NULL, test_can_not_keep);
  add ("/preferences/clipboard", NULL, test_clipboard);
  add ("/preferences/hide", NULL, test_hide);
  add ("/preferences/wheel", NULL, test_wheel);
  add ("/preferences/names", NULL, test_names);
  add ("/preferences/service", NULL, test_service);
  add ("/preferences/app-id", NULL, test_app_id);
  add ("/preferences/app-id-hint", NULL, test_app_id_hint);
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++) {
    g_autofree char *path = g_strdup_printf ("/preferences/wrong/%u", i);
    g_autofree char *stored = g_strdup_printf ("/preferences/stored-nonsense/%u", i);

    add (path, &wrongs[i], test_wrong);
    add (stored, &wrongs[i], test_stored_nonsense);
  }
  add ("/preferences/changed-elsewhere", NULL, test_changed_elsewhere);
  add ("/preferences/reset", NULL, test_reset);

  return g_test_run ();
}
