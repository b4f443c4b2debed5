using Plenary.Platform.Surge;

namespace Plenary.Messages;

/// <summary>How fast one person may do things in conversations, in this process.</summary>
public sealed class MessageLimits(TimeProvider clock)
{
    private readonly Gcra<Guid> messages = new(perSecond: 2, burst: 20, clock);
    private readonly Gcra<Guid> first = new(perSecond: 1 / 120.0, burst: 30, clock);
    private readonly Gcra<Guid> signs = new(perSecond: 1, burst: 10, clock);
    private readonly Gcra<Guid> rings = new(perSecond: 0.5, burst: 12, clock);

    /// <summary>Refused: too-many-requests.</summary>
    public void Message(Guid person)
    {
        if (!messages.Take(person)) MessageRefusals.TooFast.Throw();
    }

    /// <summary>A first message to somebody, or a new group: what somebody sends who sends to everybody. Refused: too-many-requests.</summary>
    public void Start(Guid person)
    {
        if (!first.Take(person)) MessageRefusals.TooManyNew.Throw();
    }

    /// <summary>False: it is dropped; the next one says the same.</summary>
    public bool Sign(Guid person) => signs.Take(person);

    /// <summary>Refused: too-many-requests.</summary>
    public void Ring(Guid person)
    {
        if (!rings.Take(person)) MessageRefusals.TooFast.Throw();
    }
}
