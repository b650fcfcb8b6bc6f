// A signature's receipt: what was signed by whom, whether it stands, copies to keep, and the way to repudiate it.
import { at, bytes, get, post } from "../api.js";
import { useTables, useSite } from "../catalogue.js";
import { Alert, Contact, RefusalAlert } from "../components/alert.js";
import { Button, LinkButton } from "../components/button.js";
import { Field } from "../components/field.js";
import { save } from "../components/file.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { SignatureSummary } from "../components/signature.js";
import { useDeed, useLoad } from "../load.js";
import { session } from "../session.js";
import { useStore } from "../store.js";
import { html, useEffect, useRef, useState } from "../view.js";
import { language, t } from "../words/index.js";

export default function Receipt({ provider, id, query }) {
  const tables = useTables();
  const code = useStore(language);
  const path = at`/api/providers/${provider}/signatures/${id}`;
  const load = useLoad(async () => {
    const signature = await get(path);
    const verdict = await post("/api/receipts/verify", { receipt_base64: signature.receipt_base64 });
    return { signature, verdict };
  }, [provider, id, code]);
  return html`<${Loaded} load=${load}>${(found) => tables && html`<${Shown} ...${{ ...found, path, tables, fresh: query.signed, doubted: query.repudiate, reload: load.reload }} />`}<//>`;
}

function Shown({ signature, verdict, path, tables, fresh, doubted, reload }) {
  const who = useStore(session);
  const site = useSite();
  const receipt = useDeed(async () => save(await bytes(`${path}/receipt`), `${signature.id}.receipt`, "application/cose"));
  const keys = useDeed(async () => save(await bytes("/api/key-set"), "portal.keys", "application/cose-key-set"));
  const declaration = useDeed(async () => save(await bytes(`${path}/repudiation`), `${signature.id}.repudiation`, "application/cose"));
  return html`
    <${Page} title=${t("receipt.title")} caption=${tables.submissionName(signature.submission)} back=${{ to: `/providers/${signature.provider}/signatures`, text: t("signatures.title") }} narrow>
      ${fresh && !signature.repudiated && html`<div class="portal-panel" role="status"><h2>${t("receipt.signed")}</h2><p>${t("receipt.reference")}<br /><strong class="portal-digest">${signature.id}</strong></p></div>`}
      ${signature.repudiated && html`<${Alert} kind="error" title=${t("receipt.repudiated")}><p>${t("receipt.repudiatedText")}</p><p><${Button} kind="plain" onClick=${declaration.run}>${t("receipt.declaration")}<//></p><//>`}
      <${Alert} kind=${verdict.valid ? "success" : "error"} title=${t(verdict.valid ? "receipt.valid" : "receipt.invalid")}><p>${verdict.message}</p><//>
      <${SignatureSummary} signature=${signature} tables=${tables} />
      ${signature.text && html`<details class="portal-details"><summary>${t("receipt.text")}</summary><pre class="portal-document">${signature.text}</pre></details>`}
      <section class="portal-noprint">
        <h2>${t("receipt.keep")}</h2>
        <p>${t("receipt.keepText")}</p>
        <${RefusalAlert} refusal=${receipt.refusal ?? keys.refusal ?? declaration.refusal} />
        <p class="portal-actions">
          <${Button} onClick=${receipt.run} busy=${receipt.busy}>${t("receipt.download")}<//>
          <${Button} kind="outline" onClick=${keys.run} busy=${keys.busy}>${t("receipt.keys")}<//>
          <${Button} kind="outline" onClick=${() => print()}>${t("receipt.print")}<//>
        </p>
        ${fresh && html`<h2>${t("next.title")}</h2><p>${t("receipt.next")} ${site?.call_center && html`<${Contact} ...${site.call_center} />`}</p><p><${LinkButton} to="/" kind="outline">${t("action.home")}<//></p>`}
        ${!signature.repudiated && signature.ncid === who?.ncid && html`<${Repudiate} path=${path} reload=${reload} doubted=${doubted} />`}
      </section>
    <//>`;
}

/** Whoever came here to repudiate finds the form open, and is taken to it. */
function Repudiate({ path, reload, doubted }) {
  const section = useRef();
  useEffect(() => {
    if (!doubted) return undefined;
    // After the heading of the page has taken the focus, as it does when a page is opened.
    const timer = setTimeout(() => {
      section.current.querySelector("h2").focus();
      section.current.scrollIntoView();
    });
    return () => clearTimeout(timer);
  }, []);
  const [values, set] = useState({ reason: "", password: "" });
  const [open, setOpen] = useState(Boolean(doubted));
  const [missing, miss] = useState([]);
  const deed = useDeed(async () => {
    await post(`${path}/repudiation`, values);
    await reload();
  });
  const rows = [
    { path: "reason", type: "text", required: true, label: t("repudiate.reason"), description: t("repudiate.reasonHint") },
    { path: "password", type: "secret", required: true, label: t("signIn.password"), autocomplete: "current-password" },
  ];
  const submit = (event) => {
    event.preventDefault();
    const found = rows.filter(({ path: name }) => !values[name]).map(({ path: name }) => ({ path: name, message: t(`repudiate.${name}Missing`) }));
    miss(found);
    if (!found.length) deed.run();
  };
  return html`
    <section class="portal-aside" ref=${section}>
      <h2 tabindex="-1">${t("repudiate.title")}</h2>
      <p>${t("repudiate.text")}</p>
      ${!open && html`<p><${Button} kind="outline" onClick=${() => setOpen(true)}>${t("repudiate.open")}<//></p>`}
      ${open && html`
        <form class="portal-form" onSubmit=${submit} novalidate>
          <${RefusalAlert} refusal=${deed.refusal} />
          ${rows.map((row) => html`<${Field} key=${row.path} row=${row} value=${values[row.path]} onInput=${(value) => set({ ...values, [row.path]: value })} problem=${missing.find(({ path: name }) => name === row.path)?.message} />`)}
          <p class="portal-actions"><${Button} type="submit" kind="danger" busy=${deed.busy}>${t("repudiate.submit")}<//><${Button} kind="outline" onClick=${() => setOpen(false)}>${t("action.back")}<//></p>
        </form>`}
    </section>`;
}
