#!/usr/bin/env python3
"""The source out of an edition, by the description in docs/encoding.md and without a line of emend: TEI, and a ledger or "-"
for the one within; writes the text that was converted to standard output."""
import hashlib, re, sys
from lxml import etree

TEI = '{http://www.tei-c.org/ns/1.0}'
SHORT = {'t': '\t', 'n': '\n', 'r': '\r', '\\': '\\'}


def unescaped(field):
    return re.sub(rb'\\(x[0-9a-f]{2}|[tnr\\])',
                  lambda m: bytes([int(m[1][1:], 16)]) if m[1][:1] == b'x' else SHORT[m[1].decode()].encode(), field)


root = etree.parse(sys.argv[1], etree.XMLParser(huge_tree=True)).getroot()
text = root.find(f'{TEI}text').xpath('string()').encode()
if sys.argv[2] == '-':
    ledger = ''.join(data.text for data in root.iterfind(f'{TEI}teiHeader/{TEI}xenoData[@type="ledger"]')).encode()
else:
    ledger = open(sys.argv[2], 'rb').read()
source = b''
for line in ledger.split(b'\n'):
    if line.startswith(b'source '):
        size, digest = line.split(b' ')[1:3]
    if line.startswith(b'text\t'):
        place, put_in = line[5:].split(b'\t')
        begin, length = map(int, place.split(b'+'))
        source += text[begin:begin + length] + unescaped(put_in)
assert len(source) == int(size) and hashlib.sha256(source).hexdigest().encode() == digest, 'the SHA-256 differs'
sys.stdout.buffer.write(source)
