// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as a single HTML file: style and script are part of it, and its
 * content security policy allows no others and no connections. From a report, for
 * report.c.
 */
#include "report/formats.h"

#include <stdlib.h>

#include "lib/version.h"
#include "report/causes.h"
#include "report/html.h"
#include "report/page.h"
#include "tree/tree.h"

static void add_top(struct strbuf *out, const struct report *report)
{
	char *found = report_found(report);

	strbuf_addstr(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		      "<meta charset=\"utf-8\">\n"
		      "<meta http-equiv=\"Content-Security-Policy\" content=\""
		      "default-src 'none'; style-src '" PAGE_CSS_HASH "'; "
		      "script-src '" PAGE_JS_HASH "'; base-uri 'none'; "
		      "form-action 'none'\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width\">\n"
		      "<meta name=\"generator\" content=\"dmacheck "
		      DMACHECK_VERSION "\">\n<title>");
	html_text(out, found);
	strbuf_addstr(out, ": dmacheck on Linux ");
	html_text(out, report->tree->version);
	strbuf_addstr(out, "</title>\n<style>");
	strbuf_addstr(out, page_css);
	strbuf_addstr(out, "</style>\n</head>\n<body>\n");
	html_header(out, report);
	strbuf_addstr(out, "<div class=\"columns\">\n");
	html_facets(out, report);
	free(found);
}

/* The filters; hidden until the script shows them. */
static const char form[] =
	"<form hidden>\n"
	"<label class=\"wide\">Search <input name=\"text\" type=\"search\" placeholder=\"function, message, rule\"></label>\n"
	"<label>Path <input name=\"path\" type=\"search\" placeholder=\"drivers/gpu/\"></label>\n"
	"<label>Module <input name=\"module\" type=\"search\" list=\"modules\"></label>\n"
	"<label class=\"wide\">Rule <select name=\"rule\"><option value=\"\">all</option></select></label>\n"
	"<fieldset><legend>Level</legend>"
	"<label><input type=\"checkbox\" name=\"level\" value=\"error\" checked> error</label> "
	"<label><input type=\"checkbox\" name=\"level\" value=\"warning\" checked> warning</label> "
	"<label><input type=\"checkbox\" name=\"level\" value=\"note\" checked> note</label>"
	"</fieldset>\n"
	"<p><output></output> <button type=\"reset\">Show all</button> "
	"<span class=\"keys\"><kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>o</kbd> open · <kbd>/</kbd> search</span></p>\n"
	"<datalist id=\"modules\"></datalist>\n"
	"</form>\n";

static bool write_out(struct strbuf *text, FILE *out)
{
	bool ok = fwrite(text->buf, 1, text->len, out) == text->len;

	strbuf_reset(text);
	return ok;
}

int report_html(const struct report *report, FILE *out)
{
	struct strbuf text = STRBUF_INIT;
	struct causes causes;
	int ret = -1;
	size_t i;

	causes_find(&causes, report);
	add_top(&text, report);
	strbuf_addf(&text, "<main>\n%s<div id=\"list\">\n", form);
	if (!write_out(&text, out))
		goto cleanup;
	for (i = 0; i < report->findings->nr; i++) {
		if (!report_shows(report, &report->findings->list[i]))
			continue;
		html_finding(&text, report, &causes, i);
		if (!write_out(&text, out))
			goto cleanup;
	}
	strbuf_addstr(&text, "</div>\n");
	html_rules(&text, report);
	strbuf_addstr(&text, "</main>\n</div>\n<script>");
	strbuf_addstr(&text, page_js);
	strbuf_addstr(&text, "</script>\n</body>\n</html>\n");
	if (write_out(&text, out))
		ret = 0;
cleanup:
	causes_release(&causes);
	strbuf_release(&text);
	return ret;
}
