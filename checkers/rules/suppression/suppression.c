// SPDX-License-Identifier: GPL-2.0-only
#include "rules/suppression/suppression.h"

#include <errno.h>

#include "facts/program.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/nearest.h"
#include "lib/path.h"
#include "rules/common/attr-names.h"
#include "rules/suppression/remarks.h"
#include "rules/rule.h"
#include "rules/suppression/statement.h"
#include "sparse/sparse.h"
#include "tree/tree.h"

#define MARK "dmacheck:"

struct suppression {
	struct rule_run *run;
	struct intern_pool files;	/* whose comments count */
	struct intern_pool read;	/* those that facts are of */
	struct intern_pool in_part;	/* whose facts may lack something */
	bool asked_for;			/* all that is wrong is reported */
	/* Of the findings. */
	bool *hidden;
	char **reasons;
	struct findings found;		/* what is wrong with the comments */
	/* The file at hand. */
	const char *file;
	char *text;
	size_t len;
	struct remarks remarks;
};

/* --- files --- */

static bool is_c(const char *file)
{
	static const char *const suffixes[] = { ".c", ".h", ".S" };
	const char *dot = strrchr(file, '.');
	size_t i;

	for (i = 0; dot && i < ARRAY_SIZE(suffixes); i++)
		if (!strcmp(dot, suffixes[i]))
			return true;
	return false;
}

static void add_file(struct suppression *s, const char *file)
{
	const struct rule_run *run = s->run;

	if (is_c(file) && path_is_below_any(file, run->paths, run->nr_paths))
		intern(&s->files, file);
}

static void add_files_of(struct suppression *s, const struct fact_set *set)
{
	uint32_t last = NO_NAME, i;

	for (i = 0; i < set->nr_functions; i++) {
		uint32_t file = set->functions[i].file;
		const char *name = facts_str(set, file);

		if (file == last || !*name)
			continue;
		last = file;
		intern(&s->read, name);
	}
}

/* Those in which a rule may have found something. */
static void find_files(struct suppression *s)
{
	const struct rule_run *run = s->run;
	const struct program *program = run->program;
	size_t i;

	for (i = 0; i < program->nr_units; i++) {
		intern(&s->read, program->units[i]->file);
		add_files_of(s, &program->units[i]->facts);
	}
	for (i = 0; i < program->nr_header_sets; i++)
		add_files_of(s, &program->header_sets[i]->facts);
	for (i = 0; i < program->nr_misses; i++)
		if (program->misses[i].kind != GAP_NEIGHBOUR)
			intern(&s->in_part, program->misses[i].file);
	for (i = 0; i < s->read.nr; i++)
		add_file(s, intern_str(&s->read, (uint32_t)i));
	for (i = 0; i < run->findings->nr; i++)
		add_file(s, run->findings->list[i].loc.file);
	for (i = 0; run->names && i < run->names->nr; i++)
		add_file(s, intern_str(&run->names->strings,
				       run->names->list[i].file));
}

/* --- what is hidden --- */

static bool names_rule(struct remark *remark, const char *rule)
{
	bool any = false;
	size_t i;

	for (i = 0; i < remark->nr_rules; i++) {
		if (strcmp(remark->rules[i].name, rule))
			continue;
		remark->rules[i].used = true;
		any = true;
	}
	return any;
}

static void match_finding(struct suppression *s, size_t number)
{
	const struct finding *f = &s->run->findings->list[number];
	struct statement statement = statement_at(s->text, s->len,
						  f->loc.line, f->loc.column);
	size_t i;

	for (i = 0; i < s->remarks.nr; i++) {
		struct remark *remark = &s->remarks.list[i];

		if (!remark->reason || !remark_covers(remark, &statement) ||
		    !names_rule(remark, f->rule) || s->hidden[number])
			continue;
		s->hidden[number] = true;
		s->reasons[number] = xstrdup(remark->reason);
	}
}

/* They are ordered by file. */
static void match_file(struct suppression *s)
{
	const struct findings *all = s->run->findings;
	size_t low = 0, high = all->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(all->list[middle].loc.file, s->file) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < all->nr; low++) {
		if (strcmp(all->list[low].loc.file, s->file))
			break;
		match_finding(s, low);
	}
}

static void move_hidden(struct suppression *s, size_t nr)
{
	struct findings *all = s->run->findings;
	struct suppressed *to = s->run->suppressed;
	size_t i, kept = 0;

	for (i = 0; i < all->nr; i++) {
		if (i >= nr || !s->hidden[i]) {
			all->list[kept++] = all->list[i];
			continue;
		}
		ALLOC_GROW(to->findings.list, to->findings.nr + 1,
			   to->findings.alloc);
		ALLOC_GROW(to->reasons, to->findings.nr + 1,
			   to->alloc_reasons);
		to->reasons[to->findings.nr] = s->reasons[i];
		to->findings.list[to->findings.nr++] = all->list[i];
	}
	all->nr = kept;
}

/* --- what is wrong with the comments --- */

static void report(struct suppression *s, enum level level,
		   unsigned int line, unsigned int column, const char *text)
{
	struct location loc = {
		.file = (char *)s->file, .line = line, .column = column,
	};

	findings_add(&s->found, suppression_rule.id, level, &loc, "",
		     text);
}

static bool has_run(const struct suppression *s, const char *id)
{
	size_t i;

	for (i = 0; i < s->run->nr_rules; i++)
		if (!strcmp(s->run->rules[i]->id, id))
			return true;
	return false;
}

static void report_unknown(struct suppression *s,
			   const struct remark_rule *rule)
{
	size_t nr, i;
	const struct rule *const *rules = rules_all(&nr);
	const char **names = xcalloc(nr, sizeof(*names)), *near = NULL;
	char *text;

	for (i = 0; i < nr; i++)
		names[i] = rules[i]->id;
	if (strlen(rule->name) <= 80)
		near = nearest(rule->name, names, nr);
	free(names);
	if (!s->asked_for && !(near && has_run(s, near)))
		return;
	if (near)
		text = xstrfmt("there is no rule '%s'; did you mean '%s'?",
			       rule->name, near);
	else
		text = xstrfmt("there is no rule '%.80s'; `dmacheck rules` lists them",
			       rule->name);
	report(s, LEVEL_WARNING, rule->line, rule->column, text);
	free(text);
}

/* Whether the rule, had it something to find in the file, would have. */
static bool could_be_found(const struct suppression *s,
			   const struct rule *rule)
{
	const struct sparse *sparse = s->run->sparse;
	size_t i;

	if (!has_run(s, rule->id))
		return false;
	if (!(rule->needs & (NEEDS_FLOW | NEEDS_CALLS | NEEDS_SPARSE)))
		return true;
	if (intern_find(&s->read, s->file) == INTERN_NONE ||
	    intern_find(&s->in_part, s->file) != INTERN_NONE)
		return false;
	if (!(rule->needs & NEEDS_SPARSE))
		return true;
	for (i = 0; sparse && i < sparse->nr_misses; i++)
		if (!strcmp(sparse->misses[i].file, s->file))
			return false;
	return sparse && !sparse->problem;
}

static void report_rule(struct suppression *s,
			const struct remark *remark,
			const struct remark_rule *name)
{
	const struct rule *rule = rule_find(name->name);
	char *text;

	if (!rule) {
		report_unknown(s, name);
	} else if (rule == &suppression_rule) {
		if (s->asked_for)
			report(s, LEVEL_WARNING, name->line, name->column,
			       "what is wrong with a comment cannot be hidden by one");
	} else if (remark->reason && !name->used && could_be_found(s, rule)) {
		text = xstrfmt("nothing to hide: %s does not find anything here",
			       rule->id);
		report(s, LEVEL_NOTE, name->line, name->column, text);
		free(text);
	}
}

static void report_no_reason(struct suppression *s,
			     const struct remark *remark)
{
	bool known = false, has_one_run = false;
	size_t i;

	for (i = 0; i < remark->nr_rules; i++) {
		known |= rule_find(remark->rules[i].name) != NULL;
		has_one_run |= has_run(s, remark->rules[i].name);
	}
	if (!s->asked_for && !has_one_run)
		return;
	if (!remark->nr_rules)
		report(s, LEVEL_WARNING, remark->line, remark->column,
		       "no rule is named: '" MARK " RULE: reason' hides a finding");
	else if (known)
		report(s, LEVEL_WARNING, remark->line, remark->column,
		       "no reason is given, so nothing is hidden: '" MARK " RULE: reason' is needed");
}

static void report_remarks(struct suppression *s)
{
	size_t i, j;

	for (i = 0; i < s->remarks.nr; i++) {
		const struct remark *remark = &s->remarks.list[i];

		if (!remark->reason)
			report_no_reason(s, remark);
		for (j = 0; j < remark->nr_rules; j++)
			report_rule(s, remark, &remark->rules[j]);
	}
}

/* --- all of it --- */

static void add_found(struct suppression *s)
{
	struct findings *all = s->run->findings;
	size_t i;

	for (i = 0; i < s->found.nr; i++) {
		ALLOC_GROW(all->list, all->nr + 1, all->alloc);
		all->list[all->nr++] = s->found.list[i];
	}
	free(s->found.list);
	findings_finish(all);
}

/* Whether there is something in the file at hand. */
static bool open_file(struct suppression *s, const char *file)
{
	s->file = file;
	s->remarks = (struct remarks)REMARKS_INIT;
	s->text = tree_read(s->run->tree, file, &s->len);
	if (!s->text) {
		warning("cannot read %s: %s; no comment in it hides a finding",
			file, diag_strerror(errno));
		return false;
	}
	if (memmem(s->text, s->len, MARK, sizeof(MARK) - 1))
		remarks_read(&s->remarks, s->text, s->len);
	return s->remarks.nr > 0;
}

void suppress_findings(struct rule_run *run)
{
	size_t nr = run->findings->nr;
	struct suppression s = {
		.run = run,
		.hidden = xcalloc(nr, sizeof(*s.hidden)),
		.reasons = xcalloc(nr, sizeof(*s.reasons)),
	};
	uint32_t i;

	s.asked_for = has_run(&s, suppression_rule.id);
	find_files(&s);
	for (i = 0; i < s.files.nr; i++) {
		if (open_file(&s, intern_str(&s.files, i))) {
			match_file(&s);
			report_remarks(&s);
		}
		remarks_release(&s.remarks);
		free(s.text);
	}
	move_hidden(&s, nr);
	add_found(&s);
	free(s.hidden);
	free(s.reasons);
	intern_release(&s.files);
	intern_release(&s.read);
	intern_release(&s.in_part);
}

const struct rule suppression_rule = {
	.id = "suppression",
	.level = LEVEL_WARNING,
	.summary = "a comment that is to hide a finding and is not right",
	.explanation =
"A finding that is right as it is can be hidden where it stands, by a comment\n"
"that names its rule and says why (in .c, .h and .S files):\n"
"\n"
"	/* dmacheck: missing-require-coherent: this device never bounces */\n"
"	ret = dma_map_sgtable(dev, &bo->sgt, DMA_BIDIRECTIONAL, 0);\n"
"\n"
"Several rules are separated by commas; the reason may go on over several\n"
"lines, and \"dmacheck:\" may start any line of a comment. It counts for a call\n"
"if it is on a line of that call, also behind the code, or before the call in\n"
"its statement (behind \"ret =\"); or alone on its lines, right above the call or\n"
"above the statement that the call is part of, with nothing but other comments\n"
"between. Behind the code of another statement it counts for that one alone. A\n"
"finding in an inline function of a header is hidden there, not in a file that\n"
"includes it; one that comes of a macro where the macro is used. What is hidden\n"
"is counted, and -v names it; `dmacheck fix` leaves it as it is.\n"
"\n"
"A warning where such a comment gives no reason (it hides nothing then), or\n"
"names a rule that does not exist. A note where it hides nothing, although its\n"
"rule has looked at the whole file: the code was mended, or the comment stands\n"
"in a wrong place. It may be right if another configuration or architecture\n"
"has something to hide there.\n"
"\n"
"Give the reason, mend the name, or remove the comment. With --rule, only\n"
"comments for these rules are looked at; `--rule suppression` alone looks at\n"
"all and reports nothing else.\n"
"\n"
"Whole functions and modules are better left out by [ignore RULE] in a file\n"
"for --policy, which says so outside of the code.\n",
	.needs = NEEDS_FINDINGS,
	.check = suppress_findings,
};
