// The call centre: finds who is calling, and has a PIN or a code sent to the address on file, for a stated reason.
import { at, get, page, post } from "../api.js";
import { useForm } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { contactRows, wishedRows } from "../components/contact.js";
import { Field } from "../components/field.js";
import { Summary, Tag } from "../components/list.js";
import { Page } from "../components/page.js";
import { Reasoned } from "../components/reason.js";
import { useDeed } from "../load.js";
import { html, useEffect, useState } from "../view.js";
import { moment, t } from "../words/index.js";

const ways = ["ncid", "name", "email", "phone"];

export default function Calls({ query }) {
  const [wanted, set] = useState({ by: "ncid", text: "" });
  const [attempt, count] = useState(0);
  const missing = attempt > 0 && !wanted.text ? [{ path: "text", message: t("calls.textMissing") }] : [];
  const find = useDeed(() => page("/api/agency/people", { by: wanted.by, text: wanted.text.trim(), limit: 20 }));
  // Kept while it is read again: what was done for the caller is told on their card.
  const [caller, show] = useState(undefined);
  const open = useDeed(async (ncid) => show(await callerOf(ncid)));
  useEffect(() => {
    if (query.ncid) open.run(query.ncid);
  }, []);
  const submit = async (event) => {
    event.preventDefault();
    count(attempt + 1);
    if (!wanted.text) return;
    open.clear();
    show(undefined);
    await find.run();
  };
  const rows = [
    { path: "by", type: "choice", required: true, label: t("calls.by"), choices: ways.map((name) => ({ name, title: t(`calls.${name}`) })) },
    { path: "text", type: "text", required: true, label: t("calls.begins") },
  ];
  return html`
    <${Page} title=${t("agency.calls")} back=${{ to: "/agency", text: t("agency.title") }} problems=${missing} attempt=${attempt} narrow>
      <p>${t("calls.text")}</p>
      <${RefusalAlert} refusal=${find.refusal ?? open.refusal} />
      ${query.changed && html`<${Alert} kind="success" live><p>${t("agencyPerson.done", { ncid: query.ncid })}</p><//>`}
      <form class="portal-form" onSubmit=${submit} novalidate>
        ${rows.map((row) => html`<${Field} key=${row.path} row=${row} value=${wanted[row.path]} onInput=${(value) => set((before) => ({ ...before, [row.path]: value }))} problem=${missing.find(({ path }) => path === row.path)?.message} />`)}
        <p class="portal-actions"><${Button} type="submit" kind="outline" busy=${find.busy}>${t("calls.find")}<//></p>
      </form>
      <div aria-live="polite">
        ${find.answer && html`<${Found} people=${find.answer.items} open=${open.run} />`}
        ${caller && html`<${Caller} key=${caller.ncid} person=${caller} reload=${() => open.run(caller.ncid)} />`}
      </div>
    <//>`;
}

/** A person, and other contact data that wait to be confirmed; most often there are none. */
async function callerOf(ncid) {
  const path = at`/api/agency/people/${ncid}`;
  const nothing = (refusal) => (refusal.status === 404 ? undefined : Promise.reject(refusal));
  const [person, wish] = await Promise.all([get(path), get(`${path}/contact`).catch(nothing)]);
  return { ...person, wish };
}

const Found = ({ people, open }) => html`
  <p class="portal-quiet">${t("users.count", { count: people.length })}</p>
  <ul class="portal-people">
    ${people.map(({ ncid, name }) => html`<li key=${ncid}><span><strong>${name}</strong> <span class="portal-quiet">${ncid}</span></span><${Button} kind="plain" onClick=${() => open(ncid)} label=${`${t("calls.open")} ${name}`}>${t("calls.open")}<//></li>`)}
  </ul>`;

function Caller({ person, reload }) {
  const { ncid } = person;
  const ask = (path) => async (reason) => {
    await post(path, { ncid, reason });
    await reload();
  };
  const deeds = [
    { text: t("pinForgot.submit"), run: ask("/api/agency/pin/reset"), done: t("calls.done", { ncid }) },
    { text: t("user.pinLost"), run: ask("/api/agency/pin/lost"), done: t("user.pinEnded", { name: ncid }) },
    { text: t("calls.code"), run: ask("/api/agency/password/code"), done: t("calls.codeDone", { ncid }) },
    { text: t("calls.unlock"), run: ask("/api/agency/password/unlock"), done: t("calls.unlockDone", { ncid }) },
  ];
  return html`
    <section class="portal-card">
      <h2>${person.name} <span class="portal-quiet">${ncid}</span></h2>
      <${Summary} rows=${[...contactRows(person), [t("user.pin"), html`<${Tag} kind=${person.pin.state === "active" ? "good" : "bad"}>${t(`pin.${person.pin.state}`)}<//>`]]} />
      ${person.masked && html`<p class="portal-quiet">${t("contact.masked")}</p>`}
      ${person.wish && html`<${Wish} person=${person} reload=${reload} />`}
      <${Reasoned} id="reason" label=${t("calls.reason")} hint=${t("calls.reasonHint")} deeds=${deeds} />
      <p><a class="usa-link" href="/agency/people/change?ncid=${ncid}">${t("profile.change")}</a></p>
      <p><a class="usa-link" href="/agency/ledger?stream=person:${ncid}">${t("agency.ledger")}</a></p>
    </section>`;
}

/** Other contact data that wait: confirmed or left as they are, by whoever has made sure who is asking. */
function Wish({ person, reload }) {
  const table = useForm("contact");
  const { ncid, wish } = person;
  const ask = (name, body) => async (reason) => {
    await post(`${at`/api/agency/people/${ncid}`}/contact/${name}`, { ...body, reason });
    await reload();
  };
  const deeds = [
    { text: t("wish.confirm"), run: ask("confirm", { email: wish.email }), done: t("wish.confirmed") },
    { text: t("wish.withdraw"), run: ask("withdraw"), done: t("wish.withdrawn") },
  ];
  return html`
    <h3>${t(wish.contested ? "wish.contested" : "wish.title")}</h3>
    ${wish.contested && html`<${Alert} kind="warning"><p>${t("wish.contestedText")}</p><//>`}
    <${Summary} rows=${[...wishedRows(wish, table), [t("eft.askedBy"), wish.requested_by], [t("eft.askedAt"), moment(wish.at)], wish.lapses_at > 0 && [t("eft.lapsesAt"), moment(wish.lapses_at)]]} />
    <${Reasoned} id="reason-wish" label=${t("calls.reason")} hint=${t("calls.reasonHint")} deeds=${deeds} />`;
}
