// SPDX-License-Identifier: GPL-2.0-only
#include "knowledge/policy.h"

#include "capture.h"

#define OTHER "[context other]\ntitle = t\nlevel = note\nreason = r\n"

/* Reading `text` fails, and says this. */
static void says(const char *text, const char *expected)
{
	const char *path = make_file("p.conf", text);
	struct capture c = capture_begin(STDERR_FILENO);
	struct policy *policy = policy_read(path, NULL, 0);
	char *said = capture_end(&c);

	assert_string_equal(said, expected);
	assert_null(policy);
	free(said);
	free((char *)path);
}

static const char *context_of(const struct policy *policy, const char *header)
{
	const char *headers[] = { "include/linux/mm.h", header };

	return policy_context(policy, headers, 2)->name;
}

static void knows_the_contexts_and_the_allowlist(void **state)
{
	struct policy *p = policy_read("checkers/policy.conf", NULL, 0);

	(void)state;
	assert_non_null(p);
	assert_string_equal(context_of(p, "include/rdma/ib_umem.h"), "uverbs");
	assert_string_equal(context_of(p, "include/rdma/ib_verbs.h"), "rdma");
	assert_string_equal(context_of(p, "include/drm/ttm/ttm_tt.h"), "drm");
	assert_string_equal(context_of(p, "include/drm/drm_gem_shmem_helper.h"),
			    "drm");
	assert_string_equal(context_of(p, "include/drm/drm_fourcc.h"), "other");
	assert_string_equal(context_of(p, "include/linux/vdpa.h"), "vhost");
	assert_string_equal(context_of(p, "drivers/x/linux/vdpa.h"), "other");
	assert_string_equal(context_of(p, "arch/x86/include/asm/io.h"),
			    "other");
	assert_int_equal(policy_context(p, NULL, 0)->level, LEVEL_WARNING);

	assert_non_null(policy_allowed(p, "ib_core",
				       "DMA_ATTR_REQUIRE_COHERENT"));
	assert_non_null(policy_allowed(p, "hmm", "DMA_ATTR_REQUIRE_COHERENT"));
	assert_null(policy_allowed(p, "ib_core", "DMA_ATTR_MMIO"));
	assert_null(policy_allowed(p, "ib_cor", "DMA_ATTR_REQUIRE_COHERENT"));
	assert_non_null(policy_open(p, "ib_umem_get_desc", "x",
				    "DMA_ATTR_REQUIRE_COHERENT"));
	assert_non_null(policy_open(p, "hmm_dma_map_pfn", "mlx5_ib",
				    "DMA_ATTR_REQUIRE_COHERENT"));
	assert_null(policy_open(p, "hmm_dma_map_pfn", "x",
				"DMA_ATTR_REQUIRE_COHERENT"));
	assert_null(policy_open(p, "ib_umem_get", "x", "DMA_ATTR_MMIO"));
	assert_null(policy_ignored(p, "missing-require-coherent", "x", "y"));
	policy_free(p);
}

static void a_later_file_replaces_and_removes(void **state)
{
	const char *path = make_file("p.conf",
		"[context drm]\nlevel = note\n"
		"[context mine]\ntitle = t\ninclude = my/*.h linux/mine.h\n"
		"level = error\nreason = r\n"
		"[allow hmm]\nattribute =\nreason =\n"
		"[allow my-mod*]\nreason = r\n"
		"attribute = DMA_ATTR_MMIO DMA_ATTR_REQUIRE_COHERENT\n"
		"[ignore some-rule]\nmy-mod:get_* = known: a = b\n"
		"my-mod:put = later\n");
	const char *headers[] = { "include/drm/drm_gem.h" };
	struct policy *p = policy_read("checkers/policy.conf", &path, 1);

	(void)state;
	assert_non_null(p);
	assert_int_equal(policy_context(p, headers, 1)->level, LEVEL_NOTE);
	assert_string_equal(policy_context(p, headers, 1)->title,
			    "DRM userptr and SVM");
	assert_string_equal(context_of(p, "include/my/a/b.h"), "mine");
	assert_null(policy_allowed(p, "hmm", "DMA_ATTR_REQUIRE_COHERENT"));
	assert_string_equal(policy_allowed(p, "my_mod_2", "DMA_ATTR_MMIO"), "r");
	assert_string_equal(policy_ignored(p, "some-rule", "my_mod", "get_it"),
			    "known: a = b");
	assert_string_equal(policy_ignored(p, "some-rule", "my_mod", "put"),
			    "later");
	assert_null(policy_ignored(p, "some-rule", "my_mod", "set"));
	assert_null(policy_ignored(p, "other-rule", "my_mod", "put"));
	policy_free(p);
	free((char *)path);
}

static void every_mistake_is_said_with_its_line(void **state)
{
	(void)state;
	says("[context x]\nlevl = error\nlevel = fatal\n"
	     "[context other]\ninclude = x.h\n"
	     "[allow]\nreason = r\n"
	     "[allow x]\nattribute = REQUIRE_COHERENT\nattributes = y\n"
	     "[open f]\nmodule = y\n"
	     "[ignore r]\nx = y\n",
	     "dmacheck: error: p.conf:2: [context x] has no key 'levl'; its keys are title, include, level and reason\n"
	     "dmacheck: error: p.conf:3: 'fatal' is no level; the levels are error, warning and note\n"
	     "dmacheck: error: p.conf:5: [context other] takes the rest; it has no include\n"
	     "dmacheck: error: p.conf:7: there is no section [allow]; the sections are [context NAME], [allow MODULE], [open FUNCTION], [ignore RULE], [cannot-fail] and [dma-addr-32]\n"
	     "dmacheck: error: p.conf:9: 'REQUIRE_COHERENT' is no DMA_ATTR_* name\n"
	     "dmacheck: error: p.conf:10: [allow x] has no key 'attributes'; its keys are attribute and reason\n"
	     "dmacheck: error: p.conf:12: [open f] has no key 'module'; its keys are attribute, modules and reason\n"
	     "dmacheck: error: p.conf:14: 'x': expected MODULE:FUNCTION = reason\n");
	says("[context x]\ntitle = x\n[allow y]\nattribute = DMA_ATTR_MMIO\n",
	     "dmacheck: error: p.conf:2: [context x] has no include\n"
	     "dmacheck: error: p.conf:2: [context x] has no level\n"
	     "dmacheck: error: p.conf:2: [context x] has no reason\n"
	     "dmacheck: error: p.conf: no [context other] says what holds for the rest\n"
	     "dmacheck: error: p.conf:4: [allow y] has no reason\n");
	says(OTHER "[ignore r]\nx:y =\n",
	     "dmacheck: error: p.conf:6: 'x:y' has no value, and there is none in [ignore r] to remove\n");
	says("[ignore a-rule-with-a-name-that-is-longer-than-anything]\nx:y = z\n",
	     "dmacheck: error: p.conf:1: the section's name is longer than 49 bytes\n");
}

static bool known(const char *rule)
{
	return !strcmp(rule, "a-rule");
}

static void an_ignored_rule_must_exist(void **state)
{
	const char *path = make_file("p.conf",
		OTHER "[ignore a-rule]\nx:y = z\n[ignore a-role]\nx:y = z\n");
	struct policy *p = policy_read(path, NULL, 0);
	struct capture c;
	char *said;

	(void)state;
	assert_non_null(p);
	c = capture_begin(STDERR_FILENO);
	assert_int_equal(policy_check_rules(p, known), -1);
	said = capture_end(&c);
	assert_string_equal(said,
		"dmacheck: error: p.conf:8: [ignore a-role]: there is no such rule; `dmacheck rules` lists them\n");
	free(said);
	policy_free(p);
	free((char *)path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_contexts_and_the_allowlist),
		cmocka_unit_test(a_later_file_replaces_and_removes),
		cmocka_unit_test(every_mistake_is_said_with_its_line),
		cmocka_unit_test(an_ignored_rule_must_exist),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	return capture_done(failed);
}
