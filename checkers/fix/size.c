// SPDX-License-Identifier: GPL-2.0-only
/*
 * Plans the fix of an unmap or a free with the wrong size: it gets the size of
 * the map or the allocation, if that means the same there; for plan.c.
 */
#include "fix/plan-internal.h"

#include <ctype.h>

#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/ctext.h"

struct origin_size {
	const struct plan *plan;
	char *text;		/* how the size is written, NULL if it is lost */
	bool found, differs;	/* two origins are written differently */
};

/* 42, PAGE_SIZE, and what names a type */
static bool is_constant_word(const char *word, size_t len, bool names_type)
{
	size_t i;

	if (names_type || isdigit((unsigned char)*word))
		return true;
	for (i = 0; i < len; i++)
		if (islower((unsigned char)word[i]))
			break;
	if (i == len)
		return true;
	return (len == 6 && (!strncmp(word, "sizeof", 6) ||
			     !strncmp(word, "struct", 6))) ||
	       (len == 5 && !strncmp(word, "union", 5));
}

/* Whether the variable has one value throughout the function. */
static bool is_set_once(const struct view *v, const char *name, size_t len)
{
	unsigned int nr = 0;
	bool known = false;
	uint32_t i;

	for (i = 0; i < v->fn->nr_places; i++) {
		const struct place *p = view_place(v, i);
		const char *s = view_str(v, p->name);

		if ((p->kind != PLACE_LOCAL && p->kind != PLACE_PARAM) ||
		    strlen(s) != len || strncmp(s, name, len))
			continue;
		if (known)
			return false;
		known = true;
		nr += p->kind == PLACE_PARAM;
	}
	for (i = 0; known && i < v->fn->nr_ops; i++) {
		const struct op *op = view_op(v, i);
		const char *s;

		if (op->kind != OP_ASSIGN)
			continue;
		s = view_str(v, view_place(v, op->dst)->name);
		if (view_place(v, op->dst)->kind != PLACE_FIELD &&
		    strlen(s) == len && !strncmp(s, name, len))
			nr++;
	}
	return known && nr == 1;
}

/*
 * Whether the text means the same at the unmap as in the function that `v`
 * shows: constants everywhere, variables that are set once and the size of any
 * object if the unmap is in that function, too.
 */
static bool means_same(const char *text, const struct view *v, bool same)
{
	struct ctext_token t, last = { .kind = CTEXT_END };
	bool in_sizeof = false, names_type = false;
	struct ctext c;

	ctext_init(&c, text, strlen(text));
	for (ctext_next(&c, &t); t.kind != CTEXT_END; ctext_next(&c, &t)) {
		size_t len = (size_t)(t.end - t.start);
		bool constant;

		if (t.kind == CTEXT_NEWLINE || t.kind == CTEXT_COMMENT ||
		    t.kind == CTEXT_STRING)
			return false;
		if (ctext_is(&t, ')'))
			in_sizeof = false;
		if (t.kind == CTEXT_WORD) {
			constant = is_constant_word(t.start, len, names_type);
			names_type = constant && len <= 6 &&
				     (!strncmp(t.start, "struct", len) ||
				      !strncmp(t.start, "union", len));
			if (len == 6 && !strncmp(t.start, "sizeof", len))
				in_sizeof = true;
			else if (!constant && !(same && in_sizeof) &&
				 (!same || ctext_is(&last, '.') ||
				  ctext_is(&last, '>') ||
				  !is_set_once(v, t.start, len)))
				return false;
		}
		last = t;
	}
	return true;
}

static void take_origin(const struct flow_call *call, void *data)
{
	struct origin_size *size = data;
	const struct finding *f = size->plan->finding;
	const char *text;
	size_t i;

	for (i = 0; i < f->nr_trace; i++)
		if (f->trace[i].loc.line == call->loc.line &&
		    f->trace[i].loc.column == call->loc.column &&
		    !strcmp(f->trace[i].loc.file, call->loc.file))
			break;
	if (i == f->nr_trace || call->api->size < 0)
		return;
	text = view_text(&call->v, call->op, call->api->size);
	if (size->found && (!size->text || strcmp(size->text, text))) {
		size->differs = true;
		return;
	}
	if (size->found)
		return;
	size->found = true;
	if (*text && !strcmp(call->loc.file, f->loc.file) &&
	    means_same(text, &call->v, f->loc.function && call->loc.function &&
		       !strcmp(call->loc.function, f->loc.function)))
		size->text = xstrdup(text);
}

void plan_size(struct planner *planner, struct plan *plan)
{
	const struct finding *f = plan->finding;
	struct plan_site site = {
		.file = f->loc.file,
		.function = f->loc.function ? f->loc.function : (char *)"",
		.line = f->loc.line,
		.column = f->loc.column,
	};
	struct origin_size size = { .plan = plan };
	struct plan_change *change;

	if (planner->opt->calls)
		flow_each_call(planner->opt->calls, API_SINK | API_ALLOC,
			       take_origin, &size);
	if (size.text && !size.differs) {
		change = plan_add(plan, "unmap-size", size.text, &site);
		change->value_of = "size";
		change->unchanged = "the sizes are written alike";
	} else {
		plan->why_not = xstrdup(size.differs ?
			"the memory comes from several places, with different sizes" :
			"the size of the map is not known in this function; store it beside the address");
	}
	free(size.text);
}
