// SPDX-License-Identifier: GPL-2.0-only
#include "fix/letter.h"

#include "capture.h"
#include "fix/subject.h"
#include "lib/alloc.h"

/* --- subjects --- */

static void has_prefix_of_its_place(void **state)
{
	static const struct { const char *file, *subject; } cases[] = {
		{ "drivers/gpu/drm/exynos/exynos_drm_g2d.c", "drm/exynos: map" },
		{ "drivers/gpu/drm/drm_gem.c", "drm/drm_gem: map" },
		{ "drivers/infiniband/hw/mthca/mthca_memfree.c",
		  "RDMA/mthca: Map" },
		{ "drivers/infiniband/sw/siw/siw_mem.c", "RDMA/siw: Map" },
		{ "drivers/infiniband/core/umem.c", "RDMA/core: Map" },
		{ "drivers/accel/ivpu/ivpu_gem.c", "accel/ivpu: map" },
		{ "drivers/crypto/ccp/sev-dev.c", "crypto: ccp - map" },
		{ "drivers/media/pci/ivtv/ivtv-udma.c", "media: ivtv: map" },
		{ "drivers/fpga/dfl-afu-dma-region.c",
		  "fpga: dfl-afu-dma-region: map" },
		{ "drivers/rapidio/devices/rio_mport_cdev.c", "rapidio: map" },
		{ "kernel/dma/debug.c", "dma-mapping: map" },
		{ "mm/hmm.c", "mm/hmm: map" },
		{ "sound/soc/intel/avs/pcm.c", "ASoC: intel: map" },
		{ "Makefile", "Makefile: map" },
		{ "x.c", "x: map" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct subject_style style =
			subject_style_of_path(cases[i].file);
		char *subject = subject_join(&style, "map");

		assert_string_equal(subject, cases[i].subject);
		free(subject);
		subject_style_release(&style);
	}
}

/* --- text --- */

static void wraps_to(const char *text, const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	letter_wrap(&out, text);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

static void wraps(void **state)
{
	(void)state;
	wraps_to("", "");
	wraps_to("one", "one\n\n");
	wraps_to("one\ntwo", "one\n\ntwo\n\n");
	/* 75 columns, then 76. */
	wraps_to("123456789 123456789 123456789 123456789 123456789 123456789 123456789 12345",
		 "123456789 123456789 123456789 123456789 123456789 123456789 123456789 12345\n\n");
	wraps_to("123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456",
		 "123456789 123456789 123456789 123456789 123456789 123456789 123456789\n123456\n\n");
	wraps_to("12345678901234567890123456789012345678901234567890123456789012345678901234567890 a",
		 "12345678901234567890123456789012345678901234567890123456789012345678901234567890\na\n\n");
}

static void names_what_it_does(void **state)
{
	struct finding a = { .rule = "missing-require-coherent" };
	struct finding b = { .rule = "unmap-attr-mismatch" };
	struct fix_outcome one = { .finding = &a }, two = { .finding = &b };
	const struct fix_outcome *list[] = { &one, &one, &two };
	struct letter l = { .outcomes = list, .nr = 2 };
	char *subject = letter_subject(&l);

	(void)state;
	assert_string_equal(subject,
			    "map user memory with DMA_ATTR_REQUIRE_COHERENT");
	free(subject);
	l.nr = 3;
	subject = letter_subject(&l);
	assert_string_equal(subject, "fix use of the DMA API");
	free(subject);
	l.nr = 0;
	l.renamed = "A to B";
	subject = letter_subject(&l);
	assert_string_equal(subject, "rename A to B");
	free(subject);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_prefix_of_its_place),
		cmocka_unit_test(wraps),
		cmocka_unit_test(names_what_it_does),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
