// The signatures given for a provider.
import { all, at } from "../api.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { SignatureList } from "../components/signature-list.js";
import { useLoad } from "../load.js";
import { html } from "../view.js";
import { t } from "../words/index.js";

export default function Signatures({ provider }) {
  const load = useLoad(() => all(at`/api/providers/${provider}/signatures`), [provider]);
  return html`
    <${Loaded} load=${load}>
      ${({ items, complete }) => html`
        <${Page} title=${t("signatures.title")} caption=${t("provider.id", { id: provider })} back=${{ to: `/providers/${provider}` }}>
          ${!complete && html`<p>${t("list.cut")}</p>`}
          <${SignatureList} signatures=${items} caption=${t("signatures.title")} hideCaption />
        <//>`}
    <//>`;
}
