// PropertiesService: the three stores, with Google's limit on a value.

import { exception, strict } from './strict.mjs';

const MAX_VALUE_CHARS = 9 * 1024;

export function makePropertiesService(host) {
  return strict('PropertiesService', {
    getScriptProperties: () => makeProperties(host.props, 'script'),
    getUserProperties: () => makeProperties(host.props, 'user'),
    getDocumentProperties: () => makeProperties(host.props, 'document'),
  });
}

function makeProperties(props, store) {
  function set(key, value) {
    if (String(value).length > MAX_VALUE_CHARS) throw exception('Argument too large: value');
    props.set(store, String(key), String(value));
  }
  const all = () => ({ ...props.all(store) });

  const self = strict('Properties', {
    getProperty: (key) => (Object.hasOwn(all(), key) ? all()[key] : null),
    getProperties: all,
    getKeys: () => Object.keys(all()),
    setProperty(key, value) {
      set(key, value);
      return self;
    },
    setProperties(given, deleteAllOthers = false) {
      if (deleteAllOthers) self.deleteAllProperties();
      for (const [key, value] of Object.entries(given)) set(key, value);
      return self;
    },
    deleteProperty(key) {
      props.remove(store, String(key));
      return self;
    },
    deleteAllProperties() {
      for (const key of Object.keys(all())) props.remove(store, key);
      return self;
    },
  });
  return self;
}
