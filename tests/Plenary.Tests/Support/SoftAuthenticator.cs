using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Plenary.Tests.Support;

/// <summary>
/// An authenticator in software, as WebAuthn Level 3 describes one: a P-256 key, attestation "none", user verified. It does what a browser and
/// a security key do together, and can be told to lie.
/// </summary>
public sealed class SoftAuthenticator(string origin) : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(16);
    private string userHandle = "";
    private uint counter;

    /// <summary>False pretends that nobody touched the sensor or typed the code.</summary>
    public bool UserVerified { get; set; } = true;

    /// <summary>Answers <c>navigator.credentials.create</c>.</summary>
    public string Create(string options)
    {
        var wanted = JsonNode.Parse(options)!;
        userHandle = (string)wanted["user"]!["id"]!;
        var point = key.ExportParameters(false).Q;
        // COSE: EC2, ES256, P-256, x, y.
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. Head((string)wanted["rp"]!["id"]!, attested: true), .. new byte[16], 0, (byte)id.Length, .. id, .. cose];
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Encode(Client("webauthn.create", (string)wanted["challenge"]!)),
            ["attestationObject"] = Encode(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>Answers <c>navigator.credentials.get</c>.</summary>
    public string Get(string options)
    {
        var wanted = JsonNode.Parse(options)!;
        var client = Client("webauthn.get", (string)wanted["challenge"]!);
        var data = Head((string)wanted["rpId"]!, attested: false);
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Encode(client),
            ["authenticatorData"] = Encode(data),
            ["signature"] = Encode(key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            ["userHandle"] = userHandle,
        });
    }

    public void Dispose() => key.Dispose();

    private byte[] Head(string domain, bool attested)
    {
        var head = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(domain), head);
        head[32] = (byte)(0x01 | (UserVerified ? 0x04 : 0) | (attested ? 0x40 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(33), ++counter);
        return head;
    }

    private byte[] Client(string type, string challenge) => Encoding.UTF8.GetBytes(
        new JsonObject { ["type"] = type, ["challenge"] = challenge, ["origin"] = origin, ["crossOrigin"] = false }.ToJsonString());

    private string Answer(JsonObject response) => new JsonObject
    {
        ["id"] = Encode(id),
        ["rawId"] = Encode(id),
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    }.ToJsonString();

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
