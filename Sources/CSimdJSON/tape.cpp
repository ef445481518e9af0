#include "CSimdJSON.h"

#include <simdjson.h>

#include <new>

static_assert(
  CSIMDJSON_PADDING >= simdjson::SIMDJSON_PADDING, "callers promise this many readable bytes");

struct csimdjson_parser {
  simdjson::dom::parser parser;
};

namespace {

// simdjson grows to the exact length asked for, so a file of ever longer lines would be an
// allocation a line. Powers of two make it a handful.
int reserve(simdjson::dom::parser &parser, size_t length) {
  if (length <= parser.capacity() && length <= parser.doc.capacity()) { return 0; }
  size_t capacity = 64 << 10;
  while (capacity < length) { capacity *= 2; }
  if (capacity > parser.max_capacity()) { capacity = parser.max_capacity(); }
  if (length > capacity) { return simdjson::CAPACITY; }
  if (auto error = parser.allocate(capacity)) { return error; }
  return parser.doc.allocate(capacity);
}

}  // namespace

extern "C" {

csimdjson_parser *csimdjson_parser_new(void) { return new (std::nothrow) csimdjson_parser; }

void csimdjson_parser_free(csimdjson_parser *parser) { delete parser; }

int csimdjson_parse(csimdjson_parser *parser, const uint8_t *json, size_t length) {
  if (int error = reserve(parser->parser, length)) { return error; }
  // The caller vouches for the padding, so the document is parsed where it lies.
  return parser->parser.parse(json, length, false).error();
}

size_t csimdjson_capacity(const csimdjson_parser *parser) { return parser->parser.capacity(); }

const uint64_t *csimdjson_tape(const csimdjson_parser *parser) {
  return parser->parser.doc.tape.get();
}

const uint8_t *csimdjson_strings(const csimdjson_parser *parser) {
  return parser->parser.doc.string_buf.get();
}

const char *csimdjson_error_text(int error) {
  return simdjson::error_message(static_cast<simdjson::error_code>(error));
}
}
