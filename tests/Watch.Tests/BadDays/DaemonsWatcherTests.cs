using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.BadDays;

/// <summary>The watcher that the daemon starts by <c>--http</c>.</summary>
public sealed partial class DaemonsWatcherTests : IDisposable
{
    // Of the daemon.
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(15);

    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(null, "", "there is no such file")]
    [InlineData("0644", "correct-horse-battery\n", "the file is open to others; expected mode 0600 or 0640")]
    [InlineData("0600", "short\n", "the file has no token; expected one line of 16 to 512 printable characters")]
    public async Task A_token_file_that_cannot_be_used_ends_the_start(string? mode, string content, string problem)
    {
        string token = mode is null ? _directory.File("none") : TokenFiles.Write(_directory, content, mode);

        string said = await FailToStartAsync("--http", "127.0.0.1:0", "--http-token", token);

        said.ShouldContain($"rtpproxy: --http-token {token}: {problem}");
        said.ShouldNotContain("is started again");
    }

    [Fact]
    public async Task A_port_that_somebody_else_has_ends_the_start()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        string said = await FailToStartAsync("--http", $"{other.LocalEndpoint}");

        said.ShouldContain($"rtpproxy: --http {other.LocalEndpoint}: the port is in use; expected one that is free");
        said.ShouldNotContain("is started again");
    }

    [Fact]
    public async Task An_address_that_this_host_has_not_ends_the_start()
    {
        string said = await FailToStartAsync("--http", "192.0.2.1:8880", "--http-token", TokenFiles.Write(_directory));

        said.ShouldContain("rtpproxy: --http 192.0.2.1:8880: this host has no such address; expected one of its own");
    }

    [Fact]
    public async Task A_port_that_is_let_go_in_time_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        Task<DaemonProcess> starting = StartAsync("--http", $"{other.LocalEndpoint}");
        await Task.WhenAny(starting, Task.Delay(TimeSpan.FromMilliseconds(500)));
        other.Stop();

        await using DaemonProcess daemon = await starting;

        daemon.Log.Text.ShouldNotContain("is started again");
    }

    [Fact]
    public async Task A_watcher_that_stands_still_while_nobody_looks_is_replaced()
    {
        await using DaemonProcess daemon = await StartAsync("--http", "127.0.0.1:0");
        await daemon.Log.WaitForAsync("the watcher has started, pid ");
        int first = Pids(daemon).Single();

        using (System.Diagnostics.Process stop = System.Diagnostics.Process.Start("/bin/kill", ["-STOP", first.ToString(CultureInfo.InvariantCulture)]))
        {
            await stop.WaitForExitAsync();
        }

        await Eventually.TrueAsync(() => Task.FromResult(Pids(daemon).Count == 2), () => "no other watcher", AskPatience * 4);
        daemon.Log.Text.ShouldContain($"pid {first} has ended with status 137, after it had not asked anything for 15 s");
        Directory.Exists($"/proc/{first}").ShouldBeFalse();
    }

    private async Task<string> FailToStartAsync(params IReadOnlyList<string> options) =>
        (await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(options))).Message;

    private static Task<DaemonProcess> StartAsync(params IReadOnlyList<string> options) => DaemonProcess.StartAsync(new DaemonSettings
    {
        Options = options,
        LogLevel = "info",
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{Path.GetDirectoryName(WatchProcess.Executable)}:{Environment.GetEnvironmentVariable("PATH")}",
        },
    });

    private static IReadOnlyList<int> Pids(DaemonProcess daemon) =>
        [.. Started().Matches(daemon.Log.Text).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];

    [GeneratedRegex("the watcher has started, pid ([0-9]+)")]
    private static partial Regex Started();
}
