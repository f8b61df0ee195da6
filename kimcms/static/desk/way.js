// The way to the server: every request carries a fresh token, and what comes back is told apart
// into answers, trouble that passes, and somebody else at the phone.
const PASSES = new Set([408, 425, 429, 500, 502, 503, 504, 507]);

let token = null;

export class Wait extends Error {} // no connection, or a server in trouble: later again
export class SignIn extends Error {} // nobody is signed in any more
export class Other extends Error {} // another account is

// Who is signed in, and the token that forms carry now.
export async function session() {
  const { status, answer } = await ask("/sesi");
  if (status === 401) throw new SignIn();
  if (status !== 200) throw new Wait();
  token = answer.token;
  return answer;
}

// Posts a form for an account. Answers with the status and the JSON of the server.
export async function post(path, data, account) {
  if (!token) await check(account);
  const first = await ask(path, body(data));
  if (first.status === 401) { // the session has ended, or it is another's now
    token = null;
    await check(account);
    throw new Wait();
  }
  if (first.status !== 400) return first;
  await check(account); // a token from before
  return ask(path, body(data));
}

export async function check(account) {
  const { akun } = await session();
  if (akun !== account) {
    token = null;
    throw new Other();
  }
  return token;
}

function body(data) {
  data.set("csrf_token", token);
  return data;
}

async function ask(path, data) {
  let response;
  try {
    response = await fetch(path, {
      method: data ? "POST" : "GET",
      body: data,
      headers: { Accept: "application/json" },
      cache: "no-store",
      redirect: "error", // a sign-in page of the WiFi, say
      signal: AbortSignal.timeout?.(60_000),
    });
    if (PASSES.has(response.status)) throw new Wait();
    return { status: response.status, answer: await response.json() };
  } catch {
    throw new Wait();
  }
}
