#include "CSimdJSON.h"

#include <simdjson.h>

#include <new>

static_assert(
  CSIMDJSON_PADDING >= simdjson::SIMDJSON_PADDING, "callers promise this many readable bytes");

struct csimdjson_parser {
  simdjson::dom::parser parser;
};

extern "C" {

csimdjson_parser *csimdjson_parser_new(void) { return new (std::nothrow) csimdjson_parser; }

void csimdjson_parser_free(csimdjson_parser *parser) { delete parser; }

int csimdjson_parse(csimdjson_parser *parser, const uint8_t *json, size_t length) {
  // The caller vouches for the padding, so the document is parsed where it lies.
  return parser->parser.parse(json, length, false).error();
}

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
