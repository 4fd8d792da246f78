/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-name-check.h"

#include "tok-character.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uspoof.h>

/* Nobody is shown more of a name. */
#define MAX_CHARS 256
/* For what one character, or one word, looks like. */
#define SKELETON_SIZE 512

/* Stands for a letter that is none of those looked for. */
#define OTHER '?'
/* Between words. */
#define GAP ' '

/* As fold () writes them. */
static const struct {
  const char *folded;
  TokNameWarning warning;
} operator_names[] = {
  { "derlv", TOK_NAME_WARNING_DERIV },
  { "clerlv", TOK_NAME_WARNING_DERIV },
  { "blnary", TOK_NAME_WARNING_BINARY },
};

/* What is written for a letter and isn't among Unicode's confusables, since it stands for one
 * rather than looks the same. An i, and all that looks like it, is an l. */
static const struct {
  char letter;
  const char *stand_ins;
} stand_ins[] = {
  { 'a', "4@λ" }, { 'b', "8ßβʙ" }, { 'd', "∂ᴅд" }, { 'e', "3€εɛꞓєᴇ" }, { 'l', "i1!|" },
  { 'n', "πиɴ" }, { 'r', "яʀ" },   { 'v', "ʌ√∨" }, { 'y', "¥ʏ" },
};

/* Letters in boxes and of flags, which Unicode doesn't take for letters: where A is. */
static const gunichar boxed_alphabets[] = { 0x1F150, 0x1F170, 0x1F1E6 };

/* Its data are opened for the first name that needs them. %NULL where they are not installed. */
static USpoofChecker *
get_checker (void)
{
  static gboolean is_open;
  static USpoofChecker *checker;

  if (!is_open) {
    UErrorCode status = U_ZERO_ERROR;

    is_open = TRUE;
    checker = uspoof_open (&status);
    if (U_FAILURE (status))
      g_clear_pointer (&checker, uspoof_close);
    else
      uspoof_setChecks (checker, USPOOF_RESTRICTION_LEVEL | USPOOF_AUX_INFO, &status);
  }
  return checker;
}

/* What @text has in common with all that looks like it. */
static gboolean
get_skeleton (const char *text, gsize length, char *skeleton)
{
  USpoofChecker *checker = get_checker ();
  UErrorCode status = U_ZERO_ERROR;

  if (checker == NULL)
    return FALSE;
  uspoof_getSkeletonUTF8 (checker, 0, text, length, skeleton, SKELETON_SIZE, &status);
  return U_SUCCESS (status) && status != U_STRING_NOT_TERMINATED_WARNING;
}

static char
find_stand_in (gunichar c)
{
  for (guint i = 0; c != 0 && i < G_N_ELEMENTS (stand_ins); i++)
    if (g_utf8_strchr (stand_ins[i].stand_ins, -1, c) != NULL)
      return stand_ins[i].letter;
  return '\0';
}

/* The letter that @text begins with, if it is one that people would type; 0 if not. */
static char
read_letter (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
  const char *at = folded;
  char stand_in;

  /* Such as the bracket in "(d)", which is one character. */
  while (*at != '\0' && g_unichar_ispunct (g_utf8_get_char (at)) && at[1] != '\0')
    at = g_utf8_next_char (at);
  stand_in = find_stand_in (g_utf8_get_char (at));
  if (stand_in != '\0')
    return stand_in;
  return g_ascii_isalpha (*at) ? *at : '\0';
}

static gunichar
unbox (gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (boxed_alphabets); i++)
    if (c >= boxed_alphabets[i] && c < boxed_alphabets[i] + 26)
      return 'a' + (c - boxed_alphabets[i]);
  return c;
}

static char
read_look (gunichar c)
{
  char text[7] = { 0 };
  char skeleton[SKELETON_SIZE];

  return get_skeleton (text, g_unichar_to_utf8 (c, text), skeleton) ? read_letter (skeleton) : '\0';
}

/* The Latin letter that @c is, or looks like, in lower case; else OTHER or GAP. */
static char
fold (gunichar c)
{
  char text[7] = { 0 };
  char letter;

  g_unichar_to_utf8 (unbox (c), text);
  letter = read_letter (text);
  if (letter == '\0' && c >= 0x80)
    letter = read_look (c);
  if (letter == '\0' && c >= 0x80)
    letter = read_look (g_unichar_tolower (c));
  if (letter != '\0')
    return letter;
  return g_unichar_isalnum (c) ? OTHER : GAP;
}

static gboolean
is_ignored (gunichar c)
{
  return g_unichar_ismark (c)
         || u_hasBinaryProperty ((UChar32) c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/* The same for all names that could be taken for each other: without accents and what can't be
 * seen, and with doubled letters once. */
static char *
fold_name (const char *name)
{
  GString *folded = g_string_new (NULL);

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    char letter;

    if (is_ignored (c))
      continue;
    letter = fold (c);
    if (folded->len == 0 || folded->str[folded->len - 1] != letter)
      g_string_append_c (folded, letter);
  }
  return g_string_free (folded, FALSE);
}

/* Whether a word of @words begins with @word and, if that takes several of them, whether they are
 * nothing else: "De riv", but neither "De Rivera" nor "Trader IV". */
static gboolean
holds_in_pieces (const char *words, const char *word)
{
  for (const char *start = words; start != NULL; start = strchr (start, GAP)) {
    const char *at = start;
    const char *wanted = word;

    for (; *at != '\0' && *wanted != '\0'; at++) {
      if (*at == GAP)
        continue;
      if (*at != *wanted)
        break;
      wanted++;
    }
    if (*wanted == '\0' && (*at == GAP || *at == '\0'))
      return TRUE;
    if (*start != '\0')
      start++;
  }
  return FALSE;
}

static TokNameWarning
find_operator_name (const char *name)
{
  g_autofree char *folded = fold_name (name);

  for (guint i = 0; i < G_N_ELEMENTS (operator_names); i++)
    if (strstr (folded, operator_names[i].folded) != NULL
        || holds_in_pieces (folded, operator_names[i].folded))
      return operator_names[i].warning;
  return TOK_NAME_WARNING_NONE;
}

static gboolean
hides_characters (const char *name)
{
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (tok_character_is_unseen (name, at))
      return TRUE;
  return FALSE;
}

static int
get_restriction_level (const char *word, gsize length)
{
  USpoofChecker *checker = get_checker ();
  UErrorCode status = U_ZERO_ERROR;
  int32_t result;

  if (checker == NULL)
    return USPOOF_ASCII;
  result = uspoof_checkUTF8 (checker, word, length, NULL, &status);
  return U_SUCCESS (status) ? result & USPOOF_RESTRICTION_LEVEL_MASK : USPOOF_ASCII;
}

/* Latin letters among those of one other alphabet are usual, but for Greek and Cyrillic ones, which
 * look like them. Of the others, those that do are told by what they look like. */
static gboolean
is_mixed (const char *word, gsize length)
{
  int level = get_restriction_level (word, length);
  char skeleton[SKELETON_SIZE];

  if (level <= USPOOF_HIGHLY_RESTRICTIVE)
    return FALSE;
  return level > USPOOF_MODERATELY_RESTRICTIVE
         || (get_skeleton (word, length, skeleton)
             && get_restriction_level (skeleton, strlen (skeleton)) <= USPOOF_HIGHLY_RESTRICTIVE);
}

/* Scripts that leave no blanks between words are beside others in what is no word. */
static gboolean
is_in_word (gunichar c)
{
  if (is_ignored (c))
    return TRUE;
  if (!g_unichar_isalpha (c))
    return FALSE;
  switch (g_unichar_break_type (c)) {
  case G_UNICODE_BREAK_ALPHABETIC:
  case G_UNICODE_BREAK_HEBREW_LETTER:
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
mixes_alphabets (const char *name)
{
  const char *start = name;

  if (g_str_is_ascii (name))
    return FALSE;
  for (const char *at = name;; at = g_utf8_next_char (at)) {
    if (*at != '\0' && is_in_word (g_utf8_get_char (at)))
      continue;
    if (at > start && is_mixed (start, at - start))
      return TRUE;
    if (*at == '\0')
      return FALSE;
    start = g_utf8_next_char (at);
  }
}

/**
 * tok_name_check:
 * @name: What something of somebody else is called; perhaps no UTF-8.
 *
 * Looks for what may lead astray whoever reads @name. The operator lets nobody call a new app by
 * one of its own names, or by what looks like it (PROTOCOL 2.4); older ones may be called so.
 *
 * Returns: The gravest thing to warn of.
 */
TokNameWarning
tok_name_check (const char *name)
{
  g_autofree char *valid = NULL;
  g_autofree char *checked = NULL;
  TokNameWarning warning;

  g_return_val_if_fail (name != NULL, TOK_NAME_WARNING_NONE);

  valid = g_utf8_make_valid (name, -1);
  checked = g_strstrip (g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_CHARS)));
  warning = find_operator_name (checked);
  if (warning != TOK_NAME_WARNING_NONE)
    return warning;
  if (hides_characters (checked))
    return TOK_NAME_WARNING_HIDDEN;
  return mixes_alphabets (checked) ? TOK_NAME_WARNING_MIXED : TOK_NAME_WARNING_NONE;
}
