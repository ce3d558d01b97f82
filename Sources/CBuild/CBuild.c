#include "CBuild.h"

const char *build_commit(void) { return DRAWBRIDGE_COMMIT; }
