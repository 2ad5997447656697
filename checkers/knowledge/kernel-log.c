// SPDX-License-Identifier: GPL-2.0-only
/*
 * The warnings of the DMA API in a kernel log, with the functions in their call
 * traces, for `dmacheck explain --dmesg`.
 */
#include "knowledge/kernel-log.h"

#include <ctype.h>

#include "lib/alloc.h"
#include "lib/compat.h"

/*
 * From err_printk() and WARN_ONCE() in kernel/dma/debug.c, and from
 * kernel/dma/mapping.c, kernel/dma/swiotlb.c and
 * include/linux/dma-mapping.h, Linux 5.10 to 7.2.
 */
static const struct kernel_message messages[] = {
	{ .text = "frees DMA memory with different size",
	  .rules = { "size-mismatch" },
	  .meaning = "the unmap or free has another size than the map or allocation" },
	{ .text = "frees DMA memory with wrong function",
	  .rules = { "unmap-attr-mismatch", "wc-free-mismatch", "managed-unmanaged-free" },
	  .meaning = "the unmap or free is not the one that belongs to the map or allocation" },
	{ .text = "frees DMA memory with different CPU address",
	  .rules = { "unmap-attr-mismatch" },
	  .meaning = "dma_free_*() got another CPU address than dma_alloc_*() returned" },
	{ .text = "frees DMA sg list with different entry count",
	  .rules = { "unmap-sg-mapped-count" },
	  .meaning = "dma_unmap_sg() needs the number of entries that dma_map_sg() was given, not the one that it returned" },
	{ .text = "frees DMA memory with different direction",
	  .rules = { "unmap-attr-mismatch" },
	  .meaning = "the unmap has another direction than the map" },
	{ .text = "frees DMA memory with different attributes",
	  .rules = { "unmap-attr-mismatch" },
	  .meaning = "the unmap has other attributes than the map" },
	{ .text = "failed to check map error",
	  .rules = { "missing-mapping-error-check" },
	  .meaning = "nobody asked dma_mapping_error() about the address" },
	{ .text = "tries to free an invalid DMA memory address",
	  .rules = { "unmap-not-mapped", "missing-mapping-error-check" },
	  .meaning = "a mapping that had failed was unmapped" },
	{ .text = "tries to free DMA memory it has not allocated",
	  .rules = { "unmap-not-mapped", "managed-unmanaged-free", "wrong-device",
	    "map-return-ignored" },
	  .meaning = "what was unmapped or freed is not mapped: it was undone before, or mapped for another device, or its mapping had failed" },
	{ .text = "has pending DMA allocations while released from device",
	  .rules = { "mapping-leaked-on-error", "mmio-map-never-unmapped" },
	  .meaning = "the driver was unbound and left mappings or coherent memory behind" },
	{ .text = "maps memory from stack",
	  .rules = { "memory-not-for-dma" },
	  .meaning = "the stack is not memory for DMA: it may be in vmalloc space, and it shares cache lines" },
	{ .text = "maps memory from vmalloc area",
	  .rules = { "memory-not-for-dma", "coherent-ptr-to-streaming" },
	  .meaning = "vmalloc() memory, or coherent memory that is mapped there, is not in the linear mapping, where virt_to_phys() works" },
	{ .text = "rejecting DMA map of vmalloc memory",
	  .rules = { "memory-not-for-dma", "coherent-ptr-to-streaming" },
	  .meaning = "vmalloc() memory, or coherent memory that is mapped there, is not in the linear mapping, where virt_to_phys() works" },
	{ .text = "maps memory from kernel text or rodata",
	  .rules = { "memory-not-for-dma" },
	  .meaning = "the kernel's text and constants are not memory for DMA" },
	{ .text = "maps memory from invalid area",
	  .rules = { "memory-not-for-dma" },
	  .meaning = "the address is not one of the kernel's linear mapping" },
	{ .text = "called for RAM address",
	  .rules = { "mmio-on-ram" },
	  .meaning = "dma_map_resource() is for device registers, not for RAM" },
	{ .text = "tries to sync DMA memory it has not allocated",
	  .rules = { "sync-mismatch", "sync-of-coherent", "unmap-not-mapped" },
	  .meaning = "what is synced is not mapped" },
	{ .text = "syncs DMA memory outside allocated range",
	  .rules = { "sync-mismatch" },
	  .meaning = "the sync reaches beyond the mapping" },
	{ .text = "syncs DMA memory with different direction",
	  .rules = { "sync-mismatch" },
	  .meaning = "the sync has another direction than the map" },
	{ .text = "syncs device read-only DMA memory for cpu",
	  .rules = { "sync-mismatch" },
	  .meaning = "memory that the device only reads was synced for the CPU" },
	{ .text = "syncs device write-only DMA memory to device",
	  .rules = { "sync-mismatch" },
	  .meaning = "memory that the device only writes was synced for the device" },
	{ .text = "syncs DMA sg list with different entry count",
	  .rules = { "unmap-sg-mapped-count" },
	  .meaning = "dma_sync_sg_*() needs the number of entries that dma_map_sg() was given" },
	{ .text = "cacheline tracking EEXIST",
	  .rules = { "dma-field-without-group", "partial-cacheline-protection",
	    "cacheline-aligned-not-dma-min" },
	  .meaning = "two mappings that the device writes to share a cache line" },
	{ .text = "overlapping mappings of cacheline",
	  .rules = { "dma-field-without-group" },
	  .meaning = "many mappings share a cache line: they may be leaked" },
	{ .text = "mapping sg segment longer than device claims to support",
	  .rules = { NULL },
	  .meaning = "a segment is longer than dma_set_max_seg_size() allows; no rule compares these" },
	{ .text = "touching an active dma mapped cacheline",
	  .rules = { "sync-mismatch" },
	  .meaning = "the CPU wrote to a buffer that is mapped; dma-debug said so up to Linux 5.10" },
	{ .text = "mapping sg segment across boundary",
	  .rules = { NULL },
	  .meaning = "a segment crosses the boundary of dma_set_seg_boundary(); no rule compares these" },
	{ .text = "swiotlb buffer is full",
	  .rules = { "missing-mapping-error-check",
	    "mapping-leaked-on-error", "map-return-ignored" },
	  .meaning = "a mapping failed for want of bounce buffers: too much is mapped at once, a mapping is too large (256 KiB at most), or mappings leak",
	  .no_trace = true },
	{ .text = "provide you with the DMA bounce buffer",
	  .rules = { "missing-mapping-error-check",
	    "map-return-ignored" },
	  .meaning = "a mapping needs a bounce buffer and there is none",
	  .no_trace = true },
	{ .text = "software IO TLB: Memory encryption is active",
	  .rules = { NULL },
	  .meaning = "all mappings bounce on this machine",
	  .no_trace = true },
	{ .text = "Buffer overflow detected. Allocation size",
	  .rules = { "size-mismatch",
	    "sync-mismatch" },
	  .meaning = "more was synced or unmapped than was mapped through the bounce buffer" },
	{ .text = "DMA: Out of SW-IOMMU space",
	  .rules = { "missing-mapping-error-check", "mapping-leaked-on-error",
		     "map-return-ignored" },
	  .meaning = "a mapping failed for want of bounce buffers (said so up to Linux 3.x)",
	  .no_trace = true },
	{ .text = "kernel/dma/mapping.c", .also = "dma_map",
	  .rules = { "wrong-device" },
	  .meaning = "the device has no DMA mask: it is not the one on the bus, or its driver never set one" },
	{ .text = "kernel/dma/mapping.c", .also = "alloc",
	  .rules = { "gfp-comp", "wrong-device" },
	  .meaning = "the allocation was refused: __GFP_COMP was asked for, or the device has no coherent DMA mask" },
	{ .text = "kernel/dma/mapping.c", .also = "dma_free",
	  .rules = { NULL },
	  .meaning = "coherent memory was freed with interrupts off; no rule looks at that" },
};

static bool has_text(const char *line, size_t len, const char *text)
{
	return memmem(line, len, text, strlen(text));
}

const struct kernel_message *kernel_message_find(const char *line, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(messages); i++)
		if (has_text(line, len, messages[i].text) &&
		    (!messages[i].also || has_text(line, len, messages[i].also)))
			return &messages[i];
	return NULL;
}

/* Functions that only pass the warning on. */
static bool is_of_dma_api(const char *name)
{
	static const char *const prefixes[] = { "dma_", "debug_dma_", "dmam_",
		"__dma_", "iommu_dma_", "swiotlb_", "pci_map_", "pci_unmap_",
		"ib_dma_", "check_sync", "check_unmap", "check_for_", "warn_slowpath",
		"__warn", "report_bug", "handle_bug", "exc_", "asm_exc_", "add_dma_entry",
		"active_cacheline", "device_release_driver", "__device_release_driver",
		"notifier_call_chain", "blocking_notifier_call_chain", "bus_notify",
		"show_regs", "dump_stack", "do_error_trap", "do_invalid_op", "invalid_op",
		"__die", "show_stack", "dump_backtrace", "bug_handler", "brk_handler",
		"el1" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(prefixes); i++)
		if (!strncmp(name, prefixes[i], strlen(prefixes[i])))
			return true;
	return false;
}

/*
 * The next "function+0x12/0x34 [module]" in the line, a new string; NULL if
 * there is none. *module is the module, to be freed, or NULL.
 */
static char *find_frame(const char *line, size_t len, char **module)
{
	const char *end = line + len, *plus = line, *start, *p;

	*module = NULL;
	while ((plus = memmem(plus, (size_t)(end - plus), "+0x", 3))) {
		for (start = plus; start > line &&
		     (isalnum((unsigned char)start[-1]) || start[-1] == '_' ||
		      start[-1] == '.'); start--)
			;
		for (p = plus + 3; p < end && (isxdigit((unsigned char)*p) ||
					       *p == '/' || *p == 'x'); p++)
			;
		if (start == plus || !memchr(plus, '/', (size_t)(p - plus))) {
			plus += 3;
			continue;
		}
		if (end - p > 2 && p[0] == ' ' && p[1] == '[') {
			size_t n = strcspn(p + 2, "] \n");

			*module = xstrndup(p + 2, n);
		}
		/* "foo.isra.0", "foo.constprop.1", "foo.cold" are foo. */
		p = memchr(start, '.', (size_t)(plus - start));
		return xstrndup(start, (size_t)((p ? p : plus) - start));
	}
	return NULL;
}

/* The text behind "[  1.234567] ", or behind the "kernel: " of a system log. */
static char *message_text(const char *line, size_t len)
{
	const char *end = line + len, *p = memmem(line, len, "kernel: ", 8);

	if (p)
		line = p + 8;
	if (line < end && *line == '[') {
		p = memchr(line, ']', (size_t)(end - line));
		line = p ? p + 1 : line;
	}
	while (line < end && *line == ' ')
		line++;
	return xstrndup(line, (size_t)(end - line));
}

static void add_frame(struct kernel_warning *w, struct strvec *to,
		      const char *line, size_t len)
{
	char *module, *name = find_frame(line, len, &module);

	/* "? foo+0x1/0x2" was only found on the stack. */
	if (name && !has_text(line, len, "? ") && !is_of_dma_api(name) &&
	    !strvec_has(to, name)) {
		if (!to->nr && to == &w->callers) {
			free(w->module);
			w->module = module;
			module = NULL;
		}
		strvec_push(to, name);
	}
	free(module);
	free(name);
}

static bool same_strings(const struct strvec *a, const struct strvec *b)
{
	size_t i;

	for (i = 0; i < a->nr && i < b->nr; i++)
		if (strcmp(a->v[i], b->v[i]))
			return false;
	return a->nr == b->nr;
}

/* Whether they say the same of one device: but for "[addresses and sizes]". */
static bool same_device(const char *a, const char *b)
{
	size_t len = strcspn(a, "[(");

	return len == strcspn(b, "[(") && !strncmp(a, b, len);
}

static void release_warning(struct kernel_warning *w)
{
	free(w->text);
	free(w->module);
	strvec_release(&w->callers);
	strvec_release(&w->mappers);
}

/* The last warning is complete: count it with an earlier one that is equal. */
static void finish_warning(struct kernel_log *log)
{
	struct kernel_warning *last;
	size_t i;

	if (!log->nr)
		return;
	last = &log->list[log->nr - 1];
	for (i = 0; i + 1 < log->nr; i++) {
		struct kernel_warning *w = &log->list[i];

		if (w->message != last->message ||
		    (!w->callers.nr && !same_device(w->text, last->text)) ||
		    !same_strings(&w->callers, &last->callers))
			continue;
		w->count++;
		release_warning(last);
		log->nr--;
		return;
	}
}

static struct kernel_warning *begin_warning(struct kernel_log *log, size_t line)
{
	finish_warning(log);
	ALLOC_GROW(log->list, log->nr + 1, log->alloc);
	log->list[log->nr] = (struct kernel_warning){ .line = line, .count = 1,
		.callers = STRVEC_INIT, .mappers = STRVEC_INIT };
	return &log->list[log->nr++];
}

void kernel_log_parse(struct kernel_log *log, const char *text)
{
	struct kernel_warning *w = NULL;
	bool ended = false, mapped_at = false;
	const char *line, *end;
	size_t number = 0;

	for (line = text; *line; line = *end ? end + 1 : end) {
		const struct kernel_message *message;
		size_t len;

		end = strchrnul(line, '\n');
		len = (size_t)(end - line);
		number++;
		message = kernel_message_find(line, len);
		if (message) {
			w = begin_warning(log, number);
			w->message = message;
			w->text = message_text(line, len);
			mapped_at = ended = false;
			if (message->no_trace)
				w = NULL;
		} else if (has_text(line, len, "cut here")) {
			w = NULL;
		} else if (has_text(line, len, "Mapped at:")) {
			mapped_at = true;
		} else if (has_text(line, len, "---[ end trace")) {
			ended = true;
		} else if (w && mapped_at) {
			add_frame(w, &w->mappers, line, len);
		} else if (w && !ended) {
			add_frame(w, &w->callers, line, len);
		}
	}
	finish_warning(log);
}

void kernel_log_release(struct kernel_log *log)
{
	size_t i;

	for (i = 0; i < log->nr; i++)
		release_warning(&log->list[i]);
	free(log->list);
	*log = (struct kernel_log)KERNEL_LOG_INIT;
}
