// The box "type or paste what you see": statuses with the reason. Without scripts there is no box, and the cards do the job.
//
//     <script src="assets/finder-box.js" defer data-engine="assets/finder.js" data-index="finder-index.js"
//       data-href="statuses/{id}/" data-prompt="..." data-hint="..." data-button="..."></script>
//
// puts a form before the first second-level heading of the article. A form that stands in the page already,
// `<form data-finder data-engine data-index data-href>` with a field `q` and a `[data-finder-results]`, is used as it is.
// Engine and index are fetched when the box is first used, as scripts, so that a page opened from a disk may have them.
"use strict";

(() => {
  const PAUSE = 150;
  const loaded = new Map();

  function load(address) {
    if (!loaded.has(address)) {
      const script = document.createElement("script");
      const done = new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = reject;
      });
      script.src = address;
      document.head.append(script);
      loaded.set(address, done);
      done.catch(() => loaded.delete(address));
    }
    return loaded.get(address);
  }

  function element(name, text, ...children) {
    const made = document.createElement(name);
    made.append(...(text ? [text] : []), ...children);
    return made;
  }

  function show(box, form, found, words) {
    if (!found.length) {
      box.replaceChildren(element("p", words.nothing));
      return;
    }
    const list = element("ol");
    for (const item of found) {
      const link = element("a", item.label);
      link.href = form.dataset.href.replace("{id}", item.id);
      const reason = element("p", item.reason);
      reason.className = "finder-reason";
      list.append(element("li", "", link, reason));
    }
    box.replaceChildren(element("p", words.found), list);
  }

  function start(form) {
    const field = form.elements.q;
    const box = form.querySelector("[data-finder-results]");
    let finder;
    let timer;

    async function ready() {
      if (finder) return;
      await Promise.all([load(form.dataset.engine), load(form.dataset.index)]);
      finder = finder || globalThis.helptreeFinder.makeFinder(globalThis.helptreeFinderIndex);
    }

    async function search() {
      await ready();
      if (!field.value.trim()) box.replaceChildren();
      else show(box, form, finder.find(field.value), globalThis.helptreeFinderIndex.words);
    }

    field.addEventListener("focus", ready, { once: true });
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(search, PAUSE);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      search();
    });
    form.hidden = false;
  }

  function makeForm({ engine, index, href, prompt, hint, button }) {
    const form = element("form", "");
    const label = element("label", prompt);
    const told = element("p", hint);
    const field = element("textarea", "");
    const results = element("div", "");
    form.className = "ht-finder";
    Object.assign(form.dataset, { finder: "", engine, index, href });
    label.htmlFor = field.id = "finder-words";
    told.id = "finder-hint";
    Object.assign(field, { name: "q", rows: 2, dir: "auto" });
    field.setAttribute("aria-describedby", told.id);
    results.dataset.finderResults = "";
    results.setAttribute("aria-live", "polite");
    form.append(label, told, field, element("button", button), results);
    return form;
  }

  const { dataset } = document.currentScript;
  const cards = document.querySelector("article h2");
  if (dataset.prompt && cards) cards.before(makeForm(dataset));
  document.querySelectorAll("form[data-finder]").forEach(start);
})();
