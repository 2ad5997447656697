// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct priv {
	void *ring, *table, *either;
	dma_addr_t ring_dma, table_dma, either_dma;
	int managed;
};

int probe(struct device *dev, struct priv *p);
void remove(struct device *dev, struct priv *p);
int probe_either(struct device *dev, struct priv *p);
void remove_either(struct device *dev, struct priv *p);

int probe(struct device *dev, struct priv *p)
{
	p->ring = dmam_alloc_coherent(dev, 4096, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	p->table = dmam_alloc_coherent(dev, 4096, &p->table_dma, GFP_KERNEL);
	return p->table ? 0 : -ENOMEM;
}

void remove(struct device *dev, struct priv *p)
{
	dma_free_coherent(dev, 4096, p->ring, p->ring_dma);
	dmam_free_coherent(dev, 4096, p->table, p->table_dma);
}

/* The branch that is not managed is freed. */
int probe_either(struct device *dev, struct priv *p)
{
	if (p->managed)
		p->either = dmam_alloc_coherent(dev, 4096, &p->either_dma,
						GFP_KERNEL);
	else
		p->either = dma_alloc_coherent(dev, 4096, &p->either_dma,
					       GFP_KERNEL);
	return p->either ? 0 : -ENOMEM;
}

void remove_either(struct device *dev, struct priv *p)
{
	if (!p->managed)
		dma_free_coherent(dev, 4096, p->either, p->either_dma);
}

/*
 * check-name: managed memory is freed with the function of unmanaged memory
 * check-output-start
 * twice.c:26:2: error: allocated with dmam_alloc_coherent() and freed by devres, but also freed with dma_free_coherent() [managed-unmanaged-free]
 * twice.c:17:12: note: allocated here with dmam_alloc_coherent()
 * check-output-end
 */
