// SPDX-License-Identifier: GPL-2.0-only
/* The fast lexer: identifiers of a C file and how they are used. */
#include "fuzz.h"
#include "tree/lexer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xcalloc(1, size + LEXER_PADDING);
	struct lexer lexer;

	memcpy(text, data, size);
	lexer_init(&lexer);
	lexer_scan(&lexer, text, size);
	lexer_scan(&lexer, text, size);
	lexer_release(&lexer);
	free(text);
	return 0;
}
