using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Packages.Tests.Roots;

/// <summary>The packages under test, made once by <c>package.sh</c> from the published executables, and a Debian root to put them into.</summary>
public sealed class SharedPackages : IAsyncLifetime
{
    /// <summary>What <see cref="Newer"/> is: after any version that a tag makes.</summary>
    public const string NewerVersion = "999.0.0";

    private readonly WorkingDirectory _directory = new();

    /// <summary>Why nothing can be tested here; null if it can.</summary>
    public string? Missing { get; private set; }

    /// <summary>The root of the project.</summary>
    public static string Project { get; } = FindProject();

    /// <summary>Seen as <c>/mnt</c> in every root.</summary>
    public string Directory => _directory.Path;

    /// <summary>As <c>.ci/version --debian</c> says.</summary>
    public string Version { get; private set; } = "";

    /// <summary>The file names of the two packages, the relay's first.</summary>
    public IReadOnlyList<string> Files => [FileOf("rtpproxy", Version), FileOf("rtpproxy-sipedge", Version)];

    /// <summary>The file name of the relay's package of another version: of the same executables, in files of their own.</summary>
    public string Newer => FileOf("rtpproxy", NewerVersion);

    /// <summary>Where a fresh Debian lies that nobody writes to, and why not if it cannot be had.</summary>
    public (string Path, string? Missing) Root { get; private set; }

    private string Architecture { get; set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (!Executables.ArePublished)
        {
            Missing = $"{Executables.Variable} names no published executables";
            return;
        }

        Version = (await RunAsync(Path.Combine(Project, ".ci/version"), "--debian")).Output.Trim();
        Architecture = (await RunAsync("dpkg", "--print-architecture")).Output.Trim();
        await MakeAsync(_directory.Path);
        await MakeAsync(_directory.Path, "--version", NewerVersion);
        Root = await FindRootAsync();
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test, and says why, where packages cannot be installed.</summary>
    public void ShouldBeUsable() => Assert.SkipUnless((Missing ?? Root.Missing) is null, Missing ?? Root.Missing ?? "");

    /// <summary>Makes the packages.</summary>
    public static async Task MakeAsync(string directory, params string[] options)
    {
        // Quickly: how they are compressed is no matter here.
        Dictionary<string, string> quickly = new() { ["DPKG_DEB_COMPRESSOR_TYPE"] = "gzip", ["DPKG_DEB_COMPRESSOR_LEVEL"] = "1" };
        string from = Path.GetFullPath(Environment.GetEnvironmentVariable(Executables.Variable)!);
        ProgramResult made = await Programs.RunAsync(
            Path.Combine(Project, "package.sh"), ["--from", from, .. options, directory], quickly, TimeSpan.FromMinutes(3));
        made.Status.ShouldBe(0, made.Error);
    }

    /// <summary>Runs a program of the machine.</summary>
    public static Task<ProgramResult> RunAsync(string program, params string[] arguments) => Programs.RunAsync(program, arguments);

    private string FileOf(string package, string version) => $"{package}_{version}_{Architecture}.deb";

    private static async Task<(string Path, string? Missing)> FindRootAsync()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return ("", "a Debian root of our own needs the superuser");
        }

        ProgramResult namespaces = await RunAsync("unshare", "--pid", "--fork", "--mount", "--cgroup", "--net", "mount", "-t", "tmpfs", "none", "/mnt");
        if (namespaces.Status != 0)
        {
            return ("", $"namespaces or mounts are not permitted here: {namespaces.Error.Trim()}");
        }

        string path = Path.Combine(Project, "artifacts", "debian", "bookworm");
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ProgramResult prepared = await Programs.RunAsync(
            "bash", [Path.Combine(AppContext.BaseDirectory, "Roots/prepare.sh"), path], deadline: TimeSpan.FromMinutes(10));
        return (path, prepared.Status == 0 ? null : $"no Debian can be made here: {prepared.Error.Trim()}");
    }

    private static string FindProject()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "package.sh")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException($"no package.sh above {AppContext.BaseDirectory}");
    }
}
