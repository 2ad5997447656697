// SPDX-License-Identifier: GPL-2.0-only
#include "cli/kbuild-record.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/exit-cleanup.h"
#include "lib/strbuf.h"
#include "lib/diag.h"
#include "lib/path.h"

/*
 * A line is fields with tabs between them, the last one a checksum over what
 * is before it. An empty line comes before each, so that one that was cut off
 * by a full disk costs itself alone.
 */
#define FOLDER	"kbuild"
#define BUILD	"build"		/* ROOT OBJTREE ARCH EXTMOD */
#define SEEN	"seen"		/* FILE [DIR WORD...] */
#define TOLD	"told"		/* FILE KEY TEXT */

/* What would end a field or a line is no part of it. */
static void add_field(struct strbuf *line, const char *text)
{
	const char *p;

	if (line->len)
		strbuf_addstr(line, "\t");
	for (p = text ? text : ""; *p; p++)
		strbuf_addch(line, *p == '\t' || *p == '\n' ? ' ' : *p);
}

/* Put the line that starts at `start` between newlines, with its checksum. */
static void end_line(struct strbuf *lines, const struct strbuf *line)
{
	uint64_t sum = XXH3_64bits(line->buf, line->len);

	strbuf_addstr(lines, "\n");
	strbuf_add(lines, line->buf, line->len);
	strbuf_addf(lines, "\t%016" PRIx64 "\n", sum);
}

static void add_build(struct strbuf *line, const struct kbuild_build *build)
{
	add_field(line, BUILD);
	add_field(line, build->root);
	add_field(line, build->objtree);
	add_field(line, build->arch);
	add_field(line, build->extmod);
}

static char *record_path(const char *cache, const struct kbuild_build *build)
{
	struct strbuf line = STRBUF_INIT;
	char *path;

	add_build(&line, build);
	path = xstrfmt("%s/" FOLDER "/%016" PRIx64, cache,
		       (uint64_t)XXH3_64bits(line.buf, line.len));
	strbuf_release(&line);
	return path;
}

/* Open and lock it; -1 with errno. It may be forgotten in between. */
static int open_locked(const char *path, struct stat *st)
{
	for (;;) {
		int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC |
			      O_NOFOLLOW, 0666);
		int saved;

		if (fd < 0)
			return -1;
		if (!flock(fd, LOCK_EX) && !fstat(fd, st) && st->st_nlink)
			return fd;
		saved = st->st_nlink ? errno : 0;
		close(fd);
		errno = saved;
		if (saved && saved != EINTR)
			return -1;
	}
}

static int append(const char *path, const struct kbuild_build *build,
		  const struct strbuf *lines)
{
	struct strbuf all = STRBUF_INIT, line = STRBUF_INIT;
	struct stat st = { .st_nlink = 1 };
	ssize_t n = -1;
	int fd;

	exit_cleanup_block();
	fd = open_locked(path, &st);
	if (fd >= 0 && !st.st_size) {
		add_build(&line, build);
		end_line(&all, &line);
	}
	strbuf_add(&all, lines->buf, lines->len);
	if (fd >= 0)
		n = write(fd, all.buf, all.len);
	if (n >= 0 && (size_t)n < all.len)
		errno = ENOSPC;
	if (fd < 0 || n < 0 || (size_t)n < all.len)
		error_errno("cannot write %s, so that `dmacheck kbuild --finish` will not know of it",
			    path);
	if (fd >= 0)
		close(fd);
	exit_cleanup_unblock();
	strbuf_release(&all);
	strbuf_release(&line);
	return n < 0 || fd < 0 ? -1 : 0;
}

static int write_lines(const char *cache, const struct kbuild_build *build,
		       const struct strbuf *lines)
{
	char *folder = path_join(cache, FOLDER), *path;
	int ret = 0;

	if (access(folder, W_OK | X_OK) && path_mkdirs(folder))
		ret = error_errno("cannot make %s", folder);
	free(folder);
	if (ret)
		return ret;
	path = record_path(cache, build);
	ret = append(path, build, lines);
	free(path);
	return ret;
}

int kbuild_record_seen(const char *cache, const struct kbuild_call *call,
		       const char *file)
{
	struct strbuf lines = STRBUF_INIT, line = STRBUF_INIT;
	size_t i;
	int ret;

	add_field(&line, SEEN);
	add_field(&line, file);
	if (call->build.extmod) {
		add_field(&line, call->dir);
		for (i = 0; i < call->nr; i++)
			add_field(&line, call->words[i]);
	}
	end_line(&lines, &line);
	ret = write_lines(cache, &call->build, &lines);
	strbuf_release(&line);
	strbuf_release(&lines);
	return ret;
}

uint64_t kbuild_finding_key(const struct finding *f)
{
	char *text = xstrfmt("%s\n%s\n%u\n%u\n%d\n%s", f->rule, f->loc.file,
			     f->loc.line, f->loc.column, f->level, f->message);
	uint64_t key = XXH3_64bits(text, strlen(text));

	free(text);
	return key;
}

int kbuild_record_told(const char *cache, const struct kbuild_call *call,
		       const char *file, const struct findings *findings,
		       enum level level)
{
	struct strbuf lines = STRBUF_INIT;
	size_t i;
	int ret = 0;

	for (i = 0; i < findings->nr; i++) {
		const struct finding *f = &findings->list[i];
		struct strbuf line = STRBUF_INIT;
		char *key = xstrfmt("%016" PRIx64, kbuild_finding_key(f));
		char *text = xstrfmt("%s:%u:%u: %s [%s]", f->loc.file,
				     f->loc.line, f->loc.column, f->message,
				     f->rule);

		if (f->level >= level) {
			add_field(&line, TOLD);
			add_field(&line, file);
			add_field(&line, key);
			add_field(&line, text);
			end_line(&lines, &line);
		}
		strbuf_release(&line);
		free(text);
		free(key);
	}
	if (lines.len)
		ret = write_lines(cache, &call->build, &lines);
	strbuf_release(&lines);
	return ret;
}

/* --- reading --- */

struct fields {
	char **list;
	size_t nr, alloc;
};

/* Split the line in place. False if it is not what was written. */
static bool split(struct fields *fields, char *line)
{
	char *sum = strrchr(line, '\t'), *end, *p;
	uint64_t wanted;

	fields->nr = 0;
	if (!sum)
		return false;
	wanted = strtoull(sum + 1, &end, 16);
	if (*end || end != sum + 17 ||
	    wanted != XXH3_64bits(line, (size_t)(sum - line)))
		return false;
	*sum = '\0';
	for (p = line; p; p = end) {
		end = strchr(p, '\t');
		if (end)
			*end++ = '\0';
		ALLOC_GROW(fields->list, fields->nr + 1, fields->alloc);
		fields->list[fields->nr++] = p;
	}
	return true;
}

static void release_seen(struct kbuild_seen *seen)
{
	size_t i;

	for (i = 0; i < seen->nr_words; i++)
		free(seen->words[i]);
	for (i = 0; i < seen->nr_told; i++)
		free(seen->told[i].text);
	free(seen->words);
	free(seen->told);
	free(seen->dir);
	*seen = (struct kbuild_seen){ .dir = NULL };
}

static void read_seen(struct kbuild_record *record, const struct fields *f)
{
	uint32_t before = record->files.nr, nr;
	struct kbuild_seen *seen;
	size_t i;

	nr = intern(&record->files, f->list[1]);
	ALLOC_GROW(record->seen, (size_t)nr + 1, record->alloc);
	seen = &record->seen[nr];
	if (nr >= before)
		*seen = (struct kbuild_seen){ .dir = NULL };
	release_seen(seen);
	if (f->nr < 4)
		return;
	seen->dir = xstrdup(f->list[2]);
	seen->nr_words = f->nr - 3;
	seen->words = xcalloc(seen->nr_words, sizeof(*seen->words));
	for (i = 0; i < seen->nr_words; i++)
		seen->words[i] = xstrdup(f->list[3 + i]);
}

static void read_told(struct kbuild_record *record, const struct fields *f)
{
	uint32_t nr = intern_find(&record->files, f->list[1]);
	struct kbuild_seen *seen;

	if (nr == INTERN_NONE)
		return;
	seen = &record->seen[nr];
	seen->told = xrealloc(seen->told, (seen->nr_told + 1) *
			      sizeof(*seen->told));
	seen->told[seen->nr_told++] = (struct kbuild_told){
		.key = strtoull(f->list[2], NULL, 16),
		.text = xstrdup(f->list[3]),
	};
}

static char *or_null(const char *text)
{
	return *text ? xstrdup(text) : NULL;
}

static void read_line(struct kbuild_record *record, const struct fields *f)
{
	struct kbuild_build *build = &record->build;

	if (!strcmp(f->list[0], BUILD) && f->nr == 5 && !build->root) {
		build->root = xstrdup(f->list[1]);
		build->objtree = xstrdup(f->list[2]);
		build->arch = or_null(f->list[3]);
		build->extmod = or_null(f->list[4]);
	} else if (!strcmp(f->list[0], SEEN) && f->nr >= 2) {
		read_seen(record, f);
	} else if (!strcmp(f->list[0], TOLD) && f->nr == 4) {
		read_told(record, f);
	}
}

/* False if there is nothing in it that says which build it is of. */
static bool read_record(struct kbuild_record *record, char *path)
{
	struct fields fields = { NULL, 0, 0 };
	size_t len = 0, nr_bad = 0;
	char *text = path_read(path, &len), *line, *state = NULL;

	record->path = path;
	record->size = (off_t)len;
	for (line = text ? strtok_r(text, "\n", &state) : NULL; line;
	     line = strtok_r(NULL, "\n", &state)) {
		if (split(&fields, line))
			read_line(record, &fields);
		else
			nr_bad++;
	}
	if (nr_bad)
		warning("%s: %zu line%s damaged: some of the build will not be known",
			path, nr_bad, nr_bad == 1 ? " is" : "s are");
	free(fields.list);
	free(text);
	return record->build.root && record->build.objtree;
}

static bool is_of(const struct kbuild_build *build, const char *dir)
{
	return !strcmp(build->extmod ? build->extmod : build->objtree, dir) ||
		!strcmp(build->root, dir);
}

int kbuild_records_read(const char *cache, const char *dir,
			struct kbuild_record **list, size_t *nr)
{
	char *folder = path_join(cache, FOLDER);
	DIR *stream = opendir(folder);
	const struct dirent *d;
	size_t alloc = 0;
	int ret = 0;

	*list = NULL;
	*nr = 0;
	if (!stream && errno != ENOENT)
		ret = error_errno("cannot read %s", folder);
	while (stream && (d = readdir(stream))) {
		struct kbuild_record record = KBUILD_RECORD_INIT;

		if (d->d_name[0] == '.')
			continue;
		if (!read_record(&record, path_join(folder, d->d_name)) ||
		    !is_of(&record.build, dir)) {
			kbuild_record_release(&record);
			continue;
		}
		ALLOC_GROW(*list, *nr + 1, alloc);
		(*list)[(*nr)++] = record;
	}
	if (stream)
		closedir(stream);
	free(folder);
	return ret;
}

bool kbuild_record_has(const struct kbuild_record *record,
		       const struct finding *finding)
{
	uint32_t nr = intern_find(&record->files, finding->loc.file);
	uint64_t key = kbuild_finding_key(finding);
	size_t i;

	for (i = 0; nr != INTERN_NONE && i < record->seen[nr].nr_told; i++)
		if (record->seen[nr].told[i].key == key)
			return true;
	return false;
}

int kbuild_record_forget(const struct kbuild_record *record)
{
	struct stat st = { .st_nlink = 1 };
	int fd = open_locked(record->path, &st), ret = 0;

	if (fd < 0)
		return error_errno("cannot open %s", record->path);
	if (st.st_size && st.st_size != record->size)
		note("the build goes on: what it has told is kept for another --finish");
	else if (unlink(record->path))
		ret = error_errno("cannot remove %s", record->path);
	close(fd);
	return ret;
}

void kbuild_record_release(struct kbuild_record *record)
{
	uint32_t i;

	for (i = 0; i < record->files.nr; i++)
		release_seen(&record->seen[i]);
	free(record->seen);
	free(record->path);
	kbuild_build_release(&record->build);
	intern_release(&record->files);
}
