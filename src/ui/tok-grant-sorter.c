/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-sorter.h"

#include "tok-grant.h"

#define SECONDS_PER_DAY (24 * 60 * 60)

/* In which order tokens or apps are listed. */
struct _TokGrantSorter {
  GtkSorter parent_instance;

  TokGrantOrder order;
};

G_DEFINE_ENUM_TYPE (TokGrantOrder,
                    tok_grant_order,
                    G_DEFINE_ENUM_VALUE (TOK_GRANT_ORDER_NAME, "name"),
                    G_DEFINE_ENUM_VALUE (TOK_GRANT_ORDER_LAST_USED, "last-used"),
                    G_DEFINE_ENUM_VALUE (TOK_GRANT_ORDER_LEVEL, "level"))

G_DEFINE_FINAL_TYPE (TokGrantSorter, tok_grant_sorter, GTK_TYPE_SORTER)

/* What may be in use comes before what never was. */
typedef enum {
  USED,
  PERHAPS_USED,
  NEVER_USED,
} Use;

static Use
get_use (TokGrant *grant)
{
  GDateTime *last_used = tok_grant_get_last_used (grant);
  gint64 ahead;

  if (last_used == NULL)
    return tok_grant_get_is_use_known (grant) ? NEVER_USED : PERHAPS_USED;
  ahead = g_date_time_to_unix (last_used) - g_get_real_time () / G_USEC_PER_SEC;
  return ahead > SECONDS_PER_DAY ? PERHAPS_USED : USED;
}

static int
compare_last_used (TokGrant *a, TokGrant *b)
{
  Use first = get_use (a);
  Use second = get_use (b);

  if (first != USED || second != USED)
    return (int) first - (int) second;
  return g_date_time_compare (tok_grant_get_last_used (b), tok_grant_get_last_used (a));
}

static int
compare_levels (TokGrant *a, TokGrant *b)
{
  return (int) tok_grant_get_level (b) - (int) tok_grant_get_level (a);
}

/* Names that people can't tell apart still have an order that is always the same. */
static int
compare_names (TokGrant *a, TokGrant *b)
{
  int order = strcmp (tok_grant_keys_get_collation (a), tok_grant_keys_get_collation (b));

  if (order == 0)
    order = strcmp (tok_grant_get_name (a), tok_grant_get_name (b));
  return order != 0 ? order : strcmp (tok_grant_get_key (a), tok_grant_get_key (b));
}

static GtkOrdering
tok_grant_sorter_compare (GtkSorter *sorter, gpointer a, gpointer b)
{
  int order = 0;

  switch (TOK_GRANT_SORTER (sorter)->order) {
  case TOK_GRANT_ORDER_LAST_USED:
    order = compare_last_used (a, b);
    break;
  case TOK_GRANT_ORDER_LEVEL:
    order = compare_levels (a, b);
    break;
  case TOK_GRANT_ORDER_NAME:
  default:
    break;
  }
  return gtk_ordering_from_cmpfunc (order != 0 ? order : compare_names (a, b));
}

static GtkSorterOrder
tok_grant_sorter_get_order (GtkSorter *sorter)
{
  return GTK_SORTER_ORDER_PARTIAL;
}

static void
tok_grant_sorter_class_init (TokGrantSorterClass *klass)
{
  GtkSorterClass *sorter_class = GTK_SORTER_CLASS (klass);

  sorter_class->compare = tok_grant_sorter_compare;
  sorter_class->get_order = tok_grant_sorter_get_order;
}

static void
tok_grant_sorter_init (TokGrantSorter *self)
{
}

/**
 * tok_grant_sorter_new:
 *
 * Returns: (transfer full): What sorts [class@Grant]s, first by name.
 */
TokGrantSorter *
tok_grant_sorter_new (void)
{
  return g_object_new (TOK_TYPE_GRANT_SORTER, NULL);
}

/**
 * tok_grant_sorter_set_order:
 * @self: A sorter.
 * @order: What to sort by.
 */
void
tok_grant_sorter_set_order (TokGrantSorter *self, TokGrantOrder order)
{
  g_return_if_fail (TOK_IS_GRANT_SORTER (self));

  if (self->order == order)
    return;
  self->order = order;
  gtk_sorter_changed (GTK_SORTER (self), GTK_SORTER_CHANGE_DIFFERENT);
}
