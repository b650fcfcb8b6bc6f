// Signing in: NCID and password, then the code where the rules ask for one.
import { post } from "../api.js";
import { useSite } from "../catalogue.js";
import { RefusalAlert, Alert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Field } from "../components/field.js";
import { Page } from "../components/page.js";
import { useDeed } from "../load.js";
import { go } from "../router.js";
import { giveCode, isSignedIn, session, signIn, signInByProxy } from "../session.js";
import { useStore } from "../store.js";
import { html, useEffect, useState } from "../view.js";
import { t } from "../words/index.js";

const rows = () => ({
  ncid: { path: "ncid", type: "ncid", required: true, label: t("signIn.ncid"), description: t("signIn.ncidHint"), autocomplete: "username" },
  password: { path: "password", type: "secret", required: true, label: t("signIn.password"), autocomplete: "current-password" },
  code: { path: "code", type: "text", required: true, label: t("signIn.code"), inputmode: "numeric", autocomplete: "one-time-code", max_length: 6 },
});

/** Only an address of this portal is gone on to. */
const onwards = (next) => (next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/");

export default function SignIn({ query }) {
  const who = useStore(session);
  useEffect(() => {
    if (isSignedIn(who)) go(onwards(query.next), { replace: true });
  }, [who]);
  if (who?.state === "code") return html`<${Code} key="code" />`;
  return html`<${Names} query=${query} />`;
}

/** Where a proxy signs people in: it comes back to this page, which then asks for the session. */
function Elsewhere({ start, query }) {
  const deed = useDeed(signInByProxy);
  useEffect(() => {
    if (query.returned) deed.run();
  }, []);
  const back = `/sign-in?${new URLSearchParams({ returned: "1", next: onwards(query.next) })}`;
  return html`
    <section class="portal-card">
      <h2>${t("signIn.elsewhere")}</h2>
      <p>${t("signIn.elsewhereText")}</p>
      <${RefusalAlert} refusal=${deed.refusal} />
      <p class="portal-actions"><a class="usa-button" target="_self" href="${start}?rd=${encodeURIComponent(back)}">${t("signIn.goElsewhere")}</a></p>
    </section>`;
}

function useAnswers(names, send) {
  const [values, set] = useState({});
  const [missing, miss] = useState([]);
  const [attempt, count] = useState(0);
  const deed = useDeed(send);
  const submit = (event) => {
    event.preventDefault();
    const found = names.filter((name) => !values[name]).map((name) => ({ path: name, message: t(`signIn.${name}Missing`) }));
    miss(found);
    count(attempt + 1);
    if (!found.length) deed.run(values);
  };
  const field = (name) => html`<${Field} key=${name} row=${rows()[name]} value=${values[name] ?? ""} onInput=${(value) => set({ ...values, [name]: value })} problem=${missing.find(({ path }) => path === name)?.message} />`;
  return { submit, field, missing, attempt, deed };
}

function Names({ query }) {
  const site = useSite();
  const { submit, field, missing, attempt, deed } = useAnswers(["ncid", "password"], ({ ncid, password }) => signIn(ncid, password));
  return html`
    <${Page} title=${t("signIn.title")} problems=${missing} attempt=${attempt} narrow>
      ${query.out && !attempt && html`<${Alert} kind="success" live><p>${t("signIn.out")}</p><//>`}
      ${query.password && !attempt && html`<${Alert} kind="success" live><p>${t("signIn.passwordChanged")}</p><//>`}
      ${site?.proxy_sign_in && html`<${Elsewhere} start=${site.proxy_sign_in} query=${query} />`}
      <${RefusalAlert} refusal=${deed.refusal} />
      <form class="portal-card portal-form" onSubmit=${submit} novalidate>
        ${field("ncid")} ${field("password")}
        <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("signIn.title")}<//></p>
        ${site?.keeps_passwords && html`<p><a class="usa-link" href="/password/forgot">${t("footer.password")}</a></p>`}
      </form>
      <section class="portal-aside">
        <h2>${t("signIn.new")}</h2>
        <p>${t("signIn.newText")}</p>
        <p><a class="usa-link" href="/register">${t("nav.register")}</a></p>
        <p><a class="usa-link" href="/invitation">${t("invitations.link")}</a></p>
      </section>
    <//>`;
}

function Code() {
  const { submit, field, missing, attempt, deed } = useAnswers(["code"], ({ code }) => giveCode(code));
  const again = useDeed(() => post("/api/session/code/again").then(() => true));
  return html`
    <${Page} title=${t("signIn.codeTitle")} problems=${missing} attempt=${attempt} narrow>
      <p>${t("signIn.codeText")}</p>
      <${RefusalAlert} refusal=${deed.refusal} />
      <form class="portal-card portal-form" onSubmit=${submit} novalidate>
        ${field("code")}
        <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("action.continue")}<//><${Button} kind="outline" onClick=${again.run} busy=${again.busy}>${t("signIn.codeAgain")}<//></p>
      </form>
      <${RefusalAlert} refusal=${again.refusal} />
      ${again.answer && html`<${Alert} kind="info" live><p>${t("signIn.codeSent")}</p><//>`}
    <//>`;
}
