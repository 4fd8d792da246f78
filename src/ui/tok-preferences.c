/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-preferences.h"

#include "tok-address.h"
#include "tok-closures.h"
#include "tok-field.h"
#include "tok-settings.h"

#include <glib/gi18n-lib.h>

#define STEP_SECONDS 5
#define PAGE_SECONDS 60

/* What is wrong with a text that isn't empty, in a sentence; %NULL if nothing is. */
typedef char *(*DescribeFault) (const char *text);

/* A setting that is typed, and taken once it makes sense. */
typedef struct {
  const char *key;
  DescribeFault describe_fault;
  gboolean is_edited; /* what is there was typed, and not taken yet */

  AdwEntryRow *row;
  GtkLabel *fault;
  GtkLabel *hint;
} Field;

/* What can be set. Everything is as the settings say, and changes them at once. (No
 * AdwPreferencesWindow: that of libadwaita 1.2 never lets go of its groups.) */
struct _TokPreferences {
  AdwWindow parent_instance;

  GSettings *settings;

  AdwActionRow *remember_row;
  GtkSwitch *remember_switch;
  GtkSpinButton *clipboard_spin;
  GtkSpinButton *hide_spin;
  GtkSwitch *ask_switch;
  GtkWidget *reset_button;
  Field service;
  Field app_id;
};

G_DEFINE_FINAL_TYPE (TokPreferences, tok_preferences, ADW_TYPE_WINDOW)

static char *
describe_service_fault (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = tok_address_check (text, &error);

  return address == NULL ? g_strdup (error->message) : NULL;
}

static char *
describe_app_id_fault (const char *text)
{
  return tok_address_is_app_id (text)
             ? NULL
             : g_strdup (_ ("An app id is a number of at most 19 digits, and the first is not 0."));
}

static char *
describe_built_in_service (void)
{
  g_autofree char *host = NULL;

  g_uri_split_network (TOK_ADDRESS_DEFAULT, G_URI_FLAGS_NONE, NULL, &host, NULL, NULL);
  /* Translators: %s is the name of a host. */
  return g_strdup_printf (_ ("Empty means the built-in service, %s."), host);
}

/* The service may come with one. */
static char *
describe_built_in_app_id (GSettings *settings)
{
  g_autofree char *service = g_settings_get_string (settings, TOK_SETTINGS_SERVICE);
  g_autofree char *address = tok_address_check (service, NULL);
  g_autofree char *app_id = NULL;

  if (address == NULL)
    address = tok_address_check (TOK_ADDRESS_DEFAULT, NULL);
  app_id = tok_address_dup_app_id (address);
  if (tok_address_has_own_app_id (address))
    /* Translators: %s is a number. */
    return g_strdup_printf (_ ("Signing in with the browser needs the id of an app that is "
                               "registered for it. Empty means %s."),
                            app_id);
  /* Translators: %s is a number. */
  return g_strdup_printf (_ ("Signing in with the browser needs an app id of your own. Empty means "
                             "%s, the operator’s public one for trying things out, with which you "
                             "can only paste tokens."),
                          app_id);
}

static Field *
get_field (TokPreferences *self, AdwEntryRow *row)
{
  return row == self->service.row ? &self->service : &self->app_id;
}

static gboolean
is_default (TokPreferences *self, Field *field)
{
  g_autoptr (GVariant) value = g_settings_get_value (self->settings, field->key);
  g_autoptr (GVariant) initial = g_settings_get_default_value (self->settings, field->key);

  return !field->is_edited && g_variant_equal (value, initial);
}

static void
set_is_edited (TokPreferences *self, Field *field, gboolean is_edited)
{
  field->is_edited = is_edited;
  gtk_widget_set_sensitive (self->reset_button, !is_default (self, &self->service)
                                                    || !is_default (self, &self->app_id));
}

static void
show_fault (Field *field, const char *fault)
{
  gtk_label_set_label (field->fault, fault != NULL ? fault : "");
  tok_field_set_is_wrong (GTK_WIDGET (field->row), fault != NULL);
}

/* Returns whether @text can be taken, and shows why not. */
static gboolean
check (Field *field, const char *text)
{
  g_autofree char *fault = *text != '\0' ? field->describe_fault (text) : NULL;

  show_fault (field, fault);
  return fault == NULL;
}

static void
show_setting (TokPreferences *self, Field *field)
{
  g_autofree char *text = g_settings_get_string (self->settings, field->key);

  /* The button is for what is typed. */
  adw_entry_row_set_show_apply_button (field->row, FALSE);
  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (field->row))))
    gtk_editable_set_text (GTK_EDITABLE (field->row), text);
  adw_entry_row_set_show_apply_button (field->row, TRUE);
  check (field, text);
  set_is_edited (self, field, FALSE);
}

static void
on_edited (TokPreferences *self, AdwEntryRow *row)
{
  Field *field = get_field (self, row);

  show_fault (field, NULL);
  set_is_edited (self, field, TRUE);
}

static void
on_apply (TokPreferences *self, AdwEntryRow *row)
{
  Field *field = get_field (self, row);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (!check (field, text))
    return;
  g_settings_set_string (self->settings, field->key, text);
  show_setting (self, field);
}

static void
on_reset (TokPreferences *self)
{
  /* The focus leaves what is about to be switched off before it is. */
  gtk_widget_grab_focus (GTK_WIDGET (self->service.row));
  g_settings_reset (self->settings, self->service.key);
  g_settings_reset (self->settings, self->app_id.key);
  show_setting (self, &self->service);
  show_setting (self, &self->app_id);
}

/* What is being typed stays. */
static void
on_setting_changed (TokPreferences *self, const char *key)
{
  Field *field = g_str_equal (key, self->service.key) ? &self->service : &self->app_id;
  g_autofree char *hint = describe_built_in_app_id (self->settings);

  gtk_label_set_label (self->app_id.hint, hint);
  if (!field->is_edited)
    show_setting (self, field);
}

static void
init_field (TokPreferences *self, Field *field, const char *key, DescribeFault describe_fault)
{
  g_autofree char *signal = g_strconcat ("changed::", key, NULL);

  field->key = key;
  field->describe_fault = describe_fault;
  gtk_accessible_update_relation (GTK_ACCESSIBLE (field->row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  field->fault, field->hint, NULL, -1);
  g_signal_connect_object (self->settings, signal, G_CALLBACK (on_setting_changed), self,
                           G_CONNECT_SWAPPED);
  g_settings_bind_writable (self->settings, key, field->row, "sensitive", FALSE);
}

/* A wheel that moves the page shall change nothing on its way. */
static void
ignore_wheel (GtkSpinButton *spin)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (spin));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
  }
}

static void
bind_seconds (GSettings *settings, const char *key, GtkSpinButton *spin)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) schema_key = NULL;
  g_autoptr (GVariant) range = NULL;
  g_autoptr (GVariant) limits = NULL;
  guint least;
  guint most;

  g_object_get (settings, "settings-schema", &schema, NULL);
  schema_key = g_settings_schema_get_key (schema, key);
  range = g_settings_schema_key_get_range (schema_key);
  g_variant_get (range, "(&sv)", NULL, &limits);
  g_variant_get (limits, "(uu)", &least, &most);
  gtk_spin_button_set_range (spin, least, most);
  gtk_spin_button_set_increments (spin, STEP_SECONDS, PAGE_SECONDS);
  g_settings_bind (settings, key, spin, "value", G_SETTINGS_BIND_DEFAULT);
  ignore_wheel (spin);
}

static void
set_settings (TokPreferences *self, GSettings *settings)
{
  g_autofree char *service_hint = describe_built_in_service ();

  self->settings = g_object_ref (settings);
  g_settings_bind (settings, TOK_SETTINGS_ASK_BEFORE_CLOSING, self->ask_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  bind_seconds (settings, TOK_SETTINGS_CLIPBOARD_SECONDS, self->clipboard_spin);
  bind_seconds (settings, TOK_SETTINGS_HIDE_SECRETS_SECONDS, self->hide_spin);
  init_field (self, &self->service, TOK_SETTINGS_SERVICE, describe_service_fault);
  init_field (self, &self->app_id, TOK_SETTINGS_APP_ID, describe_app_id_fault);
  gtk_label_set_label (self->service.hint, service_hint);
  on_setting_changed (self, TOK_SETTINGS_SERVICE);
  on_setting_changed (self, TOK_SETTINGS_APP_ID);
}

static void
set_can_keep (TokPreferences *self, gboolean can_keep)
{
  if (can_keep) {
    g_settings_bind (self->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS, self->remember_switch,
                     "active", G_SETTINGS_BIND_DEFAULT);
    return;
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->remember_switch), FALSE);
  adw_action_row_set_subtitle (self->remember_row,
                               _ ("Nothing is kept this time, because the program was started with "
                                  "sample data or for another service."));
}

static void
tok_preferences_dispose (GObject *object)
{
  TokPreferences *self = TOK_PREFERENCES (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (tok_preferences_parent_class)->dispose (object);
}

static void
tok_preferences_class_init (TokPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tok_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, remember_row);
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, remember_switch);
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, clipboard_spin);
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, hide_spin);
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, ask_switch);
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, reset_button);
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, service.row);
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, service.fault);
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, service.hint);
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, app_id.row);
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, app_id.fault);
  gtk_widget_class_bind_template_child (widget_class, TokPreferences, app_id.hint);
  gtk_widget_class_bind_template_callback (widget_class, on_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_reset);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tok_preferences_init (TokPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_preferences_new:
 * @parent: (nullable): The window that it belongs to.
 * @settings: The settings.
 * @can_keep: Whether accounts are remembered at all this time, if the settings say so.
 *
 * Shows @settings and changes them, for as long as the window is open.
 *
 * Returns: (transfer none): A window, to be presented.
 */
GtkWindow *
tok_preferences_new (GtkWindow *parent, GSettings *settings, gboolean can_keep)
{
  TokPreferences *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (TOK_TYPE_PREFERENCES, "transient-for", parent, "application",
                       parent != NULL ? gtk_window_get_application (parent) : NULL, NULL);
  /* Not “destroy-with-parent”: GTK forgets to tell a window that is just closing, because of a key
   * that was pressed in it, that its parent is gone. */
  if (parent != NULL)
    g_signal_connect_object (parent, "destroy", G_CALLBACK (gtk_window_destroy), self,
                             G_CONNECT_SWAPPED);
  set_settings (self, settings);
  set_can_keep (self, can_keep);
  return GTK_WINDOW (self);
}
