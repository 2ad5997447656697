// SPDX-License-Identifier: GPL-2.0-only
#include "facts/facts.h"

#include <xxhash.h>

#include "capture.h"
#include "lib/alloc.h"

/* --- a small set, as the extractor makes them --- */

#define TAKE(set, array, ...) do { \
	ALLOC_GROW((set)->array, (set)->nr_##array + 1, \
		   (set)->alloc_##array); \
	(set)->array[(set)->nr_##array++] = (__VA_ARGS__); \
} while (0)

static void place(struct fact_set *set, enum place_kind kind,
		  enum carry carry, const char *record, const char *name,
		  uint32_t number)
{
	TAKE(set, places, (struct place){
		.kind = (uint8_t)kind, .carry = (uint8_t)carry,
		.is_pointer = carry == CARRY_ENVELOPE,
		.name = intern(&set->strings, name),
		.record = intern(&set->strings, record), .number = number,
	});
}

static struct value value(struct fact_set *set, enum term_kind kind,
			  uint32_t to, uint64_t bits)
{
	TAKE(set, terms, (struct term){ .kind = (uint8_t)kind,
		.alt = ALT_ALL, .place = to, .bits = bits });
	return (struct value){ set->nr_terms - 1, 1 };
}

/* sgt->pages = pages; d.attrs |= c ? 8 : flags; return map(pages, 2); */
static void fill(struct fact_set *set)
{
	struct function *fn;
	struct value v;

	facts_init(set);
	place(set, PLACE_PARAM, CARRY_ENVELOPE, "", "pages", 0);
	place(set, PLACE_FIELD, CARRY_ENVELOPE, "demo", "pages", 0);
	place(set, PLACE_FIELD, CARRY_NUMBER, "demo", "attrs", 0);
	place(set, PLACE_GLOBAL, CARRY_WORD, "", "flags", 0);
	place(set, PLACE_FUNCTION, CARRY_FUNCTION, "", "x.c:map", 0);
	place(set, PLACE_CALL, CARRY_DMA_ADDR, "", "", 2);
	place(set, PLACE_RETURN, CARRY_DMA_ADDR, "", "", 0);
	place(set, PLACE_STATIC, CARRY_WORD, "x.c", "seen", 0);
	place(set, PLACE_LOCAL, CARRY_POINTER, "", "p", 77);
	TAKE(set, branches, (struct branch){ .kind = BRANCH_BODY });
	TAKE(set, branches, (struct branch){ .kind = BRANCH_THEN });

	v = value(set, TERM_PLACE, 0, 0);
	TAKE(set, ops, (struct op){ .kind = OP_ASSIGN, .line = 3, .column = 2,
		.flags = ASSIGN_ELEMENT, .dst = 1, .value = v,
		.file = intern(&set->strings, "x.c") });
	v = value(set, TERM_BITS, 0, 8);
	value(set, TERM_PLACE, 3, 0);
	set->terms[1].alt = 0;
	set->terms[2].alt = 1;
	v.nr = 2;
	TAKE(set, ops, (struct op){ .kind = OP_ASSIGN, .line = 4, .column = 2,
		.flags = ASSIGN_OR, .branch = 1, .dst = 2, .value = v });
	v = value(set, TERM_PLACE, 0, 0);
	TAKE(set, args, v);
	v = value(set, TERM_BITS, 0, 2);
	TAKE(set, args, v);
	v = value(set, TERM_PLACE, 4, 0);
	TAKE(set, ops, (struct op){ .kind = OP_CALL, .line = 5, .column = 9,
		.dst = 5, .nr_args = 2, .value = v,
		.spelling = intern(&set->strings, "map") });
	v = value(set, TERM_PLACE, 5, 0);
	TAKE(set, ops, (struct op){ .kind = OP_RETURN, .line = 5, .column = 2,
		.dst = NO_PLACE, .value = v });
	v = value(set, TERM_UNKNOWN, 0, 0);
	TAKE(set, ops, (struct op){ .kind = OP_ASSIGN, .line = 6, .column = 2,
		.flags = ASSIGN_UPDATE, .dst = 7, .value = v });
	TAKE(set, ops, (struct op){ .kind = OP_ASSIGN, .line = 7, .column = 2,
		.dst = 8, .value = { 0, 0 } });

	TAKE(set, functions, (struct function){
		.key = intern(&set->strings, "x.c:f"),
		.name = intern(&set->strings, "f"),
		.file = intern(&set->strings, "x.c"), .line = 1,
		.flags = FUNCTION_STATIC, .nr_params = 1 });
	fn = &set->functions[0];
	fn->nr_places = set->nr_places;
	fn->nr_terms = set->nr_terms;
	fn->nr_ops = set->nr_ops;
	fn->nr_args = set->nr_args;
	fn->nr_branches = set->nr_branches;
}

static char *printed(const struct fact_set *set)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	facts_print(set, out);
	assert_int_equal(fclose(out), 0);
	return text;
}

static const char as_text[] =
	"x.c:f (x.c:1)\n"
	"  3:2 b0 *demo.pages/E* = {pages#0/E*}\n"
	"  4:2 b1 demo.attrs/N |= {0:0x8 1:::flags/W}\n"
	"  5:9 b0 @2 {x.c:map()/F}({pages#0/E*}, {0x2})\n"
	"  5:2 b0 return {call@2/A}\n"
	"  6:2 b0 ::seen/W ?= {?}\n"
	"  7:2 b0 p/P = {}\n";

static void prints(void **state)
{
	struct fact_set set;
	char *text;

	(void)state;
	fill(&set);
	assert_true(facts_valid(&set));
	text = printed(&set);
	assert_string_equal(text, as_text);
	free(text);
	facts_release(&set);
}

/* --- saved and read back --- */

static void comes_back(void **state)
{
	struct fact_set set, back;
	size_t len, again_len;
	void *data, *again;
	char *text;

	(void)state;
	fill(&set);
	data = facts_save(&set, &len);
	facts_release(&set);
	assert_int_equal(facts_load(&back, data, len), 0);
	text = printed(&back);
	assert_string_equal(text, as_text);
	assert_int_equal(back.functions[0].flags, FUNCTION_STATIC);
	assert_int_equal(back.branches[1].kind, BRANCH_THEN);
	again = facts_save(&back, &again_len);
	assert_int_equal(again_len, len);
	assert_memory_equal(again, data, len);
	free(again);
	free(text);
	free(data);
	facts_release(&back);

	facts_init(&set);
	data = facts_save(&set, &len);
	assert_int_equal(facts_load(&back, data, len), 0);
	assert_int_equal(back.nr_functions, 0);
	free(data);
	facts_release(&back);
}

/* A copy of just these bytes, so that what reads past them is seen. */
static int load(struct fact_set *set, const void *data, size_t len)
{
	char *copy = xmalloc(len ? len : 1);
	int ret;

	if (len)
		memcpy(copy, data, len);
	memset(set, 0xa5, sizeof(*set));
	ret = facts_load(set, copy, len);
	free(copy);
	return ret;
}

static void refused(const void *data, size_t len)
{
	struct fact_set set, none;

	facts_init(&none);
	assert_int_equal(load(&set, data, len), -1);
	assert_memory_equal(&set, &none, sizeof(set));
}

static void sign(char *data, size_t len)
{
	uint64_t sum = XXH3_64bits(data + sizeof(sum), len - sizeof(sum));

	memcpy(data, &sum, sizeof(sum));
}

static void refuses_damage(void **state)
{
	struct fact_set set;
	size_t len, i;
	char *data;

	(void)state;
	fill(&set);
	data = facts_save(&set, &len);
	facts_release(&set);
	for (i = 0; i < len; i++)
		refused(data, i);
	for (i = 0; i < len; i++) {
		data[i] ^= (char)(1 << i % 8);
		refused(data, len);
		data[i] ^= (char)(1 << i % 8);
	}
	data = xrealloc(data, len + 9);
	memset(data + len, 0, 9);
	refused(data, len + 1);
	sign(data, len + 9);
	refused(data, len + 9);
	memset(data, 0, len);
	refused(data, len);
	free(data);
	refused("", 0);
	refused("garbage, and plenty of it, longer than the header is: 12345", 58);
}

static void refuses_other_versions(void **state)
{
	uint32_t version, i;
	struct fact_set set;
	size_t len;
	char *data;

	(void)state;
	fill(&set);
	data = facts_save(&set, &len);
	facts_release(&set);
	memcpy(&version, data + sizeof(uint64_t), sizeof(version));
	assert_int_equal(version, FACTS_VERSION);
	for (i = 0; i < 2; i++) {
		version = FACTS_VERSION - 1 + 2 * i;
		memcpy(data + sizeof(uint64_t), &version, sizeof(version));
		sign(data, len);
		refused(data, len);
	}
	free(data);
}

/* What a wrong checksum would have caught, if it were not right again. */
static void reads_nothing_outside(void **state)
{
	static const uint32_t numbers[] = {
		0, 1, 2, 9, 0x7f, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe,
		0xffffffff,
	};
	struct fact_set set;
	size_t len, at, i, good = 0;
	char *data;

	(void)state;
	fill(&set);
	data = facts_save(&set, &len);
	facts_release(&set);
	for (at = sizeof(uint64_t); at + sizeof(uint32_t) <= len; at += 4) {
		uint32_t was;

		memcpy(&was, data + at, sizeof(was));
		for (i = 0; i < ARRAY_SIZE(numbers); i++) {
			memcpy(data + at, &numbers[i], sizeof(was));
			sign(data, len);
			if (!load(&set, data, len)) {
				assert_true(facts_valid(&set));
				free(printed(&set));
				facts_release(&set);
				good++;
			}
		}
		memcpy(data + at, &was, sizeof(was));
	}
	/* Lines, offsets, flags and bits may be anything. */
	assert_true(good > 100);
	free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints),
		cmocka_unit_test(comes_back),
		cmocka_unit_test(refuses_damage),
		cmocka_unit_test(refuses_other_versions),
		cmocka_unit_test(reads_nothing_outside),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
