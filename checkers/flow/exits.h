/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FLOW_EXITS_H
#define FLOW_EXITS_H
#include "lib/compat.h"
/*
 * Whether something that a call begins can be left when its function returns:
 * the statements are walked from that call on, branch by branch, jump by jump.
 * Loops are taken to run at least once.
 */
struct flow;

/* What a condition on a place says of the thing that was begun. */
enum tells {
	TELLS_NOTHING,
	TELLS_RESULT,	/* whether the call has just worked */
	TELLS_LASTING,	/* true as long as the thing exists */
};

struct exits {
	struct flow *flow;
	uint32_t instance;
	uint32_t start;		/* the op that begins it; NONE if a caller did */
	/* Whether the call `op` ends it. */
	bool (*ends)(const struct exits *exits, uint32_t op);
	/* What `place`, read by op `at`, says of it. */
	enum tells (*tells)(const struct exits *exits, uint32_t place,
			    uint32_t at);
	void *data;
	unsigned int depth;	/* for the owner's use */
};

/* Whether the function has an exit that is reached before anything ends it. */
bool flow_survives(const struct exits *exits);

#endif
