// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/scan.h"

static const char *const names[] = { "dma_map_single", "dma_map_single_attrs",
	"dma_map_page", "dma_map_page_attrs", "dma_map_phys",
	"dma_map_resource", "dma_mapping_error", "DMA_MAPPING_ERROR",
	NULL };

struct mapping_check {
	struct intern_pool files;	/* that check some mapping */
	struct intern_pool functions;	/* that functions of such files call */
	struct intern_pool called;	/* that anyone calls */
	struct intern_pool fields;	/* that are checked */
	struct intern_pool checkers;	/* functions that check for their callers */
};

static bool is_mapping_check(const struct scan *s, const struct op *op)
{
	if (op->kind == OP_CALL)
		return strstr(scan_callee(s, op), "dma_mapping_error") ||
		       strstr(scan_str(s, op->spelling), "dma_mapping_error");
	return op->kind == OP_TEST &&
	       (scan_named(s, op->value, "DMA_MAPPING_ERROR") ||
		scan_named(s, scan_arg(s, op, 0), "DMA_MAPPING_ERROR"));
}

static const char *file_of(const struct scan *s)
{
	return scan_str(s, s->fn->file);
}

/* The fields in what is checked; for whom, if it is a parameter. */
static void add_checked(const struct scan *s, struct value value,
			bool for_caller, struct mapping_check *check)
{
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = scan_term(s, value, i);
		const struct place *p;

		if (t->kind != TERM_PLACE)
			continue;
		p = scan_place(s, t->place);
		if (p->kind == PLACE_FIELD)
			scan_add_kept(s, t->place, &check->fields);
		else if (for_caller && p->kind == PLACE_PARAM &&
			 p->carry != CARRY_OBJECT)
			intern(&check->checkers, scan_str(s, s->fn->key));
	}
}

static void find_checks(const struct scan *s, const struct op *op, void *data)
{
	struct mapping_check *check = data;
	int i;

	if (!is_mapping_check(s, op))
		return;
	intern(&check->files, file_of(s));
	add_checked(s, op->value, op->kind == OP_TEST, check);
	for (i = 0; i < op->nr_args; i++)
		add_checked(s, scan_arg(s, op, i), op->kind == OP_CALL, check);
}

/* Who calls a function that checks what it is given. */
static void find_delegates(const struct scan *s, const struct op *op,
			   void *data)
{
	struct mapping_check *check = data;
	const char *key = scan_callee_key(s, op);

	if (*key && intern_has(&check->checkers, key))
		intern(&check->files, file_of(s));
}

static void find_called(const struct scan *s, const struct op *op, void *data)
{
	struct mapping_check *check = data;
	const char *key = scan_callee_key(s, op);

	if (!*key)
		return;
	intern(&check->called, key);
	if (intern_has(&check->files, file_of(s)))
		intern(&check->functions, key);
}

/* Whether it returns what it makes of the address in `kept` by a call. */
static bool returns_made_of(const struct scan *s, const struct op *ret,
			    uint32_t kept)
{
	uint32_t place = scan_only_place(s, ret->value);
	const struct op *call;
	int i;

	if (kept == NO_PLACE || place == NO_PLACE ||
	    scan_place(s, place)->kind != PLACE_CALL)
		return false;
	call = scan_op(s, scan_place(s, place)->number);
	for (i = 0; i < call->nr_args; i++)
		if (scan_has_place(s, scan_arg(s, call, i), kept))
			return true;
	return false;
}

/* Whether the function gives the address to its caller. */
static bool gives_away(const struct scan *s, const struct op *call,
		       uint32_t kept)
{
	uint32_t i;

	if (kept != NO_PLACE && (scan_place(s, kept)->kind == PLACE_PARAM ||
				 scan_place(s, kept)->kind == PLACE_RETURN))
		return true;
	for (i = scan_number(s, call) + 1; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);

		if (op->kind == OP_RETURN &&
		    (scan_has_place(s, op->value, call->dst) ||
		     returns_made_of(s, op, kept) ||
		     (kept != NO_PLACE &&
		      scan_place(s, kept)->kind == PLACE_LOCAL &&
		      scan_has_place(s, op->value, kept))))
			return true;
		/* It may be kept by somebody who looks at it there. */
		if (op->kind == OP_ASSIGN && op->dst != NO_PLACE &&
		    scan_place(s, op->dst)->kind == PLACE_PARAM &&
		    (op->flags & ASSIGN_ELEMENT) && kept != NO_PLACE &&
		    scan_has_place(s, op->value, kept))
			return true;
	}
	return false;
}

static void check_mapping(const struct scan *s, const struct op *op, void *data)
{
	const struct mapping_check *check = data;
	const char *key = scan_str(s, s->fn->key);
	uint32_t kept;

	if (!scan_mapping(s, op) || intern_has(&check->files, file_of(s)))
		return;
	kept = scan_kept_in(s, scan_number(s, op));
	/* A field that holds it is checked in another file of the module. */
	if (kept != NO_PLACE && scan_place(s, kept)->kind == PLACE_FIELD &&
	    scan_has_kept(s, kept, &check->fields))
		return;
	if (gives_away(s, op, kept) && (intern_has(&check->functions, key) ||
					!intern_has(&check->called, key)))
		return;
	scan_report(s, op, "nobody asks dma_mapping_error() whether %s() failed",
		    scan_str(s, op->spelling));
}

static void check_missing_mapping_error_check(struct rule_run *run)
{
	struct mapping_check check = { .files = INTERN_POOL_INIT };

	scan_each_op(run, find_checks, &check);
	scan_each_op(run, find_delegates, &check);
	scan_each_op(run, find_called, &check);
	scan_each_op(run, check_mapping, &check);
	intern_release(&check.files);
	intern_release(&check.functions);
	intern_release(&check.called);
	intern_release(&check.fields);
	intern_release(&check.checkers);
}

const struct rule missing_mapping_error_check_rule = {
	.id = "missing-mapping-error-check",
	.level = LEVEL_WARNING,
	.summary = "nobody asks whether a mapping failed",
	.explanation =
"dma_map_single(), dma_map_page(), dma_map_phys() and dma_map_resource()\n"
"can fail: no room in the IOMMU, no SWIOTLB slot, memory that the device\n"
"cannot reach, or a refusal for the sake of DMA_ATTR_REQUIRE_COHERENT. What\n"
"they return then is no address, and the device must not be given it: it\n"
"would read or write where it should not. Only dma_mapping_error() tells.\n"
"\n"
"The rule is silent where the file that maps, the function that is handed\n"
"the address, or another file that looks at the same field asks for any\n"
"mapping: whether it asks for each is not looked at.\n"
"\n"
"Write `if (dma_mapping_error(dev, addr))` behind the call and fail the\n"
"request there.\n"
"\n"
"See Documentation/core-api/dma-api.rst, dma_mapping_error(), and\n"
"Documentation/core-api/dma-api-howto.rst, \"Handling Errors\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_missing_mapping_error_check,
};
