// SPDX-License-Identifier: GPL-2.0-only
/*
 * Opens a kernel tree: reads its version, architecture and DMA attributes, and gives
 * all stages the texts of its files.
 */
#include "tree/tree.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "lib/strvec.h"

#define ATTRS_HEADER	"include/linux/dma-mapping.h"

/*
 * As scripts/subarch.include maps uname -m, and the top Makefile ARCH=i386 and the
 * like; all other names stay as they are.
 */
static const char *kernel_arch(const char *machine)
{
	static const struct { const char *prefix, *arch; } map[] = {
		{ "x86_64", "x86" },
		{ "amd64", "x86" },
		{ "aarch64", "arm64" },
		{ "arm64", "arm64" },
		{ "arm", "arm" },
		{ "sa110", "arm" },
		{ "ppc", "powerpc" },
		{ "mips", "mips" },
		{ "riscv", "riscv" },
		{ "loongarch", "loongarch" },
		{ "s390", "s390" },
		{ "sparc", "sparc" },
		{ "sun4u", "sparc" },
		{ "parisc", "parisc" },
		{ "sh2", "sh" },
		{ "sh3", "sh" },
		{ "sh4", "sh" },
	};
	size_t i;

	if (machine[0] == 'i' && isdigit((unsigned char)machine[1]) &&
	    !strcmp(machine + 2, "86"))
		return "x86";
	for (i = 0; i < ARRAY_SIZE(map); i++)
		if (starts_with(machine, map[i].prefix))
			return map[i].arch;
	return machine;
}

/* The end of the line, or of the text. */
static const char *line_end(const char *p)
{
	return p + strcspn(p, "\n");
}

/* The value of "NAME = value" in `text`; NULL if there is none. */
static char *make_variable(const char *text, const char *name)
{
	size_t len = strlen(name);
	const char *p, *end;

	for (p = text; *p; p = *end ? end + 1 : end) {
		const char *value = p + len;

		end = line_end(p);
		if (strncmp(p, name, len))
			continue;
		value += strspn(value, " \t");
		if (*value != '=')
			continue;
		value++;
		value += strspn(value, " \t");
		while (end > value && isspace((unsigned char)end[-1]))
			end--;
		return xstrndup(value, (size_t)(end - value));
	}
	return NULL;
}

static bool is_number(const char *s)
{
	return s && *s && !s[strspn(s, "0123456789")];
}

/* NULL if the Makefile is not a kernel's. */
static char *read_version(const char *makefile)
{
	char *version = make_variable(makefile, "VERSION");
	char *patchlevel = make_variable(makefile, "PATCHLEVEL");
	char *sublevel = make_variable(makefile, "SUBLEVEL");
	char *extra = make_variable(makefile, "EXTRAVERSION");
	char *all = NULL;

	if (is_number(version) && is_number(patchlevel))
		all = xstrfmt("%s.%s%s%s%s", version, patchlevel,
			      is_number(sublevel) ? "." : "",
			      is_number(sublevel) ? sublevel : "",
			      extra ? extra : "");
	free(version);
	free(patchlevel);
	free(sublevel);
	free(extra);
	return all;
}

/* "(1UL << n)", "BIT(n)", "BIT_ULL(n)" or a number; else 0. */
static uint64_t attr_value(const char *p)
{
	char *end;
	uint64_t value;

	p += strspn(p, " \t(");
	if (starts_with(p, "BIT")) {
		p += strcspn(p, "(\n");
		p += strspn(p, "( \t");
		value = strtoull(p, &end, 0);
		return end > p && value < 64 ? UINT64_C(1) << value : 0;
	}
	value = strtoull(p, &end, 0);
	if (end == p)
		return 0;
	p = end + strspn(end, "uUlL");
	p += strspn(p, " \t");
	if (!starts_with(p, "<<"))
		return value;
	p += 2;
	p += strspn(p, " \t");
	return value << (strtoul(p, NULL, 0) & 63);
}

/* Read the lines "#define DMA_ATTR_X value" of `text`. */
static void read_attrs(struct tree *tree, const char *text)
{
	size_t alloc = 0;
	unsigned int line = 1;
	const char *p;

	for (p = text; *p; line++, p = line_end(p), p += *p == '\n') {
		const char *name = p + strspn(p, " \t");
		uint64_t mask;
		size_t len;

		if (*name++ != '#')
			continue;
		name += strspn(name, " \t");
		if (!starts_with(name, "define"))
			continue;
		name += strlen("define");
		name += strspn(name, " \t");
		if (!starts_with(name, "DMA_ATTR_"))
			continue;
		len = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
		mask = attr_value(name + len);
		if (!mask)
			continue;
		ALLOC_GROW(tree->attrs, tree->nr_attrs + 1, alloc);
		tree->attrs[tree->nr_attrs++] = (struct dma_attr){
			.name = xstrndup(name, len),
			.mask = mask,
			.line = line,
		};
	}
}

static int error_no_arch(const struct tree *tree, const char *arch)
{
	char *dir = path_join(tree->root, "arch");
	struct strbuf list = STRBUF_INIT;
	struct strvec names = STRVEC_INIT;
	struct dirent *d;
	size_t i;
	DIR *stream = opendir(dir);

	while (stream && (d = readdir(stream))) {
		char *sub = path_join(dir, d->d_name);

		if (d->d_name[0] != '.' && path_is_dir(sub))
			strvec_push(&names, d->d_name);
		free(sub);
	}
	if (stream)
		closedir(stream);
	qsort(names.v, names.nr, sizeof(*names.v), strv_compare);
	for (i = 0; i < names.nr; i++)
		strbuf_addf(&list, " %s", names.v[i]);
	error("the kernel tree %s has no arch/%s; it has:%s", tree->root, arch,
	      names.nr ? list.buf : " none at all");
	strvec_release(&names);
	strbuf_release(&list);
	free(dir);
	return -1;
}

static int set_arch(struct tree *tree, const char *arch)
{
	struct utsname machine;
	char *relative, *dir;
	bool found;

	if (!arch) {
		if (uname(&machine))
			return error_errno("cannot find out this machine's architecture; use --arch");
		arch = machine.machine;
	}
	if (!*arch || strchr(arch, '/') || arch[0] == '.')
		return error("'%s' is not an architecture; use --arch x86, arm64, ...",
			     arch);
	relative = xstrfmt("arch/%s", kernel_arch(arch));
	dir = path_join(tree->root, relative);
	found = path_is_dir(dir);
	free(dir);
	free(relative);
	if (!found)
		return error_no_arch(tree, kernel_arch(arch));
	tree->arch = xstrdup(kernel_arch(arch));
	return 0;
}

/* The text of the file `name`, or NULL after an error(). */
static char *read_in_tree(const struct tree *tree, const char *name)
{
	char *text = tree_read(tree, name, NULL);

	if (!text && (errno == ENOENT || errno == ENOTDIR || errno == EISDIR))
		error("%s is not a kernel source tree: it has no file %s; give -C DIR (KDIR=DIR with make) the folder that holds the kernel's top Makefile",
		      tree->root, name);
	else if (!text)
		error_errno("cannot read %s/%s", tree->root, name);
	return text;
}

static const struct overlay_file *find_overlaid(const struct tree *tree,
						const char *path)
{
	const char *below = NULL;

	if (!tree->overlay)
		return NULL;
	if (*path == '/')
		below = path_below(path, tree->root);
	return overlay_find(tree->overlay, below ? below : path);
}

bool tree_has_file(const struct tree *tree, const char *path)
{
	const struct overlay_file *f = find_overlaid(tree, path);
	char *full;
	bool has;

	if (f)
		return f->text != NULL;
	full = path_join(tree->root, path);
	has = path_is_file(full);
	free(full);
	return has;
}

char *tree_read(const struct tree *tree, const char *path, size_t *len)
{
	const struct overlay_file *f = find_overlaid(tree, path);
	char *full, *text;

	if (f && !f->text) {
		errno = ENOENT;
		return NULL;
	}
	if (f) {
		if (len)
			*len = f->len;
		text = xmalloc(f->len + 1);
		memcpy(text, f->text, f->len + 1);
		return text;
	}
	full = path_join(tree->root, path);
	text = path_read_max(full, PATH_MAX_SOURCE, len);
	free(full);
	return text;
}

FILE *tree_stream(const struct tree *tree, const char *path, char **text)
{
	size_t len = 0;

	*text = tree_read(tree, path, &len);
	return *text && len ? fmemopen(*text, len, "r") : NULL;
}

int tree_open(struct tree *tree, const char *dir, const char *arch)
{
	return tree_open_with(tree, dir, arch, NULL);
}

int tree_open_with(struct tree *tree, const char *dir, const char *arch,
		   const struct overlay *overlay)
{
	char *text = NULL, *kbuild = NULL;
	int ret = -1;

	*tree = (struct tree)TREE_INIT;
	tree->overlay = overlay;
	tree->root = realpath(dir, NULL);
	if (!tree->root)
		return error_errno("cannot open the kernel tree %s",
				   *dir ? dir : "''");
	if (!path_is_dir(tree->root)) {
		error("the kernel tree %s is not a folder", dir);
		goto cleanup;
	}
	text = read_in_tree(tree, "Makefile");
	if (!text)
		goto cleanup;
	tree->version = read_version(text);
	if (!tree->version) {
		error("%s is not a kernel source tree: its Makefile does not set VERSION and PATCHLEVEL; an output tree (make O=) goes with -O, its source tree with -C",
		      tree->root);
		goto cleanup;
	}
	kbuild = read_in_tree(tree, "Kbuild");
	if (!kbuild)
		goto cleanup;
	free(text);
	text = read_in_tree(tree, ATTRS_HEADER);
	if (!text)
		goto cleanup;
	read_attrs(tree, text);
	ret = set_arch(tree, arch);
cleanup:
	free(text);
	free(kbuild);
	if (ret)
		tree_release(tree);
	return ret;
}

bool tree_is_kernel_wide(const char *path)
{
	return !strncmp(path, "include/", 8) || !strncmp(path, "arch/", 5) ||
		*path == '/';
}

uint64_t tree_attr_mask(const struct tree *tree, const char *name)
{
	size_t i;

	for (i = 0; i < tree->nr_attrs; i++)
		if (!strcmp(tree->attrs[i].name, name))
			return tree->attrs[i].mask;
	return 0;
}

char *tree_path(const struct tree *tree, const char *path)
{
	const char *below = path_below(path, tree->root);

	if (below)
		return xstrdup(below);
	below = tree->module ? path_below(path, tree->module_dir) : NULL;
	if (!below)
		return xstrdup(path);
	return strcmp(below, ".") ? path_join(tree->module, below) :
		xstrdup(tree->module);
}

char *tree_relative(const struct tree *tree, const char *path)
{
	const char *root = tree->module ? tree->module_dir : tree->root;
	char *in_tree = path_join(root, path);
	char *real = realpath(path, NULL), *relative = NULL;
	const char *below;
	int here = errno;

	if (!real || !path_below(real, root)) {
		/* It may be relative to the root. */
		char *there = realpath(in_tree, NULL);

		if (there || !real) {
			free(real);
			real = there;
		}
	}
	if (!real) {
		errno = here;
		error_errno("%s", path);
		goto cleanup;
	}
	below = path_below(real, root);
	if (!below)
		error("%s lies outside of the %s %s", path,
		      tree->module ? "module folder" : "kernel tree", root);
	else if (!path_is_file(real) && !path_is_dir(real))
		error("%s is neither a regular file nor a folder", path);
	else
		relative = tree_path(tree, real);
cleanup:
	free(real);
	free(in_tree);
	return relative;
}

void tree_release(struct tree *tree)
{
	size_t i;

	for (i = 0; i < tree->nr_attrs; i++)
		free(tree->attrs[i].name);
	free(tree->attrs);
	free(tree->root);
	free(tree->version);
	free(tree->arch);
	free(tree->module_dir);
	free(tree->module);
	*tree = (struct tree)TREE_INIT;
}
