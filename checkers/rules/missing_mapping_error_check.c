// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "lib/alloc.h"
#include "lib/intern.h"
#include "rules/common/scan.h"

extern const struct rule missing_mapping_error_check_rule;

static const char *const names[] = { "dma_map_single", "dma_map_single_attrs",
	"dma_map_page", "dma_map_page_attrs", "dma_map_phys",
	"dma_map_resource", "dma_mapping_error", "DMA_MAPPING_ERROR",
	NULL };

struct checking {
	struct intern_pool files;	/* that check some mapping */
	struct intern_pool functions;	/* that functions of such files call */
	struct intern_pool called;	/* that anyone calls */
	struct intern_pool fields;	/* that are checked: "module record.f" */
	struct intern_pool checkers;	/* functions that check for their callers */
};

static bool is_check(const struct scan *s, const struct op *op)
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

static char *field_name(const struct scan *s, const char *module,
			uint32_t place)
{
	const struct place *p = scan_place(s, place);

	return xstrfmt("%s %s.%s", module, scan_str(s, p->record),
		       scan_str(s, p->name));
}

/* Whether a parameter of the function is what is checked. */
static bool has_param(const struct scan *s, struct value value)
{
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = scan_term(s, value, i);

		if (t->kind == TERM_PLACE &&
		    scan_place(s, t->place)->kind == PLACE_PARAM &&
		    scan_place(s, t->place)->carry != CARRY_OBJECT)
			return true;
	}
	return false;
}

/* The fields in what is checked. */
static void add_fields(const struct scan *s, struct value value,
		       struct checking *c)
{
	uint32_t i;
	size_t j;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = scan_term(s, value, i);

		if (t->kind != TERM_PLACE ||
		    scan_place(s, t->place)->kind != PLACE_FIELD)
			continue;
		for (j = 0; j < s->unit->nr_modules; j++) {
			char *name = field_name(s, s->unit->modules[j],
						t->place);

			intern(&c->fields, name);
			free(name);
		}
	}
}

static void find_checks(const struct scan *s, void *data)
{
	struct checking *c = data;
	uint32_t i;
	int j;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);

		if (!is_check(s, op))
			continue;
		intern(&c->files, file_of(s));
		if (op->kind == OP_TEST && has_param(s, op->value))
			intern(&c->checkers, scan_str(s, s->fn->key));
		add_fields(s, op->value, c);
		for (j = 0; j < op->nr_args; j++) {
			struct value arg = scan_arg(s, op, j);

			add_fields(s, arg, c);
			if (op->kind == OP_CALL && has_param(s, arg))
				intern(&c->checkers,
				       scan_str(s, s->fn->key));
		}
	}
}

static bool is_in(const struct intern_pool *pool, const char *name)
{
	return intern_find(pool, name) != INTERN_NONE;
}

/* Who calls a function that checks what it is given. */
static void find_delegates(const struct scan *s, void *data)
{
	struct checking *c = data;
	uint32_t i;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const char *key = scan_callee_key(s, scan_op(s, i));

		if (*key && is_in(&c->checkers, key))
			intern(&c->files, file_of(s));
	}
}

static void find_calls(const struct scan *s, void *data)
{
	struct checking *c = data;
	bool checks = is_in(&c->files, file_of(s));
	uint32_t i;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const char *key = scan_callee_key(s, scan_op(s, i));

		if (!*key)
			continue;
		intern(&c->called, key);
		if (checks)
			intern(&c->functions, key);
	}
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
static bool gives_away(const struct scan *s, uint32_t number)
{
	uint32_t result = scan_op(s, number)->dst;
	uint32_t kept = scan_kept_in(s, number), i;

	if (kept != NO_PLACE && (scan_place(s, kept)->kind == PLACE_PARAM ||
				 scan_place(s, kept)->kind == PLACE_RETURN))
		return true;
	for (i = number + 1; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);

		if (op->kind == OP_RETURN &&
		    (scan_has_place(s, op->value, result) ||
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

/* A field that holds it is checked in another file of the module. */
static bool is_checked_elsewhere(const struct scan *s, uint32_t number,
				 const struct checking *c)
{
	uint32_t kept = scan_kept_in(s, number);
	bool yes = false;
	size_t i;

	if (kept == NO_PLACE || scan_place(s, kept)->kind != PLACE_FIELD)
		return false;
	for (i = 0; i < s->unit->nr_modules && !yes; i++) {
		char *name = field_name(s, s->unit->modules[i], kept);

		yes = is_in(&c->fields, name);
		free(name);
	}
	return yes;
}

static bool gives_address(const struct api_function *api)
{
	return api && api->handle.arg == API_RETURN;
}

static void check_function(const struct scan *s, void *data)
{
	const struct checking *c = data;
	const char *key = scan_str(s, s->fn->key);
	uint32_t i;

	if (is_in(&c->files, file_of(s)))
		return;
	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);
		char *text;

		if (!gives_address(scan_api(s, op, API_SINK | API_MMIO)) ||
		    is_checked_elsewhere(s, i, c))
			continue;
		if (gives_away(s, i) &&
		    (is_in(&c->functions, key) || !is_in(&c->called, key)))
			continue;
		text = xstrfmt("nobody asks dma_mapping_error() whether %s() failed",
			       scan_str(s, op->spelling));
		scan_report(s, op, &missing_mapping_error_check_rule,
			    missing_mapping_error_check_rule.level, text);
		free(text);
	}
}

static void check(struct rule_run *run)
{
	struct checking c = { .files = INTERN_POOL_INIT };

	scan_each(run, find_checks, &c);
	scan_each(run, find_delegates, &c);
	scan_each(run, find_calls, &c);
	scan_each(run, check_function, &c);
	intern_release(&c.files);
	intern_release(&c.functions);
	intern_release(&c.called);
	intern_release(&c.fields);
	intern_release(&c.checkers);
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
	.check = check,
};
