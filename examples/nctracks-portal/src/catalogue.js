// What the library says: forms, roles, rights, submissions, the call centre. Asked once for each language.
import { get } from "./api.js";
import { nameOf } from "./components/field.js";
import { useEffect, useState } from "./view.js";
import { language } from "./words/index.js";
import { useStore } from "./store.js";

const kept = new Map();

function once(path) {
  const key = `${language.get()} ${path}`;
  if (!kept.has(key)) {
    const answer = get(path);
    answer.catch(() => kept.delete(key));
    kept.set(key, answer);
  }
  return kept.get(key);
}

const known = new Map();

/** An answer that does not change while the page is open; undefined until it is there. */
function useOnce(path) {
  const code = useStore(language);
  const key = `${code} ${path}`;
  const [, redraw] = useState(0);
  useEffect(() => {
    if (known.has(key)) return undefined;
    let current = true;
    once(path).then(
      (answer) => {
        known.set(key, answer);
        if (current) redraw((count) => count + 1);
      },
      () => undefined,
    );
    return () => (current = false);
  }, [key]);
  return known.get(key);
}

export const useForm = (kind) => useOnce(`/api/forms/${kind}`);
export const useSite = () => useOnce("/api/site");
/** Every text of the library: long, so only where one of them is needed by its key. */
export const useTexts = () => useOnce("/api/texts");

const byName = (rows) => {
  const found = new Map(rows.map((row) => [row.name, row]));
  return (name) => nameOf(found.get(name) ?? { name });
};

/** The tables, and how roles, rights, submissions and states are called. */
export function useTables() {
  const tables = useOnce("/api/tables");
  return (
    tables && {
      ...tables,
      roleName: byName(tables.roles),
      rightName: byName([...tables.rights, ...tables.authorities]),
      submissionName: byName(tables.submissions),
      stateName: byName(tables.states),
      moveName: byName(tables.moves),
      relationshipName: byName(tables.relationships),
    }
  );
}
