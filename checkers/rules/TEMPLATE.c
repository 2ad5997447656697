// SPDX-License-Identifier: GPL-2.0-only
/*
 * A rule to start from, README.md here says how: copy it to foo_bar.c for the
 * rule foo-bar, with the functions and the object named after it, and delete
 * this comment. It is not built, but testcases/commands/rules.sh compiles it.
 */
#include "rules/common/scan.h"

static void check_template_call(const struct scan *s, const struct op *op,
				const struct api_function *api, void *data)
{
	uint64_t bits;

	(void)data;
	if (!view_constant(&s->v, view_arg(&s->v, op, api->attrs), &bits) || bits != 1)
		return;
	scan_report(s, op, "%s() is called with a reserved attribute",
		    view_str(&s->v, op->spelling));
}

static void check_template(struct rule_run *run)
{
	scan_each_call(run, API_SINK | API_MMIO, check_template_call, NULL);
}

const struct rule template_rule = {
	.id = "template",
	.level = LEVEL_WARNING,
	.summary = "a mapping is made with an attribute that is reserved",
	.explanation =
"What is wrong: what the kernel does with such code, and what comes of it,\n"
"in words that a maintainer of the driver understands at once. Lines of up\n"
"to 76 columns.\n"
"\n"
"When the code may be right as it is.\n"
"\n"
"What to do instead.\n"
"\n"
"See the document, the file or the commit of the kernel that says so.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_MMIO },
	.check = check_template,
};
