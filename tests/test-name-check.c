/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-name-check.h"
#include "tok-test.h"

#define NONE TOK_NAME_WARNING_NONE
#define DERIV TOK_NAME_WARNING_DERIV
#define BINARY TOK_NAME_WARNING_BINARY
#define HIDDEN TOK_NAME_WARNING_HIDDEN
#define MIXED TOK_NAME_WARNING_MIXED

typedef struct {
  const char *name;
  TokNameWarning warning;
} Row;

static const Row operator_names[] = {
  { "Deriv", DERIV },
  { "DERIV", DERIV },
  { "deriv", DERIV },
  { "DERIV Trader", DERIV },
  { "My Deriv Bot", DERIV },
  { "MyDerivBot", DERIV },
  { "Deriv.com", DERIV },
  { "Derivative tools", DERIV },
  { "Produits dérivés", DERIV },
  { "Binary", BINARY },
  { "Binary.com", BINARY },
  { "BINARYBOT", BINARY },
  { "Binary and Deriv", DERIV },
  /* Other letters of the alphabet, and digits. */
  { "D3riv", DERIV },
  { "D3R1V", DERIV },
  { "Der!v", DERIV },
  { "Derlv", DERIV },
  { "DerIv", DERIV },
  { "Cleriv", DERIV },
  { "Derriv", DERIV },
  { "D€riv", DERIV },
  { "B1nary", BINARY },
  { "8inary", BINARY },
  { "Bin4ry", BINARY },
  { "Bin@ry", BINARY },
  { "Blnary", BINARY },
  /* Accents and strokes. */
  { "Derív", DERIV },
  { "Ďeriv", DERIV },
  { "Đeriv", DERIV },
  { "D\u0301e\u0302r\u0303i\u0304v\u0305", DERIV },
  { "Bınary", BINARY },
  { "Binäry", BINARY },
  { "Ƀinary", BINARY },
  /* Cyrillic, Greek, Lisu and Cherokee letters; the last have the shapes of Latin ones. */
  { "D\u0435riv", DERIV },
  { "Der\u0456v", DERIV },
  { "\u0501\u0435riv", DERIV },
  { "D\u0415RIV", DERIV },
  { "D\u0417riv", DERIV },
  { "De\u044fiv", DERIV },
  { "Deri\u03bd", DERIV },
  { "D\u0395RIV", DERIV },
  { "d\u03b5riv", DERIV },
  { "\u0412inary", BINARY },
  { "\u0412\u0406N\u0410RY", BINARY },
  { "Binar\u0443", BINARY },
  { "Bi\u03b7ary", BINARY },
  { "\ua4d3\ua4f0\ua4e3\ua4f2\ua4e6", DERIV },
  { "\u13a0eriv", DERIV },
  /* Letters that were made for other ends: wide, bold, small, in circles, in boxes, of flags. */
  { "\uff24\uff45\uff52\uff49\uff56", DERIV },
  { "\U0001d403\U0001d41e\U0001d42b\U0001d422\U0001d42f", DERIV },
  { "\u1d05\u1d07\u0280\u026a\u1d20", DERIV },
  { "\u24b9\u24d4\u24e1\u24d8\u24e5", DERIV },
  { "\u249f\u24a0\u24ad\u24a4\u24b1", DERIV },
  { "\U0001f133\U0001f134\U0001f141\U0001f138\U0001f145", DERIV },
  { "\U0001f153\U0001f154\U0001f161\U0001f158\U0001f165", DERIV },
  { "\U0001f173\U0001f174\U0001f181\U0001f178\U0001f185", DERIV },
  { "\U0001f1e9\U0001f1ea\U0001f1f7\U0001f1ee\U0001f1fb", DERIV },
  { "\u217eeri\u2174", DERIV },
  /* In pieces. */
  { "D e r i v", DERIV },
  { "D.e.r.i.v", DERIV },
  { "De\u00a0riv Trader", DERIV },
  { "The De-riv", DERIV },
  { "De\nriv", DERIV },
  { "Bi nary", BINARY },
  /* With what can't be seen in between. */
  { "De\u200briv", DERIV },
  { "De\u00adriv", DERIV },
  { "De\u2060riv", DERIV },
  { "\u202eDeriv", DERIV },
  { "B\u3164inary", BINARY },
  /* Not all that there is of it is UTF-8. */
  { "\xff Deriv", DERIV },
};

static const Row hidden[] = {
  { "Chart\nDesk", HIDDEN },         { "Chart\tDesk", HIDDEN },
  { "Chart\aDesk", HIDDEN },         { "Chart\302\205Desk", HIDDEN },
  { "Chart\u2028Desk", HIDDEN },     { "Chart\u200bDesk", HIDDEN },
  { "Chart\u200dDesk", HIDDEN },     { "Chart\ufeffDesk", HIDDEN },
  { "Win \u202egnp.exe", HIDDEN },   { "Chart\u2066Desk\u2069", HIDDEN },
  { "Chart \u200fDesk", HIDDEN },    { "Chart\u2800\u2800Desk", HIDDEN },
  { "Chart\U000e0041Desk", HIDDEN },
};

static const Row mixed[] = {
  { "P\u0430yday Relay", MIXED }, { "Chart D\u0435sk", MIXED },   { "\u0422rade Hub", MIXED },
  { "\u03a9mega", MIXED },        { "C\u0585py Harbour", MIXED }, { "Т\u043erg\u043eвля", MIXED },
};

/* Nobody is to be alarmed by a name only because of its language. */
static const Row ordinary[] = {
  { "", NONE },
  { " ", NONE },
  { "Chart Desk", NONE },
  { "Copy Harbour 2", NONE },
  { "Drive", NONE },
  { "River", NONE },
  { "Bin Array", NONE },
  { "De Rivera Trading", NONE },
  { "Trader IV", NONE },
  { "Order Ivory", NONE },
  { "Under rivers", NONE },
  { "Derby", NONE },
  { "Win <b>Free</b> & \"Bonus\"", NONE },
  { "Café Ångström ñandú", NONE },
  { "Cafe\u0301", NONE },
  { "Đầu tư Việt Nam", NONE },
  { "Łódź i żółw", NONE },
  { "İstanbul ışık", NONE },
  { "Торговый робот", NONE },
  { "Торговый бот MetaTrader 5", NONE },
  { "Бинарные опционы", NONE },
  { "Ρομπότ συναλλαγών", NONE },
  { "α-Trader", NONE },
  { "5 µm", NONE },
  { "روبوت التداول", NONE },
  { "روبوت Trader", NONE },
  { "سامانه می\u200cخواهم", NONE },
  { "רובוט מסחר", NONE },
  { "交易机器人 Pro", NONE },
  { "交易bot", NONE },
  { "β版ツール", NONE },
  { "トレードボット", NONE },
  { "日本語とEnglish", NONE },
  { "자동매매 Bot", NONE },
  { "บอทเทรดTrader", NONE },
  { "व्यापार रोबोट", NONE },
  { "ශ්\u200dරී ලංකා", NONE },
  { "🚀 Moon Bot 🎁", NONE },
  { "👨\u200d👩\u200d👧 Family", NONE },
  { "👩🏽\u200d💻 Coder", NONE },
  { "❤️\u200d🔥 Hot", NONE },
  { "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f Tools", NONE },
  { "🇩🇪 Handel", NONE },
  { "№ 1 ½ ™", NONE },
};

static void
test_rows (gconstpointer data)
{
  const Row *rows = data;
  guint n = rows == operator_names ? G_N_ELEMENTS (operator_names)
            : rows == hidden       ? G_N_ELEMENTS (hidden)
            : rows == mixed        ? G_N_ELEMENTS (mixed)
                                   : G_N_ELEMENTS (ordinary);

  for (guint i = 0; i < n; i++) {
    g_test_message ("row %u", i);
    g_assert_cmpint (tok_name_check (rows[i].name), ==, rows[i].warning);
  }
}

/* What nobody is shown of a name costs nothing. */
static void
test_long (void)
{
  g_autofree char *ends_badly = g_strdup_printf ("%0100d Deriv", 0);
  GString *longest = g_string_new (NULL);
  gint64 start = g_get_monotonic_time ();

  g_assert_cmpint (tok_name_check (ends_badly), ==, DERIV);
  for (guint i = 0; i < 10000; i++)
    g_string_append (longest, i % 2 == 0 ? "D" : "\u0435");
  for (guint i = 0; i < 100; i++)
    g_assert_cmpint (tok_name_check (longest->str), ==, MIXED);
  g_test_minimized_result ((g_get_monotonic_time () - start) / 100.0, "microseconds a name");
  g_string_free (longest, TRUE);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);
  g_test_add_data_func ("/name-check/operator", operator_names, test_rows);
  g_test_add_data_func ("/name-check/hidden", hidden, test_rows);
  g_test_add_data_func ("/name-check/mixed", mixed, test_rows);
  g_test_add_data_func ("/name-check/ordinary", ordinary, test_rows);
  g_test_add_func ("/name-check/long", test_long);
  return g_test_run ();
}
