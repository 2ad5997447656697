// SPDX-License-Identifier: GPL-2.0-only
/* A report of an earlier run, given as --baseline. */
#include "fuzz.h"
#include "report/baseline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	baseline_free(baseline_read(fuzz_file(data, size), false));
	return 0;
}
