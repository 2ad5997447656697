/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H
#include "lib/compat.h"
#include "analysis/request.h"
#include "analysis/share.h"
#include "cli/outputs.h"
#include "cli/subcommand.h"
#include "findings/finding.h"
#include "lib/diag.h"

struct rule;

/* The parsed command line. */
struct options {
	struct check_request request;	/* the tree, the rules, ... */
	enum level level;		/* --level; LEVEL_WARNING */
	bool level_given;
	bool memory_given;
	struct outputs outputs;		/* --format, -o */
	const char *source_url;		/* --source-url; NULL: not given */
	bool apply;			/* --apply: write into the tree */
	const char *series;		/* --series; NULL: one patch */
	bool sign_off;			/* -s */
	bool maintainers;		/* --maintainers */
	const char *to;			/* --to; NULL: not given */
	bool hook;			/* --hook */
	bool staged;			/* --staged */
	const char *git;		/* --git; NULL: not given */
	bool mailback;			/* --mailback */
	bool showfile;			/* --showfile: taken, as it is so */
	bool strict_coverage;		/* --strict-coverage */
	bool shared;			/* --shared: change hooks of other repositories */
	const char *baseline;		/* --baseline; NULL: not given */
	char *own_baseline;		/* the same, from the tree's conf */
	bool update_baseline;
	bool fixes;			/* --fixes */
	bool explain;			/* --explain */
	bool list_files, summary, stats;	/* --list-files, --summary, --stats */
	const char *dmesg;		/* --dmesg; NULL: not given */
	bool prune;			/* --prune: of the cache */
	struct share share;		/* --part; parts 0: not given */
	const char *export;		/* --export; NULL: not given */
	struct strvec settings;		/* strings of git's configuration */
	struct strvec arguments;	/* other words: PATHs, a RULE */
};

enum options_result {
	OPTIONS_RUN,		/* go on */
	OPTIONS_HELP,		/* --help was asked for */
	OPTIONS_WRONG,		/* after an error() */
};

/*
 * Read the arguments of `command`; argv[0] is its name. Release `opt` in any case.
 * Sets diag_verbosity.
 */
enum options_result options_parse(struct options *opt,
				  const struct subcommand *command,
				  int argc, char **argv);

/*
 * Take options that were not given from .dmacheck.conf. 0, or -1 after an error().
 */
int options_take_conf(struct options *opt, const struct subcommand *command);

/*
 * Take an option from elsewhere than the command line, by its long name, if
 * `command` has it and it was not given there. `value` must outlive `opt`. 0,
 * or -1 after an error().
 */
int options_take(struct options *opt, const struct subcommand *command,
		 const char *name, const char *value);

/*
 * The number of words at the start that are options of `command` and their values.
 */
size_t options_lead(const struct subcommand *command, char *const *words,
		    size_t nr);

/* Print the options of `command`, a line each. */
void options_print(FILE *out, const struct subcommand *command);

/* An error() that suggests the rule with the nearest id. Returns -1. */
int options_no_such_rule(const char *where, const char *id);

/* The exit status where the options, or what stands for them, are wrong. */
static inline int options_misconfigured(const struct options *opt)
{
	return opt->hook ? EXIT_MISCONFIGURED : EXIT_FAILED;
}

void options_release(struct options *opt);

#endif
