// SPDX-License-Identifier: GPL-2.0-only
#include "compile/default-flags.h"

#include "lib/alloc.h"
#include "lib/path.h"
#include "compile/neighbour-flags.h"
#include "compile/makefile.h"
#include "tree/module.h"

struct words {
	char **list;
	size_t nr, alloc;
};

/* Takes the word over. */
static void add(struct words *words, char *word)
{
	ALLOC_GROW(words->list, words->nr + 1, words->alloc);
	words->list[words->nr++] = word;
}

bool default_flags_possible(const char *out)
{
	static const char *const needed[] = {
		"include/generated/autoconf.h", "include/config/auto.conf",
	};
	bool possible = true;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(needed); i++) {
		char *path = path_join(out, needed[i]);

		possible &= path_is_file(path);
		free(path);
	}
	return possible;
}

/* LINUXINCLUDE of the top Makefile. */
static void add_includes(struct words *words, const struct tree *tree,
			 const char *out)
{
	static const char *const forced[] = {
		"compiler-version.h", "kconfig.h", "compiler_types.h",
	};
	const char *root = tree->root, *arch = tree->arch;
	size_t i;

	add(words, xstrdup("-nostdinc"));
	add(words, xstrfmt("-I%s/arch/%s/include", root, arch));
	add(words, xstrfmt("-I%s/arch/%s/include/generated", out, arch));
	add(words, xstrfmt("-I%s/include", root));
	add(words, xstrfmt("-I%s/include", out));
	add(words, xstrfmt("-I%s/arch/%s/include/uapi", root, arch));
	add(words, xstrfmt("-I%s/arch/%s/include/generated/uapi", out, arch));
	add(words, xstrfmt("-I%s/include/uapi", root));
	add(words, xstrfmt("-I%s/include/generated/uapi", out));
	for (i = 0; i < ARRAY_SIZE(forced); i++) {
		char *path = xstrfmt("%s/include/linux/%s", root, forced[i]);

		if (path_is_file(path)) {
			add(words, xstrdup("-include"));
			add(words, xstrdup(path));
		}
		free(path);
	}
}

/* KBUILD_CFLAGS, as far as it changes what the text means. */
static void add_language(struct words *words, const struct tree *tree)
{
	static const char *const flags[] = {
		"-D__KERNEL__", "-std=gnu11", "-fms-extensions",
		"-fshort-wchar", "-funsigned-char", "-O2",
	};
	/* Without these its headers say #error. */
	static const char *const x86[] = {
		"-m64", "-DCC_USING_FENTRY", "-DCC_USING_NOP_MCOUNT",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(flags); i++)
		add(words, xstrdup(flags[i]));
	for (i = 0; i < ARRAY_SIZE(x86) && !strcmp(tree->arch, "x86"); i++)
		add(words, xstrdup(x86[i]));
}

static void add_flag(void *data, const char *flag)
{
	add(data, xstrdup(flag));
}

static void add_own(struct words *words, const struct tree *tree,
		    const char *file)
{
	char *base = xstrndup(path_basename(file),
			      strlen(path_basename(file)) - 2), *c;
	char *module = makefile_module_of(tree, file);
	char *dir = path_dirname(file);

	makefile_flags(tree, file, add_flag, words);
	add(words, xstrfmt("-I%s/%s", tree->root, dir));
	for (c = base; *c; c++)
		if (*c == '-' || *c == ',')
			*c = '_';
	if (module_has(tree, file))
		add(words, xstrdup("-DMODULE"));
	add(words, xstrfmt("-DKBUILD_BASENAME=\"%s\"", base));
	/* What is built in says by it where it stands. */
	add(words, xstrfmt("-DKBUILD_MODFILE=\"%s/%s\"", dir, module));
	add(words, xstrfmt("-DKBUILD_MODNAME=\"%s\"", module));
	add(words, xstrfmt("-D__KBUILD_MODNAME=%s", module));
	add(words, xstrdup("-c"));
	free(dir);
	free(module);
	free(base);
}

void default_flags_add(struct command_set *set, const struct compile_db *compile_db,
		       const struct tree *tree, const char *out,
		       const char *const *files, size_t nr)
{
	size_t i, n, has;

	for (i = 0; i < nr; i++) {
		struct words words = { NULL, 0, 0 };

		compile_db_find(compile_db, files[i], &has);
		if (has || neighbour_flags_is_included(tree, files[i]))
			continue;
		add(&words, xstrdup("clang"));
		add_includes(&words, tree, out);
		add_language(&words, tree);
		add_own(&words, tree, files[i]);
		add(&words, path_join(tree->root, files[i]));
		command_set_read(set, tree, NULL, words.list, words.nr,
				 tree->root, NULL, 0, COMMAND_DEFAULT);
		for (n = 0; n < words.nr; n++)
			free(words.list[n]);
		free(words.list);
	}
}
