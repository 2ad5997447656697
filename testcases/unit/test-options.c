// SPDX-License-Identifier: GPL-2.0-only
#include "cli/options.h"

#include "capture.h"
#include "lib/diag.h"
#include "lib/nearest.h"
#include "report/report.h"
#include "rules/rule.h"

#define MAX_VALUES 32

/* Split `line` at blanks and parse it for `dmacheck check`. */
static enum options_result parse(struct options *opt, const char *line)
{
	static char copy[400];
	char *argv[MAX_VALUES + 1], *p = copy;
	int argc = 0;

	snprintf(copy, sizeof(copy), "%s", line);
	while ((argv[argc] = strsep(&p, " ")) && argc < MAX_VALUES)
		argc++;
	argv[argc] = NULL;
	diag_verbosity = 0;
	return options_parse(opt, &check_command, argc, argv);
}

static void the_defaults_are_those_of_the_help(void **state)
{
	struct options opt;

	(void)state;
	assert_int_equal(parse(&opt, "check"), OPTIONS_RUN);
	assert_string_equal(opt.request.tree, ".");
	assert_null(opt.request.objtree);
	assert_null(outputs_path(&opt.outputs));
	assert_null(opt.request.cache);
	assert_int_equal(opt.level, LEVEL_WARNING);
	assert_int_equal(opt.outputs.nr, 1);
	assert_ptr_equal(opt.outputs.list[0].format,
			 report_format_find("text"));
	assert_true(opt.request.jobs >= 1);
	assert_int_equal(opt.arguments.nr, 0);
	assert_int_equal(opt.request.nr_rules, 0);
	assert_int_equal(opt.request.progress, PROGRESS_AUTO);
	assert_int_equal(diag_verbosity, 0);
	options_release(&opt);
}

static void each_option_is_read(void **state)
{
	struct options opt;

	(void)state;
	assert_int_equal(parse(&opt,
		"check -C /t -O=o drivers/a.c --arch=arm64 --level note -j3 "
		"--format json -o - --policy p1 --policy=p2 --api a b"),
		OPTIONS_RUN);
	assert_string_equal(opt.request.tree, "/t");
	assert_string_equal(opt.request.objtree, "=o");
	assert_string_equal(opt.request.arch, "arm64");
	assert_int_equal(opt.level, LEVEL_NOTE);
	assert_int_equal(opt.request.jobs, 3);
	assert_int_equal(opt.outputs.nr, 1);
	assert_ptr_equal(opt.outputs.list[0].format,
			 report_format_find("json"));
	assert_null(outputs_path(&opt.outputs));
	assert_int_equal(opt.request.policies.nr, 2);
	assert_string_equal(opt.request.policies.v[1], "p2");
	assert_int_equal(opt.request.apis.nr, 1);
	assert_int_equal(opt.arguments.nr, 2);
	assert_string_equal(opt.arguments.v[0], "drivers/a.c");
	assert_string_equal(opt.arguments.v[1], "b");
	options_release(&opt);

	assert_int_equal(parse(&opt,
		"check -vv --no-cache --cache c -o f --progress never "
		"--rule missing-require-coherent -- -x"), OPTIONS_RUN);
	assert_int_equal(diag_verbosity, 2);
	assert_true(opt.request.no_cache);
	assert_string_equal(opt.request.cache, "c");
	assert_string_equal(outputs_path(&opt.outputs), "f");
	assert_int_equal(opt.request.progress, PROGRESS_NEVER);
	assert_int_equal(opt.request.nr_rules, 1);
	assert_string_equal(opt.arguments.v[0], "-x");
	options_release(&opt);

	assert_int_equal(parse(&opt, "check -q --help"), OPTIONS_HELP);
	assert_int_equal(diag_verbosity, -1);
	options_release(&opt);
}

static void a_format_and_a_file_make_a_pair(void **state)
{
	struct options opt;
	const struct output *o;

	(void)state;
	assert_int_equal(parse(&opt, "check --format text --format json -o a "
			       "-o b --format b4 -o c"), OPTIONS_RUN);
	assert_int_equal(opt.outputs.nr, 4);
	o = opt.outputs.list;
	assert_ptr_equal(o[0].format, report_format_find("text"));
	assert_null(o[0].path);
	assert_ptr_equal(o[1].format, report_format_find("json"));
	assert_string_equal(o[1].path, "a");
	assert_ptr_equal(o[2].format, report_format_find("b4"));
	assert_string_equal(o[2].path, "b");
	assert_ptr_equal(o[3].format, report_format_find("text"));
	assert_string_equal(o[3].path, "c");
	options_release(&opt);
}

static void says(const char *line, const char *expected)
{
	struct capture c = capture_begin(STDERR_FILENO);
	struct options opt;
	enum options_result result = parse(&opt, line);
	char *said = capture_end(&c);

	assert_string_equal(said, expected);
	assert_int_equal(result, OPTIONS_WRONG);
	options_release(&opt);
	free(said);
}

static void wrong_usage_is_said(void **state)
{
	(void)state;
	says("check --qiet",
	     "dmacheck: error: `dmacheck check` has no option '--qiet'; did you mean --quiet?\n");
	says("check --zzzzzz",
	     "dmacheck: error: `dmacheck check` has no option '--zzzzzz'\n");
	says("check --quiet -vx",
	     "dmacheck: error: `dmacheck check` has no option '-x'\n");
	says("check --quiet=1",
	     "dmacheck: error: --quiet takes no argument\n");
	says("check x -C", "dmacheck: error: --tree needs an argument\n");
	says("check --rule", "dmacheck: error: --rule needs an argument\n");
	says("check -j x",
	     "dmacheck: error: --jobs: 'x' is not a number from 1 to 4096\n");
	says("check -j 0",
	     "dmacheck: error: --jobs: '0' is not a number from 1 to 4096\n");
	says("check --level fatal",
	     "dmacheck: error: --level: 'fatal' is not error, warning or note\n");
	says("check --format xml",
	     "dmacheck: error: --format: there is no format 'xml'; the formats are b4, html, json, sarif, terse, text\n");
	says("check --progress maybe",
	     "dmacheck: error: --progress: 'maybe' is not auto, always or never\n");
}

static void an_unknown_rule_is_said_with_the_list(void **state)
{
	struct capture c = capture_begin(STDERR_FILENO);
	struct options opt;
	char *said;

	(void)state;
	assert_int_equal(parse(&opt, "check --rule missing-require-coherent,x"),
			 OPTIONS_WRONG);
	said = capture_end(&c);
	assert_non_null(strstr(said,
		"--rule: there is no rule 'x'; `dmacheck rules` lists them"));
	options_release(&opt);
	free(said);
}

static void the_nearest_name_is_found(void **state)
{
	const char *const names[] = { "check", "rules", "explain" };

	(void)state;
	assert_string_equal(nearest("chekc", names, 3), "check");
	assert_string_equal(nearest("rule", names, 3), "rules");
	assert_string_equal(nearest("xplain", names, 3), "explain");
	assert_string_equal(nearest("plai", names, 3), "explain");
	assert_null(nearest("", names, 3));
	assert_null(nearest("fix", names, 3));
	assert_null(nearest("x", names, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_defaults_are_those_of_the_help),
		cmocka_unit_test(each_option_is_read),
		cmocka_unit_test(a_format_and_a_file_make_a_pair),
		cmocka_unit_test(wrong_usage_is_said),
		cmocka_unit_test(an_unknown_rule_is_said_with_the_list),
		cmocka_unit_test(the_nearest_name_is_found),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	return capture_done(failed);
}
