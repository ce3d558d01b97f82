// What this build was made of.
#ifndef CBUILD_H
#define CBUILD_H

// The commit of the sources, followed by a plus sign if they were changed since, or an empty text where it is not
// known.
const char *build_commit(void);

#endif
