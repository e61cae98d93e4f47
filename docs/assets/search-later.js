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
