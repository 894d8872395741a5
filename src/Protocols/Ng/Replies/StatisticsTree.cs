using System.Globalization;
using System.Net;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Figures;

namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>
/// Writes <c>statistics</c> (ng protocol, 7.5). Fractions are strings of six places, as rtpengine writes them. Nothing is
/// relayed in the kernel or transcoded, and no call is another relay's.
/// </summary>
internal readonly struct StatisticsTree(NgWriter writer)
{
    // Clients beyond these bytes are in the totals only; what is left of the datagram is for the interfaces.
    private const int RoomForProxies = 40_000;

    public void Write(StatisticsFigures figures)
    {
        writer.BeginDictionary("statistics");
        WriteCurrent(figures);
        WriteTotal(figures);
        WriteQuality(figures);
        WriteControl(figures.Proxies);
        WriteInterfaces(figures.Interfaces);
        writer.End();
    }

    private void WriteCurrent(StatisticsFigures figures)
    {
        writer.BeginDictionary("currentstatistics");
        writer.Number("sessionsown", figures.Calls);
        writer.Number("sessionsforeign", 0);
        writer.Number("sessionstotal", figures.Calls);
        writer.Number("transcodedmedia", 0);
        WriteThrice("packetrate", figures.Rate.Packets);
        WriteThrice("byterate", figures.Rate.Bytes);
        WriteThrice("errorrate", figures.Rate.Errors);
        writer.Number("media_userspace", figures.Medias);
        writer.Number("media_kernel", 0);
        writer.Number("media_mixed", 0);
        writer.End();
    }

    private void WriteTotal(StatisticsFigures figures)
    {
        EndedCallFigures ended = figures.Ended;
        writer.BeginDictionary("totalstatistics");
        writer.Text("uptime", ((long)figures.Uptime.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        writer.Number("managedsessions", ended.Ended);
        writer.Number("rejectedsessions", ended.Rejected);
        writer.Number("timeoutsessions", ended.TimedOut);
        writer.Number("silenttimeoutsessions", ended.TimedOutSilent);
        writer.Number("finaltimeoutsessions", ended.TimedOutFinally);
        writer.Number("offertimeoutsessions", ended.TimedOutUnanswered);
        writer.Number("regularterminatedsessions", ended.Deleted);
        writer.Number("forcedterminatedsessions", ended.Forced);
        WriteThrice("relayedpackets", figures.Relayed.Packets);
        WriteThrice("relayedpacketerrors", figures.Relayed.Errors);
        WriteThrice("relayedbytes", figures.Relayed.Bytes);
        writer.Number("zerowaystreams", ended.ZeroWayStreams);
        writer.Number("onewaystreams", ended.OneWayStreams);
        WriteFraction("avgcallduration", ended.Ended == 0 ? 0 : ended.TotalDuration.TotalSeconds / ended.Ended);
        WriteFraction("totalcallsduration", ended.TotalDuration.TotalSeconds);
        writer.End();
    }

    private void WriteQuality(StatisticsFigures figures)
    {
        writer.BeginDictionary("mos");
        WriteSums("mos", figures.Mos);
        writer.End();
        writer.BeginDictionary("voip_metrics");
        WriteSums("jitter", figures.Jitter);
        WriteSums("packetloss", figures.PacketLoss);
        writer.Number("packets_lost", figures.PacketsLost);
        writer.End();
    }

    private void WriteControl(IReadOnlyList<ProxyFigures> proxies)
    {
        var totals = new long[NgCommandNames.Count];
        writer.BeginDictionary("controlstatistics");
        writer.BeginList("proxies");
        foreach (ProxyFigures proxy in proxies)
        {
            for (int i = 0; i < totals.Length; i++)
            {
                totals[i] += proxy.Counts[i];
            }

            if (proxy.Address is { } address && writer.Length < RoomForProxies)
            {
                WriteProxy(address, proxy);
            }
        }

        writer.End();
        for (int i = 0; i < totals.Length; i++)
        {
            writer.Number($"total{((NgCommand)i).Counter()}count", totals[i]);
        }

        writer.End();
    }

    private void WriteProxy(IPAddress address, ProxyFigures proxy)
    {
        writer.BeginDictionary();
        writer.Text("proxy", address.ToString());
        for (int i = 0; i < NgCommandNames.Count; i++)
        {
            writer.Number(((NgCommand)i).Counter() + "count", proxy.Counts[i]);
        }

        writer.Number("errorcount", proxy.Errors);
        writer.End();
    }

    private void WriteInterfaces(IReadOnlyList<InterfaceFigures> interfaces)
    {
        writer.BeginList("interfaces");
        foreach (InterfaceFigures each in interfaces)
        {
            writer.BeginDictionary();
            writer.Text("name", each.Name);
            writer.Text("address", each.Address.ToString());
            writer.BeginDictionary("ports");
            writer.Number("min", each.MinPort);
            writer.Number("max", each.MaxPort);
            writer.Number("used", each.PortsInUse);
            WriteFraction("used_pct", each.Ports == 0 ? 0 : 100.0 * each.PortsInUse / each.Ports);
            writer.Number("free", each.Ports - each.PortsInUse);
            writer.Number("totals", each.Ports);
            writer.End();
            writer.End();
        }

        writer.End();
    }

    // All of it is relayed by this process, none by the kernel.
    private void WriteThrice(string key, long value)
    {
        writer.Number(key + "_user", value);
        writer.Number(key + "_kernel", 0);
        writer.Number(key, value);
    }

    private void WriteSums(string name, SampleSums sums)
    {
        WriteFraction(name + "_total", sums.Total);
        if (sums.SquareTotal is { } squares)
        {
            WriteFraction(name + "2_total", squares);
        }

        writer.Number(name + "_samples_total", sums.Samples);
        WriteFraction(name + "_average", sums.Average);
        if (sums.Deviation is { } deviation)
        {
            WriteFraction(name + "_stddev", deviation);
        }
    }

    private void WriteFraction(string key, double value) =>
        writer.Text(key, value.ToString("F6", CultureInfo.InvariantCulture));
}
