// SPDX-License-Identifier: GPL-2.0-only
#include <unistd.h>

#include "commands/builtin.h"
#include "commands/examine.h"
#include "commands/options.h"
#include "commands/subcommand.h"
#include "fix/fix.h"
#include "fix/rename.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/tempfile.h"
#include "rules/attr-names.h"
#include "rules/rule.h"

#define RENAMING "retired-attr-name"

static bool is_asked_for(const struct options *opt, const char *id)
{
	size_t i;

	for (i = 0; i < opt->nr_rules; i++)
		if (!strcmp(opt->rules[i]->id, id))
			return true;
	return false;
}

/* What is renamed is no matter of single findings. */
static int rename_names(struct examination *ex, struct fix *fix)
{
	const struct options *opt = ex->opt;
	const struct rename_options options = {
		.to = opt->to,
		.paths = (const char *const *)ex->paths,
		.nr_paths = ex->nr_paths,
	};
	int changed;

	if (!ex->names)
		return 0;
	if (workspace_open(&fix->ws, ex->tree.root))
		return -1;
	changed = rename_retired(&fix->ws, ex->names, &options);
	if (changed < 0)
		return -1;
	note("retired names: %d file%s renamed", changed,
	     changed == 1 ? "" : "s");
	return 0;
}

static int fix_findings(struct examination *ex, struct fix *fix)
{
	char *patches = builtin_folder("semantic-patches");
	const struct fix_options options = {
		.tree = &ex->tree,
		.findings = &ex->findings,
		.level = ex->opt->level,
		.flow = ex->analysis.flow,
		.calls = ex->analysis.calls,
		.patches = patches,
		.elsewhere = is_asked_for(ex->opt, RENAMING) ? RENAMING : NULL,
	};
	int ret = fix_make(fix, &options);

	free(patches);
	return ret;
}

static int write_diff(const struct fix *fix, const char *path)
{
	struct newfile out = NEWFILE_INIT;

	if (!path)
		return workspace_diff(&fix->ws, NULL, 0, stdout) ||
			fflush(stdout) ? -1 : 0;
	if (newfile_open(&out, path))
		return -1;
	if (workspace_diff(&fix->ws, NULL, 0, out.stream)) {
		newfile_cancel(&out);
		return -1;
	}
	return newfile_commit(&out);
}

static int finish(struct fix *fix, const struct options *opt)
{
	size_t left = fix_tell(fix), failed;

	if (fix->nr)
		note("%zu of %zu findings fixed%s", fix->nr - left, fix->nr,
		     left ? ", the others need a hand" : "");
	if (!opt->apply)
		return write_diff(fix, opt->output) ? EXIT_FAILED :
			left ? EXIT_FINDINGS : EXIT_CLEAN;
	failed = workspace_apply(&fix->ws);
	if (failed)
		error("%zu files could not be written, the others were",
		      failed);
	return failed ? EXIT_FAILED : left ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int run(const struct options *opt)
{
	struct examination ex = EXAMINATION_INIT;
	struct fix fix = FIX_INIT;
	int status = EXIT_FAILED;

	if (opt->to && !is_asked_for(opt, RENAMING))
		return error("--to NAME goes with --rule " RENAMING),
			EXIT_FAILED;
	ex.fixing = true;
	if (examine(&ex, opt))
		goto cleanup;
	if (is_asked_for(opt, RENAMING) && rename_names(&ex, &fix))
		goto cleanup;
	if (!fix_findings(&ex, &fix))
		status = finish(&fix, opt);
cleanup:
	fix_release(&fix);
	examination_release(&ex);
	return status;
}

const struct subcommand fix_command = {
	.name = "fix",
	.arguments = "[PATH...]",
	.max_arguments = SIZE_MAX,
	.summary = "Write a patch that fixes what check finds, or apply it",
	.groups = OPTIONS_MESSAGES | OPTIONS_TREE | OPTIONS_FINDINGS |
		  OPTIONS_FIX,
	.run = run,
};
