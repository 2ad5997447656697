// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the subject and the changelog of a patch, from the findings that it
 * fixes; for series.c.
 */
#include "fix/letter.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/strvec.h"

#define COLUMNS 75

static const struct {
	const char *rule, *subject, *reason;
	bool fixes;	/* a bug, which a commit introduced */
	const char *patch;	/* if this one fixed it, whatever the rule; or NULL */
} texts[] = {
	{ "missing-require-coherent",
	  "map user memory with DMA_ATTR_REQUIRE_COHERENT",
	  "User memory is mapped for DMA and stays accessible to user space "
	  "while the device uses it. This works only if the device and the CPU "
	  "see the same memory at all times. If the mapping needs a bounce "
	  "buffer (SWIOTLB, as in every confidential guest) or cache "
	  "maintenance, they do not, and data is silently corrupted.\n"
	  "Map the memory with DMA_ATTR_REQUIRE_COHERENT, so that the mapping "
	  "fails in these cases, and unmap it with the same attribute.", true, NULL },
	{ "unmap-attr-mismatch",
	  "unmap DMA memory with the direction it was mapped with",
	  "Memory is unmapped with another direction than it was mapped with. "
	  "The direction decides which caches are maintained, and whether the "
	  "data is copied back from a bounce buffer (SWIOTLB).\n"
	  "Unmap the memory with the direction of the map, as its other unmaps "
	  "do.", true, "unmap-direction" },
	{ "unmap-attr-mismatch",
	  "use the same DMA attributes for map and unmap",
	  "Memory is mapped and unmapped with different DMA attributes. The "
	  "attributes decide what has to be undone: if they differ, a bounce "
	  "buffer can be leaked, or the CPU caches are synced when they must "
	  "not be, or the other way around.\n"
	  "Unmap the memory with the attributes that it was mapped with.", true,
	  NULL },
	{ "wc-free-mismatch",
	  "free dma_alloc_wc() memory with the same attributes",
	  "Memory allocated with dma_alloc_wc() is freed without "
	  "DMA_ATTR_WRITE_COMBINE. The DMA API requires the same attributes for "
	  "both, because they can decide where the memory was allocated from "
	  "and how it was mapped.\n"
	  "Pass the attributes of the allocation when freeing the memory.", true,
	  NULL },
	{ "redundant-ignore-cachelines",
	  "drop redundant DMA_ATTR_DEBUGGING_IGNORE_CACHELINES",
	  "A mapping with DMA_ATTR_REQUIRE_COHERENT never needs cache "
	  "maintenance, and DMA debugging does not warn about cache lines that "
	  "such mappings share. DMA_ATTR_DEBUGGING_IGNORE_CACHELINES has no "
	  "effect in addition.\n"
	  "Drop it.", false, NULL },
	{ "map-sg-negative-check",
	  "fix error check of dma_map_sg()",
	  "dma_map_sg() returns 0 on failure and never a negative value. A "
	  "check for a negative value does not catch the failure, and the "
	  "device is given addresses that were never mapped.\n"
	  "Check for 0 instead.", true, NULL },
	{ "unmap-sg-mapped-count",
	  "unmap scatterlists with the nents given to dma_map_sg()",
	  "dma_map_sg() can merge adjacent entries, and returns the number that "
	  "is left for the device. dma_unmap_sg() and dma_sync_sg_for_*() must be "
	  "passed the number that was given to dma_map_sg(). With a smaller one, "
	  "the last entries are not unmapped or synced.\n"
	  "Pass the number of entries of the list.", true, NULL },
	{ "gfp-comp",
	  "do not allocate DMA memory with __GFP_COMP",
	  "dma_alloc_coherent() and the like do not return compound pages. Since "
	  "commit ffcb75458460 (\"dma-mapping: reject __GFP_COMP in "
	  "dma_alloc_attrs\"), they warn and fail if they are passed __GFP_COMP.\n"
	  "Drop the flag.", true, NULL },
	{ "size-mismatch",
	  "unmap and free DMA memory with the right size",
	  "Memory is unmapped or freed with another size than it was mapped or "
	  "allocated with. If the size is too small, the rest stays mapped or is "
	  "leaked; if it is too large, memory of others is released.\n"
	  "Pass the size that the memory was mapped or allocated with.", true, NULL },
	{ "dma-address-zero-check",
	  "check mappings with dma_mapping_error()",
	  "dma_map_single() and the like return DMA_MAPPING_ERROR on failure, "
	  "which is not 0, and 0 can be a valid DMA address. A comparison with 0 "
	  "does not catch the failure, and the device is given an invalid "
	  "address.\n"
	  "Use dma_mapping_error() instead.", true,
	  "dma-address-zero-check" },
	{ "missing-mapping-error-check",
	  "check mappings with dma_mapping_error()",
	  "dma_map_single() and the like can fail, for example if there is no "
	  "IOVA space or bounce buffer left. The address that they return then is "
	  "not valid, and the device must not be given it.\n"
	  "Check it with dma_mapping_error(), and leave on failure as the other "
	  "error paths do.", true, NULL },
	{ "coherent-alloc-check",
	  "check the pointer that dma_alloc_coherent() returns",
	  "dma_alloc_coherent() and the like return NULL on failure, and do not "
	  "set the DMA address then. A test of the address does not catch the "
	  "failure reliably.\n"
	  "Test the returned pointer instead.", true, NULL },
};

static bool is_made_by(const struct fix_outcome *o, const char *patch)
{
	size_t i;

	for (i = 0; i < o->nr_patches; i++)
		if (!strcmp(o->patches[i], patch))
			return true;
	return false;
}

static size_t find_text(const struct fix_outcome *o)
{
	const char *rule = o->finding->rule;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		if (texts[i].patch ? is_made_by(o, texts[i].patch) :
		    !strcmp(texts[i].rule, rule))
			return i;
	BUG("a fix for %s has no changelog", rule);
}

/* Whether outcome `number` is the first of its rule. */
static bool is_first(const struct letter *l, size_t number)
{
	size_t i;

	for (i = 0; i < number; i++)
		if (find_text(l->outcomes[i]) == find_text(l->outcomes[number]))
			return false;
	return true;
}

bool letter_fixes(const struct fix_outcome *o)
{
	return texts[find_text(o)].fixes;
}

char *letter_subject(const struct letter *l)
{
	size_t i;

	if (!l->nr && strchr(l->renamed, ','))
		return xstrdup("rename retired attributes");
	if (!l->nr)
		return xstrfmt("rename %s", l->renamed);
	for (i = 1; i < l->nr; i++)
		if (is_first(l, i))
			return xstrdup("fix use of the DMA API");
	return xstrdup(texts[find_text(l->outcomes[0])].subject);
}

static void wrap_line(struct strbuf *out, const char *text, size_t len)
{
	size_t column = 0, word;

	while (len) {
		word = strcspn(text, " \n");
		if (word > len)
			word = len;
		if (column && column + 1 + word > COLUMNS) {
			strbuf_addch(out, '\n');
			column = 0;
		}
		if (column)
			strbuf_addch(out, ' ');
		strbuf_add(out, text, word);
		column += word + (column > 0);
		text += word;
		len -= word;
		for (; len && *text == ' '; text++)
			len--;
	}
	strbuf_addstr(out, "\n\n");
}

void letter_wrap(struct strbuf *out, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		wrap_line(out, text, len);
		text += len + (text[len] != '\0');
	}
}

void letter_reason(struct strbuf *out, const struct letter *l)
{
	size_t i;

	for (i = 0; i < l->nr; i++)
		if (is_first(l, i))
			letter_wrap(out, texts[find_text(l->outcomes[i])].reason);
	if (l->renamed) {
		char *whole = xstrfmt("Rename %s in the whole tree: in the code of all architectures, comments, documentation and tools. The old name is retired, and code that uses it does not build with the new one.",
				      l->renamed);

		letter_wrap(out, whole);
		free(whole);
	}
}

static void add_trace_step(struct strbuf *out, const struct location *loc,
			   const char *level, const char *message)
{
	strbuf_addf(out, "  %s:%u:%u: %s: %s\n", loc->file, loc->line,
		    loc->column, level, message);
}

static void add_to_names(struct strbuf *list, const char *name, const char *suffix)
{
	if (!strstr(list->buf, name))
		strbuf_addf(list, "%s%s%s", list->len ? ", " : "", name,
			    suffix);
}

/* "dmacheck reports, in f() and g():" */
static void add_functions(struct strbuf *out, const struct letter *l)
{
	struct strvec names = STRVEC_INIT;
	struct strbuf text = STRBUF_INIT;
	size_t i;

	for (i = 0; i < l->nr; i++) {
		const char *name = l->outcomes[i]->finding->loc.function;

		if (name && !strvec_has(&names, name))
			strvec_push(&names, name);
	}
	strbuf_addstr(&text, "dmacheck reports");
	for (i = 0; i < names.nr; i++)
		strbuf_addf(&text, "%s %s()", !i ? ", in" :
			    i + 1 < names.nr ? "," : " and", names.v[i]);
	strbuf_addch(&text, ':');
	letter_wrap(out, text.buf);
	strbuf_release(&text);
	strvec_release(&names);
}

void letter_quote(struct strbuf *out, const struct letter *l)
{
	struct strbuf rules = STRBUF_INIT, patches = STRBUF_INIT;
	char *text;
	size_t i, j;

	if (l->nr)
		add_functions(out, l);
	for (i = 0; i < l->nr; i++) {
		const struct fix_outcome *o = l->outcomes[i];
		const struct finding *f = o->finding;

		add_trace_step(out, &f->loc, level_name(f->level), f->message);
		for (j = 0; j < f->nr_trace; j++)
			add_trace_step(out, &f->trace[j].loc, "note",
				       f->trace[j].message);
		add_to_names(&rules, f->rule, "");
		for (j = 0; j < o->nr_patches; j++)
			add_to_names(&patches, o->patches[j], ".cocci");
	}
	if (l->nr)
		text = xstrfmt("\nFound with dmacheck (%s) and changed with Coccinelle (%s). Neither build-tested nor run-tested.",
			       rules.buf, patches.buf);
	else
		text = xstrdup("Renamed with dmacheck (retired-attr-name). Neither build-tested nor run-tested.");
	if (*text == '\n')
		strbuf_addch(out, '\n');
	letter_wrap(out, text + (*text == '\n'));
	free(text);
	strbuf_release(&rules);
	strbuf_release(&patches);
}
