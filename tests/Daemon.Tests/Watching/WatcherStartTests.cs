using System.Globalization;
using RtpProxy.Daemon.Watching;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Watching;

public sealed class WatcherStartTests
{
    [Theory]
    [InlineData("TERM", true)]
    [InlineData("KILL", true)]
    [InlineData("TERM", false)]
    public async Task The_watcher_lives_and_ends_with_the_daemon_however_that_ends(string signal, bool foreground)
    {
        using WorkingDirectory directory = new();
        FakeWatcher.Make(directory, $"echo $$ >{directory.File("pid")}\n{FakeWatcher.UntilTheEnd}");
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Foreground = foreground,
            Options = ["--http", "127.0.0.1:0"],
            Environment = new Dictionary<string, string> { ["PATH"] = $"{directory.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}" },
        });
        int pid = 0;
        await Eventually.TrueAsync(() => (pid = ChildOf(daemon.Id)) > 0, "the daemon has a child");

        await daemon.SignalAsync(signal);

        await Eventually.TrueAsync(() => !IsAlive(pid), "the watcher has ended");
        await daemon.WaitForExitAsync();
    }

    [Fact]
    public void It_is_looked_for_beside_the_daemon_first_and_then_in_the_path()
    {
        using WorkingDirectory beside = new();
        using WorkingDirectory other = new();
        string inPath = FakeWatcher.Make(other, "exit 0");
        string path = $"relative::/nowhere:{Path.GetDirectoryName(inPath)}";

        WatcherProgram.Find(beside.Path, path).ShouldBe(inPath);
        WatcherProgram.Find(beside.Path, null).ShouldBeNull();
        WatcherProgram.Find(beside.Path, "/nowhere").ShouldBeNull();

        File.WriteAllText(beside.File(WatcherProgram.Name), "");
        WatcherProgram.Find(beside.Path, path).ShouldBe(inPath); // not executable

        string first = FakeWatcher.Make(beside, "exit 0");
        WatcherProgram.Find(Path.GetDirectoryName(first)!, path).ShouldBe(first);
    }

    private static int ChildOf(int process)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task/");
        string children = string.Concat(Directory.GetDirectories(path).Select(ChildrenOf));
        return children.Length == 0 ? 0 : int.Parse(children.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    // A thread of the pool may end while it is looked at.
    private static string ChildrenOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "children"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    // A zombie has ended, whoever reaps it.
    private static bool IsAlive(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
