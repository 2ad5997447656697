/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_TREE_CONF_H
#define ANALYSIS_TREE_CONF_H
#include "lib/compat.h"
#include "findings/suppressed.h"
#include "lib/strvec.h"
/*
 * .dmacheck.conf at the top of a kernel tree or of a module: the decisions of its
 * maintainers, reviewed with the code.
 *
 *	[check]
 *	level = error			as --level, where that is not given
 *	baseline = known.json		as --baseline; relative to the file
 *	on = bounce-probe		rules that have to be asked for
 *	off = gfp-zero			rules that are not reported
 *	leave-out = drivers/staging tools	paths that are not reported
 *
 *	[allow MODULE]			as in policy.conf
 *	[ignore RULE]			as in policy.conf
 *	[source] [sink] ...		as in kernel-api.conf: new functions only
 *
 * It can hide findings, which are counted. It cannot run anything.
 */
#define TREE_CONF ".dmacheck.conf"

struct policy;
struct tree;

struct tree_conf {
	struct policy *policy;		/* [allow], [ignore]; NULL: no file */
	bool has_level;
	enum level level;
	char *baseline;			/* or NULL */
	struct strvec on, off, leave_out;
	char *folder, *api;		/* a file with the rest; or NULL */
};
#define TREE_CONF_INIT { .on = STRVEC_INIT, .off = STRVEC_INIT, \
	.leave_out = STRVEC_INIT }

/*
 * Read the file in the folder `dir`, or in the tree (in the module, if it has
 * one) as its overlay has it. 0, also if there is none; or -1 after an error().
 */
int tree_conf_read_dir(struct tree_conf *conf, const char *dir);
int tree_conf_read_tree(struct tree_conf *conf, const struct tree *tree);

/* Whether the file allows `module` to use `attribute`. */
bool tree_conf_allows(const struct tree_conf *conf, const char *module,
		      const char *attribute);

/*
 * Move the findings that the file hides to `hidden`, with the reasons. The
 * analysis does it, except for a change: there its caller does.
 */
void tree_conf_hide(const struct tree_conf *conf, struct findings *findings,
		    struct suppressed *hidden);

void tree_conf_release(struct tree_conf *conf);

#endif
