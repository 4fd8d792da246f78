/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-list-keeper.h"

#include "tok-error.h"
#include "tok-grant-row.h"
#include "tok-revoke-button.h"
#include "tok-test.h"
#include "tok-ui-test.h"

/* What the keeper's own times are: how long a row that is gone stays to be read, and how long
 * after the last input a list counts as left alone. */
#define READABLE_US (3 * G_USEC_PER_SEC / 2)
#define QUIET_US (3 * G_USEC_PER_SEC)

/* A list of apps with ids from 1 on. */
typedef struct {
  TokGrantStore *store;
  GtkListBox *list_box;
  TokListKeeper *keeper;
  GtkWidget *window;
  guint n_created;
  guint n_swept;
  gint64 swept_at;
} Fixture;

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  Fixture *self = data;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  GtkWidget *row = tok_grant_row_new (item);

  tok_grant_row_set_now (TOK_GRANT_ROW (row), now);
  tok_grant_row_set_can_revoke (TOK_GRANT_ROW (row), TRUE);
  self->n_created++;
  return row;
}

static void
on_sweep (TokListKeeper *keeper, Fixture *self)
{
  self->n_swept++;
  self->swept_at = g_get_monotonic_time ();
  tok_grant_store_sweep (self->store);
}

static void
begin (Fixture *self, guint n_apps)
{
  self->store = tok_grant_store_new ();
  tok_ui_test_list_apps (self->store, 1, n_apps);
  self->list_box = GTK_LIST_BOX (gtk_list_box_new ());
  self->keeper = tok_list_keeper_new (self->list_box, G_LIST_MODEL (self->store), create_row, self);
  g_signal_connect (self->keeper, "sweep", G_CALLBACK (on_sweep), self);
  self->window = tok_ui_test_present_scrolled (GTK_WIDGET (self->list_box));
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
}

static void
end (Fixture *self)
{
  tok_test_assert_finalize (self->keeper);
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->store);
}

static TokGrantRow *
nth_row (Fixture *self, int n)
{
  return TOK_GRANT_ROW (gtk_list_box_get_row_at_index (self->list_box, n));
}

static TokGrantRow *
find_row (Fixture *self, const char *id)
{
  TokGrant *grant = tok_grant_store_find (self->store, id);
  TokGrantRow *row;

  for (int i = 0; (row = nth_row (self, i)) != NULL; i++)
    if (tok_grant_row_get_grant (row) == grant)
      return row;
  return NULL;
}

/* On a row itself, never on a button in it; %NULL for no row. */
static void
assert_focus (Fixture *self, const char *id)
{
  GtkWidget *focus;

  /* GTK moves the focus once more, where what had it is gone. */
  tok_ui_test_wait_for_frame (self->window);
  focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  if (id == NULL) {
    g_assert_false (focus != NULL && TOK_IS_GRANT_ROW (focus));
    return;
  }
  g_assert_true (TOK_IS_GRANT_ROW (focus));
  g_assert_cmpstr (tok_grant_get_key (tok_grant_row_get_grant (TOK_GRANT_ROW (focus))), ==, id);
}

static void
set_gone (Fixture *self, const char *id)
{
  tok_grant_set_gone (tok_grant_store_find (self->store, id));
}

static void
set_double_click_time (int ms)
{
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", ms, NULL);
}

static void
test_new_destroy (void)
{
  Fixture fixture = { NULL };
  g_autoptr (TokGrant) grant = NULL;

  begin (&fixture, 3);
  grant = g_object_ref (tok_grant_store_find (fixture.store, "2"));
  g_assert_nonnull (nth_row (&fixture, 2));

  /* It takes its rows along, and what they showed may live on. */
  tok_test_assert_finalize (fixture.keeper);
  g_assert_null (nth_row (&fixture, 0));
  tok_ui_test_list_apps (fixture.store, 1, 5);
  g_assert_null (nth_row (&fixture, 0));
  tok_ui_test_close (fixture.window);
  tok_test_assert_finalize (fixture.store);
  tok_grant_set_gone (grant);
}

static void
test_rows (void)
{
  Fixture fixture = { NULL };
  TokGrantRow *first, *third;

  begin (&fixture, 3);
  first = nth_row (&fixture, 0);
  third = nth_row (&fixture, 2);

  /* The same list again leaves everything alone. */
  tok_ui_test_list_apps (fixture.store, 1, 3);
  g_assert_cmpuint (fixture.n_created, ==, 3);
  g_assert_true (nth_row (&fixture, 0) == first);

  /* One more is one row more. */
  tok_ui_test_list_apps (fixture.store, 1, 4);
  g_assert_cmpuint (fixture.n_created, ==, 4);
  g_assert_true (nth_row (&fixture, 0) == first);
  g_assert_true (nth_row (&fixture, 2) == third);
  g_assert_nonnull (nth_row (&fixture, 3));

  /* Those that are gone stay where they are until they are swept out. */
  tok_ui_test_list_apps (fixture.store, 3, 4);
  g_assert_true (nth_row (&fixture, 0) == first);
  g_assert_true (nth_row (&fixture, 2) == third);
  tok_grant_store_sweep (fixture.store);
  g_assert_true (nth_row (&fixture, 0) == third);
  g_assert_null (nth_row (&fixture, 2));
  g_assert_cmpuint (fixture.n_created, ==, 4);
  end (&fixture);
}

static void
test_focus_stays (void)
{
  Fixture fixture = { NULL };
  GtkWidget *row, *button;

  begin (&fixture, 4);
  row = GTK_WIDGET (find_row (&fixture, "3"));
  gtk_widget_grab_focus (row);
  assert_focus (&fixture, "3");

  tok_ui_test_list_apps (fixture.store, 1, 6);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == row);

  /* The row is made anew, since it comes elsewhere; the focus finds it. */
  tok_ui_test_list_apps (fixture.store, 3, 8);
  tok_ui_test_list_apps (fixture.store, 1, 8);
  tok_grant_store_sweep (fixture.store);
  assert_focus (&fixture, "3");

  /* From a button to its row, if that has to be made anew. */
  button = tok_ui_test_get (find_row (&fixture, "3"), GTK_TYPE_BUTTON, "Revoke access");
  gtk_widget_grab_focus (button);
  tok_grant_store_clear (fixture.store);
  tok_ui_test_list_apps (fixture.store, 1, 2);
  end (&fixture);
}

static void
test_focus_goes_to_next (void)
{
  static const struct {
    const char *focus;
    const char *gone[5];
    const char *then;
  } cases[] = {
    { "2", { "2", NULL }, "3" },
    { "2", { "1", "2", NULL }, "3" },
    { "2", { "2", "3", NULL }, "4" },
    { "2", { "1", NULL }, "2" },
    { "4", { "4", NULL }, "3" },
    { "4", { "3", "4", NULL }, "2" },
    { "1", { "1", "2", "3", NULL }, "4" },
    { "3", { "1", "3", NULL }, "4" },
    { "2", { "1", "2", "3", "4", NULL }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Fixture fixture = { NULL };

    g_test_message ("case %u", i);
    begin (&fixture, 4);
    gtk_widget_grab_focus (GTK_WIDGET (find_row (&fixture, cases[i].focus)));
    for (guint n = 0; cases[i].gone[n] != NULL; n++)
      set_gone (&fixture, cases[i].gone[n]);
    assert_focus (&fixture, cases[i].focus);
    tok_grant_store_sweep (fixture.store);
    assert_focus (&fixture, cases[i].then);
    end (&fixture);
  }
}

/* The focus is not drawn into the list by what happens there. */
static void
test_focus_elsewhere (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, 3);
  assert_focus (&fixture, NULL);
  tok_ui_test_list_apps (fixture.store, 2, 5);
  tok_grant_store_sweep (fixture.store);
  assert_focus (&fixture, NULL);
  end (&fixture);
}

static void
assert_unsettled_for_a_while (Fixture *self)
{
  g_assert_false (tok_list_keeper_get_is_settled (self->keeper));
  tok_test_wait_until (tok_list_keeper_get_is_settled (self->keeper));
}

static void
test_settled (void)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_TROUBLE, "Oops");
  Fixture fixture = { NULL };
  TokGrant *grant;
  gint64 start;

  begin (&fixture, 3);
  grant = tok_grant_store_find (fixture.store, "2");
  set_double_click_time (60);
  g_assert_true (tok_list_keeper_get_is_settled (fixture.keeper));

  /* Rows come. */
  start = g_get_monotonic_time ();
  tok_ui_test_list_apps (fixture.store, 1, 4);
  assert_unsettled_for_a_while (&fixture);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 60 * G_TIME_SPAN_MILLISECOND);

  /* A list that is the same moves nothing, and neither does a row at work. */
  tok_ui_test_list_apps (fixture.store, 1, 4);
  g_assert_true (tok_list_keeper_get_is_settled (fixture.keeper));
  tok_grant_set_working (grant);
  g_assert_true (tok_list_keeper_get_is_settled (fixture.keeper));

  /* A row grows, and its button is back where the pointer is. */
  tok_grant_set_failed (grant, error);
  assert_unsettled_for_a_while (&fixture);

  /* Nothing moves when one is gone, but when it leaves. */
  tok_grant_set_gone (grant);
  g_assert_true (tok_list_keeper_get_is_settled (fixture.keeper));
  tok_grant_store_sweep (fixture.store);
  assert_unsettled_for_a_while (&fixture);

  tok_list_keeper_unsettle (fixture.keeper);
  assert_unsettled_for_a_while (&fixture);
  end (&fixture);
}

static gboolean
press (Fixture *self, guint keyval)
{
  GtkEventController *key
      = tok_ui_test_get_controller (self->list_box, GTK_TYPE_EVENT_CONTROLLER_KEY);
  gboolean stopped = FALSE;

  g_signal_emit_by_name (key, "key-pressed", keyval, 0, 0, &stopped);
  return stopped;
}

static void
release (Fixture *self, guint keyval)
{
  GtkEventController *key
      = tok_ui_test_get_controller (self->list_box, GTK_TYPE_EVENT_CONTROLLER_KEY);

  g_signal_emit_by_name (key, "key-released", keyval, 0, 0);
}

static void
test_held_key (void)
{
  static const guint activating[]
      = { GDK_KEY_Return, GDK_KEY_ISO_Enter, GDK_KEY_KP_Enter, GDK_KEY_space, GDK_KEY_KP_Space };
  Fixture fixture = { NULL };
  GtkEventController *focus;

  begin (&fixture, 3);
  for (guint i = 0; i < G_N_ELEMENTS (activating); i++) {
    g_assert_false (press (&fixture, activating[i]));
    g_assert_true (press (&fixture, activating[i]));
    g_assert_true (press (&fixture, activating[i]));
    release (&fixture, activating[i]);
    g_assert_false (press (&fixture, activating[i]));
    release (&fixture, activating[i]);
  }

  /* Whoever holds an arrow wants to get on. */
  g_assert_false (press (&fixture, GDK_KEY_Down));
  g_assert_false (press (&fixture, GDK_KEY_Down));
  release (&fixture, GDK_KEY_Down);

  /* A key that was let go elsewhere isn't held. */
  g_assert_false (press (&fixture, GDK_KEY_Return));
  focus = tok_ui_test_get_controller (fixture.list_box, GTK_TYPE_EVENT_CONTROLLER_FOCUS);
  g_signal_emit_by_name (focus, "leave");
  g_assert_false (press (&fixture, GDK_KEY_Return));
  end (&fixture);
}

static void
do_something (Fixture *self)
{
  GtkEventController *any
      = tok_ui_test_get_controller (self->list_box, GTK_TYPE_EVENT_CONTROLLER_LEGACY);
  gboolean stopped = TRUE;

  g_signal_emit_by_name (any, "event", NULL, &stopped);
  g_assert_false (stopped);
}

static void
watch (Fixture *self)
{
  begin (self, 4);
  gtk_widget_grab_focus (GTK_WIDGET (nth_row (self, 0)));
}

static void
assert_swept_after (Fixture *self, gint64 since, gint64 time)
{
  g_assert_cmpuint (self->n_swept, ==, 1);
  g_assert_cmpint (self->swept_at - since, >=, time);
  g_assert_null (tok_grant_store_find (self->store, "2"));
  end (self);
}

/* All at once, since each takes its time. */
static void
test_gone_leave (void)
{
  Fixture alone = { NULL }, idle = { NULL }, listed = { NULL };
  Fixture touched = { NULL }, busy = { NULL }, back = { NULL };
  gint64 start, touched_again;

  begin (&alone, 4);
  watch (&idle);
  begin (&listed, 4);
  watch (&touched);
  watch (&busy);
  begin (&back, 4);
  start = g_get_monotonic_time ();
  set_gone (&alone, "2");
  set_gone (&idle, "2");
  tok_ui_test_list_apps (listed.store, 3, 6);
  do_something (&touched);
  set_gone (&touched, "2");
  set_gone (&busy, "2");
  set_gone (&back, "2");
  tok_grant_set_idle (tok_grant_store_find (back.store, "2"));

  tok_test_wait_until (g_get_monotonic_time () - start > READABLE_US / 2);
  do_something (&busy);
  touched_again = g_get_monotonic_time ();
  tok_test_wait_until (busy.n_swept > 0);

  /* Nobody at the list, or nobody who does anything; somebody who has just done something. */
  assert_swept_after (&alone, start, READABLE_US);
  assert_swept_after (&idle, start, READABLE_US);
  assert_swept_after (&listed, start, READABLE_US);
  assert_swept_after (&touched, start, QUIET_US);
  assert_swept_after (&busy, touched_again, QUIET_US);

  /* What came back has nothing to be swept. */
  g_assert_cmpuint (back.n_swept, ==, 0);
  g_assert_nonnull (find_row (&back, "2"));
  end (&back);
}

static gboolean
has_moved (Fixture *self, const char *id)
{
  return gtk_widget_get_opacity (GTK_WIDGET (find_row (self, id))) < 1;
}

static void
begin_to_leave (Fixture *self)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  set_double_click_time (60);
  begin (self, 4);
  gtk_widget_grab_focus (GTK_WIDGET (find_row (self, "2")));
  set_gone (self, "2");
  tok_test_wait_until (has_moved (self, "2"));
}

static void
end_motion (Fixture *self)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  end (self);
}

/* The focus goes ahead of it, and no click counts meanwhile. */
static void
test_motion (void)
{
  Fixture fixture = { NULL };

  begin_to_leave (&fixture);
  assert_focus (&fixture, "3");
  g_assert_cmpuint (fixture.n_swept, ==, 0);
  while (fixture.n_swept == 0) {
    g_assert_false (tok_list_keeper_get_is_settled (fixture.keeper));
    tok_ui_test_wait_for_frame (fixture.window);
  }
  assert_unsettled_for_a_while (&fixture);
  g_assert_null (find_row (&fixture, "2"));
  assert_focus (&fixture, "3");
  end_motion (&fixture);
}

/* One that comes back in the middle is there as before. */
static void
test_motion_back (void)
{
  Fixture fixture = { NULL };

  begin_to_leave (&fixture);
  tok_grant_set_idle (tok_grant_store_find (fixture.store, "2"));
  g_assert_false (has_moved (&fixture, "2"));
  g_assert_false (tok_list_keeper_get_is_settled (fixture.keeper));
  tok_test_wait_until (tok_list_keeper_get_is_settled (fixture.keeper));
  g_assert_cmpuint (fixture.n_swept, ==, 0);
  end_motion (&fixture);
}

/* One that goes in the middle is still to be read; then both leave. */
static void
test_motion_more (void)
{
  Fixture fixture = { NULL };
  gint64 gone_at;

  begin_to_leave (&fixture);
  set_gone (&fixture, "4");
  gone_at = g_get_monotonic_time ();
  tok_test_wait_until (has_moved (&fixture, "4"));
  g_assert_cmpint (g_get_monotonic_time () - gone_at, >=, READABLE_US);
  tok_test_wait_until (fixture.n_swept > 0);
  g_assert_cmpuint (fixture.n_swept, ==, 1);
  g_assert_null (find_row (&fixture, "4"));
  g_assert_nonnull (find_row (&fixture, "3"));
  end_motion (&fixture);
}

/* The list may go in the middle. */
static void
test_motion_closed (void)
{
  Fixture fixture = { NULL };

  begin_to_leave (&fixture);
  end_motion (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/list-keeper/new-destroy", test_new_destroy);
  g_test_add_func ("/list-keeper/rows", test_rows);
  g_test_add_func ("/list-keeper/focus-stays", test_focus_stays);
  g_test_add_func ("/list-keeper/focus-goes-to-next", test_focus_goes_to_next);
  g_test_add_func ("/list-keeper/focus-elsewhere", test_focus_elsewhere);
  g_test_add_func ("/list-keeper/settled", test_settled);
  g_test_add_func ("/list-keeper/held-key", test_held_key);
  g_test_add_func ("/list-keeper/gone-leave", test_gone_leave);
  g_test_add_func ("/list-keeper/motion/leaves", test_motion);
  g_test_add_func ("/list-keeper/motion/back", test_motion_back);
  g_test_add_func ("/list-keeper/motion/more", test_motion_more);
  g_test_add_func ("/list-keeper/motion/closed", test_motion_closed);

  return g_test_run ();
}
