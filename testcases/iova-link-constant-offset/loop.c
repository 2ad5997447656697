// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct range {
	phys_addr_t phys;
	size_t len;
};

int same_offset(struct device *dev, struct dma_iova_state *state,
		struct range *ranges, int n);
int right(struct device *dev, struct dma_iova_state *state,
	  struct range *ranges, int n);
int once(struct device *dev, struct dma_iova_state *state,
	 struct range *range);
int a_state_each(struct device *dev, struct dma_iova_state *states,
		 struct range *ranges, int n);
int first_that_fits(struct device *dev, struct dma_iova_state *state,
		    struct range *ranges, int n);

int same_offset(struct device *dev, struct dma_iova_state *state,
		struct range *ranges, int n)
{
	int i, ret;

	for (i = 0; i < n; i++) {
		ret = dma_iova_link(dev, state, ranges[i].phys, 0,
				    ranges[i].len, DMA_TO_DEVICE, 0);
		if (ret)
			return ret;
	}
	return 0;
}

/* All of these are right. */
int right(struct device *dev, struct dma_iova_state *state,
	  struct range *ranges, int n)
{
	size_t mapped = 0;
	int i, ret;

	for (i = 0; i < n; i++) {
		ret = dma_iova_link(dev, state, ranges[i].phys, mapped,
				    ranges[i].len, DMA_TO_DEVICE, 0);
		if (ret)
			return ret;
		mapped += ranges[i].len;
	}
	return 0;
}

int once(struct device *dev, struct dma_iova_state *state,
	 struct range *range)
{
	return dma_iova_link(dev, state, range->phys, 0, range->len,
			     DMA_TO_DEVICE, 0);
}

int a_state_each(struct device *dev, struct dma_iova_state *states,
		 struct range *ranges, int n)
{
	int i, ret;

	for (i = 0; i < n; i++) {
		if (!dma_iova_try_alloc(dev, &states[i], ranges[i].phys,
					ranges[i].len))
			return -ENOMEM;
		ret = dma_iova_link(dev, &states[i], ranges[i].phys, 0,
				    ranges[i].len, DMA_TO_DEVICE, 0);
		if (ret)
			return ret;
	}
	return 0;
}

int first_that_fits(struct device *dev, struct dma_iova_state *state,
		    struct range *ranges, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (ranges[i].len > 4096) {
			int ret = dma_iova_link(dev, state, ranges[i].phys, 0,
						ranges[i].len, DMA_TO_DEVICE,
						0);

			return ret;
		}
	}
	return -EIO;
}

/*
 * check-name: dma_iova_link() in a loop
 * check-exit: 1
 * check-output-start
 * loop.c:26:9: error: every iteration of the loop links at the same offset [iova-link-constant-offset]
 * check-output-end
 */
