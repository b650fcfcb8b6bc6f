// One's own profile: contact data, language of mails, PIN, password, sessions, signatures.
import { all, at, del, get, post } from "../api.js";
import { useForm, useSite } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { contactRows, wishedRows } from "../components/contact.js";
import { Field } from "../components/field.js";
import { Fields, given, useValues } from "../components/form.js";
import { Summary, Tag } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { SignatureList } from "../components/signature-list.js";
import { useDeed, useLoad } from "../load.js";
import { go } from "../router.js";
import { forget, signOut } from "../session.js";
import { html, useEffect, useState } from "../view.js";
import { languages, moment, t } from "../words/index.js";
import { ResetOwn } from "./pin-forgot.js";

export default function Profile() {
  const load = useLoad(() => get("/api/me"), []);
  return html`<${Loaded} load=${load}>${(me) => html`<${Mine} me=${me} reload=${load.reload} />`}<//>`;
}

const Mine = ({ me, reload }) => html`
  <${Page} title=${t("nav.profile")} caption=${me.ncid}>
    <div class="portal-columns">
      <div>
        <${Contact} me=${me} reload=${reload} />
        <${Signatures} />
      </div>
      <div>
        <${Pin} me=${me} reload=${reload} />
        <${Password} />
        <${Sessions} />
      </div>
    </div>
  <//>`;

function Contact({ me, reload }) {
  const [editing, edit] = useState(false);
  const table = useForm("contact");
  const spoken = languages.find(({ code }) => code === me.language)?.name ?? me.language;
  return html`
    <section class="portal-card" aria-labelledby="contact">
      <h2 id="contact">${t("profile.contact")}</h2>
      ${me.contact_pending && html`<${Pending} pending=${me.contact_pending} table=${table} reload=${reload} />`}
      <${Summary} rows=${[[t("profile.name"), me.name], ...contactRows(me), [t("profile.language"), spoken]]} />
      ${!editing && html`<p><${Button} kind="outline" onClick=${() => edit(true)}>${t("profile.change")}<//></p>`}
      ${editing && table && html`<${ContactForm} table=${table} done=${() => (edit(false), reload())} cancel=${() => edit(false)} />`}
    </section>`;
}

function ContactForm({ table, done, cancel }) {
  const form = useValues("contact");
  const deed = useDeed(() => post("/api/me/contact", { fields: given(form.values) }));
  useEffect(() => {
    if (deed.refusal?.fields.length) form.refuse(deed.refusal.fields);
  }, [deed.refusal]);
  const submit = async (event) => {
    event.preventDefault();
    if ((await form.check()).length === 0 && (await deed.run())) done();
  };
  return html`
    <form class="portal-form" onSubmit=${submit} novalidate>
      <p>${t("profile.changeText")}</p>
      <${RefusalAlert} refusal=${deed.refusal?.fields.length ? undefined : deed.refusal} />
      <${Fields} rows=${table.fields} form=${form} />
      <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("profile.save")}<//><${Button} kind="outline" onClick=${cancel}>${t("action.back")}<//></p>
    </form>`;
}

function Pending({ pending, table, reload }) {
  const [token, set] = useState("");
  const deed = useDeed(async () => {
    await post("/api/me/contact/confirm", { token });
    await reload();
  });
  const submit = (event) => {
    event.preventDefault();
    deed.run();
  };
  return html`
    <${Alert} kind="warning" title=${t("profile.pending")}><p>${pending.contested ? t("profile.contested") : t("profile.pendingText", { by: pending.requested_by, until: moment(pending.lapses_at) })}</p><//>
    <${Summary} rows=${wishedRows(pending, table)} />
    <form class="portal-form" onSubmit=${submit} novalidate>
      <${RefusalAlert} refusal=${deed.refusal} />
      <${Field} row=${{ path: "token", type: "text", required: true, label: t("profile.token") }} value=${token} onInput=${set} />
      <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("profile.confirm")}<//></p>
    </form>`;
}

function Pin({ me, reload }) {
  const [resetting, reset] = useState(false);
  const lost = useDeed(async () => {
    await post("/api/me/pin/lost");
    await reload();
    return true;
  });
  return html`
    <section class="portal-card" aria-labelledby="pin">
      <h2 id="pin">${t("user.pin")} <${Tag} kind=${me.pin.state === "active" ? "good" : "bad"}>${t(`pin.${me.pin.state}`)}<//></h2>
      <p>${t("profile.pinText")}</p>
      ${me.pin.issued_at > 0 && html`<p class="portal-quiet">${t("profile.pinIssued", { at: moment(me.pin.issued_at) })}</p>`}
      ${lost.answer && html`<${Alert} kind="success" live><p>${t("profile.pinEnded")}</p><//>`}
      <${RefusalAlert} refusal=${lost.refusal} />
      ${resetting ? html`<${ResetOwn} />` : html`<p class="portal-actions"><${Button} kind="outline" onClick=${() => reset(true)}>${t("profile.pinReset")}<//>${me.pin.state === "active" && html`<${Button} kind="outline" onClick=${lost.run} busy=${lost.busy}>${t("profile.pinLost")}<//>`}</p>`}
    </section>`;
}

function Password() {
  const site = useSite();
  const [open, setOpen] = useState(false);
  const [values, set] = useState({});
  const deed = useDeed(async () => {
    await post("/api/password/change", values);
    forget();
    go("/sign-in?password=1");
  });
  const rows = [
    { path: "password", type: "secret", required: true, label: t("password.old"), autocomplete: "current-password" },
    { path: "new_password", type: "secret", required: true, label: t("password.new"), description: t("password.newHint"), autocomplete: "new-password" },
  ];
  const submit = (event) => {
    event.preventDefault();
    deed.run();
  };
  if (!site?.keeps_passwords) return null;
  return html`
    <section class="portal-card" aria-labelledby="password">
      <h2 id="password">${t("signIn.password")}</h2>
      ${!open && html`<p><${Button} kind="outline" onClick=${() => setOpen(true)}>${t("password.change")}<//></p>`}
      ${open && html`
        <form class="portal-form" onSubmit=${submit} novalidate>
          <p>${t("password.changeText")}</p>
          <${RefusalAlert} refusal=${deed.refusal} />
          ${rows.map((row) => html`<${Field} key=${row.path} row=${row} value=${values[row.path] ?? ""} onInput=${(value) => set((before) => ({ ...before, [row.path]: value }))} problem=${deed.refusal?.fields.find(({ path }) => path === row.path)?.message} />`)}
          <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("password.submit")}<//><${Button} kind="outline" onClick=${() => setOpen(false)}>${t("action.back")}<//></p>
        </form>`}
    </section>`;
}

function Sessions() {
  const load = useLoad(() => all("/api/sessions"), []);
  const end = useDeed(async (id) => {
    await del(at`/api/sessions/${id}`);
    await load.reload();
  });
  return html`
    <section class="portal-card" aria-labelledby="sessions">
      <h2 id="sessions">${t("profile.sessions")}</h2>
      <${RefusalAlert} refusal=${end.refusal} />
      <ul class="portal-people">
        ${load.data?.items.map(
          ({ id, label, began_at }) => html`
            <li key=${id}>
              <span>${label || t("profile.browser")}<br /><span class="portal-quiet">${t("profile.since", { at: moment(began_at) })}</span></span>
              <${Button} kind="plain" onClick=${() => end.run(id)} label=${t("profile.endOf", { label, at: moment(began_at) })}>${t("profile.end")}<//>
            </li>`,
        )}
      </ul>
      <p>${t("profile.sessionsText")}</p>
      <p><${Button} kind="outline" onClick=${() => signOut(true)}>${t("profile.everywhere")}<//></p>
    </section>`;
}

function Signatures() {
  const load = useLoad(() => all("/api/me/signatures"), []);
  return html`
    <section class="portal-card" aria-labelledby="signatures">
      <h2 id="signatures">${t("profile.signatures")}</h2>
      ${load.data && html`<${SignatureList} signatures=${load.data.items} caption=${t("profile.signatures")} hideCaption />`}
      <${RefusalAlert} refusal=${load.refusal} />
    </section>`;
}
