using Plenary.Platform;

namespace Plenary.Parties;

/// <summary>How long the parts of a party take that its host does not choose.</summary>
/// <param name="CheckIn">From the start until the countdown, unless the host says otherwise.</param>
/// <param name="Countdown">Before the first round.</param>
/// <param name="Card">For reading whom one is about to meet.</param>
/// <param name="Between">Two rounds.</param>
/// <param name="Minute">Of a round's talk: a minute, unless somebody only wants to try it out.</param>
public sealed record PartyLengths(TimeSpan CheckIn, TimeSpan Countdown, TimeSpan Card, TimeSpan Between, TimeSpan Minute)
{
    /// <summary>Fewer people are no party.</summary>
    public const int Fewest = 4;

    /// <summary>Check-in goes on by so much while there are too few.</summary>
    public static readonly TimeSpan CheckInGoesOn = TimeSpan.FromSeconds(30);

    /// <summary>A party that has not begun by then never will.</summary>
    public static readonly TimeSpan LongestCheckIn = TimeSpan.FromMinutes(45);

    /// <summary>A pause that nobody ends is over after this.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    /// <summary>When everything stood still for longer than this people have gone elsewhere: the party is over.</summary>
    public static readonly TimeSpan LongestStandstill = TimeSpan.FromMinutes(15);

    /// <summary>What comes later than this took time from people, and is given back to them.</summary>
    public static readonly TimeSpan Punctual = TimeSpan.FromSeconds(1);

    /// <summary>Of telling everybody whom they meet, for each of them; a round is kept and told so much before it begins, so that it begins on time.</summary>
    public static readonly TimeSpan ToTell = TimeSpan.FromMicroseconds(100);

    /// <summary>From the end of the party until people are taken back to the room.</summary>
    public static readonly TimeSpan Return = TimeSpan.FromSeconds(5);

    public static PartyLengths Read(IConfiguration configuration)
    {
        return new(
            Within("Parties:CheckInSeconds", Settings.Positive(configuration, "Parties:CheckInSeconds", 120), 900),
            Within("Parties:CountdownSeconds", Settings.Positive(configuration, "Parties:CountdownSeconds", 10), 120),
            Within("Parties:CardSeconds", Settings.Positive(configuration, "Parties:CardSeconds", 15), 60),
            Within("Parties:BetweenSeconds", Settings.Positive(configuration, "Parties:BetweenSeconds", 8), 120),
            Within("Parties:MinuteSeconds", Settings.Positive(configuration, "Parties:MinuteSeconds", 60), 60));

        static TimeSpan Within(string key, double seconds, double most) =>
            seconds >= 0.1 && seconds <= most ? TimeSpan.FromSeconds(seconds) : throw new SettingsException(key, $"must be a number of seconds from 0.1 to {most}, and is “{seconds}”");
    }
}
