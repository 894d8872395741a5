using System.Globalization;
using System.Text;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Operations;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Copying;

/// <summary>When forks begin and end, whoever of the two sessions goes first, and how many there can be (control protocol, section 4.5).</summary>
public sealed class ForkLife
{
    private const int MaxForks = 8;

    private static readonly Endpoint Recorder = At("203.0.113.1", 7000);
    private static readonly Endpoint Other = At("203.0.113.2", 8000);

    [Theory]
    [InlineData(1, "D source alice")]
    [InlineData(3, "D source alice")]
    [InlineData(1, "D source bob alice")]
    [InlineData(3, "Q source alice && D")]
    public void When_the_source_ends_the_parties_of_the_session_that_carried_it_hear_each_other_again(int workers, string end)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        _ = new Call(relay, "source");
        List<(int First, int Second)> copies = [.. Enumerable.Range(0, 5).Select(i => ForkInto(relay, $"copy{i}"))];
        foreach ((int first, int second) in copies)
        {
            relay.Receive(Other, first, RtpBytes.Rtp(1)).ShouldBeEmpty();
            relay.Receive(Recorder, second, RtpBytes.Rtp(1)).ShouldBeEmpty();
        }

        relay.Command(end);

        foreach ((int first, int second) in copies)
        {
            relay.Receive(Other, first, RtpBytes.Rtp(2)).ShouldHaveSingleItem().To.ShouldBe(Recorder);
            relay.Receive(Recorder, second, RtpBytes.Rtp(2)).ShouldHaveSingleItem().To.ShouldBe(Other);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void When_the_source_times_out_the_parties_of_the_session_that_carried_it_hear_each_other_again(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = 5 }, workers);
        _ = new Call(relay, "source");
        relay.AdvanceSeconds(4);
        List<(int First, int Second)> copies = [.. Enumerable.Range(0, 5).Select(i => ForkInto(relay, $"copy{i}"))];
        relay.AdvanceSeconds(3);
        relay.SessionCount.ShouldBe(5);

        copies.ShouldAllBe(copy => relay.Receive(Other, copy.First, RtpBytes.Rtp(1)).Count == 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_end_of_an_earlier_source_leaves_a_later_one_alone(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        _ = new Call(relay, "source");
        var later = new Call(relay, "later");
        (int first, int second) = ForkInto(relay, "copy");
        relay.Command("U copy 203.0.113.1 7000 r1 r2 && C later alice bob").ShouldBe($"{first}");

        relay.Command("D source alice").ShouldBe("0");

        relay.Receive(Other, first, RtpBytes.Rtp(1)).ShouldBeEmpty("the session still carries a copy");
        relay.Receive(Alice, later.PortForAlice, RtpBytes.Rtp(1)).Count.ShouldBe(2);
        relay.Command("D later alice").ShouldBe("0");
        relay.Receive(Recorder, second, RtpBytes.Rtp(1)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_nine_forks_that_race_the_ninth_is_refused_and_its_parties_hear_each_other(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        var source = new Call(relay, "source");
        CommandRun[] runs =
        [
            .. Enumerable.Range(0, MaxForks + 1).Select(i => relay.Control.Begin(
                Encoding.Latin1.GetBytes($"U copy{i} 203.0.113.1 7000 r1 r2 && C source alice bob && L 203.0.113.2 8000"),
                default,
                default)),
        ];
        foreach (CommandRun run in runs)
        {
            run.RunOnWorker(relay.Workers[run.Worker], relay.Now); // each has seen the source before any fork begins
        }

        string[] replies = [.. runs.Select(run => Finish(relay, run))];
        relay.Command("I");

        replies.Count(r => r.EndsWith(" && -1", StringComparison.Ordinal)).ShouldBe(1);
        relay.Receive(Alice, source.PortForAlice, RtpBytes.Rtp(1)).Count.ShouldBe(MaxForks + 1);
        int refused = Array.FindIndex(replies, r => r.EndsWith(" && -1", StringComparison.Ordinal));
        int first = Port(replies[refused]);
        int second = relay.Port($"L copy{refused} 203.0.113.2 8000 r1 r2");
        relay.Receive(Other, first, RtpBytes.Rtp(1)).ShouldHaveSingleItem().To.ShouldBe(Recorder);
        relay.Receive(Recorder, second, RtpBytes.Rtp(1)).ShouldHaveSingleItem().To.ShouldBe(Other);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_source_that_ends_before_its_fork_begins_mutes_nobody(int workers)
    {
        for (int i = 0; i < 6; i++)
        {
            var relay = new VirtualRelay(new RelayOptions(), workers);
            _ = new Call(relay, "source");
            CommandRun run = relay.Control.Begin(
                Encoding.Latin1.GetBytes($"U copy{i} 203.0.113.1 7000 r1 r2 && C source alice bob"), default, default);
            run.RunOnWorker(relay.Workers[run.Worker], relay.Now);
            relay.Command("D source alice").ShouldBe("0");
            int first = Port(Finish(relay, run));
            relay.Port($"L copy{i} 203.0.113.2 8000 r1 r2");

            relay.Receive(Other, first, RtpBytes.Rtp(1)).ShouldHaveSingleItem().To.ShouldBe(Recorder);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Forks_that_come_to_nothing_take_no_place(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        var source = new Call(relay, "source");
        for (int i = 0; i < 20; i++)
        {
            relay.Ports.PairLimit = relay.Ports.OpenPairs;
            relay.Command($"U none{i} 203.0.113.1 7000 r1 r2 && C source alice bob").ShouldBe("E72");
            relay.Ports.PairLimit = int.MaxValue;
            relay.Command($"U failed{i} 203.0.113.1 7000 r1 r2 && C nocall a b && C source alice bob").ShouldEndWith(" && -1");
            relay.Command($"U twice{i} 203.0.113.1 7000 r1 r2 && C source alice bob && C source alice bob && D");
            relay.Command($"U self{i} 203.0.113.1 7000 r1 r2 sock tag && C source alice bob").ShouldBe("E75");
        }

        for (int i = 0; i < MaxForks; i++)
        {
            ForkInto(relay, $"copy{i}");
        }

        relay.Command("U copy9 203.0.113.1 7000 r1 r2 && C source alice bob").ShouldEndWith(" && -1");
        relay.Receive(Alice, source.PortForAlice, RtpBytes.Rtp(1)).Count.ShouldBe(MaxForks + 1);
        relay.Command("D copy3 r1");
        ForkInto(relay, "copy10");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_last_fork_that_has_a_place_can_be_asked_for_again_and_turned_round(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        var source = new Call(relay, "source");
        for (int i = 0; i < MaxForks; i++)
        {
            ForkInto(relay, $"copy{i}");
        }

        for (int i = 0; i < MaxForks; i++)
        {
            relay.Command($"U copy{i} 203.0.113.1 7000 r1 r2 && C source alice bob").ShouldNotContain("-1");
            relay.Command($"U copy{i} 203.0.113.1 7000 r1 r2 && C source bob alice").ShouldNotContain("-1");
            relay.Command($"U copy{i} 203.0.113.1 7000 r1 r2 && C source alice bob && C source bob alice").ShouldNotContain("-1");
            relay.Receive(Alice, source.PortForAlice, RtpBytes.Rtp(i)).Count.ShouldBe(MaxForks + 1);
        }

        relay.Command("U copy9 203.0.113.1 7000 r1 r2 && C source alice bob").ShouldEndWith(" && -1");
        relay.Command("D copy3 r1");
        ForkInto(relay, "copy10");
        relay.Command("U copy11 203.0.113.1 7000 r1 r2 && C source alice bob").ShouldEndWith(" && -1");
        relay.Receive(Alice, source.PortForAlice, RtpBytes.Rtp(100)).Count.ShouldBe(MaxForks + 1);
    }

    private static (int First, int Second) ForkInto(VirtualRelay relay, string callId)
    {
        string[] reply = relay.Command($"U {callId} 203.0.113.1 7000 r1 r2 && C source alice bob && L 203.0.113.2 8000").Split(' ');
        reply.ShouldBe([reply[0], "&&", "0", "&&", reply[^1]]);
        return (Port(reply[0]), Port(reply[^1]));
    }

    private static int Port(string reply) => int.Parse(reply.Split(' ')[0], CultureInfo.InvariantCulture);

    private static string Finish(VirtualRelay relay, CommandRun run)
    {
        while (run.Next != OperationPlace.Finished)
        {
            run.RunOnWorker(relay.Workers[run.Worker], relay.Now);
        }

        return Encoding.Latin1.GetString(run.Reply.Span)[..^1];
    }
}
