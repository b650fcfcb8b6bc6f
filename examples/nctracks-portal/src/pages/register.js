// The Currently Enrolled Provider registration: a step for each group of the form's table, users one by one, a review,
// and what happens next.
import { post, problemsOf } from "../api.js";
import { useForm, useSite } from "../catalogue.js";
import { Alert, Contact, RefusalAlert } from "../components/alert.js";
import { Button, LinkButton } from "../components/button.js";
import { Fields, given, groupOf, groups, useValues } from "../components/form.js";
import { Loading } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { ReviewGroup, StepIndicator } from "../components/wizard.js";
import { useDeed } from "../load.js";
import { html, useEffect, useState } from "../view.js";
import { t } from "../words/index.js";

export default function Register() {
  const table = useForm("registration");
  return table ? html`<${Registration} table=${table} />` : html`<${Loading} />`;
}

const indexOf = (path) => Number(/\[(\d+)\]/.exec(path)?.[1] ?? -1);
const repeats = (part) => part.most > 1;

function Registration({ table }) {
  const parts = groups(table.fields);
  const steps = [...parts.map(({ title }) => title), t("review.title")];
  const form = useValues("registration");
  const [step, setStep] = useState(0);
  const [reviewed, setReviewed] = useState(false);
  const [done, finish] = useState(undefined);
  const deed = useDeed(() => post("/api/registrations", { fields: given(form.values) }));
  useWarning(Object.keys(given(form.values)).length > 0 && !done);

  const open = (next) => {
    setStep(next);
    setReviewed(reviewed || next === parts.length);
    scrollTo(0, 0);
  };
  /** Whoever came from the review goes straight back to it. */
  const following = reviewed ? parts.length : step + 1;
  const toProblem = (path) => {
    const target = parts.findIndex(({ name }) => name === groupOf(path));
    if (target < 0 || target === step) return false;
    open(target);
    return true;
  };
  const submit = async () => {
    if ((await form.check()).length > 0) return;
    const answer = await deed.run();
    if (answer) finish(answer);
  };
  useEffect(() => {
    if (deed.refusal?.fields.length) form.refuse(deed.refusal.fields);
  }, [deed.refusal]);

  if (done) return html`<${Done} answer=${done} values=${form.values} />`;
  if (deed.refusal?.code === "NCT_E_OA_EXISTS") return html`<${OaExists} refusal=${deed.refusal} />`;
  const indicator = html`<${StepIndicator} steps=${steps} current=${step} />`;
  const back = step > 0 && (() => open(step - 1));
  if (step === parts.length) return html`<${Review} ...${{ indicator, parts, form, deed, open, submit, toProblem, back }} />`;
  const part = parts[step];
  const Step = repeats(part) ? Repeated : Single;
  return html`<${Step} key=${part.name} ...${{ indicator, part, form, back, title: steps[step], first: step === 0, most: part.most, next: () => open(following) }} />`;
}

/** The browser asks before what was typed is lost. */
function useWarning(active) {
  useEffect(() => {
    if (!active) return undefined;
    const ask = (event) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [active]);
}

const concerning = (form, test) => form.problems.filter((problem) => test(problem.path));

const Buttons = ({ back, busy, text = t("action.continue") }) => html`
  <p class="portal-actions"><${Button} type="submit" busy=${busy}>${text}<//>${back && html`<${Button} kind="outline" onClick=${back}>${t("action.back")}<//>`}</p>`;

function Single({ indicator, part, form, title, first, back, next }) {
  const concerns = (path) => groupOf(path) === part.name;
  const deed = useDeed(() => form.check(concerns));
  const [attempt, count] = useState(0);
  const submit = async (event) => {
    event.preventDefault();
    const found = await deed.run();
    count((before) => before + 1);
    if (found?.length === 0) next();
  };
  return html`
    <${Page} title=${title} problems=${concerning(form, concerns)} attempt=${attempt} narrow>
      ${indicator}
      ${first && html`<p>${t("register.intro")}</p>`}
      <${Explained} group=${part.name} />
      <${RefusalAlert} refusal=${deed.refusal} />
      <form class="portal-form" onSubmit=${submit} novalidate><${Fields} rows=${part.rows} form=${form} /><${Buttons} back=${back} busy=${deed.busy} /></form>
    <//>`;
}

const Explained = ({ group }) => {
  const key = `step.${group.replace("[N]", "")}`;
  const text = t(key);
  return text === key ? null : html`<p>${text}</p>`;
};

/** How many users there are: indexes are counted from 0 without gaps. */
const countOf = (values, name) => 1 + Math.max(-1, ...Object.keys(given(values)).filter((path) => groupOf(path) === name).map(indexOf));

/** Without one of them: those after it move up. */
function without(values, name, gone) {
  const kept = {};
  for (const [path, value] of Object.entries(values)) {
    const at = groupOf(path) === name ? indexOf(path) : -1;
    if (at === gone) continue;
    kept[at > gone ? path.replace(`[${at}]`, `[${at - 1}]`) : path] = value;
  }
  return kept;
}

function Repeated({ indicator, part, form, title, back, next, most }) {
  const count = countOf(form.values, part.name);
  const [editing, edit] = useState(undefined);
  if (editing !== undefined) return html`<${OneOf} key=${editing} ...${{ indicator, part, form, index: editing, close: () => edit(undefined), discard: () => (form.setValues((values) => without(values, part.name, editing)), edit(undefined)) }} />`;
  return html`
    <${Page} title=${title} narrow>
      ${indicator}
      <${Explained} group=${part.name} />
      ${count === 0 ? html`<p class="portal-quiet">${t("register.noUsers")}</p>` : html`<ul class="portal-people">${[...Array(count).keys()].map((index) => html`<${Person} key=${index} ...${{ form, part, index, edit }} />`)}</ul>`}
      ${count < most && html`<p><${Button} kind="outline" onClick=${() => edit(count)}>${t("register.addUser")}<//></p>`}
      <form onSubmit=${(event) => (event.preventDefault(), next())}><${Buttons} back=${back} /></form>
    <//>`;
}

const nameIn = (values, name, index) => {
  const of = (field) => values[`${name.replace("N", index)}.${field}`] ?? "";
  return `${of("first_name")} ${of("last_name")}`.trim() || of("ncid");
};

function Person({ form, part, index, edit }) {
  const name = nameIn(form.values, part.name, index);
  const remove = () => form.setValues((values) => without(values, part.name, index));
  return html`
    <li>
      <span><strong>${name}</strong> <span class="portal-quiet">${form.values[`${part.name.replace("N", index)}.ncid`]}</span></span>
      <span class="portal-people__tools">
        <${Button} kind="plain" onClick=${() => edit(index)} label=${`${t("action.change")} ${name}`}>${t("action.change")}<//>
        <${Button} kind="plain" onClick=${remove} label=${`${t("action.remove")} ${name}`}>${t("action.remove")}<//>
      </span>
    </li>`;
}

function OneOf({ indicator, part, form, index, close, discard }) {
  const concerns = (path) => groupOf(path) === part.name && indexOf(path) === index;
  const deed = useDeed(() => form.check(concerns));
  const [attempt, count] = useState(0);
  const submit = async (event) => {
    event.preventDefault();
    const isEmpty = !Object.keys(given(form.values)).some(concerns);
    if (isEmpty) return close();
    const found = await deed.run();
    count((before) => before + 1);
    return found?.length === 0 ? close() : undefined;
  };
  return html`
    <${Page} title=${t("register.user", { number: index + 1 })} problems=${concerning(form, concerns)} attempt=${attempt} narrow>
      ${indicator}
      <${RefusalAlert} refusal=${deed.refusal} />
      <form class="portal-form" onSubmit=${submit} novalidate>
        <${Fields} rows=${part.rows} form=${form} index=${index} />
        <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("register.keepUser")}<//><${Button} kind="outline" onClick=${discard}>${t("register.dropUser")}<//></p>
      </form>
    <//>`;
}

function Review({ indicator, parts, form, deed, open, submit, toProblem, back }) {
  const send = (event) => {
    event.preventDefault();
    submit();
  };
  const refusal = deed.refusal?.fields.length ? undefined : deed.refusal;
  return html`
    <${Page} title=${t("review.title")} problems=${form.problems} attempt=${form.attempt} onProblem=${toProblem} narrow>
      ${indicator}
      <${RefusalAlert} refusal=${refusal} />
      <p>${t("review.text")}</p>
      ${parts.map((part, i) => html`<${ReviewPart} key=${part.name} part=${part} values=${form.values} change=${() => open(i)} />`)}
      <form onSubmit=${send}><${Buttons} back=${back} busy=${deed.busy} text=${t("register.submit")} /></form>
    <//>`;
}

function ReviewPart({ part, values, change }) {
  const { title } = part;
  if (!repeats(part)) return html`<${ReviewGroup} ...${{ title, rows: part.rows, values, change }} />`;
  const count = countOf(values, part.name);
  if (count === 0) return html`<section class="portal-review"><div class="portal-review__head"><h2>${title}</h2><${Button} kind="plain" onClick=${change} label=${`${t("action.change")} ${title}`}>${t("action.change")}<//></div><p class="portal-quiet">${t("register.noUsers")}</p></section>`;
  return [...Array(count).keys()].map((index) => html`<${ReviewGroup} key=${index} ...${{ title: t("register.user", { number: index + 1 }), rows: part.rows, values, index, change }} />`);
}

const OaExists = ({ refusal }) => html`
  <${Page} title=${t("register.oaExists")} narrow>
    <${Alert} kind="warning"><p>${refusal.message}</p><//>
    <p>${t("register.oaExistsText")}</p>
    <p class="portal-actions"><${LinkButton} to="/oa-change">${t("oaChange.title")}<//></p>
  <//>`;

function Done({ answer, values }) {
  const site = useSite();
  const notes = problemsOf(answer.notes);
  const people = ["office_administrator.ncid", "registrant.ncid", ...Object.keys(values).filter((path) => /\]\.ncid$/.test(path))].map((path) => values[path]).filter(Boolean);
  return html`
    <${Page} title=${t("register.done")} narrow>
      <${Alert} kind="success" live><p>${t("register.doneText", { id: values["provider.npi"] })}</p><//>
      ${notes.length > 0 && html`<${Alert} kind="info" title=${t("form.notes")}><ul class="usa-list">${notes.map(({ message }, i) => html`<li key=${i}>${message}</li>`)}</ul><//>`}
      <h2>${t("next.title")}</h2>
      <ol class="usa-list">
        <li>${t("register.nextPins", { people: [...new Set(people)].join(", ") })}</li>
        <li>${t("register.nextHand")}</li>
        <li>${t("register.nextSign")}</li>
      </ol>
      ${site?.call_center && html`<p>${t("next.questions")} <${Contact} ...${site.call_center} /></p>`}
      <p class="portal-actions"><${LinkButton} to="/sign-in">${t("nav.signIn")}<//></p>
    <//>`;
}
