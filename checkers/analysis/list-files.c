// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which files are read, and why: from the first stages of a run, for
 * dmacheck check --list-files.
 */
#include "analysis/list-files.h"

#include "analysis/analysis.h"
#include "analysis/apply-rules.h"
#include "analysis/read.h"
#include "analysis/readers.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/quote.h"
#include "rules/rule.h"
#include "sparse/candidates.h"
#include "tree/index.h"
#include "tree/module.h"

/* So many rules of a file are named without -v. */
#define MAX_RULES 3

struct listed {
	const char *file;
	char *source;		/* the function that it calls, or NULL */
	bool reached, sparse;
	struct strvec rules;
};

struct listing {
	struct analysis *run;
	struct intern_pool files;
	struct listed *list;	/* by their numbers */
	size_t alloc;
};

static struct listed *listed_file(struct listing *l, const char *file)
{
	uint32_t known = l->files.nr, id = intern(&l->files, file);

	if (id == known) {
		ALLOC_GROW(l->list, l->files.nr, l->alloc);
		l->list[id] = (struct listed){
			.file = intern_str(&l->files, id),
			.rules = STRVEC_INIT,
		};
	}
	return &l->list[id];
}

static void add_source_name(const struct api_function *function, void *data)
{
	intern(data, function->name);
}

/* The first `nr` files of `files` bring user memory; the others it reaches. */
static void list_followed(struct listing *l, const struct reading *r, size_t nr)
{
	struct intern_pool names = INTERN_POOL_INIT;
	struct index index = INDEX_INIT;
	size_t i;

	for (i = 0; i < r->files.nr; i++)
		listed_file(l, intern_str(&r->files, (uint32_t)i))->reached =
			i >= nr;
	api_each(l->run->api, API_SOURCE, add_source_name, &names);
	index_find(&index, &r->lexicon, &names);
	for (i = 0; i < index.nr; i++) {
		const char *file = intern_str(&index.files, index.hits[i].file);
		struct listed *f;

		if (!(index.hits[i].kinds & (INDEX_CALL | INDEX_MENTION)) ||
		    !intern_has(&r->files, file))
			continue;
		f = listed_file(l, file);
		if (!f->source)
			f->source = xstrdup(intern_str(&names,
						       index.hits[i].name));
	}
	index_release(&index);
	intern_release(&names);
}

static void list_readers(struct listing *l, const struct reading *r)
{
	const struct analysis *run = l->run;
	size_t i;

	for (i = 0; i < run->nr_rules; i++) {
		struct intern_pool files = INTERN_POOL_INIT;
		uint32_t n;

		readers_find(&run->rules[i], 1, run->api, &r->lexicon,
			     strvec_list(&run->paths), run->paths.nr, &files);
		for (n = 0; n < files.nr; n++)
			strvec_push(&listed_file(l, intern_str(&files, n))->rules,
				    run->rules[i]->id);
		intern_release(&files);
	}
}

static int list_sparse(struct listing *l, const struct reading *r)
{
	const struct analysis *run = l->run;
	struct intern_pool files = INTERN_POOL_INIT;
	uint32_t n;
	int ret = sparse_candidates(&files, &run->tree, run->api, &r->lexicon,
				    strvec_list(&run->paths), run->paths.nr,
				    run->store);

	for (n = 0; n < files.nr; n++)
		listed_file(l, intern_str(&files, n))->sparse = true;
	intern_release(&files);
	return ret;
}

static int by_name_of_file(const void *va, const void *vb)
{
	const struct listed *a = va, *b = vb;

	return strcmp(a->file, b->file);
}

static void add_rule_ids(struct strbuf *out, const struct strvec *rules)
{
	size_t i, nr = diag_verbosity > 0 || rules->nr <= MAX_RULES + 1 ?
		rules->nr : MAX_RULES;

	for (i = 0; i < nr; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "read for ", rules->v[i]);
	if (nr < rules->nr)
		strbuf_addf(out, " and %zu more rules", rules->nr - nr);
}

static void print_listed(const struct listing *l, const struct listed *f,
		       FILE *out)
{
	char *name = module_shown(&l->run->tree, f->file);
	struct strbuf line = STRBUF_INIT;

	quote_path(&line, name);
	strbuf_addstr(&line, ": ");
	if (f->source)
		strbuf_addf(&line, "names %s(); ", f->source);
	if (f->reached)
		strbuf_addstr(&line, "user memory reaches it; ");
	if (f->rules.nr) {
		add_rule_ids(&line, &f->rules);
		strbuf_addstr(&line, "; ");
	}
	if (f->sparse)
		strbuf_addstr(&line, "read by sparse; ");
	if (line.buf[line.len - 2] == ':')
		strbuf_addstr(&line, "built for the module; ");
	strbuf_setlen(&line, line.len - 2);
	fprintf(out, "%s\n", line.buf);
	strbuf_release(&line);
	free(name);
}

static void print_listing(struct listing *l, FILE *out)
{
	size_t i, nr = l->files.nr;

	if (nr)
		qsort(l->list, nr, sizeof(*l->list), by_name_of_file);
	for (i = 0; i < nr; i++)
		print_listed(l, &l->list[i], out);
	note("%zu file%s", nr, nr == 1 ? "" : "s");
}

int list_files(struct analysis *run, FILE *out)
{
	struct reading r = READING_INIT(run);
	struct listing l = { .run = run };
	size_t nr_sources = 0, i;
	int ret = analysis_open_cache(run);

	if (!ret)
		ret = reading_open(&r);
	nr_sources = r.files.nr;
	if (!ret)
		ret = reading_follow(&r);
	if (!ret) {
		list_followed(&l, &r, nr_sources);
		if (any_rule_needs(run, NEEDS_CALLS))
			list_readers(&l, &r);
	}
	if (!ret && any_rule_needs(run, NEEDS_SPARSE))
		ret = list_sparse(&l, &r);
	if (!ret)
		print_listing(&l, out);
	for (i = 0; i < l.files.nr; i++) {
		free(l.list[i].source);
		strvec_release(&l.list[i].rules);
	}
	free(l.list);
	intern_release(&l.files);
	reading_close(&r);
	return ret;
}
