// SPDX-License-Identifier: GPL-2.0-only
#include "tree/lexer.h"

#include "lib/alloc.h"
#include "tree/index.h"

#define FILTER_BITS	16
#define MAX_NESTING	64

struct lexer_slot {
	uint32_t len;		/* 0: empty */
	uint32_t name;
	const char *text;
};

/* --- the names --- */

static uint64_t load(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/*
 * Of the length, the first and the last eight bytes. Reads up to eight bytes
 * from `p` on even if `len` is less.
 */
static inline uint64_t hash_name(const char *p, size_t len)
{
	uint64_t first = load(p), last;

	if (len < 8) {
		/* The bytes that belong to it, in either byte order. */
		static const char keep[16] = "\xff\xff\xff\xff\xff\xff\xff\xff";

		first &= load(keep + 8 - len);
		last = 0;
	} else {
		last = load(p + len - 8);
	}
	first ^= (last << 23 | last >> 41) + len;
	first *= UINT64_C(0x9e3779b97f4a7c15);
	return first ^ first >> 29;
}

void lexer_names_init(struct lexer_names *names,
		      const struct intern_pool *pool)
{
	uint32_t size = 64, i;

	while (size < pool->nr * 4)
		size *= 2;
	names->pool = pool;
	names->mask = size - 1;
	names->slots = xcalloc(size, sizeof(*names->slots));
	names->filter = xcalloc((1U << FILTER_BITS) / 64,
				sizeof(*names->filter));
	for (i = 0; i < pool->nr; i++) {
		const char *s = intern_str(pool, i);
		char padded[8] = "";
		size_t len = strlen(s);
		uint64_t hash;
		uint32_t at;

		if (!len)
			continue;
		if (len < 8)
			memcpy(padded, s, len);
		hash = hash_name(len < 8 ? padded : s, len);
		names->filter[(hash & ((1U << FILTER_BITS) - 1)) / 64] |=
			UINT64_C(1) << (hash & 63);
		for (at = (uint32_t)(hash >> 20) & names->mask;
		     names->slots[at].len; at = (at + 1) & names->mask)
			;
		names->slots[at] = (struct lexer_slot){
			.len = (uint32_t)len, .name = i, .text = s,
		};
	}
}

void lexer_names_release(struct lexer_names *names)
{
	free(names->slots);
	free(names->filter);
	*names = (struct lexer_names){ NULL, NULL, 0, NULL };
}

static inline uint32_t look_up(const struct lexer_names *names,
			       const char *p, size_t len)
{
	uint64_t hash = hash_name(p, len);
	const struct lexer_slot *slot;
	uint32_t at;

	if (!(names->filter[(hash & ((1U << FILTER_BITS) - 1)) / 64] &
	      UINT64_C(1) << (hash & 63)))
		return INTERN_NONE;
	for (at = (uint32_t)(hash >> 20) & names->mask;
	     names->slots[at].len; at = (at + 1) & names->mask) {
		slot = &names->slots[at];
		if (slot->len == len && !memcmp(slot->text, p, len))
			return slot->name;
	}
	return INTERN_NONE;
}

void lexer_init(struct lexer *lexer, const struct lexer_names *names)
{
	*lexer = (struct lexer){
		.names = names,
		.kinds = xcalloc(names->pool->nr, 1),
		.found = xcalloc(names->pool->nr, sizeof(*lexer->found)),
	};
}

void lexer_reset(struct lexer *lexer)
{
	while (lexer->nr_found)
		lexer->kinds[lexer->found[--lexer->nr_found]] = 0;
	lexer->userspace = false;
}

void lexer_release(struct lexer *lexer)
{
	free(lexer->kinds);
	free(lexer->found);
	*lexer = (struct lexer){ .names = NULL };
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

/* Where braces and parentheses stand. */
struct nesting {
	int braces, parens;
};

struct conditional {
	struct nesting start;	/* at the #if */
	struct nesting end;	/* where the branch that counts ends */
	bool ended;		/* `end` is set */
	bool skipped;		/* it is "#if 0": another branch counts */
	bool taken;		/* it is "#if 1": the others are skipped */
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

static const bool name_char[256] = {
	['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['_'] = true,
	['$'] = true, ['0' ... '9'] = true,
};

static inline bool is_name_char(char c)
{
	return name_char[(unsigned char)c];
}

static void mark(struct scan *s, uint32_t name, unsigned int kind)
{
	struct lexer *lexer = s->lexer;

	if (!lexer->kinds[name])
		lexer->found[lexer->nr_found++] = name;
	lexer->kinds[name] |= (unsigned char)kind;
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

/* To the newline that ends the line, or `end`. */
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

/* Things like __acquires(lock) stand between a function's ")" and its "{". */
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
	size_t len;
	uint32_t name;

	while (is_name_char(*q))
		q++;
	if (q > s->end)
		q = s->end;
	s->p = q;
	len = (size_t)(q - p);
	name = look_up(s->lexer->names, p, len);
	if (name != INTERN_NONE) {
		unsigned int kind = INDEX_MENTION;

		if (s->previous == MEMBER_BEFORE)
			kind |= INDEX_MEMBER;
		if (s->export == EXPORT_OPEN && s->previous == OPEN_BEFORE)
			kind |= INDEX_EXPORT;
		mark(s, name, kind);
	}
	if (*p == 'E' && len >= sizeof(export) - 1 &&
	    !memcmp(p, export, sizeof(export) - 1))
		s->export = EXPORT_SEEN;
	s->name = name;
	s->annotation = s->at.braces == 0 && is_annotation(p, len);
	s->previous = NAME_BEFORE;
}

static void read_brace(struct scan *s, char c)
{
	bool first_in_line = s->p == s->start || s->p[-1] == '\n';

	if (s->in_macro)
		return;
	/* In column one stand a function's braces, whatever went before. */
	if (first_in_line)
		s->at.braces = c == '}';
	if (c == '{') {
		if (s->at.braces == 0 && s->candidate != INTERN_NONE)
			mark(s, s->candidate, INDEX_DEFINITION);
		s->at.braces++;
	} else if (s->at.braces > 0) {
		s->at.braces--;
	}
	if (s->at.braces == 0 || first_in_line)
		s->at.parens = 0;
	s->candidate = INTERN_NONE;
}

static void read_open(struct scan *s)
{
	bool outside = s->at.braces == 0 && !s->in_macro;

	if (s->previous == NAME_BEFORE) {
		if (!outside && s->name != INTERN_NONE)
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
				s->candidate = INTERN_NONE;
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

	return !strncmp(p, word, len) && !is_name_char(p[len]);
}

static const char *skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

/*
 * From behind a directive's line to the "#" of the #else, #elif or #endif
 * that belongs to it.
 */
static const char *skip_branch(const char *p, const char *end)
{
	unsigned int depth = 0;

	while (p < end) {
		const char *q = skip_blanks(p);

		if (*q == '#') {
			const char *word = skip_blanks(q + 1);

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

/* The condition is this digit and nothing else. */
static bool is_all(const char *condition, char digit)
{
	if (*condition != digit)
		return false;
	condition = skip_blanks(condition + 1);
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
	/* The name, and with it the "(" of its parameters. */
	while (is_name_char(*macro.p))
		macro.p++;
	macro.previous = OTHER_BEFORE;
	macro.export = NO_EXPORT;
	scan_tokens(&macro, end);
	s->p = end;
}

static void read_directive(struct scan *s)
{
	const char *p = s->p, *word = skip_blanks(p + 1), *rest = word;

	while (p > s->start && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	if (s->in_macro || (p > s->start && p[-1] != '\n')) {
		s->p++;		/* an operator, or in a line of assembler */
		return;
	}
	while (is_name_char(*rest))
		rest++;
	rest = skip_blanks(rest);
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
			while (is_name_char(*s->p) || *s->p == '.')
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

	/* The stack need not be cleared; it is large. */
	s.lexer = lexer;
	s.start = s.p = text;
	s.end = text + len;
	s.at = (struct nesting){ 0, 0 };
	s.in_macro = false;
	s.previous = OTHER_BEFORE;
	s.export = NO_EXPORT;
	s.name = s.candidate = INTERN_NONE;
	s.annotation = false;
	s.nr_open = 0;
	scan_tokens(&s, s.end);
}
