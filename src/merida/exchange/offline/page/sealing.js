// The format of exchange/offline/sealing.py in a browser: PBKDF2-SHA-256, HKDF-SHA-256, AES-256-GCM, gzip inside.
const PACKAGE = "merida-package/1";
const ANSWERS = "merida-answers/1";
const SIGNED_PACKAGE = "merida offline package\n";
const SIGNED_ANSWERS = "merida offline answers\n";

const bytesOf = (text) => new TextEncoder().encode(text);
const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

function toBase64(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return btoa(parts.join(""));
}

async function through(stream, bytes) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

class NotOpened extends Error {}

async function masterKey(passphrase, told) {
  const typed = bytesOf(passphrase.normalize("NFKC"));
  const key = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: fromBase64(told.salt), iterations: told.iterations };
  const bits = await crypto.subtle.deriveBits(how, key, 256);
  return crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveBits", "deriveKey"]);
}

const purpose = (name) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: bytesOf(name) });

async function checkOf(master) {
  return toBase64(new Uint8Array(await crypto.subtle.deriveBits(purpose("merida check"), master, 256)).subarray(0, 16));
}

const keyFor = (master, name) =>
  crypto.subtle.deriveKey(purpose(name), master, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

// Returns the master key that opens an envelope, or throws: the passphrase is not the one.
async function unlocked(envelope, passphrase) {
  const told = JSON.parse(envelope.header);
  const master = await masterKey(passphrase, told);
  if ((await checkOf(master)) !== told.check) throw new NotOpened("passphrase");
  return master;
}

async function opened(envelope, master) {
  const told = JSON.parse(envelope.header);
  const how = { name: "AES-GCM", iv: fromBase64(told.nonce), additionalData: bytesOf(envelope.header) };
  try {
    const packed = await crypto.subtle.decrypt(how, await keyFor(master, told.format), fromBase64(envelope.content));
    return textOf(await through(new DecompressionStream("gzip"), new Uint8Array(packed)));
  } catch {
    throw new NotOpened("changed");
  }
}

// Returns an envelope of `text` under the passphrase of `of`, another envelope: its salt and its package.
async function sealed(text, master, kind, of) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const header = JSON.stringify({ ...JSON.parse(of.header), format: kind, nonce: toBase64(nonce) });
  const packed = await through(new CompressionStream("gzip"), bytesOf(text));
  const how = { name: "AES-GCM", iv: nonce, additionalData: bytesOf(header) };
  const content = await crypto.subtle.encrypt(how, await keyFor(master, kind), packed);
  return { header, content: toBase64(new Uint8Array(content)) };
}

// Whether the installation signed the manifest; null where this browser cannot tell.
async function isSigned(manifest, signature, publicKey) {
  try {
    const key = await crypto.subtle.importKey("raw", fromHex(publicKey), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, fromHex(signature), bytesOf(SIGNED_PACKAGE + manifest));
  } catch (error) {
    return error.name === "NotSupportedError" ? null : false;
  }
}

async function signedAnswers(pack, body) {
  const how = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("jwk", pack.content.key, how, false, ["sign"]);
  const message = bytesOf(`${SIGNED_ANSWERS}${pack.manifest}\n${body}`);
  const signed = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, message);
  return [pack.manifest, pack.signature, toBase64(new Uint8Array(signed)), body].join("\n");
}

// Short name of a public key, as the site shows it.
async function keyName(publicKey) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", fromHex(publicKey)));
  return [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
