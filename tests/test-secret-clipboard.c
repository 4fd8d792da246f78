/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret-clipboard.h"

#include "tok-test.h"
#include "tok-ui-test.h"

#define SECRET "aBcDeFgHiJkLmNo"
#define ANOTHER "zYxWvUtSrQpOnMl"
#define HINT_TYPE "x-kde-passwordManagerHint"

/* A guardian of the clipboard that everything in this process uses. */
typedef struct {
  GdkClipboard *clipboard;
  TokSecretClipboard *guardian;
  guint *n_states;
  guint *n_seconds;
} Fixture;

/* The screen takes note of what was cleared before; too late, it would take it for what is there.
 */
static void
settle (void)
{
  gdk_display_sync (gdk_display_get_default ());
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
begin (Fixture *self, guint seconds)
{
  settle ();
  self->clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  self->guardian = tok_secret_clipboard_new (self->clipboard, seconds);
  self->n_states = tok_test_count_notify (self->guardian, "state");
  self->n_seconds = tok_test_count_notify (self->guardian, "seconds-left");
}

static void
end (Fixture *self)
{
  tok_test_assert_finalize (self->guardian);
}

/* What a program that pastes gets. */
static char *
paste (Fixture *self)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  gdk_clipboard_read_text_async (self->clipboard, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  return gdk_clipboard_read_text_finish (self->clipboard, result, NULL);
}

static void
assert_pastes (Fixture *self, const char *text)
{
  g_autofree char *pasted = paste (self);

  g_assert_cmpstr (pasted, ==, text);
}

static void
assert_state (Fixture *self, TokSecretClipboardState state, guint seconds_left)
{
  TokSecretClipboardState kept_state;
  guint kept_seconds;

  g_assert_cmpint (tok_secret_clipboard_get_state (self->guardian), ==, state);
  g_assert_cmpuint (tok_secret_clipboard_get_seconds_left (self->guardian), ==, seconds_left);
  g_object_get (self->guardian, "state", &kept_state, "seconds-left", &kept_seconds, NULL);
  g_assert_cmpint (kept_state, ==, state);
  g_assert_cmpuint (kept_seconds, ==, seconds_left);
}

static void
wait_for_state (Fixture *self, TokSecretClipboardState state)
{
  tok_test_wait_until (tok_secret_clipboard_get_state (self->guardian) == state);
}

static void
test_new_destroy (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, 30);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_EMPTY, 0);
  /* There is nothing of ours. */
  tok_secret_clipboard_clear (fixture.guardian);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_EMPTY, 0);
  end (&fixture);

  /* What somebody copied is none of its business. */
  gdk_clipboard_set_text (fixture.clipboard, "something else");
  begin (&fixture, 30);
  tok_secret_clipboard_clear (fixture.guardian);
  end (&fixture);
  assert_pastes (&fixture, "something else");
}

static void
test_copy (void)
{
  Fixture fixture = { NULL };
  GdkContentFormats *formats;

  begin (&fixture, 30);
  tok_secret_clipboard_copy (fixture.guardian, SECRET);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_HELD, 30);
  g_assert_cmpuint (*fixture.n_states, ==, 1);
  g_assert_cmpuint (*fixture.n_seconds, ==, 1);
  assert_pastes (&fixture, SECRET);
  formats = gdk_clipboard_get_formats (fixture.clipboard);
  g_assert_true (gdk_content_formats_contain_mime_type (formats, HINT_TYPE));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/plain"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8"));

  tok_secret_clipboard_clear (fixture.guardian);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_CLEARED, 0);
  g_assert_null (gdk_clipboard_get_content (fixture.clipboard));
  assert_pastes (&fixture, NULL);
  g_assert_cmpuint (*fixture.n_states, ==, 2);
  tok_secret_clipboard_clear (fixture.guardian);
  g_assert_cmpuint (*fixture.n_states, ==, 2);
  end (&fixture);
}

/* What the hint says to those who ask for it. */
static void
test_hint (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Fixture fixture = { NULL };

  begin (&fixture, 30);
  tok_secret_clipboard_copy (fixture.guardian, SECRET);
  gdk_content_provider_write_mime_type_async (gdk_clipboard_get_content (fixture.clipboard),
                                              HINT_TYPE, stream, G_PRIORITY_DEFAULT, NULL,
                                              tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  gdk_content_provider_write_mime_type_finish (gdk_clipboard_get_content (fixture.clipboard),
                                               result, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "secret", 6);
  end (&fixture);
}

static void
test_time_is_up (void)
{
  Fixture fixture = { NULL };
  gint64 start = g_get_monotonic_time ();

  begin (&fixture, 2);
  tok_secret_clipboard_copy (fixture.guardian, SECRET);
  tok_test_wait_until (tok_secret_clipboard_get_seconds_left (fixture.guardian) == 1);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_HELD, 1);
  wait_for_state (&fixture, TOK_SECRET_CLIPBOARD_CLEARED);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_CLEARED, 0);
  /* Timers of whole seconds may be early by the rest of one. */
  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_USEC_PER_SEC);
  g_assert_cmpuint (*fixture.n_states, ==, 2);
  g_assert_cmpuint (*fixture.n_seconds, ==, 3);
  assert_pastes (&fixture, NULL);
  end (&fixture);
}

/* What somebody else copied meanwhile stays. */
static void
test_replaced (void)
{
  gint64 start;
  Fixture fixture = { NULL };

  begin (&fixture, 1);
  tok_secret_clipboard_copy (fixture.guardian, SECRET);
  gdk_clipboard_set_text (fixture.clipboard, "something else");
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_REPLACED, 0);
  start = g_get_monotonic_time ();
  tok_secret_clipboard_clear (fixture.guardian);
  assert_pastes (&fixture, "something else");
  tok_test_wait_until (g_get_monotonic_time () - start > 2 * G_USEC_PER_SEC);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_REPLACED, 0);
  assert_pastes (&fixture, "something else");
  g_assert_cmpuint (*fixture.n_states, ==, 2);

  /* Ours again. */
  tok_secret_clipboard_copy (fixture.guardian, ANOTHER);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_HELD, 1);
  assert_pastes (&fixture, ANOTHER);
  wait_for_state (&fixture, TOK_SECRET_CLIPBOARD_CLEARED);
  gdk_clipboard_set_text (fixture.clipboard, "something else");
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_CLEARED, 0);
  end (&fixture);
  assert_pastes (&fixture, "something else");
}

/* A second copy has all of its time. */
static void
test_copy_again (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, 2);
  tok_secret_clipboard_copy (fixture.guardian, SECRET);
  tok_test_wait_until (tok_secret_clipboard_get_seconds_left (fixture.guardian) == 1);
  tok_secret_clipboard_copy (fixture.guardian, ANOTHER);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_HELD, 2);
  g_assert_cmpuint (*fixture.n_states, ==, 1);
  assert_pastes (&fixture, ANOTHER);
  tok_test_wait_until (tok_secret_clipboard_get_seconds_left (fixture.guardian) != 2);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_HELD, 1);
  wait_for_state (&fixture, TOK_SECRET_CLIPBOARD_CLEARED);
  /* 2, 1, 2, 1, 0: one clock, not two. */
  g_assert_cmpuint (*fixture.n_seconds, ==, 5);
  end (&fixture);
}

/* A change is for what is copied from then on. */
static void
test_seconds (void)
{
  Fixture fixture = { NULL };
  guint *n_changes;
  guint seconds;

  begin (&fixture, 30);
  n_changes = tok_test_count_notify (fixture.guardian, "seconds");
  g_object_get (fixture.guardian, "seconds", &seconds, NULL);
  g_assert_cmpuint (seconds, ==, 30);
  tok_secret_clipboard_copy (fixture.guardian, SECRET);
  g_object_set (fixture.guardian, "seconds", 1, NULL);
  g_object_set (fixture.guardian, "seconds", 1, NULL);
  g_assert_cmpuint (*n_changes, ==, 1);
  g_object_get (fixture.guardian, "seconds", &seconds, NULL);
  g_assert_cmpuint (seconds, ==, 1);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_HELD, 30);
  tok_test_wait_until (tok_secret_clipboard_get_seconds_left (fixture.guardian) == 29);

  tok_secret_clipboard_copy (fixture.guardian, ANOTHER);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_HELD, 1);
  wait_for_state (&fixture, TOK_SECRET_CLIPBOARD_CLEARED);
  end (&fixture);
}

/* With the guardian goes the secret. */
static void
test_dispose (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, 30);
  tok_secret_clipboard_copy (fixture.guardian, SECRET);
  end (&fixture);
  g_assert_null (gdk_clipboard_get_content (fixture.clipboard));
  assert_pastes (&fixture, NULL);
}

static void
on_changed (GdkClipboard *clipboard, guint *n_changed)
{
  (*n_changed)++;
}

/* Where the compositor may have paid no heed it is cleared once more, but not what others copied.
 */
static void
test_follow (void)
{
  Fixture fixture = { NULL };
  GtkWidget *window = gtk_window_new ();
  guint n_changed = 0;
  gulong handler;

  begin (&fixture, 30);
  /* Under the pointer, since nobody else gives it the focus here. */
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
  tok_test_wait_until (gtk_window_is_active (GTK_WINDOW (window)));
  tok_secret_clipboard_follow (fixture.guardian, GTK_WINDOW (window));
  handler = g_signal_connect (fixture.clipboard, "changed", G_CALLBACK (on_changed), &n_changed);

  tok_secret_clipboard_copy (fixture.guardian, SECRET);
  n_changed = 0;
  g_object_notify (G_OBJECT (window), "is-active");
  g_assert_cmpuint (n_changed, ==, 0);
  assert_pastes (&fixture, SECRET);

  tok_secret_clipboard_clear (fixture.guardian);
  n_changed = 0;
  g_object_notify (G_OBJECT (window), "is-active");
  g_assert_cmpuint (n_changed, >, 0);
  assert_state (&fixture, TOK_SECRET_CLIPBOARD_CLEARED, 0);
  g_assert_null (gdk_clipboard_get_content (fixture.clipboard));

  gdk_clipboard_set_text (fixture.clipboard, "something else");
  n_changed = 0;
  g_object_notify (G_OBJECT (window), "is-active");
  g_assert_cmpuint (n_changed, ==, 0);
  assert_pastes (&fixture, "something else");
  g_signal_handler_disconnect (fixture.clipboard, handler);

  /* The window may outlive it. */
  end (&fixture);
  g_object_notify (G_OBJECT (window), "is-active");
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/secret-clipboard/new-destroy", test_new_destroy);
  g_test_add_func ("/secret-clipboard/copy", test_copy);
  g_test_add_func ("/secret-clipboard/hint", test_hint);
  g_test_add_func ("/secret-clipboard/time-is-up", test_time_is_up);
  g_test_add_func ("/secret-clipboard/replaced", test_replaced);
  g_test_add_func ("/secret-clipboard/copy-again", test_copy_again);
  g_test_add_func ("/secret-clipboard/seconds", test_seconds);
  g_test_add_func ("/secret-clipboard/dispose", test_dispose);
  g_test_add_func ("/secret-clipboard/follow", test_follow);

  return g_test_run ();
}
