// SPDX-License-Identifier: GPL-2.0-only
#include "compile/ccargs.h"

#include "capture.h"
#include "compile/shell-words.h"

/* The commands in `line`, each with its words in <> and "|" between them. */
static void splits_into(const char *line, const char *expected)
{
	struct shell_words words = SHELL_WORDS_INIT;
	char *all = NULL;
	size_t len, i;
	FILE *f = open_memstream(&all, &len);
	const char *p = line;

	while ((p = shell_words_next(&words, p))) {
		for (i = 0; i < words.nr; i++)
			fprintf(f, "<%s>", words.list[i]);
		fputc('|', f);
	}
	fclose(f);
	assert_string_equal(all, expected);
	free(all);
	shell_words_release(&words);
}

static void splits_shell(void **state)
{
	(void)state;
	splits_into("", "");
	splits_into(" \t ; ", "");
	splits_into("a", "<a>|");
	splits_into("a  b\tc", "<a><b><c>|");
	splits_into("a; b && c || d & e | f", "<a>|<b>|<c>|<d>|<e>|<f>|");
	splits_into("set -e; cc -c x.c;", "<set><-e>|<cc><-c><x.c>|");
	splits_into("(a b)>c 2>&1", "<a><b>|<c><2>|<1>|");
	splits_into("'a b'\"c d\"e", "<a bc de>|");
	splits_into("-DX='\"y\"' -D'Z=1 2' ''", "<-DX=\"y\"><-DZ=1 2><>|");
	splits_into("a\\ b \\\"c \\; \"\\\"\\$\\x\"", "<a b><\"c><;><\"$\\x>|");
	splits_into("'it'\\''s'", "<it's>|");
	splits_into("a \\\n b\nc", "<a><b>|<c>|");
	splits_into("a 'b", "<a><b>|");
	splits_into("a \"b\\", "<a><b\\>|");
	splits_into("a\\", "<a>|");
}

/* What is left of a command that runs in /out. */
static void leaves(const char *line, const char *arch, const char *expected)
{
	struct shell_words words = SHELL_WORDS_INIT;
	struct intern_pool pool = INTERN_POOL_INIT;
	struct ccargs args = CCARGS_INIT;
	char *all = NULL;
	size_t len, i;
	FILE *f = open_memstream(&all, &len);
	bool is_compile;

	assert_non_null(shell_words_next(&words, line));
	is_compile = ccargs_read(&args, words.list, words.nr, "/out", arch,
				 NULL, &pool);
	if (is_compile)
		fprintf(f, "%s [%s]%s", args.source, args.modname,
			args.is_module ? " module" : "");
	for (i = 0; i < args.common.nr; i++)
		fprintf(f, " %s", intern_str(&pool, args.common.list[i]));
	if (is_compile)
		fputs(" |", f);
	for (i = 0; i < args.own.nr; i++)
		fprintf(f, " %s", intern_str(&pool, args.own.list[i]));
	fclose(f);
	assert_string_equal(all, expected);
	free(all);
	ccargs_release(&args);
	intern_release(&pool);
	shell_words_release(&words);
}

static void knows_a_compile_command(void **state)
{
	(void)state;
	leaves("rm -f x.c", "x86", "");
	leaves("gcc -c x.c", "x86", "");
	leaves("gcc -D__KERNEL__ -c x.S", "x86", "");
	leaves("gcc", "x86", "");
	leaves("-D__KERNEL__ x.c", "x86", "");
	leaves("clang-19 -D__KERNEL__ -c -o x.o x.c", "x86",
	       "/out/x.c [] -D__KERNEL__ --target=x86_64-linux-gnu -w -ferror-limit=0 |");
	leaves("then ccache gcc -D__KERNEL__ -c -o x.o /src/a/../b/x.c", "um",
	       "/src/b/x.c [] -D__KERNEL__ --target=x86_64-linux-gnu -w -ferror-limit=0 |");
}

static void finds_the_target(void **state)
{
	(void)state;
	leaves("gcc -D__KERNEL__ x.c", "arm64",
	       "/out/x.c [] -D__KERNEL__ --target=aarch64-linux-gnu -w -ferror-limit=0 |");
	leaves("/opt/bin/riscv64-linux-gnu-gcc-12 -D__KERNEL__ x.c", "x86",
	       "/out/x.c [] -D__KERNEL__ --target=riscv64-linux-gnu -w -ferror-limit=0 |");
	leaves("clang -D__KERNEL__ --target=s390x-linux-gnu x.c", "x86",
	       "/out/x.c [] -D__KERNEL__ --target=s390x-linux-gnu -w -ferror-limit=0 |");
	leaves("clang -D__KERNEL__ -target arm-linux-gnueabi x.c", "x86",
	       "/out/x.c [] -D__KERNEL__ --target=arm-linux-gnueabi -w -ferror-limit=0 |");
	leaves("gcc -D__KERNEL__ x.c", "alpha",
	       "/out/x.c [] -D__KERNEL__ -w -ferror-limit=0 |");
}

static void names_module_and_file(void **state)
{
	(void)state;
	leaves("clang -DKBUILD_BASENAME='\"x\"' -DKBUILD_MODNAME='\"a_b\"' "
	       "-D__KBUILD_MODNAME=a_b -DMODULE -D__KERNEL__ x.c", "x86",
	       "/out/x.c [a_b] module -DMODULE -D__KERNEL__ "
	       "--target=x86_64-linux-gnu -w -ferror-limit=0 | -DKBUILD_BASENAME=\"x\" "
	       "-DKBUILD_MODNAME=\"a_b\" -D__KBUILD_MODNAME=a_b");
}

static void makes_paths_absolute(void **state)
{
	(void)state;
	leaves("clang -D__KERNEL__ -I./a -I b -I /c/../d -I. -isystem e "
	       "-iquote./f -include ./g.h -include linux/h.h "
	       "-include /i.h x.c", "x86",
	       "/out/x.c [] -D__KERNEL__ -I/out/a -I/out/b -I/c/../d -I/out/. "
	       "-isystem/out/e -iquote/out/f -include /out/g.h "
	       "-include linux/h.h -include /i.h --target=x86_64-linux-gnu "
	       "-w -ferror-limit=0 |");
}

static void drops_what_does_not_matter(void **state)
{
	(void)state;
	leaves("gcc -Wp,-MMD,drivers/.x.o.d -nostdinc -D__KERNEL__ -D A=1 -UB "
	       "-fmacro-prefix-map=/s/= -Werror -std=gnu11 -fshort-wchar "
	       "-funsigned-char -fno-common -fno-PIE -mno-sse -m64 "
	       "-mpreferred-stack-boundary=3 -march=k8 -mtune=generic "
	       "-mindirect-branch=thunk-extern -mindirect-branch-register "
	       "-fno-allow-store-data-races -fconserve-stack -O2 -g "
	       "-fplugin=./x.so -fplugin-arg-x-y -fmin-function-alignment=16 "
	       "-fsanitize=kernel-address -mllvm -asan-stack=0 --param a=b "
	       "-Xclang -x -Wall -Wno-x -pg -mfentry -fms-extensions "
	       "-fno-builtin-wcslen -ffreestanding -MF x.d -MD "
	       "-Wa,-march=armv8.5-a -DC -c -o x.o x.c", "x86",
	       "/out/x.c [] -nostdinc -D__KERNEL__ -DA=1 -UB -std=gnu11 "
	       "-fshort-wchar -funsigned-char -m64 -O2 -fms-extensions "
	       "-fno-builtin-wcslen -ffreestanding -DC "
	       "--target=x86_64-linux-gnu -w -ferror-limit=0 |");
	/* An option that is cut off at the end. */
	leaves("gcc -D__KERNEL__ x.c -I", "alpha",
	       "/out/x.c [] -D__KERNEL__ -I/out/ -w -ferror-limit=0 |");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_shell),
		cmocka_unit_test(knows_a_compile_command),
		cmocka_unit_test(finds_the_target),
		cmocka_unit_test(names_module_and_file),
		cmocka_unit_test(makes_paths_absolute),
		cmocka_unit_test(drops_what_does_not_matter),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
