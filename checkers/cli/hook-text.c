// SPDX-License-Identifier: GPL-2.0-only
#include "cli/hook-text.h"

#include <inttypes.h>
#include <xxhash.h>

#include "lib/installed.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/run.h"

/* The line of tools/pre-commit that takes the path of the program. */
#define VARIABLE "\ndmacheck_hook="
#define UNSET VARIABLE "''\n"

static char *read_template(size_t *len)
{
	char *path = installed_tool("pre-commit"), *text;

	if (!path)
		return NULL;
	text = path_read(path, len);
	if (!text)
		error_errno("cannot read %s", path);
	free(path);
	return text;
}

/* The last line, for the text before it. */
static char *seal(const char *text, size_t len, bool made_folder)
{
	return xstrfmt("# dmacheck hook install: %016" PRIx64 "%s\n",
		       (uint64_t)XXH3_64bits(text, len),
		       made_folder ? " folder" : "");
}

char *hook_text(bool made_folder)
{
	char *template = read_template(NULL), *program = installed_program();
	char *gap = template ? strstr(template, UNSET) : NULL;
	char *word, *body, *last, *text = NULL;

	if (template && !gap)
		error("pre-commit, the hook that comes with dmacheck, has no line dmacheck_hook=: install dmacheck anew");
	if (!gap || !program)
		goto cleanup;
	*gap = '\0';
	word = run_command_line((const char *const []){ program, NULL });
	body = xstrfmt("%s" VARIABLE "%s\n%s", template, word,
		       gap + strlen(UNSET));
	last = seal(body, strlen(body), made_folder);
	text = xstrfmt("%s%s", body, last);
	free(last);
	free(body);
	free(word);
cleanup:
	free(program);
	free(template);
	return text;
}

/* Does the text end in its own seal()? */
static bool is_checksummed(const char *text, size_t len, bool made_folder)
{
	char *last;
	size_t before;
	bool same;

	if (!len)
		return false;
	for (before = len - 1; before && text[before - 1] != '\n'; before--)
		;
	last = seal(text, before, made_folder);
	same = strlen(last) == len - before &&
		!memcmp(last, text + before, len - before);
	free(last);
	return same;
}

int hook_author(const char *text, size_t len, bool *made_folder)
{
	char *template;
	size_t template_len;
	bool same;

	*made_folder = is_checksummed(text, len, true);
	if (*made_folder || is_checksummed(text, len, false))
		return HOOK_INSTALLED;
	template = read_template(&template_len);
	if (!template)
		return -1;
	same = len == template_len && !memcmp(text, template, len);
	free(template);
	if (same)
		return HOOK_COPIED;
	return memmem(text, len, VARIABLE, strlen(VARIABLE)) ? HOOK_EDITED :
		HOOK_OTHERS;
}
