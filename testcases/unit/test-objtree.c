// SPDX-License-Identifier: GPL-2.0-only
#include "compile/compile-db.h"

#include <sys/stat.h>

#include "faketree.h"
#include "lib/diag.h"
#include "compile/kbuild.h"

/*
 * A kernel whose make writes down what it was asked for, and prints for each
 * folder a command for each of its .c files, in a module of the folder's
 * name, if it is told to build modules, as Linux 5.10 has it. Folders named by a
 * Makefile are visited as kbuild does it.
 */
static const char makefile[] =
	"VERSION = 7\n"
	"PATCHLEVEL = 2\n"
	"$(shell echo '$(ARCH) $(LLVM) $(KBUILD_OUTPUT)$(if $(filter env%,$(origin CC)),$(CC)):' $(MAKECMDGOALS) >>$(O)/../../../../log)\n"
	"define newline\n\n\nendef\n"
	"allmodconfig:\n"
	"\t@mkdir -p $(O)/include/config; touch $(O)/.config\n"
	"\t@echo 'deps := $(CURDIR)/Kconfig \\' >$(O)/include/config/auto.conf.cmd\n"
	"prepare:\n"
	"\t@echo '  CC      progress'; $(PREPARE)\n"
	"include $(wildcard fragment.mk)\n"
	"below = $1 $(foreach d,$(filter %/,$(shell sed -n 's/^obj-y += //p' $1Makefile 2>/dev/null)),$(call below,$1$d))\n"
	"compile = $(if $(KBUILD_MODULES),clang-19 -D__KERNEL__ -DMODULE -DKBUILD_MODNAME='\"$(notdir $(1:%/=%))\"' -c -o $1x.o $(CURDIR)/$2)\n"
	"%/: FORCE\n"
	"\t@:$(foreach d,$(call below,$@),$(foreach c,$(filter-out $d_%,$(wildcard $d*.c)),$(newline)\t$(call compile,$d,$c)))\n"
	"\t@:$(foreach d,$(call below,$@),$(foreach c,$(addprefix $d,$(shell sed -n 's/^also //p' $dMakefile 2>/dev/null)),$(newline)\t$(call compile,$d,$c)))\n"
	"FORCE:\n";

static void put_kernel(void)
{
	wipe("cache");
	wipe("t");
	put_tree("t");
	put("t/Makefile", makefile);
	put("t/Kconfig", "config A\n");
	put("t/drivers/Makefile", "obj-y += a/\nobj-y += b/\nobj-y += c/sub/\n");
	put("t/drivers/a/Makefile", "obj-y += deep/ # not/\n");
	put("t/drivers/a/x.c", "");
	put("t/drivers/a/deep/y.c", "");
	put("t/drivers/b/z.c", "");
	put("t/drivers/c/sub/Makefile", "also ../side/s.c\nalso ../../../lib/_l.c\nx-y := ../../../lib/_l.o\n");
	put("t/drivers/c/sub/w.c", "");
	put("t/drivers/c/side/s.c", "");
	put("t/lib/_l.c", "");
	put("cache/x", "");
	put("log", "");
}

/* What make was asked for since the last time. */
static void asked(const char *expected)
{
	char *path = in_folder("log"), *text = slurp(path);

	assert_string_equal(text, expected);
	free(text);
	free(path);
	put("log", "");
}

struct loaded {
	struct tree tree;
	struct compile_db compile_db;
	struct compile_db_options opt;
	char *cache;
};

static void begin(struct loaded *l)
{
	*l = (struct loaded){ .compile_db = COMPILE_DB_INIT };
	l->tree = open_tree("t", "x86");
	l->cache = in_folder("cache");
	l->opt.cache = l->cache;
	l->opt.jobs = 1;
}

static int load(struct loaded *l, const char *const *files, size_t nr)
{
	l->opt.files = files;
	l->opt.nr_files = nr;
	return compile_db_load(&l->compile_db, &l->tree, &l->opt);
}

/* The modules of `file`, "-" for none. */
static void built_into(const struct loaded *l, const char *file,
		       const char *module)
{
	size_t nr;
	const struct compile_command *c = compile_db_find(&l->compile_db, file, &nr);

	assert_string_equal(c ? c->module : "-", module);
	if (c) {
		assert_int_equal(nr, 1);
		assert_true(c->is_module);
		assert_string_equal(path_basename(c->dir), "out");
	}
}

static void end(struct loaded *l)
{
	compile_db_release(&l->compile_db);
	tree_release(&l->tree);
	free(l->cache);
}

/* Load one file in one go; what is said is thrown away. */
static int load_one(const char *file, const char *module)
{
	struct capture c = capture_begin(STDERR_FILENO);
	struct loaded l;
	int ret;

	begin(&l);
	ret = load(&l, &file, 1);
	free(capture_end(&c));
	if (!ret)
		built_into(&l, file, module);
	end(&l);
	return ret;
}

static void makes_it_once(void **state)
{
	static const char *const first[] = { "drivers/a/x.c", "drivers/n.c" };
	static const char *const second[] = { "drivers/b/z.c" };
	struct capture c;
	struct loaded l;
	char *said;

	(void)state;
	put_kernel();
	c = capture_begin(STDERR_FILENO);
	begin(&l);
	assert_int_equal(load(&l, first, 1), 0);
	assert_int_equal(l.compile_db.origin, COMPILE_DB_FROM_OWN_OBJTREE);
	assert_string_equal(path_basename(l.compile_db.where), "out");
	said = capture_end(&c);
	assert_non_null(strstr(said, "making an output tree for Linux 7.2, ARCH=x86"));
	free(said);
	asked("x86 -19 : allmodconfig\nx86 -19 : prepare\nx86 -19 : drivers/a/\n");
	built_into(&l, "drivers/a/x.c", "a");
	built_into(&l, "drivers/a/deep/y.c", "deep");
	built_into(&l, "drivers/b/z.c", "-");
	/* More files: what is known is not asked again. */
	assert_int_equal(load(&l, second, 1), 0);
	asked("x86 -19 : drivers/b/\n");
	built_into(&l, "drivers/a/x.c", "a");
	built_into(&l, "drivers/b/z.c", "b");
	end(&l);

	/* The next run takes no make at all. */
	begin(&l);
	assert_int_equal(load(&l, second, 1), 0);
	assert_int_equal(load(&l, first, 1), 0);
	asked("");
	assert_int_equal(l.compile_db.nr, 3);
	built_into(&l, "drivers/a/deep/y.c", "deep");
	built_into(&l, "drivers/b/z.c", "b");
	end(&l);

	/* Unless it is told to. */
	c = capture_begin(STDERR_FILENO);
	begin(&l);
	l.opt.no_cache = true;
	assert_int_equal(load(&l, second, 1), 0);
	end(&l);
	free(capture_end(&c));
	asked("x86 -19 : allmodconfig\nx86 -19 : prepare\nx86 -19 : drivers/b/\n");
	wipe("cache");
}

static void finds_who_builds_a_file(void **state)
{
	(void)state;
	put_kernel();
	assert_int_equal(load_one("drivers/a/deep/y.c", "deep"), 0);
	asked("x86 -19 : allmodconfig\nx86 -19 : prepare\nx86 -19 : drivers/a/deep/\n");
	/* Not in itself, but beside one that is. */
	assert_int_equal(load_one("drivers/c/side/s.c", "sub"), 0);
	asked("x86 -19 : drivers/c/sub/\n");
	/* From elsewhere, as its Makefile says. */
	put_kernel();
	assert_int_equal(load_one("lib/_l.c", "sub"), 0);
	asked("x86 -19 : allmodconfig\nx86 -19 : prepare\n"
	      "x86 -19 : lib/\nx86 -19 : drivers/c/sub/\n");
	/* Built nowhere: looked for once, then read with a neighbour's. */
	assert_int_equal(load_one("drivers/none.c", "none"), 0);
	asked("x86 -19 : drivers/\n");
	assert_int_equal(load_one("drivers/none.c", "none"), 0);
	asked("");
	wipe("cache");
}

static void notices_changes(void **state)
{
	char *path = in_folder("t/drivers/a/Makefile"), *newer;
	struct timespec times[2] = { { 1, 0 }, { 1, 0 } };

	(void)state;
	put_kernel();
	assert_int_equal(load_one("drivers/a/x.c", "a"), 0);
	assert_int_equal(load_one("drivers/b/z.c", "b"), 0);
	put("log", "");

	/* Newer, but the same. */
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	assert_int_equal(load_one("drivers/a/x.c", "a"), 0);
	asked("");
	/* A folder's Makefile: that folder. */
	put("t/drivers/a/Makefile", "also more.c\n");
	assert_int_equal(load_one("drivers/b/z.c", "b"), 0);
	asked("");
	assert_int_equal(load_one("drivers/a/more.c", "a"), 0);
	asked("x86 -19 : drivers/a/\n");
	assert_int_equal(load_one("drivers/a/more.c", "a"), 0);
	asked("");
	/* One that comes. */
	put("t/drivers/b/Makefile", "also more.c\n");
	assert_int_equal(load_one("drivers/b/more.c", "b"), 0);
	asked("x86 -19 : drivers/b/\n");

	/* Kconfig, version: all of it. */
	put("t/Kconfig", "config B\n");
	assert_int_equal(load_one("drivers/a/x.c", "a"), 0);
	asked("x86 -19 : allmodconfig\nx86 -19 : prepare\nx86 -19 : drivers/a/\n");
	newer = xstrdup(makefile);
	*strchr(newer, '2') = '3';
	put("t/Makefile", newer);
	free(newer);
	assert_int_equal(load_one("drivers/a/x.c", "a"), 0);
	asked("x86 -19 : allmodconfig\nx86 -19 : prepare\nx86 -19 : drivers/a/\n");
	free(path);
	wipe("cache");
}

static void survives_garbage(void **state)
{
	static const char *const names[] = { "commands", "made" };
	struct loaded l;
	char *dir;
	size_t i;

	(void)state;
	put_kernel();
	assert_int_equal(load_one("drivers/a/x.c", "a"), 0);
	begin(&l);
	assert_int_equal(load(&l, NULL, 0), 0);
	dir = path_dirname(l.compile_db.where);
	end(&l);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		char *path = path_join(dir, names[i]), *text = slurp(path);
		size_t len = strlen(text), cut;
		FILE *f;

		put("log", "");
		for (cut = 0; cut < 4; cut++) {
			f = fopen(path, "we");
			assert_non_null(f);
			fwrite(text, 1, len * cut / 4, f);
			if (cut == 3)
				fputs("garbage \xff\n", f);
			fclose(f);
			assert_int_equal(load_one("drivers/a/x.c", "a"), 0);
		}
		free(text);
		text = in_folder("log");
		free(path);
		path = slurp(text);
		assert_non_null(strstr(path, "drivers/a/"));
		free(text);
		free(path);
	}
	free(dir);
	wipe("cache");
}

/* Loading fails with these messages, and the folder is empty but for lock. */
static void says(const char *expected)
{
	const char *const file = "drivers/a/x.c";
	struct capture c = capture_begin(STDERR_FILENO);
	struct loaded l;
	char *said, *p, *to;
	int ret;

	diag_verbosity = -1;
	begin(&l);
	ret = load(&l, &file, 1);
	end(&l);
	diag_verbosity = 0;
	said = capture_end(&c);
	/* The number in the output tree's name. */
	while ((p = strstr(said, "t-x86-"))) {
		to = p + 5;
		p += 6 + 8;
		memmove(to, p, strlen(p) + 1);
	}
	assert_string_equal(said, expected);
	assert_int_equal(ret, -1);
	free(said);
}

static void says_what_failed(void **state)
{
	char *path = xstrdup(getenv("PATH")), *bin = in_folder("bin");

	(void)state;
	put_kernel();
	put("t/fragment.mk", "PREPARE = echo first; echo '  CC      more'; echo \"x.c:1:10: fatal error: 'gelf.h' file not found\" >&2; exit 3\n");
	says("dmacheck: error: cannot make an output tree for Linux 7.2: make -C t -j1 O=cache/objtree/t-x86/out ARCH=x86 LLVM=-19 CONFIG_OBJTOOL= CONFIG_HEADERS_INSTALL= CONFIG_DEBUG_INFO_BTF= CONFIG_GCOV_KERNEL= CONFIG_KASAN= CONFIG_KCOV= CONFIG_UBSAN= prepare: exit status 2\n"
	     "  first\n"
	     "  x.c:1:10: fatal error: 'gelf.h' file not found\n"
	     "  make: *** [Makefile:12: prepare] Error 3\n"
	     "  Install what is missing: apt-get install libelf-dev\n");
	put("t/fragment.mk", "PREPARE = echo 'cc: No space left on device'; false\n");
	says("dmacheck: error: cannot make an output tree for Linux 7.2: make -C t -j1 O=cache/objtree/t-x86/out ARCH=x86 LLVM=-19 CONFIG_OBJTOOL= CONFIG_HEADERS_INSTALL= CONFIG_DEBUG_INFO_BTF= CONFIG_GCOV_KERNEL= CONFIG_KASAN= CONFIG_KCOV= CONFIG_UBSAN= prepare: exit status 2\n"
	     "  cc: No space left on device\n"
	     "  make: *** [Makefile:12: prepare] Error 1\n"
	     "  There is no room left for cache/objtree/t-x86/out: make some, or say --cache DIR.\n");
	put("t/fragment.mk", "PREPARE = kill -9 $$PPID\n");
	says("dmacheck: error: cannot make an output tree for Linux 7.2: make -C t -j1 O=cache/objtree/t-x86/out ARCH=x86 LLVM=-19 CONFIG_OBJTOOL= CONFIG_HEADERS_INSTALL= CONFIG_DEBUG_INFO_BTF= CONFIG_GCOV_KERNEL= CONFIG_KASAN= CONFIG_KCOV= CONFIG_UBSAN= prepare: killed by signal 9 (Killed)\n");
	wipe("t/fragment.mk");

	/* No clang; then, no make. */
	put("bin/make", "#!/bin/sh\n");
	assert_int_equal(setenv("PATH", bin, 1), 0);
	says("dmacheck: error: cannot make an output tree for Linux 7.2: there is no make; apt-get install make\n");
	free(bin);
	bin = in_folder("bin/make");
	assert_int_equal(chmod(bin, 0755), 0);
	says("dmacheck: error: cannot make an output tree for Linux 7.2: there is no clang-19; apt-get install clang-19\n");
	setenv("PATH", path, 1);

	put("t/.config", "");
	says("dmacheck: error: cannot make an output tree for t: it was configured in place (there is t/.config), and kbuild refuses another output tree then. Build it, and dmacheck takes the commands from its .cmd files; or say -O DIR with the folder where it was built; or clean it with make mrproper\n");
	wipe("t/.config");
	wipe("cache");
	put("cache", "");
	says("dmacheck: error: cannot make the folder cache/objtree/t-x86; say --cache DIR with a folder that can be written: Not a directory\n");
	wipe("cache");
	free(path);
	free(bin);
}

static void is_not_taken_in_by_an_outer_make(void **state)
{
	(void)state;
	put_kernel();
	setenv("MAKEFLAGS", "-k -n --no-such-option", 1);
	setenv("MAKELEVEL", "3", 1);
	setenv("KBUILD_OUTPUT", "/elsewhere", 1);
	setenv("CC", "gcc", 1);
	setenv("ARCH", "arm", 1);
	setenv("LLVM", "1", 1);
	assert_int_equal(load_one("drivers/a/x.c", "a"), 0);
	asked("x86 -19 : allmodconfig\nx86 -19 : prepare\nx86 -19 : drivers/a/\n");
	wipe("cache");
}

static void goals_are(const char *dir, const char *expected)
{
	struct tree tree = open_tree("k", "x86");
	struct kbuild kbuild = KBUILD_INIT(&tree);
	struct intern_pool goals = INTERN_POOL_INIT;
	char all[200] = "";
	uint32_t i;

	if (strstr(dir, ".c"))
		kbuild_search(&kbuild, dir, &goals);
	else
		kbuild_goals(&kbuild, dir, &goals);
	for (i = 0; i < goals.nr; i++)
		snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s",
			 i ? " " : "", intern_str(&goals, i));
	assert_string_equal(all, expected);
	intern_release(&goals);
	kbuild_release(&kbuild);
	tree_release(&tree);
}

static void reads_makefiles(void **state)
{
	struct intern_pool asked = INTERN_POOL_INIT;
	struct kbuild kbuild;
	struct tree tree;

	(void)state;
	put_tree("k");
	put("k/drivers/Makefile", "obj-y\t\t+= gpu/ \\\n\tchar/ # net/\nobj-$(CONFIG_X) += char/ipmi/\n");
	put("k/drivers/gpu/Makefile", "obj-y += drm/\n");
	put("k/drivers/gpu/drm/Makefile", "obj-$(CONFIG_I915) += i915/\nobj-$(CONFIG_AMD)+=amd/amdgpu/\n-include $(srctree)/x/Makefile\n");
	put("k/drivers/gpu/drm/amd/amdkfd/Makefile", "x := y\n");
	put("k/arch/x86/kvm/Makefile", "include $(srctree)/virt/kvm/Makefile.kvm\nkvm-y += x.o ../../../lib/l.o\n");
	put("k/arch/arm64/kvm/Makefile", "include $(srctree)/virt/kvm/Makefile.kvm\n");
	goals_are("drivers/gpu/drm", "drivers/gpu/drm");
	goals_are("drivers/gpu/drm/i915", "drivers/gpu/drm/i915");
	goals_are("drivers/gpu/drm/i915/gem/selftests", "drivers/gpu/drm/i915");
	goals_are("drivers/gpu/drm/amd/amdgpu", "drivers/gpu/drm/amd/amdgpu");
	goals_are("drivers/gpu/drm/amd/amdkfd", "drivers/gpu/drm/amd/amdgpu");
	goals_are("drivers/char/ipmi", "drivers/char/ipmi");
	goals_are("drivers/net/x", "drivers");
	goals_are("mm", "mm");
	goals_are(".", "");
	goals_are("arch/x86/pci", "arch/x86/pci");
	goals_are("arch/x86/kvm/mmu", "arch/x86/kvm");
	goals_are("arch/arm64/mm", "");
	goals_are("tools/perf", "");
	goals_are("virt/kvm", "virt");
	goals_are("virt/kvm/kvm_main.c", "arch/x86/kvm");
	goals_are("lib/l.c", "arch/x86/kvm");
	goals_are("lib/m.c", "");

	tree = open_tree("k", "x86");
	kbuild = (struct kbuild)KBUILD_INIT(&tree);
	intern(&asked, "drivers/gpu");
	intern(&asked, "drivers/char");
	assert_true(kbuild_visits(&kbuild, &asked, "drivers/gpu/drm"));
	assert_true(kbuild_visits(&kbuild, &asked, "drivers/gpu/drm/i915"));
	assert_true(kbuild_visits(&kbuild, &asked, "drivers/gpu/drm/amd/amdgpu"));
	assert_false(kbuild_visits(&kbuild, &asked, "drivers/char/ipmi"));
	assert_false(kbuild_visits(&kbuild, &asked, "drivers/gpu"));
	assert_false(kbuild_visits(&kbuild, &asked, "mm"));
	intern_release(&asked);
	kbuild_release(&kbuild);
	tree_release(&tree);
	assert_true(kbuild_concerns("drivers/a/Makefile", "drivers/a"));
	assert_true(kbuild_concerns("drivers/a/b/Kbuild", "drivers/a"));
	assert_true(kbuild_concerns("Kbuild", "drivers/a"));
	assert_true(kbuild_concerns("drivers/Makefile", "drivers/a"));
	assert_false(kbuild_concerns("drivers/ab/Makefile", "drivers/a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_it_once),
		cmocka_unit_test(finds_who_builds_a_file),
		cmocka_unit_test(notices_changes),
		cmocka_unit_test(survives_garbage),
		cmocka_unit_test(says_what_failed),
		cmocka_unit_test(is_not_taken_in_by_an_outer_make),
		cmocka_unit_test(reads_makefiles),
	};
	char *path = NULL;

	/* All that is asked of clang is to be there. */
	put("fakes/clang-19", "#!/bin/sh\n");
	path = in_folder("fakes/clang-19");
	assert_int_equal(chmod(path, 0755), 0);
	free(path);
	path = xstrfmt("%s:%s/fakes", getenv("PATH"), capture_folder());
	setenv("PATH", path, 1);
	free(path);
	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
