// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes a fix as a patch series: groups its outcomes by module, commits each
 * group in a scratch repository and runs `git format-patch` on that.
 */
#include "fix/series.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <unistd.h>

#include "fix/blame.h"
#include "fix/letter.h"
#include "fix/recipients.h"
#include "fix/subject.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/git.h"
#include "lib/path.h"
#include "lib/strvec.h"
#include "lib/tempfile.h"
#include "lib/version.h"
#include "tree/tree.h"

/* Seconds, for a patch that changes the whole tree. */
#define GIT_TIMEOUT 300

struct patch {
	struct letter letter;
	char *subject;
};

struct series {
	const struct series_options *opt;
	struct patch *list;
	size_t nr, alloc;
	char *repository, *out;		/* of git, in a folder that goes away */
	struct strvec who;		/* "-c author.name=..." and so on */
	struct strvec written;
	bool made;			/* the folder did not exist */
};

/* --- the patches --- */

static bool shares_file(const struct fix_outcome *a,
			const struct fix_outcome *b)
{
	size_t i, j;

	for (i = 0; i < a->nr_files; i++)
		for (j = 0; j < b->nr_files; j++)
			if (!strcmp(a->files[i], b->files[j]))
				return true;
	return false;
}

/* A file is changed by one patch only, so that each applies by itself. */
static bool belong_together(const struct fix_outcome *a,
			    const struct fix_outcome *b)
{
	const char *module = a->finding->module;

	return shares_file(a, b) ||
	       (module && *module && b->finding->module &&
		!strcmp(module, b->finding->module));
}

/* For each outcome, the number of the first one in its group. */
static size_t *group_outcomes(const struct fix *fix)
{
	size_t *group = xcalloc(fix->nr, sizeof(*group));
	size_t i, j, k;

	for (i = 0; i < fix->nr; i++) {
		group[i] = i;
		for (j = 0; j < i; j++) {
			size_t a = group[i], b = group[j];

			if (a == b || fix->list[i].why_not ||
			    fix->list[j].why_not ||
			    !belong_together(&fix->list[i], &fix->list[j]))
				continue;
			for (k = 0; k <= i; k++)
				if (group[k] == a || group[k] == b)
					group[k] = a < b ? a : b;
		}
	}
	return group;
}

static void add_outcome(struct letter *l, const struct fix_outcome *o)
{
	size_t i;

	ALLOC_GROW(l->outcomes, l->nr + 1, l->alloc);
	l->outcomes[l->nr++] = o;
	for (i = 0; i < o->nr_files; i++) {
		ALLOC_GROW(l->files, l->nr_files + 1, l->alloc_files);
		l->files[l->nr_files++] = o->files[i];
	}
}

static struct patch *add_patch(struct series *s)
{
	ALLOC_GROW(s->list, s->nr + 1, s->alloc);
	memset(&s->list[s->nr], 0, sizeof(s->list[s->nr]));
	return &s->list[s->nr++];
}

static void finish_patch(const struct series *s, struct patch *p)
{
	struct subject_style style = { NULL, false };
	char *text = letter_subject(&p->letter);

	if (p->letter.nr)
		style = subject_style(s->opt->tree,
				      p->letter.outcomes[0]->finding->loc.file);
	else
		style.prefix = xstrdup("dma-mapping: ");
	p->subject = subject_join(&style, text);
	subject_style_release(&style);
	free(text);
}

static void make_patches(struct series *s)
{
	const struct fix *fix = s->opt->fix;
	size_t *group = group_outcomes(fix), i, j;

	for (i = 0; i < fix->nr; i++) {
		struct patch *p;

		if (group[i] != i || fix->list[i].why_not)
			continue;
		p = add_patch(s);
		for (j = i; j < fix->nr; j++)
			if (group[j] == i)
				add_outcome(&p->letter, &fix->list[j]);
		finish_patch(s, p);
	}
	if (s->opt->renamed && !s->nr && workspace_changed(&fix->ws)) {
		struct patch *p = add_patch(s);

		p->letter.renamed = s->opt->renamed;
		finish_patch(s, p);
	}
	free(group);
}

/* --- the cover letter --- */

/* Whether there is a patch for the tree's own configuration. */
static bool allows(const struct series *s)
{
	return s->opt->conf && s->opt->fix->nr_allowed;
}

/* One letter for all patches. */
static struct letter whole_letter(const struct series *s)
{
	struct letter all = { .renamed = s->list[0].letter.renamed };
	size_t i, j;

	for (i = 0; i < s->nr; i++)
		for (j = 0; j < s->list[i].letter.nr; j++)
			add_outcome(&all, s->list[i].letter.outcomes[j]);
	return all;
}

/* Findings without any automatic fix are of no use to the recipients. */
static void add_not_fixed(struct strbuf *out, const struct fix *fix)
{
	bool any = false;
	size_t i;

	for (i = 0; i < fix->nr; i++) {
		const struct finding *f = fix->list[i].finding;

		if (!fix->list[i].why_not || !f->fixable)
			continue;
		if (!any)
			letter_wrap(out, "The following could not be fixed automatically:");
		any = true;
		strbuf_addf(out, "  %s:%u:%u: %s: %s [%s]\n", f->loc.file,
			    f->loc.line, f->loc.column, level_name(f->level),
			    f->message, f->rule);
	}
}

static void write_cover(const struct series *s, struct strbuf *out)
{
	struct letter all = whole_letter(s);
	char *subject = letter_subject(&all);

	*subject = (char)toupper((unsigned char)*subject);
	strbuf_addf(out, "%s\n\n", subject);
	letter_reason(out, &all);
	if (all.nr)
		letter_wrap(out, "Each patch changes one module and applies on its own. The patches were generated with `dmacheck fix` and are neither build-tested nor run-tested.");
	if (allows(s))
		letter_wrap(out, "The last patch allows these modules to use DMA_ATTR_REQUIRE_COHERENT, in the file that dmacheck reads.");
	add_not_fixed(out, s->opt->fix);
	free(subject);
	free(all.outcomes);
	free(all.files);
}

/* --- the scratch repository --- */

/* "NAME <MAIL> TIME" of the user as git knows it, the caller's; or NULL. */
static char *git_user(const char *dir, const char *variable)
{
	const char *words[] = { "-c", "user.useConfigOnly=true", "var",
		variable, NULL };
	char *ident = git_ask(dir, words, false);

	if (ident && strstr(ident, " <") && strchr(ident, '>'))
		return ident;
	free(ident);
	return NULL;
}

/* For git in the scratch repository, which reads no configuration. */
static void add_user(struct series *s, const char *role, const char *variable)
{
	char *ident = git_user(s->opt->tree->root, variable);
	char *mail = ident ? strstr(ident, " <") : NULL;

	if (mail) {
		*mail = '\0';
		mail += strlen(" <");
		*strchr(mail, '>') = '\0';
	}
	strvec_push(&s->who, "-c");
	strvec_pushf(&s->who, "%s.name=%s", role, mail ? ident : "dmacheck");
	strvec_push(&s->who, "-c");
	strvec_pushf(&s->who, "%s.email=%s", role,
		     mail ? mail : "dmacheck@localhost");
	free(ident);
}

/* Run git in the scratch repository; the words end with NULL. */
static int run_git(const struct series *s, const char *const *words)
{
	struct strvec all = STRVEC_INIT;
	struct run_result result = RUN_RESULT_INIT;
	struct git_call call = { .dir = s->repository, .bare = true,
		.timeout = GIT_TIMEOUT };
	int ret;

	strvec_pushv(&all, strvec_list(&s->who), s->who.nr);
	for (; *words; words++)
		strvec_push(&all, *words);
	call.words = strvec_list(&all);
	ret = git_run(&result, &call);
	if (ret)
		git_error(&result, &call);
	run_release(&result);
	strvec_release(&all);
	return ret;
}

static int commit(const struct series *s, const char *message,
		  bool sign_off)
{
	const char *add[] = { "add", "-A", "-f", NULL };
	const char *words[] = { "commit", "-q", "--no-gpg-sign",
		"--cleanup=verbatim", "-m", message,
		sign_off ? "--signoff" : NULL, NULL };

	return run_git(s, add) || run_git(s, words) ? -1 : 0;
}

/* "Fixes:", at the end of the message. */
static void add_fixes(const struct series *s, struct strbuf *message,
		      const struct letter *l)
{
	struct strvec lines = STRVEC_INIT;
	size_t i;

	for (i = 0; i < l->nr; i++)
		if (letter_fixes(l->outcomes[i]))
			blame_add(&lines, s->opt->tree,
				  &l->outcomes[i]->finding->loc);
	for (i = 0; i < lines.nr; i++)
		strbuf_addf(message, "%s\n", lines.v[i]);
	strvec_release(&lines);
}

static int commit_patch(const struct series *s, const struct patch *p)
{
	const struct letter *l = &p->letter;
	struct strbuf message = STRBUF_INIT;
	int ret;

	strbuf_addf(&message, "%s\n\n", p->subject);
	letter_reason(&message, l);
	letter_quote(&message, l);
	add_fixes(s, &message, l);
	strbuf_rtrim(&message);
	strbuf_addch(&message, '\n');
	ret = workspace_export(&s->opt->fix->ws, l->nr ? l->files : NULL,
			       l->nr_files, s->repository, WORKSPACE_NEW) ||
		commit(s, message.buf, s->opt->sign_off) ? -1 : 0;
	strbuf_release(&message);
	return ret;
}

/* The modules in one file, so that all other patches apply on their own. */
static int commit_allowed(const struct series *s)
{
	const char *const only[] = { s->opt->conf };

	if (!allows(s))
		return 0;
	return workspace_export(&s->opt->fix->ws, only, 1, s->repository,
				WORKSPACE_NEW) ||
		commit(s, "dmacheck: allow DMA_ATTR_REQUIRE_COHERENT where user memory is mapped\n\n"
		       "The modules below map user memory with DMA_ATTR_REQUIRE_COHERENT, and\n"
		       "dmacheck reports that attribute in a module that is not known to need it.\n"
		       "Allow it there.\n", s->opt->sign_off) ? -1 : 0;
}

static int format_patches(const struct series *s)
{
	struct strbuf cover = STRBUF_INIT;
	const char *words[] = { "-c", NULL, "format-patch", "-q", "-n",
		"--cover-letter", "--cover-from-description=subject",
		"--zero-commit", "--signature=dmacheck " DMACHECK_VERSION,
		"-o", s->out, "start..", NULL };
	int ret;

	strbuf_addstr(&cover, "branch.series.description=");
	write_cover(s, &cover);
	strbuf_rtrim(&cover);
	words[1] = cover.buf;
	ret = run_git(s, words);
	strbuf_release(&cover);
	return ret;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_patch(const struct dirent *e)
{
	return *e->d_name != '.';
}

/* The cover letter, which comes first, gets the recipients of all patches. */
static int add_recipients(const struct series *s)
{
	struct recipients all = RECIPIENTS_INIT;
	struct dirent **list;
	int nr = scandir(s->out, &list, is_patch, by_name), ret = 0, i;

	if (nr < 0)
		return error_errno("cannot read %s", s->out);
	for (i = 1; i <= nr; i++) {
		struct recipients own = RECIPIENTS_INIT;
		char *path = path_join(s->out, list[i % nr]->d_name);

		if (!ret && i < nr)
			ret = recipients_ask(&own, s->opt->tree, path);
		recipients_join(&all, &own);
		if (!ret)
			ret = recipients_write(i < nr ? &own : &all, path);
		recipients_release(&own);
		free(path);
		free(list[i % nr]);
	}
	free(list);
	recipients_release(&all);
	return ret;
}

static int make_series(struct series *s)
{
	const char *init[] = { "init", "-q", "--template=", "-b", "series",
		NULL };
	const char *tag[] = { "tag", "start", NULL };
	const struct workspace *ws = &s->opt->fix->ws;
	size_t i;

	s->repository = xstrfmt("%s/series", ws->folder);
	s->out = xstrfmt("%s/patches", ws->folder);
	add_user(s, "author", "GIT_AUTHOR_IDENT");
	add_user(s, "committer", "GIT_COMMITTER_IDENT");
	if (path_mkdirs(s->repository))
		return error_errno("cannot create %s", s->repository);
	if (run_git(s, init) ||
	    workspace_export(ws, NULL, 0, s->repository, WORKSPACE_OLD) ||
	    commit(s, "start", false) || run_git(s, tag))
		return -1;
	for (i = 0; i < s->nr; i++)
		if (commit_patch(s, &s->list[i]))
			return -1;
	if (commit_allowed(s) || format_patches(s))
		return -1;
	return s->opt->maintainers ? add_recipients(s) : 0;
}

/* --- the folder --- */

static int put_file(struct series *s, const char *name)
{
	char *from = path_join(s->out, name);
	char *to = path_join(s->opt->folder, name);
	int ret;

	tempfile_register(to);
	strvec_push(&s->written, to);
	ret = newfile_copy(to, from);
	free(from);
	free(to);
	return ret;
}

/* All or none: what is written stays registered until series_release(). */
static int put_files(struct series *s)
{
	struct dirent **list;
	int nr, i, ret = 0;

	if (!path_is_dir(s->opt->folder)) {
		if (path_mkdirs(s->opt->folder))
			return error_errno("cannot create the folder %s",
					   s->opt->folder);
		tempfile_register(s->opt->folder);
		s->made = true;
	}
	nr = scandir(s->out, &list, is_patch, by_name);
	if (nr < 0)
		return error_errno("cannot read %s", s->out);
	for (i = 0; i < nr; i++) {
		ret = ret ? ret : put_file(s, list[i]->d_name);
		free(list[i]);
	}
	free(list);
	return ret;
}

static void series_release(struct series *s, bool keep)
{
	size_t i;

	for (i = 0; i < s->written.nr; i++) {
		if (keep) {
			puts(s->written.v[i]);
			tempfile_forget(s->written.v[i]);
		} else {
			tempfile_remove(s->written.v[i]);
		}
	}
	if (s->made && keep)
		tempfile_forget(s->opt->folder);
	else if (s->made)
		tempfile_remove(s->opt->folder);
	for (i = 0; i < s->nr; i++) {
		free(s->list[i].letter.outcomes);
		free(s->list[i].letter.files);
		free(s->list[i].subject);
	}
	free(s->list);
	strvec_release(&s->written);
	free(s->repository);
	free(s->out);
	strvec_release(&s->who);
}

static int check_folder(const char *folder)
{
	DIR *dir;
	struct dirent *e;
	bool any = false;

	dir = opendir(folder);
	if (!dir && errno == ENOENT)
		return 0;
	if (!dir)
		return error_errno("--series: cannot read the folder %s",
				   folder);
	while (!any && (e = readdir(dir)))
		any = strcmp(e->d_name, ".") && strcmp(e->d_name, "..");
	closedir(dir);
	if (any)
		return error("--series: %s is not empty; name a new folder",
			     folder);
	if (access(folder, W_OK))
		return error_errno("--series: cannot write to %s", folder);
	return 0;
}

int series_writable(const struct series_options *opt)
{
	char *git = run_find_program("git"), *who;
	int ret = 0;

	if (!git)
		return error("--series needs git, which was not found (apt-get install git); -o FILE writes one patch without it");
	free(git);
	if (opt->sign_off) {
		who = git_user(opt->tree->root, "GIT_COMMITTER_IDENT");
		if (!who)
			ret = error("-s: git does not know who signs off; git config user.name and user.email say so");
		free(who);
	}
	if (!ret && opt->maintainers)
		ret = recipients_available(opt->tree);
	return ret ? ret : check_folder(opt->folder);
}

int series_write(const struct series_options *opt)
{
	struct series s = { .opt = opt, .who = STRVEC_INIT,
		.written = STRVEC_INIT };
	int ret = series_writable(opt);

	if (!ret)
		make_patches(&s);
	if (!ret && s.nr)
		ret = make_series(&s) || put_files(&s) ? -1 : 0;
	series_release(&s, !ret);
	return ret;
}
