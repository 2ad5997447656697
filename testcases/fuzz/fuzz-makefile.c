// SPDX-License-Identifier: GPL-2.0-only
/* Makefiles of folders: what they build. */
#include "fuzz.h"
#include "compile/kbuild.h"
#include "compile/makefile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct intern_pool goals = INTERN_POOL_INIT;
	struct tree tree = fuzz_tree();
	struct kbuild kbuild = KBUILD_INIT(&tree);

	fuzz_put("drivers/x/Makefile", data, size);
	free(makefile_module_of(&tree, "drivers/x/a.c"));
	kbuild_goals(&kbuild, "drivers/x/y", &goals);
	kbuild_search(&kbuild, "drivers/x/y/a.c", &goals);
	intern_release(&goals);
	kbuild_release(&kbuild);
	return 0;
}
