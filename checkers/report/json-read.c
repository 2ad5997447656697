// SPDX-License-Identifier: GPL-2.0-only
/* Reads reports in JSON; for baseline.c and merge-reports.c. */
#include "report/json-read.h"

#include <errno.h>

#include "lib/diag.h"
#include "lib/path.h"

/* Some ten times what a whole kernel makes; JSON takes more in memory. */
#define MAX_SIZE ((size_t)64 << 20)

struct input {
	FILE *file;
	size_t size;
	bool too_big;
	int failed;		/* errno */
};

static size_t read_some(void *buffer, size_t len, void *data)
{
	struct input *in = data;
	size_t n;

	errno = 0;
	n = fread(buffer, 1, len, in->file);
	if (ferror(in->file)) {
		in->failed = errno ? errno : EIO;
		return (size_t)-1;
	}
	in->size += n;
	in->too_big = in->size > MAX_SIZE;
	return in->too_big ? (size_t)-1 : n;
}

json_t *json_read(const char *path, const char *what, bool *absent)
{
	struct input in = { .file = path_fopen(path, PATH_MAX_SIZE) };
	json_error_t error_at;
	json_t *json;

	if (absent)
		*absent = !in.file && errno == ENOENT;
	if (absent && *absent)
		return NULL;
	if (!in.file) {
		error_errno("cannot read %s %s", what, path);
		return NULL;
	}
	json = json_load_callback(read_some, &in, 0, &error_at);
	fclose(in.file);
	if (in.failed) {
		errno = in.failed;
		error_errno("cannot read %s %s", what, path);
	} else if (in.too_big) {
		error("%s %s is larger than %zu MiB: no report of dmacheck is",
		      what, path, MAX_SIZE >> 20);
	} else if (!json) {
		error("%s %s is not JSON: line %d, column %d: %s",
		      what, path, error_at.line, error_at.column, error_at.text);
	} else {
		return json;
	}
	json_decref(json);
	return NULL;
}

const char *json_string_in(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value && *value ? value : NULL;
}
