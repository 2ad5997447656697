// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fast lexer: finds every identifier of a C file and how it is used, from the
 * text only; for the lexicon. It reads a whole kernel in seconds.
 */
#include "tree/lexer.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/ctext.h"
#include "tree/index.h"

#define MAX_NESTING	64
#define NO_WORD		UINT32_MAX

/* --- identifiers --- */

lexer_word lexer_hash(const char *name, size_t len)
{
	return XXH3_64bits(name, len) & ~LEXER_KINDS;
}

static void set_slots(struct lexer *lexer, uint32_t size)
{
	uint32_t i, at;

	free(lexer->slots);
	lexer->slots = xcalloc(size, sizeof(*lexer->slots));
	lexer->mask = size - 1;
	for (i = 0; i < lexer->nr; i++) {
		for (at = (uint32_t)(lexer->words[i] >> 8) & lexer->mask;
		     lexer->slots[at]; at = (at + 1) & lexer->mask)
			;
		lexer->slots[at] = i + 1;
		lexer->places[i] = at;
	}
}

void lexer_init(struct lexer *lexer)
{
	memset(lexer, 0, sizeof(*lexer));
	set_slots(lexer, 4096);
}

void lexer_release(struct lexer *lexer)
{
	free(lexer->words);
	free(lexer->places);
	free(lexer->slots);
	memset(lexer, 0, sizeof(*lexer));
}

static void add_word(struct lexer *lexer, lexer_word word, uint32_t at)
{
	uint32_t nr = lexer->nr;

	if (nr == lexer->alloc) {
		lexer->alloc = (nr + 16) * 2;
		lexer->words = xrealloc(lexer->words, lexer->alloc *
					sizeof(*lexer->words));
		lexer->places = xrealloc(lexer->places, lexer->alloc *
					 sizeof(*lexer->places));
	}
	lexer->words[nr] = word;
	lexer->places[nr] = at;
	lexer->slots[at] = nr + 1;
	lexer->nr++;
	if (lexer->nr > lexer->mask / 2)
		set_slots(lexer, (lexer->mask + 1) * 2);
}

/* The number of the identifier. */
static inline uint32_t look_up(struct lexer *lexer, const char *p, size_t len)
{
	lexer_word word = lexer_hash(p, len);
	uint32_t at = (uint32_t)(word >> 8) & lexer->mask;

	while (lexer->slots[at]) {
		uint32_t nr = lexer->slots[at] - 1;

		if ((lexer->words[nr] & ~LEXER_KINDS) == word)
			return nr;
		at = (at + 1) & lexer->mask;
	}
	add_word(lexer, word, at);
	return lexer->nr - 1;
}

void lexer_begin(struct lexer *lexer)
{
	while (lexer->nr)
		lexer->slots[lexer->places[--lexer->nr]] = 0;
	lexer->userspace = false;
}

void lexer_add(struct lexer *lexer, const char *name, size_t len,
	       unsigned int kinds)
{
	uint32_t nr = look_up(lexer, name, len);

	lexer->words[nr] |= kinds;
}

/* --- the text --- */

enum class {
	OTHER, BLANK, LETTER, DIGIT, QUOTE, SLASH, HASH, PUNCTUATION,
};

static const unsigned char class_of[256] = {
	[' '] = BLANK, ['\t'] = BLANK, ['\n'] = BLANK, ['\r'] = BLANK,
	['\f'] = BLANK, ['\v'] = BLANK,
	['a' ... 'z'] = LETTER, ['A' ... 'Z'] = LETTER, ['_'] = LETTER,
	['$'] = LETTER, ['0' ... '9'] = DIGIT,
	['"'] = QUOTE, ['\''] = QUOTE, ['/'] = SLASH, ['#'] = HASH,
	['.'] = PUNCTUATION, ['-'] = PUNCTUATION, [';'] = PUNCTUATION,
	['{'] = PUNCTUATION, ['}'] = PUNCTUATION, ['('] = PUNCTUATION,
	[')'] = PUNCTUATION, ['='] = PUNCTUATION, [','] = PUNCTUATION,
};

/* The kind of the token before. */
enum previous { OTHER_BEFORE, NAME_BEFORE, MEMBER_BEFORE, OPEN_BEFORE };

enum export { NO_EXPORT, EXPORT_SEEN, EXPORT_OPEN };

/* How deep braces and parentheses are. */
struct nesting {
	int braces, parens;
};

struct conditional {
	struct nesting start;	/* at the #if */
	struct nesting end;	/* at the end of the branch that counts */
	bool ended;		/* `end` is set */
	bool skipped;		/* it is "#if 0": another branch counts */
	bool taken;		/* it is "#if 1": other branches are skipped */
};

struct scan {
	struct lexer *lexer;
	const char *start, *p, *end;
	struct nesting at;
	bool in_macro;			/* in the text of a #define */
	enum previous previous;
	enum export export;
	uint32_t name;			/* of the last identifier */
	bool annotation;		/* that was one like __acquires */
	uint32_t candidate;		/* it may be defined by a "{" */
	struct conditional stack[MAX_NESTING];
	unsigned int nr_open;		/* may be more than the stack holds */
};

static void mark(struct scan *s, uint32_t name, unsigned int kind)
{
	s->lexer->words[name] |= kind;
}

static const char *skip_comment(const char *p, const char *end)
{
	for (p += 2; p < end; p++) {
		p = memchr(p, '*', (size_t)(end - p));
		if (!p)
			return end;
		if (p[1] == '/')
			return p + 2 < end ? p + 2 : end;
	}
	return end;
}

/* Skip to the newline that ends the line, or to `end`. */
static const char *skip_line(const char *p, const char *end)
{
	while (p < end && *p != '\n') {
		if (*p == '/' && p[1] == '*')
			p = skip_comment(p, end);
		else if (*p == '\\' && p + 1 < end)
			p += p[1] == '\r' && p[2] == '\n' ? 3 : 2;
		else
			p++;
	}
	return p < end ? p : end;
}

static const char *skip_string(const char *p, const char *end)
{
	char quote = *p++;

	while (p < end && *p != quote && *p != '\n')
		p += *p == '\\' ? 2 : 1;
	if (p < end && *p == quote)
		p++;
	return p < end ? p : end;
}

/* __acquires(lock) and the like stand between a function's ")" and its "{". */
static bool is_annotation(const char *p, size_t len)
{
	static const char *const names[] = {
		"__acquire", "__acquires", "__acquires_shared",
		"__aligned", "__alloc_size", "__attribute__",
		"__cond_acquires", "__cond_releases", "__counted_by",
		"__guarded_by", "__must_hold", "__must_hold_shared",
		"__no_sanitize", "__printf", "__release", "__releases",
		"__releases_shared", "__scanf", "__section",
	};
	size_t i;

	if (p[0] != '_' || p[1] != '_')
		return false;
	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (strlen(names[i]) == len && !memcmp(names[i], p, len))
			return true;
	return false;
}

static inline void read_name(struct scan *s)
{
	static const char export[] = "EXPORT_SYMBOL";
	const char *p = s->p, *q = p + 1;
	unsigned int kind = INDEX_MENTION;
	size_t len;

	while (ctext_in_name(*q))
		q++;
	if (q > s->end)
		q = s->end;
	s->p = q;
	len = (size_t)(q - p);
	s->name = look_up(s->lexer, p, len);
	if (s->previous == MEMBER_BEFORE)
		kind |= INDEX_MEMBER;
	if (s->export == EXPORT_OPEN && s->previous == OPEN_BEFORE)
		kind |= INDEX_EXPORT;
	mark(s, s->name, kind);
	if (*p == 'E' && len >= sizeof(export) - 1 &&
	    !memcmp(p, export, sizeof(export) - 1))
		s->export = EXPORT_SEEN;
	s->annotation = s->at.braces == 0 && is_annotation(p, len);
	s->previous = NAME_BEFORE;
}

static void read_brace(struct scan *s, char c)
{
	bool first_in_line = s->p == s->start || s->p[-1] == '\n';

	if (s->in_macro)
		return;
	/* Braces in column one are a function's, even if the count is wrong. */
	if (first_in_line)
		s->at.braces = c == '}';
	if (c == '{') {
		if (s->at.braces == 0 && s->candidate != NO_WORD)
			mark(s, s->candidate, INDEX_DEFINITION);
		s->at.braces++;
	} else if (s->at.braces > 0) {
		s->at.braces--;
	}
	if (s->at.braces == 0 || first_in_line)
		s->at.parens = 0;
	s->candidate = NO_WORD;
}

static void read_open(struct scan *s)
{
	bool outside = s->at.braces == 0 && !s->in_macro;

	if (s->previous == NAME_BEFORE) {
		if (!outside && s->name != NO_WORD)
			mark(s, s->name, INDEX_CALL);
		if (outside && s->at.parens == 0 && !s->annotation)
			s->candidate = s->name;
	}
	if (outside)
		s->at.parens++;
	s->export = s->export == EXPORT_SEEN ? EXPORT_OPEN : NO_EXPORT;
}

static inline void read_punctuation(struct scan *s)
{
	enum previous now = OTHER_BEFORE;
	char c = *s->p;

	switch (c) {
	case '.':
		if (s->p[1] == '.')
			while (s->p[1] == '.')
				s->p++;
		else
			now = MEMBER_BEFORE;
		break;
	case '-':
		if (s->p[1] == '>') {
			s->p++;
			now = MEMBER_BEFORE;
		}
		break;
	case '(':
		read_open(s);
		now = OPEN_BEFORE;
		break;
	case ')':
		if (s->at.parens > 0 && s->at.braces == 0 && !s->in_macro)
			s->at.parens--;
		s->export = NO_EXPORT;
		break;
	case '{':
	case '}':
		read_brace(s, c);
		break;
	default:	/* ; = , */
		if (s->at.braces == 0 && !s->in_macro) {
			if (c == ';')
				s->at.parens = 0;
			if (s->at.parens == 0)
				s->candidate = NO_WORD;
		}
		break;
	}
	s->previous = now;
	s->p++;
}

/* --- directives --- */

static bool is_word(const char *p, const char *word)
{
	size_t len = strlen(word);

	return !strncmp(p, word, len) && !ctext_in_name(p[len]);
}

static const char *lexer_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

/*
 * Skip from the end of a directive's line to the "#" of its #else, #elif or
 * #endif.
 */
static const char *skip_branch(const char *p, const char *end)
{
	unsigned int depth = 0;

	while (p < end) {
		const char *q = lexer_blanks(p);

		if (*q == '#') {
			const char *word = lexer_blanks(q + 1);

			if (!strncmp(word, "if", 2))
				depth++;
			else if (!depth && (!strncmp(word, "el", 2) ||
					    is_word(word, "endif")))
				return q;
			else if (is_word(word, "endif"))
				depth--;
		}
		p = skip_line(p, end);
		if (p < end)
			p++;
	}
	return end;
}

static struct conditional *innermost(struct scan *s)
{
	return s->nr_open && s->nr_open <= MAX_NESTING ?
		&s->stack[s->nr_open - 1] : NULL;
}

/* Whether the condition is only this digit. */
static bool is_all(const char *condition, char digit)
{
	if (*condition != digit)
		return false;
	condition = lexer_blanks(condition + 1);
	return *condition == '\n' || *condition == '\r' ||
		*condition == '/' || !*condition;
}

static void read_if(struct scan *s, const char *condition)
{
	struct conditional *c;

	s->nr_open++;
	c = innermost(s);
	s->p = skip_line(condition, s->end);
	if (!c)
		return;
	*c = (struct conditional){
		.start = s->at, .end = s->at,
		.skipped = is_all(condition, '0'),
		.taken = is_all(condition, '1'),
	};
	if (c->skipped)
		s->p = skip_branch(s->p, s->end);
}

static void read_else(struct scan *s, const char *rest)
{
	struct conditional *c = innermost(s);

	s->p = skip_line(rest, s->end);
	if (!c)
		return;
	if (!c->ended && !c->skipped) {
		c->end = s->at;
		c->ended = true;
	}
	c->skipped = false;
	s->at = c->start;
	if (c->taken)
		s->p = skip_branch(s->p, s->end);
}

static void read_endif(struct scan *s, const char *rest)
{
	struct conditional *c = innermost(s);

	s->p = skip_line(rest, s->end);
	if (c && c->ended)
		s->at = c->end;
	if (s->nr_open)
		s->nr_open--;
}

static bool includes_c_library(const char *p)
{
	static const char *const headers[] = {
		"<stdio.h>", "<stdlib.h>", "<unistd.h>", "<string.h>",
		"<errno.h>", "<err.h>", "<fcntl.h>", "<signal.h>",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(headers); i++)
		if (!strncmp(p, headers[i], strlen(headers[i])))
			return true;
	return false;
}

static void scan_tokens(struct scan *s, const char *end);

static void read_define(struct scan *s, const char *p)
{
	struct scan macro = *s;
	const char *end = skip_line(p, s->end);

	macro.in_macro = true;
	macro.p = p;
	/* The name, and the "(" of its parameters. */
	while (ctext_in_name(*macro.p))
		macro.p++;
	macro.previous = OTHER_BEFORE;
	macro.export = NO_EXPORT;
	scan_tokens(&macro, end);
	s->p = end;
}

static void read_directive(struct scan *s)
{
	const char *p = s->p, *word = lexer_blanks(p + 1), *rest = word;

	while (p > s->start && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	if (s->in_macro || (p > s->start && p[-1] != '\n')) {
		s->p++;		/* an operator, or assembler */
		return;
	}
	while (ctext_in_name(*rest))
		rest++;
	rest = lexer_blanks(rest);
	if (is_word(word, "define")) {
		read_define(s, rest);
	} else if (!strncmp(word, "if", 2)) {
		bool is_if = is_word(word, "if");

		read_if(s, is_if ? rest : word);
	} else if (!strncmp(word, "el", 2)) {
		read_else(s, rest);
	} else if (is_word(word, "endif")) {
		read_endif(s, rest);
	} else {
		if (is_word(word, "include") && includes_c_library(rest))
			s->lexer->userspace = true;
		s->p = skip_line(rest, s->end);
	}
	s->previous = OTHER_BEFORE;
}

static void scan_tokens(struct scan *s, const char *end)
{
	while (s->p < end) {
		switch (class_of[(unsigned char)*s->p]) {
		case BLANK:
			do
				s->p++;
			while (class_of[(unsigned char)*s->p] == BLANK);
			break;
		case LETTER:
			read_name(s);
			break;
		case DIGIT:
			while (ctext_in_name(*s->p) || *s->p == '.')
				s->p++;
			s->previous = OTHER_BEFORE;
			break;
		case QUOTE:
			s->p = skip_string(s->p, end);
			s->previous = OTHER_BEFORE;
			break;
		case SLASH:
			if (s->p[1] == '*')
				s->p = skip_comment(s->p, end);
			else if (s->p[1] == '/')
				s->p = skip_line(s->p, end);
			else
				s->previous = OTHER_BEFORE, s->p++;
			break;
		case HASH:
			read_directive(s);
			break;
		case PUNCTUATION:
			read_punctuation(s);
			break;
		default:
			s->previous = OTHER_BEFORE;
			s->p++;
			break;
		}
	}
}

void lexer_scan(struct lexer *lexer, const char *text, size_t len)
{
	struct scan s;

	lexer_begin(lexer);
	/* The stack is large and need not be cleared. */
	s.lexer = lexer;
	s.start = s.p = text;
	s.end = text + len;
	s.at = (struct nesting){ 0, 0 };
	s.in_macro = false;
	s.previous = OTHER_BEFORE;
	s.export = NO_EXPORT;
	s.name = s.candidate = NO_WORD;
	s.annotation = false;
	s.nr_open = 0;
	scan_tokens(&s, s.end);
}
