// SPDX-License-Identifier: GPL-2.0-only
/* A .cmd file of kbuild. */
#include "fuzz.h"
#include "compile/db-read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tree tree = fuzz_tree();
	struct command_set set;

	fuzz_put(".config", "", 0);
	fuzz_put("drivers/.x.o.cmd", data, size);
	command_set_init(&set);
	compile_db_read_cmd_files(&set, &tree, tree.root);
	command_set_release(&set);
	return 0;
}
