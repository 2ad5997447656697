// SPDX-License-Identifier: GPL-2.0-only
#include "compile/kconfig.h"

#include "faketree.h"

static const char *machine(const char *symbol, const void *data)
{
	(void)data;
	return !strcmp(symbol, "ARCH_OLD") ? "old" :
	       !strcmp(symbol, "ARCH_OLDER") ? "older" : NULL;
}

static void put_drivers(void)
{
	put_tree("linux");
	put("linux/Kconfig", "source \"arch/$(SRCARCH)/Kconfig\"\n"
	    "source \"drivers/Kconfig\"\n");
	put("linux/drivers/Kconfig",
	    "menu \"Drivers\"\n\tdepends on HAS_IOMEM\n\n"
	    "config ONE\n\ttristate \"one\"\n"
	    "\tdepends on ARCH_OLD || COMPILE_TEST\n\thelp\n"
	    "\t  It depends on nothing.\n\n\t  config NEW\n"
	    "config NEW\n\ttristate \"new\"\n"
	    "\tdepends on ARCH_OLD || \\\n\t\tARCH_NEW || COMPILE_TEST\n"
	    "config BEHIND\n\ttristate \"behind\"\n\tdepends on ONE && OF\n"
	    "if ARCH_OLDER || (ARCH_OLD && MMU)\n"
	    "config INSIDE\n\ttristate \"inside\"\n\tdepends on !SMP\n"
	    "endif\n"
	    "config BROKEN_ONE\n\tbool \"broken\"\n"
	    "\tdepends on COMPILE_TEST\n"
	    "config TWICE\n\tbool \"twice\"\n\tdepends on ARCH_OLD\n"
	    "config TWICE\n\tbool \"twice\"\n\tdepends on ARCH_NEW = y\n"
	    "config YES\n\tbool \"yes\"\n\tdepends on ARCH_OLD=y && OF\n"
	    "config UNSET\n\tbool \"unset\"\n\tdepends on ARCH_OLD = n\n"
	    "config LOOP\n\tbool \"loop\"\n\tdepends on LOOP2\n"
	    "config LOOP2\n\tbool \"loop\"\n\tdepends on LOOP || ARCH_OLD\n"
	    "endmenu\n");
	put("linux/drivers/Makefile",
	    "obj-$(CONFIG_ONE) += one.o two.o\n"
	    "obj-$(CONFIG_NEW) += new.o\n"
	    "obj-$(CONFIG_BEHIND) += behind.o\n"
	    "obj-$(CONFIG_INSIDE) += whole.o\n"
	    "obj-$(CONFIG_NEW) += shared.o two.o\n"
	    "obj-$(CONFIG_BROKEN_ONE) += broken.o\n"
	    "obj-$(CONFIG_TWICE) += twice.o\n"
	    "obj-$(CONFIG_YES) += yes.o\n"
	    "obj-$(CONFIG_UNSET) += unset.o\n"
	    "obj-$(CONFIG_LOOP) += loop.o\n"
	    "obj-$(CONFIG_ONE) += sub/\n"
	    "whole-y := part.o \\\n\tother-part.o\n"
	    "shared-$(CONFIG_ONE) += old-part.o\n"
	    "shared-objs += new-part.o\n");
	put("linux/drivers/sub/Makefile", "obj-y += below.o\n");
}

static void is_only_for(struct kconfig *k, const char *file,
			const char *expected)
{
	const char *why = kconfig_only_for(k, file);

	if ((why != NULL) != (expected != NULL))
		print_message("%s: %s\n", file, why ? why : "for any");
	assert_int_equal(why != NULL, expected != NULL);
	if (expected)
		assert_string_equal(why, expected);
}

static void finds_what_a_file_is_built_for(void **state)
{
	struct tree tree;
	struct kconfig *k;

	(void)state;
	put_drivers();
	tree = open_tree("linux", "x86");
	k = kconfig_new(&tree, machine, NULL);
	is_only_for(k, "drivers/one.c", "old");
	is_only_for(k, "drivers/new.c", NULL);
	is_only_for(k, "drivers/two.c", NULL);
	is_only_for(k, "drivers/behind.c", "old");
	is_only_for(k, "drivers/part.c", "older");
	is_only_for(k, "drivers/other-part.c", "older");
	is_only_for(k, "drivers/old-part.c", "old");
	is_only_for(k, "drivers/new-part.c", NULL);
	is_only_for(k, "drivers/broken.c", NULL);
	is_only_for(k, "drivers/twice.c", NULL);
	is_only_for(k, "drivers/yes.c", "old");
	is_only_for(k, "drivers/unset.c", NULL);
	is_only_for(k, "drivers/loop.c", NULL);
	is_only_for(k, "drivers/sub/below.c", "old");
	is_only_for(k, "drivers/nowhere.c", NULL);
	is_only_for(k, "drivers/one.h", NULL);
	is_only_for(k, "../m/one.c", NULL);
	kconfig_free(k);
	tree_release(&tree);
	wipe("linux");
}

static void bears_with_nonsense(void **state)
{
	struct tree tree;
	struct kconfig *k;

	(void)state;
	put_tree("linux");
	put("linux/Kconfig", "endif\nendmenu\nsource \"Kconfig\"\nsource\n"
	    "config\n\tdepends on ((((\nconfig X\n\tdepends on && || !\n"
	    "config Y\n\tdepends on ) ARCH_OLD\n\tdepends on \"\n");
	put("linux/drivers/Makefile", "x-y += x.o\nx-objs += x.o\n= x.o\n"
	    "obj-$(CONFIG_X) += x.o\nobj-$(CONFIG_ += y.o\n- = y.o\n");
	tree = open_tree("linux", "x86");
	k = kconfig_new(&tree, machine, NULL);
	is_only_for(k, "drivers/x.c", NULL);
	is_only_for(k, "drivers/y.c", NULL);
	kconfig_free(k);
	tree_release(&tree);
	wipe("linux");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_a_file_is_built_for),
		cmocka_unit_test(bears_with_nonsense),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
