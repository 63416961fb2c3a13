"""Invent knowledge bases of any size: what people ask about services in towns that do not exist."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from bot.knowledge.model import Language

SEED = 20100822
TOWNS = 500
"""Five times as many as 100,000 entries need: not everything is asked of every town."""

SYLLABLES = ("ar", "bel", "cor", "dun", "el", "far", "gal", "hol", "is", "ker", "lin", "mor", "nov", "or", "pel", "ros")
ENDINGS = ("da", "mont", "ria", "vik", "ton", "eda", "osa", "burg")

ASPECTS: Mapping[Language, str] = {
    "en": """opening hours|entrance fee|telephone number|address|waiting time|waiting list|manager|history|budget
        |number of employees|website|parking space|wheelchair access|cancellation rule|discount for students|age limit
        |complaints office|closing date|founding year|next inspection|lost property|delivery time|guarantee
        |insurance|exchange policy""",
    "es": """horario de apertura|precio de entrada|número de teléfono|dirección|tiempo de espera|lista de espera
        |encargado|historia|presupuesto|número de empleados|página web|estacionamiento|acceso para sillas de ruedas
        |regla de cancelación|descuento para estudiantes|límite de edad|oficina de quejas|fecha de cierre
        |año de fundación|próxima inspección|objeto perdido|plazo de entrega|garantía|seguro|política de cambios""",
    "pt": """horário de funcionamento|preço da entrada|número de telefone|endereço|tempo de espera|lista de espera
        |gerente|história|orçamento|número de funcionários|página da internet|estacionamento
        |acesso para cadeira de rodas|regra de cancelamento|desconto para estudantes|limite de idade
        |setor de reclamações|data de fechamento|ano de fundação|próxima inspeção|objeto perdido|prazo de entrega
        |garantia|seguro|política de trocas""",
}
SERVICES: Mapping[Language, str] = {
    "en": """library|swimming pool|hospital|museum|train station|post office|bakery|town hall|theatre|market|school
        |university|harbour|airport|pharmacy|cinema|police station|fire brigade|bus line|camp site|bank|court|prison
        |zoo|stadium|archive|clinic|hotel|restaurant|bicycle rental|recycling centre|water works|power plant|nursery
        |cemetery|church|youth club|language school|car park|lighthouse""",
    "es": """biblioteca|piscina|hospital|museo|estación de tren|correo|panadería|ayuntamiento|teatro|mercado|escuela
        |universidad|puerto|aeropuerto|farmacia|cine|comisaría|cuerpo de bomberos|línea de autobús|camping|banco
        |juzgado|cárcel|zoológico|estadio|archivo|clínica|hotel|restaurante|alquiler de bicicletas|centro de reciclaje
        |planta de agua|central eléctrica|guardería|cementerio|iglesia|club juvenil|escuela de idiomas|aparcamiento
        |faro""",
    "pt": """biblioteca|piscina|hospital|museu|estação de trem|correio|padaria|prefeitura|teatro|mercado|escola
        |universidade|porto|aeroporto|farmácia|cinema|delegacia|corpo de bombeiros|linha de ônibus|acampamento|banco
        |tribunal|prisão|zoológico|estádio|arquivo|clínica|hotel|restaurante|aluguel de bicicletas
        |centro de reciclagem|estação de água|usina elétrica|creche|cemitério|igreja|clube jovem|escola de idiomas
        |garagem|farol""",
}
PHRASINGS: Mapping[Language, Sequence[str]] = {
    "en": (
        "what is the {aspect} of the {service} in {town}?",
        "tell me the {aspect} for the {town} {service}",
        "{service} {town} {aspect}",
        "I am going to the {service} of {town}, do you know its {aspect}?",
        "does anybody here know the {aspect} at {town}'s {service}?",
    ),
    "es": (
        "¿cuál es el {aspect} de {service} en {town}?",
        "dime {aspect} para {service} de {town}",
        "{service} {town} {aspect}",
        "voy a {service} de {town}, ¿sabes su {aspect}?",
        "¿alguien de aquí conoce {aspect} que tiene {service} en {town}?",
    ),
    "pt": (
        "qual é o {aspect} de {service} em {town}?",
        "me diga {aspect} para {service} de {town}",
        "{service} {town} {aspect}",
        "vou a {service} de {town}, você sabe seu {aspect}?",
        "alguém daqui conhece {aspect} que tem {service} em {town}?",
    ),
}
ASKED: Mapping[Language, str] = {
    "en": "sorry, where do I find out about the {aspect} when I visit the {service} in {town}",
    "es": "perdón, dónde me entero de {aspect} si visito {service} en {town}",
    "pt": "desculpe, onde me informo sobre {aspect} se visito {service} em {town}",
}
"""How it is asked: like none of the phrasings."""

LANGUAGES: tuple[Language, ...] = tuple(PHRASINGS)


@dataclass(frozen=True, slots=True)
class Invented:
    """An entry by the words that make it."""

    aspect: int
    service: int
    town: str

    @property
    def label(self) -> str:
        """The entry's id."""
        return f"{self.town}-{self.service}-{self.aspect}"

    def phrasings(self, language: Language) -> list[str]:
        """Return how it can be asked."""
        return [self._fill(phrasing, language) for phrasing in PHRASINGS[language]]

    def question(self, language: Language) -> str:
        """Return how it is asked by somebody else."""
        return self._fill(ASKED[language], language)

    def names(self, language: Language) -> frozenset[str]:
        """Return the words without which nobody could tell which entry is meant."""
        return frozenset(self._fill("{aspect} {service} {town}", language).split())

    def _fill(self, phrasing: str, language: Language) -> str:
        return phrasing.format(
            aspect=_ASPECTS[language][self.aspect], service=_SERVICES[language][self.service], town=self.town
        )


def invent(count: int) -> list[Invented]:
    """Return so many different entries, always the same."""
    chance = random.Random(SEED)
    names = sorted(f"{a}{b}{c}".capitalize() for a, b, c in product(SYLLABLES, SYLLABLES, ENDINGS))
    towns = chance.sample(names, TOWNS)
    combinations = list(product(range(len(_ASPECTS["en"])), range(len(_SERVICES["en"])), towns))
    return [Invented(*combination) for combination in chance.sample(combinations, count)]


def _words(texts: Mapping[Language, str]) -> dict[Language, list[str]]:
    return {language: [" ".join(word.split()) for word in text.split("|")] for language, text in texts.items()}


_ASPECTS = _words(ASPECTS)
_SERVICES = _words(SERVICES)
