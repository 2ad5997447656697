// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads a patch, a mail or a mailbox: copies it, checks that it is text, and
 * has git split and decode mails; for patches.c.
 */
#include "change/mail.h"

#include <ctype.h>
#include <fcntl.h>
#include <unistd.h>

#include "change/source.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"

/* Seconds: for a mailbox of hundreds of megabytes. */
#define SPLIT_TIMEOUT 300

/* Bytes; a device may never end. */
#define MAX_INPUT ((size_t)512 << 20)

/* Input that begins like this has to be unpacked or converted first. */
static const struct {
	const char *magic, *what;
} no_text[] = {
	{ "\x1f\x8b", "compressed (gzip)" },
	{ "\xfd" "7zXZ", "compressed (xz)" },
	{ "\x28\xb5\x2f\xfd", "compressed (zstd)" },
	{ "BZh", "compressed (bzip2)" },
	{ "\xff\xfe", "UTF-16 text" },
	{ "\xfe\xff", "UTF-16 text" },
};

static const char *not_text(const char *chunk, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(no_text); i++)
		if (len >= strlen(no_text[i].magic) &&
		    !memcmp(chunk, no_text[i].magic, strlen(no_text[i].magic)))
			return no_text[i].what;
	return memchr(chunk, '\0', len) ? "not text (it has NUL bytes)" : NULL;
}

/* Leaves out a UTF-8 byte order mark, which would hide a mail's header. */
static int copy_text(FILE *in, FILE *out, const char *name)
{
	char chunk[65536];
	size_t total = 0, n;
	const char *what;

	while ((n = fread(chunk, 1, sizeof(chunk), in)) > 0) {
		size_t skip = !total && n >= 3 &&
			!memcmp(chunk, "\xef\xbb\xbf", 3) ? 3 : 0;

		what = total ? (memchr(chunk, '\0', n) ?
				"not text (it has NUL bytes)" : NULL) :
			not_text(chunk, n);
		if (what)
			return error("cannot check %s: it is %s", name, what);
		total += n;
		if (total > MAX_INPUT)
			return error("cannot check %s: it is larger than %zu MB",
				     name, MAX_INPUT >> 20);
		fwrite(chunk + skip, 1, n - skip, out);
	}
	return ferror(in) ? error_errno("cannot read %s", name) : 0;
}

/* A pipe can be read only once, and a file may change: all work on a copy. */
static int copy_input(const char *path, const char *name, const char *to)
{
	bool is_stdin = !strcmp(path, "-");
	FILE *in = is_stdin ? stdin : fopen(path, "re"), *out;
	int ret;

	if (!in)
		return error_errno("cannot read %s", name);
	out = fopen(to, "we");
	if (!out)
		ret = error_errno("cannot write %s", to);
	else
		ret = copy_text(in, out, name);
	if (out && (fflush(out) || ferror(out)) && !ret)
		ret = error_errno("cannot write %s", to);
	if (out)
		fclose(out);
	if (!is_stdin)
		fclose(in);
	return ret;
}

/* "Subject: x", the first line of a mail. */
static bool is_mail_header(const char *line, size_t len)
{
	size_t i = 0;

	while (i < len && (isalnum((unsigned char)line[i]) || line[i] == '-'))
		i++;
	return i && i < len && line[i] == ':';
}

/*
 * A mailbox begins with "From ", a mail with headers; a diff alone, or a
 * commit as git show has it, does not.
 */
static bool is_mail(const char *path)
{
	FILE *in = fopen(path, "re");
	char *line = NULL;
	size_t alloc = 0, len;
	bool mail = false;
	ssize_t n;

	while (in && (n = getline(&line, &alloc, in)) > 0) {
		len = strcspn(line, "\r\n");
		if (!len)
			continue;
		mail = !strncmp(line, "From ", 5) ||
			(is_mail_header(line, len) &&
			 strncmp(line, "Index:", 6));
		break;
	}
	free(line);
	if (in)
		fclose(in);
	return mail;
}

static void add_mail(struct mailbox *mailbox, char *path, const char *name)
{
	mailbox->list = xrealloc(mailbox->list, (mailbox->nr + 1) *
				 sizeof(*mailbox->list));
	mailbox->list[mailbox->nr++] = (struct mail_patch){
		.path = path, .name = xstrdup(name),
	};
}

static int split_mailbox(struct mailbox *mailbox, const char *path,
			 const char *name)
{
	char *folder = path_join(mailbox->folder, "mails");
	char *to = xstrfmt("-o%s", folder);
	const char *const words[] = { "mailsplit", "-d8", to, "-b", "--",
		path, NULL };
	struct run_result result = RUN_RESULT_INIT;
	const struct git_call call = {
		.dir = mailbox->folder, .words = words, .bare = true,
		.timeout = SPLIT_TIMEOUT,
	};
	unsigned long nr, i;
	int ret = -1;

	if (path_mkdirs(folder)) {
		error_errno("cannot make %s", folder);
		goto cleanup;
	}
	if (git_run(&result, &call)) {
		git_error(&result, &call);
		error("%s cannot be split into mails", name);
		goto cleanup;
	}
	nr = strtoul(result.output, NULL, 10);
	if (!nr) {
		error("%s: git mailsplit finds no mail in it", name);
		goto cleanup;
	}
	for (i = 1; i <= nr; i++)
		add_mail(mailbox, xstrfmt("%s/%08lu", folder, i), name);
	ret = 0;
cleanup:
	run_release(&result);
	free(to);
	free(folder);
	return ret;
}

int mailbox_read(struct mailbox *mailbox, const char *path)
{
	const char *name = strcmp(path, "-") ? path : "stdin";
	char *full;
	int ret = -1;

	mailbox->folder = tempfile_make_dir();
	if (!mailbox->folder)
		return -1;
	if (path_is_dir(path))
		return error("cannot read %s: it is a folder", path);
	full = path_join(mailbox->folder, "input");
	ret = copy_input(path, name, full);
	if (!ret && is_mail(full)) {
		ret = split_mailbox(mailbox, full, name);
	} else if (!ret) {
		add_mail(mailbox, full, name);
		full = NULL;
	}
	free(full);
	return ret;
}

/* The value of "Subject: ..." in what git mailinfo says. */
static char *mail_subject(const struct run_result *result)
{
	static const char header[] = "\nSubject: ";
	const char *at;

	if (!result->output)
		return NULL;
	if (!strncmp(result->output, header + 1, sizeof(header) - 2))
		at = result->output + sizeof(header) - 2;
	else if ((at = strstr(result->output, header)))
		at += sizeof(header) - 1;
	return at ? xstrndup(at, strcspn(at, "\r\n")) : NULL;
}

int mailbox_open(struct mailbox *mailbox, size_t i)
{
	struct mail_patch *mail = &mailbox->list[i];
	char *message, *patch, *title;
	const char *words[] = { "mailinfo", "-k", "--quoted-cr=strip", NULL,
		NULL, NULL };
	struct run_result result = RUN_RESULT_INIT;
	struct git_call call = {
		.dir = mailbox->folder, .input = mail->path, .words = words,
		.bare = true, .timeout = SPLIT_TIMEOUT,
	};
	int ret;

	if (!strcmp(path_basename(mail->path), "input"))
		return 0;
	message = xstrfmt("%s/message", mailbox->folder);
	patch = xstrfmt("%s/%zu.patch", mailbox->folder, i + 1);
	words[3] = message;
	words[4] = patch;
	ret = git_run(&result, &call);
	title = mail_subject(&result);
	if (ret) {
		git_error(&result, &call);
		error("%s: mail %zu cannot be read", mail->name, i + 1);
		free(patch);
	} else {
		char *longer = title ?
			xstrfmt("%s: %s", mail->name, title) : NULL;

		if (longer) {
			free(mail->name);
			mail->name = longer;
		}
		/* It is not read again, and a mailbox may be large. */
		unlink(mail->path);
		free(mail->path);
		mail->path = patch;
	}
	run_release(&result);
	free(title);
	free(message);
	return ret;
}

void mailbox_release(struct mailbox *mailbox)
{
	size_t i;

	for (i = 0; i < mailbox->nr; i++) {
		free(mailbox->list[i].path);
		free(mailbox->list[i].name);
	}
	free(mailbox->list);
	if (mailbox->folder)
		tempfile_remove(mailbox->folder);
	free(mailbox->folder);
	*mailbox = (struct mailbox)MAILBOX_INIT;
}
