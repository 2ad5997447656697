// SPDX-License-Identifier: GPL-2.0-only
#include "fix/fix.h"

#include <unistd.h>

#include "fix/layout.h"
#include "fix/plan.h"
#include "fix/spatch.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/progress.h"
#include "tree/tree.h"

/* One fixing under way. */
struct fixing {
	struct fix *fix;
	const struct fix_options *opt;
	struct spatch spatch;
	struct plan *plans;
	size_t nr;
	size_t *group;		/* plans that stand or fall together */
	bool *done;		/* of plans */
};

static bool same_run(const struct plan_change *a, const struct plan_change *b)
{
	return !strcmp(a->patch, b->patch) && !strcmp(a->file, b->file) &&
	       !strcmp(a->function, b->function) &&
	       !strcmp(a->attr ? a->attr : "", b->attr ? b->attr : "");
}

static bool shares_run(const struct plan *a, const struct plan *b)
{
	size_t i, j;

	for (i = 0; i < a->nr; i++)
		for (j = 0; j < b->nr; j++)
			if (same_run(&a->changes[i], &b->changes[j]))
				return true;
	return false;
}

/* spatch changes all calls of a function: those who share one are one. */
static void join_plans(struct fixing *x)
{
	size_t i, j, k;

	for (i = 0; i < x->nr; i++)
		x->group[i] = i;
	for (i = 0; i < x->nr; i++)
		for (j = 0; j < i; j++) {
			size_t from = x->group[i], to = x->group[j];

			if (from == to ||
			    !shares_run(&x->plans[i], &x->plans[j]))
				continue;
			for (k = 0; k < x->nr; k++)
				if (x->group[k] == from)
					x->group[k] = to;
		}
}

/* The calls of all plans that are changed in the same run of spatch. */
static struct ws_range *ranges_of(const struct fixing *x, size_t group,
				  const struct plan_change *change,
				  size_t *nr)
{
	char *path = path_join(x->opt->tree->root, change->file);
	struct ws_range *list = NULL;
	size_t i, j, alloc = 0;

	*nr = 0;
	for (i = 0; i < x->nr; i++) {
		if (x->group[i] != group)
			continue;
		for (j = 0; j < x->plans[i].nr; j++) {
			const struct plan_change *c = &x->plans[i].changes[j];

			if (!same_run(c, change))
				continue;
			ALLOC_GROW(list, *nr + 1, alloc);
			list[(*nr)++] = (struct ws_range){ c->line,
				layout_call_end(path, c->line, c->column) };
		}
	}
	free(path);
	return list;
}

/* map-sg-negative-check changes the test, not the call before it. */
static bool stays_in_call(const struct plan_change *c)
{
	return strcmp(c->patch, "map-sg-negative-check") != 0;
}

/* Make one change; NULL, or why it cannot be made. */
static char *make_change(struct fixing *x, size_t group,
			 const struct plan_change *c)
{
	struct ws_file *file = workspace_file(&x->fix->ws, c->file);
	struct ws_range *ranges;
	unsigned int where;
	size_t nr;
	char *scratch, *why;
	int taken;

	if (!file)
		return xstrfmt("%s cannot be copied", c->file);
	if (file->refused)
		return xstrfmt("%s is left as it is: %s", c->file,
			       file->refused);
	ranges = ranges_of(x, group, c, &nr);
	scratch = workspace_scratch(&x->fix->ws, file);
	why = scratch ? spatch_run(&x->spatch, c->patch, c->function, c->attr,
				   scratch) :
			xstrfmt("%s cannot be copied", c->file);
	if (!why && layout_mend(scratch, file->copy))
		why = xstrfmt("%s cannot be written", scratch);
	if (why)
		goto cleanup;
	taken = workspace_take(&x->fix->ws, file, scratch,
			       stays_in_call(c) ? ranges : NULL, nr, &where);
	if (taken < 0)
		why = xstrfmt("%s() has other such calls (line %u), and spatch would change them, too",
			      c->function, where);
	else if (!taken)
		why = xstrfmt("spatch found nothing to change in %s() (%s:%u)",
			      c->function, c->file, c->line);
cleanup:
	if (scratch)
		unlink(scratch);
	free(scratch);
	free(ranges);
	return why;
}

/* Whether an earlier change was made by the same run. */
static bool is_made(const struct fixing *x, size_t group, size_t plan,
		    size_t change)
{
	const struct plan_change *c = &x->plans[plan].changes[change];
	size_t i, j;

	for (i = 0; i <= plan; i++) {
		size_t end = i == plan ? change : x->plans[i].nr;

		if (x->group[i] != group)
			continue;
		for (j = 0; j < end; j++)
			if (same_run(&x->plans[i].changes[j], c))
				return true;
	}
	return false;
}

/* Why one of the group cannot be fixed, before anything is tried. */
static char *group_obstacle(const struct fixing *x, size_t group)
{
	size_t i;

	for (i = 0; i < x->nr; i++)
		if (x->group[i] == group && x->plans[i].why_not)
			return xstrdup(x->plans[i].why_not);
	return x->spatch.unusable ? xstrdup(x->spatch.unusable) : NULL;
}

static void fix_group(struct fixing *x, size_t group)
{
	char *why = group_obstacle(x, group);
	size_t i, j;

	workspace_mark(&x->fix->ws);
	for (i = 0; i < x->nr && !why; i++) {
		if (x->group[i] != group)
			continue;
		for (j = 0; j < x->plans[i].nr && !why; j++)
			if (!is_made(x, group, i, j))
				why = make_change(x, group,
						  &x->plans[i].changes[j]);
	}
	if (why)
		workspace_undo(&x->fix->ws);
	for (i = 0; i < x->nr; i++) {
		if (x->group[i] != group)
			continue;
		x->done[i] = true;
		if (why)
			x->fix->list[i].why_not = xstrdup(why);
	}
	free(why);
}

static void make_plans(struct fixing *x)
{
	const struct findings *all = x->opt->findings;
	struct planner planner;
	size_t i;

	planner_init(&planner, x->opt);
	x->plans = xcalloc(all->nr, sizeof(*x->plans));
	x->fix->list = xcalloc(all->nr, sizeof(*x->fix->list));
	for (i = 0; i < all->nr; i++) {
		if (all->list[i].level < x->opt->level ||
		    (x->opt->elsewhere &&
		     !strcmp(all->list[i].rule, x->opt->elsewhere)))
			continue;
		plan_make(&planner, &all->list[i], &x->plans[x->nr]);
		x->fix->list[x->nr++].finding = &all->list[i];
	}
	x->fix->nr = x->nr;
	planner_release(&planner);
}

int fix_make(struct fix *fix, const struct fix_options *opt)
{
	struct fixing x = { .fix = fix, .opt = opt };
	size_t i;

	if (!fix->ws.folder && workspace_open(&fix->ws, opt->tree->root))
		return -1;
	spatch_open(&x.spatch, opt->patches);
	make_plans(&x);
	x.group = xcalloc(x.nr, sizeof(*x.group));
	x.done = xcalloc(x.nr, sizeof(*x.done));
	join_plans(&x);
	for (i = 0; i < x.nr; i++)
		if (!x.done[i])
			fix_group(&x, x.group[i]);
	for (i = 0; i < x.nr; i++)
		plan_release(&x.plans[i]);
	free(x.plans);
	free(x.group);
	free(x.done);
	spatch_release(&x.spatch);
	return 0;
}

size_t fix_tell(const struct fix *fix)
{
	size_t i, not_fixed = 0;

	for (i = 0; i < fix->nr; i++) {
		const struct finding *f = fix->list[i].finding;

		if (!fix->list[i].why_not)
			continue;
		not_fixed++;
		note("%s:%u:%u: %s: no certain fix: %s", f->loc.file,
		     f->loc.line, f->loc.column, f->rule,
		     fix->list[i].why_not);
	}
	return not_fixed;
}

void fix_release(struct fix *fix)
{
	size_t i;

	for (i = 0; i < fix->nr; i++)
		free(fix->list[i].why_not);
	free(fix->list);
	workspace_release(&fix->ws);
	*fix = (struct fix)FIX_INIT;
}
