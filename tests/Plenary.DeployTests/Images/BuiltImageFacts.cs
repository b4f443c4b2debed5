using System.Text.Json.Nodes;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Images;

/// <summary>
/// The last stage of the server's image, built by buildah on a Debian of debootstrap with this machine's runtime, and run by podman as in the chart. No registry is
/// asked: the stages before are replaced by what is built here already. <c>./test nightly</c> runs it; it takes minutes.
/// </summary>
[Trait("Speed", "Nightly")]
public sealed class BuiltImageFacts
{
    private const string Image = "localhost/plenary:test";

    // Reused by the next night.
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "plenary-images");

    private static readonly string[] Limits = ["--ulimit", "nofile=8192:8192", "--ulimit", "nproc=8192:8192"];

    private static string? Missing => Environment.UserName != "root" ? "images are built here by root only"
        : ((string[])["/usr/bin/buildah", "/usr/bin/podman", "/usr/sbin/debootstrap", "/usr/sbin/runc"]).FirstOrDefault(tool => !File.Exists(tool)) is { } tool ? $"{tool} is not installed; ./test nightly installs it" : null;

    [Fact]
    public async Task TheImageServesAsNobodyOnAReadOnlyDisk()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        await Build();
        var config = JsonNode.Parse((await Podman("inspect", Image)).Succeeded())![0]!["Config"]!;
        Assert.Equal("10001:10001", (string)config["User"]!);
        Assert.Equal("9.9.9", (string)config["Labels"]!["org.opencontainers.image.version"]!);
        Assert.Matches(@"^\d+\.\d+", (await Run(["version"])).Succeeded());
        Assert.Equal("10001", (await Run([], "/usr/bin/id", "-u")).Succeeded().Trim());
        Assert.Contains("CycloneDX", (await Run([], "/usr/bin/head", "-c", "200", "/app/plenary.cdx.json")).Succeeded(), StringComparison.Ordinal);
        (await Run([], "/usr/bin/touch", "/app/changed")).Refused("Read-only file system");
        (await Run([], "/usr/bin/ls", "/usr/share/dotnet/sdk")).Refused("No such file");
        await Serves();
    }

    private static async Task Serves()
    {
        var port = FreePort.Take();
        var name = $"plenary-{port}";
        var data = Directory.CreateTempSubdirectory("plenary-image-data-").FullName;
        (await Tool.RunAsync("chown", ["10001:10001", data])).Succeeded();
        (await Podman(["run", "--detach", "--name", name, .. Confined, "--volume", $"{data}:/data:rw", "--env", $"ASPNETCORE_HTTP_PORTS={port}", Image])).Succeeded();
        try
        {
            using var http = new HttpClient();
            for (var n = 0; ; n++)
            {
                try
                {
                    if ((await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), TestContext.Current.CancellationToken)).IsSuccessStatusCode) break;
                }
                catch (HttpRequestException) { }
                if (n > 300) Assert.Fail("it never was ready: " + (await Podman("logs", name)).All);
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
            Assert.True(File.Exists(Path.Combine(data, "plenary.db")));
            (await Podman("stop", "--time", "30", name)).Succeeded();
            Assert.Equal("0", (await Podman("inspect", "--format", "{{.State.ExitCode}}", name)).Succeeded().Trim()); // the signal reached the program
        }
        finally
        {
            await Podman("rm", "--force", name);
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task Build()
    {
        var root = Path.Combine(Folder, "rootfs");
        if (!File.Exists(Path.Combine(root, "usr/share/dotnet/dotnet")))
        {
            Directory.CreateDirectory(Folder);
            (await Tool.RunAsync("sh", ["-c", $"exec debootstrap --variant=minbase --include=ca-certificates,libicu72,libssl3,zlib1g,libstdc++6,tzdata bookworm {root} >{Folder}/debootstrap.log 2>&1"])).Succeeded();
            var here = Path.GetDirectoryName(Path.GetFullPath(new FileInfo("/usr/bin/dotnet").ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? "/usr/share/dotnet/dotnet"))!;
            (await Tool.RunAsync("sh", ["-c", $"mkdir -p {root}/usr/share/dotnet && cp -a {here}/dotnet {here}/host {here}/shared {root}/usr/share/dotnet/"])).Succeeded();
        }
        if ((await Buildah("inspect", "--type", "image", "localhost/plenary-base:12.0")).Code != 0)
        {
            var container = (await Buildah("from", "scratch")).Succeeded().Trim();
            (await Buildah("add", "-q", container, root, "/")).Succeeded();
            (await Buildah("commit", "-q", container, "localhost/plenary-base:12.0")).Succeeded();
            await Buildah("rm", container);
        }
        var built = Path.Combine(Folder, "built");
        var (program, client) = (Repo.At("src/Plenary/bin/Debug/net10.0"), Repo.At("src/Plenary/wwwroot"));
        // As published: the client beside the program, and not where it was built.
        (await Tool.RunAsync("sh", ["-c", $"rm -rf {built} && mkdir -p {built}/sbom && cp -a {program} {built}/out && rm {built}/out/Plenary.staticwebassets.runtime.json && cp -a {client} {built}/out/wwwroot && ln -sf Plenary {built}/out/plenary"])).Succeeded();
        var contents = (await Tool.RunAsync("node", [Repo.At("deploy/docker/sbom.mjs"), Repo.At("src/Plenary/obj/project.assets.json"), Repo.At("web/package-lock.json"), "9.9.9"])).Succeeded();
        await File.WriteAllTextAsync(Path.Combine(built, "sbom/plenary.cdx.json"), contents, TestContext.Current.CancellationToken);
        (await Buildah(["bud", "-q", "--target", "final", "--build-arg", "BASE=localhost/plenary-base:12.0", "--build-arg", "PACKAGES=", "--build-arg", "VERSION=9.9.9",
            "--build-context", $"build={built}", "--build-context", $"contents={built}", .. Limits, "-t", Image, "-f", Repo.At("deploy/docker/Dockerfile"), Repo.Root])).Succeeded();
    }

    private static string[] Confined => ["--read-only", "--tmpfs", "/tmp:rw,size=64m", "--network", "host", "--cap-drop", "all", "--security-opt", "no-new-privileges", "--pids-limit", "-1", .. Limits];

    private static Task<Told> Run(string[] arguments, string? entry = null, params string[] further) =>
        Podman(["run", "--rm", .. Confined, .. entry is null ? Array.Empty<string>() : ["--entrypoint", entry], Image, .. arguments, .. further]);

    private static Task<Told> Podman(params string[] arguments) =>
        Tool.RunAsync("podman", ["--storage-driver", "vfs", "--root", $"{Folder}/storage", "--runroot", $"{Folder}/run", "--cgroup-manager", "cgroupfs", "--runtime", "runc", "--events-backend", "file", .. arguments], Repo.Root);

    private static Task<Told> Buildah(params string[] arguments) =>
        Tool.RunAsync("buildah", ["--storage-driver", "vfs", "--root", $"{Folder}/storage", "--runroot", $"{Folder}/run", .. arguments], Repo.Root, new Dictionary<string, string> { ["BUILDAH_ISOLATION"] = "chroot" });
}
