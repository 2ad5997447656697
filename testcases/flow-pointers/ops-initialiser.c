// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct buffer;

struct buffer_ops {
	int (*get_pages)(struct buffer *buf, struct page **pages, int n);
	void (*put_pages)(struct page **pages, int n);
};

struct buffer {
	const struct buffer_ops *ops;
	unsigned long addr;
	struct sg_table sgt;
};

struct ring;

struct ring_ops {
	int (*get_pages)(struct ring *ring, struct page **pages, int n);
};

struct ring {
	const struct ring_ops *ops;
	struct sg_table sgt;
};

void buffer_init(struct buffer *buf, unsigned long addr);
void ring_init(struct ring *ring);
int buffer_map(struct device *dev, struct buffer *buf, struct page **pages);
int ring_map(struct device *dev, struct ring *ring, struct page **pages);

static int buffer_get_pages(struct buffer *buf, struct page **pages, int n)
{
	int got = pin_user_pages_fast(buf->addr, n, FOLL_LONGTERM, pages);

	return got == n ? 0 : -EFAULT;
}

static void buffer_put_pages(struct page **pages, int n)
{
	unpin_user_pages(pages, n);
}

static const struct buffer_ops user_ops = {
	.get_pages = buffer_get_pages,
	.put_pages = buffer_put_pages,
};

static int ring_get_pages(struct ring *ring, struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		if (!pages[i])
			return -ENOMEM;
	}
	return 0;
}

/* By position, in a table of tables. */
static const struct ring_ops ring_kinds[] = { { ring_get_pages } };

void buffer_init(struct buffer *buf, unsigned long addr)
{
	buf->ops = &user_ops;
	buf->addr = addr;
}

void ring_init(struct ring *ring)
{
	ring->ops = &ring_kinds[0];
}

int buffer_map(struct device *dev, struct buffer *buf, struct page **pages)
{
	int ret;

	ret = buf->ops->get_pages(buf, pages, 4);
	if (ret)
		return ret;
	ret = sg_alloc_table_from_pages(&buf->sgt, pages, 4, 0, 4 * PAGE_SIZE,
					GFP_KERNEL);
	if (!ret)
		ret = dma_map_sgtable(dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
	if (ret)
		buf->ops->put_pages(pages, 4);
	return ret;
}

int ring_map(struct device *dev, struct ring *ring, struct page **pages)
{
	int ret;

	ret = ring->ops->get_pages(ring, pages, 4);
	if (ret)
		return ret;
	ret = sg_alloc_table_from_pages(&ring->sgt, pages, 4, 0, 4 * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		return ret;
	return dma_map_sgtable(dev, &ring->sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: pinned behind an ops table that an initialiser fills
 * check-output-start
 * ops-initialiser.c:87:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * ops-initialiser.c:36:12: note: pages come from pin_user_pages_fast() into 'pages'
 * ops-initialiser.c:81:18: note: buffer_get_pages() fills 'pages'
 * ops-initialiser.c:84:8: note: sg_alloc_table_from_pages() puts 'pages' into struct buffer.sgt
 * check-output-end
 */
