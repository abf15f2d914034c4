// Short messages in the lower right corner. Screen readers hear them from a live region.

const MAX_SHOWN = 4;

export class Toasts {
  /** `onClosed()` is called when the person has closed a message. */
  constructor(container, onClosed) {
    Object.assign(this, { container, onClosed });
    container.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.#close(event.target.closest('.toast'));
    });
  }

  /**
   * Negative seconds: until it is closed. Of one topic the newest message alone is shown: the end of something takes the place of
   * its beginning.
   */
  show({ title, message, seconds, topic = title }) {
    const toast = document.createElement('div');
    toast.className = 'toast';
    toast.dataset.topic = topic;
    for (const shown of [...this.container.children]) if (topic && shown.dataset.topic === topic) shown.remove();
    const text = document.createElement('div');
    if (title) text.append(Object.assign(document.createElement('strong'), { textContent: title }));
    text.append(Object.assign(document.createElement('p'), { textContent: message }));
    const close = Object.assign(document.createElement('button'), { type: 'button', className: 'close', textContent: '×' });
    close.setAttribute('aria-label', 'Close this message');
    close.addEventListener('click', () => this.#close(toast));
    toast.append(text, close);
    this.container.append(toast);
    while (this.container.children.length > MAX_SHOWN) this.container.firstChild.remove();
    if (seconds >= 0) setTimeout(() => this.#expire(toast), seconds * 1000);
  }

  /** Takes all messages away; false where none was there. */
  clear() {
    const wereShown = this.container.children.length > 0;
    this.container.replaceChildren();
    return wereShown;
  }

  #close(toast) {
    toast.remove();
    this.onClosed();
  }

  // The keyboard must not fall off the page with the message.
  #expire(toast) {
    if (toast.contains(document.activeElement)) this.#close(toast);
    else toast.remove();
  }
}
