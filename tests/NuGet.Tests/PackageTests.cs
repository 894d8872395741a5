using System.IO.Compression;
using System.Reflection.Metadata;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.NuGet.Tests;

/// <summary>The packages are what .NET developers expect of one, and work where nothing else of the project is.</summary>
public sealed class PackageTests(Packages packages) : IClassFixture<Packages>
{
    private const string Core = "RtpProxy.Controller";
    private const string Hosting = "RtpProxy.Controller.Hosting";
    private static readonly string[] Layers = [Core, "RtpProxy.Lines", "RtpProxy.Protocols.Rtpp", "RtpProxy.Sip"];
    private static readonly string[] Frameworks = ["net10.0", "net8.0"];

    [Fact]
    public void Each_framework_has_all_assemblies_with_their_documentation_and_symbols()
    {
        FilesOf(packages.File(Core, "nupkg")).ShouldBe(
            Frameworks.SelectMany(tfm => Layers.SelectMany(layer => new[] { $"lib/{tfm}/{layer}.dll", $"lib/{tfm}/{layer}.xml" })),
            ignoreOrder: true);
        FilesOf(packages.File(Core, "snupkg")).ShouldBe(
            Frameworks.SelectMany(tfm => Layers.Select(layer => $"lib/{tfm}/{layer}.pdb")), ignoreOrder: true);
        FilesOf(packages.File(Hosting, "nupkg")).ShouldBe(
            Frameworks.SelectMany(tfm => new[] { $"lib/{tfm}/{Hosting}.dll", $"lib/{tfm}/{Hosting}.xml" }), ignoreOrder: true);
    }

    [Fact]
    public void They_ask_for_no_more_than_they_need()
    {
        string core = packages.TextOf(Core, $"{Core}.nuspec");
        core.ShouldContain("<license type=\"expression\">BSD-2-Clause</license>");
        core.ShouldContain("<readme>README.md</readme>");
        core.ShouldContain("<dependency id=\"Microsoft.Extensions.Logging.Abstractions\" version=\"8.");
        core.ShouldContain("<dependency id=\"Microsoft.Extensions.Logging.Abstractions\" version=\"10.");
        core.Split("<dependency id=").Length.ShouldBe(4, "three dependencies, one of them of .NET 8 alone");
        packages.TextOf(Hosting, $"{Hosting}.nuspec").ShouldContain($"<dependency id=\"{Core}\" version=\"{packages.VersionOf(Core)}\"");
        packages.TextOf(Core, "README.md").ShouldBe(File.ReadAllText(Path.Combine(Packages.Root, "src", "Controller", "README.md")));
    }

    [Theory]
    [InlineData(Core)]
    [InlineData(Hosting)]
    public void Symbols_name_files_of_the_repository_and_not_of_the_machine_that_built_them(string id)
    {
        using ZipArchive symbols = ZipFile.OpenRead(packages.File(id, "snupkg"));
        foreach (ZipArchiveEntry entry in symbols.Entries.Where(entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal)))
        {
            using var bytes = new MemoryStream();
            using (Stream stream = entry.Open())
            {
                stream.CopyTo(bytes);
            }

            bytes.Position = 0;
            using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(bytes);
            MetadataReader reader = provider.GetMetadataReader();
            string[] documents = [.. reader.Documents.Select(one => reader.GetString(reader.GetDocument(one).Name))];
            documents.ShouldNotBeEmpty();
            documents.ShouldAllBe(name => name.StartsWith("/_", StringComparison.Ordinal), entry.FullName);
        }
    }

    [Fact]
    public async Task The_first_call_of_the_README_runs_on_NET_8()
    {
        string readme = packages.TextOf(Core, "README.md");
        const string Opening = "```csharp\n";
        int from = readme.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length;
        string program = readme[from..readme.IndexOf("```", from, StringComparison.Ordinal)];
        program.Split('\n').Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)).ShouldBeLessThan(21);

        string executable = await packages.PublishAsync(
            "firstcall", "net8.0", program, "", (Core, packages.VersionOf(Core)));
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new() { Transports = [Transport.Udp] });
        ProgramResult result = await Command.RunAsync("/", executable, daemon.Sockets[0].Argument);
        result.ShouldSucceed();
        result.Output.Split("c=IN IP4 127.0.0.1").Length.ShouldBe(3, result.Output);
        result.Output.ShouldContain("a=nortpproxy:yes");
        result.Output.ShouldNotContain("m=audio 40000");
    }

    [Fact]
    public async Task A_host_that_is_compiled_ahead_of_time_binds_its_settings_and_relays_a_call()
    {
        string program = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Consumers", "hosted.txt"));
        string executable = await packages.PublishAsync(
            "hosted",
            "net10.0",
            program,
            "<PublishAot>true</PublishAot><StripSymbols>true</StripSymbols>",
            (Hosting, packages.VersionOf(Hosting)),
            ("Microsoft.Extensions.Hosting", "10.0.0"));
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new() { Transports = [Transport.Udp] });
        ProgramResult result = await Command.RunAsync("/", executable, daemon.Sockets[0].Argument);
        result.ShouldSucceed();
        result.Output.ShouldStartWith("10 Done Done Done Healthy\n");
        result.Output.ShouldContain("a=x-marked:yes");
    }

    private static IEnumerable<string> FilesOf(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal))];
    }
}
