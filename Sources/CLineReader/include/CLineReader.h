// A thin layer over GNU readline: what Swift cannot say of it safely is said here.
#ifndef CLINEREADER_H
#define CLINEREADER_H

#include <stdbool.h>

typedef enum { CLR_LINE, CLR_END, CLR_INTERRUPTED } clr_status;

// The index-th completion of the word [start, end) of the line, allocated with malloc, or NULL when
// there are no more.
typedef char *(*clr_completer)(const char *line, int start, int end, int index);

// Called while a line is read, once the terminal has another width and has kept it for a moment. It may
// write to the terminal; the line is drawn again below what it wrote.
typedef void (*clr_resized)(void);

// Called once, when the first prompt stands there and nothing was read yet.
typedef void (*clr_waiting)(void);

// Prepares readline under an application name for conditional settings in the inputrc.
void clr_prepare(const char *application, clr_completer completer, clr_resized resized, clr_waiting waiting);

// Sets a variable of readline; it wins over the inputrc.
void clr_set(const char *variable, const char *value);

// Reads a line as UTF-8. *line is set, and has to be freed, only with CLR_LINE.
clr_status clr_read(const char *prompt, char **line);

// Keeps a line for the history of this conversation only.
void clr_remember(const char *line);

// Forgets every remembered line.
void clr_forget(void);

// Between these two, keys are not shown and come one by one; a signal that ends or suspends the program
// finds the terminal as it was.
void clr_begin_waiting(void);
void clr_end_waiting(void);

// Waits. Returns false early once a key was pressed; the key opens the next line, unless it is a space,
// Return or Escape.
bool clr_wait(int milliseconds);

// The size of the terminal on the descriptor, or 0 if it is no terminal.
int clr_width(int descriptor);
int clr_height(int descriptor);

// Whether the terminal named by TERM is one that the system knows.
bool clr_knows_terminal(void);

// Chooses the characters of the locale; where it names none, UTF-8. Returns whether they are UTF-8.
bool clr_choose_characters(void);

const char *clr_version(void);

#endif
