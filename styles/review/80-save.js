// Keeping the decisions: as a file to download, as words to copy, or, where emend serves the page, by emend itself.

class Saving {
  constructor(book, decisions, say) { Object.assign(this, {book, decisions, say}); }

  async save() {
    if (this.decisions.unsaved === 0) return this.say('All decisions are saved.');
    if (!this.book.served) return this.download();
    try {
      const {add, remove} = this.decisions.difference();
      const reply = await this.post('decisions', [...add.map((line) => `+${line}\n`), ...remove.map((line) => `-${line}\n`)].join(''));
      this.decisions.markSaved(await reply.text());
      this.say(`Saved in ${this.book.decisionsName}.`);
    } catch (error) {
      this.say(`Not saved: ${error.message}`, true);
    }
  }

  download() {
    const text = this.decisions.file();
    const address = URL.createObjectURL(new Blob([text], {type: 'text/plain;charset=utf-8'}));
    element('a', {href: address, download: this.book.decisionsName}).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    this.decisions.markSaved(text);
    this.say(`Put ${this.book.decisionsName} beside the book, and convert it again.`);
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.decisions.file());
      this.say('The decisions are on the clipboard.');
    } catch {
      this.say('The browser does not let this page copy; download the file.', true);
    }
  }

  /** Has the book converted again with the saved decisions, and shows that. */
  async convertAgain() {
    await this.save();
    if (this.decisions.unsaved > 0) return;
    this.say('Converting …');
    try {
      await this.post('convert', '');
      location.reload();
    } catch (error) {
      this.say(`Not converted: ${error.message}`, true);
    }
  }

  // Relative to the page, whose address holds the token.
  async post(what, body) {
    const reply = await fetch(what, {method: 'POST', headers: {'Content-Type': 'application/x-emend-decisions'}, body, redirect: 'error'});
    if (!reply.ok) throw new Error((await reply.text()).slice(0, 500) || `the server says ${reply.status}`);
    return reply;
  }
}
