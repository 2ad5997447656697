/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_PCH_PLAN_H
#define FACTS_PCH_PLAN_H
#include "lib/compat.h"
#include "facts/pch.h"

struct compile_command;
struct pch_class;
struct pool_result;
struct program_options;

/*
 * Which of the files that are about to be parsed use which precompiled header.
 */
struct pch_plan {
	const struct program_options *opt;
	const struct compile_command *const *commands;
	size_t nr;
	const char **pch;		/* for each command; NULL: none */
	struct pch_class **class_of;	/* of each command, or NULL */
	struct pch_class *classes;
	struct pch_set set;
};
#define PCH_PLAN_INIT { NULL, NULL, 0, NULL, NULL, NULL, PCH_SET_INIT }

/*
 * Plan for `nr` commands, which must live as long as the plan, and make the
 * precompiled headers that are missing or out of date, in worker processes
 * each of which may take `timeout` seconds. Where one cannot be made files are
 * parsed without. 0, or -1 after an error() where going on makes no sense.
 */
int pch_plan_make(struct pch_plan *plan, const struct program_options *opt,
		  const struct compile_command *const *commands, size_t nr,
		  unsigned int timeout);

/*
 * The file of command number `nr` had to be parsed without its precompiled
 * header: the next time that is known before, and a
 * header that is to blame for many is left out.
 */
void pch_plan_learn(const struct pch_plan *plan, size_t nr,
		    const struct pool_result *result);

void pch_plan_release(struct pch_plan *plan);

#endif
