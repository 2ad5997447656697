/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FLOW_EXITS_H
#define FLOW_EXITS_H
#include "lib/compat.h"
/*
 * Whether what a call begins can still be there when its function returns:
 * the function's text is walked from that call on, arm by arm, jump by jump.
 * Loops run at least once.
 */
struct flow;

/* What a place that a condition asks for tells of the thing that was begun. */
enum tells {
	TELLS_NOTHING,
	TELLS_RESULT,	/* whether it worked, just now */
	TELLS_LASTING,	/* true as long as it is there */
};

struct exits {
	struct flow *flow;
	uint32_t instance;
	uint32_t start;		/* the op that begins it; NONE: a caller did */
	/* Whether the call `op` ends it. */
	bool (*ends)(const struct exits *exits, uint32_t op);
	/* What `place`, read by op `at`, tells of it. */
	enum tells (*tells)(const struct exits *exits, uint32_t place,
			    uint32_t at);
	void *data;
	unsigned int depth;	/* for the owner's use */
};

/* Whether there is a way out of the function on which nothing ends it. */
bool flow_survives(const struct exits *exits);

#endif
