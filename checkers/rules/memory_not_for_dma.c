// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory on the stack, or of vmalloc(), that is mapped for DMA or put into a
 * scatterlist, or that USB maps: by the call itself, or by a helper that hands
 * its parameter on to one.
 */
#include "rules/common/memory-kind.h"

#include "lib/tokens.h"
#include "tree/tree.h"

static const char *const vmallocs[] = { "vmalloc", "vzalloc", "vmalloc_user",
	"vmalloc_array", "vcalloc", "vmalloc_node", "vzalloc_node",
	"vmalloc_32", "vmalloc_32_user", "__vmalloc", "__vmalloc_array",
	"__vcalloc", "__vmalloc_node", "vmap", NULL };

/* What the USB core maps for the host controller, by position. */
static const struct usb_buffer {
	const char *name;
	int arg;
} usb_buffers[] = {
	{ "usb_control_msg", 6 }, { "usb_bulk_msg", 2 },
	{ "usb_interrupt_msg", 2 }, { "usb_fill_bulk_urb", 3 },
	{ "usb_fill_int_urb", 3 }, { "usb_fill_control_urb", 4 },
};

struct stack_check {
	struct memory_kind vmalloced;
	struct memory_uses uses;
};

static bool is_vmalloc(const struct scan *s, const struct op *op)
{
	static const char noprof[] = "_noprof";
	const char *name = scan_callee(s, op);
	size_t len = strlen(name), i;

	if (len > sizeof(noprof) - 1 &&
	    !strcmp(name + len - sizeof(noprof) + 1, noprof))
		len -= sizeof(noprof) - 1;
	for (i = 0; len && vmallocs[i]; i++)
		if (strlen(vmallocs[i]) == len &&
		    !strncmp(vmallocs[i], name, len))
			return true;
	return false;
}

/* Whether the statement that token `at` is in declares it, as no pointer. */
static bool declares(const struct tokens *all, size_t at)
{
	size_t first = at, i;

	while (first > 0 && !token_is(all, first - 1, ";") &&
	       !token_is(all, first - 1, "{") && !token_is(all, first - 1, "}"))
		first--;
	if (at < first + 1 || token_is(all, at - 1, "*") ||
	    token_is(all, first, "return") || token_is(all, first, "static"))
		return false;
	for (i = first; i < first + 2; i++)
		if (all->list[i].kind != TOKEN_WORD)
			return false;
	for (i = first; i < at; i++)
		if (token_is(all, i, "("))
			return false;
	return true;
}

/* Whether the function's text up to op `at` declares it as an array. */
static bool is_array(const struct tokens *all, const struct scan *s,
		     const char *name, uint32_t at)
{
	size_t i;

	for (i = 1; i < all->nr; i++)
		if (all->list[i].line >= s->v.fn->line &&
		    all->list[i].line <= view_op(&s->v, at)->line &&
		    token_is(all, i, name) && token_is(all, i + 1, "[") &&
		    declares(all, i))
			return true;
	return false;
}

/* Whether the call has the address of the variable among its arguments. */
static bool has_address(const struct tokens *all, const struct op *op,
			const char *name)
{
	size_t i = 0, end;

	while (i < all->nr && (all->list[i].line < op->line ||
			       (all->list[i].line == op->line &&
				all->list[i].column < op->column)))
		i++;
	end = token_is(all, i + 1, "(") ? tokens_behind(all, i + 1) : i;
	for (; i + 1 < end; i++)
		if (token_is(all, i, "&") && token_is(all, i + 1, name) &&
		    !token_is(all, i + 2, "-") && !token_is(all, i + 2, "["))
			return true;
	return false;
}

/* The local pointer that `p` is set to before op `*at`, if it is one. */
static uint32_t set_to(const struct scan *s, uint32_t place, uint32_t *at)
{
	uint32_t last = scan_last_assigned(s, place, *at);
	const struct op *op;

	if (last == s->v.fn->nr_ops)
		return place;
	op = view_op(&s->v, last);
	if ((op->flags & ASSIGN_ELEMENT) ||
	    !view_is_within(&s->v, view_op(&s->v, *at)->branch, op->branch))
		return NO_PLACE;
	*at = last;
	return view_only_place(&s->v, op->value);
}

/* The name of what is on the stack, if argument `arg` is that; or NULL. */
static const char *on_stack(const struct scan *s, uint32_t at, int arg)
{
	const struct op *op = view_op(&s->v, at);
	const struct arg_detail *d = view_detail(&s->v, op, arg);
	uint32_t place = view_only_place(&s->v, view_arg(&s->v, op, arg));
	const struct place *p = place == NO_PLACE ? NULL :
				view_place(&s->v, place);
	const char *name = NULL;
	struct tokens all;
	char *text;

	if (d && (d->flags & DETAIL_LOCAL) && (!p || p->kind == PLACE_LOCAL))
		return view_str(&s->v, d->text);
	if (!p || p->kind != PLACE_LOCAL)
		return NULL;
	if (p->is_pointer)
		place = set_to(s, place, &at);
	if (place == NO_PLACE || view_place(&s->v, place)->kind != PLACE_LOCAL)
		return NULL;
	text = tree_read(s->run->tree, view_str(&s->v, op->file), NULL);
	if (!text)
		return NULL;
	all = tokens_read(text);
	name = view_str(&s->v, view_place(&s->v, place)->name);
	if (!(p->is_pointer ? is_array(&all, s, name, at) :
	      p->carry == CARRY_NUMBER && has_address(&all, op, name)))
		name = NULL;
	tokens_release(&all);
	free(text);
	return name;
}

static bool is_usb_buffer(const struct scan *s, const struct op *op, int arg)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(usb_buffers); i++)
		if (arg == usb_buffers[i].arg &&
		    scan_calls(s, op, usb_buffers[i].name))
			return true;
	return false;
}

static bool is_mapping(const struct memory_origin *use)
{
	return strncmp(view_str(&use->v, view_op(&use->v, use->op)->spelling),
		       "virt_to_", 8) &&
	       strcmp(view_str(&use->v, view_op(&use->v, use->op)->spelling),
		      "__pa");
}

static void check_buffer(const struct stack_check *check, const struct scan *s,
			 const struct op *op, int arg,
			 const struct memory_origin *use)
{
	const char *name = is_mapping(use) ?
		on_stack(s, scan_number(s, op), arg) : NULL;
	struct memory_origin origin;
	struct finding *f;
	struct location loc;

	if (name) {
		f = scan_report(s, op, "%s() is given %s, which is on the stack, for DMA",
				view_str(&s->v, op->spelling), name);
		memory_use_step(f, s, op, use);
	} else if (memory_kind_is(&check->vmalloced, s, scan_number(s, op),
				  arg, &origin)) {
		const struct op *from = view_op(&origin.v, origin.op);

		name = view_str(&origin.v, from->spelling);
		f = scan_report(s, op, "%s() is given memory from %s(), which is not in the linear mapping",
				view_str(&s->v, op->spelling), name);
		loc = view_location(&origin.v, from);
		finding_step(f, &loc, "memory comes from %s()", name);
		memory_use_step(f, s, op, use);
	}
}

static void check_buffers_of_call(const struct scan *s, const struct op *op,
				  void *data)
{
	const struct stack_check *check = data;
	struct memory_origin use;
	int i;

	for (i = 0; op->kind == OP_CALL && i < op->nr_args; i++) {
		use = (struct memory_origin){ s->v, scan_number(s, op) };
		if (is_usb_buffer(s, op, i) ||
		    memory_is_used(&check->uses, s, op, i, &use))
			check_buffer(check, s, op, i, &use);
	}
}

static void check_memory_not_for_dma(struct rule_run *run)
{
	struct stack_check check = { .uses = MEMORY_USES_INIT };

	memory_kind_init(&check.vmalloced, run, is_vmalloc);
	memory_uses_find(&check.uses, run);
	scan_each_op(run, check_buffers_of_call, &check);
	memory_kind_release(&check.vmalloced);
	memory_uses_release(&check.uses);
}

static const char *const lists[] = { "sg_init_one", "sg_set_buf", NULL };

const struct rule memory_not_for_dma_rule = {
	.id = "memory-not-for-dma",
	.level = LEVEL_ERROR,
	.summary = "memory on the stack or of vmalloc() is mapped for DMA",
	.explanation =
"dma_map_single() and scatterlists need memory in the kernel's linear\n"
"mapping, as kmalloc() and alloc_pages() return. The stack may be vmalloc()\n"
"memory (CONFIG_VMAP_STACK), and shares its cache lines with variables that\n"
"the CPU writes meanwhile. Memory of vmalloc() or vmap() is not contiguous:\n"
"the device would access pages of other users. The kernel reports \"rejecting\n"
"DMA map of vmalloc memory\", \"device driver maps memory from stack\" or\n"
"\"transfer buffer is on stack\".\n"
"\n"
"It is reported if such memory is passed to the call, or to a helper that\n"
"passes its parameter on to the call. Functions that call is_vmalloc_addr()\n"
"or the like are left out.\n"
"\n"
"Allocate the buffer with kmalloc(); build a scatterlist of the pages of\n"
"vmalloc() memory with vmalloc_to_page().\n"
"\n"
"See Documentation/core-api/dma-api-howto.rst, \"What memory is DMA'able?\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK, .names = lists },
	.check = check_memory_not_for_dma,
};
