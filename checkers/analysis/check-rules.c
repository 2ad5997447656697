// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the rules on the program of a run. Rules with the same needs run one
 * after the other in a child process, which sends back their findings. If one
 * of them crashes, each runs alone, so that the crash costs one rule only.
 */
#include "analysis/apply-rules.h"


#include "analysis/analysis.h"
#include "analysis/solve.h"
#include "findings/saved.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "lib/async.h"
#include "lib/diag.h"
#include "lib/intern.h"
#include "lifetime/lifetime.h"
#include "rules/common/paths.h"

/* Rules of one child process, and their findings. */
struct rule_batch {
	struct analysis *run;
	const struct rule **rules;
	size_t nr;
	struct findings *found;	/* of each */
	struct rule_run reads;	/* their input */
	struct async async;
};

static void check_one(struct rule_batch *batch, size_t i)
{
	const struct rule *rule = batch->rules[i];
	struct analysis *run = batch->run;

	if (rule->needs & NEEDS_FLOW)
		solve_flow(run);
	if (rule->needs & NEEDS_CALLS)
		solve_calls(run);
	batch->reads.flow = run->result.flow;
	batch->reads.calls = run->result.calls;
	batch->reads.rule = rule;
	batch->reads.findings = &batch->found[i];
	rule->check(&batch->reads);
}

/* In the child process. */
static int check_batch(struct strbuf *answer, void *data)
{
	struct rule_batch *batch = data;
	size_t i;

	for (i = 0; i < batch->nr; i++) {
		crash_for_test(batch->rules[i]->id);
		check_one(batch, i);
		findings_save(answer, &batch->found[i], 0);
	}
	return 0;
}

static void start_batch(struct rule_batch *batch)
{
	if (async_start(&batch->async, check_batch, batch))
		die("no rule can be checked");
}

/* Read the findings of the child. Returns the signal that killed it, or 0. */
static int finish_batch(struct rule_batch *batch)
{
	struct strbuf answer = STRBUF_INIT;
	struct reader r;
	size_t i;
	int sig;

	if (async_survive(&batch->async, &answer, &sig) && !sig)
		die("no rule can be checked");
	reader_init(&r, answer.buf, answer.len);
	for (i = 0; i < batch->nr && !sig; i++)
		if (findings_load(&batch->found[i], &r, batch->rules[i]->id))
			BUG("what %s found is cut off", batch->rules[i]->id);
	strbuf_release(&answer);
	return sig;
}

static void lose_rule(struct analysis *run, const struct rule *rule, int sig)
{
	char *what = xstrfmt("rule %s", rule->id);

	coverage_crash(&run->result.coverage, what, sig);
	coverage_lose_rule(&run->result.coverage, rule->id);
	free(what);
}

/* Run them one by one, to find out which one crashes. */
static void isolate(const struct rule_batch *batch)
{
	size_t i;

	for (i = 0; i < batch->nr; i++) {
		struct rule_batch alone = *batch;
		int sig;

		alone.rules = &batch->rules[i];
		alone.found = &batch->found[i];
		alone.nr = 1;
		start_batch(&alone);
		sig = finish_batch(&alone);
		if (sig)
			lose_rule(batch->run, batch->rules[i], sig);
	}
}

/*
 * Rules that need the same solved flow share a process. Those that need calls
 * take the most time: with several jobs they are shared out, though each of
 * their processes joins the calls anew.
 */
#define MAX_GROUPS 4
#define MAX_BATCHES (MAX_GROUPS + 2)

static size_t nr_groups(const struct analysis *run)
{
	if (run->request.given || !run->request.jobs)
		return 1;
	return run->request.jobs < MAX_GROUPS ? run->request.jobs : MAX_GROUPS;
}

/* Of the `nr` batches; `next` counts the rules that need calls. */
static size_t batch_of(const struct rule *rule, size_t nr, size_t *next)
{
	if (rule->needs & NEEDS_FLOW)
		return nr - 2;
	if (rule->needs & NEEDS_CALLS)
		return (*next)++ % (nr - 2);
	return nr - 1;
}

static void run_batches(struct rule_batch *batches, size_t nr, size_t at_once)

{
	size_t i, started = 0;

	for (i = 0; i < nr; i++) {
		for (; started < nr && started < i + at_once; started++)
			if (batches[started].nr)
				start_batch(&batches[started]);
		if (batches[i].nr && finish_batch(&batches[i]))
			isolate(&batches[i]);
	}
}

/* A single file has its own process already (cli/kbuild.c). */
static void check_here(struct rule_batch *batches, size_t nr)
{
	size_t i, n;

	for (i = 0; i < nr; i++)
		for (n = 0; n < batches[i].nr; n++)
			check_one(&batches[i], n);
}

static bool runs(const struct analysis *run, const struct rule *rule)
{
	if (rule->needs & NEEDS_FINDINGS)
		return false;
	if (run->flow_is_lost && (rule->needs & NEEDS_FLOW))
		return false;
	return true;
}

/* A rule with both fixable and other findings marks the fixable ones. */
static void mark_fixable(const struct analysis *run, const struct rule *rule,
			 struct findings *findings)
{
	bool can = rule->fixable && (!rule->needs_attr ||
		tree_attr_mask(&run->tree, rule->needs_attr));
	size_t i;

	for (i = 0; i < findings->nr; i++) {
		struct finding *f = &findings->list[i];

		f->fixable = (can || f->fixable) && !f->accepted;
	}
}

/* What the policy says is right: [ignore RULE]. */
static void accept_by_policy(const struct analysis *run,
			     struct findings *findings)
{
	size_t i;

	for (i = 0; i < findings->nr; i++) {
		struct finding *f = &findings->list[i];
		const char *why = policy_ignored(run->policy, f->rule,
				f->module ? f->module : "",
				f->loc.function ? f->loc.function : "");
		char *message;

		if (!why || f->accepted)
			continue;
		message = xstrfmt("%s, which is accepted: %s", f->message, why);
		free(f->message);
		f->message = message;
		f->level = LEVEL_NOTE;
		f->accepted = true;
	}
}

/* Attributes that rules need and the tree lacks, in one line. */
static void say_missing_attributes(const struct analysis *run)
{
	struct strvec attrs = STRVEC_INIT;
	struct strbuf list = STRBUF_INIT;
	size_t nr = 0, i;

	for (i = 0; i < run->nr_rules; i++) {
		const char *attr = run->rules[i]->needs_attr;

		if (!attr || tree_attr_mask(&run->tree, attr) ||
		    !runs(run, run->rules[i]))
			continue;
		nr++;
		verbose("%s needs %s", run->rules[i]->id, attr);
		if (strvec_has(&attrs, attr))
			continue;
		strvec_push(&attrs, attr);
		strbuf_addf(&list, "%s%s", list.len ? ", " : "", attr);
	}
	if (nr)
		note("Linux %s does not define %s; the findings of %zu rule%s say what would apply if it did%s",
		     run->tree.version, list.buf, nr, nr == 1 ? "" : "s",
		     diag_verbosity > 0 ? "" : " (-v names them)");
	strbuf_release(&list);
	strvec_release(&attrs);
}

void check_rules(struct analysis *run)
{
	struct intern_pool scanned = INTERN_POOL_INIT;
	struct rule_batch batches[MAX_BATCHES] = { { .nr = 0 } };
	size_t nr = nr_groups(run) + 2, next = 0, i, n;

	say_missing_attributes(run);
	if (run->request.touched)
		find_scanned(run, &scanned);
	for (i = 0; i < nr; i++) {
		batches[i] = (struct rule_batch){
			.run = run,
			.reads = rule_run_of(run),
			.rules = xcalloc(run->nr_rules + 1, sizeof(*batches->rules)),
			.found = xcalloc(run->nr_rules + 1, sizeof(*batches->found)),
			.async = ASYNC_INIT,
		};
		if (run->request.touched)
			batches[i].reads.scanned = &scanned;
	}
	for (i = 0; i < run->nr_rules; i++) {
		struct rule_batch *batch =
			&batches[batch_of(run->rules[i], nr, &next)];

		if (runs(run, run->rules[i]))
			batch->rules[batch->nr++] = run->rules[i];
	}
	/* fix/ needs the flow, too. */
	if (run->request.fixing && any_rule_needs(run, NEEDS_FLOW) &&
	    !run->flow_is_lost)
		solve_flow(run);
	if (run->request.fixing && any_rule_needs(run, NEEDS_CALLS))
		solve_calls(run);
	if (run->request.given)
		check_here(batches, nr);
	else
		run_batches(batches, nr, run->request.jobs);
	for (i = 0; i < nr; i++) {
		for (n = 0; n < batches[i].nr; n++) {
			accept_by_policy(run, &batches[i].found[n]);
			mark_fixable(run, batches[i].rules[n],
				     &batches[i].found[n]);
			findings_move(&run->result.findings,
				      &batches[i].found[n]);
		}
		lifetimes_free(batches[i].reads.lifetimes);
		source_tokens_free(batches[i].reads.source);
		free(batches[i].rules);
		free(batches[i].found);
	}
	intern_release(&scanned);
}
