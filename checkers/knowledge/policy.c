// SPDX-License-Identifier: GPL-2.0-only
/*
 * policy.conf and --policy files as tables: contexts, who may use an attribute,
 * what is left out; for rules/ and report/.
 */
#include "knowledge/policy.h"

#include <fnmatch.h>

#include "knowledge/conf.h"
#include "lib/alloc.h"
#include "lib/diag.h"

struct context {
	struct policy_context c;
	bool has_level;
	const struct conf_entry *first;	/* where its section starts */
};

/* [allow MODULE] or [open FUNCTION] */
struct allow {
	char *name;		/* of the module, of the function: a glob */
	char **attributes;
	size_t nr_attributes;
	char **modules;		/* [open]: globs, only these; none: any */
	size_t nr_modules;
	char *reason;
	const struct conf_entry *first;
};

struct allows {
	struct allow *list;
	size_t nr, alloc;
};

struct ignore {
	char *rule;
	char *module, *function;	/* globs */
	char *reason;
	const struct conf_entry *entry;
};

/* [cannot-fail], [dma-addr-32] */
struct machine {
	bool is_narrow;		/* [dma-addr-32] */
	char *symbol;		/* that depends on it in Kconfig */
	char *reason;
};

struct policy {
	struct conf conf;	/* for messages */
	struct context *contexts;
	size_t nr_contexts, alloc_contexts;
	struct allows allow, open;
	struct ignore *ignores;
	size_t nr_ignores, alloc_ignores;
	struct machine *machines;
	size_t nr_machines, alloc_machines;
	const struct policy_context *other;
};

/* The words of `text`, copied; their number in *nr. */
static char **words(const char *text, size_t *nr)
{
	char **list = NULL;
	const char *word;
	size_t len, alloc = 0;

	*nr = 0;
	while ((word = conf_word(&text, &len))) {
		ALLOC_GROW(list, *nr + 1, alloc);
		list[(*nr)++] = xstrndup(word, len);
	}
	return list;
}

static void free_words(char **list, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		free(list[i]);
	free(list);
}

/* KBUILD_MODNAME has no dashes; the names that people give modules do. */
static char *module_glob(const char *name, size_t len)
{
	char *glob = xstrndup(name, len), *p = glob;

	if (!strchr(glob, '['))
		while ((p = strchr(p, '-')))
			*p = '_';
	return glob;
}

static int unknown_key(const struct conf_entry *e, const char *keys)
{
	return conf_error(e, "[%s] has no key '%s'; its keys are %s",
			  e->section, e->name, keys);
}

static struct context *context_get(struct policy *p, const char *name,
				   const struct conf_entry *e)
{
	struct context *context;
	size_t i;

	for (i = 0; i < p->nr_contexts; i++)
		if (!strcmp(p->contexts[i].c.name, name))
			return &p->contexts[i];
	ALLOC_GROW(p->contexts, p->nr_contexts + 1, p->alloc_contexts);
	context = &p->contexts[p->nr_contexts++];
	*context = (struct context){
		.c = { .name = xstrdup(name) },
		.first = e,
	};
	return context;
}

static int read_context(struct policy *p, const char *name,
			const struct conf_entry *e)
{
	struct context *context = context_get(p, name, e);
	struct policy_context *c = &context->c;

	if (!strcmp(e->name, "title")) {
		free(c->title);
		c->title = xstrdup(e->value);
	} else if (!strcmp(e->name, "reason")) {
		free(c->reason);
		c->reason = xstrdup(e->value);
	} else if (!strcmp(e->name, "include")) {
		if (!strcmp(name, "other"))
			return conf_error(e, "[context other] takes the rest; it has no include");
		free_words(c->includes, c->nr_includes);
		c->includes = words(e->value, &c->nr_includes);
	} else if (!strcmp(e->name, "level")) {
		context->has_level = true;
		if (level_parse(e->value, &c->level))
			return conf_error(e, "'%s' is no level; the levels are error, warning and note",
					  e->value);
	} else {
		return unknown_key(e, "title, include, level and reason");
	}
	return 0;
}

static struct allow *allow_get(struct allows *allows, char *glob,
			       const struct conf_entry *e)
{
	struct allow *allow;
	size_t i;

	for (i = 0; i < allows->nr; i++) {
		if (strcmp(allows->list[i].name, glob))
			continue;
		free(glob);
		return &allows->list[i];
	}
	ALLOC_GROW(allows->list, allows->nr + 1, allows->alloc);
	allow = &allows->list[allows->nr++];
	*allow = (struct allow){ .name = glob, .first = e };
	return allow;
}

static int read_allowed(struct allow *allow, const struct conf_entry *e,
			const char *keys)
{
	int ret = 0;
	size_t i;

	if (!strcmp(e->name, "reason")) {
		free(allow->reason);
		allow->reason = xstrdup(e->value);
		return 0;
	}
	if (strcmp(e->name, "attribute"))
		return unknown_key(e, keys);
	free_words(allow->attributes, allow->nr_attributes);
	allow->attributes = words(e->value, &allow->nr_attributes);
	for (i = 0; i < allow->nr_attributes; i++)
		if (strncmp(allow->attributes[i], "DMA_ATTR_", 9))
			ret = conf_error(e, "'%s' is no DMA_ATTR_* name",
					 allow->attributes[i]);
	return ret;
}

static int read_allow(struct policy *p, const char *name,
		      const struct conf_entry *e)
{
	char *glob = module_glob(name, strlen(name));

	return read_allowed(allow_get(&p->allow, glob, e), e,
			    "attribute and reason");
}

static int read_open(struct policy *p, const char *name,
		     const struct conf_entry *e)
{
	struct allow *allow = allow_get(&p->open, xstrdup(name), e);

	if (strcmp(e->name, "modules"))
		return read_allowed(allow, e, "attribute, modules and reason");
	free_words(allow->modules, allow->nr_modules);
	allow->modules = words(e->value, &allow->nr_modules);
	return 0;
}

static int read_ignore(struct policy *p, const char *rule,
		       const struct conf_entry *e)
{
	const char *colon = strchr(e->name, ':');
	struct ignore *ignore;

	if (!colon || colon == e->name || !colon[1])
		return conf_error(e, "'%s': expected MODULE:FUNCTION = reason",
				  e->name);
	ALLOC_GROW(p->ignores, p->nr_ignores + 1, p->alloc_ignores);
	ignore = &p->ignores[p->nr_ignores++];
	*ignore = (struct ignore){
		.rule = xstrdup(rule),
		.module = module_glob(e->name, (size_t)(colon - e->name)),
		.function = xstrdup(colon + 1),
		.reason = xstrdup(e->value),
		.entry = e,
	};
	return 0;
}

static int add_machine(struct policy *p, const char *name,
		       const struct conf_entry *e, bool is_narrow)
{
	if (*name)
		return conf_error(e, "[%s]: this section takes no name",
				  e->section);
	ALLOC_GROW(p->machines, p->nr_machines + 1, p->alloc_machines);
	p->machines[p->nr_machines++] = (struct machine){
		.is_narrow = is_narrow,
		.symbol = xstrdup(e->name), .reason = xstrdup(e->value),
	};
	return 0;
}

static int read_cannot_fail(struct policy *p, const char *name,
			    const struct conf_entry *e)
{
	return add_machine(p, name, e, false);
}

static int read_narrow(struct policy *p, const char *name,
		       const struct conf_entry *e)
{
	return add_machine(p, name, e, true);
}

static const struct {
	const char *kind;
	bool has_name;
	int (*read)(struct policy *p, const char *name,
		    const struct conf_entry *e);
} sections[] = {
	{ "context",	true, read_context },
	{ "allow",	true, read_allow },
	{ "open",	true, read_open },
	{ "ignore",	true, read_ignore },
	{ "cannot-fail", false, read_cannot_fail },
	{ "dma-addr-32", false, read_narrow },
};

static int read_entry(struct policy *p, const struct conf_entry *e)
{
	size_t len = strcspn(e->section, " "), i;
	const char *name = e->section + len + strspn(e->section + len, " ");

	for (i = 0; i < ARRAY_SIZE(sections); i++)
		if ((*name || !sections[i].has_name) &&
		    len == strlen(sections[i].kind) &&
		    !memcmp(e->section, sections[i].kind, len))
			return sections[i].read(p, name, e);
	return conf_error(e, "there is no section [%s]; the sections are [context NAME], [allow MODULE], [open FUNCTION], [ignore RULE], [cannot-fail] and [dma-addr-32]",
			  e->section);
}

static int missing(const struct conf_entry *first, const char *key)
{
	return conf_error(first, "[%s] has no %s", first->section, key);
}

static int complete_allows(const struct allows *allows)
{
	int ret = 0;
	size_t i;

	for (i = 0; i < allows->nr; i++) {
		const struct allow *allow = &allows->list[i];

		if (!allow->nr_attributes)
			ret = missing(allow->first, "attribute");
		if (!allow->reason)
			ret = missing(allow->first, "reason");
	}
	return ret;
}

/* What must be there, once everything is read; `path` NULL: it is a part. */
static int complete(struct policy *p, const char *path)
{
	int ret = 0;
	size_t i;

	for (i = 0; i < p->nr_contexts; i++) {
		const struct context *context = &p->contexts[i];
		const struct policy_context *c = &context->c;

		if (!strcmp(c->name, "other"))
			p->other = c;
		else if (!c->nr_includes)
			ret = missing(context->first, "include");
		if (!c->title)
			ret = missing(context->first, "title");
		if (!context->has_level)
			ret = missing(context->first, "level");
		if (!c->reason)
			ret = missing(context->first, "reason");
	}
	if (!p->other && path)
		ret = error("%s: no [context other] says what holds for the rest",
			    path);
	if (complete_allows(&p->allow) || complete_allows(&p->open))
		ret = -1;
	return ret;
}

static struct policy *read_policy(const char *path, const char *const *more,
				  size_t nr, bool whole)
{
	struct policy *p = xcalloc(1, sizeof(*p));
	int failed = conf_read_all(&p->conf, path, more, nr);
	size_t i;

	for (i = 0; i < p->conf.nr; i++)
		if (!p->conf.list[i].removed &&
		    read_entry(p, &p->conf.list[i]))
			failed = -1;
	if (!failed)
		failed = complete(p, whole ? path : NULL);
	if (!failed)
		return p;
	policy_free(p);
	return NULL;
}

struct policy *policy_read(const char *path, const char *const *more,
			   size_t nr)
{
	return read_policy(path, more, nr, true);
}

struct policy *policy_read_part(const char *path)
{
	return read_policy(path, NULL, 0, false);
}

/* The header as #include names it: what is below the last include/. */
static const char *as_included(const char *header)
{
	const char *p = header, *found;

	if (!strncmp(header, "include/", 8))
		header += 8;
	while ((found = strstr(p, "/include/")))
		p = header = found + 9;
	return header;
}

static bool context_matches(const struct policy_context *c,
			    const char *const *headers, size_t nr)
{
	size_t i, j;

	for (i = 0; i < nr; i++)
		for (j = 0; j < c->nr_includes; j++)
			if (!fnmatch(c->includes[j], as_included(headers[i]),
				     0))
				return true;
	return false;
}

const struct policy_context *policy_context(const struct policy *policy,
					    const char *const *headers,
					    size_t nr)
{
	size_t i;

	for (i = 0; i < policy->nr_contexts; i++)
		if (context_matches(&policy->contexts[i].c, headers, nr))
			return &policy->contexts[i].c;
	return policy->other;
}

static bool is_in(const char *name, char **globs, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!fnmatch(globs[i], name, 0))
			return true;
	return false;
}

static const char *find_reason(const struct allows *allows, const char *name,
			       const char *module, const char *attribute)
{
	size_t i;

	for (i = 0; i < allows->nr; i++) {
		const struct allow *a = &allows->list[i];

		if (!fnmatch(a->name, name, 0) &&
		    is_in(attribute, a->attributes, a->nr_attributes) &&
		    (!a->nr_modules ||
		     is_in(module, a->modules, a->nr_modules)))
			return a->reason;
	}
	return NULL;
}

const char *policy_allowed(const struct policy *policy, const char *module,
			   const char *attribute)
{
	return find_reason(&policy->allow, module, module, attribute);
}

const char *policy_open(const struct policy *policy, const char *function,
			const char *module, const char *attribute)
{
	return find_reason(&policy->open, function, module, attribute);
}

const char *policy_ignored(const struct policy *policy, const char *rule,
			   const char *module, const char *function)
{
	size_t i;

	for (i = 0; i < policy->nr_ignores; i++) {
		const struct ignore *ignore = &policy->ignores[i];

		if (!strcmp(ignore->rule, rule) &&
		    !fnmatch(ignore->module, module, 0) &&
		    !fnmatch(ignore->function, function, 0))
			return ignore->reason;
	}
	return NULL;
}

static const char *machine_reason(const struct policy *policy,
				  const char *symbol, bool is_narrow)
{
	size_t i = policy->nr_machines;

	while (i-- > 0)
		if (policy->machines[i].is_narrow == is_narrow &&
		    !strcmp(policy->machines[i].symbol, symbol))
			return policy->machines[i].reason;
	return NULL;
}

const char *policy_cannot_fail(const struct policy *policy, const char *symbol)
{
	return machine_reason(policy, symbol, false);
}

const char *policy_dma_addr_32(const struct policy *policy, const char *symbol)
{
	return machine_reason(policy, symbol, true);
}

int policy_check_rules(const struct policy *policy,
		       bool (*known)(const char *rule))
{
	int ret = 0;
	size_t i;

	for (i = 0; i < policy->nr_ignores; i++)
		if (!known(policy->ignores[i].rule))
			ret = conf_error(policy->ignores[i].entry,
					 "[ignore %s]: there is no such rule; `dmacheck rules` lists them",
					 policy->ignores[i].rule);
	return ret;
}

static void free_allows(struct allows *allows)
{
	size_t i;

	for (i = 0; i < allows->nr; i++) {
		struct allow *allow = &allows->list[i];

		free_words(allow->modules, allow->nr_modules);
		free_words(allow->attributes, allow->nr_attributes);
		free(allow->name);
		free(allow->reason);
	}
	free(allows->list);
}

void policy_free(struct policy *policy)
{
	size_t i;

	if (!policy)
		return;
	for (i = 0; i < policy->nr_contexts; i++) {
		struct policy_context *c = &policy->contexts[i].c;

		free_words(c->includes, c->nr_includes);
		free(c->name);
		free(c->title);
		free(c->reason);
	}
	free_allows(&policy->allow);
	free_allows(&policy->open);
	for (i = 0; i < policy->nr_ignores; i++) {
		free(policy->ignores[i].rule);
		free(policy->ignores[i].module);
		free(policy->ignores[i].function);
		free(policy->ignores[i].reason);
	}
	for (i = 0; i < policy->nr_machines; i++) {
		free(policy->machines[i].symbol);
		free(policy->machines[i].reason);
	}
	free(policy->machines);
	free(policy->contexts);
	free(policy->ignores);
	conf_release(&policy->conf);
	free(policy);
}
