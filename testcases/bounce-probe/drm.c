// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <drm/drm_gem.h>

bool drm_need_swiotlb(int dma_bits);
bool dma_addressing_limited(struct device *dev);
bool dev_is_dma_coherent(struct device *dev);
size_t dma_max_mapping_size(struct device *dev);
bool dma_need_sync(struct device *dev, dma_addr_t addr);

enum xen_domain_type { XEN_NATIVE, XEN_PV_DOMAIN, XEN_HVM_DOMAIN };
extern enum xen_domain_type xen_domain_type;
#define xen_pv_domain()		(xen_domain_type == XEN_PV_DOMAIN)
#define xen_hvm_domain()	(xen_domain_type == XEN_HVM_DOMAIN)

enum cc_attr { CC_ATTR_MEM_ENCRYPT, CC_ATTR_HOST_MEM_ENCRYPT,
	       CC_ATTR_GUEST_MEM_ENCRYPT, CC_ATTR_GUEST_STATE_ENCRYPT };
bool cc_platform_has(enum cc_attr attr);

int init(struct device *dev);
size_t segment(struct device *dev);
size_t segment_new(struct device *dev);
size_t limit(struct device *dev);
int dma_mode(void);
int say(void);

int init(struct device *dev)
{
	if (drm_need_swiotlb(40) || dma_addressing_limited(dev))
		return -ENODEV;
	return !dev_is_dma_coherent(dev);
}

size_t segment(struct device *dev)
{
	if (xen_pv_domain())
		return PAGE_SIZE;
	return dma_max_mapping_size(dev);
}

size_t segment_new(struct device *dev)
{
	return xen_pv_domain() ? PAGE_SIZE : 0;
}

/* Alone, it is a limit as any other. */
size_t limit(struct device *dev)
{
	if (xen_hvm_domain())
		return PAGE_SIZE;
	return dma_max_mapping_size(dev);
}

int dma_mode(void)
{
	return cc_platform_has(CC_ATTR_MEM_ENCRYPT) ? 1 :
	       cc_platform_has(CC_ATTR_GUEST_STATE_ENCRYPT) ? 2 : 0;
}

/* No mapping anywhere near. */
int say(void)
{
	return cc_platform_has(CC_ATTR_MEM_ENCRYPT) ? -ENODEV : 0;
}

/*
 * check-name: a DRM driver that asks whether its mappings would bounce
 * check-command: dmacheck check --rule bounce-probe --level note
 * check-output-start
 * drm.c:29:6: note: drm_need_swiotlb() probes how the DMA API would map; if a mapping must not bounce, pass DMA_ATTR_REQUIRE_COHERENT [bounce-probe]
 * drm.c:29:30: note: dma_addressing_limited() probes how the DMA API would map; if a mapping must not bounce, pass DMA_ATTR_REQUIRE_COHERENT [bounce-probe]
 * drm.c:31:10: note: dev_is_dma_coherent() probes how the DMA API would map; if a mapping must not bounce, pass DMA_ATTR_REQUIRE_COHERENT [bounce-probe]
 * drm.c:36:6: note: xen_pv_domain() probes how the DMA API would map; if a mapping must not bounce, pass DMA_ATTR_REQUIRE_COHERENT [bounce-probe]
 * drm.c:38:9: note: dma_max_mapping_size() probes how the DMA API would map; if a mapping must not bounce, pass DMA_ATTR_REQUIRE_COHERENT [bounce-probe]
 * drm.c:43:9: note: xen_pv_domain() probes how the DMA API would map; if a mapping must not bounce, pass DMA_ATTR_REQUIRE_COHERENT [bounce-probe]
 * drm.c:56:9: note: cc_platform_has() probes how the DMA API would map; if a mapping must not bounce, pass DMA_ATTR_REQUIRE_COHERENT [bounce-probe]
 * check-output-end
 */
