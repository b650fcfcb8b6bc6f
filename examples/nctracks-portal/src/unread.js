// How many messages a person has not read: asked again with each page they open, never by a clock, so that looking at a
// page for a long time does not keep a session alive.
import { get } from "./api.js";
import { store } from "./store.js";

/** { unread, complete }; undefined: not known. */
export const unread = store(undefined);

export const countUnread = () => get("/api/me/messages/unread").then(unread.set, () => undefined);
