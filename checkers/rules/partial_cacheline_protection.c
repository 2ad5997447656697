// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "facts/facts.h"
#include "facts/program.h"
#include "lib/alloc.h"
#include "rules/common/dma-buffer.h"

extern const struct rule partial_cacheline_protection_rule;

/* The largest ARCH_DMA_MINALIGN. */
#define DMA_MINALIGN 128

static const char *const names[] = { "virtqueue_add_inbuf",
	"virtqueue_add_inbuf_ctx", "virtqueue_add_inbuf_cache_clean", NULL };

/* Its struct says what is to share no cache line with it. */
static bool is_declared(const struct dma_buffer *b, const struct tree *tree)
{
	char *text = dma_buffer_text(b, tree);
	bool yes = text && dma_buffer_is_grouped(text);

	free(text);
	return yes;
}

static bool is_element(const struct dma_buffer *b)
{
	return (b->detail->flags & DETAIL_ADDRESS) &&
	       (b->detail->flags & DETAIL_ELEMENT) &&
	       (!b->size || b->size % DMA_MINALIGN);
}

#define ONE_BY_ONE "buffers that share cache lines are queued for the device one by one, without virtqueue_add_inbuf_cache_clean()"

static const struct place *only_place(const struct dma_buffer *b,
				      const struct function *fn,
				      const struct op *op, uint32_t arg)
{
	const struct term *t;
	struct value v;

	if (arg >= op->nr_args)
		return NULL;
	v = b->set->args[fn->first_arg + op->first_arg + arg];
	if (v.nr != 1)
		return NULL;
	t = &b->set->terms[fn->first_term + v.first];
	return t->kind == TERM_PLACE ?
		&b->set->places[fn->first_place + t->place] : NULL;
}

static bool in_loop(const struct dma_buffer *b, const struct function *fn,
		    const struct op *op)
{
	const struct branch *branches = &b->set->branches[fn->first_branch];
	uint32_t i;

	for (i = op->branch; i; i = branches[i].parent)
		if (branches[i].kind == BRANCH_LOOP)
			return true;
	return false;
}

/* Whether what a loop uses stands still but for p += size, which is not kept. */
static bool is_advanced(const struct dma_buffer *b, const struct function *fn,
			const struct place *p)
{
	uint32_t i;

	for (i = 0; i < fn->nr_ops; i++) {
		const struct op *op = &b->set->ops[fn->first_op + i];

		if (op->kind == OP_ASSIGN && in_loop(b, fn, op) &&
		    &b->set->places[fn->first_place + op->dst] == p)
			return false;
	}
	return p->is_pointer && p->carry == CARRY_POINTER;
}

static bool calls(const struct dma_buffer *b, const struct function *fn,
		  const struct op *op)
{
	const struct term *t;
	const struct place *p;

	if (op->kind != OP_CALL || op->value.nr != 1)
		return false;
	t = &b->set->terms[fn->first_term + op->value.first];
	if (t->kind != TERM_PLACE)
		return false;
	p = &b->set->places[fn->first_place + t->place];
	return p->kind == PLACE_FUNCTION && p->name == b->fn->key;
}

/* A helper queues what a loop passes to it, piece by piece of one memory. */
static bool is_piecemeal(const struct dma_buffer *b)
{
	const struct place *p = only_place(b, b->fn, b->op, 1);
	uint32_t i, j;

	if (b->how != BUFFER_QUEUED || !p || p->kind != PLACE_PARAM)
		return false;
	for (i = 0; i < b->set->nr_functions; i++) {
		const struct function *fn = &b->set->functions[i];

		for (j = 0; j < fn->nr_ops; j++) {
			const struct op *op = &b->set->ops[fn->first_op + j];
			const struct place *passed;

			if (!calls(b, fn, op) || !in_loop(b, fn, op))
				continue;
			passed = only_place(b, fn, op, p->number);
			if (passed && passed->kind == PLACE_LOCAL &&
			    is_advanced(b, fn, passed))
				return true;
		}
	}
	return false;
}

/* What is wrong with it, or NULL; where, in *op. */
static const char *mistake(const struct dma_buffer *b,
			   const struct tree *tree, const struct op **op)
{
	*op = b->op;
	if (is_piecemeal(b))
		return ONE_BY_ONE;
	if (!is_element(b))
		return NULL;
	*op = b->queue ? b->queue : b->op;
	if (b->how == BUFFER_QUEUED && b->in_loop)
		return ONE_BY_ONE;
	if (b->how == BUFFER_QUEUED_CLEAN && b->field &&
	    !is_declared(b, tree))
		return "the array is queued as cache clean, but other members of its struct are in the same cache lines";
	return NULL;
}

static void report(const struct dma_buffer *b, void *data)
{
	struct rule_run *run = data;
	const struct op *op;
	const char *what = mistake(b, run->tree, &op);
	struct location loc = dma_buffer_locate(b, op);
	size_t i;

	for (i = 0; what && i < b->unit->nr_modules; i++)
		findings_add(run->findings,
			     partial_cacheline_protection_rule.id,
			     partial_cacheline_protection_rule.level, &loc,
			     b->unit->modules[i], what);
}

static void check(struct rule_run *run)
{
	dma_buffer_each(run->program, report, run);
}

const struct rule partial_cacheline_protection_rule = {
	.id = "partial-cacheline-protection",
	.level = LEVEL_WARNING,
	.summary = "buffers in flight share cache lines and do not say so",
	.explanation =
"The elements of an array are all with the device at once, and several are in\n"
"one cache line (up to 128 bytes as far as DMA is concerned). When the first\n"
"comes back, the CPU reads it, and may write to it, while the device still\n"
"writes to its neighbours in the same line: on a device that is not coherent\n"
"one of the two is lost. dma-debug warns of the overlap.\n"
"\n"
"Where the CPU writes to no element while others are in flight, queue all of\n"
"them with virtqueue_add_inbuf_cache_clean(), which passes\n"
"DMA_ATTR_DEBUGGING_IGNORE_CACHELINES, and put the array between\n"
"__dma_from_device_group_begin() and __dma_from_device_group_end(), or in an\n"
"allocation of its own. Else give each element its own lines: pad it, or\n"
"allocate it by itself. All mappings that share a line must have the\n"
"attribute, or none.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst,\n"
"DMA_ATTR_DEBUGGING_IGNORE_CACHELINES, and dma-api-howto.rst there.\n",
	.needs_attr = "DMA_ATTR_DEBUGGING_IGNORE_CACHELINES",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check,
};
