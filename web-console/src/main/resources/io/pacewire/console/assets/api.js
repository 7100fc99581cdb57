/** REST with the browser's own cookies. An access token that ran out is renewed once. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.title ?? 'error');
    this.status = status;
    this.body = body;
  }
}

let renewing = null;

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
      location.assign('/sign-in?next=' + encodeURIComponent(location.pathname));
      throw problem;
    }
    return send(method, path, body);
  }
}

export const get = path => call('GET', path);

async function send(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: body === undefined ? {} : {'Content-Type': 'application/json'},
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, json);
  return json;
}
