// What lies on this phone: texts and photos on their way to the server, in IndexedDB. Everything
// belongs to one account, and only that account's pages ask for it.
const STORES = { sheets: "id", photos: "key", phone: "name" };

let opening = null;

function database() {
  opening ??= new Promise((done, failed) => {
    const request = indexedDB.open("redaksi", 1);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) {
        const store = request.result.createObjectStore(name, { keyPath });
        if (name !== "phone") store.createIndex("account", "account");
      }
    };
    request.onsuccess = () => {
      // Another tab with a newer program, or a browser that makes room: opened again when needed.
      request.result.onversionchange = () => { request.result.close(); opening = null; };
      request.result.onclose = () => { opening = null; };
      done(request.result);
    };
    request.onerror = () => { opening = null; failed(request.error); };
  });
  return opening;
}

// Runs `work` in one transaction that ends on the disk; what it returns is an IDBRequest or nothing.
async function within(store, mode, work) {
  const transaction = (await database()).transaction(store, mode, { durability: "strict" });
  return new Promise((done, failed) => {
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => done(request?.result);
    transaction.onabort = () => failed(transaction.error);
  });
}

export const get = (store, key) => within(store, "readonly", (at) => at.get(key));
export const put = (store, value) => within(store, "readwrite", (at) => at.put(value));
export const remove = (store, key) => within(store, "readwrite", (at) => at.delete(key));

// All of one account, the newest first.
export async function owned(store, account) {
  const rows = await within(store, "readonly", (at) => at.index("account").getAll(account));
  return rows.sort((one, other) => other.changed - one.changed);
}

// Reads, changes and writes one row at a stroke, so that a tab that writes and one that sends never
// undo each other. `change` gets the row or undefined; where it returns nothing, all stays as it is.
export async function update(store, key, change) {
  let after;
  await within(store, "readwrite", (rows) => {
    const found = rows.get(key);
    found.onsuccess = () => {
      after = change(found.result);
      if (after) rows.put(after);
    };
  });
  return after;
}

// Takes away a text with its photos.
export async function drop(id, account) {
  for (const photo of await owned("photos", account)) {
    if (photo.sheet === id) await remove("photos", photo.key);
  }
  await remove("sheets", id);
}

// Takes away everything of one account, as when somebody signs out.
export async function forget(account) {
  for (const store of ["sheets", "photos"]) {
    for (const row of await owned(store, account)) await remove(store, row[STORES[store]]);
  }
}

// Does `work` while no other tab of this phone works under this name; false where one does. A page
// that is just being left lets go of its names a moment later: `patience` in ms waits for it.
export async function alone(name, work, patience = 0) {
  if (!navigator.locks) return work();
  if (!patience) return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : false));
  return new Promise((done, failed) => {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), patience);
    const mine = () => { clearTimeout(late); return work(); };
    navigator.locks.request(name, { signal: stop.signal }, mine)
      .then(done, (problem) => (stop.signal.aborted ? done(false) : failed(problem)));
  });
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
