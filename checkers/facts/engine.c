// SPDX-License-Identifier: GPL-2.0-only
#include "facts/engine.h"

#include <dlfcn.h>

#include "lib/diag.h"

#define OBJECT "dmacheck-clang.so"

/* There where all is linked into one program, as in the unit tests. */
extern __typeof__(extract) extract __attribute__((weak));
extern __typeof__(extracted_release) extracted_release __attribute__((weak));

static bool find(void *object, const char *name, void *function)
{
	void *symbol = dlsym(object, name);

	/* As dlsym(3) has it: C knows no cast from data to function. */
	memcpy(function, &symbol, sizeof(symbol));
	return symbol != NULL;
}

const struct engine *engine_load(void)
{
	static struct engine engine;
	void *object;

	if (extract)
		engine = (struct engine){ extract, extracted_release };
	if (engine.release)
		return &engine;
	/* Found through the program's own RPATH. */
	object = dlopen(OBJECT, RTLD_NOW | RTLD_LOCAL);
	if (!object || !find(object, "extract", &engine.extract) ||
	    !find(object, "extracted_release", &engine.release)) {
		error("cannot load libclang: %s (`make setup' installs it, `make install' what uses it)",
		      dlerror());
		return NULL;
	}
	return &engine;
}
