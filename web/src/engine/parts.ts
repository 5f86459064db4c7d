/** The files that the engine needs, as bytes: fetched where that is possible, and from a script where it is not. */

import { shared } from "../shared";

type Told = (done: number, total: number) => void;

const GZIP = [0x1f, 0x8b];

/** Return a compressed file: by `address`, or from the script `script`, which lays it down as base64 under `name`. */
export async function part(name: string, address: string, script: string, told: Told): Promise<Uint8Array> {
  if (address && location.protocol.startsWith("http")) {
    const fetched = await fetchedBytes(address, told);
    if (fetched) {
      return fetched;
    }
  }
  await run(script);
  const text = shared().parts[name];
  if (text === undefined) {
    throw new Error(`${script} does not hold ${name}: it belongs to another release. Unpack or copy all files once more.`);
  }
  delete shared().parts[name];
  const bytes = decoded(text);
  told(bytes.length, bytes.length);
  return bytes;
}

async function fetchedBytes(address: string, told: Told): Promise<Uint8Array | undefined> {
  const answer = await fetch(address);
  if (!answer.ok || answer.body === null) {
    return undefined;
  }
  const total = Number(answer.headers.get("Content-Length") ?? 0);
  const chunks: Uint8Array[] = [];
  let done = 0;
  const reader = answer.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    chunks.push(read.value);
    done += read.value.length;
    told(done, Math.max(done, total));
  }
  const bytes = new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
  // Some hosts unpack what ends in .gz on the way; the engine is given it packed.
  return bytes[0] === GZIP[0] && bytes[1] === GZIP[1] ? bytes : await packed(bytes);
}

async function packed(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Return what was compressed. */
export async function unpacked(bytes: Uint8Array): Promise<ArrayBuffer> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

function run(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => {
      script.remove();
      resolve();
    });
    script.addEventListener("error", () => reject(new Error(`${address} cannot be read. Unpack or copy all files once more.`)));
    document.head.append(script);
  });
}

function decoded(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) {
    bytes[at] = binary.charCodeAt(at);
  }
  return bytes;
}
