// Keeping the decisions: as a file to download, as words to copy, or, where emend serves the page, by emend itself.

class Saving {
  constructor(book, decisions, say) { Object.assign(this, {book, decisions, say}); }

  /** Who decides: a name that a person gave once, kept by the browser. */
  get who() {
    try { return localStorage.getItem('emend who') ?? ''; } catch { return ''; }
  }
  set who(name) {
    try { localStorage.setItem('emend who', name.replace(/\s+/g, ' ').trim()); } catch { /* a browser that keeps nothing */ }
  }

  // What stands above the decisions that are new: when they were taken, and by whom.
  stamp() {
    const now = new Date(), two = (n) => String(n).padStart(2, '0');
    return `# ${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())} ${two(now.getHours())}:${two(now.getMinutes())}${this.who === '' ? '' : `, ${this.who}`}`;
  }

  async save() {
    if (this.decisions.unsaved === 0) return this.say('All decisions are saved.');
    if (this.decisions.clashes.length > 0) return this.say('Another window decided otherwise: choose which holds, under Decided.', true);
    if (!this.book.served) return this.download();
    try {
      const taken = await this.send();
      if (taken === null) return;
      this.say(`Saved in ${this.book.decisionsName}.${taken === 0 ? '' : ` Another window had changed ${counted(taken, 'decision')}; that is kept.`}`);
    } catch (error) {
      this.say(`Not saved: ${error.message}`, true);
    }
  }

  // The server takes only what was decided on the file as it is now; else that is taken in first. How many decisions came in
  // so; null if some clash, and nothing was saved.
  async send() {
    let taken = 0;
    for (;;) {
      const {add, remove} = this.decisions.difference();
      const lines = [`=${this.book.version}`, this.stamp(), ...add.map((line) => `+${line}`), ...remove.map((line) => `-${line}`)];
      const reply = await this.post('decisions', lines.join('\n') + '\n', 409), text = await reply.text(), version = reply.headers.get('X-Emend-Version');
      if (reply.status !== 409) return this.decisions.markSaved(text, version), taken;
      taken += this.decisions.merge(text, version);
      if (this.decisions.clashes.length > 0) return this.say(`Not saved: another window decided otherwise in ${counted(this.decisions.clashes.length, 'place')}; choose which holds, under Decided.`, true), null;
      if (this.decisions.unsaved === 0) return taken;
    }
  }

  download() {
    const text = this.decisions.file(this.stamp());
    const address = URL.createObjectURL(new Blob([text], {type: 'text/plain;charset=utf-8'}));
    element('a', {href: address, download: this.book.decisionsName}).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    this.decisions.markSaved(text, this.book.version);
    this.say(`Put ${this.book.decisionsName} beside the book, and convert it again.`);
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.decisions.file(this.stamp()));
      this.say('The decisions are on the clipboard.');
    } catch {
      this.say('The browser does not let this page copy; download the file.', true);
    }
  }

  /** Has the book converted again with the saved decisions, and shows that; `leave` is called before the page goes. */
  async convertAgain(leave) {
    await this.save();
    if (this.decisions.unsaved > 0) return;
    this.say('Converting …');
    try {
      await this.post('convert', '');
      leave();
      location.reload();
    } catch (error) {
      this.say(`Not converted: ${error.message}`, true);
    }
  }

  // Relative to the page, whose address holds the token. A status that is `expected` is no error.
  async post(what, body, expected = 0) {
    const reply = await fetch(what, {method: 'POST', headers: {'Content-Type': 'application/x-emend-decisions'}, body, redirect: 'error'});
    if (!reply.ok && reply.status !== expected) throw new Error((await reply.text()).slice(0, 500) || `the server says ${reply.status}`);
    return reply;
  }
}
