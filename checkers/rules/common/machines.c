// SPDX-License-Identifier: GPL-2.0-only
/*
 * Joins Kconfig with policy.conf: what may fail on none of the machines that a
 * driver is built for is a note.
 */
#include "rules/common/machines.h"

#include "knowledge/policy.h"
#include "lib/strbuf.h"

static const char *cannot_fail(const char *symbol, const void *policy)
{
	return policy_cannot_fail(policy, symbol);
}

static const char *has_narrow_address(const char *symbol, const void *policy)
{
	const char *reason = policy_dma_addr_32(policy, symbol);

	return reason ? reason : policy_cannot_fail(policy, symbol);
}

struct kconfig *machines_open(const struct rule_run *run)
{
	return kconfig_new(run->tree, cannot_fail, run->policy);
}

struct kconfig *machines_open_narrow(const struct rule_run *run)
{
	return kconfig_new(run->tree, has_narrow_address, run->policy);
}

static struct finding *report_unless(struct kconfig *machines,
				     const struct scan *s, const struct op *op,
				     const char *so, const char *fmt,
				     va_list args)
{
	const char *why = kconfig_only_for(machines, s->v.unit->file);
	struct strbuf text = STRBUF_INIT;
	struct finding *finding;

	strbuf_vaddf(&text, fmt, args);
	if (why)
		strbuf_addf(&text, "; %s on the machines that the driver is built for: %s",
			    so, why);
	finding = scan_report_level(s, op,
				    why ? LEVEL_NOTE : s->run->rule->level,
				    "%s", text.buf);
	strbuf_release(&text);
	return finding;
}

struct finding *machines_report(struct kconfig *machines,
				const struct scan *s,
				const struct op *op, const char *fmt, ...)
{
	struct finding *finding;
	va_list args;

	va_start(args, fmt);
	finding = report_unless(machines, s, op, "no mapping fails", fmt, args);
	va_end(args);
	return finding;
}

struct finding *machines_report_narrow(struct kconfig *machines,
				       const struct scan *s,
				       const struct op *op,
				       const char *fmt, ...)
{
	struct finding *finding;
	va_list args;

	va_start(args, fmt);
	finding = report_unless(machines, s, op, "nothing is lost", fmt, args);
	va_end(args);
	return finding;
}
