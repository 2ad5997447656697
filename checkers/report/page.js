(function () {
'use strict';
const $ = (selector) => document.querySelector(selector);
const form = $('form'), output = $('output');
const list = [...document.querySelectorAll('#list > .f')];
const facets = [...document.querySelectorAll('aside a')];
const levels = ['error', 'warning', 'note'];

/* The texts that filters compare, read once. */
const index = list.map((item) => {
	const summary = item.firstElementChild;
	const d = item.dataset;
	return {
		item, summary,
		rule: d.rule, level: d.level,
		modules: d.module.split(', '),
		path: summary.querySelector('.p').textContent,
		text: [summary, ...item.querySelectorAll('.trace p')].map((e) => e.textContent)
			.join(' ').concat(' ', d.module).toLowerCase(),
	};
});

function fill() {
	const names = (of) => [...new Set(index.flatMap(of))].sort();
	for (const rule of names((f) => f.rule))
		form.rule.append(new Option(rule, rule));
	for (const module of names((f) => f.modules))
		$('#modules').append(new Option(module));
}

/* The filters for the URL's fragment, without empty ones. */
function state() {
	const params = new URLSearchParams();
	for (const name of ['rule', 'module', 'path', 'text'])
		if (form[name].value)
			params.set(name, form[name].value);
	const chosen = [...form.level].filter((box) => box.checked);
	if (chosen.length < levels.length)
		params.set('level', chosen.map((box) => box.value).join(','));
	return params;
}

function apply() {
	const words = form.text.value.toLowerCase().split(/\s+/);
	const chosen = [...form.level].filter((box) => box.checked).map((box) => box.value);
	const module = form.module.value.trim();
	const path = form.path.value.trim();
	let shown = 0;
	for (const f of index) {
		const fits = chosen.includes(f.level) &&
			(!form.rule.value || f.rule === form.rule.value) &&
			(!module || f.modules.includes(module) || f.modules.join(', ') === module) &&
			(!path || ('/' + f.path).includes('/' + path)) &&
			words.every((word) => f.text.includes(word));
		f.item.hidden = !fits;
		shown += fits;
	}
	for (const link of facets) {
		const [[name, value]] = new URLSearchParams(link.hash.slice(1));
		const now = name === 'level' ? chosen.join() : form[name].value;
		link.setAttribute('aria-current', now === value);
	}
	output.textContent = shown === index.length ?
		index.length + ' findings' : shown + ' of ' + index.length + ' findings';
}

/* `how`: 'pushState' or 'replaceState'. Some browsers refuse both for local files. */
function remember(how) {
	try {
		history[how](null, '', '#' + state());
	} catch (e) {
		return;
	}
}

function choose(params) {
	form.reset();
	for (const name of ['rule', 'module', 'path', 'text'])
		form[name].value = params.get(name) || '';
	if (params.has('level'))
		for (const box of form.level)
			box.checked = params.get('level').split(',').includes(box.value);
	apply();
}

/* Open the finding, or rule, that has this id or contains it. */
function show(id) {
	const target = document.getElementById(id);
	if (!target)
		return;
	const item = target.closest('.f');
	if (item && item.hidden) {
		form.reset();
		apply();
	}
	const details = target.closest('details');
	if (details)
		details.open = true;
	(item && target.classList.contains('body') ? item : target).scrollIntoView();
	if (item && target.classList.contains('body'))
		item.firstElementChild.focus({ preventScroll: true });
}

function follow() {
	const hash = location.hash.slice(1);
	if (!hash || hash.includes('='))
		choose(new URLSearchParams(hash));
	else
		show(decodeURIComponent(hash));
}

/* Focus the next finding that is shown, or the previous one. */
function step(by) {
	const shown = list.filter((item) => !item.hidden);
	const here = document.activeElement.closest('.f');
	let at = shown.indexOf(here);
	at = at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by;
	if (!shown[at])
		return;
	shown[at].firstElementChild.focus({ preventScroll: true });
	shown[at].scrollIntoView({ block: 'nearest' });
}

function key(event) {
	const typing = event.target.matches('input:not([type=checkbox]), select');
	if (event.ctrlKey || event.altKey || event.metaKey)
		return;
	if (event.key === 'Escape' && typing)
		event.target.blur();
	if (typing)
		return;
	const item = document.activeElement.closest('.f');
	if (event.key === 'j' || event.key === 'k')
		step(event.key === 'j' ? 1 : -1);
	else if (event.key === 'o' && item)
		item.open = !item.open;
	else if (event.key === '/')
		form.text.focus();
	else
		return;
	event.preventDefault();
}

document.documentElement.classList.add('scripted');
form.hidden = false;
fill();
apply();
form.addEventListener('input', () => { apply(); remember('replaceState'); });
form.addEventListener('reset', () => setTimeout(() => { apply(); remember('replaceState'); }));
form.addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('keydown', key);
document.addEventListener('click', (event) => {
	const link = event.target.closest('a.js');
	if (!link)
		return;
	event.preventDefault();
	choose(new URLSearchParams(link.hash.slice(1)));
	remember('pushState');
	form.scrollIntoView({ block: 'nearest' });
});
window.addEventListener('hashchange', follow);
/* Before that the browser itself scrolls to the fragment. */
window.addEventListener('load', follow);
})();
