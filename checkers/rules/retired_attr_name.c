// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compares the names of attributes in the text of all files with those that the tree
 * defines, and with knowledge/retired.h.
 */
#include "rules/rule.h"

#include "knowledge/retired.h"
#include "lib/path.h"
#include "rules/common/attr-names.h"
#include "tree/tree.h"

#define HEADER	"include/linux/dma-mapping.h"

struct names_check {
	struct rule_run *run;
	const struct attr_names *names;
	const struct mention *m;
	const char *file, *name;
	const struct retired_name *retired;
	char *export;		/* the text of include/linux/export.h */
};

/* --- names of the tree --- */

static bool has_macro(const struct names_check *c, const char *name)
{
	const char *p = c->export;
	size_t len = strlen(name);

	while (p && (p = strstr(p, name))) {
		if (p - c->export >= 8 && !memcmp(p - 8, "#define ", 8) &&
		    p[len] == '(')
			return true;
		p += len;
	}
	return false;
}

static bool tree_defines(const struct names_check *c, const char *name)
{
	if (c->retired->kind == RETIRED_MACRO)
		return has_macro(c, name);
	return tree_attr_mask(c->run->tree, name) != 0;
}

/* Whether the file tests for the name with #ifdef. */
static bool is_tested(const struct names_check *c)
{
	return attr_names_has(c->names, c->m->file, c->m->name, MENTION_TEST);
}

static printf_like(3, 4) struct finding *report_name(const struct names_check *c,
				   enum level level, const char *fmt, ...)
{
	struct location loc = {
		.file = (char *)c->file, .line = c->m->line,
		.column = c->m->column,
	};
	struct finding *finding;
	va_list args;

	va_start(args, fmt);
	finding = rule_vreport(c->run, &loc, "", fmt, args);
	va_end(args);
	finding->level = level;
	return finding;
}

/* --- names that are retired --- */

/*
 * Code of the kernel no longer compiles. A program in tools/ has its own headers
 * and uses an attribute that the kernel no longer has; a document shows a name that
 * does not compile. A comment only misleads.
 */
static enum level retired_level(const struct names_check *c)
{
	if (c->m->place == MENTION_COMMENT)
		return LEVEL_NOTE;
	if (c->m->place == MENTION_TEXT || attr_names_is_tool(c->file) ||
	    tree_defines(c, c->name))
		return LEVEL_WARNING;
	return LEVEL_ERROR;
}

static void check_retired(const struct names_check *c)
{
	const struct retired_name *r = c->retired;
	bool defined = tree_defines(c, c->name);
	bool has_successor = r->successor && tree_defines(c, r->successor);
	enum level level = retired_level(c);

	/* The tree defines the name. */
	if (defined && !has_successor)
		return;
	/* "#ifdef": the code works in trees without it. */
	if (c->m->place == MENTION_CODE && is_tested(c))
		return;
	if (has_successor)
		report_name(c, level, "%s is retired, use %s: %s", c->name,
			       r->successor, r->history)->fixable =
			r->kind == RETIRED_ATTR;
	else if (r->successor)
		report_name(c, level, "Linux %s defines neither %s nor its successor %s: %s",
			       c->run->tree->version, c->name, r->successor,
			       r->history);
	else
		report_name(c, level, "%s is retired: %s", c->name, r->history);
}

/* Report it at its export: callers have no choice. */
static void check_retired_function(const struct names_check *c)
{
	const struct retired_name *r = c->retired;

	if (c->m->place == MENTION_CODE && c->m->role != MENTION_EXPORT &&
	    tree_defines(c, r->successor) &&
	    attr_names_has(c->names, c->m->file, c->m->name, MENTION_EXPORT))
		report_name(c, LEVEL_NOTE,
			    "%s() is named after an attribute that is now %s: %s",
			    c->name, r->successor, r->history);
}

/* --- names that are not defined --- */

/* Whether the file, or any header, defines it. */
static bool is_defined(const struct names_check *c)
{
	size_t i;

	for (i = 0; i < c->names->nr; i++) {
		const struct mention *m = &c->names->list[i];

		if (m->name != c->m->name || m->place != MENTION_CODE ||
		    (m->role != MENTION_DEFINE && m->role != MENTION_ENUM))
			continue;
		if (m->file == c->m->file ||
		    ends_with(intern_str(&c->names->strings, m->file), ".h"))
			return true;
	}
	return false;
}

static void check_unknown(const struct names_check *c)
{

	if (c->m->place != MENTION_CODE || c->m->role != MENTION_USE ||
	    is_defined(c) || is_tested(c) ||
	    attr_names_is_part(c->run->tree, c->file, c->name))
		return;
	report_name(c, attr_names_is_tool(c->file) ? LEVEL_WARNING : LEVEL_ERROR,
		    "neither Linux %s nor any header defines %s",
		       c->run->tree->version, c->name);
}

/* A name of the tree, defined again as nothing. */
static void check_stub(const struct names_check *c)
{
	const char *value = intern_str(&c->names->strings, c->m->value);

	if (c->m->role != MENTION_DEFINE || is_tested(c) ||
	    (strcmp(value, "0") && strcmp(value, "0UL") &&
	     strcmp(value, "(0)")))
		return;
	report_name(c, LEVEL_WARNING,
		    "%s is 0 here but %#jx in " HEADER
		       ": users of this header lose the attribute",
		       c->name, (uintmax_t)tree_attr_mask(c->run->tree,
							  c->name));
}

static void check_retired_attr_name(struct rule_run *run)
{
	struct names_check c = { .run = run, .names = run->names };
	size_t i;

	c.export = tree_read(run->tree, "include/linux/export.h", NULL);
	for (i = 0; i < c.names->nr; i++) {
		c.m = &c.names->list[i];
		c.file = intern_str(&c.names->strings, c.m->file);
		c.name = intern_str(&c.names->strings, c.m->name);
		c.retired = retired_find(c.name, strlen(c.name));
		if (!strcmp(c.file, "include/linux/export.h"))
			continue;
		if (!c.retired && tree_attr_mask(run->tree, c.name))
			check_stub(&c);
		else if (!c.retired)
			check_unknown(&c);
		else if (c.retired->kind == RETIRED_ATTR ||
			 c.retired->kind == RETIRED_MACRO)
			check_retired(&c);
		else
			check_retired_function(&c);
	}
	free(c.export);
}

const struct rule retired_attr_name_rule = {
	.id = "retired-attr-name",
	.level = LEVEL_ERROR,
	.summary = "the name of a DMA attribute that the kernel no longer has",
	.explanation =
"DMA attributes were renamed, removed, or proposed under one name and merged\n"
"under another: DMA_ATTR_CPU_CACHE_CLEAN became\n"
"DMA_ATTR_DEBUGGING_IGNORE_CACHELINES (commit 9bb0a4d6a443), as its users\n"
"meant different things by it; DMA_ATTR_REQUIRE_COHERENCE was merged as\n"
"DMA_ATTR_REQUIRE_COHERENT. Code that still has the old name does not build.\n"
"Or it builds with a private header that defines the name differently\n"
"(tools/virtio), and then tests something else than the kernel.\n"
"\n"
"It is an error in kernel code, also for names that are defined neither in\n"
"the tree's include/linux/dma-mapping.h nor in the file nor in a header. It\n"
"is a warning in tools/, samples/ and scripts/, which have headers of their\n"
"own, in documentation, and if the tree defines both names. It is a note in\n"
"comments and strings, and for exported functions that are named after\n"
"such an attribute. Code that tests `#ifdef DMA_ATTR_X` first, as a driver\n"
"for several kernels must, is right. A name that the tree defines is retired\n"
"only if the tree also defines its successor.\n"
"\n"
"Use the successor. For memory that is shared with a process, as in RDMA and\n"
"DRM, DMA_ATTR_CPU_CACHE_CLEAN stood for what is now\n"
"DMA_ATTR_REQUIRE_COHERENT.\n"
"\n"
"See include/linux/dma-mapping.h and\n"
"Documentation/core-api/dma-attributes.rst.\n",
	.needs = NEEDS_NAMES,
	.check = check_retired_attr_name,
};
