// SPDX-License-Identifier: GPL-2.0-only
/*
 * For LD_PRELOAD: makes one call of dmacheck fail, as where memory or disk
 * space has run out.
 *
 *	FAULT_CALL	malloc, write, rename, fsync, fork or open
 *	FAULT_NTH	which call of a process and those that it forked from, from 1
 *	FAULT_COUNT	a file: nothing fails; the number of calls of the process
 *			that dmacheck is started as is added to it
 *
 * Programs that dmacheck starts are left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum call { MALLOC, WRITE, RENAME, FSYNC, FORK, OPEN, NR_CALLS };

static const char *const names[NR_CALLS] = {
	"malloc", "write", "rename", "fsync", "fork", "open",
};
static const int numbers[NR_CALLS] = {
	ENOMEM, ENOSPC, EIO, EIO, EAGAIN, EMFILE,
};

static int chosen = -1;
static unsigned long nth, nr_calls;
static const char *count_file;
static pid_t first;

__attribute__((constructor)) static void fault_begin(void)
{
	const char *call = getenv("FAULT_CALL"), *n = getenv("FAULT_NTH");
	int i;

	count_file = getenv("FAULT_COUNT");
	if (!call || strcmp(program_invocation_short_name, "dmacheck"))
		return;
	for (i = 0; i < NR_CALLS; i++)
		if (!strcmp(names[i], call))
			chosen = i;
	nth = n ? strtoul(n, NULL, 10) : 0;
	first = getpid();
}

__attribute__((destructor)) static void fault_end(void)
{
	FILE *out;

	if (chosen < 0 || !count_file || getpid() != first)
		return;
	chosen = -1;
	out = fopen(count_file, "a");
	if (out) {
		fprintf(out, "%lu\n", nr_calls);
		fclose(out);
	}
}

/* Whether this call is to fail; errno is set then. */
static int fails(enum call call)
{
	if (chosen != (int)call)
		return 0;
	/* Threads of libclang may count one twice: there is always a next. */
	if (++nr_calls != nth || count_file)
		return 0;
	errno = numbers[call];
	return 1;
}

#define REAL(name) \
	static __typeof__(name) *real; \
	if (!real) \
		*(void **)&real = dlsym(RTLD_NEXT, #name)

/* dlsym() itself may ask for memory: glibc's other names need none. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

void *malloc(size_t size)
{
	return fails(MALLOC) ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return fails(MALLOC) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
	return fails(MALLOC) ? NULL : __libc_realloc(p, size);
}

ssize_t write(int fd, const void *data, size_t len)
{
	REAL(write);
	/* What is said about it has to be seen. */
	return fd != 2 && fails(WRITE) ? -1 : real(fd, data, len);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t at)
{
	REAL(pwrite64);
	return fails(WRITE) ? -1 : real(fd, data, len, at);
}

int fflush(FILE *file)
{
	REAL(fflush);
	return file && fails(WRITE) ? EOF : real(file);
}

int fclose(FILE *file)
{
	REAL(fclose);
	int failed = fails(WRITE), ret = real(file);

	if (failed)
		errno = ENOSPC;
	return failed ? EOF : ret;
}

int rename(const char *from, const char *to)
{
	REAL(rename);
	return fails(RENAME) ? -1 : real(from, to);
}

int fsync(int fd)
{
	REAL(fsync);
	return fails(FSYNC) ? -1 : real(fd);
}

int fdatasync(int fd)
{
	REAL(fdatasync);
	return fails(FSYNC) ? -1 : real(fd);
}

pid_t fork(void)
{
	REAL(fork);
	return fails(FORK) ? -1 : real();
}

FILE *fopen(const char *path, const char *mode)
{
	REAL(fopen);
	return fails(OPEN) ? NULL : real(path, mode);
}

FILE *fopen64(const char *path, const char *mode)
{
	REAL(fopen64);
	return fails(OPEN) ? NULL : real(path, mode);
}

static int mode_of(int flags, va_list args)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, int) : 0;
}

#define OPEN_LIKE(name, parameters, ...) \
int name parameters \
{ \
	REAL(name); \
	va_list args; \
	int mode; \
	va_start(args, flags); \
	mode = mode_of(flags, args); \
	va_end(args); \
	return fails(OPEN) ? -1 : real(__VA_ARGS__, mode); \
}

OPEN_LIKE(open, (const char *path, int flags, ...), path, flags)
OPEN_LIKE(open64, (const char *path, int flags, ...), path, flags)
OPEN_LIKE(openat, (int dir, const char *path, int flags, ...), dir, path, flags)
OPEN_LIKE(openat64, (int dir, const char *path, int flags, ...), dir, path, flags)
