// What a host gives to makeAppsScript. All functions are synchronous, as Apps Script is: the worker that runs the
// menu code blocks in them. None may throw; what can fail is answered as a value.

export interface Host {
  /** One HTTP request; for UrlFetchApp and for the spreadsheets' own API. Gives up after 60 seconds. */
  http(request: HttpRequest): HttpResponse | HttpFailure;
  /** Blocks for so many milliseconds. */
  sleep(milliseconds: number): void;
  /** Shows a question and blocks until the person has answered it. */
  ask(question: Question): Answer;
  /** Something to show or to note, in order; returns at once. */
  tell(event: Event): void;
  props: Properties;
  /** Text of a file of the project by its name without extension ("progress"), undefined when there is none. */
  file(name: string): string | undefined;
  /** A new random UUID. */
  uuid(): string;
  context: Context;
}

export interface HttpRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  followRedirects: boolean;
}

export interface HttpResponse {
  status: number;
  /** Names as the server spelt them or in lower case; an array where a header came more than once. */
  headers: Record<string, string | string[]>;
  /** The body, decoded as UTF-8. */
  text: string;
}

export interface HttpFailure {
  failure: 'dns' | 'unreachable' | 'timeout' | 'tls';
  /** For a log. */
  detail: string;
}

export type Question =
  | { kind: 'alert'; title: string; message: string; buttons: ButtonSet }
  | { kind: 'prompt'; title: string; message: string; buttons: ButtonSet };

export type ButtonSet = 'OK' | 'OK_CANCEL' | 'YES_NO' | 'YES_NO_CANCEL';

export interface Answer {
  /** CLOSE: closed by its corner or with Escape. */
  button: 'OK' | 'CANCEL' | 'YES' | 'NO' | 'CLOSE';
  /** What was typed, of a prompt. */
  text?: string;
}

export type Event =
  | { kind: 'toast'; title: string; message: string; /** negative: until it is closed */ seconds: number }
  | { kind: 'dialog'; modal: boolean; title: string; html: string; width: number; height: number }
  | { kind: 'sidebar'; title: string; html: string }
  | { kind: 'menu'; caption: string; entries: MenuEntry[] }
  | { kind: 'select'; spreadsheetId: string; sheetId: number; /** from 1 */ row: number; column: number }
  | { kind: 'log'; level: 'log' | 'info' | 'warn' | 'error'; text: string };

export type MenuEntry =
  | { kind: 'item'; caption: string; functionName: string }
  | { kind: 'separator' }
  | { kind: 'submenu'; caption: string; entries: MenuEntry[] };

export type PropertyStore = 'script' | 'user' | 'document';

/** Kept from execution to execution. */
export interface Properties {
  all(store: PropertyStore): Record<string, string>;
  set(store: PropertyStore, key: string, value: string): void;
  remove(store: PropertyStore, key: string): void;
}

/** A snapshot of what the person looks at, taken at the click. Rows and columns count from 1. */
export interface Context {
  spreadsheetId: string;
  /** The tab in front. */
  sheetId: number;
  /** What is selected on it, the range selected last at the end; empty when nothing is. */
  ranges: { row: number; column: number; rows: number; columns: number }[];
  /** Rows of the tab in front that cannot be seen. */
  hiddenRows: { byFilter: number[]; byUser: number[] };
  user: { email: string; locale?: string };
  timeZone?: string;
  /** Where the spreadsheets' API is, and what its requests must carry: {Authorization: 'Bearer …'}. */
  sheetsApi: { url: string; headers: Record<string, string> };
  /** Scopes that the person has not allowed, such as 'userinfo.email': calls that need one throw. */
  deniedScopes?: string[];
  /** True while onOpen runs by itself: a simple trigger may not call UrlFetchApp. */
  simpleTrigger?: boolean;
}
