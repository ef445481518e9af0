#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// simdjson's DOM parser as C: one parser is reused for any number of documents, and the tape and
// string buffer of the last one can be read in place until the next call.
// Tape format: https://github.com/simdjson/simdjson/blob/master/doc/tape.md

#ifdef __cplusplus
extern "C" {
#endif

typedef struct csimdjson_parser csimdjson_parser;

// Bytes that must be readable (of any content) behind a document.
#define CSIMDJSON_PADDING 64

csimdjson_parser *csimdjson_parser_new(void);
void csimdjson_parser_free(csimdjson_parser *parser);

// Parses one document. Returns 0, or an error for csimdjson_error_text.
int csimdjson_parse(csimdjson_parser *parser, const uint8_t *json, size_t length);

// The longest document the parser holds memory for; it keeps about 14 bytes for each of these.
size_t csimdjson_capacity(const csimdjson_parser *parser);

// The tape of the last document: words with a type in the top byte.
const uint64_t *csimdjson_tape(const csimdjson_parser *parser);

// The unescaped strings of the last document: a 32-bit length, the bytes, a NUL.
const uint8_t *csimdjson_strings(const csimdjson_parser *parser);

const char *csimdjson_error_text(int error);

// Bytes before the first line feed, or the length when there is none.
static inline size_t csimdjson_line_length(const uint8_t *text, size_t length) {
  const uint8_t *found = (const uint8_t *)memchr(text, '\n', length);
  return found == NULL ? length : (size_t)(found - text);
}

#ifdef __cplusplus
}
#endif
