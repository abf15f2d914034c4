import { strict } from './strict.mjs';

/** Session: who clicked. */
export function makeSession(host) {
  const { user, timeZone = 'Etc/UTC' } = host.context;
  const makeUser = () => strict('User', { getEmail: () => user.email });
  return strict('Session', {
    getActiveUser: makeUser,
    getEffectiveUser: makeUser,
    getActiveUserLocale: () => user.locale ?? 'en',
    getScriptTimeZone: () => timeZone,
  });
}
