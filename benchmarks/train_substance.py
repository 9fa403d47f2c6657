"""Train the model of substance: `python -m benchmarks.train_substance DATA`.

Writes `src/tribune/engine/uptake/substance.json`: 530 weights of a logistic function (with middle and spread of each
number), learned from all labelled pairs of the development half of ArgKP. No text is kept. ArgKP is published under
CDLA-Sharing 1.0, which leaves results of computing free. `benchmarks.substance` measures the same recipe on topics
that it did not see.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from benchmarks.argkp import load
from benchmarks.substance import groups_of, learn

PLACE = Path(__file__).resolve().parents[1] / "src" / "tribune" / "engine" / "uptake" / "substance.json"


def main(data: Path) -> None:
    """Learn from all topics and write the file."""
    model = learn([group for topic in load(data) for group in groups_of(topic)])
    kept: dict[str, object] = {name: [float(f"{x:.4g}") for x in np.atleast_1d(model[name])]
                               for name in ("middle", "spread", "weights")}
    kept |= {"offset": float(f"{float(model['offset']):.4g}"), "made_by": "python -m benchmarks.train_substance DATA",
             "learned_from": "ArgKP (KPA 2021), development half"}
    PLACE.write_text(json.dumps(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
