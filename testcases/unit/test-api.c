// SPDX-License-Identifier: GPL-2.0-only
#include "knowledge/api.h"

#include "capture.h"
#include "knowledge/conf.h"

static struct api *read_ok(const char *path, const char *more)
{
	struct api *api = api_read(path, &more, more != NULL);

	assert_non_null(api);
	return api;
}

/* Reading `text` fails, and says this. */
static void says(const char *text, const char *expected)
{
	const char *path = make_file("x.conf", text);
	struct capture c = capture_begin(STDERR_FILENO);
	struct api *api = api_read(path, NULL, 0);
	char *said = capture_end(&c);

	assert_string_equal(said, expected);
	assert_null(api);
	free(said);
	free((char *)path);
}

static void knows_the_kernels_api(void **state)
{
	struct api *api = read_ok("checkers/kernel-api.conf", NULL);
	const struct api_function *f;

	(void)state;
	f = api_function(api, "pin_user_pages_fast");
	assert_int_equal(f->roles, API_SOURCE);
	assert_int_equal(f->nr_fills, 1);
	assert_int_equal(f->fills[0].arg, 3);
	assert_null(f->fills[0].record);
	assert_int_equal(f->flags, 2);

	f = api_function(api, "hmm_range_fault");
	assert_int_equal(f->fills[0].arg, 0);
	assert_string_equal(f->fills[0].record, "hmm_range");
	assert_string_equal(f->fills[0].field, "hmm_pfns");
	assert_int_equal(f->flags, API_NONE);

	f = api_function(api, "dma_map_sgtable");
	assert_int_equal(f->roles, API_SINK);
	assert_int_equal(f->memory.arg, 1);
	assert_int_equal(f->direction, 2);
	assert_int_equal(f->attrs, 3);

	f = api_function(api, "sg_page");
	assert_int_equal(f->roles, API_TRANSFER);
	assert_int_equal(f->transfers[0].from.arg, 0);
	assert_int_equal(f->transfers[0].to.arg, API_RETURN);

	f = api_function(api, "kmap_local_page");
	assert_int_equal(f->roles, API_STOP);
	assert_string_equal(f->reason, "the CPU's view of a page");
	f = api_function(api, "dma_map_resource");
	assert_int_equal(f->roles, API_MMIO);
	assert_string_equal(f->family, "resource");
	assert_string_equal(f->implies, "DMA_ATTR_MMIO");
	f = api_function(api, "dma_alloc_coherent");
	assert_int_equal(f->roles, API_ALLOC);
	assert_int_equal(f->memory.arg, API_RETURN);
	assert_int_equal(f->handle.arg, 2);
	assert_int_equal(f->gfp, 3);
	assert_int_equal(f->attrs, API_NONE);

	f = api_function(api, "kmalloc_noprof");
	assert_int_equal(f->roles, API_KERNEL);
	assert_int_equal(f->nr_gives, 1);
	assert_int_equal(f->gives[0].arg, API_RETURN);

	assert_true(api_is_container(api, "sg_table"));
	assert_true(api_container_field(api, "sg_table", "anything"));
	assert_true(api_container_field(api, "page", "compound_head"));
	assert_true(api_container_field(api, "page", "compound_info"));
	assert_false(api_container_field(api, "page", "lru"));
	assert_false(api_container_field(api, "page", "compound"));
	assert_false(api_container_field(api, "radeon_ttm_tt", "pages"));
	assert_string_equal(api_barrier(api, "sk_buff"), "one packet");
	assert_null(api_barrier(api, "ttm_tt"));
	assert_true(api_is_scalar(api, "size_t"));
	assert_false(api_is_scalar(api, "phys_addr_t"));
	assert_true(api_is_opaque_global(api, "vmemmap_base"));
	api_free(api);
}

static void count(const struct api_function *f, void *data)
{
	char *names = data;
	size_t len = strlen(names);

	snprintf(names + len, 100 - len, " %s", f->name);
}

/* Facts need not be made again for what is only said of a function. */
static void what_facts_depend_on(void **state)
{
	static const char base[] = "[sink]\nmap = memory:1\n[container]\npage = head\n"
		"[transfer]\nconv = 1->0\n[barrier]\nskb = a reason\n";
	static const struct { const char *more; bool other; } cases[] = {
		{ "[sink]\nmap = memory:2 attrs:3\n", false },
		{ "[barrier]\nskb = another reason\n", false },
		{ "[value]\nFOLL_PIN = 1\n", false },
		{ "[transfer]\nconv = 2->0\n", false },
		{ "[transfer]\nconv = 1->return\n", true },
		{ "[sink]\nmap2 = memory:2\n", true },
		{ "[container]\npage = next\n", true },
		{ "[barrier]\nskb =\n", true },
		{ "[scalar]\nsize_t = a size\n", true },
	};
	const char *first = make_file("1.conf", base);
	struct api *api = read_ok(first, NULL);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *second = make_file("2.conf", cases[i].more);
		struct api *other = read_ok(first, second);

		assert_true(api_hash(api) != api_hash(other));
		assert_int_equal(api_facts_hash(api) != api_facts_hash(other),
				 cases[i].other);
		api_free(other);
		free((char *)second);
	}
	api_free(api);
	free((char *)first);
}

static void a_later_file_replaces_and_removes(void **state)
{
	const char *first = make_file("1.conf",
		"[source]\npin = fills:1\n"
		"[sink]\nmap = memory:1\nput = memory:2\n"
		"[stop]\nput = a reason\n");
	const char *second = make_file("2.conf",
		"[sink]\nput =\nmap = memory:3 attrs:4\n"
		"[source]\nmap = fills:return fills:2\n"
		"[stop]\nbye = a reason\n");
	struct api *one = read_ok(first, NULL), *api = read_ok(first, second);
	char names[100] = "";
	const struct api_function *f;

	(void)state;
	f = api_function(api, "map");
	assert_int_equal(f->roles, API_SINK | API_SOURCE);
	assert_int_equal(f->memory.arg, 3);
	assert_int_equal(f->attrs, 4);
	assert_int_equal(f->nr_fills, 2);
	assert_int_equal(f->fills[0].arg, API_RETURN);
	assert_int_equal(api_function(api, "put")->roles, API_STOP);
	api_each(api, API_SOURCE | API_STOP, count, names);
	assert_string_equal(names, " bye map pin put");
	assert_true(api_hash(one) != api_hash(api));
	api_free(one);
	one = read_ok(first, NULL);
	assert_int_equal(api_function(one, "map")->memory.arg, 1);
	api_free(one);
	api_free(api);
	free((char *)first);
	free((char *)second);
}

static void values_go_on_in_indented_lines(void **state)
{
	const char *path = make_file("x.conf",
		"\xef\xbb\xbf# a comment\n; another\n\n"
		"[transfer]\r\nmove = 1->0\r\n\t0->return.a.b\n  # not a value\n"
		"  1.c.d->2\n");
	struct api *api = read_ok(path, NULL);
	const struct api_function *f = api_function(api, "move");

	(void)state;
	assert_int_equal(f->line, 5);
	assert_int_equal(f->nr_transfers, 3);
	assert_int_equal(f->transfers[1].to.arg, API_RETURN);
	assert_string_equal(f->transfers[1].to.field, "b");
	assert_string_equal(f->transfers[2].from.record, "c");
	assert_int_equal(f->transfers[2].to.arg, 2);
	api_free(api);
	free((char *)path);
}

static void every_mistake_is_said_with_its_line(void **state)
{
	(void)state;
	says("[source]\n"
	     "pin = fills:x\n"
	     "pun = flags:2\n"
	     "pan = fills:1 fills:1.page\n"
	     "pen = fill:1\n"
	     "\n"
	     "[sink]\n"
	     "map = memory:1 memory:2\n"
	     "mop = attrs:3\n"
	     "mip = memory:1 attrs:return\n"
	     "mup = memory:1 attrs:1 attrs:2\n",
	     "dmacheck: error: x.conf:2: [source] pin: 'fills:x': a slot is an argument's number from 0, 'return', or either with '.struct.field'\n"
	     "dmacheck: error: x.conf:3: [source] pun: no fills:SLOT says where the user memory is\n"
	     "dmacheck: error: x.conf:4: [source] pan: 'fills:1.page': a slot is an argument's number from 0, 'return', or either with '.struct.field'\n"
	     "dmacheck: error: x.conf:5: [source] pen: 'fill:1': expected fills:SLOT, flags:N or brief\n"
	     "dmacheck: error: x.conf:8: [sink] map: 'memory:2': said twice\n"
	     "dmacheck: error: x.conf:9: [sink] mop: no memory:SLOT says what is mapped\n"
	     "dmacheck: error: x.conf:10: [sink] mip: 'attrs:return': no number of an argument, from 0\n"
	     "dmacheck: error: x.conf:11: [sink] mup: 'attrs:2': said twice\n");
	says("[transfer]\na = 1\nb = 1>0\nc = return->return\nd = 1->\n",
	     "dmacheck: error: x.conf:2: [transfer] a: '1': expected FROM->TO or FROM=>TO, each an argument's number from 0, 'return', or either with '.struct.field'\n"
	     "dmacheck: error: x.conf:3: [transfer] b: '1>0': expected FROM->TO or FROM=>TO, each an argument's number from 0, 'return', or either with '.struct.field'\n"
	     "dmacheck: error: x.conf:4: [transfer] c: 'return->return': expected FROM->TO or FROM=>TO, each an argument's number from 0, 'return', or either with '.struct.field'\n"
	     "dmacheck: error: x.conf:5: [transfer] d: '1->': expected FROM->TO or FROM=>TO, each an argument's number from 0, 'return', or either with '.struct.field'\n");
	says("[sinks]\na = b\n[stop]\n1a = b\na-b = c\n",
	     "dmacheck: error: x.conf:2: there is no section [sinks]; the sections are source, sink, unmap, sync, mmio, alloc, free, transfer, stop, kernel-memory, container, barrier, scalar, opaque-global and value\n"
	     "dmacheck: error: x.conf:4: '1a' is no identifier of C\n"
	     "dmacheck: error: x.conf:5: 'a-b' is no identifier of C\n");
	says("[container]\npage = a->b\n[sink]\nm = memory:1\n[unmap]\nm = memory:1\n",
	     "dmacheck: error: x.conf:2: [container] page: 'a->b': expected names of fields, or '*' for all of them\n"
	     "dmacheck: error: x.conf:6: [unmap] m: it is in another of [sink], [unmap], [sync], [mmio], [alloc], [free], [check], [pool-alloc] and [pool-free] already (x.conf:4)\n");
}

static void what_is_no_entry_is_said_with_its_line(void **state)
{
	(void)state;
	says("a = b\n[stop\n[stop]\nnothing\n= b\na: b\n"
	     "x = y\nx = z\nv =\n",
	     "dmacheck: error: x.conf:1: 'a' stands before the first [section]\n"
	     "dmacheck: error: x.conf:2: no ']' at the end of the section's name\n"
	     "dmacheck: error: x.conf:4: neither 'name = value' nor '[section]'\n"
	     "dmacheck: error: x.conf:5: no name before the '='\n"
	     "dmacheck: error: x.conf:6: no '=' after the name\n"
	     "dmacheck: error: x.conf:8: 'x' stands in [stop] already, in line 7\n"
	     "dmacheck: error: x.conf:9: 'v' has no value, and there is none in [stop] to remove\n");
	says("  a\n[stop]\n  b\n",
	     "dmacheck: error: x.conf:1: an indented line goes on with an entry, and there is none before it\n"
	     "dmacheck: error: x.conf:3: an indented line goes on with an entry, and there is none before it\n");
}

static void a_long_line_is_an_error(void **state)
{
	char *text = malloc(6000);

	(void)state;
	memset(text, 'x', 5000);
	snprintf(text + 5000, 1000, " = y\n[stop]\na = b\nc\n");
	memcpy(text, "[barrier]\n", 10);
	says(text,
	     "dmacheck: error: x.conf:2: the line is longer than 4095 bytes; go on in an indented line\n"
	     "dmacheck: error: x.conf:5: neither 'name = value' nor '[section]'\n");
	free(text);
}

static void a_missing_file_is_an_error(void **state)
{
	struct capture c = capture_begin(STDERR_FILENO);
	struct api *api = api_read("/nowhere/x.conf", NULL, 0);
	char *said = capture_end(&c);

	(void)state;
	assert_null(api);
	assert_string_equal(said,
		"dmacheck: error: cannot read /nowhere/x.conf: No such file or directory\n");
	free(said);
	c = capture_begin(STDERR_FILENO);
	api = api_read("/", NULL, 0);
	said = capture_end(&c);
	assert_null(api);
	assert_string_equal(said,
		"dmacheck: error: cannot read /: Is a directory\n");
	free(said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_kernels_api),
		cmocka_unit_test(a_later_file_replaces_and_removes),
		cmocka_unit_test(what_facts_depend_on),
		cmocka_unit_test(values_go_on_in_indented_lines),
		cmocka_unit_test(every_mistake_is_said_with_its_line),
		cmocka_unit_test(what_is_no_entry_is_said_with_its_line),
		cmocka_unit_test(a_long_line_is_an_error),
		cmocka_unit_test(a_missing_file_is_an_error),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	return capture_done(failed);
}
