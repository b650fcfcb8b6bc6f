// Asks the server while a page is open: loading, there, or refused.
import { useCallback } from "preact/hooks";
import { useEffect, useRef, useState } from "./view.js";

export function useLoad(ask, inputs = []) {
  const [state, set] = useState({ loading: true });
  const turn = useRef(0);
  const load = useCallback(() => {
    const mine = ++turn.current;
    const tell = (next) => mine === turn.current && set(next);
    return ask().then(
      (data) => tell({ data }),
      (refusal) => tell({ refusal }),
    );
  }, inputs);
  useEffect(() => {
    set({ loading: true });
    load();
    return () => ++turn.current;
  }, [load]);
  return { ...state, reload: load };
}

/** A deed: busy while it runs, once at a time, and what it was refused with. */
export function useDeed(deed) {
  const [state, set] = useState({ busy: false, attempt: 0 });
  const running = useRef(false);
  const run = async (...inputs) => {
    if (running.current) return undefined;
    running.current = true;
    set((before) => ({ busy: true, attempt: before.attempt }));
    try {
      const answer = await deed(...inputs);
      set((before) => ({ busy: false, attempt: before.attempt, answer }));
      return answer;
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal;
      set((before) => ({ busy: false, attempt: before.attempt + 1, refusal }));
      return undefined;
    } finally {
      running.current = false;
    }
  };
  return { ...state, run, clear: () => set({ busy: false, attempt: 0 }) };
}
