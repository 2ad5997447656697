// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/skbuff.h>
#include <linux/slab.h>

#define NR_SLOTS 4

struct stint_queue {
	void *va;
	dma_addr_t pa;
};

struct stint {
	struct device *dev;
	struct stint_queue rx, tx;
	u32 *slot[NR_SLOTS];
	dma_addr_t slot_dma[NR_SLOTS];
	void *extra, *either;
	dma_addr_t extra_dma;
};

int stint_open(struct stint *s);
phys_addr_t stint_rx(struct stint *s);
phys_addr_t stint_tx(struct stint *s);
phys_addr_t stint_slot(struct stint *s, int i);
struct page *stint_page(struct stint *s);
phys_addr_t stint_right(struct stint *s);
phys_addr_t stint_packet(struct stint *s, struct sk_buff *skb, bool own);

static void *stint_alloc(struct stint *s, dma_addr_t *dma)
{
	void *p = dma_alloc_coherent(s->dev, PAGE_SIZE, dma, GFP_KERNEL);

	return p ? p : NULL;
}

static void *stint_get(struct stint *s, dma_addr_t *dma)
{
	void *p;

	p = stint_alloc(s, dma);
	if (!p)
		return NULL;
	return p;
}

static void *stint_any(struct stint *s, dma_addr_t *dma, bool coherent)
{
	if (coherent)
		return dma_alloc_coherent(s->dev, PAGE_SIZE, dma, GFP_KERNEL);
	return kmalloc(PAGE_SIZE, GFP_KERNEL);
}

int stint_open(struct stint *s)
{
	int i;

	s->rx.va = dma_alloc_coherent(s->dev, PAGE_SIZE, &s->rx.pa, GFP_KERNEL);
	s->tx.va = dma_alloc_coherent(s->dev, PAGE_SIZE, &s->tx.pa, GFP_KERNEL);
	for (i = 0; i < NR_SLOTS; i++)
		s->slot[i] = dma_alloc_coherent(s->dev, PAGE_SIZE,
						&s->slot_dma[i], GFP_KERNEL);
	s->extra = stint_get(s, &s->extra_dma);
	s->either = stint_any(s, &s->extra_dma, false);
	return s->rx.va && s->tx.va && s->extra && s->either ? 0 : -ENOMEM;
}

phys_addr_t stint_rx(struct stint *s)
{
	return virt_to_phys(s->rx.va);
}

/* The allocation that is named is that of tx. */
phys_addr_t stint_tx(struct stint *s)
{
	return virt_to_phys(s->tx.va);
}

phys_addr_t stint_slot(struct stint *s, int i)
{
	return virt_to_phys(s->slot[i]);
}

static struct page *stint_to_page(void *p)
{
	return virt_to_page(p);
}

struct page *stint_page(struct stint *s)
{
	return stint_to_page(s->extra);
}

phys_addr_t stint_right(struct stint *s)
{
	return virt_to_phys(s->either);
}

/* What is in a packet is not followed, and is something else. */
phys_addr_t stint_packet(struct stint *s, struct sk_buff *skb, bool own)
{
	void *p;

	if (own)
		p = s->extra;
	else
		p = skb->data;
	return virt_to_phys(p);
}
/*
 * check-name: coherent memory of a helper, in an array, given to a helper
 * check-output-start
 * helpers.c:72:9: error: virt_to_phys() is called on memory from dma_alloc_coherent(), which may have no struct page [coherent-ptr-to-streaming]
 * helpers.c:60:13: note: memory comes from dma_alloc_coherent()
 * helpers.c:78:9: error: virt_to_phys() is called on memory from dma_alloc_coherent(), which may have no struct page [coherent-ptr-to-streaming]
 * helpers.c:61:13: note: memory comes from dma_alloc_coherent()
 * helpers.c:83:9: error: virt_to_phys() is called on memory from dma_alloc_coherent(), which may have no struct page [coherent-ptr-to-streaming]
 * helpers.c:63:16: note: memory comes from dma_alloc_coherent()
 * helpers.c:93:9: error: stint_to_page() is called on memory from dma_alloc_coherent(), which may have no struct page [coherent-ptr-to-streaming]
 * helpers.c:34:12: note: memory comes from dma_alloc_coherent()
 * helpers.c:88:9: note: virt_to_page() is called there
 * check-output-end
 */
