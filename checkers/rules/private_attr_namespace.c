// SPDX-License-Identifier: GPL-2.0-only
/* Looks at the definitions of DMA_ATTR_* in the text of all files. */
#include "rules/rule.h"

#include <ctype.h>

#include "knowledge/retired.h"
#include "lib/ctext.h"
#include "lib/path.h"
#include "rules/common/attr-names.h"
#include "tree/tree.h"

static const char *skip_chars(const char *p, const char *chars)
{
	while (*p && strchr(chars, *p))
		p++;
	return p;
}

/* Whether only a suffix and parentheses follow the number. */
static bool is_number_end(const char *p)
{
	return !*skip_chars(p, "uUlL) \t");
}

/*
 * Whether `value` is a bit: BIT(n), 1UL << n, a power of two. Not 0, and not a
 * number composed otherwise, such as a register field.
 */
static bool is_bit(const char *value)
{
	const char *p = skip_chars(value, "( \t");
	unsigned long long number;
	char *end;

	if (!strncmp(p, "BIT(", 4) || !strncmp(p, "BIT_ULL(", 8)) {
		p = strchr(p, ')');
		return p && is_number_end(p);
	}
	if (!strncmp(p, "_BITUL(", 7) || !strncmp(p, "_BITULL(", 8)) {
		p = strchr(p, ')');
		return p && is_number_end(p);
	}
	if (!isdigit((unsigned char)*p))
		return false;
	number = strtoull(p, &end, 0);
	if (!number || (number & (number - 1)))
		return false;
	p = skip_chars(end, "uUlL) \t");
	if (!*p)
		return true;
	if (number != 1 || strncmp(p, "<<", 2))
		return false;
	p = skip_chars(p + 2, "( \t");
	return ctext_in_name(*p);
}

/*
 * A driver for several kernels defines the core's names for those that lack them,
 * behind an #ifndef; tools/ has a copy of the core's header.
 */
static bool is_private(const struct rule_run *run, const struct mention *m)
{
	const struct attr_names *names = run->names;
	const char *file = intern_str(&names->strings, m->file);
	const char *name = intern_str(&names->strings, m->name);

	return m->place == MENTION_CODE && m->role == MENTION_DEFINE &&
	       attr_names_is_attr(name) && !attr_names_is_tool(file) &&
	       !path_below(file, "Documentation") &&
	       !tree_attr_mask(run->tree, name) &&
	       !retired_find(name, strlen(name)) &&
	       is_bit(intern_str(&names->strings, m->value)) &&
	       !attr_names_has(names, m->file, m->name, MENTION_TEST);
}

static void check_private_attr_namespace(struct rule_run *run)
{
	const struct attr_names *names = run->names;
	size_t i;

	for (i = 0; i < names->nr; i++) {
		const struct mention *m = &names->list[i];
		struct location loc = {
			.file = (char *)intern_str(&names->strings, m->file),
			.line = m->line, .column = m->column,
		};

		if (is_private(run, m))
			rule_report(run, &loc, "", "%s is a driver-private bit in the DMA_ATTR_ namespace, which may collide with a new attribute: use the driver's prefix",
			       intern_str(&names->strings, m->name));
	}
}

const struct rule private_attr_namespace_rule = {
	.id = "private-attr-namespace",
	.level = LEVEL_WARNING,
	.summary = "a driver defines a private bit as DMA_ATTR_*",
	.explanation =
"The attribute bits of the DMA API are assigned in\n"
"include/linux/dma-mapping.h, and their names begin with DMA_ATTR_. A driver\n"
"that defines another one takes a bit that the core may assign in the next\n"
"release: from then on the driver's flag means something else to the DMA API.\n"
"The name also suggests that the DMA API knows it.\n"
"\n"
"Keep such a flag in a separate argument and give it the driver's prefix.\n"
"Register names that only contain DMA_ATTR_ (HINIC_DMA_ATTR_*,\n"
"BIFC_DMA_ATTR_*) and values that are not a single bit are not reported. A\n"
"definition behind `#ifndef DMA_ATTR_X` is not reported either: a driver for\n"
"several kernels defines what the older ones lack that way.\n"
"\n"
"See include/linux/dma-mapping.h.\n",
	.needs = NEEDS_NAMES,
	.check = check_private_attr_namespace,
};
