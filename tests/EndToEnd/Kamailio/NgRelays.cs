using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary><c>samples/kamailio/ng-relays.cfg</c>: two relays commanded by the real Kamailio's module for rtpengine.</summary>
public sealed class NgRelays : IAsyncDisposable
{
    private readonly WorkDirectory _directory = new();
    private TwoNgRelays _relays = null!;
    private TwoPhones _phones = null!;
    private int _placed;

    public async ValueTask DisposeAsync()
    {
        await _relays.DisposeAsync();
        _phones.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_call_is_set_up_changed_and_ended_and_its_figures_fill_the_variables_of_the_script()
    {
        await StartAsync();
        PlacedCall call = await _phones.CallAsync("plain");
        RelayDaemon relay = call.Relay.Equals(_relays.First.Address) ? _relays.First : _relays.Second;
        (await relay.SummaryAsync("active sessions")).ShouldBe(1);

        (await _phones.OfferAgainAsync(call)).Relay.ShouldBe(relay.Address);
        await _phones.HangUpAsync(call);

        (await relay.SummaryAsync("active sessions")).ShouldBe(0);
        _relays.Kamailio.Output.ShouldContain($"{call.CallId}: RTP: 0 bytes, 0 packets, 0 errors; RTCP: 0 bytes, 0 packets, 0 errors");
    }

    [Fact]
    public async Task New_calls_avoid_a_relay_that_drains_and_its_own_go_on_with_it()
    {
        await StartAsync();
        PlacedCall own = await CallOnAsync(_relays.First);
        await _relays.First.SignalAsync("HUP");
        int probes = 0; // a new call each: one that is answered is a session, and stays
        await Eventually.TrueAsync(async () => await _relays.First.AskAsync($"U probe-{probes++} 127.0.0.1 4000 x") == "E99");

        for (int i = 0; i < 10; i++)
        {
            (await _phones.CallAsync($"while-{i}")).Relay.ShouldBe(_relays.Second.Address);
        }

        (await _phones.OfferAgainAsync(own)).Relay.ShouldBe(_relays.First.Address);
    }

    [Fact]
    public async Task New_calls_avoid_a_relay_that_is_disabled_until_it_is_enabled()
    {
        await StartAsync();
        PlacedCall own = await CallOnAsync(_relays.First);
        PlacedCall other = await CallOnAsync(_relays.First);
        await _relays.EnableFirstAsync(false);

        for (int i = 0; i < 20; i++)
        {
            (await _phones.CallAsync($"while-{i}")).Relay.ShouldBe(_relays.Second.Address);
        }

        // The module asks no other relay about a call than the one that it remembers: what the phones say passes as it is.
        (await _phones.OfferAgainAnywhereAsync(own)).ShouldBe((_phones.Caller, _phones.Callee));
        await _phones.HangUpAsync(other);

        await _relays.EnableFirstAsync(true);
        await CallOnAsync(_relays.First);
    }

    private async Task StartAsync()
    {
        _relays = await TwoNgRelays.StartAsync(_directory);
        _phones = new TwoPhones(_relays.Sip);
        await _phones.ProxyAnswersAsync(_relays.Kamailio);
    }

    private async Task<PlacedCall> CallOnAsync(RelayDaemon relay)
    {
        for (int i = 0; i < 40; i++)
        {
            PlacedCall call = await _phones.CallAsync($"on-{_placed++}");
            if (call.Relay.Equals(relay.Address))
            {
                return call;
            }
        }

        throw new InvalidOperationException($"none of 40 calls came to {relay.Address}");
    }
}
