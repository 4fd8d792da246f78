/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-error-note.h"

#include "tok-ui-test.h"

#define SENTENCE "It went <b>wrong</b> & that is that."

typedef struct {
  TokErrorNote *note;
  GtkWidget *window;
} Fixture;

static void
begin (Fixture *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->note = g_object_new (TOK_TYPE_ERROR_NOTE, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  self->window = tok_ui_test_present (box);
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
  return tok_ui_test_shows (self->note, text);
}

static guint
count_shown (Fixture *self)
{
  guint n = 0;
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self->note));

  tok_ui_test_wait_for_frame (self->window);
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_get_mapped (child);
  return n;
}

static void
test_new_destroy (void)
{
  Fixture fixture = { NULL };

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_ERROR_NOTE, NULL));
  begin (&fixture);
  tok_error_note_say (fixture.note, SENTENCE, "detail", "Do Something");
  end (&fixture);
}

static void
test_sentence (void)
{
  Fixture fixture = { NULL };
  GtkAccessible *label;

  begin (&fixture);
  tok_error_note_say (fixture.note, SENTENCE, NULL, NULL);
  g_assert_true (shows (&fixture, SENTENCE));
  g_assert_cmpuint (count_shown (&fixture), ==, 1);
  /* A screen reader says it at once, wherever the focus is. */
  label = tok_ui_test_get (fixture.note, GTK_TYPE_LABEL, SENTENCE);
  g_assert_cmpint (gtk_accessible_get_accessible_role (label), ==, GTK_ACCESSIBLE_ROLE_ALERT);

  tok_error_note_say (fixture.note, NULL, NULL, NULL);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (fixture.note)));
  tok_error_note_say (fixture.note, "Something else.", NULL, NULL);
  g_assert_true (shows (&fixture, "Something else."));
  g_assert_false (shows (&fixture, SENTENCE));
  end (&fixture);
}

/* Somebody else's words are shown as they are, and not without end. */
static void
test_detail (void)
{
  g_autofree char *much = g_strnfill (10000, 'x');
  g_autofree char *enough = g_strnfill (200, 'x');
  g_autofree char *cut = g_strconcat (enough, "…", NULL);
  const struct {
    const char *detail;
    const char *shown;
  } cases[] = {
    { "<b>Oops</b> &amp; \u202ex\n", "<b>Oops</b> &amp; [U+202E]x" },
    { "_Yes 100 %s", "_Yes 100 %s" },
    { much, cut },
  };
  Fixture fixture = { NULL };

  begin (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    tok_error_note_say (fixture.note, SENTENCE, cases[i].detail, NULL);
    g_assert_true (shows (&fixture, SENTENCE));
    g_assert_true (shows (&fixture, cases[i].shown));
    g_assert_cmpuint (count_shown (&fixture), ==, 2);
  }
  tok_error_note_say (fixture.note, SENTENCE, "", NULL);
  g_assert_cmpuint (count_shown (&fixture), ==, 1);
  tok_error_note_say (fixture.note, SENTENCE, NULL, NULL);
  g_assert_cmpuint (count_shown (&fixture), ==, 1);
  end (&fixture);
}

static void
on_clicked (TokErrorNote *note, guint *n_clicked)
{
  (*n_clicked)++;
}

static void
test_button (void)
{
  Fixture fixture = { NULL };
  guint n_clicked = 0;

  begin (&fixture);
  g_signal_connect (fixture.note, "clicked", G_CALLBACK (on_clicked), &n_clicked);
  tok_error_note_say (fixture.note, SENTENCE, NULL, "Preferences");
  tok_ui_test_wait_for_frame (fixture.window);
  tok_ui_test_click (fixture.note, "Preferences");
  g_assert_cmpuint (n_clicked, ==, 1);
  tok_error_note_say (fixture.note, SENTENCE, "detail", NULL);
  g_assert_null (tok_ui_test_find (fixture.note, GTK_TYPE_BUTTON, NULL));
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/error-note/new-destroy", test_new_destroy);
  g_test_add_func ("/error-note/sentence", test_sentence);
  g_test_add_func ("/error-note/detail", test_detail);
  g_test_add_func ("/error-note/button", test_button);

  return g_test_run ();
}
