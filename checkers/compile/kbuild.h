/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_KBUILD_H
#define COMPILE_KBUILD_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "tree/stamps.h"
#include "tree/tree.h"
/*
 * What the tree's Makefiles tell, by their text alone: which folder make is
 * to be asked for so that it builds the files of another. Mostly that is the
 * same one ("obj-y += x/" names it), but amdgpu/Makefile builds what is in
 * amdkfd/, i915/Makefile what is in gem/, and arch/x86/kvm/Makefile what is in
 * virt/kvm. All paths are relative to the tree's root.
 */
struct kbuild {
	const struct tree *tree;
	struct kbuild_folder *folders;	/* Makefiles that have been read */
	struct kbuild_builder *builders;	/* see kbuild_search() */
	bool searched;
};
#define KBUILD_INIT(t) { (t), NULL, NULL, false }

/*
 * Add to `goals` the folder, or folders, that probably build those of `dir`;
 * none for tools, Documentation and other architectures.
 */
void kbuild_goals(struct kbuild *kbuild, const char *dir,
		  struct intern_pool *goals);

/*
 * Does make come to `goal` when it is asked for those of `asked` other than it?
 * From the folder whose Makefile names it, that is, which need not be the one
 * above.
 */
bool kbuild_visits(struct kbuild *kbuild, const struct intern_pool *asked,
		   const char *goal);

/*
 * For a file that these do not build: add those whose Makefile includes one
 * of the file's folder, or names its object as "../x.o". Reads all Makefiles
 * of the tree the first time.
 */
void kbuild_search(struct kbuild *kbuild, const char *file,
		   struct intern_pool *goals);

/*
 * Stamp the Makefiles that say what is built for `goal`: those in it, below
 * it, and on the way to it. 0, or -1 after an error(): one of them is a FIFO or
 * a device, for which make would wait for ever.
 */
int kbuild_stamp(const struct tree *tree, const char *goal,
		 struct stamps *stamps);

/* Does a change of the file `path`, stamped by kbuild_stamp(), concern it? */
bool kbuild_concerns(const char *path, const char *goal);

void kbuild_release(struct kbuild *kbuild);

#endif
