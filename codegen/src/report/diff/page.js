(() => {
  'use strict';
  const form = document.getElementById('filters');
  const found = [...document.querySelectorAll('.f')];
  const sections = [...document.querySelectorAll('section[data-type]')];
  const shown = document.getElementById('shown');
  const nothing = document.getElementById('nothing');
  const names = ['q', 'axis', 'level', 'rule', 'kind', 'area'];
  const texts = new Map();
  const text = (f) => {
    if (!texts.has(f)) texts.set(f, f.querySelector('summary').textContent.toLowerCase() + ' ' + (f.dataset.more || '').toLowerCase());
    return texts.get(f);
  };
  const control = (name) => form.elements[name];
  const fits = (f, set) =>
    (!set.axis || f.dataset.axes.split(' ').includes(set.axis)) &&
    (!set.level || f.dataset.level === set.level) &&
    (!set.rule || f.dataset.rule === set.rule) &&
    (!set.kind || f.dataset.kind === set.kind) &&
    (!set.area || f.dataset.area === set.area) &&
    (!set.q || set.q.toLowerCase().split(/\s+/).every((word) => text(f).includes(word)));
  const settings = () => Object.fromEntries(names.map((name) => [name, control(name).value.trim()]));
  const show = () => {
    const set = settings();
    let count = 0;
    for (const f of found) {
      f.hidden = !fits(f, set);
      if (!f.hidden) count += 1;
    }
    for (const section of sections) section.hidden = !section.querySelector('.f:not([hidden])');
    shown.textContent = count === found.length ? `${count} findings` : `${count} of ${found.length} findings`;
    nothing.hidden = count > 0;
    return set;
  };
  const remember = () => {
    const set = show();
    const state = new URLSearchParams(Object.entries(set).filter(([, value]) => value)).toString();
    history.replaceState(null, '', state ? `#${state}` : location.pathname + location.search);
  };
  const open = (id) => {
    const f = document.getElementById(id);
    if (!f) return false;
    f.hidden = false;
    if (f.closest('section')) f.closest('section').hidden = false;
    if (f.tagName === 'DETAILS') f.open = true;
    f.scrollIntoView();
    const summary = f.querySelector('summary');
    if (summary) summary.focus({ preventScroll: true });
    return true;
  };
  const restore = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    const link = hash && !hash.includes('=');
    if (!link) {
      const state = new URLSearchParams(location.hash.slice(1));
      for (const name of names) control(name).value = state.get(name) || '';
    }
    show();
    if (link) open(hash);
  };
  const step = (by) => {
    const visible = found.filter((f) => !f.hidden).map((f) => f.querySelector('summary'));
    const at = visible.indexOf(document.activeElement);
    const next = visible[at < 0 ? (by > 0 ? 0 : visible.length - 1) : at + by];
    if (next) next.focus();
  };
  form.hidden = false;
  form.addEventListener('input', remember);
  form.addEventListener('change', remember);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(remember));
  addEventListener('hashchange', restore);
  addEventListener('beforeprint', () => found.forEach((f) => { if (!f.hidden) f.open = true; }));
  addEventListener('keydown', (event) => {
    const typing = /^(input|select|textarea)$/i.test(event.target.tagName);
    if (event.key === 'Escape' && typing) event.target.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') {
      event.preventDefault();
      control('q').focus();
    } else if (event.key === 'j') step(1);
    else if (event.key === 'k') step(-1);
  });
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-copy]');
    if (!button) return;
    const what = button.dataset.copy.startsWith('#') ? location.href.split('#')[0] + button.dataset.copy : button.dataset.copy;
    const done = () => { button.textContent = 'copied'; };
    if (navigator.clipboard) navigator.clipboard.writeText(what).then(done, () => {});
  });
  restore();
})();
