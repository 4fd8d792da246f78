/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-closures.h"

#include "tok-text.h"

#include <glib/gi18n-lib.h>

static gboolean
is (const char *page, const char *other)
{
  return g_strcmp0 (page, other) == 0;
}

/**
 * tok_replace_closure_describe_title:
 * @object: The dialog.
 * @name: (nullable): The name of the token that is replaced.
 *
 * Returns: (transfer full): What the dialog is called.
 */
char *
tok_replace_closure_describe_title (GObject *object, const char *name)
{
  g_autofree char *quoted = tok_text_quote_name (name != NULL ? name : "");

  /* Translators: %s is the name of a token. */
  return g_strdup_printf (_ ("Replace “%s”"), quoted);
}

/**
 * tok_replace_closure_describe_change:
 * @object: The dialog.
 * @is_change: Whether the new token is to have other permissions.
 *
 * Returns: (transfer full): What is done besides replacing.
 */
char *
tok_replace_closure_describe_change (GObject *object, gboolean is_change)
{
  return g_strdup (is_change ? _ ("With Other Permissions") : "");
}

/**
 * tok_replace_closure_describe_making:
 * @object: The dialog.
 * @replaced: (nullable): What goes in the same request.
 *
 * Returns: (transfer full): What the button is called that sends it.
 */
char *
tok_replace_closure_describe_making (GObject *object, TokGrant *replaced)
{
  return g_strdup (replaced != NULL ? _ ("Replace") : _ ("Create"));
}

/**
 * tok_replace_closure_offers_cancel:
 * @object: The dialog.
 * @page: (nullable): The page that is shown.
 * @is_gone: Whether the old token is there no more.
 *
 * Returns: Whether one can only leave by closing.
 */
gboolean
tok_replace_closure_offers_cancel (GObject *object, const char *page, gboolean is_gone)
{
  return is (page, TOK_REPLACE_CHOICE_PAGE) || (is (page, TOK_REPLACE_FORM_PAGE) && is_gone);
}

/**
 * tok_replace_closure_offers_back:
 * @object: The dialog.
 * @page: (nullable): The page that is shown.
 * @is_gone: Whether the old token is there no more.
 *
 * Returns: Whether there is a page to go back to.
 */
gboolean
tok_replace_closure_offers_back (GObject *object, const char *page, gboolean is_gone)
{
  return !is_gone && (is (page, TOK_REPLACE_FORM_PAGE) || is (page, TOK_REPLACE_CHECK_PAGE));
}

/**
 * tok_replace_closure_offers_making:
 * @object: The dialog.
 * @page: (nullable): The page that is shown.
 *
 * Returns: Whether the new token can be asked for there.
 */
gboolean
tok_replace_closure_offers_making (GObject *object, const char *page)
{
  return is (page, TOK_REPLACE_FORM_PAGE);
}

/**
 * tok_replace_closure_offers_next:
 * @object: The dialog.
 * @page: (nullable): The page that is shown.
 * @is_gone: Whether the old token is there no more.
 *
 * Returns: Whether the old token is still to be dealt with.
 */
gboolean
tok_replace_closure_offers_next (GObject *object, const char *page, gboolean is_gone)
{
  return !is_gone && is (page, TOK_REPLACE_SECRET_PAGE);
}

/**
 * tok_replace_closure_offers_done:
 * @object: The dialog.
 * @page: (nullable): The page that is shown.
 * @is_gone: Whether the old token is there no more.
 *
 * Returns: Whether nothing is left to be done.
 */
gboolean
tok_replace_closure_offers_done (GObject *object, const char *page, gboolean is_gone)
{
  return is_gone && (is (page, TOK_REPLACE_SECRET_PAGE) || is (page, TOK_REPLACE_CHECK_PAGE));
}
