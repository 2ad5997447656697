// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the kernel's make with clang: to prepare an output tree, and to print compile
 * commands (make -n); for own-objtree.c.
 */
#include "compile/kmake.h"

#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/progress.h"
#include "lib/run.h"
#include "lib/strbuf.h"
#include "lib/strvec.h"

#define TAIL_LINES	12
#define MAX_CALLS	16

/* The environment variables that make and kbuild read. */
static const char *const not_inherited[] = {
	"MAKE*", "MFLAGS", "GNUMAKEFLAGS", "KBUILD_*", "KCONFIG_*", "KCFLAGS", "KCPPFLAGS", "KAFLAGS", "KRUSTFLAGS", "ARCH", "SUBARCH",
	"SRCARCH", "CROSS_COMPILE", "CROSS_COMPILE_COMPAT", "LLVM", "LLVM_IAS",
	"CC", "LD", "AR", "NM", "OBJCOPY", "OBJDUMP", "READELF", "STRIP",
	"HOSTCC", "HOSTCXX", "HOSTLD", "HOSTAR", "HOSTCFLAGS", "HOSTLDFLAGS",
	"HOSTLDLIBS", "USERCFLAGS", "USERLDFLAGS", "CFLAGS", "CPPFLAGS",
	"LDFLAGS", "CFLAGS_*", "AFLAGS_*", "LDFLAGS_*", "CHECK", "CHECKFLAGS",
	"CF", "C", "O", "M", "MO", "V", "W", "VPATH", "src", "obj", "srctree",
	"objtree", "srcroot", "abs_srctree", "abs_objtree", "abs_output",
	"sub_make_done", "need-sub-make", "LOCALVERSION", "EXTRA_CFLAGS",
	"TARGET_ARCH", "BASH_ENV", "CDPATH", "LC_*", "LANG", "LANGUAGE",
	"PWD", "OLDPWD", NULL
};

/*
 * For make, these options are off; in the headers of the output tree they are on.
 * objtool, the headers for user space and BTF are not needed to know how a file is
 * compiled, and make would compute the flags for instrumentation for each object,
 * which ccargs.h drops. This saves half of the time, and libelf.
 */
static const char *const not_made[] = {
	"CONFIG_OBJTOOL=", "CONFIG_HEADERS_INSTALL=", "CONFIG_DEBUG_INFO_BTF=",
	"CONFIG_GCOV_KERNEL=", "CONFIG_KASAN=", "CONFIG_KCOV=", "CONFIG_UBSAN=",
};

/* Programs that kbuild needs, and their Debian packages. */
static const struct { const char *program, *package; } programs[] = {
	{ "make", "make" },
	{ KMAKE_CLANG, KMAKE_CLANG },
	{ "ld.lld" KMAKE_LLVM, "lld" KMAKE_LLVM },
	{ "llvm-ar" KMAKE_LLVM, "llvm" KMAKE_LLVM },
	{ "llvm-nm" KMAKE_LLVM, "llvm" KMAKE_LLVM },
	{ "llvm-objcopy" KMAKE_LLVM, "llvm" KMAKE_LLVM },
	{ "llvm-objdump" KMAKE_LLVM, "llvm" KMAKE_LLVM },
	{ "llvm-readelf" KMAKE_LLVM, "llvm" KMAKE_LLVM },
	{ "llvm-strip" KMAKE_LLVM, "llvm" KMAKE_LLVM },
	{ "flex", "flex" },
	{ "bison", "bison" },
	{ "bc", "bc" },
	{ "ld", "binutils" },
	{ "awk", "mawk" },
	{ "perl", "perl" },
};

/* Messages in make's output if the header of a library is missing. */
static const struct { const char *text, *package; } headers[] = {
	{ "'gelf.h'", "libelf-dev" },
	{ "'libelf.h'", "libelf-dev" },
	{ "'elf.h'", "libc6-dev" },
	{ "libelf", "libelf-dev" },
	{ "'openssl/", "libssl-dev" },
	{ "'xxhash.h'", "libxxhash-dev" },
	{ "'zlib.h'", "zlib1g-dev" },
	{ "'stdio.h'", "libc6-dev" },
	{ "'stdlib.h'", "libc6-dev" },
	{ "'sys/types.h'", "libc6-dev" },
};

static void add_package(struct strvec *list, const char *name)
{
	if (!strvec_has(list, name))
		strvec_push(list, name);
}

/* The packages that seem to be missing, each once. */
static void missing_packages(struct strvec *list, const char *output)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(programs); i++) {
		char *path = run_find_program(programs[i].program);

		if (!path)
			add_package(list, programs[i].package);
		free(path);
	}
	for (i = 0; i < ARRAY_SIZE(headers); i++)
		if (strstr(output, headers[i].text))
			add_package(list, headers[i].package);
}

/* A sentence that says what to do; "" if that is unknown. */
static char *advice(const struct kmake *kmake, const char *output)
{
	struct strvec missing = STRVEC_INIT;
	struct strbuf text = STRBUF_INIT;
	size_t i;

	if (strstr(output, "No space left on device") ||
	    strstr(output, "Disk quota exceeded"))
		return xstrfmt("\nThere is no room left for %s: make some, or say --cache DIR.",
			       kmake->out);
	if (strstr(output, "Read-only file system") ||
	    strstr(output, "Permission denied"))
		return xstrfmt("\nIf %s cannot be written, say --cache DIR.",
			       kmake->out);
	missing_packages(&missing, output);
	if (missing.nr)
		strbuf_addstr(&text,
			      "\nInstall what is missing: apt-get install");
	for (i = 0; i < missing.nr; i++)
		strbuf_addf(&text, " %s", missing.v[i]);
	strvec_release(&missing);
	return strbuf_detach(&text, NULL);
}

/* "  CC      x.o", "make[1]: Leaving directory 'x'" */
static bool is_progress(const char *line, size_t len)
{
	return (len > 2 && line[0] == ' ' && line[1] == ' ' &&
		line[2] >= 'A' && line[2] <= 'Z') ||
		memmem(line, len, "ing directory '", 15);
}

/*
 * The last lines of the output that are not progress, without the final newline;
 * the caller frees them.
 */
static char *last_lines(const struct run_result *result)
{
	struct strbuf text = STRBUF_INIT;
	const char *line = result->output, *end;
	size_t lines = 0;

	for (; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		if (!is_progress(line, (size_t)(end - line)) && end > line)
			lines++;
	}
	for (line = result->output; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		if (is_progress(line, (size_t)(end - line)) || end == line)
			continue;
		if (lines-- <= TAIL_LINES)
			strbuf_addf(&text, "%s%.*s", text.len ? "\n" : "",
				    (int)(end - line), line);
	}
	return strbuf_detach(&text, NULL);
}

static int failed(const struct kmake *kmake, const struct run_job *job,
		  const struct run_result *result)
{
	char *command = run_command_line(job->argv);
	char *words = run_words(result, job);
	char *what = advice(kmake, result->output);
	char *tail = last_lines(result);
	char *text = xstrfmt("%s%s", tail, *tail ? what :
			     what + (*what == '\n'));
	const char *todo = kmake->asking ? "ask make about the module in " :
		"make an output tree for Linux ";
	const char *of = kmake->asking ? kmake->tree->module_dir :
		kmake->tree->version;

	if (*text)
		error("cannot %s%s: %s: %s\n%s", todo, of, command, words, text);
	else
		error("cannot %s%s: %s: %s", todo, of, command, words);
	free(text);
	free(tail);
	free(command);
	free(words);
	free(what);
	return -1;
}

int kmake_check(const struct kmake *kmake)
{
	const struct tree *tree = kmake->tree;
	char *traces[] = {
		path_join(tree->root, ".config"),
		path_join(tree->root, "include/config"),
		xstrfmt("%s/arch/%s/include/generated", tree->root, tree->arch),
	};
	static const char *const needed[] = { "make", KMAKE_CLANG };
	int ret = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(traces); i++) {
		if (!ret && !access(traces[i], F_OK))
			ret = error("cannot make an output tree for %s: it was configured in place (there is %s), and kbuild refuses another output tree then. Build it, and dmacheck takes the commands from its .cmd files; or say -O DIR with the folder where it was built; or clean it with make mrproper",
				    tree->root, traces[i]);
		free(traces[i]);
	}
	for (i = 0; i < ARRAY_SIZE(needed) && !ret; i++) {
		char *path = run_find_program(needed[i]);

		if (!path)
			ret = error("cannot make an output tree for Linux %s: there is no %s; apt-get install %s",
				    tree->version, needed[i], needed[i]);
		free(path);
	}
	return ret;
}

char **kmake_environment(const char *const *with)
{
	return run_env(not_inherited, with);
}

/* One call of make. */
struct call {
	struct run_job job;
	struct run_result result;
	const char **argv;
	size_t nr, alloc;
	char *own[3], *pwd, **env;
};

static void add_argument(struct call *call, const char *arg)
{
	ALLOC_GROW(call->argv, call->nr + 1, call->alloc);
	call->argv[call->nr++] = arg;
}

/* make with its usual arguments, followed by `first` and `more`. */
static void call_init(struct call *call, const struct kmake *kmake,
		      unsigned int jobs, const char *const *first,
		      const char *const *more)
{
	const struct tree *tree = kmake->tree;
	const char *environment[] = { "LC_ALL=C", NULL, NULL };
	size_t i;

	call->own[0] = xstrfmt("-j%u", jobs ? jobs : 1);
	call->own[1] = xstrfmt("O=%s", kmake->out);
	call->own[2] = xstrfmt("ARCH=%s", kmake->tree->arch);
	add_argument(call, "make");
	add_argument(call, "-C");
	add_argument(call, kmake->tree->root);
	for (i = 0; i < ARRAY_SIZE(call->own); i++)
		/* A tree configured in place has no other output tree. */
		if (i != 1 || strcmp(kmake->out, kmake->tree->root))
			add_argument(call, call->own[i]);
	add_argument(call, "LLVM=" KMAKE_LLVM);
	for (i = 0; i < ARRAY_SIZE(not_made); i++)
		add_argument(call, not_made[i]);
	for (; *first; first++)
		add_argument(call, *first);
	for (i = 0; kmake->asking && i < kmake->nr_variables; i++)
		add_argument(call, kmake->variables[i]);
	for (; *more; more++)
		add_argument(call, *more);
	add_argument(call, NULL);
	/* As where one would start it; make -C leaves PWD as it is. */
	call->pwd = xstrfmt("PWD=%s", kmake->asking ? tree->module_dir :
			    tree->root);
	environment[1] = call->pwd;
	call->env = kmake_environment(environment);
	call->job.argv = call->argv;
	call->job.env = call->env;
}

static void call_release(struct call *call)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(call->own); i++)
		free(call->own[i]);
	free(call->pwd);
	free(call->env);
	free(call->argv);
	run_release(&call->result);
}

static void show_time(void *progress)
{
	progress_update(progress, 0);
}

int kmake_run(const struct kmake *kmake, const char *goal)
{
	const char *const goals[] = { goal, NULL }, *const none[] = { NULL };
	struct call call = { .result = RUN_RESULT_INIT };
	int ret;

	call_init(&call, kmake, kmake->jobs, goals, none);
	call.job.tick = show_time;
	call.job.data = progress_start(goal, 0);
	ret = run(&call.result, &call.job);
	progress_stop(call.job.data);
	if (ret)
		failed(kmake, &call.job, &call.result);
	call_release(&call);
	return ret;
}

struct counted {
	void (*line)(void *data, char *line, size_t len);
	void *data;
	size_t nr;
	struct progress *progress;
};

static void give_compile(void *data, char *line, size_t len)
{
	struct counted *c = data;

	if (!strstr(line, "-D__KERNEL__"))
		return;
	c->nr++;
	c->line(c->data, line, len);
}

static void show_counted_time(void *data)
{
	const struct counted *c = data;

	progress_update(c->progress, 0);
}

/*
 * How many makes to start, each with a part of the goals. With make -j, the lines
 * of the output would be mixed. Each make takes a second or two to start.
 */
static size_t nr_calls(const struct kmake *kmake, size_t nr_goals)
{
	size_t nr = kmake->jobs, most = (nr_goals + 3) / 4;

	if (nr > most)
		nr = most;
	return nr > MAX_CALLS ? MAX_CALLS : nr ? nr : 1;
}

/* The result of one of them. */
static int judge(const struct kmake *kmake, const struct run_job *job,
		 const struct run_result *result, size_t nr_commands)
{
	char *tail;

	if (!result->exit_status)
		return 0;
	if (result->exit_status < 0 || !nr_commands)
		return failed(kmake, job, result);
	tail = last_lines(result);
	warning_once("the commands of some files may be missing, as make -n said:\n%s",
		tail);
	free(tail);
	return 0;
}

/*
 * For a folder, Linux 5.10 prints only the commands of built-in objects, unless
 * KBUILD_MODULES=1 makes it build modules, too.
 */
#define MODULES_TOO "KBUILD_MODULES=1"

/*
 * The rule for an object computes and prints more than its compile command; this
 * reduces it to the command.
 */
#define PRINT "-n", "-k", "--no-print-directory", "rule_cc_o_c=$(cmd_cc_o_c)"

int kmake_print(const struct kmake *kmake, const char *const *goals,
		size_t nr_goals, void (*line)(void *data, char *line,
					      size_t len), void *data)
{
	static const char *const first[] = { PRINT, MODULES_TOO, NULL };
	size_t nr = nr_calls(kmake, nr_goals), i, g;
	struct call calls[MAX_CALLS] = { { .argv = NULL } };
	struct run_job jobs[MAX_CALLS];
	struct run_result results[MAX_CALLS];
	struct counted counted[MAX_CALLS];
	const char **share = xcalloc(nr_goals + 1, sizeof(*share));
	struct progress *progress = progress_start("compile commands", 0);
	int ret = 0;

	for (i = 0; i < nr; i++) {
		size_t n = 0;

		for (g = i; g < nr_goals; g += nr)
			share[n++] = goals[g];
		share[n] = NULL;
		call_init(&calls[i], kmake, 1, first, share);
		counted[i] = (struct counted){ line, data, 0, progress };
		jobs[i] = calls[i].job;
		jobs[i].line = give_compile;
		jobs[i].tick = show_counted_time;
		jobs[i].data = &counted[i];
	}
	run_all(results, jobs, nr);
	progress_stop(progress);
	for (i = 0; i < nr; i++) {
		if (!ret)
			ret = judge(kmake, &jobs[i], &results[i],
				    counted[i].nr);
		run_release(&results[i]);
		call_release(&calls[i]);
	}
	free(share);
	return ret;
}

int kmake_print_module(const struct kmake *kmake, const char *scratch,
		       void (*line)(void *data, char *line, size_t len),
		       void *data)
{
	const char *dir = kmake->tree->module_dir;
	/*
	 * Tests of the compiler and folders for objects must not be created in
	 * the module's folder. MO= exists since Linux 6.13.
	 */
	char *module = xstrfmt("M=%s", dir), *mo = xstrfmt("MO=%s", scratch);
	char *tries = xstrfmt("TMPOUT=%s/.tmp_$$$$", scratch);
	const char *const first[] = {
		PRINT, module, mo, tries,
		/* Also print commands of objects that are built already. */
		"cmd-check=1", "arg-check=1", NULL
	};
	/* The names of the module's folder in kernels with and without MO=. */
	const char *const goals[] = { ".", dir, NULL };
	struct progress *progress = progress_start("compile commands", 0);
	struct counted counted = { line, data, 0, progress };
	struct call call = { .result = RUN_RESULT_INIT };
	struct kmake asking = *kmake;
	int ret = 0;

	asking.asking = true;
	call_init(&call, &asking, 1, first, goals);
	call.job.line = give_compile;
	call.job.tick = show_counted_time;
	call.job.data = &counted;
	if (path_mkdirs(scratch))
		ret = error_errno("cannot make the folder %s", scratch);
	if (!ret)
		run(&call.result, &call.job);
	progress_stop(progress);
	if (!ret)
		ret = judge(&asking, &call.job, &call.result, counted.nr);
	free(module);
	free(mo);
	free(tries);
	call_release(&call);
	return ret;
}
