using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>
/// What the calls of one test class share, since starting it takes a second: a relay and the SIP proxy that controls it. Calls
/// follow one another, so that counters and descriptors can be compared exactly.
/// </summary>
/// <param name="controlKind">Prefix of <c>-s</c>: unix, cunix, udp or udp6.</param>
/// <param name="workers">Packet workers of each relay.</param>
public abstract class CallSite(string controlKind, int workers) : IAsyncLifetime
{
    private int _calls;

    public WorkDirectory Directory { get; } = new();

    public RelayDaemon Relay { get; private set; } = null!;

    /// <summary>Where callers send their requests.</summary>
    public abstract IPEndPoint Sip { get; }

    /// <summary>Whether callers have to say by a Route field where their calls go; else the Request-URI does.</summary>
    public virtual bool CallersNameRoutes => false;

    /// <summary>Whether the proxy asks the relay also about media that the callee refuses by port 0.</summary>
    public virtual bool RelaysRefusedMedia => true;

    /// <summary>Whether the proxy marks descriptions that its relay is in.</summary>
    public virtual bool MarksDescriptions => true;

    /// <summary>Whether the proxy tells in BYE what the relay has counted.</summary>
    public virtual bool ShowsFigures => false;

    /// <summary>Path of a Unix socket that may be told about time-outs of the ordinary relay.</summary>
    public string NoticeSocket => Directory["notices.sock"];

    /// <summary>Path of the prompt, in the directory that the relays run in, without the payload type that is its extension.</summary>
    public string PromptPath => Directory["prompt"];

    /// <summary>Where the ordinary relay records to.</summary>
    public string RecordingDirectory => Directory["recordings"];

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory("recordings");
        Relay = await StartRelayAsync("relay", ["-r", RecordingDirectory, "-n", "unix:" + NoticeSocket, .. RelayOptions]);
        await StartProxyAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (IAsyncDisposable? part in (IAsyncDisposable?[])[.. ProxyAndItsRelays, Relay])
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

    /// <summary>The relay that the proxy uses for calls of this treatment.</summary>
    public virtual RelayDaemon RelayFor(string treatment) => Relay;

    /// <summary>The address of that relay which a party at <paramref name="party"/> of a call of this treatment must be told.</summary>
    public virtual IPAddress MediaAddress(string treatment, IPAddress party, bool isCaller) =>
        IPAddress.IPv6Loopback.Equals(party) ? party : RelayFor(treatment).Address;

    /// <summary>What the ordinary relay is told besides.</summary>
    protected virtual IEnumerable<string> RelayOptions => [];

    /// <summary>What <see cref="StartProxyAsync"/> has started, the first to end first.</summary>
    protected abstract IEnumerable<IAsyncDisposable?> ProxyAndItsRelays { get; }

    /// <summary>Starts the proxy, and further relays of its.</summary>
    protected abstract Task StartProxyAsync();

    protected Task<RelayDaemon> StartRelayAsync(string name, params string[] arguments) =>
        RelayDaemon.StartAsync(name, controlKind, Directory, ["--workers", workers.ToString(), .. arguments]);
}
