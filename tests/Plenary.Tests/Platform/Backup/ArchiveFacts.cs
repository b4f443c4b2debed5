using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plenary.Platform;

namespace Plenary.Tests.Platform.Backup;

/// <summary>What an operator is told about an archive that will not do, and what they keep.</summary>
public sealed class ArchiveFacts : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("plenary-archives-").FullName;
    private readonly Installation here = new();
    private readonly Installation there = new();

    private string Archive => Path.Combine(folder, "a.zip");

    public async ValueTask InitializeAsync()
    {
        await here.Used();
        await here.BackUp(Archive);
    }

    public async ValueTask DisposeAsync()
    {
        await here.DisposeAsync();
        await there.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task AnArchiveTellsWhatItIsOfAndComesBackWhole()
    {
        var manifest = Manifest(Archive);
        Assert.Equal((1, "sqlite", 2), ((int)manifest["format"]!, (string)manifest["database"]!, manifest["parts"]!.AsArray().Count(p => ((string)p!["path"]!).StartsWith("files/", StringComparison.Ordinal))));
        Assert.Equal(1, (long)manifest["tables"]!.AsArray().Single(t => (string)t!["name"]! == "People")!["rows"]!);
        Assert.DoesNotContain("ClusterMembers", manifest["tables"]!.AsArray().Select(t => (string)t!["name"]!));
        Assert.Equal([Archive], Directory.GetFiles(folder)); // no drafts
        await there.Restore(Archive, check: true);
        Assert.Empty(there.Everything());
        await there.Restore(Archive);
        Assert.Equal(["Ada"], await there.People());
        Assert.Equal("the picture of Ada", there.Read("files/ab/picture.jpg"));
        Assert.DoesNotContain(there.Everything(), f => f.Contains("/.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIsReplacedIsPutAside()
    {
        await there.Used("Ben");
        there.Write("private/cd/more", "only Ben's");
        Assert.StartsWith("The installation is not empty.", await there.Refused(Archive), StringComparison.Ordinal);
        await there.Restore(Archive, replace: true);
        Assert.Equal(["Ada"], await there.People());
        Assert.False(Directory.Exists(Path.Combine(there.Folder, "private")));
        var aside = Assert.Single(Directory.GetDirectories(there.Folder, ".before-restore-*"));
        Assert.Equal("only Ben's", File.ReadAllText(Path.Combine(aside, "private/cd/more")));
        Assert.Equal("the picture of Ben", File.ReadAllText(Path.Combine(aside, "files/ab/picture.jpg")));
        Assert.True(new FileInfo(Path.Combine(aside, "plenary.db")).Length > 0);
        await there.BackUp(Path.Combine(folder, "b.zip")); // what was put aside is no part of it
        Assert.DoesNotContain(Manifest(Path.Combine(folder, "b.zip"))["parts"]!.AsArray(), p => ((string)p!["path"]!).Contains("before-restore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NothingIsRestoredUnderARunningServer()
    {
        await there.Used("Ben");
        await using (var server = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={there.Database};Pooling=False"))
        {
            await server.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = server.CreateCommand();
            command.CommandText = "SELECT count(*) FROM People";
            await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("The server is running", await there.Refused(Archive, replace: true), StringComparison.Ordinal);
        }
        Assert.Equal(["Ben"], await there.People());
    }

    /// <summary>Wherever it ends, and whichever byte is another.</summary>
    [Fact]
    public async Task ADamagedArchiveIsRefusedOrComesBackTheSame()
    {
        File.WriteAllBytes(Path.Combine(here.Folder, "files/noise.webm"), RandomNumberGenerator.GetBytes(1 << 20)); // else much of it is zeros, of which some may be taken for others
        await here.BackUp(Archive + ".noise");
        var whole = await File.ReadAllBytesAsync(Archive + ".noise", TestContext.Current.CancellationToken);
        var refusals = 0;
        var random = new Random(7);
        foreach (var length in (int[])[0, 1, 100, whole.Length / 3, whole.Length - 70, whole.Length - 1])
            Assert.Contains("Nothing was changed", await there.Refused(Damaged(whole[..length])), StringComparison.Ordinal);
        for (var n = 0; n < 40; n++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                await there.Restore(Damaged(bytes), check: true);
            }
            catch (CommandException)
            {
                refusals++;
            }
        }
        Assert.True(refusals >= 36, $"only {refusals} of 40 damages were seen"); // the others hit what nobody reads, as a time in a header
        Assert.Empty(there.Everything());

        string Damaged(byte[] bytes)
        {
            var path = Path.Combine(folder, "damaged");
            File.WriteAllBytes(path, bytes);
            return path;
        }
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("files/../../outside")]
    [InlineData("/etc/outside")]
    [InlineData("files//outside")]
    [InlineData("files/.\\..\\outside")]
    [InlineData("elsewhere/outside")]
    public async Task AnArchiveCannotWriteAnywhereElse(string path)
    {
        var evil = Path.Combine(folder, "evil");
        File.Copy(Archive, evil);
        Forge(evil, zip =>
        {
            using (var entry = zip.CreateEntry(path).Open()) entry.Write("x"u8);
        }, manifest => manifest["parts"]!.AsArray().Add(new JsonObject { ["path"] = path, ["bytes"] = 1, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData("x"u8)) }));
        Assert.Contains("impossible name", await there.Refused(evil), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnArchiveOfANewerVersionOrOfAnotherDatabaseIsRefused()
    {
        var newer = Copy("newer");
        Forge(newer, _ => { }, manifest => manifest["migrations"]!.AsArray().Add("20991231235959_Later"));
        Assert.Contains("schema that this version", await there.Refused(newer), StringComparison.Ordinal);
        var future = Copy("future");
        Forge(future, _ => { }, manifest => manifest["format"] = 2);
        Assert.Contains("in a form that this version does not read", await there.Refused(future), StringComparison.Ordinal);
        var other = Copy("other");
        Forge(other, _ => { }, manifest => manifest["database"] = "postgresql");
        Assert.Contains("The archive is of PostgreSQL", await there.Refused(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnArchiveThatSaysLessOrMoreThanItHoldsIsRefused()
    {
        var lacking = Copy("lacking");
        Forge(lacking, _ => { }, manifest => manifest["parts"]!.AsArray().Add(new JsonObject { ["path"] = "files/gone.jpg", ["bytes"] = 1, ["sha256"] = "" }));
        Assert.Contains("lacks “files/gone.jpg”", await there.Refused(lacking), StringComparison.Ordinal);
        var more = Copy("more");
        Forge(more, zip => zip.CreateEntry("files/more").Open().Dispose(), _ => { });
        Assert.Contains("that its manifest does not name", await there.Refused(more), StringComparison.Ordinal);
        var miscounted = Copy("miscounted");
        Forge(miscounted, _ => { }, manifest => manifest["tables"]!.AsArray().Single(t => (string)t!["name"]! == "People")!["rows"] = 2);
        Assert.Contains("2 rows of People and holds 1", await there.Refused(miscounted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABackupIsNeverWrittenOverAnotherNorIntoWhatItIsOf()
    {
        Assert.Contains("is there already", (await Assert.ThrowsAsync<CommandException>(() => here.BackUp(Archive))).Message, StringComparison.Ordinal);
        Assert.Contains("in the data folder", (await Assert.ThrowsAsync<CommandException>(() => here.BackUp(here.Folder))).Message, StringComparison.Ordinal);
        Assert.Contains("There is no folder", (await Assert.ThrowsAsync<CommandException>(() => here.BackUp(Path.Combine(folder, "nowhere/b.zip")))).Message, StringComparison.Ordinal);
        Assert.Contains("There is no installation here yet", (await Assert.ThrowsAsync<CommandException>(() => there.BackUp(Path.Combine(folder, "b.zip")))).Message, StringComparison.Ordinal);
        Assert.Equal([Archive], Directory.GetFiles(folder));
    }

    private static JsonNode Manifest(string archive)
    {
        using var zip = ZipFile.OpenRead(archive);
        using var page = zip.GetEntry("manifest.json")!.Open();
        return JsonNode.Parse(page)!;
    }

    private string Copy(string name)
    {
        File.Copy(Archive, Path.Combine(folder, name));
        return Path.Combine(folder, name);
    }

    /// <summary>Changes an archive as somebody would who knows how it is made.</summary>
    private static void Forge(string archive, Action<ZipArchive> parts, Action<JsonNode> page)
    {
        var manifest = Manifest(archive);
        page(manifest);
        var text = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        using var zip = ZipFile.Open(archive, ZipArchiveMode.Update);
        parts(zip);
        zip.GetEntry("manifest.json")!.Delete();
        using (var entry = zip.CreateEntry("manifest.json").Open()) entry.Write(text);
        zip.Comment = Convert.ToHexStringLower(SHA256.HashData(text));
    }
}
