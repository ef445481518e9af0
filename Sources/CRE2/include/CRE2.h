#pragma once
#include <stddef.h>
#include <stdint.h>

// RE2 as C: regular expressions that are searched for in time linear in the text.
// Syntax: https://github.com/google/re2/wiki/Syntax

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cre2_expression cre2_expression;

// Offsets of bytes.
typedef struct {
  size_t start;
  size_t end;
} cre2_range;

// Compiles UTF-8. NULL when memory is out; otherwise cre2_error says whether it can be used. With
// groups cre2_find can be asked, and cre2_required knows nothing.
cre2_expression *cre2_new(const uint8_t *pattern, size_t length, int groups);
void cre2_free(cre2_expression *expression);

// Why the pattern cannot be read, and the part of it that is to blame; NULL when it can.
const char *cre2_error(const cre2_expression *expression);
const char *cre2_error_part(const cre2_expression *expression);

// Whether any part of the text matches. Threads may share an expression; one for each is faster.
int cre2_matches(const cre2_expression *expression, const uint8_t *text, size_t length);

// The leftmost match that begins at an offset, at most the length, or later: whether there is one,
// where it is, and what its first group has in it: nothing when the group takes no part, all of the
// match when there is no group.
int cre2_find(const cre2_expression *expression, const uint8_t *text, size_t length, size_t from,
              cre2_range *match, cre2_range *group);

// ASCII in lower case that every matching text has in it, whatever its case; empty when nothing is
// known.
const char *cre2_required(const cre2_expression *expression);

#ifdef __cplusplus
}
#endif
