using System.Globalization;
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
        writer.Integer("sessionsown", figures.Calls);
        writer.Integer("sessionsforeign", 0);
        writer.Integer("sessionstotal", figures.Calls);
        writer.Integer("transcodedmedia", 0);
        WriteThrice("packetrate", figures.Rate.Packets);
        WriteThrice("byterate", figures.Rate.Bytes);
        WriteThrice("errorrate", figures.Rate.Errors);
        writer.Integer("media_userspace", figures.Medias);
        writer.Integer("media_kernel", 0);
        writer.Integer("media_mixed", 0);
        writer.End();
    }

    private void WriteTotal(StatisticsFigures figures)
    {
        EndedCallFigures ended = figures.Ended;
        writer.BeginDictionary("totalstatistics");
        writer.Text("uptime", ((long)figures.Uptime.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        writer.Integer("managedsessions", ended.Ended);
        writer.Integer("rejectedsessions", ended.Rejected);
        writer.Integer("timeoutsessions", ended.TimedOut);
        writer.Integer("silenttimeoutsessions", ended.TimedOutSilent);
        writer.Integer("finaltimeoutsessions", ended.TimedOutFinally);
        writer.Integer("offertimeoutsessions", ended.TimedOutUnanswered);
        writer.Integer("regularterminatedsessions", ended.Deleted);
        writer.Integer("forcedterminatedsessions", ended.Forced);
        WriteThrice("relayedpackets", figures.Relayed.Packets);
        WriteThrice("relayedpacketerrors", figures.Relayed.Errors);
        WriteThrice("relayedbytes", figures.Relayed.Bytes);
        writer.Integer("zerowaystreams", ended.ZeroWayStreams);
        writer.Integer("onewaystreams", ended.OneWayStreams);
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
        writer.Integer("packets_lost", figures.PacketsLost);
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

            if (writer.Length < RoomForProxies)
            {
                WriteProxy(proxy);
            }
        }

        writer.End();
        for (int i = 0; i < totals.Length; i++)
        {
            writer.Integer($"total{((NgCommand)i).Counter()}count", totals[i]);
        }

        writer.End();
    }

    private void WriteProxy(ProxyFigures proxy)
    {
        writer.BeginDictionary();
        writer.Text("proxy", proxy.Address.ToString());
        for (int i = 0; i < NgCommandNames.Count; i++)
        {
            writer.Integer(((NgCommand)i).Counter() + "count", proxy.Counts[i]);
        }

        writer.Integer("errorcount", proxy.Errors);
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
            writer.Integer("min", each.MinPort);
            writer.Integer("max", each.MaxPort);
            writer.Integer("used", each.PortsInUse);
            WriteFraction("used_pct", each.Ports == 0 ? 0 : 100.0 * each.PortsInUse / each.Ports);
            writer.Integer("free", each.Ports - each.PortsInUse);
            writer.Integer("totals", each.Ports);
            writer.End();
            writer.BeginDictionary("ingress");
            TrafficWords.Write(writer, each.Received);
            writer.End();
            writer.BeginDictionary("egress");
            TrafficWords.Write(writer, each.Sent);
            writer.End();
            writer.End();
        }

        writer.End();
    }

    // All of it is relayed by this process, none by the kernel.
    private void WriteThrice(string key, long value)
    {
        writer.Integer(key + "_user", value);
        writer.Integer(key + "_kernel", 0);
        writer.Integer(key, value);
    }

    private void WriteSums(string name, SampleSums sums)
    {
        WriteFraction(name + "_total", sums.Total);
        WriteFraction(name + "2_total", sums.SquareTotal);
        writer.Integer(name + "_samples_total", sums.Samples);
        WriteFraction(name + "_average", sums.Average);
        WriteFraction(name + "_stddev", sums.Deviation);
    }

    private void WriteFraction(string key, double value) =>
        writer.Text(key, value.ToString("F6", CultureInfo.InvariantCulture));
}
