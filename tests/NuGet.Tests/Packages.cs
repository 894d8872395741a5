using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.NuGet.Tests;

/// <summary>The packages as <c>pack.sh</c> makes them, once for all tests, and programs that are built against them alone.</summary>
public sealed class Packages : IAsyncLifetime
{
    private readonly WorkingDirectory _directory = new();

    /// <summary>The repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>The folder with the packages: a feed.</summary>
    public string Feed => _directory.File("feed");

    public async ValueTask InitializeAsync() =>
        (await Command.RunAsync(Root, Path.Combine(Root, "pack.sh"), Feed)).ShouldSucceed();

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The one file of the feed with this name and ending.</summary>
    /// <param name="id">Name of the package.</param>
    /// <param name="ending">nupkg or snupkg.</param>
    public string File(string id, string ending) =>
        Directory.GetFiles(Feed, $"{id}.*.{ending}").Single(file => char.IsAsciiDigit(Path.GetFileName(file)[id.Length + 1]));

    public string VersionOf(string id) => Path.GetFileNameWithoutExtension(File(id, "nupkg"))[(id.Length + 1)..];

    /// <summary>A text file of a package.</summary>
    public string TextOf(string id, string name)
    {
        using ZipArchive package = ZipFile.OpenRead(File(id, "nupkg"));
        using var reader = new StreamReader(package.GetEntry(name)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Publishes a program that knows nothing of the repository but the feed, for this machine and with all it needs.</summary>
    /// <param name="name">Of the program.</param>
    /// <param name="framework">net8.0 or net10.0.</param>
    /// <param name="program">Its Program.cs.</param>
    /// <param name="properties">Lines of its project's properties.</param>
    /// <param name="references">The packages that it names: name and version.</param>
    /// <returns>The executable.</returns>
    public async Task<string> PublishAsync(
        string name, string framework, string program, string properties, params (string Id, string Version)[] references)
    {
        string folder = Path.Combine(_directory.Path, name);
        Directory.CreateDirectory(folder);
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program);
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <InvariantGlobalization>true</InvariantGlobalization>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", references.Select(one => $"<PackageReference Include=\"{one.Id}\" Version=\"{one.Version}\" />"))}
              </ItemGroup>
            </Project>
            """);
        // What is in the feed must not be mixed up with a package of the same version from another day; the rest need not be fetched again.
        string ours = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(ours);
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{ours}" /></fallbackPackageFolders>
            </configuration>
            """);
        string output = Path.Combine(folder, "out");
        (await Command.RunAsync(
            folder,
            "dotnet",
            ["publish", "-c", "Release", "-v", "quiet", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", "--use-current-runtime", "--self-contained", "-o", output],
            ("NUGET_PACKAGES", Path.Combine(_directory.Path, "packages")))).ShouldSucceed();
        return Path.Combine(output, name);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
