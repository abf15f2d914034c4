// Light, dark, or as the system says.

import { el } from './dom.js';

const KEY = 'roadmapd-theme';
const THEMES = ['auto', 'light', 'dark'];

function current() {
  const kept = localStorage.getItem(KEY);
  return THEMES.includes(kept) ? kept : 'auto';
}

function apply(theme) {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function applyTheme() {
  apply(current());
}

/** A select that changes the theme and remembers it. */
export function themeChoice() {
  const choose = (event) => {
    localStorage.setItem(KEY, event.target.value);
    apply(event.target.value);
  };
  return el('select', { 'aria-label': 'Colours', change: choose },
    THEMES.map((theme) => el('option', { value: theme, selected: theme === current() },
      { auto: 'System', light: 'Light', dark: 'Dark' }[theme])));
}
