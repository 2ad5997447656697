// SPDX-License-Identifier: GPL-2.0-only
/* `dmacheck read`: reads a part of what a check needs, for other machines. */
#include "analysis/hand-over.h"
#include "analysis/share.h"
#include "cli/options.h"
#include "cli/subcommand.h"
#include "lib/diag.h"

static int read_part(const struct options *opt)
{
	static const struct share all = { 1, 1 };
	const struct share *share = opt->share.parts ? &opt->share : &all;
	struct reading_state state;

	if (opt->request.no_cache)
		return error("`dmacheck read` fills the cache, which --no-cache forbids"),
			EXIT_FAILED;
	if (hand_over(&opt->request, share, opt->export, &state))
		return EXIT_FAILED;
	if (state.complete)
		note("all is read that a check needs");
	else
		note("part %u of %u is read; %zu files of other parts are not",
		     share->part, share->parts, state.nr_left);
	return state.complete ? EXIT_CLEAN : EXIT_FINDINGS;
}

const struct subcommand read_command = {
	.name = "read",
	.arguments = "[PATH...]",
	.max_arguments = SIZE_MAX,
	.summary = "Read what a check needs, or a part of it, and report nothing",
	.groups = OPTIONS_MESSAGES | OPTIONS_TREE | OPTIONS_FINDINGS |
		  OPTIONS_READ,
	.run = read_part,
};
