using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary>
/// What docs/operations.md tells of two relays in one set of the real Kamailio, when one of them is taken out of service by
/// <c>rtpproxy.enable</c> or drains.
/// </summary>
public sealed class DisabledNodes : IAsyncDisposable
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
    public async Task New_calls_avoid_a_disabled_node_and_its_own_move_away_with_their_next_offer()
    {
        await StartAsync("-T", "4");
        PlacedCall own = await CallOnAsync(_first, "before");
        PlacedCall other = await CallOnAsync(_first, "to-end");
        await EnableAsync(_first, false);
        for (int i = 0; i < 20; i++)
        {
            (await _phones.CallAsync($"while-{i}")).Relay.ShouldBe(_second.Address);
        }

        // Both phones are told the other relay.
        (await _phones.OfferAgainAsync(own)).Relay.ShouldBe(_second.Address);

        // The BYE does not reach the disabled node: the session ends by its time-out.
        await _phones.HangUpAsync(other);
        (await _first.CounterAsync("nsess_created")).ShouldBeGreaterThanOrEqualTo(2);
        await Eventually.TrueAsync(async () => await _first.SummaryAsync("active sessions") == 0);
        long[] ends = [.. await _first.CountersAsync("nsess_created", "nsess_timeout")];
        ends[1].ShouldBe(ends[0]);

        await EnableAsync(_first, true);
        await CallOnAsync(_first, "after");
    }

    [Fact]
    public async Task A_call_that_rings_while_its_node_is_disabled_is_answered_past_the_relay()
    {
        await StartAsync();
        bool isOnFirst = false;
        for (int i = 0; i < 40 && !isOnFirst; i++)
        {
            (IPAddress toCallee, IPAddress toCaller) = await _phones.AnswerAfterAsync($"ringing-{i}", async relay =>
            {
                isOnFirst = relay.Equals(_first.Address);
                await EnableAsync(_first, !isOnFirst);
            });
            toCaller.Equals(toCallee).ShouldBe(!isOnFirst);
        }

        isOnFirst.ShouldBeTrue();
    }

    [Fact]
    public async Task A_relay_that_is_told_to_drain_behind_a_disabled_node_ends_when_its_calls_are_over()
    {
        await StartAsync("-T", "4");
        await CallOnAsync(_first, "before");
        await EnableAsync(_first, false);
        await _first.SignalAsync("HUP");
        (await _phones.CallAsync("while")).Relay.ShouldBe(_second.Address);
        (await _first.EndAsync()).ShouldBe(0);
        (await _phones.CallAsync("after")).Relay.ShouldBe(_second.Address);
    }

    [Fact]
    public async Task The_error_of_a_draining_node_is_final_until_it_is_disabled()
    {
        await StartAsync();
        await CallOnAsync(_first, "before");
        await _first.SignalAsync("HUP");
        int probes = 0; // a new call each: one that is answered is a session, and stays
        await Eventually.TrueAsync(async () => await _first.AskAsync($"U probe-{probes++} 127.0.0.1 4000 x") == "E99");
        var outcomes = new List<IPAddress?>();
        for (int i = 0; i < 40 && !outcomes.Contains(null); i++)
        {
            outcomes.Add((await _phones.TryCallAsync($"while-{i}"))?.Relay);
        }

        outcomes.ShouldContain((IPAddress?)null);
        outcomes.ShouldNotContain(_first.Address);

        await EnableAsync(_first, false);
        for (int i = 0; i < 20; i++)
        {
            (await _phones.CallAsync($"then-{i}")).Relay.ShouldBe(_second.Address);
        }
    }

    private async Task StartAsync(params string[] optionsOfFirst)
    {
        _first = await RelayDaemon.StartAsync("first", "udp", _directory, optionsOfFirst);
        _second = await RelayDaemon.StartAsync("second", "udp", _directory);
        IPAddress address = Loopback.NextAddress();
        var sip = new IPEndPoint(address, Loopback.FreeUdpPort(address));
        _kamailio = await ChildProcess.StartAsync(
            "kamailio",
            "kamailio",
            [
                "-DD", "-E", "-f", Path.Combine(AppContext.BaseDirectory, "Kamailio", "one-set.cfg"),
                "-Y", _directory.CreateDirectory("kamailio"), "-P", _directory["kamailio.pid"], "-m", "32", "-M", "4",
                "-A", $"LISTEN=udp:{sip}",
                "-A", $"CTL=\"unix:{_directory["ctl"]}\"",
                "-A", $"RELAYS=\"{_first.Socket.Argument} {_second.Socket.Argument}\"",
            ],
            _directory);
        _phones = new TwoPhones(sip);
        await _phones.ProxyAnswersAsync(_kamailio);
    }

    private async Task<PlacedCall> CallOnAsync(RelayDaemon relay, string name)
    {
        for (int i = 0; i < 40; i++)
        {
            PlacedCall call = await _phones.CallAsync($"{name}-{i}");
            if (call.Relay.Equals(relay.Address))
            {
                return call;
            }
        }

        throw new InvalidOperationException($"none of 40 calls came to {relay.Address}");
    }

    private async Task EnableAsync(RelayDaemon relay, bool isEnabled)
    {
        using WorkingDirectory directory = new();
        ProgramResult result = await ProgramRun.InAsync(
            directory, "kamcmd", "-s", $"unix:{_directory["ctl"]}", "rtpproxy.enable", relay.Socket.Argument, isEnabled ? "1" : "0");
        (result.Status, result.Error).ShouldBe((0, ""), result.Output);
    }
}
