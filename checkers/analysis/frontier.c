// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the next files to read: looks up the requests of the flow in the index of
 * identifiers; for the rounds of read.c.
 */
#include "analysis/frontier.h"

#include "analysis/module-scope.h"
#include "analysis/requests.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "tree/index.h"

/*
 * If more files than these define, call or use a name, it is a common word or
 * belongs to the kernel's core, and is not followed.
 */
#define MAX_DEFINITIONS 4
#define MAX_CALLERS 48
#define MAX_USERS 12

struct request {
	enum flow_request_kind kind;
	uint32_t name, record;	/* in search.names; record may be NONE */
	char *module;		/* or NULL */
};

struct search {
	struct frontier *frontier;
	const struct api *api;
	const struct compile_db *compile_db;
	struct request *requests;
	size_t nr, alloc;
	struct intern_pool names;
	struct index index;
	uint32_t *by_name;	/* hits by name, then file */
	uint32_t *first;	/* start of each name in `by_name`, and the end */
	struct intern_pool *files;
	const struct module_scope *scope;	/* or NULL */
};

static void add_request(const struct flow_request *request, void *data)
{
	struct search *s = data;
	uint32_t before = s->frontier->asked.nr;
	struct request *w;
	char *text;

	/* kernel-api.conf describes it, so its code is not read. */
	if (!request->record && api_function(s->api, request->name))
		return;
	text = xstrfmt("%d %s %s %s", request->kind,
		       request->module ? request->module : "",
		       request->record ? request->record : "", request->name);
	intern(&s->frontier->asked, text);
	free(text);
	if (s->frontier->asked.nr == before)
		return;
	ALLOC_GROW(s->requests, s->nr + 1, s->alloc);
	w = &s->requests[s->nr++];
	w->kind = request->kind;
	w->name = intern(&s->names, request->name);
	w->record = request->record ? intern(&s->names, request->record) :
				   INTERN_NONE;
	w->module = request->module ? xstrdup(request->module) : NULL;
}

static bool in_module(const struct search *s, const char *file,
		      const char *module)
{
	size_t nr, i;
	const struct compile_command *c = compile_db_find(s->compile_db, file, &nr);

	for (i = 0; i < nr; i++)
		if (!strcmp(c[i].module, module))
			return true;
	return false;
}

static void sort_by_name(struct search *s)
{
	uint32_t *at, name;
	size_t i;

	s->by_name = xcalloc(s->index.nr, sizeof(*s->by_name));
	s->first = xcalloc(s->names.nr + 1, sizeof(*s->first));
	for (i = 0; i < s->index.nr; i++)
		s->first[s->index.hits[i].name + 1]++;
	for (name = 0; name < s->names.nr; name++)
		s->first[name + 1] += s->first[name];
	at = xcalloc(s->names.nr, sizeof(*at));
	memcpy(at, s->first, s->names.nr * sizeof(*at));
	for (i = 0; i < s->index.nr; i++)
		s->by_name[at[s->index.hits[i].name]++] = (uint32_t)i;
	free(at);
}

static bool mentions(const struct search *s, uint32_t file, uint32_t name)
{
	uint32_t i;

	for (i = s->first[name]; i < s->first[name + 1]; i++)
		if (s->index.hits[s->by_name[i]].file == file)
			return true;
	return false;
}

static bool uses_member(const struct search *s, const struct request *w,
			const struct index_hit *hit)
{
	return (hit->kinds & INDEX_MEMBER) &&
	       in_module(s, intern_str(&s->index.files, hit->file), w->module);
}

static bool answers(const struct search *s, const struct request *w,
		    const struct index_hit *hit)
{
	switch (w->kind) {
	case REQUEST_DEFINITION:
		return hit->kinds & INDEX_DEFINITION;
	case REQUEST_CALLERS:
		return hit->kinds & (INDEX_CALL | INDEX_MENTION);
	case REQUEST_TAKERS:
		return (hit->kinds & INDEX_CALL) &&
		       !in_module(s, intern_str(&s->index.files, hit->file),
				  w->module);
	case REQUEST_CALLS:
		return (hit->kinds & INDEX_MEMBER) &&
		       (hit->kinds & INDEX_CALL);
	case REQUEST_MEMBER:
		return uses_member(s, w, hit);
	case REQUEST_SYNC:
		return mentions(s, hit->file, w->record) &&
		       uses_member(s, w, hit);
	}
	return false;
}

/* The next word of "KIND MODULE RECORD NAME"; NULL if it is empty. */
static char *next_word(const char **text)
{
	size_t len = strcspn(*text, " ");
	char *word = len ? xstrndup(*text, len) : NULL;

	*text += len + ((*text)[len] == ' ');
	return word;
}

bool frontier_ask_read(struct frontier_ask *ask, const char *text)
{
	static const unsigned int kinds[] = {
		[REQUEST_DEFINITION] = INDEX_DEFINITION,
		[REQUEST_CALLERS] = INDEX_CALL | INDEX_MENTION,
		[REQUEST_MEMBER] = INDEX_MEMBER,
		[REQUEST_CALLS] = INDEX_MEMBER,
		[REQUEST_TAKERS] = INDEX_CALL,
		[REQUEST_SYNC] = INDEX_MEMBER,
	};
	char *kind = next_word(&text);
	unsigned long k = kind ? strtoul(kind, NULL, 10) : SIZE_MAX;
	bool in_module = k == REQUEST_MEMBER || k == REQUEST_SYNC;

	free(kind);
	memset(ask, 0, sizeof(*ask));
	if (k >= ARRAY_SIZE(kinds))
		return false;
	ask->kinds = kinds[k];
	ask->module = next_word(&text);
	ask->record = next_word(&text);
	ask->name = next_word(&text);
	if (!in_module) {
		free(ask->module);
		ask->module = NULL;
	}
	if (k != REQUEST_SYNC) {
		free(ask->record);
		ask->record = NULL;
	}
	return ask->name;
}

void frontier_ask_release(struct frontier_ask *ask)
{
	free(ask->name);
	free(ask->record);
	free(ask->module);
}

/* For an external module, only few of the kernel's files are in scope. */
static bool concerns(const struct search *s, const struct request *w,
		     uint32_t file)
{
	const struct flow_request request = {
		.kind = w->kind, .name = intern_str(&s->names, w->name),
		.module = w->module,
	};

	return !s->scope ||
		module_scope_answers(s->scope, &request,
				     intern_str(&s->index.files, file));
}

struct answer {
	uint32_t *files;
	size_t nr, alloc;
};

static void answer(struct search *s, const struct request *w)
{
	static const size_t limits[] = {
		[REQUEST_DEFINITION] = MAX_DEFINITIONS,
		[REQUEST_CALLERS] = MAX_CALLERS,
		[REQUEST_MEMBER] = MAX_USERS,
		[REQUEST_CALLS] = MAX_DEFINITIONS,
		[REQUEST_TAKERS] = MAX_CALLERS,
		[REQUEST_SYNC] = MAX_USERS,
	};
	static const char *const kinds[] = { "definition", "callers", "users",
					    "calls", "takers", "syncs" };
	struct answer a = { NULL, 0, 0 };
	bool many;
	size_t i;

	for (i = s->first[w->name]; i < s->first[w->name + 1]; i++) {
		const struct index_hit *hit = &s->index.hits[s->by_name[i]];

		if (!answers(s, w, hit) || !concerns(s, w, hit->file))
			continue;
		ALLOC_GROW(a.files, a.nr + 1, a.alloc);
		a.files[a.nr++] = hit->file;
	}
	many = a.nr > limits[w->kind];
	if (many && w->kind != REQUEST_MEMBER) {
		verbose("%s: in %zu files, too many to follow",
			intern_str(&s->names, w->name), a.nr);
		a.nr = 0;
	}
	if (diag_verbosity > 1)
		verbose("requests %s of %s%s%s: %zu files", kinds[w->kind],
			w->module ? w->module : "", w->module ? ":" : "",
			intern_str(&s->names, w->name), a.nr);
	for (i = 0; i < a.nr; i++) {
		/* A common field name needs the name of its struct beside it. */
		if (many && !mentions(s, a.files[i], w->record))
			continue;
		intern(s->files, intern_str(&s->index.files, a.files[i]));
	}
	free(a.files);
}

void frontier_find(struct frontier *frontier, const struct strbuf *requests,
		   const struct lexicon *lexicon,
		   const struct compile_db *compile_db, const struct api *api,
		   const struct module_scope *scope, struct intern_pool *files)
{
	struct search s = {
		.frontier = frontier, .api = api, .compile_db = compile_db,
		.files = files, .scope = scope,
	};
	size_t i;

	requests_each(requests, add_request, &s);
	if (s.nr) {
		index_find(&s.index, lexicon, &s.names);
		sort_by_name(&s);
	}
	for (i = 0; i < s.nr; i++) {
		answer(&s, &s.requests[i]);
		free(s.requests[i].module);
	}
	free(s.requests);
	free(s.by_name);
	free(s.first);
	index_release(&s.index);
	intern_release(&s.names);
}

void frontier_release(struct frontier *frontier)
{
	intern_release(&frontier->asked);
}
