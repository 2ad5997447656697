/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_SCOPES_H
#define RULES_COMMON_SCOPES_H
#include "facts/program.h"
#include "lib/strvec.h"
/*
 * What a file shares its structs with: the modules that it is built into, and
 * other modules of the same driver, by the headers that only drivers have.
 */
struct scopes {
	const struct unit *unit;	/* whose names these are */
	struct strvec names;
};
#define SCOPES_INIT { NULL, STRVEC_INIT }

/* Those of `unit`; they stay until the next call with another one. */
const struct strvec *scopes_of(struct scopes *s, const struct program *program,
			       const struct unit *unit);
void scopes_release(struct scopes *s);

#endif
