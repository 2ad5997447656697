/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_MACHINES_H
#define RULES_COMMON_MACHINES_H
#include "compile/kconfig.h"
#include "rules/common/scan.h"
/*
 * For rules about a mapping that may fail: whether it can on any machine that
 * the driver is for (policy.conf, [cannot-fail]).
 */

/* To be freed with kconfig_free(). */
struct kconfig *machines_open(const struct rule_run *run);

/*
 * As scan_report(); a note that says why if the file can only be built for
 * machines on which no mapping fails.
 */
struct finding *machines_report(struct kconfig *machines,
				const struct scan *s,
				const struct op *op, const char *fmt, ...)
	printf_like(4, 5);

/* The same where a dma_addr_t may as well have 32 bits ([dma-addr-32]). */
struct kconfig *machines_open_narrow(const struct rule_run *run);
struct finding *machines_report_narrow(struct kconfig *machines,
				       const struct scan *s,
				       const struct op *op,
				       const char *fmt, ...)
	printf_like(4, 5);

#endif
