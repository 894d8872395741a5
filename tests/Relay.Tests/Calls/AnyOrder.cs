using RtpProxy.Relay.Calls;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>Parties and subscribers come, change and go in any order: what is heard is what is known, and nothing stays behind.</summary>
public sealed class AnyOrder
{
    private static readonly string[] Tags = ["a", "b", "c"];
    private static readonly string[] OtherTags = [.. Tags, "rec1"];
    private static readonly string?[] Branches = [null, "one", "two"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Whatever_is_commanded_nothing_is_left_and_nobody_hears_what_it_should_not(int seed)
    {
        var random = new Random(seed);
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = 20 });
        var call = new WholeCall(relay);
        int copies = 0;
        for (int step = 0; step < 300; step++)
        {
            Command(relay, call, random);
            if (relay.SessionCount > 0 && call.Query() is { } report)
            {
                copies += Check(relay, report, step);
            }
        }

        copies.ShouldBeGreaterThan(10);
        call.Delete();
        relay.SessionCount.ShouldBe(0);
        relay.Ports.OpenPairs.ShouldBe(0);
    }

    private static void Command(VirtualRelay relay, WholeCall call, Random random)
    {
        string from = Pick(random, Tags);
        string to = Pick(random, Tags);
        var listener = new ListeningParty(relay, $"rec{random.Next(3)}");
        switch (random.Next(26))
        {
            case <= 2:
                string? answered = random.Next(2) == 0 ? to : null;
                relay.Ask(relay.Operations.OfferCall(call.Request(from, answered, Media(random)) with { ViaBranch = Pick(random, Branches) }));
                break;
            case <= 6:
                relay.Ask(relay.Operations.AnswerCall(call.Request(from, to, Media(random)) with { ViaBranch = Pick(random, Branches) }));
                break;
            case <= 10:
                listener.Ask(random.Next(2) == 0 ? [] : [from]);
                break;
            case <= 15:
                listener.Answer(ListeningParty.At(random.Next(6) == 0 ? 0 : 42_000), ListeningParty.At(42_002));
                break;
            case 16:
                listener.Leave();
                break;
            case 17:
                call.Delete(from, branch: Pick(random, Branches));
                break;
            case 18:
                relay.Command($"D call {Pick(random, OtherTags)}");
                break;
            case <= 20:
                relay.AdvanceSeconds(random.Next(4));
                break;
            case <= 22:
                relay.Command($"U call 192.0.2.10 {40_000 + (2 * random.Next(50))} {Pick(random, OtherTags)};1 {to};1");
                break;
            case <= 24:
                relay.Command($"L call 192.0.2.10 {40_000 + (2 * random.Next(50))} {from};1 {Pick(random, OtherTags)};1");
                break;
            default:
                relay.Restart();
                break;
        }
    }

    /// <summary>A packet to each port goes to those alone whom the facts name, and the lines are those of the facts.</summary>
    /// <returns>Packets that subscribers were sent.</returns>
    private static int Check(VirtualRelay relay, CallReport report, int step)
    {
        CallFacts facts = report.Facts;
        int[] numbers = [.. facts.Associations.Select(association => association.Number), .. facts.Subscriptions.Select(own => own.Number)];
        numbers.ShouldBeUnique();
        report.Lines.ShouldAllBe(line => numbers.Contains(line.Place.Association), $"step {step}");
        report.Lines.Any(line => !line.Session.IsSubscribed).ShouldBeTrue($"step {step}: subscribers do not keep a call");
        foreach (LineReport line in report.Lines.Where(line => line.Session.IsSubscribed && line.Session.Callee.Port > 0))
        {
            relay.Receive(ListeningParty.Recorder, line.Session.Callee.Port, RtpBytes.Rtp(step)).ShouldBeEmpty();
        }

        int copies = 0;
        foreach (LineReport line in report.Lines.Where(line => !line.Session.IsSubscribed && line.Session.Caller.Port > 0))
        {
            int party = facts.Associations.Single(association => association.Number == line.Place.Association).Caller;
            int hearers = facts.Subscriptions.Sum(own => own.Lines.Count(heard => IsOf(heard, party, line.Place.Index)));
            int heard = relay.Receive(WholeCall.Alice, line.Session.Caller.Port, RtpBytes.Rtp(step, ssrc: 7))
                .Count(datagram => datagram.To.WithPort(0) == ListeningParty.Recorder.WithPort(0));
            heard.ShouldBeLessThanOrEqualTo(hearers, $"step {step}");
            copies += heard;
        }

        return copies;
    }

    private static bool IsOf(SubscribedLine line, int party, int index) => line.IsOffered && line.Party == party && line.Index == index;

    private static MediaDescription[] Media(Random random) =>
    [
        .. Enumerable.Range(0, 1 + random.Next(2)).Select(line => ListeningParty.Told(
            WholeCall.Audio(WholeCall.Alice.WithPort((ushort)(random.Next(4) == 0 ? 0 : 40_000 + (100 * line)))))),
    ];

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
