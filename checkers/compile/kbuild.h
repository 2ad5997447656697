/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_KBUILD_H
#define COMPILE_KBUILD_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "tree/stamps.h"
#include "tree/tree.h"
/*
 * Finds, in the text of the tree's Makefiles, the folder that make has to build so
 * that the files of another folder are built. Usually it is the same one ("obj-y +=
 * x/" names it), but amdgpu/Makefile builds the files in amdkfd/, i915/Makefile
 * those in gem/, and arch/x86/kvm/Makefile those in virt/kvm. All paths are
 * relative to the root.
 */
struct kbuild {
	const struct tree *tree;
	struct kbuild_folder *folders;	/* Makefiles read so far */
	struct kbuild_builder *builders;	/* see kbuild_search() */
	bool searched;
};
#define KBUILD_INIT(t) { (t), NULL, NULL, false }

/*
 * Add to `goals` the folder, or folders, that probably build the files of `dir`;
 * none for tools, Documentation and other architectures.
 */
void kbuild_goals(struct kbuild *kbuild, const char *dir,
		  struct intern_pool *goals);

/*
 * Whether make builds `goal` as part of another folder of `asked`: one whose
 * Makefile names it, not necessarily the folder above.
 */
bool kbuild_visits(struct kbuild *kbuild, const struct intern_pool *asked,
		   const char *goal);

/*
 * For a file that these folders do not build: add those whose Makefile includes one
 * of the file's folder, or names its object as "../x.o". The first call reads all
 * Makefiles of the tree.
 */
void kbuild_search(struct kbuild *kbuild, const char *file,
		   struct intern_pool *goals);

/*
 * Stamp the Makefiles that define what is built for `goal`: those in it, below it,
 * and above it. 0, or -1 after an error(): one is a FIFO or a device, and make
 * would wait for ever.
 */
int kbuild_stamp(const struct tree *tree, const char *goal,
		 struct stamps *stamps);

/* Whether the file `path`, stamped by kbuild_stamp(), is one of those of `goal`. */
bool kbuild_concerns(const char *path, const char *goal);

void kbuild_release(struct kbuild *kbuild);

#endif
