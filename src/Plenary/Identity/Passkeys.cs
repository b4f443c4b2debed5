using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Text;

namespace Plenary.Identity;

/// <summary>Signing in with a passkey (WebAuthn): the browser holds the key, the site of <c>Public:Url</c> is what it is bound to.</summary>
public sealed class Passkeys(UserManager<Person> people, SignInManager<Person> ceremonies, SignIns signIns)
{
    public static readonly Refusal NotAdded = new("passkey-refused", 400, "This passkey could not be added. Start again and finish within five minutes.", "credential");
    public static readonly Refusal NotKnown = new("passkey-refused", 401, "This passkey did not sign you in. Try again, or ask for a link by mail.", "credential");
    public static readonly Refusal Enough = new("too-many-passkeys", 409, "You have 20 passkeys. Remove one before adding another.");

    private const int Most = 20;
    private const int LongestCredential = 32 * 1024;

    /// <summary>What <c>navigator.credentials.create</c> takes, as JSON. Remembers the challenge in a cookie of five minutes.</summary>
    public async Task<string> CreationOptions(HttpContext http, Guid personId)
    {
        ceremonies.Context = http;
        var person = await Find(personId);
        return await ceremonies.MakePasskeyCreationOptionsAsync(new() { Id = person.Id.ToString(), Name = person.Email!, DisplayName = person.Name });
    }

    /// <summary>Keeps the passkey that the browser made. Refused: passkey-refused, too-many-passkeys, invalid-input.</summary>
    public async Task<UserPasskeyInfo> Add(HttpContext http, Guid personId, string credential, string name)
    {
        ceremonies.Context = http;
        var label = Input.Line(name, "name", 60);
        var person = await Find(personId);
        var attestation = await Perform(credential, NotAdded, ceremonies.PerformPasskeyAttestationAsync);
        // The challenge may be of somebody who was signed in in this browser before.
        if (!attestation.Succeeded || attestation.UserEntity.Id != person.Id.ToString()) throw NotAdded.AsException();
        if ((await people.GetPasskeysAsync(person)).Count >= Most) Enough.Throw();
        attestation.Passkey.Name = label;
        if (!(await people.AddOrUpdatePasskeyAsync(person, attestation.Passkey)).Succeeded) NotAdded.Throw();
        return attestation.Passkey;
    }

    /// <summary>Forgets a passkey of this person. Refused: not-found.</summary>
    public async Task Remove(Guid personId, string id)
    {
        var person = await Find(personId);
        var passkey = (await people.GetPasskeysAsync(person)).FirstOrDefault(key => IdOf(key) == id) ?? throw Refusal.NotFound.AsException();
        await people.RemovePasskeyAsync(person, passkey.CredentialId);
    }

    public async Task<IReadOnlyList<UserPasskeyInfo>> Of(Guid personId) =>
        [.. (await people.GetPasskeysAsync(await Find(personId))).OrderBy(key => key.CreatedAt)];

    /// <summary>What <c>navigator.credentials.get</c> takes, as JSON. Names no person: the browser offers the keys it has for this site.</summary>
    public async Task<string> RequestOptions(HttpContext http)
    {
        ceremonies.Context = http;
        return await ceremonies.MakePasskeyRequestOptionsAsync(user: null);
    }

    /// <summary>Signs in the person whose passkey answered the challenge. Refused: passkey-refused.</summary>
    public async Task<Person> SignIn(HttpContext http, string credential)
    {
        ceremonies.Context = http;
        var assertion = await Perform(credential, NotKnown, ceremonies.PerformPasskeyAssertionAsync);
        if (!assertion.Succeeded) throw NotKnown.AsException();
        await people.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey); // its counter, which shows a copied key
        await signIns.SignInAsync(http, assertion.User);
        return assertion.User;
    }

    /// <summary>A passkey's id in the graph.</summary>
    public static string IdOf(UserPasskeyInfo passkey) => Base64Url.EncodeToString(passkey.CredentialId);

    private static async Task<T> Perform<T>(string credential, Refusal otherwise, Func<string, Task<T>> ceremony)
    {
        if (credential.Length == 0 || Encoding.UTF8.GetByteCount(credential) > LongestCredential) otherwise.Throw();
        try
        {
            return await ceremony(credential);
        }
        catch (InvalidOperationException)
        {
            throw otherwise.AsException(); // no challenge is open in this browser
        }
    }

    /// <summary>The person; a session may outlive them. Refused: sign-in-required.</summary>
    private async Task<Person> Find(Guid id) => await people.FindByIdAsync(id.ToString()) ?? throw Refusal.SignInRequired.AsException();
}
