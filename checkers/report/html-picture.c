// SPDX-License-Identifier: GPL-2.0-only
/*
 * The path of user memory to the device as a picture in SVG. Functions are boxes
 * in the frame of their module; calls and fields lead from one box to the next.
 * Modules stand side by side. A second picture, for small screens, has them one
 * below the other. From the moves of a trace, for html-finding.c.
 */
#include "report/html.h"

#include <stdlib.h>

#include "lib/alloc.h"
#include "lib/ctext.h"
#include "report/source.h"

/* The width of a character; all text is monospaced. */
#define CHAR		7.3
/* Longer texts are cut. A picture with fewer columns has room for more. */
#define MAX_CHARS	72
#define MIN_CHARS	38
#define SMALL_SCREEN	372
#define ROW		22
#define TITLE		26
#define PILL		24
#define ARROW		34
#define GAP		22	/* around a box, and between columns */
#define MARGIN		14

/* Consecutive steps in one function. */
struct box {
	size_t lane, first, nr;
	/* 1 if the first step, or the last one, is an arrow outside of the box. */
	size_t entry, exit;
};

struct lane {
	const char *module;
	double x, width;
};

/* The border of a module. */
struct frame {
	size_t lane;
	double y, end;
};

struct picture {
	const struct finding *finding;
	size_t length;		/* steps of its path */
	struct strbuf *out;
	struct box *boxes;
	size_t nr_boxes;
	struct lane *lanes;
	size_t nr_lanes;
	struct frame *frames;
	size_t nr_frames;
	bool narrow;		/* all in one column */
	double y;
	size_t max_chars;
};

size_t html_path_length(const struct finding *f)
{
	size_t n = 0;

	if (!f->nr_trace || f->trace[0].move.kind != MOVE_SOURCE)
		return 0;
	while (n < f->nr_trace && f->trace[n].move.module)
		n++;
	return n;
}

/* --- boxes and lanes --- */

static const struct move *move_at(const struct picture *p, size_t step)
{
	static const struct move end = { .kind = MOVE_UNKNOWN };

	return step < p->length ? &p->finding->trace[step].move : &end;
}

static const struct location *place_at(const struct picture *p, size_t step)
{
	return step < p->length ? &p->finding->trace[step].loc : &p->finding->loc;
}

/* A finding can be in several modules; its trace leads to one of them. */
static const char *module_at(const struct picture *p, size_t step)
{
	const struct finding *f = p->finding;
	const char *last = f->trace[p->length - 1].move.module;

	if (step < p->length)
		return move_at(p, step)->module;
	return strstr(f->module, last) ? last : f->module;
}

static size_t lane_of(struct picture *p, const char *module)
{
	size_t i;

	for (i = 0; i < p->nr_lanes; i++)
		if (!strcmp(p->lanes[i].module, module))
			return i;
	p->lanes[i].module = module;
	return p->nr_lanes++;
}

static const char *function_at(const struct picture *p, size_t step)
{
	const char *function = place_at(p, step)->function;

	return function ? function : "outside of functions";
}

static void collect_boxes(struct picture *p)
{
	size_t nr = p->length + 1, i;

	p->boxes = xcalloc(nr, sizeof(*p->boxes));
	p->lanes = xcalloc(nr, sizeof(*p->lanes));
	p->frames = xcalloc(nr, sizeof(*p->frames));
	for (i = 0; i < nr; i++) {
		size_t lane = lane_of(p, module_at(p, i));
		struct box *b = p->nr_boxes ? &p->boxes[p->nr_boxes - 1] : NULL;

		if (!b || b->lane != lane ||
		    strcmp(function_at(p, i), function_at(p, i - 1))) {
			b = &p->boxes[p->nr_boxes++];
			b->lane = lane;
			b->first = i;
		}
		b->nr++;
	}
	for (i = 0; i < p->nr_boxes; i++) {
		struct box *b = &p->boxes[i];
		enum move_kind first = move_at(p, b->first)->kind;
		enum move_kind last = move_at(p, b->first + b->nr - 1)->kind;

		if (i > 0 && (first == MOVE_LOAD || first == MOVE_RETURN))
			b->entry = 1;
		if (i + 1 < p->nr_boxes && b->nr > b->entry &&
		    (last == MOVE_CALL || last == MOVE_STORE))
			b->exit = 1;
	}
}

/* --- texts --- */

/* "x.y" for "struct x.y", "x" for "'x'"; the caller frees it. */
static char *short_name(const char *name)
{
	if (!name)
		return xstrdup("memory");
	if (!strncmp(name, "struct ", 7))
		return xstrdup(name + 7);
	if (*name == '\'' && name[1])
		return xstrndup(name + 1, strlen(name) - 2);
	return xstrdup(name);
}

/* The name of the mapping function, from the source; the caller frees it. */
static char *mapping_name(const struct finding *f)
{
	size_t len = 0, from = f->loc.column ? f->loc.column - 1 : 0, end;
	const char *line = source_line(&f->source, f->loc.line, &len);

	for (end = from; line && end < len && ctext_in_name(line[end]); end++)
		;
	return line && end > from ?
		xstrfmt("%.*s()", (int)(end - from), line + from) :
		xstrdup("mapped for DMA");
}

/* The text of a step in its box; the caller frees it. */
static char *row_text(const struct picture *p, size_t step)
{
	const struct move *m = move_at(p, step);
	char *from = short_name(m->from), *to = short_name(m->to), *text = NULL;
	const char *callee = m->callee ? m->callee : "";

	if (step == p->length)
		text = mapping_name(p->finding);
	else if (m->kind == MOVE_SOURCE && m->to)
		text = xstrfmt("%s() \xe2\x86\x92 %s", callee, to);
	else if (m->kind == MOVE_SOURCE)
		text = xstrfmt("%s()", callee);
	else if (m->kind == MOVE_TRANSFER)
		text = xstrfmt("%s(): %s \xe2\x86\x92 %s", callee, from, to);
	else if (m->kind == MOVE_STORE)
		text = xstrfmt("\xe2\x86\x92 %s", to);
	else if (m->kind == MOVE_LOAD)
		text = xstrfmt("%s \xe2\x86\x92", from);
	else if (m->kind == MOVE_CALL)
		text = xstrfmt("%s(%s)", callee, to);
	else if (m->kind == MOVE_RETURN)
		text = xstrfmt("\xe2\x86\x90 %s()", callee);
	else
		text = xstrdup(p->finding->trace[step].message);
	free(from);
	free(to);
	return text;
}

/* The text of a step beside its arrow; the caller frees it. */
static char *arrow_text(const struct picture *p, size_t step)
{
	const struct move *m = move_at(p, step);
	char *to = short_name(m->to), *text;

	text = m->kind == MOVE_CALL ? xstrfmt("passed as %s", to) :
		m->kind == MOVE_RETURN ? xstrdup("returned") :
		m->kind == MOVE_LOAD ? xstrdup("read") : xstrdup("stored");
	free(to);
	return text;
}

/* The field that leads from this box to the next one, or NULL. */
static const char *field_between(const struct picture *p, size_t box)
{
	const struct box *a = &p->boxes[box], *b = a + 1;
	const struct move *out = move_at(p, a->first + a->nr - 1);
	const struct move *in = move_at(p, b->first);

	if (a->exit && out->kind == MOVE_STORE)
		return out->to ? out->to : "memory";
	if (b->entry && in->kind == MOVE_LOAD)
		return in->from ? in->from : "memory";
	if (!a->exit && !b->entry && out->to &&
	    !strncmp(out->to, "struct ", 7))
		return out->to;
	return NULL;
}

/* --- layout --- */

static double text_width(const struct picture *p, const char *text)
{
	size_t chars = html_width(text);

	return CHAR * (double)(chars > p->max_chars ? p->max_chars : chars);
}

static void make_room(struct lane *lane, double width)
{
	if (lane->width < width)
		lane->width = width;
}

static void measure_arrow(struct picture *p, size_t lane, size_t step)
{
	char *text = arrow_text(p, step);

	make_room(&p->lanes[lane], 2 * (text_width(p, text) + 36));
	free(text);
}

static void measure_box(struct picture *p, size_t box)
{
	const struct box *b = &p->boxes[box];
	struct lane *lane = &p->lanes[b->lane];
	const char *field = box + 1 < p->nr_boxes ? field_between(p, box) :
						    NULL;
	size_t i;

	make_room(lane, text_width(p, function_at(p, b->first)) + 2 * GAP + 44);
	for (i = b->entry; i + b->exit < b->nr; i++) {
		char *text = row_text(p, b->first + i);

		make_room(lane, text_width(p, text) + 2 * GAP + 46);
		free(text);
	}
	if (b->entry)
		measure_arrow(p, b->lane, b->first);
	if (b->exit)
		measure_arrow(p, b->lane, b->first + b->nr - 1);
	if (field) {
		make_room(lane, text_width(p, field) + 2 * GAP);
		make_room(&p->lanes[b[1].lane], text_width(p, field) + 2 * GAP);
	}
}

/* Place the lanes; the width of the picture. */
static double measure(struct picture *p)
{
	double x = 1, most = 0;
	size_t i;

	for (i = 0; i < p->nr_lanes; i++)
		make_room(&p->lanes[i],
			  text_width(p, p->lanes[i].module) + 8 * CHAR + 2 * GAP);
	for (i = 0; i < p->nr_boxes; i++)
		measure_box(p, i);
	for (i = 0; i < p->nr_lanes; i++) {
		p->lanes[i].x = x;
		x += p->lanes[i].width + MARGIN;
		if (p->lanes[i].width > most)
			most = p->lanes[i].width;
	}
	for (i = 0; p->narrow && i < p->nr_lanes; i++) {
		p->lanes[i].x = 1;
		p->lanes[i].width = most;
	}
	return p->narrow ? most + 2 : x - MARGIN + 1;
}

static double height_of(const struct box *b)
{
	return TITLE + ROW * (double)(b->nr - b->entry - b->exit) +
		(b->nr > b->entry + b->exit ? 6 : 0);
}

static double centre(const struct picture *p, size_t lane)
{
	return p->lanes[lane].x + p->lanes[lane].width / 2;
}

/* --- drawing --- */

static void add_text(struct picture *p, const char *class, double x, double y,
		     const char *text)
{
	size_t len = strlen(text);

	strbuf_addf(p->out, "<text class=\"%s\" x=\"%.0f\" y=\"%.0f\">", class,
		    x, y);
	if (len > p->max_chars) {
		strbuf_addstr(p->out, "<title>");
		html_text(p->out, text);
		strbuf_addstr(p->out, "</title>");
		for (len = p->max_chars - 1;
		     len && ((unsigned char)text[len] & 0xc0) == 0x80; len--)
			;
	}
	html_text_mem(p->out, text, len);
	strbuf_addf(p->out, "%s</text>\n", text[len] ? "\xe2\x80\xa6" : "");
}

/* Draw the number of a step in a circle, and a text behind it. */
static void add_step(struct picture *p, size_t step, double x, double y,
		     const char *text)
{
	bool last = step == p->length;

	strbuf_addf(p->out, "<a href=\"#%s-%zu\"><circle class=\"n%s\" cx=\"%.0f\" cy=\"%.0f\" r=\"9\"/>"
		    "<text class=\"n\" x=\"%.0f\" y=\"%.0f\">%zu</text></a>\n",
		    p->finding->fingerprint, step + 1, last ? " at" : "",
		    x + 9, y, x + 9, y + 4, step + 1);
	add_text(p, last ? "at" : "t", x + 24, y + 4, text);
}

static void add_head(struct picture *p, double x, double y)
{
	strbuf_addf(p->out, "<path class=\"head\" d=\"M%.0f %.0fl-4-8h8z\"/>\n", x, y);
}

static void open_frame(struct picture *p, size_t lane, double y)
{
	p->frames[p->nr_frames++] = (struct frame){ .lane = lane, .y = y };
}

/* An arrow of that length leads from one module to another below it. */
static void change_frame(struct picture *p, size_t lane, double length)
{
	p->frames[p->nr_frames - 1].end = p->y + 10;
	open_frame(p, lane, p->y + length - 32);
}

/*
 * Draw an arrow down from lane `from` to lane `to`, with `step` beside it unless
 * that is SIZE_MAX.
 */
static void add_arrow(struct picture *p, size_t from, size_t to, size_t step)
{
	bool leaves = from != to, down = !leaves || p->narrow;
	double a = centre(p, from), b = centre(p, to), middle = p->y + 22;
	double length = !leaves ? ARROW : p->narrow ? 74 : ARROW + 8;
	double end = p->y + length;

	if (leaves && p->narrow)
		change_frame(p, to, length);
	if (down)
		strbuf_addf(p->out, "<path class=\"line\" d=\"M%.0f %.0fV%.0f\"/>\n",
			    a, p->y, end - 7);
	else
		strbuf_addf(p->out, "<path class=\"line\" d=\"M%.0f %.0fV%.0fH%.0fV%.0f\"/>\n",
			    a, p->y, middle, b, end - 7);
	add_head(p, b, end);
	if (step != SIZE_MAX) {
		char *text = arrow_text(p, step);

		add_step(p, step, (from <= to ? a : b) + 9,
			 p->y + (!leaves ? 14 : p->narrow ? 26 : 10), text);
		free(text);
	}
	p->y = end;
}

static void add_pill(struct picture *p, const char *class, size_t lane,
		     const char *text)
{
	double width = text_width(p, text) + 24, x = centre(p, lane) - width / 2;

	strbuf_addf(p->out, "<rect class=\"%s\" x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%d\" rx=\"12\"/>\n",
		    class, x, p->y, width, PILL);
	add_text(p, "c", centre(p, lane), p->y + 16, text);
	p->y += PILL;
}

static void add_box(struct picture *p, const struct box *b)
{
	const struct lane *lane = &p->lanes[b->lane];
	double x = lane->x + GAP / 2, height = height_of(b);
	bool last = b->first + b->nr > p->length;
	char *title = xstrfmt("%s()", function_at(p, b->first));
	size_t i;

	if (!place_at(p, b->first)->function)
		title[strlen(title) - 2] = '\0';
	strbuf_addf(p->out, "<rect class=\"box%s\" x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" rx=\"6\"/>\n",
		    last ? " at" : "", x, p->y, lane->width - GAP, height);
	add_text(p, "fn", x + 10, p->y + 17, title);
	for (i = b->entry; i + b->exit < b->nr; i++) {
		char *text = row_text(p, b->first + i);

		add_step(p, b->first + i, x + 10,
			 p->y + TITLE + ROW * (double)(i - b->entry) + 10, text);
		free(text);
	}
	p->y += height;
	free(title);
}

/* Draw the link from a box to the next one. */
static void add_link(struct picture *p, size_t box)
{
	const struct box *a = &p->boxes[box], *b = a + 1;
	size_t exit = a->exit ? a->first + a->nr - 1 : SIZE_MAX;
	size_t entry = b->entry ? b->first : SIZE_MAX;
	const char *field = field_between(p, box);
	bool read = entry != SIZE_MAX && move_at(p, entry)->kind == MOVE_LOAD;
	size_t lane = exit == SIZE_MAX && read ? b->lane : a->lane;
	char *name;

	if (!field) {
		add_arrow(p, a->lane, b->lane, exit != SIZE_MAX ? exit : entry);
		return;
	}
	name = short_name(field);
	add_arrow(p, a->lane, lane, exit);
	add_pill(p, "pill", lane, name);
	add_arrow(p, lane, b->lane, entry);
	free(name);
}

static void add_frames(struct picture *p)
{
	size_t i;

	for (i = 0; i < p->nr_frames; i++) {
		const struct frame *f = &p->frames[i];
		const struct lane *l = &p->lanes[f->lane];
		char *title = xstrfmt("module %s", l->module);

		strbuf_addf(p->out, "<rect class=\"lane\" x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" rx=\"8\"/>\n",
			    l->x, f->y, l->width, f->end - f->y);
		add_text(p, "lane", l->x + GAP / 2, f->y + 19, title);
		free(title);
	}
}

static void draw(struct picture *p)
{
	const struct box *last = &p->boxes[p->nr_boxes - 1];
	size_t i;

	p->y = 36;
	for (i = 0; i < (p->narrow ? 1 : p->nr_lanes); i++)
		open_frame(p, p->narrow ? p->boxes[0].lane : i, 1);
	add_pill(p, "pill end", p->boxes[0].lane, "user memory");
	add_arrow(p, p->boxes[0].lane, p->boxes[0].lane, SIZE_MAX);
	for (i = 0; i < p->nr_boxes; i++) {
		add_box(p, &p->boxes[i]);
		if (i + 1 < p->nr_boxes)
			add_link(p, i);
	}
	add_arrow(p, last->lane, last->lane, SIZE_MAX);
	add_pill(p, "pill end", last->lane, "device");
	p->y += MARGIN;
	for (i = 0; i < p->nr_frames; i++)
		if (!p->frames[i].end)
			p->frames[i].end = p->y - 1;
}

/* Add one picture; its width. */
static double add_picture(struct strbuf *out, const struct finding *f, bool narrow)
{
	struct strbuf inner = STRBUF_INIT, frames = STRBUF_INIT;
	struct picture p = { .finding = f, .length = html_path_length(f),
			     .out = &inner, .narrow = narrow };
	char *mapping = mapping_name(f);
	double width;

	collect_boxes(&p);
	p.max_chars = narrow ? MIN_CHARS : MAX_CHARS / p.nr_lanes;
	if (p.max_chars < MIN_CHARS)
		p.max_chars = MIN_CHARS;
	width = measure(&p);
	draw(&p);
	p.out = &frames;
	add_frames(&p);
	strbuf_addf(out, "<svg class=\"%s%s\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" role=\"group\" aria-label=\"from ",
		    level_name(f->level), narrow ? " narrow" : "", width, p.y,
		    width, p.y);
	html_text(out, f->trace[0].move.callee);
	strbuf_addstr(out, "() to ");
	html_text(out, mapping);
	strbuf_addstr(out, "\">\n");
	strbuf_add(out, frames.buf, frames.len);
	strbuf_add(out, inner.buf, inner.len);
	strbuf_addstr(out, "</svg>\n");
	strbuf_release(&inner);
	strbuf_release(&frames);
	free(mapping);
	free(p.boxes);
	free(p.lanes);
	free(p.frames);
	return width;
}

void html_picture(struct strbuf *out, const struct finding *f)
{
	struct strbuf wide = STRBUF_INIT;
	bool fits = add_picture(&wide, f, false) <= SMALL_SCREEN;

	strbuf_addf(out, "<figure%s>\n", fits ? "" : " class=\"both\"");
	strbuf_add(out, wide.buf, wide.len);
	if (!fits)
		add_picture(out, f, true);
	strbuf_addstr(out, "</figure>\n");
	strbuf_release(&wide);
}
