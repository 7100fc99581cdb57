import {html, show} from '../dom.js';
import {call} from '../api.js';
import {language, t} from '../i18n.js';
import {enter, frame, server} from './sign-in.js';

const FIELDS = [
  ['displayName', 'text', 'name', 60],
  ['email', 'email', 'username', 254],
  ['password', 'password', 'new-password', 200],
];
const SHORTEST_PASSWORD = 10;

export async function open() {
  document.title = t('signUp.title') + ' · Pacewire';
  draw({faults: {}, busy: false});
  await server();
}

function draw(state) {
  show(frame(html`
    <form class="sign" @submit=${event => submit(event)} novalidate>
      <h1>${t('signUp.title')}</h1><p class="lead">${t('signUp.lead')}</p>
      ${FIELDS.map(([name, type, complete, longest]) => html`
        <label for=${name}>${t('signUp.' + name)}</label>
        <input id=${name} name=${name} type=${type} autocomplete=${complete} maxlength=${longest} required aria-describedby=${name + '-told'} aria-invalid=${Boolean(state.faults[name])}>
        <p id=${name + '-told'} class=${state.faults[name] ? 'fault' : 'quiet'} role=${state.faults[name] ? 'alert' : 'note'}>${state.faults[name] ?? (name === 'password' ? t('signUp.rule', {n: SHORTEST_PASSWORD}) : '')}</p>`)}
      ${state.faults.form ? html`<p class="fault" role="alert">${state.faults.form}</p>` : ''}
      <button class="primary" ?disabled=${state.busy}>${t('signUp.submit')}</button>
      <p class="other">${t('signUp.known')} <a href=${'/sign-in' + location.search}>${t('signIn.submit')}</a></p>
    </form>`));
}

async function submit(event) {
  event.preventDefault();
  const form = event.target;
  const faults = {};
  if (!form.displayName.value.trim()) faults.displayName = t('signUp.noName');
  if (!form.email.validity.valid) faults.email = t('signUp.noEmail');
  if (form.password.value.length < SHORTEST_PASSWORD) faults.password = t('signUp.rule', {n: SHORTEST_PASSWORD});
  if (Object.keys(faults).length > 0) return tell(form, faults);
  draw({faults, busy: true});
  const account = {email: form.email.value.trim(), password: form.password.value};
  try {
    await call('POST', '/v1/accounts', {...account, displayName: form.displayName.value.trim(), locale: language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone});
    await call('POST', '/v1/auth/login', {...account, cookie: true});
    enter();
  } catch ({status, body}) {
    const refused = body?.errors?.find(error => FIELDS.some(([name]) => name === error.field));
    if (status === 409) tell(form, {email: t('signUp.taken')});
    else if (refused) tell(form, {[refused.field]: t('signUp.refused', {detail: refused.problem})});
    else tell(form, {form: t(status === 0 ? 'error.offline' : 'error.part')});
  }
}

/** The text stays, the first field with a fault gets the focus. */
function tell(form, faults) {
  draw({faults, busy: false});
  const first = FIELDS.map(([name]) => name).find(name => faults[name]);
  if (first) form[first].focus();
}
