// SPDX-License-Identifier: GPL-2.0-only
#include "lib/progress.h"

#include "capture.h"
#include "lib/diag.h"

#include <sys/wait.h>

static char *drawn(void (*work)(void))
{
	struct capture c = capture_begin(STDERR_FILENO);

	work();
	return capture_end(&c);
}

static void count_to_four(void)
{
	struct progress *p = progress_start("counting", 4);
	size_t i;

	for (i = 1; i <= 4; i++)
		progress_update(p, i);
	progress_stop(p);
}

static void short_work(void)
{
	progress_delay = 60000;
	progress_init(PROGRESS_ALWAYS);
	count_to_four();
}

static void long_work(void)
{
	progress_delay = progress_interval = 0;
	progress_init(PROGRESS_ALWAYS);
	count_to_four();
}

static void work_with_a_message(void)
{
	struct progress *p = progress_start("counting", 2);

	progress_update(p, 1);
	note("hello");
	progress_update(p, 2);
	progress_stop(p);
}

static void work_in_two_parts(void)
{
	progress_delay = progress_interval = 0;
	progress_init(PROGRESS_ALWAYS);
	count_to_four();
	progress_stop(progress_start("making", 0));
	progress_stop(progress_start("counting", 8));
}

static void work_without_a_terminal(void)
{
	progress_pause = 0;
	progress_init(PROGRESS_AUTO);
	count_to_four();
	progress_pause = 60000;
	count_to_four();
}

static void unknown_end(void)
{
	progress_stop(progress_start("making", 0));
}

static void work_in_a_child(void)
{
	pid_t pid = fork();

	if (!pid) {
		count_to_four();
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

/* A bar that was drawn last is blanked again. */
static void assert_clean_end(const char *text)
{
	const char *last = strrchr(text, '\r');

	assert_non_null(last);
	assert_string_equal(last, "\r");
	assert_int_equal(last[-1], ' ');
}

static void it_waits_before_it_draws(void **state)
{
	char *text = drawn(short_work);

	(void)state;
	assert_string_equal(text, "");
	free(text);
}

static void it_shows_how_far_it_is(void **state)
{
	char *text = drawn(long_work);

	(void)state;
	assert_non_null(strstr(text, "\rcounting           [>   "));
	assert_non_null(strstr(text, ">"));
	assert_non_null(strstr(text, "]  50%  2/4"));
	assert_non_null(strstr(text, "=] 100%  4/4"));
	assert_clean_end(text);
	free(text);
}

static void a_message_has_its_own_line(void **state)
{
	char *text = drawn(work_with_a_message);
	const char *message = strstr(text, "dmacheck: hello\n");

	(void)state;
	assert_non_null(message);
	assert_int_equal(message[-1], '\r');
	assert_int_equal(message[-2], ' ');
	assert_clean_end(text);
	free(text);
}

static void an_unknown_end_shows_seconds(void **state)
{
	char *text = drawn(unknown_end);

	(void)state;
	assert_non_null(strstr(text, "\rmaking             0 s"));
	assert_clean_end(text);
	free(text);
}

static void a_stage_goes_on_where_it_was(void **state)
{
	char *text = drawn(work_in_two_parts);

	(void)state;
	assert_non_null(strstr(text, "]  50%  4/8"));
	assert_null(strstr(text, " 0/8"));
	free(text);
}

static void without_a_terminal_there_are_lines(void **state)
{
	char *text = drawn(work_without_a_terminal);

	(void)state;
	assert_string_equal(text,
			    "dmacheck: counting: 0 of 4 (0%)\n"
			    "dmacheck: counting: 1 of 4 (25%)\n"
			    "dmacheck: counting: 2 of 4 (50%)\n"
			    "dmacheck: counting: 3 of 4 (75%)\n"
			    "dmacheck: counting: 4 of 4 (100%)\n");
	free(text);
}

static void children_draw_nothing(void **state)
{
	char *text = drawn(work_in_a_child);

	(void)state;
	assert_string_equal(text, "");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_waits_before_it_draws),
		cmocka_unit_test(it_shows_how_far_it_is),
		cmocka_unit_test(a_message_has_its_own_line),
		cmocka_unit_test(an_unknown_end_shows_seconds),
		cmocka_unit_test(a_stage_goes_on_where_it_was),
		cmocka_unit_test(without_a_terminal_there_are_lines),
		cmocka_unit_test(children_draw_nothing),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	return capture_done(failed);
}
