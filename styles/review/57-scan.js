// The picture of the page beside its text, with the chosen line marked where its place is known.

class ScanView {
  constructor(panel, book) {
    Object.assign(this, {panel, book, page: -1, wide: false});
    this.boxes = new Map();
    for (const [line, ...box] of book.zones) this.boxes.set(line, box);
    this.sheets = new Map();
    for (const [line, ...box] of book.images) this.sheets.set(book.pageAt(line), box);
    this.picture = element('img', {alt: '', onload: () => this.place(), onerror: () => this.missing()});
    this.zone = element('div', {class: 'zone', hidden: true});
    this.words = element('span', {'aria-live': 'polite'});
    const size = element('button', {type: 'button', 'aria-pressed': 'false', onclick: () => { this.wide = !this.wide; size.setAttribute('aria-pressed', String(this.wide)); this.sheet.classList.toggle('wide', this.wide); this.place(); }}, 'Larger');
    this.sheet = element('div', {class: 'sheet'}, this.picture, this.zone);
    this.scroller = element('div', {class: 'scrolls', tabindex: '0', role: 'group', 'aria-label': 'Picture of the page'}, this.sheet);
    panel.append(element('div', {class: 'tools'}, this.words, size), this.scroller);
    if (book.scans) this.toggle(true);
  }

  toggle(open = this.panel.hidden) {
    this.panel.hidden = !open;
    document.body.classList.toggle('with-scan', open);
    if (open && this.line !== undefined) this.show(this.line);
  }

  /** Shows the page of a line, and where the line stands on it. */
  show(line) {
    this.line = line;
    if (this.panel.hidden) return;
    const page = Math.max(0, this.book.pageAt(line));
    if (page !== this.page) {
      this.page = page;
      const name = this.book.pageName(page);
      this.words.textContent = `Scan of page ${name === '' ? page + 1 : name}`;
      this.picture.alt = this.words.textContent;
      this.picture.src = `scan/${page + 1}`;
    }
    this.place();
  }

  missing() {
    this.words.textContent = `There is no picture of page ${this.page + 1}.`;
    this.zone.hidden = true;
  }

  // In parts of the sheet, so that any size of the picture will do.
  place() {
    const box = this.boxes.get(this.line);
    const units = this.book.scanScale || 1;
    const [left, top, right, bottom] = this.sheets.get(this.page) ?? [0, 0, this.picture.naturalWidth / units, this.picture.naturalHeight / units];
    this.zone.hidden = box === undefined || right <= left || bottom <= top || !this.picture.complete;
    if (this.zone.hidden) return;
    const part = (n) => `${100 * n}%`;
    Object.assign(this.zone.style, {left: part((box[0] - left) / (right - left)), top: part((box[1] - top) / (bottom - top)),
                                    width: part((box[2] - box[0]) / (right - left)), height: part((box[3] - box[1]) / (bottom - top))});
    this.scroller.scrollTop = this.zone.offsetTop - this.scroller.clientHeight / 3;
  }
}
