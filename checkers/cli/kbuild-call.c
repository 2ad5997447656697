// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the command line and environment with which kbuild calls a checker; for
 * kbuild.c.
 */
#include "cli/kbuild-call.h"

#include <unistd.h>

#include "compile/ccargs.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"

/* The index of the first word of c_flags; 0 if it is unknown. */
static size_t find_c_flags(char *const *words, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (starts_with(words[i], "-Wp,-MMD,") ||
		    starts_with(words[i], "-Wp,-MD,"))
			return i;
	return 0;
}

/* CC may be two words, as in "ccache gcc". */
static void add_compiler(struct kbuild_call *call)
{
	const char *cc = getenv("CC");
	char *word, *state = NULL;

	call->compiler = xstrdup(cc && *cc ? cc : "cc");
	for (word = strtok_r(call->compiler, " \t", &state); word;
	     word = strtok_r(NULL, " \t", &state)) {
		call->words = xrealloc(call->words, (call->nr + 1) *
				       sizeof(*call->words));
		call->words[call->nr++] = word;
	}
}

/* The source tree, from the path of a header that kbuild always includes. */
static char *find_root(char *const *words, size_t nr)
{
	static const char tail[] = "/include/linux/compiler_types.h";
	const char *srctree = getenv("srctree");
	size_t i;

	for (i = 1; i < nr; i++) {
		size_t len = strlen(words[i]);
		char *dir, *real;

		if (strcmp(words[i - 1], "-include") || len < sizeof(tail) ||
		    strcmp(words[i] + len - sizeof(tail) + 1, tail))
			continue;
		dir = xstrndup(words[i], len - sizeof(tail) + 1);
		real = realpath(dir, NULL);
		free(dir);
		return real;
	}
	return srctree && *srctree ? realpath(srctree, NULL) : NULL;
}

static char *real_variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? realpath(value, NULL) : NULL;
}

static int find_build(struct kbuild_call *call, char *const *words, size_t nr)
{
	const char *arch = getenv("SRCARCH");

	call->root = find_root(words, nr);
	if (!call->root)
		return error("%s: no kernel tree: neither does -include name its compiler_types.h, nor is $srctree one",
			     call->source);
	call->objtree = real_variable("objtree");
	if (!call->objtree)
		call->objtree = xstrdup(call->dir);
	call->extmod = real_variable("KBUILD_EXTMOD");
	if (arch && *arch)
		call->arch = xstrdup(arch);
	return 0;
}

int kbuild_call_read(struct kbuild_call *call, char *const *words, size_t nr)
{
	size_t flags, i;

	if (!nr || !ccargs_is_source(words[nr - 1]))
		return 0;
	call->source = words[nr - 1];
	call->dir = getcwd(NULL, 0);
	if (!call->dir)
		return error_errno("%s: cannot find out the current folder",
				   call->source);
	if (find_build(call, words, nr))
		return -1;
	flags = find_c_flags(words, nr);
	for (i = 0; i < flags; i++)
		call->werror |= !strcmp(words[i], "-Werror");
	add_compiler(call);
	call->words = xrealloc(call->words, (call->nr + nr - flags) *
			       sizeof(*call->words));
	for (i = flags; i < nr; i++)
		call->words[call->nr++] = words[i];
	return 1;
}

void kbuild_call_command(const struct kbuild_call *call,
			 const struct tree *tree, struct command_set *set)
{
	set->outside = call->extmod;
	command_set_read(set, tree, call->objtree, call->words, call->nr,
			 call->dir, call->source, 0, COMMAND_OWN);
}

void kbuild_call_release(struct kbuild_call *call)
{
	free(call->root);
	free(call->objtree);
	free(call->arch);
	free(call->extmod);
	free(call->dir);
	free(call->words);
	free(call->compiler);
	*call = (struct kbuild_call)KBUILD_CALL_INIT;
}
