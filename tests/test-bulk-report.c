/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-report.h"

#include "tok-bulk-row.h"
#include "tok-bulk.h"
#include "tok-file-hands.h"
#include "tok-memory-vault.h"
#include "tok-session.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#include <glib/gstdio.h>

/* Nothing is sent to it. */
#define ADDRESS "ws://127.0.0.1:9/websockets/v3?app_id=1089"
/* A name that would be several lines, one of them a lie. */
#define HOSTILE "Bot\n- Other (app id 1)\u202e"
#define SHOWN "Bot[U+000A]- Other (app id 1)[U+202E]"
#define N_APPS 3

/* A report on apps that nobody tried, since nobody is signed in. */
typedef struct {
  TokBulkReport *report;
  GtkWidget *window;
  char *folder;
  char *name;
  char *path;
} Fixture;

static TokBulk *
new_bulk (void)
{
  g_autoptr (TokVault) vault = tok_memory_vault_new ();
  g_autoptr (TokSession) session = tok_session_new (ADDRESS, vault, &tok_times_default, FALSE);
  g_autoptr (GPtrArray) grants = g_ptr_array_new_with_free_func (g_object_unref);
  TokBulk *bulk;

  for (guint i = 1; i <= N_APPS; i++)
    g_ptr_array_add (grants, tok_ui_test_new_app (i, i == 2 ? HOSTILE : "App", TOK_SCOPE_READ));
  bulk = tok_bulk_new (session, grants);
  tok_bulk_start (bulk);
  g_assert_cmpint (tok_bulk_get_state (bulk), ==, TOK_BULK_DONE);
  return bulk;
}

static void
begin (Fixture *self)
{
  g_autoptr (TokBulk) bulk = new_bulk ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->report = g_object_new (TOK_TYPE_BULK_REPORT, NULL);
  self->window = tok_ui_test_present_scrolled (GTK_WIDGET (self->report));
  self->folder = tok_file_hands_new_home ();
  self->name = g_date_time_format (now, "Revoked Apps %F.txt");
  self->path = g_build_filename (self->folder, self->name, NULL);
  tok_bulk_report_show (self->report, bulk, "SAMPLE1");
  tok_ui_test_wait_for_frame (self->window);
}

static void
end (Fixture *self)
{
  GtkWidget *window = self->window;

  tok_ui_test_close (window);
  g_assert_null (tok_file_hands_find ());
  g_remove (self->path);
  g_free (self->folder);
  g_free (self->name);
  g_free (self->path);
}

static void
assert_says (Fixture *self, const char *sentence)
{
  g_test_message ("waiting for “%s”", sentence);
  tok_test_wait_until (tok_ui_test_shows (self->window, sentence));
}

static char *
save (Fixture *self)
{
  g_autofree char *said = g_strdup_printf ("Saved as “%s” in %s.", self->name, self->folder);
  g_autoptr (GError) error = NULL;
  char *text;

  tok_ui_test_click (self->window, "Save Report…");
  tok_file_hands_wait (self->folder);
  tok_file_hands_answer (GTK_RESPONSE_ACCEPT, self->name);
  assert_says (self, said);
  g_file_get_contents (self->path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_new_destroy (void)
{
  TokBulkReport *report = g_object_ref_sink (g_object_new (TOK_TYPE_BULK_REPORT, NULL));
  Fixture fixture;

  tok_test_assert_finalize (report);
  begin (&fixture);
  g_assert_cmpuint (tok_ui_test_count (fixture.window, TOK_TYPE_BULK_ROW), ==, N_APPS);
  end (&fixture);
  /* What is being asked goes, too. */
  begin (&fixture);
  tok_ui_test_click (fixture.window, "Save Report…");
  tok_file_hands_wait (fixture.folder);
  end (&fixture);
}

/* It tells when, whose and what, each on one line whatever it is called. */
static void
test_save (void)
{
  Fixture fixture;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  begin (&fixture);
  text = save (&fixture);
  lines = g_strsplit (text, "\n", -1);
  g_assert_true (g_str_has_prefix (lines[0], "Revoke Access – "));
  g_assert_true (g_str_has_suffix (lines[0], " UTC"));
  g_assert_cmpstr (lines[1], ==, "Account: SAMPLE1");
  g_assert_cmpstr (lines[4], ==, "Not Tried (3)");
  g_assert_cmpstr (lines[5], ==, "- App (app id 1)");
  g_assert_cmpstr (lines[6], ==, "- " SHOWN " (app id 2)");
  g_assert_cmpstr (lines[7], ==, "- App (app id 3)");
  g_assert_cmpstr (lines[8], ==, "");
  g_assert_null (lines[9]);
  end (&fixture);
}

/* Where it can't be saved that is said, and it can be tried elsewhere. */
static void
test_fails (void)
{
  Fixture fixture;
  g_autofree char *text = NULL;

  begin (&fixture);
  tok_ui_test_click (fixture.window, "Save Report…");
  tok_file_hands_wait (fixture.folder);
  tok_file_hands_go_to ("/proc");
  tok_file_hands_answer (GTK_RESPONSE_ACCEPT, fixture.name);
  assert_says (&fixture, "Not saved. The folder is gone. Choose another one.");
  text = save (&fixture);
  g_assert_false (
      tok_ui_test_shows (fixture.window, "Not saved. The folder is gone. Choose another one."));
  end (&fixture);
}

/* Who closes it while it is being saved hears no more of it. */
static void
test_let_go (void)
{
  Fixture fixture;

  begin (&fixture);
  tok_ui_test_click (fixture.window, "Save Report…");
  tok_file_hands_wait (fixture.folder);
  tok_file_hands_answer (GTK_RESPONSE_ACCEPT, fixture.name);
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/bulk-report/new-destroy", test_new_destroy);
  g_test_add_func ("/bulk-report/save", test_save);
  g_test_add_func ("/bulk-report/fails", test_fails);
  g_test_add_func ("/bulk-report/let-go", test_let_go);

  return g_test_run ();
}
