// SPDX-License-Identifier: GPL-2.0-only
/*
 * The variables by which a module's Makefile can be steered, as a hash: by it
 * the commands that make printed are remembered (own-store.h).
 */
#include "compile/module-key.h"

#include <inttypes.h>
#include <xxhash.h>

#include "compile/kbuild.h"
#include "lib/alloc.h"
#include "lib/intern.h"
#include "lib/path.h"
#include "tree/stamps.h"

static const char name_letters[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

static void add_words(struct intern_pool *words, const char *text)
{
	while (*text) {
		size_t len = strspn(text, name_letters);

		if (len)
			intern_mem(words, text, len);
		text += len;
		text += strcspn(text, name_letters);
	}
}

/* What may be the name of a variable in the module's Makefiles. 0 or -1. */
static int read_makefiles(struct intern_pool *words, const struct tree *tree)
{
	struct stamps stamps = STAMPS_INIT;
	int ret = kbuild_stamp(tree, tree->module, &stamps);
	uint32_t i;

	for (i = 0; i < stamps.paths.nr && !ret; i++) {
		char *path = path_join(tree->root,
				       intern_str(&stamps.paths, i));
		char *text = path_read(path, NULL);

		if (text)
			add_words(words, text);
		free(text);
		free(path);
	}
	stamps_release(&stamps);
	return ret;
}

static bool counts(const struct intern_pool *words, const char *variable)
{
	char *name = xstrndup(variable, strcspn(variable, "="));
	bool yes = !strncmp(name, "CONFIG_", 7) || intern_has(words, name);

	free(name);
	return yes;
}

char *module_key(const struct kmake *kmake)
{
	struct intern_pool words = INTERN_POOL_INIT;
	char **env, *key = NULL;
	uint64_t hash = 0;
	size_t i;

	if (read_makefiles(&words, kmake->tree))
		goto cleanup;
	env = kmake_environment(NULL);
	/* Their order differs from shell to shell. */
	for (i = 0; env[i]; i++)
		if (counts(&words, env[i]))
			hash += XXH3_64bits(env[i], strlen(env[i]));
	/* Of two that are the same, make takes the last. */
	for (i = 0; i < kmake->nr_variables; i++)
		hash = XXH3_64bits_withSeed(kmake->variables[i],
					    strlen(kmake->variables[i]), hash);
	free(env);
	key = xstrfmt("%016" PRIx64 " %s", hash, kmake->tree->module);
cleanup:
	intern_release(&words);
	return key;
}
