using System.Text.Json;
using RtpProxy.Relay.Latching;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Operations;

namespace RtpProxy.Relay.Tests.Budgets;

/// <summary>What the watched operations may allocate, in <c>bench/budgets.json</c>; the same operations are timed by <c>bench/Micro</c>.</summary>
public sealed class AllocationBudgets
{
    private static readonly Dictionary<string, long> BytesPerOperation = Read();

    public static TheoryData<string> Operations => [.. WatchedOperations.All.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_stays_within_its_budget(string name)
    {
        IOperation operation = WatchedOperations.All[name]();

        double bytes = Allocations.BytesPerCall(operation.Run);

        bytes.ShouldBeLessThanOrEqualTo(BytesPerOperation[name]);
    }

    [Fact]
    public void Every_budget_is_that_of_an_operation() =>
        BytesPerOperation.Keys.ShouldBe(WatchedOperations.All.Keys, ignoreOrder: true);

    [Fact]
    public void What_is_measured_is_what_it_says()
    {
        var relay = new RelayRtpPacket();
        var report = new RelayRtcpReport();
        var stranger = new RefuseStranger();
        var parse = new ParseRtpPacket();
        var analyse = new AnalyseRtpPacket();
        var stays = new DecideLatchedSource();
        var moves = new DecideMovingSource();
        var command = new ParseUpdateCommand();
        var offer = new RewriteOffer();
        for (int i = 0; i < 70_000; i++)
        {
            relay.Run();
            report.Run();
            stranger.Run();
            parse.Run();
            analyse.Run();
            stays.Run();
            moves.Run();
        }

        command.Run();
        offer.Run();

        relay.Sent.ShouldBe(70_000);
        report.Sent.ShouldBe(70_000);
        stranger.Sent.ShouldBe(1);
        parse.PayloadBytes.ShouldBe(70_000 * 160);
        analyse.Received.ShouldBe(70_000U);
        stays.Last.ShouldBe(LatchVerdict.Accepted);
        moves.Last.ShouldBe(LatchVerdict.Moved);
        command.Last.ShouldNotBeNull();
        offer.Command.ShouldBe("Uc8,0,18,101 a84b4c76e66710@192.0.2.10 192.0.2.10 40000 1928301774;1");
        System.Text.Encoding.Latin1.GetString(offer.Sent).ShouldContain("\r\nm=audio 35000 RTP/AVP 8 0 18 101\r\n");
    }

    private static Dictionary<string, long> Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "budgets.json");
        return JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllText(path))!;
    }
}
