/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KNOWLEDGE_API_H
#define KNOWLEDGE_API_H
#include "lib/compat.h"
/*
 * What dmacheck knows about the kernel's API: checkers/kernel-api.conf and
 * the files that --api adds. An entry of a later file takes the place of an
 * earlier one with the same section and name; an empty value removes it.
 *
 *	[source]	functions that give user memory
 *	pin_user_pages_fast = fills:3 flags:2
 *	hmm_range_fault = fills:0.hmm_range.hmm_pfns
 *	[sink]		functions that map memory for DMA
 *	dma_map_page_attrs = memory:1 direction:4 attrs:5
 *	[unmap]		their partners; same keys as [sink]
 *	[sync]		explicit hand-over of ownership; same keys as [sink]
 *	[mmio]		functions that map I/O memory; same keys as [sink]
 *	[alloc]		functions that allocate memory for DMA; as [sink], and
 *			gfp:N
 *	dma_alloc_attrs = memory:return handle:2 gfp:3 attrs:4 family:attrs
 *	[free]		their partners; same keys as [alloc]
 *			All of them may say size:N, the bytes; count:N, the
 *			entries of a table; handle:SLOT, where the DMA address
 *			is; family:NAME, who belongs together (map and unmap,
 *			alloc and free); implies:ATTRIBUTE, what they add to
 *			the attributes, given or not
 *	[check]		functions that ask whether a mapping failed; as [sink]
 *	[pool-alloc]	functions that take memory out of a pool for DMA; as
 *			[alloc]
 *	[pool-free]	their partners; as [free]
 *	[transfer]	functions that carry memory from slot to slot
 *	sg_alloc_table_from_pages_segment = 1->0
 *	page_to_phys = 0->return
 *	memcpy = 1=>0		copies what it points to: an array of pages names
 *				the same pages afterwards, bytes are no memory
 *	[stop]		functions that end the way, value: why
 *	kmap_local_page = the CPU's view of a page
 *	xa_* = an index		a glob (fnmatch(3)); exact names come first
 *	[kernel-memory]	functions that give memory of the kernel: the slots of it.
 *			That of [alloc] is known to be
 *	kmalloc_noprof = return
 *	[container]	structs that stand for what they hold: the fields that
 *			lead to it ("*" for all of them)
 *	page = compound_head
 *	[barrier]		structs whose fields hold nothing of interest: why
 *	sk_buff = streaming, per packet
 *	[scalar]	typedefs that never hold an address: why
 *	[opaque-global]	variables that take part in address arithmetic: why
 *	[class-device]	structs of a subsystem with a device that is there for
 *			sysfs, not for DMA: its field
 *	net_device = dev
 *	[value]		constants by name, which the AST knows no more
 *	FOLL_LONGTERM = 0x100
 *
 * A slot is an argument's number from 0, "return", or either followed by
 * ".struct.field" for that field of the struct it points to. A function may
 * be in several sections. The body of a function with an entry in [source],
 * [sink], [unmap], [sync], [mmio], [alloc], [free], [transfer], [stop] or
 * [kernel-memory] is not looked at.
 */
#define API_RETURN (-1)

struct api_slot {
	int arg;		/* from 0, or API_RETURN; API_NONE if absent */
	char *record, *field;	/* both set or both NULL */
};
#define API_NONE (-2)

struct api_transfer {
	struct api_slot from, to;
	bool content;	/* "=>": copies what `from` points to */
};

enum api_role {
	API_SOURCE = 1,
	API_SINK = 2,
	API_UNMAP = 4,
	API_SYNC = 8,
	API_TRANSFER = 16,
	API_STOP = 32,
	API_MMIO = 64,
	API_ALLOC = 128,
	API_FREE = 256,
	API_KERNEL = 512,	/* [kernel-memory] */
	API_CHECK = 1024,	/* asks whether a mapping failed */
	API_POOL_ALLOC = 2048,
	API_POOL_FREE = 4096,
};

struct api_function {
	char *name;
	unsigned int roles;	/* of enum api_role */
	/* source */
	struct api_slot *fills;	/* fills:N, may stand more than once */
	size_t nr_fills;
	int flags;		/* flags:N (FOLL_*), API_NONE if absent */
	bool brief;		/* brief: pages of one request, given back after it */
	/* sink, unmap, sync, mmio, alloc, free; API_NONE where absent */
	struct api_slot memory;
	struct api_slot handle;	/* the DMA address */
	int direction, attrs, gfp, size, count;
	char *family;		/* or NULL */
	char *implies;		/* an attribute's name, or NULL */
	/* transfer */
	struct api_transfer *transfers;
	size_t nr_transfers;
	char *reason;		/* stop */
	/* kernel-memory */
	struct api_slot *gives;
	size_t nr_gives;
	char *file;		/* where the entry stands */
	unsigned int line;
};

struct api_record;
struct api;

/*
 * Read `path`, then each of the `nr` files in `more`. Returns the knowledge,
 * the caller's to free with api_free(), or NULL after an error() per mistake,
 * "FILE:LINE: what is wrong, what would be right".
 */
struct api *api_read(const char *path, const char *const *more, size_t nr);

/* The entry for the function called `name`, or NULL. */
const struct api_function *api_function(const struct api *api,
					const char *name);

/*
 * Call `fn` for each function that has one of `roles`, in the order of their
 * names.
 */
void api_each(const struct api *api, unsigned int roles,
	      void (*fn)(const struct api_function *function, void *data),
	      void *data);

/* Whether struct `record` is a container. */
bool api_is_container(const struct api *api, const char *record);

/* Whether `field` of the container `record` leads to what it holds. */
bool api_container_field(const struct api *api, const char *record,
			 const char *field);

/* Why nothing is followed into the fields of struct `record`, or NULL. */
const char *api_barrier(const struct api *api, const char *record);

/* Whether the typedef `name` never holds an address. */
bool api_is_scalar(const struct api *api, const char *name);

/* Whether the global variable `name` only takes part in arithmetic. */
bool api_is_opaque_global(const struct api *api, const char *name);

/* Whether the function's entry says family:`family`. */
bool api_in_family(const struct api_function *function, const char *family);

/* Whether `field` of struct `record` is a device that does no DMA. */
bool api_is_class_device(const struct api *api, const char *record,
			 const char *field);

/* The number that [value] gives for `name`; 0 if it has none. */
uint64_t api_value(const struct api *api, const char *name);

/* XXH64 over all entries: facts made with another one are of no use. */
uint64_t api_hash(const struct api *api);

/*
 * The same over what facts are made with alone: which functions have an entry,
 * and which of them return the memory they are given, structs and their fields,
 * typedefs, variables. Neither reasons, nor slots, nor [value] count.
 */
uint64_t api_facts_hash(const struct api *api);

void api_free(struct api *api);

#endif
