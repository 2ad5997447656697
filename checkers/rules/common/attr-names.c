// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the names of DMA attributes in all text files of a tree, through a lexicon of
 * their own; for rules about names and for fix/.
 */
#include "rules/common/attr-names.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "knowledge/retired.h"
#include "lib/alloc.h"
#include "lib/ctext.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "tree/lexicon.h"
#include "tree/tree.h"

#define HEADER	"include/linux/dma-mapping.h"
#define PREFIX	"DMA_ATTR_"

/* Increment it if read_names() finds other names. */
#define VERSION	1

/* A kind of the lexicon: a #define defines the name. */
#define DEFINED	INDEX_DEFINITION

static bool is_attr(const char *name, size_t len)
{
	size_t n = strlen(PREFIX);

	return len > n && !memcmp(name, PREFIX, n);
}

bool attr_names_is_attr(const char *name)
{
	return is_attr(name, strlen(name));
}

bool attr_names_is_tool(const char *file)
{
	return path_below(file, "tools") || path_below(file, "samples") ||
		path_below(file, "scripts");
}

static bool counts(const char *name, size_t len)
{
	return is_attr(name, len) || retired_find(name, len);
}

/* --- which files --- */

static bool has_suffix(const char *name, const char *const *suffixes)
{
	const char *dot = strrchr(name, '.');

	for (; dot && *suffixes; suffixes++)
		if (!strcmp(dot, *suffixes))
			return true;
	return false;
}

static bool is_code(const char *name)
{
	static const char *const suffixes[] = {
		".c", ".h", ".S", ".rs", ".inc", ".cpp", ".cc", ".cocci", NULL,
	};

	return has_suffix(name, suffixes);
}

static bool is_wanted(const char *name)
{
	static const char *const suffixes[] = { ".rst", ".txt", NULL };
	size_t len = strlen(name);

	if (len > 6 && !strcmp(name + len - 6, ".mod.c"))
		return false;
	return is_code(name) || has_suffix(name, suffixes);
}

/* Whether "#define" and blanks stand before `p`. */
static bool is_defined(const char *text, const char *p)
{
	static const char define[] = "define";
	size_t len = sizeof(define) - 1;
	const char *q = p;

	while (q > text && (q[-1] == ' ' || q[-1] == '\t'))
		q--;
	if (q == p || (size_t)(q - text) <= len ||
	    memcmp(q - len, define, len))
		return false;
	q -= len;
	while (q > text && (q[-1] == ' ' || q[-1] == '\t'))
		q--;
	return q > text && q[-1] == '#';
}

static void read_stem(struct lexer *lexer, const char *text, size_t len,
		      const char *stem)
{
	size_t n = strlen(stem);
	const char *end = text + len, *p = text, *q;

	while (p < end && (p = memmem(p, (size_t)(end - p), stem, n))) {
		q = p + n;
		while (p > text && ctext_in_name(p[-1]))
			p--;
		while (q < end && ctext_in_name(*q))
			q++;
		if (counts(p, (size_t)(q - p)))
			lexer_add(lexer, p, (size_t)(q - p), INDEX_MENTION |
				  (is_defined(text, p) ? DEFINED : 0));
		p = q;
	}
}

/* Each name in retired.c contains one of these. */
static void read_names(struct lexer *lexer, const char *text, size_t len)
{
	lexer_begin(lexer);
	read_stem(lexer, text, len, "DMA_ATTR_");
	read_stem(lexer, text, len, "_cache_clean");
	read_stem(lexer, text, len, "_GPL_FOR_MODULES");
}

/* --- the names in a file --- */

struct scan {
	struct attr_names *names;
	uint32_t file;
	const char *text, *p, *end;
	const char *line_start;
	unsigned int line;
	/* In a directive, until the line ends. */
	bool define_name, test;
	/* Of an enum: 0 none, 1 its keyword was seen, 2 within braces. */
	int in_enum;
	bool enum_starts;	/* behind "{" or "," of one */
	bool export, export_open;	/* behind EXPORT_SYMBOL, and its "(" */
};

static void add_mention(struct scan *s, const char *p, size_t len,
			enum mention_place place, enum mention_role role,
			const char *value, size_t value_len)
{
	struct attr_names *n = s->names;

	ALLOC_GROW(n->list, n->nr + 1, n->alloc);
	n->list[n->nr++] = (struct mention){
		.file = s->file,
		.name = intern_mem(&n->strings, p, len),
		.value = intern_mem(&n->strings, value, value_len),
		.line = s->line,
		.column = (unsigned int)(p - s->line_start) + 1,
		.place = place, .role = role,
	};
}

/* Add the names from s->p to `end`, in text that is not C. */
static void scan_text(struct scan *s, const char *end,
		      enum mention_place place)
{
	while (s->p < end) {
		const char *p = s->p;

		if (*p == '\n') {
			s->line++;
			s->line_start = p + 1;
		}
		if (!ctext_in_name(*p)) {
			s->p++;
			continue;
		}
		while (s->p < end && ctext_in_name(*s->p))
			s->p++;
		if (counts(p, (size_t)(s->p - p)))
			add_mention(s, p, (size_t)(s->p - p), place, MENTION_USE, "",
				    0);
	}
}

static const char *comment_end(const char *p, const char *end)
{
	const char *q = memmem(p, (size_t)(end - p), "*/", 2);

	return q ? q + 2 : end;
}

static const char *line_end(const char *p, const char *end)
{
	const char *q = memchr(p, '\n', (size_t)(end - p));

	return q ? q : end;
}

/* The end of a string or character, if it is in this line. */
static const char *string_end(const char *p, const char *end)
{
	char quote = *p++;

	for (; p < end && *p != '\n'; p++) {
		if (*p == quote)
			return p + 1;
		if (*p == '\\' && p + 1 < end && p[1] != '\n')
			p++;
	}
	return p;
}

/* The rest of the line, without a comment and surrounding blanks. */
static size_t value_at(const char **at, const char *end)
{
	const char *p = *at, *stop = line_end(p, end), *q;

	for (q = p; q + 1 < stop; q++)
		if (*q == '/' && (q[1] == '*' || q[1] == '/'))
			stop = q;
	while (p < stop && isspace((unsigned char)*p))
		p++;
	while (stop > p && isspace((unsigned char)stop[-1]))
		stop--;
	*at = p;
	return (size_t)(stop - p);
}

static bool is_pasted(const struct scan *s, const char *p, const char *q)
{
	while (p > s->text && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	while (q < s->end && (*q == ' ' || *q == '\t'))
		q++;
	return (p > s->text && p[-1] == '#') || (q < s->end && *q == '#');
}

static enum mention_role role_of(const struct scan *s)
{
	if (s->define_name)
		return MENTION_DEFINE;
	if (s->test)
		return MENTION_TEST;
	if (s->in_enum == 2 && s->enum_starts)
		return MENTION_ENUM;
	return s->export_open ? MENTION_EXPORT : MENTION_USE;
}

static void read_word(struct scan *s)
{
	const char *p = s->p, *value = "";
	size_t len, value_len = 0;
	enum mention_role role;

	while (s->p < s->end && ctext_in_name(*s->p))
		s->p++;
	len = (size_t)(s->p - p);
	role = role_of(s);
	if (counts(p, len) && !is_pasted(s, p, s->p)) {
		if (role == MENTION_DEFINE) {
			value = s->p;
			value_len = value_at(&value, s->end);
		}
		add_mention(s, p, len, MENTION_CODE, role, value, value_len);
	}
	if (len == 4 && !memcmp(p, "enum", 4))
		s->in_enum = 1;
	s->export = len >= 13 && !memcmp(p, "EXPORT_SYMBOL", 13);
	s->export_open = s->enum_starts = s->define_name = false;
}

/* Behind a "#" that begins a line. */
static void read_directive(struct scan *s)
{
	static const char *const tests[] = {
		"if", "ifdef", "ifndef", "elif", "elifdef", "undef",
	};
	const char *p = s->p + 1, *q;
	size_t i;

	while (p < s->end && (*p == ' ' || *p == '\t'))
		p++;
	for (q = p; q < s->end && ctext_in_name(*q); q++)
		;
	s->define_name = q - p == 6 && !memcmp(p, "define", 6);
	for (i = 0; i < ARRAY_SIZE(tests); i++)
		if ((size_t)(q - p) == strlen(tests[i]) &&
		    !memcmp(p, tests[i], (size_t)(q - p)))
			s->test = true;
	s->p = q;
}

static bool begins_line(const struct scan *s)
{
	const char *p = s->p;

	while (p > s->line_start && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	return p == s->line_start;
}

static void read_other(struct scan *s)
{
	char c = *s->p;

	switch (c) {
	case '\n':
		if (s->p == s->text || s->p[-1] != '\\')
			s->test = s->define_name = false;
		s->line++;
		s->line_start = s->p + 1;
		break;
	case '{':
		s->in_enum = s->in_enum ? 2 : 0;
		break;
	case '}':
	case ';':
	case ')':
		s->in_enum = 0;
		break;
	}
	if (c == '{' || c == ',')
		s->enum_starts = s->in_enum == 2;
	if (c == '(')
		s->export_open = s->export;
	if (c == '\\' && s->p + 1 < s->end && s->p[1] != '\n')
		s->p++;
	s->p++;
}

static void scan_code(struct scan *s)
{
	while (s->p < s->end) {
		char c = *s->p, next = s->p + 1 < s->end ? s->p[1] : '\0';

		if (ctext_in_name(c))
			read_word(s);
		else if (c == '/' && next == '*')
			scan_text(s, comment_end(s->p + 2, s->end),
				  MENTION_COMMENT);
		else if (c == '/' && next == '/')
			scan_text(s, line_end(s->p, s->end), MENTION_COMMENT);
		else if (c == '"')
			scan_text(s, string_end(s->p, s->end),
				  MENTION_COMMENT);
		else if (c == '\'' && next == '"')
			s->p += 2;
		else if (c == '#' && begins_line(s))
			read_directive(s);
		else
			read_other(s);
	}
}

static void scan_file(struct attr_names *names, const char *path,
		      const struct walk_text *text)
{
	struct scan s = {
		.names = names, .file = intern(&names->strings, path),
		.text = text->data, .p = text->data,
		.end = text->data + text->len, .line_start = text->data,
		.line = 1,
	};

	if (is_code(path))
		scan_code(&s);
	else
		scan_text(&s, s.end, MENTION_TEXT);
}

/* --- the tree --- */

/* Whether the file has other names than uses of the tree's attributes. */
static bool is_read(const struct lexicon_file *f, const lexer_word *defined,
		    size_t nr)
{
	uint32_t i;
	size_t k;

	for (i = 0; i < f->nr_words; i++) {
		lexer_word word = f->words[i];

		if (word & DEFINED)
			return true;
		for (k = 0; k < nr; k++)
			if (defined[k] == (word & ~LEXER_KINDS))
				break;
		if (k == nr)
			return true;
	}
	return false;
}

/* The header that defines the attributes: its names are right. */
static void keep_retired(struct attr_names *names, size_t first)
{
	size_t i, nr = first;

	for (i = first; i < names->nr; i++) {
		const char *name = intern_str(&names->strings,
					      names->list[i].name);

		if (retired_find(name, strlen(name)))
			names->list[nr++] = names->list[i];
	}
	names->nr = nr;
}

static void read_mentions(struct attr_names *names, const struct tree *tree,
			  const struct lexicon *lexicon, int root)
{
	lexer_word *defined = xcalloc(tree->nr_attrs, sizeof(*defined));
	struct walk_text text = { NULL, 0, 0 };
	size_t i, nr = 0, nr_defined = 0;

	for (i = 0; i < tree->nr_attrs; i++) {
		const char *name = tree->attrs[i].name;

		/* A name to be renamed is searched in all files. */
		if (retired_find(name, strlen(name)))
			continue;
		defined[nr_defined++] = lexer_hash(name, strlen(name));
	}
	for (i = 0; i < lexicon->nr; i++) {
		const char *path = lexicon->files[i].file->path;
		size_t before;

		if (!is_read(&lexicon->files[i], defined, nr_defined) ||
		    walk_read(&text, tree, root, path, LEXER_PADDING))
			continue;
		before = names->nr;
		scan_file(names, path, &text);
		if (!strcmp(path, HEADER))
			keep_retired(names, before);
		nr++;
	}
	verbose("%zu of %zu files name other attributes than the tree's", nr,
		lexicon->nr);
	free(text.data);
	free(defined);
}

#define KEY_SIZE 40

static const char *code_key(char key[KEY_SIZE], uint32_t file, uint32_t name,
			    enum mention_role role)
{
	snprintf(key, KEY_SIZE, "%u %u %u", file, name, (unsigned int)role);
	return key;
}

static void index_code(struct attr_names *names)
{
	char key[KEY_SIZE];
	size_t i;

	for (i = 0; i < names->nr; i++) {
		const struct mention *m = &names->list[i];

		if (m->place == MENTION_CODE)
			intern(&names->in_code,
			       code_key(key, m->file, m->name, m->role));
	}
}

struct attr_names *attr_names_read(const struct tree *tree,
				   const char *const *paths, size_t nr_paths,
				   const char *cache, unsigned int jobs)
{
	struct attr_names *names = xcalloc(1, sizeof(*names));
	const struct lexicon_kind kind = {
		.name = "attr-names", .version = VERSION + retired_hash(),
		.wanted = is_wanted, .read = read_names,
	};
	struct lexicon lexicon = LEXICON_INIT;
	int root = open(tree->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (root < 0) {
		warning("cannot read %s: %s", tree->root, strerror(errno));
		return names;
	}
	lexicon_open_kind(&lexicon, &kind, tree, paths, nr_paths, cache, jobs);
	read_mentions(names, tree, &lexicon, root);
	index_code(names);
	lexicon_close(&lexicon);
	close(root);
	return names;
}

bool attr_names_has(const struct attr_names *names, uint32_t file,
		    uint32_t name, enum mention_role role)
{
	char key[KEY_SIZE];

	return intern_find(&names->in_code, code_key(key, file, name, role)) !=
		INTERN_NONE;
}

static bool has_longer_name(const char *text, size_t len, const char *name)
{
	const char *p = text, *end = text + len;
	size_t n = strlen(name);

	while (p < end && (p = memmem(p, (size_t)(end - p), name, n))) {
		if (p > text && ctext_in_name(p[-1]))
			return true;
		p += n;
	}
	return false;
}

bool attr_names_is_part(const struct tree *tree, const char *file,
			const char *name)
{
	char *relative = path_dirname(file);
	char *dir = path_join(tree->root, relative);
	DIR *stream = opendir(dir);
	bool found = false;
	struct dirent *d;

	while (stream && !found && (d = readdir(stream))) {
		char *path, *text;
		size_t len;

		if (d->d_name[0] == '.' || !is_code(d->d_name))
			continue;
		path = path_join(dir, d->d_name);
		text = path_read(path, &len);
		found = text && has_longer_name(text, len, name);
		free(text);
		free(path);
	}
	if (stream)
		closedir(stream);
	free(dir);
	free(relative);
	return found;
}

void attr_names_free(struct attr_names *names)
{
	if (!names)
		return;
	intern_release(&names->strings);
	intern_release(&names->in_code);
	free(names->list);
	free(names);
}
