/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef UNIT_CAPTURE_H
#define UNIT_CAPTURE_H
#include "lib/compat.h"

#include <fcntl.h>
#include <stdarg.h>
#include <setjmp.h>
#include <unistd.h>

#include <cmocka.h>
/*
 * For unit tests: files to read, and what was said on stderr or stdout.
 * Everything stands in a folder of its own that goes with the test program.
 */

static char capture_dir[] = "/tmp/dmacheck-unit.XXXXXX";

static inline const char *capture_folder(void)
{
	static bool made;

	if (!made) {
		assert_non_null(mkdtemp(capture_dir));
		made = true;
	}
	return capture_dir;
}

/* A file called `name` that holds `text`; the path is good for good. */
static inline const char *make_file(const char *name, const char *text)
{
	char *path = NULL;
	FILE *out;

	assert_true(asprintf(&path, "%s/%s", capture_folder(), name) > 0);
	out = fopen(path, "we");
	assert_non_null(out);
	assert_int_equal(fputs(text, out) < 0, 0);
	assert_int_equal(fclose(out), 0);
	return path;
}

/* What file `path` holds. Inlined, gcc 12 sees a dangling pointer in it. */
static __attribute__((noinline, unused)) char *slurp(const char *path)
{
	FILE *in = fopen(path, "re");
	char *text = NULL;
	size_t alloc = 0;

	assert_non_null(in);
	if (getdelim(&text, &alloc, '\0', in) < 0) {
		free(text);
		text = strdup("");
	}
	fclose(in);
	return text;
}

struct capture {
	int fd, saved;
	const char *path;
};

/* From here on what is written to `fd` is kept. */
static inline struct capture capture_begin(int fd)
{
	struct capture c = { fd, dup(fd), make_file("captured", "") };
	int file = open(c.path, O_WRONLY | O_TRUNC | O_APPEND | O_CLOEXEC);

	assert_true(c.saved >= 0 && file >= 0);
	fflush(NULL);
	assert_true(dup2(file, fd) >= 0);
	close(file);
	return c;
}

/* What was written meanwhile, without the name of the test's folder. */
static inline char *capture_end(struct capture *c)
{
	size_t len = strlen(capture_dir) + 1;
	char *text, *p;

	fflush(NULL);
	assert_true(dup2(c->saved, c->fd) >= 0);
	close(c->saved);
	text = slurp(c->path);
	free((char *)c->path);
	while ((p = strstr(text, capture_dir)))
		memmove(p, p + len, strlen(p + len) + 1);
	return text;
}

/* To end main() with: the folder goes, and so does `failed`. */
static inline int capture_done(int failed)
{
	char *command = NULL;

	if (asprintf(&command, "rm -rf %s", capture_folder()) > 0 &&
	    system(command))
		failed++;
	free(command);
	return failed;
}

#endif
