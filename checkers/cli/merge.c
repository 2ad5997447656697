// SPDX-License-Identifier: GPL-2.0-only
/* `dmacheck merge`: makes one report of several. */
#include "cli/options.h"
#include "cli/subcommand.h"
#include "lib/diag.h"
#include "report/merge-reports.h"
#include "report/report.h"

static int write_merged(const struct options *opt, const struct merged *merged)
{
	const struct report report = {
		.tree = &merged->tree,
		.findings = &merged->findings,
		.coverage = &merged->coverage,
		.suppressed = &merged->suppressed,
		.left_out = &merged->left_out,
		.level = opt->level_given ? opt->level : LEVEL_NOTE,
		.strict = opt->strict_coverage,
		.explain = opt->explain,
		.source_url = opt->source_url,
	};

	if (outputs_write(&opt->outputs, &report, OUTPUTS_ALL))
		return EXIT_FAILED;
	report_summary(&report);
	return report_status(&report);
}

static int merge(const struct options *opt)
{
	struct merged merged = MERGED_INIT;
	int status = EXIT_FAILED;

	if (!outputs_check(&opt->outputs) &&
	    !merge_reports(&merged, strvec_list(&opt->arguments),
			   opt->arguments.nr))
		status = write_merged(opt, &merged);
	merged_release(&merged);
	return status;
}

const struct subcommand merge_command = {
	.name = "merge",
	.arguments = "REPORT...",
	.min_arguments = 1,
	.max_arguments = SIZE_MAX,
	.summary = "Make one report of several in JSON",
	.groups = OPTIONS_MESSAGES | OPTIONS_REPORT | OPTIONS_LEVEL,
	.run = merge,
};
