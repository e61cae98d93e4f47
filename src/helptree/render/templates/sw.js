// Keeps the pages of one language for readers without a network. Written by the build; see offline.py.
//
// A version is kept whole or not at all: every file is compared with the hash that the build gave it, so that a site
// replaced in the middle of a download leaves the old version in place. Readers with a network always get the server's
// page; the kept version answers when the server does not, all its pages of one build. A new version waits until
// no page of the old one is open.
"use strict";

const LOCALE = __LOCALE__;
const PREFIX = `helptree ${self.registration.scope} `;
const NAME = `${PREFIX}__VERSION__`;
const PATIENCE = 4000;
const AT_ONCE = 6;
// Address below the language -> hash.
const FILES = __FILES__;

const absolute = (address) => new URL(address, self.registration.scope).href;
const LISTED = new Map(Object.entries(FILES).map(([address, hash]) => [absolute(address), hash]));
// Such a name changes with the content: what is kept under it is right for ever.
const HASHED = /\.[0-9a-f]{8,}\.[a-z.]+$/;

async function hashOf(body) {
  const digest = await crypto.subtle.digest("SHA-256", body);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 32);
}

async function fits(response, hash) {
  return Boolean(response?.ok) && (await hashOf(await response.clone().arrayBuffer())) === hash;
}

// Takes a file from the version before, when it is the same there: an update fetches only what has changed.
async function obtain(address, hash) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === NAME) continue;
    const kept = await (await caches.open(name)).match(address);
    if (await fits(kept, hash)) return kept;
  }
  const fetched = await fetch(address, { cache: "no-cache", redirect: "error" });
  if (!(await fits(fetched, hash))) throw new Error(`${address} is not of this version`);
  return fetched;
}

async function install() {
  const cache = await caches.open(NAME);
  const waiting = [...LISTED];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await cache.put(next[0], await obtain(...next));
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (error) {
    waiting.length = 0;
    await caches.delete(NAME);
    throw error;
  }
}

async function forget() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  }
}

async function kept(url) {
  const cache = await caches.open(NAME);
  return (await cache.match(url, { ignoreSearch: true })) || (await cache.match(`${url}/`));
}

function inTime(promise) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error("slow")))]);
}

async function answer(request) {
  const url = request.url.split(/[?#]/)[0];
  if (HASHED.test(url)) {
    const found = await kept(url);
    if (found) return found;
  }
  const fetched = fetch(request);
  try {
    return await inTime(fetched);
  } catch {
    const found = await kept(url);
    if (found) return found;
  }
  try {
    return await fetched;
  } catch (error) {
    // An unknown address without a network: the first question is a better answer than the browser's error.
    if (request.mode === "navigate") return Response.redirect(self.registration.scope);
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(forget()));
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && new URL(url).origin === location.origin) event.respondWith(answer(event.request));
});
