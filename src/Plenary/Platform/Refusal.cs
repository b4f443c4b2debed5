namespace Plenary.Platform;

/// <summary>
/// A foreseen "no": a code a program understands and a sentence a person understands, naming what was wrong and how to mend it.
/// Translated once each into problem+json, GraphQL <c>extensions.code</c> and hub errors.
/// </summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Status">The HTTP status that says the same.</param>
/// <param name="Message">A whole sentence; never contains data of somebody else.</param>
/// <param name="Field">The input field it is about, when there is one.</param>
/// <param name="Details">What a program may want to know besides, by name; beside the code in every translation.</param>
public sealed record Refusal(string Code, int Status, string Message, string? Field = null, IReadOnlyDictionary<string, object>? Details = null)
{
    /// <summary>Nothing with this address exists, or the viewer may not know that it does.</summary>
    public static readonly Refusal NotFound = new("not-found", 404, "There is nothing here, or it is not for you to see.");
    public static readonly Refusal SignInRequired = new("sign-in-required", 401, "Sign in to do this.");
    public static readonly Refusal Forbidden = new("forbidden", 403, "You do not have the role that this needs.");
    public static readonly Refusal TooMany = new("too-many-requests", 429, "That was a little fast. Wait a moment and try again.");
    public static readonly Refusal CrossSite = new("cross-site", 403, "This request came from another site.");
    public static readonly Refusal Changed = new("changed-meanwhile", 409, "Somebody saved this meanwhile. Reload it and make your change again.");

    /// <summary>An input that cannot be used, with what would be.</summary>
    public static Refusal Invalid(string field, string message) => new("invalid-input", 400, message, field);

    /// <summary>This refusal, as an exception that every door translates.</summary>
    public RefusalException AsException() => new(this);

    public void Throw() => throw new RefusalException(this);
}

/// <summary>Carries a <see cref="Platform.Refusal"/> to the door where it is translated. Not an error of the program: never logged as one.</summary>
public sealed class RefusalException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;
}
