// Faults of the system on demand, for a program that is started with this library in LD_PRELOAD.
//
//   FAULT_CALL   the call that fails: write, fsync, read, open, link, rename, ftruncate
//   FAULT_AT     which of these calls on an ordinary file fails first, from 1
//   FAULT_ERROR  what it fails with, as a number
//   FAULT_LASTS  set: all calls after it fail, too
//   FAULT_SHORT  set: the first half of what was to be written is written before it fails
//   FAULT_CLOCK  set: every look at a clock shows another time, earlier or later
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int calls;
static int is_over;

static int number(const char *name) {
  const char *value = getenv(name);
  return value ? atoi(value) : 0;
}

static int is_meant(const char *call) {
  const char *wanted = getenv("FAULT_CALL");
  return wanted && strcmp(wanted, call) == 0;
}

static int is_file(int descriptor) {
  struct stat about;
  return fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
}

// Whether this call is to fail.
static int fails(void) {
  int call = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
  int at = number("FAULT_AT");
  if (call == at || (call > at && getenv("FAULT_LASTS"))) {
    errno = number("FAULT_ERROR");
    return 1;
  }
  return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int descriptor, const void *bytes, size_t count) {
  if (is_meant("write") && is_file(descriptor)) {
    if (is_over) {
      errno = number("FAULT_ERROR");
      return -1;
    }
    if (fails()) {
      if (!getenv("FAULT_SHORT") || count < 2) return -1;
      is_over = 1;
      return REAL(write)(descriptor, bytes, count / 2);
    }
  }
  return REAL(write)(descriptor, bytes, count);
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  if (is_meant("read") && is_file(descriptor) && fails()) return -1;
  return REAL(read)(descriptor, bytes, count);
}

int fsync(int descriptor) {
  if (is_meant("fsync") && is_file(descriptor) && fails()) return -1;
  return REAL(fsync)(descriptor);
}

int ftruncate(int descriptor, off_t length) {
  if (is_meant("ftruncate") && fails()) return -1;
  return REAL(ftruncate)(descriptor, length);
}

int link(const char *from, const char *to) {
  if (is_meant("link") && fails()) return -1;
  return REAL(link)(from, to);
}

int rename(const char *from, const char *to) {
  if (is_meant("rename") && fails()) return -1;
  return REAL(rename)(from, to);
}

#define OPEN(name)                                                        \
  int name(const char *path, int flags, ...) {                            \
    mode_t mode = 0;                                                      \
    if (flags & O_CREAT) {                                                \
      va_list more;                                                       \
      va_start(more, flags);                                              \
      mode = va_arg(more, mode_t);                                        \
      va_end(more);                                                       \
    }                                                                     \
    if (is_meant("open") && flags & O_CREAT && fails()) return -1;        \
    return REAL(name)(path, flags, mode);                                 \
  }
OPEN(open)
OPEN(open64)

// A clock that is never where it was: each look is a prime number of seconds further on or back.
static long jump(void) {
  static long looks;
  long look = __atomic_add_fetch(&looks, 1, __ATOMIC_SEQ_CST);
  return (look % 2 ? 1 : -1) * (look * 7919 % 100000000);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = REAL(clock_gettime)(clock, now);
  if (getenv("FAULT_CLOCK")) now->tv_sec = labs(now->tv_sec + jump());
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int result = REAL(gettimeofday)(now, zone);
  if (getenv("FAULT_CLOCK")) now->tv_sec = labs(now->tv_sec + jump());
  return result;
}

time_t time(time_t *now) {
  time_t result = REAL(time)(NULL);
  if (getenv("FAULT_CLOCK")) result = labs(result + jump());
  if (now) *now = result;
  return result;
}
