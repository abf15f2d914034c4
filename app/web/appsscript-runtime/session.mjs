import { needScope } from './permissions.mjs';
import { strict } from './strict.mjs';

/** Session: who clicked. */
export function makeSession(host) {
  const { user, timeZone = 'Etc/UTC' } = host.context;
  function makeUser() {
    needScope(host, 'userinfo.email', 'Session.getActiveUser');
    return strict('User', { getEmail: () => user.email });
  }
  return strict('Session', {
    getActiveUser: makeUser,
    getEffectiveUser: makeUser,
    getActiveUserLocale: () => user.locale ?? 'en',
    getScriptTimeZone: () => timeZone,
  });
}
