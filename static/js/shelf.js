// A shelf in the browser for texts with names. It is IndexedDB: what that has taken is there after the browser itself
// was killed, or the machine lost its power. What localStorage has taken reaches the disk seconds later, and in
// minutes where much is written.
const DATABASE = "os2";
const TEXTS = "kept";
const PATIENCE = 1000; // milliseconds; nothing that is to be sent waits longer for the shelf

let database;

function opened() {
  database ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(TEXTS);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      asked.result.onclose = () => { database = undefined; };
      resolve(asked.result);
    };
  });
  database.catch(() => { database = undefined; });
  return database;
}

async function ask(mode, question) {
  const transaction = (await opened()).transaction(TEXTS, mode);
  const asked = question(transaction.objectStore(TEXTS));
  transaction.commit(); // not only when the page gets round to it: it may be about to go
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

function inTime(answer) {
  const late = new Promise((_resolve, reject) => { setTimeout(reject, PATIENCE, new Error("The shelf does not answer.")); });
  return Promise.race([answer, late]);
}

export const put = (name, text) => inTime(ask("readwrite", (texts) => texts.put(text, name)));
export const take = (name) => inTime(ask("readonly", (texts) => texts.get(name)));
export const remove = (name) => inTime(ask("readwrite", (texts) => texts.delete(name))).catch(() => {});
export const names = () => inTime(ask("readonly", (texts) => texts.getAllKeys())).catch(() => []);
