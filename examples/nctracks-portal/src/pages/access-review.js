// Access review: who did not use their access, or whose access nobody looked at; keep it or end it, many at once.
import { all, at, post } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Table, Tag } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { go } from "../router.js";
import { html, useState } from "../view.js";
import { day, language, t } from "../words/index.js";
import { useStore } from "../store.js";

const lists = ["unused", "uncertified"];
const periods = ["30", "90", "180", "365"];

export default function AccessReview({ provider, query }) {
  const tables = useTables();
  const code = useStore(language);
  const list = lists.includes(query.list) ? query.list : lists[0];
  const days = periods.includes(query.days) ? query.days : periods[1];
  const load = useLoad(() => all(`${at`/api/providers/${provider}/access-review/`}${list}`, { days }), [provider, list, days, code]);
  return html`<${Loaded} load=${load}>${(found) => tables && html`<${Review} ...${{ provider, found, list, days, tables, reload: load.reload }} />`}<//>`;
}

const LIMIT = 100;

/** One question for up to a hundred people each, as the server takes them. */
async function inParts(path, ncids) {
  const rows = [];
  for (let i = 0; i < ncids.length; i += LIMIT) rows.push(...(await post(path, { ncids: ncids.slice(i, i + LIMIT) })));
  return rows;
}

const nameOf = (people, ncid) => people.find((one) => one.ncid === ncid)?.name || ncid;

function Review({ provider, found, list, days, tables, reload }) {
  const people = found.items.filter(({ manageable }) => manageable);
  const [chosen, choose] = useState(() => new Set());
  const [outcomes, tell] = useState(undefined);
  const [previewed, preview] = useState(undefined);
  const [missing, miss] = useState(0);
  const base = at`/api/providers/${provider}/access-review/`;
  const keep = useDeed(async (ncids) => tell({ what: "kept", rows: await inParts(`${base}certify`, ncids) }));
  const look = useDeed(async (ncids) => preview(await inParts(`${base}preview`, ncids)));
  const problems = missing > 0 && chosen.size === 0 ? [{ path: "people", message: t("accessReview.missing") }] : [];
  const selected = (deed) => (chosen.size === 0 ? miss(missing + 1) : deed.run([...chosen]));
  // The list is there again before it is shown: nobody decides about people whose access just ended.
  const again = useDeed(async () => {
    await reload();
    choose(new Set());
    tell(undefined);
    preview(undefined);
  });
  if (outcomes) return html`<${Outcomes} ...${{ outcomes, people, again }} />`;
  if (previewed) return html`<${Preview} ...${{ previewed, people, tables, base, tell, back: () => preview(undefined) }} />`;
  return html`
    <${Page} title=${t("accessReview.title")} back=${{ to: `/providers/${provider}/users`, text: t("users.title") }} problems=${problems} attempt=${missing}>
      <p>${t("accessReview.text")}</p>
      <${Which} ...${{ provider, list, days }} />
      <p role="status" class="portal-quiet">${t("users.count", { count: people.length })}${!found.complete && ` ${t("list.cut")}`}</p>
      <${RefusalAlert} refusal=${keep.refusal ?? look.refusal} />
      ${people.length > 0 && html`
        <${People} ...${{ people, tables, chosen, choose }} />
        <p class="portal-actions">
          <${Button} onClick=${() => keep.run(people.map(({ ncid }) => ncid))} busy=${keep.busy}>${t("accessReview.keepAll")}<//>
          <${Button} kind="outline" onClick=${() => selected(keep)} busy=${keep.busy}>${t("accessReview.keep")}<//>
          <${Button} kind="outline" onClick=${() => selected(look)} busy=${look.busy}>${t("accessReview.revoke")}<//>
        </p>`}
    <//>`;
}

/** Which list, and since when: an address of its own, so that it can be kept and sent. */
function Which({ provider, list, days }) {
  const open = (next) => go(`/providers/${provider}/review?${new URLSearchParams({ list, days, ...next })}`);
  const select = (id, value, choices) => html`
    <div><label class="usa-label" for=${id}>${t(`accessReview.${id}`)}</label>
    <select class="usa-select" id=${id} value=${value} onChange=${(event) => open({ [id]: event.target.value })}>
      ${choices.map(([name, text]) => html`<option key=${name} value=${name} selected=${name === value}>${text}</option>`)}
    </select></div>`;
  return html`<div class="portal-dates">
    ${select("list", list, lists.map((name) => [name, t(`accessReview.${name}`)]))}
    ${select("days", days, periods.map((name) => [name, t("accessReview.period", { count: Number(name) })]))}
  </div>`;
}

function People({ people, tables, chosen, choose }) {
  const flip = (ncid) => {
    const next = new Set(chosen);
    if (!next.delete(ncid)) next.add(ncid);
    choose(next);
  };
  const everybody = chosen.size === people.length;
  const check = (id, label, checked, onChange) => html`
    <div class="usa-checkbox"><input class="usa-checkbox__input" type="checkbox" id=${id} checked=${checked} onChange=${onChange} /><label class="usa-checkbox__label" for=${id}>${label}</label></div>`;
  const columns = [
    { head: t("users.person"), cell: (one) => html`${check(`one-${one.ncid}`, one.name || one.ncid, chosen.has(one.ncid), () => flip(one.ncid))}<span class="portal-quiet">${one.ncid}</span>` },
    { head: t("user.role"), cell: (one) => html`<${Tag} kind="role">${tables.roleName(one.role)}<//>` },
    { head: t("user.rights"), cell: (one) => one.rights.map(tables.rightName).join(", ") || "–" },
    { head: t("accessReview.given"), cell: (one) => day(one.granted_at) },
    { head: t("accessReview.used"), cell: (one) => day(one.used_at) || t("accessReview.never") },
    { head: t("accessReview.certified"), cell: (one) => day(one.certified_at) || t("accessReview.never") },
  ];
  return html`
    <div id="field-people" tabindex="-1">
      ${check("everybody", t("accessReview.everybody"), everybody, () => choose(new Set(everybody ? [] : people.map(({ ncid }) => ncid))))}
      <${Table} caption=${t("accessReview.title")} hideCaption columns=${columns} rows=${people} keyOf=${({ ncid }) => ncid} />
    </div>`;
}

/** What each would lose, and one confirmation for all. */
function Preview({ previewed, people, tables, base, tell, back }) {
  const deed = useDeed(async () => tell({ what: "revoked", rows: await inParts(`${base}revoke`, previewed.map(({ ncid }) => ncid)) }));
  const columns = [
    { head: t("users.person"), cell: (one) => nameOf(people, one.ncid) },
    { head: t("preview.lost"), cell: (one) => [...one.authorities_lost, ...one.rights_lost].map(tables.rightName).join(", ") || t("preview.none") },
    { head: t("accessReview.note"), cell: (one) => (one.allowed ? one.pin_suspended && t("preview.pin", { name: nameOf(people, one.ncid) }) : one.message) || "–" },
  ];
  return html`
    <${Page} title=${t("accessReview.sure", { count: previewed.length })}>
      <${RefusalAlert} refusal=${deed.refusal} />
      <${Table} caption=${t("preview.lost")} hideCaption columns=${columns} rows=${previewed} keyOf=${({ ncid }) => ncid} />
      <p class="portal-actions"><${Button} kind="danger" onClick=${deed.run} busy=${deed.busy}>${t("preview.doRevoke")}<//><${Button} kind="outline" onClick=${back}>${t("action.back")}<//></p>
    <//>`;
}

function Outcomes({ outcomes, people, again }) {
  const done = outcomes.rows.filter((row) => row.done).length;
  const columns = [
    { head: t("users.person"), cell: (one) => nameOf(people, one.ncid) },
    { head: t("ledger.outcome"), cell: (one) => html`<${Tag} kind=${one.done ? "good" : "bad"}>${t(one.done ? `accessReview.${outcomes.what}` : "accessReview.refused")}<//> ${one.message}` },
  ];
  return html`
    <${Page} title=${t("verify.result")}>
      <${Alert} kind=${done === outcomes.rows.length ? "success" : "warning"} live><p>${t("accessReview.done", { count: done })} ${done < outcomes.rows.length && t("accessReview.left", { count: outcomes.rows.length - done })}</p><//>
      <${Table} caption=${t("verify.result")} hideCaption columns=${columns} rows=${outcomes.rows} keyOf=${({ ncid }) => ncid} />
      <p class="portal-actions"><${Button} onClick=${again.run} busy=${again.busy}>${t("accessReview.again")}<//></p>
    <//>`;
}
