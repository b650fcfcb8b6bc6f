// What is around every page: header, navigation, language, footer, and the dialogs about the session.
import { put } from "../api.js";
import { useSite } from "../catalogue.js";
import { place } from "../router.js";
import { isSignedIn, lapsed, session, signOut } from "../session.js";
import { useStore } from "../store.js";
import { countUnread, unread } from "../unread.js";
import { html, useEffect } from "../view.js";
import { language, languages, number, speak, t } from "../words/index.js";
import { Contact } from "./alert.js";
import { SessionDialogs } from "./session-dialogs.js";

export function Layout({ agency, children }) {
  const site = useSite();
  const who = useStore(session);
  const gone = useStore(lapsed);
  return html`
    <a class="usa-skipnav" href="#main" onClick=${skip}>${t("layout.skip")}</a>
    ${site?.demo && html`<${DemoBanner} />`}
    <header class="portal-header ${agency ? "portal-header--agency" : ""}">
      <div class="grid-container portal-header__bar">
        <a class="portal-brand" href="/"><${Mark} /><span>${t("portal.name")}${agency && html` <span class="portal-brand__part">${t("agency.name")}</span>`}</span></a>
        <div class="portal-header__tools"><${Languages} />${isSignedIn(who) && html`<${Account} who=${who} />`}</div>
      </div>
      <${Navigation} who=${who} demo=${site?.demo} />
    </header>
    <main id="main" tabindex="-1">${children}</main>
    <${Footer} site=${site} />
    ${isSignedIn(who) && html`<${SessionDialogs} key=${gone} who=${who} gone=${gone} />`}`;
}

function skip(event) {
  event.preventDefault();
  const main = document.getElementById("main");
  main.focus();
  main.scrollIntoView();
}

const Mark = () => html`
  <svg class="portal-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path d="M16 2 29 8v9c0 7-6 11-13 13C9 28 3 24 3 17V8z" /><path class="portal-mark__tick" d="m10 16 4.5 4.5L22.5 12" />
  </svg>`;

const DemoBanner = () => html`
  <section class="portal-demo" aria-label=${t("demo.label")}><div class="grid-container"><strong>${t("demo.label")}</strong> ${t("demo.text")}</div></section>`;

function Languages() {
  const current = useStore(language);
  const choose = async (code) => {
    await speak(code);
    if (isSignedIn()) put("/api/me/language", { language: code }).catch(() => undefined);
  };
  return html`
    <div class="portal-languages" role="group" aria-label=${t("layout.language")}>
      ${languages.map(
        ({ code, name }) => html`<button type="button" key=${code} lang=${code} class="portal-languages__one" aria-pressed=${String(code === current)} onClick=${() => choose(code)}>${name}</button>`,
      )}
    </div>`;
}

const Account = ({ who }) => html`
  <div class="portal-account">
    <a href="/profile" class="portal-account__name">${who.name || who.ncid}</a>
    <button type="button" class="portal-account__out" onClick=${() => signOut()}>${t("session.signOut")}</button>
  </div>`;

function Navigation({ who, demo }) {
  const here = useStore(place);
  const signed = isSignedIn(who);
  const links = [
    signed && ["/", t("nav.home")],
    signed && ["/messages", html`${t("nav.messages")}<${Unread} who=${who} place=${here.path} />`],
    signed && ["/profile", t("nav.profile")],
    signed && who.operator && ["/agency", t("nav.agency")],
    !signed && ["/sign-in", t("nav.signIn")],
    !signed && ["/register", t("nav.register")],
    ["/verify", t("nav.verify")],
    demo && ["/mail", t("nav.mail")],
  ].filter(Boolean);
  const isHere = (to) => (to === "/" ? here.path === "/" || here.path.startsWith("/providers") : here.path.startsWith(to));
  return html`
    <nav class="portal-nav" aria-label=${t("nav.label")}>
      <ul class="grid-container">
        ${links.map(([to, text]) => html`<li key=${to}><a href=${to} aria-current=${isHere(to) ? "page" : undefined}>${text}</a></li>`)}
      </ul>
    </nav>`;
}

/** The number of messages one has not read. */
function Unread({ who, place: path }) {
  const count = useStore(unread);
  useEffect(() => {
    countUnread();
  }, [who.ncid, path]);
  useEffect(() => () => unread.set(undefined), []);
  if (!count?.unread) return null;
  return html` <span class="portal-count">${number(count.unread)}${!count.complete && "+"}<span class="usa-sr-only"> ${t("messages.unread")}</span></span>`;
}

const Footer = ({ site }) => html`
  <footer class="portal-footer">
    <div class="grid-container portal-footer__inner">
      <div>
        <h2>${t("footer.help")}</h2>
        ${site?.call_center && html`<p><${Contact} ...${site.call_center} /></p>`}
      </div>
      <ul>
        <li><a href="/pin/forgot">${t("footer.pin")}</a></li>
        ${site?.keeps_passwords && html`<li><a href="/password/forgot">${t("footer.password")}</a></li>`}
        <li><a href="/verify">${t("nav.verify")}</a></li>
      </ul>
    </div>
    <div class="grid-container portal-footer__small">${t("footer.about")}</div>
  </footer>`;
