// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies of the files that a fix changes: taken from the tree, changed by
 * spatch, compared, and written back; for fix.c, rename.c and series.c.
 */
#include "fix/workspace.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/quote.h"
#include "lib/run.h"
#include "lib/tempfile.h"
#include "tree/tree.h"

int workspace_open(struct workspace *ws, const struct tree *tree)
{
	ws->tree = tree;
	ws->root = tree->module ? tree->module_dir : tree->root;
	ws->tree_root = tree->root;
	ws->module = tree->module;
	ws->folder = tempfile_make_dir();
	return ws->folder ? 0 : -1;
}

/* Why the text must not be changed; NULL if it may. Counts its lines. */
static char *examine_text(const char *path, unsigned int *nr_lines)
{
	FILE *in = fopen(path, "r");
	int c, last = '\n';
	bool cr = false, nul = false;

	*nr_lines = 0;
	if (!in)
		return xstrfmt("it cannot be read: %s", strerror(errno));
	while ((c = getc(in)) != EOF) {
		cr |= c == '\n' && last == '\r';
		nul |= !c;
		*nr_lines += c == '\n';
		last = c;
	}
	fclose(in);
	if (nul)
		return xstrdup("it is not a text file");
	if (cr)
		return xstrdup("its lines end in CRLF");
	if (last != '\n')
		return xstrdup("it has no newline at the end");
	return NULL;
}

/* Write what the overlay has for the file. NULL, or why that is not changed. */
static char *take_overlaid(struct ws_file *f, const struct overlay_file *from)
{
	char *folder = path_dirname(f->old), *why = NULL;
	FILE *out;

	if (!from->text)
		why = xstrdup("it does not exist");
	out = why || path_mkdirs(folder) ? NULL : fopen(f->old, "we");
	if (out && fwrite(from->text, 1, from->len, out) != from->len)
		why = xstrfmt("it cannot be copied: %s", strerror(errno));
	if (!why && (!out || fclose(out)))
		why = xstrfmt("it cannot be copied: %s", strerror(errno));
	else if (why && out)
		fclose(out);
	free(folder);
	return why ? why : examine_text(f->old, &f->nr_lines);
}

/*
 * Copy the file at `path` to `f->old`; from here on only that copy counts.
 * Returns NULL, or why the file must not be changed.
 */
static char *take_old(struct ws_file *f, const char *path)
{
	char *folder = path_dirname(f->old), *why = NULL;
	struct stat st;

	if (f->created && lstat(path, &st) && errno == ENOENT) {
		FILE *out = path_mkdirs(folder) ? NULL : fopen(f->old, "we");

		if (!out || fclose(out))
			why = xstrfmt("it cannot be created: %s",
				      strerror(errno));
		free(folder);
		return why;
	}
	f->created = false;
	if (lstat(path, &st))
		why = xstrfmt("it cannot be read: %s", strerror(errno));
	else if (S_ISLNK(st.st_mode))
		why = xstrdup("it is a symbolic link");
	else if (!S_ISREG(st.st_mode))
		why = xstrdup("it is not a regular file");
	else if (path_mkdirs(folder) || path_copy(path, f->old))
		why = xstrfmt("it cannot be copied: %s", strerror(errno));
	else
		why = examine_text(f->old, &f->nr_lines);
	/* root may write everything, so check the mode as well. */
	if (!why && (access(path, W_OK) || !(st.st_mode & 0222)))
		why = xstrdup("it is read-only");
	free(folder);
	return why;
}

static struct ws_file *get_file(struct workspace *ws, const char *path,
				bool create)
{
	char *source, *folder;
	const char *below = ws->module ? path_below(path, ws->module) : path;
	const struct overlay_file *overlaid;
	struct ws_file *f;
	unsigned int i;
	size_t n;
	int ret;

	for (n = 0; n < ws->nr; n++)
		if (!strcmp(ws->list[n]->path, below ? below : path) &&
		    ws->list[n]->outside == !below)
			return ws->list[n];
	f = xcalloc(1, sizeof(*f));
	f->path = xstrdup(below ? below : path);
	f->outside = !below;
	f->created = create;
	f->old = xstrfmt("%s/old/%s", ws->folder, f->path);
	f->copy = xstrfmt("%s/new/%s", ws->folder, f->path);
	source = path_join(below ? ws->root : ws->tree_root, f->path);
	overlaid = ws->tree->overlay ? overlay_find(ws->tree->overlay, path) : NULL;
	if (!below)
		f->refused = xstrdup("it belongs to the kernel, not to the module");
	else
		f->refused = overlaid ? take_overlaid(f, overlaid) :
			take_old(f, source);
	f->line = xcalloc((size_t)f->nr_lines + 2, sizeof(*f->line));
	for (i = 0; i <= f->nr_lines + 1; i++)
		f->line[i] = (struct ws_line){ i, i };
	ALLOC_GROW(ws->list, ws->nr + 1, ws->alloc);
	ws->list[ws->nr++] = f;
	folder = path_dirname(f->copy);
	ret = f->refused ? 0 : path_mkdirs(folder) ||
		path_copy(f->old, f->copy) ?
		error_errno("cannot write %s", f->copy) : 0;
	free(folder);
	free(source);
	return ret ? NULL : f;
}

struct ws_file *workspace_file(struct workspace *ws, const char *path)
{
	return get_file(ws, path, false);
}

int workspace_append(struct workspace *ws, const char *path, const char *text)
{
	char *full = path_join(ws->module ? ws->module : ".", path);
	struct ws_file *f = get_file(ws, ws->module ? full : path, true);
	FILE *out = NULL;
	int ret = -1;

	free(full);
	if (f && f->refused)
		return error("cannot change %s: %s", path, f->refused);
	if (f)
		out = fopen(f->copy, "ae");
	if (out) {
		ret = fputs(text, out) < 0 ? -1 : 0;
		ret |= fclose(out);
	}
	return ret ? error_errno("cannot write %s", path) : 0;
}

char *workspace_scratch(struct workspace *ws, const struct ws_file *file)
{
	char *path = xstrfmt("%s/scratch-%s", ws->folder,
			     path_basename(file->path));

	if (!path_copy(file->copy, path))
		return path;
	error_errno("cannot write %s", path);
	free(path);
	return NULL;
}

/* --- what differs --- */

struct hunk {
	unsigned int from, nr, new_nr;	/* in the older one */
};

struct hunks {
	struct hunk *list;
	size_t nr, alloc;
};

/* "@@ -12,3 +12,4 @@"; without ",N" it is one line. */
static void read_hunk(void *data, char *line, size_t len)
{
	struct hunks *hunks = data;
	struct hunk h = { 0, 1, 1 };
	unsigned int to;
	char *end;

	(void)len;
	if (strncmp(line, "@@ -", 4))
		return;
	h.from = (unsigned int)strtoul(line + 4, &end, 10);
	if (*end == ',')
		h.nr = (unsigned int)strtoul(end + 1, &end, 10);
	end = strchr(end, '+');
	if (!end)
		return;
	to = (unsigned int)strtoul(end + 1, &end, 10);
	(void)to;
	if (*end == ',')
		h.new_nr = (unsigned int)strtoul(end + 1, &end, 10);
	/* Lines are only added: they stand behind line `from`. */
	if (!h.nr)
		h.from++;
	ALLOC_GROW(hunks->list, hunks->nr + 1, hunks->alloc);
	hunks->list[hunks->nr++] = h;
}

static int compare_copies(const char *old, const char *new,
			  struct hunks *hunks)
{
	const char *argv[] = { "diff", "-U0", old, new, NULL };
	struct run_job job = { .argv = argv, .line = read_hunk,
		.data = hunks };
	struct run_result result = RUN_RESULT_INIT;
	int ret = 0;

	run(&result, &job);
	if (result.exit_status != 0 && result.exit_status != 1) {
		char *words = run_words(&result, &job);

		ret = error("diff -U0 %s %s: %s", old, new, words);
		free(words);
	}
	run_release(&result);
	return ret;
}

static bool is_within(const struct ws_file *f, const struct hunk *h,
		      const struct ws_range *within, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		unsigned int from = within[i].from, to = within[i].to;

		if (from > f->nr_lines || to > f->nr_lines)
			continue;
		if (h->from >= f->line[from].first &&
		    h->from + h->nr <= f->line[to].last + 1)
			return true;
	}
	return false;
}

/* Within a hunk it is not known which new line was which old one. */
static unsigned int shifted(unsigned int line, const struct hunks *hunks,
			    bool to_last)
{
	unsigned int to = line;
	size_t i;

	for (i = 0; i < hunks->nr; i++) {
		const struct hunk *h = &hunks->list[i];

		if (line < h->from)
			break;
		if (line < h->from + h->nr) {
			to -= line - h->from;
			return to_last && h->new_nr ? to + h->new_nr - 1 : to;
		}
		to = to + h->new_nr - h->nr;
	}
	return to;
}

static void shift_lines(struct ws_file *f, const struct hunks *hunks)
{
	unsigned int i;

	for (i = 1; i <= f->nr_lines + 1; i++) {
		f->line[i].first = shifted(f->line[i].first, hunks, false);
		f->line[i].last = shifted(f->line[i].last, hunks, true);
	}
}

static void save_copy(struct ws_file *f)
{
	size_t size = ((size_t)f->nr_lines + 2) * sizeof(*f->line);

	if (f->saved)
		return;
	f->saved = xstrfmt("%s.saved", f->copy);
	f->saved_line = xmalloc(size);
	memcpy(f->saved_line, f->line, size);
	if (path_copy(f->copy, f->saved))
		die("cannot write %s: %s", f->saved, strerror(errno));
}

int workspace_take(struct ws_file *f, const char *changed,
		   const struct ws_range *within, size_t nr,
		   unsigned int *where)
{
	struct hunks hunks = { NULL, 0, 0 };
	int ret = -1;
	size_t i;

	*where = 0;
	if (compare_copies(f->copy, changed, &hunks))
		goto cleanup;
	for (i = 0; within && i < hunks.nr; i++)
		if (!is_within(f, &hunks.list[i], within, nr)) {
			*where = hunks.list[i].from;
			goto cleanup;
		}
	ret = hunks.nr > 0;
	if (!ret)
		goto cleanup;
	save_copy(f);
	if (path_copy(changed, f->copy))
		ret = error_errno("cannot write %s", f->copy);
	else
		shift_lines(f, &hunks);
cleanup:
	free(hunks.list);
	return ret;
}

/* The text from line `line` (from 1) on. */
static const char *skip_lines(const char *text, unsigned int line)
{
	while (*text && --line) {
		text += strcspn(text, "\n");
		text += *text != '\0';
	}
	return text;
}

bool workspace_is_changed(const struct ws_file *f, struct ws_range r)
{
	char *before = f->saved ? path_read(f->saved, NULL) : NULL;
	char *now = before ? path_read(f->copy, NULL) : NULL;
	bool changed = false;

	if (now && r.to <= f->nr_lines) {
		const char *a = skip_lines(before, f->saved_line[r.from].first);
		const char *b = skip_lines(now, f->line[r.from].first);
		const char *a_end = skip_lines(a, f->saved_line[r.to].last -
				f->saved_line[r.from].first + 2);
		const char *b_end = skip_lines(b, f->line[r.to].last -
				f->line[r.from].first + 2);

		changed = a_end - a != b_end - b ||
			  memcmp(a, b, (size_t)(a_end - a));
	}
	free(before);
	free(now);
	return changed;
}

static void forget_saved(struct ws_file *f)
{
	if (f->saved)
		unlink(f->saved);
	free(f->saved);
	free(f->saved_line);
	f->saved = NULL;
	f->saved_line = NULL;
}

void workspace_mark(struct workspace *ws)
{
	size_t i;

	for (i = 0; i < ws->nr; i++)
		forget_saved(ws->list[i]);
}

void workspace_undo(struct workspace *ws)
{
	size_t i;

	for (i = 0; i < ws->nr; i++) {
		struct ws_file *f = ws->list[i];

		if (!f->saved)
			continue;
		if (rename(f->saved, f->copy))
			die("cannot restore %s: %s", f->saved,
			    strerror(errno));
		memcpy(f->line, f->saved_line,
		       ((size_t)f->nr_lines + 2) * sizeof(*f->line));
		forget_saved(f);
	}
}

/* --- the result --- */

static int by_path(const void *a, const void *b)
{
	struct ws_file *const *x = a, *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

static bool same_content(const char *a, const char *b)
{
	size_t x_len = 0, y_len = 0;
	char *x = path_read(a, &x_len), *y = path_read(b, &y_len);
	bool same = x && y && x_len == y_len && !memcmp(x, y, x_len);

	free(x);
	free(y);
	return same;
}

static bool is_changed(const struct ws_file *f)
{
	return !f->refused && !same_content(f->old, f->copy);
}

bool workspace_changed(const struct workspace *ws)
{
	size_t i;

	for (i = 0; i < ws->nr; i++)
		if (is_changed(ws->list[i]))
			return true;
	return false;
}

static bool is_among(const char *path, const char *const *only, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strcmp(only[i], path))
			return true;
	return !only;
}

/* "a/drivers/x.c", as git has it in a diff; the caller frees it. */
static char *side_name(const char *side, const char *path)
{
	char *name = path_join(side, path), *quoted = quoted_path(name);

	free(name);
	return quoted;
}

/* The same behind "---": git has a tab behind a name with a blank. */
static char *label_of(const char *name)
{
	return xstrfmt("%s%s", name, strchr(name, ' ') ? "\t" : "");
}

static int diff_file(const struct ws_file *f, FILE *out)
{
	char *a = side_name("a", f->path), *b = side_name("b", f->path);
	char *from = label_of(f->created ? "/dev/null" : a), *to = label_of(b);
	const char *argv[] = { "diff", "-up", "--label",
		from, "--label", to, f->old, f->copy, NULL };
	struct run_job job = { .argv = argv };
	struct run_result result = RUN_RESULT_INIT;
	int ret = 0;

	run(&result, &job);
	if (result.exit_status != 1) {
		char *words = run_words(&result, &job);

		ret = error("diff -up %s %s: %s", f->old, f->copy, words);
		free(words);
	} else {
		fprintf(out, "diff --git %s %s\n%s", a, b,
			f->created ? "new file mode 100644\n" : "");
		fwrite(result.output, 1, result.output_len, out);
	}
	run_release(&result);
	free(from);
	free(to);
	free(a);
	free(b);
	return ret;
}

int workspace_diff(const struct workspace *ws, FILE *out)
{
	size_t i;
	int ret = 0;

	if (ws->nr)
		qsort(ws->list, ws->nr, sizeof(*ws->list), by_path);
	for (i = 0; i < ws->nr; i++)
		if (is_changed(ws->list[i]) && diff_file(ws->list[i], out))
			ret = -1;
	return ret;
}

int workspace_export(const struct workspace *ws, const char *const *only,
		     size_t nr_only, const char *folder,
		     enum workspace_side side)
{
	size_t i;
	int ret = 0;

	for (i = 0; i < ws->nr && !ret; i++) {
		const struct ws_file *f = ws->list[i];
		char *to = path_join(folder, f->path);
		char *above = path_dirname(to);

		if (is_among(f->path, only, nr_only) && is_changed(f) &&
		    !(f->created && side == WORKSPACE_OLD) &&
		    (path_mkdirs(above) ||
		     path_copy(side == WORKSPACE_NEW ? f->copy : f->old, to)))
			ret = error_errno("cannot write %s", to);
		free(above);
		free(to);
	}
	return ret;
}

/* Write the new content of a file beside the old one. */
static int prepare(struct newfile *out, const struct ws_file *f,
		   const char *target)
{
	struct stat st;
	size_t len;
	char *text;
	int ret;

	if (f->created ? !lstat(target, &st) || errno != ENOENT :
	    lstat(target, &st) || !S_ISREG(st.st_mode) ||
	    !same_content(f->old, target))
		return error("%s has changed since it was read; run dmacheck fix again",
			     f->path);
	text = path_read(f->copy, &len);
	if (!text)
		return error_errno("cannot read %s", f->copy);
	ret = newfile_open(out, target);
	if (!ret && (fwrite(text, 1, len, out->stream) != len ||
		     fflush(out->stream)))
		ret = error_errno("cannot write %s", target);
	free(text);
	return ret;
}

static int prepare_all(const struct workspace *ws, struct newfile *list)
{
	int ret = 0;
	size_t i;

	for (i = 0; i < ws->nr; i++) {
		char *target = path_join(ws->root, ws->list[i]->path);

		if (is_changed(ws->list[i]) &&
		    prepare(&list[i], ws->list[i], target))
			ret = -1;
		free(target);
	}
	return ret;
}

int workspace_apply(const struct workspace *ws)
{
	struct newfile *list = xcalloc(ws->nr, sizeof(*list));
	size_t i, written = 0;
	int ret = prepare_all(ws, list);

	for (i = 0; i < ws->nr; i++) {
		if (!list[i].stream)
			continue;
		if (ret)
			newfile_cancel(&list[i]);
		else if (!(ret = newfile_commit(&list[i])))
			written++;
	}
	free(list);
	if (ret && written)
		return error("only %zu file%s written", written,
			     written == 1 ? " was" : "s were");
	return ret ? error("nothing was written") : 0;
}

void workspace_release(struct workspace *ws)
{
	size_t i;

	for (i = 0; i < ws->nr; i++) {
		struct ws_file *f = ws->list[i];

		forget_saved(f);
		free(f->path);
		free(f->old);
		free(f->copy);
		free(f->line);
		free(f->refused);
		free(f);
	}
	free(ws->list);
	if (ws->folder)
		tempfile_remove(ws->folder);
	free(ws->folder);
	*ws = (struct workspace)WORKSPACE_INIT;
}
