// Verifies a receipt with the portal's keys, and with the document where one is given.
import { post, toBase64 } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { FileField } from "../components/file.js";
import { Page } from "../components/page.js";
import { SignatureSummary } from "../components/signature.js";
import { useDeed } from "../load.js";
import { html, useState } from "../view.js";
import { t } from "../words/index.js";

const base64Of = async (file) => toBase64(new Uint8Array(await file.arrayBuffer()));

export default function Verify() {
  const tables = useTables();
  const [files, set] = useState({});
  const [attempt, count] = useState(0);
  const deed = useDeed(async () => {
    const body = { receipt_base64: await base64Of(files.receipt) };
    if (files.document) body.content_base64 = await base64Of(files.document);
    return { ...(await post("/api/receipts/verify", body)), withDocument: Boolean(files.document) };
  });
  const missing = attempt > 0 && !files.receipt ? [{ path: "receipt", message: t("verify.missing") }] : [];
  const submit = (event) => {
    event.preventDefault();
    count(attempt + 1);
    if (files.receipt) deed.run();
  };
  const take = (name) => (file) => set((before) => ({ ...before, [name]: file }));
  return html`
    <${Page} title=${t("verify.title")} problems=${missing} attempt=${attempt} narrow>
      <p>${t("verify.text")}</p>
      <${Alert} kind="info"><p>${t("verify.server")}</p><//>
      <${RefusalAlert} refusal=${deed.refusal} />
      <form class="portal-form" onSubmit=${submit} novalidate>
        <${FileField} id="receipt" label=${t("verify.receipt")} hint=${t("verify.receiptHint")} required problem=${missing[0]?.message} onFile=${take("receipt")} />
        <${FileField} id="document" label=${t("verify.document")} hint=${t("verify.documentHint")} onFile=${take("document")} />
        <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("verify.submit")}<//></p>
      </form>
      <div aria-live="polite">${deed.answer && tables && html`<${Verdict} verdict=${deed.answer} tables=${tables} />`}</div>
    <//>`;
}

const Verdict = ({ verdict, tables }) => html`
  <h2>${t("verify.result")}</h2>
  <${Alert} kind=${verdict.valid ? "success" : "error"} title=${t(verdict.valid ? (verdict.withDocument ? "verify.validDocument" : "receipt.valid") : "receipt.invalid")}><p>${verdict.message}</p>${verdict.valid && !verdict.withDocument && html`<p>${t("verify.noDocument")}</p>`}<//>
  ${verdict.signature && html`<${SignatureSummary} signature=${verdict.signature} tables=${tables} />`}`;
