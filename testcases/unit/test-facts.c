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
		.is_pointer = carry == CARRY_CONTAINER,
		.name = intern(&set->strings, name),
		.record = intern(&set->strings, record), .number = number,
	});
}

static struct value value(struct fact_set *set, enum term_kind kind,
			  uint32_t to, uint64_t bits)
{
	TAKE(set, terms, (struct term){ .kind = (uint8_t)kind,
		.alt = ALT_ALL, .place = to, .bits = bits });
	if (kind == TERM_BITS)
		set->terms[set->nr_terms - 1].name = NO_NAME;
	return (struct value){ set->nr_terms - 1, 1 };
}

/* What facts say of how things are written, about op 2. */
static void fill_details(struct fact_set *set)
{
	struct intern_pool *s = &set->strings;

	TAKE(set, details, (struct arg_detail){
		.text = intern(s, "&d->pages[0]"),
		.type = intern(s, "struct page **"),
		.record = intern(s, "demo"), .field = intern(s, "pages"),
		.flags = DETAIL_ADDRESS | DETAIL_ELEMENT | DETAIL_LOCAL });
	TAKE(set, details, (struct arg_detail){ .text = intern(s, ""),
		.type = intern(s, "gfp_t"), .flags = DETAIL_MACRO });
	TAKE(set, fields, (struct field_layout){ .name = intern(s, "attrs"),
		.type = intern(s, "int"), .size = 4, .align = 4 });
	TAKE(set, fields, (struct field_layout){ .name = intern(s, "pages"),
		.type = intern(s, "struct page *[2]"), .offset = 64,
		.size = 16, .align = 64 });
	TAKE(set, records, (struct record_layout){
		.name = intern(s, "demo"), .file = intern(s, "x.h"),
		.line = 7, .nr_fields = 2, .size = 128 });
	TAKE(set, exports, (struct export_fact){ .name = intern(s, "f"),
		.macro = intern(s, "EXPORT_SYMBOL_FOR_MODULES"),
		.arguments = intern(s, "\"a,b\""), .line = 9, .column = 1 });
}

/*
 * sgt->pages = pages; d.attrs |= c ? 8 : flags; return map(pages, A);
 * if (flags < 2), if (!flags)
 */
static void fill(struct fact_set *set)
{
	struct function *fn;
	struct value v;
	uint32_t i;

	facts_init(set);
	intern(&set->strings, "");	/* 0: no record */
	place(set, PLACE_PARAM, CARRY_CONTAINER, "", "pages", 0);
	place(set, PLACE_FIELD, CARRY_CONTAINER, "demo", "pages", 0);
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
	set->terms[v.first].name = intern(&set->strings, "A");
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

	v = value(set, TERM_BITS, 0, 2);
	TAKE(set, args, v);
	v = value(set, TERM_PLACE, 3, 0);
	TAKE(set, ops, (struct op){ .kind = OP_TEST, .line = 8, .column = 6,
		.flags = TEST_LT, .dst = NO_PLACE, .value = v, .nr_args = 1,
		.first_arg = 2 });
	TAKE(set, ops, (struct op){ .kind = OP_TEST, .line = 9, .column = 6,
		.flags = TEST_FALSE, .dst = NO_PLACE, .value = v });
	TAKE(set, ops, (struct op){ .kind = OP_ALIAS, .line = 10, .column = 2,
		.dst = 1, .spelling = intern(&set->strings, "&pdev->dev") });
	TAKE(set, blocks, (struct block){ 0, 7, intern(&set->strings, "d->x"),
		{ 1, 0 } });
	TAKE(set, blocks, (struct block){ 8, NO_OP, intern(&set->strings, ""),
		{ NO_BLOCK, NO_BLOCK } });
	for (i = 0; i < set->nr_ops; i++)
		set->ops[i].first_detail = NO_DETAIL;
	set->ops[2].first_detail = 0;
	set->ops[2].flags = CALL_IGNORED;
	fill_details(set);

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
	fn->nr_blocks = set->nr_blocks;
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
	"struct demo (x.h:7) 128 bytes\n"
	"  0+4 align 4 attrs: int\n"
	"  64+16 align 64 pages: struct page *[2]\n"
	"EXPORT_SYMBOL_FOR_MODULES f \"a,b\"\n"
	"x.c:f (x.c:1)\n"
	"  3:2 b0 *demo.pages/E* = {pages#0/E*}\n"
	"  4:2 b1 demo.attrs/N |= {0:0x8 1:::flags/W}\n"
	"  5:9 b0 @2 {x.c:map()/F}({pages#0/E*}, {A=0x2}) ignored\n"
	"    0: struct page **: &d->pages[0] = demo.pages address element local\n"
	"    1: gfp_t:  macro\n"
	"  5:2 b0 return {call@2/A}\n"
	"  6:2 b0 ::seen/W ?= {?}\n"
	"  7:2 b0 p/P = {}\n"
	"  8:6 b0 test {::flags/W} < {0x2}\n"
	"  9:6 b0 test !{::flags/W}\n"
	"  10:2 b0 demo.pages/E* is &pdev->dev\n"
	"  block 0 from 0: 1 else 0 if d->x by 7\n"
	"  block 1 from 8: end\n";

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
	assert_int_equal(back.nr_details, 2);
	assert_int_equal(back.nr_records, 1);
	assert_int_equal(back.nr_fields, 2);
	assert_int_equal(back.nr_exports, 1);
	assert_int_equal(back.exports[0].line, 9);
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

/* Each number that leads out of the set. */
static void numbers_lead_somewhere(void **state)
{
	struct fact_set set;

	(void)state;
	fill(&set);
#define WRONG(what, bad) do { \
	__typeof__(what) was = (what); \
	(what) = (bad); \
	assert_false(facts_valid(&set)); \
	(what) = was; \
	assert_true(facts_valid(&set)); \
} while (0)
#define OUTSIDE(what) do { \
	WRONG(what, set.strings.nr); \
	WRONG(what, UINT32_MAX); \
} while (0)
	OUTSIDE(set.details[0].text);
	OUTSIDE(set.details[0].type);
	OUTSIDE(set.details[1].record);
	OUTSIDE(set.details[1].field);
	OUTSIDE(set.records[0].name);
	OUTSIDE(set.records[0].file);
	OUTSIDE(set.fields[0].name);
	OUTSIDE(set.fields[1].type);
	OUTSIDE(set.exports[0].name);
	OUTSIDE(set.exports[0].macro);
	OUTSIDE(set.exports[0].arguments);
	WRONG(set.records[0].first_field, 1);
	WRONG(set.records[0].first_field, UINT32_MAX);
	WRONG(set.records[0].nr_fields, 3);
	WRONG(set.records[0].nr_fields, UINT32_MAX);
	WRONG(set.ops[2].first_detail, 1);
	WRONG(set.ops[2].first_detail, UINT32_MAX - 1);
	WRONG(set.terms[1].name, set.strings.nr);
	WRONG(set.terms[1].name, UINT32_MAX - 1);
	/* A test has a known kind, and what it compares with if it does. */
	WRONG(set.ops[6].flags, TEST_AND + 1);
	WRONG(set.ops[6].flags, TEST_FALSE);
	WRONG(set.ops[6].nr_args, 0);
	WRONG(set.ops[6].first_arg, 3);
	WRONG(set.ops[7].flags, TEST_NE);
	WRONG(set.ops[7].nr_args, 1);
	WRONG(set.ops[7].kind, OP_KEEP + 1);
	WRONG(set.ops[8].dst, NO_PLACE);
	/* Blocks begin one after the other, and lead to others. */
	WRONG(set.blocks[0].first_op, 1);
	WRONG(set.blocks[1].first_op, set.nr_ops + 1);
	WRONG(set.blocks[0].test, 2);
	WRONG(set.blocks[0].test, set.nr_ops);
	WRONG(set.blocks[0].next[0], 2);
	WRONG(set.blocks[1].next[1], UINT32_MAX - 1);
	OUTSIDE(set.blocks[1].text);
#undef OUTSIDE
#undef WRONG
	facts_release(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints),
		cmocka_unit_test(comes_back),
		cmocka_unit_test(refuses_damage),
		cmocka_unit_test(refuses_other_versions),
		cmocka_unit_test(reads_nothing_outside),
		cmocka_unit_test(numbers_lead_somewhere),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
