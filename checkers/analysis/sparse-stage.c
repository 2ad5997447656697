// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs sparse over the files that are relevant to it, and adds its gaps to the
 * coverage; for read.c.
 */
#include "analysis/sparse-stage.h"

#include "analysis/read.h"
#include "analysis/analysis.h"
#include "analysis/share.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "rules/rule.h"
#include "sparse/candidates.h"

static bool is_missed(const struct coverage *coverage, const char *file,
		      const char *reason)
{
	size_t i;

	for (i = 0; i < coverage->nr_gaps; i++)
		if (!strcmp(coverage->gaps[i].file, file) &&
		    (!reason ||
		     !strcmp(coverage->gaps[i].reason, reason)))
			return true;
	return false;
}

/* One line for all files: the same remedy helps all. */
static void miss_all(const struct sparse *sparse, struct coverage *coverage)
{
	char *reason = xstrfmt("sparse was not run over %zu file%s: %s",
			       sparse->nr_files,
			       sparse->nr_files == 1 ? "" : "s",
			       sparse->problem);

	coverage_miss(coverage, GAP_UNREAD, ".", reason);
	free(reason);
}

static void cover(const struct sparse *sparse, const char *const *files,
		  size_t nr, const struct intern_pool *seen,
		  struct coverage *coverage)
{
	size_t i;

	if (sparse->problem)
		miss_all(sparse, coverage);
	else
		verbose("sparse %s: %zu files", sparse->version, nr);
	/* A file that is not built is named in the coverage once. */
	for (i = 0; i < sparse->nr_misses; i++)
		if (!is_missed(coverage, sparse->misses[i].file,
			       sparse->misses[i].reason))
			coverage_miss(coverage, sparse->misses[i].kind,
				      sparse->misses[i].file,
				      sparse->misses[i].reason);
	for (i = 0; i < nr; i++) {
		if (intern_find(seen, files[i]) != INTERN_NONE)
			continue;
		coverage->files_considered++;
		if (!sparse->problem && !is_missed(coverage, files[i], NULL))
			coverage->files_analysed++;
	}
}

/* As for libclang: 0 if it is not set, -1 after an error(). */
static int file_timeout(unsigned int *seconds)
{
	const char *text = getenv("DMACHECK_FILE_TIMEOUT");
	unsigned long value;
	char *end;

	*seconds = 0;
	if (!text || !*text)
		return 0;
	value = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || !value || value > 86400)
		return error("DMACHECK_FILE_TIMEOUT is '%s': give the seconds that one file may take, 1 to 86400",
			     text);
	*seconds = (unsigned int)value;
	return 0;
}

/* Without sparse, the findings of the rules that need it are missing. */
static void lose_rules(struct analysis *run)
{
	size_t i;

	for (i = 0; i < run->nr_rules; i++)
		if (run->rules[i]->needs & NEEDS_SPARSE)
			coverage_lose_rule(&run->result.coverage,
					   run->rules[i]->id);
}

int sparse_stage(struct analysis *run, const struct lexicon *lexicon,
		 const struct intern_pool *seen)
{
	struct sparse_options sparse = {
		.tree = &run->tree,
		.api = run->api,
		.compile_db = &run->compile_db,
		.store = run->store,
		.jobs = run->request.jobs,
		.memory = run->request.memory,
	};
	struct compile_db_options db = reading_db_options(run);
	struct sparse *result = &run->result.sparse;
	struct intern_pool pool = INTERN_POOL_INIT, own = INTERN_POOL_INIT;
	const char **files;
	uint32_t i;
	int ret;

	ret = sparse_candidates(&pool, &run->tree, run->api, lexicon,
				strvec_list(&run->paths), run->paths.nr,
				run->store);
	verbose("for sparse: %u files", pool.nr);
	files = xcalloc(pool.nr, sizeof(*files));
	for (i = 0; i < pool.nr; i++)
		files[i] = intern_str(&pool, i);
	db.files = files;
	db.nr_files = pool.nr;
	if (!ret)
		ret = file_timeout(&sparse.timeout);
	if (!ret)
		ret = compile_db_load(&run->compile_db, &run->tree, &db);
	if (run->request.share) {
		share_files(run->request.share, lexicon, files, pool.nr, &own);
		sparse.share = &own;
	}
	if (!ret)
		ret = sparse_run(result, &sparse, files, pool.nr);
	if (!ret && result->problem)
		lose_rules(run);
	if (!ret)
		cover(result, files, pool.nr, seen, &run->result.coverage);
	free(files);
	intern_release(&own);
	intern_release(&pool);
	return ret;
}
