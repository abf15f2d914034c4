// `google.script` as a page of HtmlService sees it: google.script.run and google.script.host.

const HANDLERS = ['withSuccessHandler', 'withFailureHandler', 'withUserObject'];

/**
 * @param call  (functionName, argumentsAsJson) => Promise of the result as JSON text, or of undefined. Runs the
 *              function in an execution of its own; rejects with an Error whose message the function threw.
 * @param close  () => void, closes the dialog.
 * @param resize  ({width} or {height}, in pixels) => void
 */
export function makeGoogleScript(call, close, resize) {
  function runner(handlers) {
    return new Proxy({}, {
      get(_target, name) {
        if (typeof name === 'symbol' || name === 'then') return undefined;
        if (HANDLERS.includes(name)) return (value) => runner({ ...handlers, [name]: value });
        return (...args) => start(String(name), args, handlers);
      },
    });
  }

  function start(name, args, { withSuccessHandler, withFailureHandler, withUserObject }) {
    // A function whose name ends in _ is private to the project.
    const refused = name.endsWith('_') ? Promise.reject(new Error(`google.script.run.${name} is not a function`)) : undefined;
    (refused ?? call(name, JSON.stringify(args))).then(
      (json) => withSuccessHandler?.(json === undefined ? undefined : JSON.parse(json), withUserObject),
      (error) => {
        if (withFailureHandler) withFailureHandler(error, withUserObject);
        else console.error(`Uncaught ${error.message} (${name})`);
      },
    );
  }

  return { script: { run: runner({}), host: {
    close, setWidth: (width) => resize({ width }), setHeight: (height) => resize({ height }),
  } } };
}
