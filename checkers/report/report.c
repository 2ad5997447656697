// SPDX-License-Identifier: GPL-2.0-only
/* The table of formats; writes a report in one of them. */
#include "report/report.h"

#include <sys/stat.h>
#include <unistd.h>

#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"
#include "report/formats.h"

static const struct report_format formats[] = {
	{ "b4", report_b4, 0, false },
	{ "html", report_html, FORMAT_SOURCE | FORMAT_FIX, false },
	{ "json", report_json, FORMAT_SOURCE | FORMAT_FIX, false },
	{ "sarif", report_sarif, FORMAT_SOURCE | FORMAT_FIX, false },
	{ "terse", report_terse, 0, true },
	{ "text", report_text, 0, true },
};

const struct report_format *report_format_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(formats); i++)
		if (!strcmp(formats[i].name, name))
			return &formats[i];
	return NULL;
}

const char *report_format_names(void)
{
	static char names[80];
	size_t i, len = 0;

	for (i = 0; i < ARRAY_SIZE(formats); i++)
		len += (size_t)snprintf(names + len, sizeof(names) - len,
					"%s%s", i ? ", " : "",
					formats[i].name);
	return names;
}

size_t report_count(const struct report *report)
{
	size_t i, n = 0;

	for (i = 0; i < report->findings->nr; i++) {
		const struct finding *f = &report->findings->list[i];

		n += f->level >= LEVEL_WARNING && report_shows(report, f);
	}
	return n;
}

static int write_to(const struct report *report,
		    const struct report_format *format, FILE *out)
{
	/* So that one fwrite() is one write(2). */
	setvbuf(out, NULL, _IONBF, 0);
	return format->write(report, out);
}

/* A device or a pipe cannot be replaced, only written to. */
static bool can_be_replaced(const char *path)
{
	struct stat st;

	return stat(path, &st) || S_ISREG(st.st_mode);
}

static int replace_file(const struct report *report,
			const struct report_format *format, const char *path)
{
	struct newfile file;

	if (newfile_open(&file, path))
		return -1;
	if (!write_to(report, format, file.stream))
		return newfile_commit(&file);
	error_errno("cannot write %s", path);
	newfile_cancel(&file);
	return -1;
}

int report_writable(const char *path)
{
	struct newfile file;

	if (!path)
		return 0;
	if (path_is_dir(path))
		return error("cannot write %s: it is a folder", path);
	if (!can_be_replaced(path))
		return access(path, W_OK) ?
			error_errno("cannot write %s", path) : 0;
	if (newfile_open(&file, path))
		return -1;
	newfile_cancel(&file);
	return 0;
}

int report_write(const struct report *report,
		 const struct report_format *format, const char *path)
{
	FILE *out = stdout;
	int ret;

	if (path && can_be_replaced(path))
		return replace_file(report, format, path);
	if (path)
		out = fopen(path, "we");
	if (!out)
		return error_errno("cannot write %s", path);
	ret = write_to(report, format, out);
	if (ret)
		error_errno("cannot write %s", path ? path : "stdout");
	if (path)
		fclose(out);
	return ret;
}
