// SPDX-License-Identifier: GPL-2.0-only
/* Finds the "Fixes:" lines of a patch with git; for series.c. */
#include "fix/blame.h"

#include <ctype.h>

#include "findings/finding.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/git.h"
#include "tree/tree.h"

#define TIMEOUT 120	/* seconds; blame reads the history of one file */
#define ID_LEN 40

/* Linux-2.6.12-rc2. */
#define FIRST_COMMIT "1da177e4c3f41524e886b7f1b8a0c1fc7321cac2"

/* The id at the start of a line of `git blame --porcelain`; NULL: none. */
static char *find_id(const char *text)
{
	const char *line;

	for (line = text; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strspn(line, "0123456789abcdef") == ID_LEN &&
		    line[ID_LEN] == ' ')
			return xstrndup(line, ID_LEN);
	}
	return NULL;
}

static void note_failure(const struct run_result *result,
			 const struct location *loc)
{
	const char *said = result->timed_out ? "too slow" :
		run_tail(result, 1);

	note("no Fixes: for %s:%u: git blame: %.*s", loc->file, loc->line,
	     (int)strcspn(said, "\n"), said);
}

/* The commit of that line as it is in the work tree; NULL: none is known. */
static char *blame_line(const char *root, const struct location *loc)
{
	char *range = xstrfmt("-L%u,%u", loc->line, loc->line), *id = NULL;
	const char *words[] = { "blame", "-w", "--porcelain", "--no-textconv",
		range, "--", loc->file, NULL };
	const struct git_call call = { .dir = root, .words = words,
		.work_tree = true, .timeout = TIMEOUT };
	struct run_result result = RUN_RESULT_INIT;

	if (!git_run(&result, &call))
		id = find_id(result.output);
	else
		note_failure(&result, loc);
	run_release(&result);
	free(range);
	if (id && strspn(id, "0") == ID_LEN) {
		free(id);
		id = NULL;
	}
	return id;
}

static bool has_parent(const char *root, const char *id)
{
	const char *words[] = { "show", "-s", "--no-show-signature",
		"--format=%p", id, NULL };
	char *parents = git_ask(root, words, false);
	bool yes = parents && *parents;

	free(parents);
	return yes;
}

void blame_add(struct strvec *lines, const struct tree *tree,
	       const struct location *loc)
{
	const char *words[] = { "show", "-s", "--no-show-signature",
		"--abbrev=12", "--encoding=UTF-8",
		"--format=Fixes: %h (\"%s\")", NULL, NULL };
	char *id, *line = NULL;

	if (!git_is_top(tree->root))
		return;
	id = blame_line(tree->root, loc);
	if (id && (has_parent(tree->root, id) || !strcmp(id, FIRST_COMMIT))) {
		words[ARRAY_SIZE(words) - 2] = id;
		line = git_ask(tree->root, words, false);
	}
	if (line && !strvec_has(lines, line))
		strvec_push(lines, line);
	free(line);
	free(id);
}
