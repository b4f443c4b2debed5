"""Django Channels as its documentation has it: a consumer in a group, the Redis channel layer, served by Daphne."""
import asyncio
import os
import time
from urllib.parse import parse_qs

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="benchmark",
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            # Twenty times the default: a message that finds its channel full is dropped, and the round rejected.
            "CONFIG": {"hosts": [("127.0.0.1", int(os.environ["REDIS_PORT"]))], "capacity": 2000},
        }
    },
)
django.setup()

from channels.generic.http import AsyncHttpConsumer  # noqa: E402
from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.layers import get_channel_layer  # noqa: E402
from channels.routing import ProtocolTypeRouter  # noqa: E402


runs = 0


async def broadcast(count, rate, size):
    """Sends numbered messages to the group, by the clock, until they are sent or a later call takes its place."""
    global runs
    runs = mine = runs + 1
    layer = get_channel_layer()
    began = time.monotonic()
    for number in range(1, count + 1):
        await asyncio.sleep(max(began + (number - 1) / rate - time.monotonic(), 0))
        if mine != runs:
            return
        text = f"@T{time.monotonic_ns():019d}#{number:08d}".ljust(size, "x")
        await layer.group_send("room", {"type": "frame", "text": text})


class Listener(AsyncWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add("room", self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.group_discard("room", self.channel_name)

    async def frame(self, event):
        await self.send(text_data=event["text"])


class Control(AsyncHttpConsumer):
    async def handle(self, body):
        query = parse_qs(self.scope["query_string"].decode())
        asyncio.ensure_future(broadcast(int(query["count"][0]), float(query["rate"][0]), int(query["size"][0])))
        await self.send_response(200, b"{}")


application = ProtocolTypeRouter({"websocket": Listener.as_asgi(), "http": Control.as_asgi()})
