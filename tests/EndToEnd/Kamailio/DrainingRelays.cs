using System.Net;
using System.Net.Sockets;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary><c>samples/kamailio/two-relays.cfg</c> with the real Kamailio: one relay drains, and no call is lost.</summary>
public sealed class DrainingRelays : IAsyncLifetime
{
    private readonly WorkDirectory _directory = new();
    private RelayDaemon _first = null!;
    private RelayDaemon _second = null!;
    private ChildProcess _kamailio = null!;
    private TwoPhones _phones = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await RelayDaemon.StartAsync("first", "udp", _directory);
        _second = await RelayDaemon.StartAsync("second", "udp", _directory);
        IPAddress address = Loopback.NextAddress();
        var sip = new IPEndPoint(address, Loopback.FreeUdpPort(address));
        _kamailio = await ChildProcess.StartAsync(
            "kamailio",
            "kamailio",
            [
                "-DD", "-E", "-f", Path.Combine(AppContext.BaseDirectory, "Kamailio", "two-relays.cfg"),
                "-Y", _directory.CreateDirectory("kamailio"), "-P", _directory["kamailio.pid"], "-m", "32", "-M", "4",
                "-A", $"LISTEN=udp:{sip}",
                "-A", $"RELAY_1=\"1 == {_first.Socket.Argument}\"",
                "-A", $"RELAY_2=\"2 == {_second.Socket.Argument}\"",
            ],
            _directory);
        _phones = new TwoPhones(sip);
        await _phones.ProxyAnswersAsync(_kamailio);
    }

    public async ValueTask DisposeAsync()
    {
        await _kamailio.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _phones.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task New_calls_go_to_the_other_relay_while_one_drains_and_its_own_calls_end_where_they_began()
    {
        // Calls until each relay has one.
        var calls = new Dictionary<IPAddress, PlacedCall>();
        for (int i = 0; i < 40 && calls.Count < 2; i++)
        {
            PlacedCall call = await _phones.CallAsync($"before-{i}");
            calls.TryAdd(call.Relay, call);
        }

        calls.Keys.ShouldBe([_first.Address, _second.Address], ignoreOrder: true);
        await _first.SignalAsync("HUP");
        int probes = 0; // a new call each: one that is answered is a session, and stays
        await Eventually.TrueAsync(async () => await _first.AskAsync($"U probe-{probes++} 127.0.0.1 4000 x") == "E99");

        for (int i = 0; i < 20; i++)
        {
            (await _phones.CallAsync($"after-{i}")).Relay.ShouldBe(_second.Address);
        }

        // The draining relay's call is re-negotiated and ended on it.
        PlacedCall own = calls[_first.Address];
        (await _phones.OfferAgainAsync(own)).Relay.ShouldBe(_first.Address);
        long before = await _first.SummaryAsync("active sessions");
        await _phones.HangUpAsync(own);
        await Eventually.TrueAsync(async () => _first.HasEnded || await SessionsOfFirstAsync() < before);
    }

    // With its last session it ends, maybe while it is being asked.
    private async Task<long> SessionsOfFirstAsync()
    {
        try
        {
            return await _first.SummaryAsync("active sessions");
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
