/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H
#include "lib/compat.h"

#include <sys/mman.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "tree/tree.h"
/*
 * For fuzz targets: each is a file fuzz-NAME.c with this one function, which
 * gives the bytes to one parser and returns 0. Inputs to start from are in
 * seeds/NAME/; one that has crashed the parser stays there for good.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes as a string, without a NUL among them; free it. */
static inline char *fuzz_string(const uint8_t *data, size_t size)
{
	char *s = xmalloc(size + 1);
	size_t i;

	for (i = 0; i < size; i++)
		s[i] = data[i] ? (char)data[i] : '\n';
	s[size] = '\0';
	return s;
}

/* A file that holds them, until the next call; its path. */
static inline const char *fuzz_file(const void *data, size_t size)
{
	static char path[64];
	static int fd = -1;

	if (fd < 0) {
		fd = memfd_create("fuzz", 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	if (fd < 0 || ftruncate(fd, 0) ||
	    pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	return path;
}

/* The folder for files that need a name, made once for each process. */
static inline const char *fuzz_folder(void)
{
	static char folder[] = "/dev/shm/dmacheck-fuzz-XXXXXX";
	static int made;

	if (!made && !mkdtemp(folder))
		abort();
	made = 1;
	return folder;
}

/* Put a file there, in a folder or not. */
static inline void fuzz_put(const char *name, const void *data, size_t size)
{
	char *path = path_join(fuzz_folder(), name);
	char *dir = path_dirname(path);
	FILE *f;

	if (path_mkdirs(dir))
		abort();
	f = fopen(path, "w");
	if (!f || fwrite(data, 1, size, f) != size || fclose(f))
		abort();
	free(dir);
	free(path);
}

/* A tree in that folder, which holds nothing but what is put there. */
static inline struct tree fuzz_tree(void)
{
	struct tree tree = TREE_INIT;

	tree.root = (char *)(uintptr_t)fuzz_folder();
	tree.version = (char *)(uintptr_t)"7.2.0";
	tree.arch = (char *)(uintptr_t)"x86";
	return tree;
}

#endif
