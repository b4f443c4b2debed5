using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace Plenary.Platform.Live;

/// <summary>Translates refusals to hub errors: the message is <c>{"code":…,"message":…,"field"?:…}</c>. Anything unforeseen is logged here; the client learns only that it failed.</summary>
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

    private static HubException Error(Refusal refusal) =>
        new(JsonSerializer.Serialize(refusal.Field is { } field
            ? new { code = refusal.Code, message = refusal.Message, field }
            : (object)new { code = refusal.Code, message = refusal.Message }));
}
