using System.Net;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Figures;

namespace RtpProxy.Protocols.Ng.Tests.Replies;

/// <summary>The groups of <c>statistics</c> (ng protocol, 7.5).</summary>
public sealed class StatisticsTreeTests
{
    [Fact]
    public void Counts_are_integers_and_fractions_are_strings()
    {
        NgDictionary statistics = Write(new StatisticsFigures
        {
            Calls = 3,
            Medias = 5,
            Rate = new RateFigures(50, 8600, 0),
            Uptime = TimeSpan.FromSeconds(61.5),
            Ended = new EndedCallFigures { Ended = 2, Deleted = 2, TotalDuration = TimeSpan.FromSeconds(3) },
            Relayed = new TrafficFigures(7, 1204, 1),
            Mos = new SampleSums(8, 34, 2),
            Interfaces = [new InterfaceFigures { Name = "default", Address = IPAddress.Loopback, MinPort = 30_000, MaxPort = 30_999, PortsInUse = 4, Ports = 1000 }],
        });

        Group(statistics, "currentstatistics")["sessionstotal"].Number.ShouldBe(3);
        Group(statistics, "currentstatistics")["packetrate"].Number.ShouldBe(50);
        Group(statistics, "currentstatistics")["packetrate_kernel"].Number.ShouldBe(0);
        Group(statistics, "totalstatistics")["uptime"].ShouldBe(new NgValue("61"));
        Group(statistics, "totalstatistics")["managedsessions"].Number.ShouldBe(2);
        Group(statistics, "totalstatistics")["relayedbytes_user"].Number.ShouldBe(1204);
        Group(statistics, "totalstatistics")["avgcallduration"].ShouldBe(new NgValue("1.500000"));
        Group(statistics, "mos")["mos_average"].ShouldBe(new NgValue("4.000000"));
        Group(statistics, "mos")["mos_stddev"].ShouldBe(new NgValue("1.000000"));
        Group(statistics, "mos")["mos_samples_total"].Number.ShouldBe(2);
        NgDictionary ports = statistics["interfaces"].Items.Single().Dictionary!["ports"].Dictionary!;
        ports["used_pct"].ShouldBe(new NgValue("0.400000"));
        ports["free"].Number.ShouldBe(996);
    }

    [Fact]
    public void Clients_are_counted_by_command()
    {
        var counts = new long[NgCommandNames.Count];
        counts[(int)NgCommand.Offer] = 4;
        counts[(int)NgCommand.BlockDtmf] = 1;
        var proxy = new ProxyFigures(IPAddress.Loopback, counts, 2);

        NgDictionary control = Group(Write(new StatisticsFigures { Proxies = [proxy, proxy] }), "controlstatistics");

        NgDictionary first = control["proxies"].Items[0].Dictionary!;
        first["proxy"].Text.ShouldBe("127.0.0.1");
        first["offercount"].Number.ShouldBe(4);
        first["blkdtmfcount"].Number.ShouldBe(1);
        first["errorcount"].Number.ShouldBe(2);
        control["totaloffercount"].Number.ShouldBe(8);
        control["totalpingcount"].Number.ShouldBe(0);
    }

    [Fact]
    public void Clients_that_do_not_fit_are_in_the_totals_only()
    {
        var counts = new long[NgCommandNames.Count];
        counts[0] = 1;
        ProxyFigures[] proxies = [.. Enumerable.Repeat(new ProxyFigures(IPAddress.Loopback, counts, 0), 5_000)];

        byte[] reply = Answers.Bytes(NgEncoding.Bencode, writer => writer.WriteStatistics(new StatisticsFigures { Proxies = proxies }));

        reply.Length.ShouldBeLessThan(NgLimits.MaxReplyLength);
        System.Text.Encoding.Latin1.GetString(reply).ShouldContain("14:totalpingcounti5000e");
    }

    private static NgDictionary Write(StatisticsFigures figures) =>
        Answers.Dictionary(reply => reply.WriteStatistics(figures))["statistics"].Dictionary.ShouldNotBeNull();

    private static NgDictionary Group(NgDictionary statistics, string name) => statistics[name].Dictionary.ShouldNotBeNull(name);
}
