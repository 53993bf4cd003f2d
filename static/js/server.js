// What the page says to the server by itself. An answer is what our server meant as one: a page from a train's
// wireless network, or none in good time, is status 0.
import { token } from "writing/token";

const PATIENCE = 10_000; // milliseconds
const SPEAKS_HTML = [400, 403, 413]; // answered before our own code is asked

export async function post(url, fields, { leaving = false } = {}) {
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token() });
  const signal = leaving ? undefined : AbortSignal.timeout(PATIENCE);
  try {
    const response = await fetch(url, { method: "POST", body, signal, redirect: "error", keepalive: leaving });
    const { status } = response;
    if (response.headers.get("Content-Type")?.startsWith("application/json")) {
      return { status, answer: await response.json() };
    }
    // Without its cookies the page has no proof to send: it is signed out.
    if (status === 403 && !token()) return { status: 401, answer: { reason: "signed_out" } };
    return { status: SPEAKS_HTML.includes(status) ? status : 0, answer: {} };
  } catch {
    return { status: 0, answer: {} };
  }
}
