// What two windows decided in two ways, and who decides here.

/** A row for each pair, with a choice; null if there is none. */
function clashesTable(book, decisions, goTo) {
  if (decisions.clashes.length === 0) return null;
  const rows = decisions.clashes.map((clash) => {
    const [mine, theirs] = clash;
    const choice = (words, one, other) => element('p', {}, withText(element('span', {dir: 'auto'}), shortened(one.line, 90)), ' ', element('button', {type: 'button', onclick: (event) => { event.stopPropagation(); decisions.resolve(clash, other); }}, words));
    return tableRow([element('td', {}, choice('Mine holds', mine, theirs), choice('The other holds', theirs, mine))], () => goTo(null, mine.at), {class: 'trouble'});
  });
  return element('table', {class: 'clashes'}, element('thead', {}, element('tr', {}, element('th', {scope: 'col'}, 'Another window decided otherwise'))), element('tbody', {}, ...rows));
}

/** The name that stands beside what is decided from now on. */
function whoField(saving) {
  const field = element('input', {id: 'who', value: saving.who, autocomplete: 'name', onchange: () => (saving.who = field.value)});
  return element('p', {class: 'tools'}, element('label', {for: 'who'}, 'Decided by '), field);
}
