using System.Collections.ObjectModel;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Plenary.Platform.Access;

/// <summary>Refusals of plain endpoints, as problem+json (RFC 9457) with the code beside the sentence.</summary>
public static class Refusals
{
    /// <summary>Answers the request with the refusal.</summary>
    public static Task Answer(HttpContext http, Refusal refusal) => AsResult(refusal).ExecuteAsync(http);

    /// <summary>The refusal as the result of an endpoint.</summary>
    public static IResult AsResult(this Refusal refusal)
    {
        var problem = new ProblemDetails { Status = refusal.Status, Detail = refusal.Message, Extensions = { ["code"] = refusal.Code } };
        if (refusal.Field is { } field) problem.Extensions["field"] = field;
        foreach (var (name, value) in refusal.Details ?? ReadOnlyDictionary<string, object>.Empty) problem.Extensions[name] = value;
        return Results.Problem(problem);
    }

    /// <summary>Translates what endpoints throw. Anything nobody foresaw goes on, to be logged and answered without details.</summary>
    internal sealed class Handler : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            var refusal = exception switch
            {
                RefusalException refused => refused.Refusal,
                BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Refusal("too-large", 413, "This is larger than what is accepted here."),
                BadHttpRequestException bad => new Refusal("bad-request", bad.StatusCode, "This request could not be read. Check its form and its Content-Type."),
                _ => null,
            };
            if (refusal is null) return false;
            await Answer(httpContext, refusal);
            return true;
        }
    }
}
