// SPDX-License-Identifier: GPL-2.0-only
/* printf(3) for messages: what comes from elsewhere cannot forge one. */
#include "lib/diag-format.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/quote.h"
#include "lib/strbuf.h"

/* One conversion of the format. */
struct conversion {
	char spec[32];		/* "%-5lu" */
	int precision;		/* of a string; -1: all of it */
	int longs;		/* "l", "ll" */
	char size;		/* 'z', 'j', or 0 */
	char kind;		/* 'u' */
};

/* Read it from *fmt, which stands behind the "%". */
static void read_conversion(struct conversion *c, const char **fmt, va_list *args)
{
	const char *start = *fmt - 1, *p = *fmt;
	size_t len;

	*c = (struct conversion){ .precision = -1 };
	p += strspn(p, "-+ #0123456789");
	if (*p == '.' && p[1] == '*') {
		c->precision = va_arg(*args, int);
		p += 2;
	} else if (*p == '.') {
		c->precision = atoi(p + 1);
		p += 1 + strspn(p + 1, "0123456789");
	}
	for (; *p == 'l' || *p == 'h'; p++)
		c->longs += *p == 'l';
	if (*p == 'z' || *p == 'j')
		c->size = *p++;
	c->kind = *p ? *p++ : '\0';
	len = (size_t)(p - start);
	if (len >= sizeof(c->spec))
		BUG("the conversion %.*s is too long", (int)len, start);
	memcpy(c->spec, start, len);
	*fmt = p;
}

static void add_number(struct strbuf *out, const struct conversion *c,
		       va_list *args)
{
	char text[512];

	if (c->kind == 'f' || c->kind == 'g')
		snprintf(text, sizeof(text), c->spec, va_arg(*args, double));
	else if (c->size == 'j')
		snprintf(text, sizeof(text), c->spec, va_arg(*args, intmax_t));
	else if (c->size == 'z')
		snprintf(text, sizeof(text), c->spec, va_arg(*args, size_t));
	else if (c->longs == 2)
		snprintf(text, sizeof(text), c->spec, va_arg(*args, long long));
	else if (c->longs)
		snprintf(text, sizeof(text), c->spec, va_arg(*args, long));
	else
		snprintf(text, sizeof(text), c->spec, va_arg(*args, int));
	strbuf_addstr(out, text);
}

static void add_lines(struct strbuf *out, char *text)
{
	char *line;

	while ((line = strsep(&text, "\n"))) {
		strbuf_addstr(out, "  ");
		quote_text(out, line);
		if (text)
			strbuf_addch(out, '\n');
	}
}

static void add_string(struct strbuf *out, const struct conversion *c,
		       const char *s, bool is_text)
{
	char *text = c->precision >= 0 ? xstrndup(s, (size_t)c->precision) :
		xstrdup(s ? s : "(null)");

	if (is_text)
		add_lines(out, text);
	else
		quote_text(out, text);
	free(text);
}

char *diag_format(const char *fmt, va_list args)
{
	struct strbuf out = STRBUF_INIT;
	struct conversion c;
	va_list copy;
	char before = '\0';

	va_copy(copy, args);
	while (*fmt) {
		if (*fmt != '%' || fmt[1] == '%') {
			fmt += *fmt == '%';
			before = *fmt;
			strbuf_addch(&out, *fmt++);
			continue;
		}
		fmt++;
		read_conversion(&c, &fmt, &copy);
		if (c.kind == 's')
			add_string(&out, &c, va_arg(copy, const char *),
				   before == '\n');
		else if (c.kind && strchr("diuxXocfg", c.kind))
			add_number(&out, &c, &copy);
		else
			BUG("%s is not for messages", c.spec);
		before = 's';
	}
	va_end(copy);
	return strbuf_detach(&out, NULL);
}
