using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plenary.Platform.Backup;

/// <summary>The front page of an archive: what it is of, and what each part of it must be.</summary>
/// <param name="Format">Of the archive itself; raised when an older program could not read it.</param>
/// <param name="Version">Of the program that made it.</param>
/// <param name="Made">When, UTC.</param>
/// <param name="Database"><c>sqlite</c> or <c>postgresql</c>.</param>
/// <param name="Migrations">The schema: the names of all migrations that the database had, oldest first.</param>
/// <param name="Tables">What was counted in the snapshot.</param>
/// <param name="Parts">Everything in the archive but this page.</param>
internal sealed record BackupManifest(
    int Format, string Version, DateTimeOffset Made, string Database, IReadOnlyList<string> Migrations, IReadOnlyList<BackupTable> Tables, IReadOnlyList<BackupPart> Parts)
{
    /// <summary>The format that this program writes, and the newest it reads.</summary>
    public const int Newest = 1;

    /// <summary>Its place in the archive.</summary>
    public const string Name = "manifest.json";

    /// <summary>Where the uploads, recordings and other files are, under their paths in the data folder.</summary>
    public const string Files = "files/";

    /// <summary>Where the database is.</summary>
    public const string DatabaseParts = "database/";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, // a later program may tell more
    };

    /// <summary>Rows of all tables.</summary>
    [JsonIgnore]
    public long Rows => Tables.Sum(t => t.Rows);

    /// <summary>How many files of the data folder there are.</summary>
    [JsonIgnore]
    public int FileCount => Parts.Count(p => p.Path.StartsWith(Files, StringComparison.Ordinal));

    /// <summary>Of all parts, unpacked.</summary>
    [JsonIgnore]
    public long Bytes => Parts.Sum(p => p.Bytes);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    public static BackupManifest? Read(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize<BackupManifest>(utf8, Json);
}

/// <summary>A table of the snapshot.</summary>
/// <param name="Name">As the database has it.</param>
/// <param name="Columns">In the order in which its part has them; empty for SQLite, whose part is the whole file.</param>
/// <param name="Rows">How many there were.</param>
internal sealed record BackupTable(string Name, IReadOnlyList<string> Columns, long Rows);

/// <summary>A part of the archive.</summary>
/// <param name="Path">Its place, with slashes.</param>
/// <param name="Bytes">Unpacked.</param>
/// <param name="Sha256">Of these bytes, in hexadecimal.</param>
internal sealed record BackupPart(string Path, long Bytes, string Sha256);
