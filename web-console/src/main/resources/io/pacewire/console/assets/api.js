/** REST with the browser's own cookies. An access token that ran out is renewed once. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.title ?? 'error');
    this.status = status;
    this.body = body;
  }
}

const SIGNED_IN = 'pacewire.signedIn';
let renewing = null;

/** Whether this browser signed in and did not sign out: what it holds itself no script can read. */
export const mayBeSignedIn = () => localStorage.getItem(SIGNED_IN) === 'yes';

export function signedIn(is) {
  if (is) localStorage.setItem(SIGNED_IN, 'yes');
  else localStorage.removeItem(SIGNED_IN);
}

export function renew() {
  renewing ??= send('POST', '/v1/auth/refresh', {}).finally(() => { renewing = null; });
  return renewing;
}

export async function call(method, path, body) {
  try {
    return await send(method, path, body);
  } catch (problem) {
    if (problem.status !== 401 || path.startsWith('/v1/auth/')) throw problem;
    try {
      await renew();
    } catch {
      signedIn(false);
      location.assign('/sign-in?next=' + encodeURIComponent(location.pathname));
      throw problem;
    }
    return send(method, path, body);
  }
}

export const get = path => call('GET', path);

async function send(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : {'Content-Type': 'application/json'},
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem(0, {}); // no network: the browser says no more
  }
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, json);
  return json;
}
