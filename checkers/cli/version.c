// SPDX-License-Identifier: GPL-2.0-only
/*
 * `dmacheck --version`: the versions of dmacheck and of the engines that it finds,
 * for bug reports.
 */
#include "cli/version.h"

#include <dlfcn.h>

#include "lib/run.h"
#include "lib/version.h"

#define LIBCLANG "libclang-19.so.19"

static void print_program(FILE *out, const char *name)
{
	const char *const argv[] = { name, "--version", NULL };
	const struct run_job job = { .argv = argv, .timeout = 10 };
	struct run_result result = RUN_RESULT_INIT;

	if (run(&result, &job))
		fprintf(out, "%s: not found\n", name);
	else
		fprintf(out, "%s: %.*s\n", name,
			(int)strcspn(result.output, "\n"), result.output);
	run_release(&result);
}

/* As in CXString.h; libclang is not linked with the program. */
struct clang_string {
	const void *data;
	unsigned int flags;
};

static void print_libclang(FILE *out)
{
	struct clang_string (*version)(void);
	const char *(*text)(struct clang_string string);
	void (*dispose)(struct clang_string string);
	void *object = dlopen(LIBCLANG, RTLD_LAZY | RTLD_LOCAL);

	if (!object) {
		fprintf(out, "libclang: not found\n");
		return;
	}
	/* As in dlsym(3): C has no cast from a data pointer to a function. */
	*(void **)&version = dlsym(object, "clang_getClangVersion");
	*(void **)&text = dlsym(object, "clang_getCString");
	*(void **)&dispose = dlsym(object, "clang_disposeString");
	if (version && text && dispose) {
		struct clang_string string = version();

		fprintf(out, "libclang: %s\n", text(string));
		dispose(string);
	} else {
		fprintf(out, "libclang: without a version\n");
	}
}

void version_print(FILE *out)
{
	fprintf(out, "dmacheck %s\n", DMACHECK_VERSION);
	print_libclang(out);
	print_program(out, "sparse");
	print_program(out, "spatch");
}
