"""The channel layer alone, without any WebSocket: layer.py PEOPLE COUNT RATE prints how many deliveries it made, and its processor seconds for them."""
import asyncio
import sys
import time

import application


async def main(people, count, rate):
    layer = application.get_channel_layer()
    received = 0

    async def listen(channel):
        nonlocal received
        while True:
            await layer.receive(channel)
            received += 1

    channels = [await layer.new_channel() for _ in range(people)]
    for channel in channels:
        await layer.group_add("room", channel)
    listeners = [asyncio.ensure_future(listen(channel)) for channel in channels]
    await asyncio.sleep(0.5)
    cpu = time.process_time()
    await application.broadcast(count, rate, 200)
    deadline = time.monotonic() + 10
    while received < people * count and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    print(received, time.process_time() - cpu)
    for listener in listeners:
        listener.cancel()


asyncio.new_event_loop().run_until_complete(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
