/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-frame.h"

#include <string.h>

#define FINAL 0x80
#define MASKED 0x80
#define TEXT 0x01
#define CLOSE 0x08
#define MAX_SHORT 125
#define TWO_BYTES 126
#define EIGHT_BYTES 127

static void
append_length (GByteArray *frame, gsize length, guint8 masked)
{
  guint8 first = length <= MAX_SHORT     ? (guint8) length
                 : length <= G_MAXUINT16 ? TWO_BYTES
                                         : EIGHT_BYTES;
  guint16 two_bytes = GUINT16_TO_BE ((guint16) length);
  guint64 eight_bytes = GUINT64_TO_BE ((guint64) length);

  first |= masked;
  g_byte_array_append (frame, &first, 1);
  if ((first & ~MASKED) == TWO_BYTES)
    g_byte_array_append (frame, (const guint8 *) &two_bytes, sizeof two_bytes);
  else if ((first & ~MASKED) == EIGHT_BYTES)
    g_byte_array_append (frame, (const guint8 *) &eight_bytes, sizeof eight_bytes);
}

/**
 * tok_demo_frame_new_text:
 * @text: Some text.
 * @masked: Whether the frame is masked, as a client's must be and a server's must not.
 *
 * Returns: (transfer full): A text frame that holds @text; of a mask of zeros.
 */
GBytes *
tok_demo_frame_new_text (const char *text, gboolean masked)
{
  static const guint8 mask[4] = { 0 };
  const guint8 first = FINAL | TEXT;
  GByteArray *frame = g_byte_array_new ();
  gsize length = strlen (text);

  g_byte_array_append (frame, &first, 1);
  append_length (frame, length, masked ? MASKED : 0);
  if (masked)
    g_byte_array_append (frame, mask, sizeof mask);
  g_byte_array_append (frame, (const guint8 *) text, length);
  return g_byte_array_free_to_bytes (frame);
}

/**
 * tok_demo_frame_new_close:
 * @code: Any code, also one that no close frame may have.
 *
 * Returns: (transfer full): A close frame.
 */
GBytes *
tok_demo_frame_new_close (guint16 code)
{
  const guint8 frame[] = { FINAL | CLOSE, sizeof code, code >> 8, code & 0xff };

  return g_bytes_new (frame, sizeof frame);
}
