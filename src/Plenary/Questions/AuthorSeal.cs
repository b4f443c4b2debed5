using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Plenary.Questions;

/// <summary>
/// The mark of an anonymous question's author: HMAC-SHA256 of question and person under a random key of the room, which is kept encrypted by the installation's data protection. The
/// server can tell whether somebody who is there wrote a question (so that they may withdraw it, and not ask without end), and no person, role, export or page can read who wrote one.
/// Each question has its own mark, so that two of one author do not look alike.
/// </summary>
internal sealed class AuthorSeal
{
    private readonly byte[] key;

    private AuthorSeal(byte[] key) => this.key = key;

    /// <summary>The room's key, made for its first anonymous question.</summary>
    public static AuthorSeal Of(QuestionBoard board, IDataProtectionProvider keys)
    {
        var protector = keys.CreateProtector("plenary.questions.author", board.RoomId.ToString());
        board.Seal ??= Convert.ToBase64String(protector.Protect(RandomNumberGenerator.GetBytes(32)));
        return new(protector.Unprotect(Convert.FromBase64String(board.Seal)));
    }

    public byte[] Mark(Guid question, Guid person)
    {
        Span<byte> said = stackalloc byte[32];
        question.TryWriteBytes(said);
        person.TryWriteBytes(said[16..]);
        return HMACSHA256.HashData(key, said);
    }

    public bool Wrote(Question question, Guid person) => question.Author is { } mark && CryptographicOperations.FixedTimeEquals(mark, Mark(question.Id, person));
}
