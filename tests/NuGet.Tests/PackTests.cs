using System.IO.Compression;
using System.Text;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.NuGet.Tests;

/// <summary>What <c>pack.sh</c> promises of packages, tried on clones of the repository.</summary>
public sealed class PackTests : IDisposable
{
    private const string Origin = "https://github.com/example/rtpproxy";
    private readonly WorkingDirectory _directory = new();

    [Fact]
    public async Task One_commit_makes_the_same_bytes_twice_with_its_sources_linked_and_what_breaks_users_is_refused()
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(Packages.Root, ".git")), "not in a repository");
        string first = await CloneAsync("first", "main");
        string second = await CloneAsync(Path.Combine("deeper", "second"), "another-branch");
        (await PackAsync(first, _directory.File("a"))).ShouldSucceed();
        (await PackAsync(second, _directory.File("b"))).ShouldSucceed();
        string[] files = [.. Directory.GetFiles(_directory.File("a")).Select(file => Path.GetFileName(file)!).Order()];
        files.Length.ShouldBe(4);
        foreach (string file in files)
        {
            byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(_directory.File("a"), file), TestContext.Current.CancellationToken);
            byte[] again = await File.ReadAllBytesAsync(Path.Combine(_directory.File("b"), file), TestContext.Current.CancellationToken);
            again.AsSpan().SequenceEqual(bytes).ShouldBeTrue(file);
        }

        string symbols = files.Single(file => file.EndsWith(".snupkg", StringComparison.Ordinal) && !file.Contains(".Hosting.", StringComparison.Ordinal));
        await SourcesShouldBeLinkedAsync(Path.Combine(_directory.File("a"), symbols));

        string options = Path.Combine(second, "src", "Controller", "SdpOptions.cs");
        await RenameAsync(options, "bool RewriteSessionConnection {", "bool RewriteConnection {");
        await RenameAsync(options, "= RewriteSessionConnection,", "= RewriteConnection,");
        ProgramResult broken = await PackAsync(second, "--against", _directory.File("a"), _directory.File("c"));
        broken.Status.ShouldNotBe(0);
        (broken.Output + broken.Error).ShouldContain("RtpProxy.Controller.SdpOptions.RewriteSessionConnection.get");
        Directory.GetFiles(_directory.File("c")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--against", "--against '': expected the directory with the packages of the last version")]
    [InlineData("--agianst", "'--agianst': Usage: ./pack.sh")]
    public async Task A_mistyped_command_line_packs_nothing(string argument, string says)
    {
        ProgramResult result = await Command.RunAsync(_directory.Path, Path.Combine(Packages.Root, "pack.sh"), argument);
        result.Status.ShouldBe(2);
        result.Error.ShouldStartWith(says);
        Directory.GetFileSystemEntries(_directory.Path).ShouldBeEmpty();
    }

    public void Dispose() => _directory.Dispose();

    private static async Task RenameAsync(string file, string from, string to)
    {
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }

    // Debuggers find each file by its commit.
    private static async Task SourcesShouldBeLinkedAsync(string symbols)
    {
        await using ZipArchive package = await ZipFile.OpenReadAsync(symbols, TestContext.Current.CancellationToken);
        await using Stream stream = await package.GetEntry("lib/net8.0/RtpProxy.Controller.pdb")!.OpenAsync(TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(bytes.ToArray()).ShouldContain("\"/_/*\":\"https://raw.githubusercontent.com/example/rtpproxy/");
    }

    private async Task<string> CloneAsync(string name, string branch)
    {
        string clone = _directory.File(name);
        (await Command.RunAsync("/", "git", "clone", "--quiet", Packages.Root, clone)).ShouldSucceed();
        (await Command.RunAsync(clone, "git", "checkout", "--quiet", "-B", branch)).ShouldSucceed();
        (await Command.RunAsync(clone, "git", "remote", "set-url", "origin", Origin)).ShouldSucceed();
        return clone;
    }

    // Analyzers have had their say when the repository was built.
    private static Task<ProgramResult> PackAsync(string clone, params string[] arguments) =>
        Command.RunAsync(clone, Path.Combine(clone, "pack.sh"), arguments, ("RunAnalyzers", "false"), ("EnforceCodeStyleInBuild", "false"));
}
