// Addresses of the pages. The history of the browser is the state; a link is an ordinary link.
import { store } from "./store.js";

const here = () => ({ path: location.pathname, query: Object.fromEntries(new URLSearchParams(location.search)) });

export const place = store(here());

const leaving = new Set();

/** Asks before the page is left; gives back how to stop asking. */
export function beforeLeaving(ask) {
  leaving.add(ask);
  return () => leaving.delete(ask);
}

export function go(address, { replace = false } = {}) {
  if ([...leaving].some((ask) => !ask())) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  place.set(here());
}

/** The first page whose pattern fits, with what its places stand for: "/providers/:provider/users". */
export function match(pages, path) {
  for (const page of pages) {
    const names = [];
    const pattern = page.path.replace(/:(\w+)/g, (_, name) => (names.push(name), "([^/]+)"));
    const found = new RegExp(`^${pattern}/?$`).exec(path);
    if (found) return { page, params: Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found[i + 1])])) };
  }
  return undefined;
}

const isOurs = (link) => link.origin === location.origin && !link.hasAttribute("download") && !link.target;
const isPlain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

export function startRouter() {
  addEventListener("popstate", () => place.set(here()));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || !isPlain(event) || !isOurs(link)) return;
    if (link.getAttribute("href").startsWith("#") || link.pathname.startsWith("/api/")) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
