// SPDX-License-Identifier: GPL-2.0-only
/*
 * Limits of memory for children, from --memory or from what the machine has.
 */
#include "lib/memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "lib/path.h"

#define MB ((size_t)1 << 20)
#define LEAST (1024 * MB)
/* Who cannot get as much as that has not enough for anything. */
#define PROBE (16 * MB)

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN true
#endif
#endif
#ifndef HAS_ASAN
#define HAS_ASAN false
#endif

int memory_parse(const char *text, size_t *size)
{
	unsigned long long n;
	unsigned int shift = 0;
	char *end;

	if (*text < '0' || *text > '9')
		return -1;
	n = strtoull(text, &end, 10);
	switch (*end) {
	case 'G': case 'g':
		shift += 10;
		/* fall through */
	case 'M': case 'm':
		shift += 10;
		/* fall through */
	case 'K': case 'k':
		shift += 10;
		end++;
	}
	if (*end || n > SIZE_MAX >> shift)
		return -1;
	*size = (size_t)n << shift;
	return 0;
}

/* Of the control group; SIZE_MAX if it has no limit. */
static size_t group_memory(void)
{
	char *text = path_read("/sys/fs/cgroup/memory.max", NULL);
	size_t size = SIZE_MAX;

	if (text) {
		text[strcspn(text, "\n")] = '\0';
		memory_parse(text, &size);	/* or "max" */
	}
	free(text);
	return size;
}

size_t memory_share(unsigned int jobs)
{
	struct sysinfo info;
	size_t all = group_memory(), share;

	if (!sysinfo(&info) && info.totalram < all / info.mem_unit)
		all = (size_t)info.totalram * info.mem_unit;
	share = all / 4 * 3 / (jobs ? jobs : 1);
	return share < LEAST ? LEAST : share;
}

/* What counts against RLIMIT_DATA, of this process. */
static size_t data_now(void)
{
	char text[128], *p = text;
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC), field;
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	size_t pages = 0;

	if (fd >= 0)
		close(fd);
	text[n > 0 ? n : 0] = '\0';
	for (field = 0; field < 5; field++)
		p += strcspn(p, " ") + (p[strcspn(p, " ")] == ' ');
	for (; *p >= '0' && *p <= '9'; p++)
		pages = pages * 10 + (size_t)(*p - '0');
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static size_t allowed, before;

void memory_limit(size_t size)
{
	struct rlimit limit;

	/* The address space would also count what is only mapped to be read. */
	if (!size || HAS_ASAN || getrlimit(RLIMIT_DATA, &limit))
		return;
	allowed = size;
	before = data_now();
	if (size + before < limit.rlim_cur) {
		limit.rlim_cur = size + before;
		setrlimit(RLIMIT_DATA, &limit);
	}
}

bool memory_is_short(bool refused)
{
	void *p = mmap(NULL, PROBE, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return true;
	munmap(p, PROBE);
	/* A list that doubles has a third of what it may have, and asks for two. */
	return refused && allowed && data_now() - before > allowed / 4;
}

const char *memory_words(size_t size)
{
	static char words[32];

	snprintf(words, sizeof(words), "%zu MB", size / MB);
	return words;
}
