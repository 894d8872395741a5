using System.Text;
using RtpProxy.Protocols.Ng.Tests.Recorded;
using RtpProxy.Protocols.NgFront;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Protocols.Ng.Tests.Budgets;

/// <summary>
/// What a command of the ng protocol may allocate on its whole way, from the bytes of a datagram as Kamailio sends it to those of the
/// reply. The control path may allocate: what it keeps, what it answers, and not many times as much.
/// </summary>
public sealed class NgBudgets
{
    private const int Rounds = 5;
    private const int CallsInRound = 200;

    private static readonly byte[] Ping = Recorded("pinge");
    private static readonly byte[] Offer = Recorded("offere");
    private static readonly byte[] Answer = Recorded("answere");
    private static readonly byte[] Delete = Recorded("deletee");
    private static readonly byte[] Query = Encoding.Latin1.GetBytes(
        "0_28290_3 d8:supportsl10:load limite7:call-id14:plain-369120@x8:from-tag3:ft16:to-tag2:tt7:command5:querye");

    private static readonly byte[] List = Encoding.Latin1.GetBytes("0_28290_4 d7:command4:liste");

    private readonly VirtualRelay _relay = new(new VirtualRelayOptions
    {
        IsQuiet = true,
        RestartsAfterEveryStep = false,
        KeepsSessions = false,
    });

    private readonly NgDesk _desk;
    private readonly Dictionary<string, long> _allocated = [];

    public NgBudgets() => _desk = new NgDesk(_relay.Operations, new NgSettings(), _relay.WallMicroseconds);

    [Fact]
    public void Each_command_of_a_call_stays_within_its_budget()
    {
        Dictionary<string, long> budgets = new() // bytes; a twentieth more than was measured
        {
            ["ping"] = 1_300,
            ["offer"] = 24_000,
            ["answer"] = 17_800,
            ["query"] = 15_500,
            ["list"] = 1_800,
            ["repeated offer"] = 15_400,
            ["repeated answer"] = 17_800,
            ["delete"] = 20_000,
        };
        for (int i = 0; i < Rounds * CallsInRound; i++)
        {
            Measure("ping", Ping).ShouldContain("pong");
            Measure("offer", Offer).ShouldContain("m=audio");
            Measure("answer", Answer).ShouldContain("m=audio");
            Measure("query", Query).ShouldContain("totals");
            Measure("list", List).ShouldContain("5:callsl14:");
            Measure("repeated offer", Offer).ShouldContain("m=audio");
            Measure("repeated answer", Answer).ShouldContain("m=audio");
            Measure("delete", Delete).ShouldContain("totals");
        }

        _allocated.ShouldAllBe(told => told.Value <= budgets[told.Key], string.Join(", ", _allocated));
    }

    /// <summary>The least that a command allocates of all times: what tables need when they grow is not its own.</summary>
    private string Measure(string name, byte[] datagram)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        NgMessage.TrySplit(datagram, out NgMessage message).ShouldBeTrue();
        NgRun run = _desk.Begin(message, _relay.WallMicroseconds);
        _relay.Carry(run);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _allocated[name] = Math.Min(allocated, _allocated.GetValueOrDefault(name, long.MaxValue));
        return Encoding.Latin1.GetString(run.Reply.Span);
    }

    private static byte[] Recorded(string end) =>
        Array.Find(Recording.Kamailio, request => request.AsSpan().EndsWith(Encoding.Latin1.GetBytes(end)))!;
}
