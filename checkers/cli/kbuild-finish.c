// SPDX-License-Identifier: GPL-2.0-only
#include "cli/kbuild-finish.h"

#include <unistd.h>

#include "lib/cache-folder.h"
#include "analysis/examine.h"
#include "cli/kbuild-record.h"
#include "cli/options.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "report/report.h"
#include "lib/path.h"

/* One build being finished. */
struct finish {
	const struct kbuild_record *record;
	struct options opt;		/* for the examination */
	struct examination ex;
	struct command_set set;		/* of a module outside of the tree */
	struct compile_db commands;
	struct intern_pool arguments;
	struct intern_pool covered;	/* files that findings may be in */
	uint64_t *keys;			/* of what is found */
	struct findings new;		/* the list alone is its own */
};

/* --- which files, and how --- */

/*
 * Their folders, but for those below others: a check reads the neighbours of
 * a file, too, and there may be thousands.
 */
static void add_folders(struct finish *f)
{
	const struct kbuild_record *record = f->record;
	struct intern_pool folders = INTERN_POOL_INIT;
	uint32_t i, j;

	for (i = 0; i < record->files.nr; i++) {
		const char *file = intern_str(&record->files, i);
		char *path = path_join(record->build.root, file);
		char *folder = path_dirname(path);

		if (path_is_file(path))
			intern(&folders, folder);
		else
			note("%s: there is no such file any more", file);
		free(folder);
		free(path);
	}
	for (i = 0; i < folders.nr; i++) {
		for (j = 0; j < folders.nr; j++)
			if (i != j && path_below(intern_str(&folders, i),
						 intern_str(&folders, j)))
				break;
		if (j == folders.nr)
			intern(&f->arguments, intern_str(&folders, i));
	}
	intern_release(&folders);
}

static void set_arguments(struct finish *f)
{
	struct words *words = &f->opt.arguments;
	uint32_t i;

	words->list = xcalloc(f->arguments.nr, sizeof(*words->list));
	for (i = 0; i < f->arguments.nr; i++)
		words->list[words->nr++] = intern_str(&f->arguments, i);
}

/* A module outside of the tree: its commands were noted. */
static void add_commands(struct finish *f)
{
	const struct kbuild_record *record = f->record;
	size_t given = 0;
	uint32_t i;

	f->set.outside = record->build.extmod;
	for (i = 0; i < record->files.nr; i++) {
		const struct kbuild_seen *seen = &record->seen[i];

		if (seen->nr_words)
			command_set_read(&f->set, &f->ex.tree,
					 record->build.objtree, seen->words,
					 seen->nr_words, seen->dir, NULL, 0,
					 COMMAND_OWN);
	}
	command_set_give(&f->set, &given, &f->commands);
	f->ex.given = &f->commands;
	note("%s: only what its own files show is told, and nothing that sparse or the text of other files has to say",
	     record->build.extmod);
}

static int examine_build(struct finish *f, const struct options *opt)
{
	const struct kbuild_build *build = &f->record->build;

	f->opt = *opt;
	f->opt.tree = build->root;
	f->opt.objtree = build->objtree;
	f->opt.arch = build->arch;
	f->opt.arguments = (struct words){ NULL, 0, 0 };
	if (!build->extmod) {
		add_folders(f);
		if (!f->arguments.nr)
			return 0;
		set_arguments(f);
		return examine(&f->ex, &f->opt);
	}
	/* The rules are chosen for files that are given. */
	f->ex.given = &f->commands;
	if (examine_begin(&f->ex, &f->opt))
		return -1;
	add_commands(f);
	return examine_end(&f->ex);
}

/* --- what to report --- */

/* The files that were seen, and what they include. */
static void find_covered(struct finish *f)
{
	const struct program *program = &f->ex.analysis.program;
	const struct intern_pool *seen = &f->record->files;
	size_t i, j;

	for (i = 0; i < seen->nr; i++)
		intern(&f->covered, intern_str(seen, (uint32_t)i));
	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];

		if (intern_find(seen, unit->file) == INTERN_NONE)
			continue;
		for (j = 0; j < unit->nr_headers; j++)
			intern(&f->covered, intern_str(&program->names,
						       unit->headers[j]));
	}
}

static bool is_covered(const struct finding *finding, void *data)
{
	const struct finish *f = data;

	return intern_find(&f->covered, finding->loc.file) != INTERN_NONE;
}

static void find_new(struct finish *f)
{
	const struct findings *all = &f->ex.findings;
	size_t i;

	f->keys = xcalloc(all->nr, sizeof(*f->keys));
	f->new.list = xcalloc(all->nr, sizeof(*f->new.list));
	for (i = 0; i < all->nr; i++) {
		f->keys[i] = kbuild_finding_key(&all->list[i]);
		if (!kbuild_record_has(f->record, &all->list[i]))
			f->new.list[f->new.nr++] = all->list[i];
	}
}

static bool has_key(const struct finish *f, uint64_t key)
{
	size_t i;

	for (i = 0; i < f->ex.findings.nr; i++)
		if (f->keys[i] == key)
			return true;
	return false;
}

/* What one file showed, and all together do not. */
static void take_back(const struct finish *f)
{
	const struct kbuild_record *record = f->record;
	size_t i, j;

	for (i = 0; i < record->files.nr; i++)
		for (j = 0; j < record->seen[i].nr_told; j++)
			if (!has_key(f, record->seen[i].told[j].key))
				note("told during the build, but with all files read it reads otherwise: %s",
				     record->seen[i].told[j].text);
}

static int report_new(struct finish *f)
{
	const struct report all = {
		.tree = &f->ex.tree,
		.findings = &f->ex.findings,
		.coverage = &f->ex.coverage,
		.level = f->opt.level,
	};
	struct report new = all;
	size_t nr_told;

	new.findings = &f->new;
	find_covered(f);
	findings_keep(&f->ex.findings, is_covered, f);
	find_new(f);
	nr_told = f->ex.findings.nr - f->new.nr;
	if (report_write(&new, f->opt.format, f->opt.output))
		return EXIT_FAILED;
	take_back(f);
	report_summary(&all);
	if (nr_told)
		note("%zu of these %s told during the build and %s not repeated",
		     nr_told, nr_told == 1 ? "was" : "were",
		     nr_told == 1 ? "is" : "are");
	return report_count(&all) ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int finish_build(const struct kbuild_record *record,
			const struct options *opt)
{
	struct finish f = {
		.record = record, .ex = EXAMINATION_INIT,
		.commands = COMPILE_DB_INIT,
	};
	int status = EXIT_FAILED;

	command_set_init(&f.set);
	if (!examine_build(&f, opt))
		status = report_new(&f);
	if (status != EXIT_FAILED && kbuild_record_forget(record))
		status = EXIT_FAILED;
	examination_release(&f.ex);
	compile_db_release(&f.commands);
	command_set_release(&f.set);
	free(f.opt.arguments.list);
	free(f.keys);
	free(f.new.list);
	intern_release(&f.arguments);
	intern_release(&f.covered);
	return status;
}

/* --- which build --- */

static int finish_all(const struct kbuild_record *records, size_t nr,
		      const char *dir, const struct options *opt)
{
	int status = EXIT_CLEAN, one;
	size_t i;

	if (!nr) {
		error("no build of %s has called `dmacheck kbuild` since the last --finish, or not with this cache; name the output tree, or the module's folder, with -O",
		      dir);
		return EXIT_FAILED;
	}
	if (nr > 1 && (opt->output ||
		       opt->format != report_format_find("text"))) {
		error("there are %zu builds of %s: name the output tree of one with -O",
		      nr, dir);
		return EXIT_FAILED;
	}
	for (i = 0; i < nr; i++) {
		one = finish_build(&records[i], opt);
		status = one > status ? one : status;
	}
	return status;
}

int kbuild_finish(const struct options *opt)
{
	const char *name = opt->objtree ? opt->objtree : opt->tree;
	char *dir = realpath(name, NULL), *cache = NULL;
	struct kbuild_record *records = NULL;
	int status = EXIT_FAILED;
	size_t nr = 0, i;

	if (!dir)
		error_errno("cannot open %s", name);
	else
		cache = cache_open(opt->cache, false);
	if (cache && !kbuild_records_read(cache, dir, &records, &nr))
		status = finish_all(records, nr, dir, opt);
	for (i = 0; i < nr; i++)
		kbuild_record_release(&records[i]);
	free(records);
	cache_close(cache);
	free(dir);
	return status;
}
