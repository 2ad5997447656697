// SPDX-License-Identifier: GPL-2.0-only
/*
 * The whole result of a run as one record of the store, and whether it is still
 * that of the tree as it is now, for analysis_finish().
 */
#include "analysis/kept.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "analysis/analysis.h"
#include "analysis/requests.h"
#include "compile/kmake.h"
#include "facts/store.h"
#include "findings/saved.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/buffer.h"
#include "lib/diag.h"
#include "lib/installed.h"
#include "lib/path.h"
#include "lib/run.h"
#include "rules/rule.h"
#include "tree/state.h"

#define KEPT_VERSION 1u

/* --- what the result is computed from --- */

static void add_strings(struct strbuf *b, const char *const *list, size_t nr)
{
	size_t i;

	buffer_u32(b, (uint32_t)nr);
	for (i = 0; i < nr; i++)
		buffer_str(b, list[i]);
}

static void add_text_of(struct strbuf *b, const char *path)
{
	size_t len = 0;
	char *text = path ? path_read(path, &len) : NULL;

	buffer_u32(b, text != NULL);
	buffer_u64(b, text ? XXH3_64bits(text, len) : 0);
	free(text);
}

static void add_policy(struct strbuf *b, const struct analysis *run)
{
	const struct strvec *more = &run->request.policies;
	char *policy = installed_file("policy.conf");
	char *conf = path_join(run->tree.root, TREE_CONF);
	size_t i;

	add_text_of(b, policy);
	for (i = 0; i < more->nr; i++)
		add_text_of(b, more->v[i]);
	add_text_of(b, run->request.no_config ? NULL : conf);
	free(conf);
	free(policy);
}

/* With another one the commands, the facts or what sparse says may differ. */
static void add_tools(struct strbuf *b)
{
	static const char *const tools[] = { KMAKE_CLANG, "make", "sparse" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tools); i++) {
		char *path = run_find_program(tools[i]);
		char *real = path ? realpath(path, NULL) : NULL;
		struct stat st = { .st_size = 0 };

		if (real && stat(real, &st))
			st.st_size = -1;
		buffer_str(b, real);
		buffer_u64(b, (uint64_t)st.st_size);
		buffer_u64(b, (uint64_t)st.st_mtim.tv_sec);
		buffer_u64(b, (uint64_t)st.st_mtim.tv_nsec);
		free(real);
		free(path);
	}
	buffer_str(b, getenv("DMACHECK_FILE_TIMEOUT"));
	buffer_str(b, getenv("DMACHECK_NO_PCH"));
}

static void add_rules(struct strbuf *b, const struct rule *const *rules,
		      size_t nr)
{
	size_t i;

	buffer_u32(b, (uint32_t)nr);
	for (i = 0; i < nr; i++)
		buffer_str(b, rules[i]->id);
}

static void add_request(struct strbuf *b, const struct analysis *run)
{
	const struct check_request *request = &run->request;

	buffer_str(b, run->tree.root);
	buffer_str(b, run->tree.version);
	buffer_str(b, run->tree.arch);
	buffer_u32(b, request->objtree != NULL);
	buffer_str(b, request->objtree);
	buffer_u32(b, request->no_make);
	buffer_u32(b, request->no_config);
	buffer_u32(b, request->engines);
	add_rules(b, request->rules, request->nr_rules);
	add_rules(b, run->rules, run->nr_rules);
	add_strings(b, strvec_list(&run->paths), run->paths.nr);
	add_strings(b, strvec_list(&run->excludes), run->excludes.nr);
}

static bool state_of(const struct analysis *run, const char *dir,
		     bool is_output, uint64_t *state)
{
	const struct state_options opt = {
		.cache = run->cache,
		.is_output = is_output,
		.jobs = run->request.jobs,
	};

	return folder_state(dir, &opt, state);
}

static bool is_possible(const struct check_request *request)
{
	const char *off = getenv("DMACHECK_NO_RESULTS");

	return !request->no_cache && !request->fixing &&
		!request->ask_flow && !request->share && !request->overlay &&
		!request->touched && !request->given && !request->module &&
		!getenv("DMACHECK_TEST_CRASH") && !(off && *off);
}

/* False if it cannot be told from another state of the trees. */
static bool find_key(struct kept *kept, const struct analysis *run)
{
	const char *objtree = run->request.objtree;
	struct strbuf b = STRBUF_INIT;
	uint64_t tree = 0, out = 0;
	bool good = state_of(run, run->tree.root, false, &tree) &&
		(!objtree || state_of(run, objtree, true, &out));

	buffer_str(&b, "result");
	buffer_u32(&b, KEPT_VERSION);
	buffer_u64(&b, requests_own_hash());
	buffer_u64(&b, api_hash(run->api));
	buffer_u64(&b, tree);
	buffer_u64(&b, out);
	add_policy(&b, run);
	add_tools(&b);
	add_request(&b, run);
	kept->key = XXH3_64bits(b.buf, b.len);
	strbuf_release(&b);
	return good;
}

/* --- files that are neither in the tree nor in the given output tree --- */

/* dmacheck's own output tree, which the run may have made. */
static const char *own_out(const struct analysis *run)
{
	return run->compile_db.origin == COMPILE_DB_FROM_OWN_OBJTREE ?
		run->compile_db.where : NULL;
}

/* Nothing was read whose changes do not show. */
static bool shows_all(const struct analysis *run)
{
	const struct program *program = &run->result.program;
	uint32_t i;

	for (i = 0; i < program->names.nr; i++)
		if (state_ignores(intern_str(&program->names, i)))
			return false;
	for (i = 0; i < program->files.nr; i++)
		if (state_ignores(intern_str(&program->files, i)))
			return false;
	return true;
}

static void save_elsewhere(struct strbuf *b, const struct analysis *run)
{
	const struct intern_pool *names = &run->result.program.names;
	const char *out = own_out(run);
	uint32_t i;

	for (i = 0; i < names->nr; i++) {
		const char *name = intern_str(names, i);

		if (*name != '/' || path_below(name, run->tree.root) ||
		    (out && path_below(name, out)))
			continue;
		buffer_str(b, name);
		buffer_u64(b, store_file_hash(run->store, run->tree.root,
					      name));
	}
	buffer_str(b, NULL);
}

static bool elsewhere_is_same(struct reader *r, const struct analysis *run)
{
	bool same = true, more = true;

	while (more && same) {
		char *name = reader_str(r);

		more = *name && !r->bad;
		if (more)
			same = reader_u64(r) ==
				store_file_hash(run->store, run->tree.root,
						name);
		free(name);
	}
	return same && !r->bad;
}

static bool save_own_out(struct strbuf *b, const struct analysis *run)
{
	const char *out = own_out(run);
	uint64_t state = 0;
	bool good = !out || state_of(run, out, true, &state);

	buffer_str(b, out);
	buffer_u64(b, state);
	return good;
}

static bool own_out_is_same(struct reader *r, const struct analysis *run)
{
	char *out = reader_str(r);
	uint64_t then = reader_u64(r), now;
	bool same = !*out || (state_of(run, out, true, &now) && now == then);

	free(out);
	return same;
}

/* --- the result --- */

static void save_suppressed(struct strbuf *b, const struct suppressed *s)
{
	findings_save_all(b, &s->findings);
	add_strings(b, (const char *const *)s->reasons, s->findings.nr);
}

static void save_coverage(struct strbuf *b, const struct coverage *coverage)
{
	size_t i;

	buffer_u64(b, coverage->files_total);
	buffer_u64(b, coverage->files_considered);
	buffer_u64(b, coverage->files_analysed);
	buffer_u32(b, (uint32_t)coverage->nr_gaps);
	for (i = 0; i < coverage->nr_gaps; i++) {
		const struct gap *gap = &coverage->gaps[i];

		buffer_u32(b, gap->kind);
		buffer_str(b, gap->file);
		buffer_str(b, gap->reason);
		buffer_u32(b, gap->outside);
	}
	add_strings(b, coverage->lost_rules, coverage->nr_lost);
	add_strings(b, strvec_list(&coverage->unseen), coverage->unseen.nr);
}

static const char *rule_id(const char *id)
{
	const struct rule *rule = rule_find(id);

	return rule ? rule->id : NULL;
}

static void load_suppressed(struct suppressed *s, struct reader *r)
{
	uint32_t nr, i;

	if (findings_load_all(&s->findings, r, rule_id))
		r->bad = true;
	nr = reader_u32(r);
	if (nr != s->findings.nr)
		r->bad = true;
	s->reasons = xcalloc(s->findings.nr, sizeof(*s->reasons));
	s->alloc_reasons = s->findings.nr;
	for (i = 0; i < s->findings.nr; i++)
		s->reasons[i] = reader_str(r);
}

static void load_gaps(struct coverage *coverage, struct reader *r)
{
	uint32_t nr;

	for (nr = reader_u32(r); nr && !r->bad; nr--) {
		struct gap gap = { .kind = (enum gap_kind)reader_u32(r) };

		gap.file = reader_str(r);
		gap.reason = reader_str(r);
		gap.outside = reader_u32(r);
		ALLOC_GROW(coverage->gaps, coverage->nr_gaps + 1,
			   coverage->alloc_gaps);
		coverage->gaps[coverage->nr_gaps++] = gap;
	}
}

static void load_coverage(struct coverage *coverage, struct reader *r)
{
	uint32_t nr;

	coverage->files_total = reader_u64(r);
	coverage->files_considered = reader_u64(r);
	coverage->files_analysed = reader_u64(r);
	load_gaps(coverage, r);
	for (nr = reader_u32(r); nr && !r->bad; nr--) {
		char *id = reader_str(r);

		if (rule_id(id))
			coverage_lose_rule(coverage, rule_id(id));
		free(id);
	}
	for (nr = reader_u32(r); nr && !r->bad; nr--)
		strvec_push_nodup(&coverage->unseen, reader_str(r));
}

static void drop(struct check_result *result)
{
	findings_release(&result->findings);
	suppressed_release(&result->suppressed);
	suppressed_release(&result->left_out);
	coverage_release(&result->coverage);
}

/* Of a record that was found. */
static bool load(struct analysis *run, struct reader *r)
{
	struct check_result *result = &run->result;
	const char *said;
	uint32_t len;

	if (!own_out_is_same(r, run) || !elsewhere_is_same(r, run))
		return false;
	if (findings_load_all(&result->findings, r, rule_id))
		r->bad = true;
	load_suppressed(&result->suppressed, r);
	load_suppressed(&result->left_out, r);
	load_coverage(&result->coverage, r);
	len = reader_u32(r);
	said = reader_bytes(r, len);
	if (r->bad || r->p != r->end || !diag_repeatable(said, len) ||
	    !last_run_renew(run)) {
		drop(result);
		return false;
	}
	diag_repeat(said, len);
	return true;
}

/* --- for analysis_finish() --- */

static void start_record(struct kept *kept)
{
	kept->said = memfd_create("dmacheck", MFD_CLOEXEC);
	if (kept->said < 0)
		kept->possible = false;
	else
		diag_record(kept->said);
}

bool kept_recall(struct kept *kept, struct analysis *run)
{
	struct strbuf b = STRBUF_INIT;
	struct reader r;
	bool found;

	kept->possible = is_possible(&run->request) && find_key(kept, run);
	if (!kept->possible)
		return false;
	if (!run->store)
		run->store = store_open(run->cache);
	found = run->store && store_recall(run->store, kept->key, &b);
	if (found) {
		reader_init(&r, b.buf, b.len);
		found = load(run, &r);
	}
	strbuf_release(&b);
	if (found)
		verbose("nothing has changed since an earlier run: this is its result");
	else
		start_record(kept);
	return found;
}

/* What was said; false if that cannot be said again. */
static bool save_said(struct strbuf *b, int said)
{
	struct stat st;
	char *text;
	bool good;

	diag_record(-1);
	if (fstat(said, &st) || st.st_size > INT32_MAX)
		return false;
	text = xmalloc((size_t)st.st_size + 1);
	good = pread(said, text, (size_t)st.st_size, 0) == st.st_size &&
		diag_repeatable(text, (size_t)st.st_size);
	buffer_u32(b, (uint32_t)st.st_size);
	strbuf_add(b, text, (size_t)st.st_size);
	free(text);
	return good;
}

void kept_keep(struct kept *kept, struct analysis *run)
{
	const struct check_result *result = &run->result;
	struct strbuf b = STRBUF_INIT;

	if (!kept->possible || result->coverage.nr_crashes ||
	    result->program.nr_failures || result->sparse.nr_failures)
		return;
	if (!shows_all(run) || !save_own_out(&b, run))
		goto cleanup;
	save_elsewhere(&b, run);
	findings_save_all(&b, &result->findings);
	save_suppressed(&b, &result->suppressed);
	save_suppressed(&b, &result->left_out);
	save_coverage(&b, &result->coverage);
	/* What cannot be kept is found again. */
	if (save_said(&b, kept->said))
		store_remember(run->store, kept->key, &b);
cleanup:
	strbuf_release(&b);
}

void kept_release(struct kept *kept)
{
	if (kept->said < 0)
		return;
	diag_record(-1);
	close(kept->said);
	kept->said = -1;
}
