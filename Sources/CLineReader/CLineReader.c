#define _GNU_SOURCE
#include "CLineReader.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

static volatile sig_atomic_t interrupted;
static clr_completer completer;
static int word_start, word_end;

static void on_interrupt(int signal_number) {
  (void)signal_number;
  interrupted = 1;
}

// readline's own reader goes on after a signal until the next key. This one waits with pselect, which
// lets signals in only while it waits, so that a Ctrl-C just before the wait is not lost either.
static int read_key(FILE *stream) {
  int descriptor = fileno(stream);
  for (;;) {
    rl_check_signals();  // a changed width, a suspend, an end: readline's work
    if (interrupted) {
      rl_replace_line("", 1);
      rl_done = 1;
      return '\n';
    }
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGWINCH);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGHUP);
    sigaddset(&blocked, SIGTSTP);
    fd_set waiting;
    FD_ZERO(&waiting);
    FD_SET(descriptor, &waiting);
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    int ready = -1;
    if (!interrupted && !rl_pending_signal())
      ready = pselect(descriptor + 1, &waiting, NULL, NULL, NULL, &before);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
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

void clr_prepare(const char *application, clr_completer chosen) {
  rl_readline_name = application;
  completer = chosen;
  rl_attempted_completion_function = complete;
  rl_completer_word_break_characters = " ";
  rl_getc_function = read_key;
  rl_catch_signals = 1;
  rl_catch_sigwinch = 1;
  rl_variable_bind("enable-bracketed-paste", "on");
  using_history();
  // For good: a Ctrl-C between two lines must not end the conversation either.
  struct sigaction mine = {.sa_handler = on_interrupt};
  sigemptyset(&mine.sa_mask);
  sigaction(SIGINT, &mine, NULL);
}

clr_status clr_read(const char *prompt, char **line) {
  interrupted = 0;
  *line = NULL;
  char *read = readline(prompt);
  if (interrupted) {
    free(read);
    return CLR_INTERRUPTED;
  }
  if (!read) return CLR_END;
  *line = read;
  return CLR_LINE;
}

void clr_remember(const char *line) { add_history(line); }

void clr_forget(void) { clear_history(); }

int clr_width(int descriptor) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

const char *clr_version(void) { return rl_library_version; }
