using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Plenary.Platform.Access;

/// <summary>What a personal link stands for: a row of some slice, and the version of the link that the row still accepts.</summary>
/// <param name="Kind">Names the slice's row: <c>registration</c>, <c>speaker</c>.</param>
/// <param name="Id">The row.</param>
/// <param name="Version">Raised at the row to make older links void.</param>
public readonly record struct PersonalLink(string Kind, Guid Id, int Version);

/// <summary>Whom a personal link lets in, where, and what they see first.</summary>
/// <param name="PersonId">Who signs in by it.</param>
/// <param name="EventId">The one event the session is for.</param>
/// <param name="GoTo">A path of this site.</param>
public sealed record PersonalLinkHolder(Guid PersonId, Guid EventId, string GoTo);

/// <summary>A slice's answer to its own personal links.</summary>
public interface IPersonalLinkSource
{
    /// <summary>The <see cref="PersonalLink.Kind"/> it answers for.</summary>
    string Kind { get; }

    /// <summary>Whom the link lets in; null when the row is gone, was cancelled, or accepts only newer links.</summary>
    Task<PersonalLinkHolder?> Find(PersonalLink link, CancellationToken cancellation);
}

/// <summary>
/// Links that are a person's key to one event: <c>/j/{token}</c>. The token is sealed by the installation's data-protection keys, so it can be
/// neither made nor changed elsewhere, and nothing has to be stored. It works on any number of devices until its row raises the version.
/// </summary>
public sealed class PersonalLinks(IDataProtectionProvider protection, PublicUrl site, IEnumerable<IPersonalLinkSource> sources)
{
    public static readonly Refusal Void = new("link-void", 410, "This link does not work any more. Ask for a new one on the event's page, or use the link in the newest mail.", "token");

    /// <summary>Longer than any token we make; keeps long rubbish away from the cryptography.</summary>
    private const int LongestToken = 512;

    private readonly IDataProtector protector = protection.CreateProtector("Plenary.PersonalLinks.v1");

    public string Token(PersonalLink link)
    {
        var payload = new byte[20 + Encoding.ASCII.GetByteCount(link.Kind)];
        link.Id.TryWriteBytes(payload);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(16), link.Version);
        Encoding.ASCII.GetBytes(link.Kind, payload.AsSpan(20));
        return WebEncoders.Base64UrlEncode(protector.Protect(payload));
    }

    /// <summary>The absolute address to put into a mail.</summary>
    public string Address(PersonalLink link) => site.Link("/j/" + Token(link));

    /// <summary>What the token says, or null when it was not made here.</summary>
    public PersonalLink? Read(string token)
    {
        if (token.Length > LongestToken) return null;
        try
        {
            var payload = protector.Unprotect(WebEncoders.Base64UrlDecode(token));
            return new(Encoding.ASCII.GetString(payload.AsSpan(20)), new Guid(payload.AsSpan(0, 16)), BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(16)));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whom the token lets in. Refused: <see cref="Void"/>, whatever is wrong with it, so that nothing can be learned by trying.</summary>
    public async Task<PersonalLinkHolder> Open(string token, CancellationToken cancellation)
    {
        var holder = Read(token) is { } link && sources.FirstOrDefault(s => s.Kind == link.Kind) is { } source ? await source.Find(link, cancellation) : null;
        return holder ?? throw Void.AsException();
    }
}
