// SPDX-License-Identifier: GPL-2.0-only
#include "compile/default-flags.h"

#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/strvec.h"
#include "compile/neighbour-flags.h"
#include "compile/makefile.h"
#include "tree/module.h"

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
static void add_includes(struct strvec *words, const struct tree *tree,
			 const char *out)
{
	static const char *const forced[] = {
		"compiler-version.h", "kconfig.h", "compiler_types.h",
	};
	const char *root = tree->root, *arch = tree->arch;
	size_t i;

	strvec_push(words, "-nostdinc");
	strvec_pushf(words, "-I%s/arch/%s/include", root, arch);
	strvec_pushf(words, "-I%s/arch/%s/include/generated", out, arch);
	strvec_pushf(words, "-I%s/include", root);
	strvec_pushf(words, "-I%s/include", out);
	strvec_pushf(words, "-I%s/arch/%s/include/uapi", root, arch);
	strvec_pushf(words, "-I%s/arch/%s/include/generated/uapi", out, arch);
	strvec_pushf(words, "-I%s/include/uapi", root);
	strvec_pushf(words, "-I%s/include/generated/uapi", out);
	for (i = 0; i < ARRAY_SIZE(forced); i++) {
		char *path = xstrfmt("%s/include/linux/%s", root, forced[i]);

		if (path_is_file(path)) {
			strvec_push(words, "-include");
			strvec_push(words, path);
		}
		free(path);
	}
}

/* KBUILD_CFLAGS, as far as it changes what the text means. */
static void add_language(struct strvec *words, const struct tree *tree)
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
		strvec_push(words, flags[i]);
	for (i = 0; i < ARRAY_SIZE(x86) && !strcmp(tree->arch, "x86"); i++)
		strvec_push(words, x86[i]);
}

static void add_flag(void *data, const char *flag)
{
	strvec_push(data, flag);
}

static void add_own(struct strvec *words, const struct tree *tree,
		    const char *file)
{
	char *base = xstrndup(path_basename(file),
			      strlen(path_basename(file)) - 2), *c;
	char *module = makefile_module_of(tree, file);
	char *dir = path_dirname(file);

	makefile_flags(tree, file, add_flag, words);
	strvec_pushf(words, "-I%s/%s", tree->root, dir);
	for (c = base; *c; c++)
		if (*c == '-' || *c == ',')
			*c = '_';
	if (module_has(tree, file))
		strvec_push(words, "-DMODULE");
	strvec_pushf(words, "-DKBUILD_BASENAME=\"%s\"", base);
	/* What is built in says by it where it stands. */
	strvec_pushf(words, "-DKBUILD_MODFILE=\"%s/%s\"", dir, module);
	strvec_pushf(words, "-DKBUILD_MODNAME=\"%s\"", module);
	strvec_pushf(words, "-D__KBUILD_MODNAME=%s", module);
	strvec_push(words, "-c");
	free(dir);
	free(module);
	free(base);
}

void default_flags_add(struct command_set *set, const struct compile_db *compile_db,
		       const struct tree *tree, const char *out,
		       const char *const *files, size_t nr)
{
	struct inclusions known = INCLUSIONS_INIT;
	size_t i, has;

	for (i = 0; i < nr; i++) {
		struct strvec words = STRVEC_INIT;

		compile_db_find(compile_db, files[i], &has);
		if (has || neighbour_flags_is_included(&known, tree, files[i]))
			continue;
		strvec_push(&words, "clang");
		add_includes(&words, tree, out);
		add_language(&words, tree);
		add_own(&words, tree, files[i]);
		strvec_push_nodup(&words, path_join(tree->root, files[i]));
		command_set_read(set, tree, NULL, words.v, words.nr,
				 tree->root, NULL, 0, COMMAND_DEFAULT);
		strvec_release(&words);
	}
	inclusions_release(&known);
}
