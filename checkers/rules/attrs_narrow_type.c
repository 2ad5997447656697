// SPDX-License-Identifier: GPL-2.0-only
/* Looks at the types of what attributes are assigned to, and passed in. */
#include "rules/common/scan.h"

#define ROLES (API_SINK | API_UNMAP | API_MMIO | API_ALLOC | API_FREE)

/* Whether the text is a type narrower than unsigned long. */
static bool is_narrow(const char *type)
{
	static const char *const types[] = { "unsigned int", "int", "u32",
		"u16", "u8", "unsigned short", "unsigned char", "uint32_t",
		"uint16_t", "__u32", "const unsigned int", "const u32", NULL };
	size_t i;

	for (i = 0; types[i]; i++)
		if (!strcmp(types[i], type))
			return true;
	return false;
}

/* The number that attributes are assigned to cannot hold all of them. */
static void check_narrow_assign(const struct scan *s, const struct op *op,
				void *data)
{
	const struct place *p;
	const char *name;

	(void)data;
	if (op->kind != OP_ASSIGN || op->dst == NO_PLACE)
		return;
	p = view_place(&s->v, op->dst);
	name = scan_named(s, op->value, "DMA_ATTR_");
	if (name && p->carry == CARRY_NUMBER && !p->is_pointer &&
	    (p->kind == PLACE_LOCAL || p->kind == PLACE_PARAM ||
	     p->kind == PLACE_FIELD || p->kind == PLACE_STATIC))
		scan_report(s, op, "%s is stored in %s, which is narrower than unsigned long",
			    name, view_str(&s->v, p->name));
}

static void check_narrow_argument(const struct scan *s, const struct op *op,
				  const struct api_function *api, void *data)
{
	struct value value = view_arg(&s->v, op, api->attrs);

	(void)data;
	if (view_only_place(&s->v, value) != NO_PLACE &&
	    is_narrow(view_type(&s->v, op, api->attrs)))
		scan_report(s, op, "attributes of %s() are passed in %s %s, which is narrower than unsigned long",
			    view_str(&s->v, op->spelling),
			    view_type(&s->v, op, api->attrs),
			    view_text(&s->v, op, api->attrs));
}

static void check_attrs_narrow_type(struct rule_run *run)
{
	scan_each_op(run, check_narrow_assign, NULL);
	scan_each_call(run, ROLES, check_narrow_argument, NULL);
}

const struct rule attrs_narrow_type_rule = {
	.id = "attrs-narrow-type",
	.level = LEVEL_NOTE,
	.summary = "attributes are kept in a type narrower than unsigned long",
	.explanation =
"The functions of the DMA API take their attributes as unsigned long. All\n"
"attributes still fit into an unsigned int or a u32, as there are fewer than\n"
"32 of them, but not into a u16 or a bool, and an int is sign-extended. The\n"
"compiler does not warn.\n"
"\n"
"The code may be right if the variable holds a flag of the driver that is\n"
"translated to attributes later.\n"
"\n"
"Make it an unsigned long all the way to the call.\n"
"\n"
"See the prototypes in include/linux/dma-mapping.h.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = ROLES },
	.check = check_attrs_narrow_type,
};
