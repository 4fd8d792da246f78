/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-revoke-button.h"

#include "tok-error.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#define WHY_NOT "Revoking needs a token with the permission Admin"

typedef struct {
  TokGrant *grant;
  TokRevokeButton *button;
  GtkWidget *window;
  guint n_revoked;
} Fixture;

static void
on_revoke (TokRevokeButton *button, guint *n_revoked)
{
  (*n_revoked)++;
}

/* Takes @grant. */
static void
begin_with (Fixture *self, TokGrant *grant)
{
  self->grant = grant;
  self->button
      = g_object_new (TOK_TYPE_REVOKE_BUTTON, "grant", self->grant, "can-revoke", TRUE, NULL);
  self->window = tok_ui_test_present (GTK_WIDGET (self->button));
  g_signal_connect (self->button, "revoke", G_CALLBACK (on_revoke), &self->n_revoked);
}

static void
begin (Fixture *self, const char *name)
{
  begin_with (self, tok_ui_test_new_app (7, name, TOK_SCOPE_READ));
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->grant);
}

static void
fail (TokGrant *grant)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_TROUBLE, "Oops");

  tok_grant_set_failed (grant, error);
}

static void
test_new_destroy (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  Fixture fixture = { NULL };

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_REVOKE_BUTTON, NULL));
  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_REVOKE_BUTTON, "grant", grant, NULL));
  begin (&fixture, "Desk");
  end (&fixture);
}

static void
assert_button (Fixture *self, const char *label, const char *name)
{
  GtkWidget *button = tok_ui_test_get (self->button, GTK_TYPE_BUTTON, label);

  tok_ui_test_assert_name (button, name);
  g_assert_null (gtk_widget_get_tooltip_text (button));
  g_assert_true (gtk_widget_is_sensitive (button));
}

static void
assert_said (Fixture *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  g_assert_null (tok_ui_test_find (self->button, GTK_TYPE_BUTTON, NULL));
  g_assert_true (tok_ui_test_shows (self->button, text));
}

static void
test_states (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, "Desk");
  assert_button (&fixture, "Revoke access", "Revoke access for Desk");

  tok_grant_set_working (fixture.grant);
  assert_said (&fixture, "Revoking…");
  g_assert_true (
      gtk_spinner_get_spinning (tok_ui_test_get (fixture.button, GTK_TYPE_SPINNER, NULL)));

  fail (fixture.grant);
  tok_ui_test_wait_for_frame (fixture.window);
  assert_button (&fixture, "Retry", "Retry: revoke access for Desk");
  g_assert_false (
      gtk_spinner_get_spinning (tok_ui_test_find_any (fixture.button, GTK_TYPE_SPINNER, NULL)));

  tok_grant_set_working (fixture.grant);
  tok_grant_set_gone (fixture.grant);
  assert_said (&fixture, "Access revoked");

  tok_grant_set_idle (fixture.grant);
  tok_ui_test_wait_for_frame (fixture.window);
  assert_button (&fixture, "Revoke access", "Revoke access for Desk");
  g_assert_cmpuint (fixture.n_revoked, ==, 0);
  end (&fixture);
}

static void
test_click (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, "Desk");
  tok_ui_test_click (fixture.button, "Revoke access");
  g_assert_cmpuint (fixture.n_revoked, ==, 1);
  /* What it leads to is none of its business. */
  g_assert_cmpint (tok_grant_get_state (fixture.grant), ==, TOK_GRANT_IDLE);

  fail (fixture.grant);
  tok_ui_test_click (fixture.button, "Retry");
  g_assert_cmpuint (fixture.n_revoked, ==, 2);
  end (&fixture);
}

static void
test_not_allowed (void)
{
  Fixture fixture = { NULL };
  GtkWidget *button;
  guint *n_notified;

  begin (&fixture, "Desk");
  button = tok_ui_test_get (fixture.button, GTK_TYPE_BUTTON, "Revoke access");
  n_notified = tok_test_count_notify (fixture.button, "can-revoke");
  tok_revoke_button_set_can_revoke (fixture.button, FALSE);
  tok_revoke_button_set_can_revoke (fixture.button, FALSE);
  g_assert_cmpuint (*n_notified, ==, 1);

  /* It says why, and still what it is for. */
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, WHY_NOT);
  tok_ui_test_assert_name (button, "Revoke access for Desk");

  fail (fixture.grant);
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, WHY_NOT);
  tok_ui_test_assert_name (button, "Retry: revoke access for Desk");

  tok_revoke_button_set_can_revoke (fixture.button, 2);
  assert_button (&fixture, "Retry", "Retry: revoke access for Desk");
  end (&fixture);
}

/* Borrowed from the button. */
static TokGrant *
get_grant (Fixture *self)
{
  g_autoptr (TokGrant) grant = NULL;

  g_object_get (self->button, "grant", &grant, NULL);
  return grant;
}

static void
test_another_grant (void)
{
  g_autoptr (TokGrant) other = tok_ui_test_new_app (8, "Other", TOK_SCOPE_READ);
  Fixture fixture = { NULL };

  begin (&fixture, "Desk");
  tok_revoke_button_set_can_revoke (fixture.button, FALSE);
  tok_revoke_button_set_grant (fixture.button, other);
  g_assert_true (get_grant (&fixture) == other);
  tok_ui_test_assert_name (tok_ui_test_get (fixture.button, GTK_TYPE_BUTTON, NULL),
                           "Revoke access for Other");
  tok_grant_set_working (fixture.grant);
  g_assert_nonnull (tok_ui_test_find (fixture.button, GTK_TYPE_BUTTON, "Revoke access"));

  tok_revoke_button_set_grant (fixture.button, NULL);
  g_assert_null (get_grant (&fixture));
  end (&fixture);
}

static void
test_names (void)
{
  static const struct {
    const char *name;
    const char *label;
  } names[] = {
    { "<b>A</b> & \"B\"", "Revoke access for <b>A</b> & \"B\"" },
    { "%s _x", "Revoke access for %s _x" },
    { "\u202egnp.exe", "Revoke access for [U+202E]gnp.exe" },
    { "\u05d1\u05d5\u05d8", "Revoke access for \u2068\u05d1\u05d5\u05d8\u2069" },
    { "", "Revoke access for (no name)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    Fixture fixture = { NULL };

    begin (&fixture, names[i].name);
    assert_button (&fixture, "Revoke access", names[i].label);
    end (&fixture);
  }
}

/* Of a token the same is said in other words. */
static void
test_token (void)
{
  Fixture fixture = { NULL };
  GtkWidget *button;

  begin_with (&fixture, tok_ui_test_new_token ("Grid bot", TOK_SCOPE_READ, NULL));
  assert_button (&fixture, "Delete", "Delete token Grid bot");
  tok_ui_test_click (fixture.button, "Delete");
  g_assert_cmpuint (fixture.n_revoked, ==, 1);
  tok_grant_set_working (fixture.grant);
  assert_said (&fixture, "Deleting…");
  fail (fixture.grant);
  tok_ui_test_wait_for_frame (fixture.window);
  assert_button (&fixture, "Retry", "Retry: delete token Grid bot");

  tok_revoke_button_set_can_revoke (fixture.button, FALSE);
  button = tok_ui_test_get (fixture.button, GTK_TYPE_BUTTON, "Retry");
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==,
                   "Deleting needs a token with the permission Admin");
  tok_ui_test_assert_name (button, "Retry: delete token Grid bot");

  tok_grant_set_working (fixture.grant);
  tok_grant_set_gone (fixture.grant);
  assert_said (&fixture, "Deleted");
  end (&fixture);

  begin_with (&fixture, tok_ui_test_new_token ("\u202e<b>", TOK_SCOPE_READ, NULL));
  assert_button (&fixture, "Delete", "Delete token [U+202E]<b>");
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/revoke-button/new-destroy", test_new_destroy);
  g_test_add_func ("/revoke-button/states", test_states);
  g_test_add_func ("/revoke-button/click", test_click);
  g_test_add_func ("/revoke-button/not-allowed", test_not_allowed);
  g_test_add_func ("/revoke-button/another-grant", test_another_grant);
  g_test_add_func ("/revoke-button/names", test_names);
  g_test_add_func ("/revoke-button/token", test_token);

  return g_test_run ();
}
