// Stands in for the site's service worker under `helptree serve --watch`: a page kept for readers without a network
// would be an old one, and after every edit the whole language would be fetched anew. Forgets what was kept, and itself.
"use strict";

async function forget() {
  const kept = await caches.keys();
  await Promise.all(kept.filter((name) => name.startsWith(`helptree ${self.registration.scope} `)).map((name) => caches.delete(name)));
  await self.registration.unregister();
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(forget()));
