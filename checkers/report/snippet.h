/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_SNIPPET_H
#define REPORT_SNIPPET_H
#include "lib/compat.h"
#include "findings/finding.h"
#include "lib/strbuf.h"
/*
 * A source line with a caret under a place in it, as compilers show it:
 *
 *	  367 |         if (dma_map_sgtable(dev, ttm->sg, direction, 0))
 *	      |             ^~~~~~~~~~~~~~~
 *
 * Tabs are expanded. What would not be seen, or would change what is seen, is
 * escaped: control characters and invalid bytes as "\033", others as "<U+202E>".
 */
struct snippet_style {
	unsigned int width;	/* of the terminal; 0: no limit */
	const char *mark, *end;	/* before and after a caret: colour, or "" */
};

/* Add the two lines; nothing if the excerpt does not hold the line. */
void snippet_add(struct strbuf *out, const struct snippet_style *style,
		 const struct excerpt *source, unsigned int line,
		 unsigned int column);

#endif
