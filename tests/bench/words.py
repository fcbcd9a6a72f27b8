"""A vocabulary as uneven as that of speech: common English words, then invented ones."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

COMMON = (
    "the and to of I a that it in you was is we for they so have but on what with be this not "
    "do are like at my people know as if just or there when from because all would had then "
    "think one can your out about very really more time go get how them she me who some her "
    "were been their well our up will which he here him no also other see now has could than an "
    "work by said good by thing say patient things care back did lot want need over day help "
    "make mean always home team going first something way nurse doctor year first where come "
    "only into two still yes family take quite little own talk same after though maybe week "
    "every never most before call down many being through feel might much should together "
    "different too give against practice long between each even last better those often while "
    "new any around came really another problem money hospital health social worker meeting "
    "visit phone question why whole part three look made such again off old life support person "
    "told happen left system course couple right enough sometimes next keep might difficult "
    "away possible both until during ask early once under important example community without "
    "know understand change few everything point daughter son house mother service plan group "
    "start best great end use four somebody everybody nobody sort kind bit okay actually "
    "probably perhaps certainly "
)
ACCENTED = "café naïve Zoë Müller façade señora"
ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl pr qu r s sc sh sl st t th tr v w y z"
NUCLEI = "a e i o u ai ea ee ou"
#: most syllables end with their vowel
CODAS = ("", "", "", "n", "r", "l", "s", "t", "m", "nd", "rk", "st")  # codespell:ignore nd
SIZE = 8_000


def vocabulary(rng: random.Random) -> list[str]:
    """Return 8,000 different words, the commonest first."""
    accented, onsets, nuclei = ACCENTED.split(), ONSETS.split(), NUCLEI.split()
    common = list(dict.fromkeys(COMMON.split()))
    words = dict.fromkeys(common)
    while len(words) < SIZE - len(accented):
        syllables = rng.choices((1, 2, 3), (2, 6, 3))[0]
        word = "".join(
            rng.choice(onsets) + rng.choice(nuclei) + rng.choice(CODAS) for _ in range(syllables)
        )
        words[word] = None
    # the commoner a word, the shorter it is
    invented = sorted(list(words)[len(common) :], key=lambda w: len(w) + rng.random() * 3)
    found = [*common, *invented]
    for word in accented:
        found.insert(rng.randrange(500, len(found)), word)
    return found


def cumulative_weights() -> list[float]:
    """Return what `random.choices` takes: a word's share falls with its rank."""
    return list(itertools.accumulate(1 / (rank + 2.7) for rank in range(SIZE)))
