// SPDX-License-Identifier: GPL-2.0-only
/* `dmacheck check`: analyses a tree and writes the report. */
#include <sys/stat.h>

#include "analysis/analysis.h"
#include "analysis/apply-rules.h"
#include "analysis/list-files.h"
#include "analysis/solve.h"
#include "cli/fixes.h"
#include "cli/options.h"
#include "cli/subcommand.h"
#include "lib/diag.h"
#include "lib/alloc.h"
#include "report/baseline.h"
#include "report/report.h"
#include "report/source.h"
#include "report/tables.h"
#include "rules/rule.h"

static void compare_baseline(struct baseline *baseline,
			     const struct report *report,
			     const struct analysis *run)
{
	const char **ids = xcalloc(run->nr_rules + 1, sizeof(*ids));
	struct baseline_scope scope = {
		.rules = ids,
		.paths = strvec_list(&run->paths),
		.nr_paths = run->paths.nr,
	};
	size_t i;

	for (i = 0; i < run->nr_rules; i++)
		if (analysis_reports(run, run->rules[i]))
			ids[scope.nr_rules++] = run->rules[i]->id;
	baseline_compare(baseline, report, &scope);
	free(ids);
}

/* The tables that were asked for. */
static void print_tables(const struct options *opt, struct analysis *run,
			 const struct report *report)
{
	if (opt->summary)
		table_of_findings(report);
	if (!opt->stats)
		return;
	if (!any_rule_needs(run, NEEDS_FLOW) || run->flow_is_lost) {
		note("--stats: user memory was not followed");
		return;
	}
	solve_flow(run);
	table_of_mappings(report, run->result.flow, strvec_list(&run->paths),
			  run->paths.nr);
}

static int write_report(const struct options *opt, struct analysis *run,
			struct baseline *baseline)
{
	const struct report report = {
		.tree = &run->tree,
		.findings = &run->result.findings,
		.coverage = &run->result.coverage,
		.level = opt->level,
		.strict = opt->strict_coverage,
		.explain = opt->explain,
		.suppressed = &run->result.suppressed,
		.left_out = &run->result.left_out,
		.baseline = baseline,
		.source_url = opt->source_url,
	};

	if (opt->fixes && (outputs_need(&opt->outputs) & FORMAT_FIX) &&
	    fixes_find(&run->result.findings, run, opt->level,
		       &run->result.coverage))
		return EXIT_FAILED;
	if (outputs_need(&opt->outputs) & FORMAT_SOURCE)
		source_lines_read(&run->result.findings, &run->tree, opt->level);
	if (baseline)
		compare_baseline(baseline, &report, run);
	if (outputs_write(&opt->outputs, &report, OUTPUTS_ALL))
		return EXIT_FAILED;
	report_summary(&report);
	print_tables(opt, run, &report);
	if (opt->update_baseline && baseline_update(baseline, &report))
		return EXIT_FAILED;
	return report_status(&report);
}

static int check_options(const struct options *opt)
{
	struct stat st;

	if (outputs_check(&opt->outputs))
		return -1;
	if (opt->fixes && !(outputs_need(&opt->outputs) & FORMAT_FIX))
		return error("--fixes goes with a --format that shows them: json, sarif or html");
	if (!opt->baseline)
		return opt->update_baseline ?
			error("--update-baseline goes with --baseline FILE") :
			0;
	if (outputs_have(&opt->outputs, opt->baseline))
		return error("-o %s would put what is new in place of the baseline; --update-baseline writes all to it",
			     opt->baseline);
	if (!opt->update_baseline)
		return 0;
	if (!stat(opt->baseline, &st) && !S_ISREG(st.st_mode) &&
	    !S_ISDIR(st.st_mode))
		return error("--update-baseline: %s is not a file that can be replaced",
			     opt->baseline);
	return report_writable(opt->baseline);
}

static int print_file_list(struct analysis *run,
		       const struct check_request *request)
{
	return analysis_open(run, request) || list_files(run, stdout) ?
		EXIT_FAILED : EXIT_CLEAN;
}

static int cmd_check(const struct options *opt)
{
	struct analysis run = ANALYSIS_INIT;
	struct check_request request = opt->request;
	struct baseline *baseline = NULL;
	int status = EXIT_FAILED;

	if (check_options(opt))
		return EXIT_FAILED;
	if (opt->baseline) {
		baseline = baseline_read(opt->baseline, opt->update_baseline);
		if (!baseline)
			return EXIT_FAILED;
	}
	request.ask_flow = opt->stats;
	if (opt->list_files)
		status = print_file_list(&run, &request);
	else if (!analysis_run(&run, &request))
		status = write_report(opt, &run, baseline);
	analysis_release(&run);
	baseline_free(baseline);
	return status;
}

const struct subcommand check_command = {
	.name = "check",
	.arguments = "[PATH...]",
	.max_arguments = SIZE_MAX,
	.summary = "Find misuse of DMA attributes in a kernel tree or below PATHs",
	.groups = OPTIONS_MESSAGES | OPTIONS_TREE | OPTIONS_FINDINGS |
		  OPTIONS_REPORT | OPTIONS_BASELINE | OPTIONS_CHECK,
	.run = cmd_check,
};
