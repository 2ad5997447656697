// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the commands that kbuild saved in .cmd files, in a built tree or a module's
 * folder; for compile-db.c.
 */
#include "compile/db-read.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "compile/shell-words.h"

#define FIRST_READ	16384

struct cmd_files {
	struct command_set *set;
	const struct tree *tree;
	const char *objtree;	/* NULL: a module's folder is read */
	const char *folder;	/* to walk through */
	const char *dir;	/* where the commands ran; NULL: unknown */
	size_t nr_lost;		/* commands that depend on an unknown `dir` */
	char *text;		/* buffer for the start of a file */
	size_t room;
	struct shell_words words;
};

/* The first line of the file; NULL if it has none. */
static char *read_first_line(struct cmd_files *c, int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW |
			O_NONBLOCK);
	size_t len = 0;
	char *end = NULL;

	if (fd < 0)
		return NULL;
	while (!end) {
		ssize_t n;

		ALLOC_GROW(c->text, len + FIRST_READ + 1, c->room);
		n = len < PATH_MAX_SOURCE ? read(fd, c->text + len, FIRST_READ) :
			0;
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		end = memchr(c->text + len, '\n', (size_t)n);
		len += (size_t)n;
	}
	close(fd);
	if (!end)
		return NULL;
	*end = '\0';
	return c->text;
}

/* Undo, in place, the escapes that kbuild wrote for make. */
static void unescape(char *text)
{
	static const char pound[] = "$(pound)";
	char *to = text;

	while (*text) {
		if (*text == '$' &&
		    !strncmp(text, pound, sizeof(pound) - 1)) {
			*to++ = '#';
			text += sizeof(pound) - 1;
			continue;
		}
		if ((text[0] == '$' && text[1] == '$') ||
		    (text[0] == '\\' && text[1] == '#'))
			text++;
		*to++ = *text++;
	}
	*to = '\0';
}

/*
 * With MO=, and for all modules since Linux 6.13, make runs in the folder of the
 * objects and their names are relative to it. Before, it ran in the kernel's output
 * tree.
 */
static const char *runs_in(struct cmd_files *c)
{
	const struct shell_words *words = &c->words;
	size_t i;

	if (c->objtree)
		return c->objtree;
	for (i = 0; i + 1 < words->nr; i++)
		if (!strcmp(words->list[i], "-o") &&
		    *words->list[i + 1] != '/')
			return c->folder;
	return c->dir;
}

/* Whether the command has relative paths. */
static bool is_relative(const struct shell_words *words)
{
	size_t i;

	for (i = 0; i < words->nr; i++)
		if (!strncmp(words->list[i], "-I", 2) &&
		    words->list[i][2] != '/')
			return true;
	return false;
}

/* "savedcmd_x.o := COMMAND", before Linux 6.6 "cmd_x.o := COMMAND". */
static void read_cmd(struct cmd_files *c, int dir, const char *name)
{
	char *line = read_first_line(c, dir, name), *value;
	const char *p;

	if (!line || (strncmp(line, "savedcmd_", 9) &&
		      strncmp(line, "cmd_", 4)))
		return;
	value = strstr(line, " := ");
	if (!value || !strstr(value, "-D__KERNEL__"))
		return;
	value += 4;
	unescape(value);
	for (p = value; (p = shell_words_next(&c->words, p)); ) {
		const char *ran_in = runs_in(c);

		if (!ran_in && is_relative(&c->words)) {
			c->nr_lost++;
			break;
		}
		if (command_set_read(c->set, c->tree, c->objtree,
				     c->words.list, c->words.nr,
				     ran_in ? ran_in : c->folder, NULL, 0,
				     COMMAND_OWN))
			break;
	}
}

/* ".x.o.cmd", but not ".x.mod.o.cmd", which is made by modpost. */
static bool is_cmd(const char *name)
{
	static const char end[] = ".o.cmd", mod[] = ".mod.o.cmd";
	size_t len = strlen(name);

	return name[0] == '.' && len >= sizeof(end) &&
		!strcmp(name + len - sizeof(end) + 1, end) &&
		!(len >= sizeof(mod) &&
		  !strcmp(name + len - sizeof(mod) + 1, mod));
}

/* Folders without objects of the kernel. */
static bool is_left_out(const char *path)
{
	static const char *const folders[] = {
		"Documentation", "include", "scripts", "tools", "usr",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders); i++)
		if (!strcmp(path, folders[i]))
			return true;
	return false;
}

/* Whether it is another output tree inside of this one: it has a link "source". */
static bool is_objtree(DIR *stream)
{
	char to;

	return readlinkat(dirfd(stream), "source", &to, 1) >= 0;
}

static void walk(struct cmd_files *c, const char *path)
{
	char *full = path_join(c->folder, path);
	DIR *stream = opendir(full);
	const struct dirent *d;

	free(full);
	if (stream && *path && is_objtree(stream)) {
		closedir(stream);
		return;
	}
	while (stream && (d = readdir(stream))) {
		char *sub;

		if (is_cmd(d->d_name)) {
			read_cmd(c, dirfd(stream), d->d_name);
			continue;
		}
		if (d->d_type != DT_DIR || d->d_name[0] == '.')
			continue;
		sub = *path ? path_join(path, d->d_name) : xstrdup(d->d_name);
		if (!c->objtree || !is_left_out(sub))
			walk(c, sub);
		free(sub);
	}
	if (stream)
		closedir(stream);
}

void compile_db_read_cmd_files(struct command_set *set, const struct tree *tree,
			       const char *objtree)
{
	struct cmd_files c = {
		.set = set, .tree = tree, .objtree = objtree,
		.folder = objtree,
	};
	char *config = path_join(objtree, ".config");

	/* Without one, nothing was built, and there is no need to search. */
	if (!access(config, F_OK))
		walk(&c, "");
	free(config);
	free(c.text);
	shell_words_release(&c.words);
}

void compile_db_read_module(struct command_set *set, const struct tree *tree,
			    const char *folder, const char *objtree,
			    size_t *nr_lost)
{
	struct cmd_files c = {
		.set = set, .tree = tree, .folder = folder, .dir = objtree,
	};

	walk(&c, "");
	*nr_lost = c.nr_lost;
	free(c.text);
	shell_words_release(&c.words);
}
