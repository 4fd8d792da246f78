/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-steps.h"

#include "tok-test.h"
#include "tok-ui-browser.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define ADDRESS "ws://127.0.0.1:41207/websockets/v3?app_id=1089"
#define PAGE "http://127.0.0.1:41207/account/api-token"
#define OPEN "Open the Token Page"
#define NO_BROWSER "No browser could be opened. The page is " PAGE
#define LAST_STEP "5. Come back here and paste it."

typedef struct {
  GtkWidget *steps;
  GtkWidget *window;
  GtkWidget *header;
} Fixture;

static void
begin (Fixture *self)
{
  self->steps = g_object_new (TOK_TYPE_TOKEN_STEPS, "address", ADDRESS, NULL);
  self->window = tok_ui_test_present_scrolled (self->steps);
  self->header = tok_ui_test_get (self->steps, ADW_TYPE_ACTION_ROW, "How to Create Such a Token");
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
  return tok_ui_test_shows (self->steps, text);
}

static void
assert_open (Fixture *self, gboolean is_open)
{
  g_autofree char *other = NULL;

  g_assert_true (shows (self, LAST_STEP) == is_open);
  g_assert_true ((tok_ui_test_find (self->steps, GTK_TYPE_BUTTON, OPEN) != NULL) == is_open);
  other = gtk_test_accessible_check_state (GTK_ACCESSIBLE (self->header),
                                           GTK_ACCESSIBLE_STATE_EXPANDED, is_open);
  g_assert_null (other);
}

static void
test_new_destroy (void)
{
  Fixture fixture;

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_TOKEN_STEPS, NULL));
  begin (&fixture);
  end (&fixture);
}

static void
test_unfolds (void)
{
  Fixture fixture;

  begin (&fixture);
  assert_open (&fixture, FALSE);
  for (guint i = 1; i <= 3; i++) {
    gtk_widget_activate (fixture.header);
    assert_open (&fixture, i % 2 == 1);
  }
  end (&fixture);
}

static void
test_address (void)
{
  Fixture fixture;
  guint *n_notified;
  g_autofree char *address = NULL;

  begin (&fixture);
  n_notified = tok_test_count_notify (fixture.steps, "address");
  g_object_set (fixture.steps, "address", ADDRESS, NULL);
  g_assert_cmpuint (*n_notified, ==, 0);
  g_object_set (fixture.steps, "address", "wss://ws.example.org/?app_id=7", NULL);
  g_assert_cmpuint (*n_notified, ==, 1);
  g_object_get (fixture.steps, "address", &address, NULL);
  g_assert_cmpstr (address, ==, "wss://ws.example.org/?app_id=7");
  end (&fixture);
}

static void
test_page (void)
{
  Fixture fixture;
  g_autofree char *page = NULL;

  tok_ui_browser_install ();
  begin (&fixture);
  gtk_widget_activate (fixture.header);
  tok_ui_test_wait_for_frame (fixture.window);
  tok_ui_test_click (fixture.steps, OPEN);
  page = tok_ui_browser_wait_for_page ();
  g_assert_cmpstr (page, ==, PAGE);
  g_assert_false (shows (&fixture, NO_BROWSER));
  end (&fixture);
  tok_ui_browser_remove ();
}

/* Then the address helps, which can be copied. */
static void
test_no_browser (void)
{
  Fixture fixture;
  g_autofree char *page = NULL;
  GtkWidget *label;

  if (!tok_ui_browser_is_missing ()) {
    g_test_skip ("this computer has a browser of its own");
    return;
  }
  begin (&fixture);
  gtk_widget_activate (fixture.header);
  tok_ui_test_wait_for_frame (fixture.window);
  tok_ui_test_click (fixture.steps, OPEN);
  tok_test_wait_until (tok_ui_test_shows (fixture.steps, NO_BROWSER));
  label = tok_ui_test_get (fixture.steps, GTK_TYPE_LABEL, NO_BROWSER);
  g_assert_true (gtk_label_get_selectable (GTK_LABEL (label)));
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (label)), ==,
                   GTK_ACCESSIBLE_ROLE_ALERT);

  /* A second attempt begins anew. */
  tok_ui_browser_install ();
  tok_ui_test_click (fixture.steps, OPEN);
  g_assert_false (gtk_widget_get_visible (label));
  page = tok_ui_browser_wait_for_page ();
  g_assert_cmpstr (page, ==, PAGE);
  g_assert_false (shows (&fixture, NO_BROWSER));
  end (&fixture);
  tok_ui_browser_remove ();
}

/* It goes before anybody knows whether there is a browser. */
static void
test_destroyed (void)
{
  Fixture fixture;

  if (!tok_ui_browser_is_missing ()) {
    g_test_skip ("this computer has a browser of its own");
    return;
  }
  begin (&fixture);
  gtk_widget_activate (fixture.header);
  tok_ui_test_wait_for_frame (fixture.window);
  tok_ui_test_click (fixture.steps, OPEN);
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/token-steps/new-destroy", test_new_destroy);
  g_test_add_func ("/token-steps/unfolds", test_unfolds);
  g_test_add_func ("/token-steps/address", test_address);
  g_test_add_func ("/token-steps/page", test_page);
  g_test_add_func ("/token-steps/no-browser", test_no_browser);
  g_test_add_func ("/token-steps/destroyed", test_destroyed);

  return g_test_run ();
}
