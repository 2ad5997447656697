// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>

struct stint_entry {
	dma_addr_t mapping;
	unsigned int used;
};

struct stint {
	struct device *dev;
	void *buf, *cmd;
	dma_addr_t dma, cmd_dma;
	struct stint_entry ring[16];
};

int stint_start(struct stint *s);

/* 0 says that there is none. */
int stint_zero(struct stint *s);
int stint_zero(struct stint *s)
{
	int ret;

	s->dma = dma_map_single(s->dev, s->buf, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(s->dev, s->dma)) {
		s->dma = 0;
		ret = -EIO;
		goto unmap;
	}
	ret = stint_start(s);
	if (ret)
		goto unmap;
	return 0;
unmap:
	if (s->dma)
		dma_unmap_single(s->dev, s->dma, 64, DMA_TO_DEVICE);
	return ret;
}

/* DMA_MAPPING_ERROR is not 0; that another one is set to 0 does not help. */
int stint_unmarked(struct stint *s);
int stint_unmarked(struct stint *s)
{
	int ret = -EIO;

	s->cmd_dma = dma_map_single(s->dev, s->cmd, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(s->dev, s->cmd_dma)) {
		s->dma = 0;
		goto unmap;
	}
	ret = stint_start(s);
	if (ret) {
		s->cmd_dma = 0;
		goto unmap;
	}
	return 0;
unmap:
	if (s->cmd_dma)
		dma_unmap_single(s->dev, s->cmd_dma, 64, DMA_TO_DEVICE);
	return ret;
}

/* The index is that of the first one again. */
int stint_index(struct stint *s, unsigned int first, unsigned int nr);
int stint_index(struct stint *s, unsigned int first, unsigned int nr)
{
	unsigned int entry = first, i;

	for (i = 0; i < nr; i++) {
		s->ring[entry].mapping =
			dma_map_single(s->dev, s->buf, 64, DMA_TO_DEVICE);
		if (dma_mapping_error(s->dev, s->ring[entry].mapping))
			goto unmap;
		entry++;
	}
	return 0;
unmap:
	entry = first;
	if (i > 0)
		dma_unmap_single(s->dev, s->ring[entry].mapping, 64,
				 DMA_TO_DEVICE);
	return -ENOMEM;
}

/*
 * check-name: what failed is marked, or is not what is unmapped
 * check-output-start
 * marked.c:60:3: warning: dma_unmap_single() of what was not mapped [unmap-not-mapped]
 * marked.c:47:15: note: this call failed
 * marked.c:48:6: note: as is found out here
 * check-output-end
 */
