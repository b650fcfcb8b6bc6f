// A value that several parts of a page look at.
import { useEffect, useState } from "./view.js";

export function store(value) {
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      watchers.forEach((watch) => watch(value));
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

export function useStore(source) {
  const [value, set] = useState(source.get());
  useEffect(() => {
    set(source.get());
    return source.watch(set);
  }, [source]);
  return value;
}
