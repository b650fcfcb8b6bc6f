// Who is signed in, until when, and what happens when that ends.
import { clock, del, get, onAnswer, post } from "./api.js";
import { go } from "./router.js";
import { store } from "./store.js";
import { speak } from "./words/index.js";

/** null: nobody; undefined: not asked yet. */
export const session = store(undefined);

/** Whether the person was signed in and the server no longer says so: the page stays, and asks to sign in again. */
export const lapsed = store(false);

/** When the session ends unless something is done, in this computer's time. */
export const endsAt = store(0);

let idle = 0;
let latest = 0;

function take(answer) {
  session.set(answer);
  lapsed.set(false);
  if (!answer || answer.state !== "signed_in") return answer;
  latest = answer.ends_at - clock.ahead;
  idle = Math.max(answer.idle_until - clock.ahead - Date.now(), 60000);
  endsAt.set(Math.min(Date.now() + idle, latest));
  return answer;
}

onAnswer(({ path, status }) => {
  const current = session.get();
  if (current?.state !== "signed_in") return;
  if (status === 401 && path !== "/api/session") lapsed.set(true);
  else if (status < 400) endsAt.set(Math.min(Date.now() + idle, latest));
});

export const isSignedIn = (current = session.get()) => current?.state === "signed_in";

export async function loadSession() {
  return take(await get("/api/session").catch(() => null));
}

async function welcome(answer) {
  take(answer);
  if (isSignedIn() && answer.language) await speak(answer.language);
  return answer;
}

export const signIn = async (ncid, password) => welcome(await post("/api/session", { ncid, password }));
/** As whom the identity provider's proxy has signed in. */
export const signInByProxy = async () => welcome(await post("/api/session/proxy"));
export const giveCode = async (code) => welcome(await post("/api/session/code", { code }));

/** The same person signs in again without leaving the page. */
export async function signInAgain(password) {
  return take(await post("/api/session", { ncid: session.get().ncid, password }));
}

export async function signOut(everywhere = false) {
  await del(everywhere ? "/api/sessions" : "/api/session").catch(() => undefined);
  take(null);
  go("/sign-in?out=1");
}

/** What ended every session, such as another password. */
export function forget() {
  take(null);
}
