// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compares the attributes of a map and its unmap, or of an allocation and its free,
 * and reports differences; for the rules about pairs.
 */
#include "rules/common/pairing.h"


#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/ctext.h"
#include "lib/strbuf.h"
#include "rules/rule.h"
#include "tree/tree.h"

/*
 * Linux 7.2, kernel/dma/debug.c:1085, commit a34bd60bdaeb ("dma-debug: Ensure
 * mappings are created and released with matching attributes").
 */
static const char *const by_default[] = {
	"DMA_ATTR_NO_KERNEL_MAPPING", "DMA_ATTR_FORCE_CONTIGUOUS",
	"DMA_ATTR_MMIO", "DMA_ATTR_REQUIRE_COHERENT", "DMA_ATTR_PRIVILEGED",
	"DMA_ATTR_CC_SHARED",
};

/* The attributes in the definition at `text`. */
static uint64_t parse_attrs(const struct tree *tree, const char *text)
{
	uint64_t bits = 0;

	while (*text && *text != '\n') {
		size_t n = 0;

		while (ctext_in_name(text[n]))
			n++;
		if (n) {
			char *name = xstrndup(text, n);

			bits |= tree_attr_mask(tree, name);
			free(name);
			text += n;
		} else if (text[0] == '\\' && text[1] == '\n') {
			text += 2;
		} else {
			text++;
		}
	}
	return bits;
}

uint64_t unmap_valid(const struct tree *tree)
{
	static const char define[] = "#define DMA_ATTR_UNMAP_VALID";
	char *text = tree_read(tree, "kernel/dma/debug.c", NULL);
	const char *at = text ? strstr(text, define) : NULL;
	uint64_t bits = 0;
	size_t i;

	if (at)
		bits = parse_attrs(tree, at + sizeof(define) - 1);
	for (i = 0; !at && i < ARRAY_SIZE(by_default); i++)
		bits |= tree_attr_mask(tree, by_default[i]);
	free(text);
	return bits;
}

static uint64_t attrs_mask(const struct tree *tree, const char *const *names)
{
	uint64_t bits = 0;

	for (; *names; names++)
		bits |= tree_attr_mask(tree, *names);
	return bits;
}

uint64_t attrs_of_allocations(const struct tree *tree)
{
	static const char *const names[] = { "DMA_ATTR_NO_KERNEL_MAPPING",
		"DMA_ATTR_FORCE_CONTIGUOUS", "DMA_ATTR_ALLOC_SINGLE_PAGES",
		"DMA_ATTR_WRITE_COMBINE", NULL };

	return attrs_mask(tree, names);
}

uint64_t attrs_of_maps(const struct tree *tree)
{
	static const char *const names[] = { "DMA_ATTR_SKIP_CPU_SYNC",
		"DMA_ATTR_MMIO", "DMA_ATTR_REQUIRE_COHERENT", NULL };

	return attrs_mask(tree, names);
}

char *attr_names(const struct tree *tree, uint64_t bits)
{
	struct strbuf names = STRBUF_INIT;
	size_t i;

	for (i = 0; i < tree->nr_attrs; i++)
		if (bits & tree->attrs[i].mask)
			strbuf_addf(&names, "%s%s", names.len ? " | " : "",
				    tree->attrs[i].name);
	return strbuf_detach(&names, NULL);
}

uint64_t constants_any(const struct constants *set)
{
	uint64_t bits = 0;
	uint32_t i;

	for (i = 0; i < set->nr; i++)
		bits |= set->values[i];
	return bits;
}

uint64_t constants_common(const struct constants *set)
{
	uint64_t bits = UINT64_MAX;
	uint32_t i;

	for (i = 0; i < set->nr; i++)
		bits &= set->values[i];
	return bits;
}

bool constants_known(const struct constants *set)
{
	return set->nr && !set->unknown;
}

static uint64_t implied_attrs(const struct tree *tree,
			const struct flow_partner *partner)
{
	const char *name = partner->call.api->implies;

	return name ? tree_attr_mask(tree, name) : 0;
}

struct attr_difference attrs_compare(const struct tree *tree,
				     const struct flow_partner *map,
				     const struct flow_partner *unmap,
				     uint64_t bits)
{
	struct attr_difference none = { 0, 0 }, d;
	uint64_t mapped, unmapped, sometimes;

	if (!constants_known(&map->attrs) || !constants_known(&unmap->attrs))
		return none;
	mapped = constants_any(&map->attrs) | implied_attrs(tree, map);
	unmapped = constants_any(&unmap->attrs) | implied_attrs(tree, unmap);
	sometimes = mapped & ~constants_common(&map->attrs) & map->unmap_bits;
	d.lost = mapped & ~unmapped & ~sometimes & bits;
	d.added = unmapped & ~mapped & bits;
	return d;
}

const char *pairing_done(const struct flow_partner *map)
{
	return map->call.api->roles & API_ALLOC ? "allocated" : "mapped";
}

const char *pairing_undone(const struct flow_partner *unmap)
{
	return unmap->call.api->roles & API_FREE ? "freed" : "unmapped";
}

struct attr_difference pairing_difference(const struct tree *tree,
					  const struct flow_pairing *pairing,
					  uint64_t bits)
{
	struct attr_difference first = { 0, 0 };
	size_t i;

	for (i = 0; i < pairing->nr_maps; i++) {
		struct attr_difference d =
			attrs_compare(tree, &pairing->maps[i], &pairing->unmap,
				      bits);

		if (!d.lost && !d.added)
			return d;
		if (!i)
			first = d;
	}
	return first;
}

static void pairing_steps(struct finding *finding,
			  const struct flow_pairing *pairing)
{
	const struct flow_partner *unmap = &pairing->unmap;
	size_t i;

	for (i = 0; i < pairing->nr_maps; i++) {
		const struct flow_partner *map = &pairing->maps[i];

		finding_step(finding, &map->call.loc, "%s here with %s()",
			     pairing_done(map), map->call.spelling);
		if (map->has_via)
			finding_step(finding, &map->via, "%s for this caller",
				     pairing_done(map));
	}
	if (unmap->has_via)
		finding_step(finding, &unmap->via, "%s for this caller",
			     pairing_undone(unmap));
}

struct finding *pairing_report(struct rule_run *run,
			       const struct flow_pairing *pairing,
			       const char *fmt, ...)
{
	const struct flow_call *unmap = &pairing->unmap.call;
	struct finding *finding;
	va_list args;

	va_start(args, fmt);
	finding = rule_vreport(run, &unmap->loc, unmap->module, fmt, args);
	va_end(args);
	pairing_steps(finding, pairing);
	return finding;
}

struct finding *pairing_report_attrs(struct rule_run *run,
				     const struct flow_pairing *pairing,
				     struct attr_difference difference)
{
	const char *done = pairing_done(&pairing->maps[0]);
	const char *undone = pairing_undone(&pairing->unmap);
	char *names = attr_names(run->tree, difference.lost ? difference.lost :
							      difference.added);
	struct finding *finding;

	finding = pairing_report(run, pairing, "%s with %s, but %s without",
				 difference.lost ? done : undone, names,
				 difference.lost ? undone : done);
	free(names);
	return finding;
}

/* Families of the same kind of mapping. */
static const struct {
	const char *map, *unmap;
} alike[] = {
	{ "page", "phys" }, { "phys", "page" },
	{ "pages", "noncoherent" }, { "noncoherent", "pages" },
	/* managed-unmanaged-free reports this one */
	{ "managed", "attrs" },
};

bool pairing_in_family(const struct api_function *map,
		       const struct api_function *unmap)
{
	size_t i;

	if (!map->family || !unmap->family ||
	    !strcmp(map->family, unmap->family))
		return true;
	for (i = 0; i < ARRAY_SIZE(alike); i++)
		if (!strcmp(map->family, alike[i].map) &&
		    !strcmp(unmap->family, alike[i].unmap))
			return true;
	return false;
}
