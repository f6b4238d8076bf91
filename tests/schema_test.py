#!/usr/bin/python3
"""The three schemas say the same: each element and attribute of emend.odd is in emend.rng and the other way round, has
words and an example that is valid; each rule of emend.sch stands in the ODD too, with a reason. And judges that know
nothing of emend, jing and xmllint, refuse each mutation in data/tei-mutations.txt that emend refuses; of mutations at random,
jing and emend accept the same.

  EMEND=build/emend EMEND_SOURCE=. python3 tests/schema_test.py
"""
import copy
import glob
import os
import random
import re
import subprocess
import sys
import tempfile

from lxml import etree

SOURCE = os.environ.get("EMEND_SOURCE", os.path.join(os.path.dirname(__file__), ".."))
EMEND = os.environ.get("EMEND", "emend")
RNG, TEI, EXAMPLES, SCH = ("{http://relaxng.org/ns/structure/1.0}", "{http://www.tei-c.org/ns/1.0}",
                           "{http://www.tei-c.org/ns/Examples}", "{http://purl.oclc.org/dsdl/schematron}")
# The elements of TEI that belong to a class which the ODD describes and that is not of all elements.
MEMBERS = {"att.coordinated": {"surface", "zone"}}

failures = []


def check(condition, message):
    if not condition:
        failures.append(message)


def read(name):
    with open(os.path.join(SOURCE, name), encoding="utf-8") as file:
        return file.read()


def grammar_attributes(grammar):
    """Of each element, the names of its attributes."""
    defines = {define.get("name"): define for define in grammar.findall(RNG + "define")}

    def of(node):
        names = set()
        for child in node:
            if child.tag == RNG + "attribute":
                names.add(child.get("name"))
            elif child.tag == RNG + "ref":
                if defines[child.get("name")].find(RNG + "element") is None:
                    names |= of(defines[child.get("name")])
            elif isinstance(child.tag, str) and child.tag != RNG + "element":
                names |= of(child)
        return names

    elements = (define.find(RNG + "element") for define in defines.values())
    return {element.get("name"): of(element) for element in elements if element is not None}


def words(parent):
    return "".join(parent.find(TEI + "desc").itertext()).strip() if parent.find(TEI + "desc") is not None else ""


def attributes_of(spec, mode):
    return {att.get("ident") for att in spec.iterfind(f"{TEI}attList/{TEI}attDef") if (att.get("mode") == "delete") == (mode == "delete")}


def odd_attributes(odd):
    shared, of_members = set(), {}
    for spec in odd.iter(TEI + "classSpec"):
        for member in MEMBERS.get(spec.get("ident"), ()):
            of_members.setdefault(member, set()).update(attributes_of(spec, "change"))
        if spec.get("ident") not in MEMBERS:
            shared |= attributes_of(spec, "change")
    return {spec.get("ident"): (shared | of_members.get(spec.get("ident"), set()) | attributes_of(spec, "change")) -
            attributes_of(spec, "delete") for spec in odd.iter(TEI + "elementSpec")}


def same_elements_and_attributes(grammar, odd):
    in_grammar, in_odd = grammar_attributes(grammar), odd_attributes(odd)
    check(set(in_grammar) == set(in_odd), f"grammar and ODD differ in elements: {sorted(set(in_grammar) ^ set(in_odd))}")
    for name in sorted(set(in_grammar) & set(in_odd)):
        check(in_grammar[name] == in_odd[name],
              f"grammar and ODD differ in attributes of <{name}>: {sorted(in_grammar[name] ^ in_odd[name])}")
    for spec in odd.iter(TEI + "elementSpec", TEI + "classSpec"):
        for part in spec.iterfind(f"{TEI}attList/{TEI}attDef"):
            if part.get("mode") != "delete":
                check(len(words(part)) > 4, f"ODD: @{part.get('ident')} of {spec.get('ident')} has no words")
        if spec.tag == TEI + "elementSpec":
            check(len(words(spec)) > 4, f"ODD: <{spec.get('ident')}> has no words")
            modules = [module for module in odd.iter(TEI + "moduleRef") if module.get("key") == spec.get("module")]
            check(modules and spec.get("ident") in modules[0].get("include", "").split(),
                  f"ODD: module {spec.get('module')} does not include {spec.get('ident')}")
    return in_grammar


def examples_are_valid(odd, attributes):
    """Each is held against the grammar with its element as the document element."""
    source, shown, names = read("schemas/emend.rng"), {}, set()
    for spec in odd.iter(TEI + "elementSpec"):
        examples = [child for example in spec.iter(EXAMPLES + "egXML") for child in example]
        check(examples, f"ODD: <{spec.get('ident')}> has no example")
        for example in examples:
            name = etree.QName(example).localname
            check(name == spec.get("ident"), f"ODD: the example of <{spec.get('ident')}> is of <{name}>")
            for node in example.iter():
                names.update(xml_name(key) for key in node.attrib)
                shown.setdefault(etree.QName(node).localname, set()).update(xml_name(key) for key in node.attrib)
            text = etree.tostring(example, encoding="unicode", with_tail=False).replace(EXAMPLES[1:-1], TEI[1:-1])
            start = source.replace('<ref name="TEI"/>', f'<ref name="{name}"/>', 1)
            schema = etree.RelaxNG(etree.fromstring(start.encode()))
            check(schema.validate(etree.fromstring(text)), f"ODD: the example of <{name}>: {schema.error_log.last_error}")
    shared = set.intersection(*(attributes[name] for name in attributes if "rend" in attributes[name]))
    for name in sorted(attributes):
        own = attributes[name] - shared
        check(own <= shown.get(name, set()), f"ODD: no example of <{name}> has {sorted(own - shown.get(name, set()))}")
    check(shared <= names, f"ODD: no example has {sorted(shared - names)}")


def xml_name(key):
    return key.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")


def spaced(node):
    return re.sub(r"\s+", " ", etree.tostring(node, method="c14n", with_tail=False).decode()).strip()


def rules(schema):
    """Of each rule the context, and the assertion as text without what only the file decides."""
    found = {}
    for rule in schema.iter(SCH + "rule"):
        for assertion in rule.iterfind(SCH + "assert"):
            text = re.sub(r' xmlns(:\w+)?="[^"]*"', "", spaced(assertion))
            check(assertion.get("id") and assertion.get("id") not in found, f"no rule of its own: {text[:60]}")
            found[assertion.get("id")] = (rule.get("context"), text)
    return found


def same_rules(schematron, odd):
    in_schema, in_odd = rules(schematron), rules(odd)
    for name in sorted(set(in_schema) | set(in_odd)):
        check(in_schema.get(name) == in_odd.get(name), f"emend.sch and ODD differ in the rule {name}")
    for spec in odd.iter(TEI + "constraintSpec"):
        name = spec.get("ident")
        check([a.get("id") for a in spec.iter(SCH + "assert")] == [name], f"ODD: the constraint {name} holds another rule")
        check(len(words(spec)) > 4, f"ODD: the constraint {name} has no reason")
        parent = spec.getparent().get("ident")
        check(in_odd.get(name, ("",))[0] in ("*", f"tei:{parent}"), f"ODD: the constraint {name} stands in <{parent}>")
    return in_schema


def mutations():
    blocks = []
    for line in read("tests/data/tei-mutations.txt").splitlines():
        if line.startswith("= "):
            blocks.append({"what": line[2:], "&": ""})
        elif blocks and line[:2] in ("- ", "+ ", "? ", "& "):
            blocks[-1][line[0]] = line[2:].replace("\\n", "\n")
    return blocks


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout


def judges_agree(known_rules, folder):
    document, files = read("tests/data/tei/good-everything.xml"), {}
    blocks = mutations()
    check(len(blocks) >= 60, f"there are only {len(blocks)} mutations")
    for i, block in enumerate(blocks):
        check(document.count(block["-"]) == 1, f"{block['what']}: its words are not there once")
        path = os.path.join(folder, f"{i:03}.xml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(document.replace(block["-"], block["+"], 1))
        files[path] = block
    jing = run("jing", os.path.join(SOURCE, "schemas/emend.rng"), *files)
    xmllint = run("xmllint", "--noout", "--schematron", os.path.join(SOURCE, "schemas/emend.sch"), *files)
    emend = run(EMEND, "validate", *files)
    for path, block in files.items():
        is_rule = block["?"] in known_rules
        refused = path + ":" in jing
        check(f"{path}: not valid" in emend, f"{block['what']}: emend accepts it")
        check(refused == (not is_rule or block["&"] == "grammar"), f"{block['what']}: jing {'refuses' if refused else 'accepts'} it")
        check(not is_rule or path + " fails to validate" in xmllint, f"{block['what']}: xmllint accepts it")
    return len(blocks)


def mutate(root, chance):
    """Takes out, doubles, renames or moves an element, or changes one of its attributes or the text behind it."""
    elements = list(root.iter())
    node, other = chance.choice(elements[1:]), chance.choice(elements[1:])
    keys = sorted({key for element in elements for key in element.attrib})
    values = sorted({value for element in elements for value in element.attrib.values()})
    values += ["", "#x y", "-1", "1e3", " 12 ", "low", "2020-13", "http://x/\u00e9", "12cm", "x%2", "%zz", "\t", "\uff11"]
    parent, way = node.getparent(), chance.randrange(8)
    if way == 0:
        parent.remove(node)
    elif way == 1:
        parent.insert(parent.index(node), copy.deepcopy(node))
    elif way == 2:
        node.tag = other.tag
    elif way == 3:
        node.set(chance.choice(keys), chance.choice(values))
    elif way == 4 and node.attrib:
        del node.attrib[chance.choice(sorted(node.attrib))]
    elif way == 5:
        node.tail = (node.tail or "") + chance.choice([" ", "x", "\u3000", "\u00a0"])
    elif way == 6 and node not in other.iterancestors() and other not in node.iterancestors():
        parent.replace(node, copy.deepcopy(other))
    elif way == 7 and node.attrib:
        node.set(chance.choice(sorted(node.attrib)), chance.choice(values))


def jing_agrees_at_random(folder, count):
    chance, paths = random.Random(7), []
    parser = etree.XMLParser(remove_comments=True, collect_ids=False)
    whole = etree.fromstring(read("tests/data/tei/good-everything.xml").encode(), parser)
    for i in range(count):
        root = copy.deepcopy(whole)
        for _ in range(1 + i % 2):
            mutate(root, chance)
        paths.append(os.path.join(folder, f"random-{i:03}.xml"))
        etree.ElementTree(root).write(paths[-1], encoding="utf-8")
    grammar = os.path.join(SOURCE, "schemas/emend.rng")
    jing, alone, all_of_it = run("jing", grammar, *paths), run(EMEND, "validate", "--schema", grammar, *paths), run(EMEND, "validate", *paths)
    for path in paths:
        refused = path + ":" in jing
        check(refused == (f"{path}: not valid" in alone), f"{path}: jing {'refuses' if refused else 'accepts'} it, libxml2 does not:\n"
              + next((line for line in (jing + alone).splitlines() if path in line), ""))
        check(not refused or f"{path}: not valid" in all_of_it, f"{path}: jing refuses it, emend accepts it")
    refusals = sum(path + ":" in jing for path in paths)
    check(count / 4 < refusals < count * 3 / 4, f"jing refuses {refusals} of {count}: too few or too many to tell anything")


def editions_are_valid():
    """What emend makes of its samples keeps the rules, which a conversion does not ask for."""
    paths = sorted(glob.glob(os.path.join(SOURCE, "samples/*/expected.tei.xml")))
    check(len(paths) >= 5, f"there are only {len(paths)} editions in samples")
    said = run(EMEND, "validate", *paths)
    check(said.count(": valid (emend.rng, emend.sch)") == len(paths), said)


def main():
    parser = etree.XMLParser(remove_comments=True, collect_ids=False)
    grammar = etree.fromstring(read("schemas/emend.rng").encode(), parser)
    odd = etree.fromstring(read("schemas/emend.odd").encode(), parser)
    attributes = same_elements_and_attributes(grammar, odd)
    examples_are_valid(odd, attributes)
    known = same_rules(etree.fromstring(read("schemas/emend.sch").encode(), parser), odd)
    editions_are_valid()
    with tempfile.TemporaryDirectory() as folder:
        broken = judges_agree(known, folder)
        jing_agrees_at_random(folder, 200)
    for failure in failures:
        print("FAIL", failure, file=sys.stderr)
    print(f"{len(attributes)} elements, {sum(map(len, attributes.values()))} attributes, {len(known)} rules, "
          f"{broken} mutations: {len(failures)} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
