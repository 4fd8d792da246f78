/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-fields.h"

static JsonObject *
new_object (void)
{
  g_autoptr (JsonNode) node = json_from_string (
      "{\"text\":\"x\",\"number\":5,\"below\":-1,\"half\":0.5,\"yes\":true,\"no\":false,"
      "\"object\":{\"a\":1},\"array\":[{},7],\"scopes\":[\"read\",\"admin\"],"
      "\"odd\":[\"read\",\"god\"],\"mixed\":[1],\"none\":[],\"null\":null}",
      NULL);

  return json_node_dup_object (node);
}

static void
test_right (void)
{
  g_autoptr (JsonObject) object = new_object ();
  TokDemoFields fields = { NULL };
  JsonArray *array;

  g_assert_cmpstr (tok_demo_fields_get_string (&fields, object, "text"), ==, "x");
  g_assert_cmpint (tok_demo_fields_get_integer (&fields, object, "number"), ==, 5);
  g_assert_cmpfloat (tok_demo_fields_get_number (&fields, object, "number"), ==, 5);
  g_assert_cmpfloat (tok_demo_fields_get_number (&fields, object, "half"), ==, 0.5);
  g_assert_true (tok_demo_fields_get_boolean (&fields, object, "yes"));
  g_assert_false (tok_demo_fields_get_boolean (&fields, object, "no"));
  g_assert_nonnull (tok_demo_fields_get_object (&fields, object, "object"));
  array = tok_demo_fields_get_array (&fields, object, "array");
  g_assert_cmpuint (tok_demo_fields_get_n_elements (array), ==, 2);
  g_assert_nonnull (tok_demo_fields_get_element (&fields, array, 0));
  g_assert_cmpint (tok_demo_fields_get_scopes (&fields, object, "scopes"), ==,
                   TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
  g_assert_cmpint (tok_demo_fields_get_scopes (&fields, object, "none"), ==, TOK_SCOPE_NONE);
  g_assert_null (fields.wrong);
}

/* What is wrong is as if it were empty, and told. */
static void
test_wrong (void)
{
  static const char *const names[]
      = { "text",  "number", "below", "half",  "yes",  "no",   "object",
          "array", "scopes", "odd",   "mixed", "none", "null", "gone" };
  static const struct {
    const char *type;
    const char *right;
  } cases[] = {
    { "string", "text" },
    { "integer", "number" },
    { "number", "number below half" },
    { "boolean", "yes no" },
    { "object", "object" },
    { "array", "array scopes odd mixed none" },
    { "scopes", "scopes none" },
  };
  g_autoptr (JsonObject) object = new_object ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (GStrv) right = g_strsplit (cases[i].right, " ", -1);

    for (guint j = 0; j < G_N_ELEMENTS (names); j++) {
      const char *name = names[j];
      gboolean fits = g_strv_contains ((const char *const *) right, name);
      TokDemoFields fields = { NULL };

      if (i == 0 && !fits)
        g_assert_cmpstr (tok_demo_fields_get_string (&fields, object, name), ==, "");
      else if (i == 0)
        tok_demo_fields_get_string (&fields, object, name);
      else if (i == 1)
        g_assert_cmpint (tok_demo_fields_get_integer (&fields, object, name), ==, fits ? 5 : 0);
      else if (i == 2)
        tok_demo_fields_get_number (&fields, object, name);
      else if (i == 3)
        tok_demo_fields_get_boolean (&fields, object, name);
      else if (i == 4)
        g_assert_true ((tok_demo_fields_get_object (&fields, object, name) != NULL) == fits);
      else if (i == 5)
        g_assert_true ((tok_demo_fields_get_array (&fields, object, name) != NULL) == fits);
      else
        tok_demo_fields_get_scopes (&fields, object, name);
      g_assert_cmpstr (fields.wrong, ==, fits ? NULL : name);
    }
  }
}

static void
test_first_wrong (void)
{
  g_autoptr (JsonObject) object = new_object ();
  TokDemoFields fields = { NULL };
  JsonObject *gone;

  gone = tok_demo_fields_get_object (&fields, object, "gone");
  g_assert_cmpstr (tok_demo_fields_get_string (&fields, gone, "text"), ==, "");
  g_assert_cmpuint (tok_demo_fields_get_n_elements (NULL), ==, 0);
  g_assert_null (
      tok_demo_fields_get_element (&fields, json_object_get_array_member (object, "array"), 1));
  g_assert_cmpstr (fields.wrong, ==, "gone");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-fields/right", test_right);
  g_test_add_func ("/demo-fields/wrong", test_wrong);
  g_test_add_func ("/demo-fields/first-wrong", test_first_wrong);
  return g_test_run ();
}
