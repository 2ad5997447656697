// SPDX-License-Identifier: GPL-2.0-only
/* Runs the command that the command line names, or prints help. */
#include "cli/subcommand.h"

#include "cli/git-config.h"
#include "cli/options.h"
#include "cli/version.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/nearest.h"

static const struct subcommand *find_subcommand(const struct subcommand *const *commands,
						size_t nr, const char *name)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

static int unknown(const struct subcommand *const *commands, size_t nr,
		   const char *name)
{
	const char **names = xcalloc(nr, sizeof(*names));
	const char *near;
	size_t i;

	for (i = 0; i < nr; i++)
		names[i] = commands[i]->name;
	near = nearest(name, names, nr);
	free(names);
	if (near)
		error("there is no command '%s'; did you mean `dmacheck %s`?",
		      name, near);
	else
		error("there is no command '%s'; `dmacheck help` lists them",
		      name);
	return EXIT_FAILED;
}

static void usage(FILE *out, const struct subcommand *const *commands,
		  size_t nr)
{
	size_t i;

	fputs("dmacheck finds misuse of DMA attributes in the Linux kernel.\n"
	      "\nusage: dmacheck COMMAND [options] [arguments]\n\n", out);
	for (i = 0; i < nr; i++) {
		const struct subcommand *c = commands[i];

		fprintf(out, "  %-8s%-10s  %s\n", c->name, c->arguments,
			c->summary);
	}
	fputs("  help    [COMMAND]   the options of a command\n"
	      "\nExit status: 0 nothing found at level warning or above, "
	      "1 something found\n(fix: something is left), 2 the job could not be done.\n"
	      "\n`man dmacheck` says more.\n", out);
}

static void usage_of(FILE *out, const struct subcommand *command)
{
	fprintf(out, "usage: dmacheck %s [options]%s%s\n\n%s.\n\n",
		command->name, *command->arguments ? " " : "",
		command->arguments, command->summary);
	options_print(out, command);
}

static int help(const struct subcommand *const *commands, size_t nr,
		const char *about)
{
	const struct subcommand *command;

	if (!about) {
		usage(stdout, commands, nr);
		return EXIT_CLEAN;
	}
	command = find_subcommand(commands, nr, about);
	if (!command)
		return unknown(commands, nr, about);
	usage_of(stdout, command);
	return EXIT_CLEAN;
}

int subcommand_run(const struct subcommand *command, int argc, char **argv)
{
	struct options opt;
	int status = EXIT_FAILED;

	switch (options_parse(&opt, command, argc, argv)) {
	case OPTIONS_RUN:
		if (git_config_take(&opt, command) ||
		    options_take_conf(&opt, command))
			status = options_misconfigured(&opt);
		else
			status = command->run(&opt);
		break;
	case OPTIONS_HELP:
		usage_of(stdout, command);
		status = EXIT_CLEAN;
		break;
	case OPTIONS_WRONG:
		note("`dmacheck help %s` shows how it is used", command->name);
		status = options_misconfigured(&opt);
		break;
	}
	options_release(&opt);
	return status;
}

static int dispatch(const struct subcommand *const *commands, size_t nr,
		    int argc, char **argv)
{
	const struct subcommand *command;

	if (argc < 2) {
		usage(stderr, commands, nr);
		return EXIT_FAILED;
	}
	if (!strcmp(argv[1], "--version")) {
		version_print(stdout);
		return EXIT_CLEAN;
	}
	if (!strcmp(argv[1], "help") || !strcmp(argv[1], "--help") ||
	    !strcmp(argv[1], "-h"))
		return help(commands, nr, argv[2]);
	if (argv[1][0] == '-') {
		error("'%s' stands before a command; that comes first, as in `dmacheck check %s`",
		      argv[1], argv[1]);
		return EXIT_FAILED;
	}
	command = find_subcommand(commands, nr, argv[1]);
	if (!command)
		return unknown(commands, nr, argv[1]);
	if (command->run_words)
		return command->run_words(command, argc - 1, argv + 1);
	return subcommand_run(command, argc - 1, argv + 1);
}

int subcommand_main(const struct subcommand *const *commands, size_t nr,
		    int argc, char **argv)
{
	int status = dispatch(commands, nr, argc, argv);

	if (status != EXIT_FAILED && (fflush(stdout) || ferror(stdout))) {
		error_errno("cannot write stdout");
		return EXIT_FAILED;
	}
	return status;
}
