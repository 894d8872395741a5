using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary><c>samples/kamailio/ng-relays.cfg</c>: two relays commanded by the real Kamailio's module for rtpengine.</summary>
public sealed class NgRelays : IAsyncDisposable
{
    private readonly WorkDirectory _directory = new();
    private RelayDaemon _first = null!;
    private RelayDaemon _second = null!;
    private ChildProcess _kamailio = null!;
    private TwoPhones _phones = null!;

    public async ValueTask DisposeAsync()
    {
        await _kamailio.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _phones.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_call_is_set_up_changed_and_ended_and_its_figures_fill_the_variables_of_the_script()
    {
        await StartAsync();
        PlacedCall call = await _phones.CallAsync("plain");
        RelayDaemon relay = call.Relay.Equals(_first.Address) ? _first : _second;
        (await relay.SummaryAsync("active sessions")).ShouldBe(1);

        (await _phones.OfferAgainAsync(call)).Relay.ShouldBe(relay.Address);
        await _phones.HangUpAsync(call);

        (await relay.SummaryAsync("active sessions")).ShouldBe(0);
        _kamailio.Output.ShouldContain($"{call.CallId}: RTP: 0 bytes, 0 packets, 0 errors; RTCP: 0 bytes, 0 packets, 0 errors");
    }

    [Fact]
    public async Task New_calls_avoid_a_relay_that_drains_and_its_own_go_on_with_it()
    {
        await StartAsync();
        PlacedCall own = await CallOnAsync(_first);
        await _first.SignalAsync("HUP");
        int probes = 0; // a new call each: one that is answered is a session, and stays
        await Eventually.TrueAsync(async () => await _first.AskAsync($"U probe-{probes++} 127.0.0.1 4000 x") == "E99");

        for (int i = 0; i < 10; i++)
        {
            (await _phones.CallAsync($"while-{i}")).Relay.ShouldBe(_second.Address);
        }

        (await _phones.OfferAgainAsync(own)).Relay.ShouldBe(_first.Address);
    }

    private async Task StartAsync()
    {
        (_first, string first) = await RelayAsync("first");
        (_second, string second) = await RelayAsync("second");
        IPAddress address = Loopback.NextAddress();
        var sip = new IPEndPoint(address, Loopback.FreeUdpPort(address));
        _kamailio = await ChildProcess.StartAsync(
            "kamailio",
            "kamailio",
            [
                "-DD", "-E", "-f", Path.Combine(AppContext.BaseDirectory, "Kamailio", "ng-relays.cfg"),
                "-Y", _directory.CreateDirectory("kamailio"), "-P", _directory["kamailio.pid"], "-m", "32", "-M", "4",
                "-A", $"LISTEN=udp:{sip}", "-A", $"RELAYS=\"{first} {second}\"",
            ],
            _directory);
        _phones = new TwoPhones(sip);
        await _phones.ProxyAnswersAsync(_kamailio);
    }

    private async Task<(RelayDaemon Relay, string NgSocket)> RelayAsync(string name)
    {
        IPAddress host = Loopback.NextAddress();
        string ng = $"udp:{host}:{Loopback.FreeUdpPort(host)}";
        return (await RelayDaemon.StartAsync(name, "udp", _directory, "--ng", ng), ng);
    }

    private async Task<PlacedCall> CallOnAsync(RelayDaemon relay)
    {
        for (int i = 0; i < 40; i++)
        {
            PlacedCall call = await _phones.CallAsync($"before-{i}");
            if (call.Relay.Equals(relay.Address))
            {
                return call;
            }
        }

        throw new InvalidOperationException($"none of 40 calls came to {relay.Address}");
    }
}
