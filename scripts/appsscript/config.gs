// Where the service is and the secret that opens it: Script Properties, which all who use this script share.

const URL_PROPERTY = 'ROADMAP_API_URL';
const SECRET_PROPERTY = 'ROADMAP_AI_SECRET';
const SETUP_TITLE = 'Set up connection';
const MAX_TRIES = 10;

/**
 * The connection that was set up. Throws a Trouble_ when there is none.
 *
 * @return {Connection}
 */
function connection_() {
  const stored = storedConnection_();
  if (!stored.url || !stored.secret) {
    throw new Trouble_(`This menu is not connected yet. Choose ${MENU_CAPTION} → ${SETUP_TITLE}; ${ASK_OPERATOR} for the address and the secret.`);
  }
  return { url: readAddress_(stored.url), secret: stored.secret };
}

/** @return {Connection} */
function storedConnection_() {
  const properties = PropertiesService.getScriptProperties();
  return { url: properties.getProperty(URL_PROPERTY) || '', secret: properties.getProperty(SECRET_PROPERTY) || '' };
}

/** A menu item. Nothing is saved before both have been tried out against the service. */
function setUpConnection() {
  withSentences_(SETUP_TITLE, () => {
    const stored = storedConnection_();
    const url = askUntilGood_('Address of the service, such as https://roadmap.example.com', stored.url, stored.url,
      (typed) => testAddress_(readAddress_(typed)));
    const secret = url && askUntilGood_('Secret of the service', stored.secret, stored.secret && 'the one that is stored',
      (typed) => testSecret_({ url, secret: readSecret_(typed) }));
    if (!url || !secret) {
      toast_('Nothing was changed.', SETUP_TITLE);
      return;
    }
    PropertiesService.getScriptProperties().setProperties({ [URL_PROPERTY]: url, [SECRET_PROPERTY]: secret });
    const ui = SpreadsheetApp.getUi();
    ui.alert(SETUP_TITLE, `Connected to ${url}. Everyone who uses this menu is connected now.`, ui.ButtonSet.OK);
  });
}

/**
 * Asks until `test` takes what was typed, and returns what it makes of it; undefined when the person gives up.
 *
 * @param {string} question
 * @param {string} stored  what an empty answer stands for
 * @param {string} storedName  how that is called
 * @param {function(string): string} test  throws a Trouble_ to refuse
 * @return {string | undefined}
 */
function askUntilGood_(question, stored, storedName, test) {
  const ui = SpreadsheetApp.getUi();
  const keep = stored ? `\n\nLeave it empty to keep ${storedName}.` : '';
  for (let tries = 0; tries < MAX_TRIES; ++tries) {
    const answer = ui.prompt(SETUP_TITLE, question + keep, ui.ButtonSet.OK_CANCEL);
    if (answer.getSelectedButton() !== ui.Button.OK) return undefined;
    try {
      return test(answer.getResponseText().trim() || stored);
    } catch (error) {
      if (error instanceof Trouble_ && error.about === 'permission') throw error;  // typing anew would not help
      const again = ui.alert(SETUP_TITLE, `${sentenceOf_(error)}\n\nType it again?`, ui.ButtonSet.YES_NO);
      if (again !== ui.Button.YES) return undefined;
    }
  }
  return undefined;
}

/**
 * The address as requests use it: without what stands behind the service's own path, and without slashes at its end.
 *
 * @param {string} typed
 * @return {string}
 */
function readAddress_(typed) {
  if (!typed) throw new Trouble_('Type the address of the service.', 'address');
  if (!/^https?:\/\//i.test(typed)) throw new Trouble_(`The address must begin with https://, as in https://${typed.replace(/^[a-z]+:\/\//i, '')}.`, 'address');
  const match = /^(https?):\/\/(\[[0-9a-f:.]+\]|[^\s/?#@:[\]]+)(:\d{1,5})?(\/[^\s?#]*)?([?#]\S*)?$/i.exec(typed);
  if (!match) throw new Trouble_(`${typed} is not an address such as https://roadmap.example.com.`, 'address');
  const [, scheme, host, port = '', path = ''] = match;
  if (scheme.toLowerCase() === 'http' && !isPrivateHost_(host.toLowerCase())) {
    throw new Trouble_(`The address must begin with https://, else anyone on the way could read the secret.`, 'address');
  }
  // People copy the address from a page of the service.
  const base = path.replace(/\/(docs|workspace|healthz|readyz|openapi\.json|actions(\/.*)?)?\/*$/, '').replace(/\/+$/, '');
  return `${scheme}://${host}${port}`.toLowerCase() + base;
}

/**
 * A host that only its own machine or network reaches.
 *
 * @param {string} host
 * @return {boolean}
 */
function isPrivateHost_(host) {
  return !/[.:]/.test(host) || /\.(localhost|local|internal)$/.test(host) || host === '[::1]' ||
    /^(127|10)(\.\d{1,3}){3}$/.test(host) || /^192\.168(\.\d{1,3}){2}$/.test(host) || /^172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}$/.test(host);
}

/**
 * @param {string} typed
 * @return {string}
 */
function readSecret_(typed) {
  if (!typed) throw new Trouble_('Type the secret of the service.', 'secret');
  if (!/^[\x20-\x7e]+$/.test(typed)) throw new Trouble_('The secret has a character that no secret has. Copy it once more, without anything around it.', 'secret');
  return typed;
}

/**
 * Tries the address without the secret: it might be somebody else's.
 *
 * @param {string} url
 * @return {string}
 */
function testAddress_(url) {
  const health = callService_({ url, secret: '' }, { method: 'get', path: '/healthz', attempts: 1 });
  if (health.status !== 'ok') throw new Trouble_(`Something else than the service answers at ${url}. Check the address, or ${ASK_OPERATOR}.`, 'address');
  return url;
}

/**
 * @param {Connection} connection
 * @return {string}
 */
function testSecret_(connection) {
  const registry = callService_(connection, { method: 'get', path: '/actions', attempts: 1 });
  if (!Array.isArray(registry.actions)) throw new Trouble_(`Something else than the service answers at ${connection.url}. Check the address, or ${ASK_OPERATOR}.`, 'address');
  return connection.secret;
}
