"""Learns `scoring/models/vectors.npz` from what a slow encoder says of words and of texts.

Inputs are files (`train_vectors_teacher` makes them): `--words` (ndjson: word, text, frequency)
with `--word-encodings`, `--texts` (ndjson: text, source) with `--text-encodings` (npy). Steps:

1. V0 = the teacher's encoding of each word alone, minus the mean, times g = a / (a + frequency).
2. Words of one band of frequency (emoji are a band) share a linear map, V = V0 A(band): ridge
   regression of the texts' encodings (minus their mean, length one) on the sums of their words.
3. Each word seen in a text moves by what is left: ridge regression towards step 2, solved by
   conjugate gradients (ridge `PULL`).
4. Seven levels a number, a scale a word.

`--check` keeps every tenth text aside and prints `fidelity`: its mean cosine with the teacher.
"""

from __future__ import annotations

__all__ = ["Floats", "fit", "main"]

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from scoring.post_text import PostText
from scoring.texts.reading import Lexicon, zipf_of
from scoring.texts.vectors import MODEL

Floats = NDArray[np.float32]
COMMON = 3e-4
BAND_EDGES = (1e-3, 1e-4, 1e-5, 2e-6)
MAP_RIDGE = 3.0
PULL = 20.0
STEPS = 10
LEVELS = 3
WIDTH = 2.0
CENTRED_ON = 60_000


def unit(rows: Floats) -> Floats:
    """Rows of length one."""
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    divided: Floats = (rows / lengths).astype(np.float32)
    return divided


def fit(counts: csr_matrix, words: Floats, bands: NDArray[np.int_], target: Floats) -> Floats:
    """The vectors of words: `words` are their first vectors, `counts` the words of each text."""
    first = unit(counts @ words)
    shared = _ridge(first, target, MAP_RIDGE)
    lengths = np.maximum(np.linalg.norm(counts @ (words @ shared), axis=1, keepdims=True), 1e-6)
    chosen = [np.flatnonzero(bands == band) for band in np.unique(bands)]
    sums: Floats = np.hstack([counts[:, rows] @ words[rows] / lengths for rows in chosen])
    prior = np.vstack([shared] * len(chosen))
    maps: Floats = prior + _ridge(sums, np.subtract(target, sums @ prior), MAP_RIDGE)
    vectors = np.zeros_like(words)
    for rows, band_map in zip(chosen, np.split(maps, len(chosen)), strict=True):
        vectors[rows] = words[rows] @ band_map
    return _moved(counts, vectors, target)


def _ridge(inputs: Floats, target: Floats, ridge: float) -> Floats:
    square = inputs.T @ inputs + ridge * np.eye(inputs.shape[1], dtype=np.float32)
    solved: Floats = np.linalg.solve(square, inputs.T @ target).astype(np.float32)
    return solved


def _moved(counts: csr_matrix, vectors: Floats, target: Floats) -> Floats:
    """Vectors moved by what the maps leave, each pulled back to where it was."""
    seen = np.unique(counts.indices)
    sums = counts @ vectors
    lengths = np.maximum(np.linalg.norm(sums, axis=1), 1e-6)
    fitting = np.clip((sums * target).sum(axis=1) / lengths**2, 0.3 / lengths, 1.5 / lengths)
    scaled = diags(fitting.astype(np.float32))
    inputs = (scaled @ counts[:, seen]).tocsr().astype(np.float32)
    back = inputs.T.tocsr()
    left = back @ (target - scaled @ sums)
    diagonal = np.asarray(inputs.multiply(inputs).sum(axis=0)).ravel() + PULL
    move = _conjugate_gradients(
        lambda rows: back @ (inputs @ rows) + np.float32(PULL) * rows,
        left.astype(np.float32),
        (1 / diagonal)[:, None].astype(np.float32),
    )
    moved = vectors.copy()
    moved[seen] += move
    return moved


def _conjugate_gradients(apply: Callable[[Floats], Floats], right: Floats, scale: Floats) -> Floats:
    found = np.zeros_like(right)
    left = right.copy()
    towards = left * scale
    size = (left * towards).sum(axis=0)
    for _ in range(STEPS):
        image = apply(towards)
        step = size / np.maximum((towards * image).sum(axis=0), 1e-20)
        found += towards * step
        left -= image * step
        scaled = left * scale
        next_size = (left * scaled).sum(axis=0)
        towards = scaled + towards * (next_size / np.maximum(size, 1e-20))
        size = next_size
    return found


def write(path: Path, words: Sequence[str], frequencies: Floats, vectors: Floats) -> None:
    """Write the model file: seven levels a number, a scale a word."""
    spread = np.maximum(WIDTH * vectors.std(axis=1, keepdims=True), 1e-9)
    levels = np.clip(np.round(vectors / spread * LEVELS), -LEVELS, LEVELS).astype(np.int8)
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        vectors=levels,
        scales=(spread[:, 0] / LEVELS).astype(np.float32),
        zipf=zipf_of(frequencies),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit the vectors and write them, or check the fit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name in ("words", "word-encodings", "texts", "text-encodings"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=MODEL)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    listed = [json.loads(line) for line in options.words.read_text("utf-8").splitlines()]
    words = [row["word"] for row in listed]
    frequencies = np.array([row["frequency"] for row in listed], dtype=np.float32)
    alone = np.load(options.word_encodings)
    first = (alone - alone[:CENTRED_ON].mean(axis=0)) * (COMMON / (COMMON + frequencies))[:, None]
    bands = np.sum(frequencies[:, None] < np.array(BAND_EDGES), axis=1)
    bands[[not word.isascii() for word in words]] = len(BAND_EDGES) + 1
    texts = [json.loads(line)["text"] for line in options.texts.read_text("utf-8").splitlines()]
    said = np.load(options.text_encodings)
    target = unit(said - said.mean(axis=0))
    counts = Lexicon(words, zipf_of(frequencies)).counts([PostText(text) for text in texts])
    aside = (np.arange(len(texts)) % 10 == 0) & options.check
    vectors = fit(counts[~aside], first.astype(np.float32), bands, target[~aside])
    if options.check:
        fidelity = (unit(counts[aside] @ vectors) * target[aside]).sum(axis=1).mean()
        print(f"fidelity {fidelity:.3f}")
    else:
        write(options.output, words, frequencies, vectors)


if __name__ == "__main__":
    main()
