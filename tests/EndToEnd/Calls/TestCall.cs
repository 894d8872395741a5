using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.EndToEnd.Sipp;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>A call between two SIPp phones through a proxy, with media through the relay, and the checks that hold for any call.</summary>
public sealed class TestCall : IAsyncDisposable
{
    private const int PacketsPerTalk = 25;
    private static readonly TimeSpan PacketDistance = TimeSpan.FromMilliseconds(10);
    private static readonly string[] Counters =
        ["nsess_created", "nsess_destroyed", "nsess_complete", "npkts_rcvd", "npkts_relayed", "npkts_discard"];

    private readonly CallSite _site;
    private readonly RelayDaemon _relay;
    private readonly IReadOnlyList<string> _kinds;
    private readonly WorkDirectory _directory = new();
    private IReadOnlyList<long> _countersBefore = [];
    private int _descriptorsBefore;

    /// <param name="site">Where the call takes place.</param>
    /// <param name="treatment">First word of the Call-ID, by which the proxy decides what to do (see kamailio.cfg).</param>
    /// <param name="kinds">Media lines: audio, video.</param>
    /// <param name="calleeOnIpv6">The callee is at ::1.</param>
    public TestCall(CallSite site, string treatment, IReadOnlyList<string> kinds, bool calleeOnIpv6 = false)
    {
        int number = site.NextCallNumber();
        IPAddress caller = Loopback.NextAddress();
        IPAddress callee = calleeOnIpv6 ? IPAddress.IPv6Loopback : Loopback.NextAddress();
        _site = site;
        _relay = site.RelayFor(treatment);
        _kinds = kinds;
        Caller = new Party("caller", caller, site.MediaAddress(treatment, caller, isCaller: true), kinds, site.MarksDescriptions);
        Callee = new Party("callee", callee, site.MediaAddress(treatment, callee, isCaller: false), kinds, site.MarksDescriptions);
        Dialog = new Dialog(
            $"{treatment}-{number}@{Environment.ProcessId}", $"from{number}", $"to{number}",
            new IPEndPoint(callee, Loopback.FreeUdpPort(callee)),
            site.CallersNameRoutes);
    }

    public Dialog Dialog { get; private set; }

    public Party Caller { get; }

    public Party Callee { get; }

    public RelayDaemon Relay => _relay;

    /// <summary>Adds a phone that rings besides, before anything else is done; its dialog with the caller is returned.</summary>
    public Dialog ForkTo(IPAddress phone)
    {
        var sip = new IPEndPoint(phone, Loopback.FreeUdpPort(phone));
        Dialog = Dialog with { RingsAlso = sip };
        return Dialog with { CalleeTag = Dialog.CalleeTag + "-also", Callee = sip };
    }

    /// <summary>An empty script for the caller.</summary>
    public SippScript CallerScript => SippScript.Caller(Dialog);

    /// <summary>An empty script for the callee.</summary>
    public SippScript CalleeScript => SippScript.Callee(Dialog);

    /// <summary>Starts both phones; the caller's INVITE is on its way when this returns.</summary>
    /// <param name="callerMedia">Where the caller's SIPp plays media from, if it does.</param>
    public async Task StartAsync(SippScript caller, SippScript callee, IPEndPoint? callerMedia = null)
    {
        _countersBefore = await _relay.CountersAsync(Counters);
        _descriptorsBefore = await SettledDescriptorsAsync();
        Callee.Starts(await SippPhone.StartAsync("callee", callee, Dialog, Dialog.Callee, proxy: null, _directory));
        Caller.Starts(await SippPhone.StartAsync(
            "caller", caller, Dialog, new IPEndPoint(Caller.Address, 0), _site.Sip, _directory, callerMedia));
    }

    /// <summary>Both parties talk at once on every line that has an address, and each hears all that the other has sent.</summary>
    public async Task TalkAsync()
    {
        await Task.WhenAll(Pairs().SelectMany(pair => (Task[])
            [
                pair.Caller.TalkAsync(PacketsPerTalk, PacketDistance, TestContext.Current.CancellationToken),
                pair.Callee.TalkAsync(PacketsPerTalk, PacketDistance, TestContext.Current.CancellationToken),
            ]));
        await ListenAsync();
    }

    /// <summary>Waits until each party has heard all that the other has sent so far.</summary>
    public async Task ListenAsync()
    {
        foreach ((RtpPhone caller, RtpPhone callee) in Pairs())
        {
            await callee.ListenAsync(caller);
            await caller.ListenAsync(callee);
        }
    }

    /// <summary>What <c>Q</c> says about each line is what the phones have done.</summary>
    public async Task FiguresShouldHoldAsync()
    {
        foreach ((RtpPhone caller, RtpPhone callee, int line) in PairsWithIndex())
        {
            string reply = await _relay.AskAsync(
                $"Q {Dialog.CallId} {Dialog.CallerTag};{line + 1} {Dialog.CalleeTag};{line + 1}");
            FiguresShouldBe(reply, caller.PacketsSent, callee.PacketsSent);
            string analysis = await _relay.AskAsync(
                $"Q {Dialog.CallId} {Dialog.CallerTag};{line + 1} {Dialog.CalleeTag};{line + 1} " +
                "rtpa_nsent rtpa_nrcvd rtpa_ndups rtpa_nlost rtpa_perrs");
            analysis.ShouldBe($"{caller.PacketsSent} {caller.PacketsSent} 0 0 0");
        }
    }

    /// <summary>
    /// Waits for the BYE at a party, and compares what the proxy has read as $rtpstat before it deleted the session, if it shows that.
    /// </summary>
    public async Task HangUpShouldCarryFiguresAsync(Party receiver)
    {
        SipText bye = await receiver.Sipp.ReachAsync("hung up");
        if (!_site.ShowsFigures)
        {
            return;
        }

        Party sender = receiver == Caller ? Callee : Caller;
        FiguresShouldBe(
            bye["X-Relay-Figures"] ?? "", sender.Lines[0].PacketsSent, receiver.Lines[0].PacketsSent);
    }

    /// <summary>Waits for SIPp's verdicts; then nothing of the call is left, and the relay has counted what happened.</summary>
    /// <param name="completed">Whether both legs of the sessions came to be.</param>
    /// <param name="discarded">Datagrams that the relay was right to throw away.</param>
    /// <param name="unanswered">How many sessions never got their other leg, because the callee refused them.</param>
    public async Task EndAsync(bool completed = true, int discarded = 0, int unanswered = 0)
    {
        await Callee.Sipp.ShouldSucceedAsync();
        await Caller.Sipp.ShouldSucceedAsync();
        foreach ((RtpPhone caller, RtpPhone callee, int line) in PairsWithIndex())
        {
            if (completed)
            {
                callee.ShouldHaveHeardExactly(caller, Callee.RelayOf(line));
                caller.ShouldHaveHeardExactly(callee, Caller.RelayOf(line));
            }
            else
            {
                callee.ShouldHaveReceivedNothing();
                caller.ShouldHaveReceivedNothing();
            }
        }

        await NothingShouldBeLeftAsync();
        long datagrams = Pairs().Sum(pair =>
            pair.Caller.PacketsSent + pair.Callee.PacketsSent + pair.Caller.ReportsSent + pair.Callee.ReportsSent);
        await CountersShouldHaveGrownAsync(
            _kinds.Count, _kinds.Count, completed ? _kinds.Count - unanswered : 0, datagrams + discarded, datagrams, discarded);
    }

    /// <summary>Connections to notification targets that the relay opened during the call: it keeps them for the next notice.</summary>
    public int KeptConnections { get; set; }

    /// <summary>No session, no port, no descriptor.</summary>
    public async Task NothingShouldBeLeftAsync()
    {
        for (int line = 1; line <= _kinds.Count; line++)
        {
            (await _relay.AskAsync($"Q {Dialog.CallId} {Dialog.CallerTag};{line} {Dialog.CalleeTag};{line}"))
                .ShouldBe("E50");
        }

        (await _relay.SummaryAsync("active sessions")).ShouldBe(0);
        (await _relay.SummaryAsync("active streams")).ShouldBe(0);
        foreach (Party party in (Party[])[Caller, Callee])
        {
            foreach (IPEndPoint rtp in party.RelayPorts.Keys.Select(party.RelayOf))
            {
                Loopback.IsFree(rtp).ShouldBeTrue($"{rtp} is still bound");
                Loopback.IsFree(new IPEndPoint(rtp.Address, rtp.Port + 1)).ShouldBeTrue($"the port above {rtp} is still bound");
            }
        }

        await _relay.DescriptorsFallToAsync(_descriptorsBefore + KeptConnections);
    }

    /// <summary>How much the counters of the relay have grown since the call began, in the order of <see cref="Counters"/>.</summary>
    public async Task CountersShouldHaveGrownAsync(params long[] by)
    {
        IReadOnlyList<long> after = await _relay.CountersAsync(Counters);
        Counters.Select((name, i) => $"{name} {after[i] - _countersBefore[i]}")
            .ShouldBe(Counters.Select((name, i) => $"{name} {by[i]}"));
    }

    public async ValueTask DisposeAsync()
    {
        // After a failure the call may still be up; the next one must find the relay idle.
        if (!_relay.HasEnded)
        {
            await _relay.AskAsync($"D {Dialog.CallId} {Dialog.CallerTag} {Dialog.CalleeTag}");
        }

        await Caller.DisposeAsync();
        await Callee.DisposeAsync();
        _directory.Dispose();
    }

    private static void FiguresShouldBe(string reply, int fromFirst, int fromSecond)
    {
        string[] figures = reply.Split(' ');
        figures.Length.ShouldBe(5, reply);
        int.Parse(figures[0]).ShouldBeInRange(1, 60); // ttl, in seconds
        string.Join(' ', figures[1..]).ShouldBe($"{fromFirst} {fromSecond} {fromFirst + fromSecond} 0");
    }

    private IEnumerable<(RtpPhone Caller, RtpPhone Callee)> Pairs() =>
        PairsWithIndex().Select(pair => (pair.Caller, pair.Callee));

    // A refused line has no address at the party that was refused, and stays silent.
    private IEnumerable<(RtpPhone Caller, RtpPhone Callee, int Line)> PairsWithIndex() =>
        Enumerable.Range(0, _kinds.Count)
            .Where(line => Caller.RelayPorts.ContainsKey(line) == Callee.RelayPorts.ContainsKey(line))
            .Select(line => (Caller.Lines[line], Callee.Lines[line], line));

    /// <summary>The number of descriptors once connections of the call before have been closed at the relay's end too.</summary>
    private async Task<int> SettledDescriptorsAsync()
    {
        int smallest = _relay.Descriptors;
        for (int i = 0; i < 5; i++)
        {
            await _relay.AskAsync("V");
            smallest = Math.Min(smallest, _relay.Descriptors);
        }

        return smallest;
    }
}
