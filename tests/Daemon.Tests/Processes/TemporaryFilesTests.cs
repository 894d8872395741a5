using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>
/// Programs on the .NET runtime have doors for debuggers, which are files in the directory for temporary ones. The published
/// executable has no such doors.
/// </summary>
public class TemporaryFilesTests
{
    [Theory]
    [InlineData(true, "TERM")]
    [InlineData(true, "KILL")]
    [InlineData(true, "QUIT")]
    [InlineData(false, "TERM")]
    [InlineData(false, "KILL")]
    public async Task A_daemon_leaves_no_file_while_it_runs_nor_when_it_ends(bool foreground, string signal)
    {
        Assert.SkipUnless(Executables.ArePublished, "what is built but not published runs on the runtime");
        using WorkingDirectory temporary = new();
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Foreground = foreground,
            Environment = new Dictionary<string, string> { ["TMPDIR"] = temporary.Path, ["DOTNET_EnableDiagnostics"] = "1" },
        });
        (await daemon.AskAsync("V")).ShouldBe("20040107");
        Directory.GetFileSystemEntries(temporary.Path).ShouldBeEmpty("while it runs");

        await daemon.SignalAsync(signal);
        await daemon.WaitForExitAsync();

        Directory.GetFileSystemEntries(temporary.Path).ShouldBeEmpty("afterwards");
    }
}
