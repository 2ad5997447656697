// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which compile commands can share a precompiled header, and what is said of
 * one in the file beside it, for those who make it and those who use it.
 */
#include "facts/pch.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "compile/compile-db.h"
#include "lib/alloc.h"
#include "lib/checksummed.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "tree/tree.h"

#define INFO_KIND	"precompiled header 3"

bool pch_names_module(const char *arg)
{
	return !strncmp(arg, "-DKBUILD_", 9) ||
	       !strncmp(arg, "-D__KBUILD_", 11);
}

/* --- arguments --- */

static const char *const include_options[] = {
	"-I", "-isystem", "-iquote", "-idirafter",
};

/* The folder that `arg` has headers looked for in, or NULL. */
static const char *include_folder(const char *arg)
{
	size_t i, len;

	for (i = 0; i < ARRAY_SIZE(include_options); i++) {
		len = strlen(include_options[i]);
		if (!strncmp(arg, include_options[i], len))
			return arg + len;
	}
	return NULL;
}

/* Whether the folder is one of include/ or arch/ARCH/include/. */
static bool is_kernels(const char *folder, const char *root)
{
	const char *below = path_below(folder, root), *end;

	if (!below)
		return false;
	if (!strncmp(below, "arch/", 5)) {
		end = strchr(below + 5, '/');
		below = end ? end + 1 : "";
	}
	return !strncmp(below, "include", 7) && (!below[7] || below[7] == '/');
}

static bool is_tested(const struct pch_set *set, const char *macro)
{
	char *name = xstrndup(macro, strcspn(macro, "=("));
	bool found = intern_find(&set->tested, name) != INTERN_NONE;

	free(name);
	return found;
}

/* Whether what the headers mean does not depend on `arg`. */
static bool keeps_headers(const struct pch_set *set, const struct tree *tree,
			  const struct compile_command *command, const char *arg)
{
	const char *folder = include_folder(arg);

	if (folder)
		return !is_kernels(folder, tree->root) &&
		       !is_kernels(folder, command->dir);
	if (!strncmp(arg, "-D", 2) || !strncmp(arg, "-U", 2))
		return pch_names_module(arg) || !is_tested(set, arg + 2);
	return false;
}

bool pch_class(const struct pch_set *set, const struct tree *tree,
	       const struct compile_command *command, uint64_t *class)
{
	bool own_folder = false, kernel_folder = false;
	size_t i;

	*class = set->hash;
	for (i = 0; i < command->nr_args; i++) {
		const char *arg = command->args[i];

		if (keeps_headers(set, tree, command, arg)) {
			own_folder |= include_folder(arg) != NULL;
			continue;
		}
		if (include_folder(arg)) {
			if (own_folder)
				return false;
			kernel_folder = true;
		}
		*class = XXH3_64bits_withSeed(arg, strlen(arg) + 1, *class);
	}
	return kernel_folder;
}

/* The same for all modules: -DKBUILD_MODNAME="x" */
static void push_module(struct strvec *args, const char *arg)
{
	size_t len = strcspn(arg, "=");

	if (!arg[len])
		strvec_push(args, arg);
	else
		strvec_pushf(args, "%.*s=%s", (int)len, arg,
			     arg[len + 1] == '"' ? "\"x\"" : "x");
}

char **pch_make_args(const struct pch_set *set, const struct tree *tree,
		     const struct compile_command *command, size_t *nr)
{
	struct strvec args = STRVEC_INIT;
	size_t i;

	for (i = 0; i < command->nr_args; i++) {
		const char *arg = command->args[i];

		if (pch_names_module(arg))
			push_module(&args, arg);
		else if (!keeps_headers(set, tree, command, arg))
			strvec_push(&args, arg);
	}
	strvec_push(&args, "-x");
	strvec_push(&args, "c-header");
	*nr = args.nr;
	return strvec_detach(&args);
}

char **pch_args(const struct compile_command *command, const char *path,
		size_t *nr)
{
	struct strvec args = STRVEC_INIT;
	size_t i;

	for (i = 0; i < command->nr_args; i++) {
		const char *arg = command->args[i];

		/* What is force-included is in there already. */
		if (path && !strcmp(arg, "-include"))
			i++;
		else if (pch_names_module(arg))
			push_module(&args, arg);
		else
			strvec_push(&args, arg);
	}
	if (path) {
		strvec_push(&args, "-include-pch");
		strvec_push(&args, path);
		strvec_push(&args, "-Xclang");
		strvec_push(&args, "-fno-validate-pch");
	}
	*nr = args.nr;
	return strvec_detach(&args);
}

/* --- what is in one --- */

/*
 * Lines, each a letter and what is behind it:
 *	p SIZE MTIME INODE	the file it is about
 *	x HEADER		left out
 *	d ARGUMENT		-D or -U that it was made with
 *	t MACRO			tested, numbered from 0
 *	f HASH FILE		numbered from 0
 *	i NUMBER ...		what the last one includes
 *	m NUMBER ...		which of the macros it tests
 */
static char *info_path(const char *path)
{
	return xstrfmt("%s.info", path);
}

static bool read_pch_stat(struct pch_info *info, const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return false;
	info->size = (uint64_t)st.st_size;
	info->mtime = (uint64_t)st.st_mtim.tv_sec * 1000000000 +
		(uint64_t)st.st_mtim.tv_nsec;
	info->inode = st.st_ino;
	return true;
}

bool pch_info_fits(const struct pch_info *info, const char *path)
{
	struct pch_info now;

	return read_pch_stat(&now, path) && now.size == info->size &&
	       now.mtime == info->mtime && now.inode == info->inode;
}

/* Numbers at the end of an array; returns how many. */
static uint32_t read_numbers(const char *p, uint32_t **list, size_t *nr,
			     size_t *alloc)
{
	uint32_t count = 0;
	char *end;

	for (;; count++) {
		unsigned long number = strtoul(p, &end, 10);

		if (end == p)
			return count;
		ALLOC_GROW(*list, *nr + 1, *alloc);
		(*list)[(*nr)++] = (uint32_t)number;
		p = end;
	}
}

static void read_pch_line(struct pch_info *info, char *line)
{
	struct pch_file *file;
	char *end;

	switch (*line) {
	case 'p':
		sscanf(line, "p %" SCNu64 " %" SCNu64 " %" SCNu64, &info->size,
		       &info->mtime, &info->inode);
		break;
	case 'x':
		strvec_push(&info->dropped, line + 2);
		break;
	case 'd':
		strvec_push(&info->given, line + 2);
		break;
	case 't':
		intern(&info->tested, line + 2);
		break;
	case 'f':
		ALLOC_GROW(info->list, info->files.nr + 1, info->alloc_list);
		file = &info->list[info->files.nr];
		file->hash = strtoull(line + 2, &end, 16);
		file->first = (uint32_t)info->nr_includes;
		file->first_test = (uint32_t)info->nr_tests;
		file->nr = file->nr_tests = 0;
		intern(&info->files, end + 1);
		break;
	case 'i':
		if (info->files.nr)
			info->list[info->files.nr - 1].nr =
				read_numbers(line + 1, &info->includes,
					     &info->nr_includes,
					     &info->alloc_includes);
		break;
	case 'm':
		if (info->files.nr)
			info->list[info->files.nr - 1].nr_tests =
				read_numbers(line + 1, &info->tests,
					     &info->nr_tests,
					     &info->alloc_tests);
		break;
	}
}

bool pch_info_read(struct pch_info *info, const char *path)
{
	char *name = info_path(path), *text, *rest, *line;
	bool good = false;
	size_t i;

	text = checksummed_read(name, INFO_KIND);
	rest = text;
	while (rest && (line = strsep(&rest, "\n")))
		read_pch_line(info, line);
	good = text && pch_info_fits(info, path);
	for (i = 0; i < info->nr_includes && good; i++)
		good = info->includes[i] < info->files.nr;
	for (i = 0; i < info->nr_tests && good; i++)
		good = info->tests[i] < info->tested.nr;
	free(name);
	free(text);
	if (!good) {
		struct strvec dropped = info->dropped;

		/* The next one would break in the same way. */
		info->dropped = (struct strvec)STRVEC_INIT;
		pch_info_release(info);
		info->dropped = dropped;
	}
	return good;
}

int pch_info_write(struct pch_info *info, const char *path)
{
	struct strbuf text = STRBUF_INIT;
	char *name = info_path(path);
	uint32_t i, n;
	int ret = -1;

	if (!read_pch_stat(info, path))
		goto cleanup;
	strbuf_addf(&text, "p %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
		    info->size, info->mtime, info->inode);
	for (i = 0; i < info->dropped.nr; i++)
		strbuf_addf(&text, "x %s\n", info->dropped.v[i]);
	for (i = 0; i < info->given.nr; i++)
		strbuf_addf(&text, "d %s\n", info->given.v[i]);
	for (i = 0; i < info->tested.nr; i++)
		strbuf_addf(&text, "t %s\n", intern_str(&info->tested, i));
	for (i = 0; i < info->files.nr; i++) {
		const struct pch_file *file = &info->list[i];

		strbuf_addf(&text, "f %016" PRIx64 " %s\ni", file->hash,
			    intern_str(&info->files, i));
		for (n = 0; n < file->nr; n++)
			strbuf_addf(&text, " %u",
				    info->includes[file->first + n]);
		strbuf_addstr(&text, "\nm");
		for (n = 0; n < file->nr_tests; n++)
			strbuf_addf(&text, " %u",
				    info->tests[file->first_test + n]);
		strbuf_addch(&text, '\n');
	}
	ret = checksummed_write(name, INFO_KIND, text.buf);
cleanup:
	free(name);
	strbuf_release(&text);
	return ret;
}

uint32_t pch_info_reach(const struct pch_info *info, bool *reached, uint32_t nr,
			uint32_t *found)
{
	uint32_t first = 0, last = 0, i;

	if (reached[nr])
		return 0;
	reached[nr] = true;
	found[last++] = nr;
	while (first < last) {
		const struct pch_file *file = &info->list[found[first++]];

		for (i = 0; i < file->nr; i++) {
			uint32_t other = info->includes[file->first + i];

			if (reached[other])
				continue;
			reached[other] = true;
			found[last++] = other;
		}
	}
	return last;
}

void pch_info_release(struct pch_info *info)
{
	intern_release(&info->files);
	intern_release(&info->tested);
	free(info->list);
	free(info->includes);
	free(info->tests);
	strvec_release(&info->dropped);
	strvec_release(&info->given);
	*info = (struct pch_info)PCH_INFO_INIT;
}
