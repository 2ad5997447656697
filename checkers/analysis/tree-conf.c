// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads .dmacheck.conf, and hides the findings that it excludes; for analysis.c,
 * and for the options that cli/ takes from it.
 */
#include "analysis/tree-conf.h"

#include <errno.h>
#include <sys/stat.h>

#include "knowledge/conf.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/installed.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "lib/tempfile.h"
#include "rules/rule.h"
#include "tree/tree.h"

#define MAX_SIZE (1 << 20)

#define NOT_ALLOWED "require-coherent-not-allowed"
#define REQUIRE_COHERENT "DMA_ATTR_REQUIRE_COHERENT"

/* --- its parts --- */

enum part { PART_POLICY, PART_CHECK, PART_API, NR_PARTS };

static enum part part_of(const char *section)
{
	if (!strncmp(section, "[allow ", 7) || !strncmp(section, "[ignore ", 8))
		return PART_POLICY;
	return !strncmp(section, "[check]", 7) ? PART_CHECK : PART_API;
}

/*
 * Each part goes to the reader of its kind of file, with the lines of the other
 * parts left empty, so that errors name the right line.
 */
static bool split(const char *text, struct strbuf *parts)
{
	enum part now = PART_POLICY, i;
	bool has_api = false;
	size_t len;

	for (; *text; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		if (*text == '[') {
			now = part_of(text);
			has_api |= now == PART_API;
		}
		strbuf_add(&parts[now], text, len);
		for (i = 0; i < NR_PARTS; i++)
			strbuf_addch(&parts[i], '\n');
	}
	return has_api;
}

/* "FOLDER/NAME/.dmacheck.conf", the caller's; NULL after an error(). */
static char *write_part(const struct tree_conf *c, const char *name,
			const struct strbuf *part,
			const char *shown)
{
	char *folder = path_join(c->folder, name);
	char *path = path_join(folder, TREE_CONF);
	FILE *out = path_mkdirs(folder) ? NULL : fopen(path, "we");
	bool bad = !out || fwrite(part->buf, 1, part->len, out) != part->len;

	bad |= out && fclose(out);
	free(folder);
	if (!bad) {
		conf_show_as(path, shown);
		return path;
	}
	error_errno("cannot write %s", path);
	free(path);
	return NULL;
}

static int take_words(struct strvec *list, const struct conf_entry *e,
		      bool rules)
{
	const char *text = e->value, *word;
	size_t len;

	while ((word = conf_word(&text, &len))) {
		strvec_push_nodup(list, xstrndup(word, len));
		if (rules && !rule_find(list->v[list->nr - 1]))
			return conf_error(e, "%s: there is no rule '%s'; `dmacheck rules` lists them",
					  e->name, list->v[list->nr - 1]);
	}
	return 0;
}

static int read_check(struct tree_conf *c, const struct conf_entry *e)
{
	if (!strcmp(e->name, "level")) {
		c->has_level = true;
		return level_parse(e->value, &c->level) ?
			conf_error(e, "'%s' is not a level; the levels are error, warning and note",
				   e->value) : 0;
	}
	if (!strcmp(e->name, "baseline")) {
		free(c->baseline);
		c->baseline = xstrdup(e->value);
		return 0;
	}
	if (!strcmp(e->name, "on"))
		return take_words(&c->on, e, true);
	if (!strcmp(e->name, "off"))
		return take_words(&c->off, e, true);
	if (!strcmp(e->name, "leave-out"))
		return take_words(&c->leave_out, e, false);
	return conf_error(e, "[check] has no key '%s'; its keys are level, baseline, on, off and leave-out",
			  e->name);
}

static int read_check_part(struct tree_conf *c, const char *path)
{
	struct conf conf = CONF_INIT;
	int ret = conf_read(&conf, path);
	size_t i;

	for (i = 0; i < conf.nr && !ret; i++)
		ret = read_check(c, &conf.list[i]);
	conf_release(&conf);
	return ret;
}

/* A tree cannot redefine the functions of the built-in kernel-api.conf. */
static int check_api_part(const char *path)
{
	struct conf own = CONF_INIT, built_in = CONF_INIT;
	char *file = installed_file("kernel-api.conf");
	int ret = file ? conf_read(&built_in, file) | conf_read(&own, path) : -1;
	size_t i, j;

	for (i = 0; i < own.nr && !ret; i++)
		for (j = 0; j < built_in.nr && !ret; j++)
			if (!strcmp(own.list[i].name, built_in.list[j].name))
				ret = conf_error(&own.list[i],
						 "%s is in the built-in kernel-api.conf; only --api FILE changes that",
						 own.list[i].name);
	conf_release(&own);
	conf_release(&built_in);
	free(file);
	return ret;
}

static bool rule_exists(const char *id)
{
	return rule_find(id) != NULL;
}

static int read_parts(struct tree_conf *c, const struct strbuf *parts,
		      bool has_api, const char *shown)
{
	char *policy = write_part(c, "policy", &parts[PART_POLICY], shown);
	char *check = write_part(c, "check", &parts[PART_CHECK], shown);
	int ret = policy && check ? read_check_part(c, check) : -1;

	if (!ret) {
		c->policy = policy_read_part(policy);
		ret = c->policy ? policy_check_rules(c->policy, rule_exists) :
			-1;
	}
	if (!ret && has_api) {
		c->api = write_part(c, "api", &parts[PART_API], shown);
		ret = c->api ? check_api_part(c->api) : -1;
	}
	free(policy);
	free(check);
	return ret;
}

static int read_text(struct tree_conf *c, const char *path, const char *text)
{
	struct strbuf parts[NR_PARTS] = { STRBUF_INIT, STRBUF_INIT,
		STRBUF_INIT };
	bool has_api = split(text, parts);
	size_t i;
	int ret = -1;

	c->folder = tempfile_make_dir();
	if (c->folder)
		ret = read_parts(c, parts, has_api, path);
	for (i = 0; i < NR_PARTS; i++)
		strbuf_release(&parts[i]);
	if (ret)
		return error("%s cannot be used; --no-config ignores it", path);
	verbose("using %s", path);
	return 0;
}

/* --- where it is --- */

/* Whether a file is there that can be read; -1 after an error(). */
static int is_readable_conf(const char *path)
{
	struct stat st;

	if (lstat(path, &st))
		return errno == ENOENT || errno == ENOTDIR ? 0 :
			error_errno("cannot read %s", path);
	if (!S_ISREG(st.st_mode) || st.st_size > MAX_SIZE)
		return error("%s is not a regular file of at most 1 MB; --no-config ignores it",
			     path);
	return 1;
}

int tree_conf_read_dir(struct tree_conf *conf, const char *dir)
{
	char *joined = path_join(dir, TREE_CONF), *text = NULL;
	char *path = path_normalise(joined);
	int ret = is_readable_conf(path);

	if (ret > 0) {
		text = path_read(path, NULL);
		ret = text ? read_text(conf, path, text) :
			error_errno("cannot read %s", path);
	}
	free(joined);
	free(text);
	free(path);
	return ret;
}

int tree_conf_read_tree(struct tree_conf *conf, const struct tree *tree)
{
	const struct overlay_file *f = tree->overlay && !tree->module ?
		overlay_find(tree->overlay, TREE_CONF) : NULL;

	if (f)
		return f->text ? read_text(conf, TREE_CONF, f->text) : 0;
	return tree_conf_read_dir(conf, tree->module ? tree->module_dir :
				  tree->root);
}

/* --- what it hides --- */

bool tree_conf_allows(const struct tree_conf *conf, const char *module,
		      const char *attribute)
{
	return conf->policy && policy_allowed(conf->policy, module, attribute);
}

/* The reason for all modules of "a, b", or NULL. */
static const char *module_reason(const struct tree_conf *c,
				 const struct finding *f)
{
	const char *p = f->module ? f->module : "", *reason = NULL;
	const char *function = f->loc.function ? f->loc.function : "";

	for (;;) {
		size_t len = strcspn(p, ",");
		char *module = xstrndup(p, len);

		reason = policy_ignored(c->policy, f->rule, module, function);
		if (!reason && !strcmp(f->rule, NOT_ALLOWED))
			reason = policy_allowed(c->policy, module,
						REQUIRE_COHERENT);
		free(module);
		p += len;
		if (!reason || !*p)
			return reason;
		p += strspn(p, ", ");
	}
}

static const char *reason_of(const struct tree_conf *c,
			     const struct finding *f)
{
	if (strvec_has(&c->off, f->rule))
		return "the rule is off";
	if (c->leave_out.nr && path_below_any(f->loc.file,
					      strvec_list(&c->leave_out),
					      c->leave_out.nr))
		return "the path is left out";
	return module_reason(c, f);
}

void tree_conf_hide(const struct tree_conf *conf, struct findings *findings,
		    struct suppressed *hidden)
{
	size_t i, kept = 0;

	for (i = 0; conf->policy && i < findings->nr; i++) {
		struct finding f = findings->list[i];
		const char *reason = reason_of(conf, &f);

		if (reason)
			suppressed_add(hidden, &f, reason);
		else
			findings->list[kept++] = f;
	}
	if (conf->policy)
		findings->nr = kept;
}

void tree_conf_release(struct tree_conf *conf)
{
	policy_free(conf->policy);
	free(conf->baseline);
	free(conf->api);
	strvec_release(&conf->on);
	strvec_release(&conf->off);
	strvec_release(&conf->leave_out);
	if (conf->folder)
		tempfile_remove(conf->folder);
	free(conf->folder);
	*conf = (struct tree_conf)TREE_CONF_INIT;
}
