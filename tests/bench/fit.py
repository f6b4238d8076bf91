"""Fits the weights of the second reader (stages/88-second-reader/roles.weights), and says what they are worth on documents
that were left out.

    fit.py [--count 60] [--from 2000] [--dev DIR] [--real DIR] [--folds 7] [--write FILE] [--keep FILE]

The program itself says what it sees of each line (`emend stage second-reader --witnesses`); line_truth.py says what the
line is. The documents are the samples, books that styles.py sets at random, and those of others (outside.py): with --dev a
folder of books in the form of the dev bench, with --real one of real documents. These are judged, each by weights that were
fitted without it, in all its channels. A linear-chain
conditional random field (Lafferty et al. 2001), L-BFGS, L2. What its probabilities are worth as certainty of what the stages
made, which have a word in it, is fitted to what was left out, role by role (Platt 2000), and judged without the document,
too. Needs EMEND, the program, and numpy and scipy."""
import argparse
import datetime
import glob
import json
import os
import pickle
import subprocess
import sys
import tempfile

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

import outside
from line_truth import ROLES, roles_of, source_of
from styles import made

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COUNT, STEPS, CHANNELS = len(ROLES), ("next", "gap", "page"), ("vlm", "raw", "layout", "tess", "md", "hrdoc", "ocrd")
OWN_WEIGHT = 0.4  # of a line of our own books: they are set more simply than others
PIECE = 120  # lines of a chain, when fitting
PENALTY = 3
FURNITURE, HEADS = [ROLES.index("running"), ROLES.index("number")], [ROLES.index("head"), ROLES.index("head-more")]
WEIGHED = [ROLES.index(r) for r in ("head", "paragraph", "note", "running", "number")]
# What makes lines of one book look alike: these witnesses, and all that begin with one that ends with a point.
ALIKE = ("turn.", "form.flush", "form.indented", "form.deep", "form.further-in", "form.over", "form.full", "form.most", "form.half", "form.little",
         "form.long-text", "form.middling", "form.short-text", "form.brief", "label.none", "label.bare", "label.dotted", "label.mark", "label.bracketed",
         "label.bullet", "label.decimal", "label.chapter", "label.letter", "label.odd", "label.chinese")
ALIKE_PRIOR = 2  # lines that are as all lines of the book, beside those that look alike
FACTS = ("always", "probability", "doubt of stage", "around", "made alike")
DOUBTFUL, IMPROBABLE, RIVAL, SURE = 0.8, 0.6, 0.1, 90  # as the stage has them


class Book:
    """The lines of one text: what is seen, how they step, what was made of them and how surely, what they are (-1: unknown)."""

    def __init__(self, name, ours, seen, spans, roles):
        self.name, self.ours, self.group = name, ours, name.split("/")[0]
        role_at = {begin: role for (begin, _), role in zip(spans, roles)}
        self.witnesses, self.steps, self.made, self.first, self.sure, self.true = [], [], [], [], [], []
        for row in seen.split("\n")[:-1]:
            at, step, what, first, sure, names = row.split("\t")
            role = role_at.get(int(at.split("+")[0]))
            self.witnesses.append(names.split(" "))
            self.steps.append(STEPS.index(step))
            self.made.append(ROLES.index(what) if what != "-" else -1)
            self.first.append(first == "first")
            self.sure.append(int(sure) if sure != "-" else 0)
            self.true.append(ROLES.index(role) if role else -1)
        self.steps, self.made, self.first = map(np.array, (self.steps, self.made, self.first))
        self.sure, self.true = map(np.array, (self.sure, self.true))


def read(name, path, truth, ours):
    seen = subprocess.run([os.environ["EMEND"], "stage", "second-reader", path, "--witnesses"], check=True, capture_output=True, text=True).stdout
    return Book(name, ours, seen, *roles_of(source_of(path), truth))


def books(chosen, folder):
    for path in sorted(glob.glob(os.path.join(ROOT, "samples", "*", "truth.json"))):
        with open(path, encoding="utf-8") as file:
            yield read("sample " + path.split(os.sep)[-2], os.path.join(os.path.dirname(path), "input.txt"), json.load(file), True)
    for number in range(chosen.first, chosen.first + chosen.count):
        _, text, truth = made(number)
        path = os.path.join(folder, "book.txt")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        yield read("style %d" % number, path, truth, True)
    for name, path, truth in outside.bench(chosen.dev) if chosen.dev else ():
        yield read(name, path, truth, False)
    for name, path, truth in outside.real(chosen.real) if chosen.real else ():
        yield read(name, path, truth, False)


# The model.


class Chains:
    """Chains of lines, the longest first, so that those that still go on at line t are the first ones."""

    def __init__(self, chains, steps):
        self.chains = sorted(chains, key=len, reverse=True)
        self.length = len(self.chains[0])
        self.at = np.zeros((self.length, len(self.chains)), int)
        for k, chain in enumerate(self.chains):
            self.at[:len(chain), k] = chain
        self.going = [sum(len(c) > t for c in self.chains) for t in range(self.length)]
        self.steps = steps


def marginals(scores, moves, chains, weights=None):
    """(probabilities of roles, expected moves, log Z): forward-backward on all chains at once, scaled."""
    top = scores.max(1)
    local, factor = np.exp(scores - top[:, None]), np.exp(moves)
    ahead_of, back_of = factor.transpose(1, 0, 2).reshape(COUNT, -1), factor.transpose(2, 0, 1).reshape(COUNT, -1)

    def moved(rows, by, at):
        return (rows @ by).reshape(len(rows), len(STEPS), COUNT)[np.arange(len(rows)), chains.steps[at]]

    forward, scales, total = [], [], 0.0
    weights = np.ones(len(scores)) if weights is None else weights
    for t in range(chains.length):
        at = chains.at[t, :chains.going[t]]
        if t:
            a = moved(forward[-1][:len(at)], ahead_of, at) * local[at]
        else:
            a = local[at].copy()
        z = a.sum(1)
        forward.append(a / z[:, None])
        scales.append(z)
        total += ((np.log(z) + top[at]) * weights[at]).sum()
    out, expected = np.zeros_like(scores), np.zeros_like(moves)
    backward = np.ones((chains.going[-1], COUNT))
    for t in reversed(range(chains.length)):
        at = chains.at[t, :chains.going[t]]
        backward = np.vstack([backward, np.ones((len(at) - len(backward), COUNT))])
        out[at] = forward[t] * backward
        out[at] /= out[at].sum(1)[:, None]
        if not t:
            break
        ahead = local[at] * backward / scales[t][:, None]
        before = forward[t - 1][:len(at)]
        for kind in range(len(STEPS)):
            here = chains.steps[at] == kind
            if here.any():
                expected[kind] += (before[here] * weights[at][here, None]).T @ ahead[here] * factor[kind]
        backward = moved(ahead, back_of, at)
    return out, expected, total


class Model:
    def __init__(self, names):
        self.names, self.index = names, {name: i for i, name in enumerate(names)}
        self.weights, self.moves = np.zeros((len(names), COUNT)), np.zeros((len(STEPS), COUNT, COUNT))

    def matrix(self, book):
        rows = [(i, self.index[w]) for i, names in enumerate(book.witnesses) for w in set(names) if w in self.index]
        i, j = np.array(rows).T
        return sparse.csr_matrix((np.ones(len(rows)), (i, j)), shape=(len(book.witnesses), len(self.names)))

    def begun_as(self, other):
        """With the weights of another model, where both have them."""
        for name in other.names:
            if name in self.index:
                self.weights[self.index[name]] = other.weights[other.index[name]]
        self.moves = other.moves.copy()
        return self

    def fit(self, corpus, iterations=100):
        seen = sparse.vstack([self.matrix(b) for b in corpus]).tocsr()
        steps, true = np.concatenate([b.steps for b in corpus]), np.concatenate([b.true for b in corpus])
        weights = np.concatenate([np.full(len(b.true), OWN_WEIGHT if b.ours else 1.0) for b in corpus])
        chains, start = [], 0
        for book in corpus:
            piece = []
            for i in range(start, start + len(book.true)):
                if true[i] < 0 or len(piece) == PIECE:
                    chains.append(piece)
                    piece = []
                if true[i] >= 0:
                    piece.append(i)
            chains.append(piece)
            start += len(book.true)
        chains = Chains([c for c in chains if c], steps)
        known = np.flatnonzero(true >= 0)
        gold = np.zeros((len(true), COUNT))
        gold[known, true[known]] = 1
        moved = np.zeros_like(self.moves)
        for chain in chains.chains:
            c = np.array(chain)
            np.add.at(moved, (steps[c[1:]], true[c[:-1]], true[c[1:]]), weights[c[1:]])
        size, across = self.weights.size, seen.T.tocsr()

        def loss(theta):
            w, m = theta[:size].reshape(self.weights.shape), theta[size:].reshape(self.moves.shape)
            scores = seen @ w
            p, expected, total = marginals(scores, m, chains, weights)
            value = total - (scores * gold * weights[:, None]).sum() - (m * moved).sum() + PENALTY / 2 * (theta ** 2).sum()
            slope = np.concatenate([(across @ ((p - gold) * weights[:, None])).ravel(), (expected - moved).ravel()]) + PENALTY * theta
            return value, slope

        found = minimize(loss, np.concatenate([self.weights.ravel(), self.moves.ravel()]), jac=True, method="L-BFGS-B",
                         options={"maxiter": iterations, "maxcor": 7})
        self.weights, self.moves = found.x[:size].reshape(self.weights.shape), found.x[size:].reshape(self.moves.shape)
        return self

    def probabilities(self, book):
        scores = self.matrix(book) @ self.weights
        return marginals(scores, self.moves, Chains([list(range(len(scores)))], book.steps))[0]


def names_of(corpus, least=20):
    count = {}
    for book in corpus:
        for names in book.witnesses:
            for name in names:
                count[name] = count.get(name, 0) + 1
    return sorted(name for name, n in count.items() if n >= least)


# What it is worth.


def area(right, certainty):
    """The area under the curve: how often a right line is more certain than a wrong one."""
    order = np.argsort(certainty, kind="stable")
    values, inverse, counts = np.unique(certainty[order], return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    good = right[order]
    n, m = good.sum(), (~good).sum()
    return (ranks[good].sum() - n * (n + 1) / 2) / (n * m) if n and m else float("nan")


def group(role):
    """What says the same of a decision."""
    return FURNITURE[0] if role in FURNITURE else HEADS[0] if role in HEADS else role


def alike(role):
    return FURNITURE if role in FURNITURE else HEADS if role in HEADS else [role]


class Said:
    """Of all lines that were left out and have both: what was made and is, whether it is a decision of its own, the facts
    by which certainty is judged, and that certainty, fitted without the line's document."""

    def __init__(self, left_out):
        rows, self.channels, groups = [], [], []
        for book, model in left_out:
            p = model.probabilities(book)
            near, like = around(book, p), made_alike(book, p.shape)
            for i in np.flatnonzero((book.made >= 0) & (book.true >= 0)):
                made_ = group(book.made[i])
                said = p[i, alike(made_)].sum()
                rival = np.delete(p[i], alike(made_)).max() / max(1e-6, 1 - said)
                rows.append((made_, group(book.true[i]), book.first[i] and made_ in WEIGHED, logit(said), book.sure[i] < SURE, near[i], like[i], rival))
                self.channels.append(book.name.split("/")[-1].split("-")[0])
                groups.append(book.group)
        self.made, self.true, self.own, *facts, rival = map(np.array, zip(*rows))
        self.channels, groups = np.array(self.channels), np.array(groups)
        self.right, self.facts = self.made == self.true, np.stack([np.ones(len(rows)), *facts], 1)
        self.certain = np.zeros(len(rows))
        for name in set(groups):
            worth = worth_of(self.made[groups != name], self.facts[groups != name], self.right[groups != name])
            here = groups == name
            self.certain[here] = certainty(worth, self.made[here], self.facts[here])
        unrivalled = self.own & (self.certain >= IMPROBABLE) & (rival * (1 - self.certain) < RIVAL)
        self.certain[unrivalled] = np.maximum(self.certain[unrivalled], DOUBTFUL)
        self.doubted = np.where(self.own, self.certain < DOUBTFUL, self.certain < IMPROBABLE)


def logit(p):
    p = min(max(p, 1e-4), 1 - 1e-4)
    return np.log(p / (1 - p))


def around(book, p):
    """For each line the mean improbability of what was made of the lines near it, as a logarithm. Errors come in flocks."""
    reach, quiet = 4, 0.01
    made_ = np.array([0.0 if m < 0 else 1 - p[i, alike(group(m))].sum() for i, m in enumerate(book.made)])
    window = np.ones(2 * reach + 1)
    window[reach] = 0
    return np.log((np.convolve(np.pad(made_, reach), window, "valid") / (2 * reach) + quiet) / (1 + quiet))


def made_alike(book, shape):
    """For each line the share of the book's other lines that look alike and were made the same, as a logit: a book sets what is
    alike alike."""
    prefixes = tuple(a for a in ALIKE if a.endswith("."))
    looks = [frozenset(n for n in names if n in ALIKE or n.startswith(prefixes)) for names in book.witnesses]
    made_, kinds, out = np.zeros(shape), {}, np.zeros(shape[0])
    for i, m in enumerate(book.made):
        if m >= 0:
            made_[i, m] = 1
            kinds.setdefault(looks[i], []).append(i)
    usual = made_.sum(0) / max(1, made_.sum())
    for lines in kinds.values():
        whole = made_[lines].sum(0)
        for i in lines:
            of = alike(group(book.made[i]))
            others = (whole - made_[i])[of].sum() + ALIKE_PRIOR * usual[of].sum()
            out[i] = logit(others / (len(lines) - 1 + ALIKE_PRIOR))
    return out


def worth_of(made_, facts, right):
    """For each role what the FACTS are worth: a constant, the logit of its probability, a stage's doubt, doubtful lines near
    it, and what lines that look alike were made."""
    start = np.eye(len(FACTS))[1]
    out = np.tile(start, (COUNT, 1))
    for role in set(made_):
        x, y = facts[made_ == role], right[made_ == role].astype(float)

        def loss(w):
            z, pull = x @ w, w - start
            value = np.logaddexp(0, -z * (2 * y - 1)).sum() + (pull ** 2).sum()
            return value, x.T @ (1 / (1 + np.exp(-z)) - y) + 2 * pull

        out[role] = minimize(loss, out[role], jac=True, method="L-BFGS-B", bounds=[(None, None), (0.1, None), (None, 0), (None, 0), (0, None)]).x
    out[FURNITURE[1]], out[HEADS[1]] = out[FURNITURE[0]], out[HEADS[0]]
    return out


def certainty(worth, made_, facts):
    return 1 / (1 + np.exp(-(facts * worth[made_]).sum(1)))


def judge(said):
    """Lines that tell what certainties and doubts are worth."""

    def told(name, of):
        wrong, doubted = ~said.right[of], said.doubted[of]
        return ("%-16s %6d, wrong %5d; AUC %.3f; doubted: of wrong %.3f, of all %.3f, of these wrong %.3f"
                % (name, len(wrong), wrong.sum(), area(~wrong, said.certain[of]), doubted[wrong].mean() if wrong.any() else 1, doubted.mean(),
                   wrong[doubted].mean() if doubted.any() else 1))

    for channel in CHANNELS:
        if (said.channels == channel).any():
            yield told("lines, " + channel, said.channels == channel)
    yield told("lines", said.own | True)
    yield told("decisions", said.own)
    for role in WEIGHED[:-1]:
        yield told(ROLES[role], said.own & (said.made == role))
        missed = ~said.right & (said.true == role)
        yield "%-16s %6d missed, doubted: %.3f" % (ROLES[role], missed.sum(), said.doubted[missed].mean() if missed.any() else 1)
    edges = (0, .2, .5, .8, .9, .95, .98, 1.01)
    for low, high in zip(edges, edges[1:]):
        of = said.own & (low <= said.certain) & (said.certain < high)
        if of.any():
            yield "said %2.0f to %3.0f: %6d decisions, said %.1f, right %.1f" % (100 * low, min(100, 100 * high), of.sum(), 100 * said.certain[of].mean(), 100 * said.right[of].mean())


def table(model, worth, head):
    yield from ("# " + line for line in head)
    yield from ("alike " + name for name in ALIKE)
    yield "# %-28s" % "" + "".join("%15s" % fact for fact in FACTS)
    for role in range(COUNT):
        yield "%-30s" % ("certain " + ROLES[role]) + "".join("%15.2f" % w for w in worth[role])
    yield "# %-28s" % "" + "".join("%15s" % r for r in ROLES)
    for k, step in enumerate(STEPS):
        for r, role in enumerate(ROLES):
            yield "%-30s" % (step + " " + role) + "".join("%15.2f" % w for w in model.moves[k, r])
    for name, row in zip(model.names, model.weights):
        yield "%-30s" % name + "".join("%15.2f" % w for w in row)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--count", type=int, default=60, help="how many books to set")
    arguments.add_argument("--from", dest="first", type=int, default=2000, help="the number of the first")
    arguments.add_argument("--dev", help="a folder of other books with gold.json")
    arguments.add_argument("--real", help="a folder of real documents with truth.json")
    arguments.add_argument("--folds", type=int, default=7, help="into how many parts the other books are left out")
    arguments.add_argument("--write", help="the table to write; without it nothing is fitted to all books")
    arguments.add_argument("--keep", help="a file for what was seen, to be used again if it is there")
    chosen = arguments.parse_args()
    if chosen.keep and os.path.exists(chosen.keep):
        with open(chosen.keep, "rb") as file:
            corpus = pickle.load(file)
    else:
        with tempfile.TemporaryDirectory() as folder:
            corpus = list(books(chosen, folder))
        if chosen.keep:
            with open(chosen.keep, "wb") as file:
                pickle.dump(corpus, file)
    corpus = [b for b in corpus if len(b.true)]
    groups = sorted({b.group for b in corpus if not b.ours}) or sorted({b.group for b in corpus})
    ours = [b for b in corpus if b.ours]
    begun = Model(names_of(ours)).fit(ours)  # knows none of the books that are judged
    left_out = []
    for fold in range(chosen.folds):
        without = set(groups[fold::chosen.folds])
        kept = [b for b in corpus if b.group not in without]
        model = Model(names_of(kept)).begun_as(begun).fit(kept)
        left_out += [(b, model) for b in corpus if b.group in without]
        print("fold %d: without %s" % (fold, ", ".join(sorted(without))), flush=True)
    said = Said(left_out)
    found = list(judge(said))
    print(*found, sep="\n", flush=True)
    if chosen.write:
        model = Model(names_of(corpus)).begun_as(begun).fit(corpus)
        lines = sum(int((b.true >= 0).sum()) for b in corpus)
        head = ["What witnesses say of the role of a line, and what steps from line to line are usual. Fitted by tests/bench/fit.py",
                "on %s: %d texts of %d documents, %d lines, %d of them of our own texts. On documents left out:"
                % (datetime.date.today().isoformat(), len(corpus), len({b.group for b in corpus}), lines, sum(int((b.true >= 0).sum()) for b in corpus if b.ours)), ""]
        with open(chosen.write, "w", encoding="utf-8") as file:
            file.write("\n".join(line.rstrip() for line in table(model, worth_of(said.made, said.facts, said.right), head + found + [""])) + "\n")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
