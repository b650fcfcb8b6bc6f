// Groups of users: what a group may do, and who is in it.
import { all, at, del, put } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Check, Field } from "../components/field.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { go } from "../router.js";
import { html, useState } from "../view.js";
import { t } from "../words/index.js";

/** The role whose people can be in groups, by the library's name. */
const MEMBER = "user";

export default function Groups({ provider, query }) {
  const tables = useTables();
  const load = useLoad(async () => {
    const groups = (await all(at`/api/providers/${provider}/groups`)).items;
    const members = await Promise.all(groups.map(({ name }) => all(at`/api/providers/${provider}/groups/${name}/members`)));
    const users = (await all(at`/api/providers/${provider}/users`)).items.filter(({ role, manageable }) => role === MEMBER && manageable);
    return { groups: groups.map((group, i) => ({ ...group, members: members[i].items })), users };
  }, [provider]);
  return html`<${Loaded} load=${load}>${({ groups, users }) => tables && html`<${Shown} ...${{ provider, groups, users, tables, query, reload: load.reload }} />`}<//>`;
}

function Shown({ provider, groups, users, tables, query, reload }) {
  const edited = query.new ? { name: "", rights: [], members: [] } : groups.find(({ name }) => name === query.group);
  const back = { to: `/providers/${provider}/groups`, text: t("groups.title") };
  if (edited) return html`<${Edit} key=${edited.name} ...${{ provider, group: edited, users, tables, back, reload }} />`;
  return html`
    <${Page} title=${t("groups.title")} caption=${t("provider.id", { id: provider })} back=${{ to: `/providers/${provider}/users`, text: t("users.title") }} narrow>
      ${query.saved && html`<${Alert} kind="success" live><p>${t("groups.saved", { name: query.saved })}</p><//>`}
      ${query.ended && html`<${Alert} kind="success" live><p>${t("groups.ended", { name: query.ended })}</p><//>`}
      <p>${t("groups.text")}</p>
      <p><a class="usa-button" href="${back.to}?new=1">${t("groups.new")}</a></p>
      ${groups.length === 0 && html`<p class="portal-quiet">${t("groups.none")}</p>`}
      <ul class="portal-cards">${groups.map((group) => html`<${Card} key=${group.name} ...${{ group, tables, back }} />`)}</ul>
    <//>`;
}

const Card = ({ group, tables, back }) => html`
  <li class="portal-card">
    <h2><a class="usa-link" href="${back.to}?group=${encodeURIComponent(group.name)}">${group.name}</a></h2>
    <p>${group.rights.map(tables.rightName).join(", ") || t("groups.noRights")}</p>
    <p class="portal-quiet">${t("users.count", { count: group.members.length })}</p>
  </li>`;

function Edit({ provider, group, users, tables, back, reload }) {
  const isNew = !group.name;
  const [name, setName] = useState(group.name);
  const [rights, setRights] = useState(group.rights);
  const [attempt, count] = useState(0);
  const path = at`/api/providers/${provider}/groups/${name}`;
  const leave = async (told) => {
    await reload();
    go(`${back.to}?${told}=${encodeURIComponent(name)}`);
  };
  const save = useDeed(async () => {
    await put(path, { rights });
    await leave("saved");
  });
  const end = useDeed(async () => {
    await del(path);
    await leave("ended");
  });
  const isWrong = save.refusal?.status === 422;
  const problem = isWrong ? save.refusal.message : attempt > 0 && !name.trim() ? t("groups.nameMissing") : undefined;
  const submit = (event) => {
    event.preventDefault();
    count(attempt + 1);
    if (name.trim()) save.run();
  };
  const flip = (right) => setRights(rights.includes(right) ? rights.filter((other) => other !== right) : [...rights, right]);
  const row = { path: "name", type: "text", required: true, label: t("groups.name"), description: t("groups.nameHint"), max_length: 40 };
  return html`
    <${Page} title=${isNew ? t("groups.new") : t("groups.of", { name: group.name })} back=${back} problems=${problem ? [{ path: "name", message: problem }] : []} attempt=${attempt} narrow>
      <${RefusalAlert} refusal=${problem ? undefined : (save.refusal ?? end.refusal)} />
      <form class="portal-form" onSubmit=${submit} novalidate>
        ${isNew && html`<${Field} row=${row} value=${name} onInput=${setName} problem=${problem} />`}
        <fieldset class="usa-fieldset">
          <legend class="usa-legend">${t("user.rights")}</legend>
          <div class="portal-checks">${tables.rights.map((right) => html`<${Check} key=${right.name} id="right-${right.name}" name="rights" checked=${rights.includes(right.name)} onChange=${() => flip(right.name)} label=${tables.rightName(right.name)} />`)}</div>
        </fieldset>
        <p class="portal-actions"><${Button} type="submit" busy=${save.busy}>${t("groups.save")}<//>${!isNew && html`<${Button} kind="outline" onClick=${end.run} busy=${end.busy}>${t("groups.end")}<//>`}</p>
      </form>
      ${!isNew && html`<${Members} ...${{ path, group, users, reload }} />`}
    <//>`;
}

/** Who is in the group: each change is made at once, and said. */
function Members({ path, group, users, reload }) {
  const [told, tell] = useState("");
  const isIn = (ncid) => group.members.some((member) => member.ncid === ncid);
  const flip = useDeed(async ({ ncid, name }) => {
    const leaves = isIn(ncid);
    await (leaves ? del : put)(`${path}${at`/members/${ncid}`}`);
    await reload();
    tell(t(leaves ? "groups.left" : "groups.joined", { name: name || ncid }));
  });
  return html`
    <section class="portal-aside">
      <h2>${t("groups.members")}</h2>
      <p class="portal-quiet">${t("groups.membersText")}</p>
      <${RefusalAlert} refusal=${flip.refusal} />
      <p role="status">${told}</p>
      <fieldset class="usa-fieldset">
        <legend class="usa-sr-only">${t("groups.members")}</legend>
        ${users.map((user) => html`<${Check} key=${user.ncid} id="member-${user.ncid}" name="members" checked=${isIn(user.ncid)} onChange=${() => flip.run(user)} label=${user.name || user.ncid} hint=${user.ncid} />`)}
      </fieldset>
    </section>`;
}
