// Every page: its address, who may open it (nobody named: anyone), and where it is.
const someone = "someone";
const operator = "operator";

export const pages = [
  { path: "/", load: () => import("./pages/home.js") },
  { path: "/sign-in", load: () => import("./pages/sign-in.js") },
  { path: "/password/forgot", load: () => import("./pages/password-forgot.js") },
  { path: "/pin/forgot", load: () => import("./pages/pin-forgot.js") },
  { path: "/register", load: () => import("./pages/register.js") },
  { path: "/oa-change", load: () => import("./pages/oa-change.js") },
  { path: "/verify", load: () => import("./pages/verify.js") },
  { path: "/mail", load: () => import("./pages/mail.js") },
  { path: "/profile", who: someone, load: () => import("./pages/profile.js") },
  { path: "/providers/:provider", who: someone, load: () => import("./pages/provider.js") },
  { path: "/providers/:provider/users", who: someone, load: () => import("./pages/users.js") },
  { path: "/providers/:provider/users/add", who: someone, load: () => import("./pages/user-add.js") },
  { path: "/providers/:provider/users/:ncid", who: someone, load: () => import("./pages/user-change.js") },
  { path: "/providers/:provider/users/:ncid/why", who: someone, load: () => import("./pages/user-why.js") },
  { path: "/providers/:provider/eft-change", who: someone, load: () => import("./pages/eft-change.js") },
  { path: "/providers/:provider/applications", who: someone, load: () => import("./pages/applications.js") },
  { path: "/providers/:provider/sign", who: someone, load: () => import("./pages/sign.js") },
  { path: "/providers/:provider/signatures", who: someone, load: () => import("./pages/signatures.js") },
  { path: "/providers/:provider/signatures/:id", who: someone, load: () => import("./pages/receipt.js") },
  { path: "/agency", who: operator, load: () => import("./pages/agency.js") },
  { path: "/agency/enroll", who: operator, load: () => import("./pages/agency-enroll.js") },
  { path: "/agency/roster", who: operator, load: () => import("./pages/agency-roster.js") },
  { path: "/agency/eft-changes", who: operator, load: () => import("./pages/agency-eft.js") },
  { path: "/agency/providers/:provider", who: operator, load: () => import("./pages/agency-provider.js") },
  { path: "/agency/due", who: operator, load: () => import("./pages/agency-due.js") },
  { path: "/agency/mail", who: operator, load: () => import("./pages/agency-outbox.js") },
  { path: "/agency/ledger", who: operator, load: () => import("./pages/agency-ledger.js") },
  { path: "/agency/call-center", who: operator, load: () => import("./pages/agency-calls.js") },
];
