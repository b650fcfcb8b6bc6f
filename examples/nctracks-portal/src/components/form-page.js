// A page that is one form: drawn, checked, reviewed where that is asked for, sent.
import { RefusalAlert } from "./alert.js";
import { Button } from "./button.js";
import { Fields, given, groups, GroupTitle, useValues } from "./form.js";
import { Page } from "./page.js";
import { ReviewGroup } from "./wizard.js";
import { useDeed } from "../load.js";
import { html, useEffect, useState } from "../view.js";
import { t } from "../words/index.js";

/**
 * `send(fields)` sends it, `done(answer, values)` draws what comes after. `fixed` are values the page knows itself: their
 * fields are not shown. With `review` everything is shown once more before it is sent. `beside` are rows that the form does
 * not have, such as a reason.
 */
export function FormPage({ kind, table, title, caption, back, intro, submit, review, fixed = {}, start = {}, skip = () => false, beside = [], send, done, refused }) {
  const form = useValues(kind, { ...start, ...fixed }, beside);
  const [reviewing, setReviewing] = useState(false);
  const rows = [...table.fields.filter(({ path }) => !(path in fixed) && !skip(path)), ...beside];
  const sending = useDeed(() => send(given(form.values)));
  const checking = useDeed(() => form.check((path) => !skip(path)));
  useEffect(() => {
    if (!sending.refusal?.fields.length) return;
    form.refuse(sending.refusal.fields);
    setReviewing(false);
  }, [sending.refusal]);
  const go = async (event) => {
    event.preventDefault();
    if ((await checking.run())?.length !== 0) return;
    if (review && !reviewing) setReviewing(true);
    else await sending.run();
  };
  if (sending.answer) return done(sending.answer, form.values);
  const special = sending.refusal && refused?.(sending.refusal);
  if (special) return special;
  const refusal = sending.refusal?.fields.length ? undefined : (sending.refusal ?? checking.refusal);
  const shared = { parts: groups(rows), form, refusal, busy: sending.busy || checking.busy, go };
  if (reviewing) return html`<${Review} ...${shared} caption=${caption} submit=${submit} change=${() => setReviewing(false)} />`;
  return html`
    <${Page} title=${title} caption=${caption} back=${back} problems=${form.problems} attempt=${form.attempt} narrow>
      ${intro}
      <${RefusalAlert} refusal=${refusal} />
      <form class="portal-form" onSubmit=${go} novalidate>
        ${shared.parts.map((part) => html`<${Group} key=${part.name} part=${part} form=${form} alone=${shared.parts.length === 1} />`)}
        <p class="portal-actions"><${Button} type="submit" busy=${shared.busy}>${review ? t("action.continue") : submit}<//></p>
      </form>
    <//>`;
}

function Group({ part, form, alone }) {
  const fields = html`<${Fields} rows=${part.rows} form=${form} />`;
  return alone || !part.name ? fields : html`<fieldset class="usa-fieldset"><legend class="usa-legend usa-legend--large"><${GroupTitle} part=${part} /></legend>${fields}</fieldset>`;
}

const Review = ({ parts, form, refusal, busy, go, caption, submit, change }) => html`
  <${Page} title=${t("review.title")} caption=${caption} narrow>
    <${RefusalAlert} refusal=${refusal} />
    <p>${t("review.text")}</p>
    ${parts.map((part) => html`<${ReviewGroup} key=${part.name} title=${part.title || t("review.answers")} rows=${part.rows} values=${form.values} change=${change} />`)}
    <form onSubmit=${go}><p class="portal-actions"><${Button} type="submit" busy=${busy}>${submit}<//><${Button} kind="outline" onClick=${change}>${t("action.back")}<//></p></form>
  <//>`;
