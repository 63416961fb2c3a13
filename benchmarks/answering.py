"""Time the answering of questions, one at a time, and the start of a process."""

import resource
import subprocess
import sys
import time

import numpy as np

from bot.answering.testigo import Testigo
from bot.terminal.questions import read_questions, shipped_questions

STARTS = 5


def time_answers(testigo: Testigo) -> None:
    """Print median and 99th percentile of a warm question's time, and this process's memory."""
    questions = [question.text for question in read_questions(shipped_questions())]
    for question in questions[:50]:
        testigo.answerer.answer(question)
    seconds: list[float] = []
    for question in questions:
        started = time.perf_counter()
        testigo.answerer.answer(question)
        seconds.append(time.perf_counter() - started)
    median, high = np.percentile(seconds, [50, 99]) * 1000
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(questions)} questions, warm: median {median:.1f} ms, 99th percentile {high:.1f} ms;"
        f" memory {memory:.0f} MB"
    )


def time_starts() -> None:
    """Print how long a process takes from its start to its first answer, with the index cached."""
    seconds: list[float] = []
    for _ in range(STARTS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bot", "ask", "how many died?"], check=True, capture_output=True)
        seconds.append(time.perf_counter() - started)
    print(f"{STARTS} starts to the first answer: median {np.median(seconds):.2f} s, longest {max(seconds):.2f} s")
