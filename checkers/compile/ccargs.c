// SPDX-License-Identifier: GPL-2.0-only
/*
 * Selects from a kernel compile command the arguments that change the meaning of the
 * text, with absolute paths; for command-set.c.
 */
#include "compile/ccargs.h"

#include <unistd.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/strvec.h"

enum what {
	KEEP,		/* this word */
	KEEP_START,	/* a word that starts with it */
	KEEP_VALUE,	/* with a value: joined, or the next word */
	KEEP_PATH,	/* with a path: joined, or the next word */
	KEEP_TWO,	/* this word, and a path in the next one */
	DROP_TWO,	/* this word and the next one */
};

/* The first match decides; words that match none are dropped. */
static const struct {
	const char *option;
	enum what what;
} options[] = {
	{ "-D", KEEP_VALUE },
	{ "-U", KEEP_VALUE },
	{ "-I", KEEP_PATH },
	{ "-include", KEEP_TWO },
	{ "-imacros", KEEP_TWO },
	{ "-isystem", KEEP_PATH },
	{ "-iquote", KEEP_PATH },
	{ "-idirafter", KEEP_PATH },
	{ "-nostdinc", KEEP },
	{ "-std=", KEEP_START },
	{ "-ansi", KEEP },
	{ "-O", KEEP_START },		/* __OPTIMIZE__ */
	/* the target */
	{ "--target=", KEEP_START },
	{ "-m16", KEEP },
	{ "-m31", KEEP },
	{ "-m32", KEEP },
	{ "-m64", KEEP },
	{ "-mx32", KEEP },
	{ "-mabi=", KEEP_START },
	{ "-mbig-endian", KEEP },
	{ "-mlittle-endian", KEEP },
	{ "-EB", KEEP },
	{ "-EL", KEEP },
	{ "-marm", KEEP },
	{ "-mthumb", KEEP },
	/* the language */
	{ "-fshort-wchar", KEEP },
	{ "-fno-short-wchar", KEEP },
	{ "-fshort-enums", KEEP },
	{ "-fno-short-enums", KEEP },
	{ "-funsigned-char", KEEP },
	{ "-fno-unsigned-char", KEEP },
	{ "-fsigned-char", KEEP },
	{ "-fno-signed-char", KEEP },
	{ "-fms-extensions", KEEP },
	{ "-fno-ms-extensions", KEEP },
	{ "-fgnu89-inline", KEEP },
	{ "-ffreestanding", KEEP },
	{ "-fhosted", KEEP },
	{ "-fbuiltin", KEEP },
	{ "-fno-builtin", KEEP_START },	/* also -fno-builtin-memcpy */
	{ "-fstrict-flex-arrays", KEEP_START },
	/* options with a value in the next word */
	{ "-o", DROP_TWO },
	{ "-x", DROP_TWO },
	{ "-MF", DROP_TWO },
	{ "-MT", DROP_TWO },
	{ "-MQ", DROP_TWO },
	{ "-A", DROP_TWO },
	{ "-B", DROP_TWO },
	{ "-T", DROP_TWO },
	{ "-L", DROP_TWO },
	{ "-l", DROP_TWO },
	{ "-u", DROP_TWO },
	{ "-z", DROP_TWO },
	{ "-mllvm", DROP_TWO },
	{ "-Xclang", DROP_TWO },
	{ "-Xassembler", DROP_TWO },
	{ "-Xlinker", DROP_TWO },
	{ "-Xpreprocessor", DROP_TWO },
	{ "-aux-info", DROP_TWO },
	{ "-dumpbase", DROP_TWO },
	{ "-dumpdir", DROP_TWO },
	{ "-isysroot", DROP_TWO },
	{ "--sysroot", DROP_TWO },
	{ "--param", DROP_TWO },
};

/* scripts/Makefile.clang */
static const struct { const char *arch, *triple; } targets[] = {
	{ "arm", "arm-linux-gnueabi" },
	{ "arm64", "aarch64-linux-gnu" },
	{ "hexagon", "hexagon-linux-musl" },
	{ "loongarch", "loongarch64-linux-gnusf" },
	{ "m68k", "m68k-linux-gnu" },
	{ "mips", "mipsel-linux-gnu" },
	{ "powerpc", "powerpc64le-linux-gnu" },
	{ "riscv", "riscv64-linux-gnu" },
	{ "s390", "s390x-linux-gnu" },
	{ "sparc", "sparc64-linux-gnu" },
	{ "um", "x86_64-linux-gnu" },
	{ "x86", "x86_64-linux-gnu" },
};

static void add_id(struct ids *ids, uint32_t id)
{
	ALLOC_GROW(ids->list, ids->nr + 1, ids->alloc);
	ids->list[ids->nr++] = id;
}

/* Add the word that joins `a` and `b`. */
static void add_arg(struct ids *ids, struct intern_pool *pool, const char *a,
		    const char *b)
{
	char *joined;

	if (!*b) {
		add_id(ids, intern(pool, a));
		return;
	}
	joined = xstrfmt("%s%s", a, b);
	add_id(ids, intern(pool, joined));
	free(joined);
}

/*
 * "dir/path" for a relative path, without a leading "./"; "x/.." is kept, as x may
 * be a symbolic link.
 */
static char *absolute(const char *dir, const char *path)
{
	while (path[0] == '.' && path[1] == '/')
		path += 2 + strspn(path + 2, "/");
	return path_join(dir, path);
}

/* A file named by -include is in `dir`, else in one of the -I folders. */
static char *included(const char *dir, const char *path)
{
	char *full = absolute(dir, path);

	if (*path != '/' && *path != '.' && access(full, F_OK)) {
		free(full);
		return xstrdup(path);
	}
	return full;
}

static bool is_option(const char *word, size_t i)
{
	const char *option = options[i].option;

	/* A fast path: most words are not in the list. */
	if (word[0] != '-' || word[1] != option[1])
		return false;
	switch (options[i].what) {
	case KEEP:
	case KEEP_TWO:
	case DROP_TWO:
		return !strcmp(word, option);
	default:
		return starts_with(word, option);
	}
}

static void read_define(struct ccargs *args, const char *value)
{
	static const char modname[] = "KBUILD_MODNAME=";

	if (!strcmp(value, "MODULE") || starts_with(value, "MODULE="))
		args->is_module = true;
	if (starts_with(value, modname)) {
		const char *name = value + sizeof(modname) - 1;
		size_t len;

		name += *name == '"';
		len = strcspn(name, "\"");
		free(args->modname);
		args->modname = xstrndup(name, len);
	}
}

/* Take the word at `i`, and its value; returns the number of words. */
static size_t read_option(struct ccargs *args, char *const *words, size_t nr,
			  size_t i, const char *dir, struct intern_pool *pool)
{
	const char *word = words[i], *next = i + 1 < nr ? words[i + 1] : "";
	const char *option, *value;
	size_t o, taken = 1;
	char *path;

	for (o = 0; o < ARRAY_SIZE(options) && !is_option(word, o); o++)
		;
	if (o == ARRAY_SIZE(options))
		return 1;
	option = options[o].option;
	value = word + strlen(option);
	if (!*value && options[o].what >= KEEP_VALUE) {
		value = next;
		taken = 2;
	}
	switch (options[o].what) {
	case KEEP:
	case KEEP_START:
		add_arg(&args->common, pool, word, "");
		break;
	case KEEP_VALUE:
		read_define(args, value);
		add_arg(starts_with(value, "KBUILD_") ||
			starts_with(value, "__KBUILD_") ?
			&args->own : &args->common, pool, option, value);
		break;
	case KEEP_PATH:
		path = absolute(dir, value);
		add_arg(&args->common, pool, option, path);
		free(path);
		break;
	case KEEP_TWO:
		path = included(dir, value);
		add_arg(&args->common, pool, option, "");
		add_arg(&args->common, pool, path, "");
		free(path);
		break;
	case DROP_TWO:
		break;
	}
	return taken;
}

/*
 * The target: as in the command, else the prefix of a cross compiler
 * ("aarch64-linux-gnu-gcc"), else clang's target for the architecture.
 */
static void add_target(struct ccargs *args, const char *compiler,
		       const char *arch, const char *target,
		       struct intern_pool *pool)
{
	const char *name = path_basename(compiler);
	const char *gcc = strstr(name, "-gcc");
	size_t i;

	if (target) {
		add_arg(&args->common, pool, "--target=", target);
		return;
	}
	if (gcc && gcc > name) {
		char *prefix = xstrndup(name, (size_t)(gcc - name));

		add_arg(&args->common, pool, "--target=", prefix);
		free(prefix);
		return;
	}
	for (i = 0; i < ARRAY_SIZE(targets); i++)
		if (!strcmp(targets[i].arch, arch))
			add_arg(&args->common, pool, "--target=",
				targets[i].triple);
}

bool ccargs_is_source(const char *word)
{
	return word[0] != '-' && ends_with(word, ".c");
}

/* The last word before the options: ccache, or "then", may stand before it. */
static const char *find_compiler(char *const *words, size_t nr)
{
	size_t i = 0;

	while (i < nr && words[i][0] != '-')
		i++;
	return i && i < nr ? words[i - 1] : NULL;
}

bool ccargs_read(struct ccargs *args, char *const *words, size_t nr,
		 const char *dir, const char *arch, const char *source,
		 struct intern_pool *pool)
{
	const char *compiler = find_compiler(words, nr), *target = NULL;
	bool known_target = false;
	char *path;
	size_t i;

	ccargs_release(args);
	if (!compiler || !strv_has(words, nr, "-D__KERNEL__"))
		return false;
	for (i = nr; i-- && !source;)
		if (ccargs_is_source(words[i]))
			source = words[i];
	if (!source || !ccargs_is_source(source))
		return false;

	for (i = 0; i < nr && words[i][0] != '-'; i++)
		;
	while (i < nr) {
		if (starts_with(words[i], "--target="))
			known_target = true;
		if (!strcmp(words[i], "-target") && i + 1 < nr)
			target = words[i + 1];
		i += read_option(args, words, nr, i, dir, pool);
	}
	if (!known_target)
		add_target(args, compiler, arch, target, pool);
	add_arg(&args->common, pool, "-w", "");
	/* By default, clang stops at the twentieth error. */
	add_arg(&args->common, pool, "-ferror-limit=0", "");
	path = path_join(dir, source);
	args->source = path_normalise(path);
	free(path);
	if (!args->modname)
		args->modname = xstrdup("");
	return true;
}

bool ccargs_is_kept(const char *word)
{
	size_t i;

	if (*word == '@')
		return false;
	if (*word != '-' || !strcmp(word, "-w") ||
	    !strcmp(word, "-ferror-limit=0"))
		return true;
	for (i = 0; i < ARRAY_SIZE(options) && !is_option(word, i); i++)
		;
	return i < ARRAY_SIZE(options) && options[i].what != DROP_TWO;
}

void ccargs_release(struct ccargs *args)
{
	free(args->source);
	free(args->modname);
	free(args->common.list);
	free(args->own.list);
	*args = (struct ccargs)CCARGS_INIT;
}
