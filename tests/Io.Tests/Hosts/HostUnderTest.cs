using RtpProxy.Hosting;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Tests.ControlEndpoints;

namespace RtpProxy.Io.Tests.Hosts;

/// <summary>A running relay on loopback with control sockets in a directory of its own.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rtpproxy-io-");

    private HostUnderTest()
    {
    }

    public RelayHost Host { get; private set; } = null!;

    public RecordingLogger Logger { get; } = new();

    public string Path(string name) => System.IO.Path.Combine(_directory.FullName, name);

    public static HostUnderTest Start(
        string[] sockets, Func<HostUnderTest, RelayHostOptions, RelayHostOptions>? change = null, int? pairs = null)
    {
        var test = new HostUnderTest();
        (int lowest, int highest) = FreePorts.Plenty;
        if (pairs is { } exact)
        {
            PortRange range = FreePorts.Range(exact);
            (lowest, highest) = (range.Lowest, range.Highest);
        }

        var options = new RelayHostOptions
        {
            Addresses = new BindAddresses { Entries = [LoopbackAddresses.IPv4, LoopbackAddresses.IPv6] },
            ControlSockets = [.. sockets.Select(s => ControlSocketText.Parse(s.Replace("DIR", test._directory.FullName, StringComparison.Ordinal)))],
            PortMin = lowest,
            PortMax = highest,
            Workers = 2,
        };
        test.Host = new RelayHost(change?.Invoke(test, options) ?? options, new SingleLoggerFactory(test.Logger));
        test.Host.OpenControlSockets();
        test.Host.Start();
        return test;
    }

    public System.Net.IPEndPoint BoundTo(int endpoint) => Host.Endpoints[endpoint].BoundTo!;

    public Task<ControlClient> ConnectAsync(int endpoint) => Host.Endpoints[endpoint].Address is { IsUnix: true, Path: var path }
        ? ControlClient.ConnectAsync(path)
        : ControlClient.ConnectAsync(BoundTo(endpoint));

    public Task<ControlClient> DatagramAsync(int endpoint) => ControlClient.DatagramAsync(BoundTo(endpoint));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
