using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.SignalR;

// A hub as the framework's documentation has it: MessagePack, one group, no accounts, nothing kept. Only what a benchmark must is set: nobody is cut
// off for silence while a round is set up, and connections that come at once are accepted.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseSockets(sockets => sockets.Backlog = 4096);
builder.Services.AddSignalR().AddMessagePackProtocol();
var app = builder.Build();
var runs = 0;
app.MapHub<PeerHub>("/hub");
app.MapGet("/broadcast", (int count, double rate, int size, IHubContext<PeerHub> hub) =>
{
    _ = Task.Run(async () =>
    {
        var mine = Interlocked.Increment(ref runs); // a later one takes its place
        var began = Stopwatch.GetTimestamp();
        for (var number = 1; number <= count && mine == runs; number++)
        {
            var rest = TimeSpan.FromSeconds((number - 1) / rate) - Stopwatch.GetElapsedTime(began);
            if (rest > TimeSpan.Zero) await Task.Delay(rest);
            var text = string.Create(CultureInfo.InvariantCulture, $"@T{Stopwatch.GetTimestamp():D19}#{number:D8}").PadRight(size, 'x');
            await hub.Clients.Group("room").SendAsync("Frame", text);
        }
    });
    return "{}";
});
app.Run();

internal sealed class PeerHub : Hub
{
    public Task Join() => Groups.AddToGroupAsync(Context.ConnectionId, "room");
}
