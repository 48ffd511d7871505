// What waits on this device for a signal: acts and photographs, each under a key of its own, in the order they were
// made. No name, address or position is kept here.
const request = (made) =>
  new Promise((resolve, reject) => {
    made.onsuccess = () => resolve(made.result);
    made.onerror = () => reject(made.error);
  });

const open = () => {
  const asked = indexedDB.open("rufa-acts", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "key" });
  return request(asked);
};

const store = async (mode) => (await open()).transaction("waiting", mode).objectStore("waiting");

export const keep = async (one) => request((await store("readwrite")).put(one));
export const drop = async (key) => request((await store("readwrite")).delete(key));
export const waiting = async () =>
  (await request((await store("readonly")).getAll())).sort((one, other) => one.at.localeCompare(other.at));
