"""Makes the table `produtos` where it is missing and fills it with products that wait for a category.

Without `--novos` an empty table gets the whole sample and any other is left alone; with it, N products of the
sample are added as newly registered ones.
"""

import argparse
import csv
import os
import random
import sys
from pathlib import Path

from banco import DatabaseError, opened

SAMPLE = Path(__file__).resolve().parent / "amostra.csv"


def sample() -> list[str]:
    """The descriptions of the sample; none of them is in the training data."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return [row["descricao"] for row in csv.DictReader(file)]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="amostra.py", description="Prepara a tabela produtos com uma amostra."
    )
    parser.add_argument(
        "--banco", default=os.environ.get("BANCO"), metavar="URL", help="como em classificador.py"
    )
    parser.add_argument("--novos", type=int, default=0, metavar="N", help="acrescenta N produtos da amostra")
    arguments = parser.parse_args()
    if not arguments.banco:
        parser.error("falta o banco: --banco URL, ou a variável BANCO")
    try:
        with opened(arguments.banco, create=True) as database:
            database.create()
            if arguments.novos:
                database.add(random.choices(sample(), k=arguments.novos))
            elif not database.any():
                database.add(sample())
            print(f"{database.waiting()} produtos sem categoria")
    except DatabaseError as problem:
        print(f"amostra.py: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
