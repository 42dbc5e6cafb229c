// What is typed, kept in this browser: one encrypted row an answer, under a name that does not tell the question.
const keeper = { database: null, key: null, names: null, package: "" };

function request(work) {
  return new Promise((resolve, reject) => {
    work.onsuccess = () => resolve(work.result);
    work.onerror = () => reject(work.error);
  });
}

// Returns the entries kept for this package; throws where the browser keeps nothing.
async function startKeeping(master, identifier) {
  const asked = indexedDB.open("merida-offline", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("typed");
  keeper.database = await request(asked);
  keeper.package = identifier;
  keeper.key = await keyFor(master, "merida kept");
  const sign = { name: "HMAC", hash: "SHA-256", length: 256 };
  keeper.names = await crypto.subtle.deriveKey(purpose("merida names"), master, sign, false, ["sign"]);
  const range = IDBKeyRange.bound(`${identifier}:`, `${identifier}:\uffff`);
  const rows = await request(keeper.database.transaction("typed").objectStore("typed").getAll(range));
  const found = await Promise.allSettled(rows.map(readKept));
  return found.filter((one) => one.status === "fulfilled").map((one) => one.value);
}

async function readKept(row) {
  return JSON.parse(textOf(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.nonce }, keeper.key, row.content)));
}

async function keptName(place) {
  const signed = new Uint8Array(await crypto.subtle.sign("HMAC", keeper.names, bytesOf(place)));
  return `${keeper.package}:${toBase64(signed)}`;
}

// Keeps an entry, or forgets what was kept at its place. Resolves once it is on the disk.
async function keepEntry(place, entry) {
  if (!keeper.database) throw new Error("nothing is kept here");
  const name = await keptName(place);
  let row = null;
  if (entry) {
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv: nonce };
    row = { nonce, content: await crypto.subtle.encrypt(how, keeper.key, bytesOf(JSON.stringify(entry))) };
  }
  const store = keeper.database.transaction("typed", "readwrite", { durability: "strict" }).objectStore("typed");
  await request(row ? store.put(row, name) : store.delete(name));
}
