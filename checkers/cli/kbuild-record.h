/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_KBUILD_RECORD_H
#define CLI_KBUILD_RECORD_H
#include "lib/compat.h"
#include "cli/kbuild-call.h"
#include "lib/intern.h"
#include "findings/finding.h"

#include <sys/types.h>
/*
 * What the checks of a build have seen and told, kept in the cache folder
 * until the build is done. Each build has a file there of its own, which grows
 * by whole lines: many processes may write, and one that is killed leaves all
 * or nothing of what it had to say.
 */

/* What is known of one build. */
struct kbuild_record {
	char *path;			/* its file */
	off_t size;			/* of what was read of it */
	struct kbuild_build build;
	struct intern_pool files;	/* seen; as struct command names them */
	struct kbuild_seen *seen;	/* of each file, the last time */
	size_t alloc;
};
#define KBUILD_RECORD_INIT { NULL, 0, KBUILD_BUILD_INIT, INTERN_POOL_INIT, \
	NULL, 0 }

struct kbuild_seen {
	char *dir;		/* where it was compiled, and how; NULL where */
	char **words;		/* the file's .cmd file will say it */
	size_t nr_words;
	struct kbuild_told *told;
	size_t nr_told;
};

struct kbuild_told {
	uint64_t key;		/* of the finding */
	char *text;		/* "FILE:LINE:COLUMN: message [rule]" */
};

/*
 * Note that `file` is being checked. How it is compiled is noted only for
 * what is built outside of the tree. 0, or -1 after an error().
 */
int kbuild_record_seen(const char *cache, const struct kbuild_call *call,
		       const char *file);

/* Note that those of the findings that reach `level` were told. As above. */
int kbuild_record_told(const char *cache, const struct kbuild_call *call,
		       const char *file, const struct findings *findings,
		       enum level level);

/*
 * Read the records of all builds of the folder `dir` (a real path): whose
 * output tree, module or source tree it is. The caller releases each and frees
 * the list. -1 after an error().
 */
int kbuild_records_read(const char *cache, const char *dir,
			struct kbuild_record **list, size_t *nr);

/* Whether the finding, as it stands, was told when its file was checked last. */
bool kbuild_record_has(const struct kbuild_record *record,
		       const struct finding *finding);

/* Forget it, unless there is more by now. 0, or -1 after an error(). */
int kbuild_record_forget(const struct kbuild_record *record);

/* The same number for what reads the same at the same place. */
uint64_t kbuild_finding_key(const struct finding *finding);

void kbuild_record_release(struct kbuild_record *record);

#endif
