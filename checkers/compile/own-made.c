// SPDX-License-Identifier: GPL-2.0-only
/*
 * Records which files an output tree was made from, and finds out whether it is still
 * up to date; for own-objtree.c.
 */
#include "compile/own-made.h"

#include <inttypes.h>
#include <sys/stat.h>

#include "compile/kmake.h"
#include "lib/alloc.h"
#include "lib/checksummed.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/run.h"
#include "lib/strbuf.h"
#include "tree/stamps.h"

#define KIND	"objtree 3"

/*
 * The inputs that it is made from, a line each; if one has changed, the output tree
 * has to be made anew.
 */
static char *identity(const struct own_made *m)
{
	char *clang = run_find_program(KMAKE_CLANG), *real, *text;
	struct stat st = { .st_size = 0 };

	real = clang ? realpath(clang, NULL) : NULL;
	if (real && stat(real, &st))
		st.st_size = 0;
	text = xstrfmt("version %s\narch %s\nclang %s %jd %jd\n",
		       m->tree->version, m->tree->arch,
		       real ? real : "?", (intmax_t)st.st_size,
		       (intmax_t)st.st_mtim.tv_sec);
	free(real);
	free(clang);
	return text;
}

static int write_record(const struct own_made *m, const struct stamps *stamps)
{
	struct strbuf text = STRBUF_INIT;
	char *id = identity(m);
	int ret;

	strbuf_addstr(&text, id);
	stamps_write(stamps, &text);
	ret = checksummed_write(m->path, KIND, text.buf);
	strbuf_release(&text);
	free(id);
	return ret;
}

static bool read_stamps(struct stamps *stamps, char *text)
{
	char *line, *next;

	for (line = text; *line; line = next) {
		next = strchr(line, '\n');
		if (!next)
			return false;
		*next++ = '\0';
		if (strncmp(line, "stamp ", 6) ||
		    !stamps_read(stamps, line + 6))
			return false;
	}
	return true;
}

const char *own_made_why_not(const struct own_made *m, bool settled)
{
	struct stamps stamps = STAMPS_INIT;
	char *text = checksummed_read(m->path, KIND), *id = identity(m);
	const char *why = NULL, *changed;

	if (!text || !path_is_dir(m->out)) {
		why = "there is none yet";
	} else if (strncmp(text, id, strlen(id))) {
		why = "the tree or clang has changed";
	} else if (!read_stamps(&stamps, text + strlen(id))) {
		why = "its record is damaged";
	} else {
		changed = stamps_any_changed(&stamps, m->tree->root);
		if (changed)
			verbose("%s changed", changed);
		if (changed && settled) {
			note_once("%s has changed since the output tree was made; the next check makes it anew",
			     changed);
		} else if (changed) {
			why = "a file that it was made from has changed";
		} else if (stamps.touched) {
			/* If writing fails, the next check is slower. */
			write_record(m, &stamps);
		}
	}
	stamps_release(&stamps);
	free(text);
	free(id);
	return why;
}

/* The Kconfig files that were read, from kconfig's list for make. */
static void stamp_kconfig(const struct own_made *m, struct stamps *stamps)
{
	char *path = path_join(m->out, "include/config/auto.conf.cmd");
	char *text = path_read(path, NULL), *word, *rest = text;

	while (rest && (word = strsep(&rest, " \t\n\\"))) {
		const char *below = path_below(word, m->tree->root);

		if (!strncmp(path_basename(word), "Kconfig", 7) &&
		    !strchr(word, '$') && !strchr(word, ':'))
			stamps_add(stamps, m->tree->root,
				   below ? below : word);
	}
	free(text);
	free(path);
}

/* The core of kbuild, and the files that list generated headers. */
static void stamp_kbuild(const struct own_made *m, struct stamps *stamps)
{
	static const char *const names[] = {
		"Makefile", "Kbuild", "Kconfig", "arch/%s/Makefile",
		"arch/%s/include/asm/Kbuild",
		"arch/%s/include/uapi/asm/Kbuild",
		"include/asm-generic/Kbuild", "include/uapi/asm-generic/Kbuild",
		"scripts/Kbuild.include", "scripts/Kconfig.include",
		"scripts/Makefile.asm-headers", "scripts/Makefile.build",
		"scripts/Makefile.clang", "scripts/Makefile.compiler",
		"scripts/Makefile.lib", "scripts/Makefile.warn",
		"scripts/Makefile.extrawarn",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		const char *mark = strstr(names[i], "%s");
		char *path = mark ?
			xstrfmt("%.*s%s%s", (int)(mark - names[i]), names[i],
				m->tree->arch, mark + 2) :
			xstrdup(names[i]);

		stamps_add(stamps, m->tree->root, path);
		free(path);
	}
}

int own_made_write(const struct own_made *m)
{
	struct stamps stamps = STAMPS_INIT;
	char *config = path_join(m->out, "include/config/auto.conf");
	int ret;

	stamp_kbuild(m, &stamps);
	if (m->others)
		stamps_add(&stamps, m->tree->root, config);
	else
		stamp_kconfig(m, &stamps);
	ret = write_record(m, &stamps);
	stamps_release(&stamps);
	free(config);
	return ret;
}
