/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_FACTS_H
#define FACTS_FACTS_H
#include "lib/compat.h"
#include "lib/intern.h"
/*
 * The facts of one translation unit: the assignments, calls, tests and returns
 * of each function, in the order of the text. They speak of places. A place is
 * a name, not an object: a parameter, a local, "struct.field", a global. *p,
 * p[i] and &p all are p; only an assignment records that it goes through a
 * pointer. User memory, sources and sinks are not known here, but in flow/.
 *
 * This function (the unit test extracts it)
 *
 *	int f(struct dev *d, void *p)
 *	{
 *		unsigned long attrs = d->size ? 1 : 2;
 *		d->dma = dma_map(p, 8, attrs | d->attrs);
 *		if (!d->dma)
 *			return put(d->one);
 *		return 0;
 *	}
 *
 * gives these ops; facts_print() writes them so, LINE:COLUMN bBRANCH first:
 *
 *	3:27 b0 test {dev.size/N}		OP_TEST, a place as its value
 *	3:24 b0 attrs/W = {0:0x1 1:0x2}		OP_ASSIGN, two alternatives
 *	4:11 b0 @2 {dma_map()/F*}({p#1/P*}, {0x8}, {attrs/W dev.attrs/W})
 *						OP_CALL number 2; two terms, or-ed
 *	4:5  b0 dev.dma/A = {call@2/A}		its result is a place, too
 *	5:10 b0 test !{dev.dma/A}
 *	6:10 b1 @5 {put()/F*}({dev.one/E*})	in branch 1, the arm of the if
 *	6:3  b1 return {call@5/N}		OP_RETURN
 *	7:2  b0 return {0x0}
 *
 * The letter behind a place is its enum carry, "*" that it is a pointer.
 *
 * All of this is plain data without pointers, so that a set can be written to
 * the store and read back as it is (facts_save(), facts_load()).
 */

/* What a place can hold, by its type. There is no place for CARRY_NOTHING. */
enum carry {
	CARRY_NOTHING,
	CARRY_CONTAINER,		/* struct page *, sg_table, ... (kernel-api.conf) */
	CARRY_POINTER,		/* void *, char * */
	CARRY_WORD,		/* 64 bits unsigned, long: pfn, phys_addr_t */
	CARRY_DMA_ADDR,		/* dma_addr_t that is no scalar local */
	CARRY_NUMBER,		/* other integers: attributes, directions */
	CARRY_FUNCTION,		/* pointer to function */
	CARRY_OBJECT,		/* any other struct, by value or by pointer */
};

/* Whether memory (its pages, its address) can be in such a place. */
static inline bool carry_memory(enum carry c)
{
	return c == CARRY_CONTAINER || c == CARRY_POINTER || c == CARRY_WORD;
}

enum place_kind {
	PLACE_LOCAL,		/* name, number = offset of its declaration */
	PLACE_PARAM,		/* name, number = position; a struct: its record */
	PLACE_RETURN,		/* what this function returns; a struct: its record */
	PLACE_CALL,		/* result of the call that is op `number`; a struct: its record */
	PLACE_FIELD,		/* record, name */
	PLACE_GLOBAL,		/* name */
	PLACE_STATIC,		/* name, record = file (or function) it is in */
	PLACE_FUNCTION,		/* name = key of a function: its address */
};

/* Names are numbers of strings of the set. */
struct place {
	uint8_t kind, carry;
	uint8_t is_pointer;	/* a pointer or an array */
	uint8_t has_cleanup;	/* a local with __free() or the like */
	uint32_t name, record, number;
};

/*
 * A value is a range of terms. The terms with the same `alt` (and those with
 * ALT_ALL) are or-ed together or computed with; different `alt` are the arms
 * of a conditional expression. An empty value is unknown.
 */
#define ALT_ALL 0xff
enum term_kind { TERM_PLACE, TERM_BITS, TERM_UNKNOWN };
struct term {
	uint8_t kind, alt;
	uint16_t pad;
	union {
		uint32_t place;	/* TERM_PLACE: index in the function's places */
		uint32_t name;	/* TERM_BITS: the macro, NO_NAME if none */
	};
	uint64_t bits;		/* TERM_BITS */
};
#define NO_NAME UINT32_MAX
struct value {
	uint32_t first, nr;	/* in the function's terms */
};

enum op_kind { OP_ASSIGN, OP_CALL, OP_RETURN, OP_TEST, OP_JUMP, OP_LABEL,
	       OP_ALIAS, OP_KEEP };
/*
 * OP_KEEP: the result of a call is stored without an OP_ASSIGN: in a pointer to an
 * object, or (dst is NO_PLACE) in a member of a [barrier] struct.
 */
enum op_flag {
	ASSIGN_ELEMENT = 1,	/* through a pointer: *p = x, p[i] = x */
	ASSIGN_OR = 2,		/* dst |= value */
	ASSIGN_UPDATE = 4,	/* another compound assignment: dst op= value */
	ASSIGN_AND = 16,	/* dst &= value */
	ASSIGN_INIT = 8,	/* an initialiser */
	ASSIGN_NARROW = 32,	/* a dma_addr_t, to a narrower type */
};
enum call_flag {
	CALL_IGNORED = 1,	/* a statement of its own: its result is not used */
	CALL_NO_RETURN = 2,	/* panic() and the like */
};
/* OP_TEST, in `flags`: `value` is compared with the only argument. */
enum test_kind {
	TEST_TRUE,		/* if (x), x && ...; no argument */
	TEST_FALSE,		/* !x; no argument */
	TEST_LT, TEST_LE, TEST_GT, TEST_GE, TEST_EQ, TEST_NE,
	TEST_AND,		/* if (x & y) */
};
/* OP_JUMP, in `flags`; a goto and an OP_LABEL have the label in `spelling`. */
enum jump_kind { JUMP_GOTO, JUMP_BREAK, JUMP_CONTINUE };
struct op {
	uint8_t kind, flags;
	uint16_t nr_args;
	uint32_t line, column;	/* in `file`; the called function's name */
	uint32_t offset;	/* bytes from the start of that file */
	uint32_t file;		/* relative to the root */
	uint32_t branch;	/* in the function's branches */
	uint32_t dst;		/* OP_ASSIGN, OP_CALL (its result): a place */
	/*
	 * OP_CALL: the name as the source has it; a label; OP_ASSIGN, OP_KEEP:
	 * the member that is assigned to, OP_ALIAS: what the local pointer to
	 * a device `dst` is set to, as text.
	 */
	uint32_t spelling;
	uint32_t first_arg;	/* OP_CALL, OP_TEST: in the function's args */
	uint32_t first_detail;	/* OP_CALL: in the set's details, or NO_DETAIL */
	struct value value;	/* assigned, returned, tested; the called function */
};
#define NO_PLACE UINT32_MAX
#define NO_DETAIL UINT32_MAX

/* How an argument is written; only for calls of functions in kernel-api.conf. */
enum detail_flag {
	DETAIL_ADDRESS = 1,	/* &x, or an array */
	DETAIL_ELEMENT = 2,	/* x[i], *x, or computed with an index */
	DETAIL_LOCAL = 4,	/* the address of a variable on the stack */
	DETAIL_MACRO = 8,	/* no text: it comes from a macro that calls */
};
struct arg_detail {
	uint32_t text;		/* source text, white space squeezed */
	uint32_t type;		/* as written: "gfp_t", "enum dma_data_direction" */
	uint32_t record, field;	/* of the member that it is; 0: none */
	uint32_t flags;
};

/* The layout of a struct; for structs with a member whose address is passed on. */
struct record_layout {
	uint32_t name, file, line;
	uint32_t first_field, nr_fields;
	uint32_t size;		/* bytes */
};
struct field_layout {
	uint32_t name, type;
	uint32_t offset, size;	/* bytes */
	uint32_t align;		/* in bytes */
};

/* EXPORT_SYMBOL*(name, ...) */
struct export_fact {
	uint32_t name, macro;
	uint32_t arguments;	/* what follows the name, or "" */
	uint32_t line, column;
};

/* A part of a function that may not run: an arm of an if, a case, a loop's body. */
enum branch_kind { BRANCH_BODY, BRANCH_THEN, BRANCH_ELSE, BRANCH_CASE,
		   BRANCH_LOOP };
struct branch {
	uint32_t parent;	/* 0 is the function's body, its own parent */
	uint32_t offset;	/* of the statement that opens it */
	uint8_t kind;
	uint8_t leaves;		/* ends in return, goto, break or continue */
	uint16_t pad;
};


/*
 * Control flow, for functions that call a DMA function of kernel-api.conf, or
 * another such function of the same file; others have no blocks. A block is a
 * run of ops, up to the start of the next block. It continues at next[0] if its
 * test is true (not 0; for "!x" that is x), else at next[1]; NO_BLOCK is the end
 * of the function, by a return or by a call that does not return. Without a test,
 * next[1] is NO_BLOCK. `test` is the OP_TEST, or NO_OP; `text` is the condition in
 * the source, without a leading !, or "" if it comes from a macro. Each case of a
 * switch has a block without ops and with the text "EXPRESSION == CASE". The first
 * block is the entry. Loops go back to an earlier block.
 *
 *	static int f(struct device *dev, void *p)
 *	{
 *		dma_addr_t dma = dma_map_single(dev, p, 8, DMA_TO_DEVICE);
 *
 *		if (!p || dma_mapping_error(dev, dma))
 *			return -EIO;
 *		return 0;
 *	}
 *
 *	0  the map, the assignment, test !p	p: 1 else 2
 *	1  the call, test dma_mapping_error()	dma_mapping_error(dev, dma): 2 else 3
 *	2  return -EIO				end
 *	3  return 0				end
 */
#define NO_BLOCK UINT32_MAX
#define NO_OP UINT32_MAX
struct block {
	uint32_t first_op;	/* in the function's ops */
	uint32_t test, text;
	uint32_t next[2];	/* in the function's blocks */
};

enum function_flag {
	FUNCTION_STATIC = 1,
	FUNCTION_HEADER = 2,	/* defined in a header */
	FUNCTION_FILE = 4,	/* no function: a file's initialisers */
	FUNCTION_BOOL = 8,	/* returns a bool */
};
struct function {
	uint32_t key;		/* "name", static: "file:name" */
	uint32_t name, file, line;
	uint32_t flags, nr_params;
	uint32_t first_place, nr_places;
	uint32_t first_term, nr_terms;
	uint32_t first_op, nr_ops;
	uint32_t first_arg, nr_args;
	uint32_t first_branch, nr_branches;
	uint32_t first_block, nr_blocks;
};

struct fact_set {
	struct intern_pool strings;
	struct function *functions;
	struct place *places;
	struct term *terms;
	struct op *ops;
	struct value *args;
	struct branch *branches;
	struct block *blocks;
	struct arg_detail *details;
	struct record_layout *records;
	struct field_layout *fields;
	struct export_fact *exports;
	uint32_t nr_functions, nr_places, nr_terms, nr_ops, nr_args,
		 nr_branches, nr_blocks, nr_details, nr_records, nr_fields, nr_exports;
	uint32_t alloc_functions, alloc_places, alloc_terms, alloc_ops,
		 alloc_args, alloc_branches, alloc_blocks, alloc_details, alloc_records,
		 alloc_fields, alloc_exports;
};

/* An empty set; the caller's until facts_release(). */
void facts_init(struct fact_set *set);

static inline const char *facts_str(const struct fact_set *set, uint32_t id)
{
	return intern_str(&set->strings, id);
}

/* The set as bytes with a checksum, *len of them; free(3) them. */
void *facts_save(const struct fact_set *set, size_t *len);

/*
 * Read what facts_save() wrote into `set`, which must be empty. -1, and an empty
 * set, if the bytes are damaged or of another version.
 */
int facts_load(struct fact_set *set, const void *data, size_t len);

/*
 * Whether every number in `set` is a valid index, so that nothing is read past its
 * end. facts_load() refuses a set that is not valid.
 */
bool facts_valid(const struct fact_set *set);

/* Print the facts as text, for debugging and tests. */
void facts_print(const struct fact_set *set, FILE *out);

void facts_release(struct fact_set *set);

/* Increment it with each change of the meaning or layout of saved facts. */
#define FACTS_VERSION 14u

#endif
