// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct fb {
	void *cpu, *right, *either, *nowarn;
	dma_addr_t dma, right_dma, either_dma, nowarn_dma;
	int wc;
};

int probe(struct device *dev, struct fb *fb);
int single(struct device *dev);
void remove(struct device *dev, struct fb *fb);
int probe_either(struct device *dev, struct fb *fb);
void remove_either(struct device *dev, struct fb *fb);

int probe(struct device *dev, struct fb *fb)
{
	dma_addr_t phys;
	void *virt;

	virt = dma_alloc_wc(dev, 4096, &phys, GFP_KERNEL);
	if (!virt)
		return -ENOMEM;
	fb->right = dma_alloc_wc(dev, 4096, &fb->right_dma, GFP_KERNEL);
	if (!fb->right) {
		dma_free_coherent(dev, 4096, virt, phys);
		return -ENOMEM;
	}
	fb->nowarn = dma_alloc_coherent(dev, 64, &fb->nowarn_dma,
					GFP_KERNEL | __GFP_NOWARN);
	fb->cpu = virt;
	fb->dma = phys;
	return 0;
}

void remove(struct device *dev, struct fb *fb)
{
	dma_free_coherent(dev, 4096, fb->cpu, fb->dma);
	dma_free_wc(dev, 4096, fb->right, fb->right_dma);
	dma_free_coherent(dev, 64, fb->nowarn, fb->nowarn_dma);
}

/* Chosen at run time, and freed in the branch that matches. */
int probe_either(struct device *dev, struct fb *fb)
{
	if (fb->wc)
		fb->either = dma_alloc_wc(dev, 4096, &fb->either_dma,
					  GFP_KERNEL);
	else
		fb->either = dma_alloc_coherent(dev, 4096, &fb->either_dma,
						GFP_KERNEL);
	return fb->either ? 0 : -ENOMEM;
}

void remove_either(struct device *dev, struct fb *fb)
{
	if (fb->wc)
		dma_free_wc(dev, 4096, fb->either, fb->either_dma);
	else
		dma_free_coherent(dev, 4096, fb->either, fb->either_dma);
}

/* How it was allocated plays no part when it is freed. */
int single(struct device *dev)
{
	dma_addr_t dma;
	void *p = dma_alloc_attrs(dev, 4096, &dma, GFP_KERNEL,
				  DMA_ATTR_ALLOC_SINGLE_PAGES);

	if (!p)
		return -ENOMEM;
	dma_free_coherent(dev, 4096, p, dma);
	return 0;
}

/*
 * check-name: write-combined memory is freed as coherent
 * check-output-start
 * plain-free.c:26:3: warning: allocated with DMA_ATTR_WRITE_COMBINE, but freed without [wc-free-mismatch]
 * plain-free.c:21:9: note: allocated here with dma_alloc_wc()
 * plain-free.c:38:2: warning: allocated with DMA_ATTR_WRITE_COMBINE, but freed without [wc-free-mismatch]
 * plain-free.c:21:9: note: allocated here with dma_alloc_wc()
 * check-output-end
 */
