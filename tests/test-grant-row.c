/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-row.h"

#include "tok-app.h"
#include "tok-error.h"
#include "tok-revoke-button.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

/* A row in a list, and the time that it goes by. */
typedef struct {
  TokGrant *grant;
  TokGrantRow *row;
  GDateTime *now;
  GtkWidget *window;
  guint n_revoked;
} Fixture;

static void
on_revoke (TokGrantRow *row, guint *n_revoked)
{
  (*n_revoked)++;
}

static void
begin (Fixture *self, TokGrant *grant)
{
  GtkWidget *list_box = gtk_list_box_new ();

  self->grant = grant;
  self->now = g_date_time_new_utc (2023, 10, 21, 7, 11, 29);
  self->row = TOK_GRANT_ROW (tok_grant_row_new (grant));
  tok_grant_row_set_now (self->row, self->now);
  tok_grant_row_set_can_revoke (self->row, TRUE);
  g_signal_connect (self->row, "revoke", G_CALLBACK (on_revoke), &self->n_revoked);
  gtk_list_box_append (GTK_LIST_BOX (list_box), GTK_WIDGET (self->row));
  self->window = tok_ui_test_present_scrolled (list_box);
}

static void
end (Fixture *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->row), (gpointer *) &self->row);
  tok_ui_test_close (self->window);
  g_assert_null (self->row);
  tok_test_assert_finalize (self->grant);
  g_date_time_unref (self->now);
}

static void
fail (TokGrant *grant, TokError code)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, code, "<b>Oops</b>");

  tok_grant_set_failed (grant, error);
}

static TokApp *
new_app (const char *name, TokScopes scopes, GDateTime *last_used)
{
  return tok_app_new (7, name, scopes, NULL, last_used, FALSE, 0);
}

static void
test_new_destroy (void)
{
  g_autoptr (TokGrant) app = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  g_autoptr (TokGrant) token = tok_ui_test_new_token ("Bot", TOK_SCOPE_READ, NULL);
  Fixture fixture = { NULL };

  tok_ui_test_assert_finalize_widget (tok_grant_row_new (app));
  tok_ui_test_assert_finalize_widget (tok_grant_row_new (token));
  begin (&fixture, tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ));
  g_assert_true (tok_grant_row_get_grant (fixture.row) == fixture.grant);
  end (&fixture);
}

static void
test_app (void)
{
  g_autoptr (GDateTime) used = g_date_time_new_utc (2023, 10, 18, 5, 0, 0);
  g_autoptr (TokApp) app
      = tok_app_new (7, "Copy Harbour", TOK_SCOPE_READ | TOK_SCOPE_TRADE, NULL, used, TRUE, 2);
  Fixture fixture = { NULL };
  GtkWidget *time;

  begin (&fixture, tok_grant_new_for_app (app));
  g_assert_true (tok_ui_test_shows (fixture.row, "Copy Harbour"));
  g_assert_true (
      tok_ui_test_shows (fixture.row, "Can trade · Read, Trade · Adds 2 % to every contract"));
  g_assert_true (tok_ui_test_shows (fixture.row, "Official"));
  time = tok_ui_test_get (fixture.row, GTK_TYPE_LABEL, "Used 3 days ago");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (time), ==, "18 October 2023, 05:00:00 UTC");
  g_assert_nonnull (tok_ui_test_find (fixture.row, GTK_TYPE_BUTTON, "Revoke access"));
  tok_ui_test_assert_name (fixture.row, "Copy Harbour, Can trade · Read, Trade · Adds 2 % to every "
                                        "contract, Used 3 days ago, Official");
  end (&fixture);
}

/* Who lets go of what was never used must not be told that of what may be in use. */
static void
test_use_not_known (void)
{
  g_autoptr (GDateTime) ahead = g_date_time_new_utc (2099, 1, 1, 0, 0, 0);
  g_autoptr (TokApp) unclear
      = tok_app_new_full (7, "Desk", TOK_SCOPE_READ, NULL, NULL, FALSE, FALSE, 0);
  g_autoptr (TokApp) never = new_app ("Desk", TOK_SCOPE_READ, NULL);
  g_autoptr (TokApp) to_come = new_app ("Desk", TOK_SCOPE_READ, ahead);
  Fixture fixture = { NULL };
  GtkWidget *time;

  begin (&fixture, tok_grant_new_for_app (unclear));
  g_assert_true (tok_ui_test_shows (fixture.row, "Last use not known"));
  tok_ui_test_assert_name (fixture.row, "Desk, View only · Read · Third party, Last use not known");

  tok_grant_update (fixture.grant, G_OBJECT (never));
  tok_ui_test_wait_for_frame (fixture.window);
  tok_ui_test_assert_name (fixture.row, "Desk, View only · Read · Third party, Never used");

  tok_grant_update (fixture.grant, G_OBJECT (to_come));
  tok_ui_test_wait_for_frame (fixture.window);
  tok_ui_test_assert_name (fixture.row, "Desk, View only · Read · Third party, Last use not known");
  time = tok_ui_test_get (fixture.row, GTK_TYPE_LABEL, "Last use not known");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (time), ==, "1 January 2099, 00:00:00 UTC");
  end (&fixture);
}

/* Whoever made it; and there is room for it. */
static void
test_back (void)
{
  g_autoptr (TokApp) app = tok_app_new (7, "Desk", TOK_SCOPE_READ, NULL, NULL, TRUE, 0);
  Fixture fixture = { NULL };
  int minimum, height;

  begin (&fixture, tok_grant_new_for_app (app));
  tok_grant_set_is_back (fixture.grant, TRUE);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.row, "Has access again"));
  tok_ui_test_assert_name (fixture.row,
                           "Desk, View only · Read, Never used, Official, Has access again");
  gtk_widget_measure (GTK_WIDGET (fixture.row), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 340);
  height = gtk_widget_get_height (GTK_WIDGET (fixture.row));
  tok_grant_set_gone (fixture.grant);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_false (tok_ui_test_shows (fixture.row, "Has access again"));
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (fixture.row)), ==, height);
  tok_ui_test_assert_name (fixture.row,
                           "Desk, View only · Read, Never used, Official, Access revoked");
  end (&fixture);
}

static void
test_token (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, tok_ui_test_new_token ("Old payout", TOK_SCOPE_PAYMENTS, "203.0.113.7"));
  g_assert_true (tok_ui_test_shows (fixture.row, "Old payout"));
  g_assert_true (
      tok_ui_test_shows (fixture.row, "Can move money · Payments · Only from 203.0.113.7"));
  g_assert_true (tok_ui_test_shows (fixture.row, "Never used"));
  g_assert_false (tok_ui_test_shows (fixture.row, "This program"));
  g_assert_nonnull (tok_ui_test_find (fixture.row, GTK_TYPE_BUTTON, "Delete"));
  /* Its value is nobody's business. */
  g_assert_null (tok_ui_test_find_any (fixture.row, GTK_TYPE_LABEL, "***********wXyZ"));
  tok_ui_test_assert_name (
      fixture.row, "Old payout, Can move money · Payments · Only from 203.0.113.7, Never used");

  tok_grant_set_is_this_program (fixture.grant, TRUE);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.row, "This program"));
  tok_grant_set_is_this_program (fixture.grant, FALSE);
  g_assert_false (tok_ui_test_shows (fixture.row, "This program"));
  tok_grant_set_is_new (fixture.grant, TRUE);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.row, "New"));
  tok_ui_test_assert_name (
      fixture.row,
      "Old payout, Can move money · Payments · Only from 203.0.113.7, Never used, New");
  end (&fixture);
}

/* A button that is off can't be reached by keys; the row can. */
static void
test_no_admin (void)
{
  Fixture fixture = { NULL };
  GtkWidget *button;
  g_autofree char *why = NULL;

  begin (&fixture, tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ));
  button = tok_ui_test_get (fixture.row, GTK_TYPE_BUTTON, "Revoke access");
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (fixture.row),
                                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  tok_grant_row_set_can_revoke (fixture.row, FALSE);
  g_assert_false (gtk_widget_is_sensitive (button));
  why = gtk_test_accessible_check_property (GTK_ACCESSIBLE (fixture.row),
                                            GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                            "Revoking needs a token with the permission Admin");
  g_assert_null (why);

  tok_grant_row_set_can_revoke (fixture.row, TRUE);
  g_assert_true (gtk_widget_is_sensitive (button));
  why = gtk_test_accessible_check_property (GTK_ACCESSIBLE (fixture.row),
                                            GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, NULL);
  g_assert_null (why);
  end (&fixture);
}

/* Every level has an icon that is there. */
static void
test_icons (void)
{
  static const TokScopes scopes[] = { TOK_SCOPE_NONE,     TOK_SCOPE_READ,  TOK_SCOPE_TRADE,
                                      TOK_SCOPE_PAYMENTS, TOK_SCOPE_ADMIN, TOK_SCOPE_UNKNOWN };
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++) {
    Fixture fixture = { NULL };
    GtkImage *image;

    begin (&fixture, tok_ui_test_new_app (7, "Desk", scopes[i]));
    image = tok_ui_test_get (fixture.row, GTK_TYPE_IMAGE, NULL);
    g_assert_true (g_str_has_prefix (gtk_image_get_icon_name (image), "tok-level-"));
    g_assert_true (gtk_icon_theme_has_icon (theme, gtk_image_get_icon_name (image)));
    end (&fixture);
  }
}

#define SILENT "Desk, View only · Read · Third party, Never used"
#define FAILURE "Still has access. The service asked for a pause after so many requests. Try again."

static void
assert_at_rest (Fixture *self, gboolean at_rest)
{
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (self->row)) == at_rest);
}

static void
test_states (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ));
  tok_ui_test_assert_name (fixture.row, SILENT);
  assert_at_rest (&fixture, TRUE);

  tok_grant_set_working (fixture.grant);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.row, "Revoking…"));
  tok_ui_test_assert_name (fixture.row, SILENT ", Revoking…");
  assert_at_rest (&fixture, FALSE);

  fail (fixture.grant, TOK_ERROR_RATE_LIMIT);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.row, FAILURE));
  g_assert_nonnull (tok_ui_test_find (fixture.row, GTK_TYPE_BUTTON, "Retry"));
  tok_ui_test_assert_name (fixture.row, SILENT ", " FAILURE);
  assert_at_rest (&fixture, TRUE);

  /* From one failure to the next. */
  fail (fixture.grant, TOK_ERROR_UNCONFIRMED);
  tok_ui_test_wait_for_frame (fixture.window);
  tok_ui_test_assert_name (fixture.row, SILENT
                           ", Couldn’t confirm that access is revoked. It may still have it.");

  tok_grant_set_gone (fixture.grant);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.row, "Access revoked"));
  g_assert_false (tok_ui_test_shows (
      fixture.row, "Couldn’t confirm that access is revoked. It may still have it."));
  tok_ui_test_assert_name (fixture.row, SILENT ", Access revoked");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture.row), "gone"));
  assert_at_rest (&fixture, FALSE);

  tok_grant_set_idle (fixture.grant);
  tok_ui_test_wait_for_frame (fixture.window);
  tok_ui_test_assert_name (fixture.row, SILENT);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture.row), "gone"));
  assert_at_rest (&fixture, TRUE);
  end (&fixture);
}

/* A fresh list changes what the row says, and not the row. */
static void
test_update (void)
{
  g_autoptr (GDateTime) used = g_date_time_new_utc (2023, 10, 21, 7, 0, 0);
  g_autoptr (TokApp) app = new_app ("Desk 2", TOK_SCOPE_ALL, used);
  Fixture fixture = { NULL };

  begin (&fixture, tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ));
  tok_grant_update (fixture.grant, G_OBJECT (app));
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.row, "Desk 2"));
  g_assert_false (tok_ui_test_shows (fixture.row, "Desk"));
  tok_ui_test_assert_name (
      fixture.row, "Desk 2, Full control · All permissions · Third party, Used 11 minutes ago");
  tok_ui_test_assert_name (tok_ui_test_get (fixture.row, GTK_TYPE_BUTTON, NULL),
                           "Revoke access for Desk 2");
  end (&fixture);
}

static void
test_now (void)
{
  g_autoptr (GDateTime) used = g_date_time_new_utc (2023, 10, 21, 7, 0, 0);
  g_autoptr (TokApp) app = new_app ("Desk", TOK_SCOPE_READ, used);
  g_autoptr (GDateTime) later = g_date_time_new_utc (2023, 10, 21, 9, 0, 0);
  Fixture fixture = { NULL };
  guint *n_notified;

  begin (&fixture, tok_grant_new_for_app (app));
  n_notified = tok_test_count_notify (fixture.row, "now");
  tok_grant_row_set_now (fixture.row, later);
  tok_grant_row_set_now (fixture.row, later);
  g_assert_cmpuint (*n_notified, ==, 1);
  g_assert_true (tok_ui_test_shows (fixture.row, "Used 2 hours ago"));
  tok_ui_test_assert_name (fixture.row, "Desk, View only · Read · Third party, Used 2 hours ago");
  end (&fixture);
}

#define HIDES "Its name hides characters that can’t be seen."
#define IMITATES "Its name looks like “Deriv”, but the operator didn’t make it."

static void
test_names (void)
{
  static const struct {
    const char *name;
    const char *shown;
    const char *said;
    const char *warning;
  } names[] = {
    { "<b>Free</b> & \"Bonus\"", "<b>Free</b> & \"Bonus\"", "<b>Free</b> & \"Bonus\"", NULL },
    { "&lt;i&gt; &nonsense; <", "&lt;i&gt; &nonsense; <", "&lt;i&gt; &nonsense; <", NULL },
    { "_Mnemonic", "_Mnemonic", "_Mnemonic", NULL },
    { "\u202egnp.exe", "[U+202E]gnp.exe", "[U+202E]gnp.exe", HIDES },
    { "x\n\ny", "x[U+000A][U+000A]y", "x[U+000A][U+000A]y", HIDES },
    { "De\u200briv", "De[U+200B]riv", "De[U+200B]riv", IMITATES },
    { "D\u0435riv", "D\u0435riv", "D\u0435riv", IMITATES },
    { "Derivative tools", "Derivative tools", "Derivative tools", IMITATES },
    { "\u05d1\u05d5\u05d8", "\u05d1\u05d5\u05d8", "\u2068\u05d1\u05d5\u05d8\u2069", NULL },
    { "", "(no name)", "(no name)", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *label = g_strjoin (", ", names[i].said, "View only · Read · Third party",
                                        "Never used", names[i].warning, NULL);
    Fixture fixture = { NULL };

    begin (&fixture, tok_ui_test_new_app (7, names[i].name, TOK_SCOPE_READ));
    g_assert_true (tok_ui_test_shows (fixture.row, names[i].shown));
    tok_ui_test_assert_name (fixture.row, label);
    g_assert_true (names[i].warning == NULL || tok_ui_test_shows (fixture.row, names[i].warning));
    g_assert_true (tok_ui_test_shows (fixture.row, HIDES)
                   == (g_strcmp0 (names[i].warning, HIDES) == 0));
    end (&fixture);
  }
}

static void
update_app (Fixture *self, const char *name, gboolean official)
{
  g_autoptr (TokApp) app = tok_app_new (7, name, TOK_SCOPE_READ, NULL, NULL, official, 0);

  tok_grant_update (self->grant, G_OBJECT (app));
  tok_ui_test_wait_for_frame (self->window);
}

/* A warning comes and goes with the name. */
static void
test_warning (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  Fixture fixture = { NULL };

  g_assert_true (gtk_icon_theme_has_icon (theme, "dialog-warning-symbolic"));
  begin (&fixture, tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ));
  g_assert_false (tok_ui_test_shows (fixture.row, IMITATES));
  update_app (&fixture, "Deriv", FALSE);
  g_assert_true (tok_ui_test_shows (fixture.row, IMITATES));
  update_app (&fixture, "x\ny", FALSE);
  g_assert_false (tok_ui_test_shows (fixture.row, IMITATES));
  g_assert_true (tok_ui_test_shows (fixture.row, HIDES));
  update_app (&fixture, "Deriv", TRUE);
  g_assert_false (tok_ui_test_shows (fixture.row, IMITATES));
  g_assert_true (tok_ui_test_shows (fixture.row, "Official"));
  tok_ui_test_assert_name (fixture.row, "Deriv, View only · Read, Never used, Official");
  update_app (&fixture, "Desk", FALSE);
  tok_ui_test_assert_name (fixture.row, SILENT);
  end (&fixture);
}

/* A token is called what its owner called it. */
static void
test_warning_for_token (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, tok_ui_test_new_token ("Deriv", TOK_SCOPE_READ, NULL));
  g_assert_false (tok_ui_test_shows (fixture.row, IMITATES));
  end (&fixture);
}

/* A name of any length leaves room for others. */
static void
test_long_name (void)
{
  static const char *const names[] = { "x", "x ", "\u5f20", "\u202e", "W", "a\u0301\u0301" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GString *name = g_string_new (NULL);
    Fixture fixture = { NULL };
    int minimum;

    for (guint n = 0; n < 10000; n++)
      g_string_append (name, names[i]);
    begin (&fixture, tok_ui_test_new_app (7, name->str, TOK_SCOPE_ALL));
    gtk_widget_measure (GTK_WIDGET (fixture.row), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                        NULL, NULL);
    g_assert_cmpint (minimum, <=, 340);
    g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (fixture.row)), <=, 300);
    end (&fixture);
    g_string_free (name, TRUE);
  }
}

static void
test_revoke (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ));
  tok_ui_test_click (fixture.row, "Revoke access");
  g_assert_cmpuint (fixture.n_revoked, ==, 1);

  tok_grant_row_set_can_revoke (fixture.row, FALSE);
  g_assert_false (
      gtk_widget_is_sensitive (tok_ui_test_get (fixture.row, GTK_TYPE_BUTTON, "Revoke access")));
  end (&fixture);
}

#define SILENT_TOKEN "Bot, View only · Read, Never used"

static void
test_token_states (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, tok_ui_test_new_token ("Bot", TOK_SCOPE_READ, NULL));
  tok_ui_test_assert_name (fixture.row, SILENT_TOKEN);
  tok_ui_test_assert_name (tok_ui_test_get (fixture.row, GTK_TYPE_BUTTON, "Delete"),
                           "Delete token Bot");
  tok_grant_set_working (fixture.grant);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.row, "Deleting…"));
  tok_ui_test_assert_name (fixture.row, SILENT_TOKEN ", Deleting…");

  fail (fixture.grant, TOK_ERROR_AMBIGUOUS);
  tok_ui_test_wait_for_frame (fixture.window);
  tok_ui_test_assert_name (fixture.row,
                           SILENT_TOKEN ", Not deleted. The service lists two tokens with the "
                                        "same value, so nobody can tell which one it would "
                                        "delete. Delete it on the operator’s website.");
  tok_grant_set_gone (fixture.grant);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.row, "Deleted"));
  tok_ui_test_assert_name (fixture.row, SILENT_TOKEN ", Deleted");
  end (&fixture);
}

/* The key asks for a token's end where a click would; an app's would go without a question. */
static void
test_delete_key (void)
{
  static const char *const keys[] = { "Delete", "KP_Delete" };
  Fixture fixture = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    fixture.n_revoked = 0;
    begin (&fixture, tok_ui_test_new_token ("Bot", TOK_SCOPE_READ, NULL));
    g_assert_true (tok_ui_test_press (fixture.row, keys[i]));
    g_assert_cmpuint (fixture.n_revoked, ==, 1);
    tok_grant_set_working (fixture.grant);
    g_assert_false (tok_ui_test_press (fixture.row, keys[i]));
    fail (fixture.grant, TOK_ERROR_TROUBLE);
    g_assert_true (tok_ui_test_press (fixture.row, keys[i]));
    g_assert_cmpuint (fixture.n_revoked, ==, 2);
    tok_grant_set_gone (fixture.grant);
    g_assert_false (tok_ui_test_press (fixture.row, keys[i]));
    g_assert_cmpuint (fixture.n_revoked, ==, 2);
    end (&fixture);

    begin (&fixture, tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ));
    g_assert_false (tok_ui_test_press (fixture.row, keys[i]));
    g_assert_cmpuint (fixture.n_revoked, ==, 2);
    end (&fixture);
  }
}

/* What has the focus goes away: it must not land on the next button. */
static void
test_focus (void)
{
  Fixture fixture = { NULL };
  GtkWidget *button;

  begin (&fixture, tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ));
  button = tok_ui_test_get (fixture.row, GTK_TYPE_BUTTON, "Revoke access");
  gtk_widget_grab_focus (button);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == button);
  tok_ui_test_click (fixture.row, "Revoke access");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == GTK_WIDGET (fixture.row));
  tok_grant_set_working (fixture.grant);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == GTK_WIDGET (fixture.row));

  /* A focus that is elsewhere stays there. */
  tok_grant_set_idle (fixture.grant);
  gtk_window_set_focus (GTK_WINDOW (fixture.window), NULL);
  tok_ui_test_click (fixture.row, "Revoke access");
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (fixture.window)));
  end (&fixture);
}

static GtkWidget *
find_copy_button (Fixture *self)
{
  return tok_ui_test_find_tip (self->row, "Copy the secret of Grid <b>bot");
}

static void
test_copy (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GtkWidget) button = NULL;
  guint n_copied = 0;

  begin (&fixture, tok_ui_test_new_token ("Grid <b>bot", TOK_SCOPE_TRADE, NULL));
  g_signal_connect (fixture.row, "copy", G_CALLBACK (on_revoke), &n_copied);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_null (find_copy_button (&fixture));

  tok_grant_set_has_copy (fixture.grant, TRUE);
  tok_ui_test_wait_for_frame (fixture.window);
  g_set_object (&button, find_copy_button (&fixture));
  g_assert_nonnull (button);
  tok_ui_test_assert_name (button, "Copy the secret of Grid <b>bot");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (n_copied, ==, 1);
  g_assert_cmpuint (fixture.n_revoked, ==, 0);

  /* When it goes, the focus goes to the row. */
  gtk_widget_grab_focus (button);
  tok_grant_set_has_copy (fixture.grant, FALSE);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_null (find_copy_button (&fixture));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == GTK_WIDGET (fixture.row));

  /* It may live longer than the row. */
  tok_grant_set_has_copy (fixture.grant, TRUE);
  end (&fixture);
}

static void
test_copy_key (void)
{
  Fixture fixture = { NULL };
  guint n_copied = 0;

  begin (&fixture, tok_ui_test_new_token ("Grid bot", TOK_SCOPE_TRADE, NULL));
  g_signal_connect (fixture.row, "copy", G_CALLBACK (on_revoke), &n_copied);
  g_assert_true (tok_ui_test_press (fixture.row, "<Control>c"));
  g_assert_cmpuint (n_copied, ==, 1);
  tok_grant_set_gone (fixture.grant);
  g_assert_false (tok_ui_test_press (fixture.row, "<Control>c"));
  g_assert_cmpuint (n_copied, ==, 1);
  end (&fixture);

  begin (&fixture, tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ));
  g_assert_false (tok_ui_test_press (fixture.row, "<Control>c"));
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/grant-row/new-destroy", test_new_destroy);
  g_test_add_func ("/grant-row/app", test_app);
  g_test_add_func ("/grant-row/use-not-known", test_use_not_known);
  g_test_add_func ("/grant-row/back", test_back);
  g_test_add_func ("/grant-row/token", test_token);
  g_test_add_func ("/grant-row/no-admin", test_no_admin);
  g_test_add_func ("/grant-row/icons", test_icons);
  g_test_add_func ("/grant-row/states", test_states);
  g_test_add_func ("/grant-row/update", test_update);
  g_test_add_func ("/grant-row/now", test_now);
  g_test_add_func ("/grant-row/names", test_names);
  g_test_add_func ("/grant-row/warning", test_warning);
  g_test_add_func ("/grant-row/warning-for-token", test_warning_for_token);
  g_test_add_func ("/grant-row/long-name", test_long_name);
  g_test_add_func ("/grant-row/revoke", test_revoke);
  g_test_add_func ("/grant-row/token-states", test_token_states);
  g_test_add_func ("/grant-row/delete-key", test_delete_key);
  g_test_add_func ("/grant-row/focus", test_focus);
  g_test_add_func ("/grant-row/copy", test_copy);
  g_test_add_func ("/grant-row/copy-key", test_copy_key);

  return g_test_run ();
}
