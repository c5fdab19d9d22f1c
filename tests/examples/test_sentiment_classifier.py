"""The messages that the sentiment classifier learns from, and what it has learnt."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from support.production import FIRST_TIME, PRODUCTION, run_production

pytestmark = [pytest.mark.slow, pytest.mark.timeout(FIRST_TIME)]

DATA = PRODUCTION / "dados" / "mensagens.csv"
TRAIN = PRODUCTION / "model" / "train_sentiment.py"
SENTIMENTS = {"positivo", "negativo", "neutro"}
# Written after the training data and never used to change the recipe.
FRESH = {
    "positivo": [
        "Recebi hoje e estou encantado, que trabalho bem feito",
        "Não imaginava que o atendimento fosse tão bom",
        "Minha mãe adorou as maquiagens que comprei aí",
        "obrigada pelo carinho de sempre",
        "Nunca tive nenhum problema com vocês",
        "Que rapidez, mal pedi e já estava na minha porta",
        "brinquedos otimos, meninos felizes",
        "Vocês salvaram o natal das crianças",
        "O suporte é nota dez, resolveu na hora",
        "nao tenho nada de ruim pra falar",
        "Ficou perfeito, amei o acabamento",
        "Jogão! Valeu o preço",
        "A leitura é gostosa e prende do começo ao fim",
        "parabens a todos da equipe, muito competentes",
        "Fui surpreendido, chegou antes e ainda veio um mimo",
    ],
    "negativo": [
        "Eu não estou feliz",
        "O controle parou de funcionar depois de dois dias",
        "Ninguém atende o telefone nessa empresa",
        "Não gostei do tecido e a costura já abriu",
        "que atendimento mais demorado e mal educado",
        "Cobraram o frete duas vezes e sumiram",
        "pessima experiencia, nunca mais",
        "A base oxidou e me deixou laranja, odiei",
        "Estou há dias tentando falar com alguém e nada",
        "O livro veio com a lombada descolada",
        "Mandaram o jogo errado pela segunda vez",
        "não deu certo a troca e perdi meu dinheiro",
        "As bonecas chegaram sujas e amassadas",
        "vou reclamar no procon, cansei",
        "Esse aplicativo é horrivel, fecha sozinho",
    ],
    "neutro": [
        "Que horas a loja fecha hoje?",
        "Vocês entregam em Porto Velho?",
        "Preciso do boleto atualizado",
        "qual o tamanho da caixa",
        "Meu número de pedido é 90312",
        "Tem esse jogo para Xbox?",
        "como faço pra acompanhar a minha encomenda",
        "Gostaria de saber se aceitam cartão de crédito",
        "O pacote foi entregue na portaria",
        "Não é para presente",
        "De quantas folhas é o caderno?",
        "boa noite, queria tirar uma dúvida",
        "Vou retirar na quarta-feira",
        "Esse batom existe em outras cores?",
        "Onde fica a loja de vocês em Salvador?",
    ],
}


def messages() -> list[tuple[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return [(row["mensagem"], row["sentimento"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sentiment-model")
    done = run_production([str(TRAIN), "--data", str(DATA), "--out", str(folder)])
    assert done.returncode == 0, done.stderr
    return folder


def judged(folder: Path, texts: list[str]) -> list[str]:
    program = (
        "import json, sys, pathlib\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from analisador import Analyser\n"
        "analyser = Analyser.load(pathlib.Path(sys.argv[2]))\n"
        "print(json.dumps([analyser.judge(text).sentiment for text in json.loads(sys.argv[3])]))\n"
    )
    consumer = PRODUCTION / "analise-sentimentos"
    done = run_production(["-c", program, str(consumer), str(folder), json.dumps(texts)])
    assert done.returncode == 0, done.stderr
    answers: list[str] = json.loads(done.stdout)
    return answers


def test_there_are_at_least_400_messages_and_200_of_each_sentiment() -> None:
    counts = Counter(sentiment for _, sentiment in messages())

    assert set(counts) == SENTIMENTS
    assert min(counts.values()) >= 200
    assert counts.total() >= 400


def test_no_message_stands_there_twice() -> None:
    counts = Counter("".join(filter(str.isalnum, text.casefold())) for text, _ in messages())

    assert [text for text, count in counts.items() if count > 1] == []


def test_negation_stands_on_all_sides() -> None:
    """So that "não" alone decides nothing."""
    counts = Counter(
        sentiment for text, sentiment in messages() if {"não", "nao"} & set(text.casefold().split())
    )

    assert min(counts[sentiment] for sentiment in SENTIMENTS) >= 10, counts


def test_its_macro_f1_is_at_least_eight_tenths_on_what_it_has_not_seen(trained: Path) -> None:
    card = json.loads((trained / "card.json").read_text())

    assert card["macro_f1"] >= 0.8
    assert card["held_out"] == pytest.approx(card["messages"] / 3, abs=1)
    assert {name: figures["f1"] >= 0.75 for name, figures in card["per_category"].items()} == dict.fromkeys(
        sorted(SENTIMENTS), True
    )


def test_it_is_right_on_most_messages_that_nobody_trained_or_tuned_with(trained: Path) -> None:
    learnt = {text.casefold() for text, _ in messages()}
    asked = [(text, sentiment) for sentiment, texts in FRESH.items() for text in texts]
    answers = judged(trained, [text for text, _ in asked])
    wrong = [
        f"{text!r} is {sentiment}, not {answer}"
        for (text, sentiment), answer in zip(asked, answers, strict=True)
        if answer != sentiment
    ]

    assert not [text for text, _ in asked if text.casefold() in learnt]
    assert len(wrong) <= len(asked) / 5, wrong


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("Gostei", "positivo"),
        ("Não gostei", "negativo"),
        ("Não gostei, péssimo atendimento", "negativo"),
        ("não tenho do que reclamar", "positivo"),
        ("nenhum defeito", "positivo"),
        ("Qual o horário de funcionamento?", "neutro"),
        ("Odiei", "negativo"),
        ("adoreiiii", "positivo"),
        ("produtos incriveis", "positivo"),
    ],
)
def test_it_reads_negation_plurals_and_careless_spelling(trained: Path, text: str, sentiment: str) -> None:
    assert judged(trained, [text]) == [sentiment]


def test_training_again_gives_the_same_card(trained: Path, tmp_path: Path) -> None:
    again = run_production([str(TRAIN), "--data", str(DATA), "--out", str(tmp_path)])

    assert again.returncode == 0, again.stderr
    assert (tmp_path / "card.json").read_text() == (trained / "card.json").read_text()


def test_a_model_that_is_up_to_date_is_left_alone(trained: Path) -> None:
    before = (trained / "classifier.joblib").stat().st_mtime_ns
    done = run_production([str(TRAIN), "--if-needed", "--data", str(DATA), "--out", str(trained)])

    assert (done.returncode, done.stdout) == (0, "")
    assert (trained / "classifier.joblib").stat().st_mtime_ns == before
