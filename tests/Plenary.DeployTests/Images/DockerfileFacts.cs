using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Images;

/// <summary>What can be said of the images without building them.</summary>
public sealed class DockerfileFacts
{
    private const string Server = "deploy/docker/Dockerfile";
    private const string Media = "deploy/docker/media.Dockerfile";

    [Theory]
    [InlineData(Server)]
    [InlineData(Media)]
    public void ImagesKeepToTheRules(string file) => Assert.Empty(Dockerfile.Mistakes(File.ReadAllText(Repo.At(file))));

    /// <summary>A rule that finds nothing wrong proves nothing: each finds the mistake of its kind.</summary>
    [Theory]
    [InlineData(Server, "USER 10001:10001", "USER root", "must be 10001:10001")]
    [InlineData(Server, "USER 10001:10001\n", "", "run as root")]
    [InlineData(Server, ":10.0.12-noble", ":latest", "BASE must be pinned")]
    [InlineData(Server, "node:22.16.0-bookworm-slim", "node", "NODE must be pinned")]
    [InlineData(Server, "FROM ${BASE} AS final", "FROM ${SDK} AS final", "built on the SDK")]
    [InlineData(Server, "FROM ${BASE} AS final", "FROM debian:12.1 AS final", "must be an argument")]
    [InlineData(Server, "COPY --from=build /out /app", "COPY out /app", "only what was built")]
    [InlineData(Server, "RUN npm ci --no-audit --no-fund --loglevel=error\nCOPY web ./", "COPY web ./\nRUN npm ci", "every change would fetch them all again")]
    [InlineData(Server, "npm ci --no-audit", "npm install --no-audit", "keep to the lock")]
    [InlineData(Server, "ENTRYPOINT [\"/app/plenary\"]", "ENTRYPOINT /app/plenary", "no signal would reach it")]
    [InlineData(Server, "org.opencontainers.image.version=", "version=", "image.version")]
    [InlineData(Server, "ARG REVISION=unknown", "ARG NPM_TOKEN=abc", "would stay in the image")]
    [InlineData(Server, "VOLUME [\"/data\", \"/tmp\"]", "VOLUME [\"/data\"]", "/tmp must be a volume")]
    [InlineData(Media, " --no-install-recommends", "", "--no-install-recommends")]
    [InlineData(Media, "apt-get update", "true", "old list")]
    [InlineData(Media, "    && rm -rf /var/lib/apt/lists/* \\\n", "", "stay in the layer")]
    [InlineData(Media, "RUN apt-get update", "RUN curl -fsSL https://example.org/install | sh && apt-get update", "run unseen")]
    public void AMistakeIsFound(string file, string from, string to, string because)
    {
        var text = File.ReadAllText(Repo.At(file));
        Assert.Contains(from, text, StringComparison.Ordinal);
        var mistakes = Dockerfile.Mistakes(text.Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.Contains(because, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Server, "")]
    [InlineData(Media, "deploy/docker")]
    public void WhatIsCopiedIsThere(string file, string context)
    {
        foreach (var copied in Dockerfile.Read(File.ReadAllText(Repo.At(file))).Where(i => i.Name == "COPY" && !i.Text.StartsWith("--from=", StringComparison.Ordinal)).SelectMany(i => i.Text.Split(' ')[..^1]))
            Assert.True(Path.Exists(Repo.At(Path.Combine(context, copied))), $"{file} copies {copied}, which is not there");
    }

    /// <summary>Nothing is written into the image but what the program needs: neither tests nor a developer's data.</summary>
    [Fact]
    public void TheContextIsWhatImagesAreBuiltFrom()
    {
        var ignore = File.ReadAllLines(Repo.At(".dockerignore")).Where(line => line.Length > 0 && line[0] != '#').ToList();
        Assert.Equal("*", ignore[0]);
        Assert.DoesNotContain(ignore, line => line is "!data" or "!tests" or "!.git");
        Assert.Contains("**/node_modules", ignore);
    }
}
