/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_FUNCTIONS_H
#define SPARSE_FUNCTIONS_H
#include "lib/compat.h"
/*
 * The functions and macros whose arguments the sparse stage checks: those that map
 * memory for DMA, sync it, allocate it, or convert it to pages or physical
 * addresses; also those of kernel-api.conf, with the same slots.
 */
struct api;

/* A slot is the number of an argument, from 1 as in sparse's output; 0: none. */
struct sparse_function {
	const char *name;
	unsigned int memory;	/* a kernel address, or its page */
	unsigned int gfp;
	unsigned int attrs, direction;
	bool translates;	/* a macro that casts its argument */
};

/*
 * The function with the name of `len` bytes at `name`; false if it is not one.
 */
bool sparse_function(const struct api *api, const char *name, size_t len,
		     struct sparse_function *function);

/* Call `fn` with the name of each. */
void sparse_each_function(const struct api *api,
			  void (*fn)(const char *name, void *data), void *data);

#endif
