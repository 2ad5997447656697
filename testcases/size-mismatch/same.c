// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>

struct plover {
	struct device *dev;
	void *page, *frame;
	dma_addr_t page_dma, frame_dma;
	size_t len;
};

struct plover_big { u8 b[48]; };
struct plover_small { u8 b[24]; };

/* Each use has variables of its own. */
#define PLOVER_MAX ({							\
	size_t size, m1 = sizeof(struct plover_big),			\
	       m2 = sizeof(struct plover_small);			\
	size = m1 > m2 ? m1 : m2;					\
	size;								\
})

int plover_start(struct plover *p);

int plover_page(struct plover *p);
int plover_page(struct plover *p)
{
	p->page = dma_alloc_coherent(p->dev, PLOVER_MAX, &p->page_dma,
				     GFP_KERNEL);
	if (!p->page)
		return -ENOMEM;
	if (plover_start(p)) {
		dma_free_coherent(p->dev, PLOVER_MAX, p->page, p->page_dma);
		return -EIO;
	}
	return 0;
}

/* What the member was set to is rounded up both times. */
int plover_frame(struct plover *p, size_t size);
int plover_frame(struct plover *p, size_t size)
{
	p->len = size;
	size = (size + 4095) & ~4095ul;
	p->frame = dma_alloc_coherent(p->dev, size, &p->frame_dma, GFP_KERNEL);
	return p->frame ? 0 : -ENOMEM;
}

void plover_free(struct plover *p);
void plover_free(struct plover *p)
{
	dma_free_coherent(p->dev, (p->len + 4095) & ~4095ul, p->frame,
			  p->frame_dma);
}

/* The descriptor remembers the length. */
struct plover_desc { u32 size, pages; };

int plover_chunk(struct plover *p, struct plover_desc *desc, size_t len);
int plover_chunk(struct plover *p, struct plover_desc *desc, size_t len)
{
	dma_addr_t dma;
	void *buf = dma_alloc_coherent(p->dev, len, &dma, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	desc->pages = len / 4096;
	if (plover_start(p)) {
		size_t size = desc->pages * 4096;

		dma_free_coherent(p->dev, size, buf, dma);
		return -EIO;
	}
	return 0;
}

/*
 * check-name: the same size, written or computed twice
 * check-output-start
 * check-output-end
 */
