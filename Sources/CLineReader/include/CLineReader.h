// A thin layer over GNU readline: what Swift cannot say of it safely is said here.
#ifndef CLINEREADER_H
#define CLINEREADER_H

typedef enum { CLR_LINE, CLR_END, CLR_INTERRUPTED } clr_status;

// The index-th completion of the word [start, end) of the line, allocated with malloc, or NULL when
// there are no more.
typedef char *(*clr_completer)(const char *line, int start, int end, int index);

// Prepares readline under an application name for conditional settings in the inputrc.
void clr_prepare(const char *application, clr_completer completer);

// Reads a line. *line is set, and has to be freed, only with CLR_LINE.
clr_status clr_read(const char *prompt, char **line);

// Keeps a line for the history of this conversation only.
void clr_remember(const char *line);

// Forgets every remembered line.
void clr_forget(void);

// The width of the terminal on the descriptor in columns, or 0 if it is no terminal.
int clr_width(int descriptor);

const char *clr_version(void);

#endif
