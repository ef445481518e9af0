#include "build.h"

#ifndef OTEL_TUI_COMMIT
#define OTEL_TUI_COMMIT ""
#endif

const char *build_commit(void) { return OTEL_TUI_COMMIT; }
