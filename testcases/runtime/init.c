// SPDX-License-Identifier: GPL-2.0-only
/*
 * The only program of the guest: loads and unloads the drivers of edu/, first
 * all as good twins, then as bad ones, with a line before and after in the kernel's
 * log, and turns the guest off. For user-memory it is also the program whose
 * memory the device uses.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "user-memory.h"

__attribute__((format(printf, 1, 2)))
static void say(const char *fmt, ...)
{
	char line[256];
	va_list ap;
	int fd, len;

	va_start(ap, fmt);
	len = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	fd = open("/dev/kmsg", O_WRONLY);
	if (fd < 0 || write(fd, line, len) != len)
		perror("init: /dev/kmsg");
	close(fd);
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		say("init: cannot write %s: %s\n", path, strerror(errno));
	close(fd);
}

/* The device's view of a page before and after the program writes to it. */
static void use_shared_memory(const char *twin)
{
	char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char seen[EDU_LOOK_SIZE + 1] = "";
	int fd = open("/dev/edu", O_RDWR);

	strcpy(page, "old bytes");
	if (ioctl(fd, EDU_SHARE, page)) {
		say("init: %s twin: the mapping is refused: %s\n", twin,
		    strerror(errno));
		goto out;
	}
	strcpy(page, "new bytes");
	if (ioctl(fd, EDU_LOOK, seen))
		say("init: %s twin: EDU_LOOK: %s\n", twin, strerror(errno));
	else
		say("init: %s twin: the device read the %s\n", twin, seen);
out:
	close(fd);
	munmap(page, 4096);
}

static void run_twin(const char *module, const char *twin, const char *arg)
{
	char path[300], name[256];
	char *p;
	int fd;

	snprintf(path, sizeof(path), "/edu/%s", module);
	/* "1-NAME.ko": in that order. */
	snprintf(name, sizeof(name), "%.*s", (int)strlen(module) - 5, module + 2);
	say("init: begin %s %s\n", name, twin);
	fd = open(path, O_RDONLY);
	if (fd < 0 || syscall(SYS_finit_module, fd, arg, 0))
		say("init: cannot load %s: %s\n", module, strerror(errno));
	close(fd);
	if (!strcmp(name, "user-memory"))
		use_shared_memory(twin);
	say("init: unload\n");
	for (p = name; *p; p++)
		if (*p == '-')
			*p = '_';
	if (syscall(SYS_delete_module, name, 0))
		say("init: cannot unload %s: %s\n", name, strerror(errno));
	say("init: end\n");
}

static int is_module(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 5 && !strcmp(entry->d_name + len - 3, ".ko");
}

int main(void)
{
	struct dirent **modules;
	int i, n;

	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
	write_file("/sys/kernel/debug/dma-api/all_errors", "1");
	n = scandir("/edu", &modules, is_module, alphasort);
	/* What a bad twin leaves behind is seen at each unbind that follows. */
	for (i = 0; i < n; i++)
		run_twin(modules[i]->d_name, "good", "good=1");
	for (i = 0; i < n; i++)
		run_twin(modules[i]->d_name, "bad", "good=0");
	say("init: all done\n");
	sync();
	reboot(RB_POWER_OFF);
	return 0;
}
