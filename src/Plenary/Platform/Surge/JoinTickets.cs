using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Plenary.Platform.Surge;

/// <summary>Somebody's place at an event: since when they wait, or that they have been in.</summary>
/// <param name="Event">The event.</param>
/// <param name="Arrived">When they first came, in Unix milliseconds: the order of the queue.</param>
/// <param name="Inside">They were let in.</param>
public readonly record struct JoinTicket(Guid Event, long Arrived, bool Inside);

/// <summary>
/// Seals places so that the client can carry them: over a reload, a lost process, to another process of the installation. A ticket is of one
/// person at one event; with any other, or changed, or old, it is nothing.
/// </summary>
public sealed class JoinTickets(IDataProtectionProvider keys, TimeProvider clock)
{
    /// <summary>A day of an event with its breaks.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const int Length = 16 + 16 + 8 + 1;

    /// <summary>Longer is none of ours; sealed ones have some 180 characters.</summary>
    private const int Longest = 400;

    private readonly IDataProtector protector = keys.CreateProtector("plenary.join-ticket");

    /// <summary>Characters that need no escaping.</summary>
    public string Seal(Guid person, JoinTicket ticket)
    {
        var bytes = new byte[Length];
        ticket.Event.TryWriteBytes(bytes);
        person.TryWriteBytes(bytes.AsSpan(16));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), ticket.Arrived);
        bytes[40] = ticket.Inside ? (byte)1 : (byte)0;
        return Base64Url.EncodeToString(protector.Protect(bytes));
    }

    /// <summary>The place, or null when this is not a ticket of this person that still counts.</summary>
    public JoinTicket? Open(string? text, Guid person)
    {
        if (text is not { Length: > 0 and <= Longest }) return null;
        byte[] bytes;
        try
        {
            bytes = protector.Unprotect(Base64Url.DecodeFromChars(text));
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException)
        {
            return null;
        }
        if (bytes.Length != Length || new Guid(bytes.AsSpan(16, 16)) != person) return null;
        var arrived = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(32));
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return arrived < now - (long)Lifetime.TotalMilliseconds ? null : new(new Guid(bytes.AsSpan(0, 16)), Math.Min(arrived, now), bytes[40] == 1);
    }
}
