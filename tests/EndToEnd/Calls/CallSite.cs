using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Kamailio;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>
/// What the calls of one test class share, since starting it takes a second: an ordinary relay, a bridge between IPv4 and IPv6,
/// and a Kamailio that controls both. Calls follow one another, so that counters and descriptors can be compared exactly.
/// </summary>
/// <param name="controlKind">Prefix of <c>-s</c>: unix, udp or udp6.</param>
/// <param name="workers">Packet workers of each relay.</param>
public abstract class CallSite(string controlKind, int workers) : IAsyncLifetime
{
    private int _calls;

    public WorkDirectory Directory { get; } = new();

    public RelayDaemon Relay { get; private set; } = null!;

    public RelayDaemon Bridge { get; private set; } = null!;

    public KamailioServer Kamailio { get; private set; } = null!;

    /// <summary>Path of a Unix socket that may be told about time-outs of the ordinary relay.</summary>
    public string NoticeSocket => Directory["notices.sock"];

    /// <summary>Where the ordinary relay records to.</summary>
    public string RecordingDirectory => Directory["recordings"];

    /// <summary>Path of the prompt, without the payload type that is its extension.</summary>
    public string PromptPath => Directory["prompt"];

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory("recordings");
        Relay = await RelayDaemon.StartAsync("relay", controlKind, Directory,
            "--workers", workers.ToString(), "-r", RecordingDirectory, "-n", "unix:" + NoticeSocket);
        Bridge = await RelayDaemon.StartAsync("bridge", controlKind, Directory,
            "--workers", workers.ToString(), "-6", "/::1");
        Kamailio = await KamailioServer.StartAsync(Relay, Bridge, PromptPath, Directory);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (IAsyncDisposable? part in (IAsyncDisposable?[])[Kamailio, Relay, Bridge])
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        Directory.Dispose();
    }

    /// <summary>A number that no other call of this site has.</summary>
    public int NextCallNumber() => Interlocked.Increment(ref _calls);

    /// <summary>The relay that Kamailio uses for calls of this treatment.</summary>
    public RelayDaemon RelayFor(string treatment) => treatment == "bridge" ? Bridge : Relay;

    /// <summary>The address of that relay which a party at <paramref name="party"/> must be told.</summary>
    public IPAddress MediaAddress(RelayDaemon relay, IPAddress party) =>
        IPAddress.IPv6Loopback.Equals(party) ? party : relay.Address;
}
