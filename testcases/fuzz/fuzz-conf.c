// SPDX-License-Identifier: GPL-2.0-only
/* Policy and API files: sections, names, values, and what they mean. */
#include "fuzz.h"
#include "knowledge/api.h"
#include "knowledge/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = fuzz_file(data, size);

	policy_free(policy_read(path, NULL, 0));
	api_free(api_read(path, NULL, 0));
	return 0;
}
