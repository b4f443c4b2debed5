using System.Collections.ObjectModel;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace Plenary.Platform.Live;

/// <summary>Translates refusals to hub errors: the message is <c>{"code":…,"message":…,"field"?:…}</c> and the refusal's details. Anything unforeseen is logged here; the client learns only that it failed.</summary>
internal sealed class HubRefusals(ILogger<HubRefusals> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (RefusalException refused)
        {
            throw Error(refused.Refusal);
        }
        catch (Exception error) when (error is not HubException)
        {
            if (!invocationContext.Context.ConnectionAborted.IsCancellationRequested)
                logger.LogError(error, "Hub method {Method} failed", invocationContext.HubMethodName);
            throw; // SignalR tells the client nothing but that it failed: worth trying again
        }
    }

    private static HubException Error(Refusal refusal)
    {
        var told = new Dictionary<string, object> { ["code"] = refusal.Code, ["message"] = refusal.Message };
        if (refusal.Field is { } field) told["field"] = field;
        foreach (var (name, value) in refusal.Details ?? ReadOnlyDictionary<string, object>.Empty) told[name] = value;
        return new(JsonSerializer.Serialize(told));
    }
}
