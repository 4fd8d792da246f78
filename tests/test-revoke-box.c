/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-revoke-box.h"

#include "tok-error.h"
#include "tok-grant.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#define REACH "At once, and for all your accounts. Open positions stay open."
#define LACK                                                                                       \
  "needs a token with the permission Admin, and the one you signed in with doesn’t have it. On " \
  "the operator’s website, create a token with Read and Admin, and sign in with that one."

typedef struct {
  GtkWidget *box;
  GtkWidget *window;
  guint n_revoked;
} Fixture;

static void
on_revoke (Fixture *self)
{
  self->n_revoked++;
}

static void
begin (Fixture *self, TokGrant *grant, gboolean can_revoke)
{
  self->box = g_object_new (TOK_TYPE_REVOKE_BOX, "grant", grant, "can-revoke", can_revoke, NULL);
  g_signal_connect_swapped (self->box, "revoke", G_CALLBACK (on_revoke), self);
  self->window = tok_ui_test_present (self->box);
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
}

static gboolean
shows (Fixture *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_shows (self->box, text);
}

static void
test_new_destroy (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  Fixture self = { NULL };

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_REVOKE_BOX, NULL));
  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_REVOKE_BOX, "grant", grant, NULL));
  begin (&self, NULL, TRUE);
  end (&self);
}

static void
test_states (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_MAINTENANCE, "<b>Oops</b>");
  Fixture self = { NULL };

  begin (&self, grant, TRUE);
  g_assert_false (shows (&self, "Revoking " LACK));
  g_assert_true (shows (&self, REACH));
  tok_ui_test_click (self.box, "Revoke access");
  g_assert_cmpuint (self.n_revoked, ==, 1);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_IDLE);

  tok_grant_set_working (grant);
  g_assert_true (shows (&self, "Revoking…"));
  tok_grant_set_failed (grant, error);
  g_assert_true (shows (&self, "Still has access. The service is closed for maintenance. Nothing "
                               "is lost; try again later."));
  tok_ui_test_click (self.box, "Retry");
  g_assert_cmpuint (self.n_revoked, ==, 2);
  tok_grant_set_gone (grant);
  g_assert_true (shows (&self, "Access revoked"));
  g_assert_null (tok_ui_test_find (self.box, GTK_TYPE_BUTTON, NULL));
  end (&self);
}

/* Why the button is off, and what can be done about it. */
static void
test_lack (void)
{
  g_autoptr (TokGrant) app = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  g_autoptr (TokGrant) token = tok_ui_test_new_token ("Bot", TOK_SCOPE_READ, NULL);
  guint *n_notified;
  Fixture self = { NULL };

  begin (&self, app, FALSE);
  n_notified = tok_test_count_notify (self.box, "can-revoke");
  g_assert_true (shows (&self, "Revoking " LACK));
  g_assert_false (
      gtk_widget_is_sensitive (tok_ui_test_get (self.box, GTK_TYPE_BUTTON, "Revoke access")));
  g_object_set (self.box, "grant", token, NULL);
  g_assert_true (shows (&self, "Deleting " LACK));

  g_object_set (self.box, "can-revoke", TRUE, NULL);
  g_object_set (self.box, "can-revoke", TRUE, NULL);
  g_assert_cmpuint (*n_notified, ==, 1);
  g_assert_false (shows (&self, "Deleting " LACK));
  g_assert_false (shows (&self, REACH));
  g_assert_true (gtk_widget_is_sensitive (tok_ui_test_get (self.box, GTK_TYPE_BUTTON, "Delete")));
  end (&self);
}

static gboolean
stops_key (Fixture *self)
{
  GtkEventController *key = tok_ui_test_get_controller (self->box, GTK_TYPE_EVENT_CONTROLLER_KEY);
  gboolean stopped = FALSE;

  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_Return, 0, 0, &stopped);
  g_signal_emit_by_name (key, "key-released", GDK_KEY_Return, 0, 0);
  return stopped;
}

/* What leads here isn't meant for the button, and neither is what was begun before it came back. */
static void
test_haste (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_TROUBLE, "Oops");
  Fixture self = { NULL };

  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
  begin (&self, grant, TRUE);
  /* It may be held. */
  g_assert_true (stops_key (&self));
  g_assert_false (stops_key (&self));

  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 60000, NULL);
  g_assert_false (stops_key (&self));
  gtk_widget_set_visible (self.box, FALSE);
  gtk_widget_set_visible (self.box, TRUE);
  g_assert_true (stops_key (&self));
  g_assert_true (stops_key (&self));
  end (&self);

  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
  begin (&self, grant, TRUE);
  g_assert_true (stops_key (&self));
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 60000, NULL);
  tok_grant_set_working (grant);
  g_assert_false (stops_key (&self));
  tok_grant_set_failed (grant, error);
  g_assert_true (stops_key (&self));
  end (&self);
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
}

/* What becomes of another one is none of its business. */
static void
test_another (void)
{
  g_autoptr (TokGrant) first = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  g_autoptr (TokGrant) second = tok_ui_test_new_app (8, "Copier", TOK_SCOPE_READ);
  g_autoptr (TokGrant) kept = NULL;
  Fixture self = { NULL };

  begin (&self, first, TRUE);
  g_object_set (self.box, "grant", second, NULL);
  tok_grant_set_working (first);
  g_assert_false (shows (&self, "Revoking…"));
  g_object_get (self.box, "grant", &kept, NULL);
  g_assert_true (kept == second);
  end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/revoke-box/new-destroy", test_new_destroy);
  g_test_add_func ("/revoke-box/states", test_states);
  g_test_add_func ("/revoke-box/lack", test_lack);
  g_test_add_func ("/revoke-box/haste", test_haste);
  g_test_add_func ("/revoke-box/another", test_another);

  return g_test_run ();
}
