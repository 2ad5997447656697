// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes and frees fact sets, and converts them to bytes and back; for the store and
 * the pipes of pool.c.
 */
#include "facts/facts.h"

#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/diag.h"

void facts_init(struct fact_set *set)
{
	memset(set, 0, sizeof(*set));
}

void facts_release(struct fact_set *set)
{
	intern_release(&set->strings);
	free(set->functions);
	free(set->places);
	free(set->terms);
	free(set->ops);
	free(set->args);
	free(set->branches);
	free(set->blocks);
	free(set->details);
	free(set->records);
	free(set->fields);
	free(set->exports);
	facts_init(set);
}

/* The arrays of a set, in the order in which they are saved. */
#define FOR_EACH_ARRAY(X) \
	X(functions) X(places) X(terms) X(ops) X(args) X(branches) \
	X(blocks) \
	X(details) X(records) X(fields) X(exports)

struct saved_header {
	uint64_t checksum;	/* over all that follows it */
	uint32_t version, string_bytes, nr_strings;
	uint32_t nr_functions, nr_places, nr_terms, nr_ops, nr_args,
		 nr_branches, nr_blocks, nr_details, nr_records, nr_fields, nr_exports;
};

static size_t checked_part(const void *data, size_t len, const void **start)
{
	*start = (const char *)data + sizeof(uint64_t);
	return len - sizeof(uint64_t);
}

void *facts_save(const struct fact_set *set, size_t *len)
{
	struct saved_header header = {
		.version = FACTS_VERSION,
		.nr_strings = set->strings.nr,
	};
	const void *start;
	size_t total = sizeof(header), checked;
	char *data, *p;
	uint32_t i;

	for (i = 0; i < set->strings.nr; i++)
		header.string_bytes +=
			(uint32_t)strlen(facts_str(set, i)) + 1;
#define COUNT(a) \
	header.nr_##a = set->nr_##a; \
	total += set->nr_##a * sizeof(*set->a);
	FOR_EACH_ARRAY(COUNT)
#undef COUNT
	total += header.string_bytes;
	data = xcalloc(1, total);
	p = data + sizeof(header);
#define WRITE(a) \
	if (set->nr_##a) \
		memcpy(p, set->a, set->nr_##a * sizeof(*set->a)); \
	p += set->nr_##a * sizeof(*set->a);
	FOR_EACH_ARRAY(WRITE)
#undef WRITE
	for (i = 0; i < set->strings.nr; i++) {
		const char *s = facts_str(set, i);
		size_t n = strlen(s) + 1;

		memcpy(p, s, n);
		p += n;
	}
	memcpy(data, &header, sizeof(header));
	checked = checked_part(data, total, &start);
	header.checksum = XXH3_64bits(start, checked);
	memcpy(data, &header, sizeof(header));
	*len = total;
	return data;
}

static int load_strings(struct fact_set *set, const char *p, size_t len,
			uint32_t nr)
{
	char *text = xmalloc(len ? len : 1);

	memcpy(text, p, len);
	return intern_adopt(&set->strings, text, len, nr);
}

int facts_load(struct fact_set *set, const void *data, size_t len)
{
	struct saved_header header;
	const char *p = data;
	const void *start;
	size_t total = sizeof(header), checked;

	facts_init(set);
	if (len < sizeof(header))
		return -1;
	memcpy(&header, data, sizeof(header));
	checked = checked_part(data, len, &start);
	if (header.version != FACTS_VERSION ||
	    header.checksum != XXH3_64bits(start, checked))
		return -1;
#define COUNT(a) total += header.nr_##a * sizeof(*set->a);
	FOR_EACH_ARRAY(COUNT)
#undef COUNT
	if (total + header.string_bytes != len)
		return -1;
	p += sizeof(header);
#define READ(a) \
	set->nr_##a = set->alloc_##a = header.nr_##a; \
	set->a = xmalloc(header.nr_##a * sizeof(*set->a)); \
	memcpy(set->a, p, header.nr_##a * sizeof(*set->a)); \
	p += header.nr_##a * sizeof(*set->a);
	FOR_EACH_ARRAY(READ)
#undef READ
	if (load_strings(set, p, header.string_bytes, header.nr_strings) ||
	    !facts_valid(set)) {
		facts_release(set);
		return -1;
	}
	return 0;
}
