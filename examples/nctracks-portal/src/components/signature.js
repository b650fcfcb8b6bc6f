// A signature as pairs of what and which: on receipt and verification pages.
import { html } from "../view.js";
import { momentUtc, t } from "../words/index.js";
import { Summary } from "./list.js";

export const SignatureSummary = ({ signature, tables }) => html`
  <${Summary} rows=${[
    [t("receipt.signer"), `${signature.signer_name} (${signature.ncid})`],
    [t("receipt.at"), momentUtc(signature.signed_at)],
    [t("sign.what"), tables.submissionName(signature.submission)],
    [t("receipt.meaning"), signature.meaning],
    [t("sign.for"), signature.provider],
    [t("sign.under"), `${tables.rightName(signature.right)} · ${tables.roleName(signature.role)}`],
    [t("sign.id"), `${signature.document_id}, ${t("receipt.version", { version: signature.document_version })}`],
    [t("sign.digest"), html`<code class="portal-digest">${signature.document_digest}</code>`],
    [t("receipt.attestation"), signature.attestation_version],
    [t("why.profile"), signature.profile],
    [t("receipt.number"), html`<code class="portal-digest">${signature.id}</code>`],
  ]} />`;
