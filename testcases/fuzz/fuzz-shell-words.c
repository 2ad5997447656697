// SPDX-License-Identifier: GPL-2.0-only
/* Command lines as make prints them. */
#include "fuzz.h"
#include "compile/shell-words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct shell_words words = SHELL_WORDS_INIT;
	char *line = fuzz_string(data, size);
	const char *p = line;

	while ((p = shell_words_next(&words, p)))
		;
	shell_words_release(&words);
	free(line);
	return 0;
}
