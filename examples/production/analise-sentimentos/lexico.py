"""What the sentiment classifier reads out of a Portuguese message: marked words, and how friendly they are.

Here: cutting a message into words, negation ("não gostei", "sem defeito"), a small list of friendly and
unfriendly word beginnings, and both as features for scikit-learn. Not here: training, Kafka.

The trained model refers to this module by its name, so that whoever loads the model needs it on the path.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

WORD = re.compile(r"[a-z]+|[0-9]+|[?!]|[.,;:]")
REPEATED = re.compile(r"([a-z])\1{2,}")
STOPS = frozenset(".,;:?!")


def words_of(listed: str) -> list[str]:
    """A list written with spaces between."""
    return listed.split()


NEGATIONS = frozenset(words_of("nao n nunca nem nenhum nenhuma nada ninguem jamais sem falta faltou zero"))
TURNS = frozenset(words_of("mas porem contudo entretanto todavia"))
SHORT_WORDS = {"vcs": "voces", "vc": "voce", "obg": "obrigado", "pq": "porque", "tb": "tambem", "ta": "esta"}
REACH = 4  # words after a negation that it turns round

FRIENDLY = words_of("""
    abencoe acolhid admir ador agil agradavel agradec ajudou alegr ama amamos amav amei amo amor amou
    anjo aprov arras atencios bacana barat beleza belissim bem boa boas bom bons bonit brilhant campe
    capric carinh cheiros claro confi confort content cortes cuidad cumpr delicad delici demais divers
    divert doce durave eficien efici eleg elogi encant entendeu entendi espetac esplend excelen
    excepcion exempl facil fantastic favorit feliz felic fofo fofinh fofa funcion genial gentil gost
    gostos gracinh grato grata gratid honest impec impressionad impression incriv intuitiv justo legal
    leve linda lindo lindis louv macia macio magnific maravilh maximo melhor merec nota obrigad
    organizad orgulh otim paciencia parabens perfei prat praz prestativ primor qualidade rapid recomend
    resistent resolv respeit salv satisf segur sensac simpatic sorri sorte sucesso super surpreend
    surpres top tranquil valeu vale vantag vibr viciant
""")
UNFRIENDLY = words_of("""
    abandon abus absurd aff alerg amass arranh arrepend atras bagun bloque bobag brava bug burocrac caiu
    cans caro caos chate chato chia chora chorou cobranc cobrad complica confus culpa dano decep defeit
    deixou deixaram demor desastr descas descasc descont desconf desgast desis desgost desleix desonest
    desorganiz desped despreparad desrespeit desculp devag dificul dificil difcil doi droga duro embarac
    engan enrol enrosc erro err errad esfarel espera esperar estrag estress estup extravi falh fals
    falsific feio feia fedor fraco fraca fraquinh frageis fragil fraud frustr fuja fujam furios golp
    grosseir grosser horr horroros humilh ignor impossiv incompet inacredit inadmiss incomod indevid
    indign inferior infern infeliz ingrat insatisf insuport inutil invalid irrespons irrit justica ladr
    lament lent lerd lix machuc magoa mal malfeit maltrat manch mancha mau medonh mentir merda mofo
    moros nojent nojo odei odi odia pal palhac parou perd perigo pessim pio pior piorou porcari porco
    precari prejuiz preju problem procon proces quebr queix raiva rasg reclam recus recl revolt ridicul
    riscad roub ruim ruin ruins sofr solt suj sumi sumiu superaquec susto tortur trav trist ultraj vaz
    vencid vergonh vazou xing
""")
ASKING = frozenset(
    words_of(
        "qual quais como onde quando quanto quantos quantas quanta quem que posso pode podem da tem aceita "
        "aceitam existe vende fazem voces gostaria queria preciso quero procuro"
    )
)
LONGEST_BEGINNING = 12


def plain_words(message: str) -> list[str]:
    """Words without accents and in small letters, stops among them; "adoreiii" counts as "adorei"."""
    decomposed = unicodedata.normalize("NFKD", message.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return [SHORT_WORDS.get(word, word) for word in WORD.findall(REPEATED.sub(r"\1", letters))]


def marked_words(message: str) -> list[str]:
    """The words of a message, those that a negation reaches marked with `nao_`; an analyser for TF-IDF.

    Pairs of neighbours are words as well.
    """
    marked = [f"nao_{word}" if negated else word for word, negated in _with_negation(plain_words(message))]
    return marked + [f"{first} {second}" for first, second in itertools.pairwise(marked)]


def _with_negation(words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    reach = 0
    for word in words:
        if word in STOPS or word in TURNS:
            reach = 0
        yield word, reach > 0
        reach = REACH if word in NEGATIONS else max(reach - 1, 0)


def _tones() -> dict[str, int]:
    return dict.fromkeys(UNFRIENDLY, -1) | dict.fromkeys(FRIENDLY, 1)


TONES = _tones()


def tone(word: str) -> int:
    """1 for a friendly word, -1 for an unfriendly one, 0 for any other; the longest known beginning decides."""
    for length in range(min(len(word), LONGEST_BEGINNING), 1, -1):
        known = TONES.get(word[:length])
        if known is not None and (length > 4 or len(word) - length <= 3):
            return known
    return 0


class Tone(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A message as a few numbers: friendly and unfriendly words, negation, what it ends with, whether it asks.

    A negated word counts for the other side; what follows "mas" counts twice.
    """

    def fit(self, messages: Iterable[str], sentiments: object = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Nothing to learn."""
        self.is_fitted_ = True
        return self

    def transform(self, messages: Iterable[str]) -> np.ndarray:
        """One row of numbers for each message."""
        return np.array([self._row(message) for message in messages])

    @staticmethod
    def _row(message: str) -> list[float]:
        words = plain_words(message)
        friendly = unfriendly = 0.0
        weight = 1.0
        for word, negated in _with_negation(words):
            weight = 2.0 if word in TURNS else weight
            value = -tone(word) if negated else tone(word)
            friendly += weight * (value > 0)
            unfriendly += weight * (value < 0)
        asks = "?" in words or bool(words and words[0] in ASKING)
        return [
            min(friendly, 3.0) / 3,
            min(unfriendly, 3.0) / 3,
            float(friendly > unfriendly),
            float(unfriendly > friendly),
            float(friendly == unfriendly == 0),
            float(any(word in NEGATIONS for word in words)),
            float("!" in words),
            float(asks),
            float(asks and friendly == unfriendly == 0),
        ]
