// What the book is: title, authors, publisher, year and language, as a person says them.

const FACTS = [['title', 'Title'], ['author', 'Authors, one a line'], ['publisher', 'Publisher'], ['date', 'Date'], ['language', 'Language, as in en or zh-Hans']];

class About {
  constructor(dialog, book, decisions, say) {
    Object.assign(this, {dialog, book, decisions, say, fields: new Map()});
    for (const [key, words] of FACTS) this.fields.set(key, element(key === 'author' ? 'textarea' : 'input', {id: `fact-${key}`, rows: key === 'author' ? 3 : undefined, spellcheck: 'false', 'aria-label': words}));
    const form = element('form', {onsubmit: (event) => { event.preventDefault(); this.decide(); }},
      ...FACTS.map(([key, words]) => element('p', {}, element('label', {for: `fact-${key}`}, words, this.doubt(key)), this.fields.get(key))),
      element('p', {class: 'buttons'}, element('button', {class: 'main'}, 'So it is'), element('button', {type: 'button', onclick: () => dialog.close()}, 'Cancel')));
    dialog.append(element('h2', {id: 'about-title'}, 'About the book'), form);
  }

  // How sure emend is of what it found.
  doubt(key) {
    const change = this.book.changes.find((one) => one.kind === 'meta' && one.name === key);
    return change === undefined || !change.doubtful ? null : element('span', {class: 'problem'}, ` ? ${change.sure} %`);
  }

  said(key) {
    const facts = this.decisions.list.filter((one) => one.verb === 'fact' && one.argument === key);
    return facts.length > 0 ? facts.map((one) => one.text).join('\n') : this.book.facts.get(key) ?? '';
  }

  open() {
    for (const [key, field] of this.fields) field.value = this.said(key);
    this.dialog.showModal();
  }

  decide() {
    const added = [], removed = [];
    for (const [key, field] of this.fields) {
      const values = field.value.split('\n').map((value) => value.trim()).filter((value) => value !== '');
      if (values.join('\n') === this.said(key)) continue;
      removed.push(...this.decisions.list.filter((one) => one.verb === 'fact' && one.argument === key));
      added.push(...values.map((value) => readDecision(this.book, `fact ${key}: ${escapeWords(value)}`)));
    }
    this.dialog.close();
    document.activeElement?.blur(); // else the field that is hidden now takes the next key
    if (added.length + removed.length === 0) return this.say('Nothing was changed.');
    this.decisions.apply(added, removed);
    this.say(`Decided: ${counted(added.length, 'fact')} about the book.`);
  }
}
