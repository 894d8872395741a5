using System.Diagnostics;
using System.Net;
using System.Text;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Metrics;

public sealed class PushTests : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_collector_is_told_every_metric()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using Collector collector = new();
        await using WatchProcess watch = await WatchProcess.StartAsync(
            "--node", $"edge1={relay.Argument}", "--otlp", collector.Url, "--otlp-seconds", "1");

        await Eventually.TrueAsync(() => collector.Last.Contains("rtpproxy_sessions_created_total", StringComparison.Ordinal));

        // One push may read a part of what there is before the relay is known, and the rest afterwards.
        IReadOnlyCollection<string> names = (await Exposition.ScrapeAsync(watch)).Kinds.Keys;
        string[] missing = [];
        await Eventually.TrueAsync(
            () => Task.FromResult((missing = [.. names.Where(name => !collector.Last.Contains(name, StringComparison.Ordinal))]).Length == 0),
            () => $"not told: {string.Join(", ", missing)}");

        collector.Last.ShouldContain("edge1");
        collector.Last.ShouldContain("rtpproxywatch");
        collector.Path.ShouldBe("/v1/metrics");
        collector.Type.ShouldBe("application/x-protobuf");
    }

    [Fact]
    public async Task A_collector_that_is_away_disturbs_nobody()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        ushort nobody = FreePorts.One(System.Net.Sockets.ProtocolType.Tcp, ipv6: false);
        await using WatchProcess watch = await WatchProcess.StartAsync(
            "--node", $"edge1={relay.Argument}", "--otlp", $"http://127.0.0.1:{nobody}", "--otlp-seconds", "1");
        await watch.WaitUntilAsync(up: true);

        (await Exposition.ScrapeAsync(watch)).Value("rtpproxy_up").ShouldBe(1);
        await watch.SignalAsync("TERM");
        (await watch.WaitForExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_only_pushes_listens_nowhere()
    {
        await using Collector collector = new();
        ProcessStartInfo start = new(WatchProcess.Executable) { RedirectStandardError = true };
        foreach (string argument in new[] { "--node", $"gone=unix:{_directory.File("none")}", "--otlp", collector.Url, "--otlp-seconds", "1" })
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        try
        {
            await Eventually.TrueAsync(() => collector.Last.Contains("rtpproxy_up", StringComparison.Ordinal));
            ProgramResult sockets = await ProgramRun.InAsync(_directory, "ss", "-ltnpH");
            sockets.Output.ShouldNotContain($"pid={process.Id},");
        }
        finally
        {
            process.Kill();
        }
    }

    /// <summary>Takes what is pushed. Protobuf writes strings as they are, so names are found in the bytes.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _serving;
        private volatile string _last = "";

        public Collector()
        {
            Url = $"http://127.0.0.1:{FreePorts.RangeLike(new PortRange(20_000, 20_001)).Min}";
            _listener.Prefixes.Add(Url + "/");
            _listener.Start();
            _serving = ServeAsync();
        }

        public string Url { get; }

        public string Last => _last;

        public string? Path { get; private set; }

        public string? Type { get; private set; }

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _serving;
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    HttpListenerContext context = await _listener.GetContextAsync();
                    using StreamReader body = new(context.Request.InputStream, Encoding.Latin1);
                    string text = await body.ReadToEndAsync();
                    (Path, Type) = (context.Request.Url!.AbsolutePath, context.Request.ContentType);
                    _last = text;
                    context.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
            }
        }
    }
}
