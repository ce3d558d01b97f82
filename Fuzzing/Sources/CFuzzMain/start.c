#include "CFuzzMain.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*test)(const uint8_t *bytes, size_t count));

void fuzz_prepare(void);

// What is fed is made ready first: reading all intents takes seconds here, and counts for no input.
int fuzz_main(int count, char **arguments) {
  fuzz_prepare();
  return LLVMFuzzerRunDriver(&count, &arguments, LLVMFuzzerTestOneInput);
}
