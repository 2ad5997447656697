// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds and loads dmacheck-clang.so, and says what is in it, for the workers
 * that parse and for the keys under which facts are kept.
 */
#include "facts/engine.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/installed.h"
#include "lib/path.h"

#define OBJECT "dmacheck-clang.so"

/* There where all is linked into one program, as in the unit tests. */
extern __typeof__(extract) extract __attribute__((weak));
extern __typeof__(extracted_release) extracted_release __attribute__((weak));
extern __typeof__(pch_make) pch_make __attribute__((weak));

static bool find_symbol(void *object, const char *name, void *function)
{
	void *symbol = dlsym(object, name);

	/* As dlsym(3) has it: C knows no cast from data to function. */
	memcpy(function, &symbol, sizeof(symbol));
	return symbol != NULL;
}

/* C++ aborts where its own beginnings get no memory. */
static void on_abort(int sig)
{
	static const char text[] =
		"dmacheck: error: out of memory while libclang is loaded\n";

	(void)sig;
	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(EXIT_FAILED);
	_exit(EXIT_FAILED);
}

const struct engine *engine_load(void)
{
	static struct engine engine;
	void *object;
	void (*old)(int);

	if (extract)
		engine = (struct engine){ extract, extracted_release,
					  pch_make };
	if (engine.make)
		return &engine;
	/* Found through the program's own RPATH. */
	old = signal(SIGABRT, on_abort);
	object = dlopen(OBJECT, RTLD_NOW | RTLD_LOCAL);
	signal(SIGABRT, old);
	if (!object || !find_symbol(object, "extract", &engine.extract) ||
	    !find_symbol(object, "extracted_release", &engine.release) ||
	    !find_symbol(object, "pch_make", &engine.make)) {
		error("cannot load libclang: %s (apt-get install libclang1-19; `make install` installs what uses it)",
		      dlerror());
		return NULL;
	}
	return &engine;
}

/*
 * The hash of what is loaded of an ELF file: not of its debug information,
 * which names the folder that it was built in. 0 if it cannot be read.
 */
static uint64_t hash_loaded(const char *data, size_t size)
{
	const ElfW(Ehdr) *elf = (const void *)data;
	const ElfW(Phdr) *program;
	uint64_t hash = 0;
	size_t i;

	if (size < sizeof(*elf) || memcmp(elf->e_ident, ELFMAG, SELFMAG) ||
	    elf->e_phentsize != sizeof(*program) || elf->e_phoff > size ||
	    (size - elf->e_phoff) / sizeof(*program) < elf->e_phnum)
		return 0;
	program = (const void *)(data + elf->e_phoff);
	for (i = 0; i < elf->e_phnum; i++) {
		const ElfW(Phdr) *p = &program[i];
		const char *start = data + p->p_offset;
		size_t len = p->p_filesz;

		if (p->p_type != PT_LOAD || p->p_offset > size ||
		    len > size - p->p_offset)
			continue;
		/* The headers before it say where the rest of the file is. */
		if (!p->p_offset) {
			size_t skip = elf->e_phoff +
				elf->e_phnum * sizeof(*program);

			skip = skip < len ? skip : len;
			start += skip;
			len -= skip;
		}
		hash = XXH3_64bits_withSeed(start, len, hash);
	}
	return hash;
}

uint64_t engine_hash_of(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint64_t hash = 0;
	struct stat st;
	void *data;

	if (fd < 0)
		return 0;
	if (!fstat(fd, &st) && st.st_size) {
		data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE,
			    fd, 0);
		if (data != MAP_FAILED) {
			hash = hash_loaded(data, (size_t)st.st_size);
			munmap(data, (size_t)st.st_size);
		}
	}
	close(fd);
	return hash;
}

uint64_t engine_hash(void)
{
	/* As the program's RPATH has it. */
	static const char *const places[] = { "", "/../lib/dmacheck" };
	static uint64_t hash;
	char *exe, *dir;
	size_t i;

	if (hash)
		return hash;
	exe = installed_program();
	if (!exe)
		return 0;
	dir = path_dirname(exe);
	if (extract)
		hash = engine_hash_of(exe);
	for (i = 0; i < ARRAY_SIZE(places) && !hash; i++) {
		char *path = xstrfmt("%s%s/" OBJECT, dir, places[i]);

		hash = engine_hash_of(path);
		free(path);
	}
	free(dir);
	free(exe);
	return hash;
}
