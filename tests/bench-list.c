/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How smooth a list stays however long it is. One `name value unit` a line:
 *
 *   first-frame-N     from turning to a list of N tokens that nobody has looked at yet to its first
 *                     painted frame; the median
 *   first-frame-ratio what 10,000 take beside 10
 *   key-N, key-N-worst
 *                     from a key that is typed into the search of N tokens to the painted frame
 *                     that shows what it finds; the median and the worst
 *   order-N-worst     the same for another order
 *
 * Each includes the wait for the screen, up to 17 ms. */

#include "tok-grant-list.h"
#include "tok-grant-sorter.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

#include <stdio.h>

#define ROUNDS 11
#define FEW 10
#define SOME 30
#define MANY 10000

static const char *const first[] = { "Grid", "Copy", "Night", "Old", "Spare", "Weekly", "Ünder" };
static const char *const second[] = { "bot", "viewer", "report", "payout script", "trader" };
static const TokScopes scopes[] = {
  TOK_SCOPE_READ,
  TOK_SCOPE_READ | TOK_SCOPE_TRADE,
  TOK_SCOPE_READ | TOK_SCOPE_PAYMENTS,
  TOK_SCOPE_TRADING_INFORMATION,
  TOK_SCOPE_ALL,
};

/* In no order that would help. */
static TokGrantStore *
new_store (guint n)
{
  TokGrantStore *store = tok_grant_store_new ();
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GRand) random = g_rand_new_with_seed (n);

  for (guint i = 0; i < n; i++) {
    guint number = g_rand_int (random);
    g_autofree char *name = g_strdup_printf ("%s %s %u", first[number % G_N_ELEMENTS (first)],
                                             second[number / 8 % G_N_ELEMENTS (second)], i);
    g_autoptr (GDateTime) used
        = number % 4 != 0 ? g_date_time_new_from_unix_utc (1600000000 + number / 64) : NULL;

    g_ptr_array_add (tokens, tok_token_new (name, "***********wXyZ",
                                            scopes[number / 64 % G_N_ELEMENTS (scopes)], NULL, used,
                                            number % 16 == 0 ? "203.0.113.7" : NULL));
  }
  tok_grant_store_take_tokens (store, tokens, 0);
  return store;
}

typedef struct {
  TokGrantStore *store;
  GtkWidget *stack;
  TokGrantList *list;
  GtkWidget *window;
} Stage;

static void
begin (Stage *self, guint n)
{
  self->store = new_store (n);
  self->stack = gtk_stack_new ();
  self->list = g_object_new (TOK_TYPE_GRANT_LIST, "title", "API Tokens", "description", "What for",
                             "store", self->store, "can-revoke", TRUE, NULL);
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_label_new ("Other"), "other");
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->list), "list");
  self->window = tok_ui_test_present (self->stack);
  tok_ui_test_wait_for_frame (self->window);
}

static void
end (Stage *self)
{
  tok_ui_test_close (self->window);
  g_object_unref (self->store);
}

/* Until the page is filled and nothing is left to do. */
static void
rest (Stage *self)
{
  for (guint i = 0; i < 8; i++)
    tok_ui_test_wait_for_frame (self->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static double
show (Stage *self)
{
  gint64 start = g_get_monotonic_time ();

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
  tok_ui_test_wait_for_frame (self->window);
  return (g_get_monotonic_time () - start) / 1000.0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *first_number = a, *second_number = b;

  return *first_number < *second_number ? -1 : *first_number > *second_number;
}

static double
median (GArray *numbers)
{
  g_array_sort (numbers, compare);
  return g_array_index (numbers, double, numbers->len / 2);
}

static void
say (const char *name, guint n, const char *what, double value, const char *unit)
{
  printf ("%s-%u%s %.2f %s\n", name, n, what, value, unit);
  fflush (stdout);
}

static double
take_first_frame (guint n)
{
  Stage stage;
  double time;

  begin (&stage, n);
  time = show (&stage);
  end (&stage);
  return time;
}

static void
bench_first_frame (void)
{
  g_autoptr (GArray) few = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) many = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) ratios = g_array_new (FALSE, FALSE, sizeof (double));

  take_first_frame (FEW);
  for (guint i = 0; i < ROUNDS; i++) {
    double short_list = i % 2 == 0 ? take_first_frame (FEW) : 0;
    double long_list = take_first_frame (MANY);
    double ratio;

    if (i % 2 != 0)
      short_list = take_first_frame (FEW);
    ratio = long_list / short_list;
    g_array_append_val (few, short_list);
    g_array_append_val (many, long_list);
    g_array_append_val (ratios, ratio);
  }
  say ("first-frame", FEW, "", median (few), "ms");
  say ("first-frame", MANY, "", median (many), "ms");
  printf ("first-frame-ratio %.2f x\n", median (ratios));
}

static double
time_text (Stage *self, GtkEditable *entry, const char *text)
{
  gint64 start = g_get_monotonic_time ();

  gtk_editable_set_text (entry, text);
  tok_ui_test_wait_for_frame (self->window);
  return (g_get_monotonic_time () - start) / 1000.0;
}

/* Typed letter by letter, and taken back again. */
static void
bench_keys (guint n)
{
  static const char *const words[] = { "trading", "spare bot 7", "203.0", "under", "full", "xyz" };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  TokGrantRows *rows;
  GtkEditable *entry;
  Stage stage;

  begin (&stage, n);
  show (&stage);
  rest (&stage);
  rows = tok_grant_list_get_rows (stage.list);
  tok_grant_rows_search (rows);
  rest (&stage);
  entry = tok_ui_test_get (rows, GTK_TYPE_SEARCH_ENTRY, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    int length = strlen (words[i]);

    for (int j = 1; j < 2 * length; j++) {
      g_autofree char *text = g_strndup (words[i], j <= length ? j : 2 * length - j);
      double time = time_text (&stage, entry, text);

      g_array_append_val (times, time);
      if (g_getenv ("BENCH_DETAILS") != NULL)
        printf ("# %s %.1f\n", text, time);
      rest (&stage);
    }
    time_text (&stage, entry, "");
    rest (&stage);
  }
  say ("key", n, "", median (times), "ms");
  say ("key", n, "-worst", g_array_index (times, double, times->len - 1), "ms");
  end (&stage);
}

static void
bench_order (guint n)
{
  TokGrantOrder orders[]
      = { TOK_GRANT_ORDER_LEVEL, TOK_GRANT_ORDER_LAST_USED, TOK_GRANT_ORDER_NAME };
  double worst = 0;
  Stage stage;

  begin (&stage, n);
  show (&stage);
  rest (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    gint64 start = g_get_monotonic_time ();

    g_object_set (tok_grant_list_get_rows (stage.list), "order", orders[i], NULL);
    tok_ui_test_wait_for_frame (stage.window);
    worst = MAX (worst, (g_get_monotonic_time () - start) / 1000.0);
    rest (&stage);
  }
  say ("order", n, "-worst", worst, "ms");
  end (&stage);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  bench_first_frame ();
  bench_keys (SOME);
  bench_keys (MANY);
  bench_order (SOME);
  bench_order (MANY);
  return 0;
}
