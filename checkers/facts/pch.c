// SPDX-License-Identifier: GPL-2.0-only
#include "facts/pch.h"

#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "compile/compile-db.h"
#include "tree/tree.h"

/* What nearly every driver includes, itself or through others. */
const char pch_source[] =
	"#include <linux/module.h>\n"
	"#include <linux/kernel.h>\n"
	"#include <linux/slab.h>\n"
	"#include <linux/mm.h>\n"
	"#include <linux/device.h>\n"
	"#include <linux/interrupt.h>\n"
	"#include <linux/scatterlist.h>\n"
	"#include <linux/dma-mapping.h>\n"
	"#include <linux/pci.h>\n"
	"#include <linux/platform_device.h>\n"
	"#include <linux/of.h>\n"
	"#include <linux/io.h>\n"
	"#include <linux/delay.h>\n"
	"#include <linux/fs.h>\n"
	"#include <linux/uaccess.h>\n";

bool pch_names_module(const char *arg)
{
	return !strncmp(arg, "-DKBUILD_", 9) ||
	       !strncmp(arg, "-D__KBUILD_", 11);
}

/* An include folder of the driver's own, not one of the kernel's. */
static bool is_own_include(const char *arg)
{
	return !strncmp(arg, "-I", 2) && !strstr(arg, "/include");
}

uint64_t pch_class(const struct compile_command *command)
{
	uint64_t hash = XXH3_64bits(pch_source, sizeof(pch_source));
	size_t i;

	for (i = 0; i < command->nr_args; i++) {
		const char *arg = command->args[i];

		if (!pch_names_module(arg) && !is_own_include(arg))
			hash = XXH3_64bits_withSeed(arg, strlen(arg) + 1,
						    hash);
	}
	return hash;
}

char *pch_path(const char *folder, uint64_t class)
{
	return xstrfmt("%s/%016llx.pch", folder, (unsigned long long)class);
}

const char **pch_make_args(const struct compile_command *command, size_t *nr)
{
	const char **args = xcalloc(command->nr_args + 3, sizeof(*args));
	size_t i;

	*nr = 0;
	for (i = 0; i < command->nr_args; i++) {
		const char *arg = command->args[i];

		if (!pch_names_module(arg) && !is_own_include(arg))
			args[(*nr)++] = arg;
	}
	args[(*nr)++] = "-x";
	args[(*nr)++] = "c-header";
	return args;
}

char *pch_headers(const char *path)
{
	return xstrfmt("%s.headers", path);
}

bool pch_is_overlaid(const char *path, const struct tree *tree)
{
	char *name, *text, *line, *rest;
	bool found = false;

	if (!tree->overlay || !tree->overlay->nr)
		return false;
	name = pch_headers(path);
	text = path_read(name, NULL);
	free(name);
	rest = text;
	while (!found && rest && (line = strsep(&rest, "\n"))) {
		const char *below = path_below(line, tree->root);

		found = below && overlay_find(tree->overlay, below);
	}
	free(text);
	return found || !text;
}

const char **pch_args(const struct compile_command *command, const char *path,
		      size_t *nr)
{
	const char **args = xcalloc(command->nr_args + 3, sizeof(*args));
	size_t i;

	*nr = 0;
	for (i = 0; i < command->nr_args; i++) {
		/* What is force-included is in there already. */
		if (!strcmp(command->args[i], "-include")) {
			i++;
			continue;
		}
		args[(*nr)++] = command->args[i];
	}
	args[(*nr)++] = "-include-pch";
	args[(*nr)++] = path;
	return args;
}
