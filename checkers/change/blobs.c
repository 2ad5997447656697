// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads git's raw diff format and the contents of the blobs in it, and puts
 * them into overlays; for commits.c.
 */
#include "change/blobs.h"

#include "change/source.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"

/* Bytes; the largest header of the kernel has 22 million. */
#define MAX_SOURCE (32 << 20)

/* All zeros mean that there is no blob. */
static void take_name(char to[65], const char *from, size_t len)
{
	to[0] = '\0';
	if (len > 64 || from[strspn(from, "0")] == ' ')
		return;
	memcpy(to, from, len);
	to[len] = '\0';
}

static bool is_regular(const char *mode, size_t len)
{
	return len == 6 && (!strncmp(mode, "100", 3) ||
			    !strncmp(mode, "000000", 6));
}

/* Parse ":100644 100644 NAME NAME M"; NULL if the line is not one. */
static const char *take_info(struct blob_pair *pair, const char *p)
{
	const char *parts[5];
	size_t lens[5], i;

	if (*p++ != ':')
		return NULL;
	for (i = 0; i < 5; i++) {
		parts[i] = p;
		lens[i] = strcspn(p, " ");
		p += lens[i] + (p[lens[i]] == ' ');
	}
	if (!lens[4])
		return NULL;
	memset(pair, 0, sizeof(*pair));
	take_name(pair->from, parts[2], lens[2]);
	take_name(pair->to, parts[3], lens[3]);
	pair->is_file = is_regular(parts[0], lens[0]) &&
			is_regular(parts[1], lens[1]);
	pair->status = *parts[4];
	return p;
}

static int read_list(struct blob_list *list, const char *text, size_t len)
{
	const char *p = text, *end = text + len;

	while (p < end) {
		struct blob_pair pair;

		if (!take_info(&pair, p))
			return error("git listed something strange: '%.60s'",
				     p);
		p += strlen(p) + 1;
		if (p >= end)
			return error("git's list of files ends too soon");
		pair.path = xstrdup(p);
		p += strlen(p) + 1;
		ALLOC_GROW(list->list, list->nr + 1, list->alloc);
		list->list[list->nr++] = pair;
	}
	return 0;
}

int blobs_list(struct blob_list *list, const char *dir, const char *folder,
	       const char *const *words, bool complain)
{
	char *path = path_join(folder, "list"), *text = NULL;
	struct run_result result = RUN_RESULT_INIT;
	const struct git_call call = {
		.dir = dir, .output = path, .words = words,
		.work_tree = true,
	};
	size_t len;
	int ret = -1;

	if (git_run(&result, &call)) {
		if (complain)
			git_error(&result, &call);
		goto cleanup;
	}
	text = path_read(path, &len);
	ret = text ? read_list(list, text, len) :
		error_errno("cannot read %s", path);
cleanup:
	run_release(&result);
	free(text);
	free(path);
	return ret;
}

/* The path relative to the tree; NULL if the file is not to be read. */
static const char *path_of(const struct blob_pair *pair, const char *prefix)
{
	size_t len = strlen(prefix);

	if (!pair->is_file || strncmp(pair->path, prefix, len))
		return NULL;
	return pair->path + len;
}

/* Both sides are read with one `git cat-file --batch`. */
struct putting {
	struct overlay *sides[2];	/* either may be NULL */
	const struct blob_list *list;
	const char *prefix;
};

/* The name of the blob on that side, "" for none; NULL if it is not read. */
static const char *name_of(const struct putting *p, size_t i, size_t side)
{
	const struct blob_pair *pair = &p->list->list[i];

	if (!p->sides[side] || !path_of(pair, p->prefix))
		return NULL;
	return side ? pair->to : pair->from;
}

/* 0, or -1 after an error(). */
static int write_request(const char *path, const struct putting *p)
{
	FILE *out = fopen(path, "we");
	size_t i, side;
	int ret = 0;

	if (!out)
		return error_errno("cannot write %s", path);
	for (i = 0; i < p->list->nr; i++)
		for (side = 0; side < 2; side++) {
			const char *name = name_of(p, i, side);

			if (name && *name)
				fprintf(out, "%s\n", name);
		}
	ret = ferror(out) ? -1 : 0;
	ret |= fclose(out);
	return ret ? error_errno("cannot write %s", path) : 0;
}

/* Whether a compiler or kbuild reads a file of that name. */
static bool is_source(const char *path)
{
	static const char *const ends[] = { ".c", ".h", ".S", "Makefile",
		"Kbuild" };
	size_t len = strlen(path), i;

	for (i = 0; i < ARRAY_SIZE(ends); i++)
		if (len >= strlen(ends[i]) &&
		    !strcmp(path + len - strlen(ends[i]), ends[i]))
			return true;
	return false;
}

/*
 * Read "NAME blob SIZE\n", the content, "\n". Returns the position behind it;
 * NULL after an error().
 */
static const char *take_blob(struct overlay *overlay, const char *path,
			     const char *name, const char *p, const char *end)
{
	const char *line = memchr(p, '\n', (size_t)(end - p));
	unsigned long size = 0;
	size_t len = strlen(name);
	int used = 0;

	if (!line || strncmp(p, name, len) ||
	    sscanf(p + len, " blob %lu%n", &size, &used) != 1 || !used) {
		error("git has no content %s for %s%s", name, path,
		      line && strstr(p, "missing") == p + len + 1 ?
		      ": it was not fetched (a partial clone?)" : "");
		return NULL;
	}
	p = line + 1;
	if ((unsigned long)(end - p) < size + 1) {
		error("git cat-file ends in the middle of %s", path);
		return NULL;
	}
	if (size <= MAX_SOURCE) {
		overlay_put(overlay, path, p, size);
	} else if (is_source(path)) {
		error("%s has %lu MB, and a source file of more than %d MB is not checked",
		      path, size >> 20, MAX_SOURCE >> 20);
		return NULL;
	}
	return p + size + 1;
}

static int take_blobs(const struct putting *put, const char *p,
		      const char *end)
{
	size_t i, side;

	for (i = 0; i < put->list->nr; i++)
		for (side = 0; side < 2; side++) {
			const char *path = path_of(&put->list->list[i],
						   put->prefix);
			const char *name = name_of(put, i, side);

			if (name && !*name)
				overlay_put(put->sides[side], path, NULL, 0);
			if (!name || !*name)
				continue;
			p = take_blob(put->sides[side], path, name, p, end);
			if (!p)
				return -1;
		}
	return 0;
}

int blobs_put(struct overlay *from, struct overlay *to,
	      const struct blob_list *list, const char *dir,
	      const char *folder, const char *prefix)
{
	const struct putting put = { { from, to }, list, prefix };
	static const char *const words[] = { "cat-file", "--batch", NULL };
	char *request = path_join(folder, "request");
	char *answer = path_join(folder, "answer"), *text = NULL;
	struct run_result result = RUN_RESULT_INIT;
	const struct git_call call = {
		.dir = dir, .input = request, .output = answer, .words = words,
	};
	size_t len, i;
	int ret = list->nr ? write_request(request, &put) : 0;

	for (i = 0; to && i < list->nr; i++)
		if (!list->list[i].is_file && is_source(list->list[i].path))
			note("%s is a symbolic link and is not checked",
			     list->list[i].path);
	if (!ret && list->nr && git_run(&result, &call))
		ret = git_error(&result, &call);
	if (!ret && list->nr) {
		text = path_read(answer, &len);
		ret = text ? take_blobs(&put, text, text + len) :
			error_errno("cannot read %s", answer);
	}
	run_release(&result);
	free(text);
	free(answer);
	free(request);
	return ret;
}

void blobs_release(struct blob_list *list)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		free(list->list[i].path);
	free(list->list);
	*list = (struct blob_list)BLOB_LIST_INIT;
}
