/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KNOWLEDGE_POLICY_H
#define KNOWLEDGE_POLICY_H
#include "lib/compat.h"
#include "findings/finding.h"
/*
 * What the maintainers decided: checkers/policy.conf and the files that
 * --policy adds (a later entry with the same section and key replaces the
 * earlier one).
 *
 *	[context uverbs]		a kind of uAPI
 *	title = RDMA verbs		how messages call it
 *	include = rdma/ib_umem.h rdma/uverbs_*.h
 *	level = error			of findings in this context
 *	reason = the uAPI shares the memory at will (dma-attributes.rst)
 *
 *	[allow ib_core]			module (or glob) that may use
 *	attribute = DMA_ATTR_REQUIRE_COHERENT
 *	reason = ...			mandatory
 *
 *	[open ib_umem_get*]		exported function (or glob) through which
 *	attribute = DMA_ATTR_REQUIRE_COHERENT	any module may reach it,
 *	modules = mlx5_ib mlx4_*	or these may; may be absent
 *	reason = ...			mandatory
 *
 *	[ignore missing-require-coherent]	rule id
 *	MODULE:FUNCTION = reason	findings there are known and left; globs
 *
 *	[cannot-fail]			machines on which no mapping fails:
 *	SYMBOL = reason			what their drivers depend on in Kconfig
 *
 *	[dma-addr-32]			machines whose dma_addr_t has 32 bits
 *	SYMBOL = reason			in every build: likewise
 *
 * A file is in the first context, in the order of the conf, that has a glob
 * in `include` which matches a header the file includes (the path as below
 * include/: "drm/drm_gem.h"); the context "other", which has no `include`,
 * takes the rest. The context decides from the code, never from the name of
 * the file itself.
 */
struct policy;

struct policy_context {
	char *name;		/* "uverbs" */
	char *title;
	char **includes;	/* globs, fnmatch(3) without FNM_PATHNAME */
	size_t nr_includes;
	enum level level;
	char *reason;
};

/* As api_read(): path, then `more`; NULL after an error() per mistake. */
struct policy *policy_read(const char *path, const char *const *more,
			   size_t nr);

/* A file with [allow], [open] and [ignore] alone; likewise. */
struct policy *policy_read_part(const char *path);

/*
 * The context of a file that includes `headers` (each a path relative to the
 * tree's root: "include/drm/drm_gem.h"). Never NULL.
 */
const struct policy_context *policy_context(const struct policy *policy,
					    const char *const *headers,
					    size_t nr);

/* Why `module` may use `attribute`, or NULL where it may not. */
const char *policy_allowed(const struct policy *policy, const char *module,
			   const char *attribute);

/* Why `module` may reach `attribute` through exported `function`, or NULL. */
const char *policy_open(const struct policy *policy, const char *function,
			const char *module, const char *attribute);

/* Why findings of `rule` in that function are left out, or NULL. */
const char *policy_ignored(const struct policy *policy, const char *rule,
			   const char *module, const char *function);

/*
 * Why a mapping cannot fail on the machines that the Kconfig symbol (without
 * CONFIG_) stands for, or NULL if it can or if that is not known.
 */
const char *policy_cannot_fail(const struct policy *policy,
			       const char *symbol);

/* Why a dma_addr_t has 32 bits there, likewise. */
const char *policy_dma_addr_32(const struct policy *policy,
			       const char *symbol);

/*
 * Whether each [ignore RULE] names a rule that `known` knows. -1 after an
 * error() for each that does not.
 */
int policy_check_rules(const struct policy *policy,
		       bool (*known)(const char *rule));

void policy_free(struct policy *policy);

#endif
