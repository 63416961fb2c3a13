"""The REST interface: how the bot responds to interactions."""

from aiohttp import web

from tests.wire.payloads import EPHEMERAL, LOADING, Payload, make_message
from tests.wire.requests import Answer, ApiError, Request
from tests.wire.rest import Rest
from tests.wire.world import Callback, Interaction

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL = 4, 5, 6, 7, 9  # kinds of first response


class Responses(Rest):
    """Interactions are answered here."""

    def _add_routes(self, app: web.Application) -> None:
        super()._add_routes(app)
        webhook = "/webhooks/{application_id}/{token}"
        routes = {
            ("POST", "/interactions/{interaction_id}/{token}/callback"): self._respond_first,
            ("POST", webhook): self._follow_up,
            ("GET", webhook + "/messages/{message_id}"): self._get_response,
            ("PATCH", webhook + "/messages/{message_id}"): self._edit_response,
            ("DELETE", webhook + "/messages/{message_id}"): self._delete_response,
        }
        self._route(app, routes)

    async def _respond_first(self, request: Request, interaction_id: str, token: str) -> Answer:
        interaction = self.interactions.get(token)
        if interaction is None or interaction.id != interaction_id or interaction.is_late:
            raise ApiError(404, 10062, "Unknown interaction")
        if interaction.callback is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        body, kind = request.body, request.body["type"]
        data: Payload = body.get("data") or {}
        if kind in (MESSAGE, UPDATE):
            self._check(data, request.files, is_edit=kind == UPDATE)
        interaction.callback = Callback(body, request.files, request.at - interaction.sent_at)
        interaction.is_shown = kind in (MESSAGE, UPDATE)
        if kind in (MESSAGE, DEFERRED):
            await self._show(interaction, data, is_loading=kind == DEFERRED)
        elif kind in (DEFERRED_UPDATE, UPDATE):
            interaction.original_id = str(interaction.payload["message"]["id"])
            if kind == UPDATE:
                await self._edit(interaction.channel, interaction.original_id, data, request.files)
        elif kind == MODAL:
            self.modals[data["custom_id"]] = data
        interaction.changed.notify()
        if request.query.get("with_response", "false").lower() not in ("1", "true"):
            return None
        return _callback_response(interaction, kind)

    async def _show(self, interaction: Interaction, data: Payload, *, is_loading: bool) -> None:
        """Make the original response, which a deferral leaves to be filled."""
        flags = (data.get("flags") or 0) | (LOADING if is_loading else 0)
        message = make_message(interaction.channel, self.bot, {**data, "flags": flags}, **self._origin(interaction))
        interaction.original_id = message["id"]
        await self._post(interaction.channel, message)

    def _origin(self, interaction: Interaction) -> Payload:
        return {
            "application_id": self.application_id,
            "webhook_id": self.application_id,
            "type": 20 if interaction.payload["type"] == 2 else 0,
            "interaction_metadata": {
                "id": interaction.id,
                "type": interaction.payload["type"],
                "user": interaction.user.payload,
                "authorizing_integration_owners": interaction.payload["authorizing_integration_owners"],
                **({"interacted_message_id": message["id"]} if (message := interaction.payload.get("message")) else {}),
            },
        }

    async def _follow_up(self, request: Request, application_id: str, token: str) -> Answer:
        interaction = self._acknowledged(application_id, token)
        self._check(request.body, request.files)
        original = interaction.original
        if original is not None and original["flags"] & LOADING:
            # The first follow-up of a deferral becomes the original response.
            message = await self._edit(interaction.channel, original["id"], request.body, request.files)
            interaction.is_shown = True
        else:
            message = make_message(interaction.channel, self.bot, request.body, **self._origin(interaction))
            interaction.followup_ids.append(message["id"])
            await self._post(interaction.channel, message)
        interaction.changed.notify()
        return message

    async def _get_response(self, _request: Request, application_id: str, token: str, message_id: str) -> Answer:
        interaction = self._acknowledged(application_id, token)
        return self._message(interaction.channel, self._response_id(interaction, message_id))

    async def _edit_response(self, request: Request, application_id: str, token: str, message_id: str) -> Answer:
        interaction = self._acknowledged(application_id, token)
        message_id = self._response_id(interaction, message_id)
        message = await self._edit(interaction.channel, message_id, request.body, request.files)
        interaction.is_shown |= message_id == interaction.original_id
        interaction.changed.notify()
        return message

    async def _delete_response(self, _request: Request, application_id: str, token: str, message_id: str) -> Answer:
        interaction = self._acknowledged(application_id, token)
        await self._delete(interaction.channel, self._response_id(interaction, message_id))
        interaction.changed.notify()

    def _acknowledged(self, application_id: str, token: str) -> Interaction:
        interaction = self.interactions.get(token)
        if interaction is None or interaction.callback is None or application_id != self.application_id:
            raise ApiError(404, 10015, "Unknown Webhook")
        return interaction

    def _response_id(self, interaction: Interaction, message_id: str) -> str:
        if message_id == "@original":
            return interaction.original_id or ""
        self._must_be(message_id in (interaction.original_id, *interaction.followup_ids), 404, 10008, "Unknown Message")
        return message_id


def _callback_response(interaction: Interaction, kind: int) -> Payload:
    made: Payload = {"id": interaction.id, "type": interaction.payload["type"], "channel_id": interaction.channel.id}
    if interaction.channel.guild is not None:
        made["guild_id"] = interaction.channel.guild.id
    message = interaction.original
    if message is None:
        return {"interaction": made}
    made["response_message_id"] = message["id"]
    made["response_message_loading"] = bool(message["flags"] & LOADING)
    made["response_message_ephemeral"] = bool(message["flags"] & EPHEMERAL)
    return {
        "interaction": made,
        **({"resource": {"type": kind, "message": message}} if kind in (MESSAGE, UPDATE) else {}),
    }
