"""Answer a question that came as an interaction."""

import asyncio

from bot.chat.asking import Asking, Question
from bot.chat.replies import Audience, ReplyLayout
from bot.chat.responder import Responder

PATIENCE = 1.0
"""Seconds of waiting for the reply before it is promised; half of what is left is enough to send either."""


async def answer_interaction(
    responder: Responder, asking: Asking, layout: ReplyLayout, question: Question, *, limit: int, is_private: bool
) -> None:
    """Respond with the reply to `question`, promised first where it takes long.

    Raises:
        RefusedError: the question is not answered now.
    """
    answering = asyncio.ensure_future(asking.ask(question, limit))
    try:
        done, _ = await asyncio.wait([answering], timeout=PATIENCE)
        if not done:
            await responder.promise(is_private=is_private)
        reply = await answering
    finally:
        answering.cancel()
    view = layout.message(reply, Audience(question.place.person, is_private))
    await responder.send(view, is_private=is_private)
