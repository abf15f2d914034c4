export function hiddenMenuItems() { return {}; }
