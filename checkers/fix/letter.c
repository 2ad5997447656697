// SPDX-License-Identifier: GPL-2.0-only
#include "fix/letter.h"

#include "lib/alloc.h"
#include "lib/strbuf.h"
#include "rules/rule.h"

#define COLUMNS 75

/* --- rules in words --- */

static const struct {
	const char *rule, *subject, *reason;
} texts[] = {
	{ "missing-require-coherent",
	  "map user memory with DMA_ATTR_REQUIRE_COHERENT",
	  "User memory is mapped for DMA and stays accessible to user space "
	  "while the device uses it. This works only if the device and the CPU "
	  "see the same memory at all times. If the mapping needs a bounce "
	  "buffer (SWIOTLB, as in every confidential guest) or cache "
	  "maintenance, they do not, and data is silently corrupted.\n"
	  "Map the memory with DMA_ATTR_REQUIRE_COHERENT, so that the mapping "
	  "fails in these cases, and unmap it with the same attribute." },
	{ "unmap-attr-mismatch",
	  "use the same DMA attributes for map and unmap",
	  "Memory is mapped and unmapped with different DMA attributes. The "
	  "attributes decide what has to be undone: if they differ, a bounce "
	  "buffer can be leaked, or the CPU caches are synced when they must "
	  "not be, or the other way around.\n"
	  "Unmap the memory with the attributes that it was mapped with." },
	{ "wc-free-mismatch",
	  "free dma_alloc_wc() memory with the same attributes",
	  "Memory allocated with dma_alloc_wc() is freed without "
	  "DMA_ATTR_WRITE_COMBINE. The DMA API requires the same attributes for "
	  "both, because they can decide where the memory was allocated from "
	  "and how it was mapped.\n"
	  "Pass the attributes of the allocation when freeing the memory." },
	{ "redundant-ignore-cachelines",
	  "drop redundant DMA_ATTR_DEBUGGING_IGNORE_CACHELINES",
	  "A mapping with DMA_ATTR_REQUIRE_COHERENT never needs cache "
	  "maintenance, and DMA debugging does not warn about cache lines that "
	  "such mappings share. DMA_ATTR_DEBUGGING_IGNORE_CACHELINES has no "
	  "effect in addition.\n"
	  "Drop it." },
	{ "map-sg-negative-check",
	  "fix error check of dma_map_sg()",
	  "dma_map_sg() returns 0 on failure and never a negative value. A "
	  "check for a negative value does not catch the failure, and the "
	  "device is given addresses that were never mapped.\n"
	  "Check for 0 instead." },
};

static int find_text(const char *rule)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		if (!strcmp(texts[i].rule, rule))
			return (int)i;
	return -1;
}

/* Whether `number` is the first of its rule. */
static bool is_first(const struct letter *l, size_t number)
{
	size_t i;

	for (i = 0; i < number; i++)
		if (!strcmp(l->outcomes[i]->finding->rule,
			    l->outcomes[number]->finding->rule))
			return false;
	return true;
}

static size_t count_rules(const struct letter *l)
{
	size_t i, nr = 0;

	for (i = 0; i < l->nr; i++)
		nr += is_first(l, i);
	return nr;
}

char *letter_subject(const struct letter *l)
{
	const char *rule;
	int text;

	if (!l->nr && strchr(l->renamed, ','))
		return xstrdup("rename retired attributes");
	if (!l->nr)
		return xstrfmt("rename %s", l->renamed);
	if (count_rules(l) > 1)
		return xstrdup("fix DMA mapping attributes");
	rule = l->outcomes[0]->finding->rule;
	text = find_text(rule);
	return text >= 0 ? xstrdup(texts[text].subject) :
		xstrfmt("fix %s", rule_find(rule)->summary);
}

/* --- paragraphs --- */

static void wrap_line(const char *text, size_t len, FILE *out)
{
	size_t column = 0, word;

	while (len) {
		word = strcspn(text, " \n");
		if (word > len)
			word = len;
		if (column && column + 1 + word > COLUMNS) {
			putc('\n', out);
			column = 0;
		}
		if (column)
			putc(' ', out);
		fwrite(text, 1, word, out);
		column += word + (column > 0);
		text += word;
		len -= word;
		for (; len && *text == ' '; text++)
			len--;
	}
	fputs("\n\n", out);
}

void letter_wrap(const char *text, FILE *out)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		wrap_line(text, len, out);
		text += len + (text[len] != '\0');
	}
}

void letter_reason(const struct letter *l, FILE *out)
{
	size_t i;

	for (i = 0; i < l->nr; i++) {
		const char *rule = l->outcomes[i]->finding->rule;
		int text = find_text(rule);
		char *other;

		if (!is_first(l, i))
			continue;
		if (text >= 0) {
			letter_wrap(texts[text].reason, out);
			continue;
		}
		other = xstrfmt("There is %s.", rule_find(rule)->summary);
		letter_wrap(other, out);
		free(other);
	}
	if (l->renamed) {
		char *whole = xstrfmt("Rename %s in the whole tree: in the code of all architectures, comments, documentation and tools. The old name is retired, and code that uses it does not build with the new one.",
				      l->renamed);

		letter_wrap(whole, out);
		free(whole);
	}
}

static void quote(const struct finding *f, FILE *out)
{
	size_t i;

	fprintf(out, "  %s:%u:%u: %s: %s\n", f->loc.file, f->loc.line,
		f->loc.column, level_name(f->level), f->message);
	for (i = 0; i < f->nr_trace; i++) {
		const struct trace_step *step = &f->trace[i];

		fprintf(out, "  %s:%u:%u: note: %s\n", step->loc.file,
			step->loc.line, step->loc.column, step->message);
	}
}

static void add_name(struct strbuf *list, const char *name)
{
	if (!strstr(list->buf, name))
		strbuf_addf(list, "%s%s", list->len ? ", " : "", name);
}

void letter_quote(const struct letter *l, FILE *out)
{
	struct strbuf rules = STRBUF_INIT, patches = STRBUF_INIT;
	char *text;
	size_t i, j;

	for (i = 0; i < l->nr; i++) {
		const struct fix_outcome *o = l->outcomes[i];

		if (!i)
			fputs("Reported by dmacheck, with the path that the memory takes:\n\n",
			      out);
		quote(o->finding, out);
		add_name(&rules, o->finding->rule);
		for (j = 0; j < o->nr_patches; j++) {
			char *name = xstrfmt("%s.cocci", o->patches[j]);

			add_name(&patches, name);
			free(name);
		}
	}
	if (l->nr)
		text = xstrfmt("\nFound with dmacheck (%s) and changed with Coccinelle (%s). Neither build-tested nor run-tested.",
			       rules.buf, patches.buf);
	else
		text = xstrdup("Renamed with dmacheck (retired-attr-name). Neither build-tested nor run-tested.");
	if (*text == '\n')
		putc('\n', out);
	letter_wrap(text + (*text == '\n'), out);
	free(text);
	strbuf_release(&rules);
	strbuf_release(&patches);
}

/* --- how much --- */

#define GRAPH 40

struct stat_line {
	const char *path;
	size_t len, added, taken;
};

struct stats {
	struct stat_line *list;
	size_t nr, alloc, longest, most, added, taken;
};

static void count_lines(const char *diff, struct stats *s)
{
	bool in_hunk = false;
	struct stat_line *at = NULL;

	while (*diff) {
		size_t len = strcspn(diff, "\n");

		if (!strncmp(diff, "diff --git a/", 13)) {
			in_hunk = false;
			ALLOC_GROW(s->list, s->nr + 1, s->alloc);
			at = &s->list[s->nr++];
			/* "a/NAME b/NAME" */
			*at = (struct stat_line){ diff + 13,
				(len - 13 - 3) / 2, 0, 0 };
			if (at->len > s->longest)
				s->longest = at->len;
		}
		in_hunk |= !strncmp(diff, "@@ ", 3);
		if (in_hunk && at) {
			at->added += *diff == '+';
			at->taken += *diff == '-';
			if (at->added + at->taken > s->most)
				s->most = at->added + at->taken;
		}
		diff += len + (diff[len] == '\n');
	}
}

static void draw(FILE *out, char c, size_t n, size_t most)
{
	size_t wide = most > GRAPH && n ? (n * GRAPH + most - 1) / most : n;

	while (wide--)
		putc(c, out);
}

void letter_stat(const char *diff, FILE *out)
{
	struct stats s = { NULL, 0, 0, 0, 0, 0, 0 };
	char most[32];
	size_t i;

	count_lines(diff, &s);
	snprintf(most, sizeof(most), "%zu", s.most);
	for (i = 0; i < s.nr; i++) {
		const struct stat_line *f = &s.list[i];

		fprintf(out, " %-*.*s | %*zu ", (int)s.longest, (int)f->len,
			f->path, (int)strlen(most), f->added + f->taken);
		draw(out, '+', f->added, s.most);
		draw(out, '-', f->taken, s.most);
		putc('\n', out);
		s.added += f->added;
		s.taken += f->taken;
	}
	fprintf(out, " %zu file%s changed", s.nr, s.nr == 1 ? "" : "s");
	if (s.added)
		fprintf(out, ", %zu insertion%s(+)", s.added,
			s.added == 1 ? "" : "s");
	if (s.taken)
		fprintf(out, ", %zu deletion%s(-)", s.taken,
			s.taken == 1 ? "" : "s");
	putc('\n', out);
	free(s.list);
}
