// SPDX-License-Identifier: GPL-2.0-only
/*
 * `dmacheck explain --dmesg`: from the warnings in a kernel log to the rules that
 * find the bug and, with the source at hand, to the place.
 */
#include "cli/explain-log.h"

#include <errno.h>

#include "analysis/analysis.h"
#include "cli/options.h"
#include "knowledge/kernel-log.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/quote.h"
#include "rules/rule.h"
#include "tree/index.h"
#include "tree/lexicon.h"

/* Functions of a trace that are looked for; the outer ones are generic. */
#define MAX_FRAMES	4
/* A name that more files define says nothing. */
#define MAX_FILES	6

struct log_search {
	const struct options *opt;
	struct kernel_log log;
	struct tree tree;
	struct index index;	/* where the functions of the log are defined */
	struct intern_pool names;
	struct strvec files;	/* these files, relative to the tree */
	struct analysis run;
	bool have_tree, have_run;
};

static void intern_frames(struct intern_pool *names, const struct strvec *frames)
{
	size_t i;

	for (i = 0; i < frames->nr && i < MAX_FRAMES; i++)
		intern(names, frames->v[i]);
}

/* The files that define `name`, if they are few. */
static void find_definitions(const struct log_search *s, const char *name,
			     struct strvec *files)
{
	uint32_t id = intern_find(&s->names, name);
	size_t i, nr = 0;

	for (i = 0; i < s->index.nr; i++)
		if (s->index.hits[i].name == id &&
		    (s->index.hits[i].kinds & INDEX_DEFINITION))
			nr++;
	if (id == INTERN_NONE || nr > MAX_FILES)
		return;
	for (i = 0; i < s->index.nr; i++) {
		const struct index_hit *hit = &s->index.hits[i];
		const char *file = intern_str(&s->index.files, hit->file);

		if (hit->name == id && (hit->kinds & INDEX_DEFINITION) &&
		    !strvec_has(files, file))
			strvec_push(files, file);
	}
}

static int find_functions(struct log_search *s)
{
	const struct check_request *request = &s->opt->request;
	struct lexicon lexicon = LEXICON_INIT;
	size_t i;
	uint32_t n;

	for (i = 0; i < s->log.nr; i++) {
		intern_frames(&s->names, &s->log.list[i].callers);
		intern_frames(&s->names, &s->log.list[i].mappers);
	}
	if (analysis_open(&s->run, request))
		return -1;
	if (!request->no_cache && analysis_open_cache(&s->run))
		return -1;
	lexicon_open(&lexicon, &s->run.tree, strvec_list(&s->run.paths),
		     s->run.paths.nr, s->run.cache, request->jobs);
	index_find(&s->index, &lexicon, &s->names);
	lexicon_close(&lexicon);
	for (n = 0; n < s->names.nr; n++)
		find_definitions(s, intern_str(&s->names, n), &s->files);
	return 0;
}

/* Check the files with the rules that find what the log has. */
static int check_files(struct log_search *s)
{
	struct check_request request = s->opt->request;
	const char **paths = NULL;
	const struct rule **rules = xcalloc(s->log.nr * KERNEL_MESSAGE_RULES + 1,
					    sizeof(*rules));
	size_t i, j, k, nr = 0;
	int ret = 0;

	for (i = 0; i < s->log.nr; i++) {
		for (j = 0; j < KERNEL_MESSAGE_RULES; j++) {
			const char *id = s->log.list[i].message->rules[j];

			for (k = 0; id && k < nr && strcmp(rules[k]->id, id); k++)
				;
			if (!id || k < nr)
				continue;
			rules[nr] = rule_find(id);
			if (!rules[nr++])
				BUG("a kernel message names rule %s, which does not exist",
				    id);
		}
	}
	analysis_release(&s->run);
	s->run = (struct analysis)ANALYSIS_INIT;
	if (!nr || !s->files.nr)
		goto cleanup;
	paths = xcalloc(s->files.nr, sizeof(*paths));
	for (i = 0; i < s->files.nr; i++)
		paths[i] = s->files.v[i];
	if (!request.nr_rules) {
		request.rules = rules;
		request.nr_rules = nr;
	}
	request.paths = paths;
	request.nr_paths = s->files.nr;
	ret = analysis_run(&s->run, &request);
	s->have_run = !ret;
cleanup:
	free(paths);
	free(rules);
	return ret;
}

static void print_frames(const struct log_search *s, const char *what,
			 const struct strvec *frames, struct strvec *files)
{
	struct strbuf line = STRBUF_INIT;
	size_t i, j;

	for (i = 0; i < frames->nr && i < MAX_FRAMES; i++) {
		struct strvec here = STRVEC_INIT;

		strbuf_addf(&line, "%s%s()", i ? ", " : "", frames->v[i]);
		find_definitions(s, frames->v[i], &here);
		for (j = 0; j < here.nr; j++) {
			strbuf_addstr(&line, j ? " or " : " in ");
			quote_path(&line, here.v[j]);
			if (!strvec_has(files, here.v[j]))
				strvec_push(files, here.v[j]);
		}
		strvec_release(&here);
	}
	if (line.len)
		printf("    %s: %s\n", what, line.buf);
	strbuf_release(&line);
}

static bool names_rule(const struct kernel_message *message, const char *rule)
{
	size_t i;

	for (i = 0; i < KERNEL_MESSAGE_RULES && message->rules[i]; i++)
		if (!strcmp(message->rules[i], rule))
			return true;
	return false;
}

static bool in_function(const struct kernel_warning *w, const struct finding *f)
{
	return f->loc.function && (strvec_has(&w->callers, f->loc.function) ||
				   strvec_has(&w->mappers, f->loc.function));
}

/* What the rules find in these files: in a function of the trace, or anywhere. */
static size_t print_findings(const struct log_search *s,
			     const struct kernel_warning *w,
			     const struct strvec *files, bool in_trace)
{
	const struct findings *all = &s->run.result.findings;
	size_t i, nr = 0;

	for (i = 0; i < all->nr; i++) {
		const struct finding *f = &all->list[i];
		struct strbuf line = STRBUF_INIT;

		if (!names_rule(w->message, f->rule) ||
		    (s->opt->level_given && f->level < s->opt->level) ||
		    !strvec_has(files, f->loc.file) ||
		    in_function(w, f) != in_trace)
			continue;
		quote_path(&line, f->loc.file);
		strbuf_addf(&line, ":%u:%u: %s: ", f->loc.line, f->loc.column,
			    level_name(f->level));
		quote_text(&line, f->message);
		printf("    %s [%s]\n", line.buf, f->rule);
		strbuf_release(&line);
		nr++;
	}
	return nr;
}

static void print_places(const struct log_search *s,
			 const struct kernel_warning *w)
{
	struct strvec files = STRVEC_INIT;

	print_frames(s, "called from", &w->callers, &files);
	print_frames(s, "mapped in", &w->mappers, &files);
	if (!s->have_tree || !w->message->rules[0])
		goto cleanup;
	if (!w->callers.nr && !w->mappers.nr)
		goto cleanup;
	if (!files.nr)
		printf("    none of these functions is in this tree\n");
	else if (!s->have_run || (!print_findings(s, w, &files, true) &&
				  !print_findings(s, w, &files, false)))
		printf("    dmacheck finds nothing of these rules there\n");
cleanup:
	strvec_release(&files);
}

static void print_warning(const struct log_search *s,
			  const struct kernel_warning *w)
{
	struct strbuf text = STRBUF_INIT;
	size_t i;

	quote_path(&text, s->opt->dmesg);
	strbuf_addf(&text, ":%zu: ", w->line);
	quote_text(&text, w->text);
	printf("%s\n", text.buf);
	strbuf_release(&text);
	if (w->count > 1)
		printf("    %zu times from there\n", w->count);
	printf("    %s.\n", w->message->meaning);
	for (i = 0; i < KERNEL_MESSAGE_RULES && w->message->rules[i]; i++)
		printf("%s%s", i ? ", " : "    rules: ", w->message->rules[i]);
	if (i)
		printf("\n");
	print_places(s, w);
}

int explain_log(const struct options *opt)
{
	struct log_search s = { .opt = opt, .log = KERNEL_LOG_INIT,
		.index = INDEX_INIT, .names = INTERN_POOL_INIT,
		.files = STRVEC_INIT, .run = ANALYSIS_INIT };
	char *text = path_read(opt->dmesg, NULL);
	int status = EXIT_FAILED;
	size_t i;

	if (!text) {
		error("cannot read %s: %s", opt->dmesg, strerror(errno));
		return EXIT_FAILED;
	}
	kernel_log_parse(&s.log, text);
	s.have_tree = strcmp(opt->request.tree, ".") || opt->request.module ||
		path_is_file("include/linux/dma-mapping.h");
	if (s.log.nr && s.have_tree && (find_functions(&s) || check_files(&s)))
		goto cleanup;
	for (i = 0; i < s.log.nr; i++)
		print_warning(&s, &s.log.list[i]);
	if (!s.log.nr)
		note("%s has no warning of the DMA API", opt->dmesg);
	else if (!s.have_tree)
		note("with -C DIR, the kernel's source, the places are looked for");
	status = EXIT_CLEAN;
cleanup:
	analysis_release(&s.run);
	index_release(&s.index);
	intern_release(&s.names);
	strvec_release(&s.files);
	kernel_log_release(&s.log);
	free(text);
	return status;
}
