#define _GNU_SOURCE
#include "CLineReader.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <unistd.h>
#include <wchar.h>

#include <readline/history.h>
#include <readline/readline.h>

static volatile sig_atomic_t interrupted;
static volatile sig_atomic_t resumed;
static clr_completer completer;
static clr_resized resized;
static clr_waiting waiting;
static int word_start, word_end;
static int width_seen;
static bool is_utf8 = true;

static void on_interrupt(int signal_number) {
  (void)signal_number;
  interrupted = 1;
}

static void on_resume(int signal_number) {
  (void)signal_number;
  resumed = 1;
}

// Waits until there is something to read, a signal came (-1) or the time is over (0). Signals come in only
// while this waits, so that a Ctrl-C just before is not lost either.
static int await_input(int descriptor, const struct timespec *limit) {
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGINT);
  sigaddset(&blocked, SIGWINCH);
  sigaddset(&blocked, SIGTERM);
  sigaddset(&blocked, SIGHUP);
  sigaddset(&blocked, SIGTSTP);
  sigaddset(&blocked, SIGCONT);
  fd_set waiting;
  FD_ZERO(&waiting);
  FD_SET(descriptor, &waiting);
  pthread_sigmask(SIG_BLOCK, &blocked, &before);
  int ready = -1;
  if (!interrupted && !resumed && !rl_pending_signal())
    ready = pselect(descriptor + 1, &waiting, NULL, NULL, limit, &before);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return ready;
}

static void draw_again(void) {
  width_seen = clr_width(1);
  if (!resized) return;
  fflush(rl_outstream);
  resized();
  rl_on_new_line();
  rl_forced_update_display();
}

// readline's own reader goes on after a signal until the next key.
static int read_key(FILE *stream) {
  // While a window is dragged its width changes many times: the last one counts.
  static const struct timespec moment = {.tv_nsec = 120 * 1000 * 1000};
  int descriptor = fileno(stream);
  for (;;) {
    rl_check_signals();  // a changed width, a suspend, an end: readline's work
    if (interrupted) {
      rl_replace_line("", 1);
      rl_done = 1;
      return '\n';
    }
    if (resumed) {  // the shell has written in between
      resumed = 0;
      rl_on_new_line();
      rl_forced_update_display();
    }
    bool is_new_width = clr_width(1) != width_seen;
    int ready = await_input(descriptor, is_new_width ? &moment : NULL);
    if (is_new_width && ready >= 0) draw_again();
    if (ready <= 0) continue;
    unsigned char key;
    ssize_t count = read(descriptor, &key, 1);
    if (count == 1) return key;
    if (count == 0 || errno != EINTR) return EOF;
  }
}

static char *next_candidate(const char *text, int state) {
  static int index;
  (void)text;
  if (!state) index = 0;
  return completer(rl_line_buffer, word_start, word_end, index++);
}

static char **complete(const char *text, int start, int end) {
  rl_attempted_completion_over = 1;  // file names are never offered
  word_start = start;
  word_end = end;
  return completer ? rl_completion_matches(text, next_candidate) : NULL;
}

static int wait_for_first_key(void) {
  clr_waiting first = waiting;
  waiting = NULL;
  fflush(rl_outstream);
  if (first) first();
  return 0;
}

void clr_prepare(const char *application, clr_completer chosen_completer, clr_resized chosen_resized,
                 clr_waiting chosen_waiting) {
  rl_readline_name = application;
  completer = chosen_completer;
  resized = chosen_resized;
  waiting = chosen_waiting;
  rl_pre_input_hook = wait_for_first_key;
  rl_attempted_completion_function = complete;
  rl_completer_word_break_characters = " ";
  rl_getc_function = read_key;
  rl_catch_signals = 1;
  rl_catch_sigwinch = 1;
  rl_variable_bind("enable-bracketed-paste", "on");
  using_history();
  rl_initialize();
  // For good: a Ctrl-C between two lines must not end the conversation either.
  struct sigaction mine = {.sa_handler = on_interrupt};
  sigemptyset(&mine.sa_mask);
  sigaction(SIGINT, &mine, NULL);
  mine.sa_handler = on_resume;
  sigaction(SIGCONT, &mine, NULL);
  width_seen = clr_width(1);
}

void clr_set(const char *variable, const char *value) { rl_variable_bind(variable, value); }

// Text in the locale's characters as UTF-8; what does not fit is taken as it is.
static char *decoded(char *text) {
  if (is_utf8 || !text) return text;
  size_t length = strlen(text);
  char *utf8 = malloc(length * 4 + 1), *end = utf8;
  if (!utf8) return text;
  mbstate_t state = {0};
  for (size_t i = 0; i < length;) {
    wchar_t wide;
    size_t used = mbrtowc(&wide, text + i, length - i, &state);
    if (used == 0 || used > length - i) {
      wide = (unsigned char)text[i];
      used = 1;
      memset(&state, 0, sizeof state);
    }
    i += used;
    uint32_t c = (uint32_t)wide;
    if (c < 0x80) {
      *end++ = (char)c;
    } else if (c < 0x800) {
      *end++ = (char)(0xc0 | c >> 6);
      *end++ = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      *end++ = (char)(0xe0 | c >> 12);
      *end++ = (char)(0x80 | (c >> 6 & 0x3f));
      *end++ = (char)(0x80 | (c & 0x3f));
    } else {
      *end++ = (char)(0xf0 | (c >> 18 & 7));
      *end++ = (char)(0x80 | (c >> 12 & 0x3f));
      *end++ = (char)(0x80 | (c >> 6 & 0x3f));
      *end++ = (char)(0x80 | (c & 0x3f));
    }
  }
  *end = 0;
  free(text);
  return utf8;
}

clr_status clr_read(const char *prompt, char **line) {
  interrupted = 0;
  resumed = 0;
  *line = NULL;
  char *read = readline(prompt);
  if (interrupted) {
    free(read);
    return CLR_INTERRUPTED;
  }
  if (!read) return CLR_END;
  *line = decoded(read);
  return CLR_LINE;
}

void clr_remember(const char *line) { add_history(line); }

void clr_forget(void) { clear_history(); }

void clr_begin_waiting(void) {
  interrupted = 0;
  rl_set_signals();
  rl_prep_terminal(1);
}

void clr_end_waiting(void) {
  rl_deprep_terminal();
  rl_clear_signals();
  fflush(rl_outstream);
}

// Passes what else belongs to a key that began with Escape: an arrow, a function key, Alt with a letter. A paste is
// readline's, which knows where it ends.
static void pass_escape(void) {
  static const struct timespec moment = {.tv_nsec = 20 * 1000 * 1000};
  unsigned char keys[16];
  int count = 0;
  while (count < (int)sizeof keys && await_input(0, &moment) > 0 && read(0, &keys[count], 1) == 1) {
    count++;
    if (count == 1 ? keys[0] != '[' && keys[0] != 'O' : keys[count - 1] >= 0x40) break;
  }
  if (count != 5 || memcmp(keys, "[200~", 5) != 0) return;
  rl_stuff_char(27);
  for (int i = 0; i < count; i++) rl_stuff_char(keys[i]);
}

bool clr_wait(int milliseconds) {
  struct timespec limit = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
  rl_check_signals();
  resumed = 0;
  if (interrupted) return false;
  int ready = await_input(0, &limit);
  rl_check_signals();
  if (ready > 0) {
    unsigned char key;
    if (read(0, &key, 1) == 1) {
      if (key == 27)
        pass_escape();
      else if (key != ' ' && key != '\r' && key != '\n')
        rl_stuff_char(key);
    }
    return false;
  }
  return !interrupted;
}

static struct winsize size_of(int descriptor) {
  struct winsize size = {0};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return (struct winsize){0};
  return size;
}

int clr_width(int descriptor) { return size_of(descriptor).ws_col; }

int clr_height(int descriptor) { return size_of(descriptor).ws_row; }

bool clr_knows_terminal(void) {
  rl_reset_terminal(NULL);
  return rl_get_termcap("ce") != NULL;
}

bool clr_choose_characters(void) {
  setlocale(LC_CTYPE, "");
  const char *named = nl_langinfo(CODESET);
  if (strcmp(named, "ANSI_X3.4-1968") == 0 || strcmp(named, "US-ASCII") == 0) {
    // No locale, or one that is not installed; a terminal today writes UTF-8 all the same. readline looks
    // at the environment.
    if (setlocale(LC_CTYPE, "C.UTF-8")) setenv("LC_ALL", "C.UTF-8", 1);
    named = nl_langinfo(CODESET);
  }
  is_utf8 = strcmp(named, "UTF-8") == 0;
  return is_utf8;
}

const char *clr_version(void) { return rl_library_version; }
