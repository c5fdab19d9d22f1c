"""Gives every product that has no category the one that the trained model finds most probable, and ends.

Here: one run, from its options to its exit code. Not here: the database (`banco`), the model (`classifier`) and
what is told afterwards (`relato`).
"""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from banco import Database, DatabaseError, Product, Verdict, opened
from classifier import Classifier, ModelUnusableError
from relato import ReportError, Run, report
from tqdm import tqdm

DONE, FAILED = 0, 1
INTERRUPTED = 128  # and the signal's number, as a shell says it
EPILOG = "Código de saída: 0 terminou; 1 falhou; 2 opção errada; 130 ou 143 interrompido."


class Interruption:
    """SIGINT or SIGTERM: the first one lets the batch in hand be finished, the second one ends at once."""

    def __init__(self) -> None:
        self.number = 0
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._came)

    def _came(self, number: int, _frame: FrameType | None) -> None:
        # Only noted: an exception in the middle of a statement would leave the driver in an unknown state.
        self.number = number
        self.take_no_more()

    def take_no_more(self) -> None:
        """From now on a signal ends the program, as it does by default."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)


def usable(product: Product) -> bool:
    """Whether a description says anything; the API refuses the others too."""
    return any(character.isalnum() for character in product.description)


def classify(
    database: Database, classifier: Classifier, run: Run, stop: Interruption, *, size: int, limit: float
) -> None:
    """Classifies all that wait, batch by batch, or until a signal; `run` counts what is written, when it is."""
    # `disable=None`: a bar on a terminal only.
    with tqdm(total=database.waiting(), unit=" produtos", disable=None, leave=False) as bar:
        last = 0
        while not stop.number and (products := database.batch(last, size)):
            known = [product for product in products if usable(product)]
            predictions = classifier.predict_all([product.description for product in known])
            database.write(
                [
                    Verdict(product.number, prediction.category, prediction.probability)
                    for product, prediction in zip(known, predictions, strict=True)
                ]
            )
            run.categories.update(prediction.category for prediction in predictions)
            run.unsure += sum(prediction.probability < limit for prediction in predictions)
            run.skipped += len(products) - len(known)
            last = products[-1].number
            bar.update(len(products))


def carry_out(arguments: argparse.Namespace) -> tuple[Run, int]:
    """One whole run: what it did, and the exit code."""
    run, code, start, stop = Run(), DONE, time.monotonic(), Interruption()
    try:
        classifier = Classifier.load(arguments.modelo)
        with opened(arguments.banco) as database:
            classify(database, classifier, run, stop, size=arguments.lote, limit=arguments.limiar)
    except (DatabaseError, ModelUnusableError) as problem:
        run.problem, code = str(problem), FAILED
    stop.take_no_more()
    if stop.number and not run.problem:
        run.problem = f"interrompido por {signal.Signals(stop.number).name}"
        code = INTERRUPTED + stop.number
    run.seconds = time.monotonic() - start
    return run, code


def read_arguments() -> argparse.Namespace:
    """The command line; ends the program with 2 when it is wrong."""
    parser = argparse.ArgumentParser(
        prog="classificador.py", description="Classifica os produtos sem categoria.", epilog=EPILOG
    )
    parser.add_argument(
        "--banco",
        default=os.environ.get("BANCO"),
        metavar="URL",
        help="postgresql://usuário:senha@máquina/banco ou sqlite:///arquivo.db; melhor na variável BANCO, "
        "que a lista de processos não mostra",
    )
    parser.add_argument(
        "--modelo",
        type=Path,
        default=Path(os.environ.get("MODEL_DIR", "model")),
        metavar="PASTA",
        help="pasta do modelo treinado (variável MODEL_DIR)",
    )
    parser.add_argument("--lote", type=int, default=500, metavar="N", help="produtos por transação (500)")
    parser.add_argument(
        "--limiar", type=float, default=0.5, metavar="P", help="abaixo desta probabilidade há dúvida (0.5)"
    )
    parser.add_argument("--relatar", metavar="URL", help="relata o resultado ao Atalaia neste endereço")
    parser.add_argument("--host", default="classificador-produtos", help="host do resultado no Atalaia")
    parser.add_argument("--servico", default="execucao", help="serviço do resultado no Atalaia")
    parser.add_argument(
        "--token-file", type=Path, metavar="ARQUIVO", help="arquivo com o token da API do Atalaia"
    )
    arguments = parser.parse_args()
    if not arguments.banco:
        parser.error("falta o banco: --banco URL, ou a variável BANCO")
    if arguments.lote < 1:
        parser.error("--lote deve ser um número a partir de 1")
    return arguments


def main() -> int:
    """The command line; the exit code is the job's own, also when nobody could be told of it."""
    arguments = read_arguments()
    run, code = carry_out(arguments)
    print(run.summary(), file=sys.stderr if code else sys.stdout, flush=True)
    if arguments.relatar:
        try:
            report(
                run,
                url=arguments.relatar,
                host=arguments.host,
                service=arguments.servico,
                token=arguments.token_file,
            )
        except ReportError as problem:
            print(f"O resultado não foi relatado: {problem}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
