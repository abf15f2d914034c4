// Short messages in the lower right corner. Screen readers hear them from a live region.

const MAX_SHOWN = 4;

export class Toasts {
  constructor(container) {
    this.container = container;
  }

  /** Negative seconds: until it is closed. */
  show({ title, message, seconds }) {
    const toast = document.createElement('div');
    toast.className = 'toast';
    toast.dataset.title = title;
    // The end of something takes the place of its beginning.
    for (const shown of [...this.container.children]) if (title && shown.dataset.title === title) shown.remove();
    const text = document.createElement('div');
    if (title) text.append(Object.assign(document.createElement('strong'), { textContent: title }));
    text.append(Object.assign(document.createElement('p'), { textContent: message }));
    const close = Object.assign(document.createElement('button'), { type: 'button', className: 'close', textContent: '×' });
    close.setAttribute('aria-label', 'Close this message');
    close.addEventListener('click', () => toast.remove());
    toast.append(text, close);
    this.container.append(toast);
    while (this.container.children.length > MAX_SHOWN) this.container.firstChild.remove();
    if (seconds >= 0) setTimeout(() => toast.remove(), seconds * 1000);
  }
}
