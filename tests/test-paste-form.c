/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-paste-form.h"

#include "tok-settings.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define TOKEN "aBcDeFgHiJkLmNo"
#define FORGET "Forget This Token When I Quit"

typedef struct {
  GSettings *settings;
  TokPasteForm *form;
  GtkWidget *window;
  GtkEditable *row;
  guint n_changed;
  guint n_submitted;
} Fixture;

static void
on_changed (TokPasteForm *form, Fixture *self)
{
  self->n_changed++;
}

static void
on_submit (TokPasteForm *form, Fixture *self)
{
  self->n_submitted++;
}

static void
begin (Fixture *self, gboolean can_keep, gboolean remember)
{
  *self = (Fixture){ .settings = tok_settings_new (TRUE, NULL) };
  g_settings_set_boolean (self->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS, remember);
  self->form = g_object_new (TOK_TYPE_PASTE_FORM, NULL);
  tok_paste_form_follow (self->form, self->settings, can_keep);
  g_signal_connect (self->form, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self->form, "submit", G_CALLBACK (on_submit), self);
  self->window = tok_ui_test_present (GTK_WIDGET (self->form));
  self->row = tok_ui_test_get (self->form, ADW_TYPE_PASSWORD_ENTRY_ROW, "API Token");
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->settings);
}

static GtkWidget *
get_hint (Fixture *self)
{
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self->form));

  /* What the token must permit is said last, and always. */
  return gtk_widget_get_prev_sibling (gtk_widget_get_last_child (box));
}

static gboolean
has_token (Fixture *self)
{
  gboolean has;

  g_object_get (self->form, "has-token", &has, NULL);
  return has;
}

static gboolean
is_wrong (Fixture *self)
{
  g_autofree char *other = gtk_test_accessible_check_state (
      GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);

  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (self->row), "warning") == (other == NULL));
  return other == NULL;
}

static void
test_new_destroy (void)
{
  Fixture fixture;

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_PASTE_FORM, NULL));
  begin (&fixture, TRUE, TRUE);
  gtk_editable_set_text (fixture.row, TOKEN);
  end (&fixture);
}

static const struct {
  const char *text;
  const char *hint;
  gboolean is_warning;
} hints[] = {
  { "", NULL, FALSE },
  { " \t\u200b\u00a0", NULL, FALSE },
  { "Q", "1 character so far. An API token has 15.", FALSE },
  { "  Qw7x ", "4 characters so far. An API token has 15.", FALSE },
  { "Qw7xQw7xQw7xQw", "14 characters so far. An API token has 15.", FALSE },
  { TOKEN, "15 characters, as an API token has.", FALSE },
  { "\n" TOKEN "\u200b", "15 characters, as an API token has.", FALSE },
  { TOKEN "Q",
    "16 characters. An API token has 15; see whether this is all of it, and nothing else.", TRUE },
  { "Qw7x-Qw7x_",
    "10 characters. An API token has 15; see whether this is all of it, and nothing "
    "else.",
    TRUE },
  { "_", "1 character. An API token has 15; see whether this is all of it, and nothing else.",
    TRUE },
  { "a1-Qw7xQw7xQw7xQw7xQw7xQw7xQw7xQ",
    "This looks like the session token of an app, which works for that app alone. Create an API "
    "token instead.",
    TRUE },
  { "pat_Qw7xQw7xQw7x",
    "This token is of the new platform, which lets no program list or revoke access. Manage it on "
    "the operator’s website.",
    TRUE },
  { "Qw7x Qw7x",
    "That can’t be a token: it has only letters, digits, “_” and “-” in it. Copy it again and "
    "paste it whole.",
    TRUE },
  { "Qw7x\u00e4<b>%s",
    "That can’t be a token: it has only letters, digits, “_” and “-” in it. Copy it again and "
    "paste it whole.",
    TRUE },
};

/* Each is said as soon as it is typed, once, and nothing of it is in what is said. */
static void
test_hints (void)
{
  Fixture fixture;

  begin (&fixture, TRUE, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++) {
    g_test_message ("hint %u", i);
    gtk_editable_set_text (fixture.row, "x");
    gtk_editable_set_text (fixture.row, hints[i].text);
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (get_hint (&fixture))), ==,
                     hints[i].hint != NULL ? hints[i].hint : "");
    g_assert_true (gtk_widget_get_visible (get_hint (&fixture)) == (hints[i].hint != NULL));
    g_assert_true (has_token (&fixture) == (hints[i].hint != NULL));
    tok_ui_test_assert_untold (fixture.form, hints[i].text);
    if (hints[i].hint == NULL)
      continue;
    g_assert_true (gtk_widget_has_css_class (get_hint (&fixture), "failure")
                   == hints[i].is_warning);
    g_assert_true (gtk_widget_has_css_class (get_hint (&fixture), "quiet") != hints[i].is_warning);
  }
  end (&fixture);
}

static void
test_hint_belongs_to_field (void)
{
  Fixture fixture;
  g_autofree char *other = NULL;

  begin (&fixture, TRUE, TRUE);
  other = gtk_test_accessible_check_relation (GTK_ACCESSIBLE (fixture.row),
                                              GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                              get_hint (&fixture), NULL);
  g_assert_null (other);
  end (&fixture);
}

static void
test_typing (void)
{
  Fixture fixture;
  guint *n_notified;
  g_autofree char *token = NULL;

  begin (&fixture, TRUE, TRUE);
  n_notified = tok_test_count_notify (fixture.form, "has-token");
  g_assert_false (has_token (&fixture));
  gtk_editable_set_text (fixture.row, " Qw7x ");
  g_assert_true (has_token (&fixture));
  g_assert_cmpuint (*n_notified, ==, 1);
  g_assert_cmpuint (fixture.n_changed, >=, 1);
  token = tok_paste_form_dup_token (fixture.form);
  g_assert_cmpstr (token, ==, " Qw7x ");

  /* Whoever listens decides whether there is anything to submit. */
  g_signal_emit_by_name (gtk_editable_get_delegate (fixture.row), "activate");
  g_assert_cmpuint (fixture.n_submitted, ==, 1);

  /* What is wrong is said by whoever knows, and once. */
  tok_paste_form_set_is_wrong (fixture.form, TRUE);
  g_assert_true (is_wrong (&fixture));
  g_assert_false (gtk_widget_get_visible (get_hint (&fixture)));
  fixture.n_changed = 0;
  gtk_editable_insert_text (fixture.row, "y", 1, &(int){ 0 });
  g_assert_false (is_wrong (&fixture));
  g_assert_true (gtk_widget_get_visible (get_hint (&fixture)));
  g_assert_cmpuint (fixture.n_changed, ==, 1);
  g_assert_cmpuint (*n_notified, ==, 1);

  tok_paste_form_set_is_wrong (fixture.form, TRUE);
  tok_paste_form_set_is_wrong (fixture.form, FALSE);
  g_assert_false (is_wrong (&fixture));
  g_assert_true (gtk_widget_get_visible (get_hint (&fixture)));

  tok_paste_form_clear (fixture.form);
  g_assert_cmpstr (gtk_editable_get_text (fixture.row), ==, "");
  g_assert_false (has_token (&fixture));
  g_assert_false (gtk_widget_get_visible (get_hint (&fixture)));
  g_assert_cmpuint (*n_notified, ==, 2);
  end (&fixture);
}

static void
test_focus (void)
{
  Fixture fixture;
  GtkWidget *focus;

  begin (&fixture, TRUE, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.form));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (fixture.row)));
  end (&fixture);
}

/* What somebody looked at is hidden again when it is out of sight. */
static void
test_hides (void)
{
  Fixture fixture;
  GtkText *text;

  begin (&fixture, TRUE, TRUE);
  text = GTK_TEXT (gtk_editable_get_delegate (fixture.row));
  g_assert_false (gtk_text_get_visibility (text));
  gtk_text_set_visibility (text, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (fixture.form), FALSE);
  g_assert_false (gtk_text_get_visibility (text));
  end (&fixture);
}

static AdwActionRow *
get_forget_row (Fixture *self)
{
  return ADW_ACTION_ROW (tok_ui_test_find_any (self->form, ADW_TYPE_ACTION_ROW, FORGET));
}

static GtkSwitch *
get_switch (Fixture *self)
{
  return GTK_SWITCH (tok_ui_test_find_any (self->form, GTK_TYPE_SWITCH, NULL));
}

#define UNTIL_REMOVED "Otherwise it is kept in your keyring until you remove the account."
#define UNTIL_QUIT "It stays in this program’s memory until then."
#define NOT_REMEMBERED "Accounts aren’t remembered; Preferences can change that."

static void
assert_forget (Fixture *self, gboolean forget, gboolean can_choose, const char *subtitle)
{
  tok_ui_test_wait_for_frame (self->window);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_forget_row (self))));
  g_assert_true (gtk_switch_get_active (get_switch (self)) == forget);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (get_switch (self))) == can_choose);
  g_assert_cmpstr (adw_action_row_get_subtitle (get_forget_row (self)), ==, subtitle);
  g_assert_true (tok_paste_form_get_remember (self->form) == !forget);
}

static void
test_remember (void)
{
  Fixture fixture;

  begin (&fixture, TRUE, TRUE);
  assert_forget (&fixture, FALSE, TRUE, UNTIL_REMOVED);
  gtk_switch_set_active (get_switch (&fixture), TRUE);
  assert_forget (&fixture, TRUE, TRUE, UNTIL_QUIT);
  gtk_switch_set_active (get_switch (&fixture), FALSE);
  assert_forget (&fixture, FALSE, TRUE, UNTIL_REMOVED);
  /* The whole row is one switch. */
  gtk_widget_activate (GTK_WIDGET (get_forget_row (&fixture)));
  assert_forget (&fixture, TRUE, TRUE, UNTIL_QUIT);
  /* What was typed has nothing to do with it. */
  tok_paste_form_clear (fixture.form);
  assert_forget (&fixture, TRUE, TRUE, UNTIL_QUIT);
  end (&fixture);
}

static void
test_remembers_nothing (void)
{
  Fixture fixture;

  begin (&fixture, TRUE, FALSE);
  assert_forget (&fixture, TRUE, FALSE, NOT_REMEMBERED);
  end (&fixture);
}

/* Preferences are open beside it. */
static void
test_settings_change (void)
{
  Fixture fixture;

  begin (&fixture, TRUE, TRUE);
  gtk_editable_set_text (fixture.row, TOKEN);
  g_settings_set_boolean (fixture.settings, TOK_SETTINGS_REMEMBER_ACCOUNTS, FALSE);
  assert_forget (&fixture, TRUE, FALSE, NOT_REMEMBERED);
  g_settings_set_boolean (fixture.settings, TOK_SETTINGS_REMEMBER_ACCOUNTS, TRUE);
  assert_forget (&fixture, FALSE, TRUE, UNTIL_REMOVED);
  g_assert_cmpstr (gtk_editable_get_text (fixture.row), ==, TOKEN);

  /* Others leave the choice alone. */
  gtk_switch_set_active (get_switch (&fixture), TRUE);
  g_settings_set_string (fixture.settings, TOK_SETTINGS_APP_ID, "4711");
  assert_forget (&fixture, TRUE, TRUE, UNTIL_QUIT);
  end (&fixture);
}

/* Where nothing can be kept there is nothing to choose, and nothing is promised. */
static void
test_cannot_keep (void)
{
  for (guint remember = 0; remember <= 1; remember++) {
    Fixture fixture;

    begin (&fixture, FALSE, remember);
    g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (get_forget_row (&fixture))));
    g_assert_false (tok_paste_form_get_remember (fixture.form));
    g_settings_set_boolean (fixture.settings, TOK_SETTINGS_REMEMBER_ACCOUNTS, !remember);
    tok_ui_test_wait_for_frame (fixture.window);
    g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (get_forget_row (&fixture))));
    g_assert_false (tok_paste_form_get_remember (fixture.form));
    end (&fixture);
  }
}

/* A token that is only looked at isn't kept, and may permit anything. */
static void
test_for_looking (void)
{
  g_autoptr (GSettings) settings = tok_settings_new (TRUE, NULL);
  TokPasteForm *form = g_object_new (TOK_TYPE_PASTE_FORM, "is-for-sign-in", FALSE, NULL);
  GtkWidget *window;
  GtkEditable *row;

  tok_paste_form_follow (form, settings, TRUE);
  window = tok_ui_test_present (GTK_WIDGET (form));
  row = tok_ui_test_get (form, ADW_TYPE_PASSWORD_ENTRY_ROW, "API Token");
  g_assert_null (tok_ui_test_find (form, ADW_TYPE_ACTION_ROW, FORGET));
  g_assert_null (tok_ui_test_find (form, GTK_TYPE_SWITCH, NULL));
  g_assert_false (gtk_widget_get_mapped (
      gtk_widget_get_last_child (gtk_widget_get_first_child (GTK_WIDGET (form)))));
  gtk_editable_set_text (row, TOKEN);
  tok_ui_test_wait_for_frame (form);
  g_assert_true (tok_ui_test_shows (form, "15 characters, as an API token has."));
  gtk_editable_set_text (row, "a1-Qw7xQw7xQw7xQw7xQw7xQw7xQw7xQ");
  tok_ui_test_wait_for_frame (form);
  g_assert_true (tok_ui_test_shows (form,
                                    "This looks like the session token of an app. It belongs to "
                                    "that app: whoever revokes the app’s access ends it."));
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/paste-form/new-destroy", test_new_destroy);
  g_test_add_func ("/paste-form/hints", test_hints);
  g_test_add_func ("/paste-form/hint-belongs-to-field", test_hint_belongs_to_field);
  g_test_add_func ("/paste-form/typing", test_typing);
  g_test_add_func ("/paste-form/focus", test_focus);
  g_test_add_func ("/paste-form/hides", test_hides);
  g_test_add_func ("/paste-form/remember", test_remember);
  g_test_add_func ("/paste-form/remembers-nothing", test_remembers_nothing);
  g_test_add_func ("/paste-form/settings-change", test_settings_change);
  g_test_add_func ("/paste-form/cannot-keep", test_cannot_keep);
  g_test_add_func ("/paste-form/for-looking", test_for_looking);

  return g_test_run ();
}
