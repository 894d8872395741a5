using System.Net;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Figures;

namespace RtpProxy.Protocols.Ng.Tests.Replies;

/// <summary>The tree of query and delete (ng protocol, 7.1 and 7.2).</summary>
public sealed class CallTreeTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_795_782_263).AddMicroseconds(921_972);

    private static readonly QualitySample Sample = new(
        4.34, TimeSpan.FromMilliseconds(2.4), 5.2, TimeSpan.FromMicroseconds(405_659), TimeSpan.Zero, Start.AddSeconds(7));

    private static readonly QualityFigures Quality = new(Sample, Sample with { Mos = 2.4 }, Sample, 2, TimeSpan.FromSeconds(5), [Sample]);

    [Fact]
    public void A_call_of_two_parties_is_shown()
    {
        NgDictionary call = Answers.Dictionary(reply => reply.WriteCall(Call(Party("A"), Party("B"))));

        call["result"].Text.ShouldBe("ok");
        call["created"].Number.ShouldBe(1_795_782_263);
        call["created_us"].Number.ShouldBe(921_972);
        call["created_ts"].Number.ShouldBe(1_795_782_263_921_972);
        call["last signal"].Number.ShouldBe(1_795_782_264);
        Numbers(call, "totals", "RTP").ShouldBe([40, 6880, 2]);
        Numbers(call, "totals", "RTCP").ShouldBe([6, 360, 0]);

        NgDictionary party = At(call, "tags", "A");
        party["tag"].Text.ShouldBe("A");
        party["label"].Text.ShouldBe("caller");
        party["via-branch"].Text.ShouldBe("z9");
        party["subscriptions"].Items.Single().Dictionary!["type"].Text.ShouldBe("offer/answer");
        NgDictionary media = party["medias"].Items.Single().Dictionary!;
        media["codec"].Text.ShouldBe("PCMU/8000");
        media["flags"].Items.Select(flag => flag.Text).ShouldBe(["initialized", "send", "recv"]);
        NgDictionary stream = media["streams"].Items[0].Dictionary!;
        stream["local port"].Number.ShouldBe(30_000);
        stream["family"].Text.ShouldBe("IPv4");
        At(stream, "endpoint")["address"].Text.ShouldBe("127.0.7.50");
        At(stream, "endpoint")["port"].Number.ShouldBe(4_000);
        stream["SSRC"].Number.ShouldBe(4_097);
        stream["flags"].Items.Select(flag => flag.Text).ShouldBe(["RTP", "filled", "confirmed"]);
        Numbers(stream, "stats").ShouldBe([20, 3440, 1]);
    }

    [Fact]
    public void Quality_is_in_whole_numbers_of_its_units()
    {
        NgDictionary source = At(Answers.Dictionary(reply => reply.WriteCall(Call(Party("A")))), "SSRC", "4097");

        NgDictionary average = At(source, "average MOS");
        average["MOS"].Number.ShouldBe(43);
        average["jitter"].Number.ShouldBe(2);
        average["packet loss"].Number.ShouldBe(5);
        average["round-trip time"].Number.ShouldBe(405_659);
        average["samples"].Number.ShouldBe(2);
        average["reported at"].Kind.ShouldBe(NgValueKind.None);
        At(source, "lowest MOS")["MOS"].Number.ShouldBe(24);
        At(source, "lowest MOS")["reported at"].Number.ShouldBe(1_795_782_270);
        At(source, "MOS progression")["interval"].Number.ShouldBe(5);
        At(source, "rtcp", "average MOS")["MOS"].Number.ShouldBe(43);
    }

    [Fact]
    public void Parties_without_a_tag_are_numbered_and_closed_ports_left_out()
    {
        PartyFigures untagged = Party(null) with
        {
            Medias = [new MediaFigures { Index = 1, Type = "audio", Protocol = "RTP/AVP", Streams = [new StreamFigures { LastPacket = Start }] }],
        };

        NgDictionary tags = At(Answers.Dictionary(reply => reply.WriteCall(Call(untagged, untagged))), "tags");

        tags["<untagged 1>"].Dictionary!["tag"].Text.ShouldBe(string.Empty);
        NgDictionary stream = At(tags, "<untagged 2>")["medias"].Items[0].Dictionary!["streams"].Items[0].Dictionary!;
        stream["local port"].Kind.ShouldBe(NgValueKind.None);
        stream["SSRC"].Kind.ShouldBe(NgValueKind.None);
        At(stream, "endpoint").ShouldBe(NgDictionary.Empty);
    }

    [Fact]
    public void A_call_that_nobody_is_in_has_zero_totals()
    {
        NgDictionary call = Answers.Dictionary(reply => reply.WriteCall(Call()));

        At(call, "tags").ShouldBe(NgDictionary.Empty);
        Numbers(call, "totals", "RTP").ShouldBe([0, 0, 0]);
    }

    [Theory]
    [InlineData(NgEncoding.Bencode)]
    [InlineData(NgEncoding.Json)]
    public void What_does_not_fit_is_left_out_in_its_order_and_at_last_the_newest_parties(NgEncoding encoding)
    {
        int left = 0;
        for (int parties = 1; parties < 300; parties += 3)
        {
            byte[] reply = Answers.Bytes(encoding, writer => writer.WriteCall(Call([.. Enumerable.Range(0, parties).Select(number => Party($"tag-{number:D4}"))])));

            reply.Length.ShouldBeLessThanOrEqualTo(NgLimits.MaxReplyLength);
            string text = System.Text.Encoding.Latin1.GetString(reply);
            int leftOut = ((string[])["egress SSRCs", "MOS progression", "advertised endpoint", "stats_out", "tag-" + (parties - 1).ToString("D4")])
                .TakeWhile(word => !text.Contains(word, StringComparison.Ordinal)).Count();
            leftOut.ShouldBeGreaterThanOrEqualTo(left);
            left = leftOut;
            text.ShouldContain("tag-0000");

            // Totals are of all parties, shown or not.
            NgMessage.TrySplit(reply, out NgMessage message);
            NgDictionary? tree = message.ReadDictionary(out _);
            if (tree is not null) // more values than a request may have
            {
                Numbers(tree, "totals", "RTP")[0].ShouldBe(20 * parties);
            }
        }

        left.ShouldBe(5);
    }

    [Fact]
    public void One_source_of_two_parties_is_written_once()
    {
        NgDictionary call = Answers.Dictionary(reply => reply.WriteCall(Call(Party("A"), Party("B"))));

        At(call, "SSRC").Entries.Length.ShouldBe(1);
    }

    private static CallFigures Call(params PartyFigures[] parties) =>
        new() { Created = Start, LastSignal = Start.AddSeconds(1), Parties = parties };

    private static PartyFigures Party(string? tag) => new()
    {
        Tag = tag,
        Label = "caller",
        ViaBranch = "z9",
        Created = Start,
        Subscriptions = [new AssociationFigures("other", IsSubscription: false)],
        Subscribers = [new AssociationFigures("other", IsSubscription: false)],
        Medias =
        [
            new MediaFigures
            {
                Index = 1,
                Type = "audio",
                Protocol = "RTP/AVP",
                Codec = "PCMU/8000",
                Flags = MediaFlags.Initialized | MediaFlags.Send | MediaFlags.Receive,
                Streams =
                [
                    Stream(0, StreamFlags.Rtp | StreamFlags.Filled | StreamFlags.Confirmed, new TrafficFigures(20, 3440, 1)),
                    Stream(1, StreamFlags.Rtcp | StreamFlags.Filled, new TrafficFigures(3, 180, 0)),
                ],
                Ingress = [new SsrcFigures { Ssrc = 4097, Packets = 20, Bytes = 3440, Quality = Quality, Reported = Quality }],
                Egress = [new SsrcFigures { Ssrc = 8193, Packets = 20, Bytes = 3440 }],
            },
        ],
    };

    private static StreamFigures Stream(int offset, StreamFlags flags, TrafficFigures received) => new()
    {
        Local = new IPEndPoint(IPAddress.Loopback, 30_000 + offset),
        Remote = new IPEndPoint(IPAddress.Parse("127.0.7.50"), 4_000 + offset),
        Advertised = new IPEndPoint(IPAddress.Parse("127.0.7.50"), 4_000 + offset),
        LastPacket = Start,
        Ssrc = 4097,
        Flags = flags,
        Received = received,
        Sent = received,
    };

    private static NgDictionary At(NgDictionary dictionary, params string[] keys) =>
        keys.Aggregate(dictionary, (inner, key) => inner[key].Dictionary.ShouldNotBeNull(key));

    private static long[] Numbers(NgDictionary dictionary, params string[] keys)
    {
        NgDictionary traffic = At(dictionary, keys);
        return [traffic["packets"].Number!.Value, traffic["bytes"].Number!.Value, traffic["errors"].Number!.Value];
    }
}
