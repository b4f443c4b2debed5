namespace Plenary.Shows;

/// <summary>The single writer of an event's run of show, and its clock. Its key is the event's id.</summary>
[Alias("plenary.show")]
public interface IShowGrain : IGrainWithGuidKey
{
    /// <summary>Does what somebody of the crew asks: JSON of a <see cref="ShowCommand"/>. Answers when it is kept: null, or JSON of the refusal.</summary>
    [Alias("do")]
    Task<string?> Do(Guid person, string name, string command);

    /// <summary>Looks whether something is due, or was decided and not done. Harmless when nothing is.</summary>
    [Alias("wake")]
    Task Wake();
}
