// SPDX-License-Identifier: GPL-2.0-only
/*
 * kernel-api.conf and --api files as tables: what each function of the kernel
 * does with memory, for facts/ and flow/.
 */
#include "knowledge/api.h"

#include <ctype.h>
#include <fnmatch.h>
#include <uthash.h>
#include <xxhash.h>

#include "knowledge/conf.h"
#include "lib/alloc.h"
#include "lib/diag.h"

#define IDENTIFIER "_0123456789abcdefghijklmnopqrstuvwxyz" \
		   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define MAX_ARGS 32

struct function_entry {
	UT_hash_handle hh;
	struct api_function f;
	size_t start;		/* of a glob: the characters before the first of it */
};

/* A name of [container], [barrier], [scalar] or [opaque-global]. */
struct api_record {
	UT_hash_handle hh;
	char *name;
	char *value;		/* the fields, or the reason */
};

struct api {
	struct function_entry *functions;
	struct function_entry **patterns;	/* names that are globs */
	size_t nr_patterns, alloc_patterns;
	struct api_record *containers, *barriers, *scalars, *globals, *values,
			  *class_devices;
	uint64_t hash, facts_hash;
};

static struct api_function *function_get(struct api *api,
					 const struct conf_entry *e)
{
	struct function_entry *found;

	HASH_FIND_STR(api->functions, e->name, found);
	if (found)
		return &found->f;
	found = xcalloc(1, sizeof(*found));
	found->f = (struct api_function){
		.name = xstrdup(e->name),
		.flags = API_NONE,
		.memory = { .arg = API_NONE },
		.handle = { .arg = API_NONE },
		.direction = API_NONE,
		.attrs = API_NONE,
		.gfp = API_NONE,
		.size = API_NONE,
		.count = API_NONE,
		.file = xstrdup(e->file),
		.line = e->line,
	};
	HASH_ADD_KEYPTR(hh, api->functions, found->f.name,
			strlen(found->f.name), found);
	if (strpbrk(e->name, "*?[")) {
		found->start = strcspn(e->name, "*?[");
		ALLOC_GROW(api->patterns, api->nr_patterns + 1,
			   api->alloc_patterns);
		api->patterns[api->nr_patterns++] = found;
	}
	return &found->f;
}

/* "3" or "return" at the start of the word; what follows it, or NULL. */
static const char *parse_arg(const char *word, int *arg)
{
	char *end;
	long n;

	if (!strncmp(word, "return", 6)) {
		*arg = API_RETURN;
		return word + 6;
	}
	if (!isdigit((unsigned char)*word))
		return NULL;
	n = strtol(word, &end, 10);
	if (n >= MAX_ARGS)
		return NULL;
	*arg = (int)n;
	return end;
}

static void slot_release(struct api_slot *slot)
{
	free(slot->record);
	free(slot->field);
	slot->record = slot->field = NULL;
}

/* A slot at the start of the word; what follows it, or NULL. */
static const char *parse_slot(const char *word, struct api_slot *slot)
{
	const char *end = parse_arg(word, &slot->arg);
	size_t record, field;

	slot->record = slot->field = NULL;
	if (!end || *end != '.')
		return end;
	record = strspn(end + 1, IDENTIFIER);
	if (!record || end[1 + record] != '.')
		return NULL;
	field = strspn(end + record + 2, IDENTIFIER);
	if (!field)
		return NULL;
	slot->record = xstrndup(end + 1, record);
	slot->field = xstrndup(end + record + 2, field);
	return end + record + 2 + field;
}

static int bad_slot(const struct conf_entry *e, const char *word)
{
	return conf_error(e, "[%s] %s: '%s': a slot is an argument's number from 0, 'return', or either with '.struct.field'",
			  e->section, e->name, word);
}

/* The whole word is one slot. */
static int whole_slot(const struct conf_entry *e, const char *word,
		      const char *value, struct api_slot *slot)
{
	const char *end = parse_slot(value, slot);

	if (end && !*end)
		return 0;
	if (end)
		slot_release(slot);
	return bad_slot(e, word);
}

/* The whole word is the number of an argument, given once. */
static int whole_arg(const struct conf_entry *e, const char *word,
		     const char *value, int *arg)
{
	const char *end;

	if (*arg != API_NONE)
		return conf_error(e, "[%s] %s: '%s': said twice", e->section,
				  e->name, word);
	end = parse_arg(value, arg);
	if (end && !*end && *arg != API_RETURN)
		return 0;
	return conf_error(e, "[%s] %s: '%s': no number of an argument, from 0",
			  e->section, e->name, word);
}

/* Where in `word` the value of "key:value" starts, or NULL. */
static const char *after_key(const char *word, const char *key)
{
	size_t len = strlen(key);

	return !strncmp(word, key, len) && word[len] == ':' ?
		word + len + 1 : NULL;
}

static int source_word(struct api_function *f, const struct conf_entry *e,
		       const char *word)
{
	const char *value;
	struct api_slot slot;

	if (!strcmp(word, "brief")) {
		f->brief = true;
		return 0;
	}
	value = after_key(word, "flags");
	if (value)
		return whole_arg(e, word, value, &f->flags);
	value = after_key(word, "fills");
	if (!value)
		return conf_error(e, "[source] %s: '%s': expected fills:SLOT, flags:N or brief",
				  e->name, word);
	if (whole_slot(e, word, value, &slot))
		return -1;
	f->fills = xrealloc(f->fills, (f->nr_fills + 1) * sizeof(*f->fills));
	f->fills[f->nr_fills++] = slot;
	return 0;
}

static int said_twice(const struct conf_entry *e, const char *word)
{
	return conf_error(e, "[%s] %s: '%s': said twice", e->section, e->name,
			  word);
}

static int map_slot(const struct conf_entry *e, const char *word,
		    const char *value, struct api_slot *slot)
{
	if (slot->arg != API_NONE)
		return said_twice(e, word);
	return whole_slot(e, word, value, slot);
}

static int map_name(const struct conf_entry *e, const char *word,
		    const char *value, char **name)
{
	if (*name)
		return said_twice(e, word);
	if (!*value || value[strspn(value, IDENTIFIER)])
		return conf_error(e, "[%s] %s: '%s': expected a name",
				  e->section, e->name, word);
	*name = xstrdup(value);
	return 0;
}

static int map_word(struct api_function *f, const struct conf_entry *e,
		    const char *word)
{
	bool allocates = f->roles & (API_ALLOC | API_FREE | API_POOL_ALLOC);
	const char *value;

	value = after_key(word, "direction");
	if (value)
		return whole_arg(e, word, value, &f->direction);
	value = after_key(word, "attrs");
	if (value)
		return whole_arg(e, word, value, &f->attrs);
	value = allocates ? after_key(word, "gfp") : NULL;
	if (value)
		return whole_arg(e, word, value, &f->gfp);
	value = after_key(word, "size");
	if (value)
		return whole_arg(e, word, value, &f->size);
	value = after_key(word, "count");
	if (value)
		return whole_arg(e, word, value, &f->count);
	value = after_key(word, "handle");
	if (value)
		return map_slot(e, word, value, &f->handle);
	value = after_key(word, "family");
	if (value)
		return map_name(e, word, value, &f->family);
	value = after_key(word, "implies");
	if (value)
		return map_name(e, word, value, &f->implies);
	value = after_key(word, "memory");
	if (value)
		return map_slot(e, word, value, &f->memory);
	return conf_error(e, "[%s] %s: '%s': expected memory:SLOT, handle:SLOT, size:N, count:N, direction:N, attrs:N, %sfamily:NAME or implies:NAME",
			  e->section, e->name, word,
			  allocates ? "gfp:N, " : "");
}

static int transfer_word(struct api_function *f, const struct conf_entry *e,
			 const char *word)
{
	struct api_transfer t = { .to = { .arg = API_NONE } };
	const char *rest = parse_slot(word, &t.from);
	const char *end = NULL;

	t.content = rest && *rest == '=';
	if (rest && (!strncmp(rest, "->", 2) || !strncmp(rest, "=>", 2)))
		end = parse_slot(rest + 2, &t.to);
	if (!end || *end ||
	    (t.from.arg == API_RETURN && t.to.arg == API_RETURN &&
	     !t.from.field && !t.to.field)) {
		slot_release(&t.from);
		slot_release(&t.to);
		return conf_error(e, "[transfer] %s: '%s': expected FROM->TO or FROM=>TO, each an argument's number from 0, 'return', or either with '.struct.field'",
				  e->name, word);
	}
	f->transfers = xrealloc(f->transfers, (f->nr_transfers + 1) *
				sizeof(*f->transfers));
	f->transfers[f->nr_transfers++] = t;
	return 0;
}

typedef int word_fn(struct api_function *f, const struct conf_entry *e,
		    const char *word);

static int each_word(struct api_function *f, const struct conf_entry *e,
		     word_fn *parse)
{
	const char *text = e->value, *start;
	int ret = 0;
	size_t len;

	while ((start = conf_word(&text, &len))) {
		char *word = xstrndup(start, len);

		if (parse(f, e, word))
			ret = -1;
		free(word);
	}
	return ret;
}

static int read_source(struct api *api, const struct conf_entry *e)
{
	struct api_function *f = function_get(api, e);

	f->roles |= API_SOURCE;
	if (each_word(f, e, source_word))
		return -1;
	if (!f->nr_fills)
		return conf_error(e, "[source] %s: no fills:SLOT says where the user memory is",
				  e->name);
	return 0;
}

static int read_map(struct api *api, const struct conf_entry *e,
		    enum api_role role)
{
	struct api_function *f = function_get(api, e);

	if (f->roles & (API_SINK | API_UNMAP | API_SYNC | API_MMIO |
			API_ALLOC | API_FREE | API_CHECK | API_POOL_ALLOC |
			API_POOL_FREE))
		return conf_error(e, "[%s] %s: it is in another of [sink], [unmap], [sync], [mmio], [alloc], [free], [check], [pool-alloc] and [pool-free] already (%s:%u)",
				  e->section, e->name, f->file, f->line);
	f->roles |= role;
	if (each_word(f, e, map_word))
		return -1;
	if (f->memory.arg == API_NONE)
		return conf_error(e, "[%s] %s: no memory:SLOT says what is mapped",
				  e->section, e->name);
	return 0;
}

static int read_sink(struct api *api, const struct conf_entry *e)
{
	return read_map(api, e, API_SINK);
}

static int read_unmap(struct api *api, const struct conf_entry *e)
{
	return read_map(api, e, API_UNMAP);
}

static int read_sync(struct api *api, const struct conf_entry *e)
{
	return read_map(api, e, API_SYNC);
}

static int read_mmio(struct api *api, const struct conf_entry *e)
{
	return read_map(api, e, API_MMIO);
}

static int read_alloc(struct api *api, const struct conf_entry *e)
{
	return read_map(api, e, API_ALLOC);
}

static int read_free(struct api *api, const struct conf_entry *e)
{
	return read_map(api, e, API_FREE);
}

static int read_check(struct api *api, const struct conf_entry *e)
{
	return read_map(api, e, API_CHECK);
}

static int read_pool_alloc(struct api *api, const struct conf_entry *e)
{
	return read_map(api, e, API_POOL_ALLOC);
}

static int read_pool_free(struct api *api, const struct conf_entry *e)
{
	return read_map(api, e, API_POOL_FREE);
}

static int read_transfer(struct api *api, const struct conf_entry *e)
{
	struct api_function *f = function_get(api, e);

	f->roles |= API_TRANSFER;
	return each_word(f, e, transfer_word);
}

static int kernel_word(struct api_function *f, const struct conf_entry *e,
		       const char *word)
{
	struct api_slot slot;

	if (whole_slot(e, word, word, &slot))
		return -1;
	f->gives = xrealloc(f->gives, (f->nr_gives + 1) * sizeof(*f->gives));
	f->gives[f->nr_gives++] = slot;
	return 0;
}

static int read_kernel(struct api *api, const struct conf_entry *e)
{
	struct api_function *f = function_get(api, e);

	f->roles |= API_KERNEL;
	return each_word(f, e, kernel_word);
}

static int read_stop(struct api *api, const struct conf_entry *e)
{
	struct api_function *f = function_get(api, e);

	f->roles |= API_STOP;
	f->reason = xstrdup(e->value);
	return 0;
}

static int add_record(struct api_record **table, const struct conf_entry *e)
{
	struct api_record *record = xcalloc(1, sizeof(*record));

	record->name = xstrdup(e->name);
	record->value = xstrdup(e->value);
	HASH_ADD_KEYPTR(hh, *table, record->name, strlen(record->name), record);
	return 0;
}

static int read_container(struct api *api, const struct conf_entry *e)
{
	const char *text = e->value, *word;
	size_t len;

	while ((word = conf_word(&text, &len)))
		if (strspn(word, IDENTIFIER) != len && strcmp(e->value, "*"))
			return conf_error(e, "[container] %s: '%.*s': expected names of fields, or '*' for all of them",
					  e->name, (int)len, word);
	return add_record(&api->containers, e);
}

static int read_barrier(struct api *api, const struct conf_entry *e)
{
	return add_record(&api->barriers, e);
}

static int read_class_device(struct api *api, const struct conf_entry *e)
{
	return add_record(&api->class_devices, e);
}

static int read_scalar(struct api *api, const struct conf_entry *e)
{
	return add_record(&api->scalars, e);
}

static int read_global(struct api *api, const struct conf_entry *e)
{
	return add_record(&api->globals, e);
}

static int read_value(struct api *api, const struct conf_entry *e)
{
	char *end;

	strtoull(e->value, &end, 0);
	if (*end || !isdigit((unsigned char)e->value[0]))
		return conf_error(e, "[value] %s: '%s' is no number",
				  e->name, e->value);
	return add_record(&api->values, e);
}

static const struct {
	const char *name;
	int (*read)(struct api *api, const struct conf_entry *e);
} sections[] = {
	{ "source",		read_source },
	{ "sink",		read_sink },
	{ "unmap",		read_unmap },
	{ "sync",		read_sync },
	{ "mmio",		read_mmio },
	{ "alloc",		read_alloc },
	{ "free",		read_free },
	{ "check",		read_check },
	{ "pool-alloc",		read_pool_alloc },
	{ "pool-free",		read_pool_free },
	{ "transfer",		read_transfer },
	{ "stop",		read_stop },
	{ "kernel-memory",	read_kernel },
	{ "container",		read_container },
	{ "barrier",	read_barrier },
	{ "scalar",		read_scalar },
	{ "opaque-global",	read_global },
	{ "class-device",	read_class_device },
	{ "value",		read_value },
};

static int read_entry(struct api *api, const struct conf_entry *e)
{
	const char *allowed = IDENTIFIER;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sections); i++)
		if (!strcmp(sections[i].name, e->section))
			break;
	if (i == ARRAY_SIZE(sections))
		return conf_error(e, "there is no section [%s]; the sections are source, sink, unmap, sync, mmio, alloc, free, transfer, stop, kernel-memory, container, barrier, scalar, opaque-global and value",
				  e->section);
	/* Only what ends the way can be said of a whole family of functions. */
	if (!strcmp(e->section, "stop"))
		allowed = IDENTIFIER "*?[]";
	if (e->name[strspn(e->name, allowed)] ||
	    isdigit((unsigned char)e->name[0]))
		return conf_error(e, "'%s' is no identifier of C", e->name);
	return sections[i].read(api, e);
}

/* The hash of a name, of the table it is in, and of what is said of it. */
static uint64_t hash_name(const char *name, uint64_t table, const char *said)
{
	uint64_t hash = XXH3_64bits_withSeed(name, strlen(name), table);

	return XXH3_64bits_withSeed(said, strlen(said), hash);
}

static bool returns_memory(const struct api_function *f)
{
	size_t i;

	for (i = 0; i < f->nr_transfers; i++)
		if (f->transfers[i].to.arg == API_RETURN)
			return true;
	return false;
}

static uint64_t hash_for_facts(const struct api *api)
{
	const struct api_record *const tables[] = {
		api->containers, api->barriers, api->scalars, api->globals,
	};
	const struct function_entry *entry;
	const struct api_record *record;
	uint64_t hash = 0;
	size_t i;

	/* A sum: their order makes no difference. */
	for (entry = api->functions; entry; entry = entry->hh.next)
		hash += hash_name(entry->f.name, ARRAY_SIZE(tables),
				  returns_memory(&entry->f) ? "returns" : "");
	for (i = 0; i < ARRAY_SIZE(tables); i++)
		for (record = tables[i]; record; record = record->hh.next)
			hash += hash_name(record->name, i,
					  i ? "" : record->value);
	return hash;
}

static int functions_by_name(const struct function_entry *a,
			     const struct function_entry *b)
{
	return strcmp(a->f.name, b->f.name);
}

struct api *api_read(const char *path, const char *const *more, size_t nr)
{
	struct api *api = xcalloc(1, sizeof(*api));
	struct conf conf = CONF_INIT;
	int failed = conf_read_all(&conf, path, more, nr);
	size_t i;

	for (i = 0; i < conf.nr; i++)
		if (!conf.list[i].removed && read_entry(api, &conf.list[i]))
			failed = -1;
	api->hash = conf_hash(&conf);
	conf_release(&conf);
	if (failed) {
		api_free(api);
		return NULL;
	}
	HASH_SORT(api->functions, functions_by_name);
	api->facts_hash = hash_for_facts(api);
	return api;
}

const struct api_function *api_function(const struct api *api,
					const char *name)
{
	struct function_entry *found;

	size_t i;

	HASH_FIND_STR(api->functions, name, found);
	if (found)
		return &found->f;
	for (i = 0; i < api->nr_patterns; i++) {
		const char *glob = api->patterns[i]->f.name;

		/* Most names are none of them: their start tells. */
		if (strncmp(glob, name, api->patterns[i]->start))
			continue;
		if (!fnmatch(glob, name, 0) && api->patterns[i]->f.roles)
			return &api->patterns[i]->f;
	}
	return NULL;
}

void api_each(const struct api *api, unsigned int roles,
	      void (*fn)(const struct api_function *function, void *data),
	      void *data)
{
	const struct function_entry *entry;

	for (entry = api->functions; entry; entry = entry->hh.next)
		if (entry->f.roles & roles)
			fn(&entry->f, data);
}

bool api_in_family(const struct api_function *function, const char *family)
{
	return function->family && !strcmp(function->family, family);
}

static const char *record_value(const struct api_record *table,
				const char *name)
{
	struct api_record *found;

	HASH_FIND_STR(table, name, found);
	return found ? found->value : NULL;
}

bool api_is_container(const struct api *api, const char *record)
{
	return record_value(api->containers, record) != NULL;
}

static bool conf_has_word(const char *text, const char *name)
{
	const char *word;
	size_t len;

	while ((word = conf_word(&text, &len)))
		if (len == strlen(name) && !memcmp(word, name, len))
			return true;
	return false;
}

bool api_container_field(const struct api *api, const char *record,
			 const char *field)
{
	const char *text = record_value(api->containers, record);

	return text && (!strcmp(text, "*") || conf_has_word(text, field));
}

bool api_is_class_device(const struct api *api, const char *record,
			 const char *field)
{
	const char *text = record_value(api->class_devices, record);

	return text && conf_has_word(text, field);
}

const char *api_barrier(const struct api *api, const char *record)
{
	return record_value(api->barriers, record);
}

bool api_is_scalar(const struct api *api, const char *name)
{
	return record_value(api->scalars, name) != NULL;
}

bool api_is_opaque_global(const struct api *api, const char *name)
{
	return record_value(api->globals, name) != NULL;
}

uint64_t api_hash(const struct api *api)
{
	return api->hash;
}

uint64_t api_facts_hash(const struct api *api)
{
	return api->facts_hash;
}

static void function_free(struct api_function *f)
{
	size_t i;

	for (i = 0; i < f->nr_fills; i++)
		slot_release(&f->fills[i]);
	for (i = 0; i < f->nr_transfers; i++) {
		slot_release(&f->transfers[i].from);
		slot_release(&f->transfers[i].to);
	}
	for (i = 0; i < f->nr_gives; i++)
		slot_release(&f->gives[i]);
	slot_release(&f->memory);
	slot_release(&f->handle);
	free(f->family);
	free(f->implies);
	free(f->fills);
	free(f->gives);
	free(f->transfers);
	free(f->reason);
	free(f->file);
	free(f->name);
}

static void records_free(struct api_record *table)
{
	struct api_record *record, *tmp;

	HASH_ITER(hh, table, record, tmp) {
		HASH_DEL(table, record);
		free(record->name);
		free(record->value);
		free(record);
	}
}

void api_free(struct api *api)
{
	struct function_entry *entry, *tmp;

	if (!api)
		return;
	HASH_ITER(hh, api->functions, entry, tmp) {
		HASH_DEL(api->functions, entry);
		function_free(&entry->f);
		free(entry);
	}
	records_free(api->containers);
	records_free(api->barriers);
	records_free(api->scalars);
	records_free(api->globals);
	records_free(api->values);
	records_free(api->class_devices);
	free(api->patterns);
	free(api);
}

uint64_t api_value(const struct api *api, const char *name)
{
	struct api_record *record;

	HASH_FIND_STR(api->values, name, record);
	return record ? strtoull(record->value, NULL, 0) : 0;
}
