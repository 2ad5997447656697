// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct mutex {
	int locked;
};

void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

static inline void kvfree_cleanup(void *p)
{
	kvfree(*(void **)p);
}

static inline void mutex_cleanup(struct mutex **lock)
{
	if (*lock)
		mutex_unlock(*lock);
}

static inline struct mutex *mutex_guard(struct mutex *lock)
{
	mutex_lock(lock);
	return lock;
}

#define __free_kvfree	__attribute__((__cleanup__(kvfree_cleanup)))
#define scoped_mutex(lock)						  \
	for (struct mutex *__guard __attribute__((__cleanup__(mutex_cleanup))) \
	     = mutex_guard(lock), *__once = (lock); __once; __once = NULL)

struct demo {
	struct device *dev;
	struct mutex lock;
	struct sg_table user, kernel;
};

int demo_open(struct demo *demo, unsigned long addr);
int demo_alloc(struct demo *demo);

int demo_open(struct demo *demo, unsigned long addr)
{
	struct page **pages __free_kvfree =
		kvmalloc_array(4, sizeof(*pages), GFP_KERNEL);

	if (!pages)
		return -ENOMEM;
	scoped_mutex(&demo->lock) {
		if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
			return -EFAULT;
		if (sg_alloc_table_from_pages(&demo->user, pages, 4, 0,
					      4 * PAGE_SIZE, GFP_KERNEL))
			return -ENOMEM;
	}
	return dma_map_sgtable(demo->dev, &demo->user, DMA_BIDIRECTIONAL, 0);
}

int demo_alloc(struct demo *demo)
{
	struct page **pages __free_kvfree =
		kvmalloc_array(4, sizeof(*pages), GFP_KERNEL);

	if (!pages)
		return -ENOMEM;
	scoped_mutex(&demo->lock) {
		pages[0] = alloc_page(GFP_KERNEL);
		if (sg_alloc_table_from_pages(&demo->kernel, pages, 1, 0,
					      PAGE_SIZE, GFP_KERNEL))
			return -ENOMEM;
	}
	return dma_map_sgtable(demo->dev, &demo->kernel, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: variables that clean up behind them, guarded scopes
 * check-output-start
 * cleanup.c:58:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * cleanup.c:52:7: note: pages come from pin_user_pages_fast() into 'pages'
 * cleanup.c:54:7: note: sg_alloc_table_from_pages() puts 'pages' into struct demo.user
 * check-output-end
 */
