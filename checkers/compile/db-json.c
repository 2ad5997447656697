// SPDX-License-Identifier: GPL-2.0-only
/* Reads compile_commands.json, one entry at a time; for compile-db.c. */
#include "compile/db-read.h"

#include <errno.h>

#include <jansson.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "compile/shell-words.h"

struct json {
	struct command_set *set;
	const struct tree *tree;
	const char *objtree, *path;
	char *text;
	size_t len, pos;
	size_t nr;		/* entries */
	struct shell_words words;
};

/* Report what is wrong at `pos`; returns -1. */
static int wrong(const struct json *j, size_t pos, const char *what)
{
	size_t line = 1, column = 1, i;

	for (i = 0; i < pos && i < j->len; i++) {
		column++;
		if (j->text[i] == '\n') {
			line++;
			column = 1;
		}
	}
	return error("%s:%zu:%zu: %s; make it anew (make compile_commands.json) or remove it",
		     j->path, line, column, what);
}

static void json_blanks(struct json *j)
{
	j->pos += strspn(j->text + j->pos, " \t\r\n");
}

/* Read the words of "arguments" or "command". NULL, or what is wrong with them. */
static const char *read_words(struct json *j, const json_t *entry,
			      char ***list, size_t *nr)
{
	const json_t *arguments = json_object_get(entry, "arguments");
	const json_t *command = json_object_get(entry, "command");
	size_t i;

	if (json_is_array(arguments)) {
		*nr = json_array_size(arguments);
		*list = xcalloc(*nr, sizeof(**list));
		for (i = 0; i < *nr; i++) {
			const char *word = json_string_value(
				json_array_get(arguments, i));

			if (!word)
				return "an argument is not a string";
			(*list)[i] = (char *)(uintptr_t)word;
		}
		return NULL;
	}
	if (!json_is_string(command))
		return "an entry has neither \"command\" nor \"arguments\"";
	if (!shell_words_next(&j->words, json_string_value(command)))
		return "an entry's \"command\" is empty";
	*nr = j->words.nr;
	*list = xmalloc((*nr + 1) * sizeof(**list));
	memcpy(*list, j->words.list, *nr * sizeof(**list));
	return NULL;
}

/* Read one entry. NULL, or what is wrong with it. */
static const char *read_entry(struct json *j, const json_t *entry)
{
	const char *dir = json_string_value(json_object_get(entry,
							    "directory"));
	const char *file = json_string_value(json_object_get(entry, "file"));
	const char *why;
	char **words = NULL;
	size_t nr = 0;

	if (!json_is_object(entry))
		return "an entry is not an object";
	if (!file)
		return "an entry has no \"file\"";
	if (!dir || *dir != '/')
		return "an entry has no absolute \"directory\"";
	why = read_words(j, entry, &words, &nr);
	if (!why)
		command_set_read(j->set, j->tree, j->objtree, words, nr, dir,
				 file, 0, COMMAND_OWN);
	free(words);
	return why;
}

/*
 * Parse one entry at a time: all entries of a kernel together would take ten times
 * the size of the file in memory.
 */
static int read_next(struct json *j)
{
	json_error_t where;
	json_t *entry = json_loadb(j->text + j->pos, j->len - j->pos,
				   JSON_DISABLE_EOF_CHECK, &where);
	size_t start = j->pos;
	const char *why;
	int ret = 0;

	if (!entry)
		return wrong(j, start + (where.position > 0 ?
					 (size_t)where.position - 1 : 0),
			     where.text);
	j->pos += (size_t)where.position;
	j->nr++;
	why = read_entry(j, entry);
	if (why)
		ret = wrong(j, start, why);
	json_decref(entry);
	return ret;
}

static int read_all(struct json *j)
{
	bool more;

	json_blanks(j);
	if (j->text[j->pos] != '[')
		return wrong(j, j->pos, "this is not a list of commands: '[' expected");
	j->pos++;
	json_blanks(j);
	more = j->text[j->pos] != ']';
	while (more) {
		json_blanks(j);
		if (read_next(j))
			return -1;
		json_blanks(j);
		more = j->text[j->pos] == ',';
		if (more)
			j->pos++;
	}
	if (j->text[j->pos] != ']')
		return wrong(j, j->pos, "',' or ']' expected");
	return 0;
}

int compile_db_read_json(struct command_set *set, const struct tree *tree,
			 const char *objtree, const char *path)
{
	struct json j = {
		.set = set, .tree = tree, .objtree = objtree, .path = path,
	};
	int ret = -1;

	j.text = path_read(path, &j.len);
	if (!j.text)
		return error_errno("cannot read %s", path);
	if (read_all(&j))
		goto cleanup;
	verbose("%s: %zu entries, %zu of them for files outside of the tree",
		path, j.nr, set->nr_outside);
	if (!set->nr)
		error("%s: none of its %zu entries compiles a C file of %s%s%s; say -O DIR with the tree's own output tree, or make it anew",
		      path, j.nr, objtree ? tree->root : tree->module_dir,
		      set->first_outside ? ": the first one is for " : "",
		      set->first_outside ? set->first_outside : "");
	else
		ret = 0;
cleanup:
	free(j.text);
	shell_words_release(&j.words);
	return ret;
}
