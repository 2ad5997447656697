// SPDX-License-Identifier: GPL-2.0-only
/* Checksummed files, as they are and as commands of an output tree. */
#include "fuzz.h"
#include "compile/own-store.h"
#include "lib/checksummed.h"
#include "lib/placeholder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tree tree = fuzz_tree();
	char *path = path_join(fuzz_folder(), "commands");
	char *text = fuzz_string(data, size);
	struct places places = { .root = tree.root, .out = "/o" };
	struct own_store store;

	free(checksummed_read(fuzz_file(data, size), OWN_STORE_KIND));
	/* With the checksum that it takes to get further. */
	if (checksummed_write(path, OWN_STORE_KIND, text))
		abort();
	own_store_init(&store);
	own_store_read(&store, &tree, &places, path, NULL);
	own_store_release(&store);
	free(text);
	free(path);
	return 0;
}
