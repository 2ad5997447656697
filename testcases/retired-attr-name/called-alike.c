// SPDX-License-Identifier: GPL-2.0-only
#include <linux/kernel.h>

int virtqueue_add_inbuf_cache_clean(void *vq);
bool is_cache_clean(void *cache);
int write_back(void *cache);

/* Another cache than the CPU's, and a caller of what has no other name. */
int write_back(void *cache)
{
	return is_cache_clean(cache) ? 0 : virtqueue_add_inbuf_cache_clean(cache);
}

/*
 * check-name: a function of that name which has nothing to do with DMA, and a call
 * check-command: dmacheck check --level note
 * check-output-start
 * check-output-end
 */
