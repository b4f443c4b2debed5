using System.Globalization;
using System.Text.RegularExpressions;

namespace Plenary.Platform.Time;

/// <summary>
/// Between a zone's wall clock, in which people plan, and instants, in which the program thinks. When clocks go forward, a time that does not
/// exist is moved on by the hour that was skipped (02:30 becomes 03:30); when they go back, a time that happens twice means the first.
/// </summary>
public static partial class WallClock
{
    /// <summary>How local times are written: no seconds, no offset.</summary>
    public const string Format = "yyyy-MM-ddTHH:mm";

    /// <summary>The zone of this IANA name. Refused, naming <paramref name="field"/>, when there is none.</summary>
    public static TimeZoneInfo Zone(string? name, string field = "timeZone") =>
        Find(name) ?? throw Refusal.Invalid(field, $"“{Shortened(name)}” is not a time zone we know. Use an IANA name such as Europe/Berlin or America/New_York.").AsException();

    /// <summary>The zone of this IANA name, or null.</summary>
    public static TimeZoneInfo? Find(string? name) =>
        name is not null && ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;

    /// <summary>The instant at which the zone's clocks show this time.</summary>
    public static DateTimeOffset ToInstant(this TimeZoneInfo zone, DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            // Read with the offset from before the gap, which is what a clock that nobody set forward would show.
            return new DateTimeOffset(local, zone.GetUtcOffset(local.AddDays(-1))).ToUniversalTime();
        }
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>What the zone's clocks show at this instant.</summary>
    public static DateTime ToWallClock(this TimeZoneInfo zone, DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    /// <summary>A written local time. Refused, naming <paramref name="field"/>, when it is not one between the years 2000 and 2200.</summary>
    public static DateTime Parse(string? text, string field) =>
        DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && Sane(local)
            ? local
            : throw Refusal.Invalid(field, $"“{Shortened(text)}” is not a date and time. Write it as 2027-03-28T09:30.").AsException();

    /// <summary>A written date. Refused, naming <paramref name="field"/>, when it is not one between the years 2000 and 2200.</summary>
    public static DateTime ParseDate(string? text, string field) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && Sane(date)
            ? date
            : throw Refusal.Invalid(field, $"“{Shortened(text)}” is not a date. Write it as 2027-03-28.").AsException();

    private static bool Sane(DateTime time) => time.Year is >= 2000 and < 2200;

    private static string Shortened(string? text) => text is { Length: > 40 } ? text[..40] + "…" : text ?? "";

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+\-]{0,31}(/[A-Za-z0-9_+\-]{1,31}){0,2}$")]
    private static partial Regex ZoneName();
}
