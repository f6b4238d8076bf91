// Where a person was: kept while the book is converted again, for the page that comes then.

class KeptPlace {
  constructor(book) {
    this.key = `emend ${book.name}`;
    this.book = book;
  }

  keep(place) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({...place, source: this.book.sha256}));
    } catch { /* a browser that keeps nothing */ }
  }

  /** What was kept of this very text, once; null if there is nothing. */
  take() {
    try {
      const place = JSON.parse(sessionStorage.getItem(this.key));
      sessionStorage.removeItem(this.key);
      return place?.source === this.book.sha256 ? place : null;
    } catch {
      return null;
    }
  }
}

/** A change as another conversion of the text would find it again. */
const nameOfChange = (change) => (change === null || change === undefined ? null : {rule: change.rule, at: (change.group?.[0] ?? change).at});

function changeNamed(changes, name) {
  return name === null ? undefined : changes.find((change) => change.rule === name.rule && change.at === name.at);
}
