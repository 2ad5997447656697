/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_FUNCTIONS_H
#define SPARSE_FUNCTIONS_H
#include "lib/compat.h"
/*
 * The functions and macros whose arguments the sparse stage looks at: what
 * maps memory for DMA, hands it over, allocates it, or makes pages and
 * physical addresses of it. kernel-api.conf's sinks and their like come on
 * top, with the same meaning of the slots.
 */
struct api;

/* A slot is an argument's number from 1, as sparse counts; 0: it has none. */
struct sparse_function {
	const char *name;
	unsigned int memory;	/* an address of the kernel, or its page */
	unsigned int gfp;
	unsigned int attrs, direction;
	bool translates;	/* a macro that casts what it is given */
};

/*
 * The function called by the `len` bytes at `name`; false if it is none.
 */
bool sparse_function(const struct api *api, const char *name, size_t len,
		     struct sparse_function *function);

/* Call `fn` with the name of each. */
void sparse_each_function(const struct api *api,
			  void (*fn)(const char *name, void *data), void *data);

#endif
