/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_GIT_CONFIG_H
#define CLI_GIT_CONFIG_H
#include "lib/compat.h"
#include "cli/options.h"
/*
 * What `git config dmacheck.*` says in the repository of the tree, or of the
 * module, in the place of options that were not given:
 *
 *	dmacheck.rules		as --rule
 *	dmacheck.level		as --level
 *	dmacheck.policy		as --policy; several count
 *	dmacheck.api		as --api; several count
 *	dmacheck.objtree	as --objtree
 *	dmacheck.arch		as --arch
 *	dmacheck.strict		true: as --strict-coverage
 *	dmacheck.options	of the hook alone (tools/pre-commit)
 *
 * FILE and DIR are seen from the top of the repository, "~/" is $HOME.
 */

/*
 * Take them into `opt`, for commands that have such options. 0, or -1 after an
 * error() that says which setting is wrong and how to mend it. Where there is
 * no git, or no repository, there is nothing to take.
 */
int git_config_take(struct options *opt, const struct subcommand *command);

#endif
