// SPDX-License-Identifier: GPL-2.0-only
/* The table of commands, and main(). */
#include "cli/subcommand.h"

static const struct subcommand *const commands[] = {
	&check_command,
	&fix_command,
	&patch_command,
	&hook_command,
	&kbuild_command,
	&read_command,
	&merge_command,
	&rules_command,
	&explain_command,
	&cache_command,
};

int main(int argc, char **argv)
{
	return subcommand_main(commands, ARRAY_SIZE(commands), argc, argv);
}
