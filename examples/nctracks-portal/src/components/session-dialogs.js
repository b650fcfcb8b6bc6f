// Before the session ends the person is asked; when it has ended they may sign in again. What was typed stays.
import { get } from "../api.js";
import { useDeed } from "../load.js";
import { endsAt, forget, signInAgain, signOut } from "../session.js";
import { useStore } from "../store.js";
import { html, useEffect, useState } from "../view.js";
import { t } from "../words/index.js";
import { RefusalAlert } from "./alert.js";
import { Button } from "./button.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";

const WARN_MS = 2 * 60 * 1000;

/** Milliseconds left, looked at every second of the last minutes. */
function useLeft() {
  const end = useStore(endsAt);
  const [left, set] = useState(end - Date.now());
  useEffect(() => {
    const look = () => set(end - Date.now());
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [end]);
  return left;
}

export function SessionDialogs({ who, gone }) {
  const left = useLeft();
  if (gone || left <= 0) return html`<${Again} who=${who} />`;
  return left <= WARN_MS ? html`<${Ending} left=${left} />` : null;
}

function Ending({ left }) {
  const stay = useDeed(() => get("/api/session"));
  const minutes = Math.ceil(left / 60000);
  return html`
    <${Dialog} title=${t("session.ending")} onCancel=${stay.run}>
      <p role="timer">${t("session.endingText", { count: minutes })}</p>
      <p>${t("session.kept")}</p>
      <p class="portal-actions"><${Button} onClick=${stay.run} busy=${stay.busy}>${t("session.stay")}<//><${Button} kind="outline" onClick=${() => signOut()}>${t("session.signOut")}<//></p>
    <//>`;
}

function Again({ who }) {
  const [password, setPassword] = useState("");
  const deed = useDeed(() => signInAgain(password));
  const send = (event) => {
    event.preventDefault();
    deed.run();
  };
  const leave = () => {
    forget();
    location.assign("/sign-in");
  };
  const row = { path: "again.password", type: "secret", required: true, label: t("signIn.password"), autocomplete: "current-password" };
  return html`
    <${Dialog} title=${t("session.ended")}>
      <p>${t("session.endedText", { name: who.name || who.ncid })}</p>
      <${RefusalAlert} refusal=${deed.refusal} />
      <form onSubmit=${send} novalidate>
        <${Field} row=${row} value=${password} onInput=${setPassword} />
        <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("session.signInAgain")}<//><${Button} kind="outline" onClick=${leave}>${t("session.leave")}<//></p>
      </form>
    <//>`;
}
