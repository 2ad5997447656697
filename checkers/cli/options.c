// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of all options, and the parser of a command's arguments, which fills in
 * struct options; for all commands.
 */
#include "cli/options.h"

#include <getopt.h>
#include <unistd.h>

#include "analysis/tree-conf.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/memory.h"
#include "lib/nearest.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "report/report.h"
#include "rules/rule.h"

/* With less no file can be read. */
#define LEAST_MEMORY ((size_t)64 << 20)

int options_no_such_rule(const char *where, const char *id)
{
	const char *near = rule_nearest(id);

	if (near)
		return error("%sthere is no rule '%s'; did you mean '%s'?",
			     where, id, near);
	return error("%sthere is no rule '%s'; `dmacheck rules` lists them",
		     where, id);
}

static void add_rule(struct check_request *request, const struct rule *rule)
{
	ALLOC_GROW(request->rules, request->nr_rules + 1, request->alloc_rules);
	request->rules[request->nr_rules++] = rule;
}

/* "-ID": all rules that are not opt-in, except that one. */
static void remove_rule(struct check_request *request, const struct rule *rule)
{
	size_t nr, i, kept = 0;
	const struct rule *const *all = rules_all(&nr);
	const bool none = !request->rules;

	for (i = 0; none && i < nr; i++)
		if (!all[i]->opt_in)
			add_rule(request, all[i]);
	for (i = 0; i < request->nr_rules; i++)
		if (request->rules[i] != rule)
			request->rules[kept++] = request->rules[i];
	request->nr_rules = kept;
}

static int add_rules(struct options *opt, const char *list)
{
	const char *end;

	for (;; list = end + 1) {
		const bool but = *list == '-';
		const struct rule *rule;
		char *id;
		int ret = 0;

		end = strchrnul(list, ',');
		id = xstrndup(list + but, (size_t)(end - list) - but);
		rule = rule_find(id);
		if (!rule)
			ret = options_no_such_rule("--rule: ", id);
		free(id);
		if (ret)
			return ret;
		if (but)
			remove_rule(&opt->request, rule);
		else
			add_rule(&opt->request, rule);
		if (!*end)
			return 0;
	}
}

static int set_engines(struct options *opt, const char *list)
{
	static const struct { const char *name; unsigned int engine; } all[] = {
		{ "clang", ENGINE_CLANG },
		{ "sparse", ENGINE_SPARSE },
	};
	const char *end;
	size_t i;

	opt->request.engines = 0;
	for (;; list = end + 1) {
		size_t len;

		end = strchrnul(list, ',');
		len = (size_t)(end - list);
		for (i = 0; i < ARRAY_SIZE(all); i++)
			if (strlen(all[i].name) == len &&
			    !memcmp(all[i].name, list, len))
				break;
		if (i == ARRAY_SIZE(all))
			return error("--engine: there is no engine '%.*s'; the engines are clang and sparse",
				     (int)len, list);
		opt->request.engines |= all[i].engine;
		if (!*end)
			return 0;
	}
}

static int set_jobs(struct options *opt, const char *value)
{
	char *end;
	long n = strtol(value, &end, 10);

	if (*end || n < 1 || n > 4096)
		return error("--jobs: '%s' is not a number from 1 to 4096", value);
	opt->request.jobs = (unsigned int)n;
	return 0;
}

static int set_part(struct options *opt, const char *value)
{
	unsigned int part, parts;
	int used = 0;

	if (sscanf(value, "%u/%u%n", &part, &parts, &used) != 2 ||
	    value[used] || !part || part > parts || parts > 10000 ||
	    strpbrk(value, "+- "))
		return error("--part: '%s' is not K/N, part K of N, as in 1/4",
			     value);
	opt->share = (struct share){ part, parts };
	return 0;
}

static int set_memory(struct options *opt, const char *value)
{
	opt->memory_given = true;
	if (!memory_parse(value, &opt->request.memory) &&
	    (!opt->request.memory || opt->request.memory >= LEAST_MEMORY))
		return 0;
	return error("--memory: '%s' is not a size such as 800M or 2G, of at least %s, or 0",
		     value, memory_words(LEAST_MEMORY));
}

/* "auto", "always", "never": its number in this order. */
static int set_when(const char *option, const char *value, int *when)
{
	static const char *const words[] = { "auto", "always", "never" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (strcmp(words[i], value))
			continue;
		*when = (int)i;
		return 0;
	}
	return error("%s: '%s' is not auto, always or never", option, value);
}

static int set_progress(struct options *opt, const char *value)
{
	static const enum progress_mode modes[] = { PROGRESS_AUTO,
		PROGRESS_ALWAYS, PROGRESS_NEVER };
	int when = 0, ret = set_when("--progress", value, &when);

	opt->request.progress = modes[when];
	return ret;
}

static int set_colour(struct options *opt, const char *value)
{
	static const enum output_when modes[] = { OUTPUT_AUTO, OUTPUT_ALWAYS,
		OUTPUT_NEVER };
	int when = 0, ret = set_when("--color", value, &when);

	opt->outputs.colour = modes[when];
	return ret;
}

static int set_format(struct options *opt, const char *value)
{
	const struct report_format *format = report_format_find(value);

	if (!format)
		return error("--format: there is no format '%s'; the formats are %s",
			     value, report_format_names());
	outputs_add_format(&opt->outputs, format);
	return 0;
}

static int set_level(struct options *opt, const char *value)
{
	if (level_parse(value, &opt->level))
		return error("--level: '%s' is not error, warning or note",
			     value);
	opt->level_given = true;
	return 0;
}

int options_take_conf(struct options *opt, const struct subcommand *command)
{
	const char *dir = opt->request.module ? opt->request.module :
						opt->request.tree;
	struct tree_conf conf = TREE_CONF_INIT;
	int ret = 0;

	if ((command->groups & OPTIONS_FINDINGS) && !opt->request.no_config)
		ret = tree_conf_read_dir(&conf, dir);
	if (conf.has_level && !opt->level_given)
		opt->level = conf.level;
	if (conf.baseline && !opt->baseline &&
	    (command->groups & OPTIONS_BASELINE))
		opt->baseline = opt->own_baseline =
			path_join(dir, conf.baseline);
	tree_conf_release(&conf);
	return ret;
}

/* Those that dmacheck gives to make itself, and the option that is for them. */
static int add_make_variable(struct options *opt, const char *value)
{
	static const char *const own[][2] = {
		{ "ARCH", "--arch" }, { "O", "-O" }, { "KBUILD_OUTPUT", "-O" },
		{ "M", "-M" }, { "KBUILD_EXTMOD", "-M" }, { "MO", "--mo" },
		{ "LLVM", NULL }, { "TMPOUT", NULL },
	};
	size_t len = strspn(value, "_0123456789abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), i;

	if (!len || value[len] != '=' || strchr(value, '\n'))
		return error("--make: '%s' is not VAR=VALUE, a variable for make",
			     value);
	for (i = 0; i < ARRAY_SIZE(own); i++) {
		if (strlen(own[i][0]) != len || memcmp(own[i][0], value, len))
			continue;
		return error("--make: dmacheck itself sets %s%s%s", own[i][0],
			     own[i][1] ? "; the option for it is " : "",
			     own[i][1] ? own[i][1] : "");
	}
	strvec_push(&opt->request.make_variables, value);
	return 0;
}

static int set_source_url(struct options *opt, const char *value)
{
	if (!strstr(value, "{file}"))
		return error("--source-url: '%s' does not contain {file}, which stands for the path of a source file",
			     value);
	opt->source_url = value;
	return 0;
}

static int set_to(struct options *opt, const char *value)
{
	static const char prefix[] = "DMA_ATTR_";
	const char *allowed = "_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t len = sizeof(prefix) - 1;

	if (strncmp(value, prefix, len) || !value[len] ||
	    value[strspn(value, allowed)])
		return error("--to: '%s' is not the name of a DMA attribute (DMA_ATTR_...)",
			     value);
	opt->to = value;
	return 0;
}

static int add_output(struct options *opt, const char *value)
{
	outputs_add_path(&opt->outputs, value);
	return 0;
}

static int set_quiet(struct options *opt, const char *value)
{
	(void)opt;
	(void)value;
	diag_verbosity = -1;
	return 0;
}

static int set_verbose(struct options *opt, const char *value)
{
	(void)opt;
	(void)value;
	diag_verbosity = diag_verbosity < 1 ? 1 : diag_verbosity + 1;
	return 0;
}

static int set_terse(struct options *opt, const char *value)
{
	(void)value;
	return set_format(opt, "terse");
}

static int set_source(struct options *opt, const char *value)
{
	(void)value;
	opt->outputs.source = OUTPUT_ALWAYS;
	return 0;
}

static int set_no_source(struct options *opt, const char *value)
{
	(void)value;
	opt->outputs.source = OUTPUT_NEVER;
	return 0;
}

#define TREE OPTIONS_TREE
#define FINDINGS OPTIONS_FINDINGS
#define MESSAGES OPTIONS_MESSAGES
#define REPORT OPTIONS_REPORT
#define FIX OPTIONS_FIX
#define PATCH OPTIONS_PATCH
#define HOOK OPTIONS_HOOK
#define BASELINE OPTIONS_BASELINE
#define CACHE OPTIONS_CACHE
#define CHECK OPTIONS_CHECK
#define READ OPTIONS_READ

enum how { HOW_WORD, HOW_FLAG, HOW_LIST, HOW_SET };
#define WORD(member) HOW_WORD, offsetof(struct options, member), NULL
#define FLAG(member) HOW_FLAG, offsetof(struct options, member), NULL
#define LIST(member) HOW_LIST, offsetof(struct options, member), NULL
#define SET(function) HOW_SET, 0, function

/* All options. */
static const struct {
	char letter;		/* 0: it has no short form */
	unsigned int group;	/* 0: all commands */
	enum how how;		/* it sets a string, a flag, a list, or calls `set` */
	size_t offset;		/* in struct options */
	int (*set)(struct options *opt, const char *value);
	const char *name, *argument, *help;
} table[] = {
	{ 'C', TREE | HOOK, WORD(request.tree), "tree", "DIR",
	  "kernel source tree (default: the current folder)" },
	{ 'O', TREE, WORD(request.objtree), "objtree", "DIR",
	  "output tree in which the kernel was built" },
	{ 'M', TREE, WORD(request.module), "module", "DIR",
	  "check only the module in that folder (make M=)" },
	{ 0, TREE, WORD(request.module_objtree), "mo", "DIR",
	  "output folder of that module (make MO=)" },
	{ 0, TREE, SET(add_make_variable), "make", "VAR=VALUE",
	  "give make this variable for that module's Makefile" },
	{ 0, TREE, WORD(request.arch), "arch", "ARCH",
	  "kernel ARCH, if dmacheck makes the output tree\n(default: this machine's)" },
	{ 0, TREE, FLAG(request.no_make), "no-make", NULL,
	  "never run make; use compile commands that are there" },
	{ 0, FINDINGS, SET(add_rules), "rule", "ID[,ID]",
	  "check only these rules; -ID: all but that one" },
	{ 0, FINDINGS, LIST(request.excludes), "exclude", "PATH",
	  "report nothing at or below that path" },
	{ 0, FINDINGS | OPTIONS_LEVEL, SET(set_level), "level", "LEVEL",
	  "lowest level to report: error, warning or note\n(default: warning)" },
	{ 0, FINDINGS, SET(set_engines), "engine", "ENGINE[,...]",
	  "clang, sparse: what to read the code with\n(default: both)" },
	{ 0, REPORT, SET(set_format), "format", "FORMAT",
	  NULL /* report_format_names() */ },
	{ 0, CHECK, FLAG(list_files), "list-files", NULL,
	  "only print which files would be read, and why" },
	{ 0, CHECK, FLAG(summary), "summary", NULL,
	  "end with a table of rules and subsystems" },
	{ 0, CHECK, FLAG(stats), "stats", NULL,
	  "end with a table of how user memory is mapped" },
	{ 0, CHECK, FLAG(fixes), "fixes", NULL,
	  "show the fix of each finding as a diff (json, sarif, html)" },
	{ 'o', REPORT, SET(add_output), "output", "FILE",
	  "write the findings to FILE (default: stdout);\nmore than one --format X -o FILE writes each" },
	{ 'o', FIX, SET(add_output), "output", "FILE",
	  "write the patch to FILE (default: stdout)" },
	{ 0, REPORT, SET(set_source_url), "source-url", "URL",
	  "with --format html, link places to this web tree;\n{file} and {line} in URL are replaced" },
	{ 0, REPORT, SET(set_colour), "color", "WHEN",
	  "colour text: auto, always or never" },
	{ 0, REPORT, SET(set_source), "source", NULL,
	  "show source lines in text (default: on a terminal)" },
	{ 0, REPORT, SET(set_no_source), "no-source", NULL,
	  "one line for each place in text (default: elsewhere)" },
	{ 0, REPORT, FLAG(explain), "explain", NULL,
	  "explain each rule below its findings in text" },
	{ 0, OPTIONS_LOG, WORD(dmesg), "dmesg", "LOG",
	  "explain the DMA API's warnings in this kernel log" },
	{ 0, REPORT, FLAG(strict_coverage), "strict-coverage", NULL,
	  "fail (exit status 2) if a relevant file or call was not read" },
	{ 0, FIX, FLAG(apply), "apply", NULL,
	  "change the tree instead of printing a patch" },
	{ 0, FIX, WORD(series), "series", "DIR",
	  "write one patch per module to DIR, ready to be mailed" },
	{ 's', FIX, FLAG(sign_off), "signoff", NULL,
	  "sign off each patch of the series" },
	{ 0, FIX, FLAG(maintainers), "maintainers", NULL,
	  "write To: and Cc: into the series; this runs the\ntree's scripts/get_maintainer.pl" },
	{ 0, FIX, SET(set_to), "to", "NAME",
	  "new name for retired attributes (retired-attr-name;\ndefault: DMA_ATTR_DEBUGGING_IGNORE_CACHELINES)" },
	{ 0, PATCH, FLAG(staged), "staged", NULL,
	  "check what is staged in the tree's git repository" },
	{ 0, PATCH, WORD(git), "git", "REV",
	  "check that commit, or each commit of A..B" },
	{ 0, PATCH, FLAG(hook), "hook", NULL,
	  "exit status 3 if the configuration is wrong" },
	{ 0, PATCH, SET(set_terse), "terse", NULL, "print one line per finding" },
	{ 0, PATCH, FLAG(showfile), "showfile", NULL,
	  "accepted for checkpatch's sake; no effect" },
	{ 0, PATCH, FLAG(mailback), "mailback", NULL,
	  "print nothing if nothing is found" },
	{ 0, HOOK, FLAG(shared), "shared", NULL,
	  "also if other repositories use the same hooks folder" },
	{ 0, BASELINE, WORD(baseline), "baseline", "FILE",
	  "report only findings that this earlier JSON report lacks" },
	{ 0, BASELINE, FLAG(update_baseline), "update-baseline", NULL,
	  "write what is found now to the baseline FILE" },
	{ 0, FINDINGS, LIST(request.policies), "policy", "FILE",
	  "add to the built-in policy.conf" },
	{ 0, FINDINGS, LIST(request.apis), "api", "FILE",
	  "add to the built-in kernel-api.conf" },
	{ 0, FINDINGS, FLAG(request.no_config), "no-config", NULL,
	  "read neither " TREE_CONF " at the top of the tree nor\nwhat `git config` says" },
	{ 'j', TREE, SET(set_jobs), "jobs", "N", "run N processes (default: one per CPU)" },
	{ 0, TREE, SET(set_memory), "memory", "SIZE",
	  "memory that reading a file may take: 800M, 2G, 0 for any\n(default: three quarters of what there is, for all jobs)" },
	{ 0, TREE | CACHE, WORD(request.cache), "cache", "DIR",
	  "cache folder (default: ~/.cache/dmacheck)" },
	{ 0, READ, SET(set_part), "part", "K/N",
	  "read only part K of N, which do not overlap" },
	{ 0, READ, WORD(export), "export", "FILE",
	  "write what is read to FILE, for `dmacheck cache import'" },
	{ 0, CACHE, FLAG(prune), "prune", NULL,
	  "drop what was not used for 30 days, and more than 2 GB" },
	{ 0, TREE, FLAG(request.no_cache), "no-cache", NULL,
	  "neither use nor fill the cache" },
	{ 'q', MESSAGES, SET(set_quiet), "quiet", NULL, "print only errors, warnings and findings" },
	{ 'v', MESSAGES, SET(set_verbose), "verbose", NULL, "print more" },
	{ 0, TREE, SET(set_progress), "progress", "WHEN",
	  "show progress: auto (a bar on a terminal, else a line\nevery ten seconds), always (a bar) or never" },
	{ 'h', 0, SET(NULL), "help", NULL, "print this help" },
};

static bool taken(size_t i, const struct subcommand *command)
{
	return !table[i].group || (table[i].group & command->groups);
}

static void print_one(FILE *out, size_t i)
{
	char *formats = xstrfmt("%s (default: text)", report_format_names());
	const char *help = table[i].help ? table[i].help : formats;
	char left[40] = "    ";
	int len = 4;
	const char *newline;

	if (table[i].letter)
		snprintf(left, sizeof(left), "-%c, ", table[i].letter);
	len += snprintf(left + 4, sizeof(left) - 4, "--%s%s%s", table[i].name,
			table[i].argument ? " " : "",
			table[i].argument ? table[i].argument : "");
	fprintf(out, len > 21 ? "  %s\n%24s" : "  %-22s", left, "");
	while ((newline = strchr(help, '\n'))) {
		fprintf(out, "%.*s\n%24s", (int)(newline - help), help, "");
		help = newline + 1;
	}
	fprintf(out, "%s\n", help);
	free(formats);
}

void options_print(FILE *out, const struct subcommand *command)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (taken(i, command))
			print_one(out, i);
}

static int apply(struct options *opt, size_t i, const char *value)
{
	void *member = (char *)opt + table[i].offset;

	switch (table[i].how) {
	case HOW_WORD:
		*(const char **)member = value;
		return 0;
	case HOW_FLAG:
		*(bool *)member = true;
		return 0;
	case HOW_LIST:
		strvec_push(member, value);
		return 0;
	case HOW_SET:
		return table[i].set(opt, value);
	}
	BUG("option %s is set in way %d", table[i].name, (int)table[i].how);
}

static void set_defaults(struct options *opt)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	*opt = (struct options){
		.request = CHECK_REQUEST_INIT,
		.level = LEVEL_WARNING,
		.outputs = OUTPUTS_INIT,
		.settings = STRVEC_INIT,
		.arguments = STRVEC_INIT,
	};
	if (cpus > 0)
		opt->request.jobs = (unsigned int)cpus;
}

/* What getopt_long(3) returns for number 0 of the table, without a letter. */
#define FIRST_LONG 256

/* The tables of getopt_long(3) for the options of `command`. */
struct getopt_tables {
	char letters[2 + 2 * ARRAY_SIZE(table)];
	struct option names[ARRAY_SIZE(table) + 1];
};

static void fill(struct getopt_tables *g, const struct subcommand *command)
{
	size_t i, nr = 0, len = 0;

	memset(g, 0, sizeof(*g));
	g->letters[len++] = ':';
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		if (!taken(i, command))
			continue;
		g->names[nr++] = (struct option){
			.name = table[i].name,
			.has_arg = table[i].argument ? required_argument :
				no_argument,
			.val = table[i].letter ? table[i].letter :
				FIRST_LONG + (int)i,
		};
		if (!table[i].letter)
			continue;
		g->letters[len++] = table[i].letter;
		if (table[i].argument)
			g->letters[len++] = ':';
	}
}

/* The option for which getopt_long() returns `key`, or -1. */
static int find_key(const struct subcommand *command, int key)
{
	size_t i;

	if (key >= FIRST_LONG)
		return key - FIRST_LONG;
	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (key && table[i].letter == key && taken(i, command))
			return (int)i;
	return -1;
}

/* Explain the error of getopt_long(), which stopped reading at `typed`. */
static int bad_option(const struct subcommand *command, int key,
		      const char *typed)
{
	const char *names[ARRAY_SIZE(table)], *near;
	size_t i, nr = 0;
	int known = find_key(command, optopt);

	if (known >= 0)
		return error("--%s %s", table[known].name,
			     key == ':' ? "needs an argument" :
			     "takes no argument");
	if (optopt)
		return error("`dmacheck %s` has no option '-%c'",
			     command->name, optopt);
	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (taken(i, command))
			names[nr++] = table[i].name;
	near = nearest(typed + strspn(typed, "-"), names, nr);
	return error("`dmacheck %s` has no option '%s'%s%s%s", command->name,
		     typed, near ? "; did you mean --" : "", near ? near : "",
		     near ? "?" : "");
}

static int check_arguments(const struct options *opt,
			   const struct subcommand *command)
{
	if (opt->request.rules && !opt->request.nr_rules)
		return error("--rule leaves no rule to check");
	if (opt->arguments.nr < command->min_arguments)
		return error("`dmacheck %s` needs %s", command->name,
			     command->arguments);
	if (opt->arguments.nr > command->max_arguments)
		return error("`dmacheck %s` does not know what to do with '%s'",
			     command->name,
			     opt->arguments.v[command->max_arguments]);
	return 0;
}

enum options_result options_parse(struct options *opt,
				  const struct subcommand *command,
				  int argc, char **argv)
{
	struct getopt_tables g;
	int key;

	set_defaults(opt);
	fill(&g, command);
	opterr = 0;
	optind = 0;
	while ((key = getopt_long(argc, argv, g.letters, g.names,
				  NULL)) != -1) {
		if (key == 'h')
			return OPTIONS_HELP;
		if (key == '?' || key == ':') {
			bad_option(command, key, argv[optind - 1]);
			return OPTIONS_WRONG;
		}
		if (apply(opt, (size_t)find_key(command, key), optarg))
			return OPTIONS_WRONG;
	}
	outputs_finish(&opt->outputs);
	while (optind < argc)
		strvec_push(&opt->arguments, argv[optind++]);
	opt->request.paths = strvec_list(&opt->arguments);
	opt->request.nr_paths = opt->arguments.nr;
	if (!opt->memory_given)
		opt->request.memory = memory_share(opt->request.jobs);
	if (check_arguments(opt, command))
		return OPTIONS_WRONG;
	return OPTIONS_RUN;
}

static bool is_given(const struct options *opt, size_t i)
{
	const void *member = (const char *)opt + table[i].offset;

	return (table[i].set == add_rules && opt->request.rules) ||
		(table[i].set == set_level && opt->level_given) ||
		(table[i].how == HOW_WORD && *(const char *const *)member);
}

int options_take(struct options *opt, const struct subcommand *command,
		 const char *name, const char *value)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (taken(i, command) && !strcmp(table[i].name, name))
			return is_given(opt, i) ? 0 : apply(opt, i, value);
	return 0;
}

size_t options_lead(const struct subcommand *command, char *const *words,
		    size_t nr)
{
	size_t i = 0, o;

	while (i < nr && words[i][0] == '-' && words[i][1]) {
		const char *name = words[i] + 2;
		size_t len = strcspn(name, "=");
		bool is_long = words[i][1] == '-';

		for (o = 0; o < ARRAY_SIZE(table); o++)
			if (taken(o, command) &&
			    (is_long ? strlen(table[o].name) == len &&
				       !memcmp(table[o].name, name, len) :
			     words[i][1] == table[o].letter))
				break;
		if (o == ARRAY_SIZE(table))
			break;
		i += 1 + (table[o].argument && !(is_long ? name[len] : *name));
	}
	return i < nr ? i : nr;
}

void options_release(struct options *opt)
{
	free(opt->request.rules);
	free(opt->own_baseline);
	outputs_release(&opt->outputs);
	strvec_release(&opt->request.policies);
	strvec_release(&opt->request.apis);
	strvec_release(&opt->request.excludes);
	strvec_release(&opt->request.make_variables);
	strvec_release(&opt->settings);
	strvec_release(&opt->arguments);
}
