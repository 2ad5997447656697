// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hides the findings of the other rules that a comment covers, and reports
 * comments that are wrong or hide nothing; for analysis/, after all other rules.
 */
#include "rules/suppression/suppression.h"

#include <errno.h>

#include "facts/program.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "rules/common/attr-names.h"
#include "rules/rule.h"
#include "rules/suppression/comments.h"
#include "sparse/sparse.h"
#include "tree/tree.h"

#define MARK "dmacheck:"

struct suppression {
	struct rule_run *run;
	struct intern_pool files;	/* whose comments count */
	struct intern_pool read;	/* those that facts are of */
	bool asked_for;			/* all that is wrong is reported */
	char **reasons;			/* of findings that are hidden; or NULL */
	size_t nr_findings;		/* of the other rules */
	/* The file at hand. */
	const char *file;
	struct remarks remarks;
};

/* --- files --- */

static void add_file(struct suppression *s, const char *file)
{
	if ((ends_with(file, ".c") || ends_with(file, ".h") ||
	     ends_with(file, ".S")) &&
	    path_below_any(file, s->run->paths, s->run->nr_paths))
		intern(&s->files, file);
}

static void add_files_of(struct suppression *s, const struct fact_set *set)
{
	uint32_t i;

	for (i = 0; i < set->nr_functions; i++)
		if (!i || set->functions[i].file != set->functions[i - 1].file)
			intern(&s->read,
			       facts_str(set, set->functions[i].file));
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
	for (i = 0; i < s->read.nr; i++)
		add_file(s, intern_str(&s->read, (uint32_t)i));
	for (i = 0; i < run->findings->nr; i++)
		add_file(s, run->findings->list[i].loc.file);
	for (i = 0; run->names && i < run->names->nr; i++)
		add_file(s, intern_str(&run->names->strings,
				       run->names->list[i].file));
}

/* --- what is hidden --- */

static bool remark_names(struct remark *remark, const char *rule)
{
	bool any = false;
	size_t i;

	for (i = 0; i < remark->nr_rules; i++)
		if (!strcmp(remark->rules[i].name, rule))
			any = remark->rules[i].used = true;
	return any;
}

static void hide_findings(struct suppression *s, const char *text, size_t len)
{
	size_t i, j;

	for (i = 0; i < s->nr_findings; i++) {
		const struct finding *f = &s->run->findings->list[i];
		struct call_lines lines;

		if (strcmp(f->loc.file, s->file))
			continue;
		lines = call_lines_at(text, len, f->loc.line, f->loc.column);
		for (j = 0; j < s->remarks.nr; j++) {
			struct remark *remark = &s->remarks.list[j];

			if (remark->reason && remark_covers(remark, lines) &&
			    remark_names(remark, f->rule) && !s->reasons[i])
				s->reasons[i] = xstrdup(remark->reason);
		}
	}
}

static void move_hidden(struct suppression *s)
{
	struct findings *all = s->run->findings;
	size_t i, kept = 0;

	for (i = 0; i < all->nr; i++) {
		if (i >= s->nr_findings || !s->reasons[i]) {
			all->list[kept++] = all->list[i];
			continue;
		}
		suppressed_add(s->run->suppressed, &all->list[i], s->reasons[i]);
		free(s->reasons[i]);
	}
	all->nr = kept;
	findings_finish(all);
}

/* --- what is wrong with the comments --- */

static struct location in_file(const struct suppression *s, unsigned int line,
			       unsigned int column)
{
	return (struct location){
		.file = (char *)s->file, .line = line, .column = column,
	};
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
	struct location loc = in_file(s, rule->line, rule->column);
	const char *near = strlen(rule->name) <= 80 ?
		rule_nearest(rule->name) : NULL;

	if (!s->asked_for && !(near && has_run(s, near)))
		return;
	if (near)
		rule_report(s->run, &loc, "",
			       "there is no rule '%s'; did you mean '%s'?",
			       rule->name, near);
	else
		rule_report(s->run, &loc, "",
			       "there is no rule '%.80s'; `dmacheck rules` lists them",
			       rule->name);
}

/* Whether the rule, had it something to find in the file, would have. */
static bool could_be_found(const struct suppression *s,
			   const struct rule *rule)
{
	const struct program *program = s->run->program;
	const struct sparse *sparse = s->run->sparse;
	size_t i;

	if (!has_run(s, rule->id))
		return false;
	if (!(rule->needs & (NEEDS_FLOW | NEEDS_CALLS | NEEDS_SPARSE)))
		return true;
	for (i = 0; i < program->nr_misses; i++)
		if (program->misses[i].kind != GAP_OTHERS &&
		    !strcmp(program->misses[i].file, s->file))
			return false;
	if (!intern_has(&s->read, s->file) || !(rule->needs & NEEDS_SPARSE))
		return intern_has(&s->read, s->file);
	for (i = 0; sparse && i < sparse->nr_misses; i++)
		if (!strcmp(sparse->misses[i].file, s->file))
			return false;
	return sparse && !sparse->problem;
}

static void report_remark(struct suppression *s, const struct remark *remark)
{
	struct location loc = in_file(s, remark->line, remark->column);
	bool known = false, concerned = s->asked_for;
	size_t i;

	for (i = 0; i < remark->nr_rules; i++) {
		const struct remark_rule *name = &remark->rules[i];
		const struct rule *rule = rule_find(name->name);
		struct location at = in_file(s, name->line, name->column);

		known |= rule != NULL;
		concerned |= rule && has_run(s, rule->id);
		if (!rule)
			report_unknown(s, name);
		else if (rule != &suppression_rule && remark->reason &&
			 !name->used && could_be_found(s, rule))
			rule_report(s->run, &at, "",
				       "unused suppression: %s reports nothing here",
				       rule->id)->level = LEVEL_NOTE;
		else if (rule == &suppression_rule && s->asked_for)
			rule_report(s->run, &at, "",
				       "findings of this rule cannot be suppressed");
	}
	if (!remark->reason && concerned && !remark->nr_rules)
		rule_report(s->run, &loc, "",
			       "suppression names no rule: write '" MARK " RULE: reason'");
	else if (!remark->reason && concerned && known)
		rule_report(s->run, &loc, "",
			       "suppression without a reason is ignored: write '" MARK " RULE: reason'");
}

/* --- all of it --- */

static void heed_file(struct suppression *s, const char *file)
{
	size_t len, i;
	char *text = tree_read(s->run->tree, file, &len);

	s->file = file;
	s->remarks = (struct remarks)REMARKS_INIT;
	if (!text)
		warning("cannot read %s: %s; no comment in it hides a finding",
			file, diag_strerror(errno));
	else if (memmem(text, len, MARK, sizeof(MARK) - 1))
		remarks_read(&s->remarks, text, len);
	if (s->remarks.nr)
		hide_findings(s, text, len);
	for (i = 0; i < s->remarks.nr; i++)
		report_remark(s, &s->remarks.list[i]);
	remarks_release(&s->remarks);
	free(text);
}

void suppress_findings(struct rule_run *run)
{
	struct suppression s = {
		.run = run,
		.nr_findings = run->findings->nr,
		.reasons = xcalloc(run->findings->nr, sizeof(*s.reasons)),
	};
	uint32_t i;

	run->rule = &suppression_rule;
	s.asked_for = has_run(&s, suppression_rule.id);
	find_files(&s);
	for (i = 0; i < s.files.nr; i++)
		heed_file(&s, intern_str(&s.files, i));
	move_hidden(&s);
	free(s.reasons);
	intern_release(&s.files);
	intern_release(&s.read);
}

const struct rule suppression_rule = {
	.id = "suppression",
	.level = LEVEL_WARNING,
	.summary = "a comment that suppresses findings is wrong or unused",
	.explanation =
"A finding that is right as it is can be hidden where it stands, by a comment\n"
"that names its rule and says why (in .c, .h and .S files):\n"
"\n"
"	/* dmacheck: missing-require-coherent: this device never bounces */\n"
"	ret = dma_map_sgtable(dev, &bo->sgt, DMA_BIDIRECTIONAL, 0);\n"
"\n"
"Several rules are separated by commas. In a /* */ comment the reason may go\n"
"on over several lines, and \"dmacheck:\" may start any line. The comment\n"
"covers a call if it is right above its statement, with nothing but other\n"
"comments between, or on a line of the statement up to the end of the call. A\n"
"finding in an inline function of a header is hidden there, not in a file that\n"
"includes it; one that comes from a macro, where the macro is used. Hidden\n"
"findings are counted, -v names them, and `dmacheck fix` leaves them alone.\n"
"\n"
"It is a warning if such a comment gives no reason (it hides nothing then) or\n"
"names a rule that does not exist, and a note if it hides nothing although its\n"
"rule has looked at the whole file: the code was fixed, or the comment is in\n"
"the wrong place. It may be right if another configuration or architecture has\n"
"something to hide there.\n"
"\n"
"Give the reason, correct the name, or remove the comment. With --rule, only\n"
"comments for these rules are looked at; `--rule suppression` alone looks at\n"
"all and reports nothing else.\n"
"\n"
"Whole functions and modules are better left out by [ignore RULE] in a file\n"
"for --policy.\n",
	.needs = NEEDS_FINDINGS,
	.check = suppress_findings,
};
