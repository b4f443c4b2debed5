namespace Plenary.Profiles;

/// <summary>Addresses of what people show of themselves. They say nothing of the file: each time it is asked for, the rules of the profile are asked, too.</summary>
public static class ProfileFiles
{
    /// <summary>The uploaded picture, else the drawn portrait, else null.</summary>
    internal static string? PictureOf(Guid eventId, Profile? profile) =>
        profile?.PictureFile is { } file ? Address(profile.PersonId, "picture", eventId, file)
        : profile?.Portrait is { } portrait ? $"/art/people/{portrait}.svg" : null;

    internal static string? IntroOf(Guid eventId, Profile? profile) => profile?.IntroFile is { } file ? Address(profile.PersonId, "intro", eventId, file) : null;

    /// <summary>The end of the id is in it so that browsers ask anew when there is another.</summary>
    private static string Address(Guid person, string what, Guid eventId, Guid file) => $"/profiles/{person}/{what}?at={eventId}&v={file.ToString("N")[^8..]}";
}
