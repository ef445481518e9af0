#pragma once

/// The commit that the program is built from; empty where the build was not told.
const char *_Nonnull build_commit(void);
