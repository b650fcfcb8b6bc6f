// Why somebody may do something, or may not, and who can change it.
import { at, get } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert } from "../components/alert.js";
import { LinkButton } from "../components/button.js";
import { Summary } from "../components/list.js";
import { Helper, Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useLoad } from "../load.js";
import { useStore } from "../store.js";
import { html } from "../view.js";
import { language, moment, t } from "../words/index.js";

export default function Why({ provider, ncid, query }) {
  const tables = useTables();
  const code = useStore(language);
  const load = useLoad(() => get(at`/api/providers/${provider}/users/${ncid}/explain`, { right: query.right }), [provider, ncid, query.right, code]);
  return html`<${Loaded} load=${load}>${(why) => tables && html`<${Explanation} ...${{ why, provider, ncid, tables }} />`}<//>`;
}

function Explanation({ why, provider, ncid, tables }) {
  const base = `/providers/${provider}/users`;
  const right = tables.rightName(why.right);
  return html`
    <${Page} title=${t(why.allowed ? "why.may" : "why.mayNot", { ncid, right })} caption=${t("provider.id", { id: provider })} back=${{ to: base, text: t("users.title") }} narrow>
      <${Alert} kind=${why.allowed ? "success" : "warning"}><p>${why.text}</p>${!why.allowed && why.help && !why.text.includes(why.help) && html`<p>${why.help}</p>`}<//>
      ${why.helper && html`<${Helper} ...${why.helper} />`}
      <${Summary} rows=${[
        [t("why.right"), right],
        why.role && [t("user.role"), tables.roleName(why.role)],
        why.granted_by && [t("why.grantedBy"), why.granted_by],
        why.granted_at > 0 && [t("why.grantedAt"), moment(why.granted_at)],
        why.rule && [t("why.rule"), why.rule],
        [t("why.profile"), why.profile],
      ]} />
      <p class="portal-actions"><${LinkButton} to="${base}/${encodeURIComponent(ncid)}" kind="outline">${t("userChange.title")}<//></p>
    <//>`;
}
