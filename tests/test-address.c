/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-address.h"

#include "tok-error.h"
#include "tok-test.h"

#define MAX_LENGTH 2000
#define APP_ID "app_id=" TOK_DEFAULT_APP_ID
#define REST "/websockets/v3?" APP_ID

/* What is typed, and what comes of it. */
static const char *const accepted[][2] = {
  { TOK_ADDRESS_DEFAULT, TOK_ADDRESS_DEFAULT },

  /* Completed. */
  { "wss://example.com", "wss://example.com" REST },
  { "wss://example.com/", "wss://example.com" REST },
  { "wss://example.com?", "wss://example.com" REST },
  { "wss://example.com/?", "wss://example.com" REST },
  { "wss://example.com:8443", "wss://example.com:8443" REST },
  { "wss://example.com:", "wss://example.com" REST },
  { "wss://example.com/v4", "wss://example.com/v4?" APP_ID },
  { "wss://example.com/v4/", "wss://example.com/v4/?" APP_ID },
  { "wss://example.com?app_id=7", "wss://example.com/websockets/v3?app_id=7" },
  { "wss://example.com/v4?app_id=7", "wss://example.com/v4?app_id=7" },
  { "wss://example.com?l=EN", "wss://example.com/websockets/v3?l=EN&" APP_ID },
  { "wss://example.com?app_id=7&l=EN", "wss://example.com/websockets/v3?app_id=7&l=EN" },
  { "wss://example.com?l=EN&app_id=7&brand=x",
    "wss://example.com/websockets/v3?l=EN&app_id=7&brand=x" },
  { "wss://example.com?my_app_id=7", "wss://example.com/websockets/v3?my_app_id=7&" APP_ID },
  { "wss://example.com?APP_ID=7", "wss://example.com/websockets/v3?APP_ID=7&" APP_ID },
  { "wss://example.com?l=EN&", "wss://example.com/websockets/v3?l=EN&&" APP_ID },
  { "wss://example.com?l", "wss://example.com/websockets/v3?l&" APP_ID },

  /* What is written with a percent sign keeps its meaning. */
  { "wss://example.com/a%2Fb%20c%0A", "wss://example.com/a%2Fb%20c%0A?" APP_ID },
  { "wss://example.com/v4?x=%26app_id%3D5", "wss://example.com/v4?x=%26app_id%3D5&" APP_ID },
  { "wss://example.com?app%5Fid=%37", "wss://example.com/websockets/v3?app_id=7" },

  /* Blanks around it come with pasting; schemes know no case. */
  { "  wss://example.com\r\n", "wss://example.com" REST },
  { "\twss://example.com\t", "wss://example.com" REST },
  { "WSS://example.com", "wss://example.com" REST },
  { "Ws://localhost", "ws://localhost" REST },

  /* The longest and the shortest app id. */
  { "wss://example.com/?app_id=1", "wss://example.com/websockets/v3?app_id=1" },
  { "wss://example.com/?app_id=9999999999999999999",
    "wss://example.com/websockets/v3?app_id=9999999999999999999" },

  /* Hosts. */
  { "wss://192.0.2.1", "wss://192.0.2.1" REST },
  { "wss://[2001:db8::1]", "wss://[2001:db8::1]" REST },
  { "wss://[2001:db8::1]:8443/v4", "wss://[2001:db8::1]:8443/v4?" APP_ID },
  { "wss://xn--bcher-kva.example", "wss://xn--bcher-kva.example" REST },
  { "wss://a-b_c.example", "wss://a-b_c.example" REST },
  { "wss://127.0.0.1", "wss://127.0.0.1" REST },
  { "wss://h:65535", "wss://h:65535" REST },

  /* Plain, for this computer. */
  { "ws://localhost", "ws://localhost" REST },
  { "ws://LocalHost:1234", "ws://LocalHost:1234" REST },
  { "ws://127.0.0.1", "ws://127.0.0.1" REST },
  { "ws://127.0.0.1:1234", "ws://127.0.0.1:1234" REST },
  { "ws://127.0.0.1:1234/websockets/v3?app_id=1089",
    "ws://127.0.0.1:1234/websockets/v3?app_id=1089" },
  { "ws://127.255.255.254", "ws://127.255.255.254" REST },
  { "ws://[::1]", "ws://[::1]" REST },
  { "ws://[::1]:1234", "ws://[::1]:1234" REST },
  { "ws://[0:0:0:0:0:0:0:1]:1234", "ws://[0:0:0:0:0:0:0:1]:1234" REST },
  { "ws://%6Cocalhost", "ws://localhost" REST },
};

static const char *const refused[] = {
  /* Not an address at all. */
  "",
  " ",
  "\n",
  "x",
  "example.com",
  "//example.com",
  "/websockets/v3",
  "uw2mk7no3oktoRV",
  "://example.com",
  "1089",

  /* Schemes. */
  "http://127.0.0.1",
  "https://example.com",
  "wsss://example.com",
  "ws+unix:///run/x",
  "file:///etc/passwd",
  "javascript:1",
  "data:text/html,x",

  /* No host. */
  "ws:",
  "wss:",
  "wss:example.com",
  "wss:/example.com",
  "wss://",
  "wss:///websockets/v3",
  "wss://:443",
  "wss://?app_id=7",
  "ws:///localhost",

  /* Plain, for others. */
  "ws://example.com",
  "ws://192.0.2.1",
  "ws://10.0.0.1",
  "ws://0.0.0.0",
  "ws://126.255.255.255",
  "ws://128.0.0.1",
  "ws://127.0.0.1.example.com",
  "ws://127.0.0.1.",
  "ws://127.0.0.1%2Eexample.com",
  "ws://localhost.evil",
  "ws://localhost.",
  "ws://evil.localhost.example",
  "ws://notlocalhost",
  "ws://localhost-",
  "ws://127.1",
  "ws://127.0.0.1.1",
  "ws://0127.0.0.1",
  "ws://0x7f.0.0.1",
  "ws://2130706433",
  "ws://[::]",
  "ws://[::2]",
  "ws://[2001:db8::1]",
  "ws://[::ffff:192.0.2.1]",
  "ws://[fe80::1]",
  "WS://EXAMPLE.COM",

  /* Who owns what stands before an @? */
  "ws://localhost@example.com",
  "ws://127.0.0.1:80@example.com",
  "ws://localhost%40example.com",
  "ws://example.com@localhost",
  "wss://me@example.com",
  "wss://me:secret@example.com",
  "wss://@example.com",
  "wss://:@example.com",
  "wss://example.com%40evil.example",
  "wss://a@b@example.com",

  /* Two readers, two hosts. */
  "ws://localhost\\.evil.example",
  "ws://localhost\\@example.com",
  "ws://example.com\\@localhost",
  "wss:\\\\example.com",
  "wss://example.com%2Fevil",
  "wss://example.com%3A80",
  "wss://example.com%23",
  "wss://example.com%3Fx",
  "wss://example.com%0D%0AHost%3A%20x",
  "wss://example.com%00",
  "ws://localhost%00.example.com",
  "ws://loc\talhost",
  "ws://localhost#@example.com",
  "ws://\u2460\u2461\u2466.0.0.1",
  "ws://localho\u017ft",
  "ws://127.0.0.1\u3002evil.example",

  /* Hosts and ports that are none. */
  "wss://exam ple.com",
  "wss://exam%20ple.com",
  "wss://\"example.com\"",
  "wss://'example.com'",
  "wss://<example.com>",
  "wss://example,com",
  "wss://*",
  "wss://[::1",
  "wss://::1",
  "wss://[]",
  "wss://[example.com]",
  "wss://[12345::1]",
  "wss://[127.0.0.1]",
  "wss://b\u00fccher.example",
  "wss://\xff.example",
  "wss://example.com:0",
  "wss://example.com:65536",
  "wss://example.com:-1",
  "wss://example.com:+80",
  "wss://example.com: 80",
  "wss://example.com:80:90",
  "wss://example.com:http",
  "wss://example.com:99999999999999999999",

  /* Characters that have no place in an address. */
  "wss://example.com/a b",
  "wss://example.com/\"",
  "\"wss://example.com\"",
  "'wss://example.com'",
  "<wss://example.com>",
  "wss://example.com/<script>",
  "wss://example.com/{}",
  "wss://example.com/|",
  "wss://example.com/^",
  "wss://example.com/`",
  "wss://example.com/\\",
  "wss://example.com/\x01",
  "wss://example.com/\x7f",
  "wss://example.com/\xff",
  "wss://example.com/\u00fc",
  "wss://example.com/\u202eerutuf",
  "wss://example.com\nwss://example.org",
  "wss://example.com/%",
  "wss://example.com/%2",
  "wss://example.com/%zz",
  "wss://example.com/?x=%zz",

  /* Fragments. */
  "wss://example.com/#",
  "wss://example.com/#top",
  "wss://example.com?app_id=7#",

  /* App ids. */
  "wss://example.com?app_id",
  "wss://example.com?app_id=",
  "wss://example.com?app_id=0",
  "wss://example.com?app_id=07",
  "wss://example.com?app_id=-7",
  "wss://example.com?app_id=%2B7",
  "wss://example.com?app_id=+7",
  "wss://example.com?app_id=7.0",
  "wss://example.com?app_id=7x",
  "wss://example.com?app_id=0x7",
  "wss://example.com?app_id=33xxXXxxXX",
  "wss://example.com?app_id=7%0A",
  "wss://example.com?app_id=7%00",
  "wss://example.com?app_id=%FF",
  "wss://example.com?app_id=7;l=EN",
  "wss://example.com?app_id=10000000000000000000",
  "wss://example.com?app_id=7&app_id=7",
  "wss://example.com?app_id=7&app_id=x",
  "wss://example.com?app_id=x&app_id=7",
  "wss://example.com?app_id=7&app%5fid=8",
};

static void
assert_refused (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = tok_address_check (text, &error);
  g_autofree char *shown = g_strescape (text, NULL);

  g_test_message ("%.80s", shown);
  g_assert_cmpstr (address, ==, NULL);
  g_assert_error (error, TOK_ERROR, TOK_ERROR_ADDRESS);
  g_assert_cmpuint (strlen (error->message), >, 10);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_null (tok_address_check (text, NULL));
}

static void
assert_accepted (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = tok_address_check (text, &error);
  g_autofree char *again = NULL;
  g_autofree char *shown = g_strescape (text, NULL);

  g_test_message ("%.80s", shown);
  g_assert_no_error (error);
  g_assert_cmpstr (address, ==, expected);
  again = tok_address_check (address, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, expected);
}

static void
test_accepted (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    assert_accepted (accepted[i][0], accepted[i][1]);
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i]);
}

static char *
fill (const char *before, gsize length, char c, const char *after)
{
  g_autofree char *middle = g_strnfill (length - strlen (before) - strlen (after), c);

  return g_strconcat (before, middle, after, NULL);
}

static void
test_long (void)
{
  static const struct {
    const char *before;
    char c;
    const char *after;
  } shapes[] = {
    { "wss://example.com/", 'a', "?app_id=7" },
    { "wss://", 'a', "/v4?app_id=7" },
    { "wss://example.com/v4?l=", 'a', "&app_id=7" },
  };
  static const char *const hopeless[][2] = {
    { "", "" },
    { "wss://", "" },
    { "wss://example.com/?app_id=", "" },
    { "ws://localhost", ".example.com" },
    { "", "://example.com" },
  };
  g_autofree char *too_long_complete = fill ("wss://example.com/", MAX_LENGTH, 'a', "?l=EN");

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autofree char *longest = fill (shapes[i].before, MAX_LENGTH, shapes[i].c, shapes[i].after);
    g_autofree char *over = fill (shapes[i].before, MAX_LENGTH + 1, shapes[i].c, shapes[i].after);
    g_autofree char *far = fill (shapes[i].before, 10000, shapes[i].c, shapes[i].after);

    assert_accepted (longest, longest);
    assert_refused (over);
    assert_refused (far);
  }
  for (guint i = 0; i < G_N_ELEMENTS (hopeless); i++)
    for (const char *c = "a1 %/:[\"@#?"; *c != '\0'; c++) {
      g_autofree char *text = fill (hopeless[i][0], 10000, *c, hopeless[i][1]);

      assert_refused (text);
    }
  assert_refused (too_long_complete);
}

static void
test_padded (void)
{
  g_autofree char *padded = fill ("", 10000, ' ', "wss://example.com");

  assert_accepted (padded, "wss://example.com" REST);
}

static void
test_secure (void)
{
  g_assert_true (tok_address_is_secure (TOK_ADDRESS_DEFAULT));
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++) {
    g_autofree char *scheme = g_uri_parse_scheme (accepted[i][1]);

    g_assert_cmpint (tok_address_is_secure (accepted[i][1]), ==, g_str_equal (scheme, "wss"));
  }
}

static const struct {
  const char *text;
  gboolean is_app_id;
} app_ids[] = {
  { "1", TRUE },
  { "9", TRUE },
  { "10", TRUE },
  { "1089", TRUE },
  { "9223372036854775807", TRUE },
  /* More than a signed 64-bit integer holds, and still what the service takes. */
  { "9223372036854775808", TRUE },
  { "9999999999999999999", TRUE },
  { "10000000000000000000", FALSE },
  { "", FALSE },
  { "0", FALSE },
  { "01089", FALSE },
  { " 1089", FALSE },
  { "1089 ", FALSE },
  { "1089\n", FALSE },
  { "+1089", FALSE },
  { "-1089", FALSE },
  { "1089.0", FALSE },
  { "1e3", FALSE },
  { "0x441", FALSE },
  { "10 89", FALSE },
  { "1089&l=EN", FALSE },
  { "33xxXXxxXX", FALSE },
  { "\331\241\331\242", FALSE }, /* Arabic digits */
};

static void
test_app_id (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (app_ids); i++) {
    g_autofree char *typed = g_strconcat ("wss://example.com?app_id=", app_ids[i].text, NULL);
    g_autofree char *address = tok_address_check (typed, NULL);

    g_test_message ("row %u", i);
    g_assert_cmpint (tok_address_is_app_id (app_ids[i].text), ==, app_ids[i].is_app_id);
    if (app_ids[i].is_app_id)
      g_assert_nonnull (address);
  }
}

/* An address, the app id in it, and the same with the app id 77. */
static const char *const with_app_id[][3] = {
  { "wss://h/v3?app_id=7", "7", "wss://h/v3?app_id=77" },
  { "wss://h/v3?app_id=123456", "123456", "wss://h/v3?app_id=77" },
  { "wss://h/v3?app_id=7&l=EN", "7", "wss://h/v3?app_id=77&l=EN" },
  { "wss://h/v3?l=EN&app_id=7", "7", "wss://h/v3?l=EN&app_id=77" },
  { "wss://h/v3?l=EN&app_id=7&brand=x", "7", "wss://h/v3?l=EN&app_id=77&brand=x" },
  { "wss://h/v3?my_app_id=5&app_id=7", "7", "wss://h/v3?my_app_id=5&app_id=77" },
  { "wss://h/v3?x=app_id=5&app_id=7", "7", "wss://h/v3?x=app_id=5&app_id=77" },
  { "wss://h/v3?APP_ID=5&app_id=7", "7", "wss://h/v3?APP_ID=5&app_id=77" },
  { "wss://h/v3?x=%26app_id%3D5&app_id=7", "7", "wss://h/v3?x=%26app_id%3D5&app_id=77" },
  { "wss://h/v3?x?app_id=5&app_id=7", "7", "wss://h/v3?x?app_id=5&app_id=77" },
  { "wss://h/&app_id=5?app_id=7", "7", "wss://h/&app_id=5?app_id=77" },
  { "wss://h/v3?&&app_id=7&", "7", "wss://h/v3?&&app_id=77&" },
  { "ws://[::1]:80/v3?app_id=7", "7", "ws://[::1]:80/v3?app_id=77" },
  /* Not what tok_address_check () returns. */
  { "wss://h/v3", NULL, "wss://h/v3?app_id=77" },
  { "wss://h/v3?l=EN", NULL, "wss://h/v3?l=EN&app_id=77" },
};

static void
test_with_app_id (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (with_app_id); i++) {
    const char *address = with_app_id[i][0];
    g_autofree char *app_id = tok_address_dup_app_id (address);
    g_autofree char *with = tok_address_with_app_id (address, "77");
    g_autofree char *new_app_id = tok_address_dup_app_id (with);

    g_test_message ("%s", address);
    g_assert_cmpstr (app_id, ==, with_app_id[i][1]);
    g_assert_cmpstr (with, ==, with_app_id[i][2]);
    g_assert_cmpstr (new_app_id, ==, "77");
    if (app_id != NULL) {
      g_autofree char *checked = tok_address_check (with, NULL);
      g_autofree char *back = tok_address_with_app_id (with, app_id);

      g_assert_cmpstr (checked, ==, with);
      g_assert_cmpstr (back, ==, address);
    }
  }
}

static void
test_own_app_id (void)
{
  g_assert_false (tok_address_has_own_app_id ("wss://h/v3?app_id=1089"));
  g_assert_false (tok_address_has_own_app_id ("wss://h/v3?l=EN&app_id=1089&brand=x"));
  g_assert_false (tok_address_has_own_app_id ("wss://h/v3"));
  g_assert_true (tok_address_has_own_app_id ("wss://h/v3?app_id=1"));
  g_assert_true (tok_address_has_own_app_id ("wss://h/v3?app_id=10890"));
  g_assert_true (tok_address_has_own_app_id ("wss://h/v3?app_id=108"));
  g_assert_true (tok_address_has_own_app_id ("wss://h/v3?x=1089&app_id=7"));
}

/* An address, and where its pages are. */
static const struct {
  const char *address;
  const char *authorize;
  const char *token;
} pages[] = {
#define OPERATOR "https://oauth.deriv.com/oauth2/authorize?app_id=7"
#define REST_OF_IT "&brand=deriv&state=s"
#define OPERATOR_TOKEN "https://app.deriv.com/account/api-token"
  { "wss://ws.derivws.com/websockets/v3?app_id=7", OPERATOR REST_OF_IT, OPERATOR_TOKEN },
  { "wss://WS.DerivWS.com/websockets/v3?app_id=7", OPERATOR REST_OF_IT, OPERATOR_TOKEN },
  { "wss://ws.derivws.com:443/v4?app_id=7", OPERATOR REST_OF_IT, OPERATOR_TOKEN },
  { "wss://blue.derivws.com/websockets/v3?app_id=7", OPERATOR REST_OF_IT, OPERATOR_TOKEN },
  { "wss://frontend.binaryws.com/v3?app_id=7", OPERATOR REST_OF_IT, OPERATOR_TOKEN },
  { "wss://ws.binaryws.com/v3?app_id=7", OPERATOR REST_OF_IT, OPERATOR_TOKEN },
  { "wss://ws.derivws.com/v3?app_id=7&l=DE", OPERATOR "&l=DE" REST_OF_IT, OPERATOR_TOKEN },
  { "wss://ws.derivws.com/v3?l=ZH_CN&app_id=7", OPERATOR "&l=ZH_CN" REST_OF_IT, OPERATOR_TOKEN },
  { "wss://ws.derivws.com/v3?l=%26&app_id=7", OPERATOR "&l=%26" REST_OF_IT, OPERATOR_TOKEN },
  { "wss://ws.derivws.com/v3?l=&app_id=7", OPERATOR REST_OF_IT, OPERATOR_TOKEN },
  { "wss://ws.derivws.com/v3?l&app_id=7", OPERATOR REST_OF_IT, OPERATOR_TOKEN },
  { "wss://ws.derivws.com/v3?nl=DE&app_id=7&brand=x", OPERATOR REST_OF_IT, OPERATOR_TOKEN },

#define PAGE "/oauth2/authorize?app_id=7&brand=deriv&state=s"
#define TOKEN_PAGE "/account/api-token"
  /* Another platform, with another protocol. */
  { "wss://api.derivws.com/v3?app_id=7", "https://api.derivws.com" PAGE,
    "https://api.derivws.com" TOKEN_PAGE },
  { "wss://API.derivws.com/v3?app_id=7", "https://API.derivws.com" PAGE,
    "https://API.derivws.com" TOKEN_PAGE },

  /* Not the operator's, whatever it looks like. */
  { "wss://derivws.com/v3?app_id=7", "https://derivws.com" PAGE, "https://derivws.com" TOKEN_PAGE },
  { "wss://ws-derivws.com/v3?app_id=7", "https://ws-derivws.com" PAGE,
    "https://ws-derivws.com" TOKEN_PAGE },
  { "wss://ws.derivws.com.example/v3?app_id=7", "https://ws.derivws.com.example" PAGE,
    "https://ws.derivws.com.example" TOKEN_PAGE },
  { "wss://example.com/ws.derivws.com?app_id=7", "https://example.com" PAGE,
    "https://example.com" TOKEN_PAGE },
  { "wss://example.com/?app_id=7&x=.derivws.com", "https://example.com" PAGE,
    "https://example.com" TOKEN_PAGE },
  { "wss://example.com:8443/v3?app_id=7", "https://example.com:8443" PAGE,
    "https://example.com:8443" TOKEN_PAGE },
  { "wss://[2001:db8::1]:8443/v3?app_id=7", "https://[2001:db8::1]:8443" PAGE,
    "https://[2001:db8::1]:8443" TOKEN_PAGE },
  { "wss://h/a//b?app_id=7", "https://h" PAGE, "https://h" TOKEN_PAGE },
  { "wss://h/%00?app_id=7&x=%E9", "https://h" PAGE, "https://h" TOKEN_PAGE },

  /* Plain, on this computer. */
  { "ws://127.0.0.1:1234/websockets/v3?app_id=7", "http://127.0.0.1:1234" PAGE,
    "http://127.0.0.1:1234" TOKEN_PAGE },
  { "ws://localhost/v3?app_id=7", "http://localhost" PAGE, "http://localhost" TOKEN_PAGE },
  { "ws://[::1]:1234/v3?app_id=7", "http://[::1]:1234" PAGE, "http://[::1]:1234" TOKEN_PAGE },
};

static void
test_pages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autofree char *checked = tok_address_check (pages[i].address, NULL);
    g_autofree char *authorize = tok_address_dup_authorize_page (pages[i].address, "s");
    g_autofree char *token = tok_address_dup_token_page (pages[i].address);

    g_test_message ("%s", pages[i].address);
    g_assert_nonnull (checked);
    g_assert_cmpstr (authorize, ==, pages[i].authorize);
    g_assert_cmpstr (token, ==, pages[i].token);
  }
}

/* Whatever the state is, it comes back out of the page as it was. */
static void
test_state (void)
{
  static const char *const states[]
      = { "",     "s",     "0aZ-_.~",  "a b+c",  "a&state=b", "a=b#c?d",
          "100%", "%41%0", "\303\251", "\n\x7f", "<\"'>",     "/\\:@!$()*,;" };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *page = tok_address_dup_authorize_page ("wss://h/v3?l=DE&app_id=7", states[i]);
    g_autoptr (GUri) uri = g_uri_parse (page, G_URI_FLAGS_ENCODED, NULL);
    g_autoptr (GHashTable) params = NULL;

    g_assert_nonnull (uri);
    params = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL);
    g_assert_nonnull (params);
    g_assert_cmpuint (g_hash_table_size (params), ==, 4);
    g_assert_cmpstr (g_hash_table_lookup (params, "state"), ==, states[i]);
    g_assert_null (g_uri_get_fragment (uri));
  }
}

/* Whatever else stands in an address, it is one service. */
static void
test_service (void)
{
  static const char *const addresses[][2] = {
    { "wss://h/v3?app_id=7", "wss://h/v3" },
    { "wss://h/v3?l=DE&app_id=8", "wss://h/v3" },
    { "wss://h:8443/v3?app_id=7", "wss://h:8443/v3" },
    { "ws://[::1]:80/v3?x=?&app_id=7", "ws://[::1]:80/v3" },
    { "wss://h/v4?app_id=7", "wss://h/v4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autofree char *service = tok_address_dup_service (addresses[i][0]);

    g_assert_cmpstr (service, ==, addresses[i][1]);
  }
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/address/accepted", test_accepted);
  g_test_add_func ("/address/refused", test_refused);
  g_test_add_func ("/address/long", test_long);
  g_test_add_func ("/address/padded", test_padded);
  g_test_add_func ("/address/secure", test_secure);
  g_test_add_func ("/address/service", test_service);
  g_test_add_func ("/address/app-id", test_app_id);
  g_test_add_func ("/address/with-app-id", test_with_app_id);
  g_test_add_func ("/address/own-app-id", test_own_app_id);
  g_test_add_func ("/address/pages", test_pages);
  g_test_add_func ("/address/state", test_state);

  return g_test_run ();
}
