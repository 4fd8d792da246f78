/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-frame.h"

#include <string.h>

static void
assert_frame (GBytes *frame, gsize n_head, const guint8 *head, const char *text)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (frame, &length);

  g_assert_cmpmem (data, MIN (length, n_head), head, n_head);
  g_assert_cmpmem (data + n_head, length - n_head, text, strlen (text));
}

/* A frame for each form that a length can have (RFC 6455, 5.2). */
static void
test_text (void)
{
  static const struct {
    gsize length;
    gboolean masked;
    gsize n_head;
    guint8 head[14];
  } cases[] = {
    { 0, FALSE, 2, { 0x81, 0 } },
    { 125, FALSE, 2, { 0x81, 125 } },
    { 126, FALSE, 4, { 0x81, 126, 0, 126 } },
    { 65535, FALSE, 4, { 0x81, 126, 0xff, 0xff } },
    { 65536, FALSE, 10, { 0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0 } },
    { 5, TRUE, 6, { 0x81, 0x85, 0, 0, 0, 0 } },
    { 300, TRUE, 8, { 0x81, 0xfe, 1, 44, 0, 0, 0, 0 } },
    { 65536, TRUE, 14, { 0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strnfill (cases[i].length, 'x');
    g_autoptr (GBytes) frame = tok_demo_frame_new_text (text, cases[i].masked);

    assert_frame (frame, cases[i].n_head, cases[i].head, text);
  }
}

static void
test_close (void)
{
  static const guint8 head[] = { 0x88, 2, 0x01, 0x93 };
  g_autoptr (GBytes) frame = tok_demo_frame_new_close (403);

  assert_frame (frame, sizeof head, head, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-frame/text", test_text);
  g_test_add_func ("/demo-frame/close", test_close);
  return g_test_run ();
}
