// Signatures, newest first, each leading to its receipt.
import { useTables } from "../catalogue.js";
import { html } from "../view.js";
import { moment, t } from "../words/index.js";
import { Table } from "./list.js";

export function SignatureList({ signatures, caption, hideCaption }) {
  const tables = useTables();
  if (!tables) return null;
  if (signatures.length === 0) return html`<p class="portal-quiet">${t("signatures.none")}</p>`;
  const columns = [
    { head: t("sign.id"), cell: (one) => html`<a class="usa-link" href="/providers/${one.provider}/signatures/${one.id}">${one.document_id}</a>` },
    { head: t("sign.what"), cell: (one) => tables.submissionName(one.submission) },
    { head: t("receipt.signer"), cell: (one) => one.signer_name },
    { head: t("receipt.at"), cell: (one) => moment(one.signed_at) },
  ];
  return html`<${Table} caption=${caption} hideCaption=${hideCaption} columns=${columns} rows=${[...signatures].reverse()} keyOf=${(one) => one.id} />`;
}
