// SPDX-License-Identifier: GPL-2.0-only
/*
 * Plans a fix for each finding, has spatch make the changes group by group, and
 * undoes a group that did not work out; for cli/fix.c.
 */
#include "fix/fix.h"

#include <unistd.h>

#include "fix/include.h"
#include "fix/kerneldoc.h"
#include "fix/layout.h"
#include "fix/plan.h"
#include "fix/spatch.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/progress.h"
#include "lib/strvec.h"
#include "tree/tree.h"

/* The state while fixing. */
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
	       !strcmp(a->attr ? a->attr : "", b->attr ? b->attr : "") &&
	       a->how == b->how && a->again == b->again &&
	       !strcmp(a->helper ? a->helper : "", b->helper ? b->helper : "");
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

/* spatch changes all calls in a function: plans that share one form a group. */
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

/* The lines that may differ after a change. */
static struct ws_range range_of(const char *path, const struct plan_change *c)
{
	struct ws_range range = { c->line, c->line };

	if (c->how == HELPER_DECLARE)
		range = layout_head(path, c->line, c->column);
	else if (c->extent != EXTENT_FUNCTION)
		range.to = layout_call_end(path, c->line, c->column) +
			(c->extent == EXTENT_BEHIND);
	else if (!layout_function(path, c->line, &range.from, &range.to))
		range = (struct ws_range){ c->line, c->line };
	return range;
}

static struct ws_range include_range(const char *path,
				     const struct plan_change *c)
{
	unsigned int line = include_line(path, c->include);

	return (struct ws_range){ line, line };
}

/* The lines of all calls that the same run of spatch changes. */
static struct ws_range *ranges_of(const struct fixing *x, size_t group,
				  const struct plan_change *change,
				  size_t *nr)
{
	const char *path = workspace_file(&x->fix->ws, change->file)->old;
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
			ALLOC_GROW(list, *nr + 2, alloc);
			list[(*nr)++] = range_of(path, c);
			if (c->include)
				list[(*nr)++] = include_range(path, c);
		}
	}
	return list;
}

/* Run spatch for one change on the file at `path`. */
static char *run_spatch(struct fixing *x, const struct plan_change *c,
			const char *path)
{
	const char *defines[SPATCH_DEFINES] = { "only" };
	struct spatch_job job = { c->patch, path, defines, 1 };
	char *fn = xstrfmt("fn=%s", c->helper ? c->helper : c->function);
	char *caller = xstrfmt("caller=%s", c->function);
	bool calls = c->how == HELPER_CALL || c->how == HELPER_PASS;
	char *attr = xstrfmt("%s=%s", calls ? "value" : c->value_of ? c->value_of :
			     "attr", c->attr ? c->attr : "");
	char *why;

	if (calls)
		defines[0] = c->how == HELPER_CALL ? "calls" : "pass";
	defines[job.nr_defines++] = fn;
	if (c->attr)
		defines[job.nr_defines++] = attr;
	if (calls)
		defines[job.nr_defines++] = caller;
	if (c->again)
		defines[job.nr_defines++] = "more";
	why = spatch_run(&x->spatch, &job);
	free(attr);
	free(caller);
	free(fn);
	return why;
}

/* After spatch: add documentation and includes, and mend the layout. */
static char *finish_change(const struct plan_change *c, const char *path,
			   const char *before)
{
	if (c->how == HELPER_DECLARE &&
	    kerneldoc_add(path, c->helper, c->attr,
			  "DMA attributes (DMA_ATTR_*) of this mapping"))
		return xstrfmt("cannot write %s", path);
	if (c->include && include_add(path, c->include))
		return xstrfmt("cannot write %s", path);
	return layout_mend(path, before) ?
		xstrfmt("cannot write %s", path) : NULL;
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
		return xstrfmt("cannot copy %s", c->file);
	if (file->refused)
		return xstrfmt("cannot change %s: %s", c->file, file->refused);
	ranges = ranges_of(x, group, c, &nr);
	scratch = workspace_scratch(&x->fix->ws, file);
	why = scratch ? run_spatch(x, c, scratch) :
			xstrfmt("cannot copy %s", c->file);
	if (!why)
		why = finish_change(c, scratch, file->copy);
	if (why)
		goto cleanup;
	taken = workspace_take(file, scratch, ranges, nr, &where);
	if (taken < 0)
		why = xstrfmt("spatch would also change another call in %s() (line %u)",
			      *c->function ? c->function : c->helper, where);
	else if (!taken)
		why = c->unchanged ? xstrdup(c->unchanged) :
			xstrfmt("spatch finds nothing to change in %s() (%s:%u)",
				*c->function ? c->function : c->helper,
				c->file, c->line);
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

/* Why the group cannot be fixed, as far as it is known in advance; or NULL. */
static char *group_obstacle(const struct fixing *x, size_t group)
{
	size_t i;

	for (i = 0; i < x->nr; i++)
		if (x->group[i] == group && x->plans[i].why_not)
			return xstrdup(x->plans[i].why_not);
	return x->spatch.unusable ? xstrdup(x->spatch.unusable) : NULL;
}

static size_t sort_names(const char **names, size_t nr)
{
	size_t i, kept = 0;

	if (nr)
		qsort(names, nr, sizeof(*names), strv_compare);
	for (i = 0; i < nr; i++)
		if (!kept || strcmp(names[kept - 1], names[i]))
			names[kept++] = names[i];
	return kept;
}

/* Record the files and semantic patches of a plan in its outcome. */
static void keep_changes(struct fixing *x, size_t number)
{
	struct fix_outcome *outcome = &x->fix->list[number];
	const struct plan *plan = &x->plans[number];
	size_t i;

	outcome->files = xcalloc(plan->nr, sizeof(*outcome->files));
	outcome->patches = xcalloc(plan->nr, sizeof(*outcome->patches));
	for (i = 0; i < plan->nr; i++) {
		const struct plan_change *c = &plan->changes[i];

		outcome->files[i] = workspace_file(&x->fix->ws, c->file)->path;
		outcome->patches[i] = c->patch;
	}
	outcome->nr_files = sort_names(outcome->files, plan->nr);
	outcome->nr_patches = sort_names(outcome->patches, plan->nr);
}

/* NULL if all uses of the function in the file have the new parameter. */
static char *check_uses(struct fixing *x, const struct plan_change *c)
{
	const struct ws_file *file = workspace_file(&x->fix->ws, c->file);
	struct intern_pool names = INTERN_POOL_INIT;
	struct name_uses uses = NAME_USES_INIT;
	char *text = path_read(file->copy, NULL), *why = NULL;
	size_t i;

	intern(&names, c->helper);
	names_read(&uses, &names, c->file, text ? text : "");
	for (i = 0; i < uses.nr && !why; i++)
		if (uses.list[i].kind <= NAME_CALLED &&
		    uses.list[i].nr_args != c->nr_args + 1)
			why = xstrfmt("spatch does not change every use of %s() (line %u of the changed %s)",
				      c->helper, uses.list[i].line, c->file);
	names_release(&uses);
	intern_release(&names);
	free(text);
	return why;
}

/* The same for all functions of the group that get a parameter. */
static char *check_helpers(struct fixing *x, size_t group)
{
	char *why = NULL;
	size_t i, j;

	for (i = 0; i < x->nr && !why; i++) {
		if (x->group[i] != group)
			continue;
		for (j = 0; j < x->plans[i].nr && !why; j++) {
			const struct plan_change *c = &x->plans[i].changes[j];

			if (c->how == HELPER_DECLARE || c->how == HELPER_CALL)
				why = check_uses(x, c);
		}
	}
	return why;
}

/*
 * A semantic patch that decides for itself may have changed one call and not
 * another one. Why it did not change one of the plan, or NULL.
 */
static const char *why_unchanged(struct fixing *x, const struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->nr; i++) {
		const struct plan_change *c = &plan->changes[i];
		struct ws_file *f = workspace_file(&x->fix->ws, c->file);

		if (c->unchanged &&
		    !workspace_is_changed(f, range_of(f->old, c)))
			return c->unchanged;
	}
	return NULL;
}

static void fix_group(struct fixing *x, size_t group)
{
	char *why = group_obstacle(x, group);
	const char *here;
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
	if (!why)
		why = check_helpers(x, group);
	if (why)
		workspace_undo(&x->fix->ws);
	for (i = 0; i < x->nr; i++) {
		if (x->group[i] != group)
			continue;
		x->done[i] = true;
		here = why ? why : why_unchanged(x, &x->plans[i]);
		if (here)
			x->fix->list[i].why_not = xstrdup(here);
		else
			keep_changes(x, i);
	}
	free(why);
}

static bool gives_parameter(const struct fixing *x, size_t group)
{
	size_t i, j;

	for (i = 0; i < x->nr; i++)
		for (j = 0; j < x->plans[i].nr; j++)
			if (x->group[i] == group &&
			    x->plans[i].changes[j].how != HELPER_NONE)
				return true;
	return false;
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

/* Report once why nothing can be fixed. */
static void say_unusable(struct fixing *x)
{
	size_t i;

	for (i = 0; i < x->nr && !x->fix->disabled; i++)
		x->fix->disabled = !x->plans[i].why_not;
	if (x->fix->disabled)
		error("%s", x->spatch.unusable);
}

static int fixing_open(struct fixing *x)
{
	if (!x->fix->ws.folder && workspace_open(&x->fix->ws, x->opt->tree))
		return -1;
	if (spatch_open(&x->spatch, x->opt->patches))
		return -1;
	make_plans(x);
	x->group = xcalloc(x->nr, sizeof(*x->group));
	x->done = xcalloc(x->nr, sizeof(*x->done));
	join_plans(x);
	return 0;
}

static void fixing_release(struct fixing *x)
{
	size_t i;

	for (i = 0; i < x->nr; i++)
		plan_release(&x->plans[i]);
	free(x->plans);
	free(x->group);
	free(x->done);
	spatch_release(&x->spatch);
}

int fix_make(struct fix *fix, const struct fix_options *opt)
{
	struct fixing x = { .fix = fix, .opt = opt };
	size_t i;

	if (fixing_open(&x))
		return -1;
	if (x.spatch.unusable)
		say_unusable(&x);
	/* New parameters come last: spatch cannot change an or-ed argument. */
	for (i = 0; i < x.nr; i++)
		if (!x.done[i] && !gives_parameter(&x, x.group[i]))
			fix_group(&x, x.group[i]);
	for (i = 0; i < x.nr; i++)
		if (!x.done[i])
			fix_group(&x, x.group[i]);
	fixing_release(&x);
	return 0;
}

/* The answer for each finding of the group. */
static int take_answers(struct fixing *x, size_t group,
			struct fix_answer *answers)
{
	char *text = NULL;
	size_t len, i;
	FILE *out = open_memstream(&text, &len);
	int ret = out ? workspace_diff(&x->fix->ws, out) : -1;

	if (out && fclose(out))
		ret = -1;
	for (i = 0; i < x->nr && !ret; i++) {
		const struct fix_outcome *o = &x->fix->list[i];
		struct fix_answer *answer =
			&answers[o->finding - x->opt->findings->list];

		if (x->group[i] != group)
			continue;
		if (o->why_not)
			answer->why_not = xstrdup(o->why_not);
		else
			answer->diff = xstrdup(text);
	}
	free(text);
	return ret;
}

int fix_each(const struct fix_options *opt, struct fix_answer *answers,
	     char **unusable)
{
	struct fix fix = FIX_INIT;
	struct fixing x = { .fix = &fix, .opt = opt };
	int ret = fixing_open(&x);
	size_t i;

	*unusable = NULL;
	if (ret)
		goto cleanup;
	if (x.spatch.unusable)
		*unusable = xstrdup(x.spatch.unusable);
	for (i = 0; i < x.nr && !ret && !x.spatch.unusable; i++) {
		if (x.done[i])
			continue;
		fix_group(&x, x.group[i]);
		ret = take_answers(&x, x.group[i], answers);
		workspace_release(&fix.ws);
		if (!ret)
			ret = workspace_open(&fix.ws, opt->tree);
	}
	fixing_release(&x);
cleanup:
	fix_release(&fix);
	return ret;
}

size_t fix_note_unfixed(const struct fix *fix)
{
	size_t i, not_fixed = 0;

	for (i = 0; i < fix->nr; i++) {
		const struct finding *f = fix->list[i].finding;

		if (!fix->list[i].why_not)
			continue;
		not_fixed++;
		note("%s:%u:%u: %s: not fixed: %s", f->loc.file,
		     f->loc.line, f->loc.column, f->rule,
		     fix->list[i].why_not);
	}
	return not_fixed;
}

void fix_release(struct fix *fix)
{
	size_t i;

	for (i = 0; i < fix->nr; i++) {
		free(fix->list[i].why_not);
		free(fix->list[i].files);
		free(fix->list[i].patches);
	}
	free(fix->list);
	workspace_release(&fix->ws);
	*fix = (struct fix)FIX_INIT;
}
