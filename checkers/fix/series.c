// SPDX-License-Identifier: GPL-2.0-only
#include "fix/series.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "fix/letter.h"
#include "fix/subject.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/run.h"
#include "lib/tempfile.h"
#include "lib/version.h"
#include "tree/tree.h"

/* As long as git makes a name, ".patch" and all. */
#define NAME_LENGTH 63

struct patch {
	struct letter letter;
	char *subject, *diff;
};

struct series {
	const struct series_options *opt;
	struct patch *list;
	size_t nr, alloc;
	char *author, *date;
	char **names;		/* of what was written */
	size_t nr_names;
	bool made;		/* the folder */
};

/* --- which belong together --- */

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

/* The number of the first that each one belongs to. */
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

static void add_file(struct letter *l, const char *file)
{
	size_t i = l->nr_files;

	ALLOC_GROW(l->files, i + 1, l->alloc_files);
	for (; i && strcmp(l->files[i - 1], file) > 0; i--)
		l->files[i] = l->files[i - 1];
	l->files[i] = file;
	l->nr_files++;
}

static bool has_file(const struct letter *l, const char *file)
{
	size_t i;

	for (i = 0; i < l->nr_files; i++)
		if (!strcmp(l->files[i], file))
			return true;
	return false;
}

static void add_outcome(struct letter *l, const struct fix_outcome *o)
{
	size_t i;

	ALLOC_GROW(l->outcomes, l->nr + 1, l->alloc);
	l->outcomes[l->nr++] = o;
	for (i = 0; i < o->nr_files; i++)
		if (!has_file(l, o->files[i]))
			add_file(l, o->files[i]);
}

static struct patch *add_patch(struct series *s)
{
	ALLOC_GROW(s->list, s->nr + 1, s->alloc);
	memset(&s->list[s->nr], 0, sizeof(s->list[s->nr]));
	return &s->list[s->nr++];
}

/* Read what is written to a stream of its own. */
static int take_diff(const struct series *s, struct patch *p)
{
	const struct letter *l = &p->letter;
	size_t len;
	FILE *out = open_memstream(&p->diff, &len);
	int ret;

	if (!out)
		die("out of memory");
	ret = workspace_diff(&s->opt->fix->ws, l->nr ? l->files : NULL,
			     l->nr_files, out);
	if (fclose(out))
		die("out of memory");
	return ret;
}

static int finish_patch(const struct series *s, struct patch *p)
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
	return take_diff(s, p);
}

static int make_patches(struct series *s)
{
	const struct fix *fix = s->opt->fix;
	size_t *group = group_outcomes(fix), i, j;
	int ret = 0;

	for (i = 0; i < fix->nr && !ret; i++) {
		struct patch *p;

		if (group[i] != i || fix->list[i].why_not)
			continue;
		p = add_patch(s);
		for (j = i; j < fix->nr; j++)
			if (group[j] == i)
				add_outcome(&p->letter, &fix->list[j]);
		ret = finish_patch(s, p);
	}
	if (s->opt->renamed && !s->nr && workspace_changed(&fix->ws)) {
		struct patch *p = add_patch(s);

		p->letter.renamed = s->opt->renamed;
		ret = finish_patch(s, p);
	}
	free(group);
	return ret;
}

/* --- who, when --- */

/* A name that is no ASCII, as RFC 2047 has it. */
static char *encode_name(const char *name)
{
	char *whole = NULL;
	size_t len;
	const char *p;
	FILE *out;

	for (p = name; *p; p++)
		if ((unsigned char)*p >= 0x80)
			break;
	if (!*p)
		return xstrdup(name);
	out = open_memstream(&whole, &len);
	if (!out)
		die("out of memory");
	fputs("=?UTF-8?q?", out);
	for (p = name; *p; p++)
		fprintf(out, isalnum((unsigned char)*p) ? "%c" : "=%02X",
			(unsigned char)*p);
	fputs("?=", out);
	if (fclose(out))
		die("out of memory");
	return whole;
}

/* Who git says that the user is; nobody in particular where it does not. */
static char *find_author(const struct tree *tree)
{
	const char *argv[] = { "git", "-C", tree->root, "-c",
		"user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT", NULL };
	struct run_job job = { .argv = argv };
	struct run_result result = RUN_RESULT_INIT;
	char *author = NULL, *name, *mail, *end;

	if (!run(&result, &job)) {
		mail = strstr(result.output, " <");
		end = mail ? strchr(mail, '>') : NULL;
		if (end) {
			end[1] = *mail = '\0';
			name = encode_name(result.output);
			author = xstrfmt("%s %s", name, mail + 1);
			free(name);
		}
	}
	run_release(&result);
	return author ? author : xstrdup("dmacheck <dmacheck@localhost>");
}

static char *find_date(void)
{
	char text[64];
	time_t now = time(NULL);
	struct tm tm;

	if (!localtime_r(&now, &tm) ||
	    !strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S %z", &tm))
		die("cannot tell the time");
	return xstrdup(text);
}

/* --- writing --- */

/* "0001-drm-exynos-map-user-memory.patch", from the subject. */
static char *patch_name(size_t number, const char *subject)
{
	char *name = xmalloc(strlen(subject) + 1), *to = name, *whole;
	size_t most = NAME_LENGTH - strlen("0000-.patch");

	for (; *subject; subject++) {
		if (isalnum((unsigned char)*subject) || *subject == '.' ||
		    *subject == '_')
			*to++ = *subject;
		else if (to > name && to[-1] != '-')
			*to++ = '-';
	}
	if ((size_t)(to - name) > most)
		to = name + most;
	while (to > name && (to[-1] == '-' || to[-1] == '.'))
		to--;
	*to = '\0';
	whole = xstrfmt("%04zu-%s.patch", number, name);
	free(name);
	return whole;
}

static void put_head(const struct series *s, size_t number,
		     const char *subject, FILE *out)
{
	char total[32];
	int width = snprintf(total, sizeof(total), "%zu", s->nr);

	fprintf(out, "From %040d Mon Sep 17 00:00:00 2001\n", 0);
	fprintf(out, "From: %s\nDate: %s\n", s->author, s->date);
	fprintf(out, "Subject: [PATCH %0*zu/%zu] %s\n\n", width, number, s->nr,
		subject);
}

static void put_foot(FILE *out)
{
	fputs("-- \ndmacheck " DMACHECK_VERSION "\n\n", out);
}

static void put_patch(const struct series *s, size_t number, FILE *out)
{
	const struct patch *p = &s->list[number - 1];
	char *body = NULL;
	size_t len;
	FILE *to = open_memstream(&body, &len);

	if (!to)
		die("out of memory");
	letter_reason(&p->letter, to);
	letter_quote(&p->letter, to);
	if (fclose(to))
		die("out of memory");
	put_head(s, number, p->subject, out);
	/* One newline at its end is enough. */
	fwrite(body, 1, len ? len - 1 : 0, out);
	fputs("---\n", out);
	letter_stat(p->diff, out);
	fprintf(out, "\n%s", p->diff);
	put_foot(out);
	free(body);
}

/* All of them in one, for what is said of all. */
static struct letter whole_letter(const struct series *s)
{
	struct letter all = { .renamed = s->list[0].letter.renamed };
	size_t i, j;

	for (i = 0; i < s->nr; i++)
		for (j = 0; j < s->list[i].letter.nr; j++)
			add_outcome(&all, s->list[i].letter.outcomes[j]);
	return all;
}

static void put_left(const struct fix *fix, FILE *out)
{
	bool any = false;
	size_t i;

	for (i = 0; i < fix->nr; i++) {
		const struct finding *f = fix->list[i].finding;

		if (!fix->list[i].why_not)
			continue;
		if (!any)
			letter_wrap("The following findings could not be fixed automatically:",
				    out);
		any = true;
		fprintf(out, "  %s:%u:%u: %s: %s [%s]\n", f->loc.file,
			f->loc.line, f->loc.column, level_name(f->level),
			f->message, f->rule);
	}
	if (any)
		putc('\n', out);
}

static void put_cover(const struct series *s, size_t number, FILE *out)
{
	struct letter all = whole_letter(s);
	char *text = letter_subject(&all), *diff = NULL;
	size_t i, len = 0;
	FILE *to;

	*text = (char)toupper((unsigned char)*text);
	put_head(s, number, text, out);
	letter_reason(&all, out);
	if (all.nr)
		letter_wrap("Each patch changes one module and applies on its own. The patches were generated with `dmacheck fix` and are neither build-tested nor run-tested.",
			    out);
	put_left(s->opt->fix, out);
	fprintf(out, "%.*s(%zu):\n", (int)strcspn(s->author, "<"), s->author,
		s->nr);
	for (i = 0; i < s->nr; i++)
		fprintf(out, "  %s\n", s->list[i].subject);
	putc('\n', out);
	to = open_memstream(&diff, &len);
	for (i = 0; to && i < s->nr; i++)
		fputs(s->list[i].diff, to);
	if (!to || fclose(to))
		die("out of memory");
	letter_stat(diff, out);
	putc('\n', out);
	put_foot(out);
	free(diff);
	free(text);
	free(all.outcomes);
	free(all.files);
}

/* What is written is taken back unless all is. */
static int write_one(struct series *s, size_t number)
{
	char *name = number ? patch_name(number, s->list[number - 1].subject) :
		xstrdup("0000-cover-letter.patch");
	char *path = path_join(s->opt->folder, name);
	struct newfile file = NEWFILE_INIT;
	int ret = -1;

	free(name);
	tempfile_register(path);
	if (newfile_open(&file, path))
		goto cleanup;
	if (number)
		put_patch(s, number, file.stream);
	else
		put_cover(s, number, file.stream);
	ret = newfile_commit(&file);
cleanup:
	if (ret) {
		tempfile_forget(path);
		free(path);
	} else {
		s->names[s->nr_names++] = path;
	}
	return ret;
}

static int write_all(struct series *s)
{
	size_t i;

	if (!path_is_dir(s->opt->folder)) {
		if (path_mkdirs(s->opt->folder))
			return error_errno("cannot create the folder %s",
					   s->opt->folder);
		tempfile_register(s->opt->folder);
		s->made = true;
	}
	s->names = xcalloc(s->nr + 1, sizeof(*s->names));
	for (i = 0; i <= s->nr; i++)
		if (write_one(s, i))
			return -1;
	return 0;
}

static void release(struct series *s, bool keep)
{
	size_t i;

	for (i = 0; i < s->nr_names; i++) {
		if (keep) {
			puts(s->names[i]);
			tempfile_forget(s->names[i]);
		} else {
			tempfile_remove(s->names[i]);
		}
		free(s->names[i]);
	}
	if (s->made && keep)
		tempfile_forget(s->opt->folder);
	else if (s->made)
		tempfile_remove(s->opt->folder);
	for (i = 0; i < s->nr; i++) {
		free(s->list[i].letter.outcomes);
		free(s->list[i].letter.files);
		free(s->list[i].subject);
		free(s->list[i].diff);
	}
	free(s->list);
	free(s->names);
	free(s->author);
	free(s->date);
}

int series_writable(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	bool any = false;

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

int series_write(const struct series_options *opt)
{
	struct series s = { .opt = opt };
	int ret = series_writable(opt->folder);

	if (!ret)
		ret = make_patches(&s);
	if (!ret && s.nr) {
		s.author = find_author(opt->tree);
		s.date = find_date();
		ret = write_all(&s);
	}
	release(&s, !ret);
	return ret;
}
