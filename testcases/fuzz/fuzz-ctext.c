// SPDX-License-Identifier: GPL-2.0-only
/* The reader of C text, and its tokens as an array. */
#include "fuzz.h"
#include "lib/ctext.h"
#include "lib/tokens.h"

/* Each piece is behind the one before, and within the text. */
static void read_pieces(const char *text, size_t size)
{
	const char *end = text;
	struct ctext_token token;
	struct ctext c;

	ctext_init(&c, text, size);
	do {
		ctext_next(&c, &token);
		if (token.start < end || token.end < token.start ||
		    token.end > text + size)
			abort();
		if (token.kind != CTEXT_END && token.end == token.start)
			abort();
		end = token.end;
	} while (token.kind != CTEXT_END);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = xmalloc(size), *text = fuzz_string(data, size);
	struct tokens tokens;
	size_t i;

	memcpy(bytes, data, size);
	read_pieces(bytes, size);
	tokens = tokens_read(text);
	for (i = 0; i < tokens.nr && i < 8; i++)
		tokens_behind_head(&tokens, i);
	tokens_release(&tokens);
	free(text);
	free(bytes);
	return 0;
}
