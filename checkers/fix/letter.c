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
	  "User memory is mapped for DMA, and the process can touch it while "
	  "the device does. Where such a mapping needs a bounce buffer "
	  "(SWIOTLB, so in every confidential guest) or cache maintenance, the "
	  "device and the process each see memory of their own: data is "
	  "corrupted, and nobody is told.\n"
	  "Map it with DMA_ATTR_REQUIRE_COHERENT, with which the mapping fails "
	  "where it cannot work, and unmap it with the same attribute." },
	{ "unmap-attr-mismatch",
	  "unmap with the attributes of the mapping",
	  "Memory is unmapped with other attributes than it was mapped with. "
	  "They tell what there is to undo: a bounce buffer is leaked, or the "
	  "cache looked after that does not matter.\n"
	  "Give the unmap the attributes of the map." },
	{ "wc-free-mismatch",
	  "free write-combined memory as such",
	  "Memory from dma_alloc_wc() is freed without DMA_ATTR_WRITE_COMBINE. "
	  "Where it goes back to, and how its mapping is undone, may depend on "
	  "the attribute.\n"
	  "Free it with the attributes of the allocation." },
	{ "redundant-ignore-cachelines",
	  "drop DMA_ATTR_DEBUGGING_IGNORE_CACHELINES",
	  "With DMA_ATTR_REQUIRE_COHERENT there are no cache lines to look "
	  "after, and DMA_ATTR_DEBUGGING_IGNORE_CACHELINES says nothing.\n"
	  "Drop it." },
	{ "map-sg-negative-check",
	  "notice when dma_map_sg() fails",
	  "dma_map_sg() returns 0 when it fails, never a negative number: the "
	  "failure goes unnoticed.\n"
	  "Test for 0." },
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
		return xstrdup("correct the attributes of DMA mappings");
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
		char *whole = xstrfmt("Rename %s wherever the tree names it: code of all architectures, comments, documentation, tools.\nThe name is retired: what is looked for by it is not found, and code that uses it does not build.",
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
			fputs("This is what was found, and the way of the memory:\n\n",
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
		text = xstrfmt("\nFound by dmacheck (%s), changed by Coccinelle (%s). It has been neither built nor run.",
			       rules.buf, patches.buf);
	else
		text = xstrdup("Renamed by dmacheck (retired-attr-name). It has been neither built nor run.");
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
