// What a person may deny the menu code, scope by scope: the calls that need it then throw, as Google's do.

import { exception } from './strict.mjs';

const AUTH = 'https://www.googleapis.com/auth/';

/** Throws when `scope` ("userinfo.email") is among those that `host.context.deniedScopes` names. */
export function needScope(host, scope, call) {
  if (!(host.context.deniedScopes ?? []).includes(scope)) return;
  throw exception(`Specified permissions are not sufficient to call ${call}. Required permissions: ${AUTH}${scope}`);
}
