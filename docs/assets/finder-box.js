// Fills `<form data-finder>`: type or paste what you see, get statuses with the reason. Without scripts the form stays
// hidden and the cards below do the job; so the page gives it `hidden`, and this script takes that away.
//
//     <form data-finder hidden data-engine="assets/finder.js" data-index="assets/finder-index.js"
//           data-href="statuses/{id}/">
//       <label for="q">...</label> <textarea id="q" name="q"></textarea> <button>...</button>
//       <div data-finder-results aria-live="polite"></div>
//     </form>
//
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

  document.querySelectorAll("form[data-finder]").forEach(start);
})();
