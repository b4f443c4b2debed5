using System.Collections.ObjectModel;
using GraphQL;
using GraphQL.Execution;

namespace Plenary.Platform.Graph;

/// <summary>
/// Translates refusals to GraphQL errors: the sentence as the message, code, status and field as extensions. An error nobody foresaw says
/// only that it happened: its details are for the log.
/// </summary>
internal sealed class RefusalErrors : ErrorInfoProvider
{
    public RefusalErrors() : base(new ErrorInfoProviderOptions { ExposeExceptionDetails = false, ExposeData = false, ExposeCodes = false }) { }

    public override ErrorInfo GetInfo(ExecutionError executionError)
    {
        var info = base.GetInfo(executionError);
        var refusal = (executionError.InnerException as RefusalException)?.Refusal;
        if (refusal is not null)
        {
            info.Message = refusal.Message;
            info.Extensions = new Dictionary<string, object?> { ["code"] = refusal.Code, ["status"] = refusal.Status };
            if (refusal.Field is { } field) info.Extensions["field"] = field;
            foreach (var (name, value) in refusal.Details ?? ReadOnlyDictionary<string, object>.Empty) info.Extensions[name] = value;
        }
        else if (executionError is UnhandledError)
        {
            info.Message = "Something went wrong on our side. It has been noted; please try again.";
            info.Extensions = new Dictionary<string, object?> { ["code"] = "internal", ["status"] = 500 };
        }
        else info.Extensions = new Dictionary<string, object?> { ["code"] = "invalid-document", ["status"] = 400 };
        return info;
    }
}
