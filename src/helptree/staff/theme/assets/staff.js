// Two languages side by side, ready replies, one press to copy. No server: texts come as scripts, one a language, so
// that a page opened from a disk may have them. Classic scripts, because browsers load no modules from a disk.
"use strict";

globalThis.helptreeStaff = (() => {
  const script = document.currentScript;
  const base = new URL("..", script.src).href;
  const words = JSON.parse(script.dataset.words);
  const locales = new Map(JSON.parse(script.dataset.locales).map(([tag, name, direction]) => [tag, { name, direction }]));
  const source = script.dataset.source;
  const texts = new Map();
  const replies = new Map();
  const loaded = new Map();
  const waiting = [];
  const gaps = new Map();
  const pair = choose();
  let tree = null;
  let vocabularies = null;
  let isFirst = true;

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function load(path) {
    if (!loaded.has(path)) {
      const done = new Promise((resolve, reject) => {
        const made = element("script", { src: base + path });
        made.onload = resolve;
        made.onerror = () => reject(new Error(path));
        document.head.append(made);
      });
      loaded.set(path, done);
      done.catch(() => loaded.delete(path));
    }
    return loaded.get(path);
  }

  // --- the pair of languages: the address first, then what was chosen last, then the first other language

  function stored() {
    try {
      return JSON.parse(localStorage.getItem("helptree-staff")) || {};
    } catch {
      return {};
    }
  }

  function choose() {
    const query = new URLSearchParams(location.search);
    const last = stored();
    const known = (...tags) => tags.find((tag) => locales.has(tag));
    const other = [...locales.keys()].find((tag) => tag !== source);
    return {
      customer: known(query.get("customer"), last.customer, other, source),
      agent: known(query.get("agent"), last.agent, source),
    };
  }

  function change(customer, agent) {
    Object.assign(pair, { customer, agent });
    try {
      localStorage.setItem("helptree-staff", JSON.stringify(pair));
    } catch { /* storage is off: the choice holds for this page */ }
    const query = new URLSearchParams(location.search);
    query.set("customer", customer);
    query.set("agent", agent);
    try {
      history.replaceState(null, "", `?${query}${location.hash}`);
    } catch { /* from a disk some browsers refuse */ }
    return show();
  }

  // --- texts

  function textOf(side, key) {
    const tag = pair[side] ?? side; // a side, or a language by itself
    const found = texts.get(tag)?.texts[key];
    return Array.isArray(found) ? { html: found[0], locale: found[1] } : { html: found ?? "", locale: tag };
  }

  function plain(side, key) {
    const box = document.createElement("template");
    box.innerHTML = textOf(side, key).html;
    return box.content.textContent;
  }

  function mark(target, locale, wanted) {
    target.lang = locale;
    target.dir = locales.get(locale)?.direction || "auto";
    target.classList.toggle("st-fallback", locale !== wanted);
    if (locale !== wanted) target.dataset.fallback = words.fallback;
  }

  function fill() {
    for (const target of all("[data-text]")) {
      const { html, locale } = textOf(target.dataset.side, target.dataset.text);
      target.innerHTML = html;
      mark(target, locale, pair[target.dataset.side]);
    }
    for (const target of all("[data-plain]")) {
      const { locale } = textOf(target.dataset.side, target.dataset.plain);
      target.textContent = plain(target.dataset.side, target.dataset.plain);
      mark(target, locale, pair[target.dataset.side]);
    }
    for (const target of all("[data-language]")) {
      const tag = pair[target.dataset.language];
      target.textContent = locales.get(tag).name;
      target.lang = tag;
    }
    for (const target of all("[data-wordings]")) fillWordings(target);
  }

  function fillWordings(target) {
    const tag = pair[target.dataset.side];
    const found = texts.get(tag).wordings[target.dataset.wordings] || [];
    const lines = found.slice(0, Number(target.dataset.most) || found.length);
    target.replaceChildren(...lines.flatMap(([text, attested], index) => [
      ...(index ? [element("br")] : []),
      element("bdi", {}, text),
      ...(attested ? [] : ["\u00a0*"]),
    ]));
    mark(target, tag, tag);
    if (!lines.length) target.textContent = "–";
  }

  // --- replies

  // Between the customer's text and the agent's, when both are copied with one press.
  const BETWEEN = "\n\n———\n\n";

  function copyText(side, id) {
    const sides = side !== "both" ? [side] : pair.customer === pair.agent ? ["agent"] : ["customer", "agent"];
    return sides.map((each) => replyText(each, id)).join(BETWEEN);
  }

  function replyText(side, id) {
    const lines = replies.get(pair[side])?.[id] || [];
    const text = lines.map(([line, spaced], index) => (index ? (spaced ? "\n\n" : "\n") : "") + line).join("");
    return text.replace(/\{([a-z][a-z0-9_]*)\}/g, (gap, name) => gaps.get(name) || gap);
  }

  function fillReplies() {
    for (const section of all("[data-reply]")) {
      for (const box of all("[data-reply-side]", section)) {
        const side = box.dataset.replySide;
        box.textContent = replyText(side, section.dataset.reply);
        mark(box, pair[side], pair[side]);
        const isWhole = !(replies.get(pair[side])?.[section.dataset.reply] || []).some((line) => line[2]);
        box.classList.toggle("st-fallback", !isWhole);
        if (!isWhole) box.dataset.fallback = words.fallback;
      }
    }
  }

  function drawGaps() {
    const box = document.getElementById("st-gaps");
    if (!box || box.childElementCount) return;
    const names = new Set(all("[data-reply-side='agent']").flatMap((each) => each.textContent.match(/\{[a-z][a-z0-9_]*\}/g) || []));
    for (const gap of names) {
      const name = gap.slice(1, -1);
      const field = element("input", { type: "text", autocomplete: "off", dir: "auto" });
      field.addEventListener("input", () => {
        gaps.set(name, field.value);
        fillReplies();
      });
      box.append(element("label", {}, `${name.replaceAll("_", " ")} `, field));
    }
    if (names.size) box.append(element("span", {}, words.gaps));
  }

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!copyByHand(text)) return tell(button, words["copy-failed"]);
    }
    return tell(button, words.copied);
  }

  function copyByHand(text) {
    const field = element("textarea", { readonly: "", style: "position:fixed;opacity:0" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }

  function tell(button, text) {
    const before = button.dataset.before || button.textContent;
    button.dataset.before = before;
    button.textContent = text;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { button.textContent = before; }, 4000);
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-copy]");
    if (button) copy(copyText(button.dataset.copy, button.closest("[data-reply]").dataset.reply), button);
  });

  const isTypedInto = (target) => target.matches("input, select, textarea");

  // 1 to 9, while the focus is among the replies: copy that one in both languages.
  document.addEventListener("keydown", (event) => {
    if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey || isTypedInto(event.target)) return;
    const button = all("[data-copy=both]", event.target.closest("[data-replies]") || element("p"))[event.key - 1];
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  });

  // Who comes by the finder goes on with the replies.
  function toReplies() {
    const button = document.querySelector("[data-replies] [data-copy=both]");
    if (!button || !/^#(copy$|at=)/.test(location.hash) || document.activeElement?.closest("form")) return;
    button.focus();
  }

  // --- all of it

  async function show() {
    const hasReplies = Boolean(document.querySelector("[data-reply]"));
    const tags = [...new Set([pair.customer, pair.agent])];
    await Promise.all(tags.flatMap((tag) => [
      load(`data/texts-${tag}.js`), ...(hasReplies ? [load(`data/replies-${tag}.js`)] : []),
    ]));
    drawGaps();
    fill();
    fillReplies();
    document.documentElement.dataset.shown = `${pair.customer} ${pair.agent}`;
    for (const act of waiting) await act();
    if (isFirst) toReplies();
    isFirst = false;
  }

  function drawPickers() {
    for (const side of ["customer", "agent"]) {
      const picker = document.getElementById(`st-${side}`);
      picker.append(...[...locales].map(([tag, { name }]) => element("option", { value: tag, lang: tag }, name)));
      picker.value = pair[side];
      picker.addEventListener("change", () => change(
        document.getElementById("st-customer").value, document.getElementById("st-agent").value));
    }
    document.getElementById("st-swap").addEventListener("click", () => {
      const { customer, agent } = pair;
      document.getElementById("st-customer").value = agent;
      document.getElementById("st-agent").value = customer;
      change(agent, customer);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    drawPickers();
    show();
  });

  return {
    base, words, locales, pair, all, element, load, plain, mark, copy, change, source, isTypedInto,
    get tree() { return tree; },
    get vocabularies() { return vocabularies; },
    onShown: (act) => waiting.push(act),
    textsOf: (tag) => texts.get(tag),
    localeOf: (side, key) => textOf(side, key).locale,
    addTexts: (data) => texts.set(data.locale, data),
    addReplies: ({ locale, replies: found }) => replies.set(locale, found),
    addTree: (data) => { tree = data; },
    addWords: (data) => { vocabularies = new Map(Object.entries(data).map(([tag, found]) => [tag, new Set(found.split(" "))])); },
  };
})();
