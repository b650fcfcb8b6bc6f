// Review and sign: what is to be signed is written or chosen, shown byte for byte with its digest and the attestation,
// and signed with password and PIN.
import { at, fromBase64, get, newKey, post, put, toBase64 } from "../api.js";
import { useTables, useSite } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Document } from "../components/document.js";
import { Field } from "../components/field.js";
import { Summary } from "../components/list.js";
import { Loaded, RefusedPage } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { go } from "../router.js";
import { html, useState } from "../view.js";
import { t } from "../words/index.js";

export default function Sign({ provider, query }) {
  const tables = useTables();
  const { application } = query;
  const [draft, setDraft] = useState({ kind: query.kind ?? "", id: "", text: "", file: undefined });
  const [review, show] = useState(undefined);
  const load = useLoad(async () => {
    const [me, drafted] = await Promise.all([get("/api/me"), application && get(at`/api/providers/${provider}/applications/${application}`)]);
    if (drafted) setDraft({ kind: drafted.kind, id: drafted.document_id, version: drafted.document_version, drafted, application, text: "" });
    return me;
  }, [provider, application]);
  return html`
    <${Loaded} load=${load}>
      ${(me) => {
        const name = me.providers.find(({ id }) => id === provider)?.name ?? provider;
        const shared = { provider, name, tables, draft, setDraft, show };
        return tables && (review ? html`<${Review} ...${shared} review=${review} />` : html`<${Compose} ...${shared} />`);
      }}
    <//>`;
}

async function contentOf(draft) {
  return draft.file ? new Uint8Array(await draft.file.arrayBuffer()) : new TextEncoder().encode(draft.text);
}

function missingIn(draft) {
  const wanted = [
    ["kind", draft.kind],
    ["id", draft.id],
    ["text", draft.text || draft.file],
    ["version", draft.version !== ""],
  ];
  return wanted.filter(([, value]) => !value).map(([path]) => ({ path, message: t(`sign.${path}Missing`) }));
}

function Compose({ provider, name, tables, draft, setDraft, show }) {
  const [attempt, count] = useState(0);
  const missing = attempt > 0 ? missingIn(draft) : [];
  const set = (field) => (value) => setDraft({ ...draft, [field]: value });
  const deed = useDeed(async () => {
    const document = { id: draft.id, version: draft.version ?? "1", content_base64: toBase64(await contentOf(draft)) };
    if (draft.drafted && draft.version !== draft.drafted.document_version) await revise(provider, draft, document);
    show(await post(at`/api/providers/${provider}/reviews`, matter(draft, document)));
  });
  const submit = (event) => {
    event.preventDefault();
    count(attempt + 1);
    if (missingIn(draft).length === 0) deed.run();
  };
  const known = draft.drafted ? ["kind", "id"] : [];
  const rows = [
    { path: "kind", type: "choice", required: true, label: t("sign.kind"), description: t("sign.kindHint"), choices: tables.submissions },
    { path: "id", type: "text", required: true, label: t("sign.id"), description: t("sign.idHint") },
    draft.drafted && { path: "version", type: "text", required: true, label: t("sign.version"), description: t("sign.versionHint") },
    { path: "text", type: "bytes", required: !draft.file, label: t("sign.text"), description: t("sign.textHint") },
  ];
  if (deed.refusal?.problem.access) return html`<${RefusedPage} refusal=${deed.refusal} retry=${deed.clear} />`;
  return html`
    <${Page} title=${t("sign.title")} caption=${t("provider.called", { name, id: provider })} back=${{ to: `/providers/${provider}`, text: name }} problems=${missing} attempt=${attempt} narrow>
      <p>${t("sign.intro")}</p>
      ${draft.drafted && html`<${Drafted} draft=${draft} tables=${tables} />`}
      <${RefusalAlert} refusal=${deed.refusal} />
      <form class="portal-form" onSubmit=${submit} novalidate>
        ${rows.filter((row) => row && !known.includes(row.path)).map((row) => html`<${Field} key=${row.path} row=${row} value=${draft[row.path]} onInput=${set(row.path)} problem=${missing.find(({ path }) => path === row.path)?.message} />`)}
        <div class="usa-form-group">
          <label class="usa-label" for="file">${t("sign.file")} <span class="usa-hint">${t("form.optional")}</span></label>
          <span class="usa-hint" id="file-hint">${t("sign.fileHint")}</span>
          <input class="portal-file" id="file" type="file" accept="text/plain,application/pdf,.txt,.pdf" aria-describedby="file-hint" onChange=${(event) => set("file")(event.target.files[0])} />
        </div>
        <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("sign.review")}<//></p>
      </form>
    <//>`;
}

/** What is signed, as the server asks for it. */
const matter = (draft, document) => ({ kind: draft.kind, document, ...(draft.drafted && { application: draft.application }) });

/** Another version takes the place of what was drafted. */
const revise = (provider, { application, drafted }, { id, version, content_base64 }) => {
  const fields = { "submission.kind": drafted.kind, "document.id": id, "document.version": version, ...(drafted.physician_date && { "physician.date": drafted.physician_date }) };
  return put(at`/api/providers/${provider}/applications/${application}`, { fields, content_base64 });
};

/** What was drafted before, or sent back with a note; its very document is signed. */
const Drafted = ({ draft, tables }) => html`
  <${Summary} rows=${[[t("sign.what"), tables.submissionName(draft.kind)], [t("sign.id"), draft.id], [t("provider.state"), tables.stateName(draft.drafted.state)], draft.drafted.note && [t("sign.note"), draft.drafted.note]]} />
  <${Alert} kind="info"><p>${t("sign.same")}</p><//>`;

const secrets = () => [
  { path: "password", type: "secret", required: true, label: t("signIn.password"), autocomplete: "current-password" },
  { path: "pin", type: "secret", required: true, label: t("sign.pin"), description: t("sign.pinHint"), inputmode: "numeric", autocomplete: "off" },
];

function Review({ provider, review, draft, show, tables }) {
  const site = useSite();
  const [secret, setSecret] = useState({});
  const [attempt, count] = useState(0);
  const [key] = useState(newKey);
  const missing = attempt > 0 ? ["password", "pin"].filter((name) => !secret[name]).map((path) => ({ path, message: t(`sign.${path}Missing`) })) : [];
  const { id, version, content_base64 } = review.document;
  const deed = useDeed(async () => {
    const body = { review: review.review, ...matter(draft, { id, version, content_base64 }), ...secret };
    const signature = await post(at`/api/providers/${provider}/signatures`, body, { key });
    go(`/providers/${provider}/signatures/${signature.id}?signed=1`);
  });
  const submit = async (event) => {
    event.preventDefault();
    count(attempt + 1);
    if (!secret.password || !secret.pin) return;
    await deed.run();
    setSecret({});
    count(0);
  };
  return html`
    <${Page} title=${t("sign.reviewTitle")} problems=${missing} attempt=${attempt} narrow>
      <${RefusalAlert} refusal=${deed.refusal} />
      <${Summary} rows=${[
        [t("sign.what"), tables.submissionName(review.kind), html`<${Button} kind="plain" onClick=${() => show(undefined)} label=${t("sign.changeDocument")}>${t("action.change")}<//>`],
        [t("sign.for"), `${review.provider.name} (${review.provider.id})`],
        [t("sign.under"), tables.rightName(review.right)],
        [t("sign.signer"), `${review.signer.name} (${review.signer.ncid})`],
        [t("sign.id"), id],
      ]} />
      <h2>${t("sign.document")}</h2>
      <${Document} content=${fromBase64(content_base64)} name=${id} />
      <${Summary} rows=${[[t("sign.digest"), html`<code class="portal-digest">${review.document.digest}</code>`], [t("sign.length"), t("sign.bytes", { count: review.document.length })]]} />
      <h2>${t("sign.attestation")}</h2>
      <blockquote class="portal-attestation">${review.attestation.text}</blockquote>
      <form class="portal-card portal-form" onSubmit=${submit} novalidate>
        <h2>${t("sign.sign")}</h2>
        <p>${t("sign.meaning")}</p>
        ${secrets().map((row) => html`<${Field} key=${row.path} row=${row} value=${secret[row.path] ?? ""} onInput=${(value) => setSecret((before) => ({ ...before, [row.path]: value }))} problem=${missing.find(({ path }) => path === row.path)?.message} />`)}
        <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("sign.sign")}<//><${Button} kind="outline" onClick=${() => show(undefined)}>${t("action.back")}<//></p>
      </form>
      <${Alert} kind="info"><p>${t("sign.forgot")} <a class="usa-link" href="/pin/forgot">${t("footer.pin")}</a></p>${site?.demo && html`<p>${t("sign.demo")} <a class="usa-link" href="/mail" target="_blank">${t("nav.mail")}</a></p>`}<//>
    <//>`;
}
