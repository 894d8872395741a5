using System.Diagnostics;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.BadDays;

public sealed class InheritedConnectionTests : IDisposable
{
    // Descriptor 3 is connected, then the watcher takes the place of this line of Perl, which every Debian has.
    private const string Launcher =
        """
        use Socket; use POSIX ();
        $^F = 255;
        socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
        connect($s, sockaddr_un(shift)) or die "connect: $!";
        POSIX::dup2(fileno($s), 3);
        exec { $ARGV[0] } @ARGV or die "exec: $!";
        """;

    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_descriptor_that_is_no_connection_ends_it()
    {
        ProgramResult result = await WatchProcess.RunAsync(_directory, "--node", "fd:99", "--http", "127.0.0.1:0");

        result.Status.ShouldBe(0);
        result.Error.ShouldContain("cannot connect to descriptor 99");
    }

    [Fact]
    public async Task An_inherited_connection_is_used_and_its_end_is_the_end()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        ProcessStartInfo start = new("/usr/bin/perl") { RedirectStandardError = true };
        foreach (string argument in new[] { "-e", Launcher, relay.Path, WatchProcess.Executable, "--node", "fd:3", "--http", "127.0.0.1:0" })
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        try
        {
            await TestKit.Eventually.TrueAsync(() => relay.Asked.Any(request => request.Ask == Admin.AdminWords.Events), "it asks over the connection");

            await relay.StopAsync();

            await process.WaitForExitAsync().WaitAsync(TestKit.Eventually.Deadline);
            process.ExitCode.ShouldBe(0);
        }
        finally
        {
            process.Kill();
            relay.Start();
        }
    }
}
