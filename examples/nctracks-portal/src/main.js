// Begins the portal: language, session, addresses, and the page that belongs to the address.
import { Layout } from "./components/layout.js";
import { Loading, RefusedPage } from "./components/loaded.js";
import { Page } from "./components/page.js";
import { LinkButton } from "./components/button.js";
import { pages } from "./pages.js";
import { go, match, place, startRouter } from "./router.js";
import { isSignedIn, loadSession, session } from "./session.js";
import { useStore } from "./store.js";
import { html, render, useEffect, useState } from "./view.js";
import { language, preferredLanguage, speak, t } from "./words/index.js";

const parts = new Map();

/** The component of a page, fetched when it is first opened. */
function usePart(page) {
  const [, redraw] = useState(0);
  const [failed, fail] = useState(false);
  useEffect(() => {
    if (!page || parts.has(page.load)) return;
    page.load().then(
      (part) => {
        parts.set(page.load, part.default);
        redraw((count) => count + 1);
      },
      () => fail(true),
    );
  }, [page?.load]);
  return { part: page && parts.get(page.load), failed };
}

const NotFound = () => html`
  <${Page} title=${t("notFound.title")} narrow>
    <p>${t("notFound.text")}</p>
    <p class="portal-actions"><${LinkButton} to="/">${t("action.home")}<//></p>
  <//>`;

const NotForYou = () => html`
  <${Page} title=${t("refused.title")} narrow>
    <p>${t("refused.agency")}</p>
    <p class="portal-actions"><${LinkButton} to="/">${t("action.home")}<//></p>
  <//>`;

function App() {
  const here = useStore(place);
  const who = useStore(session);
  const code = useStore(language);
  const found = match(pages, here.path);
  const { part: Part, failed } = usePart(found?.page);
  const mustSignIn = found?.page.who && !isSignedIn(who);
  useEffect(() => {
    if (mustSignIn) go(`/sign-in?next=${encodeURIComponent(here.path + location.search)}`, { replace: true });
  }, [mustSignIn, here.path]);
  let content = html`<${Loading} />`;
  if (!found) content = html`<${NotFound} />`;
  else if (failed) content = html`<${RefusedPage} refusal=${{ status: 0, problem: {} }} retry=${() => location.reload()} />`;
  else if (found.page.who === "operator" && who && !who.operator) content = html`<${NotForYou} />`;
  else if (Part && !mustSignIn) content = html`<${Part} key=${`${found.page.path} ${JSON.stringify(found.params)}`} ...${found.params} query=${here.query} />`;
  return html`<${Layout} key="layout" language=${code} agency=${found?.page.who === "operator"}>${content}<//>`;
}

await speak(preferredLanguage());
startRouter();
await loadSession();
render(html`<${App} />`, document.getElementById("portal"));
