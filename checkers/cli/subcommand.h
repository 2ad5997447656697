/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_SUBCOMMAND_H
#define CLI_SUBCOMMAND_H
#include "lib/compat.h"
/*
 * The commands of dmacheck: each is one file in cli/, which exports one of these,
 * and one line in the table in subcommand.c.
 */
struct options;

/* Which options a command takes, besides -h. */
enum option_group {
	OPTIONS_MESSAGES = 1,	/* -q, -v */
	OPTIONS_TREE = 2,	/* which tree, how to analyse it */
	OPTIONS_FINDINGS = 4,	/* which rules */
	OPTIONS_REPORT = 8,	/* how to write findings */
	OPTIONS_FIX = 16,	/* what to do with a fix */
	OPTIONS_PATCH = 32,	/* which change */
	OPTIONS_HOOK = 64,	/* git's hook */
	OPTIONS_BASELINE = 128,	/* known findings */
	OPTIONS_CACHE = 256,	/* the cache folder */
	OPTIONS_CHECK = 512,	/* what a check shows besides findings */
	OPTIONS_READ = 1024,	/* which part is read, and for whom */
	OPTIONS_LEVEL = 2048,	/* the lowest level to report */
	OPTIONS_LOG = 4096,	/* a kernel log */
};

struct subcommand {
	const char *name;	/* "check" */
	const char *arguments;	/* "[PATH...]" */
	size_t min_arguments, max_arguments;
	const char *summary;	/* one line, no full stop */
	unsigned int groups;	/* of enum option_group */
	int (*run)(const struct options *opt);	/* an enum exit_status */
	/*
	 * Called instead of `run` if another program writes the command line:
	 * argv[0] is the command's name. Or NULL.
	 */
	int (*run_words)(const struct subcommand *self, int argc, char **argv);
};

extern const struct subcommand cache_command, check_command, explain_command,
	fix_command, hook_command, kbuild_command, merge_command, patch_command,
	read_command, rules_command;

/*
 * Read the options of `command`, with argv[0] its name, and run it, or print its
 * help. Returns dmacheck's exit status.
 */
int subcommand_run(const struct subcommand *command, int argc, char **argv);

/*
 * Run the command that argv names, or print help or an error. Returns dmacheck's
 * exit status.
 */
int subcommand_main(const struct subcommand *const *commands, size_t nr,
		    int argc, char **argv);

#endif
