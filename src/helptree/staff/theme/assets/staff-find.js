// A short code, words on a screen or a pasted link -> the customer's position, without a server.
//
// The same as src/helptree/staff/position.py and handover.py, under the same names where they are the same: change
// both; a test compares the two on all codes, pages and paths.
"use strict";

(() => {
  const staff = globalThis.helptreeStaff;
  const { element, words } = staff;
  const PAGE = /(?:^|\/)(outcomes|questions|remedies|statuses)\/([a-z0-9-]+)(?:\/|\.html|$)/;
  const HOME = /\/([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\/?(?:index\.html)?$/;
  const CODE = /^[34679CDFGHJKMNPQRTWXY]{5}$/;
  const RESERVED = ["lang", "remedy", "change"];
  const MAX_TYPED = 20000;
  const finders = new Map();

  async function ready() {
    await staff.load("data/tree.js");
  }

  function currentId(id, question = "") {
    const prefix = question ? `${question}/` : "";
    const seen = new Set([id]);
    for (let next = staff.tree.redirects[prefix + id]; next && !seen.has(next); next = staff.tree.redirects[prefix + id]) {
      seen.add(next);
      id = next;
    }
    return id;
  }

  const page = (id) => (Object.hasOwn(staff.tree.pages, id) ? staff.tree.pages[id] : null);
  const optionOf = (question, id) => (Object.hasOwn(question.options, id) ? question.options[id] : null);

  function replay(answers) {
    const given = new Map(answers.map(([question, option]) => {
      const id = currentId(question);
      return [id, currentId(option, id)];
    }));
    const path = [];
    let id = staff.tree.root;
    for (let node = page(id); node.options; node = page(id)) {
      const option = given.has(id) ? optionOf(node, given.get(id)) : null;
      if (!option) break;
      path.push([id, given.get(id)]);
      id = option[0];
    }
    const kept = new Set(path.map(([question]) => question));
    return { node: id, path, dropped: [...given].filter(([question]) => !kept.has(question)) };
  }

  function byCode(text) {
    const bare = text.toUpperCase().replace(/[ -]/g, "").trim();
    if (!CODE.test(bare)) return null;
    const found = Object.entries(staff.tree.pages).find(([, each]) => each.code === bare);
    return found ? { page: found[0], path: [], dropped: [], way: 0, locale: null, isTold: false } : null;
  }

  function isLink(text) {
    if (/\s/.test(text)) return false;
    return text.includes("://") || /^[/?]/.test(text) || /\?[\w-]+=/.test(text) || PAGE.test(text);
  }

  function byLink(text) {
    const [rest] = text.split("#");
    const [path, query = ""] = rest.split(/\?(.*)/s);
    const found = path.match(PAGE);
    if (found && page(currentId(found[2]))) {
      const before = path.slice(0, found.index).split("/").pop();
      const locale = staff.locales.has(before) ? before : null;
      return { page: currentId(found[2]), path: [], dropped: [], way: 0, locale, isTold: false };
    }
    const pairs = [...new URLSearchParams(query)];
    if (pairs.some(([key]) => RESERVED.includes(key) || page(currentId(key))?.options)) return ofWizard(new Map(pairs));
    const home = path.match(HOME);
    if (home && staff.locales.has(home[1])) {
      return { page: staff.tree.root, path: [], dropped: [], way: 0, locale: home[1], isTold: false };
    }
    return null;
  }

  function isTracker(key) {
    return /^(utm_|fbclid|gclid|msclkid|mc_|_gl|igshid)/i.test(key);
  }

  function ofWizard(query) {
    const answers = [...query].filter(([key]) => !RESERVED.includes(key) && !isTracker(key));
    const { node, path, dropped } = replay(answers);
    const way = Math.max(0, (page(node).ways || []).indexOf(query.get("remedy")));
    const locale = staff.locales.has(query.get("lang")) ? query.get("lang") : null;
    return { page: node, path, dropped, way, locale, isTold: true };
  }

  async function lookUp(typed) {
    await ready();
    const text = typed.slice(0, MAX_TYPED).trim();
    const coded = byCode(text);
    if (coded) return { how: "code", views: [coded] };
    if (isLink(text)) {
      const found = byLink(text);
      return found ? { how: "link", views: [found] } : { how: "nothing", views: [] };
    }
    const views = await byWords(text);
    return { how: views.length ? "words" : "nothing", views };
  }

  async function byWords(text) {
    if (!text) return [];
    await Promise.all([staff.load("assets/finder.js"), staff.load("data/finder-words.js")]);
    const locale = languageOf(text, [...staff.vocabularies.keys()], staff.source);
    if (!finders.has(locale)) {
      await staff.load(`data/finder-${locale}.js`);
      if (!finders.has(locale)) finders.set(locale, globalThis.helptreeFinder.makeFinder(globalThis.helptreeFinderIndex));
    }
    return finders.get(locale).find(text).map(({ id, reason }) => (
      { page: id, path: [], dropped: [], way: 0, locale: null, isTold: false, reason }));
  }

  // The same as AnyLanguageFinder in src/helptree/finders.py: the language that knows most of the words; in doubt the
  // first preferred one.
  function languageOf(text, languages, ...preferred) {
    const words = new Set(globalThis.helptreeFinder.tokenize(text).map((token) => token.text));
    const known = new Map(languages.map((tag) => [tag, [...words].filter((word) => staff.vocabularies.get(tag).has(word)).length]));
    const tags = [...new Set([...preferred, ...languages])].filter((tag) => known.has(tag));
    return tags.reduce((best, tag) => (known.get(tag) > known.get(best) ? tag : best));
  }

  // The language of a customer who said these words: the agent's own may be the agent's words.
  function spokenIn(text) {
    const { customer, agent } = staff.pair;
    const found = languageOf(text, [...staff.vocabularies.keys()].filter((tag) => staff.locales.has(tag)), customer, agent, staff.source);
    return found === agent ? customer : found;
  }

  // --- what an agent sees of a position

  function statusOf(view) {
    if (page(view.page).kind === "status") return view.page;
    const shown = view.path.map(([question, option]) => page(question).options[option][2]).filter(Boolean);
    return view.isTold && shown.length ? shown[shown.length - 1] : null;
  }

  const tried = (view) => (view.isTold ? (page(view.page).ways || []).slice(0, view.way) : []);
  const nextWays = (view) => (page(view.page).ways || []).slice(view.way);

  function about(view) {
    return [...new Set([view.page, nextWays(view)[0], statusOf(view)].filter(Boolean))];
  }

  function ask(view) {
    const found = [...new Set(about(view).flatMap((id) => page(id).ask))];
    return found.length ? found : staff.tree.ask;
  }

  function escalation(view) {
    return about(view).map((id) => page(id).escalation).find((steps) => steps.length) || staff.tree.escalation;
  }

  const title = (id) => staff.plain("agent", page(id).title);

  function note(view) {
    const label = (name) => staff.tree.words[name];
    const list = (name, lines, mark = "-") => (lines.length ? [`${label(name)}:`, ...lines.map((line) => `${mark} ${line}`)] : []);
    const status = statusOf(view);
    const api = status && page(status).api;
    const query = new URLSearchParams([["lang", view.locale || staff.pair.customer], ...view.path]);
    if (view.way) query.set("remedy", page(view.page).ways[view.way]);
    return [
      `${label("case")}: ${title(view.page)} (${page(view.page).code})`,
      `${staff.plain("agent", "ui.wizard.order")} {order_number}`,
      `${label("customer")}: ${view.locale || staff.pair.customer}`,
      ...(status ? [`${label("status")}: ${title(status)}${api ? ` (${api})` : ""}`] : []),
      ...list("answers", view.path.map(([question, option]) => (
        `${title(question)} ${staff.plain("agent", page(question).options[option][1])}`))),
      ...list("tried", tried(view).map((id) => `${title(id)} (${page(id).code})`)),
      ...list("next", nextWays(view).slice(0, 1).map((id) => `${title(id)} (${page(id).code})`)),
      ...(page(view.page).options ? [`${label("ask-next")}: ${title(view.page)}`] : []),
      ...list("open", ask(view), "[ ]"),
      ...list("escalation", escalation(view)),
      `${label("link")}: /?${query}`,
    ].join("\n");
  }

  // --- on the page

  function addressOf(view) {
    const query = new URLSearchParams({ customer: view.locale || staff.pair.customer, agent: staff.pair.agent });
    const told = view.isTold ? `#at=${encodeURIComponent(JSON.stringify(view))}` : "#copy";
    return `${staff.base}${page(view.page).at}?${query}${told}`;
  }

  function link(id) {
    const both = element("a", { href: `${staff.base}${page(id).at}?customer=${staff.pair.customer}&agent=${staff.pair.agent}` });
    for (const side of ["customer", "agent"]) {
      if (side === "agent" && staff.pair.customer === staff.pair.agent) continue;
      const part = element("bdi", { lang: staff.pair[side] }, staff.plain(side, page(id).title));
      both.append(...(both.childNodes.length ? [" / "] : []), part);
    }
    return both;
  }

  function goTo(view) {
    const there = new URL(addressOf(view), location.href);
    const isHere = there.href.split("#")[0] === location.href.split("#")[0];
    location.assign(there);
    if (isHere) location.reload(); // the very page, for a new customer
  }

  // Words may mean several statuses: enough of each to choose, the first one by Enter.
  async function showFound({ how, views }, spoken) {
    const box = document.getElementById("st-found");
    if (how === "nothing") return box.replaceChildren(element("p", {}, words.nothing));
    await staff.load(`data/texts-${spoken}.js`);
    const { name } = staff.locales.get(spoken);
    return box.replaceChildren(
      element("p", {}, `${words.spoken} `, element("strong", { lang: spoken }, name), ` · ${words["find-keys"]}`),
      element("ol", {}, ...views.map((view) => result({ ...view, locale: spoken }, spoken))));
  }

  function result(view, spoken) {
    const { title: key, meaning } = page(view.page);
    const both = element("a", { href: addressOf(view) });
    for (const tag of new Set([staff.pair.agent, spoken])) {
      both.append(...(both.childNodes.length ? [" / "] : []), written("bdi", tag, key));
    }
    return element("li", {}, both, written("p", staff.pair.agent, meaning, { class: "st-meaning" }), element("p", { dir: "auto" }, view.reason));
  }

  function written(name, tag, key, attributes = {}) {
    const made = element(name, attributes, staff.plain(tag, key));
    staff.mark(made, staff.localeOf(tag, key), tag);
    return made;
  }

  // In the list: arrows, 1 to 9, and Escape back to the field.
  function onListKey(event) {
    const links = staff.all("#st-found a");
    const at = links.indexOf(document.activeElement);
    const move = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: -1 }[event.key];
    if (/^[1-9]$/.test(event.key) && at >= 0) return links[event.key - 1]?.click();
    if (move === undefined || !links.length || event.ctrlKey || event.altKey) return null;
    event.preventDefault();
    return (move < 0 ? field : links[Math.min(move, links.length - 1)]).focus();
  }

  function drawPosition() {
    const box = document.getElementById("st-position");
    const told = location.hash.match(/^#at=(.*)$/s);
    if (!box || !told) return;
    let view;
    try {
      view = JSON.parse(decodeURIComponent(told[1]));
      view = { ...replayed(view), locale: staff.locales.has(view.locale) ? view.locale : null };
    } catch {
      return;
    }
    box.replaceChildren(panel(view));
  }

  // The address may be anything: the answers are replayed, nothing of it is shown as it stands.
  function replayed(view) {
    const { node, path, dropped } = replay(view.path.map(([question, option]) => [String(question), String(option)]));
    const ways = page(node).ways || [];
    return { page: node, path, dropped, way: Math.min(Math.max(0, Number(view.way) || 0), ways.length - 1), isTold: true };
  }

  function part(name, items) {
    if (!items.length) return [];
    return [element("h3", {}, words[name]), element("ul", {}, ...items.map((item) => element("li", {}, item)))];
  }

  function answered([question, option]) {
    const line = element("span", {}, link(question));
    for (const side of ["customer", "agent"]) {
      line.append(element("br"), element("bdi", { lang: staff.pair[side] }, staff.plain(side, page(question).options[option][1])));
    }
    return line;
  }

  function panel(view) {
    const button = element("button", { type: "button" }, words["note-copy"]);
    button.addEventListener("click", () => staff.copy(note(view), button));
    return element("section", { class: "st-position", "aria-label": words.position },
      element("h2", {}, words.position), element("p", { class: "st-small" }, words["told-by-link"]),
      ...part("answers", view.path.map(answered)),
      ...part("tried", tried(view).map(link)),
      ...part("next", nextWays(view).slice(0, 1).map(link)),
      ...part("ask-next", ask(view)),
      element("p", {}, button));
  }

  const form = document.getElementById("st-find");
  const field = document.getElementById("st-typed");
  let timer;
  field.addEventListener("focus", () => { ready(); }, { once: true });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const { how, views } = await lookUp(field.value);
    if (how === "nothing") return showFound({ how, views });
    return goTo(how === "words" ? { ...views[0], locale: spokenIn(field.value) } : views[0]);
  });
  document.querySelector(".st-bar").addEventListener("keydown", (event) => {
    if (event.target === field ? event.key === "ArrowDown" : event.target.closest("#st-found")) onListKey(event);
  });
  if (document.querySelector("[data-home]") && !location.hash) field.focus({ preventScroll: true });
  // Words are looked up while they are typed; codes and links wait for Enter, because they leave the page.
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const found = await lookUp(field.value);
      if (found.how === "words") showFound(found, spokenIn(field.value));
      else if (!field.value.trim()) document.getElementById("st-found").replaceChildren();
    }, 150);
  });
  staff.onShown(async () => {
    if (!location.hash.startsWith("#at=")) return;
    await ready();
    drawPosition();
  });
  staff.lookUp = lookUp;
  staff.spokenIn = async (text) => {
    await byWords(text);
    return spokenIn(text);
  };
  staff.note = note;
  staff.ask = ask;
})();
