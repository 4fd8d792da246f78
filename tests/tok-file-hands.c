/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-file-hands.h"

#include "tok-test.h"
#include "tok-ui-test.h"

/* The leak sanitizer asks. GTK's question leaks what it reads of folders and recent files. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}

/**
 * tok_file_hands_new_home:
 *
 * Returns: (transfer full): The folder where the question begins, which is there now.
 */
char *
tok_file_hands_new_home (void)
{
  g_assert_cmpint (g_mkdir_with_parents (g_get_home_dir (), 0700), ==, 0);
  return g_strdup (g_get_home_dir ());
}

/**
 * tok_file_hands_find:
 *
 * Returns: (transfer none) (nullable): The question, while there is one; there is never more than
 *   one.
 */
GtkWindow *
tok_file_hands_find (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (!GTK_IS_FILE_CHOOSER (window) || !gtk_widget_get_visible (GTK_WIDGET (window)))
      continue;
    g_assert_null (found);
    found = window;
  }
  return found;
}

/**
 * tok_file_hands_wait:
 * @folder: A folder.
 *
 * Waits until the question shows it.
 */
void
tok_file_hands_wait (const char *folder)
{
  g_autofree char *leaf = g_path_get_basename (folder);

  tok_test_wait_until (tok_file_hands_find () != NULL);
  /* It has read the folder when it shows which one that is. */
  tok_test_wait_until (tok_ui_test_shows (tok_file_hands_find (), leaf));
}

/**
 * tok_file_hands_go_to:
 * @folder: A folder.
 *
 * Chooses another folder in the question.
 */
void
tok_file_hands_go_to (const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (tok_file_hands_find ()), file, NULL);
  tok_file_hands_wait (folder);
}

/**
 * tok_file_hands_answer:
 * @response: A GtkResponseType.
 * @name: What the question must have proposed.
 *
 * Answers the question, without another name.
 */
void
tok_file_hands_answer (int response, const char *name)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (tok_file_hands_find ());
  g_autofree char *proposed = gtk_file_chooser_get_current_name (chooser);

  g_assert_cmpstr (proposed, ==, name);
  gtk_dialog_response (GTK_DIALOG (chooser), response);
  tok_test_wait_until (tok_file_hands_find () == NULL);
}
