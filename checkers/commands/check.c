// SPDX-License-Identifier: GPL-2.0-only
#include "commands/examine.h"
#include "commands/options.h"
#include "commands/subcommand.h"
#include "lib/diag.h"

static int write_report(const struct examination *ex)
{
	const struct report report = {
		.tree = &ex->tree,
		.findings = &ex->findings,
		.coverage = &ex->coverage,
		.level = ex->opt->level,
		.suppressed = &ex->suppressed,
	};

	if (report_write(&report, ex->opt->format, ex->opt->output))
		return EXIT_FAILED;
	report_summary(&report);
	return report_count(&report) ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int run(const struct options *opt)
{
	struct examination ex = EXAMINATION_INIT;
	int status = EXIT_FAILED;

	if (!examine(&ex, opt))
		status = write_report(&ex);
	examination_release(&ex);
	return status;
}

const struct subcommand check_command = {
	.name = "check",
	.arguments = "[PATH...]",
	.max_arguments = SIZE_MAX,
	.summary = "Find misuse of DMA attributes in a kernel tree, or below PATHs",
	.groups = OPTIONS_MESSAGES | OPTIONS_TREE | OPTIONS_FINDINGS |
		  OPTIONS_REPORT,
	.run = run,
};
