using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plenary.Tests.Support;

/// <summary>
/// Database commands of one request, for N+1 facts. The request carries a trace id of its own, and whatever runs on its behalf carries it on:
/// other tests may use the same application meanwhile.
/// </summary>
public sealed class CommandCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<string>> Watched = new();
    private static readonly IDisposable Subscription = DiagnosticListener.AllListeners.Subscribe(new CommandCounter());

    /// <summary>Begins to listen.</summary>
    public static void Begin() => GC.KeepAlive(Subscription);

    /// <summary>Begins to collect the commands of this trace.</summary>
    public static IReadOnlyCollection<string> Watch(ActivityTraceId trace)
    {
        Begin();
        return Watched.GetOrAdd(trace, _ => new());
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) value.Subscribe(this);
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData command
            && Activity.Current is { } activity && Watched.TryGetValue(activity.TraceId, out var commands))
            commands.Enqueue(command.Command.CommandText);
    }

    void IObserver<DiagnosticListener>.OnCompleted() { }

    void IObserver<DiagnosticListener>.OnError(Exception error) { }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted() { }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error) { }
}
