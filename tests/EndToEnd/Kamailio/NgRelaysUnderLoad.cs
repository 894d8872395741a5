using System.Diagnostics;
using System.Globalization;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary>
/// One of two relays goes while calls come all the time, each of which is offered anew once: what <c>samples/kamailio/ng-relays.cfg</c>
/// and the real Kamailio's module for rtpengine make of it.
/// </summary>
/// <remarks>At a rate at which a busy machine keeps up; bench/drain.sh does it at a higher one.</remarks>
public sealed class NgRelaysUnderLoad : IAsyncDisposable
{
    private const int Rate = 20;

    private readonly WorkDirectory _directory = new();
    private TwoNgRelays _relays = null!;
    private CallsPerSecond _calls = null!;

    public async ValueTask DisposeAsync()
    {
        await _calls.DisposeAsync();
        await _relays.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task No_call_fails_when_a_relay_drains_and_it_ends_with_the_last_of_its_own()
    {
        await StartAsync();
        await _relays.First.SignalAsync("HUP");
        (await _relays.First.EndAsync()).ShouldBe(0, "it ends when it has no calls");
        int changed = _calls.Changed.Count;

        await AllShouldSucceedAsync();
        _calls.Changed.ShouldAllBe(call => call.Second.Equals(call.First), "a call goes on with the relay that it began with");
        _calls.Changed.Skip(changed).ShouldAllBe(call => call.First.Equals(_relays.Second.Address));
    }

    [Fact]
    public async Task New_calls_go_to_the_other_relay_when_one_is_killed_and_the_others_calls_stay()
    {
        await StartAsync();
        await _relays.First.SignalAsync("KILL");
        await _relays.First.EndAsync();

        await ManyMoreShouldBeginAsync(); // what the dead relay was asked about in that moment may fail
        _calls.Changed.Where(call => call.First.Equals(_relays.Second.Address)).ShouldAllBe(call => call.Second.Equals(call.First));

        _calls.Changed.TakeLast(Rate).ShouldAllBe(call => call.First.Equals(_relays.Second.Address), "these began when it was dead");

        // The module remembers whose a call is, and moves none: one of the dead relay that is offered anew goes past the relays.
        _calls.Changed.ShouldContain(call => call.First.Equals(_relays.First.Address) && !call.Second.Equals(call.First));
    }

    [Fact]
    public async Task No_call_notices_when_a_relay_is_killed_that_has_a_keeper()
    {
        await StartAsync("--keep");
        int relay = Child(_relays.First.Id);
        KillProcess(relay);
        await Eventually.TrueAsync(() => Task.FromResult(Child(_relays.First.Id) is not 0 and var child && child != relay));

        await AllShouldSucceedAsync();
        _calls.Changed.ShouldAllBe(call => call.Second.Equals(call.First));
        await Eventually.TrueAsync(async () => await _relays.First.SummaryAsync("active sessions") == 0);
        await Eventually.TrueAsync(async () => await _relays.Second.SummaryAsync("active sessions") == 0);
    }

    /// <summary>Returns when both relays have calls, and calls that have been offered anew.</summary>
    private async Task StartAsync(params string[] arguments)
    {
        _relays = await TwoNgRelays.StartAsync(_directory, arguments);
        using (var phones = new TwoPhones(_relays.Sip))
        {
            await phones.ProxyAnswersAsync(_relays.Kamailio);
        }

        _calls = await CallsPerSecond.StartAsync(_relays.Sip, Rate, _directory);
        await Eventually.TrueAsync(
            async () => _calls.Changed.Select(call => call.First).Distinct().Count() == 2
                && await _relays.First.SummaryAsync("active sessions") >= Rate
                && await _relays.Second.SummaryAsync("active sessions") >= Rate,
            () => $"there are few calls. {_calls.Tail}");
    }

    /// <summary>Waits for some calls that began after now, and for the end of all.</summary>
    private async Task AllShouldSucceedAsync()
    {
        await ManyMoreShouldBeginAsync();
        (await _calls.EndAsync()).ShouldBe(0, _calls.Tail);
    }

    private async Task ManyMoreShouldBeginAsync()
    {
        int enough = _calls.Changed.Count + (4 * Rate); // what was offered anew after those that were up
        await Eventually.TrueAsync(() => Task.FromResult(_calls.Changed.Count >= enough), () => _calls.Tail);
    }

    private static int Child(int keeper)
    {
        string children = File.ReadAllText($"/proc/{keeper}/task/{keeper}/children");
        return int.TryParse(children.Split(' ')[0], CultureInfo.InvariantCulture, out int child) ? child : 0;
    }

    private static void KillProcess(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill(); // SIGKILL
    }
}
