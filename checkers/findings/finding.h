/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FINDINGS_FINDING_H
#define FINDINGS_FINDING_H
#include "lib/compat.h"
/*
 * What a rule found: the data that goes from rules/ to report/ and fix/.
 */
enum level { LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };

struct location {
	char *file;		/* relative to the tree's root */
	unsigned int line, column;	/* both from 1 */
	char *function;		/* the function it stands in, or NULL */
};

/* What happens to the memory at a step of its way. */
enum move_kind {
	MOVE_UNKNOWN,
	MOVE_SOURCE,	/* `callee` brings it */
	MOVE_TRANSFER,	/* `callee` puts what is in `from` into `to` */
	MOVE_STORE,	/* into `to` */
	MOVE_LOAD,	/* from `from` */
	MOVE_CALL,	/* it is passed to `callee`, which has it in `to` */
	MOVE_RETURN,	/* `callee` returns it, or leaves it in `to` */
};

struct move {
	enum move_kind kind;
	char *module;		/* of the function that the step stands in */
	/* NULL where there is none. */
	char *callee;
	char *from, *to;	/* "struct x.y" for a field, else a variable */
};

/* Lines of a source file: report/source.h reads them. */
struct excerpt {
	unsigned int first, nr;	/* the first line, and how many; 0: not read */
	char *text;		/* with a newline behind each line */
};

/* One hop of the way that the memory takes, source first. */
struct trace_step {
	struct location loc;
	struct excerpt source;	/* around `loc` */
	struct move move;
	char *message;		/* "pages come from get_user_pages()" */
};

struct finding {
	const char *rule;	/* id; the rule's own string */
	enum level level;
	struct location loc;	/* where the kernel's DMA API is called */
	struct excerpt source;	/* around `loc` */
	char *module;		/* KBUILD_MODNAME */
	char *message;		/* without level and rule */
	char *fingerprint;	/* hexadecimal; survives a moved line */
	struct trace_step *trace;
	size_t nr_trace, alloc_trace;
	char *change;		/* which one brings it; NULL if none was asked for */
	char *holds;		/* in which of several reports, a line each; NULL: there is one */
	char *fix;		/* a unified diff that fixes it; NULL: none was made */
	char *no_fix;		/* why none could be made, where that was tried; or NULL */
	bool fixable;		/* there is a rewrite; whether it is certain here is not asked */
	bool accepted;		/* right as it is, and says why: nothing to fix */
};

struct findings {
	struct finding *list;
	size_t nr, alloc;
	/*
	 * How a file name or message is shown to people, which fingerprints
	 * are made of: a new string. NULL: as it is.
	 */
	char *(*shown)(const void *data, const char *text);
	const void *data;	/* for `shown` */
};
#define FINDINGS_INIT { NULL, 0, 0, NULL, NULL }

/*
 * A new finding of `rule` at that place; everything is copied. The pointer
 * is good until the next call. Steps are added with finding_step(), then
 * findings_finish() after the last finding.
 */
struct finding *findings_add(struct findings *findings, const char *rule,
			     enum level level, const struct location *loc,
			     const char *module, const char *message);

/* Append a step to the trace; the location is copied, the message printf()'s. */
void finding_step(struct finding *finding, const struct location *loc,
		  const char *fmt, ...) printf_like(3, 4);

/* Append a copy of `step`. */
void finding_add_step(struct finding *finding, const struct trace_step *step);

void trace_step_release(struct trace_step *step);

/*
 * Order by file, line, column, rule, module; join those that are equal in
 * all of these (the same line built into two modules is one finding, module
 * "a, b"); give each its fingerprint: XXH64 over rule, file, function, API
 * message and a counter for equal ones, none of which holds a line number. It
 * may be called again when more were added: what has a fingerprint keeps it.
 */
void findings_finish(struct findings *findings);

/*
 * Drop what does not stand at or below one of `paths` (relative to the tree's
 * root); none means the whole tree.
 */
void findings_keep_below(struct findings *findings, const char *const *paths,
			 size_t nr);

/* All of `from` behind those of `to`; `from` is empty then. */
void findings_move(struct findings *to, struct findings *from);

/*
 * What is found in file `from` counts as found in `to`: after
 * findings_finish(), whose fingerprints are made anew.
 */
void findings_rename_file(struct findings *findings, const char *from,
			  const char *to);

/* Drop those for which `wanted` is false; it gets `data`. */
void findings_keep(struct findings *findings,
		   bool (*wanted)(const struct finding *finding, void *data),
		   void *data);

/* Put what `shown` makes of it in the place of each file name and message. */
void findings_show(struct findings *findings);

void findings_release(struct findings *findings);

const char *level_name(enum level level);	/* "error", "warning", "note" */

/* The level called `name`; -1 if there is none. */
int level_parse(const char *name, enum level *level);

#endif
