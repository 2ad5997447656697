// SPDX-License-Identifier: GPL-2.0-only
#include "report/report.h"

#include "capture.h"
#include "lib/diag.h"
#include "tree/tree.h"

#include <sys/stat.h>

static char version[] = "7.2.13", arch[] = "x86";
static const struct tree tree = { .version = version, .arch = arch };

static struct location at(const char *file, unsigned int line,
			  const char *function)
{
	return (struct location){ (char *)file, line, 6, (char *)function };
}

static void add(struct findings *findings, enum level level, const char *file,
		unsigned int line, const char *module)
{
	struct location loc = at(file, line, "get_pages");
	struct location pin = at(file, 3, "pin");
	struct finding *f;

	f = findings_add(findings, "a-rule", level, &loc, module,
			 "user memory is mapped");
	finding_step(f, &pin, "pages come from pin_user_pages()");
}

/* Two modules, two levels, out of order, and one line in two modules. */
static struct findings some_findings(unsigned int moved)
{
	struct findings findings = FINDINGS_INIT;

	add(&findings, LEVEL_NOTE, "drivers/b.c", 7 + moved, "b");
	add(&findings, LEVEL_WARNING, "drivers/a.c", 20 + moved, "y");
	add(&findings, LEVEL_ERROR, "drivers/a.c", 100 + moved, "x");
	add(&findings, LEVEL_ERROR, "drivers/a.c", 20 + moved, "x");
	add(&findings, LEVEL_WARNING, "drivers/a.c", 20 + moved, "x");
	findings_finish(&findings);
	return findings;
}

static struct coverage some_coverage(void)
{
	struct coverage coverage = COVERAGE_INIT;

	coverage.files_total = 36923;
	coverage.files_considered = 130;
	coverage.files_analysed = 127;
	coverage_miss(&coverage, GAP_UNREAD, "drivers/z.c", "no compile command");
	coverage_miss(&coverage, GAP_UNREAD, "drivers/b.c", "clang: x.h:3: not found");
	coverage_miss(&coverage, GAP_UNREAD, "drivers/c.c", "no compile command");
	coverage_miss(&coverage, GAP_UNREAD, "drivers/z.c", "no compile command");
	return coverage;
}

static struct report report_of(const struct findings *findings,
			       const struct coverage *coverage,
			       enum level level)
{
	return (struct report){
		.tree = &tree, .findings = findings, .coverage = coverage,
		.level = level,
	};
}

static void findings_are_ordered_and_joined(void **state)
{
	struct findings f = some_findings(0), moved = some_findings(5);
	size_t i;

	(void)state;
	assert_int_equal(f.nr, 3);
	assert_int_equal(f.list[0].loc.line, 20);
	assert_int_equal(f.list[0].level, LEVEL_ERROR);
	assert_string_equal(f.list[0].module, "x, y");
	assert_int_equal(f.list[1].loc.line, 100);
	assert_string_equal(f.list[2].loc.file, "drivers/b.c");

	/* A moved line changes nothing, and equal ones are told apart. */
	assert_int_equal(strlen(f.list[0].fingerprint), 16);
	assert_string_not_equal(f.list[0].fingerprint, f.list[1].fingerprint);
	for (i = 0; i < f.nr; i++)
		assert_string_equal(f.list[i].fingerprint,
				    moved.list[i].fingerprint);
	findings_release(&f);
	findings_release(&moved);
	findings_finish(&f);
	assert_int_equal(f.nr, 0);
}

static void coverage_is_ordered_and_said_once(void **state)
{
	struct coverage coverage = some_coverage();

	(void)state;
	assert_int_equal(coverage.nr_gaps, 3);
	assert_string_equal(coverage.gaps[0].file, "drivers/b.c");
	assert_string_equal(coverage.gaps[1].file, "drivers/c.c");
	assert_string_equal(coverage.gaps[2].file, "drivers/z.c");
	coverage_release(&coverage);
}

/* What the format writes, to stdout or into a file. */
static char *written(const struct report *report, const char *format)
{
	const struct report_format *f = report_format_find(format);
	const char *path = make_file("report", "an old one");
	char *text;

	assert_non_null(f);
	assert_int_equal(report_write(report, f, path), 0);
	text = slurp(path);
	free((char *)path);
	return text;
}

static void text_is_one_line_a_place(void **state)
{
	struct findings findings = some_findings(0);
	struct coverage coverage = some_coverage();
	struct report report = report_of(&findings, &coverage, LEVEL_WARNING);
	char *text = written(&report, "text");

	(void)state;
	assert_string_equal(text,
		"drivers/a.c:20:6: error: user memory is mapped [a-rule]\n"
		"drivers/a.c:3:6: note: pages come from pin_user_pages()\n"
		"drivers/a.c:100:6: error: user memory is mapped [a-rule]\n"
		"drivers/a.c:3:6: note: pages come from pin_user_pages()\n");
	assert_int_equal(report_count(&report), 2);
	free(text);
	report.level = LEVEL_NOTE;
	text = written(&report, "text");
	assert_non_null(strstr(text, "drivers/b.c:7:6: note: user memory"));
	assert_int_equal(report_count(&report), 2);
	free(text);
	findings_release(&findings);
	coverage_release(&coverage);
}

static void json_has_the_contracts_keys_in_order(void **state)
{
	struct location loc = at("a\xff.c", 1, NULL);
	struct findings findings = FINDINGS_INIT;
	struct coverage coverage = COVERAGE_INIT;
	struct report report = report_of(&findings, &coverage, LEVEL_NOTE);
	struct finding *f;
	char *text;

	(void)state;
	f = findings_add(&findings, "a-rule", LEVEL_NOTE, &loc, "x", "m \"q\"");
	loc.file = (char *)"b.c";
	loc.function = (char *)"f";
	finding_step(f, &loc, "s");
	findings_finish(&findings);
	free(findings.list[0].fingerprint);
	findings.list[0].fingerprint = strdup("0123");
	coverage.files_total = 2;
	coverage.files_considered = 1;
	coverage_miss(&coverage, GAP_UNREAD, "c.c", "unreadable");
	text = written(&report, "json");
	assert_string_equal(text,
		"{\n  \"schema_version\": 1,\n"
		"  \"tool\": {\n    \"name\": \"dmacheck\",\n"
		"    \"version\": \"0.1\"\n  },\n"
		"  \"tree\": {\n    \"version\": \"7.2.13\",\n"
		"    \"arch\": \"x86\"\n  },\n"
		"  \"coverage\": {\n    \"files_total\": 2,\n"
		"    \"files_considered\": 1,\n    \"files_analysed\": 0,\n"
		"    \"not_analysed\": [\n      {\n        \"file\": \"c.c\",\n"
		"        \"reason\": \"unreadable\",\n"
		"        \"kind\": \"unread\"\n      }\n    ],\n"
		"    \"verdict\": \"none\"\n  },\n"
		"  \"findings\": [\n    {\n      \"rule\": \"a-rule\",\n"
		"      \"level\": \"note\",\n      \"file\": \"a?.c\",\n"
		"      \"line\": 1,\n      \"column\": 6,\n"
		"      \"function\": \"\",\n      \"module\": \"x\",\n"
		"      \"message\": \"m \\\"q\\\"\",\n"
		"      \"fingerprint\": \"0123\",\n"
		"      \"trace\": [\n        {\n          \"file\": \"b.c\",\n"
		"          \"line\": 1,\n          \"column\": 6,\n"
		"          \"function\": \"f\",\n"
		"          \"message\": \"s\"\n        }\n      ],\n"
		"      \"fixable\": false,\n"
		"      \"cause\": \"0123\"\n    }\n  ],\n"
		"  \"rules\": {}\n}\n");
	free(text);
	findings_release(&findings);
	coverage_release(&coverage);
}

/* What code scanning does not take is left out, and that is said. */
static void sarif_stays_within_limits(void **state)
{
	struct location loc = at("a.c", 1, NULL);
	struct findings findings = FINDINGS_INIT;
	struct coverage coverage = COVERAGE_INIT;
	struct report report = report_of(&findings, &coverage, LEVEL_NOTE);
	struct finding *f;
	unsigned int i;
	char *text;

	(void)state;
	f = findings_add(&findings, "a-rule", LEVEL_NOTE, &loc, "x", "m");
	for (i = 1; i <= 1200; i++) {
		loc.line = i;
		finding_step(f, &loc, "step %u", i);
	}
	for (i = 1; i <= 25000; i++) {
		loc.line = i + 1;
		findings_add(&findings, "a-rule", LEVEL_NOTE, &loc, "x", "n");
	}
	findings_finish(&findings);
	assert_int_equal(findings.nr, 25001);
	text = written(&report, "sarif");
	assert_non_null(strstr(text, "\"1 results are left out"));
	assert_non_null(strstr(text, "\"1 code flows lack their middle"));
	assert_non_null(strstr(text, "\"step 500\""));
	assert_null(strstr(text, "\"step 600\""));
	assert_non_null(strstr(text, "\"step 1200\""));
	free(text);
	findings_release(&findings);
	coverage_release(&coverage);
}

static void the_file_is_replaced_whole_or_not_at_all(void **state)
{
	struct findings findings = some_findings(0);
	struct coverage coverage = COVERAGE_INIT;
	struct report report = report_of(&findings, &coverage, LEVEL_NOTE);
	const struct report_format *format = report_format_find("text");
	const char *old = make_file("kept", "old");
	struct capture c;
	char *said, *path;
	struct stat st;

	(void)state;
	assert_null(report_format_find("texts"));
	assert_string_equal(report_format_names(),
			    "b4, html, json, sarif, terse, text");

	assert_int_equal(report_write(&report, format, "/dev/null"), 0);
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));

	assert_true(asprintf(&path, "%s/none/x", capture_folder()) > 0);
	c = capture_begin(STDERR_FILENO);
	assert_int_equal(report_write(&report, format, path), -1);
	said = capture_end(&c);
	assert_non_null(strstr(said, "none/x"));
	assert_non_null(strstr(said, "No such file or directory"));
	free(said);
	free(path);

	/* A full disk: nothing of the report gets there. */
	c = capture_begin(STDERR_FILENO);
	assert_int_equal(report_write(&report, format, "/dev/full"), -1);
	said = capture_end(&c);
	assert_non_null(strstr(said, "No space left on device"));
	free(said);

	said = slurp(old);
	assert_string_equal(said, "old");
	free(said);
	free((char *)old);
	findings_release(&findings);
}

static char *summary(const struct report *report)
{
	struct capture c = capture_begin(STDERR_FILENO);

	report_summary(report);
	return capture_end(&c);
}

static void the_summary_counts(void **state)
{
	struct findings findings = some_findings(0), none = FINDINGS_INIT;
	struct coverage coverage = some_coverage();
	struct report report = report_of(&findings, &coverage, LEVEL_WARNING);
	char *text = summary(&report);

	(void)state;
	assert_string_equal(text,
		"dmacheck: coverage: 1 file: clang: drivers/b.c\n"
		"dmacheck: coverage: 2 files: no compile command: drivers/c.c, drivers/z.c\n"
		"dmacheck: 1 finding below level warning is not shown (--level note shows all)\n"
		"dmacheck: Linux 7.2.13 (x86): 2 errors in 1 file; 36923 files asked for, 130 relevant, 127 analysed; partial: 3 of 130 relevant files not read\n");
	free(text);

	diag_verbosity = 1;
	report.level = LEVEL_NOTE;
	text = summary(&report);
	assert_string_equal(text,
		"dmacheck: coverage: 1 file: clang\n"
		"dmacheck: coverage: 2 files: no compile command\n"
		"dmacheck: coverage: drivers/b.c: clang: x.h:3: not found\n"
		"dmacheck: coverage: drivers/c.c: no compile command\n"
		"dmacheck: coverage: drivers/z.c: no compile command\n"
		"dmacheck: Linux 7.2.13 (x86): 2 errors, 1 note in 2 files; 36923 files asked for, 130 relevant, 127 analysed; partial: 3 of 130 relevant files not read\n");
	free(text);

	diag_verbosity = -1;
	text = summary(&report);
	assert_string_equal(text, "dmacheck: warning: Linux 7.2.13 (x86): 2 errors, 1 note in 2 files; 36923 files asked for, 130 relevant, 127 analysed; partial: 3 of 130 relevant files not read\n");
	free(text);

	diag_verbosity = 0;
	coverage_release(&coverage);
	report.level = LEVEL_ERROR;
	findings.nr = 1;
	findings.list[0].level = LEVEL_WARNING;
	text = summary(&report);
	assert_non_null(strstr(text,
		"nothing found at level error or above; 0 files"));
	free(text);
	findings.nr = 3;

	report.findings = &none;
	text = summary(&report);
	assert_string_equal(text,
		"dmacheck: Linux 7.2.13 (x86): nothing found; 0 files asked for, 0 relevant, 0 analysed\n");
	free(text);
	findings_release(&findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_are_ordered_and_joined),
		cmocka_unit_test(coverage_is_ordered_and_said_once),
		cmocka_unit_test(text_is_one_line_a_place),
		cmocka_unit_test(json_has_the_contracts_keys_in_order),
		cmocka_unit_test(sarif_stays_within_limits),
		cmocka_unit_test(the_file_is_replaced_whole_or_not_at_all),
		cmocka_unit_test(the_summary_counts),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	return capture_done(failed);
}
