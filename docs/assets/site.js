// The site's own script. Everything works without it.

// Material fetches the search index of the language with every first page. Most readers never search: their index
// waits here until the search field is entered.
(() => {
  const { open, send } = XMLHttpRequest.prototype;
  const waiting = new WeakSet();
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (String(url).endsWith("/search/search_index.json")) waiting.add(this);
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (!waiting.has(this)) return send.call(this, body);
    const wake = ({ target }) => {
      if (target.name !== "query") return;
      document.removeEventListener("focusin", wake);
      send.call(this, body);
    };
    document.addEventListener("focusin", wake);
  };
})();

// A button with words under each message. Material's own is an unnamed landmark around an icon; the copying and the
// word of thanks are Material's.
document.addEventListener("DOMContentLoaded", () => {
  const words = JSON.parse(document.getElementById("__config").textContent).translations;
  document.querySelectorAll("pre > code.language-ht-message").forEach((code, index) => {
    code.id = `message-text-${index}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "md-button ht-copy";
    button.textContent = words["clipboard.copy"];
    button.dataset.clipboardTarget = `#${code.id}`;
    code.parentElement.after(button);
  });
});

// Keeps this language for a visit without a network (see sw.js, which the build writes beside the manifest).
// Not for readers who pay for every byte, and not from a disk, where all is there already.
addEventListener("load", () => {
  const manifest = document.querySelector('link[rel="manifest"]');
  if (!manifest || !("serviceWorker" in navigator) || navigator.connection?.saveData) return;
  navigator.serviceWorker.register(new URL("sw.js", manifest.href)).catch(() => {});
});

// A browser that reads from a disk gives Material's search neither its worker nor its index.
if (location.protocol === "file:") document.documentElement.classList.add("ht-disk");

// The header's menu of languages holds the links that stand in the footer.
document.addEventListener("DOMContentLoaded", () => {
  const menu = document.querySelector(".md-header .md-select__list");
  for (const link of menu ? document.querySelectorAll(".ht-languages a") : []) {
    const item = document.createElement("li");
    item.className = "md-select__item";
    item.append(link.cloneNode(true));
    item.firstChild.className = "md-select__link";
    menu.append(item);
  }
});
