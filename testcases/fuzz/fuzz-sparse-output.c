// SPDX-License-Identifier: GPL-2.0-only
/* What sparse says on stderr. */
#include "fuzz.h"
#include "sparse/diagnostics.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sparse_diagnostics diagnostics = SPARSE_DIAGNOSTICS_INIT;
	char *output = fuzz_string(data, size);

	sparse_diagnostics_read(&diagnostics, output);
	sparse_diagnostics_release(&diagnostics);
	free(output);
	return 0;
}
