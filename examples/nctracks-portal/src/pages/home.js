// Anyone: where to begin. Somebody signed in: the providers they act for, and what waits for them.
import { all, get, page } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert } from "../components/alert.js";
import { LinkButton } from "../components/button.js";
import { Tag } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { MessageList } from "../components/message-list.js";
import { Page } from "../components/page.js";
import { useLoad } from "../load.js";
import { isSignedIn, session } from "../session.js";
import { useStore } from "../store.js";
import { html } from "../view.js";
import { day, language, t } from "../words/index.js";

export default function Home() {
  const who = useStore(session);
  return isSignedIn(who) ? html`<${Mine} />` : html`<${Welcome} />`;
}

const steps = ["ncid", "oa", "register", "users", "pins", "sign"];

const Welcome = () => html`
  <div class="portal-hero">
    <div class="grid-container portal-hero__inner">
      <${Page} title=${t("welcome.title")}>
        <p class="portal-lead">${t("welcome.lead")}</p>
        <p class="portal-actions"><${LinkButton} to="/sign-in">${t("nav.signIn")}<//><${LinkButton} to="/register" kind="outline">${t("nav.register")}<//></p>
      <//>
    </div>
  </div>
  <div class="grid-container portal-page">
    <h2>${t("welcome.steps")}</h2>
    <ol class="portal-steps">
      ${steps.map((step) => html`<li key=${step}><h3>${t(`welcome.${step}`)}</h3><p>${t(`welcome.${step}Text`)}</p></li>`)}
    </ol>
  </div>`;

/** How many messages the first page shows. */
const LATEST = 5;

function Mine() {
  const code = useStore(language);
  const tables = useTables();
  const load = useLoad(() => Promise.all([get("/api/me"), page("/api/me/messages", { limit: LATEST }), all("/api/me/waiting")]), [code]);
  return html`<${Loaded} load=${load}>${([me, latest, waiting]) => tables && html`<${Overview} ...${{ me, latest, waiting, tables }} />`}<//>`;
}

const Overview = ({ me, latest, waiting, tables }) => html`
  <${Page} title=${t("home.title", { name: me.name || me.ncid })}>
    <section aria-labelledby="waits">
      <h2 id="waits">${t("home.waits")}</h2>
      <${Waits} waits=${[...me.waits, ...waiting.items]} tables=${tables} />
      ${!waiting.complete && html`<p class="portal-quiet">${t("list.cut")}</p>`}
    </section>
    <section aria-labelledby="latest">
      <h2 id="latest">${t("messages.latest")}</h2>
      <${MessageList} messages=${latest.items} />
      ${latest.next && html`<p><a class="usa-link" href="/messages">${t("messages.all")}</a></p>`}
    </section>
    <section aria-labelledby="providers">
      <h2 id="providers">${t("home.providers")}</h2>
      ${me.providers.length === 0 && html`<${Alert} kind="info"><p>${t("home.noProvider")}</p><//>`}
      ${!me.complete && html`<p class="portal-quiet">${t("list.cut")}</p>`}
      <ul class="portal-cards">${me.providers.map((provider) => html`<${ProviderCard} key=${provider.id} provider=${provider} tables=${tables} />`)}</ul>
    </section>
  <//>`;

const Waits = ({ waits, tables }) => (waits.length === 0 ? html`<p class="portal-quiet">${t("home.nothing")}</p>` : html`<ul class="portal-waits">${waits.map((wait, i) => html`<${Wait} key=${i} wait=${wait} tables=${tables} />`)}</ul>`);

/** Where each is settled. */
const where = {
  pin: () => "/profile",
  contact: () => "/profile",
  invitation: () => "/invitations",
  proposal: ({ provider }) => `/providers/${provider}/proposals`,
  application: ({ provider, reference }) => `/providers/${provider}/sign?application=${reference}`,
  eft_change: ({ provider }) => `/providers/${provider}`,
  oa_change: ({ provider }) => `/providers/${provider}`,
};

/** Which one, in words: of an application its document and state, of others whom they are about. */
const which = (wait, tables) => (wait.kind === "application" ? [wait.document_id, tables.submissionName(wait.submission), tables.stateName(wait.application_state)] : [wait.reference]);

function Wait({ wait, tables }) {
  const about = [...which(wait, tables), wait.name, wait.at > 0 && day(wait.at)].filter(Boolean);
  return html`<li><a class="usa-link" href=${where[wait.kind](wait)}>${t(`wait.${wait.kind}`)}</a><br /><span class="portal-quiet">${about.join(" · ")}</span></li>`;
}

const ADMINISTERS = "user.administration";

/** A submission one may sign needs a right or authority one has. */
export const maySign = (access, tables) => tables.submissions.filter((kind) => [...access.rights, ...access.authorities].includes(kind.needs));

function ProviderCard({ provider, tables }) {
  const base = `/providers/${provider.id}`;
  return html`
    <li class="portal-card">
      <h3><a class="usa-link" href=${base}>${provider.name}</a></h3>
      <p class="portal-quiet">${t("provider.id", { id: provider.id })}</p>
      <p><${Tag} kind="role">${tables.roleName(provider.role)}<//>${provider.state === "terminated" && html` <${Tag} kind="bad">${t("provider.terminated")}<//>`}</p>
      <ul class="portal-links">
        ${provider.authorities.includes(ADMINISTERS) && html`<li><a class="usa-link" href="${base}/users">${t("users.title")}</a></li>`}
        ${maySign(provider, tables).length > 0 && html`<li><a class="usa-link" href="${base}/sign">${t("sign.title")}</a></li>`}
        <li><a class="usa-link" href="${base}/signatures">${t("signatures.title")}</a></li>
      </ul>
    </li>`;
}
