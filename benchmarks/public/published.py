"""Figures that others published."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """In percent: questions given their label, and out-of-scope ones told as such."""

    set_key: str
    method: str
    accuracy: float
    recall: float | None
    source: str


_LARSON = "Larson et al. 2019, table 2, oos-train"
_FEW_SHOT = "jianguoz/Few-Shot-Intent-Detection"

PUBLISHED = (
    *(
        Published("clinc-full", method, accuracy, recall, _LARSON)
        for method, accuracy, recall in (
            ("SVM", 91.0, 14.5),
            ("DialogFlow", 91.7, 14.0),
            ("Rasa", 91.5, 45.3),
            ("MLP on USE", 93.5, 47.4),
            ("BERT", 96.9, 40.3),
        )
    ),
    *(
        Published(set_key, method, accuracy, None, _FEW_SHOT)
        for method, banking, clinc in (
            ("USE", 84.2, 90.9),
            ("USE + ConveRT", 85.2, 93.3),
            ("DNNC", 86.7, 93.8),
            ("ICDA", 89.8, 94.8),
        )
        for set_key, accuracy in (("banking-10", banking), ("clinc-10", clinc))
    ),
)
