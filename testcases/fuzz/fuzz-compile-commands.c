// SPDX-License-Identifier: GPL-2.0-only
/* compile_commands.json of an output tree. */
#include "fuzz.h"
#include "compile/db-read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tree tree = fuzz_tree();
	struct command_set set;

	command_set_init(&set);
	compile_db_read_json(&set, &tree, tree.root, fuzz_file(data, size));
	command_set_release(&set);
	return 0;
}
