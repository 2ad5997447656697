// SPDX-License-Identifier: GPL-2.0-only
/*
 * Asks the tree's get_maintainer.pl for the recipients of a patch and writes
 * them into its mail; for series.c.
 */
#include "fix/recipients.h"

#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/run.h"
#include "lib/tempfile.h"
#include "tree/tree.h"

#define SCRIPT "scripts/get_maintainer.pl"
#define TIMEOUT 120	/* seconds */

int recipients_available(const struct tree *tree)
{
	char *script = path_join(tree->root, SCRIPT);
	char *perl = run_find_program("perl");
	int ret = 0;

	if (access(script, R_OK))
		ret = error_errno("--maintainers needs %s", script);
	else if (!perl)
		ret = error("--maintainers needs perl, which was not found (apt-get install perl)");
	free(script);
	free(perl);
	return ret;
}

static void add_once(struct strvec *list, const char *who)
{
	if (!strvec_has(list, who))
		strvec_push(list, who);
}

/* "NAME <ADDRESS> (ROLE:SUBSYSTEM)" or "ADDRESS (...)"; lists get a copy. */
static void take_recipient(void *data, char *line, size_t len)
{
	struct recipients *r = data;
	char *end = strchr(line, '>'), *role;
	size_t i;

	end = end ? end + 1 : line + strcspn(line, " ");
	if (strncmp(end, " (", 2) || !memchr(line, '@', (size_t)(end - line)))
		return;
	for (i = 0; i < len; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 127)
			return;
	*end = '\0';
	role = end + strlen(" (");
	role[strcspn(role, ":)")] = '\0';
	add_once(strstr(role, "list") ? &r->cc : &r->to, line);
}

int recipients_ask(struct recipients *r, const struct tree *tree,
		   const char *patch)
{
	const char *const argv[] = { "perl", SCRIPT, "--no-git",
		"--no-git-fallback", "--no-git-chief-penguins", "--roles",
		"--no-rolestats", patch, NULL };
	struct run_result result = RUN_RESULT_INIT;
	const struct run_job job = { .argv = argv, .dir = tree->root,
		.line = take_recipient, .data = r, .timeout = TIMEOUT };
	int ret = run(&result, &job);

	if (ret) {
		char *words = run_words(&result, &job);

		error(SCRIPT ": %s: %s", words, run_tail(&result, 1));
		free(words);
	}
	run_release(&result);
	return ret;
}

void recipients_join(struct recipients *r, const struct recipients *from)
{
	struct strvec cc = STRVEC_INIT;
	size_t i;

	for (i = 0; i < from->to.nr; i++)
		add_once(&r->to, from->to.v[i]);
	for (i = 0; i < from->cc.nr; i++)
		add_once(&r->cc, from->cc.v[i]);
	for (i = 0; i < r->cc.nr; i++)
		if (!strvec_has(&r->to, r->cc.v[i]))
			strvec_push(&cc, r->cc.v[i]);
	strvec_release(&r->cc);
	r->cc = cc;
}

/* As git writes them: one a line. */
static void write_header(FILE *out, const char *name,
			 const struct strvec *list)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		fprintf(out, "%s%s", i ? ",\n    " : name, list->v[i]);
	if (list->nr)
		fputc('\n', out);
}

int recipients_write(const struct recipients *r, const char *patch)
{
	struct newfile out = NEWFILE_INIT;
	char *mail = path_read(patch, NULL);
	char *end = mail ? strstr(mail, "\n\n") : NULL;
	int ret = -1;

	if (!end) {
		error_errno("cannot read %s", patch);
		goto cleanup;
	}
	if (newfile_open(&out, patch))
		goto cleanup;
	fprintf(out.stream, "%.*s", (int)(end + 1 - mail), mail);
	write_header(out.stream, "To: ", &r->to);
	write_header(out.stream, "Cc: ", &r->cc);
	fputs(end + 1, out.stream);
	ret = newfile_commit(&out);
cleanup:
	free(mail);
	return ret;
}

void recipients_release(struct recipients *r)
{
	strvec_release(&r->to);
	strvec_release(&r->cc);
}
