// SPDX-License-Identifier: GPL-2.0-only
#include "lib/strbuf.h"

#include "capture.h"
#include "lib/alloc.h"
#include "lib/strvec.h"

static void is_string_in_every_state(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	char *s;

	(void)state;
	assert_string_equal(sb.buf, "");
	strbuf_reset(&sb);
	strbuf_add(&sb, NULL, 0);
	strbuf_rtrim(&sb);
	assert_string_equal(sb.buf, "");
	s = strbuf_detach(&sb, NULL);
	assert_string_equal(s, "");
	free(s);
	strbuf_release(&sb);
	assert_string_equal(sb.buf, "");
}

static void adds(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	size_t len, i;
	char *s;

	(void)state;
	strbuf_addstr(&sb, "a");
	strbuf_addch(&sb, 'b');
	strbuf_add(&sb, "c\0d", 3);
	assert_int_equal(sb.len, 5);
	assert_memory_equal(sb.buf, "abc\0d", 6);
	strbuf_setlen(&sb, 2);
	strbuf_addf(&sb, "%d%s", 12, " \n ");
	assert_string_equal(sb.buf, "ab12 \n ");
	strbuf_rtrim(&sb);
	assert_string_equal(sb.buf, "ab12");
	strbuf_rtrim_of(&sb, "12");
	assert_string_equal(sb.buf, "ab");
	for (i = 0; i < 1000; i++)
		strbuf_addf(&sb, "%zu", i % 10);
	assert_int_equal(strlen(sb.buf), 1002);
	s = strbuf_detach(&sb, &len);
	assert_int_equal(len, 1002);
	assert_int_equal(sb.len, 0);
	assert_string_equal(sb.buf, "");
	free(s);
}

static void lists_end_with_null(void **state)
{
	static const char *const more[] = { "c", "d" };
	struct strvec sv = STRVEC_INIT;
	char **list;
	size_t i;

	(void)state;
	assert_null(sv.v[0]);
	list = strvec_detach(&sv);
	assert_null(list[0]);
	strv_free(list);
	strvec_push(&sv, "a");
	strvec_pushf(&sv, "%c%d", 'b', 1);
	strvec_pushv(&sv, more, ARRAY_SIZE(more));
	strvec_push_nodup(&sv, xstrdup("e"));
	assert_int_equal(sv.nr, 5);
	assert_string_equal(sv.v[1], "b1");
	assert_string_equal(sv.v[4], "e");
	assert_null(sv.v[5]);
	assert_true(strvec_has(&sv, "d"));
	assert_false(strvec_has(&sv, "x"));
	for (i = 0; i < 100; i++) {
		strvec_push(&sv, "x");
		assert_null(sv.v[sv.nr]);
	}
	strvec_release(&sv);
	assert_int_equal(sv.nr, 0);
	assert_null(sv.v[0]);
	strv_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_string_in_every_state),
		cmocka_unit_test(adds),
		cmocka_unit_test(lists_end_with_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
