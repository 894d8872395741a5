using RtpProxy.Packages.Tests.Roots;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Packages.Tests;

/// <summary>The packages as files.</summary>
public class PackageFileTests(SharedPackages packages)
{
    [Fact]
    public async Task Two_runs_on_one_commit_make_the_same_bytes()
    {
        Assert.SkipUnless(packages.Missing is null, packages.Missing ?? "");
        using WorkingDirectory directory = new();

        await SharedPackages.MakeAsync(directory.Path);

        foreach (string file in packages.Files)
        {
            byte[] once = await File.ReadAllBytesAsync(Path.Combine(packages.Directory, file));
            byte[] again = await File.ReadAllBytesAsync(directory.File(file));
            once.AsSpan().SequenceEqual(again).ShouldBeTrue(file);
        }
    }

    [Fact]
    public async Task Lintian_finds_no_errors()
    {
        Assert.SkipUnless(packages.Missing is null, packages.Missing ?? "");

        ProgramResult result = await SharedPackages.RunAsync(
            "lintian", ["--allow-root", "--fail-on", "error", .. packages.Files.Select(file => Path.Combine(packages.Directory, file))]);

        result.Status.ShouldBe(0, result.Output + result.Error);
        result.Output.ShouldNotContain("E: ");
    }

    [Fact]
    public async Task Every_program_comes_with_its_manual_page()
    {
        Assert.SkipUnless(packages.Missing is null, packages.Missing ?? "");
        foreach (string file in packages.Files)
        {
            string[] contents = await ContentsAsync(file);
            foreach (string program in contents.Where(path => path.StartsWith("./usr/bin/", StringComparison.Ordinal) && !path.EndsWith('/')))
            {
                string name = Path.GetFileName(program);
                contents.ShouldContain(path => path == $"./usr/share/man/man1/{name}.1.gz" || path == $"./usr/share/man/man8/{name}.8.gz", name);
            }
        }
    }

    [Fact]
    public async Task What_shells_and_logrotate_look_for_is_where_they_look()
    {
        Assert.SkipUnless(packages.Missing is null, packages.Missing ?? "");
        string[] contents = await ContentsAsync(packages.Files[0]);

        contents.ShouldContain("./usr/share/bash-completion/completions/rtpproxyctl");
        contents.ShouldContain("./usr/share/zsh/vendor-completions/_rtpproxyctl");
        contents.ShouldContain("./usr/share/fish/vendor_completions.d/rtpproxyctl.fish");
        contents.ShouldContain("./etc/logrotate.d/rtpproxy");
    }

    [Fact]
    public async Task The_version_is_that_of_the_tag_behind_an_epoch_and_the_library_of_TLS_is_asked_for()
    {
        Assert.SkipUnless(packages.Missing is null, packages.Missing ?? "");
        foreach (string file in packages.Files)
        {
            string path = Path.Combine(packages.Directory, file);
            (await SharedPackages.RunAsync("dpkg-deb", "-f", path, "Version")).Output.Trim().ShouldBe($"1:{packages.Version}");
            string depends = (await SharedPackages.RunAsync("dpkg-deb", "-f", path, "Depends")).Output;
            depends.ShouldContain("libc6 (>= ");
            depends.ShouldContain("libssl3 | libssl3t64");
        }
    }

    private async Task<string[]> ContentsAsync(string file)
    {
        ProgramResult listed = await SharedPackages.RunAsync(
            "bash", "-c", $"dpkg-deb --fsys-tarfile '{Path.Combine(packages.Directory, file)}' | tar -t");
        listed.Status.ShouldBe(0, listed.Error);
        return listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
