#pragma once

// Wide functions need this before the first curses header.
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#if defined(__GLIBC__) || defined(__APPLE__)
#include <execinfo.h>
#endif

// Swift refuses `stdscr` and friends (unsafe shared state) and does not see macros with
// casts, so each is a function here.

static inline WINDOW *curses_screen(void) { return stdscr; }
static inline int curses_colors(void) { return COLORS; }
static inline int curses_pairs(void) { return COLOR_PAIRS; }

static inline attr_t curses_bold(void) { return A_BOLD; }
static inline attr_t curses_dim(void) { return A_DIM; }
static inline attr_t curses_italic(void) { return A_ITALIC; }
static inline attr_t curses_underline(void) { return A_UNDERLINE; }
static inline attr_t curses_reverse(void) { return A_REVERSE; }

/// Puts one cell of `count` scalars, the first with a width and the rest marks on it. The pair goes
/// through `opts`, since an attribute holds only the first 256 pairs.
static inline int curses_put(int y, int x, const unsigned int *scalars, int count, attr_t style,
                             int pair) {
  wchar_t text[CCHARW_MAX + 1];
  int length = count < CCHARW_MAX ? count : CCHARW_MAX - 1;
  for (int i = 0; i < length; i++) text[i] = (wchar_t)scalars[i];
  text[length] = 0;
  cchar_t cell;
  int extended = pair;
  if (setcchar(&cell, text, style, (short)0, &extended) == ERR) return ERR;
  return mvadd_wch(y, x, &cell);
}

/// What the C library, and so curses, takes for a scalar's width; -1 for what it does not know.
static inline int scalar_width(unsigned int scalar) { return wcwidth((wchar_t)scalar); }

/// Whether the locale chosen by `setlocale` is one of UTF-8.
static inline int locale_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

/// The terminal's string for a capability, or NULL.
static inline const char *curses_string(const char *name) {
  char *found = tigetstr((char *)name);
  return found == (char *)-1 ? NULL : found;
}

/// Window size of a terminal; 0 on success.
static inline int terminal_size(int fd, int *width, int *height) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
  *width = size.ws_col;
  *height = size.ws_row;
  return 0;
}

/// Writes the calling thread's stack, a frame a line, without allocating; nothing where the C
/// library cannot. The first call loads a library, so make one before a signal handler does.
static inline void backtrace_to(int descriptor) {
#if defined(__GLIBC__) || defined(__APPLE__)
  void *frames[64];
  int count = backtrace(frames, 64);
  if (descriptor >= 0) backtrace_symbols_fd(frames, count, descriptor);
#else
  (void)descriptor;
#endif
}
