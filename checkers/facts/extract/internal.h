/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_EXTRACT_INTERNAL_H
#define FACTS_EXTRACT_INTERNAL_H
/*
 * Shared by the files of extract/ files only: what they know while they read one
 * translation unit.
 *
 *	extract.c		the unit: which functions, initialisers, headers
 *	parse.c		parsing, with a precompiled header or without
 *	pch-make.c	making one
 *	type.c		types: what a place of that type can hold
 *	expr.c		expressions: values and places
 *	arith.c		operators that compute
 *	call.c		calls
 *	stmt.c		statements, branches, declarations
 *	test.c		comparisons and conditions
 *	narrow.c	assignments that narrow, aliases of devices, __free()
 *	block.c		control flow: blocks and the edges between them
 *	detail.c	how arguments are written, structs, exports
 *	build.c		appending to the fact set
 */
#include "lib/compat.h"

#include <clang-c/Index.h>

#include "facts/extract/extract.h"
#include "facts/facts.h"
#include "knowledge/api.h"

/* A value while it is put together: terms in x->scratch. */
struct val {
	uint32_t first, nr;
};

/* What an expression designates if it is stored to. */
struct lvalue {
	uint32_t place;		/* NO_PLACE: nothing of interest */
	bool element;		/* reached through * or [] or an container */
	uint32_t text;		/* of a member; 0 (that is "") where there is none */
};

/* A local whose truth is that of the OP_TEST `test`. */
struct remembered {
	CXCursor decl;
	uint32_t test;
};

struct compile_command;
struct extract_text;
struct header_function;
struct tree;

struct extractor {
	const struct tree *tree;
	const struct compile_command *command;
	const struct api *api;
	const char *pch;	/* precompiled header, or NULL */
	CXTranslationUnit tu;
	struct extracted *out;
	struct fact_set *set;	/* where facts go just now */
	struct function fn;	/* the one being read */
	uint32_t branch;	/* the current one */
	uint32_t block;		/* the current one, */
	bool is_open;		/* unless control flow never comes here */
	struct label_target *labels;	/* block.c */
	size_t nr_labels, alloc_labels;
	struct remembered *booleans;	/* locals that are the result of a test */
	size_t nr_booleans, alloc_booleans;
	struct jumps *jumps;	/* stmt.c: the innermost loop or switch */
	CXFile main_file;
	CXFile path_file;	/* the last one asked for ... */
	char *path;		/* ... and its path */
	struct extract_text *texts;	/* parse.c */
	struct term *scratch;
	uint32_t nr_scratch, alloc_scratch;
	struct header_function *headers;	/* queued or done */
	struct header_function **queue;
	size_t nr_queue, alloc_queue;
	/* children() of the expressions being read, as a stack */
	CXCursor *stack;
	size_t nr_stack, alloc_stack;
};

/* parse.c: set x->tu, and headers and errors of x->out. NULL, or why not. */
const char *extract_parse(struct extractor *x, CXIndex index);

/* parse.c: the text of a file, *len bytes; NULL if there is none. */
const char *extract_text(struct extractor *x, CXFile file, size_t *len);
void extract_release_texts(struct extractor *x);

/* pch-make.c: what facts call the file; the caller frees it. */
char *extract_file_path(const struct tree *tree, CXFile file);

/* extract.c: remember a header's function to be read, if it can be relevant. */
void extract_request_header(struct extractor *x, CXCursor definition, const char *key);
/* The file's path, relative to the root; the caller frees it. */
char *extract_path(const struct extractor *x, CXFile file);

/* type.c */
enum carry extract_carry(const struct extractor *x, CXType type,
			 bool *is_pointer);
/* The nearest named record around (or at) a record's declaration. */
const char *extract_record(CXCursor decl, char *buf, size_t size);
/* The record that `type` is or points to; NULL if none. */
const char *extract_type_record(CXType type, char *buf, size_t size);
/*
 * Whether [barrier] speaks of `record`, which has `member`: of one of the kernel's
 * own, as a driver's may be called the same.
 */
bool extract_barrier(struct extractor *x, const char *record, CXCursor member);

/* build.c */
uint32_t extract_str(struct extractor *x, const char *s);
uint32_t extract_clang_str(struct extractor *x, CXString s);
uint32_t extract_place(struct extractor *x, const struct place *place);
struct val extract_place_val(struct extractor *x, uint32_t place);
struct val extract_bits_val(struct extractor *x, uint64_t bits);
struct val extract_unknown_val(struct extractor *x);
struct op *extract_op(struct extractor *x, enum op_kind kind, CXCursor at);
struct value extract_keep(struct extractor *x, struct val val);
/* The name of the macro that a constant comes from. */
void extract_name_val(struct extractor *x, struct val val, uint32_t name);
uint32_t extract_branch(struct extractor *x, enum branch_kind kind,
			CXCursor at);
void extract_begin(struct extractor *x, struct fact_set *set,
		   const struct function *fn);
void extract_end(struct extractor *x);
/* Values: or-ed or computed with, arms of a conditional. */
struct val extract_join(struct extractor *x, struct val a, struct val b);
struct val extract_arms(struct extractor *x, struct val a, struct val b);
bool extract_has_memory(const struct extractor *x, struct val val);
bool extract_constant(const struct extractor *x, struct val val,
		      uint64_t *bits);
/* Keep the terms whose places pass `keep`. */
struct val extract_no_memory(struct extractor *x, struct val val);

/* arith.c */
/* What `left` and `right` give, joined by an operator that computes. */
struct val extract_arithmetic(struct extractor *x,
			      enum CXBinaryOperatorKind kind,
			      CXCursor left, CXCursor right);
/* The same for / and %, which no address comes out of. */
struct val extract_quotient(struct extractor *x, enum CXBinaryOperatorKind kind,
			    CXCursor left, CXCursor right);
/* Whether the type of the expression is a pointer or an array. */
bool extract_is_pointer(CXCursor expr);
/* Where in its file it starts; for what a macro stands for, where that is. */
unsigned int extract_start(CXCursor expr);

/* expr.c */
struct val extract_expr(struct extractor *x, CXCursor expr);
struct lvalue extract_lvalue(struct extractor *x, CXCursor expr);
void extract_assign(struct extractor *x, struct lvalue dst, struct val val,
		    unsigned int flags, CXCursor at);
/* `list` initialises `dst` (NO_PLACE: only its fields count). */
void extract_init(struct extractor *x, uint32_t dst, CXType type,
		  CXCursor init, bool element);
/* The children of `cursor` on x->stack from *first; count; pop when done. */
size_t extract_children(struct extractor *x, CXCursor cursor, size_t *first);
void extract_pop(struct extractor *x, size_t first);
/* The place of a variable or parameter; NO_PLACE if it holds nothing. */
uint32_t extract_variable(struct extractor *x, CXCursor decl);

/* call.c */
struct val extract_call(struct extractor *x, CXCursor call);
/* The key of a function, for FUNCTION_STATIC with its file; caller frees. */
char *extract_function_key(const struct extractor *x, CXCursor decl);

/* The identifier at which `at` starts in its file, "" if there is none. */
uint32_t extract_spelling(struct extractor *x, CXCursor at);
/* The same in *id; false if there is none. */
bool extract_macro(struct extractor *x, CXCursor at, uint32_t *id);

/* test.c */
void extract_test(struct extractor *x, enum test_kind kind, struct val a,
		  const struct val *b, CXCursor at);
/* `expr`, a comparison, && or ||, of `left` and `right`. */
void extract_comparison(struct extractor *x, CXCursor expr, CXCursor left,
			CXCursor right);
/* An expression of which only the truth counts. */
void extract_condition(struct extractor *x, CXCursor expr);
/* The same where control flow depends on it: the edges of either side. */
struct forks extract_branching(struct extractor *x, CXCursor expr);
/* The same where it is not a truth: a switch. */
void extract_tested(struct extractor *x, CXCursor expr);
/* Parentheses and implicit casts around it are taken off. */
CXCursor extract_inner(struct extractor *x, CXCursor expr);
/* The operand of a ! */
struct val extract_negation(struct extractor *x, CXCursor child);

/* narrow.c: mark the assignment to `place`, made after `before` ops */
void extract_narrowing(struct extractor *x, uint32_t place, CXType type,
		       CXCursor value, uint32_t before);
/* An OP_ALIAS if `place` is a local pointer to a device. */
void extract_alias(struct extractor *x, uint32_t place, CXType type,
		   CXCursor value, CXCursor at);
/* Whether `decl`, which is `place`, says __free(). */
void extract_cleanup(struct extractor *x, uint32_t place, CXCursor decl);

/* detail.c: details of the arguments of `call`, which is `op`. */
void extract_details(struct extractor *x, CXCursor call, CXCursor name,
		     uint32_t op);
/* The text of a condition, or of what is assigned to; "" if a macro makes it. */
uint32_t extract_condition_text(struct extractor *x, CXCursor expr);
uint32_t extract_lvalue_text(struct extractor *x, CXCursor expr);
/* The EXPORT_SYMBOL*() of the main file. */
void extract_exports(struct extractor *x);

/*
 * block.c. Edges whose end is not known yet are a list, NO_EDGES the empty one;
 * it is used up by what is done with it.
 */
#define NO_EDGES UINT32_MAX
struct forks {
	uint32_t yes, no;
};
/* Begin a block, to which nothing leads yet. */
uint32_t extract_block(struct extractor *x);
/* End the current block; the edge that leads on. */
uint32_t extract_leave(struct extractor *x);
/* End it, and the function. */
void extract_end_flow(struct extractor *x);
/* End it with a test. */
struct forks extract_fork(struct extractor *x, uint32_t text, uint32_t test);
uint32_t extract_chain(struct extractor *x, uint32_t a, uint32_t b);
void extract_patch(struct extractor *x, uint32_t edges, uint32_t block);
/* The block that begins here, to which `edges` and the current one lead. */
uint32_t extract_target(struct extractor *x, uint32_t edges);
/* The same if there are any edges. */
void extract_join_flow(struct extractor *x, uint32_t edges);
void extract_goto(struct extractor *x, uint32_t name);
void extract_label(struct extractor *x, uint32_t name);
void extract_end_blocks(struct extractor *x);
void extract_remember_boolean(struct extractor *x, CXCursor decl,
			      uint32_t test);
uint32_t extract_boolean(struct extractor *x, CXCursor decl);
/* Leave the blocks only of functions that have to do with DMA. */
void extract_drop_blocks(struct extractor *x);

/* stmt.c */
void extract_stmt(struct extractor *x, CXCursor stmt);
struct val extract_stmt_expr(struct extractor *x, CXCursor stmt);

#endif
