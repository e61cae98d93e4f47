// Shows an edit in an open page. `helptree serve --watch` adds it to the pages that it serves; no built file has it.
"use strict";

(() => {
  const { version } = document.currentScript.dataset;
  const box = document.createElement("pre");
  let news;

  // Through the element's style, which no content security policy forbids.
  Object.assign(box, { lang: "en", dir: "ltr", tabIndex: 0, hidden: true });
  box.setAttribute("role", "alert");
  Object.assign(box.style, {
    position: "fixed", inset: "auto 0 0", zIndex: 1000, margin: 0, padding: "1rem", maxHeight: "50vh", overflow: "auto",
    font: "14px/1.4 monospace", whiteSpace: "pre-wrap", color: "#fff", background: "#8b1a1a",
  });
  document.body.append(box);

  function hear({ data }) {
    const { version: latest, problems } = JSON.parse(data);
    if (latest !== version) {
      news.close();
      location.reload(); // which keeps the place where the page was scrolled to
      return;
    }
    const text = problems.join("\n");
    if (box.textContent !== text) box.textContent = text;
    box.hidden = !text;
  }

  // Browsers open six connections to a server, for all tabs together: those in the background listen when they are seen.
  function listen() {
    news?.close();
    if (document.hidden) return;
    news = new EventSource(`/_live?${location.pathname}`);
    news.onmessage = hear;
  }

  // What is kept for readers without a network would be old here, and fetched anew after every edit. The site's own
  // script asks for its worker later than this; one from a day without --watch goes.
  async function forget() {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.register = () => Promise.reject(new Error("not while the site is edited"));
    await (await navigator.serviceWorker.getRegistration())?.unregister();
    for (const name of await caches.keys()) if (name.startsWith("helptree ")) await caches.delete(name);
  }

  document.addEventListener("visibilitychange", listen);
  listen();
  forget();
})();
