// SPDX-License-Identifier: GPL-2.0-only
/*
 * Builds the command line of sparse from a compile command and the kernel's
 * CHECKFLAGS; for sparse.c.
 */
#include "sparse/flags.h"

#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/strvec.h"

static const char *const fixed[] = {
	"sparse",
	/* CHECKFLAGS of the top Makefile */
	"-D__linux__", "-Dlinux", "-D__STDC__", "-Dunix", "-D__unix__",
	"-Wbitwise", "-Wno-return-void", "-Wno-unknown-attribute",
	/* For the casts in virt_to_page() and __pa(). */
	"-Wcast-from-as",
	"-fmax-warnings=unlimited", "-fmax-errors=unlimited",
	/* Columns are bytes. */
	"-ftabstop=1",
	/* Linux 7.2 uses it, and sparse 0.6.4 crashes on it. */
	"-D__typeof_unqual__=__typeof__",
	/*
	 * sparse 0.6.4 reports the one in MODULE_INFO() of 7.2 as an error, and
	 * gives no warnings after an error.
	 */
	"-D_Static_assert(...)=",
};

/* CHECKFLAGS of arch/ARCH/Makefile that do not depend on the configuration. */
static const struct { const char *arch, *big, *little; } machines[] = {
	{ "arm", "-D__arm__ -D__ARMEB__", "-D__arm__ -D__ARMEL__" },
	{ "arm64", "-D__aarch64__ -D__AARCH64EB__",
	  "-D__aarch64__ -D__AARCH64EL__" },
	{ "m68k", "-D__mc68000__", "-D__mc68000__" },
	{ "parisc", "-D__hppa__=1", "-D__hppa__=1" },
	{ "powerpc", "-D__powerpc__ -D__BIG_ENDIAN__",
	  "-D__powerpc__ -D__LITTLE_ENDIAN__" },
	{ "riscv", "-D__riscv", "-D__riscv" },
	{ "s390", "-D__s390__ -D__s390x__", "-D__s390__ -D__s390x__" },
	{ "sparc", "-D__sparc__", "-D__sparc__" },
};

/* The sparse option for a target, where there is no -m option. */
static const struct { const char *target, *bits; } sizes[] = {
	{ "x86_64", "-m64" }, { "aarch64", "-m64" }, { "riscv64", "-m64" },
	{ "powerpc64", "-m64" }, { "s390x", "-m64" }, { "loongarch64", "-m64" },
	{ "sparc64", "-m64" }, { "mips64", "-m64" }, { "i", "-m32" },
	{ "arm", "-m32" }, { "mips", "-m32" }, { "m68k", "-m32" },
	{ "powerpc", "-m32" }, { "sparc", "-m32" }, { "riscv32", "-m32" },
};

static bool has(const struct compile_command *command, const char *word)
{
	size_t i;

	for (i = 0; i < command->nr_args; i++)
		if (!strcmp(command->args[i], word))
			return true;
	return false;
}

static const char *target_of(const struct compile_command *command)
{
	static const char option[] = "--target=";
	size_t i;

	for (i = 0; i < command->nr_args; i++)
		if (!strncmp(command->args[i], option, sizeof(option) - 1))
			return command->args[i] + sizeof(option) - 1;
	return "";
}

static void add_machine(struct strvec *words, const struct tree *tree,
			const struct compile_command *command)
{
	bool big = has(command, "-mbig-endian") || has(command, "-EB");
	const char *target = target_of(command), *p;
	size_t i, len;

	strvec_pushf(words, "--arch=%s", tree->arch);
	if (!strcmp(tree->arch, "x86"))
		strvec_push(words, has(command, "-m32") ? "-D__i386__" :
			    "-D__x86_64__");
	for (i = 0; i < ARRAY_SIZE(machines); i++) {
		if (strcmp(machines[i].arch, tree->arch))
			continue;
		p = big ? machines[i].big : machines[i].little;
		for (; *p; p += len + (p[len] == ' ')) {
			len = strcspn(p, " ");
			strvec_push_nodup(words, xstrndup(p, len));
		}
	}
	if (has(command, "-m32") || has(command, "-m64"))
		return;
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		if (strncmp(target, sizes[i].target, strlen(sizes[i].target)))
			continue;
		strvec_push(words, sizes[i].bits);
		return;
	}
}

char **sparse_argv(const struct tree *tree, const struct compile_command *command)
{
	struct strvec words = STRVEC_INIT;
	char *path;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fixed); i++)
		strvec_push(&words, fixed[i]);
	add_machine(&words, tree, command);
	for (i = 0; i < command->nr_args; i++)
		/* -w is for libclang; sparse has other words for the target. */
		if (strcmp(command->args[i], "-w") &&
		    strncmp(command->args[i], "--target=", 9))
			strvec_push(&words, command->args[i]);
	path = path_join(tree->root, command->file);
	strvec_push_nodup(&words, path_normalise(path));
	free(path);
	return strvec_detach(&words);
}

void sparse_argv_free(char **argv)
{
	strv_free(argv);
}
