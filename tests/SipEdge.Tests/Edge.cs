using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Hosting;
using RtpProxy.SipEdge.Transport;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.SipEdge.Tests;

/// <summary>A proxy inside the test, between a caller and a callee, with fake relays.</summary>
internal sealed class Edge : IAsyncDisposable
{
    /// <summary>Every peer of a test is a trusted server.</summary>
    public const string OpenToServers = """ "authentication": "none", "trusted": ["127.0.0.0/8"], """;

    /// <summary>Nobody is asked for a password, and nobody is known.</summary>
    public const string OpenToAll = """ "authentication": "none", """;

    private readonly List<FakeRelay> _relays = [];
    private string[] _furtherAddresses = [];
    private string _trust = OpenToServers;
    private string _listen = "127.0.0.1";
    private string? _advertise;

    public ManualTime Time { get; } = new();

    public SipPeer Caller { get; } = new();

    public SipPeer Callee { get; } = new("127.0.0.2");

    public EdgeServer Server { get; private set; } = null!;

    public IReadOnlyList<FakeRelay> Relays => _relays;

    /// <summary>Where the proxy listens for UDP.</summary>
    public IPEndPoint Udp => Reachable(SipTransport.Udp);

    public IPEndPoint Tcp => Reachable(SipTransport.Tcp);

    public Dialogue Call => new(Caller, Callee, Udp);

    public static async Task<Edge> StartAsync(
        int relays = 1,
        string more = "",
        string? nextHop = null,
        Func<string, string?>? answer = null,
        string[]? alsoAt = null,
        string trust = OpenToServers,
        string listen = "127.0.0.1",
        string? advertise = null)
    {
        var edge = new Edge { _furtherAddresses = alsoAt ?? [], _trust = trust, _listen = listen, _advertise = advertise };
        for (int i = 0; i < relays; i++)
        {
            edge._relays.Add(answer is null ? FakeRelay.Start("udp", $"127.0.1.{i + 1}") : FakeRelay.Start("udp", answer));
        }

        edge.Server = await EdgeServer.StartAsync(
            EdgeConfiguration.Parse(Encoding.UTF8.GetBytes(edge.Json(more, nextHop))),
            new InProcessRelayHost(),
            edge.Time,
            NullLogger.Instance,
            TestContext.Current.CancellationToken);
        return edge;
    }

    /// <summary>The configuration in use, with other words in it.</summary>
    public string Json(string more = "", string? nextHop = null)
    {
        string shown = _advertise is null ? "" : $"\"advertise\": \"{_advertise}\", ";
        string sockets = string.Join(" ", _relays.Select(relay => relay.Url));
        return $$"""
            {
              "listen": [
                { "transport": "udp", "address": "{{_listen}}", {{shown}}"port": 0 },
                {{string.Concat(_furtherAddresses.Select(address => $$"""{ "address": "{{address}}", "port": 0 }, """))}}
                { "transport": "tcp", "address": "{{_listen}}", {{shown}}"port": 0 }
              ],
              {{(nextHop is "" ? "" : $"\"nextHop\": \"{nextHop ?? $"sip:{Callee.HostPort}"}\",")}}
              "relays": { "sockets": ["{{sockets}}"], "replySeconds": 1, "transmissions": 2 },
              {{_trust}}
              {{more}}
              "log": "none"
            }
            """;
    }

    /// <summary>What all relays were asked, without the questions of probes.</summary>
    public IReadOnlyList<string> MediaCommands =>
        [.. _relays.SelectMany(relay => relay.Commands).Where(command => !command.StartsWith('V'))];

    public async Task WaitForMediaAsync(int count) => await Eventually.TrueAsync(() => MediaCommands.Count >= count);

    /// <summary>
    /// Moves the clock on until something has come about. A timer is set after the message that tells of it has left, so a
    /// clock that has been moved once, when that message is here, may have been moved too early.
    /// </summary>
    public Task AdvanceUntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string expectation = "") =>
        Eventually.TrueAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                return condition();
            },
            expectation);

    /// <summary>Waits until the proxy has nothing more to do with what it has received, and throws its answers away.</summary>
    public async Task DrainAsync()
    {
        using var probe = new SipPeer();
        var own = new Dialogue(probe, Callee, Udp, $"probe-{Guid.NewGuid():N}");
        own.CallerSends(own.Initial("OPTIONS", null, $"sip:{Udp}"));
        await probe.ExpectAsync("SIP/2.0 200");
        while (Caller.HasMail)
        {
            await Caller.DiscardAsync();
        }
    }

    private IPEndPoint Reachable(SipTransport transport)
    {
        IPEndPoint local = Server.Points.First(point => point.Transport == transport).Local;
        return local.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, local.Port) : local;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        foreach (FakeRelay relay in _relays)
        {
            await relay.DisposeAsync();
        }

        Caller.Dispose();
        Callee.Dispose();
    }
}
