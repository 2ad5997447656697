/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_ENGINE_H
#define FACTS_ENGINE_H
#include "facts/extract/extract.h"
#include "facts/pch.h"
/*
 * libclang and what is built on it (extract/) are a shared
 * object of their own, dmacheck-clang.so beside the program or in
 * ../lib/dmacheck. To load libclang takes a tenth of a second, which is too
 * much for a run that parses nothing, and where it is missing the rest
 * should go on.
 */
struct engine {
	__typeof__(extract) *extract;
	__typeof__(extracted_release) *release;
	__typeof__(pch_make) *make;
};

/* Load it, once. NULL after an error() that says what is missing. */
const struct engine *engine_load(void);

/*
 * A hash of the code that makes facts, which is what they are kept under with
 * their sources: of the shared object, as it is found beside the program. It
 * is not loaded for that. 0 if there is none.
 */
uint64_t engine_hash(void);

/* The same of any ELF file, wherever it was built. */
uint64_t engine_hash_of(const char *path);

#endif
